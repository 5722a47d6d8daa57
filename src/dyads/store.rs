//! The event store: every interaction of a log, by sender and then by recipient.
//!
//! **Why two steps** a message's size (how many people it went to) is told from all rows of its sender and instant, a
//! tie from all rows of two people. Rows come in any order and from several threads, so they are first spread over
//! shards by sender; then each shard, small enough for a core's cache, is put in order by itself: sizes first,
//! recipients after.
//!
//! **Memory** 16 bytes a row while reading, 24 while it is put in order, 8 after, plus 12 a directed pair. Exact for any order of rows, any number of
//! threads and any distribution over them. Cost: O(rows) for logs in the order of time, O(rows · log) otherwise.

use rayon::prelude::*;

use crate::ingest::stream::{Row, Sink};
use crate::units::{Channel, Day, Instant};

/// Senders are spread over so many shards.
const SHARDS: usize = 256;
/// Rows a piece of a shard holds; pieces are never copied to grow.
const PIECE: usize = 1 << 10;
/// Rows of a slab, of which pieces are parts: 32 MiB, the size from which glibc always takes memory from the system and gives it back.
/// Pieces of their own would stay in the allocator's hands when they are freed: 160 MB for ten million rows.
const SLAB: usize = if cfg!(test) { 4 * PIECE } else { 1 << 21 };

/// A row, packed. `key` orders rows of one sender by time, then channel, then thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Packed {
    key: u64,
    from: u32,
    to: u32,
}

/// Bits of the thread (or size) and of the channel below the time.
const LOW: u32 = 27;
const CHANNEL_BITS: u32 = 4;
/// 1980-01-01, the earliest time of a log: 33 bits reach to 2252.
const START: i64 = 315_532_800;
/// The same in days since 1970.
const START_DAY: i32 = 3_652;

fn key(row: &Row) -> u64 {
    let time = u64::try_from(row.at.0 - START).unwrap_or(0);
    (time << CHANNEL_BITS | row.channel as u64) << LOW | u64::from(row.thread)
}

/// A row in a slab: its key, then sender and recipient. Numbers alone, so that a slab costs nothing before it is filled.
type Raw = [u64; 2];

fn packed([key, ends]: Raw) -> Packed {
    let half = |bits: u64| u32::try_from(bits & u64::from(u32::MAX)).unwrap_or(NONE);
    Packed { key, from: half(ends >> 32), to: half(ends) }
}

/// Takes the rows of one thread.
#[derive(Debug)]
pub struct Shards {
    slabs: Vec<Vec<Raw>>,
    chains: Vec<Chain>,
    /// Pieces handed out.
    pieces: usize,
}

/// Where the rows of one shard are.
#[derive(Debug, Clone, Default)]
struct Chain {
    /// First rows of its pieces, over all slabs.
    starts: Vec<usize>,
    /// Rows in all of them.
    len: usize,
}

impl Default for Shards {
    fn default() -> Self {
        Self { slabs: Vec::new(), chains: vec![Chain::default(); SHARDS], pieces: 0 }
    }
}

impl Sink for Shards {
    fn take(&mut self, rows: &[Row]) {
        for row in rows {
            let chain = &mut self.chains[row.from as usize % SHARDS];
            let place = chain.len % PIECE;
            if place == 0 {
                let start = self.pieces * PIECE;
                if start.is_multiple_of(SLAB) {
                    self.slabs.push(vec![[0; 2]; SLAB]);
                }
                self.pieces += 1;
                chain.starts.push(start);
            }
            let at = chain.starts.last().map_or(0, |start| start + place);
            chain.len += 1;
            self.slabs[at / SLAB][at % SLAB] =
                [key(row), u64::from(row.from) << 32 | u64::from(row.to)];
        }
    }
}

impl Shards {
    /// The rows of one shard, piece by piece.
    fn of(&self, shard: usize) -> impl Iterator<Item = &[Raw]> {
        let chain = &self.chains[shard];
        chain.starts.iter().enumerate().map(|(nth, start)| {
            let from = start % SLAB;
            &self.slabs[start / SLAB][from..from + (chain.len - nth * PIECE).min(PIECE)]
        })
    }
}

/// One interaction of a directed pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event(u64);

impl Event {
    /// When.
    #[must_use]
    pub fn at(self) -> Instant {
        Instant(START + i64::try_from(self.0 >> (CHANNEL_BITS + LOW)).unwrap_or(0))
    }

