//! Diversity that knows how alike classes are: two classes of one kind are not two worlds.
//!
//! **Definition** Leinster & Cobbold's `qD^Z = (Σ p_i ((Zp)_i)^(q−1))^(1/(1−q))` with likeness `Z = 1 − d`; the taxonomy
//! gives d = 0 for the same class, ½ for two classes of one kind (`data/taxonomy/kinds.csv`), 1 otherwise. At q = 2 it is
//! `1 / (1 − Q)` with Rao's quadratic entropy `Q = Σ p_i p_j d_ij`. **Range** 1..=the Hill number of the same order.
//! **Edge cases** nobody: undefined; a class of no listed kind is like itself alone. **Complexity** O(classes²).
//! **Reference** Leinster & Cobbold 2012, Ecology 93:477; Rao 1982.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Likeness of two classes of one kind.
const ONE_KIND: f64 = 0.5;

/// Similarity-sensitive diversity of order `q` of amounts, with the likeness of two classes by position, 1 for a class
/// with itself.
///
/// ```
/// use weaktie::analysis::diversity::similarity::diversity;
/// let like = |a: usize, b: usize| if a == b { 1.0 } else if a + b == 1 { 0.5 } else { 0.0 };
/// let found = diversity(&[0.5, 0.3, 0.2], 2.0, like).unwrap();
/// assert!((found - 1.0 / 0.53).abs() < 1e-12); // 1/(1 − Q) with Q = 0.47
/// ```
#[must_use]
#[expect(clippy::float_cmp, reason = "orders 1 and infinity are exact by definition")]
pub fn diversity(amounts: &[f64], q: f64, likeness: impl Fn(usize, usize) -> f64) -> Option<f64> {
    let total: f64 = amounts.iter().sum();
    if total.is_nan() || total <= 0.0 {
        return None;
    }
    let present: Vec<(usize, f64)> =
        amounts.iter().map(|a| a / total).enumerate().filter(|(_, p)| *p > 0.0).collect();
    let ordinary = present
        .iter()
        .map(|(i, p)| (*p, present.iter().map(|(j, other)| likeness(*i, *j) * other).sum::<f64>()));
    Some(if q == 1.0 {
        libm::exp(-ordinary.map(|(p, z)| p * libm::log(z)).sum::<f64>())
    } else if q == 2.0 {
        1.0 / ordinary.map(|(p, z)| p * z).sum::<f64>()
    } else if q.is_infinite() {
        1.0 / ordinary.map(|(_, z)| z).fold(0.0, f64::max)
    } else {
        libm::pow(ordinary.map(|(p, z)| p * libm::pow(z, q - 1.0)).sum::<f64>(), 1.0 / (1.0 - q))
    })
}

/// The kind of a class within a dimension, where the taxonomy has kinds.
#[must_use]
pub fn kind(dimension: &str, class: &str) -> Option<&'static str> {
    kinds().get(&(dimension, class)).copied()
}

/// The same of order 2 over classes of a dimension; `None` for a dimension without kinds, or without anybody.
#[must_use]
pub fn of_dimension(dimension: &str, classes: &[&str], amounts: &[f64]) -> Option<f64> {
    let kinds: Vec<Option<&str>> = classes.iter().map(|class| kind(dimension, class)).collect();
    if kinds.iter().all(Option::is_none) {
        return None;
    }
    diversity(amounts, 2.0, |a, b| match () {
        () if a == b => 1.0,
        () if kinds[a].is_some() && kinds[a] == kinds[b] => ONE_KIND,
        () => 0.0,
    })
}

/// `(dimension, class)` → kind.
type Kinds = BTreeMap<(&'static str, &'static str), &'static str>;

fn kinds() -> &'static Kinds {
    static KINDS: OnceLock<Kinds> = OnceLock::new();
    KINDS.get_or_init(|| {
        let text = include_str!("../../../data/taxonomy/kinds.csv");
        let mut kinds = Kinds::new();
        for line in text.lines().skip(1).filter(|line| !line.starts_with('#')) {
            let mut cells = line.splitn(3, ',');
            let (Some(dimension), Some(kind), Some(classes)) =
                (cells.next(), cells.next(), cells.next())
            else {
                continue;
            };
            kinds.extend(classes.split(';').map(|class| ((dimension, class), kind)));
        }
        kinds
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::diversity::hill;
    use crate::taxonomy::{FUNCTIONS, INDUSTRIES, STAGES};
    use proptest::prelude::*;

    #[test]
    fn every_class_of_the_taxonomy_has_one_kind_and_no_other_class_has() {
        let of = |dimension: &'static str, codes: &[&'static str]| {
            for code in codes {
                assert!(kind(dimension, code).is_some(), "{dimension} {code} has no kind");
            }
            let listed = kinds().keys().filter(|(of, _)| *of == dimension).count();
            assert_eq!(listed, codes.len(), "{dimension}");
        };
        of("function", &FUNCTIONS);
        of("seniority", &STAGES);
        of("industry", &INDUSTRIES);
        assert_eq!(kinds().len(), FUNCTIONS.len() + STAGES.len() + INDUSTRIES.len());
    }

    #[test]
    fn two_industries_of_one_kind_are_less_than_two() {
        let found = of_dimension("industry", &["finance", "insurance"], &[1.0, 1.0]).unwrap();
        assert!((found - 4.0 / 3.0).abs() < 1e-12);
        let apart = of_dimension("industry", &["finance", "energy"], &[1.0, 1.0]).unwrap();
        assert!((apart - 2.0).abs() < 1e-12);
        assert_eq!(of_dimension("company", &["a", "b"], &[1.0, 1.0]), None);
    }

    proptest! {
        #[test]
        fn without_likeness_it_is_the_hill_number(amounts in proptest::collection::vec(0.1..9.0_f64, 1..12)) {
            let apart = |a: usize, b: usize| f64::from(u8::from(a == b));
            for q in [0.0, 0.5, 1.0, 2.0, f64::INFINITY] {
                let plain = hill(&amounts, q).unwrap();
                prop_assert!((diversity(&amounts, q, apart).unwrap() - plain).abs() < 1e-9);
                let alike = diversity(&amounts, q, |a, b| if a == b { 1.0 } else { 0.5 }).unwrap();
                prop_assert!(alike <= plain + 1e-9 && alike >= 1.0 - 1e-9);
            }
        }
    }
}
