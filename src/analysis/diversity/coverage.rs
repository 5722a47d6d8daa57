//! Head counts of different size made comparable: sample coverage, rarefaction and diversity at equal coverage.
//!
//! **Question** Is this quarter more diverse, or only larger? **Definition** coverage is the estimated share of the
//! whole that belongs to classes seen (Good–Turing, in Chao & Jost's form); two quarters are compared at the smaller of
//! their two coverages, the richer one thinned out ("rarefied") to it. **Range** coverage 0..=1, diversity as in
//! [`super::numbers`]. Never more than twice the people seen. **Edge cases** every class seen once: the coverage cannot
//! be told (`None`, "too scattered to compare"). Whole numbers only: head counts, not attention. **Complexity** order 1
//! O(different counts × largest), the others O(classes). **Reference** Chao & Jost 2012; Chao et al. 2014 (iNEXT).
//!
//! An address book is a census of one's ties and no random sample: equal coverage equalises size, no more.

/// Counts by class, as distinct sizes with their frequency: all that rarefaction needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// `(people, classes of that size)`, smallest first, no zeros.
    sizes: Vec<(u64, u64)>,
    n: u64,
}

impl Sample {
    /// Of people by class; empty classes do not matter.
    #[must_use]
    pub fn new(counts: &[u32]) -> Self {
        let mut sorted: Vec<u64> =
            counts.iter().filter(|x| **x > 0).map(|x| u64::from(*x)).collect();
        sorted.sort_unstable();
        let sizes =
            sorted.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u64)).collect();
        Self { sizes, n: sorted.iter().sum() }
    }

    /// People.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.n
    }

    /// Classes with that many people.
    fn of_size(&self, size: u64) -> f64 {
        self.sizes.iter().find(|(x, _)| *x == size).map_or(0.0, |(_, classes)| *classes as f64)
    }

    /// Estimated number of classes not seen (Chao1).
    #[must_use]
    pub fn unseen(&self) -> f64 {
        let (n, f1, f2) = (self.n as f64, self.of_size(1), self.of_size(2));
        let scale = if self.n > 0 { (n - 1.0) / n } else { 0.0 };
        scale * if f2 > 0.0 { f1 * f1 / (2.0 * f2) } else { f1 * (f1 - 1.0) / 2.0 }
    }

    /// `A = n f0 / (n f0 + f1)`, the chance that the next person of a class seen once is of a class seen.
    fn next(&self) -> f64 {
        let (n, f1) = (self.n as f64, self.of_size(1));
        let unseen = n * self.unseen();
        if f1 > 0.0 { unseen / (unseen + f1) } else { 1.0 }
    }

    /// Whether coverage can be told: somebody shares a class.
    #[must_use]
    pub fn is_comparable(&self) -> bool {
        self.sizes.iter().any(|(x, _)| *x > 1)
    }

    /// Estimated coverage at the size seen; `None` where no class holds two people.
    #[must_use]
    pub fn coverage(&self) -> Option<f64> {
        self.coverage_at(self.n as f64)
    }

    /// Estimated coverage of `m` people (a real number), thinned below the size seen and extended above it.
    #[must_use]
    pub fn coverage_at(&self, m: f64) -> Option<f64> {
        if !self.is_comparable() {
            return None;
        }
        let (n, f1) = (self.n as f64, self.of_size(1));
        if m >= n {
            return Some(1.0 - f1 / n * libm::pow(self.next(), m - n + 1.0));
        }
        let missing = |x: f64| {
            libm::exp(
                libm::lgamma(n - x + 1.0) - libm::lgamma(n - x - m + 1.0) - libm::lgamma(n)
                    + libm::lgamma(n - m),
            )
        };
        let sum: f64 = self
            .sizes
            .iter()
            .map(|(x, classes)| (*x as f64, *classes as f64))
            .filter(|(x, _)| *x <= n - m)
            .map(|(x, classes)| classes * x / n * missing(x))
            .sum();
        Some(1.0 - sum)
    }

    /// The size at which coverage is `wanted`, by bisection, at most twice the size seen; `None` where coverage cannot
    /// be told or is not reached.
    #[must_use]
    pub fn size_at(&self, wanted: f64) -> Option<f64> {
        let most = 2.0 * self.n as f64;
        if self.coverage_at(most)? < wanted {
            return None;
        }
        let (mut low, mut high) = (1.0, most);
        // Sixty halvings leave less than the last bit.
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            if self.coverage_at(middle)? < wanted { low = middle } else { high = middle }
        }
        Some(f64::midpoint(low, high))
    }

    /// Hill numbers 0, 1, 2 of `m` people drawn from those seen, `1 ≤ m ≤ n`; order 1 takes the whole number nearest.
    #[must_use]
    pub fn rarefied(&self, m: f64) -> Option<[f64; 3]> {
        let n = self.n as f64;
        (m >= 1.0 && m <= n)
            .then(|| [self.richness_at(m), self.shannon_at(m.round()), self.simpson_at(m)])
    }

    fn richness_at(&self, m: f64) -> f64 {
        let n = self.n as f64;
        let absent = |x: f64| {
            if x > n - m {
                return 0.0;
            }
            libm::exp(
                libm::lgamma(n - x + 1.0) - libm::lgamma(n - x - m + 1.0) - libm::lgamma(n + 1.0)
                    + libm::lgamma(n - m + 1.0),
            )
        };
        self.sizes.iter().map(|(x, classes)| *classes as f64 * (1.0 - absent(*x as f64))).sum()
    }

    /// `exp(−Σ (k/m) ln(k/m) f_k(m))`, `f_k(m)` the expected number of classes with `k` of the `m`.
    fn shannon_at(&self, m: f64) -> f64 {
        let n = self.n as f64;
        let choose = |a: f64, b: f64| {
            libm::lgamma(a + 1.0) - libm::lgamma(b + 1.0) - libm::lgamma(a - b + 1.0)
        };
        let all = choose(n, m);
        let mut entropy = 0.0;
        for (x, classes) in self.sizes.iter().map(|(x, classes)| (*x as f64, *classes as f64)) {
            let (mut k, last) = ((m - (n - x)).max(1.0), x.min(m));
            while k <= last {
                let chance = libm::exp(choose(x, k) + choose(n - x, m - k) - all);
                entropy -= classes * chance * k / m * libm::log(k / m);
                k += 1.0;
            }
        }
        libm::exp(entropy)
    }

    fn simpson_at(&self, m: f64) -> f64 {
        let n = self.n as f64;
        if self.n < 2 {
            return 1.0;
        }
        let pairs: f64 = self
            .sizes
            .iter()
            .map(|(x, classes)| (*x as f64, *classes as f64))
            .map(|(x, classes)| classes * x * (x - 1.0))
            .sum();
        1.0 / (1.0 / m + (1.0 - 1.0 / m) * pairs / (n * (n - 1.0)))
    }
}

