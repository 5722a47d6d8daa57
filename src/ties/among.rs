//! Ties among the contacts, from what they did together (`methods` A.2, A.4).
//!
//! An event of `k` distinct people (the owner included) gives each pair `c(channel) · 2^(−age/h) / (k − 1)^d`, at most
//! one unit a pair, channel, day and thread; events above the group cap give nothing (Newman 2001). A pair in which
//! one wrote to the other has tier *interaction*; two who were merely in the same event, *co-presence*. How likely the
//! two know each other is told apart from the weight: 1 after a meeting or call of up to 8 people or mail both ways, else
//! `1 − Π (1 − 1/(k − 1))` over the shared events.

use rayon::prelude::*;

use crate::people::PersonId;
use crate::units::{Channel, Day, Evidence};

use super::events::{Event, Events};
use super::strength::Model;

/// A tie between two contacts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AlterTie {
    /// The contact with the smaller id.
    pub a: PersonId,
    /// The other.
    pub b: PersonId,
    /// Summed, discounted, decayed weight, above 0.
    pub weight: f64,
    /// Best evidence.
    pub evidence: Evidence,
    /// Shared events, repeats within one channel, day and thread counted once.
    pub events: u32,
    /// First shared day.
    pub first: Day,
    /// Last shared day.
    pub last: Day,
    /// Probability that the two know each other, above 0 and up to 1.
    pub probability: f64,
}

/// Events taken apart at a time.
const CHUNK: usize = 8_192;
/// Up to so many people, those who met know each other.
const MET: u32 = 8;

/// One pair in one event; the order of fields is the order in which equal units meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Unit {
    a: PersonId,
    b: PersonId,
    channel: Channel,
    day: Day,
    thread: u32,
    /// Smallest event first: the unit that counts.
    size: u32,
    /// Who of the two wrote.
    writer: Writer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Writer {
    Neither,
    First,
    Second,
}

/// Ties among contacts as of a day, sorted by pair, and the number of events left out for their size.
///
/// `is_contact` by person; `lowest` is the lowest tier to keep. Cost: O(Σ k² log) over events with `k` up to the cap.
#[must_use]
pub fn alter_ties(
    events: &Events,
    is_contact: &[bool],
    as_of: Day,
    model: &Model,
    lowest: Evidence,
) -> (Vec<AlterTie>, usize) {
    let parts: Vec<(Vec<Unit>, usize)> = events
        .until(as_of)
        .par_chunks(CHUNK)
        .map(|chunk| units(chunk, events, is_contact, model, lowest))
        .collect();
    let too_large = parts.iter().map(|(_, too_large)| too_large).sum();
    let mut units: Vec<Unit> = parts.into_iter().flat_map(|(units, _)| units).collect();
    units.par_sort_unstable();
    let pairs: Vec<&[Unit]> = units.chunk_by(|x, y| (x.a, x.b) == (y.a, y.b)).collect();
    let ties = pairs
        .into_par_iter()
        .map(|pair| tie(pair, as_of, model))
        // Very old events weigh nothing at all.
        .filter(|tie| tie.weight > 0.0)
        .collect();
    (ties, too_large)
}

/// The pairs of contacts in some events, and the number of events left out for their size.
fn units(
    some: &[Event],
    events: &Events,
    is_contact: &[bool],
    model: &Model,
    lowest: Evidence,
) -> (Vec<Unit>, usize) {
    let mut units: Vec<Unit> = Vec::new();
    let mut too_large = 0;
    for event in some {
        if model.weight(event.channel) <= 0.0 {
            continue;
        }
        let people = events.people(event);
        let size = u32::try_from(people.len()).unwrap_or(u32::MAX);
        if size > model.group_cap {
            too_large += 1;
            continue;
        }
        for (index, a) in people.iter().enumerate().filter(|(_, a)| is_contact[a.index()]) {
            for b in people[index + 1..].iter().filter(|b| is_contact[b.index()]) {
                let writer = match event.from {
                    from if from == *a => Writer::First,
                    from if from == *b => Writer::Second,
                    _ => Writer::Neither,
                };
                if writer != Writer::Neither || lowest >= Evidence::CoPresence {
                    units.push(Unit {
                        a: *a,
                        b: *b,
                        channel: event.channel,
                        day: event.day,
                        thread: event.thread,
                        size,
                        writer,
                    });
                }
            }
        }
    }
    (units, too_large)
}

