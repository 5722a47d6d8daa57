//! The words on action cards.
//!
//! Responsible for the kind, the headline and the closing lines of a card, and for what rests.

use crate::audit::{Action, ActionKind, Audit};
use crate::report::view::View;

use super::{list, near_day};

/// The kind above the headline.
pub(crate) fn kind(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::ReplyOwed => "Reply owed",
        ActionKind::FollowUp => "Follow up",
        ActionKind::Congratulate => "Congratulate",
        ActionKind::Thank => "Say thanks",
        ActionKind::ProtectBridge => "Protect a bridge",
        ActionKind::RepairStrongTie => "Repair a strong tie",
        ActionKind::ReconnectDormant => "Revive",
        ActionKind::Introduce => "Introduce",
        ActionKind::WidenBridge => "Widen a bridge",
        ActionKind::FillGap => "Fill a gap",
        ActionKind::AskPath => "Ask for a path",
        ActionKind::MeetLive => "Meet",
        ActionKind::GiveForward => "Give forward",
        ActionKind::LetRest => "Let rest",
        ActionKind::Housekeeping => "Housekeeping",
    }
}

/// What to do to whom, with capital: the headline, from the names given.
fn verb(kind: ActionKind, names: &[&str]) -> String {
    let who = names.first().copied().unwrap_or("your contacts");
    match kind {
        ActionKind::ReplyOwed => format!("Answer {who}"),
        ActionKind::FollowUp => format!("Write to {who}"),
        ActionKind::Congratulate => format!("Congratulate {who}"),
        ActionKind::Thank => format!("Thank {who}"),
        ActionKind::ProtectBridge => format!("Talk to {who}"),
        ActionKind::RepairStrongTie => format!("Get back to {who}"),
        ActionKind::ReconnectDormant => format!("Reconnect with {who}"),
        ActionKind::Introduce => match names {
            [one, other, ..] => format!("Introduce {one} to {other}"),
            _ => format!("Make an introduction for {who}"),
        },
        ActionKind::WidenBridge => format!("Make time for {who}"),
        ActionKind::FillGap => format!("Get to know {who} better"),
        ActionKind::AskPath => match names {
            [one, other, ..] => format!("Ask {one} for a word with {other}"),
            _ => format!("Ask {who} for a word"),
        },
        ActionKind::MeetLive => format!("Meet {who}"),
        ActionKind::GiveForward => format!("Offer {who} a hand"),
        ActionKind::LetRest => format!("Let {who} rest"),
        ActionKind::Housekeeping => "Put the data in order".to_owned(),
    }
}

/// The headline of a card.
pub(crate) fn headline(view: &View<'_>, action: &Action) -> String {
    if action.people.is_empty() && action.kind != ActionKind::Housekeeping {
        return kind(action.kind).to_owned();
    }
    let names: Vec<&str> = action.people.iter().map(|id| view.name(id)).collect();
    verb(action.kind, &names)
}

/// The same inside a sentence, with first names: `answer Tomas`.
pub(crate) fn within(view: &View<'_>, action: &Action) -> String {
    let names: Vec<&str> = action.people.iter().map(|id| view.first(id)).collect();
    let words = if names.is_empty() && action.kind != ActionKind::Housekeeping {
        kind(action.kind).to_owned()
    } else {
        verb(action.kind, &names)
    };
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// `by 9 Oct`, or a window where it may not start yet.
pub(crate) fn due(action: &Action, audit: &Audit) -> String {
    let by = near_day(action.do_by, audit.as_of);
    if action.not_before > audit.as_of {
        format!("{} to {by}", near_day(action.not_before, audit.as_of))
    } else {
        format!("by {by}")
    }
}

/// The paragraph on what the plan leaves in peace.
pub(crate) fn let_rest(view: &View<'_>) -> Option<String> {
    let rests = &view.audit.let_rest;
    let told: Vec<String> = rests
        .iter()
        .take(3)
        .map(|rest| {
            let until = rest.until.map_or_else(String::new, |until| {
                format!(" Nothing until {}, and that is fine.", near_day(until, view.audit.as_of))
            });
            let reason = rest.reason.trim();
            let name = if view.names_people() { view.name(&rest.id) } else { "One contact" };
            let stop = if reason.ends_with('.') { "" } else { "." };
            if reason.contains(name) {
                format!("{reason}{stop}{until}")
            } else {
                format!("{name}: {reason}{stop}{until}")
            }
        })
        .collect();
    if told.is_empty() {
        return None;
    }
    let more = rests.len().saturating_sub(3);
    let tail = match more {
        0 => String::new(),
        1 => " One more rests for a like reason.".to_owned(),
        more => format!(" {} more rest for like reasons.", super::capital(&super::count(more))),
    };
    Some(format!("{}{tail}", told.join(" ")))
}

/// `three moves, 30 minutes`.
pub(crate) fn tally(actions: &[&Action]) -> String {
    let minutes = actions.iter().map(|action| action.minutes).sum();
    format!("{}, {}", super::counted(actions.len(), "move", "moves"), super::minutes(minutes))
}

/// The first names of up to `most` people of a list of actions.
pub(crate) fn moves(view: &View<'_>, actions: &[&Action], most: usize) -> String {
    let told: Vec<String> = actions.iter().take(most).map(|action| within(view, action)).collect();
    list(&told)
}
