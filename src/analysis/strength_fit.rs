//! Half-life and channel weights of tie strength, from the owner's own past where it is long enough.
//!
//! **Question** How fast should a contact fade, and what is a meeting worth beside a mail? **Definition** at up to six days 90
//! days apart, every tie with a contact day gets its decayed count of contact days, `Σ 2^(−age/h)`; AUC against contact in
//! the next 90 days (ties ½). Another half-life than 90 days is taken only if it gains more than 0.02 AUC on at least two
//! of the days and on their mean. Channel weights: logistic regression of that label on decayed day counts by channel,
//! coefficients not negative, shrunk to the starting weights (ridge 1 on standardised columns), all days pooled; a channel
//! with fewer than 20 events, or a log with fewer than 100 ties that had contact, keeps its weight. They are taken if those
//! fitted on every other day gain as much on the days between: correlated channels are otherwise traded for noise. **Edge cases** a day
//! needs eight ties with and eight without contact; with fewer than two such days everything stays as it is.
//! **Reference** `methods` B.2: on work mail every half-life from 60 to 365 days was within 0.002 AUC of the best.

use rayon::prelude::*;

use crate::audit::{ChannelFit, HalfLifeFit, StrengthFit};
use crate::forecast::logistic::{self, Hold, Line, Rows};
use crate::study::Study;
use crate::ties::OwnerTie;
use crate::ties::strength::Model;
use crate::units::{Channel, Day};

/// Half-lives tried, in days.
pub const HALF_LIVES: [f64; 7] = [7.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0];
/// Place of the default among them.
const DEFAULT: usize = 4;
const HORIZON: i32 = 90;
const WINDOWS: i32 = 6;
/// Ties with and without contact that a day needs.
const FEWEST: usize = 8;
const GAIN: f64 = 0.02;
/// Ties that had contact, over all days, from which channel weights are fitted.
const POSITIVES: usize = 100;
/// Events from which a channel's weight is fitted.
const EVENTS: u32 = 20;
const RIDGE: f64 = 1.0;
const CHANNELS: usize = Channel::ALL.len();

/// What may be fitted: neither what the user has set nor what an earlier audit froze.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Free {
    /// The half-life.
    pub half_life: bool,
    /// Weights by channel.
    pub weights: [bool; CHANNELS],
}

/// The model the owner's past speaks for, and what was found on the way; `None` where the log is too short.
#[must_use]
pub fn fit(study: &Study, free: Free) -> Option<(Model, StrengthFit)> {
    let faded = faded(study);
    let days: Vec<Window> = (1..=WINDOWS)
        .rev()
        .filter_map(|back| window(study, &faded, study.as_of.plus(-back * HORIZON)))
        .collect();
    if days.len() < 2 {
        return None;
    }
    let curve: Vec<HalfLifeFit> = (0..HALF_LIVES.len())
        .map(|at| HalfLifeFit {
            days: HALF_LIVES[at],
            auc: days.iter().map(|window| window.auc[at]).collect(),
        })
        .collect();
    let chosen = if free.half_life { choose(&curve) } else { None };
    let mut model = study.model.clone();
    if let Some(at) = chosen {
        model.half_life = HALF_LIVES[at];
    }
    let rows: Vec<Vec<Row>> =
        days.iter().map(|window| rows(study, window.on, model.half_life)).collect();
    let events = events(study);
    let channels = channels(&rows, &events, &mut model, free.weights);
    let fit = StrengthFit {
        windows: days.iter().map(|window| window.on.date()).collect(),
        half_lives: curve,
        channels,
    };
    Some((model, fit))
}

/// AUC of each half-life on one day.
struct Window {
    on: Day,
    auc: Vec<f64>,
}

/// What is left of a contact after so many days, one a half-life.
type Faded = [f64; HALF_LIVES.len()];

/// By age in days, from the day itself to the oldest contact: a log of ten years asks for the same few thousand powers millions
/// of times.
fn faded(study: &Study) -> Vec<Faded> {
    let first = study.ties.iter().filter_map(|tie| tie.days.first()).min();
    let oldest = first.map_or(0, |first| study.as_of.since(*first).max(0));
    (0..=oldest).map(|age| HALF_LIVES.map(|days| libm::exp2(-f64::from(age) / days))).collect()
}

