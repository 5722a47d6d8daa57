//! `p_meet` on a log's own past (`methods` F.3): which pairs at distance two are tied within the horizon?
//!
//! At each cut-off the network is everything before it; candidates are the pairs at distance two of people with contact in the
//! last year; the answer is who first had contact within the horizon. The model is fitted on up to four windows before, pulled towards given
//! coefficients, and compared with common neighbours, Adamic–Adar, resource allocation, preferential
//! attachment and chance by average precision over all candidates. Of very many candidates a seeded share of those who did not meet
//! stands for the rest by weight. Intervals by resampling people (Snijders & Borgatti 1999): a pair counts as often as both ends are
//! drawn.

use rayon::prelude::*;

use crate::forecast::history::Histories;
use crate::forecast::logistic::{Hold, Line, Rows, fit};
use crate::measures::closeness::{COLUMNS, Pair, Past, PastTie};
use crate::quantile;
use crate::random::Stream;
use crate::units::Day;

/// The model and five baselines.
pub const PREDICTORS: usize = 6;
/// Their names, the model first.
pub const NAMES: [&str; PREDICTORS] = [
    "p_meet",
    "common neighbours",
    "Adamic-Adar",
    "resource allocation",
    "preferential attachment",
    "random",
];
/// New ties below which nothing is said.
pub const FEWEST: usize = 50;
/// Days without contact after which somebody is no candidate.
const PRESENT: i32 = 365;
/// Half-life of a contact's weight.
const HALF_LIFE: f64 = 90.0;
/// Candidates who did not meet, kept at most about so many a window.
const KEPT: f64 = 200_000.0;
/// Windows learnt from.
const EARLIER: i32 = 4;
/// Resampled intervals.
const DRAWS: u64 = 300;
/// Ridge of the fit, in rows.
const RIDGE: f64 = 4.0;

/// Pairs at distance two at a cut-off, with what became of them.
#[derive(Debug, Clone, Default)]
struct Sample {
    pairs: Vec<Pair>,
    met: Vec<bool>,
    /// How many candidates each stands for.
    weights: Vec<f64>,
}

/// One window.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// First day.
    pub from: Day,
    /// Pairs at distance two.
    pub candidates: f64,
    /// Of these, tied within the horizon.
    pub met: usize,
    /// Average precision by predictor.
    pub precision: [f64; PREDICTORS],
    /// Of the hundred pairs ranked first, the share who met, by predictor.
    pub at_100: [f64; PREDICTORS],
}

/// A value with its 95 % interval.
pub use crate::forecast::bootstrap::Interval;

/// What the trial found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Oldest first.
    pub windows: Vec<Window>,
    /// Average precision by predictor, the mean over windows.
    pub precision: [f64; PREDICTORS],
    /// The share among the first hundred, the mean over windows.
    pub at_100: [f64; PREDICTORS],
    /// The model's average precision less each baseline's.
    pub over: [Interval; PREDICTORS - 1],
    /// The baseline with the highest average precision.
    pub best_baseline: usize,
    /// Whether the model stands: no baseline is better on these windows.
    pub stands: bool,
    /// The coefficients fitted on the newest window before the last horizon.
    pub line: Line,
}

/// Scores of the baselines but chance: common neighbours, Adamic–Adar, resource allocation, preferential attachment.
#[must_use]
pub fn baselines(pair: &Pair) -> [f64; PREDICTORS - 2] {
    [pair.common, pair.adamic_adar, pair.resource_allocation, pair.preferential_attachment]
}

/// Tries the model at each cut-off, each with a whole window before it. `None` where no window holds [`FEWEST`] new ties.
#[must_use]
pub fn run(histories: &Histories, cutoffs: &[Day], horizon: i32, towards: &Line) -> Option<Found> {
    let mut tried: Vec<(Window, Vec<[f64; PREDICTORS]>)> = Vec::new();
    let mut line = towards.clone();
    let first = histories.span().map_or(Day(0), |span| span.0);
    // Windows before the first cut-off, oldest first; each needs one more before it for a network.
    let mut earlier: Vec<Sample> = Vec::new();
    if let Some(cutoff) = cutoffs.first() {
        let before = (1..=EARLIER).rev().map(|back| cutoff.plus(-horizon.saturating_mul(back)));
        let before = before.filter(|day| day.since(first) >= horizon);
        earlier.extend(before.map(|day| sample(histories, day, horizon)));
    }
    for cutoff in cutoffs {
        let now = sample(histories, *cutoff, horizon);
        line = learn(&earlier, towards);
        if now.met.iter().filter(|met| **met).count() >= FEWEST {
            tried.push(try_out(&now, *cutoff, &line));
        }
        earlier.push(now);
        if earlier.len() > EARLIER as usize {
            earlier.remove(0);
        }
    }
    let count = tried.len() as f64;
    if tried.is_empty() {
        return None;
    }
    let mean = |of: &dyn Fn(&Window) -> f64| {
        tried.iter().map(|(window, _)| of(window)).sum::<f64>() / count
    };
    let each = |of: &dyn Fn(&Window, usize) -> f64| {
        std::array::from_fn(|nth| mean(&|window| of(window, nth)))
    };
    let precision: [f64; PREDICTORS] = each(&|window, nth| window.precision[nth]);
    let best_baseline = (1..PREDICTORS)
        .max_by(|a, b| precision[*a].total_cmp(&precision[*b]).then(b.cmp(a)))
        .unwrap_or(1);
    let over = std::array::from_fn(|nth| {
        let other = nth + 1;
        let value = precision[0] - precision[other];
        let mut draws: Vec<f64> = (0..tried.first().map_or(0, |(_, draws)| draws.len()))
            .map(|draw| {
                tried.iter().map(|(_, draws)| draws[draw][0] - draws[draw][other]).sum::<f64>()
                    / count
            })
            .collect();
        draws.sort_by(f64::total_cmp);
        Interval {
            value,
            low: quantile::nearest(&draws, 0.025).unwrap_or(value),
            high: quantile::nearest(&draws, 0.975).unwrap_or(value),
        }
    });
    Some(Found {
        at_100: each(&|window, nth| window.at_100[nth]),
        over,
        best_baseline,
        stands: precision[0] >= precision[best_baseline],
        precision,
        windows: tried.into_iter().map(|(window, _)| window).collect(),
        line,
    })
}

