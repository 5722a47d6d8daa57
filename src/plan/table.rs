//! Candidates by number: what the choice reads of a saved audit.

use std::collections::BTreeMap;

use crate::audit::{ActionKind, Candidate, Planning};
use crate::units::Day;

use super::objective::{Item, Objective};
use super::rules::{Card, Room, Used};
use super::schedule::{Calendar, Job};
use super::search::Problem;
use super::sense;

/// Candidates that some week could hold, and what limits, objective and weeks read of each.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub(super) candidates: Vec<&'a Candidate>,
    pub(super) items: Vec<Item>,
    pub(super) cards: Vec<Card>,
    pub(super) jobs: Vec<Job>,
    pub(super) objective: Objective,
}

/// A candidate with its week, both as positions.
pub(super) type Placed = (usize, usize);

impl<'a> Table<'a> {
    pub(super) fn of(planning: &'a Planning, calendar: &Calendar) -> Self {
        let mut people = Numbers::default();
        let mut circles = Numbers::default();
        let (straits, gaps) = (Shared::of(&planning.straits), Shared::of(&planning.gaps));
        let (mut candidates, mut items) = (Vec::new(), Vec::new());
        let (mut cards, mut jobs) = (Vec::new(), Vec::new());
        for candidate in &planning.candidates {
            let action = &candidate.action;
            let who: Vec<u32> = action.people.iter().map(|who| people.of(who)).collect();
            let job = Job {
                minutes: action.minutes,
                people: who.clone(),
                from: Day::from_date(action.not_before),
                by: Day::from_date(action.do_by),
                expires: action.expires.map(Day::from_date),
            };
            if !calendar.opens(&job) {
                continue;
            }
            // What is owed or dated is no matter of gain.
            items.push(match candidate.due {
                Some(_) => Item::default(),
                None => Item {
                    own: candidate.own,
                    answer: candidate.answer.clamp(0.0, 1.0),
                    straits: straits.places(&candidate.straits),
                    gaps: gaps.places(&candidate.gaps),
                },
            });
            cards.push(Card {
                minutes: action.minutes,
                people: who,
                circle: candidate.circle.as_ref().map(|circle| circles.of(circle)),
                sense: sense(action.kind),
                introduces: action.kind == ActionKind::Introduce,
                due: candidate.due.is_some(),
            });
            jobs.push(job);
            candidates.push(candidate);
        }
        let weights = [planning.bridging, planning.diversity];
        let objective = Objective::new(&items, &straits.worth, &gaps.worth, weights);
        Self { candidates, items, cards, jobs, objective }
    }

    /// What is owed or dated, most pressing first, up to half of the plan, with its weeks.
    pub(super) fn due(&self, room: Room, calendar: &mut Calendar) -> Vec<Placed> {
        let mut due: Vec<(bool, ActionKind, f64, usize)> = (self.candidates.iter().enumerate())
            .filter_map(|(at, found)| Some((!found.promised, found.action.kind, found.due?, at)))
            .collect();
        due.sort_by(|a, b| {
            (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)).then(a.3.cmp(&b.3))
        });
        let half = Room { cards: room.cards.div_ceil(2), ..room };
        // No kind takes all of the half while another has something: a new letter would push out what was dated before it.
        let a_kind = (2 * half.cards).div_ceil(3);
        let (mut used, mut of_kind) = (Used::default(), BTreeMap::<ActionKind, usize>::new());
        let mut chosen: Vec<Placed> = Vec::new();
        for most in [a_kind, half.cards] {
            for (_, kind, _, at) in &due {
                let taken = of_kind.entry(*kind).or_default();
                if *taken < most
                    && chosen.iter().all(|(_, other)| other != at)
                    && used.fits(&self.cards[*at], half)
                    && let Some(week) = calendar.put(&self.jobs[*at], 0)
                {
                    used.take(&self.cards[*at]);
                    chosen.push((week, *at));
                    *taken += 1;
                }
            }
        }
        chosen
    }

    /// The choice by gain on top of what is due.
    pub(super) fn problem(&self, due: &[Placed], room: Room) -> Problem<'_> {
        let mut used = Used::default();
        for (_, at) in due {
            used.take(&self.cards[*at]);
        }
        let may: Vec<usize> = (0..self.cards.len()).filter(|at| !self.cards[*at].due).collect();
        let (items, cards, objective) = (&self.items, &self.cards, &self.objective);
        let fitting = |wanted: &[usize], used: &Used, room: Room| {
            let mut used = used.clone();
            let fits = |at: &usize| {
                let fits = used.fits(&cards[*at], room);
                if fits {
                    used.take(&cards[*at]);
                }
                fits
            };
            wanted.iter().copied().filter(fits).collect::<Vec<usize>>()
        };
        let promised: Vec<usize> =
            may.iter().copied().filter(|at| self.candidates[*at].promised).collect();
        // What is due changes by the day. The core of the choice is made beside it, in the half of the cards that is never taken by
        // it, so that a letter answered does not shuffle what the quarter is for.
        let mut beside = used.clone();
        (beside.cards, beside.minutes) = (0, 0);
        let core = Room {
            cards: room.cards - room.cards.div_ceil(2),
            minutes: room.minutes - room.minutes / 4,
        };
        let kept = fitting(&promised, &beside, core);
        let may_too = may.clone();
        let core =
            Problem { items, cards, objective, kept, may: may_too, used: beside, room: core };
        let chosen = core.choose().into_iter().filter(|at| !promised.contains(at));
        let wanted: Vec<usize> = promised.iter().copied().chain(chosen).collect();
        let kept = fitting(&wanted, &used, room);
        Problem { items, cards, objective, kept, may, used, room }
    }

    /// The picks with their weeks. Those that no week has room for go, and with them asks that lose their give; then the next
    /// best of the `open` ones that find a week fill up the plan.
    pub(super) fn placed(
        &self,
        problem: &Problem,
        calendar: &Calendar,
        mut picks: Vec<usize>,
        open: &dyn Fn(usize) -> bool,
    ) -> Vec<Placed> {
        let (mut calendar, mut found) = loop {
            let mut filled = calendar.clone();
            let jobs: Vec<&Job> = picks.iter().map(|at| &self.jobs[*at]).collect();
            let weeks = filled.spread(&jobs);
            let placed: Vec<Placed> =
                picks.iter().zip(weeks).filter_map(|(at, week)| Some((week?, *at))).collect();
            let kept = problem.balanced(placed.iter().map(|(_, at)| *at).collect());
            if kept.len() == picks.len() {
                break (filled, placed);
            }
            picks = kept;
        };
        let _ = problem.complete(picks, &mut |at| {
            let week = open(at).then(|| calendar.put(&self.jobs[at], 0)).flatten();
            found.extend(week.map(|week| (week, at)));
            week.is_some()
        });
        found
    }
}

/// Straits or gaps by place.
struct Shared<'a> {
    keys: Vec<&'a str>,
    worth: Vec<f64>,
}

impl<'a> Shared<'a> {
    fn of(named: &'a BTreeMap<String, f64>) -> Self {
        Self {
            keys: named.keys().map(String::as_str).collect(),
            worth: named.values().copied().collect(),
        }
    }

    fn places(&self, names: &[String]) -> Vec<usize> {
        let place = |name: &String| self.keys.binary_search(&name.as_str()).ok();
        names.iter().filter_map(place).collect()
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
