//! How likely two contacts are tied by themselves within the next quarter (`methods` F.1, `p_meet`).
//!
//! A logistic model on the columns of [`crate::measures::closeness`]: coefficients learnt on other people's logs, moved to the
//! rate of this one, and tried on this log's last quarter where it holds [`FEWEST`] new ties. Where the model orders pairs worse
//! than resource allocation there, resource allocation takes its place. Two without a common contact get 0: nothing leads one
//! to the other.

use rayon::prelude::*;

use crate::audit::{Meeting, MeetingBy, MeetingTried};
use crate::forecast::logistic::{Hold, Line, Rows, fit, log_odds, logistic};
use crate::measures::closeness::{COLUMNS, Pair, Past, ln};
use crate::units::count;

use super::backtest::{Order, PREDICTORS, baselines};
use super::circle::{Circle, LIKELY};

/// Days ahead.
pub const HORIZON: i32 = 90;
/// New ties from which a log's last quarter is a trial.
pub const FEWEST: usize = 50;
/// Resource allocation, among the columns and among the simple ways.
const ALLOCATION: usize = 2;
/// Log odds are moved at most so far.
const WIDEST: f64 = 60.0;
/// A step this small ends the search for the shift.
const CLOSE: f64 = 1e-13;
/// Most steps of that search: halving alone would need 50.
const STEPS: usize = 100;
/// Pairs summed at a time.
const CHUNK: usize = 4_096;

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
    let place: Vec<Option<usize>> =
        before.contacts.iter().map(|contact| now.place(&contact.id)).collect();
    let met = |pair: &Pair| {
        let ends = place[pair.a as usize].zip(place[pair.b as usize]);
        // Seen together once is no tie yet, here as in the past.
        ends.is_some_and(|(a, b)| now.tie(a, b).is_some_and(|tie| tie.probability >= LIKELY))
    };
    let shipped = shipped();
    let kept = |pair: Pair| Candidate::of(&shipped, &pair, met(&pair));
    told(&shipped, &past.each_at_distance_two(|_, _| true, kept))
}

/// What a trial keeps of a pair at distance two: there may be millions.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Candidate {
    /// Log odds by the shipped line.
    odds: f64,
    /// Common neighbours, Adamic–Adar, resource allocation, preferential attachment.
    simple: [f64; PREDICTORS - 2],
    /// Whether the two are tied a horizon later.
    met: bool,
}

impl Candidate {
    fn of(line: &Line, pair: &Pair, met: bool) -> Self {
        Self { odds: line.at(&pair.columns), simple: baselines(pair), met }
    }
}

/// The model at the rate of these pairs, tried on them where they are enough.
fn told(line: &Line, pairs: &[Candidate]) -> Meeting {
    let happened = pairs.iter().filter(|pair| pair.met).count();
    let untried = Meeting {
        by: MeetingBy::Untried,
        intercept: line.intercept + shift(pairs, happened),
        slopes: line.slopes.clone(),
        tried: None,
    };
    if happened < FEWEST || happened == pairs.len() {
        return untried;
    }
    let precision = |score: &dyn Fn(&Candidate) -> f64| {
        let scores: Vec<f64> = pairs.iter().map(score).collect();
        Order::of(&scores).precision(|at| pairs[at].met, |_| 1.0).unwrap_or(0.0)
    };
    // One shift for all: the order is that of the shipped line.
    let model = precision(&|pair| pair.odds);
    let simple: [f64; PREDICTORS - 2] =
        std::array::from_fn(|nth| precision(&|pair| pair.simple[nth]));
    let baseline = simple.iter().copied().fold(0.0, f64::max);
    let tried =
        Some(MeetingTried { pairs: count(pairs.len()), met: count(happened), model, baseline });
    if model >= simple[ALLOCATION] {
        return Meeting { by: MeetingBy::Tried, tried, ..untried };
    }
    let line = by_allocation(pairs, happened);
    Meeting {
        by: MeetingBy::ResourceAllocation,
        intercept: line.intercept,
        slopes: line.slopes,
        tried,
    }
}

