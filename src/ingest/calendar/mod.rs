//! Calendars: iCalendar with attendees.
//!
//! A meeting is everybody who did not decline, organiser included. Series are followed to the newest day the calendar
//! speaks of, [`series::MOST`] meetings at most; replaced meetings count once, at their new time. A calendar holds plans:
//! it never sets the day of an audit.

mod entry;
mod series;
mod times;
mod zones;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::content::Lines;
use super::mentions::{Mentions, Threads};
use super::noise::Noise;
use super::problem::{Code, Problem};
use super::reading::{Reading, Scope};
use super::record::{FileRecords, Kind, Mention, MentionId, OwnerFact, RawInteraction};
use super::source::Skip;
use super::{exclude, hash};
use crate::canonical;
use crate::units::{Channel, Instant};
use entry::{Answer, Entry, Guest, Moment, WANTED};
use times::Plan;
use zones::Zones;

/// Meetings used so far, over all calendars of a run: id and time.
pub(super) type Seen = BTreeSet<(u64, i64)>;

/// What a calendar holds.
struct Calendar {
    entries: Vec<Entry>,
    /// Lines of things that are no meetings: tasks, notes.
    others: Vec<u64>,
    /// The calendar's own name, where it is an address.
    owner: Option<String>,
}

/// Reads a calendar; `own` are the owner's addresses.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    reading: &Reading,
    own: &BTreeSet<String>,
    seen: &mut Seen,
) -> FileRecords {
    let mut out = FileRecords::new(file, Kind::Calendar);
    let scope = reading.scope(file);
    let zone = scope.zone.clone().or_else(|| own_zone(bytes)).unwrap_or(TimeZone::UTC);
    let calendar = parse(bytes, Zones::new(zone));
    let mut own = own.clone();
    own.extend(calendar.owner.iter().cloned());
    out.owner.extend(calendar.owner.iter().cloned().map(OwnerFact::Email));
    let horizon = horizon(&calendar.entries);
    out.recorded = calendar.entries.iter().filter_map(|entry| entry.recorded).max();
    out.rows_read = (calendar.entries.len() + calendar.others.len()) as u64;
    for line in &calendar.others {
        let what = "a task or note, not a meeting; left out";
        out.problems.push(Problem::new(*line, Code::OutOfScope, what));
    }
    let latest = latest(&calendar.entries);
    let plan =
        Plan::of(latest.values().filter_map(|number| calendar.entries.get(*number)), horizon);
    let mut people = People { noise: &reading.noise, mentions: Mentions::default() };
    let (mut message, mut threads) = (0, Threads::default());
    for (number, entry) in calendar.entries.iter().enumerate() {
        let is_latest = latest.get(&key_of(entry)) == Some(&number);
        let result = if is_latest {
            meeting(entry, &own, &mut people, &scope).and_then(|who| {
                let times = plan.times(entry, &mut out.problems)?;
                let at = within(times, &scope)?;
                let new = fresh(entry, at, &who, seen)?;
                Ok((who, new))
            })
        } else {
            let what = "another version of the same entry stands in the file; left out";
            Err(Skip::new(Code::ExactDuplicate, what))
        };
        match result {
            Ok((who, times)) => {
                out.rows_used += 1;
                // A series is one conversation.
                let thread = threads.number(&entry.uid);
                for at in times {
                    message += 1;
                    add(&mut out, entry, &who, at, (message, thread));
                }
                if entry.unknown_zone {
                    let what = "the time zone is not known; yours is taken";
                    out.problems.push(Problem::new(entry.line, Code::UnknownZone, what));
                }
            }
            Err(Skip(code, what, rule)) => {
                if let Some(rule) = rule {
                    *out.noise.entry(rule).or_default() += 1;
                }
                out.problems.push(Problem::new(entry.line, code, what));
            }
        }
    }
    out.problems.sort_by_key(|problem| (problem.line, problem.code));
    out.mentions = people.mentions.into_list();
    out.threads = threads.into_list();
    exclude::forget_unused(&mut out);
    "iCalendar; titles and descriptions are not read".clone_into(&mut out.format);
    out
}

/// The zone a calendar names as its own.
fn own_zone(bytes: &[u8]) -> Option<TimeZone> {
    let mut lines = Lines::new(bytes, &["X-WR-TIMEZONE"]);
    lines.next().and_then(|line| zones::named(&line.value))
}

