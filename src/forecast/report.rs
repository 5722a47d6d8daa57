//! Trials -> what a back-test found: means over trials, paired gains with intervals, reliability, the decision.
//!
//! The better baseline is told per measure after the fact (the higher mean AUC or average precision, the lower mean Brier
//! score of recency and frequency): hard on the model. Intervals resample owners where there are several, else ties.

use std::collections::BTreeMap;

use super::backtest::Trial;
use super::bootstrap::{self, Interval, Resampled};
use super::choose::{self, Decision};
use super::metrics::{self, Bin, Metrics, Ranked};
use super::model::Kind;
use crate::units::Day;

/// Bins of the reliability table.
pub const BINS: usize = 10;

/// Means over trials.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Means {
    /// Area under the ROC curve.
    pub auc: f64,
    /// Average precision.
    pub ap: f64,
    /// Brier score.
    pub brier: f64,
    /// Brier skill against the base rate of the window itself.
    pub skill: f64,
    /// Log loss.
    pub log_loss: f64,
    /// Expected over observed contacts, over all trials together.
    pub expected: f64,
}

/// The chosen model less another; a lower Brier score is better.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// AUC.
    pub auc: Interval,
    /// Average precision.
    pub ap: Interval,
    /// Brier score.
    pub brier: Interval,
}

/// What was tried in one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowCount {
    /// First day.
    pub from: Day,
    /// Trials.
    pub trials: usize,
    /// Ties.
    pub ties: usize,
    /// Of these, with contact.
    pub met: usize,
}

/// What a back-test found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Days ahead.
    pub horizon: i32,
    /// Owners tried; 0 where all pairs are one trial.
    pub owners: usize,
    /// Windows, oldest first.
    pub windows: Vec<WindowCount>,
    /// By kind, in the order of [`Kind::ALL`].
    pub means: [Means; 4],
    /// The training window's base rate told of every tie.
    pub base: Means,
    /// The stack against the blend.
    pub over_blend: Gain,
    /// The stack against the better baseline of each measure.
    pub over_baseline: Gain,
    /// Reliability of the chosen model over all trials.
    pub bins: Vec<Bin>,
    /// Which model, and why.
    pub decision: Decision,
}

impl Report {
    /// Ties scored, over all windows.
    #[must_use]
    pub fn ties(&self) -> usize {
        self.windows.iter().map(|window| window.ties).sum()
    }

    /// Trials, over all windows.
    #[must_use]
    pub fn trials(&self) -> usize {
        self.windows.iter().map(|window| window.trials).sum()
    }
}

/// One trial, measured.
struct Measured {
    owner: Option<u32>,
    by_kind: [Metrics; 4],
    base: Metrics,
}

/// Puts trials together; `None` without any that has both kinds of ties.
#[must_use]
pub fn of(trials: &[Trial], horizon: i32) -> Option<Report> {
    let measured: Vec<Measured> = trials.iter().filter_map(measure).collect();
    if measured.is_empty() {
        return None;
    }
    let decision = choose::decide(trials);
    let mut owners: Vec<u32> = measured.iter().filter_map(|one| one.owner).collect();
    owners.sort_unstable();
    owners.dedup();
    let means = std::array::from_fn(|kind| mean(measured.iter().map(|one| &one.by_kind[kind])));
    let better = |higher: bool, of: fn(&Means) -> f64| {
        let [_, _, recency, frequency]: [Means; 4] = means;
        let frequency_wins =
            if higher { of(&frequency) > of(&recency) } else { of(&frequency) < of(&recency) };
        if frequency_wins { Kind::Frequency } else { Kind::Recency }
    };
    let drawn = if owners.len() > 1 { None } else { Some(resampled(trials)?) };
    let gain = |kinds: [Kind; 3]| -> Option<Gain> {
        let ways: [fn(&Metrics) -> f64; 3] = [|m| m.auc, |m| m.ap, |m| m.brier];
        let part = |nth: usize| match &drawn {
            Some(drawn) => Some(drawn.difference(0, kinds[nth] as usize, nth)),
            None => over_owners(&measured, kinds[nth], ways[nth]),
        };
        Some(Gain { auc: part(0)?, ap: part(1)?, brier: part(2)? })
    };
    let chosen = decision.chosen as usize;
    let all = || trials.iter().flat_map(|trial| &trial.ties);
    let labels: Vec<bool> = all().map(|tie| tie.met).collect();
    let p: Vec<f64> = all().map(|tie| tie.scores[chosen]).collect();
    Some(Report {
        horizon,
        owners: owners.len(),
        windows: windows(trials),
        means,
        base: mean(measured.iter().map(|one| &one.base)),
        over_blend: gain([Kind::Blend; 3])?,
        over_baseline: gain([
            better(true, |m| m.auc),
            better(true, |m| m.ap),
            better(false, |m| m.brier),
        ])?,
        bins: metrics::reliability(&labels, &p, BINS),
        decision,
    })
}

