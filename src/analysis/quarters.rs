//! The five numbers of page one at the ends of up to eight quarters.
//!
//! Each quarter is a study cut at that day ([`Study::at`]), so the past is read with the events and connections of
//! then. Quarters that begin before the log does are left out: they would show its start, not the owner's.

use rayon::prelude::*;

use crate::audit::Quarter;
use crate::study::Study;
use crate::ties::strength::QUARTER;
use crate::ties::{Direction, OwnerTie, Touch};
use crate::units::Day;

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
        findings.tables.quarters = ends
            .par_iter()
            .rev()
            .map(|shift| {
                if *shift == 0 {
                    return numbers(study, facts.functions, facts.of_owner);
                }
                let past = study.at(study.as_of.plus(*shift));
                let functions = diversity::effective_functions(&past);
                numbers(&past, functions, structural_holes::of_owner(&past))
            })
            .collect();
        findings
    }
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
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Quarter {
        as_of: study.as_of.date(),
        active_ties: count(study.active_nodes().len()),
        effective_functions: functions,
        efficiency: own.filter(|_| Facts::has_alter_ties(study)).and_then(|own| own.efficiency),
        valued_slipping: count(slipping),
        first_meetings: count(meetings.len()),
        followed_up: count(meetings.iter().filter(|followed| **followed).count()),
    }
}

/// Whether a tie that began this quarter was followed up within a week; `None` when it began earlier, or so lately
/// that the week is not over.
///
/// A tie begins with the connection or the first contact, whichever came first. A connection is followed up by a
/// message of the owner's or a meeting; a first contact by a later one. A stranger's message that was never answered
/// begins nothing.
#[must_use]
pub fn first_meeting(tie: &OwnerTie, as_of: Day) -> Option<bool> {
    let contacts: Vec<&Touch> =
        tie.touches.iter().filter(|touch| touch.channel.is_contact()).collect();
    let first = contacts.first().map(|touch| touch.day);
    let begun = match (tie.connected, first) {
        (Some(connected), Some(contact)) => connected.min(contact),
        (connected, contact) => connected.or(contact)?,
    };
    let own = |touch: &&&Touch| touch.direction != Direction::In;
    let is_meeting = tie.connected.is_some() || contacts.iter().any(|touch| own(&touch));
    if !is_meeting || !(FOLLOW_UP..QUARTER).contains(&as_of.since(begun)) {
        return None;
    }
    // The contact that began the tie is no follow-up on itself.
    let opening = usize::from(tie.connected.is_none_or(|connected| first < Some(connected)));
    let within = |touch: &&&Touch| touch.day.since(begun) <= FOLLOW_UP;
    Some(contacts[opening.min(contacts.len())..].iter().filter(own).any(|touch| within(&touch)))
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
