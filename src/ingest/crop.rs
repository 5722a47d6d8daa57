//! The day of the audit, and the rows that lie behind it.
//!
//! The day is that of the newest recorded event among messages, logs and "Connected On". One wrong clock must not
//! move it: dates more than 30 days beyond the 99.9th percentile are not considered.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use rayon::prelude::*;

use crate::units::Day;

use super::problem::{Code, Problem};
use super::record::{FileRecords, Kind, RawContact, RawInteraction};

/// How many records of a file lie on each day.
pub type Days = BTreeMap<Day, u64>;

/// Rows told of their day at a time.
const CHUNK: usize = 65_536;

/// The days of each file's records: told once, since a million instants take a while to become days of a zone.
#[must_use]
pub fn days(files: &[FileRecords], zone: &TimeZone) -> Vec<Days> {
    let of_file = |file: &FileRecords| {
        let rows = file.interactions.par_chunks(CHUNK);
        let rows = rows.map(|rows| counted(rows.iter().map(|row| row.at.day(zone))));
        merged(rows.reduce(Days::new, merged), counted(dates(file)))
    };
    files.par_iter().map(of_file).collect()
}

fn counted(days: impl Iterator<Item = Day>) -> Days {
    let mut counts = Days::new();
    for day in days {
        *counts.entry(day).or_default() += 1;
    }
    counts
}

fn merged(mut sum: Days, part: Days) -> Days {
    for (day, count) in part {
        *sum.entry(day).or_default() += count;
    }
    sum
}

/// The newest believable day and the file that holds it; `None` when nothing is dated. `days` are those of each file.
#[must_use]
pub fn newest_day(files: &[FileRecords], days: &[Days]) -> Option<(Day, String)> {
    // A calendar holds plans.
    let recorded = || files.iter().zip(days).filter(|(file, _)| file.kind != Kind::Calendar);
    let all = recorded().map(|(_, days)| days.clone()).fold(Days::new(), merged);
    let Some(newest) = newest_of(&all) else {
        return newest_written(files);
    };
    let held = recorded().filter(|(_, days)| days.contains_key(&newest));
    Some((newest, held.map(|(file, _)| file.file.clone()).min()?))
}

/// Of calendars alone: the newest day on which an entry was written down.
fn newest_written(files: &[FileRecords]) -> Option<(Day, String)> {
    let written = files.iter().filter_map(|file| Some((file.recorded?, file.file.clone())));
    let (day, file) = written.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)))?;
    Some((Day::from_date(day), file))
}

/// The newest believable of some days, each with how often it occurs.
#[must_use]
pub fn newest_of(days: &Days) -> Option<Day> {
    // Nearest rank, so that short files keep their newest day.
    let all: u64 = days.values().sum();
    let mut left = (all * 999).div_ceil(1_000);
    let at_rank = days.iter().find(|(_, count)| {
        left = left.saturating_sub(**count);
        left == 0
    })?;
    let limit = at_rank.0.plus(30);
    days.range(..=limit).next_back().map(|(day, _)| *day)
}

/// First and last recorded day of one file.
#[must_use]
pub fn span(file: &FileRecords, zone: &TimeZone) -> Option<(Day, Day)> {
    let noted = file.dates.map(|(first, last)| (Day::from_date(first), Day::from_date(last)));
    let instants = || file.interactions.iter().map(|row| row.at.0);
    let ends = instants().min().zip(instants().max());
    // Clocks that are put back at midnight make a later instant an earlier day, but by no more than an hour.
    let is_end = |at: i64| ends.is_some_and(|(first, last)| at < first + DAY || at > last - DAY);
    let rows = file.interactions.iter().filter(|row| is_end(row.at.0));
    let days = rows.map(|row| row.at.day(zone)).chain(dates(file));
    days.fold(noted, |span, day| match span {
        None => Some((day, day)),
        Some((first, last)) => Some((first.min(day), last.max(day))),
    })
}

const DAY: i64 = 86_400;

fn dates(file: &FileRecords) -> impl Iterator<Item = Day> {
    file.contacts.iter().filter_map(|row| row.connected_on).map(Day::from_date)
}

/// Leaves out the rows after `as_of`, each with a problem; their days go from `days` too.
pub fn crop(files: &mut [FileRecords], days: &mut [Days], as_of: Day, zone: &TimeZone) {
    let late = |day: Day| (day > as_of).then_some("");
    let because = (Code::AfterAsOf, "later than the day of the audit");
    for (file, days) in files.iter_mut().zip(days) {
        if days.split_off(&as_of.plus(1)).is_empty() {
            continue;
        }
        let row = |row: &RawInteraction| late(row.at.day(zone));
        let contact =
            |row: &RawContact| row.connected_on.and_then(|date| late(Day::from_date(date)));
        leave_out(file, because, row, contact);
    }
}

