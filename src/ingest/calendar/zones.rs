//! Names of time zones as calendars write them: IANA, Windows, paths of old programs, free text beside a definition.

use std::collections::BTreeMap;

use calcard::common::timezone::Tz;
use jiff::tz::{Offset, TimeZone};

/// The zones of a calendar.
#[derive(Debug)]
pub(super) struct Zones {
    own: TimeZone,
    known: BTreeMap<String, Option<TimeZone>>,
    /// The text of each definition, by name.
    defined: BTreeMap<String, String>,
}

impl Zones {
    /// With the zone of times that have none.
    pub(super) fn new(own: TimeZone) -> Self {
        Self { own, known: BTreeMap::new(), defined: BTreeMap::new() }
    }

    /// Takes in a definition (`VTIMEZONE`).
    pub(super) fn define(&mut self, name: String, text: String) {
        self.defined.insert(name, text);
    }

    /// The zone of a time with this name, and whether it is known; a time without a name has the owner's.
    pub(super) fn of(&mut self, name: Option<&str>) -> (TimeZone, bool) {
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            return (self.own.clone(), true);
        };
        if !self.known.contains_key(name) {
            let zone =
                named(name).or_else(|| self.defined.get(name).and_then(|text| of_definition(text)));
            self.known.insert(name.to_owned(), zone);
        }
        let zone = self.known.get(name).cloned().flatten();
        (zone.clone().unwrap_or_else(|| self.own.clone()), zone.is_some())
    }
}

/// A zone by its name.
pub(super) fn named(name: &str) -> Option<TimeZone> {
    let whole = TimeZone::get(name).ok();
    // Old programs write a path that ends in the name.
    let parts: Vec<&str> = name.split('/').collect();
    let ends = (1..parts.len()).map(|from| parts[from..].join("/"));
    whole
        .or_else(|| of_tz(name.parse::<Tz>().ok()?))
        .or_else(|| ends.filter(|end| end.contains('/')).find_map(|end| TimeZone::get(&end).ok()))
}

/// What a definition says: the place it names, else its rules as a POSIX zone.
fn of_definition(text: &str) -> Option<TimeZone> {
    let mut change = Change::default();
    let (mut standard, mut summer) = (None, None);
    for line in text.lines() {
        let (name, value) = line.split_once(':')?;
        match (name, value) {
            ("X-LIC-LOCATION", place) => {
                if let Some(zone) = named(place) {
                    return Some(zone);
                }
            }
            ("BEGIN", _) => change = Change::default(),
            ("DTSTART", value) => change.start = value.to_owned(),
            ("RRULE", value) => change.rule = value.to_owned(),
            ("TZOFFSETTO", value) => change.offset = offset(value),
            // The newest rule stands last.
            ("END", "STANDARD") => standard = Some(std::mem::take(&mut change)),
            ("END", "DAYLIGHT") => summer = Some(std::mem::take(&mut change)),
            _ => {}
        }
    }
    let standard = standard.or_else(|| summer.take())?;
    let fixed = || Offset::from_seconds(standard.offset?).ok().map(TimeZone::fixed);
    let Some(summer) = summer else { return fixed() };
    let (Some(from), Some(to)) = (summer.posix(), standard.posix()) else { return fixed() };
    let hours = |seconds: i32| {
        let sign = if seconds > 0 { "-" } else { "" };
        let size = seconds.abs();
        format!("{sign}{}:{:02}", size / 3_600, size % 3_600 / 60)
    };
    let rule =
        format!("<STD>{}<DST>{},{from},{to}", hours(standard.offset?), hours(summer.offset?));
    TimeZone::posix(&rule).ok().or_else(fixed)
}

/// When a zone changes its offset, and to what.
#[derive(Default)]
struct Change {
    start: String,
    rule: String,
    offset: Option<i32>,
}

impl Change {
    /// `M3.5.0/2:00` of `FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU` with a start at two.
    fn posix(&self) -> Option<String> {
        let part = |name: &str| {
            let mut parts = self.rule.split(';').filter_map(|part| part.split_once('='));
            parts.find(|(known, _)| *known == name).map(|(_, value)| value)
        };
        let month: u8 = part("BYMONTH")?.parse().ok()?;
        let day = part("BYDAY")?;
        let (week, day) = day.split_at_checked(day.len().checked_sub(2)?)?;
        let day =
            ["SU", "MO", "TU", "WE", "TH", "FR", "SA"].iter().position(|name| *name == day)?;
        let week = match week.parse::<i8>().ok()? {
            -1 => 5,
            week @ 1..=4 => week,
            _ => return None,
        };
        let (hour, minute) = (self.start.get(9..11)?, self.start.get(11..13)?);
        Some(format!("M{month}.{week}.{day}/{hour}:{minute}"))
    }
}

/// `+0130` in seconds.
fn offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let two = |from: usize| digits.get(from..from + 2)?.parse::<i32>().ok();
    Some(sign * (two(0)? * 3_600 + two(2)? * 60))
}

fn of_tz(zone: Tz) -> Option<TimeZone> {
    match zone {
        Tz::Floating => None,
        Tz::Fixed(offset) => {
            Offset::from_seconds(offset.local_minus_utc()).ok().map(TimeZone::fixed)
        }
        Tz::Tz(zone) => TimeZone::get(zone.name()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_go_by_many_names() {
        let name = |text: &str| named(text).and_then(|zone| zone.iana_name().map(str::to_owned));
        assert_eq!(name("Europe/Oslo").as_deref(), Some("Europe/Oslo"));
        assert!(named("W. Europe Standard Time").is_some());
        assert!(named("/freeassociation.sourceforge.net/Europe/Berlin").is_some());
        assert!(named("Nowhere at all").is_none());
        let mut zones = Zones::new(TimeZone::UTC);
        let text = "TZID:Mine
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETTO:+0300
END:STANDARD
";
        zones.define("Mine".to_owned(), text.to_owned());
        assert!(zones.of(Some("Mine")).1);
        assert!(!zones.of(Some("Theirs")).1);
        let oslo = "BEGIN:DAYLIGHT\nDTSTART:19810329T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nTZOFFSETTO:+0200\nEND:DAYLIGHT\n\
                    BEGIN:STANDARD\nDTSTART:19961027T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nTZOFFSETTO:+0100\nEND:STANDARD\n";
        let (ours, theirs) = (of_definition(oslo).unwrap(), TimeZone::get("Europe/Oslo").unwrap());
        for at in [1_770_000_000, 1_774_745_999, 1_774_746_000, 1_780_000_000, 1_792_900_000] {
            let stamp = jiff::Timestamp::from_second(at).unwrap();
            assert_eq!(ours.to_offset(stamp), theirs.to_offset(stamp), "{at}");
        }
    }
}
