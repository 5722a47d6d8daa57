//! Models of a few numbers a tie: MBG/NBD, the blend of `methods` C.5, and the two baselines that everything must beat.
//!
//! **Logistics** have ridge 1 on standardised columns and a free intercept (scikit-learn's `C = 1`). The two columns of the
//! blend are `ln(1 + contact days)`, held not to fall, and `ln(1 + days of silence)`, held not to rise; baselines have one
//! column each, `ln(1 + interactions)` or the silence, and no sign held.

use super::columns::Past;
use super::logistic::{self, Hold, Line, Rows};
use super::mbg::{self, History, Parameters};
use super::mbg_fit::{self, Fit};

/// Fewest ties of either kind to learn from.
pub const FEWEST: usize = 8;
/// Fewest ties to learn from.
pub const FEWEST_TIES: usize = 30;
/// Stands in for the median gap where no pair met twice.
const DEFAULT_GAP: f64 = 30.0;

/// Fitted on one log, or one person's ties.
#[derive(Debug, Clone, PartialEq)]
pub struct Plain {
    horizon: f64,
    parameters: Parameters,
    two: Option<Line>,
    recency: Option<Line>,
    frequency: Option<Line>,
    /// The MBG/NBD fit; `None` where its prior stands in.
    pub fit: Option<Fit>,
    /// Share of the ties learned from with contact; `None` where nothing could be learned.
    pub base_rate: Option<f64>,
}

/// Whether a window's labels are enough to learn from.
#[must_use]
pub fn teaches(labels: &[bool]) -> bool {
    let met = labels.iter().filter(|met| **met).count();
    labels.len() >= FEWEST_TIES && met >= FEWEST && labels.len() - met >= FEWEST
}

impl Plain {
    /// The parameters of MBG/NBD: fitted, or the prior's.
    #[must_use]
    pub fn parameters(&self) -> Parameters {
        self.parameters
    }

    /// From the last window (the past at its start and whether there was contact in it) and the histories now.
    #[must_use]
    pub fn fit(
        window: (&[Past], &[bool]),
        histories: &[History],
        median_gap: Option<f64>,
        horizon: i32,
    ) -> Self {
        let prior = Parameters::prior(median_gap.unwrap_or(DEFAULT_GAP));
        let fit = mbg_fit::fit(histories, prior);
        let (pasts, labels) = window;
        let can = teaches(labels);
        let met = labels.iter().filter(|met| **met).count();
        Self {
            horizon: f64::from(horizon),
            parameters: fit.map_or(prior, |fit| fit.parameters),
            two: can.then(|| line(pasts, labels, &[1, -1], two_columns)),
            recency: can.then(|| line(pasts, labels, &[0], recency)),
            frequency: can.then(|| line(pasts, labels, &[0], frequency)),
            fit,
            base_rate: can.then(|| met as f64 / labels.len() as f64),
        }
    }

    /// Mean of MBG/NBD and the two-column logistic; MBG/NBD alone where nothing could be learned.
    #[must_use]
    pub fn blend(&self, past: &Past) -> f64 {
        let mbg = mbg::p_contact(past.history, self.parameters, self.horizon);
        told(self.two.as_ref(), &two_columns(past)).map_or(mbg, |p| f64::midpoint(p, mbg))
    }

    /// By the silence; only an order where nothing could be learned.
    #[must_use]
    pub fn recency(&self, past: &Past) -> f64 {
        told(self.recency.as_ref(), &recency(past)).unwrap_or(1.0 / (1.0 + f64::from(past.silent)))
    }

    /// By the number of interactions; only an order where nothing could be learned.
    #[must_use]
    pub fn frequency(&self, past: &Past) -> f64 {
        told(self.frequency.as_ref(), &frequency(past))
            .unwrap_or(1.0 - 1.0 / (1.0 + f64::from(past.rows)))
    }
}

fn told(line: Option<&Line>, columns: &[f64]) -> Option<f64> {
    line.map(|line| logistic::logistic(line.at(columns)))
}

fn line<const N: usize>(
    pasts: &[Past],
    labels: &[bool],
    signs: &[i8; N],
    of: fn(&Past) -> [f64; N],
) -> Line {
    let columns: Vec<f64> = pasts.iter().flat_map(of).collect();
    let rows = Rows { columns: &columns, width: N, labels, weights: None, fixed: None };
    logistic::fit(
        &rows,
        &Hold { ridge: 1.0, of_intercept: 0.0, towards: None, spreads: None, signs },
    )
}

fn two_columns(past: &Past) -> [f64; 2] {
    [libm::log1p(past.days()), libm::log1p(f64::from(past.silent))]
}

fn recency(past: &Past) -> [f64; 1] {
    [libm::log1p(f64::from(past.silent))]
}

fn frequency(past: &Past) -> [f64; 1] {
    [libm::log1p(f64::from(past.rows))]
}
