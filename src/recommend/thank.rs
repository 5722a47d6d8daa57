//! Thanks: for a recommendation, or for an introduction that became a tie, with no word of the owner since.

use crate::audit::{ActionKind, Confidence};
use crate::text;
use crate::ties::Direction;
use crate::units::{Channel, Day, Evidence};

use super::candidate::{Candidate, Worth};
use super::ledger::{Opened, opened, wrote_since};
use super::{Context, Recommender};

/// Days after which thanks come too late to be suggested.
const WINDOW: i32 = 365;
/// Days of looking back for introductions.
const INTRODUCED: i32 = 182;

/// What was received without thanks.
pub(super) struct Thank;

impl Recommender for Thank {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        let introduced = introductions(context);
        (0..context.study.ties.len())
            .filter_map(|at| {
                let praised = recommended(context, at).map(|day| (day, None));
                let opened = introduced.iter().filter(|(_, broker, _)| *broker == at);
                let opened = opened.map(|(day, _, other)| (*day, Some(*other)));
                let (day, other) = praised.into_iter().chain(opened).max()?;
                Some(thank(context, at, day, other))
            })
            .collect()
    }
}

fn recommended(context: &Context, at: usize) -> Option<Day> {
    let tie = context.tie(at);
    let received = tie.touches.iter().rev().find(|touch| {
        touch.channel == Channel::Recommendation && touch.direction == Direction::In
    })?;
    let is_late = context.study.as_of.since(received.day) > WINDOW;
    (!is_late && !wrote_since(tie, received.day)).then_some(received.day)
}

/// Recent introductions without a word to the broker since.
fn introductions(context: &Context) -> Vec<Opened> {
    let from = context.study.as_of.plus(-INTRODUCED);
    let found = opened(context, from).into_iter();
    found.filter(|(day, broker, _)| !wrote_since(context.tie(*broker), *day)).collect()
}

fn thank(context: &Context, at: usize, day: Day, other: Option<usize>) -> Candidate {
    let name = &context.person(at).name;
    let on = text::day(day.date());
    let (what, fact) = match other {
        Some(other) => {
            let other = &context.person(other).name;
            (
                format!("{name} brought you together with {other} on {on}"),
                "message to the two of you",
            )
        }
        None => (format!("{name} recommended you on {on}"), "recommendation received"),
    };
    let channel = context.channel(at);
    Candidate {
        kind: ActionKind::Thank,
        people: vec![at],
        reason: format!("{what}; nothing from you is on record since."),
        evidence: vec![format!("{fact}, {}", text::full_day(day.date())), context.contact_days(at)],
        tier: Evidence::Interaction,
        goal: "Give forward",
        first_move: "say thanks, and what came of it.".to_owned(),
        channel,
        minutes: context.config.minutes(channel),
        confidence: Confidence::Fair,
        skip_if: "you have thanked them in person.",
        judged_by: "any message of yours by the next audit.",
        expires: Some(day.plus(WINDOW)),
        worth: Worth::Due(context.value(at) - f64::from(context.study.as_of.since(day)) / 1_000.0),
    }
}