/// Two head counts at equal coverage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// The coverage at which both stand.
    pub coverage: f64,
    /// Hill numbers 0, 1, 2 of the first.
    pub first: [f64; 3],
    /// Of the second.
    pub second: [f64; 3],
}

/// Both at the smaller of their coverages; `None` where one of them is too scattered to compare.
///
/// ```
/// use weaktie::analysis::diversity::coverage::{Sample, at_equal_coverage};
/// let small = Sample::new(&[6, 3, 1]);
/// let twice = Sample::new(&[12, 6, 2]);
/// let both = at_equal_coverage(&small, &twice).unwrap();
/// // The larger one alone is rarefied; nobody is made up.
/// assert!((both.first[0] - 3.0).abs() < 1e-9 && both.second[0] <= 3.0);
/// ```
#[must_use]
pub fn at_equal_coverage(first: &Sample, second: &Sample) -> Option<Compared> {
    let (coverage, [one, other]) = sizes(first, second)?;
    Some(Compared { coverage, first: first.rarefied(one)?, second: second.rarefied(other)? })
}

/// The Hill numbers of order 2 alone: for many draws.
#[must_use]
pub fn simpson_at_equal_coverage(first: &Sample, second: &Sample) -> Option<(f64, f64)> {
    let (_, [one, other]) = sizes(first, second)?;
    Some((first.simpson_at(one), second.simpson_at(other)))
}

