//! What slips: strong ties beyond their rhythm, and dormant ones that were strong.

use crate::analysis::neglect;
use crate::audit::{ActionKind, Confidence, TieState};
use crate::text;
use crate::units::{Channel, Evidence};

use super::candidate::{Candidate, Worth};
use super::{Context, Recommender};

/// Ties worth keeping.
pub(super) struct Keep;

impl Recommender for Keep {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        (0..context.study.ties.len())
            .filter(|at| context.is_valued(*at))
            .filter_map(|at| repair(context, at).or_else(|| reconnect(context, at)))
            .collect()
    }
}

/// The shared worth of a tie: what a touch is expected to keep, the straits it carries, its class.
pub(super) fn worth(context: &Context, at: usize) -> Worth {
    Worth::Gain {
        own: context.uplift(at) * context.value(at),
        answer: context.answer(at),
        straits: context.thin_straits(at),
        classes: context.gaps.served_by(context.study, at),
    }
}

/// Contact days below which a tie has no rhythm of its own to speak of.
const OWN_RHYTHM: usize = 5;

/// "You and Ana are usually in touch every 9 days; silent now for 11 weeks: longer than 97% of the gaps seen." A tie
/// with few contact days is said to be measured by the owner's other ties.
pub(super) fn rhythm_sentence(context: &Context, at: usize) -> String {
    let (tie, name) = (context.tie(at), &context.person(at).name);
    let silent = text::span(f64::from(tie.rhythm.silent.unwrap_or(0)));
    if let Some(wanted) = tie.rhythm.wanted {
        let wanted = text::span(wanted);
        return format!(
            "You want to be in touch with {name} every {wanted}; silent now for {silent}."
        );
    }
    if tie.days.len() < OWN_RHYTHM {
        let days = text::count(tie.days.len() as u64, "day");
        return format!(
            "You and {name} were in touch on {days}, too few for a rhythm of their own; silent now for {silent}."
        );
    }
    let usual = match tie.rhythm.usual.map(text::span).as_deref() {
        None => format!("You and {name} have been silent for {silent}"),
        Some("1 day") => format!("You and {name} are in touch most days; silent now for {silent}"),
        Some(usual) => {
            format!("You and {name} are usually in touch every {usual}; silent now for {silent}")
        }
    };
    match tie.rhythm.overdue_quantile {
        Some(share) if (0.9..0.995).contains(&share) => {
            format!("{usual}: longer than {:.0}% of the gaps seen.", (share * 100.0).floor())
        }
        _ => format!("{usual}."),
    }
}

fn repair(context: &Context, at: usize) -> Option<Candidate> {
    if !neglect::is_slipped(context.tie(at)) {
        return None;
    }
    let channel = live_channel(context, at);
    let meets = channel.is_live();
    Some(Candidate {
        kind: ActionKind::RepairStrongTie,
        people: vec![at],
        reason: rhythm_sentence(context, at),
        evidence: vec![context.contact_days(at)],
        tier: Evidence::Interaction,
        goal: "Keep the core close",
        first_move: if meets {
            "suggest two dates and leave the choice.".to_owned()
        } else {
            "share one thing that made you think of them; ask for nothing.".to_owned()
        },
        channel,
        minutes: context.config.minutes(channel),
        confidence: context.confidence(at),
        skip_if: "you agreed to pause, or meet outside these logs.",
        judged_by: "the silence ended.",
        expires: None,
        worth: worth(context, at),
    })
}

fn reconnect(context: &Context, at: usize) -> Option<Candidate> {
    let tie = context.tie(at);
    if tie.rhythm.state != TieState::Dormant {
        return None;
    }
    let (first, last) = (tie.days.first()?, tie.days.last()?);
    let years = match (first.date().year(), last.date().year()) {
        (a, b) if a == b => format!("in {a}"),
        (a, b) => format!("from {a} to {b}"),
    };
    let silent = f64::from(tie.rhythm.silent.unwrap_or(0));
    let channel = Channel::Message;
    Some(Candidate {
        kind: ActionKind::ReconnectDormant,
        people: vec![at],
        reason: format!(
            "You and {} were in contact on {} {years}, then silence for {}.",
            context.person(at).name,
            text::count(tie.days.len() as u64, "day"),
            text::span(silent)
        ),
        evidence: vec![context.contact_days(at)],
        tier: Evidence::Interaction,
        goal: "Revive what was strong",
        first_move: "recall what you did together and share something of use.".to_owned(),
        channel,
        minutes: context.config.minutes(channel).max(10),
        confidence: Confidence::Tentative,
        skip_if: "you parted badly, or it would feel forced.",
        judged_by: "any answer.",
        expires: None,
        worth: worth(context, at),
    })
}

/// A call for a tie that has met live before; otherwise the channel they use.
fn live_channel(context: &Context, at: usize) -> Channel {
    let live = context.tie(at).touches.iter().filter(|touch| touch.channel.is_live()).count();
    match live {
        8.. => Channel::Meeting,
        2.. => Channel::Call,
        _ => context.channel(at),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Desk;
    use super::*;
    use crate::analysis::tests::{study, tie};

    #[test]
    fn valued_ties_that_slipped_are_repaired_and_dormant_ones_revived() {
        use TieState::{Dormant, Lapsed, Neglected, OnRhythm, Slipping};
        // The median peak (of eight, the fifth), from which a tie is valued, is 0.8.
        let of =
            [(0.9, Neglected), (0.8, Lapsed), (0.8, Dormant), (0.9, OnRhythm), (0.9, Slipping)];
        let of = of.into_iter().chain([(0.1, Neglected), (0.2, Dormant), (0.3, Lapsed)]);
        let ties = (0..).zip(of).map(|(who, (peak, state))| {
            let mut tie = tie(who, &[1_200, 1_190], peak);
            tie.rhythm.state = state;
            tie
        });
        let desk = Desk::of(study(ties.collect(), Vec::new(), &[]), "");
        let found = Keep.candidates(&desk.context());
        let found: Vec<_> = found.into_iter().map(|one| (one.kind, one.people)).collect();
        let (repair, revive) = (ActionKind::RepairStrongTie, ActionKind::ReconnectDormant);
        assert_eq!(found, [(repair, vec![0]), (repair, vec![1]), (revive, vec![2])]);
    }
}
