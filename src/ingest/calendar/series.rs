//! Recurrence rules -> local times, bounded.
//!
//! The rule is expanded by a crate in local time without a zone; exceptions, replacements and zones are the caller's.

use calcard::common::timezone::Tz;
use calcard::icalendar::ICalendar;
use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;

/// Meetings of one series that are followed at most.
pub(super) const MOST: usize = 4_000;
/// The largest step of a rule that a calendar can mean.
const STEP: u32 = 366;

/// The times of a series from `start` to `end`, both local; `true` when it was cut.
///
/// `None` for a rule that cannot be read.
pub(super) fn expand(
    start: DateTime,
    rule: &str,
    end: DateTime,
    zone: &TimeZone,
) -> Option<(Vec<DateTime>, bool)> {
    if !(date(1900, 1, 1)..=date(2200, 1, 1)).contains(&start.date()) {
        return None;
    }
    let rule: String = rule.to_uppercase().chars().filter(|c| !c.is_whitespace()).collect();
    let parts: Vec<(&str, &str)> =
        rule.split(';').filter_map(|part| part.split_once('=')).collect();
    let part = |name: &str| parts.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let freq = part("FREQ")?;
    let most = match freq {
        // Beyond this the years of a rule leave the calendar.
        "YEARLY" => 20,
        "MONTHLY" => 240,
        "WEEKLY" | "DAILY" => STEP,
        // No meeting comes every hour.
        _ => return None,
    };
    let interval: u32 = part("INTERVAL").map_or(Some(1), |text| text.parse().ok())?;
    if interval == 0 || interval > most {
        return None;
    }
    // UNTIL may stand in UTC beside a local start.
    let end = part("UNTIL").and_then(|text| until(text, zone)).map_or(end, |until| until.min(end));
    let end = end.min(date(2199, 12, 31).at(23, 59, 59, 0));
    if end < start {
        return Some((Vec::new(), false));
    }
    let others: Vec<String> = parts
        .iter()
        .filter(|(name, _)| *name != "UNTIL" && *name != "X-LIMIT")
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let bounded = if part("COUNT").is_some() {
        others.join(";")
    } else {
        format!("{};UNTIL={}", others.join(";"), end.strftime("%Y%m%dT%H%M%S"))
    };
    let text = format!(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:{}\r\nRRULE:{bounded}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        start.strftime("%Y%m%dT%H%M%S")
    );
    let calendar = ICalendar::parse(&text).ok()?;
    let found = calendar.expand_dates(Tz::Floating, MOST + 1);
    if !found.errors.is_empty() {
        return None;
    }
    let mut times: Vec<DateTime> = found
        .events
        .iter()
        .filter_map(|event| {
            let seconds = event.start.naive_local().and_utc().timestamp();
            let stamp = jiff::Timestamp::from_second(seconds).ok()?;
            Some(stamp.to_zoned(TimeZone::UTC).datetime())
        })
        .collect();
    times.sort_unstable();
    times.dedup();
    let is_cut = times.len() > MOST;
    times.truncate(MOST);
    times.retain(|time| *time <= end);
    Some((times, is_cut))
}

/// `UNTIL` in local time.
fn until(text: &str, zone: &TimeZone) -> Option<DateTime> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number =
        |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<i16>().ok());
    let small = |from: usize| number(from, from + 2).and_then(|n| i8::try_from(n).ok());
    let day = jiff::civil::Date::new(number(0, 4)?, small(4)?, small(6)?).ok()?;
    let (Some(hour), Some(minute), second) = (small(8), small(10), small(12)) else {
        return Some(day.at(23, 59, 59, 0));
    };
    let second = second.unwrap_or(0).clamp(0, 59);
    let stated = day.at(hour.clamp(0, 23), minute.clamp(0, 59), second, 0);
    if text.ends_with('Z') {
        let stamp = TimeZone::UTC.to_timestamp(stated).ok()?;
        return Some(zone.to_datetime(stamp));
    }
    Some(stated)
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    fn count(rule: &str) -> Option<(usize, bool)> {
        let (start, end) = (datetime(2026, 3, 4, 10, 0, 0, 0), datetime(2030, 1, 1, 0, 0, 0, 0));
        expand(start, rule, end, &TimeZone::UTC).map(|(times, is_cut)| (times.len(), is_cut))
    }

    #[test]
    fn until_in_utc_keeps_the_last_meeting() {
        let oslo = TimeZone::get("Europe/Oslo").unwrap();
        let (start, end) = (datetime(2026, 6, 3, 10, 0, 0, 0), datetime(2030, 1, 1, 0, 0, 0, 0));
        let (times, _) = expand(start, "FREQ=WEEKLY;UNTIL=20260617T080000Z", end, &oslo).unwrap();
        assert_eq!(times.len(), 3);
    }

    #[test]
    fn rules_are_followed_and_bounded() {
        assert_eq!(count("FREQ=WEEKLY;COUNT=5"), Some((5, false)));
        assert_eq!(count("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260331T100000"), Some((8, false)));
        assert_eq!(count("FREQ=MONTHLY;BYDAY=-1FR;COUNT=3"), Some((3, false)));
        assert_eq!(count("FREQ=DAILY;COUNT=100000").map(|found| found.1), Some(true));
        assert_eq!(count("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), Some((0, false)));
        for refused in ["FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "", "FREQ=YEARLY;INTERVAL=65535"]
        {
            assert_eq!(count(refused), None, "{refused}");
        }
    }
}
