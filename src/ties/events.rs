//! Rows of sender and recipient -> events: what happened at one instant, and everybody who was part of it.
//!
//! In LinkedIn files one row is one message. In plain logs a message is the rows with the same sender, instant,
//! channel and thread; a repeated row therefore adds nobody. Events are sorted by time, so that an earlier state
//! of the network is a prefix of the list.

use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::ingest::{Code, FileRecords, crop};
use crate::people::PersonId;
use crate::units::{Channel, Day, Instant, count};

/// Something that happened at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// When, UTC.
    pub at: Instant,
    /// The owner's calendar day.
    pub day: Day,
    /// How.
    pub channel: Channel,
    /// Who wrote, called or organised.
    pub from: PersonId,
    /// The conversation, 0 for none; ids follow the sort order of the conversations' names.
    pub thread: u32,
    /// How long it took, in minutes; 0 when unknown.
    pub minutes: u16,
    start: u32,
    len: u32,
}

/// All events, sorted by time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Events {
    list: Vec<Event>,
    people: Vec<PersonId>,
}

/// What makes rows one event, and the order of events.
type Key = (Instant, PersonId, Channel, u32, u64);

impl Events {
    /// Puts the rows of all files together; rows that turn out to be from a person to themselves (after identities
    /// are settled) move to the skipped ones of their file. Cost: O(R log R) in rows, memory O(R).
    #[must_use]
    pub fn from_files(files: &mut [FileRecords], of: &[Vec<PersonId>], zone: &TimeZone) -> Self {
        let threads = thread_ids(files);
        let mut rows: Vec<(Key, PersonId, u16)> = Vec::new();
        for (index, file) in files.iter_mut().enumerate() {
            let ids = &of[index];
            let mut loops: Vec<u64> = Vec::new();
            let mut kept_line = 0;
            for row in &file.interactions {
                let (from, to) = (ids[row.from as usize], ids[row.to as usize]);
                if from == to {
                    // A line is skipped only if nothing of it is kept.
                    if kept_line != row.line && loops.last() != Some(&row.line) {
                        loops.push(row.line);
                    }
                    continue;
                }
                kept_line = row.line;
                if loops.last() == Some(&row.line) {
                    loops.pop();
                }
                let thread = match row.thread {
                    0 => 0,
                    local => threads[index][local as usize - 1],
                };
                // A message's own number tells it from others of the same instant; logs have none.
                let message = match row.message {
                    0 => 0,
                    own => (index as u64 + 1) << 32 | u64::from(own),
                };
                rows.push(((row.at, from, row.channel, thread, message), to, row.minutes));
            }
            crop::skip_lines(file, &loops, Code::SelfLoop, "from a person to the same person");
        }
        rows.par_sort_unstable();
        Self::group(&rows, zone)
    }

    fn group(rows: &[(Key, PersonId, u16)], zone: &TimeZone) -> Self {
        let mut events = Self::default();
        let mut people: Vec<PersonId> = Vec::new();
        for group in rows.chunk_by(|a, b| a.0 == b.0) {
            let (at, from, channel, thread, _) = group[0].0;
            let start = events.people.len();
            people.clear();
            people.extend(group.iter().map(|(_, to, _)| *to).chain([from]));
            people.sort_unstable();
            people.dedup();
            events.people.extend_from_slice(&people);
            let (start, len) = (count(start), count(people.len()));
            let minutes = group.iter().map(|row| row.2).max().unwrap_or(0);
            events.list.push(Event { at, day: Day(0), channel, from, thread, minutes, start, len });
        }
        events.list.par_iter_mut().for_each(|event| event.day = event.at.day(zone));
        // The message number ordered rows of one instant by file position: order by content instead.
        let people = std::mem::take(&mut events.people);
        let span =
            |event: &Event| &people[event.start as usize..(event.start + event.len) as usize];
        events.list.par_sort_by(|a, b| {
            (a.at, a.from, a.channel, a.thread)
                .cmp(&(b.at, b.from, b.channel, b.thread))
                .then_with(|| span(a).cmp(span(b)))
        });
        events.people = people;
        events
    }

    /// The events up to and including `day`.
    #[must_use]
    pub fn until(&self, day: Day) -> &[Event] {
        &self.list[..self.list.partition_point(|event| event.day <= day)]
    }

    /// The events up to `as_of` with the weeks drawn anew: `draw` gets a week (0 is the one that ends on `as_of`) and the number of
    /// weeks there are, and says whose events it takes. Times move by whole weeks.
    #[must_use]
    pub fn redrawn(&self, as_of: Day, mut draw: impl FnMut(u32, u32) -> u32) -> Self {
        let known = self.until(as_of);
        let week = |event: &Event| u32::try_from(as_of.since(event.day) / 7).unwrap_or(0);
        let weeks = known.first().map_or(0, |event| week(event) + 1);
        let mut drawn = Self::default();
        for slot in (0..weeks).rev() {
            let source = draw(slot, weeks).min(weeks - 1);
            let from = known.partition_point(|event| week(event) > source);
            let to = known.partition_point(|event| week(event) >= source);
            let later = (i64::from(source) - i64::from(slot)) * 7;
            for event in &known[from..to] {
                let start = count(drawn.people.len());
                drawn.people.extend(self.people(event));
                let at = Instant(event.at.0 + later * 86_400);
                let day = event.day.plus(i32::try_from(later).unwrap_or(0));
                drawn.list.push(Event { at, day, start, ..*event });
            }
        }
        drawn
    }

