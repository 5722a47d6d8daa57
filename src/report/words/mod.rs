//! Numbers into words: the only place with prose.
//!
//! Responsible for how the report speaks (`DESIGN.md` part 5): here units, dates, plurals and names of classes;
//! the sentences of page one in [`page`], the findings of the charts in [`charts`], the cards in [`cards`].

pub(crate) mod cards;
pub(crate) mod changes;
pub(crate) mod charts;
pub(crate) mod diversity;
pub(crate) mod exchange;
pub(crate) mod follow;
pub(crate) mod identity;
pub(crate) mod introductions;
pub(crate) mod linking;
pub(crate) mod page;
pub(crate) mod plan;
pub(crate) mod proof;

use jiff::civil::Date;

use crate::audit::{Audit, Community, Confidence, Redaction, TieState};
use crate::text;
pub(crate) use crate::text::percent;
use crate::units::Channel;

use super::view::circle_name;

/// A space that does not break.
pub(crate) const HARD: char = '\u{a0}';

/// A number from 0 to 12 as a word, else in figures.
pub(crate) fn count(n: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS.get(n).map_or_else(|| thousands(n as u64), |word| (*word).to_owned())
}

/// `12,345`.
pub(crate) fn thousands(n: u64) -> String {
    text::thousands(n)
}

/// `one tie`, `seven ties`.
pub(crate) fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n == 1 { one } else { many })
}

/// `1 tie`, `7 ties`, in figures.
pub(crate) fn figure(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(n), if n == 1 { one } else { many })
}

/// The first letter as a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A count of kinds with one decimal.
pub(crate) fn tenth(value: f64) -> String {
    format!("{value:.1}")
}

/// `Sep`.
pub(crate) fn month(date: Date) -> String {
    let day = text::day(date);
    day.split_once(' ').map_or_else(String::new, |(_, month)| month.to_owned())
}

/// `24 Sep`, with a space that does not break.
pub(crate) fn day(date: Date) -> String {
    text::day(date).replace(' ', "\u{a0}")
}

/// `24 Sep 2026`, with spaces that do not break.
pub(crate) fn full_day(date: Date) -> String {
    text::full_day(date).replace(' ', "\u{a0}")
}

/// `24 Sep`, with the year where it is another than `near`'s.
pub(crate) fn near_day(date: Date, near: Date) -> String {
    if date.year() == near.year() { day(date) } else { full_day(date) }
}

/// `1 Jul – 30 Sep 2026`.
pub(crate) fn span(from: Date, to: Date) -> String {
    format!("{} – {}", near_day(from, to), full_day(to))
}

/// The period of an audit as charts print it.
pub(crate) fn period(audit: &Audit) -> String {
    span(audit.period.from, audit.period.to)
}

/// `45 min`, `5 h 05`.
pub(crate) fn minutes(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, rest) => format!("{rest}{HARD}min"),
        (hours, 0) => format!("{hours}{HARD}h"),
        (hours, rest) => format!("{hours}{HARD}h{HARD}{rest:02}"),
    }
}

/// A silence or gap on a chart: `6 d`, `11 wk`, `8 mo`, `3 yr`.
pub(crate) fn short_days(days: f64) -> String {
    match days {
        d if d < 13.5 => format!("{:.0}{HARD}d", d.max(0.0)),
        d if d < 182.0 => format!("{:.0}{HARD}wk", d / 7.0),
        d if d < 700.0 => format!("{:.0}{HARD}mo", d / 30.44),
        d => format!("{:.0}{HARD}yr", d / 365.25),
    }
}

/// `1 day`, `9 days`, rounded.
pub(crate) fn days(days: f64) -> String {
    let whole = format!("{days:.0}");
    let unit = if whole == "1" { "day" } else { "days" };
    format!("{whole} {unit}")
}

/// `×` with one decimal.
pub(crate) fn times(factor: f64) -> String {
    format!("{factor:.1}×")
}

/// `Ana`, `Ana and Ben`, `Ana, Ben and Cleo`.
pub(crate) fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [head @ .., last] => {
            let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", head.join(", "), last.as_ref())
        }
    }
}

/// A class code in words (see [`text::class`]).
pub(crate) fn class(code: &str) -> String {
    text::class(code)
}

/// A class inside a sentence: without the capital, unless it is a name.
pub(crate) fn class_within(dimension: &str, code: &str) -> String {
    let words = class(code);
    let keep = dimension == "company" || words.chars().nth(1).is_some_and(char::is_uppercase);
    if keep || code.chars().any(char::is_uppercase) { words } else { words.to_lowercase() }
}

/// A circle with its letter: `B  Northwind`; a redacted copy calls it `Circle B`, which has the letter already.
pub(crate) fn circle(community: &Community) -> String {
    let (letter, name) = (&community.letter, circle_name(&community.name));
    if name.split(' ').any(|word| word == letter) {
        name.to_owned()
    } else {
        format!("{letter}  {name}")
    }
}

/// A circle's name inside a sentence: `Around Ana` is `the circle around Ana`.
pub(crate) fn circle_within(name: &str) -> String {
    match name.strip_prefix("Around ") {
        Some(who) => format!("the circle around {who}"),
        None => name.to_owned(),
    }
}

