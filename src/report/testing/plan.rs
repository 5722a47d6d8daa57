//! Invented actions.

use std::collections::BTreeMap;

use jiff::civil::date;

use crate::audit::{Action, ActionKind, Confidence, LetRest, Person};
use crate::units::{Channel, Evidence};

use super::days_ago;

/// Kind, reason, first move, goal, minutes, days until due.
type Card = (ActionKind, &'static str, &'static str, &'static str, u32, i64);

const CARDS: [Card; 12] = [
    (
        ActionKind::ReplyOwed,
        "They wrote eight days ago; you usually answer within a day.",
        "say you saw it, then give one date.",
        "Keep the core close",
        10,
        0,
    ),
    (
        ActionKind::FollowUp,
        "You met at the Health Data Forum on 24 Sep. Nothing since.",
        "send the paper you mentioned on consent forms.",
        "Health-tech clients",
        10,
        1,
    ),
    (
        ActionKind::Congratulate,
        "Moved to Helios Clinics between your two exports.",
        "say well done, ask for nothing.",
        "Health-tech clients",
        10,
        2,
    ),
    (
        ActionKind::Thank,
        "Introduced you to Corvane in July. No thanks is on record.",
        "tell them what came of it.",
        "Give forward",
        10,
        9,
    ),
    (
        ActionKind::ProtectBridge,
        "Your only observed route into health tech: eight people sit behind this tie. Silent 19 weeks; usually six.",
        "offer the interview notes you collected.",
        "Health-tech clients",
        45,
        16,
    ),
    (
        ActionKind::RepairStrongTie,
        "Usually every nine days; now 74. Longer than 97% of your gaps.",
        "suggest two dates near the office.",
        "Keep the core close",
        60,
        23,
    ),
    (
        ActionKind::ReconnectDormant,
        "46 exchanges in 2021–23, always two-way, then three years of silence.",
        "share the open-data guide; it fits their work.",
        "Public-sector mentor",
        20,
        30,
    ),
    (
        ActionKind::Introduce,
        "One looks for a public-sector pilot; the other runs three. They share nobody but you.",
        "ask both first.",
        "Give forward",
        20,
        37,
    ),
    (
        ActionKind::WidenBridge,
        "Opens the civic circle; you talk less than once a month.",
        "propose one call a month until March.",
        "Public-sector mentor",
        30,
        44,
    ),
    (
        ActionKind::FillGap,
        "No active tie senior to you in the public sector. You met twice in 2025.",
        "say what you learned from the talk.",
        "Public-sector mentor",
        30,
        51,
    ),
    (
        ActionKind::MeetLive,
        "Same city on 3 Nov, and the last meeting was in spring.",
        "name a café near the station.",
        "Keep the core close",
        15,
        58,
    ),
    (
        ActionKind::GiveForward,
        "Started out this year and has written to you twice.",
        "name an hour, not “sometime”.",
        "Give forward",
        45,
        72,
    ),
];

/// Twelve actions, and one tie that rests.
pub(super) fn plan(people: &[Person]) -> (Vec<Action>, Vec<LetRest>) {
    let actions = CARDS
        .into_iter()
        .enumerate()
        .map(|(nth, (kind, reason, first_move, goal, minutes, day))| {
            let mut ids = vec![people[(nth * 11 + 8) % people.len()].id.clone()];
            if kind == ActionKind::Introduce {
                ids.push(people[nth * 13 + 2].id.clone());
            }
            Action {
                id: format!("{nth}"),
                kind,
                people: ids,
                reason: reason.into(),
                evidence: vec!["46 messages, the last on 22 Sep".into(), "calendar, twice".into()],
                tier: if nth % 3 == 1 { Evidence::CoPresence } else { Evidence::Interaction },
                goal: goal.into(),
                first_move: first_move.into(),
                talking_point: None,
                expires: None,
                expected: None,
                effects: Vec::new(),
                channel: Some([Channel::Email, Channel::Message, Channel::Call][nth % 3]),
                minutes,
                not_before: days_ago(if nth == 10 { -30 } else { 0 }),
                do_by: days_ago(-day),
                confidence: [Confidence::Firm, Confidence::Fair, Confidence::Tentative][nth % 3],
                skip_if: "you parted badly.".into(),
                judged_by: "any contact before 31 Dec.".into(),
                gain: BTreeMap::new(),
            }
        })
        .collect();
    let rest = LetRest {
        id: people[36].id.clone(),
        reason: "two messages have gone unanswered".into(),
        until: Some(date(2027, 1, 12)),
        card: None,
    };
    (actions, vec![rest])
}
