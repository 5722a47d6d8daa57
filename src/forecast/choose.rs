//! Which model to believe: the stack, unless this log's own past says otherwise.
//!
//! **Rule** (`methods` C.7.5) the stack gives way to the blend when it loses to it in Brier in at least two windows and in the
//! mean of all; whatever then stands gives way to the better of the two baselines by the same rule. Not the winner of one
//! window: picking by one window was never better than the best fixed model. Without a trial nothing is verified, and the
//! stack stands as it is.

use std::collections::BTreeMap;

use super::backtest::Trial;
use super::metrics;
use super::model::Kind;
use crate::units::Day;

/// What the past says.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The model to use.
    pub chosen: Kind,
    /// Windows in which it could be tried; 0 = not verified on this data.
    pub windows: usize,
    /// Mean Brier score over the windows, by kind; none without windows.
    pub brier: Option<[f64; 4]>,
    /// Windows in which the stack had a higher Brier score than the blend, and than the better baseline.
    pub lost: [usize; 2],
    /// The baseline with the lower mean Brier score.
    pub better_baseline: Kind,
}

/// Decides from trials.
#[must_use]
pub fn decide(trials: &[Trial]) -> Decision {
    let mut by_window: BTreeMap<Day, Vec<[f64; 4]>> = BTreeMap::new();
    for trial in trials {
        by_window.entry(trial.cutoff).or_default().push(brier(trial));
    }
    let windows: Vec<[f64; 4]> = by_window.values().map(|trials| mean(trials)).collect();
    if windows.is_empty() {
        return Decision {
            chosen: Kind::Stack,
            windows: 0,
            brier: None,
            lost: [0, 0],
            better_baseline: Kind::Recency,
        };
    }
    let means = mean(&windows);
    let better_baseline = if means[Kind::Recency as usize] <= means[Kind::Frequency as usize] {
        Kind::Recency
    } else {
        Kind::Frequency
    };
    let losses = |of: Kind, to: Kind| {
        windows.iter().filter(|brier| brier[of as usize] > brier[to as usize]).count()
    };
    let gives_way =
        |of: Kind, to: Kind| losses(of, to) >= 2 && means[of as usize] > means[to as usize];
    let mut chosen = Kind::Stack;
    for rival in [Kind::Blend, better_baseline] {
        if gives_way(chosen, rival) {
            chosen = rival;
        }
    }
    Decision {
        chosen,
        windows: windows.len(),
        brier: Some(means),
        lost: [losses(Kind::Stack, Kind::Blend), losses(Kind::Stack, better_baseline)],
        better_baseline,
    }
}

/// The Brier score of each kind; a trial has both classes.
fn brier(trial: &Trial) -> [f64; 4] {
    let labels: Vec<bool> = trial.ties.iter().map(|tie| tie.met).collect();
    Kind::ALL.map(|kind| {
        let p: Vec<f64> = trial.ties.iter().map(|tie| tie.scores[kind as usize]).collect();
        metrics::measure(&labels, &p).map_or(0.25, |found| found.brier)
    })
}

fn mean(all: &[[f64; 4]]) -> [f64; 4] {
    std::array::from_fn(|kind| {
        all.iter().map(|brier| brier[kind]).sum::<f64>() / all.len().max(1) as f64
    })
}

#[cfg(test)]
mod tests {
    use super::super::backtest::Scored;
    use super::*;

    /// A window in which each kind says `p` to the tie that met and `1 − p` to the one that did not.
    fn trial(cutoff: i32, p: [f64; 4]) -> Trial {
        let scored = |met: bool| {
            let scores = p.map(|p| if met { p } else { 1.0 - p });
            Scored { a: 0, b: 1, before: 3, met, scores }
        };
        Trial {
            cutoff: Day(cutoff),
            owner: None,
            base_rate: 0.5,
            ties: vec![scored(true), scored(false)],
        }
    }

    #[test]
    fn one_lost_window_changes_nothing() {
        let found = decide(&[trial(0, [0.6, 0.9, 0.5, 0.5]), trial(9, [0.8, 0.79, 0.5, 0.5])]);
        assert_eq!((found.chosen, found.windows, found.lost), (Kind::Stack, 2, [1, 0]));
    }

    #[test]
    fn two_lost_windows_and_the_mean_change_the_model() {
        let found = decide(&[trial(0, [0.6, 0.7, 0.5, 0.5]), trial(9, [0.8, 0.81, 0.5, 0.5])]);
        assert_eq!(found.chosen, Kind::Blend);
        let found = decide(&[trial(0, [0.6, 0.7, 0.5, 0.9]), trial(9, [0.8, 0.81, 0.5, 0.9])]);
        assert_eq!((found.chosen, found.better_baseline), (Kind::Frequency, Kind::Frequency));
    }

    #[test]
    fn nothing_tried_nothing_verified() {
        assert_eq!((decide(&[]).chosen, decide(&[]).windows), (Kind::Stack, 0));
    }
}
