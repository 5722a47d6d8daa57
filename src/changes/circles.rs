//! Whether the circles are still the same: two divisions of the people who have a circle in both audits.
//!
//! **Adjusted Rand index** (Hubert & Arabie 1985): pairs put together or apart in both, above chance; 1 = the same, 0 = chance.
//! **Normalised mutual information** over the mean of the two entropies. Either is read against how firmly people stay together
//! over the seeds of one division: what lies within that spread is no change.

use std::collections::BTreeMap;

use crate::audit::{Audit, CircleShift};
use crate::units;

use super::who::Matched;

pub(super) fn shift(matched: &Matched, then: &Audit, now: &Audit) -> Option<CircleShift> {
    if then.findings.communities.is_empty() || now.findings.communities.is_empty() {
        return None;
    }
    let mut pairs = Vec::new();
    let mut firm = Vec::new();
    for pair in &matched.pairs {
        if let (Some(old), Some(new)) = (&pair.then[0].community, &pair.now.community) {
            pairs.push((old.as_str(), new.as_str()));
            firm.extend(pair.now.measures.get("community-stability").copied().flatten());
        }
    }
    let (ari, nmi) = likeness(&pairs)?;
    let firmness = if firm.is_empty() { 1.0 } else { firm.iter().sum::<f64>() / firm.len() as f64 };
    Some(CircleShift { people: units::count(pairs.len()), ari, nmi, firmness })
}

/// Adjusted Rand index and normalised mutual information of two divisions; `None` below two people. Two divisions without
/// any structure (all in one) are the same.
///
/// ```
/// use weaktie::changes::circles::likeness;
/// let (ari, nmi) = likeness(&[("A", "C"), ("A", "C"), ("B", "D"), ("B", "D")]).unwrap();
/// assert!((ari - 1.0).abs() < 1e-12 && (nmi - 1.0).abs() < 1e-12);
/// // scikit-learn: adjusted_rand_score([0, 0, 1, 1], [0, 0, 1, 2]) = 0.5714...
/// let (ari, _) = likeness(&[("A", "C"), ("A", "C"), ("B", "D"), ("B", "E")]).unwrap();
/// assert!((ari - 4.0 / 7.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn likeness(pairs: &[(&str, &str)]) -> Option<(f64, f64)> {
    let n = pairs.len() as f64;
    if pairs.len() < 2 {
        return None;
    }
    let mut cells: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    let (mut rows, mut columns): (BTreeMap<&str, f64>, BTreeMap<&str, f64>) = Default::default();
    for (a, b) in pairs {
        *cells.entry((a, b)).or_default() += 1.0;
        *rows.entry(a).or_default() += 1.0;
        *columns.entry(b).or_default() += 1.0;
    }
    let twos =
        |counts: &mut dyn Iterator<Item = f64>| counts.map(|x| x * (x - 1.0) / 2.0).sum::<f64>();
    let both = twos(&mut cells.values().copied());
    let (of_rows, of_columns) =
        (twos(&mut rows.values().copied()), twos(&mut columns.values().copied()));
    let chance = of_rows * of_columns / (n * (n - 1.0) / 2.0);
    let most = f64::midpoint(of_rows, of_columns);
    let ari = if most > chance { (both - chance) / (most - chance) } else { 1.0 };
    let entropy = |counts: &mut dyn Iterator<Item = f64>| {
        counts.map(|x| -(x / n) * libm::log(x / n)).sum::<f64>()
    };
    let (h_rows, h_columns) =
        (entropy(&mut rows.values().copied()), entropy(&mut columns.values().copied()));
    let shared = h_rows + h_columns - entropy(&mut cells.values().copied());
    let mean = f64::midpoint(h_rows, h_columns);
    let nmi = if mean > 0.0 { (shared / mean).clamp(0.0, 1.0) } else { 1.0 };
    Some((ari, nmi))
}
