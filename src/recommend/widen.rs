//! Gaps closed with people already known: the owner's goals, or without goals the kinds of people who hold many ties and
//! get little attention.

use crate::audit::{ActionKind, Confidence, TieState};
use crate::text;
use crate::units::{Channel, Evidence};

use super::candidate::{Candidate, Worth};
use super::gaps::Gap;
use super::{Context, Recommender};

/// A class is short of attention when its share is below a third of its share of people …
const SHORT: f64 = 1.0 / 3.0;
/// … and it holds at least this share of people.
const LARGE: f64 = 0.04;
const MOST_CLASSES: usize = 2;
/// Most people proposed for one gap of a goal; the plan chooses.
const A_GAP: usize = 6;
/// A gap below this is no reason to act.
const SMALLEST: f64 = 0.02;

/// Gaps between what is wanted, or known, and attention.
pub(super) struct Widen;

impl Recommender for Widen {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        if !context.study.has_log() {
            return Vec::new();
        }
        if context.gaps.are_goals { towards_goals(context) } else { short_of_attention(context) }
    }
}

/// For each gap of a goal those who close it best: first the fewest who close all gaps of the head count, then those
/// with the strongest past.
fn towards_goals(context: &Context) -> Vec<Candidate> {
    let closing = context.goals.and_then(|goals| goals.closing.as_ref());
    let mut rank = vec![usize::MAX; context.study.ties.len()];
    for (nth, id) in closing.into_iter().flat_map(|found| &found.people).enumerate() {
        let at = context
            .study
            .ties
            .iter()
            .position(|tie| context.study.people.person(tie.who).key == *id);
        if let Some(at) = at {
            rank[at] = nth;
        }
    }
    let mut order: Vec<usize> = (0..context.study.ties.len())
        .filter(|at| {
            !matches!(
                context.tie(*at).rhythm.state,
                TieState::New | TieState::Gone | TieState::OnRhythm
            )
        })
        .collect();
    order.sort_by(|a, b| {
        let peak = |at: &usize| context.tie(*at).peak;
        rank[*a].cmp(&rank[*b]).then(peak(b).total_cmp(&peak(a))).then(a.cmp(b))
    });
    let mut proposed: std::collections::BTreeMap<Gap, usize> = std::collections::BTreeMap::new();
    let mut found = Vec::new();
    for at in order {
        let served = context.gaps.served_by(context.study, at);
        let wide = |gap: &&Gap| context.gaps.size(gap) >= SMALLEST;
        let open = |gap: &&Gap| proposed.get(*gap).is_none_or(|n| *n < A_GAP);
        let largest =
            served.iter().filter(wide).filter(open).max_by(|a, b| {
                context.gaps.size(a).total_cmp(&context.gaps.size(b)).then(b.cmp(a))
            });
        if let Some(gap) = largest.cloned() {
            for served in &served {
                *proposed.entry(served.clone()).or_default() += 1;
            }
            found.push(serve(context, at, &gap, served));
        }
    }
    found
}

/// The goal of an action by attribute, in words that name nobody.
fn goal_of(attribute: &str) -> &'static str {
    match attribute {
        "function" => "Your goal: fields of work",
        "seniority" => "Your goal: career stages",
        "industry" => "Your goal: industries",
        "company" => "Your goal: employers",
        "people" => "Your goal: people you named",
        "relative-seniority" => "Your goal: mentors, peers, emerging",
        "time-known" => "Your goal: old ties and new",
        _ => "Your goal: types of tie",
    }
}

