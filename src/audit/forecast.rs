//! How the chance of contact was told, and how well it did on this data's own past.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The model behind every chance of contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Forecast {
    /// Days ahead.
    pub horizon_days: u32,
    /// The model in use: `stack`, `blend`, `recency` or `frequency`.
    pub model: String,
    /// Whether the data shows what contacts do among themselves.
    pub whole_log: bool,
    /// Ties of earlier windows that the model learned from; 0 = pretrained only.
    pub learned_from: u32,
    /// The back-test; `null` = not verified on this data, which is too short or holds too few ties.
    pub backtest: Option<Backtest>,
}

/// What a back-test found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Backtest {
    /// Days ahead.
    pub horizon_days: u32,
    /// The model that the past speaks for.
    pub chosen: String,
    /// Owners tried; 0 where all pairs are one trial.
    pub owners: u32,
    /// Windows, oldest first; they do not overlap.
    pub windows: Vec<BacktestWindow>,
    /// `stack`, `blend`, `recency`, `frequency` and `base-rate`.
    pub models: Vec<BacktestModel>,
    /// The stack less another model, with 95 % intervals.
    pub gains: Vec<BacktestGain>,
    /// Windows in which the stack had a higher Brier score than the blend, and than the better baseline.
    pub lost_windows: [u32; 2],
    /// The baseline with the lower mean Brier score.
    pub better_baseline: String,
    /// Ten bins of equal count by probability, lowest first.
    pub reliability: Vec<BacktestBin>,
}

/// One window of a back-test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BacktestWindow {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Trials.
    pub trials: u32,
    /// Ties scored.
    pub ties: u32,
    /// Of these, with contact.
    pub met: u32,
}

/// One model's measures, means over trials.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BacktestModel {
    /// Which.
    pub model: String,
    /// Area under the ROC curve.
    pub auc: f64,
    /// Average precision; its floor is the base rate.
    pub average_precision: f64,
    /// Mean squared error of probabilities.
    pub brier: f64,
    /// `1 − brier / (base rate · (1 − base rate))`.
    pub brier_skill: f64,
    /// Mean logarithmic loss.
    pub log_loss: f64,
    /// Expected over observed contacts.
    pub expected_over_observed: f64,
}

/// A difference with its interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BacktestGain {
    /// `blend` or `better-baseline`.
    pub over: String,
    /// `auc`, `average-precision` or `brier` (lower is better).
    pub measure: String,
    /// The difference.
    pub value: f64,
    /// The 2.5th percentile of resampled differences.
    pub low: f64,
    /// The 97.5th.
    pub high: f64,
}

/// Ties of about one probability.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BacktestBin {
    /// Ties.
    pub ties: u32,
    /// Of these, with contact.
    pub met: u32,
    /// Mean probability told.
    pub expected: f64,
    /// Wilson 95 % interval of the share with contact.
    pub interval: [f64; 2],
}
