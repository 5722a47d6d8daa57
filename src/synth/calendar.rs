//! Working days, holidays and hours of a European office, and dates as text.
//!
//! Responsible for "when do people write": knows no people. Times are UTC, chosen so that the day is the
//! same in every European zone.

use jiff::civil::{Date, Weekday};

use crate::random::Stream;
use crate::units::Day;

/// Seconds in a day.
pub(crate) const DAY: i64 = 86_400;

/// How much happens on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Work,
    Weekend,
    Summer,
    YearEnd,
}

/// One day of the table.
#[derive(Debug, Clone)]
struct Entry {
    kind: Kind,
    iso: String,
}

/// The days of the generated period, looked up rather than computed.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    first: i32,
    /// The last day of the life.
    pub(crate) last: i32,
    days: Vec<Entry>,
}

impl Calendar {
    /// The calendar from `first` to `last`.
    pub(crate) fn new(first: i32, last: i32) -> Self {
        let days = (first..=last)
            .map(|day| {
                let date = Day(day).date();
                Entry { kind: kind(date), iso: date.to_string() }
            })
            .collect();
        Self { first, last, days }
    }

    fn entry(&self, day: i32) -> Option<&Entry> {
        usize::try_from(day - self.first).ok().and_then(|at| self.days.get(at))
    }

    fn kind(&self, day: i32) -> Kind {
        self.entry(day).map_or(Kind::Work, |entry| entry.kind)
    }

    /// Whether the office is open.
    pub(crate) fn is_work(&self, day: i32) -> bool {
        self.kind(day) == Kind::Work
    }

    /// `2026-03-04` for a day of the table, empty outside.
    pub(crate) fn iso(&self, day: i32) -> &str {
        self.entry(day).map_or("", |entry| entry.iso.as_str())
    }

    /// Where a contact meant for `day` really happens: mostly on working days, seldom in holidays.
    pub(crate) fn settle(&self, stream: &mut Stream, day: i32) -> i32 {
        let keep = match self.kind(day) {
            Kind::Work => 1.0,
            Kind::Weekend => 0.12,
            Kind::Summer => 0.3,
            Kind::YearEnd => 0.15,
        };
        if stream.chance(keep) {
            return day;
        }
        let later = i32::try_from(stream.below(5)).unwrap_or(0);
        self.next_work(day + later)
    }

    /// The first working day from `day` on; the last one before it when the table ends.
    pub(crate) fn next_work(&self, day: i32) -> i32 {
        (day..=self.last)
            .find(|&at| self.is_work(at))
            .unwrap_or_else(|| self.previous_work(day.min(self.last)))
    }

    /// The last working day up to `day`.
    pub(crate) fn previous_work(&self, day: i32) -> i32 {
        (self.first..=day).rev().find(|&at| self.is_work(at)).unwrap_or(day)
    }

    /// A moment on `day`: office hours with a morning and an afternoon hill, some evenings.
    pub(crate) fn moment(stream: &mut Stream, day: i32) -> i64 {
        let hour = if stream.chance(0.06) {
            stream.between(18.0, 20.5)
        } else if stream.chance(0.55) {
            (8.6 + 1.1 * stream.normal()).clamp(6.0, 12.0)
        } else {
            (13.2 + 1.4 * stream.normal()).clamp(9.0, 17.5)
        };
        i64::from(day) * DAY + seconds(hour * 3_600.0)
    }

    /// `at` plus a lag, moved to the next working morning when it would fall into the night.
    pub(crate) fn later(&self, stream: &mut Stream, at: i64, lag_hours: f64) -> i64 {
        let then = at + seconds(lag_hours * 3_600.0).max(60);
        if (6 * 3_600..=20 * 3_600).contains(&then.rem_euclid(DAY)) {
            return then;
        }
        let evening = then.rem_euclid(DAY) > 20 * 3_600;
        let day = day_of(then) + i32::from(evening);
        i64::from(self.next_work(day)) * DAY + seconds(stream.between(6.5, 10.0) * 3_600.0)
    }

    /// A moment on the same day after `at`, minutes to two hours later.
    pub(crate) fn soon(stream: &mut Stream, at: i64) -> i64 {
        let left = (21 * 3_600 - at.rem_euclid(DAY)).max(120) as f64;
        at + seconds(stream.between(0.2, 0.9) * left.min(7_200.0)).max(60)
    }

    /// `HH:MM:SS` after the date of `at`, joined by `joint`, with `tail` behind.
    pub(crate) fn stamp(&self, at: i64, joint: &str, tail: &str, out: &mut Vec<u8>) {
        let second = at.rem_euclid(DAY);
        out.extend_from_slice(self.iso(day_of(at)).as_bytes());
        out.extend_from_slice(joint.as_bytes());
        for (part, mark) in [(second / 3_600, b':'), (second / 60 % 60, b':'), (second % 60, 0)] {
            let digit = |n: i64| b'0' + u8::try_from(n % 10).unwrap_or(0);
            out.extend_from_slice(&[digit(part / 10), digit(part)]);
            if mark != 0 {
                out.push(mark);
            }
        }
        out.extend_from_slice(tail.as_bytes());
    }
}

/// The day of a moment.
pub(crate) fn day_of(at: i64) -> i32 {
    i32::try_from(at.div_euclid(DAY)).unwrap_or(i32::MAX)
}

/// A bounded number of days from a float.
pub(crate) fn days(value: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "clamped to the calendar first")]
    let whole = value.clamp(-100_000.0, 100_000.0).round() as i32;
    whole
}

/// A bounded number of seconds from a float.
pub(crate) fn seconds(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "clamped to a century first")]
    let whole = value.clamp(-4e9, 4e9).round() as i64;
    whole
}

/// `05 Nov 2019`, as Connections.csv writes dates.
pub(crate) fn connected_on(day: i32) -> String {
    Day(day).date().strftime("%d %b %Y").to_string()
}

/// `1/31/24, 2:05 PM`, as Invitations.csv writes moments.
pub(crate) fn sent_at(at: i64) -> String {
    let date = Day(day_of(at)).date();
    let second = at.rem_euclid(DAY);
    let (hour, minute) = (second / 3_600, second / 60 % 60);
    let half = if hour < 12 { "AM" } else { "PM" };
    let shown = if hour % 12 == 0 { 12 } else { hour % 12 };
    format!("{}/{}/{:02}, {shown}:{minute:02} {half}", date.month(), date.day(), date.year() % 100)
}

fn kind(date: Date) -> Kind {
    let (month, day) = (date.month(), date.day());
    if (month == 12 && day >= 22) || (month == 1 && day <= 3) {
        Kind::YearEnd
    } else if month == 8 && day <= 21 {
        Kind::Summer
    } else if matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
        Kind::Weekend
    } else {
        Kind::Work
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_export_writes_them() {
        let day = Day::from_date(jiff::civil::date(2024, 1, 5)).0;
        assert_eq!(connected_on(day), "05 Jan 2024");
        assert_eq!(sent_at(i64::from(day) * DAY + 5 * 60), "1/5/24, 12:05 AM");
        assert_eq!(sent_at(i64::from(day) * DAY + 14 * 3_600), "1/5/24, 2:00 PM");
    }

    #[test]
    fn contacts_avoid_weekends() {
        let first = Day::from_date(jiff::civil::date(2024, 1, 1)).0;
        let calendar = Calendar::new(first, first + 700);
        let mut stream = Stream::new(1, "test", 0);
        let work = (first..first + 700)
            .filter(|&day| {
                let at = calendar.settle(&mut stream, day);
                calendar.is_work(at)
            })
            .count();
        assert!(work > 600, "{work}");
    }
}
