//! Time known: since the two connected, or first wrote if that was earlier.
//!
//! A log shows nothing before its first day, so a first message is a lower bound; the day of connecting is stated.

use crate::units::Day;

use super::super::attributes::Class;
use super::class;

/// Days of a year, leap years spread.
const YEAR: f64 = 365.25;

/// The span since the earlier of the two days; `None` with neither.
#[must_use]
pub fn time_known(connected: Option<Day>, first: Option<Day>, as_of: Day) -> Option<Class> {
    let since = connected.into_iter().chain(first).min()?;
    let stated = connected == Some(since);
    let code = match f64::from(as_of.since(since)) / YEAR {
        years if years < 1.0 => "0-1-years",
        years if years < 3.0 => "1-3-years",
        years if years < 7.0 => "3-7-years",
        _ => "7-years-up",
    };
    Some(class(
        code,
        if stated { 1.0 } else { 0.8 },
        if stated { "connected on" } else { "first message" },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earlier_day_counts() {
        let code = |connected: Option<i32>, first: Option<i32>| {
            time_known(connected.map(Day), first.map(Day), Day(4_000))
                .map(|found| (found.code, found.rule))
        };
        assert_eq!(code(Some(3_990), None), Some(("0-1-years", "connected on")));
        assert_eq!(code(Some(3_990), Some(3_000)), Some(("1-3-years", "first message")));
        assert_eq!(code(Some(2_000), Some(3_000)).unwrap().0, "3-7-years");
        assert_eq!(code(None, Some(0)).unwrap().0, "7-years-up");
        assert_eq!(code(None, None), None);
    }
}
