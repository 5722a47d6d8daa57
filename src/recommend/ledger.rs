//! Introductions that happened: found in the logs, and as the owner wrote them down.
//!
//! **To the owner** a message of a contact to the owner and one other, who first talked to the owner within 30 days of it, and more
//! than once. **By the owner** a message to two contacts, each known before, who were not seen together before it and one of
//! whom wrote to the other and the owner within 30 days.

use std::collections::BTreeMap;

use petgraph::graph::NodeIndex;

use crate::audit::{Broker, Door, Given, KnownBy, Ledger};
use crate::config::KnownOutcome;
use crate::ties::{Direction, OwnerTie};
use crate::units::{Day, count};

use super::Context;

/// Days within which the two who were introduced must have begun to talk.
const BEGUN: i32 = 30;
/// A tie that begins so long after the log's first day began on record.
const ON_RECORD: i32 = 180;

/// An introduction to the owner: day, broker, other, by position.
pub(super) type Opened = (Day, usize, usize);

/// Introductions to the owner from a day on, oldest first; the broker may have opened a door to somebody once.
pub(super) fn opened(context: &Context, from: Day) -> Vec<Opened> {
    let study = context.study;
    let events = study.events.until(study.as_of);
    let recent = &events[events.partition_point(|event| event.day < from)..];
    let mut found: Vec<Opened> = recent
        .iter()
        .filter(|event| !event.channel.is_live())
        .filter_map(|event| {
            let people = study.events.people(event);
            let owner = study.people.owner;
            if people.len() != 3 || event.from == owner || !people.contains(&owner) {
                return None;
            }
            let other = *people.iter().find(|who| **who != owner && **who != event.from)?;
            let (broker, other) = (study.place(event.from)?, study.place(other)?);
            let first = *context.tie(other).days.first()?;
            let knew = *context.tie(broker).days.first()? < event.day;
            let began = (0..=BEGUN).contains(&first.since(event.day));
            let talks = context.tie(other).days.len() > 1;
            (knew && began && talks).then_some((event.day, broker, other))
        })
        .collect();
    found.dedup();
    found
}

/// Whether the owner wrote to somebody, or met them, after a day.
pub(super) fn wrote_since(tie: &OwnerTie, day: Day) -> bool {
    tie.touches.iter().any(|touch| {
        touch.day > day && touch.channel.is_contact() && touch.direction != Direction::In
    })
}

/// Everything on record.
pub(super) fn ledger(context: &Context) -> Ledger {
    let study = context.study;
    // The first introduction to somebody counts; what the owner wrote down goes before the log.
    let mut doors: BTreeMap<usize, (KnownBy, Day, usize)> = BTreeMap::new();
    for (day, broker, other) in opened(context, Day(i32::MIN / 2)) {
        doors.entry(other).or_insert((KnownBy::Log, day, broker));
    }
    let mut given = written(context);
    let (mut asked_met, mut asked_not) = (0, 0);
    for known in &context.config.introductions.known {
        let on = Day::from_date(known.on);
        if on > study.as_of {
            continue;
        }
        let places: Vec<usize> =
            known.people.iter().filter_map(|text| one(context, text)).collect();
        if known.is_own() {
            if let [a, b] = places[..] {
                let is_met = match known.outcome {
                    KnownOutcome::Met => Some(true),
                    KnownOutcome::Declined => Some(false),
                    KnownOutcome::Open => None,
                };
                given.retain(|old: &Given| old.people != keys(context, a, b));
                given.push(Given {
                    people: keys(context, a, b),
                    on: known.on,
                    known_by: KnownBy::Told,
                    channel: None,
                    met: is_met,
                });
            }
            continue;
        }
        match known.outcome {
            KnownOutcome::Met => asked_met += 1,
            KnownOutcome::Declined => asked_not += 1,
            KnownOutcome::Open => {}
        }
        if let (Some(broker), [other], KnownOutcome::Met) =
            (one(context, &known.by), places.as_slice(), known.outcome)
        {
            doors.insert(*other, (KnownBy::Told, on, broker));
        }
    }
    given.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| a.people.cmp(&b.people)));
    let first_day = study.events.until(study.as_of).first().map(|event| event.day);
    let on_record = first_day.map(|day| day.plus(ON_RECORD));
    let begun = study
        .ties
        .iter()
        .enumerate()
        .filter(|(at, tie)| {
            let first = tie.days.first();
            doors.contains_key(at)
                || first.zip(on_record).is_some_and(|(first, from)| *first >= from)
        })
        .count();
    let by_introduction = doors.len();
    let mut brokers: BTreeMap<usize, Vec<(Day, usize, KnownBy)>> = BTreeMap::new();
    for (other, (known_by, day, broker)) in doors {
        brokers.entry(broker).or_default().push((day, other, known_by));
    }
    let mut brokers: Vec<Broker> = brokers
        .into_iter()
        .map(|(broker, mut opened)| {
            opened.sort_unstable_by_key(|(day, other, _)| (*day, *other));
            let last = opened.last().map_or(study.as_of, |door| door.0);
            Broker {
                id: context.person(broker).key.clone(),
                is_thanked: wrote_since(context.tie(broker), last),
                opened: opened
                    .into_iter()
                    .map(|(day, other, known_by)| Door {
                        id: context.person(other).key.clone(),
                        on: day.date(),
                        known_by,
                    })
                    .collect(),
            }
        })
        .collect();
    brokers.sort_by(|a, b| b.opened.len().cmp(&a.opened.len()).then_with(|| a.id.cmp(&b.id)));
    Ledger {
        brokers,
        given,
        begun: count(begun),
        by_introduction: count(by_introduction),
        asked_met,
        asked_not,
    }
}