fn window(study: &Study, faded: &[Faded], on: Day) -> Option<Window> {
    let first = study.ties.iter().filter_map(|tie| tie.days.first()).min()?;
    if on.since(*first) < HORIZON {
        return None;
    }
    let scored: Vec<(Faded, bool)> = study
        .ties
        .par_iter()
        .filter_map(|tie| Some((sums(tie, faded, on)?, has_contact(tie, on))))
        .collect();
    let positives = scored.iter().filter(|row| row.1).count();
    if positives < FEWEST || scored.len() - positives < FEWEST {
        return None;
    }
    let auc = (0..HALF_LIVES.len())
        .map(|at| auc(scored.iter().map(|(sums, label)| (sums[at], *label)).collect()))
        .collect();
    Some(Window { on, auc })
}

/// Decayed counts of contact days up to a day, one a half-life; `None` without any.
fn sums(tie: &OwnerTie, faded: &[Faded], on: Day) -> Option<Faded> {
    let known = &tie.days[..tie.days.partition_point(|day| *day <= on)];
    let mut sums = [0.0; HALF_LIVES.len()];
    for day in known {
        let left = usize::try_from(on.since(*day)).ok().and_then(|age| faded.get(age))?;
        for (sum, left) in sums.iter_mut().zip(left) {
            *sum += left;
        }
    }
    (!known.is_empty()).then_some(sums)
}

fn has_contact(tie: &OwnerTie, on: Day) -> bool {
    tie.days_between(on, on.plus(HORIZON)) > 0
}

/// Area under the ROC curve; equal scores count half. Both labels must occur.
#[must_use]
pub fn auc(mut scored: Vec<(f64, bool)>) -> f64 {
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut area) = (0.0, 0.0);
    for group in scored.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let with = group.iter().filter(|row| row.1).count() as f64;
        let without = group.len() as f64 - with;
        area += with * (below + without / 2.0);
        below += without;
    }
    area / (below * (scored.len() as f64 - below))
}

/// The half-life that beats the default; `None` to stay with it.
fn choose(curve: &[HalfLifeFit]) -> Option<usize> {
    let mean = |at: usize| curve[at].auc.iter().sum::<f64>() / curve[at].auc.len() as f64;
    let gains = |at: usize| {
        let pairs = curve[at].auc.iter().zip(&curve[DEFAULT].auc);
        pairs.filter(|(own, default)| **own - **default > GAIN).count()
    };
    (0..curve.len())
        .filter(|at| *at != DEFAULT && gains(*at) >= 2 && mean(*at) - mean(DEFAULT) > GAIN)
        .max_by(|a, b| mean(*a).total_cmp(&mean(*b)).then(b.cmp(a)))
}

/// Decayed day counts by channel, and whether contact followed.
struct Row {
    counts: [f64; CHANNELS],
    label: bool,
}

fn rows(study: &Study, on: Day, half_life: f64) -> Vec<Row> {
    let of = |tie: &OwnerTie| {
        let known = &tie.touches[..tie.touches.partition_point(|touch| touch.day <= on)];
        let mut counts = [0.0; CHANNELS];
        for day in known.chunk_by(|a, b| a.day == b.day) {
            let decay = libm::exp2(-f64::from(on.since(day[0].day)) / half_life);
            let mut seen = [false; CHANNELS];
            for touch in day {
                seen[touch.channel as usize] = true;
            }
            for (count, seen) in counts.iter_mut().zip(seen) {
                *count += if seen { decay } else { 0.0 };
            }
        }
        let active = tie.days.first().is_some_and(|first| *first <= on);
        active.then(|| Row { counts, label: has_contact(tie, on) })
    };
    study.ties.par_iter().filter_map(of).collect()
}

fn events(study: &Study) -> [u32; CHANNELS] {
    let mut events = [0; CHANNELS];
    for touch in study.ties.iter().flat_map(|tie| &tie.touches) {
        events[touch.channel as usize] += 1;
    }
    events
}

/// Fits the weights of the channels that have enough events, and puts them into the model if they foretell contact
/// better on days they were not fitted on; tells of every channel with any event.
fn channels(
    windows: &[Vec<Row>],
    events: &[u32; CHANNELS],
    model: &mut Model,
    free: [bool; CHANNELS],
) -> Vec<ChannelFit> {
    let prior = model.weights;
    let fitted: Vec<usize> = Channel::ALL
        .into_iter()
        .filter(|channel| channel.is_contact())
        .map(|channel| channel as usize)
        .filter(|at| free[*at] && events[*at] >= EVENTS)
        .collect();
    let all: Vec<&Row> = windows.iter().flatten().collect();
    let positives = all.iter().filter(|row| row.label).count();
    let enough = positives >= POSITIVES && all.len() - positives >= FEWEST;
    let weights = if enough { fit_weights(&all, prior, &fitted) } else { None };
    if let Some(weights) = weights.filter(|_| foretells_better(windows, prior, &fitted)) {
        model.weights = weights;
    }
    Channel::ALL
        .into_iter()
        .filter(|channel| events[*channel as usize] > 0)
        .map(|channel| {
            let at = channel as usize;
            let own = weights.filter(|_| fitted.contains(&at)).map(|weights| weights[at]);
            ChannelFit { channel, events: events[at], starting: prior[at], fitted: own }
        })
        .collect()
}

