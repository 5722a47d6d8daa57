//! WhatsApp's "Export chat": `[04/03/26, 14:05:09] Name: text` and `04/03/2026, 14:05 - Name: text`.
//!
//! Other lines continue the message above. The order of day and month is told from the whole file. A message goes to
//! everybody who writes in the chat; a chat in which one person writes alone goes to whom the file is named for. Times
//! are of the owner's zone. The text is passed over; its hash tells two exports of one chat apart while they are read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::super::dates::small;
use super::super::local_dates::{Order, OrderSigns, numeric};
use super::super::mentions::Mentions;
use super::super::problem::{Code, Problem};
use super::super::reading::Reading;
use super::super::record::{FileRecords, Kind, Mention, RawInteraction};
use super::super::source::Skip;
use super::super::{exclude, hash};
use crate::canonical;
use crate::units::{Channel, Instant};

/// Messages of each kind seen in earlier files: by hash of who, when and what, how often.
pub(in crate::ingest) type Seen = BTreeMap<u64, u32>;

/// Marks that stand before a line or inside its time.
const MARKS: &[char] = &['\u{200e}', '\u{200f}', '\u{202a}', '\u{202c}', '\u{feff}'];
/// Words by which WhatsApp itself speaks in place of a name or a text; enough to tell its lines.
const SYSTEM: &[&str] = &[
    "messages and calls are end-to-end encrypted",
    "nachrichten und anrufe sind ende-zu-ende",
    "les messages et les appels sont chiffrés",
    "los mensajes y las llamadas están cifrados",
    "created group",
    "changed the subject",
    "changed this group",
    "added you",
    " left",
    "joined using",
    "changed their phone number",
    "security code",
    "you're now an admin",
    "missed voice call",
    "missed video call",
    "disappearing messages",
    "pinned a message",
];

/// The parts of a message's first line.
struct Line<'t> {
    date: &'t str,
    time: Time,
    rest: &'t str,
}

/// Whether a text is a chat: two of its first lines begin as messages do.
pub(in crate::ingest) fn is_chat(text: &str) -> bool {
    let mut lines = text.lines().take(40).filter(|line| !line.trim().is_empty());
    let begins = |line: &str| split(line).is_some();
    let first = lines.next().is_some_and(begins);
    let named =
        text.lines().take(40).filter_map(split).filter(|line| line.rest.contains(": ")).count();
    first && named > 0
}

fn split(line: &str) -> Option<Line<'_>> {
    let line = line.trim_start_matches(MARKS);
    if let Some(inside) = line.strip_prefix('[') {
        let (stamp, rest) = inside.split_once("] ")?;
        let (date, time) = stamp.split_once([',', ' '])?;
        return Some(Line {
            date: date.trim(),
            time: clock(time)?,
            rest: rest.trim_start_matches(MARKS),
        });
    }
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (stamp, rest) = line.split_once(" - ")?;
    let (date, time) = stamp.split_once(", ").or_else(|| stamp.split_once(' '))?;
    let is_date = date.chars().all(|c| c.is_ascii_digit() || "/.-".contains(c));
    (is_date && date.len() <= 11).then_some(Line {
        date,
        time: clock(time)?,
        rest: rest.trim_start_matches(MARKS),
    })
}

/// `14:05`, `14:05:09`, `2:05 PM`, `2:05 p. m.`, `14.05`.
fn clock(text: &str) -> Option<Time> {
    let plain: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != '\u{202f}' && *c != '\u{a0}').collect();
    let lower = plain.trim_start_matches(MARKS).to_lowercase();
    let digits_end =
        lower.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(lower.len());
    let half = lower[digits_end..].replace('.', "");
    let mut parts = lower[..digits_end].trim_end_matches('.').split([':', '.']);
    let (hour, minute) = (small(parts.next()?)?, small(parts.next()?)?);
    let second = parts.next().map_or(Some(0), small)?;
    let hour = match half.as_str() {
        "am" if (0..=12).contains(&hour) => hour % 12,
        "pm" if (0..=12).contains(&hour) => hour % 12 + 12,
        // Or a clock of 24 hours with the half of the day behind it.
        "" | "pm" => hour,
        _ => return None,
    };
    Time::new(hour, minute, second, 0).ok()
}

/// A chat, taken apart once.
pub(in crate::ingest) struct Chat<'t> {
    file: &'t str,
    messages: Vec<Message<'t>>,
}

impl<'t> Chat<'t> {
    /// Takes a chat apart.
    pub(in crate::ingest) fn of(file: &'t str, text: &'t str) -> Self {
        Self { file, messages: messages(text) }
    }

