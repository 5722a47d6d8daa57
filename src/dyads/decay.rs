//! `2^(−age/h)` from tables.
//!
//! Responsible for the power that every row asks for once: an age in seconds is split by its bits, so that it takes
//! three loads and two products, neither a division nor a call of the mathematics library.

const DAY: i64 = 86_400;
const SECONDS: usize = 86_400;

/// Powers of two by tables: a day's, and those of an age in seconds by its bits, which takes no division.
#[derive(Debug, Clone)]
pub(super) struct Decay {
    days: Vec<f64>,
    /// Of ages in units of `1 << BITS * n` seconds.
    bits: [Vec<f64>; 3],
}

/// Bits of an age that one table covers.
const BITS: usize = 10;

impl Decay {
    /// For ages of up to so many days.
    pub(super) fn new(half_life: f64, days: usize) -> Self {
        let table = |steps: usize, in_a_day: f64| -> Vec<f64> {
            (0..steps).map(|n| libm::exp2(-(n as f64) / in_a_day / half_life)).collect()
        };
        let longest = ((days + 2) * SECONDS) >> (2 * BITS);
        let of_bits =
            |nth: usize, steps: usize| table(steps, DAY as f64 / (1_u64 << (BITS * nth)) as f64);
        Self {
            days: table(days + 2, 1.0),
            bits: [of_bits(0, 1 << BITS), of_bits(1, 1 << BITS), of_bits(2, longest + 1)],
        }
    }

    /// `2^(−days/h)`; 1 for negative ages.
    pub(super) fn days(&self, days: i32) -> f64 {
        let at = usize::try_from(days).unwrap_or(0);
        self.days.get(at).or(self.days.last()).copied().unwrap_or(0.0)
    }

    /// `2^(−seconds/86400/h)`, to two units in the last place.
    pub(super) fn seconds(&self, age: i64) -> f64 {
        let age = usize::try_from(age).unwrap_or(0);
        let mask = (1 << BITS) - 1;
        let at = [age & mask, age >> BITS & mask, age >> (2 * BITS)];
        let get = |nth: usize| self.bits[nth].get(at[nth]).copied().unwrap_or(0.0);
        get(2) * get(1) * get(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_agree_with_the_power() {
        let decay = Decay::new(90.0, 3_000);
        let ages = [0, 1, 59, 1_023, 1_024, 86_399, 86_400, 1 << 20, (1 << 20) - 1, 3_000 * DAY];
        for age in ages {
            let expected = libm::exp2(-(age as f64) / 86_400.0 / 90.0);
            assert!((decay.seconds(age) / expected - 1.0).abs() < 1e-15, "{age}");
        }
        assert!((decay.days(90) - 0.5).abs() < 1e-15);
        assert!((decay.days(-4) - 1.0).abs() < 1e-15);
    }
}
