//! Intervals by resampling: what the same comparison would give on other owners, or other ties.
//!
//! Owners (or ties) are drawn with replacement, as many as there are, [`DRAWS`] times; the interval runs from the 2.5th to
//! the 97.5th percentile of the drawn values. Of windows with [`MANY`] ties and more [`DRAWS_OF_MANY`] draws are enough: there
//! the drawn values are normal, and the interval is 1.96 of their standard deviations either side (Efron & Tibshirani 1993, ch. 6
//! and 13: a standard error takes 50 to 200 draws, a percentile 1,000). Differences are paired: both models see the same draw.
//! Every draw has its own stream, so results do not depend on threads.

use rayon::prelude::*;

use super::metrics::Ranked;
use crate::quantile;
use crate::random::Stream;

/// Draws.
pub const DRAWS: usize = 1_000;
/// Draws of many ties.
pub const DRAWS_OF_MANY: usize = 200;
/// Ties a window from which draws are normal.
pub const MANY: usize = 5_000;

/// A value with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The value itself.
    pub value: f64,
    /// The 2.5th percentile.
    pub low: f64,
    /// The 97.5th.
    pub high: f64,
}

/// How often each of `n` is drawn.
fn draw(task: &str, index: usize, n: usize) -> Vec<u32> {
    let mut stream = Stream::new(1, task, index as u64);
    let mut copies = vec![0; n];
    for _ in 0..n {
        copies[stream.index(n)] += 1;
    }
    copies
}

fn interval(value: f64, mut draws: Vec<f64>) -> Interval {
    draws.sort_by(f64::total_cmp);
    let at = |share: f64| quantile::between(&draws, share).unwrap_or(value);
    Interval { value, low: at(0.025), high: at(0.975) }
}

/// The interval of a value whose draws are normal.
fn normal(value: f64, draws: &[f64]) -> Interval {
    let n = draws.len().max(2) as f64;
    let mean = draws.iter().sum::<f64>() / n;
    let square = draws.iter().map(|drawn| (drawn - mean) * (drawn - mean)).sum::<f64>();
    let either = quantile::NORMAL_975 * libm::sqrt(square / (n - 1.0));
    Interval { value, low: value - either, high: value + either }
}

/// The mean over all values, those of one group drawn together (the splits of one owner). `None` without values.
#[must_use]
pub fn of_groups(groups: &[Vec<f64>]) -> Option<Interval> {
    let sums: Vec<(f64, f64)> =
        groups.iter().map(|group| (group.iter().sum(), group.len() as f64)).collect();
    let mean = |copies: &[u32]| {
        let (mut sum, mut count) = (0.0, 0.0);
        for ((part, size), copies) in sums.iter().zip(copies) {
            sum += part * f64::from(*copies);
            count += size * f64::from(*copies);
        }
        (count > 0.0).then(|| sum / count)
    };
    let value = mean(&vec![1; groups.len()])?;
    let draws = (0..DRAWS)
        .into_par_iter()
        .filter_map(|index| mean(&draw("bootstrap-groups", index, groups.len())))
        .collect();
    Some(interval(value, draws))
}

/// Several models on the same ties, as they are and under every draw: AUC, average precision and Brier score by window.
#[derive(Debug, Clone)]
pub struct Resampled<const N: usize> {
    whole: Vec<[[f64; 3]; N]>,
    draws: Vec<Vec<[[f64; 3]; N]>>,
    /// Whether every window has [`MANY`] ties.
    is_large: bool,
}

impl<const N: usize> Resampled<N> {
    /// Measures every model of every window; ties are drawn within each window, the same ones for all models. `None`
    /// without windows, and where a window has one class alone.
    #[must_use]
    pub fn new(windows: &[[Ranked; N]]) -> Option<Self> {
        if windows.is_empty() {
            return None;
        }
        let ties = |models: &[Ranked; N]| models.first().map_or(0, Ranked::ties);
        let of = |models: &[Ranked; N], copies: &[u32]| {
            let mut found = [[0.0; 3]; N];
            for (found, model) in found.iter_mut().zip(models) {
                *found = model.resampled(copies)?;
            }
            Some(found)
        };
        let once = windows.iter().map(|models| of(models, &vec![1; ties(models)]));
        let whole = once.collect::<Option<_>>()?;
        let is_large = windows.iter().all(|models| ties(models) >= MANY);
        let draws = (0..if is_large { DRAWS_OF_MANY } else { DRAWS })
            .into_par_iter()
            .filter_map(|index| {
                let drawn = windows.iter().zip(0..).map(|(models, nth)| {
                    let task = index * windows.len() + nth;
                    of(models, &draw("bootstrap-ties", task, ties(models)))
                });
                drawn.collect()
            })
            .collect();
        Some(Self { whole, draws, is_large })
    }

