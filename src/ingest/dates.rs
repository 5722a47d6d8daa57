//! One parser for each way a file writes its dates; never one guesser for all.
//!
//! Responsible for turning text into a civil date or an instant in UTC, and for refusing impossible ones. Times
//! without a zone are read as UTC.

use jiff::civil::Date;

use super::local_dates::{self, named_month};
use crate::units::{Day, Instant};

pub(super) use super::local_dates::{Order, OrderSigns};

/// The first year a LinkedIn file can speak of; the service began then.
const LINKEDIN_YEAR: i16 = 2003;
/// The first instant an interaction log is believed: 1980-01-01. Earlier ones are clocks that were never set.
const LOG_START: i64 = 315_532_800;
/// 2200-01-01: a later time in a log is a mistake.
const LOG_END: i64 = 7_258_118_400;

/// The day of `Connected On`: `05 Nov 2019`, `04-May-22`, `11/4/18, 9:14 PM`, `2019-11-05`, `11/5/2019`, and what
/// spreadsheets make of them: `5.11.2019`, `05-nov.-19`, `43774`.
pub(super) fn connected_on(text: &str, order: Order) -> Option<Date> {
    let text = text.trim();
    let date = named_month_day(text)
        .or_else(|| iso_date(text))
        .or_else(|| local_dates::numeric(text, order))
        .or_else(|| clock_time(text, order).map(|(date, _)| date))
        .or_else(|| iso_instant(text).and_then(date_of))
        .or_else(|| local_dates::serial(text).map(|(date, _)| date))?;
    (date.year() >= LINKEDIN_YEAR).then_some(date)
}

/// The instant of a LinkedIn message, invitation or endorsement: `2024-01-31 14:05:11 UTC`, `1/31/24, 2:05 PM`,
/// `31.01.2024 14:05`, `45322.587`; a day alone stands at noon.
pub(super) fn linkedin_instant(text: &str, order: Order) -> Option<Instant> {
    let text = text.trim();
    let of = |(date, seconds): (Date, i64)| {
        Instant(days(date.year(), date.month(), date.day()) * 86_400 + seconds)
    };
    let at = iso_instant(text)
        .or_else(|| clock_time(text, order).map(of))
        .or_else(|| iso_date(text).map(noon))
        .or_else(|| local_dates::numeric(text, order).map(noon))
        .or_else(|| named_month_day(text).map(noon))
        .or_else(|| local_dates::serial(text).map(of))?;
    (date_of(at)?.year() >= LINKEDIN_YEAR).then_some(at)
}

/// The day of `Wed Mar 13 18:51:14 UTC 2024`, of `Sep 23, 2022 12:00 PM - …`, or of any other date above.
pub(super) fn activity_day(text: &str) -> Option<Date> {
    let text = text.split(" - ").next().unwrap_or_default().trim();
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let spelled = match words.as_slice() {
        [_, month, day, clock, _, year] if clock.contains(':') => Some((day, month, year)),
        [month, day, year, ..] if month.starts_with(char::is_alphabetic) => {
            Some((day, month, year))
        }
        _ => None,
    };
    let date = spelled.and_then(|(day, month, year)| {
        Date::new(full_year(year)?, named_month(month)?, small(day)?).ok()
    });
    let date = date.or_else(|| linkedin_instant(text, Order::default()).and_then(date_of))?;
    (date.year() >= LINKEDIN_YEAR).then_some(date)
}

/// The first day that `Mar 2021` or `2013` covers.
pub(super) fn month_start(text: &str) -> Option<Date> {
    let (year, month) = year_and_month(text)?;
    Date::new(year, month.unwrap_or(1), 1).ok()
}

/// The last day that `Mar 2021` or `2013` covers.
pub(super) fn month_end(text: &str) -> Option<Date> {
    let (year, month) = year_and_month(text)?;
    Some(Date::new(year, month.unwrap_or(12), 1).ok()?.last_of_month())
}

/// The instant of a log row: ISO 8601 in its usual spellings, a date alone, or seconds (milliseconds) since 1970.
pub(super) fn log_instant(text: &str) -> Option<Instant> {
    let text = text.trim();
    let at = iso_instant(text)
        .or_else(|| iso_date(text).map(noon))
        .or_else(|| named_month_day(text).map(noon))
        .or_else(|| epoch(text))?;
    (LOG_START..LOG_END).contains(&at.0).then_some(at)
}

