//! One contact of a saved audit: the tie, what its state follows from, and what would change it.
//!
//! Responsible for the facts of `weaktie show`, from the saved form alone. Copies and counts days; measures nothing.

use jiff::civil::Date;
use serde::Serialize;

use crate::audit::{Action, Audit, Bridge, DormantTie, LetRest, Person, Tie, TieState};
use crate::ties::rhythm;
use crate::units::{Day, Evidence};

/// Everything an audit knows of one contact.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Portrait<'a> {
    /// The day it speaks of.
    pub as_of: Date,
    /// The contact.
    pub person: &'a Person,
    /// The owner's tie.
    pub tie: Option<&'a Tie>,
    /// What would change the state; `null` without contact.
    pub state: Option<StateReason>,
    /// Other contacts this one is tied to, strongest first.
    pub common: Vec<Common<'a>>,
    /// What the contact bridges.
    pub bridge: Option<&'a Bridge>,
    /// Place among the dormant ties.
    pub dormant: Option<&'a DormantTie>,
    /// Actions of the plan with this contact.
    pub actions: Vec<&'a Action>,
    /// Why the plan leaves the contact in peace.
    pub let_rest: Option<&'a LetRest>,
}

/// Why a tie is in its state, and what would change that.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StateReason {
    /// The state.
    pub state: TieState,
    /// Days of silence, and after how many each further state begins if nothing comes; the first is the next.
    pub without_contact: Vec<Change>,
    /// The state after a contact on the day of the audit.
    pub after_contact: TieState,
}

/// A state and the day on which it would begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The state.
    pub state: TieState,
    /// The day.
    pub on: Date,
}

/// A contact in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Common<'a> {
    /// Id.
    pub id: &'a str,
    /// Name.
    pub name: &'a str,
    /// How the tie between the two is known.
    pub evidence: Evidence,
    /// Events both took part in.
    pub interactions: u32,
}

/// The portrait of a contact of this audit.
#[must_use]
pub fn of<'a>(audit: &'a Audit, person: &'a Person) -> Portrait<'a> {
    let id = person.id.as_str();
    let owner = audit.ego.id.as_str();
    let other_end = |tie: &'a Tie| match (tie.a.as_str(), tie.b.as_str()) {
        (a, b) if a == id => Some(b),
        (a, b) if b == id => Some(a),
        _ => None,
    };
    let ends: Vec<(&'a str, &'a Tie)> =
        audit.ties.iter().filter_map(|tie| Some((other_end(tie)?, tie))).collect();
    let tie = ends.iter().find(|(other, _)| *other == owner).map(|(_, tie)| *tie);
    let mut others: Vec<(&'a str, &'a Tie)> =
        ends.into_iter().filter(|(other, _)| *other != owner).collect();
    others.sort_by(|a, b| b.1.strength.total_cmp(&a.1.strength).then(a.0.cmp(b.0)));
    let name = |id: &'a str| {
        let found = audit.people.iter().find(|person| person.id == id);
        found.map_or(id, |person| person.name.as_str())
    };
    Portrait {
        as_of: audit.as_of,
        person,
        tie,
        state: tie.and_then(|tie| reason(audit, tie)),
        common: others
            .into_iter()
            .map(|(other, tie)| Common {
                id: other,
                name: name(other),
                evidence: tie.evidence,
                interactions: tie.interactions,
            })
            .collect(),
        bridge: audit.findings.bridges.iter().find(|bridge| bridge.id == id),
        dormant: audit.findings.dormant.iter().find(|tie| tie.id == id),
        actions: audit
            .actions
            .iter()
            .filter(|action| action.people.iter().any(|who| who == id))
            .collect(),
        let_rest: audit.let_rest.iter().find(|rest| rest.id == id),
    }
}

fn reason(audit: &Audit, tie: &Tie) -> Option<StateReason> {
    let rhythm = tie.rhythm.as_ref()?;
    let silent = rhythm.silent?;
    let steps = rhythm::steps(rhythm.expected_gap(), &audit.settings.ladder);
    let as_of = Day::from_date(audit.as_of);
    let change = |(state, days): (TieState, u32)| {
        let wait = i32::try_from(days.checked_sub(silent)?).ok().filter(|wait| *wait > 0)?;
        Some(Change { state, on: as_of.plus(wait).date() })
    };
    // The contact would be one more day, unless there was one today already.
    let days = rhythm.contact_days + u32::from(silent > 0);
    Some(StateReason {
        state: rhythm.state,
        without_contact: match rhythm.state {
            TieState::Gone => Vec::new(),
            _ => steps.into_iter().filter_map(change).collect(),
        },
        after_contact: match rhythm.state {
            TieState::New if days < 3 => TieState::New,
            _ => TieState::OnRhythm,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::fixture::small;
    use jiff::civil::date;

    #[test]
    fn a_quiet_weekly_tie() {
        let audit = small();
        let found = of(&audit, &audit.people[3]);
        let state = found.state.unwrap();
        // Usual 7.5, silent 40: lapsed once silence passes 8 · 7.5 = 60 days, on day 61; dormant on day 1,095.
        assert_eq!(
            state.without_contact,
            [
                Change { state: TieState::Lapsed, on: date(2026, 10, 21) },
                Change { state: TieState::Dormant, on: date(2029, 8, 20) },
            ]
        );
        assert_eq!(state.after_contact, TieState::OnRhythm);
        assert_eq!((found.common.len(), found.common[0].name), (1, "Tom Berg"));
    }

    #[test]
    fn who_never_talked_has_no_state_to_explain() {
        let audit = small();
        let found = of(&audit, &audit.people[0]);
        assert_eq!(found.state, None);
        assert!(found.tie.is_some() && found.common.is_empty());
    }
}
