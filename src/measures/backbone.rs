//! The disparity backbone: the ties that carry more of a node's weight than chance would give them.
//!
//! **Definition** for a node of `k ≥ 2` ties and a tie that holds the share `p` of its weight, `α = (1 − p)^(k − 1)`;
//! a tie is kept when `α` of either end is below the limit. A node with one tie abstains: the other end decides. Every
//! node's heaviest tie is kept, all of equals, so that nobody vanishes and no picture hangs on the numbering. **Use** for pictures alone: thinning makes holes, so no
//! measure of holes may be taken of the backbone. **Complexity** O(m). **Reference** Serrano, Boguñá & Vespignani 2009,
//! PNAS 106:6483.

use crate::network::Flat;

/// The limit for pictures.
pub const ALPHA: f64 = 0.05;

/// `α` of a tie with the share `share` of the weight of a node with `ties` ties; `None` for a node with one tie.
///
/// ```
/// use weaktie::measures::backbone::disparity;
/// assert!((disparity(0.4, 6).unwrap() - 0.07776).abs() < 1e-12);
/// assert_eq!(disparity(1.0, 1), None);
/// ```
#[must_use]
pub fn disparity(share: f64, ties: usize) -> Option<f64> {
    (ties >= 2).then(|| libm::pow(1.0 - share, (ties - 1) as f64))
}

/// Which arcs of a graph are in its backbone, in the order of [`Flat::row`].
///
/// ```
/// use weaktie::measures::backbone::{ALPHA, backbone};
/// use weaktie::network::Flat;
/// // A heavy triangle, and a light tie to 3, which is the strongest that 3 has.
/// let ties = [(0, 1, 9.0), (1, 2, 9.0), (0, 2, 9.0), (0, 3, 1.0)];
/// assert_eq!(backbone(&Flat::new(4, ties), ALPHA).iter().filter(|kept| **kept).count(), 8);
/// ```
#[must_use]
pub fn backbone(flat: &Flat, alpha: f64) -> Vec<bool> {
    let strength: Vec<f64> = (0..flat.len()).map(|node| flat.strength(node)).collect();
    let heaviest: Vec<f64> = (0..flat.len()).map(|node| heaviest(flat, node)).collect();
    let mut kept = Vec::with_capacity(flat.arcs());
    for node in 0..flat.len() {
        for (other, weight) in flat.neighbours(node).iter().zip(flat.weights(node)) {
            let other = *other as usize;
            let stands_out = [node, other].iter().any(|end| {
                disparity(weight / strength[*end], flat.degree(*end)).is_some_and(|a| a < alpha)
            });
            let is_heaviest = *weight >= heaviest[node] || *weight >= heaviest[other];
            kept.push(stands_out || is_heaviest);
        }
    }
    kept
}

/// The weight of a node's heaviest tie.
fn heaviest(flat: &Flat, node: usize) -> f64 {
    flat.weights(node).iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_a_tie_is_judged_against_one_less_than_the_ties() {
        // (1 − share)^(k − 1), Serrano et al. 2009, eq. 2.
        assert!((disparity(0.75, 2).unwrap() - 0.25).abs() < 1e-12);
        assert!((disparity(0.5, 4).unwrap() - 0.125).abs() < 1e-12);
        assert_eq!((disparity(1.0, 1), disparity(0.0, 0)), (None, None));
    }

    #[test]
    fn weak_ties_between_strong_pairs_go() {
        // Two hubs of five heavy ties each, joined by a light one.
        let spokes = |hub: usize| (1..6).map(move |leaf| (hub * 6, hub * 6 + leaf, 10.0));
        let flat = Flat::new(12, spokes(0).chain(spokes(1)).chain([(0, 6, 0.1)]));
        let kept = backbone(&flat, ALPHA);
        let row = |node: usize| &kept[flat.row(node)];
        let at = flat.neighbours(0).iter().position(|other| *other == 6).unwrap();
        assert!(!row(0)[at]);
        assert_eq!(kept.iter().filter(|kept| **kept).count(), 20);
    }
}