/// The candidates at a cut-off; about [`KEPT`] of those who did not meet, by a seeded draw a pair.
fn sample(histories: &Histories, cutoff: Day, horizon: i32) -> Sample {
    let mut is_present = vec![false; histories.people()];
    let mut ties = Vec::new();
    for tie in 0..histories.len() {
        let days = histories.before(tie, cutoff);
        let (Some(first), Some(last)) = (days.first(), days.last()) else { continue };
        let since = |day: Day| f64::from(cutoff.since(day));
        let ends = histories.ends(tie);
        if cutoff.since(last.day()) <= PRESENT {
            for end in ends {
                is_present[end as usize] = true;
            }
        }
        let weight = days.iter().map(|day| libm::exp2(-since(day.day()) / HALF_LIFE)).sum::<f64>();
        ties.push(PastTie {
            ends,
            weight: weight.max(f64::MIN_POSITIVE),
            last: since(last.day()),
            first: since(first.day()),
        });
    }
    let past = Past::new(histories.people(), &ties, f64::from(horizon));
    let both = |a: u32, b: u32| is_present[a as usize] && is_present[b as usize];
    let met = |a: u32, b: u32| {
        histories.find(a, b).is_some_and(|tie| histories.met(tie, cutoff, cutoff.plus(horizon)))
    };
    let all = candidates(&past, &both);
    let share = (KEPT / all.max(1.0)).min(1.0);
    let drawn = |a: u32, b: u32| {
        share >= 1.0 || {
            let pair = u64::from(a) << 32 | u64::from(b);
            Stream::new(1, "pairs-at-distance-two", pair).unit() < share
        }
    };
    let pairs = past.at_distance_two(|a, b| both(a, b) && (drawn(a, b) || met(a, b)));
    let met: Vec<bool> = pairs.iter().map(|pair| met(pair.a, pair.b)).collect();
    let weights = met.iter().map(|met| if *met { 1.0 } else { 1.0 / share }).collect();
    Sample { pairs, met, weights }
}

/// How many pairs at distance two there are.
fn candidates(past: &Past, both: &(impl Fn(u32, u32) -> bool + Sync)) -> f64 {
    let flat = past.flat();
    let of = |a: usize, seen: &mut Vec<u32>| {
        let mark = crate::network::id(a) + 1;
        for z in flat.neighbours(a) {
            seen[*z as usize] = mark;
        }
        let mut count = 0_usize;
        for z in flat.neighbours(a) {
            for b in flat.neighbours(*z as usize) {
                let at = *b as usize;
                if at > a && seen[at] != mark {
                    seen[at] = mark;
                    count += usize::from(both(crate::network::id(a), *b));
                }
            }
        }
        count
    };
    let counts: Vec<usize> = (0..flat.len())
        .into_par_iter()
        .map_init(|| vec![0_u32; flat.len()], |seen, a| of(a, seen))
        .collect();
    counts.iter().sum::<usize>() as f64
}

/// The line of the windows before, each for itself as a network had it.
fn learn(earlier: &[Sample], towards: &Line) -> Line {
    let pairs = earlier.iter().flat_map(|window| &window.pairs);
    let columns: Vec<f64> = pairs.flat_map(|pair| pair.columns).collect();
    let met: Vec<bool> = earlier.iter().flat_map(|window| &window.met).copied().collect();
    let weights: Vec<f64> = earlier.iter().flat_map(|window| &window.weights).copied().collect();
    let rows = Rows {
        columns: &columns,
        width: COLUMNS,
        labels: &met,
        weights: Some(&weights),
        fixed: None,
    };
    let hold = Hold {
        ridge: RIDGE,
        of_intercept: 0.0,
        towards: Some(towards),
        spreads: None,
        signs: &[0; COLUMNS],
    };
    fit(&rows, &hold)
}