fn tie(pair: &[Unit], as_of: Day, model: &Model) -> AlterTie {
    let (mut weight, mut events) = (0.0, 0_u32);
    let (mut first_wrote, mut second_wrote) = (false, false);
    let (mut met, mut strangers) = (false, 1.0);
    let (mut first, mut last) = (pair[0].day, pair[0].day);
    for same in pair.chunk_by(|x, y| (x.channel, x.day, x.thread) == (y.channel, y.day, y.thread)) {
        let unit = same[0];
        let others = f64::from(unit.size.max(2) - 1);
        weight += model.weight(unit.channel) * model.decay(as_of.since(unit.day))
            / model.shared_by(unit.size);
        events += 1;
        first_wrote |= same.iter().any(|unit| unit.writer == Writer::First);
        second_wrote |= same.iter().any(|unit| unit.writer == Writer::Second);
        met |= unit.channel.is_live() && unit.size <= MET;
        strangers *= 1.0 - 1.0 / others;
        first = first.min(unit.day);
        last = last.max(unit.day);
    }
    let is_sure = met || (first_wrote && second_wrote);
    let probability = if is_sure { 1.0 } else { 1.0 - strangers };
    let evidence =
        if first_wrote || second_wrote { Evidence::Interaction } else { Evidence::CoPresence };
    AlterTie { a: pair[0].a, b: pair[0].b, weight, evidence, events, first, last, probability }
}

#[cfg(test)]
mod tests {
    use super::super::events::tests::events_of;
    use super::*;
    use crate::config::Config;

    fn ties(rows: &[(i64, u32, u32, Channel)], lowest: Evidence) -> Vec<AlterTie> {
        let model = Model::new(&Config::default());
        // Person 0 is the owner.
        let is_contact: Vec<bool> = (0..40).map(|id| id != 0).collect();
        alter_ties(&events_of(rows), &is_contact, Day(0), &model, lowest).0
    }

    const MAIL: Channel = Channel::Email;

    #[test]
    fn a_group_of_four_gives_each_pair_a_third() {
        // The owner writes to 1, 2, 3: three pairs of contacts, each 1/(4 − 1), none of whom wrote.
        let found =
            ties(&[(1, 0, 1, MAIL), (1, 0, 2, MAIL), (1, 0, 3, MAIL)], Evidence::CoPresence);
        assert_eq!(found.len(), 3);
        for tie in &found {
            assert!((tie.weight - 1.0 / 3.0).abs() < 1e-12);
            assert_eq!(tie.evidence, Evidence::CoPresence);
        }
    }

    #[test]
    fn a_tie_is_as_likely_as_its_events_are_small() {
        let of = |rows: &[(i64, u32, u32, Channel)]| {
            let found = ties(rows, Evidence::CoPresence);
            let tie = found.iter().find(|tie| (tie.a, tie.b) == (PersonId(1), PersonId(2)));
            tie.map(|tie| tie.probability)
        };
        let to_three = [(1, 0, 1, MAIL), (1, 0, 2, MAIL), (1, 0, 3, MAIL)];
        assert!((of(&to_three).unwrap() - 1.0 / 3.0).abs() < 1e-12);
        // A second such mail on another day: 1 − (2/3)².
        let twice: Vec<_> = to_three
            .iter()
            .copied()
            .chain(to_three.map(|(_, a, b, c)| (-90_000, a, b, c)))
            .collect();
        assert!((of(&twice).unwrap() - 5.0 / 9.0).abs() < 1e-12);
        let met = to_three.map(|(at, a, b, _)| (at, a, b, Channel::Meeting));
        assert_eq!(of(&met), Some(1.0));
        assert_eq!(of(&[(1, 1, 2, MAIL)]), Some(1.0));
    }

    #[test]
    fn repeats_within_a_day_count_once_and_a_sender_makes_an_interaction() {
        let found =
            ties(&[(1, 1, 2, MAIL), (2, 1, 2, MAIL), (3, 2, 1, MAIL)], Evidence::Interaction);
        assert_eq!(found.len(), 1);
        assert!((found[0].weight - 1.0).abs() < 1e-12);
        assert_eq!((found[0].events, found[0].evidence), (1, Evidence::Interaction));
    }

    #[test]
    fn strength_of_a_person_is_the_number_of_events() {
        // Newman: with c = decay = 1 and distinct threads or days, each person's weights sum to their events.
        let rows: Vec<(i64, u32, u32, Channel)> =
            (2..6).map(|to| (1, 1, to, MAIL)).chain([(2, 1, 9, MAIL)]).collect();
        // Same day and thread: the pairs differ, so nothing is capped.
        let of_one: f64 = ties(&rows, Evidence::CoPresence)
            .iter()
            .filter(|tie| tie.a == PersonId(1))
            .map(|tie| tie.weight)
            .sum();
        assert!((of_one - 2.0).abs() < 1e-12);
    }

    #[test]
    fn a_town_hall_makes_no_ties() {
        let rows: Vec<(i64, u32, u32, Channel)> = (1..30).map(|to| (1, 0, to, MAIL)).collect();
        assert!(ties(&rows, Evidence::CoPresence).is_empty());
    }
}
