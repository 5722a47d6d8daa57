//! The same life as files that mail programs, calendars and address books write: mbox, iCalendar, vCard.
//!
//! Mails go to the mbox; meetings and calls, which a calendar does not tell apart, to the calendar. Both hold what such
//! files hold besides: newsletters, notes to oneself, broken dates, cancelled and declined meetings, holidays.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::Timestamp;

use super::calendar::{Calendar, day_of};
use super::life::{Event, Via};
use super::log::{FORMER, PRIVATE};
use super::people::{Cast, OWNER};
use super::table::link;
use super::{Life, Plan};
use crate::random::Stream;

/// The word that stands in every subject, title, body and note.
const CANARY: &str = "zqxcanary";
/// Newsletters, one in so many days.
const NEWSLETTERS: i32 = 9;

/// The files by name: mail, calendar, address book.
#[must_use]
pub fn personal_files(plan: &Plan) -> Vec<(String, Vec<u8>)> {
    let Life { cast, calendar, events } = super::play(plan);
    let mut out = vec![
        ("All mail.mbox".to_owned(), mailbox(&cast, &calendar, &events, plan.seed).into_bytes()),
        ("calendar.ics".to_owned(), meetings(&cast, &events).into_bytes()),
        ("contacts.vcf".to_owned(), cards(&cast).into_bytes()),
    ];
    out.sort();
    out
}

/// The owner's address at a time; notes between two leave from home at weekends.
fn own_address(cast: &Cast, calendar: &Calendar, event: &Event) -> String {
    if event.is_pair() && !calendar.is_work(day_of(event.at)) {
        PRIVATE.to_owned()
    } else if day_of(event.at) >= cast.job_day {
        cast.get(OWNER).email.clone()
    } else {
        FORMER.to_owned()
    }
}

fn mailbox(cast: &Cast, calendar: &Calendar, events: &[Event], seed: u64) -> String {
    let mut out = String::new();
    let mut threads: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    let mails = events.iter().enumerate().filter(|(_, event)| event.via == Via::Email);
    for (number, event) in mails {
        let me = own_address(cast, calendar, event);
        let address = |id: u32| {
            let person = cast.get(id);
            let email = if id == OWNER { &me } else { &person.email };
            format!("\"{}\" <{email}>", person.full_name())
        };
        let to: Vec<String> = event.to.iter().map(|id| address(*id)).collect();
        let (first, copies) = to.split_first().map_or(("", &[][..]), |(a, b)| (a.as_str(), b));
        let mut extra = String::new();
        if !copies.is_empty() {
            let _ = writeln!(extra, "Cc: {}", copies.join(",\n\t"));
        }
        if let Some((root, last)) = threads.get(&event.thread) {
            let _ = writeln!(extra, "In-Reply-To: <e{last}@mail.example.org>");
            let _ = writeln!(
                extra,
                "References: <e{root}@mail.example.org>\n <e{last}@mail.example.org>"
            );
        }
        let ends = threads.entry(event.thread).or_insert((number, number));
        ends.1 = number;
        let label = if event.from == OWNER { "Sent" } else { "Inbox" };
        let id = format!("e{number}@mail.example.org");
        letter(
            &mut out,
            event.at,
            &address(event.from),
            first,
            &id,
            &format!("{extra}X-Gmail-Labels: {label}\n"),
        );
    }
    noise(&mut out, cast, seed);
    out
}

fn noise(out: &mut String, cast: &Cast, seed: u64) {
    let mut stream = Stream::new(seed, "synth-personal", 0);
    let me = &cast.get(OWNER).email;
    for (number, day) in
        (cast.first_day + 1..cast.last_day).step_by(NEWSLETTERS as usize).enumerate()
    {
        let at = Calendar::moment(&mut stream, day);
        let id = format!("n{number}@lantern.example.org");
        let extra = "List-Unsubscribe: <https://lantern.example.org/u>\n";
        letter(out, at, "Lantern <hello@lantern.example.org>", me, &id, extra);
    }
    let at = Calendar::moment(&mut stream, cast.last_day - 20);
    letter(out, at, me, PRIVATE, "self@mail.example.org", "");
    let _ = write!(
        out,
        "From nobody\nFrom: {me}\nTo: {PRIVATE}\nDate: yesterday\nSubject: {CANARY}\n\n{CANARY}\n\n"
    );
}