fn measure(trial: &Trial) -> Option<Measured> {
    let labels: Vec<bool> = trial.ties.iter().map(|tie| tie.met).collect();
    let by = |kind: Kind| {
        let p: Vec<f64> = trial.ties.iter().map(|tie| tie.scores[kind as usize]).collect();
        metrics::measure(&labels, &p)
    };
    let [stack, blend, recency, frequency] = Kind::ALL.map(by);
    Some(Measured {
        owner: trial.owner,
        by_kind: [stack?, blend?, recency?, frequency?],
        base: metrics::measure(&labels, &vec![trial.base_rate; labels.len()])?,
    })
}

fn mean<'a>(all: impl Iterator<Item = &'a Metrics>) -> Means {
    let (mut sum, mut count) = (Means::default(), 0.0);
    let (mut expected, mut met) = (0.0, 0.0);
    for one in all {
        sum.auc += one.auc;
        sum.ap += one.ap;
        sum.brier += one.brier;
        sum.skill += one.skill;
        sum.log_loss += one.log_loss;
        expected += one.expected * one.met as f64;
        met += one.met as f64;
        count += 1.0;
    }
    Means {
        auc: sum.auc / count,
        ap: sum.ap / count,
        brier: sum.brier / count,
        skill: sum.skill / count,
        log_loss: sum.log_loss / count,
        expected: expected / met,
    }
}

/// The stack less another kind, owners drawn whole.
fn over_owners(measured: &[Measured], other: Kind, how: fn(&Metrics) -> f64) -> Option<Interval> {
    let mut groups: BTreeMap<Option<u32>, Vec<f64>> = BTreeMap::new();
    for one in measured {
        let difference = how(&one.by_kind[0]) - how(&one.by_kind[other as usize]);
        groups.entry(one.owner).or_default().push(difference);
    }
    bootstrap::of_groups(&groups.into_values().collect::<Vec<_>>())
}

/// Every kind on every window's ties, drawn once for all comparisons.
fn resampled(trials: &[Trial]) -> Option<Resampled<4>> {
    let windows: Vec<[Ranked; 4]> = trials
        .iter()
        .map(|trial| {
            let labels: Vec<bool> = trial.ties.iter().map(|tie| tie.met).collect();
            Kind::ALL.map(|kind| {
                let p: Vec<f64> = trial.ties.iter().map(|tie| tie.scores[kind as usize]).collect();
                Ranked::new(&labels, &p)
            })
        })
        .collect();
    Resampled::new(&windows)
}

fn windows(trials: &[Trial]) -> Vec<WindowCount> {
    let mut all: BTreeMap<Day, WindowCount> = BTreeMap::new();
    for trial in trials {
        let from = trial.cutoff;
        let window = all.entry(from).or_insert(WindowCount { from, trials: 0, ties: 0, met: 0 });
        window.trials += 1;
        window.ties += trial.ties.len();
        window.met += trial.ties.iter().filter(|tie| tie.met).count();
    }
    all.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::super::backtest::{self, Who};
    use super::super::coefficients::Coefficients;
    use super::super::columns::{At, Scope};
    use super::super::model::tests::office;
    use super::*;

    #[test]
    fn a_report_of_an_office() {
        let all = office(110, 260, 5);
        let at = At { histories: &all, scope: Scope::Whole, cutoff: Day(0), horizon: 60 };
        let cutoffs = backtest::cutoffs(Day(0), Day(259), 60);
        let everyone = backtest::run(&at, &cutoffs, Who::Everyone, &Coefficients::shipped());
        let somebody = everyone[0].owner.unwrap();
        for who in [Who::Everyone, Who::Pairs, Who::One(somebody)] {
            let trials = backtest::run(&at, &cutoffs, who, &Coefficients::shipped());
            let found = of(&trials, 60).unwrap();
            assert_eq!(found.trials(), trials.len());
            assert_eq!(found.bins.iter().map(|bin| bin.ties).sum::<usize>(), found.ties());
            let gain = found.over_blend.auc;
            assert!((gain.value - (found.means[0].auc - found.means[1].auc)).abs() < 1e-12);
            assert!(gain.low <= gain.value && gain.value <= gain.high);
            // Knowing nothing ranks nothing.
            assert!((found.base.auc - 0.5).abs() < 1e-12);
            assert!(found.means[0].auc > 0.6);
        }
        assert_eq!(of(&[], 60), None);
    }
}
