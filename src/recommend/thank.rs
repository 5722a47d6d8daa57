//! Thanks: for a recommendation, or for an introduction that became a tie, with no word of the owner since.

use crate::audit::{ActionKind, Confidence};
use crate::text;
use crate::ties::{Direction, OwnerTie};
use crate::units::{Channel, Day, Evidence};

use super::candidate::{Candidate, Worth};
use super::{Context, Recommender};

/// Days after which thanks come too late to be suggested.
const WINDOW: i32 = 365;
/// Days of looking back for introductions.
const INTRODUCED: i32 = 182;
/// Days within which the two who were introduced must have begun to talk.
const BEGUN: i32 = 30;

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

/// Whether the owner wrote to somebody, or met them, after a day.
fn wrote_since(tie: &OwnerTie, day: Day) -> bool {
    tie.touches.iter().any(|touch| {
        touch.day > day && touch.channel.is_contact() && touch.direction != Direction::In
    })
}

fn recommended(context: &Context, at: usize) -> Option<Day> {
    let tie = context.tie(at);
    let received = tie.touches.iter().rev().find(|touch| {
        touch.channel == Channel::Recommendation && touch.direction == Direction::In
    })?;
    let is_late = context.study.as_of.since(received.day) > WINDOW;
    (!is_late && !wrote_since(tie, received.day)).then_some(received.day)
}

/// Messages of a contact to the owner and one other, after whom the owner and that other began to talk: day, broker, other.
fn introductions(context: &Context) -> Vec<(Day, usize, usize)> {
    let study = context.study;
    let from = study.as_of.plus(-INTRODUCED);
    let events = study.events.until(study.as_of);
    let recent = &events[events.partition_point(|event| event.day < from)..];
    let mut found: Vec<(Day, usize, usize)> = recent
        .iter()
        .filter(|event| !event.channel.is_live())
        .filter_map(|event| {
            let people = study.events.people(event);
            let owner = study.people.owner;
            if people.len() != 3 || event.from == owner || !people.contains(&owner) {
                return None;
            }
            let other = *people.iter().find(|who| **who != owner && **who != event.from)?;
            let (broker, other) = (study.place(event.from)?, study.place(other)?);
            let first = *context.tie(other).days.first()?;
            let knew = *context.tie(broker).days.first()? < event.day;
            let began = (0..=BEGUN).contains(&first.since(event.day));
            let talks = context.tie(other).days.len() > 1;
            (knew && began && talks && !wrote_since(context.tie(broker), event.day))
                .then_some((event.day, broker, other))
        })
        .collect();
    found.dedup();
    found
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
