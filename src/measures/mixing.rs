//! Numbers of the whole graph that need no kernel of their own: density, degree assortativity, E–I index.
//!
//! **Reference** Newman 2002, PRL 89:208701; Krackhardt & Stern 1988, Social Psychology Quarterly 51:123.

use crate::network::Flat;

/// Ties over possible ties; `None` below two people.
#[must_use]
pub fn density(flat: &Flat) -> Option<f64> {
    let n = flat.len() as f64;
    (flat.len() > 1).then(|| flat.ties() as f64 / (n * (n - 1.0) / 2.0))
}

/// E–I index of a grouping: ties across less ties within, over all ties; −1 all within, 1 all across, `None` without
/// a tie.
///
/// ```
/// use weaktie::measures::mixing::ei_index;
/// use weaktie::network::Flat;
/// let path = Flat::new(4, [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0)]);
/// assert_eq!(ei_index(&path, &[0, 0, 1, 1]), Some(-1.0 / 3.0));
/// ```
#[must_use]
pub fn ei_index(flat: &Flat, group: &[usize]) -> Option<f64> {
    let across = flat.edges().filter(|(a, b, _)| group[*a] != group[*b]).count() as f64;
    let all = flat.ties() as f64;
    (flat.ties() > 0).then(|| (across - (all - across)) / all)
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
