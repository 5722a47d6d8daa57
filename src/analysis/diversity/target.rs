//! How far a mix is from the owner's goal, and how many people would close the gap.
//!
//! **Definition** Jensen–Shannon divergence `H₂((p+g)/2) − (H₂(p) + H₂(g))/2` in bits, 0 = the goal is met, 1 = nothing in
//! common; defined where either has empty classes, unlike the Kullback–Leibler divergence. It is no square root.
//! *Gap* `g_k − p_k`. *To add*: the fewest people to gain, by class, so that no gap of the head count is 5 points or more.
//! **Edge cases** nobody known: undefined. **Complexity** O(classes), to-add O(classes ∙ people added).
//! **Reference** Lin 1991, IEEE Trans. Inf. Theory 37:145.

/// A gap below this is closed, as a share.
pub const CLOSED: f64 = 0.05;

/// Jensen–Shannon divergence in bits of two lists of shares over the same classes, each summing to 1.
///
/// ```
/// use weaktie::analysis::diversity::target::jensen_shannon;
/// let found = jensen_shannon(&[0.5, 0.5, 0.0], &[0.25, 0.25, 0.5]);
/// assert!((found - 0.311_278_124_459_132_8).abs() < 1e-12);
/// ```
#[must_use]
pub fn jensen_shannon(p: &[f64], g: &[f64]) -> f64 {
    let bits = |shares: &mut dyn Iterator<Item = f64>| {
        shares.filter(|share| *share > 0.0).map(|share| -share * libm::log2(share)).sum::<f64>()
    };
    let middle = bits(&mut p.iter().zip(g).map(|(p, g)| f64::midpoint(*p, *g)));
    let apart = f64::midpoint(bits(&mut p.iter().copied()), bits(&mut g.iter().copied()));
    (middle - apart).clamp(0.0, 1.0)
}

/// The fewest people to add by class so that `g_k − p_k` falls below [`CLOSED`] everywhere. `counts` are the people of
/// each class, `rest` those in classes without a goal.
///
/// ```
/// use weaktie::analysis::diversity::target::to_add;
/// // 8 and 0 people, a goal of half and half: with 7 more of the second it is 7 of 15, 3.3 points short.
/// assert_eq!(to_add(&[8, 0], 0, &[0.5, 0.5]), [0, 7]);
/// assert_eq!(to_add(&[5, 5], 0, &[0.5, 0.5]), [0, 0]);
/// ```
#[must_use]
pub fn to_add(counts: &[u32], rest: u32, goal: &[f64]) -> Vec<u32> {
    let have: f64 = counts.iter().map(|n| f64::from(*n)).sum::<f64>() + f64::from(rest);
    // With t added in all, class k needs more than (g_k − 0.05)(n + t) people.
    let needed = |added: u32| -> Vec<u32> {
        let whole = have + f64::from(added);
        counts
            .iter()
            .zip(goal)
            .map(|(count, goal)| {
                let least = (goal - CLOSED) * whole;
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "people"
                )]
                let least = if least < -1e-9 { 0 } else { (least + 1e-9).floor() as u32 + 1 };
                least.saturating_sub(*count)
            })
            .collect()
    };
    if have <= 0.0 && counts.is_empty() {
        return Vec::new();
    }
    let mut added = 0;
    loop {
        let wanted = needed(added);
        let sum: u32 = wanted.iter().sum();
        // The goals less 5 points each add up to less than 1, so this ends.
        if sum <= added || added > 1_000_000 {
            return wanted;
        }
        added = sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_and_nothing_in_common() {
        assert!(jensen_shannon(&[0.3, 0.7], &[0.3, 0.7]).abs() < 1e-12);
        assert!((jensen_shannon(&[1.0, 0.0], &[0.0, 1.0]) - 1.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn what_is_added_closes_the_gap(
            counts in proptest::collection::vec(0_u32..40, 2..6),
            weights in proptest::collection::vec(0.0..1.0_f64, 6),
            rest in 0_u32..50,
        ) {
            let weights = &weights[..counts.len()];
            let sum: f64 = weights.iter().sum();
            prop_assume!(sum > 0.1 && counts.iter().sum::<u32>() > 0);
            let goal: Vec<f64> = weights.iter().map(|w| w / sum).collect();
            let add = to_add(&counts, rest, &goal);
            let whole = f64::from(counts.iter().sum::<u32>() + rest + add.iter().sum::<u32>());
            for ((count, add), goal) in counts.iter().zip(&add).zip(&goal) {
                prop_assert!(goal - f64::from(count + add) / whole < CLOSED + 1e-9);
            }
        }
    }
}