fn letter(out: &mut String, at: i64, from: &str, to: &str, id: &str, extra: &str) {
    let stamp = Timestamp::from_second(at).unwrap_or_default().to_zoned(jiff::tz::TimeZone::UTC);
    let (line, date) = (
        stamp.strftime("%a %b %d %H:%M:%S +0000 %Y"),
        stamp.strftime("%a, %d %b %Y %H:%M:%S +0000"),
    );
    let _ = write!(
        out,
        "From 1@xxx {line}\nFrom: {from}\nTo: {to}\nDate: {date}\nMessage-ID: <{id}>\nSubject: {CANARY}\n{extra}\n\
         {CANARY}\n>From the desk\n\n"
    );
}

fn meetings(cast: &Cast, events: &[Event]) -> String {
    let mut out = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n".to_owned();
    let mut number = 0;
    for event in events.iter().filter(|event| matches!(event.via, Via::Meeting | Via::Call)) {
        number += 1;
        let mut people = String::new();
        let person = |id: u32| (cast.get(id).full_name(), cast.get(id).email.clone());
        let (name, email) = person(event.from);
        let _ = write!(people, "ORGANIZER;CN=\"{name}\":mailto:{email}\r\n");
        for id in &event.to {
            let (name, email) = person(*id);
            let _ = write!(people, "ATTENDEE;PARTSTAT=ACCEPTED;CN=\"{name}\":mailto:{email}\r\n");
        }
        if number % 5 == 0 {
            people.push_str("ATTENDEE;CUTYPE=ROOM;PARTSTAT=ACCEPTED:mailto:fjord2@resource.calendar.google.com\r\n");
        }
        entry(&mut out, &format!("m{number}"), event.at, &people);
        if number % 40 == 0 {
            let cancelled = format!("STATUS:CANCELLED\r\n{people}");
            entry(&mut out, &format!("c{number}"), event.at + 3_600, &cancelled);
        }
    }
    let day = crate::units::Day(cast.last_day - 30).date().strftime("%Y%m%d");
    let _ = write!(
        out,
        "BEGIN:VEVENT\r\nUID:holiday\r\nDTSTART;VALUE=DATE:{day}\r\nSUMMARY:{CANARY}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    out
}

fn entry(out: &mut String, id: &str, at: i64, lines: &str) {
    let stamp = |at: i64| {
        Timestamp::from_second(at).unwrap_or_default().strftime("%Y%m%dT%H%M%SZ").to_string()
    };
    let _ = write!(
        out,
        "BEGIN:VEVENT\r\nUID:{id}@cal.example.org\r\nDTSTART:{}\r\nDTEND:{}\r\nSUMMARY:{CANARY}\r\n{lines}END:VEVENT\r\n",
        stamp(at),
        stamp(at + 1_800)
    );
}

/// Everybody whose address is known from mail or meetings; the profile link where LinkedIn tells the address too.
fn cards(cast: &Cast) -> String {
    let mut out = String::new();
    let known = cast.select(|person| person.in_log);
    for id in known {
        let person = cast.get(id);
        let _ = write!(
            out,
            "BEGIN:VCARD\r\nVERSION:3.0\r\nN:{};{};;;\r\nFN:{}\r\nEMAIL;TYPE=INTERNET:{}\r\nORG:{}\r\nNOTE:{CANARY}\r\n",
            person.last,
            person.first,
            person.full_name(),
            person.email,
            person.company.replace(',', "\\,").replace(';', "\\;")
        );
        if person.shared {
            let _ = write!(out, "URL:{}\r\n", link(&person.slug));
        }
        out.push_str("END:VCARD\r\n");
    }
    out
}