/// The singular and the plural of a dimension.
pub(crate) fn dimension(name: &str) -> (&'static str, &'static str) {
    match name {
        "function" => ("function", "functions"),
        "seniority" => ("career stage", "career stages"),
        "company" => ("employer", "employers"),
        "industry" => ("industry", "industries"),
        "relative-seniority" => ("standing", "standings"),
        "time-known" => ("span of time known", "spans of time known"),
        "relation" => ("type of tie", "types of tie"),
        "community" => ("circle", "circles"),
        _ => ("class", "classes"),
    }
}

/// A state in words that blame nobody. The page explains each once, under "How the numbers came about".
pub(crate) fn state(state: TieState) -> &'static str {
    match state {
        TieState::NeverActive => "connected, never talked",
        TieState::Gone => "silent to everybody",
        TieState::New => "new",
        TieState::Dormant => "dormant",
        TieState::Lapsed => "lapsed",
        TieState::Neglected => "overdue",
        TieState::Slipping => "slipping",
        TieState::OnRhythm => "on rhythm",
    }
}

/// `three usual gaps`, `2.5 usual gaps`: a rung of the ladder.
pub(crate) fn gaps(rung: f64) -> String {
    let whole = [1_usize, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
        .into_iter()
        .find(|whole| (rung - *whole as f64).abs() < 1e-9);
    let number = whole.map_or_else(|| format!("{rung}"), count);
    format!("{number} usual {}", if whole == Some(1) { "gap" } else { "gaps" })
}

/// A channel on a card.
pub(crate) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "mail",
        Channel::Message => "message",
        Channel::Meeting => "in person",
        Channel::Call => "call",
        Channel::Chat => "chat",
        Channel::Invitation => "invitation",
        Channel::Recommendation => "recommendation",
        Channel::Endorsement => "endorsement",
        Channel::Comment => "comment",
        Channel::Other => "any way you like",
    }
}

/// A band.
pub(crate) fn band(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Firm => "firm",
        Confidence::Fair => "fair",
        Confidence::Tentative => "tentative",
    }
}

/// What a copy shows of people, and what that means for it.
pub(crate) fn redaction(level: Redaction) -> (&'static str, &'static str) {
    match level {
        Redaction::Full => ("Shown in full", "not redacted: keep private"),
        Redaction::Initials => ("Initials only", "redacted: no employers or links"),
        Redaction::Pseudonym => ("Replaced by labels", "redacted: no employers or links"),
        Redaction::Aggregate => ("Left out", "redacted: counts only"),
    }
}

/// The heading of a kind of input.
pub(crate) fn input_kind(kind: &str) -> String {
    let known = match kind {
        "mail" => "Mail",
        "calendar" => "Calendar",
        "log" => "Interaction log",
        "contacts" => "Contacts",
        other => return capital(&other.trim_start_matches("linkedin-").replace('-', " ")),
    };
    known.to_owned()
}

/// Rows with a problem, in words: `2 rows repeated`, `162 automated`.
pub(crate) fn problem(code: &str, rows: u64) -> String {
    let words = match code {
        "blank" => "without content",
        "date-only" => "with a date and nobody’s name",
        "draft" => "drafts",
        "spam" => "spam",
        "sponsored" => "sponsored",
        "bad-date" => "with an unreadable date",
        "no-counterpart" => "with no other person",
        "placeholder" => "placeholders without a person",
        "exact-duplicate" => "exact duplicates",
        "self-loop" => "from a person to themselves",
        "after-as-of" => "later than the day of the audit",
        "automated" => "from automatic senders",
        "not-a-person-file" => "not about people",
        "malformed" => "unreadable",
        "undated" => "without a date",
        "unknown-channel" => "with an unknown channel, counted as other",
        "repeated-row" => "the same as another row",
        "short-row" => "with too few cells",
        "long-row" => "with too many cells",
        "nul-bytes" => "with NUL bytes",
        "cut-short" => "last before the file breaks off",
        "out-of-scope" => "of an address book that no other file speaks of",
        other => return format!("{} {}", thousands(rows), other.replace('-', " ")),
    };
    let words = match (words, rows) {
        ("drafts", 1) => "draft",
        ("placeholders without a person", 1) => "placeholder without a person",
        ("exact duplicates", 1) => "exact duplicate",
        (many, _) => many,
    };
    format!("{} {words}", thousands(rows))
}

/// A reason by itself, in words.
pub(crate) fn reason(code: &str) -> String {
    problem(code, 2).trim_start_matches("2 ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(counted(1, "tie", "ties"), "one tie");
        assert_eq!(counted(13, "tie", "ties"), "13 ties");
        assert_eq!(thousands(41_906), "41,906");
        assert_eq!(minutes(305), "5\u{a0}h\u{a0}05");
        assert_eq!(percent(0.004), "<1%");
        assert_eq!(short_days(77.0), "11\u{a0}wk");
        assert_eq!(list(&["Ana", "Ben", "Cleo"]), "Ana, Ben and Cleo");
        assert_eq!(day(jiff::civil::date(2026, 9, 24)), "24\u{a0}Sep");
        assert_eq!(class_within("function", "hr"), "human resources");
        assert_eq!(class_within("company", "Corvane"), "Corvane");
        assert_eq!(gaps(3.0), "three usual gaps");
        assert_eq!(gaps(2.5), "2.5 usual gaps");
        assert_eq!(problem("exact-duplicate", 1), "1 exact duplicate");
        assert_eq!(problem("self-loop", 1_200), "1,200 from a person to themselves");
        assert_eq!(class_within("function", "it"), "IT and security");
    }
}
