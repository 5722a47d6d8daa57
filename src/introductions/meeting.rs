//! How likely two contacts are tied by themselves within the next quarter (`methods` F.1, `p_meet`).
//!
//! A logistic model on the columns of [`crate::measures::closeness`]: coefficients learnt on other people's logs, moved to the
//! rate of this one, and tried on this log's last quarter where it holds [`FEWEST`] new ties. Where the model orders pairs worse
//! than resource allocation there, resource allocation takes its place. Two without a common contact get 0: nothing leads one
//! to the other.

use crate::audit::{Meeting, MeetingBy, MeetingTried};
use crate::forecast::logistic::{Hold, Line, Rows, fit, log_odds, logistic};
use crate::measures::closeness::{COLUMNS, Pair, Past};

use super::backtest::{PREDICTORS, average_precision, baselines};
use super::circle::{Circle, LIKELY};

/// Days ahead.
pub const HORIZON: i32 = 90;
/// New ties from which a log's last quarter is a trial.
pub const FEWEST: usize = 50;
/// Resource allocation, among the columns and among the simple ways.
const ALLOCATION: usize = 2;

/// Log odds and coefficients learnt on other people's logs: the mean over five logs on which the model
/// beat every simple way, each fitted alone (`benches/results/introductions.md`).
const INTERCEPT: f64 = -5.803;
const SLOPES: [f64; COLUMNS] = [
    -0.697, 0.284, 0.354, 0.198, -0.032, 0.080, 0.092, -0.343, 0.840, 0.844, 0.712, 0.305, -0.575,
    0.227,
];

/// Coefficients learnt on other people's logs.
#[must_use]
pub fn shipped() -> Line {
    Line { intercept: INTERCEPT, slopes: SLOPES.to_vec() }
}

/// No coefficients: what a trial on a log that [`shipped`] may have seen is pulled to.
#[must_use]
pub fn untaught() -> Line {
    Line { intercept: 0.0, slopes: vec![0.0; COLUMNS] }
}

/// The model for a log, from its ties a horizon ago and now; both circles hold the same contacts in the same order, or `before`
/// fewer of them by id.
#[must_use]
pub fn learn(before: &Circle, now: &Circle) -> Meeting {
    let past = before.past(f64::from(HORIZON));
    let pairs = past.at_distance_two(|_, _| true);
    let place = |at: u32| now.place(&before.contacts[at as usize].id);
    let met = |pair: &Pair| {
        let ends = place(pair.a).zip(place(pair.b));
        // Seen together once is no tie yet, here as in the past.
        ends.is_some_and(|(a, b)| now.tie(a, b).is_some_and(|tie| tie.probability >= LIKELY))
    };
    let labels: Vec<bool> = pairs.iter().map(met).collect();
    told(&pairs, &labels)
}

/// The model at the rate of these pairs, tried on them where they are enough.
fn told(pairs: &[Pair], labels: &[bool]) -> Meeting {
    let shipped = shipped();
    let happened = labels.iter().filter(|met| **met).count();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let own = at_rate(&shipped, pairs, labels);
    let untried = Meeting {
        by: MeetingBy::Untried,
        intercept: own.intercept,
        slopes: own.slopes.clone(),
        tried: None,
    };
    if happened < FEWEST || happened == labels.len() {
        return untried;
    }
    let scores: Vec<f64> = pairs.iter().map(|pair| own.at(&pair.columns)).collect();
    let weights = vec![1.0; pairs.len()];
    let precision = |scores: &[f64]| average_precision(scores, labels, &weights).unwrap_or(0.0);
    let model = precision(&scores);
    let simple: Vec<Vec<f64>> = (0..PREDICTORS - 2)
        .map(|nth| pairs.iter().map(|pair| baselines(pair)[nth]).collect())
        .collect();
    let baseline = simple.iter().map(|scores| precision(scores)).fold(0.0, f64::max);
    let tried =
        Some(MeetingTried { pairs: count(pairs.len()), met: count(happened), model, baseline });
    if model >= precision(&simple[ALLOCATION]) {
        return Meeting { by: MeetingBy::Tried, tried, ..untried };
    }
    let line = by_allocation(pairs, labels);
    Meeting {
        by: MeetingBy::ResourceAllocation,
        intercept: line.intercept,
        slopes: line.slopes,
        tried,
    }
}

/// The line with the intercept at which the expected number of new ties is the one seen (one more of each kind, so that a log
/// without any keeps a chance above 0).
fn at_rate(line: &Line, pairs: &[Pair], labels: &[bool]) -> Line {
    let met = labels.iter().filter(|met| **met).count() as f64;
    let rate = (met + 1.0) / (labels.len() as f64 + 2.0);
    if pairs.is_empty() {
        return line.clone();
    }
    let scores: Vec<f64> = pairs.iter().map(|pair| line.at(&pair.columns)).collect();
    // The mean chance rises with the shift: halve the span.
    let (mut low, mut high) = (-60.0, 60.0);
    for _ in 0..80 {
        let shift = f64::midpoint(low, high);
        let mean = scores.iter().map(|z| logistic(z + shift)).sum::<f64>() / scores.len() as f64;
        if mean < rate {
            low = shift;
        } else {
            high = shift;
        }
    }
    Line { intercept: line.intercept + f64::midpoint(low, high), slopes: line.slopes.clone() }
}

/// Resource allocation alone.
fn by_allocation(pairs: &[Pair], labels: &[bool]) -> Line {
    let columns: Vec<f64> = pairs.iter().map(|pair| pair.columns[ALLOCATION]).collect();
    let rows = Rows { columns: &columns, width: 1, labels, weights: None };
    let met = labels.iter().filter(|met| **met).count() as f64;
    let base = Line { intercept: log_odds(met / labels.len().max(1) as f64), slopes: vec![0.0] };
    let hold =
        Hold { ridge: 1.0, of_intercept: 0.0, towards: Some(&base), spreads: None, signs: &[1] };
    let line = fit(&rows, &hold);
    let mut slopes = vec![0.0; COLUMNS];
    slopes[ALLOCATION] = line.slopes.first().copied().unwrap_or(0.0);
    Line { intercept: line.intercept, slopes }
}

/// Chance that two contacts are tied within the horizon.
#[must_use]
pub fn of_two(line: &Line, past: &Past, a: usize, b: usize) -> f64 {
    past.pair(a, b).map_or(0.0, |pair| logistic(line.at(&pair.columns)))
}
