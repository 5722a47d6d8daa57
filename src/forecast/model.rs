//! The chance of contact by a whole log's model, fitted on what the log shows before a cut-off.
//!
//! **Stack** `(2·learned + log odds of the blend) / 3` in log odds: *learned* is the pretrained logistic of
//! [`super::columns`], pulled to this log by a ridge of 30 a coefficient (100 in one
//! person's log, 4 on the intercept), columns told in [`columns::SPREADS`], around the
//! pretrained values, on the last two windows; the *blend* is that of [`super::plain`], on the last. This is the model used
//! unless the log's own past says otherwise ([`super::choose`]).
//!
//! A *window* is `[T − H, T)`: the ties begun before it, what was known then, and whether there was contact in it. Two
//! windows make the base rate less a child of one season; a base rate that moves is followed as far as it can be seen.
//! Too few ties of either kind teach nothing: then the pretrained logistic stands as it is and MBG/NBD for the blend, and
//! the result is called unverified.

use super::Chance;
use super::coefficients::Coefficients;
use super::columns::{self, At, Past, Row, SIGNS, SPREADS, Scope, Which};
use super::logistic::{self, Hold, Line, Rows, log_odds};
use super::plain::{self, Plain};
use crate::units::Day;

/// Ties learned from in one window at most, evenly spread.
pub const LEARNED: usize = 30_000;
/// Ties the MBG/NBD model is fitted on at most.
pub const FITTED: usize = 20_000;
/// Ridge on the intercept: its prior standard deviation is ½.
const OF_INTERCEPT: f64 = 4.0;
/// Ridge on each coefficient: of a whole log, and of one person's.
const RIDGE: (f64, f64) = (30.0, 100.0);
/// Weight of the learned logistic against 1 for the blend.
const STACK: f64 = 2.0;

/// One way to tell the chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Pretrained logistic, learned further on this log, stacked with the blend.
    Stack,
    /// MBG/NBD and the logistic of two columns.
    Blend,
    /// A logistic of days since the last contact.
    Recency,
    /// A logistic of the number of interactions.
    Frequency,
}

impl Kind {
    /// All, best guess first.
    pub const ALL: [Self; 4] = [Self::Stack, Self::Blend, Self::Recency, Self::Frequency];

    /// The word for it in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stack => "stack",
            Self::Blend => "blend",
            Self::Recency => "recency",
            Self::Frequency => "frequency",
        }
    }
}

/// The chance of contact by every [`Kind`], in the order of [`Kind::ALL`].
pub type Scores = [f64; 4];

/// A window of a log: a row a tie at its start, and whether there was contact in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Window {
    pub(super) rows: Vec<Row>,
    pub(super) labels: Vec<bool>,
}

impl Window {
    fn of(at: &At<'_>) -> Self {
        let rows = columns::rows(at, Which::Sample(LEARNED));
        let labels = rows.iter().map(|row| met(at, &row.past)).collect();
        Self { rows, labels }
    }
}

/// So many windows before the cut-off, the last one first; those that can be learned from.
pub(super) fn windows(at: &At<'_>, count: i32) -> Vec<Window> {
    let early = (1..=count).map(|back| at.earlier(at.horizon.saturating_mul(back)));
    early.take_while(is_long_enough).map(|at| Window::of(&at)).collect()
}

/// Whether a tie has contact within the horizon after the cut-off.
#[must_use]
pub fn met(at: &At<'_>, past: &Past) -> bool {
    at.histories.met(past.tie as usize, at.cutoff, at.cutoff.plus(at.horizon))
}

/// Fitted models of one log at one cut-off.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    learned: Line,
    /// The plain models of all ties.
    pub plain: Plain,
    /// Windows of this log that were learned from: 0 to 2.
    pub windows: usize,
    /// Ties learned from, over all windows.
    pub learned_from: usize,
}

impl Model {
    /// Fits what the log shows before the cut-off.
    #[must_use]
    pub fn fit(at: &At<'_>, pretrained: &Coefficients) -> Self {
        let pasts = columns::pasts(at, Which::Sample(FITTED));
        Self::of(&windows(at, 2), &pasts, at, pretrained)
    }

