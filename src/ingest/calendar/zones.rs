//! Names of time zones as calendars write them: IANA, Windows, paths of old programs, free text beside a definition.

use std::collections::BTreeMap;

use calcard::common::timezone::Tz;
use calcard::icalendar::ICalendar;
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
            let zone = named(name)
                .or_else(|| self.defined.get(name).and_then(|text| of_definition(text, name)));
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

fn of_definition(text: &str, name: &str) -> Option<TimeZone> {
    let calendar = ICalendar::parse(text).ok()?;
    of_tz(calendar.build_tz_resolver().resolve(name)?)
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
        let text = "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Mine\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n\
                    TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n";
        zones.define("Mine".to_owned(), text.to_owned());
        assert!(zones.of(Some("Mine")).1);
        assert!(!zones.of(Some("Theirs")).1);
    }
}