fn parse(bytes: &[u8], mut zones: Zones) -> Calendar {
    let mut calendar = Calendar { entries: Vec::new(), others: Vec::new(), owner: None };
    let mut current: Option<Entry> = None;
    let mut zone: Option<(String, String)> = None;
    // What is open below an entry (an alarm) or beside it.
    let mut inside = 0_u32;
    for line in Lines::new(bytes, WANTED) {
        let kind = line.value.to_uppercase();
        match (line.name.as_str(), kind.as_str()) {
            ("BEGIN", "VEVENT") => {
                if let Some(open) = current.take() {
                    calendar.entries.push(Entry { is_broken: true, ..open });
                }
                inside = 0;
                current = Some(Entry { line: line.line, ..Entry::default() });
            }
            ("END", "VEVENT") => calendar.entries.extend(current.take()),
            ("BEGIN", "VTODO" | "VJOURNAL") => calendar.others.push(line.line),
            ("BEGIN", "VTIMEZONE") => zone = Some((String::new(), String::new())),
            ("END", "VTIMEZONE") => {
                if let Some((name, text)) = zone.take() {
                    zones.define(name, text);
                }
            }
            ("BEGIN", _) if current.is_some() => inside += 1,
            ("END", _) if current.is_some() => inside = inside.saturating_sub(1),
            _ => {
                if let Some((name, text)) = &mut zone {
                    if line.name == "TZID" {
                        name.clone_from(&line.value);
                    }
                    // Definitions are short; one that is not is no definition.
                    if text.len() < 16_384 {
                        let _ = write!(text, "{}:{}\r\n", line.name, line.value);
                    }
                } else if let (Some(entry), 0) = (&mut current, inside) {
                    entry.add(&line, &mut zones);
                } else if line.name == "X-WR-CALNAME" {
                    calendar.owner = canonical::email(&line.value);
                }
            }
        }
    }
    if let Some(open) = current {
        calendar.entries.push(Entry { is_broken: true, ..open });
    }
    calendar
}

/// The newest day that a calendar speaks of: series are followed so far.
fn horizon(entries: &[Entry]) -> DateTime {
    let starts =
        entries.iter().filter_map(|entry| entry.start.as_ref().map(|start| start.local.date()));
    let written = entries.iter().filter_map(|entry| entry.recorded);
    let newest = starts.chain(written).max().unwrap_or(Date::ZERO);
    newest.at(23, 59, 59, 0)
}

/// What tells entries apart: the id, and which meeting of a series it replaces.
fn key_of(entry: &Entry) -> (String, Option<i64>, u64) {
    let replaces = entry.replaces.as_ref().and_then(Moment::instant).map(|at| at.0);
    // Without an id every entry is its own.
    let line = if entry.uid.is_empty() { entry.line } else { 0 };
    (entry.uid.clone(), replaces, line)
}

/// The place of the newest version of each entry.
fn latest(entries: &[Entry]) -> BTreeMap<(String, Option<i64>, u64), usize> {
    let mut best: BTreeMap<_, (i64, usize)> = BTreeMap::new();
    for (number, entry) in entries.iter().enumerate() {
        let seen = best.entry(key_of(entry)).or_insert((entry.sequence, number));
        if entry.sequence > seen.0 {
            *seen = (entry.sequence, number);
        }
    }
    best.into_iter().map(|(key, (_, number))| (key, number)).collect()
}

/// The people of a calendar.
struct People<'n> {
    noise: &'n Noise,
    mentions: Mentions,
}