/// [`log_instant`] for millions of trimmed cells: a short way for `YYYY-MM-DDTHH:MM:SS`, with or without a `Z`, that
/// reads the day only when it differs from the last one.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Clock {
    text: [u8; 10],
    /// The first second of the day in `text`; within the years of a log.
    start: Option<i64>,
}

impl Clock {
    /// The instant of a cell.
    pub(super) fn read(&mut self, cell: &[u8]) -> Option<Instant> {
        self.plain(cell).or_else(|| log_instant(std::str::from_utf8(cell).ok()?))
    }

    fn plain(&mut self, cell: &[u8]) -> Option<Instant> {
        let (day, rest) = cell.split_first_chunk::<10>()?;
        let ([mark, time @ ..], zone) = rest.split_first_chunk::<9>()?;
        if !(zone == b"Z" || zone.is_empty()) || (*mark != b'T' && *mark != b' ') {
            return None;
        }
        if *day != self.text {
            let (days, _) = iso_day(day).filter(|(_, rest)| rest.is_empty())?;
            let start = days * 86_400;
            let believed = (LOG_START..LOG_END).contains(&start);
            (self.text, self.start) = (*day, believed.then_some(start));
        }
        // Digits come out as 0..=9, anything else as more.
        let digit = |at: usize| time[at].wrapping_sub(b'0');
        let (h, hour, m, minute, s, second) =
            (digit(0), digit(1), digit(3), digit(4), digit(6), digit(7));
        let digits = h <= 2 && hour <= 9 && m <= 5 && minute <= 9 && s <= 5 && second <= 9;
        let (hour, minute, second) = (
            i64::from(h) * 10 + i64::from(hour),
            i64::from(m) * 10 + i64::from(minute),
            i64::from(s) * 10 + i64::from(second),
        );
        // A leap second goes the long way.
        if !digits || hour > 23 || time[2] != b':' || time[5] != b':' {
            return None;
        }
        Some(Instant(self.start? + hour * 3_600 + minute * 60 + second))
    }
}

/// How many days a log's times may span.
pub(super) const LOG_DAYS: usize = 80_354;

/// Days from the first day of which a log is believed.
pub(super) fn log_day(at: Instant) -> usize {
    usize::try_from((at.0 - LOG_START).div_euclid(86_400)).unwrap_or(0)
}

/// The day with this number in [`log_day`].
pub(super) fn day_of_log_day(number: usize) -> Day {
    let first = i32::try_from(LOG_START / 86_400).unwrap_or(0);
    Day(first.saturating_add(i32::try_from(number).unwrap_or(i32::MAX)))
}

/// `2024-01-31T14:05:11Z` and its kin: a space for the `T`, slashes, no seconds, a fraction, `UTC`, an offset.
fn iso_instant(text: &str) -> Option<Instant> {
    let bytes = text.as_bytes();
    let (day, rest) = iso_day(bytes)?;
    let (b'T' | b't' | b' ', rest) = rest.split_first().map(|(first, rest)| (*first, rest))? else {
        return None;
    };
    let (hour, rest) = two_digits(rest)?;
    let (minute, rest) = two_digits(rest.strip_prefix(b":")?)?;
    let (second, rest) = match rest.strip_prefix(b":") {
        Some(rest) => two_digits(rest)?,
        None => (0, rest),
    };
    // A leap second is the last second of its minute to us.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let offset = offset_seconds(after_fraction(rest)?)?;
    let seconds = hour * 3600 + minute * 60 + second.min(59);
    Some(Instant(day * 86_400 + seconds - offset))
}

/// The days since 1970 of `YYYY-MM-DD` or `YYYY/MM/DD` at the start, and what follows.
fn iso_day(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let (century, rest) = two_digits(bytes)?;
    let (year, rest) = two_digits(rest)?;
    let (mark, rest) = rest.split_first()?;
    if *mark != b'-' && *mark != b'/' {
        return None;
    }
    let (month, rest) = two_digits(rest)?;
    let (day, rest) = two_digits(rest.strip_prefix(&[*mark])?)?;
    let year = i16::try_from(century * 100 + year).ok()?;
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    is_day(year, month, day).then(|| (days(year, month, day), rest))
}