/// Whether weights fitted on every other day gain more than 0.02 AUC on at least two of the days between, and on their
/// mean.
fn foretells_better(windows: &[Vec<Row>], prior: [f64; CHANNELS], fitted: &[usize]) -> bool {
    let score = |weights: &[f64; CHANNELS], rows: &[Row]| {
        let sum =
            |row: &Row| row.counts.iter().zip(weights).map(|(count, weight)| count * weight).sum();
        auc(rows.iter().map(|row| (sum(row), row.label)).collect())
    };
    let mut gains: Vec<f64> = Vec::new();
    for half in 0..2 {
        let others = windows.iter().enumerate().filter(|(at, _)| at % 2 != half);
        let train: Vec<&Row> = others.flat_map(|(_, rows)| rows).collect();
        let Some(weights) = fit_weights(&train, prior, fitted) else { continue };
        let held_out = windows.iter().enumerate().filter(|(at, _)| at % 2 == half);
        gains.extend(held_out.map(|(_, rows)| score(&weights, rows) - score(&prior, rows)));
    }
    let clear = gains.iter().filter(|gain| **gain > GAIN).count();
    clear >= 2 && gains.iter().sum::<f64>() / gains.len() as f64 > GAIN
}

/// Non-negative logistic regression, shrunk to a common multiple of the starting weights. The multiple is the coefficient of the
/// plain starting sum; `None` where that is not positive.
fn fit_weights(rows: &[&Row], prior: [f64; CHANNELS], fitted: &[usize]) -> Option<[f64; CHANNELS]> {
    let labels: Vec<bool> = rows.iter().map(|row| row.label).collect();
    let sum = |row: &Row, of: &[usize]| of.iter().map(|at| row.counts[*at] * prior[*at]).sum();
    let (all, rest): (Vec<usize>, Vec<usize>) =
        ((0..CHANNELS).collect(), (0..CHANNELS).filter(|at| !fitted.contains(at)).collect());
    let starting: Vec<f64> = rows.iter().map(|row| sum(row, &all)).collect();
    let of = |columns: &[f64], width: usize, fixed: Option<&[f64]>, towards: &Line| {
        let rows = Rows { columns, width, labels: &labels, weights: None, fixed };
        let signs = vec![1; width];
        let towards = Some(towards);
        let hold = Hold { ridge: RIDGE, of_intercept: 0.0, towards, spreads: None, signs: &signs };
        logistic::fit(&rows, &hold)
    };
    let line = of(&starting, 1, None, &Line { intercept: 0.0, slopes: vec![0.0] });
    let scale = line.slopes.first().copied().filter(|scale| *scale > 0.0)?;
    if fitted.is_empty() {
        return Some(prior);
    }
    // Channels that are not fitted keep their part of the sum.
    let fixed: Vec<f64> = rows.iter().map(|row| scale * sum(row, &rest)).collect();
    let columns: Vec<f64> =
        rows.iter().flat_map(|row| fitted.iter().map(|at| row.counts[*at])).collect();
    let slopes = fitted.iter().map(|at| prior[*at] * scale).collect();
    let towards = Line { intercept: line.intercept, slopes };
    let line = of(&columns, fitted.len(), Some(&fixed), &towards);
    let mut weights = prior;
    for (at, beta) in fitted.iter().zip(&line.slopes) {
        weights[*at] = beta / scale;
    }
    weights.iter().all(|weight| weight.is_finite()).then_some(weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    #[test]
    fn auc_by_hand() {
        // Pairs: (0.9 over 0.1), (0.9 over 0.5), (0.5 over 0.1) won, (0.5 and 0.5) half: 3.5 of 4.
        let scored = vec![(0.1, false), (0.5, true), (0.9, true), (0.5, false)];
        assert!((auc(scored) - 0.875).abs() < 1e-12);
    }

    fn curve(of: &[(usize, [f64; 3])]) -> Vec<HalfLifeFit> {
        let auc = |at: usize| {
            of.iter().find(|(own, _)| *own == at).map_or([0.8; 3], |(_, auc)| *auc).to_vec()
        };
        (0..HALF_LIVES.len()).map(|at| HalfLifeFit { days: HALF_LIVES[at], auc: auc(at) }).collect()
    }

    #[test]
    fn another_half_life_needs_two_clear_gains() {
        assert_eq!(choose(&curve(&[])), None);
        assert_eq!(choose(&curve(&[(1, [0.9, 0.815, 0.81])])), None);
        assert_eq!(choose(&curve(&[(1, [0.83, 0.83, 0.8])])), Some(1).filter(|_| false));
        assert_eq!(choose(&curve(&[(1, [0.85, 0.85, 0.8]), (2, [0.86, 0.84, 0.81])])), Some(2));
    }

    #[test]
    fn channels_without_an_event_are_not_told_of() {
        let mut events = [0; CHANNELS];
        events[Channel::Call as usize] = 3;
        let mut model = Model::new(&toml::from_str("").unwrap());
        let before = model.weights;
        let found = channels(&[], &events, &mut model, [true; CHANNELS]);
        let told: Vec<_> = found.iter().map(|fit| (fit.channel, fit.events, fit.fitted)).collect();
        assert_eq!(told, [(Channel::Call, 3, None)]);
        assert_eq!(model.weights.map(f64::to_bits), before.map(f64::to_bits));
    }

    #[test]
    fn a_channel_that_foretells_more_weighs_more() {
        // Contact follows on mail alone; meetings say nothing. Starting weights 1 and 4.
        let mut stream = Stream::new(7, "strength-fit", 0);
        let rows: Vec<Row> = (0..4_000)
            .map(|_| {
                let mut counts = [0.0; CHANNELS];
                counts[Channel::Email as usize] = 3.0 * stream.unit();
                counts[Channel::Meeting as usize] = 3.0 * stream.unit();
                let logit = 2.0 * counts[Channel::Email as usize] - 3.0;
                let label = stream.chance(1.0 / (1.0 + libm::exp(-logit)));
                Row { counts, label }
            })
            .collect();
        let mut prior = [1.0; CHANNELS];
        prior[Channel::Meeting as usize] = 4.0;
        let both = [Channel::Email as usize, Channel::Meeting as usize];
        let rows: Vec<&Row> = rows.iter().collect();
        let found = fit_weights(&rows, prior, &both).unwrap();
        let ratio = found[Channel::Meeting as usize] / found[Channel::Email as usize];
        assert!((0.0..0.15).contains(&ratio), "{found:?}");
        assert!((found[Channel::Call as usize] - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_row_holds_each_channel_s_faded_days_and_what_followed() {
        let (mail, owner) = (Channel::Email, 3);
        let on = crate::analysis::tests::AS_OF.plus(-HORIZON);
        // 90 days before that day and on it by mail, then also a meeting; contact after it with the first alone.
        let rows_of = [
            (180, owner, 0, mail),
            (90, 0, owner, mail),
            (90, owner, 0, Channel::Meeting),
            (180, 1, owner, mail),
            (30, owner, 0, mail),
            (30, owner, 2, mail),
        ];
        let found = rows(&crate::analysis::tests::logged(3, &rows_of), on, 90.0);
        let of = |row: &Row| {
            let at = |channel: Channel| row.counts[channel as usize];
            (at(mail), at(Channel::Meeting), row.counts.iter().sum::<f64>(), row.label)
        };
        let found: Vec<_> = found.iter().map(of).collect();
        assert_eq!(found, [(1.5, 1.0, 2.5, true), (0.5, 0.0, 0.5, false)]);
    }

    /// Ties seen on one day, of whom those with much on one channel have contact.
    fn speaking(channel: Channel, ties: u32, of: &str) -> Vec<Row> {
        let mut stream = Stream::new(7, of, 0);
        let row = |_| {
            let mut counts = [0.0; CHANNELS];
            counts[Channel::Email as usize] = 3.0 * stream.unit();
            counts[Channel::Meeting as usize] = 3.0 * stream.unit();
            let logit = 4.0 * counts[channel as usize] - 6.0;
            Row { counts, label: stream.chance(1.0 / (1.0 + libm::exp(-logit))) }
        };
        (0..ties).map(row).collect()
    }

    #[test]
    fn fitted_weights_need_two_clear_gains_and_a_gain_on_the_mean() {
        let mut prior = [1.0; CHANNELS];
        prior[Channel::Meeting as usize] = 4.0;
        let both = [Channel::Email as usize, Channel::Meeting as usize];
        let mail = |of: &str| speaking(Channel::Email, 1_000, of);
        let better = |days: &[Vec<Row>]| foretells_better(days, prior, &both);
        assert!(better(&[mail("a"), mail("b"), mail("c")]));
        // The many days of mail make the weights; what they gain there they lose where meetings speak.
        let meetings = |of: &str| speaking(Channel::Meeting, 60, of);
        assert!(!better(&[mail("a"), mail("b"), meetings("c"), meetings("d")]));
    }
}
