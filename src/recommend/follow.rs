//! Follow-through: what became of the earlier plan, told from the logs alone.
//!
//! **Done** the owner wrote, called or met after the earlier audit (an introduction: wrote to both at once). **No longer needed**
//! the other side came first where that ends the silence, or the person is gone. **Open** its time is not over. **Not done**
//! otherwise. **Answered** the other side wrote or met within two weeks of a done touch; unknown until these are over.
//! **Learning** answers over answers expected, by kind, shrunk by four expected ones, scale the next answer probabilities.

use std::collections::BTreeMap;

use crate::audit::{
    Action, ActionKind, Audit, FollowThrough, HoldOut, KindRecord, Outcome, PastAction, TieState,
};
use crate::forecast::metrics::wilson;
use crate::study::Study;
use crate::ties::{Direction, OwnerTie, Touch};
use crate::units::{Day, count};

/// Days within which an answer counts as one.
const ANSWERED_WITHIN: i32 = 14;
/// Expected answers of weight given to the model's own word.
const SHRINK: f64 = 4.0;

/// Judges the plan of an earlier audit.
pub(super) fn judge(study: &Study, earlier: &Audit, undecided: u32) -> FollowThrough {
    let since = Day::from_date(earlier.as_of);
    let place: BTreeMap<&str, usize> = study
        .ties
        .iter()
        .enumerate()
        .map(|(at, tie)| (study.people.person(tie.who).key.as_str(), at))
        .collect();
    // Somebody may carry another key today: then any of the old ones finds them.
    let find = |id: &String| {
        place.get(id.as_str()).copied().or_else(|| {
            let people = study.people.find(id);
            let [one] = people.as_slice() else { return None };
            study.place(*one)
        })
    };
    let mut found = FollowThrough { since: earlier.as_of, ..FollowThrough::default() };
    if let Some(before) = &earlier.findings.follow_through {
        found.by_kind.clone_from(&before.by_kind);
        found.hold_out = before.hold_out;
    }
    for action in &earlier.actions {
        let people: Vec<Option<usize>> = action.people.iter().map(find).collect();
        let fewer = undecided < earlier.findings.identity.undecided;
        let past = past(study, action, &people, since, fewer);
        if let (Outcome::Done, Some(answered)) = (past.outcome, past.answered)
            && !action.people.is_empty()
        {
            let record = found.by_kind.entry(action.kind).or_default();
            record.done += 1;
            record.answered += u32::from(answered);
            record.expected += action.expected.map_or(0.5, |expected| expected.answer);
        }
        found.actions.push(past);
    }
    if let Some(trial) = &earlier.planning.trial {
        let met = |people: &[String]| {
            let met = people
                .iter()
                .filter_map(find)
                .filter(|at| study.ties[*at].days.last().is_some_and(|last| *last > since));
            count(met.count())
        };
        let mut sums = found.hold_out.unwrap_or_default();
        sums.suggested += count(trial.suggested.len());
        sums.suggested_met += met(&trial.suggested);
        sums.held_out += count(trial.held_out.len());
        sums.held_out_met += met(&trial.held_out);
        found.hold_out = Some(with_interval(sums));
    }
    found
}

/// How many times as often as the model said touches of a kind are answered.
pub(super) fn factor(record: &KindRecord) -> f64 {
    (f64::from(record.answered) + SHRINK) / (record.expected + SHRINK)
}

fn past(
    study: &Study,
    action: &Action,
    people: &[Option<usize>],
    since: Day,
    fewer: bool,
) -> PastAction {
    let mut past = PastAction {
        id: action.id.clone(),
        kind: action.kind,
        people: action.people.clone(),
        outcome: Outcome::NotDone,
        on: None,
        answered: None,
        contact_days: 0,
    };
    let over = Day::from_date(action.do_by) < study.as_of;
    let undone = if over { Outcome::NotDone } else { Outcome::Open };
    if action.kind == ActionKind::Housekeeping {
        past.outcome = if fewer { Outcome::Done } else { undone };
        return past;
    }
    let ties: Vec<&OwnerTie> = people.iter().flatten().map(|at| &study.ties[*at]).collect();
    let Some(tie) = ties.first().filter(|_| ties.len() == people.len()) else {
        past.outcome = Outcome::NoLongerNeeded;
        return past;
    };
    past.contact_days = tie.days_between(since, study.as_of);
    let (done, needless) = match action.kind {
        ActionKind::Introduce => brought_together(study, &ties, since),
        kind => touched(tie, kind, since),
    };
    (past.outcome, past.on) = match (done, needless) {
        (Some(done), Some(first)) if first.day < done.day => {
            (Outcome::NoLongerNeeded, Some(first.day.date()))
        }
        (Some(done), _) => (Outcome::Done, Some(done.day.date())),
        (None, Some(first)) => (Outcome::NoLongerNeeded, Some(first.day.date())),
        (None, None) if tie.rhythm.state == TieState::Gone => (Outcome::NoLongerNeeded, None),
        (None, None) => (undone, None),
    };
    if past.outcome == Outcome::Done {
        past.answered = done.and_then(|done| answered(tie, &done, study.as_of));
    }
    past
}

