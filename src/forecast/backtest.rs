//! The back-test: every model fitted on what was known at earlier dates, and scored on what came after.
//!
//! **Protocol** (`methods` C.7) cut-offs `T` with windows `[T, T + H)` that do not overlap, counted back from the end of the log,
//! as many as leave a horizon of history before the last training window, at most six. Models see days before `T` alone. A
//! *trial* is one owner (or all pairs) at one cut-off.
//!
//! - *Everyone*: owners with at least 30 ties at `T − H` and 8 of either kind in both windows. All their ties count. The stack
//!   is that of the whole log; blend and baselines are the owner's own, as a person alone would have them.
//! - *One person*: the same for one owner.
//! - *All pairs*: pairs with at least 3 interactions, the last within 365 days; every model is fitted on all pairs.

use rayon::prelude::*;

use super::coefficients::Coefficients;
use super::columns::{self, At, Past, Scope, Which};
use super::model::{self, Model, Scores};
use super::plain::{self, Plain};
use crate::units::Day;

/// Most windows.
pub const WINDOWS: usize = 6;
/// Fewest ties of an owner.
pub const FEWEST_TIES: usize = plain::FEWEST_TIES;
/// All pairs: fewest interactions, and most days since the last.
const OF_PAIRS: (u32, u32) = (3, 365);

/// Whose ties are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Every owner in turn.
    Everyone,
    /// One person.
    One(u32),
    /// All pairs together.
    Pairs,
}

/// One tie, scored and seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored {
    /// The owner, or the person with the smaller number.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Interactions before the cut-off.
    pub before: u32,
    /// Whether there was contact in the window.
    pub met: bool,
    /// By kind.
    pub scores: Scores,
}

/// One owner, or all pairs, at one cut-off.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// First day of the window.
    pub cutoff: Day,
    /// Whose ties; `None` for all pairs.
    pub owner: Option<u32>,
    /// Share of the training window's ties with contact.
    pub base_rate: f64,
    /// In the order of ties.
    pub ties: Vec<Scored>,
}

/// The cut-offs of a log known up to and with `end`, oldest first.
#[must_use]
pub fn cutoffs(first: Day, end: Day, horizon: i32) -> Vec<Day> {
    let last = model::cutoff_after(end);
    let mut found: Vec<Day> = (1..=WINDOWS)
        .map_while(|back| i32::try_from(back).ok()?.checked_mul(horizon))
        .map(|days| last.plus(-days))
        .take_while(|cutoff| cutoff.since(first) >= horizon.saturating_mul(2))
        .collect();
    // A log of two horizons and a half still holds one trial.
    if found.is_empty() && last.since(first) >= horizon.saturating_mul(2) {
        found.push(last.plus(-horizon));
    }
    found.reverse();
    found
}

/// The trials at a cut-off; none when nobody has ties enough.
#[must_use]
pub fn trials(at: &At<'_>, who: Who, pretrained: &Coefficients) -> Vec<Trial> {
    let model = Model::fit(at, pretrained);
    let score = |row: columns::Row| (row.past, model::met(at, &row.past), model.scores(&row));
    let now = columns::each(at, Which::All, score);
    match who {
        Who::Pairs => of_pairs(at, &now, &model).into_iter().collect(),
        Who::One(owner) => Owners::new(at, now).trial(owner).into_iter().collect(),
        Who::Everyone => {
            let owners = Owners::new(at, now);
            let people = u32::try_from(at.histories.people()).unwrap_or(u32::MAX);
            (0..people).into_par_iter().filter_map(|owner| owners.trial(owner)).collect()
        }
    }
}

type Now = (Past, bool, Scores);

fn of_pairs(at: &At<'_>, now: &[Now], model: &Model) -> Option<Trial> {
    let (interactions, silence) = OF_PAIRS;
    let ties: Vec<Scored> = now
        .iter()
        .filter(|(past, ..)| past.rows >= interactions && past.silent <= silence)
        .map(|(past, met, scores)| {
            let [a, b] = at.histories.ends(past.tie as usize);
            Scored { a, b, before: past.rows, met: *met, scores: *scores }
        })
        .collect();
    let labels: Vec<bool> = ties.iter().map(|tie| tie.met).collect();
    let both = labels.contains(&true) && labels.contains(&false);
    let base_rate = model.plain.base_rate.unwrap_or(0.5);
    both.then_some(Trial { cutoff: at.cutoff, owner: None, base_rate, ties })
}

/// All ties of a log at `T` and at `T − H`, looked up by tie.
struct Owners<'h> {
    at: At<'h>,
    now: Vec<Now>,
    then: Vec<(Past, bool)>,
    /// Position in `now` and `then` by tie.
    places: Vec<[u32; 2]>,
}

const NONE: u32 = u32::MAX;

