//! Diversity against bandwidth: how many circles a contact reaches, and how much contact that tie carries.
//!
//! **Question** Which bridges deserve more time? **Definition** *Reach* of a contact: the effective number (q = 2) of circles
//! among the contact's own observed ties, by tie weight; 1 = all in one circle, so nothing new. *Bandwidth*: contact
//! days a month over the last twelve months, or since the first contact if that is less. *Trade-off*: Spearman's rank
//! correlation of the two over ties with six or more contact days; below 0 reach costs bandwidth. **Evidence** observed
//! ties; a contact with no observed tie into any circle has no reach. **Complexity** O(ties). **Reference** Aral & Van
//! Alstyne 2011, AJS 117:90.

use crate::network::Flat;

use super::hill;

/// Effective number of circles among a contact's ties; `None` without a tie into a circle.
///
/// ```
/// use weaktie::analysis::diversity::bandwidth::reach;
/// use weaktie::network::Flat;
/// let star = Flat::new(4, [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 2.0)]);
/// let circle = [Some(0), Some(0), Some(0), Some(1)];
/// assert_eq!(reach(&star, 0, &circle), Some(2.0));
/// assert_eq!(reach(&star, 1, &circle), Some(1.0));
/// ```
#[must_use]
pub fn reach(flat: &Flat, contact: usize, circle: &[Option<usize>]) -> Option<f64> {
    let ends = flat.neighbours(contact).iter().zip(flat.weights(contact));
    let mut sums: Vec<(usize, f64)> = Vec::new();
    for (other, weight) in ends {
        let Some(label) = circle[*other as usize] else { continue };
        match sums.iter_mut().find(|(known, _)| *known == label) {
            Some((_, sum)) => *sum += weight,
            None => sums.push((label, *weight)),
        }
    }
    // In the order of the circles, so that sums do not depend on who stands first.
    sums.sort_by_key(|(label, _)| *label);
    let sums: Vec<f64> = sums.into_iter().map(|(_, sum)| sum).collect();
    hill(&sums, 2.0)
}

/// Spearman's rank correlation, ties at their mean rank; `None` below three pairs or where one side is all alike.
///
/// ```
/// use weaktie::analysis::diversity::bandwidth::rank_correlation;
/// assert_eq!(rank_correlation(&[(1.0, 5.0), (2.0, 4.0), (9.0, 1.0)]), Some(-1.0));
/// assert_eq!(rank_correlation(&[(1.0, 5.0), (1.0, 4.0), (1.0, 1.0)]), None);
/// ```
#[must_use]
pub fn rank_correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let ranks = |value: fn(&(f64, f64)) -> f64| {
        let mut order: Vec<usize> = (0..pairs.len()).collect();
        order.sort_by(|a, b| value(&pairs[*a]).total_cmp(&value(&pairs[*b])));
        let mut rank = vec![0.0; pairs.len()];
        let mut done = 0;
        for same in order.chunk_by(|a, b| value(&pairs[*a]).total_cmp(&value(&pairs[*b])).is_eq()) {
            let mean = done as f64 + f64::midpoint(1.0, same.len() as f64);
            for at in same {
                rank[*at] = mean;
            }
            done += same.len();
        }
        rank
    };
    let (x, y) = (ranks(|pair| pair.0), ranks(|pair| pair.1));
    let mean = f64::midpoint(n, 1.0);
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(&y) {
        xy += (x - mean) * (y - mean);
        xx += (x - mean) * (x - mean);
        yy += (y - mean) * (y - mean);
    }
    (pairs.len() > 2 && xx > 0.0 && yy > 0.0).then(|| xy / libm::sqrt(xx * yy))
}

#[cfg(test)]
mod tests {
    use super::rank_correlation;

    #[test]
    fn a_rank_correlation_needs_three_pairs_and_both_sides_to_vary() {
        for none in [
            &[(1.0, 1.0), (2.0, 2.0)][..],
            &[(1.0, 4.0), (2.0, 4.0), (3.0, 4.0)],
            &[(4.0, 1.0), (4.0, 2.0), (4.0, 3.0)],
        ] {
            assert_eq!(rank_correlation(none), None, "{none:?}");
        }
        // Ranks 1 2 3 against 2 1 3: 1 − 6·2 / (3·8).
        let found = rank_correlation(&[(1.0, 5.0), (2.0, 4.0), (9.0, 7.0)]).unwrap();
        assert!((found - 0.5).abs() < 1e-12);
    }
}