/// When something happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    at: i64,
    day: Day,
    live: bool,
}

fn found(touch: &Touch) -> Found {
    Found { at: touch.at.0, day: touch.day, live: touch.direction == Direction::Mutual }
}

/// The owner's first touch since, and the other side's where that alone ends what the action was for.
fn touched(tie: &OwnerTie, kind: ActionKind, since: Day) -> (Option<Found>, Option<Found>) {
    let later = || tie.touches.iter().filter(|t| t.day > since && t.channel.is_contact());
    let done = match kind {
        ActionKind::MeetLive => later().find(|touch| touch.channel.is_live()),
        _ => later().find(|touch| touch.direction != Direction::In),
    };
    let first = later().find(|touch| touch.direction == Direction::In);
    let first = first.filter(|_| kind.ends_silence());
    (done.map(found), first.map(found))
}

/// The owner's first message to both, or meeting with both; and the first event of the two without the owner's doing.
fn brought_together(
    study: &Study,
    ties: &[&OwnerTie],
    since: Day,
) -> (Option<Found>, Option<Found>) {
    let events = study.events.until(study.as_of);
    let later = &events[events.partition_point(|event| event.day <= since)..];
    let owner = study.people.owner;
    let both = later.iter().filter(|event| {
        let people = study.events.people(event);
        people.len() <= study.model.group_cap as usize
            && ties.iter().all(|tie| people.binary_search(&tie.who).is_ok())
    });
    let (mut done, mut needless) = (None, None);
    for event in both {
        let live = event.channel.is_live();
        let with_owner = study.events.people(event).binary_search(&owner).is_ok();
        let found = Found { at: event.at.0, day: event.day, live };
        if with_owner && (live || event.from == owner) {
            done = done.or(Some(found));
        } else {
            needless = needless.or(Some(found));
        }
    }
    (done, needless)
}

fn answered(tie: &OwnerTie, done: &Found, as_of: Day) -> Option<bool> {
    let later = tie.touches.iter().filter(|touch| touch.at.0 > done.at);
    let came =
        later.filter(|touch| touch.channel.is_contact() && touch.direction != Direction::Out);
    let in_time = done.live || came.clone().any(|t| t.day.since(done.day) <= ANSWERED_WITHIN);
    match (in_time, as_of.since(done.day) > ANSWERED_WITHIN) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    }
}

/// The difference of two shares with Newcombe's hybrid score interval (method 10).
fn with_interval(sums: HoldOut) -> HoldOut {
    if sums.suggested == 0 || sums.held_out == 0 {
        return HoldOut { effect: None, low: None, high: None, ..sums };
    }
    let share = |met: u32, of: u32| f64::from(met) / f64::from(of);
    let (p, q) =
        (share(sums.suggested_met, sums.suggested), share(sums.held_out_met, sums.held_out));
    let [l1, u1] = wilson(sums.suggested_met as usize, sums.suggested as usize);
    let [l2, u2] = wilson(sums.held_out_met as usize, sums.held_out as usize);
    HoldOut {
        effect: Some(p - q),
        low: Some(p - q - libm::hypot(p - l1, u2 - q)),
        high: Some(p - q + libm::hypot(u1 - p, q - l2)),
        ..sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newcombe_s_published_example() {
        // Newcombe 1998, table II (a): 56/70 − 48/80, method 10: 0.0524 to 0.3339.
        let sums = HoldOut {
            suggested: 70,
            suggested_met: 56,
            held_out: 80,
            held_out_met: 48,
            ..HoldOut::default()
        };
        let found = with_interval(sums);
        assert!((found.effect.unwrap() - 0.2).abs() < 1e-12);
        assert!((found.low.unwrap() - 0.0524).abs() < 5e-5, "{found:?}");
        assert!((found.high.unwrap() - 0.3339).abs() < 5e-5, "{found:?}");
        assert_eq!(with_interval(HoldOut { held_out: 0, ..sums }).effect, None);
    }

    #[test]
    fn answers_scale_the_next_chances_gently() {
        let record = |done, answered, expected| KindRecord { done, answered, expected };
        assert!((factor(&record(0, 0, 0.0)) - 1.0).abs() < 1e-12);
        assert!((factor(&record(8, 8, 4.0)) - 1.5).abs() < 1e-12);
        assert!((factor(&record(8, 0, 4.0)) - 0.5).abs() < 1e-12);
    }
}
