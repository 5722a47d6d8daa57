//! Live and forward: close ties that have not met for half a year, and people at the start who could use a hand.

use crate::audit::{ActionKind, Confidence, TieState};
use crate::people::derived::relative::relative;
use crate::text;
use crate::units::{Channel, Evidence};

use super::candidate::Candidate;
use super::keep::worth;
use super::{Context, Recommender};

/// The closest ties looked at: two of Dunbar's layers.
const CLOSEST: usize = 15;
/// Days without a meeting or call.
const NOT_MET: i32 = 182;
/// Days within which somebody at the start must have been in touch.
const FRESH: i32 = 365;
/// Most suggested of each.
const MOST: usize = 4;

/// To meet, and to help.
pub(super) struct Meet;

impl Recommender for Meet {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        let mut order: Vec<usize> =
            (0..context.study.ties.len()).filter(|at| context.tie(*at).strength > 0.0).collect();
        order.sort_by(|a, b| {
            context.tie(*b).strength.total_cmp(&context.tie(*a).strength).then(a.cmp(b))
        });
        let live = order.iter().take(CLOSEST).filter_map(|at| meet(context, *at)).take(MOST);
        let mut found: Vec<Candidate> = live.collect();
        found.extend(order.iter().filter_map(|at| forward(context, *at)).take(MOST));
        found
    }
}

fn is_steady(context: &Context, at: usize) -> bool {
    matches!(context.tie(at).rhythm.state, TieState::OnRhythm | TieState::Slipping)
}

fn meet(context: &Context, at: usize) -> Option<Candidate> {
    let tie = context.tie(at);
    let last = tie.touches.iter().rev().find(|touch| touch.channel.is_live())?;
    let days = context.study.as_of.since(last.day);
    if days < NOT_MET || !is_steady(context, at) {
        return None;
    }
    let name = &context.person(at).name;
    let channel = Channel::Meeting;
    Some(Candidate {
        kind: ActionKind::MeetLive,
        people: vec![at],
        reason: format!(
            "{name} is among your {CLOSEST} closest; your last meeting or call was {} ago.",
            text::span(f64::from(days))
        ),
        evidence: vec![
            format!("{}, {}", last.channel.name(), text::full_day(last.day.date())),
            context.contact_days(at),
        ],
        tier: Evidence::Interaction,
        goal: "Keep the core close",
        first_move: "name two dates and a place that is easy for them.".to_owned(),
        channel,
        minutes: context.config.minutes(channel),
        confidence: context.confidence(at),
        skip_if: "you meet outside these logs, or live too far apart.",
        judged_by: "a meeting or call by the next audit.",
        expires: None,
        worth: worth(context, at),
    })
}

fn forward(context: &Context, at: usize) -> Option<Candidate> {
    let (tie, person) = (context.tie(at), context.person(at));
    let standing = relative(person, context.study.people.profile.seniority.as_ref())?;
    let last = *tie.days.last()?;
    let fresh = context.study.as_of.since(last) <= FRESH;
    if standing.code != "emerging" || !fresh || !is_steady(context, at) {
        return None;
    }
    let name = &person.name;
    let title = person.position.as_deref().unwrap_or("title not known");
    let channel = context.channel(at);
    Some(Candidate {
        kind: ActionKind::GiveForward,
        people: vec![at],
        reason: format!(
            "{name} ({title}) stands earlier on the road than you; you were last in touch {} ago.",
            text::span(f64::from(context.study.as_of.since(last)))
        ),
        evidence: vec![context.contact_days(at), format!("title: {title}")],
        tier: Evidence::Interaction,
        goal: "Give forward",
        first_move: "offer one concrete hour, a name, or a look at their work.".to_owned(),
        channel,
        minutes: context.config.minutes(channel).max(15),
        confidence: Confidence::Tentative,
        skip_if: "they have not asked for help and would not want it.",
        judged_by: "an exchange by the next audit.",
        expires: None,
        worth: worth(context, at),
    })
}