    /// Everybody who writes.
    fn writers(&self) -> BTreeSet<&'t str> {
        self.messages.iter().filter(|one| !one.is_system).filter_map(|one| one.who).collect()
    }

    /// The owner's name, folded, where a chat of two is named for the other one.
    pub(in crate::ingest) fn owner(&self) -> Option<String> {
        let titled = titled(self.file)?;
        let writers = self.writers();
        let mut others = writers.iter().filter(|who| **who != titled);
        let other = others.next()?;
        let is_pair = writers.len() == 2 && others.next().is_none();
        is_pair.then(|| canonical::folded_name(other))
    }
}

/// A message on its way.
struct Message<'t> {
    line: u64,
    date: &'t str,
    time: Time,
    who: Option<&'t str>,
    hash: u64,
    is_system: bool,
}

/// Reads a chat.
pub(in crate::ingest) fn read(
    chat: &Chat<'_>,
    reading: &Reading,
    owners: &BTreeSet<String>,
    seen: &mut Seen,
) -> FileRecords {
    let Chat { file, messages } = chat;
    let mut out = FileRecords::new(*file, Kind::Chat);
    let mut signs = OrderSigns::default();
    for message in messages {
        signs.note(message.date);
    }
    let scope = reading.scope(file);
    let order = scope.day_first().unwrap_or_else(|| order(messages, signs.order_or_day_first()));
    let zone = scope.zone();
    let mut mentions = Mentions::default();
    let others = chat.writers();
    let titled = titled(file);
    let mut here: BTreeMap<u64, u32> = BTreeMap::new();
    for (number, message) in (1..).zip(messages) {
        out.rows_read += 1;
        let result = used(message, order, &zone).and_then(|(at, who)| {
            if !scope.admits(at, &zone) {
                return Err(exclude::by_day());
            }
            let count = here.entry(message.hash).or_default();
            *count += 1;
            if seen.get(&message.hash).is_some_and(|earlier| *count <= *earlier) {
                let what = "the same message stands in another export; left out";
                return Err(Skip::new(Code::ExactDuplicate, what));
            }
            let to = to(who, &others, titled, owners);
            if to.is_empty() {
                let what = "nobody else writes in the chat; message left out";
                return Err(Skip::new(Code::NoCounterpart, what));
            }
            let ids: Vec<_> = to.into_iter().map(|to| mentions.id(to)).collect();
            let from = mentions.id(named(who, owners));
            out.interactions.extend(ids.into_iter().map(|to| RawInteraction {
                line: message.line,
                at,
                channel: Channel::Chat,
                from,
                to,
                thread: 0,
                message: number,
                minutes: 0,
            }));
            Ok(())
        });
        match result {
            Ok(()) => out.rows_used += 1,
            Err(Skip(code, what, rule)) => {
                if let Some(rule) = rule {
                    *out.noise.entry(rule).or_default() += 1;
                }
                out.problems.push(Problem::new(message.line, code, what));
            }
        }
    }
    for (hash, count) in here {
        let earlier = seen.entry(hash).or_default();
        *earlier = (*earlier).max(count);
    }
    out.mentions = mentions.into_list();
    let day = if order == Order::DayFirst { "day" } else { "month" };
    out.format = format!("a WhatsApp chat of {} people, {day} first", others.len());
    out
}

/// The order in which the messages stand one after another; the one that the dates tell when both do.
fn order(messages: &[Message<'_>], told: Order) -> Order {
    let falls = |order: Order| {
        let days: Vec<_> = messages.iter().filter_map(|m| numeric(m.date, order)).collect();
        let lost = messages.len() - days.len();
        lost + days.windows(2).filter(|pair| pair[0] > pair[1]).count()
    };
    match falls(Order::DayFirst).cmp(&falls(Order::MonthFirst)) {
        std::cmp::Ordering::Less => Order::DayFirst,
        std::cmp::Ordering::Greater => Order::MonthFirst,
        std::cmp::Ordering::Equal => told,
    }
}

fn messages(text: &str) -> Vec<Message<'_>> {
    let mut all: Vec<Message<'_>> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let Some(found) = split(line) else {
            if let Some(last) = all.last_mut() {
                last.hash = hash::field(last.hash, line);
            }
            continue;
        };
        let (who, said) = match found.rest.split_once(": ") {
            Some((who, said)) => (Some(who.trim_matches(MARKS).trim()), said),
            None => match found.rest.strip_suffix(':') {
                Some(who) => (Some(who), ""),
                None => (None, found.rest),
            },
        };
        let lower = said.trim_matches(MARKS).to_lowercase();
        let marked = said.starts_with('\u{200e}') || who.is_none();
        let is_system =
            who.is_none() || (marked && SYSTEM.iter().any(|words| lower.contains(words)));
        let time = found.time.to_string();
        let hash = hash::of_fields([found.date, &time, found.rest].into_iter());
        all.push(Message {
            line: number,
            date: found.date,
            time: found.time,
            who,
            hash,
            is_system,
        });
    }
    all
}

