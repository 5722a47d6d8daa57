//! Exact tests for small counts, and what many of them at once are worth.

/// `ln n!`.
fn ln_factorial(n: u32) -> f64 {
    libm::lgamma(f64::from(n) + 1.0)
}

fn ln_choose(n: u32, k: u32) -> f64 {
    ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)
}

/// Fisher's exact test, two-sided: `a` of `n` against `b` of `m`. The sum over all tables with the same margins that are
/// no likelier than the one seen; `1` where a side is empty. A count above its whole counts as the whole.
///
/// ```
/// use weaktie::changes::exact::fisher;
/// // The hypergeometric sum in exact fractions: 0.00483241351460…
/// assert!((fisher((11, 13), (3, 13)) - 0.004_832_413_514_604_9).abs() < 1e-12);
/// assert_eq!(fisher((5, 13), (5, 13)), 1.0);
/// ```
#[must_use]
pub fn fisher((a, n): (u32, u32), (b, m): (u32, u32)) -> f64 {
    let (a, b) = (a.min(n), b.min(m));
    let with = a + b;
    if n == 0 || m == 0 {
        return 1.0;
    }
    let ln = |x: u32| ln_choose(n, x) + ln_choose(m, with - x) - ln_choose(n + m, with);
    let seen = ln(a);
    let (least, most) = (with.saturating_sub(m), with.min(n));
    let sum: f64 =
        (least..=most).map(ln).filter(|other| *other <= seen + 1e-7).map(libm::exp).sum();
    sum.min(1.0)
}

/// Conditional binomial test, two-sided: whether `k1` events in a span of `t1` and `k2` in one of `t2` come at one rate.
/// Given their sum, `k1` is binomial with `t1 / (t1 + t2)`.
///
/// ```
/// use weaktie::changes::exact::rates;
/// // scipy.stats.binomtest(3, 15, 0.5).pvalue
/// assert!((rates((3, 1.0), (12, 1.0)) - 0.035_156_25).abs() < 1e-9);
/// assert_eq!(rates((0, 1.0), (0, 1.0)), 1.0);
/// ```
#[must_use]
pub fn rates((k1, t1): (u32, f64), (k2, t2): (u32, f64)) -> f64 {
    let n = k1 + k2;
    let p = t1 / (t1 + t2);
    if n == 0 || p.is_nan() || p <= 0.0 || p >= 1.0 {
        return 1.0;
    }
    let ln = |x: u32| {
        ln_choose(n, x) + f64::from(x) * libm::log(p) + f64::from(n - x) * libm::log(1.0 - p)
    };
    let seen = ln(k1);
    let sum: f64 = (0..=n).map(ln).filter(|other| *other <= seen + 1e-7).map(libm::exp).sum();
    sum.min(1.0)
}

/// Adjusted p-values of Benjamini & Hochberg 1995, in the order given: those at or below `q` are, together, expected to hold
/// at most a share `q` of false ones.
///
/// ```
/// use weaktie::changes::exact::adjusted;
/// let q = adjusted(&[0.01, 0.04, 0.03, 0.5]);
/// let expected = [0.04, 0.16 / 3.0, 0.16 / 3.0, 0.5];
/// assert!(q.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12));
/// ```
#[must_use]
pub fn adjusted(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*b].total_cmp(&p[*a]).then(b.cmp(a)));
    let mut least = 1.0_f64;
    let mut adjusted = vec![1.0; p.len()];
    for (nth, at) in order.iter().enumerate() {
        let rank = (p.len() - nth) as f64;
        least = least.min(p[*at] * p.len() as f64 / rank);
        adjusted[*at] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn published_tables() {
        // The lady tasting tea: 3 of 4 against 1 of 4 (Fisher 1935; R's fisher.test).
        assert!((fisher((3, 4), (1, 4)) - 0.485_714_285_7).abs() < 1e-9);
        // None of 13 against 5 of 13: the hypergeometric sum in exact fractions, 0.0391304347826…
        assert!((fisher((0, 13), (5, 13)) - 0.039_130_434_8).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn is_symmetric_and_a_probability(a in 0..13_u32, b in 0..13_u32) {
            let p = fisher((a, 13), (b, 13));
            prop_assert!(p > 0.0 && p <= 1.0);
            prop_assert!((p - fisher((b, 13), (a, 13))).abs() < 1e-9);
        }

        #[test]
        fn adjusting_keeps_the_order(p in proptest::collection::vec(0.0..1.0_f64, 1..40)) {
            let q = adjusted(&p);
            for (i, j) in (0..p.len()).flat_map(|i| (0..p.len()).map(move |j| (i, j))) {
                prop_assert!(p[i] > p[j] || q[i] <= q[j] + 1e-12);
                prop_assert!(q[i] >= p[i] - 1e-12);
            }
        }
    }
}