impl<'h> Owners<'h> {
    fn new(at: &At<'h>, now: Vec<Now>) -> Self {
        let early = at.earlier(at.horizon);
        let then: Vec<(Past, bool)> = columns::pasts(&early, Which::All)
            .into_iter()
            .map(|past| (past, model::met(&early, &past)))
            .collect();
        let mut places = vec![[NONE; 2]; at.histories.len()];
        for ((past, ..), place) in now.iter().zip(0..) {
            places[past.tie as usize][0] = place;
        }
        for ((past, _), place) in then.iter().zip(0..) {
            places[past.tie as usize][1] = place;
        }
        Self { at: *at, now, then, places }
    }

    fn of<'a, T>(&'a self, owner: u32, which: usize, list: &'a [T]) -> impl Iterator<Item = &'a T> {
        let ties = self.at.histories.ties_of(owner).iter();
        ties.filter_map(move |tie| list.get(self.places[*tie as usize][which] as usize))
    }

    /// The owner's trial, if there are ties enough in both windows.
    fn trial(&self, owner: u32) -> Option<Trial> {
        let then: Vec<&(Past, bool)> = self.of(owner, 1, &self.then).collect();
        let then_labels: Vec<bool> = then.iter().map(|(_, met)| *met).collect();
        if !plain::teaches(&then_labels) {
            return None;
        }
        let now: Vec<&Now> = self.of(owner, 0, &self.now).collect();
        let labels: Vec<bool> = now.iter().map(|(_, met, _)| *met).collect();
        if !plain::teaches(&labels) {
            return None;
        }
        let pasts: Vec<Past> = then.iter().map(|(past, _)| *past).collect();
        let histories: Vec<_> = now.iter().map(|(past, ..)| past.history).collect();
        let ties = self.at.histories.ties_of(owner).iter().map(|tie| *tie as usize);
        let gap = model::median_gap(&self.at, ties);
        let plain = Plain::fit((&pasts, &then_labels), &histories, gap, self.at.horizon);
        let scored = now.iter().map(|(past, met, scores)| {
            let [a, b] = self.at.histories.ends(past.tie as usize);
            let other = if a == owner { b } else { a };
            let scores = [scores[0], plain.blend(past), plain.recency(past), plain.frequency(past)];
            Scored { a: owner, b: other, before: past.rows, met: *met, scores }
        });
        Some(Trial {
            cutoff: self.at.cutoff,
            owner: Some(owner),
            base_rate: plain.base_rate?,
            ties: scored.collect(),
        })
    }
}

/// Trials at several cut-offs, in their order; owners in the order of their numbers.
#[must_use]
pub fn run(at: &At<'_>, cutoffs: &[Day], who: Who, pretrained: &Coefficients) -> Vec<Trial> {
    let of = |cutoff: &Day| trials(&At { cutoff: *cutoff, ..*at }, who, pretrained);
    cutoffs.par_iter().flat_map(of).collect()
}

/// The scope that a trial of `who` reads, in a log that shows everybody or one person.
#[must_use]
pub fn scope(who: Who, is_whole: bool) -> Scope {
    match who {
        Who::One(owner) if !is_whole => Scope::Own(owner),
        _ => Scope::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::tests::office;
    use super::*;

    #[test]
    fn windows_do_not_overlap_and_leave_history() {
        let days = |first: i32, end: i32| -> Vec<i32> {
            cutoffs(Day(first), Day(end), 90).iter().map(|day| day.0).collect()
        };
        assert_eq!(days(0, 999), [460, 550, 640, 730, 820, 910]);
        assert_eq!(days(0, 359), [180, 270]);
        assert_eq!(days(0, 200), [111]);
        assert!(days(0, 170).is_empty());
    }

    #[test]
    fn every_owner_is_tried_and_the_past_alone_is_read() {
        let all = office(110, 400, 3);
        let at = At { histories: &all, scope: Scope::Whole, cutoff: Day(340), horizon: 60 };
        let pretrained = Coefficients::shipped();
        let found = trials(&at, Who::Everyone, &pretrained);
        assert!(found.len() > 20, "{}", found.len());
        for trial in &found {
            assert!(trial.ties.len() >= FEWEST_TIES);
            let owner = trial.owner.unwrap();
            for tie in &trial.ties {
                assert_eq!(tie.a, owner);
                let known = all.find(tie.a, tie.b).unwrap();
                assert_eq!(tie.met, all.met(known, Day(340), Day(400)));
            }
        }
        let one = trials(&at, Who::One(found[0].owner.unwrap()), &pretrained);
        assert_eq!(one, found[..1]);
        let pairs = trials(&at, Who::Pairs, &pretrained);
        assert!(pairs[0].ties.iter().all(|tie| tie.before >= 3 && tie.a < tie.b));
    }
}
