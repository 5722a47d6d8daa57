//! Classes that get less attention than they hold people: contacts already known who could widen it.

use crate::audit::{ActionKind, Confidence, TieState};
use crate::text;
use crate::units::{Channel, Evidence};

use super::candidate::{Candidate, Worth};
use super::{Context, Recommender};

/// A class is short of attention when its share is below a third of its share of people …
const SHORT: f64 = 1.0 / 3.0;
/// … and it holds at least this share of people.
const LARGE: f64 = 0.04;
const MOST_CLASSES: usize = 2;

/// Gaps between head count and attention.
pub(super) struct Widen;

impl Recommender for Widen {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        if !context.study.has_log() {
            return Vec::new();
        }
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
        worth: Worth::Gain {
            own: context.uplift(at) * context.value(at),
            answer: context.answer(at),
            straits: context.thin_straits(at),
            class: Some(class.to_owned()),
        },
    }
}