    /// From the windows before the cut-off, the last one first, of which two are read, and the pasts at it.
    pub(super) fn of(
        windows: &[Window],
        pasts: &[Past],
        at: &At<'_>,
        pretrained: &Coefficients,
    ) -> Self {
        let taught: Vec<&Window> =
            windows.iter().take(2).filter(|window| plain::teaches(&window.labels)).collect();
        let last = windows.first().map_or((Vec::new(), Vec::new()), |window| {
            (window.rows.iter().map(|row| row.past).collect(), window.labels.clone())
        });
        let step = pasts.len().div_ceil(FITTED).max(1);
        let few = || pasts.iter().step_by(step);
        let histories: Vec<_> = few().map(|past| past.history).collect();
        let gap = median_gap(at, few().map(|past| past.tie as usize));
        let (learned, plain) = rayon::join(
            || learn(&taught, at.scope, pretrained.of(at.scope)),
            || Plain::fit((&last.0, &last.1), &histories, gap, at.horizon),
        );
        Self {
            learned,
            plain,
            windows: taught.len(),
            learned_from: taught.iter().map(|window| window.rows.len()).sum(),
        }
    }

    /// The chance of contact of a tie, as things stand.
    #[must_use]
    pub fn scores(&self, row: &Row) -> Scores {
        let (past, plain) = (&row.past, &self.plain);
        let blend = plain.blend(past);
        [self.stacked(row, blend), blend, plain.recency(past), plain.frequency(past)]
    }

    /// The chance of contact of a tie by one kind.
    #[must_use]
    pub fn score(&self, row: &Row, kind: Kind) -> f64 {
        match kind {
            Kind::Stack => self.stacked(row, self.plain.blend(&row.past)),
            Kind::Blend => self.plain.blend(&row.past),
            Kind::Recency => self.plain.recency(&row.past),
            Kind::Frequency => self.plain.frequency(&row.past),
        }
    }

    fn stacked(&self, row: &Row, blend: f64) -> f64 {
        let z = (STACK * self.learned.at(&row.columns) + log_odds(blend)) / (STACK + 1.0);
        logistic::logistic(z)
    }

    /// The chance by one kind, now and after one more contact today, from the rows before and after it.
    #[must_use]
    pub fn chance(&self, row: &Row, after: &Row, kind: Kind) -> Chance {
        let (now, touched) = (self.score(row, kind), self.score(after, kind));
        // Baselines of one column have no sign held: they may have learned that silence is a good sign.
        let is_free = matches!(kind, Kind::Recency | Kind::Frequency);
        Chance { now, touched: if is_free { touched.max(now) } else { touched } }
    }
}

/// A window can be learned from when half a horizon of history lies before it.
pub(super) fn is_long_enough(early: &At<'_>) -> bool {
    let first = early.histories.span().map_or(early.cutoff, |span| span.0);
    f64::from(early.cutoff.since(first)) >= 0.5 * f64::from(early.horizon)
}

fn learn(windows: &[&Window], scope: Scope, pretrained: &Line) -> Line {
    if windows.is_empty() {
        return pretrained.clone();
    }
    let width = scope.width();
    let rows = || windows.iter().flat_map(|window| &window.rows);
    let columns: Vec<f64> = rows().flat_map(|row| row.columns[..width].iter().copied()).collect();
    let labels: Vec<bool> =
        windows.iter().flat_map(|window| window.labels.iter().copied()).collect();
    let ridge = if scope == Scope::Whole { RIDGE.0 } else { RIDGE.1 };
    let hold = Hold {
        ridge,
        of_intercept: OF_INTERCEPT,
        towards: Some(pretrained),
        spreads: Some(&SPREADS[..width]),
        signs: &SIGNS[..width],
    };
    logistic::fit(
        &Rows { columns: &columns, width, labels: &labels, weights: None, fixed: None },
        &hold,
    )
}