fn serve(context: &Context, at: usize, gap: &Gap, served: Vec<Gap>) -> Candidate {
    let person = context.person(at);
    let name = &person.name;
    let (attribute, class) = gap;
    let points = 100.0 * context.gaps.size(gap);
    let what = match attribute.as_str() {
        "company" => format!("You want somebody at {}", person.company.as_deref().unwrap_or(class)),
        "people" => format!("{name} is one of the people you named"),
        "relative-seniority" if class == "mentor" => {
            "You want somebody further on than you".to_owned()
        }
        _ => format!("{} is {points:.0} points short of your goal", text::class(class)),
    };
    let known = if context.tie(at).days.is_empty() {
        "you are connected and have not talked yet"
    } else {
        "you were in touch before"
    };
    let reason = match attribute.as_str() {
        "people" => format!("{what}; {known}."),
        _ => format!("{what}. {name} would count: {known}."),
    };
    let title = person.position.as_deref().unwrap_or("not known");
    let company = person.company.as_deref().unwrap_or("not known");
    let channel =
        if context.tie(at).days.is_empty() { Channel::Message } else { context.channel(at) };
    Candidate {
        kind: ActionKind::FillGap,
        people: vec![at],
        reason,
        evidence: vec![
            context.contact_days(at),
            format!("title: {title}"),
            format!("employer: {company}"),
        ],
        tier: Evidence::Declared,
        goal: goal_of(attribute),
        first_move:
            "share something of use in their field, and ask how it looks from where they stand."
                .to_owned(),
        channel,
        minutes: context.config.minutes(channel).max(10),
        confidence: Confidence::Tentative,
        skip_if: "the class is read wrongly from the title, or the goal is no longer yours.",
        judged_by: "one conversation, and a smaller gap, by the next audit.",
        expires: None,
        worth: Worth::Gain {
            own: context.uplift(at) * context.value(at),
            answer: context.answer(at),
            straits: context.thin_straits(at),
            classes: served,
        },
    }
}

fn short_of_attention(context: &Context) -> Vec<Candidate> {
    let functions = context.diversity.iter().find(|found| found.dimension == "function");
    let Some(functions) = functions.filter(|found| found.headline) else {
        return Vec::new();
    };
    functions
        .classes
        .iter()
        .filter(|class| class.class != "unknown" && class.share_people >= LARGE)
        .filter(|class| class.share_attention.unwrap_or(1.0) < SHORT * class.share_people)
        .take(MOST_CLASSES)
        .filter_map(|class| {
            let share = class.share_attention.unwrap_or(0.0);
            best_in(context, &class.class)
                .map(|at| fill(context, at, &class.class, class.people, share))
        })
        .collect()
}

/// The contact of a class with the strongest past who is not on rhythm, else none.
fn best_in(context: &Context, class: &str) -> Option<usize> {
    let in_class =
        |at: &usize| context.person(*at).function.as_ref().is_some_and(|found| found.code == class);
    let quiet = |at: &usize| {
        let tie = context.tie(*at);
        !tie.days.is_empty() && !matches!(tie.rhythm.state, TieState::New | TieState::Gone)
    };
    (0..context.study.ties.len())
        .filter(in_class)
        .filter(quiet)
        .max_by(|a, b| context.tie(*a).peak.total_cmp(&context.tie(*b).peak).then(b.cmp(a)))
}

fn fill(context: &Context, at: usize, class: &str, people: u32, share: f64) -> Candidate {
    let name = &context.person(at).name;
    let channel = Channel::Email;
    let title = context.person(at).position.clone().unwrap_or_default();
    Candidate {
        kind: ActionKind::FillGap,
        people: vec![at],
        reason: format!(
            "{people} of your active ties work in {}, and get {:.0}% of your attention. {name} is one you know.",
            text::class_within(class),
            share * 100.0
        ),
        evidence: vec![context.contact_days(at), format!("title: {title}")],
        tier: Evidence::Declared,
        goal: "Hear from more kinds of people",
        first_move: "say what you last learned from them, and how it went.".to_owned(),
        channel,
        minutes: context.config.minutes(channel),
        confidence: Confidence::Tentative,
        skip_if: "the class is read wrongly from the title.",
        judged_by: "one conversation by the next audit.",
        expires: None,
        worth: Worth::Gain {
            own: context.uplift(at) * context.value(at),
            answer: context.answer(at),
            straits: context.thin_straits(at),
            classes: vec![("function".to_owned(), class.to_owned())],
        },
    }
}
