//! Hill numbers: how many equally large classes would be as diverse as these.
//!
//! **Definition** `qD = (Σ p_k^q)^(1/(1−q))`; q = 0 richness, q = 1 `exp(−Σ p ln p)`, q = 2 `1/Σ p²`, q = ∞ `1/max p`.
//! **Range and unit** effective number of classes, 1..=richness; never rises with q. **Edge cases** nobody: undefined.
//! **Complexity** O(classes). **Reference** Hill 1973; Jost 2006.

/// The Hill number of order `q` of non-negative amounts; `None` when all are zero.
///
/// ```
/// use weaktie::analysis::diversity::hill;
/// // Two even classes and one of half their size: shares 2/5, 2/5, 1/5.
/// let amounts = [2.0, 2.0, 1.0];
/// assert_eq!(hill(&amounts, 0.0), Some(3.0));
/// assert!((hill(&amounts, 2.0).unwrap() - 25.0 / 9.0).abs() < 1e-12);
/// assert_eq!(hill(&[], 1.0), None);
/// ```
#[must_use]
#[expect(clippy::float_cmp, reason = "orders 0 and 1 are exact by definition, not by nearness")]
pub fn hill(amounts: &[f64], q: f64) -> Option<f64> {
    let total: f64 = amounts.iter().sum();
    if total.is_nan() || total <= 0.0 {
        return None;
    }
    let shares = amounts.iter().filter(|a| **a > 0.0).map(|a| a / total);
    Some(if q == 0.0 {
        shares.count() as f64
    } else if q == 1.0 {
        libm::exp(-shares.map(|p| p * libm::log(p)).sum::<f64>())
    } else if q == 2.0 {
        1.0 / shares.map(|p| p * p).sum::<f64>()
    } else if q.is_infinite() {
        1.0 / shares.fold(0.0, f64::max)
    } else {
        libm::pow(shares.map(|p| libm::pow(p, q)).sum::<f64>(), 1.0 / (1.0 - q))
    })
}

/// Hill numbers of order 0, 1 and 2.
#[must_use]
pub fn hill_012(amounts: &[f64]) -> Option<[f64; 3]> {
    Some([hill(amounts, 0.0)?, hill(amounts, 1.0)?, hill(amounts, 2.0)?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn even_classes_count_fully_and_one_class_is_one() {
        for q in [0.0, 0.5, 1.0, 2.0, f64::INFINITY] {
            assert!((hill(&[3.0; 4], q).unwrap() - 4.0).abs() < 1e-12);
            assert!((hill(&[7.0, 0.0], q).unwrap() - 1.0).abs() < 1e-12);
        }
        assert_eq!(hill(&[0.0, 0.0], 2.0), None);
    }

    proptest! {
        #[test]
        fn never_rises_with_the_order(amounts in proptest::collection::vec(0.0..50.0_f64, 1..30)) {
            prop_assume!(amounts.iter().sum::<f64>() > 0.0);
            let at: Vec<f64> = [0.0, 0.5, 1.0, 2.0, 5.0].iter().map(|q| hill(&amounts, *q).unwrap()).collect();
            for pair in at.windows(2) {
                prop_assert!(pair[1] <= pair[0] + 1e-9);
            }
            prop_assert!(at[4] >= 1.0 - 1e-9);
        }

        #[test]
        fn a_class_split_in_two_equal_halves_never_makes_it_less(amounts in proptest::collection::vec(0.1..50.0_f64, 1..20)) {
            let mut split = amounts.clone();
            let half = split[0] / 2.0;
            split[0] = half;
            split.push(half);
            for q in [0.0, 1.0, 2.0] {
                prop_assert!(hill(&split, q).unwrap() >= hill(&amounts, q).unwrap() - 1e-9);
            }
        }
    }
}