    /// The day of [`Self::at`], UTC.
    #[must_use]
    pub fn day(self) -> Day {
        let days = (self.0 >> (CHANNEL_BITS + LOW)) / 86_400;
        Day(START_DAY + i32::try_from(days).unwrap_or(0))
    }

    /// How.
    #[must_use]
    pub fn channel(self) -> Channel {
        let number = usize::try_from(self.0 >> LOW & 15).unwrap_or(0);
        Channel::ALL.get(number).copied().unwrap_or(Channel::Other)
    }

    /// Distinct people in it, the sender included: 2 for a private one.
    #[must_use]
    pub fn people(self) -> u32 {
        u32::try_from(self.0 & ((1 << LOW) - 1)).unwrap_or(u32::MAX)
    }
}

/// What one person sent to another.
#[derive(Debug, Clone, Copy)]
struct Dyad {
    to: u32,
    start: u32,
    len: u32,
}

/// One shard, in order.
#[derive(Debug, Default)]
struct Group {
    /// Where the dyads of each sender start, by number of sender within the shard, and one end more.
    starts: Vec<u32>,
    /// By sender, then by number of recipient.
    dyads: Vec<Dyad>,
    /// By dyad, then by time.
    events: Vec<Event>,
    repeats: u64,
}

/// All interactions.
#[derive(Debug)]
pub struct Store {
    groups: Vec<Group>,
}

/// Two people and what passed between them, each way in the order of time.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'s> {
    /// The person whose key comes first.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// From `a` to `b`.
    pub forward: &'s [Event],
    /// From `b` to `a`.
    pub back: &'s [Event],
}

impl Store {
    /// Puts the rows of all threads in order. `people` is the number of persons.
    #[must_use]
    pub fn new(sinks: &[Shards], people: usize) -> Self {
        let groups = (0..SHARDS)
            .into_par_iter()
            .map_init(
                || vec![NONE; people],
                |place, shard| {
                    let pieces: Vec<&[Raw]> =
                        sinks.iter().flat_map(|sink| sink.of(shard)).collect();
                    Group::new(shard, &pieces, people, place)
                },
            )
            .collect();
        Self { groups }
    }

    /// Rows that repeat another one in sender, recipient, time, channel and conversation. They are kept.
    #[must_use]
    pub fn repeats(&self) -> u64 {
        self.groups.iter().map(|group| group.repeats).sum()
    }

    /// Every pair, in the order of `rank` (the place of each person when keys are sorted).
    #[must_use]
    pub fn pairs(&self, rank: &[u32]) -> Vec<Pair<'_>> {
        let of = |person: u32| rank.get(person as usize).copied().unwrap_or(NONE);
        let mut pairs: Vec<Pair<'_>> = self
            .groups
            .par_iter()
            .enumerate()
            .flat_map_iter(|(shard, group)| {
                (0..).map(move |nth| sender(shard, nth)).zip(group.starts.windows(2)).flat_map(
                    move |(from, range)| {
                        let dyads = group.dyads.get(range[0] as usize..range[1] as usize);
                        dyads.unwrap_or_default().iter().filter_map(move |dyad| {
                            let there = group.events_of(*dyad);
                            let back = self.find(dyad.to, from);
                            let (a, b) = (from, dyad.to);
                            match () {
                                () if of(a) < of(b) => {
                                    let back = back.unwrap_or_default();
                                    Some(Pair { a, b, forward: there, back })
                                }
                                // Told from the other side, unless nothing went that way.
                                () if back.is_some() => None,
                                () => Some(Pair { a: b, b: a, forward: &[], back: there }),
                            }
                        })
                    },
                )
            })
            .collect();
        pairs.par_sort_unstable_by_key(|pair| (of(pair.a), of(pair.b)));
        pairs
    }

    /// The days from `since` on which two people received one message of a third, sent to 2 to `FEW` people, for those
    /// pairs that `tie` knows a number of.
    #[must_use]
    pub fn together(
        &self,
        since: Day,
        tie: impl Fn(u32, u32) -> Option<u32> + Sync,
    ) -> Vec<(u32, Day)> {
        self.groups
            .par_iter()
            .flat_map_iter(|group| {
                let mut found = Vec::new();
                let mut sent: Vec<(i64, u32)> = Vec::new();
                for range in group.starts.windows(2) {
                    sent.clear();
                    group.sent_to_few(range[0] as usize..range[1] as usize, since, &mut sent);
                    sent.sort_unstable();
                    sent.dedup();
                    for message in sent.chunk_by(|a, b| a.0 == b.0) {
                        let day = Instant(message[0].0).day(&jiff::tz::TimeZone::UTC);
                        for (nth, (_, a)) in message.iter().enumerate() {
                            let others = message[nth + 1..].iter();
                            found.extend(others.filter_map(|(_, b)| Some((tie(*a, *b)?, day))));
                        }
                    }
                }
                found
            })
            .collect()
    }

    /// What `from` sent to `to`.
    fn find(&self, from: u32, to: u32) -> Option<&[Event]> {
        let group = self.groups.get(from as usize % SHARDS)?;
        let nth = from as usize / SHARDS;
        let (start, end) = (*group.starts.get(nth)?, *group.starts.get(nth + 1)?);
        let dyads = group.dyads.get(start as usize..end as usize)?;
        let at = dyads.binary_search_by_key(&to, |dyad| dyad.to).ok()?;
        Some(group.events_of(dyads[at]))
    }
}