/// The median gap between contact days of these ties; `None` where nobody met twice.
#[must_use]
pub fn median_gap(at: &At<'_>, ties: impl Iterator<Item = usize>) -> Option<f64> {
    let mut gaps: Vec<i32> = Vec::new();
    for tie in ties {
        let days = at.histories.before(tie, at.cutoff);
        gaps.extend(days.windows(2).map(|pair| pair[1].day().since(pair[0].day())));
    }
    if gaps.is_empty() {
        return None;
    }
    let (half, is_even) = (gaps.len() / 2, gaps.len().is_multiple_of(2));
    let (below, upper, _) = gaps.select_nth_unstable(half);
    let upper = f64::from(*upper);
    match below.iter().max() {
        Some(lower) if is_even => Some(f64::midpoint(f64::from(*lower), upper)),
        _ => Some(upper),
    }
}

/// The cut-off of a log known up to and with a day.
#[must_use]
pub fn cutoff_after(as_of: Day) -> Day {
    as_of.plus(1)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::columns::Scope;
    use super::super::history::tests::histories;
    use super::super::history::{Histories, Part};
    use super::*;
    use crate::random::Stream;
    use proptest::prelude::*;

    /// A log of ties that meet by chance, each at its own rate, some of which end.
    pub(crate) fn office(people: u32, days: i32, seed: u64) -> Histories {
        let mut stream = Stream::new(seed, "office", 0);
        let mut part = Part::default();
        for a in 0..people {
            for b in a + 1..people {
                if !stream.chance(0.3) {
                    continue;
                }
                let rate = 0.2 * stream.unit() * stream.unit();
                let end = stream.between(0.3, 2.0) * f64::from(days);
                let met = (0..days).filter(|day| f64::from(*day) < end && stream.chance(rate));
                part.push([a, b], met.collect::<Vec<i32>>().into_iter().map(Day));
            }
        }
        Histories::new(people as usize, vec![part])
    }

    fn at(histories: &Histories, scope: Scope, cutoff: i32) -> At<'_> {
        At { histories, scope, cutoff: Day(cutoff), horizon: 60 }
    }

    #[test]
    fn a_short_log_keeps_the_pretrained_model() {
        let all = histories(&[(0, 1, &[3, 50]), (0, 2, &[40])]);
        let pretrained = Coefficients::shipped();
        let model = Model::fit(&at(&all, Scope::Whole, 60), &pretrained);
        assert_eq!((model.windows, model.learned_from, model.plain.fit), (0, 0, None));
        assert_eq!(model.learned, pretrained.whole);
    }

    #[test]
    fn a_log_teaches_and_the_future_does_not() {
        let all = office(40, 500, 1);
        let there = at(&all, Scope::Whole, 400);
        let model = Model::fit(&there, &Coefficients::shipped());
        assert_eq!(model.windows, 2);
        assert!(model.learned_from > 300);
        // The same log cut at the cut-off gives the same model: nothing later is seen.
        let mut part = Part::default();
        for tie in 0..all.len() {
            let known = all.before(tie, Day(400)).iter().map(|day| day.day());
            part.push(all.ends(tie), known);
        }
        let cut = Histories::new(40, vec![part]);
        assert_eq!(Model::fit(&at(&cut, Scope::Whole, 400), &Coefficients::shipped()), model);
    }

    #[test]
    fn the_mean_chance_is_the_share_that_met() {
        let all = office(60, 700, 2);
        let there = at(&all, Scope::Whole, 600);
        let model = Model::fit(&there, &Coefficients::shipped());
        let rows = columns::rows(&there, Which::All);
        let expected: f64 = rows.iter().map(|row| model.scores(row)[0]).sum();
        let observed = rows.iter().filter(|row| met(&there, &row.past)).count() as f64;
        assert!((expected / observed - 1.0).abs() < 0.12, "{expected} {observed}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn one_more_contact_never_lowers_the_chance(seed in 0..1_000_u64, own in proptest::bool::ANY) {
            let all = office(25, 400, seed);
            let scope = if own { Scope::Own(0) } else { Scope::Whole };
            let there = at(&all, scope, 400);
            let model = Model::fit(&there, &Coefficients::shipped());
            for (row, after) in columns::each_touched(&there, Which::All, |row, after| (row, after)) {
                for kind in Kind::ALL {
                    let chance = model.chance(&row, &after, kind);
                    prop_assert!(chance.touched >= chance.now - 1e-12, "{kind:?} {chance:?}");
                    prop_assert!((0.0..=1.0).contains(&chance.now));
                }
            }
        }
    }
}
