//! The words on action cards.
//!
//! Responsible for the kind, the headline and the closing lines of a card, and for what rests.

use crate::audit::{Action, ActionKind, Audit, PastAction, Redaction};
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

/// The headline of an action of an earlier plan, with first names.
pub(crate) fn past(view: &View<'_>, past: &PastAction) -> String {
    let names: Vec<&str> = past.people.iter().map(|id| view.first(id)).collect();
    if names.is_empty() && past.kind != ActionKind::Housekeeping {
        return kind(past.kind).to_owned();
    }
    verb(past.kind, &names)
}

/// The same inside a sentence, with first names: `answer Tomas`.
pub(crate) fn within(view: &View<'_>, action: &Action) -> String {
    let names: Vec<&str> = action.people.iter().map(|id| view.first(id)).collect();
    let words = if names.is_empty() && action.kind != ActionKind::Housekeeping {
        kind(action.kind).to_owned()
    } else {
        verb(action.kind, &names)
    };
    uncapital(&words)
}

fn uncapital(words: &str) -> String {
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

/// The cards of who rests, the first three; none where the copy names nobody, or the audit was saved before they were kept.
pub(crate) fn resting<'a>(view: &View<'a>) -> Vec<&'a Action> {
    let is_shown = view.names_people();
    let rests = view.audit.let_rest.iter().take(3).filter(|_| is_shown);
    rests.filter_map(|rest| rest.card.as_deref()).collect()
}

/// How many more rest.
pub(crate) fn more_resting(view: &View<'_>) -> Option<String> {
    let more = view.audit.let_rest.len().saturating_sub(3);
    match more {
        0 => None,
        1 => Some("One more rests for a like reason.".to_owned()),
        more => {
            Some(format!("{} more rest for like reasons.", super::capital(&super::count(more))))
        }
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
            let reason = view.told(rest.reason.trim());
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
    let tail = more_resting(view).map_or_else(String::new, |more| format!(" {more}"));
    Some(format!("{}{tail}", told.join(" ")))
}

/// `three moves, 30 minutes`.
pub(crate) fn tally(actions: &[&Action]) -> String {
    format!("{}, {}", super::counted(actions.len(), "move", "moves"), tally_minutes(actions))
}

/// What a brief page leaves out: `Ten more moves, 5 h 20, stand in the whole report and in actions.csv.`
pub(crate) fn beyond(actions: &[&Action]) -> String {
    let (what, minutes) =
        (super::counted(actions.len(), "more move", "more moves"), tally_minutes(actions));
    let stand = if actions.len() == 1 { "stands" } else { "stand" };
    format!("{}, {minutes}, {stand} in the whole report and in actions.csv.", super::capital(&what))
}

fn tally_minutes(actions: &[&Action]) -> String {
    super::minutes(actions.iter().map(|action| action.minutes).sum())
}

/// Up to `most` actions in one phrase, those of a kind together: `answer Inês and Octavia, thank Ben`.
pub(crate) fn moves(view: &View<'_>, actions: &[&Action], most: usize) -> String {
    let mut groups: Vec<Vec<&Action>> = Vec::new();
    for &action in actions.iter().take(most) {
        let with = groups.iter_mut().find(|group| {
            let first = group[0];
            first.kind == action.kind && first.people.len() == 1 && action.people.len() == 1
        });
        match with {
            Some(group) => group.push(action),
            None => groups.push(vec![action]),
        }
    }
    let phrase = |group: &Vec<&Action>| match group.as_slice() {
        [one] => within(view, one),
        many => {
            let names: Vec<&str> =
                many.iter().flat_map(|action| &action.people).map(|id| view.first(id)).collect();
            uncapital(&verb(many[0].kind, &[&list(&names)]))
        }
    };
    list(&groups.iter().map(phrase).collect::<Vec<String>>())
}

/// The reason on a card. A redacted copy has lost its own, so it is told anew from what the copy still shows.
pub(crate) fn reason(view: &View<'_>, action: &Action) -> String {
    let rhythm = action.people.first().and_then(|id| view.tie(id)).map(|own| own.rhythm);
    let gap = rhythm.and_then(|rhythm| rhythm.usual_gap);
    let silent = rhythm.and_then(|rhythm| rhythm.silent);
    match (view.audit.redaction, action.kind, gap, silent) {
        (Redaction::Full, ..) | (_, ActionKind::LetRest, ..) => view.told(&action.reason),
        (_, ActionKind::ReplyOwed, ..) => "A message waits for an answer.".to_owned(),
        (_, ActionKind::FollowUp, ..) => "A new tie; nothing since.".to_owned(),
        (_, _, Some(gap), Some(silent)) => format!(
            "Usually in touch every {}; silent now for {}.",
            super::days(gap.max(1.0)),
            super::days(silent.into())
        ),
        _ => super::page::sentence(&action.reason),
    }
}

/// What the reason rests on: facts, tier and band.
pub(crate) fn basis(view: &View<'_>, action: &Action) -> String {
    let (tier, band) = (action.tier.name(), super::band(action.confidence));
    if action.evidence.is_empty() {
        return format!("{} · {band}", super::capital(tier));
    }
    format!("{} ({tier}) · {band}", super::capital(&view.told(&action.evidence.join("; "))))
}

/// What opens the folded part of a card.
pub(crate) const MORE: &str = "When to skip it, when it worked";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn moves_of_a_kind_share_their_verb() {
        let mut audit = testing::rich();
        let ids: Vec<String> =
            audit.people.iter().take(3).map(|person| person.id.clone()).collect();
        for (action, id) in audit.actions.iter_mut().zip(&ids) {
            action.people = vec![id.clone()];
            action.kind = ActionKind::ReplyOwed;
        }
        audit.actions[2].kind = ActionKind::Thank;
        let view = View::of(&audit);
        let now: Vec<&Action> = audit.actions.iter().take(3).collect();
        let [a, b, c] = [0, 1, 2].map(|nth| view.first(&ids[nth]));
        assert_eq!(moves(&view, &now, 3), format!("answer {a} and {b} and thank {c}"));
    }

    #[test]
    fn a_redacted_card_tells_its_reason_from_the_rhythm() {
        let mut audit = testing::rich();
        let tie = audit.ties.iter().find(|tie| tie.rhythm.is_some()).unwrap();
        let id = if tie.a == audit.ego.id { tie.b.clone() } else { tie.a.clone() };
        audit.actions[0].kind = ActionKind::RepairStrongTie;
        audit.actions[0].people = vec![id];
        audit.actions[0].evidence.clear();
        let told = |audit: &Audit| reason(&View::of(audit), &audit.actions[0]);
        assert_eq!(told(&audit), audit.actions[0].reason);
        audit.redaction = Redaction::Pseudonym;
        assert!(told(&audit).starts_with("Usually in touch every "), "{}", told(&audit));
        assert!(
            basis(&View::of(&audit), &audit.actions[0]).starts_with(|c: char| c.is_uppercase())
        );
    }
}