/// Takes out the rows that have a rule against them, `""` for one without a name. A line of which nothing is left (of
/// a series some meetings may be) counts as skipped, and under its rule; whether there is one.
pub(super) fn leave_out(
    file: &mut FileRecords,
    (code, message): (Code, &'static str),
    rule_of_row: impl Fn(&RawInteraction) -> Option<&'static str>,
    rule_of_contact: impl Fn(&RawContact) -> Option<&'static str>,
) -> bool {
    let mut gone: BTreeMap<u64, &'static str> = BTreeMap::new();
    let mut keep = |line: u64, rule: Option<&'static str>| {
        if let Some(rule) = rule {
            gone.entry(line).or_insert(rule);
        }
        rule.is_none()
    };
    file.interactions.retain(|row| keep(row.line, rule_of_row(row)));
    file.contacts.retain(|row| keep(row.line, rule_of_contact(row)));
    if gone.is_empty() {
        return false;
    }
    let left = file.interactions.iter().map(|row| row.line);
    for line in left.chain(file.contacts.iter().map(|row| row.line)) {
        gone.remove(&line);
    }
    for rule in gone.values().filter(|rule| !rule.is_empty()) {
        *file.noise.entry(rule).or_default() += 1;
    }
    let lines: Vec<u64> = gone.into_keys().collect();
    skip_lines(file, &lines, code, message);
    true
}

/// Turns used rows into skipped ones, one problem a line.
pub fn skip_lines(file: &mut FileRecords, lines: &[u64], code: Code, message: &'static str) {
    file.rows_used = file.rows_used.saturating_sub(lines.len() as u64);
    file.problems.extend(lines.iter().map(|line| Problem::new(*line, code, message)));
    file.problems.sort_by(|a, b| a.line.cmp(&b.line).then(a.code.cmp(&b.code)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Channel, Instant};

    fn log(days: &[i32]) -> FileRecords {
        let mut file = FileRecords::new("log.csv", Kind::Log);
        file.interactions = days
            .iter()
            .zip(2..)
            .map(|(day, line)| RawInteraction {
                line,
                at: Instant(i64::from(*day) * 86_400),
                channel: Channel::Email,
                from: 0,
                to: 1,
                thread: 0,
                message: 0,
                minutes: 0,
            })
            .collect();
        file.rows_read = days.len() as u64;
        file.rows_used = file.rows_read;
        file
    }

    fn newest(files: &[FileRecords]) -> Option<(Day, String)> {
        newest_day(files, &days(files, &TimeZone::UTC))
    }

    #[test]
    fn days_are_counted_over_rows_and_dates() {
        let mut file = log(&vec![3; 70_000]);
        file.interactions[69_999].at = Instant(4 * 86_400);
        let contact = |connected_on: Option<jiff::civil::Date>| RawContact {
            line: 2,
            who: 0,
            first_name: String::new(),
            company: String::new(),
            position: String::new(),
            connected_on,
        };
        file.contacts = vec![contact(Some(Day(3).date())), contact(None)];
        let found = days(&[file, log(&[])], &TimeZone::UTC);
        assert_eq!(found, [Days::from([(Day(3), 70_000), (Day(4), 1)]), Days::new()]);
    }

    #[test]
    fn one_wrong_clock_does_not_move_the_day() {
        let mut days: Vec<i32> = (0..2_000).map(|n| n / 2).collect();
        days.push(90_000);
        let (day, file) = newest(&[log(&days)]).unwrap();
        assert_eq!((day, file.as_str()), (Day(999), "log.csv"));
    }

    #[test]
    fn a_short_file_keeps_its_newest_day() {
        assert_eq!(newest(&[log(&[1, 400])]).unwrap().0, Day(400));
        assert_eq!(newest(&[log(&[])]), None);
    }

    #[test]
    fn later_rows_are_counted_as_skipped() {
        let mut files = [log(&[1, 5, 9]), log(&[5])];
        let mut known = days(&files, &TimeZone::UTC);
        crop(&mut files, &mut known, Day(5), &TimeZone::UTC);
        assert_eq!(known, days(&files, &TimeZone::UTC));
        assert_eq!(files[1].rows_skipped(), 0);
        let file = &files[0];
        assert_eq!((file.rows_used, file.rows_skipped()), (2, 1));
        assert_eq!(file.problems[0].line, 4);
    }
}