/// What moves the log odds of all pairs so that the expected number of new ties is the one seen (one more of each kind, so
/// that a log without any keeps a chance above 0); 0 without pairs.
///
/// Newton on the log odds of the mean chance, which are nearly straight, within a bracket: a handful of passes over the
/// pairs. Sums are taken by chunks in order, the same for any number of threads.
fn shift(pairs: &[Candidate], happened: usize) -> f64 {
    if pairs.is_empty() {
        return 0.0;
    }
    let all = pairs.len() as f64;
    let rate = (happened as f64 + 1.0) / (all + 2.0);
    let odds = |p: f64| libm::log(p / (1.0 - p));
    let (mut low, mut high, mut shift) = (-WIDEST, WIDEST, 0.0);
    for _ in 0..STEPS {
        let sums: Vec<[f64; 2]> =
            pairs.par_chunks(CHUNK).map(|some| chances(some, shift)).collect();
        let [sum, spread] =
            sums.iter().fold([0.0; 2], |sum, one| [sum[0] + one[0], sum[1] + one[1]]);
        let mean = sum / all;
        let step = (odds(mean) - odds(rate)) * mean * (1.0 - mean) * all / spread;
        if step.abs() < CLOSE {
            return shift - step;
        }
        if mean < rate {
            low = shift;
        } else {
            high = shift;
        }
        // Chances of 0 or 1 throughout have no slope: halve the bracket there.
        let next = shift - step;
        shift = if next > low && next < high { next } else { f64::midpoint(low, high) };
    }
    shift
}

/// The sum of chances at a shift, and of their slopes.
fn chances(pairs: &[Candidate], shift: f64) -> [f64; 2] {
    pairs.iter().fold([0.0; 2], |[sum, spread], pair| {
        let p = logistic(pair.odds + shift);
        [sum + p, spread + p * (1.0 - p)]
    })
}

/// Resource allocation alone.
fn by_allocation(pairs: &[Candidate], happened: usize) -> Line {
    let columns: Vec<f64> = pairs.iter().map(|pair| ln(pair.simple[ALLOCATION])).collect();
    let labels: Vec<bool> = pairs.iter().map(|pair| pair.met).collect();
    let rows = Rows { columns: &columns, width: 1, labels: &labels, weights: None, fixed: None };
    let base = Line {
        intercept: log_odds(happened as f64 / pairs.len().max(1) as f64),
        slopes: vec![0.0],
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    fn pairs(seed: u64, many: usize, rate: f64) -> Vec<Candidate> {
        let mut stream = Stream::new(seed, "candidates", 0);
        (0..many)
            .map(|_| {
                let odds = 3.0 * stream.normal() - 6.0;
                Candidate { odds, simple: [stream.unit(); 4], met: stream.chance(rate) }
            })
            .collect()
    }

    /// The shift by halving the span eighty times.
    fn halved(pairs: &[Candidate], happened: usize) -> f64 {
        let rate = (happened as f64 + 1.0) / (pairs.len() as f64 + 2.0);
        let (mut low, mut high) = (-60.0, 60.0);
        for _ in 0..80 {
            let shift = f64::midpoint(low, high);
            if chances(pairs, shift)[0] / (pairs.len() as f64) < rate {
                low = shift;
            } else {
                high = shift;
            }
        }
        f64::midpoint(low, high)
    }

    #[test]
    fn the_shift_is_that_of_halving() {
        let mut far = pairs(9, 50, 0.5);
        for pair in &mut far {
            pair.odds *= 9.0;
        }
        let sets = [pairs(1, 20_000, 0.002), pairs(2, 9_000, 0.4), pairs(3, 7, 0.3), far];
        for (nth, set) in sets.iter().enumerate() {
            for happened in [0, set.iter().filter(|pair| pair.met).count()] {
                let (found, expected) = (shift(set, happened), halved(set, happened));
                assert!((found - expected).abs() < 1e-12, "{nth} {happened}: {found} {expected}");
            }
        }
        assert!(shift(&[], 0).abs() < 1e-300);
    }

    #[test]
    fn a_line_that_loses_gives_way_to_resource_allocation() {
        let mut pairs = pairs(4, 3_000, 0.1);
        assert_eq!(told(&shipped(), &pairs[..100]).by, MeetingBy::Untried);
        for pair in &mut pairs {
            pair.simple[ALLOCATION] = if pair.met { 0.9 } else { 0.1 };
        }
        let found = told(&shipped(), &pairs);
        assert_eq!(found.by, MeetingBy::ResourceAllocation);
        assert!(found.slopes[ALLOCATION] > 0.0);
        assert!((found.tried.unwrap().baseline - 1.0).abs() < 1e-12);
        for pair in &mut pairs {
            pair.odds = if pair.met { 1.0 } else { -1.0 };
        }
        let found = told(&shipped(), &pairs);
        assert_eq!((found.by, found.slopes), (MeetingBy::Tried, shipped().slopes));
    }
}