/// The smaller of two coverages, and the sizes at which both stand there.
fn sizes(first: &Sample, second: &Sample) -> Option<(f64, [f64; 2])> {
    let coverage = first.coverage()?.min(second.coverage()?);
    let at = |sample: &Sample| {
        let n = sample.people() as f64;
        // The smaller one stays whole: bisection would end a hair beside n.
        let whole = sample.coverage().is_some_and(|own| own <= coverage);
        Some(if whole { n } else { sample.size_at(coverage)?.clamp(1.0, n) })
    };
    Some((coverage, [at(first)?, at(second)?]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::diversity::hill_012;

    fn counts(head: &[u32], tail: &[(u32, usize)]) -> Vec<u32> {
        let mut counts = head.to_vec();
        counts.extend(tail.iter().flat_map(|(x, times)| std::iter::repeat_n(*x, *times)));
        counts
    }

    fn girdled() -> Vec<u32> {
        counts(&[46, 22, 17, 15, 15, 9, 8, 6, 6, 4], &[(2, 4), (1, 12)])
    }

    fn logged() -> Vec<u32> {
        counts(&[88, 22, 16, 15, 13, 10, 8, 8, 7, 7, 7, 5, 4, 4, 4], &[(3, 4), (2, 4), (1, 14)])
    }

    fn near(found: f64, expected: f64, places: f64) {
        assert!((found - expected).abs() < places, "{found}, not {expected}");
    }

    #[test]
    fn spiders_of_chao_2014() {
        let (small, large) = (Sample::new(&girdled()), Sample::new(&logged()));
        assert_eq!((small.people(), large.people()), (168, 252));
        near(small.coverage().unwrap(), 0.9289, 5e-5);
        near(large.coverage().unwrap(), 0.9446, 5e-5);
        let [d0, d1, d2] = small.rarefied(168.0).unwrap();
        near(d0, 26.0, 1e-9);
        near(d1, 12.060, 5e-4);
        near(d2, 7.840, 5e-4);
        near(small.unseen() + 26.0, 43.893, 5e-4);
        // Anchors of iNEXT: the larger one at the smaller one's coverage.
        near(large.size_at(small.coverage().unwrap()).unwrap(), 174.55, 0.01);
        let both = at_equal_coverage(&small, &large).unwrap();
        near(both.coverage, 0.92886, 5e-6);
        near(both.second[0], 32.181, 1e-3);
        near(both.second[1], 13.820, 1e-3);
        near(both.second[2], 6.693, 1e-3);
        near(both.first[0], 26.0, 1e-9);
    }

    #[test]
    fn at_full_size_nothing_is_thinned() {
        let counts = [34, 21, 13, 8, 5, 3, 2, 1, 1];
        let amounts: Vec<f64> = counts.iter().map(|x| f64::from(*x)).collect();
        let (found, plain) =
            (Sample::new(&counts).rarefied(88.0).unwrap(), hill_012(&amounts).unwrap());
        for (found, plain) in found.into_iter().zip(plain) {
            near(found, plain, 1e-9);
        }
    }

    #[test]
    fn too_scattered_is_said_so() {
        let scattered = Sample::new(&[1; 20]);
        assert_eq!(scattered.coverage(), None);
        assert_eq!(at_equal_coverage(&scattered, &Sample::new(&[5, 5])), None);
        assert_eq!(Sample::new(&[]).coverage(), None);
        // One class: covered whole, and thinned to one person it is one class.
        assert_eq!(Sample::new(&[9]).coverage(), Some(1.0));
        near(Sample::new(&[9]).rarefied(1.0).unwrap()[0], 1.0, 1e-9);
    }

    #[test]
    fn coverage_rises_with_size() {
        let sample = Sample::new(&girdled());
        let at: Vec<f64> = [10.0, 50.0, 100.0, 167.0, 168.0, 200.0, 336.0]
            .iter()
            .map(|m| sample.coverage_at(*m).unwrap())
            .collect();
        assert!(at.windows(2).all(|pair| pair[0] < pair[1]), "{at:?}");
    }
}
