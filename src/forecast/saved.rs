//! What a back-test found, in the saved form of [`crate::audit`].

use super::bootstrap::Interval;
use super::model::Kind;
use super::report::{Gain, Means, Report};
use crate::audit::{Backtest, BacktestBin, BacktestGain, BacktestModel, BacktestWindow};
use crate::units::count;

/// The saved form.
#[must_use]
pub fn backtest(report: &Report) -> Backtest {
    let kinds = Kind::ALL.iter().map(|kind| kind.name()).zip(&report.means);
    let windows = report.windows.iter().map(|window| BacktestWindow {
        from: window.from.date(),
        to: window.from.plus(report.horizon - 1).date(),
        trials: count(window.trials),
        ties: count(window.ties),
        met: count(window.met),
    });
    let bins = report.bins.iter().map(|bin| BacktestBin {
        ties: count(bin.ties),
        met: count(bin.met),
        expected: bin.expected,
        interval: bin.interval,
    });
    let decision = &report.decision;
    Backtest {
        horizon_days: report.horizon.unsigned_abs(),
        chosen: decision.chosen.name().to_owned(),
        owners: count(report.owners),
        windows: windows.collect(),
        models: kinds.chain([("base-rate", &report.base)]).map(model).collect(),
        gains: gains("blend", &report.over_blend)
            .chain(gains("better-baseline", &report.over_baseline))
            .collect(),
        lost_windows: decision.lost.map(count),
        better_baseline: decision.better_baseline.name().to_owned(),
        reliability: bins.collect(),
    }
}

fn model((name, means): (&str, &Means)) -> BacktestModel {
    BacktestModel {
        model: name.to_owned(),
        auc: means.auc,
        average_precision: means.ap,
        brier: means.brier,
        brier_skill: means.skill,
        log_loss: means.log_loss,
        expected_over_observed: means.expected,
    }
}

fn gains<'a>(over: &'a str, gain: &Gain) -> impl Iterator<Item = BacktestGain> + use<'a> {
    let all = [("auc", gain.auc), ("average-precision", gain.ap), ("brier", gain.brier)];
    all.into_iter().map(move |(measure, Interval { value, low, high })| BacktestGain {
        over: over.to_owned(),
        measure: measure.to_owned(),
        value,
        low,
        high,
    })
}
