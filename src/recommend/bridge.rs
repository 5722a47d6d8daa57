//! Bridges: routes that hang on one tie, and bridges that get little time.

use crate::audit::{self, ActionKind, Confidence, TieState};
use crate::text;
use crate::ties::strength::QUARTER;
use crate::units::{Channel, Evidence};

use super::candidate::Candidate;
use super::keep::{rhythm_sentence, worth};
use super::{Context, Recommender};

/// Contact days a quarter below which a bridge counts as thin.
const THIN: u32 = 4;

/// Bridges worth effort.
pub(super) struct Bridge;

impl Recommender for Bridge {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        context
            .bridges
            .iter()
            .filter(|(at, _)| !context.tie(**at).days.is_empty())
            .filter_map(|(at, bridge)| {
                protect(context, *at, bridge).or_else(|| widen(context, *at, bridge))
            })
            .collect()
    }
}

fn cut_off(bridge: &audit::Bridge) -> u32 {
    bridge.cut_off.values().sum()
}

fn protect(context: &Context, at: usize, bridge: &audit::Bridge) -> Option<Candidate> {
    let state = context.tie(at).rhythm.state;
    let at_risk = matches!(state, TieState::Slipping | TieState::Neglected | TieState::Lapsed);
    let behind = cut_off(bridge);
    if !at_risk || (bridge.only_route.is_empty() && behind < 3) {
        return None;
    }
    let name = &context.person(at).name;
    let what = match (bridge.only_route.first(), behind) {
        (Some((circle, _)), 0) => {
            let circle = context.circle(circle);
            format!("{name} is, besides you, the only observed link between {circle} and the rest.")
        }
        (_, behind) => format!(
            "Besides you, only {name} links {} to the rest.",
            text::count(u64::from(behind), "other contact")
        ),
    };
    let channel = Channel::Call;
    Some(Candidate {
        kind: ActionKind::ProtectBridge,
        people: vec![at],
        reason: format!("{what} {}", rhythm_sentence(context, at)),
        evidence: vec![
            context.contact_days(at),
            format!("observed ties into {}", circles(context, &bridge.reaches)),
        ],
        tier: context.study.min_evidence.max(Evidence::CoPresence),
        goal: "Keep routes open",
        first_move: "offer something their circle can use: notes, a name, an invitation."
            .to_owned(),
        channel,
        minutes: context.config.minutes(channel),
        confidence: context.confidence(at).max(Confidence::Fair),
        skip_if: "they are on leave.",
        judged_by: "two contacts by the next audit.",
        expires: None,
        worth: worth(context, at),
    })
}

fn widen(context: &Context, at: usize, bridge: &audit::Bridge) -> Option<Candidate> {
    let tie = context.tie(at);
    let quarter = tie.days_between(context.study.as_of.plus(-QUARTER), context.study.as_of);
    let steady = matches!(tie.rhythm.state, TieState::OnRhythm | TieState::Slipping);
    if bridge.reaches.is_empty() || !steady || quarter >= THIN || tie.days.len() < 2 {
        return None;
    }
    let channel = Channel::Call;
    Some(Candidate {
        kind: ActionKind::WidenBridge,
        people: vec![at],
        reason: format!(
            "{} links {}; {}.",
            context.person(at).name,
            circles_with_own(context, at, &bridge.reaches),
            match quarter {
                0 => "nothing passed between you this quarter".to_owned(),
                days => format!(
                    "you were in touch on {} this quarter",
                    text::count(u64::from(days), "day")
                ),
            }
        ),
        evidence: vec![
            context.contact_days(at),
            format!("observed ties into {}", circles(context, &bridge.reaches)),
        ],
        tier: Evidence::CoPresence,
        goal: "Hear from more circles",
        first_move: "propose one call a month, and bring one thing to each.".to_owned(),
        channel,
        minutes: context.config.minutes(channel),
        confidence: context.confidence(at).max(Confidence::Fair),
        skip_if: "their calendar is full this quarter.",
        judged_by: "three contacts by the next audit.",
        expires: None,
        worth: worth(context, at),
    })
}

fn circles(context: &Context, letters: &[String]) -> String {
    let names: Vec<String> = letters.iter().map(|letter| context.circle(letter)).collect();
    if names.is_empty() { "no other circle".to_owned() } else { list(&names) }
}

fn circles_with_own(context: &Context, at: usize, reaches: &[String]) -> String {
    let own = context.community[at].map(crate::analysis::communities::letter);
    let mut letters: Vec<String> = own.into_iter().chain(reaches.iter().cloned()).collect();
    letters.sort();
    circles(context, &letters)
}

/// `A`, `A and B`, `A, B and C`.
fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Desk;
    use super::*;
    use crate::analysis::tests::{study, tie};

    #[test]
    fn a_bridge_is_protected_when_it_is_at_risk_and_something_hangs_on_it() {
        let states =
            [TieState::OnRhythm, TieState::Slipping, TieState::Neglected, TieState::Dormant];
        let ties = (0..).zip(states).map(|(who, state)| {
            let mut tie = tie(who, &[200, 100], 0.5);
            tie.rhythm.state = state;
            tie
        });
        let desk = Desk::of(study(ties.collect(), Vec::new(), &[]), "");
        let context = desk.context();
        let protected = |bridge: &audit::Bridge| {
            (0..4).filter(|at| protect(&context, *at, bridge).is_some()).collect::<Vec<_>>()
        };
        let cut = |behind: u32| audit::Bridge {
            cut_off: [("A".to_owned(), 1), ("B".to_owned(), behind - 1)].into(),
            ..audit::Bridge::default()
        };
        let only_route = audit::Bridge {
            only_route: vec![("A".to_owned(), "B".to_owned())],
            ..audit::Bridge::default()
        };
        assert!(protected(&audit::Bridge::default()).is_empty());
        assert!(protected(&cut(2)).is_empty());
        assert_eq!(protected(&cut(3)), [1, 2]);
        assert_eq!(protected(&only_route), [1, 2]);
        let found = protect(&context, 1, &cut(3)).unwrap();
        assert_eq!((found.kind, found.people), (ActionKind::ProtectBridge, vec![1]));
    }

    #[test]
    fn lists_read_as_a_sentence() {
        let items: Vec<String> = ["A", "B", "C"].map(str::to_owned).to_vec();
        assert_eq!(list(&items[..1]), "A");
        assert_eq!(list(&items), "A, B and C");
    }
}
