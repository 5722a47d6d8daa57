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
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::audit::{Action, ActionKind, Candidate, Choice, Planning, Trial};
use crate::random::Stream;
use crate::units::Day;

use objective::{Item, Objective, Parts};
use rules::{Card, Room, Sense, Used};
use schedule::{Job, Week};
use search::Problem;

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
    let still = |candidate: &&Candidate| {
        let action = &candidate.action;
        Day::from_date(action.do_by) > from
            && action.expires.is_none_or(|day| Day::from_date(day) > from)
    };
    let candidates: Vec<&Candidate> = planning.candidates.iter().filter(still).collect();
    let tables = Tables::of(planning, &candidates);
    // No more than the weeks hold.
    let hold = weeks.len().saturating_mul(budget.a_week as usize);
    let room = Room { cards: (budget.actions as usize).min(hold), minutes: budget.minutes };
    let due = tables.due(&candidates, room);
    let (picked, trial) = tables.picked(planning, &candidates, &due, room, budget);
    let problem = tables.problem(planning, &due, room, &|_| true);
    let bound = bound::bound(&problem, &tables.positions(&picked));
    let all: Vec<usize> = due.iter().chain(&picked).copied().collect();
    let jobs: Vec<Job> = all.iter().map(|at| tables.job(&candidates, *at)).collect();
    let week = Week {
        actions: budget.a_week as usize,
        minutes: planning.minutes_a_week.unwrap_or_else(|| even_week(budget)),
        weekends: planning.weekends,
    };
    let placed = schedule::schedule(&jobs, &weeks, week);
    let mut order: Vec<(usize, usize)> =
        all.iter().zip(placed).filter_map(|(at, week)| Some((week?, *at))).collect();
    order.sort_by_key(|(week, at)| (*week, candidates[*at].action.kind, *at));
    let gains = tables.gains(&problem, &order);
    let objective: f64 = gains.iter().flatten().sum();
    let actions: Vec<Action> = order
        .iter()
        .zip(gains)
        .map(|((week, at), parts)| {
            let job = tables.job(&candidates, *at);
            let mut action = candidates[*at].action.clone();
            let start = weeks[*week];
            let window = schedule::window(start, job.from, planning.weekends);
            let (first, last) = window.unwrap_or((start, start));
            let last = job.expires.map_or(last, |day| last.min(day)).max(first);
            (action.not_before, action.do_by) = (first.date(), last.date());
            action.gain = named(parts);
            action
        })
        .collect();
    let choice = (!actions.is_empty()).then(|| Choice {
        from: budget.from,
        objective,
        bound,
        certificate: if bound > 0.0 { (objective / bound).min(1.0) } else { 1.0 },
        minutes: actions.iter().map(|action| action.minutes).sum(),
    });
    Chosen { actions, choice, trial }
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

/// Candidates by number: what the choice reads.
struct Tables {
    items: Vec<Item>,
    cards: Vec<Card>,
    straits: Vec<f64>,
    gaps: Vec<f64>,
    /// Positions of the candidates that are chosen by gain.
    by_gain: Vec<usize>,
}

