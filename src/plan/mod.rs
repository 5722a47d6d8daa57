//! Candidates + a budget -> the plan. Pure: the same code plans a fresh audit and a saved one.
//!
//! First what is owed or dated, at most half of the plan; then the choice on the objective ([`objective`], [`search`]) within the
//! limits of a portfolio ([`rules`]), with a certificate ([`bound`]); then the weeks ([`schedule`]). Knows saved forms alone:
//! no study, no graph, no file.

pub mod bound;
pub mod objective;
pub mod rules;
pub mod schedule;
pub mod search;
mod table;
#[cfg(test)]
mod tests;
mod trial;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::audit::{Action, ActionKind, Choice, Planning, Trial};
use crate::units::Day;

use objective::Parts;
use rules::{Room, Sense};
use schedule::{Calendar, Week};
use table::Table;

/// What a plan may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Minutes.
    pub minutes: u32,
    /// Actions.
    pub actions: u32,
    /// Actions a week.
    pub a_week: u32,
    /// The day before the first day of the plan.
    pub from: Date,
    /// Of the random hold-out.
    pub seed: u64,
}

/// A chosen plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chosen {
    /// The day before its first day.
    pub from: Date,
    /// In the order to read them.
    pub actions: Vec<Action>,
    /// How good the choice is; `None` without a chosen action.
    pub choice: Option<Choice>,
    /// The randomised hold-out, if any.
    pub trial: Option<Trial>,
}

/// The names of the parts of a gain, in the order of [`Parts`].
pub const PARTS: [&str; 3] = ["contact kept", "routes kept open", "kinds of people"];

/// Chooses and schedules.
///
/// Only what some week can hold is chosen from. What is chosen and finds the weeks full leaves its place to the next best that
/// finds one; an ask whose give goes that way goes with it.
///
/// Cost: O(n log n) for `n` candidates and a few gains each; 30,000 take milliseconds.
#[must_use]
pub fn choose(planning: &Planning, budget: &Budget) -> Chosen {
    let from = Day::from_date(budget.from);
    let quiet: Vec<(Day, Day)> = planning
        .quiet
        .iter()
        .map(|span| (Day::from_date(span.from), Day::from_date(span.to)))
        .collect();
    let weeks = schedule::free_weeks(from, &quiet);
    let most = Week {
        actions: budget.a_week as usize,
        minutes: planning.minutes_a_week.unwrap_or_else(|| even_week(budget)),
        weekends: planning.weekends,
    };
    let mut calendar = Calendar::new(&weeks, most);
    let table = Table::of(planning, &calendar);
    // No more than the weeks hold.
    let hold = weeks.len().saturating_mul(most.actions);
    let room = Room { cards: (budget.actions as usize).min(hold), minutes: budget.minutes };
    let due = table.due(room, &mut calendar);
    let problem = table.problem(&due, room);
    let first = table.placed(&problem, &calendar, problem.choose(), &|_| true);
    let (picked, trial) = match planning.hold_out {
        share if share > 0.0 => {
            let drawn = trial::draw(&table, &first, budget, share);
            let kept = first.iter().map(|(_, at)| *at).filter(|at| !drawn.is_out(&table, *at));
            let open = |at: usize| !drawn.is_out(&table, at);
            let picked = table.placed(&problem, &calendar, kept.collect(), &open);
            let trial = drawn.of_plan(&table, &picked);
            (picked, Some(trial))
        }
        _ => (first, None),
    };
    let chosen: Vec<usize> = picked.iter().map(|(_, at)| *at).collect();
    let bound = bound::bound(&problem, &chosen);
    let mut order: Vec<(usize, usize)> = due.into_iter().chain(picked).collect();
    order.sort_by_key(|(week, at)| (*week, table.candidates[*at].action.kind, *at));
    let places: Vec<usize> = order.iter().map(|(_, at)| *at).collect();
    let gains = table.objective.along(&table.items, &places);
    let objective: f64 = gains.iter().flatten().sum();
    let dated = order.iter().zip(gains).map(|((week, at), parts)| {
        let (start, job) = (weeks[*week], &table.jobs[*at]);
        let mut action = table.candidates[*at].action.clone();
        let window = schedule::window(start, job.from, planning.weekends);
        let (first, last) = window.unwrap_or((start, start));
        let last = job.expires.map_or(last, |day| last.min(day)).max(first);
        (action.not_before, action.do_by) = (first.date(), last.date());
        action.gain = named(parts);
        action
    });
    let actions: Vec<Action> = dated.collect();
    let choice = (!actions.is_empty()).then(|| Choice {
        objective,
        bound,
        certificate: if bound > 0.0 { (objective / bound).min(1.0) } else { 1.0 },
        minutes: actions.iter().map(|action| action.minutes).sum(),
    });
    Chosen { from: budget.from, actions, choice, trial }
}

/// Minutes of a week in which every action has the budget's mean length; a coffee always fits.
fn even_week(budget: &Budget) -> u32 {
    let all = u64::from(budget.minutes) * u64::from(budget.a_week);
    let even = all.div_ceil(u64::from(budget.actions.max(1)));
    u32::try_from(even).unwrap_or(u32::MAX).max(60)
}

fn named(parts: Parts) -> BTreeMap<String, f64> {
    let named = PARTS.into_iter().zip(parts).filter(|(_, part)| *part > 0.0);
    named.map(|(name, part)| (name.to_owned(), part)).collect()
}

/// Whether a kind of card gives first, asks, or does neither.
#[must_use]
pub fn sense(kind: ActionKind) -> Sense {
    match kind {
        ActionKind::AskPath => Sense::Ask,
        ActionKind::Housekeeping | ActionKind::LetRest => Sense::Neutral,
        _ => Sense::Give,
    }
}
