//! What fell since the earlier audit: strong ties with far fewer weeks of contact, before their silence is long enough to show.
//!
//! By the tests of [`crate::changes`]: the same two windows, the same false-discovery rate, and only channels of which both windows
//! hold about as much, so that a source that went missing makes no cards. Both windows are read from today's log.

use std::collections::BTreeMap;

use crate::analysis::neglect;
use crate::audit::{ActionKind, Comparable, TieChange, TieChangeKind};
use crate::changes::{ties, windows};
use crate::study::Study;
use crate::text;
use crate::units::{Channel, Day, Evidence};

use super::candidate::Candidate;
use super::{Context, Recommender, keep};

/// Longest windows, in weeks.
const LONGEST: i32 = 26;

/// Ties that fell.
pub(super) struct Fell;

impl Recommender for Fell {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        let Some(earlier) = context.previous else { return Vec::new() };
        let gap = context.study.as_of.since(Day::from_date(earlier.as_of)) / 7;
        let weeks = gap.clamp(1, LONGEST);
        let found = ties::test(counted(context.study, gap, weeks), weeks.unsigned_abs());
        let fell = found.passed.iter().filter(|tie| tie.kind == TieChangeKind::Weakened);
        fell.filter_map(|tie| Some((context.study.place_of(&tie.id)?, tie)))
            .filter(|(at, _)| {
                // Those that slipped have a card that says so.
                context.is_valued(*at) && !neglect::is_slipped(context.tie(*at))
            })
            .map(|(at, tie)| card(context, at, tie, weeks))
            .collect()
    }
}

/// Weeks with contact of every tie in the two windows, over channels that can be compared.
fn counted(study: &Study, gap: i32, weeks: i32) -> Vec<ties::Weeks> {
    // The week of a day within its window: this one, or the earlier one.
    let place = |day: Day| {
        let back = study.as_of.since(day) / 7;
        let now = (0..weeks).contains(&back).then_some((1, back));
        now.or_else(|| (gap..gap + weeks).contains(&back).then_some((0, back - gap)))
    };
    let mut volume: BTreeMap<Channel, [u32; 2]> = BTreeMap::new();
    let touches = || study.ties.iter().flat_map(|tie| &tie.touches);
    for touch in touches().filter(|touch| touch.channel.is_contact()) {
        if let Some((window, _)) = place(touch.day) {
            volume.entry(touch.channel).or_default()[window] += 1;
        }
    }
    volume.retain(|_, [before, now]| {
        windows::comparable(*before, *now, weeks.unsigned_abs()) == Comparable::Yes
    });
    let of = |tie: &crate::ties::OwnerTie| {
        let mut bits = [0_u64; 2];
        for touch in tie.touches.iter().filter(|touch| volume.contains_key(&touch.channel)) {
            if let Some((window, week)) = place(touch.day) {
                bits[window] |= 1 << week;
            }
        }
        ties::Weeks {
            id: study.people.person(tie.who).key.clone(),
            before: bits[0].count_ones(),
            now: bits[1].count_ones(),
            known: true,
        }
    };
    study.ties.iter().map(of).collect()
}

fn card(context: &Context, at: usize, fell: &TieChange, weeks: i32) -> Candidate {
    let name = &context.person(at).name;
    let channel = context.channel(at);
    Candidate {
        kind: ActionKind::RepairStrongTie,
        people: vec![at],
        reason: format!(
            "You and {name} were in touch in {} of {weeks} weeks before, in {} of the last {weeks}: more than chance.",
            fell.before, fell.now
        ),
        evidence: vec![
            format!("{} before, {} since", text::count(fell.before.into(), "week"), fell.now),
            context.contact_days(at),
        ],
        tier: Evidence::Interaction,
        goal: "Repair what fell",
        first_move: "ask how they are, and say what you have been up to; ask for nothing."
            .to_owned(),
        channel,
        minutes: context.config.minutes(channel),
        confidence: context.confidence(at),
        skip_if: "what you did together has ended, or you meet outside these logs.",
        judged_by: "contact in more weeks by the next audit.",
        expires: None,
        worth: keep::worth(context, at),
    }
}