impl Tables {
    fn of(planning: &Planning, candidates: &[&Candidate]) -> Self {
        let mut people = Numbers::default();
        let mut circles = Numbers::default();
        let keys = |names: &BTreeMap<String, f64>| names.keys().cloned().collect::<Vec<String>>();
        let (straits, gaps) = (keys(&planning.straits), keys(&planning.gaps));
        let place = |keys: &[String], wanted: &[String]| -> Vec<usize> {
            wanted.iter().filter_map(|name| keys.binary_search(name).ok()).collect()
        };
        let mut items = Vec::with_capacity(candidates.len());
        let mut cards = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            let action = &candidate.action;
            items.push(Item {
                own: candidate.own,
                answer: candidate.answer.clamp(0.0, 1.0),
                straits: place(&straits, &candidate.straits),
                gaps: place(&gaps, &candidate.gaps),
            });
            cards.push(Card {
                minutes: action.minutes,
                people: action.people.iter().map(|who| people.of(who)).collect(),
                circle: candidate.circle.as_ref().map(|circle| circles.of(circle)),
                sense: sense(action.kind),
                introduces: action.kind == ActionKind::Introduce,
                due: candidate.due.is_some(),
            });
        }
        let by_gain = (0..candidates.len()).filter(|at| candidates[*at].due.is_none()).collect();
        let straits = planning.straits.values().copied().collect();
        Self { items, cards, straits, gaps: planning.gaps.values().copied().collect(), by_gain }
    }

    /// What is owed or dated, most pressing first, up to half of the plan.
    fn due(&self, candidates: &[&Candidate], room: Room) -> Vec<usize> {
        let mut due: Vec<(ActionKind, f64, usize)> = candidates
            .iter()
            .enumerate()
            .filter_map(|(at, found)| Some((found.action.kind, found.due?, at)))
            .collect();
        due.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
        let half = Room { cards: room.cards.div_ceil(2), ..room };
        let mut used = Used::default();
        let mut chosen = Vec::new();
        for (_, _, at) in due {
            if used.fits(&self.cards[at], half) {
                used.take(&self.cards[at]);
                chosen.push(at);
            }
        }
        chosen
    }

    /// The choice by gain on top of what is due. With a hold-out some of the first picks are left out at random, and others
    /// take their places.
    fn picked(
        &self,
        planning: &Planning,
        candidates: &[&Candidate],
        due: &[usize],
        room: Room,
        budget: &Budget,
    ) -> (Vec<usize>, Option<Trial>) {
        let pick = |allowed: &dyn Fn(usize) -> bool| -> Vec<usize> {
            let problem = self.problem(planning, due, room, allowed);
            let positions: Vec<usize> =
                self.by_gain.iter().copied().filter(|at| allowed(*at)).collect();
            problem.choose().into_iter().map(|nth| positions[nth]).collect()
        };
        let first = pick(&|_| true);
        if planning.hold_out <= 0.0 {
            return (first, None);
        }
        let person = |at: usize| match candidates[at].action.people.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        };
        let mut trial = Trial::default();
        for who in first.iter().filter_map(|at| person(*at)) {
            let task = format!("hold-out {who} {}", budget.from);
            let is_out = Stream::new(budget.seed, &task, 0).chance(planning.hold_out);
            let side = if is_out { &mut trial.held_out } else { &mut trial.suggested };
            side.push(who);
        }
        trial.held_out.sort();
        trial.suggested.sort();
        let is_out = |at: usize| {
            candidates[at].action.people.iter().any(|who| trial.held_out.binary_search(who).is_ok())
        };
        let second = pick(&|at| !is_out(at));
        (second, Some(trial))
    }

    /// The choice by gain as a problem of its own.
    fn problem(
        &self,
        planning: &Planning,
        due: &[usize],
        room: Room,
        allowed: &dyn Fn(usize) -> bool,
    ) -> Problem {
        let all = || self.by_gain.iter().filter(|at| allowed(**at));
        let items: Vec<Item> = all().map(|at| self.items[*at].clone()).collect();
        // Scales are those of every candidate, whoever is left out.
        let every: Vec<Item> = self.by_gain.iter().map(|at| self.items[*at].clone()).collect();
        let weights = [planning.bridging, planning.diversity];
        let objective = Objective::new(&every, &self.straits, &self.gaps, weights);
        let mut used = Used::default();
        for at in due {
            used.take(&self.cards[*at]);
        }
        Problem {
            items,
            cards: all().map(|at| self.cards[*at].clone()).collect(),
            objective,
            used,
            room,
        }
    }

    /// Candidates as positions in [`Tables::problem`] with all allowed.
    fn positions(&self, candidates: &[usize]) -> Vec<usize> {
        candidates.iter().filter_map(|at| self.by_gain.binary_search(at).ok()).collect()
    }

    /// Parts along the final order; what is due has none.
    fn gains(&self, problem: &Problem, order: &[(usize, usize)]) -> Vec<Parts> {
        let places: Vec<Option<usize>> =
            order.iter().map(|(_, at)| self.by_gain.binary_search(at).ok()).collect();
        let chosen: Vec<usize> = places.iter().copied().flatten().collect();
        let mut along = problem.objective.along(&problem.items, &chosen).into_iter();
        let next = |place: &Option<usize>| place.and_then(|_| along.next()).unwrap_or_default();
        places.iter().map(next).collect()
    }

    fn job(&self, candidates: &[&Candidate], at: usize) -> Job {
        let (card, action) = (&self.cards[at], &candidates[at].action);
        Job {
            minutes: card.minutes,
            people: card.people.clone(),
            due: card.due,
            from: Day::from_date(action.not_before),
            by: Day::from_date(action.do_by),
            expires: action.expires.map(Day::from_date),
        }
    }
}

/// Names by number, in the order of their coming.
#[derive(Default)]
struct Numbers<'a> {
    known: BTreeMap<&'a str, u32>,
}

impl<'a> Numbers<'a> {
    fn of(&mut self, name: &'a str) -> u32 {
        let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        *self.known.entry(name).or_insert(next)
    }
}
