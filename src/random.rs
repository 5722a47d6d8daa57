//! One independent random stream a named task, from one seed.
//!
//! Responsible for reproducibility: a stream depends on the seed, the task's name and an index, never on
//! thread order, the clock or the machine (`ChaCha8`, word-exact everywhere). Knows nothing else.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// A stream of random numbers for one task.
#[derive(Debug, Clone)]
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of `task` number `index` under `seed`.
    ///
    /// ```
    /// use weaktie::random::Stream;
    /// let mut a = Stream::new(1, "layout", 0);
    /// let mut b = Stream::new(1, "layout", 0);
    /// let mut c = Stream::new(1, "layout", 1);
    /// let first = a.below(1_000_000);
    /// assert_eq!(first, b.below(1_000_000));
    /// assert_ne!(first, c.below(1_000_000));
    /// ```
    #[must_use]
    pub fn new(seed: u64, task: &str, index: u64) -> Self {
        // FNV-1a over the name: short, fixed, and good enough to tell task names apart.
        let name = task.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut key = [0_u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&name.to_le_bytes());
        key[16..24].copy_from_slice(&index.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A uniform number in `0..n`, without modulo bias; 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        let zone = u64::MAX - u64::MAX % n;
        loop {
            let draw = self.0.next_u64();
            if draw < zone {
                return draw % n;
            }
        }
    }

    /// A uniform number in `0..n` without modulo bias, by one multiplication (Lemire 2019); 0 when `n` is 0.
    pub fn below_u32(&mut self, n: u32) -> u32 {
        loop {
            let product = u64::from(self.0.next_u32()) * u64::from(n);
            #[expect(clippy::cast_possible_truncation, reason = "the low half, on purpose")]
            let low = product as u32;
            // The division only where the draw might be one too many.
            if low >= n || n.wrapping_neg().checked_rem(n).is_none_or(|floor| low >= floor) {
                return u32::try_from(product >> 32).unwrap_or(0);
            }
        }
    }

    /// A uniform index into `n` items; 0 when there are none.
    pub fn index(&mut self, n: usize) -> usize {
        usize::try_from(self.below(n as u64)).unwrap_or(0)
    }

    /// A uniform number in `[0, 1)` with 53 random bits.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A uniform number in `[low, high)`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// A standard normal draw (Box–Muller, one of the pair).
    pub fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.unit()));
        radius * libm::cos(std::f64::consts::TAU * self.unit())
    }

    /// An exponential draw with the given mean.
    pub fn exponential(&mut self, mean: f64) -> f64 {
        -mean * libm::log(1.0 - self.unit())
    }

    /// One item, uniformly; `None` from an empty slice.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let at = self.index(items.len());
        items.get(at)
    }

    /// Puts the items in a uniformly random order (Fisher–Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.index(last + 1);
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_the_stated_mean() {
        let mut stream = Stream::new(7, "test", 0);
        let n = 20_000;
        let mean = |draws: Vec<f64>| draws.iter().sum::<f64>() / f64::from(n);
        assert!((mean((0..n).map(|_| stream.unit()).collect()) - 0.5).abs() < 0.02);
        assert!((mean((0..n).map(|_| stream.exponential(3.0)).collect()) - 3.0).abs() < 0.1);
        assert!(mean((0..n).map(|_| stream.normal()).collect()).abs() < 0.03);
    }

    #[test]
    fn small_numbers_fall_evenly() {
        let mut stream = Stream::new(7, "test", 2);
        let mut seen = [0_u32; 6];
        (0..60_000).for_each(|_| seen[stream.below_u32(6) as usize] += 1);
        assert!(seen.iter().all(|n| (9_600..10_400).contains(n)), "{seen:?}");
        assert_eq!((stream.below_u32(1), stream.below_u32(0)), (0, 0));
    }

    #[test]
    fn a_shuffle_keeps_every_item() {
        let mut items: Vec<u32> = (0..100).collect();
        Stream::new(7, "test", 1).shuffle(&mut items);
        assert_ne!(items, (0..100).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
    }
}
