//! Hard limits: who is left in peace, and what an action may rest on. They filter; they never weigh.

use crate::audit::{ActionKind, LetRest};
use crate::note::Note;
use crate::people::PersonId;
use crate::text;
use crate::ties::{Direction, rhythm};
use crate::units::{Day, Evidence};

use super::Context;
use super::candidate::Candidate;

/// Unanswered messages, on different days within 180, from which a tie rests.
const REST_FROM: u32 = 2;

/// The limits of one run.
pub(super) struct Limits {
    never: Vec<PersonId>,
    unmatched: usize,
}

impl Limits {
    /// Finds the people of `[boundaries] never_contact`.
    pub(super) fn of(context: &Context) -> Self {
        let entries = context.config.boundaries.never_contact.iter();
        let found: Vec<Vec<PersonId>> =
            entries.map(|text| context.study.people.find(text)).collect();
        let unmatched = found.iter().filter(|people| people.is_empty()).count();
        let mut never = found.concat();
        never.sort_unstable();
        never.dedup();
        Self { never, unmatched }
    }

    /// Whether an action may be suggested.
    pub(super) fn allow(&self, context: &Context, candidate: &Candidate) -> bool {
        let people = candidate.people.iter();
        candidate.tier != Evidence::Inferred
            && !people.clone().any(|at| self.never.binary_search(&context.tie(*at).who).is_ok())
            && !people.clone().any(|at| rests(context, *at))
            // Answering and following up continue a contact; anything else waits until it has cooled.
            && (matches!(candidate.kind, ActionKind::ReplyOwed | ActionKind::FollowUp)
                || !people.clone().any(|at| cools(context, *at)))
    }

    /// What the limits left out.
    pub(super) fn notes(&self) -> Vec<Note> {
        let left_out = Some(self.never.len()).filter(|n| *n > 0).map(Note::NeverContact);
        let unmatched = Some(self.unmatched).filter(|n| *n > 0).map(Note::NeverContactUnmatched);
        left_out.into_iter().chain(unmatched).collect()
    }
}

fn rests(context: &Context, at: usize) -> bool {
    context.tie(at).rhythm.unanswered >= REST_FROM
}

fn cools(context: &Context, at: usize) -> bool {
    let tie = context.tie(at);
    let bounds = &context.config.boundaries;
    let Some(last) = tie.touches.iter().rev().find(|touch| touch.channel.is_contact()) else {
        return false;
    };
    let days = match (last.direction, tie.rhythm.unanswered) {
        (Direction::Out, 1..) => bounds.cool_down_unanswered_days,
        _ => bounds.cool_down_days,
    };
    context.study.as_of.since(last.day) < i32::try_from(days).unwrap_or(i32::MAX)
}

/// Ties with unanswered outreach: nothing for now, and that is fine.
pub(super) fn let_rest(context: &Context) -> Vec<LetRest> {
    let mut resting: Vec<usize> =
        (0..context.study.ties.len()).filter(|at| rests(context, *at)).collect();
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
            LetRest {
                id: person.key.clone(),
                reason: format!(
                    "{} has not answered what you wrote on {}.",
                    person.name,
                    text::count(u64::from(context.tie(at).rhythm.unanswered), "day")
                ),
                until: Some(until.date()),
            }
        })
        .collect()
}
