//! When a mail was sent: its `Date`, else the last `Received`, else the mailbox's own `From ` line.

use jiff::civil::Date;
use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;

use super::super::local_dates::named_month;
use crate::units::Instant;

/// 1990-01-01 and 2200-01-01: an earlier or later mail has a wrong clock.
const BELIEVED: std::ops::Range<i64> = 631_152_000..7_258_118_400;

/// The instant of a `Date` header, or of the part of a `Received` after its last `;`.
pub(super) fn of_header(value: &[u8]) -> Option<Instant> {
    let mut text = value.to_vec();
    // The parser ends at a line end, and wants seconds and a zone.
    if let Some(end) = text.windows(6).position(|six| {
        let [a, b, b':', c, d, after] = six else { return false };
        [a, b, c, d].iter().all(|digit| digit.is_ascii_digit()) && *after == b' '
    }) {
        text.splice(end + 5..end + 5, *b":00");
    }
    text.push(b'\n');
    let parsed = |text: &[u8]| match MessageStream::new(text).parse_date() {
        HeaderValue::DateTime(date) if date.is_valid() => Some(date.to_timestamp()),
        _ => None,
    };
    let seconds = parsed(&text).or_else(|| {
        text.pop();
        text.extend_from_slice(b" +0000\n");
        parsed(&text)
    })?;
    BELIEVED.contains(&seconds).then_some(Instant(seconds))
}

/// The instant of a `Received` header.
pub(super) fn of_received(value: &[u8]) -> Option<Instant> {
    let at = value.iter().rposition(|byte| *byte == b';')?;
    of_header(&value[at + 1..])
}

/// The instant of `From x Mon Mar  4 11:20:34 2024`, with a zone before or after the year, or none.
pub(super) fn of_from_line(line: &[u8]) -> Option<Instant> {
    let line = String::from_utf8_lossy(line);
    let words: Vec<&str> = line.split_whitespace().collect();
    let clock = words.iter().rposition(|word| word.contains(':'))?;
    let (month, day) = (words.get(clock.checked_sub(2)?)?, words.get(clock - 1)?);
    let mut seconds = 0_i64;
    let mut parts = words.get(clock)?.splitn(3, ':');
    for (limit, size) in [(24, 3_600), (60, 60), (61, 1)] {
        let part: i64 = parts.next().map_or(Some(0), |part| part.parse().ok())?;
        seconds += Some(part).filter(|part| (0..limit).contains(part))? * size;
    }
    let (mut year, mut zone) = (None, 0);
    for word in &words[clock + 1..] {
        match word.as_bytes() {
            [sign @ (b'+' | b'-'), digits @ ..] if digits.len() == 4 => {
                let number: i64 = word[1..].parse().ok()?;
                let offset = (number / 100) * 3_600 + (number % 100) * 60;
                zone = if *sign == b'-' { -offset } else { offset };
            }
            digits if digits.len() == 4 && year.is_none() => year = word.parse::<i16>().ok(),
            _ => {}
        }
    }
    let date = Date::new(year?, named_month(month)?, day.parse().ok()?).ok()?;
    let days = jiff::civil::date(1970, 1, 1).until(date).ok()?.get_days();
    let at = i64::from(days) * 86_400 + seconds - zone;
    BELIEVED.contains(&at).then_some(Instant(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_mailers_write_them() {
        let at = |text: &str| of_header(text.as_bytes()).map(|at| at.0);
        let noon = Some(1_709_553_600); // 2024-03-04 12:00 UTC
        for text in [
            "Mon, 4 Mar 2024 12:00:00 +0000",
            "4 Mar 2024 13:00:00 +0100 (CET)",
            "Mon,  4 Mar 2024 07:00 EST",
            "Mon, 04 Mar 2024 12:00:00 GMT",
            "Mon, 04 Mar 24 12:00:00 -0000",
            "Mon, 4 Mar 2024 12:00:00",
        ] {
            assert_eq!(at(text), noon, "{text}");
        }
        for text in ["", "soon", "Mon, 4 Mar 1970 12:00:00 +0000", "32 Foo 2024 99:99:99 +0000"] {
            assert_eq!(at(text), None, "{text}");
        }
        let received = b"from x by y;\r\n\tMon, 4 Mar 2024 12:00:00 +0000";
        assert_eq!(of_received(received).map(|at| at.0), noon);
        for text in [
            "From 1790123@xxx Mon Mar 04 12:00:00 +0000 2024",
            "From a b Mon Mar  4 12:00:00 2024",
            "From a Mon Mar 4 13:00 2024 +0100",
        ] {
            assert_eq!(of_from_line(text.as_bytes()).map(|at| at.0), noon, "{text}");
        }
    }
}
