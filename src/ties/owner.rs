//! The owner's ties: what passed between the owner and each contact.
//!
//! A contact is part of a tie's history when one of the two wrote, or when both sat in a meeting or call. Two people
//! who merely received the same message from a third have not met through it. Events with more people than the
//! group cap make no ties.

use rayon::prelude::*;

use crate::people::{Directory, PersonId};
use crate::units::{Channel, Day, Instant};

use super::events::{Event, Events};
use super::rhythm::{self, Rhythm, Yardstick};
use super::strength::{self, Model};

/// Which way an interaction went, seen from the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// The owner wrote, called or invited.
    Out,
    /// The contact did.
    In,
    /// Both were there: a meeting or a call, whoever organised it.
    Mutual,
}

/// One interaction of one tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch {
    /// When, UTC.
    pub at: Instant,
    /// The owner's calendar day.
    pub day: Day,
    /// How.
    pub channel: Channel,
    /// Which way.
    pub direction: Direction,
    /// Distinct people in the event, 2 for a private one.
    pub people: u32,
    /// How long it took, in minutes; 0 when unknown.
    pub minutes: u16,
}

/// The owner's tie with one contact.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnerTie {
    /// The contact.
    pub who: PersonId,
    /// Interactions, oldest first.
    pub touches: Vec<Touch>,
    /// Distinct days with contact, oldest first.
    pub days: Vec<Day>,
    /// The day the two connected, if known.
    pub connected: Option<Day>,
    /// Raw strength `A` (`methods` B.1).
    pub activity: f64,
    /// Strength `A / (A + A50)`, 0..1; 0 without contact.
    pub strength: f64,
    /// Strength at its best quarter end.
    pub peak: f64,
    /// Gaps, silence and state.
    pub rhythm: Rhythm,
}

impl OwnerTie {
    /// Interactions the owner started, and those that came in.
    #[must_use]
    pub fn directions(&self) -> (u32, u32) {
        self.touches.iter().fold((0, 0), |(out, incoming), touch| match touch.direction {
            Direction::Out => (out + 1, incoming),
            Direction::In => (out, incoming + 1),
            Direction::Mutual => (out, incoming),
        })
    }

    /// Contact days in `(from, to]`.
    #[must_use]
    pub fn days_between(&self, from: Day, to: Day) -> u32 {
        let inside = |day: &&Day| **day > from && **day <= to;
        u32::try_from(self.days.iter().filter(inside).count()).unwrap_or(u32::MAX)
    }
}

/// Builds the owner's ties as of a day, sorted by contact, with the strength midpoint `A50` in use.
///
/// `midpoint` is the frozen one of an earlier audit; without it the median positive activity is taken. Cost:
/// O(events × people an event); memory O(interactions of the owner).
#[must_use]
pub fn owner_ties(
    directory: &Directory,
    events: &Events,
    as_of: Day,
    model: &Model,
    midpoint: Option<f64>,
) -> (Vec<OwnerTie>, Option<f64>) {
    let mut touches: Vec<Vec<Touch>> = vec![Vec::new(); directory.people.len()];
    for event in events.until(as_of) {
        add_touches(event, events.people(event), directory.owner, model, &mut touches);
    }
    let touches: Vec<(PersonId, Vec<Touch>)> = directory.ids().zip(touches).collect();
    measured(directory, events, as_of, model, midpoint, touches)
}

/// The same as of an earlier day from the ties of a later one, made of the same events by the same model: what passed by then is
/// the beginning of what passed by now.
#[must_use]
pub fn owner_ties_before(
    directory: &Directory,
    events: &Events,
    as_of: Day,
    model: &Model,
    midpoint: Option<f64>,
    now: &[OwnerTie],
) -> (Vec<OwnerTie>, Option<f64>) {
    let known = |tie: &OwnerTie| tie.touches.partition_point(|touch| touch.day <= as_of);
    let touches = now.par_iter().map(|tie| (tie.who, tie.touches[..known(tie)].to_vec())).collect();
    measured(directory, events, as_of, model, midpoint, touches)
}