const NONE: u32 = u32::MAX;

fn sender(shard: usize, nth: usize) -> u32 {
    u32::try_from(nth * SHARDS + shard).unwrap_or(NONE)
}

/// Recipients of a message whose recipients know of each other.
const FEW: u32 = 8;

impl Group {
    /// Time and recipient of each message of one sender that went to few people, more than one.
    fn sent_to_few(&self, dyads: std::ops::Range<usize>, since: Day, sent: &mut Vec<(i64, u32)>) {
        for dyad in self.dyads.get(dyads).unwrap_or_default() {
            let events = self.events_of(*dyad);
            let start = events.partition_point(|event| event.day() < since);
            let few = events[start..].iter().filter(|event| {
                (3..=FEW + 1).contains(&event.people()) && event.channel().is_contact()
            });
            sent.extend(few.map(|event| (event.at().0, dyad.to)));
        }
    }

    fn events_of(&self, dyad: Dyad) -> &[Event] {
        let start = dyad.start as usize;
        self.events.get(start..start + dyad.len as usize).unwrap_or_default()
    }

    /// `place` holds [`NONE`] for every person, before and after.
    fn new(shard: usize, pieces: &[&[Raw]], people: usize, place: &mut [u32]) -> Self {
        let senders = people.saturating_sub(shard).div_ceil(SHARDS);
        let (starts, rows) = by_sender(senders, pieces);
        let mut group =
            Self { starts: vec![0], events: vec![Event(0); rows.len()], ..Self::default() };
        let mut scratch = Scratch::default();
        let mut sorted = rows;
        for range in starts.windows(2) {
            let rows = &mut sorted[range[0] as usize..range[1] as usize];
            // Stable: rows in the order of time, as logs are, take one pass.
            rows.sort_by_key(|row| (row.key, row.to));
            group.repeats += set_sizes(rows);
            group.add_sender(rows, range[0], place, &mut scratch);
            group.starts.push(u32::try_from(group.dyads.len()).unwrap_or(NONE));
        }
        group
    }

    /// Puts a sender's rows, which start at `base`, in the order of recipients and time.
    fn add_sender(&mut self, rows: &[Packed], base: u32, place: &mut [u32], scratch: &mut Scratch) {
        let Scratch { recipients, next } = scratch;
        recipients.clear();
        for row in rows {
            let at = &mut place[row.to as usize];
            if *at == NONE {
                *at = u32::try_from(recipients.len()).unwrap_or(NONE);
                recipients.push((row.to, 0));
            }
            recipients[*at as usize].1 += 1;
        }
        recipients.sort_unstable();
        next.clear();
        let mut start = base;
        for (nth, (to, len)) in (0_u32..).zip(recipients.iter()) {
            place[*to as usize] = nth;
            next.push(start);
            self.dyads.push(Dyad { to: *to, start, len: *len });
            start += len;
        }
        for row in rows {
            let at = &mut next[place[row.to as usize] as usize];
            self.events[*at as usize] = Event(row.key);
            *at += 1;
        }
        for (to, _) in recipients.iter() {
            place[*to as usize] = NONE;
        }
    }
}

#[derive(Debug, Default)]
struct Scratch {
    recipients: Vec<(u32, u32)>,
    next: Vec<u32>,
}

