//! One `VEVENT` as it stands: times, rule, people, state. The title, the description and the place are not looked at.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::super::content::Property;
use super::super::record::Mention;
use super::zones::Zones;
use crate::canonical;
use crate::units::Instant;

/// Names of the lines that are looked at.
pub(super) const WANTED: &[&str] = &[
    "BEGIN",
    "END",
    "UID",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "SEQUENCE",
    "STATUS",
    "TRANSP",
    "ORGANIZER",
    "ATTENDEE",
    "CREATED",
    "LAST-MODIFIED",
    "DTSTAMP",
    "CATEGORIES",
    "CLASS",
    "TZID",
    "X-WR-CALNAME",
    "X-WR-TIMEZONE",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "X-LIC-LOCATION",
];

/// A point in time as a calendar writes it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Moment {
    /// On the clock of its zone.
    pub(super) local: DateTime,
    /// A day without a time.
    pub(super) is_day: bool,
    /// The zone.
    pub(super) zone: TimeZone,
    /// Whether the zone's name is known.
    pub(super) is_known: bool,
}

impl Moment {
    /// The instant of a local time in this moment's zone.
    pub(super) fn instant_of(&self, local: DateTime) -> Option<Instant> {
        self.zone.to_timestamp(local).ok().map(|stamp| Instant(stamp.as_second()))
    }

    /// The local time of an instant in this moment's zone.
    pub(super) fn local_of(&self, at: Instant) -> Option<DateTime> {
        let stamp = jiff::Timestamp::from_second(at.0).ok()?;
        Some(self.zone.to_datetime(stamp))
    }

    /// The instant.
    pub(super) fn instant(&self) -> Option<Instant> {
        self.instant_of(self.local)
    }
}

/// What somebody answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Declined,
    Other,
}

/// Somebody of a meeting.
#[derive(Debug, Clone)]
pub(super) struct Guest {
    pub(super) who: Mention,
    pub(super) answer: Answer,
    /// The kind of thing that is no person, by the calendar's own word.
    pub(super) thing: Option<&'static str>,
}

/// One entry.
#[expect(clippy::struct_excessive_bools, reason = "five marks that do not hang together")]
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub(super) line: u64,
    pub(super) uid: String,
    pub(super) start: Option<Moment>,
    pub(super) end: Option<Moment>,
    pub(super) duration: Option<i64>,
    pub(super) rule: Option<String>,
    pub(super) more: Vec<Moment>,
    pub(super) except: Vec<Moment>,
    pub(super) replaces: Option<Moment>,
    /// Whether it replaces all meetings after that one too.
    pub(super) is_future: bool,
    pub(super) sequence: i64,
    pub(super) is_cancelled: bool,
    pub(super) is_free: bool,
    pub(super) organizer: Option<Guest>,
    pub(super) guests: Vec<Guest>,
    pub(super) recorded: Option<Date>,
    pub(super) categories: Vec<String>,
    pub(super) is_broken: bool,
    pub(super) unknown_zone: bool,
}

impl Entry {
    /// Takes in one line.
    pub(super) fn add(&mut self, property: &Property, zones: &mut Zones) {
        let value = property.value.as_str();
        let mut one = |text: &str| {
            let found = moment(text, property.param("TZID"), zones);
            self.unknown_zone |= found.as_ref().is_some_and(|moment| !moment.is_known);
            found
        };
        match property.name.as_str() {
            "UID" => value.clone_into(&mut self.uid),
            "DTSTART" => self.start = one(value),
            "DTEND" => self.end = one(value),
            "DURATION" => self.duration = duration(value),
            "RRULE" => self.rule = Some(value.to_owned()),
            "RDATE" => {
                self.more.extend(
                    value
                        .split(',')
                        .filter_map(|text| one(text.split('/').next().unwrap_or_default())),
                );
            }
            "EXDATE" => self.except.extend(value.split(',').filter_map(&mut one)),
            "RECURRENCE-ID" => {
                self.replaces = one(value);
                let is = |range: &str| range.eq_ignore_ascii_case("THISANDFUTURE");
                self.is_future = property.param("RANGE").is_some_and(is);
            }
            "SEQUENCE" => self.sequence = value.parse().unwrap_or(0),
            "STATUS" => self.is_cancelled = value.eq_ignore_ascii_case("CANCELLED"),
            "TRANSP" => self.is_free = value.eq_ignore_ascii_case("TRANSPARENT"),
            "ORGANIZER" => self.organizer = guest(property),
            "ATTENDEE" => self.guests.extend(guest(property)),
            "CATEGORIES" => {
                let own = property.text().to_lowercase();
                self.categories.extend(own.split(',').map(|text| text.trim().to_owned()));
            }
            "CREATED" | "LAST-MODIFIED" | "DTSTAMP" => {
                let day = one(value).map(|moment| moment.local.date());
                self.recorded = self.recorded.max(day);
            }
            _ => {}
        }
    }