/// Who takes part in an entry, the organiser first; or why it is no meeting.
fn meeting(
    entry: &Entry,
    own: &BTreeSet<String>,
    people: &mut People<'_>,
    scope: &Scope,
) -> Result<Vec<MentionId>, Skip> {
    if entry.is_broken {
        return Err(Skip::new(Code::Malformed, "the entry has no end; left out"));
    }
    if entry.is_cancelled {
        return Err(Skip::new(Code::Cancelled, "a meeting that was called off; left out"));
    }
    let Some(start) = &entry.start else {
        return Err(Skip::new(Code::BadDate, "DTSTART is not a possible time; entry left out"));
    };
    if scope.has_label(&entry.categories) {
        return Err(exclude::by_label());
    }
    let all: Vec<&Guest> = entry.organizer.iter().chain(&entry.guests).collect();
    if all.is_empty() {
        return Err(Skip::new(Code::NoCounterpart, "nobody is invited; entry left out"));
    }
    if start.is_day {
        let what = "an entry for whole days, not a meeting; left out";
        return Err(Skip::new(Code::OutOfScope, what));
    }
    let is_own = |who: &Mention| !who.email.is_empty() && own.contains(&who.email);
    let declined = |who: &Mention| {
        let same = |guest: &&Guest| {
            let named = who.email.is_empty() && guest.who.name == who.name;
            guest.who.email == who.email && (named || !who.email.is_empty())
        };
        entry.guests.iter().filter(same).any(|guest| guest.answer == Answer::Declined)
    };
    if all.iter().any(|guest| is_own(&guest.who) && declined(&guest.who)) {
        return Err(Skip::new(Code::Declined, "you declined the meeting; left out"));
    }
    if entry.is_free {
        let what = "marked as free time, not a meeting; left out";
        return Err(Skip::new(Code::OutOfScope, what));
    }
    let mut nobody = None;
    let mut seen = BTreeSet::new();
    let mut there: Vec<MentionId> = Vec::new();
    let mut anybody_declined = false;
    for guest in all {
        let key = if guest.who.email.is_empty() { &guest.who.name } else { &guest.who.email };
        if !seen.insert(key.clone()) {
            continue;
        }
        let thing = guest.thing.filter(|rule| people.noise.applies(rule, &guest.who));
        if let Some(rule) = thing.or_else(|| people.noise.nobody(&guest.who)) {
            nobody = Some(rule);
        } else if declined(&guest.who) {
            anybody_declined = true;
        } else {
            there.push(people.mentions.id(guest.who.clone()));
        }
    }
    // A guest without an organiser: the calendar's owner is the other one.
    if let ([one], None, false) = (there.as_slice(), &entry.organizer, own.is_empty())
        && !seen.iter().any(|key| own.contains(key))
    {
        let owner = people.mentions.id(Mention::owner());
        return Ok(vec![*one, owner]);
    }
    match there.len() {
        0 | 1 if anybody_declined => {
            Err(Skip::new(Code::Declined, "everybody else declined; entry left out"))
        }
        0 | 1 => {
            let what = "nobody but rooms, lists, roles or machines; entry left out";
            Err(nobody.map_or_else(
                || Skip::new(Code::NoCounterpart, "nobody else is invited; entry left out"),
                |rule| Skip::by_rule(Code::NoCounterpart, what, rule),
            ))
        }
        _ => Ok(there),
    }
}

/// The times that the user reads.
fn within(times: Vec<Instant>, scope: &Scope) -> Result<Vec<Instant>, Skip> {
    let zone = scope.zone();
    let left: Vec<Instant> = times.into_iter().filter(|at| scope.admits(*at, &zone)).collect();
    if left.is_empty() { Err(exclude::by_day()) } else { Ok(left) }
}

/// The times at which no other calendar has the same meeting already.
fn fresh(
    entry: &Entry,
    times: Vec<Instant>,
    who: &[MentionId],
    seen: &mut Seen,
) -> Result<Vec<Instant>, Skip> {
    let id = if entry.uid.is_empty() {
        hash::of(format!("{who:?} {}", entry.line))
    } else {
        hash::of(&entry.uid)
    };
    let new: Vec<Instant> = times.into_iter().filter(|at| seen.insert((id, at.0))).collect();
    if new.is_empty() {
        let what = "the same meeting stands in another calendar; left out";
        return Err(Skip::new(Code::ExactDuplicate, what));
    }
    Ok(new)
}

fn add(
    out: &mut FileRecords,
    entry: &Entry,
    who: &[MentionId],
    at: Instant,
    (message, thread): (u32, u32),
) {
    let Some((from, others)) = who.split_first() else { return };
    out.interactions.extend(others.iter().map(|to| RawInteraction {
        line: entry.line,
        at,
        channel: Channel::Meeting,
        from: *from,
        to: *to,
        thread,
        message,
        minutes: entry.minutes(),
    }));
}