    /// Everybody who was part of an event, sorted, the sender included.
    #[must_use]
    pub fn people(&self, event: &Event) -> &[PersonId] {
        &self.people[event.start as usize..(event.start + event.len) as usize]
    }

    /// The first recorded day.
    #[must_use]
    pub fn first_day(&self) -> Option<Day> {
        self.list.first().map(|event| event.day)
    }

    /// Number of events.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// A number for every conversation over all files, in the order of kind and hash; 0 is kept for "none".
fn thread_ids(files: &[FileRecords]) -> Vec<Vec<u32>> {
    let of = |file: &FileRecords, hash: u64| (file.kind.name(), hash);
    let each = files.iter().flat_map(|file| file.threads.iter().map(move |hash| of(file, *hash)));
    let mut all: Vec<(&str, u64)> = each.collect();
    all.par_sort_unstable();
    all.dedup();
    let number = |file: &FileRecords, hash: &u64| {
        all.binary_search(&of(file, *hash)).map_or(0, |at| count(at + 1))
    };
    let numbers = |file: &FileRecords| file.threads.par_iter().map(|h| number(file, h)).collect();
    files.iter().map(numbers).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::ingest::{Kind, Mention, RawInteraction};

    /// A file of rows `(second, from, to, channel)`; mention `n` is person `n`.
    pub(crate) fn events_of(rows: &[(i64, u32, u32, Channel)]) -> Events {
        let people = rows.iter().map(|row| row.1.max(row.2)).max().unwrap_or(0) + 1;
        let mut file = FileRecords::new("log.csv", Kind::Log);
        file.mentions = vec![Mention::default(); people as usize];
        file.interactions = rows
            .iter()
            .zip(2..)
            .map(|((at, from, to, channel), line)| RawInteraction {
                line,
                at: Instant(*at),
                channel: *channel,
                from: *from,
                to: *to,
                thread: 0,
                message: 0,
                minutes: 0,
            })
            .collect();
        let of = vec![(0..people).map(PersonId).collect()];
        Events::from_files(&mut [file], &of, &TimeZone::UTC)
    }

    #[test]
    fn rows_of_one_instant_and_sender_are_one_event_of_distinct_people() {
        let mail = Channel::Email;
        let events =
            events_of(&[(5, 0, 1, mail), (5, 0, 2, mail), (5, 0, 2, mail), (6, 1, 0, mail)]);
        assert_eq!(events.len(), 2);
        let all = events.until(Day(0));
        assert_eq!(events.people(&all[0]), [PersonId(0), PersonId(1), PersonId(2)]);
        assert!(events.until(Day(-1)).is_empty());
    }

    #[test]
    fn weeks_drawn_anew_move_whole_and_keep_their_people() {
        let (day, mail) = (86_400, Channel::Email);
        let events =
            events_of(&[(0, 0, 1, mail), (3 * day, 2, 0, mail), (8 * day + 5, 0, 2, mail)]);
        // Day 13 ends the newest of two weeks: days 7 to 13.
        assert_eq!(events.redrawn(Day(13), |week, _| week), events);
        let twice = events.redrawn(Day(13), |_, weeks| {
            assert_eq!(weeks, 2);
            1
        });
        let days: Vec<i32> = twice.until(Day(13)).iter().map(|event| event.day.0).collect();
        assert_eq!(days, [0, 3, 7, 10]);
        let last = twice.until(Day(13))[3];
        assert_eq!(
            (last.at, twice.people(&last)),
            (Instant(10 * day), &[PersonId(0), PersonId(2)][..])
        );
        let now = events.redrawn(Day(13), |_, _| 0);
        assert_eq!(now.until(Day(6)).iter().map(|event| event.day.0).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn a_loop_is_counted_as_skipped() {
        let mut file = FileRecords::new("log.csv", Kind::Log);
        file.mentions = vec![Mention::default(); 2];
        file.interactions = vec![RawInteraction {
            line: 2,
            at: Instant(0),
            channel: Channel::Email,
            from: 0,
            to: 1,
            thread: 0,
            message: 0,
            minutes: 0,
        }];
        (file.rows_read, file.rows_used) = (1, 1);
        let mut files = [file];
        let events =
            Events::from_files(&mut files, &[vec![PersonId(3), PersonId(3)]], &TimeZone::UTC);
        assert!(events.is_empty());
        assert_eq!((files[0].rows_used, files[0].rows_skipped()), (0, 1));
    }
}
