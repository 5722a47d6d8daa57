//! The five numbers of page one at the ends of up to eight quarters.
//!
//! Each quarter is a study cut at that day ([`Study::at`]), so the past is read with the events and connections of
//! then. Quarters that begin before the log does are left out: they would show its start, not the owner's. Between two
//! quarters, ties gained minus ties lost is the change in active ties: new ties displace old ones (Miritello et al. 2013,
//! Sci. Rep. 3:1950).

use rayon::prelude::*;

use crate::audit::{DiversityChange, Quarter};
use crate::people::PersonId;
use crate::study::Study;
use crate::ties::strength::QUARTER;
use crate::ties::{Direction, OwnerTie, Touch};
use crate::units::{Day, count};

use super::{Analysis, Facts, Findings, Measure, diversity, neglect, structural_holes};
use crate::measures::structural_holes::Holes;

const QUARTERS: i32 = 8;
/// Days within which a first meeting is followed up.
pub const FOLLOW_UP: i32 = 7;

/// The analysis.
pub struct Quarters;

impl Analysis for Quarters {
    fn id(&self) -> &'static str {
        "quarters"
    }

    fn measures(&self) -> &'static [Measure] {
        &[]
    }

    fn measure(&self, study: &Study, facts: &Facts) -> Findings {
        let mut findings = Findings::default();
        let first = study.events.first_day().unwrap_or(study.as_of);
        let ends: Vec<i32> = (0..QUARTERS)
            .map(|back| -back * QUARTER)
            .filter(|shift| *shift == 0 || study.as_of.plus(*shift - QUARTER) >= first)
            .collect();
        let found: Vec<(Quarter, Vec<PersonId>, Vec<DiversityChange>)> = ends
            .par_iter()
            .rev()
            .map(|shift| {
                if *shift == 0 {
                    let quarter = numbers(study, facts.functions, facts.of_owner);
                    return (quarter, active(study), Vec::new());
                }
                let past = study.at(study.as_of.plus(*shift));
                let functions = diversity::effective_functions(&past);
                let before = *shift == -QUARTER;
                let change = if before { diversity::change(study, &past) } else { Vec::new() };
                let own = structural_holes::of_owner(&past);
                (numbers(&past, functions, own), active(&past), change)
            })
            .collect();
        let changes = found.iter().flat_map(|(_, _, change)| change).cloned();
        findings.tables.diversity_change = changes.collect();
        let found = found.into_iter().map(|(quarter, active, _)| (quarter, active)).collect();
        findings.tables.quarters = with_turnover(found);
        findings
    }
}

/// Who stands in an active tie, sorted.
fn active(study: &Study) -> Vec<PersonId> {
    study.active_nodes().into_iter().map(|node| study.ties[node].who).collect()
}

/// Quarters, oldest first, with the ties gained and lost since the one before.
fn with_turnover(found: Vec<(Quarter, Vec<PersonId>)>) -> Vec<Quarter> {
    let missing = |from: &[PersonId], of: &[PersonId]| {
        let gone = of.iter().filter(|who| from.binary_search(who).is_err()).count();
        Some(u32::try_from(gone).unwrap_or(u32::MAX))
    };
    let mut quarters = Vec::with_capacity(found.len());
    let mut before: Option<Vec<PersonId>> = None;
    for (mut quarter, now) in found {
        quarter.gained = before.as_ref().and_then(|before| missing(before, &now));
        quarter.lost = before.as_ref().and_then(|before| missing(&now, before));
        quarters.push(quarter);
        before = Some(now);
    }
    quarters
}

/// The five numbers of a study, of which two are shared with other analyses: the effective number of functions and
/// the owner's Burt measures.
#[must_use]
pub fn numbers(study: &Study, functions: Option<f64>, own: Option<Holes>) -> Quarter {
    let valued = neglect::valued_from(study);
    let slipping = study.ties.iter().filter(|t| neglect::is_slipped(t) && t.peak >= valued).count();
    // Without a log no follow-up could be seen, so none is judged.
    let judged = study.ties.iter().filter(|_| study.has_log());
    let meetings: Vec<bool> = judged.filter_map(|tie| first_meeting(tie, study.as_of)).collect();
    Quarter {
        as_of: study.as_of.date(),
        active_ties: count(study.active_nodes().len()),
        effective_functions: functions,
        efficiency: own.filter(|_| Facts::has_alter_ties(study)).and_then(|own| own.efficiency),
        valued_slipping: count(slipping),
        first_meetings: count(meetings.len()),
        followed_up: count(meetings.iter().filter(|followed| **followed).count()),
        gained: None,
        lost: None,
    }
}