fn iso_date(text: &str) -> Option<Date> {
    let (day, rest) = iso_day(text.as_bytes())?;
    if !rest.is_empty() {
        return None;
    }
    date_of(Instant(day * 86_400))
}

fn two_digits(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let (pair, rest) = bytes.split_first_chunk::<2>()?;
    let digits = pair.iter().all(u8::is_ascii_digit);
    digits.then(|| (i64::from(pair[0] - b'0') * 10 + i64::from(pair[1] - b'0'), rest))
}

/// Skips `.123`; the fraction of a second is not kept.
fn after_fraction(bytes: &[u8]) -> Option<&[u8]> {
    let (b'.' | b',', mut rest) = bytes.split_first().map_or((b' ', bytes), |(f, r)| (*f, r))
    else {
        return Some(bytes);
    };
    let mut any = false;
    while let Some((digit, after)) = rest.split_first()
        && digit.is_ascii_digit()
    {
        any = true;
        rest = after;
    }
    any.then_some(rest)
}

/// Nothing, `Z`, `UTC`, `GMT`, `+01`, `+0100` or `+01:00`, perhaps after a space.
fn offset_seconds(bytes: &[u8]) -> Option<i64> {
    let bytes = bytes.trim_ascii();
    let (sign, rest) = match bytes {
        [] | [b'Z' | b'z'] => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        word if word.eq_ignore_ascii_case(b"utc") || word.eq_ignore_ascii_case(b"gmt") => {
            return Some(0);
        }
        _ => return None,
    };
    let (hours, rest) = two_digits(rest)?;
    let rest = rest.strip_prefix(b":").unwrap_or(rest);
    let (minutes, rest) = if rest.is_empty() { (0, rest) } else { two_digits(rest)? };
    let possible = rest.is_empty() && hours <= 18 && minutes < 60;
    possible.then_some(sign * (hours * 3600 + minutes * 60))
}

/// Seconds (9 or 10 digits) or milliseconds (12 or 13) since 1970.
fn epoch(text: &str) -> Option<Instant> {
    let number = if text.bytes().all(|b| b.is_ascii_digit()) {
        text.parse::<i64>().ok()?
    } else {
        return None;
    };
    match text.len() {
        9 | 10 => Some(Instant(number)),
        12 | 13 => Some(Instant(number / 1000)),
        _ => None,
    }
}

/// `05 Nov 2019`, `04-May-22`, `5. November 2019`.
fn named_month_day(text: &str) -> Option<Date> {
    let mut parts = text
        .split([' ', '-', '\u{a0}', '\u{202f}'])
        .filter(|part| !part.is_empty() && !part.eq_ignore_ascii_case("de"));
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || !month.starts_with(char::is_alphabetic) {
        return None;
    }
    let day = day.strip_suffix('.').unwrap_or(day);
    Date::new(full_year(year)?, named_month(month)?, small(day)?).ok()
}

/// `1/31/24, 2:05 PM`, with any kind of space before the `PM`; also without the comma, `14:05`, and with the day
/// written in the file's order.
fn clock_time(text: &str, order: Order) -> Option<(Date, i64)> {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_whitespace() || c == '\u{202f}' || c == ',' { ' ' } else { c })
        .collect();
    let mut parts = spaced.split(' ').filter(|part| !part.is_empty());
    let day = parts.next()?;
    let date = local_dates::numeric(day, order).or_else(|| named_month_day(day))?;
    let mut clock = parts.next()?.split(':');
    let hour = i64::from(small(clock.next()?)?);
    let minute = i64::from(small(clock.next()?)?);
    let second = clock.next().map_or(Some(0), |text| small(text).map(i64::from))?;
    let half = parts.next().map(str::to_ascii_uppercase);
    let hour = match half.as_deref() {
        Some("AM") if (1..=12).contains(&hour) => hour % 12,
        Some("PM") if (1..=12).contains(&hour) => hour % 12 + 12,
        None | Some("UTC") if hour < 24 => hour,
        _ => return None,
    };
    let possible = minute < 60 && second < 60 && clock.next().is_none() && parts.next().is_none();
    possible.then_some((date, hour * 3600 + minute * 60 + second))
}