    /// One model less another by one of the three measures, the mean over windows.
    #[must_use]
    pub fn difference(&self, one: usize, other: usize, measure: usize) -> Interval {
        let mean = |windows: &[[[f64; 3]; N]]| {
            let apart = windows.iter().map(|found| found[one][measure] - found[other][measure]);
            apart.sum::<f64>() / windows.len() as f64
        };
        let draws: Vec<f64> = self.draws.iter().map(|windows| mean(windows)).collect();
        let value = mean(&self.whole);
        if self.is_large { normal(value, &draws) } else { interval(value, draws) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_that_of_its_standard_error() {
        let mut stream = Stream::new(3, "bootstrap-test", 0);
        let groups: Vec<Vec<f64>> = (0..400).map(|_| vec![stream.normal()]).collect();
        let found = of_groups(&groups).unwrap();
        // 1.96 / 20 either side.
        assert!((found.high - found.low - 0.196).abs() < 0.02, "{found:?}");
        assert!(found.low < found.value && found.value < found.high);
        assert_eq!(of_groups(&[]), None);
    }

    #[test]
    fn groups_are_drawn_whole() {
        // One owner with 100 equal splits and one with another value: the interval spans both.
        let found = of_groups(&[vec![1.0; 100], vec![0.0; 100]]).unwrap();
        assert!((found.value - 0.5).abs() < 1e-12 && found.low < 1e-9 && found.high > 1.0 - 1e-9);
    }

    #[test]
    fn many_ties_have_the_interval_of_all_draws() {
        // The same comparison from 200 draws, and by the percentiles of 1,000: two ways to one interval.
        let mut stream = Stream::new(9, "bootstrap-many", 0);
        let labels: Vec<bool> = (0..MANY).map(|_| stream.normal() > 0.4).collect();
        let mut told = |noise: f64| -> Vec<f64> {
            let one = |label: &bool| f64::from(u8::from(*label)) + noise * stream.normal();
            labels.iter().map(one).map(|z| 1.0 / (1.0 + libm::exp(-z))).collect()
        };
        let models = [Ranked::new(&labels, &told(1.0)), Ranked::new(&labels, &told(1.3))];
        let drawn: Vec<[f64; 3]> = (0..DRAWS)
            .map(|index| {
                let copies = draw("bootstrap-check", index, MANY);
                let [a, b] = [0, 1].map(|nth| models[nth].resampled(&copies).unwrap());
                std::array::from_fn(|measure| a[measure] - b[measure])
            })
            .collect();
        let found = Resampled::new(&[models]).unwrap();
        for measure in 0..3 {
            let of_many = found.difference(0, 1, measure);
            let of_all = interval(of_many.value, drawn.iter().map(|one| one[measure]).collect());
            let width = of_all.high - of_all.low;
            assert!(
                (of_many.low - of_all.low).abs() < 0.15 * width,
                "{measure} {of_many:?} {of_all:?}"
            );
            assert!(
                (of_many.high - of_all.high).abs() < 0.15 * width,
                "{measure} {of_many:?} {of_all:?}"
            );
        }
    }

    #[test]
    fn a_model_does_not_differ_from_itself() {
        let labels = [true, false, true, false, false, true];
        let one = Ranked::new(&labels, &[0.9, 0.1, 0.4, 0.6, 0.2, 0.7]);
        let found = Resampled::new(&[[one.clone(), one]]).unwrap().difference(0, 1, 0);
        assert!(found.low.abs() < 1e-15 && found.high.abs() < 1e-15);
    }
}
