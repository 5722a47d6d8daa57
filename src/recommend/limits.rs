//! Hard limits: who is left in peace, and what an action may rest on. They filter; they never weigh. A cool-down bars the
//! days until it is over, not the person.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::{Action, ActionKind, Barred, LetRest, Rule, TieState};
use crate::config::Role;
use crate::note::Note;
use crate::people::PersonId;
use crate::text;
use crate::ties::{Direction, rhythm};
use crate::units::{Channel, Day, Evidence};

use super::Context;
use super::candidate::{Candidate, Worth};

/// Unanswered messages, on different days within 180, from which a tie rests.
const REST_FROM: u32 = 2;
/// Nobody in these roles is asked for introductions, or introduced by a program's word.
const NO_FAVOURS: [Role; 4] = [Role::Manager, Role::Report, Role::Client, Role::Vendor];

/// The limits of one run.
pub(super) struct Limits {
    never: Vec<PersonId>,
    private: Vec<PersonId>,
    unmatched: usize,
    private_unmatched: usize,
    value_unmatched: usize,
}

impl Limits {
    /// Finds the people of `[boundaries]`.
    pub(super) fn of(context: &Context) -> Self {
        let find = |entries: &[String]| {
            let found: Vec<Vec<PersonId>> =
                entries.iter().map(|text| context.study.people.find(text)).collect();
            let unmatched = found.iter().filter(|people| people.is_empty()).count();
            let mut people = found.concat();
            people.sort_unstable();
            people.dedup();
            (people, unmatched)
        };
        let (never, unmatched) = find(&context.config.boundaries.never_contact);
        let (private, private_unmatched) = find(&context.config.boundaries.private);
        let told = context.config.plan.value.values().flatten();
        let value_unmatched =
            told.filter(|text| context.study.people.find(text).is_empty()).count();
        Self { never, private, unmatched, private_unmatched, value_unmatched }
    }

    /// The rule that bars an action, and whom it speaks of; `None` when it may be suggested.
    pub(super) fn bars(&self, context: &Context, candidate: &Candidate) -> Option<(Rule, usize)> {
        let first = candidate.people.first().copied();
        if candidate.tier == Evidence::Inferred {
            return first.map(|at| (Rule::InferredOnly, at));
        }
        if let Some(barred) =
            candidate.people.iter().find_map(|at| Some((self.rule(context, candidate, *at)?, *at)))
        {
            return Some(barred);
        }
        let asks = candidate.kind == ActionKind::AskPath;
        first.filter(|at| asks && !may_ask(context, *at)).map(|at| (Rule::Balance, at))
    }

    fn rule(&self, context: &Context, candidate: &Candidate, at: usize) -> Option<Rule> {
        let is_in = |list: &[PersonId]| list.binary_search(&context.tie(at).who).is_ok();
        let uses = matches!(
            candidate.kind,
            ActionKind::Introduce | ActionKind::AskPath | ActionKind::FillGap
        );
        let work_only = context.config.boundaries.work_only;
        let roles = &context.person(at).roles;
        match () {
            () if is_in(&self.never) => Some(Rule::NeverContact),
            () if rests(context, at) => Some(Rule::Unanswered),
            () if is_in(&self.private) && (work_only || uses) => Some(Rule::Private),
            () if uses
                && candidate.people.len() > 1
                && roles.iter().any(|role| NO_FAVOURS.contains(role)) =>
            {
                Some(Rule::Role)
            }
            () if context.tie(at).rhythm.state == TieState::Gone => Some(Rule::Gone),
            () if context.is_spared(at) && matches!(candidate.worth, Worth::Gain { .. }) => {
                Some(Rule::Spared)
            }
            () => None,
        }
    }

    /// The rule that keeps somebody out of every introduction and path.
    pub(super) fn suppresses(&self, context: &Context, at: usize) -> Option<Rule> {
        let is_in = |list: &[PersonId]| list.binary_search(&context.tie(at).who).is_ok();
        match () {
            () if is_in(&self.never) => Some(Rule::NeverContact),
            () if rests(context, at) => Some(Rule::Unanswered),
            () if is_in(&self.private) => Some(Rule::Private),
            () if context.person(at).roles.iter().any(|role| NO_FAVOURS.contains(role)) => {
                Some(Rule::Role)
            }
            () if context.tie(at).rhythm.state == TieState::Gone => Some(Rule::Gone),
            () => None,
        }
    }

