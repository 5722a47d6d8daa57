//! The interaction log: `timestamp,from,to,channel,thread`, one row for each sender and recipient.
//!
//! Besides mails, meetings and calls it holds what logs hold: newsletters, notes to oneself, repeats and two
//! broken dates. How many of each is returned for the truth.

use super::calendar::{Calendar, day_of};
use super::life::{Event, Via};
use super::people::{Cast, OWNER, Role};
use super::truth::Skipped;
use crate::random::Stream;

/// The owner's address in the job before.
pub(crate) const FORMER: &str = "maren.holtkamp@lindqvist.example.com";
/// The owner's private address, beside the one at work.
pub(crate) const PRIVATE: &str = "maren@holtkamp.example.org";
const AUTOMATED: [&str; 5] = [
    "no-reply@calendar.example.com",
    "newsletter@lantern.example.org",
    "noreply@tickets.example.com",
    "notifications@board.example.com",
    "no-reply@travel.example.org",
];

/// A row before it is written.
struct Row {
    at: i64,
    kind: Kind,
}

enum Kind {
    Event(usize, u32),
    Automated(usize),
    ToSelf,
    Broken(&'static str, u32),
}

/// The file and the rows a reader should skip.
pub(crate) fn write(
    cast: &Cast,
    calendar: &Calendar,
    events: &[Event],
    seed: u64,
) -> (Vec<u8>, Skipped) {
    let mut stream = Stream::new(seed, "synth-log", 0);
    let mut rows: Vec<Row> = Vec::with_capacity(events.len() * 2);
    let mut repeats = 0;
    for (number, event) in events.iter().enumerate().filter(|(_, e)| e.via != Via::LinkedIn) {
        let kind = |to| Kind::Event(number, to);
        rows.extend(event.to.iter().map(|&to| Row { at: event.at, kind: kind(to) }));
        if event.is_pair() && event.via == Via::Email && stream.chance(0.002) {
            repeats += 1;
            rows.push(Row { at: event.at, kind: kind(event.to[0]) });
        }
    }
    let automated = (cast.last_day - cast.first_day) / 9;
    for number in 0..automated {
        let at = Calendar::moment(&mut stream, cast.first_day + 1 + number * 9);
        let which = usize::try_from(stream.below(AUTOMATED.len() as u64)).unwrap_or(0);
        rows.push(Row { at, kind: Kind::Automated(which) });
    }
    let to_self = 7;
    for number in 0..to_self {
        let day = calendar.previous_work(cast.last_day - 20 - number * 37);
        rows.push(Row { at: Calendar::moment(&mut stream, day), kind: Kind::ToSelf });
    }
    let known = cast.select(|p| p.in_log && p.shared && p.role == Role::Regular);
    for (text, back) in [("2025-13-40T10:00:00Z", 60), ("yesterday", 130)] {
        let who = stream.pick(&known).copied().unwrap_or(OWNER);
        let at = Calendar::moment(&mut stream, cast.last_day - back);
        rows.push(Row { at, kind: Kind::Broken(text, who) });
    }
    rows.sort_by_key(|row| row.at);
    let mut out = Vec::with_capacity(rows.len() * 110);
    out.extend_from_slice(b"timestamp,from,to,channel,thread\n");
    for (number, row) in rows.iter().enumerate() {
        line(&mut out, cast, calendar, events, row, number);
    }
    let counts = [
        ("exact_duplicate", repeats),
        ("automated", usize::try_from(automated).unwrap_or(0)),
        ("self_loop", usize::try_from(to_self).unwrap_or(0)),
        ("bad_date", 2),
    ];
    (out, counts.into_iter().map(|(code, n)| (code.to_owned(), n)).collect())
}

fn line(
    out: &mut Vec<u8>,
    cast: &Cast,
    calendar: &Calendar,
    events: &[Event],
    row: &Row,
    number: usize,
) {
    let now = day_of(row.at) >= cast.job_day;
    let me = if now { cast.get(OWNER).email.as_str() } else { FORMER };
    let mut add = |text: &str| out.extend_from_slice(text.as_bytes());
    let mut date = Vec::with_capacity(20);
    calendar.stamp(row.at, "T", "Z", &mut date);
    let date = String::from_utf8_lossy(&date);
    match &row.kind {
        Kind::Event(at, to) => {
            let event = &events[*at];
            let address = |id: u32| match id {
                // Notes at weekends leave from home.
                OWNER if event.is_pair() && !calendar.is_work(day_of(event.at)) => PRIVATE,
                OWNER => me,
                other => cast.get(other).email.as_str(),
            };
            let channel = match event.via {
                Via::Meeting => "meeting",
                Via::Call => "call",
                Via::Email | Via::LinkedIn => "email",
            };
            let thread = format!("t{:x}", event.thread);
            for (part, mark) in [
                (date.as_ref(), ","),
                (address(event.from), ","),
                (address(*to), ","),
                (channel, ","),
                (&thread, "\n"),
            ] {
                add(part);
                add(mark);
            }
        }
        Kind::Automated(which) => {
            add(&format!("{date},{},{me},email,a{number:x}\n", AUTOMATED[*which]));
        }
        Kind::ToSelf => add(&format!("{date},{me},{PRIVATE},email,s{number:x}\n")),
        Kind::Broken(text, who) => {
            add(&format!("{text},{},{me},email,b{number:x}\n", cast.get(*who).email));
        }
    }
}
