//! The day of the audit, and the rows that lie behind it.
//!
//! The day is that of the newest recorded event among messages, logs and "Connected On". One wrong clock must not
//! move it: dates more than 30 days beyond the 99.9th percentile are not considered.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use crate::units::Day;

use super::problem::{Code, Problem};
use super::record::{FileRecords, Kind, RawContact, RawInteraction};

/// The newest believable day and the file that holds it; `None` when nothing is dated.
#[must_use]
pub fn newest_day(files: &[FileRecords], zone: &TimeZone) -> Option<(Day, String)> {
    // A calendar holds plans.
    let recorded = || files.iter().filter(|file| file.kind != Kind::Calendar);
    let mut days: BTreeMap<Day, u64> = BTreeMap::new();
    for day in recorded().flat_map(|file| dated_days(file, zone)) {
        *days.entry(day).or_default() += 1;
    }
    let Some(newest) = newest_of(&days) else {
        return newest_written(files);
    };
    let file = recorded()
        .filter(|file| dated_days(file, zone).any(|day| day == newest))
        .map(|file| file.file.clone())
        .min()?;
    Some((newest, file))
}

/// Of calendars alone: the newest day on which an entry was written down.
fn newest_written(files: &[FileRecords]) -> Option<(Day, String)> {
    let written = files.iter().filter_map(|file| Some((file.recorded?, file.file.clone())));
    let (day, file) = written.max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)))?;
    Some((Day::from_date(day), file))
}

/// The newest believable of some days, each with how often it occurs.
#[must_use]
pub fn newest_of(days: &BTreeMap<Day, u64>) -> Option<Day> {
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
    dated_days(file, zone).fold(noted, |span, day| match span {
        None => Some((day, day)),
        Some((first, last)) => Some((first.min(day), last.max(day))),
    })
}

fn dated_days(file: &FileRecords, zone: &TimeZone) -> impl Iterator<Item = Day> {
    let rows = file.interactions.iter().map(|row| row.at.day(zone));
    let dates = file.contacts.iter().filter_map(|row| row.connected_on).map(Day::from_date);
    rows.chain(dates)
}

/// Leaves out the rows after `as_of`, each with a problem.
pub fn crop(files: &mut [FileRecords], as_of: Day, zone: &TimeZone) {
    let late = |day: Day| (day > as_of).then_some("");
    let because = (Code::AfterAsOf, "later than the day of the audit");
    for file in files {
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

    #[test]
    fn one_wrong_clock_does_not_move_the_day() {
        let mut days: Vec<i32> = (0..2_000).map(|n| n / 2).collect();
        days.push(90_000);
        let (day, file) = newest_day(&[log(&days)], &TimeZone::UTC).unwrap();
        assert_eq!((day, file.as_str()), (Day(999), "log.csv"));
    }

    #[test]
    fn a_short_file_keeps_its_newest_day() {
        assert_eq!(newest_day(&[log(&[1, 400])], &TimeZone::UTC).unwrap().0, Day(400));
        assert_eq!(newest_day(&[log(&[])], &TimeZone::UTC), None);
    }

    #[test]
    fn later_rows_are_counted_as_skipped() {
        let mut files = [log(&[1, 5, 9])];
        crop(&mut files, Day(5), &TimeZone::UTC);
        let file = &files[0];
        assert_eq!((file.rows_used, file.rows_skipped()), (2, 1));
        assert_eq!(file.problems[0].line, 4);
    }
}