    /// What the limits left out.
    pub(super) fn notes(&self) -> Vec<Note> {
        let some = |n: usize, note: fn(usize) -> Note| (n > 0).then(|| note(n));
        [
            some(self.never.len(), Note::NeverContact),
            some(self.unmatched, Note::NeverContactUnmatched),
            some(self.private_unmatched, Note::PrivateUnmatched),
            some(self.value_unmatched, Note::ValueUnmatched),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// The barred people, once a person, kind and rule.
pub(super) fn listed(context: &Context, barred: &[(ActionKind, Rule, usize)]) -> Vec<Barred> {
    let all: BTreeSet<Barred> = barred
        .iter()
        .map(|(kind, rule, at)| Barred {
            id: context.person(*at).key.clone(),
            kind: *kind,
            rule: *rule,
        })
        .collect();
    all.into_iter().collect()
}

fn rests(context: &Context, at: usize) -> bool {
    context.tie(at).rhythm.unanswered >= REST_FROM
}

/// Whether as much was given as received: recommendations, endorsements, and who takes the first step.
pub(super) fn may_ask(context: &Context, at: usize) -> bool {
    let weight = |channel| match channel {
        Channel::Recommendation => 3_i64,
        Channel::Endorsement => 1,
        _ => 0,
    };
    let balance: i64 = context
        .tie(at)
        .touches
        .iter()
        .map(|touch| match touch.direction {
            Direction::Out => weight(touch.channel),
            Direction::In => -weight(touch.channel),
            Direction::Mutual => 0,
        })
        .sum();
    balance >= 0
}

/// The first day on which an action may be done: the day after the audit, or when everybody's cool-down is over. Answering and
/// following up continue a contact and need not wait.
pub(super) fn from(context: &Context, candidate: &Candidate) -> Day {
    let tomorrow = context.study.as_of.plus(1);
    if matches!(candidate.kind, ActionKind::ReplyOwed | ActionKind::FollowUp | ActionKind::Thank) {
        return tomorrow;
    }
    let cooled = candidate.people.iter().filter_map(|at| cool_until(context, *at));
    cooled.max().unwrap_or(tomorrow).max(tomorrow)
}

fn cool_until(context: &Context, at: usize) -> Option<Day> {
    let tie = context.tie(at);
    let bounds = &context.config.boundaries;
    let last = tie.touches.iter().rev().find(|touch| touch.channel.is_contact())?;
    let days = match (last.direction, tie.rhythm.unanswered) {
        (Direction::Out, 1..) => bounds.cool_down_unanswered_days,
        _ => bounds.cool_down_days,
    };
    Some(last.day.plus(i32::try_from(days.min(36_500)).unwrap_or(36_500)))
}

/// Ties with unanswered outreach: nothing for now, and that is fine. Whoever is never to be suggested is not named here either.
pub(super) fn let_rest(context: &Context, limits: &Limits) -> Vec<LetRest> {
    let named = |at: &usize| limits.never.binary_search(&context.tie(*at).who).is_err();
    let mut resting: Vec<usize> =
        (0..context.study.ties.len()).filter(|at| rests(context, *at)).filter(named).collect();
    resting.sort_by_key(|at| (std::cmp::Reverse(context.tie(*at).rhythm.unanswered), *at));
    resting
        .into_iter()
        .map(|at| {
            let person = context.person(at);
            // Rest ends when all but one of the unanswered messages are out of the window.
            let days = rhythm::unanswered_days(&context.tie(at).touches, context.study.as_of);
            let second: Day =
                days.get(REST_FROM as usize - 1).copied().unwrap_or(context.study.as_of);
            let until = second.plus(rhythm::UNANSWERED_WINDOW + 1);
            let reason = format!(
                "{} has not answered what you wrote on {}.",
                person.name,
                text::count(u64::from(context.tie(at).rhythm.unanswered), "day")
            );
            let evidence = days.iter().rev().map(|day| text::full_day(day.date()));
            let evidence = format!("unanswered: {}", evidence.collect::<Vec<_>>().join(", "));
            LetRest {
                id: person.key.clone(),
                card: Some(Box::new(rest(context, at, &reason, vec![evidence], until))),
                reason,
                until: Some(until.date()),
            }
        })
        .collect()
}

/// The card: nothing to do until the day is over, and the reason why that is right.
fn rest(context: &Context, at: usize, reason: &str, evidence: Vec<String>, until: Day) -> Action {
    let person = context.person(at);
    Action {
        id: format!("{}:{}", ActionKind::LetRest.name(), person.key),
        kind: ActionKind::LetRest,
        people: vec![person.key.clone()],
        reason: reason.to_owned(),
        evidence: evidence.into_iter().chain([context.contact_days(at)]).collect(),
        tier: Evidence::Interaction,
        goal: "Leave in peace".to_owned(),
        first_move: "nothing: not acting is the move.".to_owned(),
        talking_point: None,
        channel: None,
        minutes: 0,
        not_before: context.study.as_of.plus(1).date(),
        do_by: until.date(),
        expires: Some(until.date()),
        confidence: context.confidence(at),
        skip_if: "they write, or you hear that the message never came.".to_owned(),
        judged_by: "nothing from you until then; what they send counts in any case.".to_owned(),
        gain: BTreeMap::new(),
        expected: Some(context.expected(at, context.answer(at))),
        effects: Vec::new(),
    }
}