fn year_and_month(text: &str) -> Option<(i16, Option<i8>)> {
    let mut parts = text.split([' ', '-', '/']).filter(|part| !part.is_empty());
    let first = parts.next()?;
    let second = parts.next();
    if parts.next().is_some() {
        return None;
    }
    let plausible = |year: i16| (1900..=2100).contains(&year).then_some(year);
    match second {
        None if first.len() == 4 => Some((plausible(full_year(first)?)?, None)),
        Some(year) => Some((plausible(full_year(year)?)?, Some(named_month(first)?))),
        None => None,
    }
}

/// A year of four digits, or of two, which is always 20YY.
pub(super) fn full_year(text: &str) -> Option<i16> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    match text.len() {
        2 if digits => Some(2000 + text.parse::<i16>().ok()?),
        4 if digits => text.parse().ok(),
        _ => None,
    }
}

/// A number of one or two digits.
pub(super) fn small(text: &str) -> Option<i8> {
    let short = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if short { text.parse().ok() } else { None }
}

fn is_day(year: i16, month: i8, day: i8) -> bool {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let length = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=length).contains(&day)
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, counting years from March.
fn days(year: i16, month: i8, day: i8) -> i64 {
    let (month, day) = (i64::from(month), i64::from(day));
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// A day without a time stands at noon UTC, so that it stays the same day in every zone from −12 to +11 hours.
fn noon(date: Date) -> Instant {
    Instant(days(date.year(), date.month(), date.day()) * 86_400 + 43_200)
}

fn date_of(at: Instant) -> Option<Date> {
    let stamp = jiff::Timestamp::from_second(at.0).ok()?;
    Some(jiff::tz::TimeZone::UTC.to_datetime(stamp).date())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn instant(text: &str) -> Option<Instant> {
        linkedin_instant(text, Order::default())
    }

    fn day(text: &str) -> Option<Date> {
        connected_on(text, Order::default())
    }

    fn at(text: &str) -> Option<i64> {
        log_instant(text).map(|at| at.0)
    }

    #[test]
    fn gotcha_15_invitations_are_month_first_and_midnight_is_twelve_am() {
        let second_of_january = instant("1/2/24, 12:05 AM").unwrap();
        assert_eq!(Some(second_of_january), instant("2024-01-02 00:05:00 UTC"));
        let spaced = instant("1/31/24, 2:05\u{202f}PM");
        assert_eq!(spaced, instant("2024-01-31 14:05:00 UTC"));
        assert_eq!(instant("12/31/23, 12:05 PM"), instant("2023-12-31T12:05Z"));
        assert_eq!(instant("13/1/24, 2:05 PM"), None);
        assert_eq!(instant("1/1/24, 13:05 PM"), None);
    }

    #[test]
    fn gotcha_16_spreadsheet_dates_and_impossible_days() {
        assert_eq!(day("04-May-22"), Some(date(2022, 5, 4)));
        assert_eq!(day("31-Dec-09"), Some(date(2009, 12, 31)));
        assert_eq!(day("05 Nov 2019"), Some(date(2019, 11, 5)));
        assert_eq!(day("11/4/18, 9:14 PM"), Some(date(2018, 11, 4)));
        assert_eq!(day("2019-11-05"), Some(date(2019, 11, 5)));
        assert_eq!(day("11/5/2019"), Some(date(2019, 11, 5)));
        assert_eq!(day("29 Feb 2024"), Some(date(2024, 2, 29)));
        for bad in "29 Feb 2023|31 Feb 2024|2023-02-29|Cook||05 Nov 1999|5 Foo 2020".split('|') {
            assert_eq!(day(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_spreadsheets_make_of_dates_is_read() {
        for text in
            "05 Nov 2019|5. November 2019|05-nov.-19|05-nov-19|5.11.2019|05.11.19|43774|43774.5"
                .split('|')
        {
            assert_eq!(day(text), Some(date(2019, 11, 5)), "{text}");
        }
        assert_eq!(connected_on("5/11/2019", Order::DayFirst), Some(date(2019, 11, 5)));
        let at = instant("2024-01-31 14:05:00 UTC");
        for text in "31.01.2024 14:05|1/31/2024 14:05|1/31/24 2:05 PM|31-Jan-24 14:05".split('|') {
            assert_eq!(instant(text), at, "{text}");
        }
        assert_eq!(linkedin_instant("31/01/2024 14:05", Order::DayFirst), at);
        assert_eq!(instant("45322.586805556"), at);
        assert_eq!(instant("2024-01-31"), instant("2024-01-31 12:00:00 UTC"));
    }

    #[test]
    fn days_of_activity_have_spellings_of_their_own() {
        assert_eq!(activity_day("Wed Mar 13 18:51:14 UTC 2024"), Some(date(2024, 3, 13)));
        let event = "Sep 23, 2022 12:00 PM - Sep 23, 2022 12:20 PM";
        assert_eq!(activity_day(event), Some(date(2022, 9, 23)));
        assert_eq!(activity_day("2026-10-15 06:01:43"), Some(date(2026, 10, 15)));
        assert_eq!(activity_day("06/03/24, 09:15 AM"), Some(date(2024, 6, 3)));
        assert_eq!(activity_day("soon"), None);
    }

    #[test]
    fn gotcha_17_instants_are_utc() {
        assert_eq!(instant("2025-12-31 23:59:59 UTC"), Some(Instant(1_767_225_599)));
    }

    #[test]
    fn logs_write_instants_in_many_ways() {
        let expected = Some(1_706_709_911); // 2024-01-31 14:05:11 UTC
        for text in "2024-01-31T14:05:11Z|2024-01-31 14:05:11|2024-01-31T15:05:11+01:00|2024-01-31 09:05:11 -0500|2024-01-31T14:05:11.999Z|2024/01/31 14:05:11 UTC|1706709911|1706709911123".split('|') {
            assert_eq!(at(text), expected, "{text}");
        }
        // A day alone stands at noon.
        assert_eq!(at("2024-01-31"), Some(1_706_702_400));
        assert_eq!(at("1979-12-31T23:59:59Z"), None);
        assert_eq!(at("1980-01-01T00:00:00Z"), Some(315_532_800));
        for bad in
            "2024-02-30T00:00:00Z|9999-12-31T23:59:59Z|2024-01-31T24:00:00Z|2024-01-31T1:05Z|3/4/2024|x".split('|')
        {
            assert_eq!(at(bad), None, "{bad}");
        }
    }

    #[test]
    fn positions_cover_months_and_years() {
        assert_eq!(month_start("Mar 2021"), Some(date(2021, 3, 1)));
        assert_eq!(month_end("Feb 2024"), Some(date(2024, 2, 29)));
        assert_eq!(
            (month_start("2013"), month_end("2013")),
            (Some(date(2013, 1, 1)), Some(date(2013, 12, 31)))
        );
        assert_eq!(month_start("soon"), None);
    }

    #[test]
    fn the_days_of_a_log_are_counted_from_its_start() {
        assert_eq!(log_day(Instant(LOG_START)), 0);
        assert_eq!(log_day(Instant(LOG_END - 1)), LOG_DAYS - 1);
        let at = log_instant("2024-01-31T14:05:11Z").unwrap();
        assert_eq!(day_of_log_day(log_day(at)).date(), date(2024, 1, 31));
    }

    proptest! {
        #[test]
        fn the_short_way_finds_what_the_long_way_finds(
            text in "(19|20|21)[0-9]{2}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](Z|z|)") {
            prop_assert_eq!(Clock::default().read(text.as_bytes()), log_instant(&text));
        }

        #[test]
        fn any_text_is_safe(text in ".{0,30}") {
            let _ = (day(&text), instant(&text), log_instant(&text), month_end(&text));
        }

        #[test]
        fn our_calendar_is_jiffs(day in -700_000_i32..2_900_000) {
            let date = crate::units::Day(day).date();
            prop_assert_eq!(days(date.year(), date.month(), date.day()), i64::from(crate::units::Day::from_date(date).0));
        }
    }
}
