//! Numbers of the whole graph that need no kernel of their own: density and degree assortativity.
//!
//! **Reference** Newman 2002, PRL 89:208701.

use crate::network::Flat;

/// Ties over possible ties; `None` below two people.
#[must_use]
pub fn density(flat: &Flat) -> Option<f64> {
    let n = flat.len() as f64;
    (flat.len() > 1).then(|| flat.ties() as f64 / (n * (n - 1.0) / 2.0))
}

/// Correlation of the degrees at the two ends of a tie, −1..=1; `None` when all ends are alike.
///
/// ```
/// use weaktie::measures::mixing::assortativity;
/// use weaktie::network::Flat;
/// // A star: the busy one meets only those who are not.
/// let star = Flat::new(4, [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0)]);
/// assert!((assortativity(&star).unwrap() + 1.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn assortativity(flat: &Flat) -> Option<f64> {
    let ends = flat.arcs() as f64;
    let (mut sum, mut squares) = (0.0, 0.0);
    for node in 0..flat.len() {
        let degree = flat.degree(node) as f64;
        sum += degree * degree;
        squares += degree * degree * degree;
    }
    let mean = sum / ends;
    let mut together = 0.0;
    for node in 0..flat.len() {
        let others = flat.neighbours(node).iter().map(|other| flat.degree(*other as usize) as f64);
        together +=
            (flat.degree(node) as f64 - mean) * others.map(|other| other - mean).sum::<f64>();
    }
    let variance = squares / ends - mean * mean;
    (flat.arcs() > 0 && variance > 1e-12 * mean * mean).then(|| together / ends / variance)
}