fn used<'t>(
    message: &Message<'t>,
    order: Order,
    zone: &TimeZone,
) -> Result<(Instant, &'t str), Skip> {
    let who = message.who.filter(|who| !message.is_system && !who.is_empty());
    let Some(who) = who else {
        return Err(Skip::new(Code::Automated, "WhatsApp itself speaks; line left out"));
    };
    let at = numeric(message.date, order)
        .filter(|date| date.year() >= 2009)
        .and_then(|date| zone.to_timestamp(date.to_datetime(message.time)).ok());
    match at {
        Some(at) => Ok((Instant(at.as_second()), who)),
        None => Err(Skip::new(Code::BadDate, "not a possible date; message left out")),
    }
}

/// Whom a message reaches.
fn to(
    who: &str,
    writers: &BTreeSet<&str>,
    titled: Option<&str>,
    owners: &BTreeSet<String>,
) -> Vec<Mention> {
    let others = writers.iter().filter(|other| **other != who);
    let others: Vec<Mention> = others.map(|other| named(other, owners)).collect();
    if !others.is_empty() {
        return others;
    }
    match titled {
        Some(title) if title != who => vec![named(title, owners)],
        _ if named(who, owners).is_owner() => Vec::new(),
        _ => vec![Mention::owner()],
    }
}

/// Somebody as the phone knows them: the owner, a name, or a number.
fn named(who: &str, owners: &BTreeSet<String>) -> Mention {
    let who = who.trim().trim_start_matches('~').trim_matches(MARKS).trim();
    if owners.contains(&canonical::folded_name(who)) {
        return Mention::owner();
    }
    match super::super::book::phone_key(who) {
        Some(handle) => Mention { handle, ..Mention::default() },
        None => Mention { name: who.chars().take(120).collect(), ..Mention::default() },
    }
}

/// The name in `WhatsApp Chat with Greer Aldous.txt` or `WhatsApp Chat - Greer Aldous.zip`.
fn titled(file: &str) -> Option<&str> {
    file.split('/').find_map(|part| {
        let stem = part.strip_suffix(".txt").or(part.strip_suffix(".zip"))?;
        stem.strip_prefix("WhatsApp Chat with ").or(stem.strip_prefix("WhatsApp Chat - "))
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::codes;
    use super::*;

    #[test]
    fn heads_of_lines_in_many_countries() {
        for line in [
            "[04/03/26, 14:05:09] Greer: x",
            "04/03/2026, 14:05 - Greer: x",
            "03/04/2026, 2:05 p. m. - Greer: x",
            "\u{200e}[4.3.26, 14:05:09] Greer: x",
            "3/4/26, 2:05\u{202f}PM - Greer: x",
            "4/3/26 14.05 - Greer: x",
        ] {
            assert!(split(line).is_some(), "{line}");
        }
        // No clock of any kind stops the program.
        for odd in ["99:05 PM", "127:00 PM", "-1:05 PM", "13:05 AM", "12:99", "1:2:300", "٣:٠٥ PM"]
        {
            assert_eq!(clock(odd), None, "{odd}");
        }
        assert_eq!(clock("12:05 am"), Time::new(0, 5, 0, 0).ok());
        assert_eq!(clock("12:05 p. m."), Time::new(12, 5, 0, 0).ok());
        assert_eq!(clock("13:05 PM"), Time::new(13, 5, 0, 0).ok());
        for line in ["Greer: x", "04/03/2026 was fine", "[x] Greer: y", ""] {
            assert!(split(line).is_none(), "{line}");
        }
    }

    #[test]
    fn a_chat_of_two_with_lines_that_go_on() {
        let text = "13/02/2026, 14:05 - Messages and calls are end-to-end encrypted.\n13/02/2026, 14:05 - Greer: first\n\
                    second line\n14/02/2026, 9:00 - Uma: yes\n03/03/2026, 9:00 - Greer:\n99/99/2026, 9:00 - Uma: x\n";
        assert!(is_chat(text));
        let mut seen = Seen::new();
        let read = |file: &str, seen: &mut Seen| {
            read(&Chat::of(file, text), &Reading::default(), &BTreeSet::new(), seen)
        };
        let out = read("a.txt", &mut seen);
        assert_eq!(
            (out.rows_read, out.rows_used, codes(&out).as_str()),
            (5, 3, "automated bad-date")
        );
        assert_eq!(out.interactions.len(), 3);
        let own = "WhatsApp Chat with Greer.txt";
        assert_eq!(Chat::of(own, text).owner().as_deref(), Some("uma"));
        let again = read("b.txt", &mut seen);
        assert_eq!(
            codes(&again),
            "automated exact-duplicate exact-duplicate exact-duplicate bad-date"
        );
    }
}
