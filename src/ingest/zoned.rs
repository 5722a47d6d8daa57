//! Times of tables that the user lays out or speaks of: local ones are of the zone that the user says.

use jiff::tz::TimeZone;

use super::dates::{self, Order};
use crate::units::Instant;

/// The instant of a cell, its time of day perhaps in a cell of its own, in any spelling of [`dates`]; one that names
/// no zone is of `zone`.
pub(super) fn instant(text: &str, time: &str, order: Order, zone: &TimeZone) -> Option<Instant> {
    let whole = if time.is_empty() { text.to_owned() } else { format!("{text} {time}") };
    let whole = whole.trim();
    if whole.is_empty() {
        return None;
    }
    let tail = whole.rsplit(['T', ' ']).next().unwrap_or_default();
    let has_zone = whole.ends_with(['Z', 'z'])
        || whole.ends_with("UTC")
        || whole.ends_with("GMT")
        || (whole.contains(':') && tail.contains(['+', '-']) && !tail.contains('/'))
        || whole.bytes().all(|byte| byte.is_ascii_digit());
    if has_zone && let Some(at) = dates::log_instant(whole) {
        return Some(at);
    }
    let naive = dates::linkedin_instant(whole, order).or_else(|| dates::log_instant(whole))?;
    let civil = TimeZone::UTC.to_datetime(jiff::Timestamp::from_second(naive.0).ok()?);
    zone.to_timestamp(civil).ok().map(|stamp| Instant(stamp.as_second()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_without_a_zone_are_the_owners() {
        let oslo = TimeZone::get("Europe/Oslo").unwrap();
        let at =
            |text: &str, time: &str| instant(text, time, Order::DayFirst, &oslo).map(|at| at.0);
        let ten = Some(1_772_614_800); // 2026-03-04 09:00 UTC
        assert_eq!(at("2026-03-04T09:00:00Z", ""), ten);
        assert_eq!(at("2026-03-04 10:00:00", ""), ten);
        assert_eq!(at("2026-03-04T10:00:00+01:00", ""), ten);
        assert_eq!(at("04/03/2026, 10:00 AM", ""), ten);
        assert_eq!(at("04/03/2026", "10:00 AM"), ten);
        assert_eq!(at("2026-03-04", "10:00"), ten);
        assert_eq!(at("1772614800", ""), ten);
        assert_eq!(at("soon", ""), None);
    }
}
