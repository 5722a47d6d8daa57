//! The older indices of diversity, for comparison with the literature. Readers get Hill numbers ([`super::numbers`]).
//!
//! **Edge cases** nobody: undefined; Pielou's evenness and the index of qualitative variation are undefined with one
//! class, where a denominator is zero. **Complexity** O(classes), the Gini coefficient O(classes log classes).
//! **Reference** Shannon 1948; Simpson 1949; Blau 1977; Pielou 1966; Berger & Parker 1970; Eagle, Macy & Claxton 2010,
//! Science 328:1029.

/// Shannon's entropy in nats: `−Σ p ln p`.
#[must_use]
pub fn shannon(amounts: &[f64]) -> Option<f64> {
    let total = total(amounts)?;
    let parts = amounts.iter().filter(|a| **a > 0.0).map(|a| a / total);
    Some(parts.map(|p| -p * libm::log(p)).sum::<f64>().max(0.0))
}

/// Gini–Simpson, which is Blau's index: `1 − Σ p²`, the chance that two draws differ.
#[must_use]
pub fn gini_simpson(amounts: &[f64]) -> Option<f64> {
    let total = total(amounts)?;
    Some(1.0 - amounts.iter().map(|a| (a / total) * (a / total)).sum::<f64>())
}

/// The same for two different people of a count: `1 − Σ x(x−1) / (n(n−1))`; `None` below two people, and for amounts that
/// count nobody (no whole numbers).
#[must_use]
pub fn simpson_unbiased(counts: &[f64]) -> Option<f64> {
    let n = total(counts)?;
    let pairs: f64 = counts.iter().map(|x| x * (x - 1.0)).sum();
    let whole = counts.iter().all(|x| x.fract() == 0.0);
    (whole && n > 1.0).then(|| 1.0 - pairs / (n * (n - 1.0)))
}

/// Pielou's evenness `H / ln S`, 0..=1; `None` with fewer than two classes.
#[must_use]
pub fn pielou(amounts: &[f64]) -> Option<f64> {
    let classes = amounts.iter().filter(|a| **a > 0.0).count();
    let entropy = shannon(amounts)?;
    (classes > 1).then(|| entropy / libm::log(classes as f64))
}

/// Index of qualitative variation `(1 − Σ p²) / (1 − 1/k)` over all `k` classes listed, those without anybody too.
#[must_use]
pub fn qualitative_variation(amounts: &[f64]) -> Option<f64> {
    let k = amounts.len() as f64;
    let blau = gini_simpson(amounts)?;
    (amounts.len() > 1).then(|| blau / (1.0 - 1.0 / k))
}

/// Gini coefficient over all classes listed: mean difference over twice the mean, 0 = even.
#[must_use]
pub fn gini(amounts: &[f64]) -> Option<f64> {
    let total = total(amounts)?;
    let mut sorted = amounts.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let ranked: f64 = (1..).zip(&sorted).map(|(rank, a)| f64::from(rank) * a).sum();
    Some((2.0 * ranked / (n * total) - (n + 1.0) / n).max(0.0))
}

/// The Gini coefficient corrected for few classes: times `n / (n − 1)`; `None` with one.
#[must_use]
pub fn gini_unbiased(amounts: &[f64]) -> Option<f64> {
    let n = amounts.len() as f64;
    let gini = gini(amounts)?;
    (amounts.len() > 1).then(|| gini * n / (n - 1.0))
}

/// Berger–Parker dominance: the share of the largest class.
#[must_use]
pub fn berger_parker(amounts: &[f64]) -> Option<f64> {
    let total = total(amounts)?;
    Some(amounts.iter().copied().fold(0.0, f64::max) / total)
}

/// Social diversity: how evenly the owner's attention falls on `k` contacts, `−Σ p ln p / ln k`, 0..=1. Contacts
/// without any attention count in `k`; `None` with fewer than two contacts or no attention.
///
/// ```
/// use weaktie::analysis::diversity::indices::social_diversity;
/// assert_eq!(social_diversity(&[2.0, 2.0, 2.0, 2.0]), Some(1.0));
/// assert_eq!(social_diversity(&[2.0]), None);
/// ```
#[must_use]
pub fn social_diversity(attention: &[f64]) -> Option<f64> {
    let entropy = shannon(attention)?;
    (attention.len() > 1).then(|| entropy / libm::log(attention.len() as f64))
}

fn total(amounts: &[f64]) -> Option<f64> {
    let total: f64 = amounts.iter().sum();
    (total > 0.0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_worked_by_hand() {
        // Shares 1/2, 1/4, 1/4: H = 1.5 bits, 1 − Σp² = 1 − 6/16.
        let x = [2.0, 1.0, 1.0];
        assert!((shannon(&x).unwrap() / std::f64::consts::LN_2 - 1.5).abs() < 1e-12);
        assert!((gini_simpson(&x).unwrap() - 0.625).abs() < 1e-12);
        // Two of four: 1 − 2·1/(4·3).
        assert!((simpson_unbiased(&x).unwrap() - 5.0 / 6.0).abs() < 1e-12);
        assert!((qualitative_variation(&x).unwrap() - 0.625 * 1.5).abs() < 1e-12);
        // Differences |2−1| twice of nine ordered pairs, both ways: mean 4/9, over 2·(4/3).
        assert!((gini(&x).unwrap() - 1.0 / 6.0).abs() < 1e-12);
        // People alone are drawn without being put back; a class without anybody is none.
        assert_eq!((simpson_unbiased(&[1.5, 0.5]), simpson_unbiased(&[1.0])), (None, None));
        assert!((pielou(&[1.0, 1.0, 0.0]).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!((pielou(&[3.0]), qualitative_variation(&[3.0]), gini(&[])), (None, None, None));
    }
}