    /// Minutes from start to end; 0 when unknown or longer than a week.
    pub(super) fn minutes(&self) -> u16 {
        let ends = self.end.as_ref().and_then(Moment::instant);
        let starts = self.start.as_ref().and_then(Moment::instant);
        let seconds = starts.zip(ends).map(|(start, end)| end.0 - start.0).or(self.duration);
        let minutes = seconds.unwrap_or(0) / 60;
        u16::try_from(minutes).ok().filter(|minutes| *minutes <= 7 * 24 * 60).unwrap_or(0)
    }
}

/// `20260304`, `20260304T100000`, `20260304T090000Z`.
fn moment(text: &str, zone: Option<&str>, zones: &mut Zones) -> Option<Moment> {
    let text = text.trim();
    let bytes = text.as_bytes();
    let number =
        |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<i16>().ok());
    let small = |from: usize| number(from, from + 2).and_then(|n| i8::try_from(n).ok());
    let date = Date::new(number(0, 4)?, small(4)?, small(6)?).ok()?;
    let is_utc = text.ends_with(['Z', 'z']);
    let (zone, is_known) = if is_utc { (TimeZone::UTC, true) } else { zones.of(zone) };
    if bytes.len() == 8 {
        return Some(Moment { local: date.at(0, 0, 0, 0), is_day: true, zone, is_known: true });
    }
    if !matches!(bytes.get(8), Some(b'T' | b't' | b' ')) {
        return None;
    }
    let time =
        jiff::civil::Time::new(small(9)?, small(11)?, small(13).unwrap_or(0).min(59), 0).ok()?;
    Some(Moment { local: date.to_datetime(time), is_day: false, zone, is_known })
}

/// `PT1H30M`, `P1D`, `P2W`: seconds.
fn duration(text: &str) -> Option<i64> {
    let text = text.trim().trim_start_matches('+').strip_prefix(['P', 'p'])?;
    let (mut total, mut number) = (0_i64, 0_i64);
    for c in text.chars() {
        let unit = match c.to_ascii_uppercase() {
            digit @ '0'..='9' => {
                number = number.saturating_mul(10).saturating_add(i64::from(digit.to_digit(10)?));
                continue;
            }
            'T' => continue,
            'W' => 604_800,
            'D' => 86_400,
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        total = total.saturating_add(number.saturating_mul(unit));
        number = 0;
    }
    Some(total)
}

/// Somebody, by address or at least by name.
fn guest(property: &Property) -> Option<Guest> {
    let value = property.value.trim();
    let scheme = value.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    let address = if scheme { value.get(7..).unwrap_or_default() } else { value };
    let email =
        canonical::email(address).or_else(|| property.param("EMAIL").and_then(canonical::email));
    let email = email.filter(|email| !email.ends_with("@nomail") && email != "invalid@nomail");
    let name = property.param("CN").unwrap_or_default().trim().trim_matches('\'');
    let is_address = canonical::email(name).is_some();
    let name: String = if is_address { String::new() } else { name.chars().take(120).collect() };
    let who = Mention { name, email: email.unwrap_or_default(), ..Mention::default() };
    let is = |param: &str, word: &str| {
        property.param(param).is_some_and(|p| p.eq_ignore_ascii_case(word))
    };
    let thing = if is("CUTYPE", "ROOM") || is("CUTYPE", "RESOURCE") {
        Some("room")
    } else if is("CUTYPE", "GROUP") {
        Some("list")
    } else {
        None
    };
    let answer = if is("PARTSTAT", "DECLINED") { Answer::Declined } else { Answer::Other };
    (who != Mention::default()).then_some(Guest { who, answer, thing })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_moments() {
        assert_eq!(duration("PT1H30M"), Some(5_400));
        assert_eq!(duration("P2W"), Some(1_209_600));
        assert_eq!(duration("soon"), None);
        let mut zones = Zones::new(TimeZone::get("Europe/Oslo").unwrap());
        let at = |text: &str, zone: Option<&str>, zones: &mut Zones| {
            moment(text, zone, zones).and_then(|moment| moment.instant()).map(|at| at.0)
        };
        let ten = Some(1_772_614_800); // 2026-03-04 09:00 UTC
        assert_eq!(at("20260304T090000Z", None, &mut zones), ten);
        assert_eq!(at("20260304T100000", None, &mut zones), ten);
        assert_eq!(at("20260304T040000", Some("America/New_York"), &mut zones), ten);
        assert_eq!(at("20261304", None, &mut zones), None);
    }
}