/// Whether a tie that began this quarter was followed up within a week; `None` when it began earlier, or so lately
/// that the week is not over.
#[must_use]
pub fn first_meeting(tie: &OwnerTie, as_of: Day) -> Option<bool> {
    let met = follow_up(tie)?;
    let judged = (FOLLOW_UP..QUARTER).contains(&as_of.since(met.begun));
    judged.then(|| met.after.is_some_and(|days| days <= FOLLOW_UP))
}

/// How a tie began and when it was followed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowUp {
    /// The connection or the first contact, whichever came first.
    pub begun: Day,
    /// Days from then to the first follow-up.
    pub after: Option<i32>,
}

/// How a tie began, and the follow-up on it.
///
/// A tie begins with the connection or the first contact, whichever came first. A connection is followed up by a
/// message of the owner's or a meeting; a first contact by a later one. A stranger's message that was never answered
/// begins nothing.
#[must_use]
pub fn follow_up(tie: &OwnerTie) -> Option<FollowUp> {
    let contacts: Vec<&Touch> =
        tie.touches.iter().filter(|touch| touch.channel.is_contact()).collect();
    let first = contacts.first().map(|touch| touch.day);
    let begun = match (tie.connected, first) {
        (Some(connected), Some(contact)) => connected.min(contact),
        (connected, contact) => connected.or(contact)?,
    };
    let own = |touch: &&&Touch| touch.direction != Direction::In;
    if tie.connected.is_none() && !contacts.iter().any(|touch| own(&touch)) {
        return None;
    }
    // The contact that began the tie is no follow-up on itself.
    let opening = usize::from(tie.connected.is_none_or(|connected| first < Some(connected)));
    let later = contacts.get(opening..).unwrap_or_default();
    let after = later.iter().find(own).map(|touch| touch.day.since(begun));
    Some(FollowUp { begun, after })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::PersonId;
    use crate::ties::Rhythm;
    use crate::units::{Channel, Instant};

    fn tie(connected: Option<i32>, touches: &[(i32, Direction)]) -> OwnerTie {
        let touch = |(day, direction): &(i32, Direction)| Touch {
            at: Instant(i64::from(*day) * 86_400),
            day: Day(*day),
            channel: Channel::Message,
            direction: *direction,
            people: 2,
            minutes: 0,
        };
        OwnerTie {
            who: PersonId(0),
            touches: touches.iter().map(touch).collect(),
            days: Vec::new(),
            connected: connected.map(Day),
            activity: 0.0,
            strength: 0.0,
            peak: 0.0,
            rhythm: Rhythm::default(),
        }
    }

    #[test]
    fn a_connection_is_followed_up_by_the_owners_message() {
        use Direction::{In, Out};
        let as_of = Day(50);
        assert_eq!(first_meeting(&tie(Some(20), &[(22, Out)]), as_of), Some(true));
        assert_eq!(first_meeting(&tie(Some(20), &[(22, In)]), as_of), Some(false));
        assert_eq!(first_meeting(&tie(Some(20), &[(28, Out)]), as_of), Some(false));
        assert_eq!(first_meeting(&tie(Some(20), &[]), as_of), Some(false));
        assert_eq!(first_meeting(&tie(Some(44), &[]), as_of), None);
        assert_eq!(first_meeting(&tie(Some(20), &[]), Day(120)), None);
    }

    #[test]
    fn a_first_contact_is_followed_up_by_a_later_one() {
        use Direction::{In, Out};
        let as_of = Day(50);
        assert_eq!(first_meeting(&tie(None, &[(20, Out)]), as_of), Some(false));
        assert_eq!(first_meeting(&tie(None, &[(20, Out), (21, Out)]), as_of), Some(true));
        assert_eq!(first_meeting(&tie(None, &[(20, In), (21, Out)]), as_of), Some(true));
        assert_eq!(first_meeting(&tie(None, &[(20, In)]), as_of), None);
    }
}
