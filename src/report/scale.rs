//! Where a value stands on an axis.
//!
//! Responsible for linear and logarithmic scales and for ticks in the units people use for time.

use super::figure::Point;

/// A value range on a pixel range.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    low: f64,
    high: f64,
    start: f64,
    end: f64,
    log: bool,
}

impl Scale {
    /// A linear scale from `range` to `pixels`.
    pub(crate) fn linear(range: (f64, f64), pixels: (f64, f64)) -> Self {
        Self { low: range.0, high: range.1, start: pixels.0, end: pixels.1, log: false }
    }

    /// A logarithmic scale; the range must be positive.
    pub(crate) fn log(range: (f64, f64), pixels: (f64, f64)) -> Self {
        Self { low: range.0, high: range.1, start: pixels.0, end: pixels.1, log: true }
    }

    /// The pixel of a value; values outside stand at the end.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let value = value.clamp(self.low, self.high);
        let (low, high, value) = if self.log {
            (libm::log(self.low), libm::log(self.high), libm::log(value))
        } else {
            (self.low, self.high, value)
        };
        let part = if high > low { (value - low) / (high - low) } else { 0.0 };
        self.start + (self.end - self.start) * part
    }

    /// Whether a value lies within the range.
    pub(crate) fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// Spans of time that people name, in days.
const SPANS: [(f64, &str); 10] = [
    (1.0, "1 d"),
    (2.0, "2 d"),
    (7.0, "1 wk"),
    (14.0, "2 wk"),
    (30.4, "1 mo"),
    (91.3, "3 mo"),
    (182.6, "6 mo"),
    (365.25, "1 yr"),
    (1095.75, "3 yr"),
    (3652.5, "10 yr"),
];

/// Ticks of a time axis that are at least `apart` px from each other; the plain units come first.
pub(crate) fn time_ticks(scale: &Scale, apart: f64) -> Vec<(f64, &'static str)> {
    let mut chosen: Vec<(f64, &'static str)> = Vec::new();
    for prefer in [0, 2, 4, 7, 5, 8, 3, 6, 9, 1] {
        let (days, name) = SPANS[prefer];
        let at = scale.at(days);
        if scale.holds(days) && chosen.iter().all(|&(other, _)| (other - at).abs() >= apart) {
            chosen.push((at, name));
        }
    }
    chosen.sort_by(|a, b| a.0.total_cmp(&b.0));
    chosen
}

/// The part of the line `y = factor · x` inside both scales (log–log), as two points.
pub(crate) fn diagonal(x: &Scale, y: &Scale, factor: f64) -> Option<(Point, Point)> {
    let low = x.low.max(y.low / factor);
    let high = x.high.min(y.high / factor);
    (low < high).then(|| ((x.at(low), y.at(low * factor)), (x.at(high), y.at(high * factor))))
}

/// A round step for a linear axis from 0 to `high` with at most `most` steps, and its end.
pub(crate) fn round_step(high: u32, most: u32) -> (u32, u32) {
    let mut step = 1;
    for factor in [1_u32, 2, 3, 5].iter().cycle().zip(0..32).map(|(f, n)| (*f, n / 4)) {
        step = factor.0.saturating_mul(10_u32.saturating_pow(factor.1));
        if high.div_ceil(step) <= most {
            break;
        }
    }
    (step, high.div_ceil(step).max(1).saturating_mul(step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_scale_puts_the_geometric_mean_in_the_middle() {
        let scale = Scale::log((1.0, 100.0), (0.0, 200.0));
        assert!((scale.at(10.0) - 100.0).abs() < 1e-9);
        assert!((scale.at(1e9) - 200.0).abs() < 1e-9);
    }

    #[test]
    fn steps_are_round() {
        assert_eq!(round_step(9, 4), (3, 9));
        assert_eq!(round_step(1, 4), (1, 1));
        assert_eq!(round_step(130, 4), (50, 150));
    }

    #[test]
    fn a_diagonal_is_clipped_to_the_plot() {
        let x = Scale::log((1.0, 100.0), (0.0, 100.0));
        let y = Scale::log((1.0, 100.0), (100.0, 0.0));
        let (from, to) = diagonal(&x, &y, 10.0).unwrap();
        assert!((from.0 - 0.0).abs() < 1e-9 && (from.1 - 50.0).abs() < 1e-9);
        assert!((to.0 - 50.0).abs() < 1e-9 && (to.1 - 0.0).abs() < 1e-9);
    }
}
