//! An exact split of a change into the parts that made it.
//!
//! **Definition** Shapley 1953: the effect of taking a part in, averaged over all orders of taking the parts in. The parts add up
//! to the whole change, parts that do nothing get 0, and no order is preferred. **Complexity** `2^k` values for `k` parts.

/// Splits `value(all) − value(none)` among `K` parts; `value` gets the set of parts taken in as bits. `None` where any value is
/// undefined.
///
/// ```
/// use weaktie::changes::shapley::split;
/// // Two parts that only work together share what they bring.
/// let parts = split::<2>(|set| Some(f64::from(u8::from(set == 0b11)))).unwrap();
/// assert_eq!(parts, [0.5, 0.5]);
/// ```
#[must_use]
pub fn split<const K: usize>(value: impl Fn(u32) -> Option<f64>) -> Option<[f64; K]> {
    let values: Vec<f64> = (0..1_u32 << K).map(&value).collect::<Option<_>>()?;
    let factorial = |n: usize| (1..=n).map(|i| i as f64).product::<f64>();
    let mut parts = [0.0; K];
    for (part, share) in parts.iter_mut().enumerate() {
        let bit = 1_usize << part;
        for set in (0..1_usize << K).filter(|set| set & bit == 0) {
            let size = set.count_ones() as usize;
            let weight = factorial(size) * factorial(K - size - 1) / factorial(K);
            *share += weight * (values[set | bit] - values[set]);
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_add_up_and_dummies_get_nothing(values in proptest::collection::vec(-9.0..9.0_f64, 16)) {
            // The last part does nothing.
            let value = |set: u32| Some(values[(set & 0b111) as usize]);
            let parts = split::<4>(value).unwrap();
            prop_assert!((parts.iter().sum::<f64>() - (values[7] - values[0])).abs() < 1e-9);
            prop_assert!(parts[3].abs() < 1e-12);
        }
    }

    #[test]
    fn an_undefined_value_splits_nothing() {
        assert_eq!(split::<2>(|set| (set != 1).then_some(1.0)), None);
    }
}