/// Ties of the people with these touches, of those who have any or are connected by then.
fn measured(
    directory: &Directory,
    events: &Events,
    as_of: Day,
    model: &Model,
    midpoint: Option<f64>,
    touches: Vec<(PersonId, Vec<Touch>)>,
) -> (Vec<OwnerTie>, Option<f64>) {
    let is_tied = |(id, touches): &(PersonId, Vec<Touch>)| {
        let person = directory.person(*id);
        let connected = person.connected_on.is_none_or(|date| Day::from_date(date) <= as_of);
        *id != directory.owner && (!touches.is_empty() || (person.is_connection && connected))
    };
    let mut ties: Vec<OwnerTie> = touches
        .into_par_iter()
        .filter(is_tied)
        .map(|(who, touches)| new_tie(directory, who, touches, as_of))
        .collect();
    let last_seen = last_seen(directory, events, as_of);
    ties.par_iter_mut()
        .for_each(|tie| tie.activity = strength::activity(&tie.touches, as_of, model));
    let midpoint = midpoint.or_else(|| strength::midpoint(ties.iter().map(|tie| tie.activity)));
    let gaps = rhythm::OwnerGaps::of(ties.iter().map(|tie| tie.days.as_slice()));
    ties.par_iter_mut().for_each(|tie| {
        tie.strength = strength::strength(tie.activity, midpoint);
        let best = strength::peak(&tie.touches, as_of, model, tie.activity);
        tie.peak = strength::strength(best, midpoint);
        let seen = last_seen.as_ref().map_or(Some(as_of), |seen| seen[tie.who.index()]);
        let wanted = directory.person(tie.who).cadence;
        let measure =
            Yardstick { owner: &gaps, fallback: model.fallback_gap, wanted, ladder: &model.ladder };
        tie.rhythm = Rhythm::of(&tie.days, &tie.touches, measure, as_of, seen);
    });
    (ties, midpoint)
}

/// The last day on which each person did something, where most events are without the owner: the log shows everybody then, so
/// silence towards all can be told from neglect. `None` of the owner's own log.
fn last_seen(directory: &Directory, events: &Events, as_of: Day) -> Option<Vec<Option<Day>>> {
    let all = events.until(as_of);
    let is_own = |event: &&Event| events.people(event).binary_search(&directory.owner).is_ok();
    if all.par_iter().filter(is_own).count() * 2 >= all.len() {
        return None;
    }
    let mut last_seen: Vec<Option<Day>> = vec![None; directory.people.len()];
    for event in all {
        note_seen(event, events.people(event), &mut last_seen);
    }
    Some(last_seen)
}

/// Keeps the last day on which each person did something; a person who is only named counts from the first time.
fn note_seen(event: &Event, people: &[PersonId], last_seen: &mut [Option<Day>]) {
    let live = event.channel.is_live();
    for person in people {
        let seen = &mut last_seen[person.index()];
        if live || *person == event.from || seen.is_none() {
            *seen = Some(event.day);
        }
    }
}

fn new_tie(directory: &Directory, who: PersonId, touches: Vec<Touch>, as_of: Day) -> OwnerTie {
    let contact = touches.iter().filter(|touch| touch.channel.is_contact());
    let mut days: Vec<Day> = contact.map(|touch| touch.day).collect();
    days.dedup();
    OwnerTie {
        who,
        days,
        touches,
        connected: directory
            .person(who)
            .connected_on
            .map(Day::from_date)
            .filter(|day| *day <= as_of),
        activity: 0.0,
        strength: 0.0,
        peak: 0.0,
        rhythm: Rhythm::default(),
    }
}

fn add_touches(
    event: &Event,
    people: &[PersonId],
    owner: PersonId,
    model: &Model,
    touches: &mut [Vec<Touch>],
) {
    let size = u32::try_from(people.len()).unwrap_or(u32::MAX);
    if size > model.group_cap || people.binary_search(&owner).is_err() {
        return;
    }
    let live = event.channel.is_live();
    for other in people.iter().filter(|other| **other != owner) {
        let direction = match () {
            // Who stands first in a meeting's row is chance, and a meeting answers what was open.
            () if live => Direction::Mutual,
            () if event.from == owner => Direction::Out,
            () if event.from == *other => Direction::In,
            () => continue,
        };
        touches[other.index()].push(Touch {
            at: event.at,
            day: event.day,
            channel: event.channel,
            direction,
            people: size,
            minutes: event.minutes,
        });
    }
}