/// Rows in the order of senders, stable, and where each sender's rows start.
fn by_sender(senders: usize, pieces: &[&[Raw]]) -> (Vec<u32>, Vec<Packed>) {
    let rows = || pieces.iter().copied().flatten().map(|raw| packed(*raw));
    let mut starts = vec![0_u32; senders + 1];
    for row in rows() {
        starts[row.from as usize / SHARDS + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut sorted =
        vec![Packed { key: 0, from: 0, to: 0 }; starts.last().map_or(0, |n| *n as usize)];
    for row in rows() {
        let at = &mut next[row.from as usize / SHARDS];
        sorted[*at as usize] = row;
        *at += 1;
    }
    (starts, sorted)
}

/// Replaces the thread in the keys of one sender's sorted rows by the number of distinct people, the sender included;
/// returns how many rows repeat another.
fn set_sizes(rows: &mut [Packed]) -> u64 {
    let mut repeats = 0;
    for event in rows.chunk_by_mut(|x, y| x.key == y.key) {
        let distinct = event.chunk_by(|x, y| x.to == y.to).count() as u64;
        repeats += event.len() as u64 - distinct;
        for row in event {
            row.key = row.key >> LOW << LOW | (distinct + 1).min((1 << LOW) - 1);
        }
    }
    repeats
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// An event of this many people.
    pub(crate) fn event(at: i64, channel: Channel, people: u32) -> Event {
        Event(key(&row(at, 0, 1, channel, people)))
    }

    fn row(at: i64, from: u32, to: u32, channel: Channel, thread: u32) -> Row {
        Row { at: Instant(at), from, to, channel, thread }
    }

    fn store(rows: &[Row], threads: usize) -> Store {
        let mut sinks: Vec<Shards> = (0..threads).map(|_| Shards::default()).collect();
        for (nth, row) in rows.iter().enumerate() {
            sinks[nth % threads].take(&[*row]);
        }
        Store::new(&sinks, 2_000)
    }

    /// Time and size of each event.
    type Plain = Vec<(i64, u32)>;

    fn told(store: &Store, rank: &[u32]) -> Vec<(u32, u32, Plain, Plain)> {
        let plain = |events: &[Event]| {
            events.iter().map(|event| (event.at().0, event.people())).collect::<Vec<_>>()
        };
        store
            .pairs(rank)
            .into_iter()
            .map(|pair| (pair.a, pair.b, plain(pair.forward), plain(pair.back)))
            .collect()
    }

    const T: i64 = 1_700_000_000;

    #[test]
    fn rows_of_one_message_share_its_size_and_pairs_hold_both_ways() {
        let mail = Channel::Email;
        let rows = [
            row(T + 9, 1_300, 7, mail, 0),
            row(T, 7, 1_300, mail, 0),
            row(T, 7, 8, mail, 0),
            row(T, 7, 8, mail, 0),
            row(T, 7, 9, mail, 5),
            row(T, 7, 9, Channel::Chat, 0),
        ];
        let rank: Vec<u32> = (0..2_000).collect();
        let store = store(&rows, 1);
        assert_eq!(store.repeats(), 1);
        let expected = [
            (7, 8, vec![(T, 3), (T, 3)], vec![]),
            (7, 9, vec![(T, 2), (T, 2)], vec![]),
            (7, 1_300, vec![(T, 3)], vec![(T + 9, 2)]),
        ];
        assert_eq!(told(&store, &rank), expected);
        // Ranks, not numbers, say who comes first.
        let reversed: Vec<u32> = (0..2_000).rev().collect();
        assert_eq!(told(&store, &reversed)[0], (1_300, 7, vec![(T + 9, 2)], vec![(T, 3)]));
    }

    #[test]
    fn order_and_threads_do_not_matter() {
        let mut rows: Vec<Row> = (0..5_000_u32)
            .map(|n| {
                let (from, to) = (n * 7 % 311, 1_600 + n * 13 % 97);
                let channel = Channel::ALL[n as usize % 10];
                row(T + i64::from(n / 3), from * 5, to, channel, n % 2)
            })
            .collect();
        let rank: Vec<u32> = (0..2_000).collect();
        let expected = told(&store(&rows, 1), &rank);
        assert_eq!(expected.iter().map(|pair| pair.2.len() + pair.3.len()).sum::<usize>(), 5_000);
        rows.reverse();
        assert_eq!(told(&store(&rows, 3), &rank), expected);
    }

    #[test]
    fn packing_keeps_every_channel_and_the_ends_of_time() {
        for channel in Channel::ALL {
            for at in [START, 7_258_118_399] {
                let event = Event(key(&row(at, 0, 1, channel, 0)));
                assert_eq!((event.at(), event.channel()), (Instant(at), channel));
                assert_eq!(event.day(), event.at().day(&jiff::tz::TimeZone::UTC));
            }
        }
    }
}