/// Pairs in the order of a predictor, equal scores together.
pub(super) struct Order {
    at: Vec<u32>,
    /// Whether the next one scores lower.
    ends: Vec<bool>,
}

impl Order {
    pub(super) fn of(scores: &[f64]) -> Self {
        let mut at: Vec<u32> = (0..scores.len()).map(crate::network::id).collect();
        let score = |at: u32| scores[at as usize];
        at.par_sort_unstable_by(|a, b| score(*b).total_cmp(&score(*a)).then(a.cmp(b)));
        let ends = (0..at.len())
            .map(|nth| {
                at.get(nth + 1).is_none_or(|next| score(*next).total_cmp(&score(at[nth])).is_ne())
            })
            .collect();
        Self { at, ends }
    }

    /// Average precision with these weights; equal scores share their precision. `None` without a pair who met.
    pub(super) fn precision(
        &self,
        met: impl Fn(usize) -> bool,
        weight: impl Fn(usize) -> f64,
    ) -> Option<f64> {
        let (mut yes, mut all, mut group, mut sum) = (0.0, 0.0, 0.0, 0.0);
        for (at, ends) in self.at.iter().zip(&self.ends) {
            let at = *at as usize;
            let weight = weight(at);
            all += weight;
            if met(at) {
                group += weight;
            }
            if *ends && group > 0.0 {
                yes += group;
                sum += group * yes / all;
                group = 0.0;
            }
        }
        (yes > 0.0).then(|| sum / yes)
    }
}

/// Average precision of scores, higher first; equal scores share their precision. `None` when nobody met.
///
/// ```
/// use weaktie::introductions::backtest::average_precision;
/// // Met, not, met: (1 + 2/3) / 2.
/// let found = average_precision(&[0.9, 0.8, 0.1], &[true, false, true], &[1.0; 3]).unwrap();
/// assert!((found - 5.0 / 6.0).abs() < 1e-12);
/// assert_eq!(average_precision(&[0.9], &[false], &[1.0]), None);
/// ```
#[must_use]
pub fn average_precision(scores: &[f64], met: &[bool], weights: &[f64]) -> Option<f64> {
    Order::of(scores).precision(|at| met[at], |at| weights[at])
}

fn try_out(now: &Sample, from: Day, line: &Line) -> (Window, Vec<[f64; PREDICTORS]>) {
    let mut chance = Stream::new(1, "random-predictor", 0);
    let scores: Vec<[f64; PREDICTORS]> = now
        .pairs
        .iter()
        .map(|pair| {
            let [common, adamic_adar, allocation, attachment] = baselines(pair);
            let model = line.at(&pair.columns);
            [model, common, adamic_adar, allocation, attachment, chance.unit()]
        })
        .collect();
    let orders: Vec<Order> = (0..PREDICTORS)
        .into_par_iter()
        .map(|nth| Order::of(&scores.iter().map(|row| row[nth]).collect::<Vec<f64>>()))
        .collect();
    let of = |weight: &(dyn Fn(usize) -> f64 + Sync)| -> [f64; PREDICTORS] {
        std::array::from_fn(|nth| orders[nth].precision(|at| now.met[at], weight).unwrap_or(0.0))
    };
    let people = now.pairs.iter().map(|pair| pair.b as usize + 1).max().unwrap_or(0);
    let mut is_in = vec![false; people];
    for pair in &now.pairs {
        is_in[pair.a as usize] = true;
        is_in[pair.b as usize] = true;
    }
    let pool: Vec<usize> = (0..people).filter(|person| is_in[*person]).collect();
    let draws: Vec<[f64; PREDICTORS]> = (0..DRAWS)
        .into_par_iter()
        .map(|index| {
            let mut stream = Stream::new(1, "bootstrap-people", index);
            let mut copies = vec![0.0_f64; people];
            for _ in 0..pool.len() {
                copies[pool[stream.index(pool.len())]] += 1.0;
            }
            of(&|at| {
                let pair = &now.pairs[at];
                now.weights[at] * copies[pair.a as usize] * copies[pair.b as usize]
            })
        })
        .collect();
    let at_100 = std::array::from_fn(|nth| {
        let (mut left, mut yes) = (100.0, 0.0);
        for at in &orders[nth].at {
            let weight = now.weights[*at as usize].min(left);
            left -= weight;
            yes += if now.met[*at as usize] { weight } else { 0.0 };
            if left <= 0.0 {
                break;
            }
        }
        yes / 100.0
    });
    let window = Window {
        from,
        candidates: now.weights.iter().sum(),
        met: now.met.iter().filter(|met| **met).count(),
        precision: of(&|at| now.weights[at]),
        at_100,
    };
    (window, draws)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_scores_share_their_precision() {
        // One group of four, two of whom met: precision ½ for both.
        let met = [true, false, true, false];
        assert_eq!(average_precision(&[0.0; 4], &met, &[1.0; 4]), Some(0.5));
        // One who did not meet stands for three.
        let found = average_precision(&[2.0, 3.0], &[true, false], &[1.0, 3.0]).unwrap();
        assert!((found - 0.25).abs() < 1e-12);
    }
}
