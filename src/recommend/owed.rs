//! What is owed or dated: replies, and follow-ups on first meetings and new connections.

use crate::audit::{ActionKind, Confidence, TieState};
use crate::text;
use crate::ties::{Direction, OwnerTie};
use crate::units::{Channel, Day, Evidence};

use super::candidate::{Candidate, Worth};
use super::{Context, Recommender};

/// Days after a first meeting or a connection within which a follow-up still makes sense.
const MEETING_WINDOW: i32 = 30;
const CONNECTION_WINDOW: i32 = 90;
/// Days within which a message is no debt yet: most are answered by then, and a plan of a quarter would change by the day.
const GRACE: i32 = 3;
/// Days after a connection within which a first message may still come by itself (`methods` C.6).
const CONNECTION_GRACE: i32 = 14;
/// Most new connections suggested for a first message: a plan is no mailing list.
const MOST_CONNECTIONS: usize = 4;

/// Owed and dated actions.
pub(super) struct Owed;

impl Recommender for Owed {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        let all = 0..context.study.ties.len();
        let mut found: Vec<Candidate> = all.clone().filter_map(|at| reply(context, at)).collect();
        found.extend(all.clone().filter_map(|at| first_meeting(context, at)));
        // Who fits the goals best, not who came last: the list would change with every new connection.
        let mut connections: Vec<(f64, usize, Day)> = all
            .filter_map(|at| Some((at, new_connection(context, at)?)))
            .map(|(at, day)| (context.gaps.fit(context.study, at), at, day))
            .collect();
        connections.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let best = connections.into_iter().take(MOST_CONNECTIONS);
        found.extend(best.map(|(_, at, day)| connection(context, at, day)));
        found
    }
}

fn reply(context: &Context, at: usize) -> Option<Candidate> {
    let tie = context.tie(at);
    let since = tie.rhythm.owed_since?;
    let name = &context.person(at).name;
    let age = context.study.as_of.since(since);
    if age < GRACE {
        return None;
    }
    let channel = tie.touches.last().map_or(Channel::Message, |touch| touch.channel);
    let is_valued = f64::from(u8::from(context.is_valued(at)));
    Some(Candidate {
        kind: ActionKind::ReplyOwed,
        people: vec![at],
        reason: format!(
            "{name} wrote {} ago, on {}, and waits for an answer.",
            text::span(f64::from(age)),
            text::day(since.date())
        ),
        evidence: vec![
            format!("{} of {}", channel.name(), text::full_day(since.date())),
            context.contact_days(at),
        ],
        tier: Evidence::Interaction,
        goal: "Answer what is asked",
        first_move: "say you saw it, then give one date or one answer.".to_owned(),
        channel,
        minutes: context.config.minutes(channel),
        confidence: context.confidence(at),
        skip_if: "you answered in person or by phone.",
        judged_by: "any message of yours by the next audit.",
        expires: None,
        // Valued ties first; among them those who wait longest, so that a new message displaces no older one.
        worth: Worth::Due(2.0 + is_valued + f64::from(age) / 1_000.0),
    })
}

/// A first meeting of the last weeks without a follow-up.
fn first_meeting(context: &Context, at: usize) -> Option<Candidate> {
    let tie = context.tie(at);
    let first = *tie.days.first()?;
    let age = context.study.as_of.since(first);
    let known_before = tie.connected.is_some_and(|day| context.study.as_of.since(day) > 365);
    if tie.days.len() > 1 || age > MEETING_WINDOW || known_before || owner_wrote(tie) {
        return None;
    }
    let live = tie.touches.iter().any(|touch| touch.channel.is_live());
    // A stranger's first message is no first meeting.
    if !live && !context.person(at).is_connection {
        return None;
    }
    let name = &context.person(at).name;
    let (met, channel) = if live {
        ("You first met", Channel::Email)
    } else {
        ("First contact with", context.channel(at))
    };
    let on = text::day(first.date());
    let reason = if live {
        format!("{met} {name} on {on}; nothing since.")
    } else {
        format!("{met} {name} was on {on}; nothing from you since.")
    };
    Some(Candidate {
        kind: ActionKind::FollowUp,
        people: vec![at],
        reason,
        evidence: vec![format!("one contact, {}", text::full_day(first.date()))],
        tier: Evidence::Interaction,
        goal: "Follow up on new ties",
        first_move: "send one thing you talked about: a link, a name, a note.".to_owned(),
        channel,
        minutes: context.config.minutes(channel),
        confidence: Confidence::Fair,
        skip_if: "you agreed to talk later.",
        judged_by: "a second contact within 30 days.",
        expires: Some(first.plus(MEETING_WINDOW)),
        // The one that expires first comes first.
        worth: Worth::Due(1.5 + f64::from(age) / 100.0),
    })
}

fn owner_wrote(tie: &OwnerTie) -> bool {
    tie.touches.iter().any(|t| t.direction == Direction::Out && t.channel.is_contact())
}

/// The day of a new connection with whom nothing was exchanged.
fn new_connection(context: &Context, at: usize) -> Option<Day> {
    let tie = context.tie(at);
    let day = tie.connected?;
    let age = context.study.as_of.since(day);
    let is_new = (CONNECTION_GRACE..=CONNECTION_WINDOW).contains(&age);
    (is_new && tie.rhythm.state == TieState::NeverActive).then_some(day)
}

fn connection(context: &Context, at: usize, day: Day) -> Candidate {
    let person = context.person(at);
    let work = match (&person.position, &person.company) {
        (Some(title), Some(company)) => format!(" ({title}, {company})"),
        (Some(only), None) | (None, Some(only)) => format!(" ({only})"),
        (None, None) => String::new(),
    };
    let on = text::day(day.date());
    let channel = Channel::Message;
    Candidate {
        kind: ActionKind::FollowUp,
        people: vec![at],
        reason: format!(
            "You connected with {}{work} on {on}; no message is on record.",
            person.name
        ),
        evidence: vec![format!("connected {}", text::full_day(day.date()))],
        tier: Evidence::Declared,
        goal: "Follow up on new ties",
        first_move: "say why you connected, and offer one thing that helps their work.".to_owned(),
        channel,
        minutes: context.config.minutes(channel),
        confidence: if context.study.has_log() { Confidence::Fair } else { Confidence::Tentative },
        skip_if: "you have talked elsewhere, or connected out of courtesy.",
        judged_by: "a first exchange by the next audit.",
        expires: Some(day.plus(CONNECTION_WINDOW)),
        worth: Worth::Due(1.0 + f64::from(context.study.as_of.since(day)) / 1_000.0),
    }
}