/// The one contact that a text means.
pub(super) fn one(context: &Context, text: &str) -> Option<usize> {
    match all(context, text).as_slice() {
        [at] => Some(*at),
        _ => None,
    }
}

/// Every contact that a text may mean.
pub(super) fn all(context: &Context, text: &str) -> Vec<usize> {
    let found = context.study.people.find(text).into_iter();
    found.filter_map(|who| context.study.place(who)).collect()
}

fn keys(context: &Context, a: usize, b: usize) -> [String; 2] {
    let key = |at: usize| context.person(at).key.clone();
    [key(a.min(b)), key(a.max(b))]
}

/// Introductions that the owner gave in writing.
fn written(context: &Context) -> Vec<Given> {
    let study = context.study;
    let owner = study.people.owner;
    let events = study.events.until(study.as_of);
    let graph = &study.network.graph;
    let mut found: Vec<Given> = Vec::new();
    for (nth, event) in events.iter().enumerate() {
        let people = study.events.people(event);
        if event.from != owner || people.len() != 3 || event.channel.is_live() {
            continue;
        }
        let others: Vec<usize> = people
            .iter()
            .filter(|who| **who != owner)
            .filter_map(|who| study.place(*who))
            .collect();
        let &[a, b] = others.as_slice() else { continue };
        let knew = |at: usize| context.tie(at).days.first().is_some_and(|first| *first < event.day);
        if !knew(a) || !knew(b) {
            continue;
        }
        // Positions of ties are nodes of the network.
        let Some(edge) = graph.find_edge(NodeIndex::new(a), NodeIndex::new(b)) else { continue };
        if graph[edge].first != event.day {
            continue;
        }
        let (one, other) = (context.tie(a).who, context.tie(b).who);
        let answered = events[nth + 1..]
            .iter()
            .take_while(|later| later.day.since(event.day) <= BEGUN)
            .any(|later| {
                let people = study.events.people(later);
                (later.from == one && people.contains(&other))
                    || (later.from == other && people.contains(&one))
            });
        let people = keys(context, a, b);
        if answered && !found.iter().any(|old| old.people == people) {
            found.push(Given {
                people,
                on: event.day.date(),
                known_by: KnownBy::Log,
                channel: Some(event.channel),
                met: Some(true),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::Desk;
    use super::*;
    use crate::analysis::tests::{AS_OF, Row, logged};
    use crate::units::Channel;

    const MAIL: Channel = Channel::Email;
    /// After three contacts.
    const OWNER: u32 = 3;

    fn of(rows: &[Row]) -> Ledger {
        ledger(&Desk::of(logged(OWNER, rows), "").context())
    }

    /// 0 writes to the owner and 1, whom the owner then talks to on two days; 2 has been silent since before.
    fn door(ago: i32) -> Vec<Row> {
        vec![
            (ago + 40, OWNER, 0, MAIL),
            (ago, 0, OWNER, MAIL),
            (ago, 0, 1, MAIL),
            (ago - 5, 1, OWNER, MAIL),
            (ago - 9, OWNER, 1, MAIL),
        ]
    }

    #[test]
    fn a_door_is_on_record_however_long_ago_it_opened() {
        // Before 1970, too, where days are counted below zero.
        for ago in [300, AS_OF.0 + 20] {
            let found = of(&door(ago));
            let door =
                Door { id: "p01".into(), on: AS_OF.plus(-ago).date(), known_by: KnownBy::Log };
            let broker = Broker { id: "p00".into(), opened: vec![door], is_thanked: false };
            assert_eq!((found.brokers, found.by_introduction), (vec![broker], 1), "{ago} days ago");
        }
        // Talked to once, or not within thirty days, nobody was introduced.
        assert_eq!(of(&door(300)[..4]).brokers, []);
        let mut late = door(300);
        late[3].0 = 269;
        late[4].0 = 260;
        assert_eq!(of(&late).brokers, []);
    }

    #[test]
    fn two_whom_the_owner_wrote_to_are_introduced_once_when_one_writes_on() {
        let together = |ago: i32, channel| [(ago, OWNER, 0, channel), (ago, OWNER, 1, channel)];
        let mut rows = vec![(90, OWNER, 0, MAIL), (80, 1, OWNER, MAIL)];
        rows.extend(together(60, MAIL));
        assert_eq!(of(&rows).given, [], "no answer");
        rows.extend(together(60, Channel::Message));
        rows.extend([(50, 0, OWNER, MAIL), (50, 0, 1, MAIL)]);
        let given = Given {
            people: ["p00".into(), "p01".into()],
            on: AS_OF.plus(-60).date(),
            known_by: KnownBy::Log,
            channel: Some(MAIL),
            met: Some(true),
        };
        assert_eq!(of(&rows).given, [given]);
    }
}
