//! Cards for the best introductions to give (`methods` F.1); the ranking is that of [`crate::introductions::give`].

use crate::audit::{ActionKind, Confidence, Introduction, Reason};
use crate::text::class_within;
use crate::units::Channel;

use super::candidate::{Candidate, Worth};
use super::{Context, Recommender};

/// Cards a quarter.
const MOST: usize = 3;
/// Worth of a perfect introduction beside a tie kept: it keeps two ties warm, a modest touch each.
const WORTH: f64 = 0.1;

/// Introductions to give.
pub(super) struct Introduce;

impl Recommender for Introduce {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        let place = |id: &str| context.study.place_of(id);
        let pairs = context.introductions.iter().flat_map(|all| &all.give).take(MOST);
        pairs
            .filter_map(|pair| Some(card(context, pair, place(&pair.a)?, place(&pair.b)?)))
            .collect()
    }
}

/// What two people share, as the beginning of a sentence.
fn shared(pair: &Introduction) -> String {
    let of = |wanted: fn(&Reason) -> Option<&str>| pair.reasons.iter().find_map(wanted);
    let industry = of(|reason| match reason {
        Reason::SameIndustry(code) => Some(code),
        _ => None,
    });
    let function = of(|reason| match reason {
        Reason::SameFunction(code) => Some(code),
        _ => None,
    });
    let need = of(|reason| match reason {
        Reason::NeedMet(what) => Some(what),
        _ => None,
    });
    let apart = matches!(&pair.circles, [Some(a), Some(b)] if a != b);
    match (need, industry, function) {
        (Some(need), ..) => format!("One needs what the other offers ({need})"),
        (None, Some(industry), None) => {
            format!("Both work in {}, on different sides of it", class_within(industry))
        }
        (None, _, Some(function)) if apart => {
            format!("Both work in {}, in different circles", class_within(function))
        }
        (None, _, Some(function)) => format!("Both work in {}", class_within(function)),
        (None, None, None) => "They have much in common".to_owned(),
    }
}

fn card(context: &Context, pair: &Introduction, a: usize, b: usize) -> Candidate {
    let (first, second) = (context.person(a), context.person(b));
    let channel = Channel::Email;
    Candidate {
        kind: ActionKind::Introduce,
        people: vec![a, b],
        reason: format!(
            "{}; no tie is seen between {} and {}.",
            shared(pair),
            first.name,
            second.name
        ),
        evidence: vec![context.contact_days(a), context.contact_days(b)],
        tier: pair.tier,
        goal: "Give forward",
        first_move: "ask both first, one line each on why the other is worth an hour.".to_owned(),
        channel,
        minutes: context.config.minutes(channel) * 2,
        confidence: Confidence::Fair,
        skip_if: "either declines, or they know each other.",
        judged_by: "both on one thread.",
        expires: None,
        worth: Worth::Gain {
            own: WORTH * pair.score,
            answer: context.answer(a).min(context.answer(b)),
            straits: std::collections::BTreeMap::new(),
            classes: Vec::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::EgoChange;
    use crate::units::Evidence;

    #[test]
    fn what_two_people_share_is_said_in_words() {
        let pair = |reasons: Vec<Reason>| Introduction {
            a: "ana".to_owned(),
            b: "ben".to_owned(),
            score: 0.5,
            feasible: 0.7,
            fit: 0.8,
            unlikely: 0.9,
            rested: 1.0,
            p_meet: 0.01,
            reasons,
            common: 0,
            circles: [Some("A".to_owned()), Some("B".to_owned())],
            tier: Evidence::Interaction,
            ego: EgoChange::default(),
        };
        let function = Reason::SameFunction("exec".to_owned());
        assert_eq!(
            shared(&pair(vec![function.clone()])),
            "Both work in general management, in different circles"
        );
        let industry = Reason::SameIndustry("finance".to_owned());
        assert_eq!(shared(&pair(vec![industry])), "Both work in finance, on different sides of it");
        let need = Reason::NeedMet("a lawyer".to_owned());
        assert_eq!(
            shared(&pair(vec![need, function])),
            "One needs what the other offers (a lawyer)"
        );
    }
}
