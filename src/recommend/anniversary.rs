//! Years at an employer, from the owner's own audits alone.
//!
//! No file of the owner's says when a contact took up a position: an export states today's only, *Connected On* is the day the two
//! connected, a vCard's `ANNIVERSARY` is a wedding. What is known is that one audit did not yet find somebody at an employer and
//! the next one did: [`crate::audit::Person::joined`], handed on from audit to audit while they stay. So there is a card a full
//! number of years after such a move, and none without one. The day is known to the span between the two audits, the card says
//! so, and it expires with the span's end; a span of more than half a year is no date to congratulate on.

use jiff::civil::Date;

use crate::audit::{ActionKind, Confidence};
use crate::text;
use crate::units::{Day, Evidence};

use super::Context;
use super::candidate::{Candidate, Worth};

/// Days from which a span is too long to speak of an anniversary.
const VAGUE: i32 = 190;
/// Days before the span within which the card may be planned: quarters are not all of one length.
const AHEAD: i32 = 14;

/// Full years at the employer and the last day on which the card makes sense; `None` where none is near.
///
/// From two weeks before the span to its middle, so that quarterly audits tell of it once.
///
/// ```text
/// took up between 30 Jun and 30 Sep 2025: told from 16 Jun to 14 Aug 2026, expires on 30 Sep 2026
/// ```
pub(super) fn due(joined: [Date; 2], as_of: Day) -> Option<(u32, Day)> {
    let [after, by] = joined.map(Day::from_date);
    if !(1..VAGUE).contains(&by.since(after)) {
        return None;
    }
    let years = as_of.date().year() - joined[0].year();
    ((years - 1).max(1)..=years + 1).find_map(|years| {
        let later = |date: Date| date.with().year(date.year() + years).build().ok();
        // 29 February has no anniversary in most years: the day before is near enough.
        let later = |date: Date| later(date).or_else(|| later(date.yesterday().ok()?));
        let [opens, closes] = joined.map(later);
        let (opens, closes) = (Day::from_date(opens?), Day::from_date(closes?));
        let middle = opens.plus(closes.since(opens) / 2);
        let is_near = opens.since(as_of) <= AHEAD && as_of < middle;
        Some((u32::try_from(years).ok()?, closes)).filter(|_| is_near)
    })
}

/// The card.
pub(super) fn card(
    context: &Context,
    at: usize,
    (joined, years, expires): ([Date; 2], u32, Day),
    value: f64,
) -> Option<Candidate> {
    let person = context.person(at);
    // "Self-employed" and "career break" are no place to be new at.
    let company = person.company.as_deref().filter(|_| person.company_key.is_some())?;
    let [after, by] = joined.map(text::full_day);
    let channel = context.channel(at);
    Some(Candidate {
        kind: ActionKind::Congratulate,
        people: vec![at],
        reason: format!(
            "{} has been at {company} for {}: new there between {after} and {by}.",
            person.name,
            text::count(u64::from(years), "year")
        ),
        evidence: vec!["two audits".to_owned(), context.contact_days(at)],
        tier: Evidence::Declared,
        goal: "Celebrate with them",
        first_move: "ask how the new place has turned out; ask for nothing.".to_owned(),
        channel,
        minutes: context.config.minutes(channel),
        confidence: Confidence::Fair,
        skip_if: "the two of you do not mark such days.",
        judged_by: "any message of yours by the next audit.",
        expires: Some(expires),
        worth: Worth::Due(value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn told(as_of: Date) -> Option<(u32, Date)> {
        let joined = [date(2025, 6, 30), date(2025, 9, 30)];
        due(joined, Day::from_date(as_of)).map(|(years, day)| (years, day.date()))
    }

    #[test]
    fn once_a_year_and_only_while_the_span_is_young() {
        assert_eq!(told(date(2025, 9, 30)), None, "the move itself has a card of its own");
        assert_eq!(told(date(2026, 3, 31)), None);
        assert_eq!(told(date(2026, 6, 28)), Some((1, date(2026, 9, 30))));
        assert_eq!(told(date(2026, 9, 29)), None, "it was told a quarter ago");
        assert_eq!(told(date(2028, 7, 1)), Some((3, date(2028, 9, 30))));
    }

    #[test]
    fn a_year_between_two_audits_is_no_date() {
        let year = [date(2024, 9, 30), date(2025, 9, 30)];
        assert_eq!(due(year, Day::from_date(date(2026, 10, 1))), None);
        let same = [date(2024, 9, 30), date(2024, 9, 30)];
        assert_eq!(due(same, Day::from_date(date(2025, 9, 30))), None);
        // Across the turn of a year, and from a leap day.
        let winter = [date(2024, 11, 30), date(2025, 2, 28)];
        assert_eq!(due(winter, Day::from_date(date(2026, 1, 2))).map(|found| found.0), Some(1));
        let leap = [date(2024, 2, 29), date(2024, 5, 30)];
        assert_eq!(due(leap, Day::from_date(date(2025, 2, 27))).map(|found| found.0), Some(1));
    }
}
