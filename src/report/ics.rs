//! The plan as a calendar (RFC 5545): one all-day event an action, which another import updates and never doubles.
//!
//! **UID** depends on the owner and the action's id alone, so an action keeps its event whatever its day or words. The labels of a
//! redacted copy stand for other people in another copy: there it depends on the whole plan, and only the same copy updates its
//! events. **SEQUENCE** and **DTSTAMP** are the day from which the plan was made: the event of a plan made from a later day
//! replaces that of an earlier one. Between two plans made from one day there is no later one, for the clock takes no part; a
//! program that asks for more keeps the first. Events of actions that a later plan no longer holds stay until they are deleted.
//! Lines end with CRLF and are folded at 75 octets between letters; text is escaped. Events are private and leave the day free.

use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::audit::{Action, Audit, Redaction};

use super::view::View;
use super::words;

/// Octets of a line.
const LINE: usize = 75;
/// Sequences count days from here.
const EPOCH: Date = date(2000, 1, 1);

/// The plan of an audit as an iCalendar file.
#[must_use]
pub fn actions_ics(audit: &Audit) -> String {
    let view = View::of(audit);
    let name = |nth: usize, action: &Action| match audit.redaction {
        Redaction::Full => uid(&audit.ego.id, &action.id),
        _ => uid(&format!("{} {:?}", audit.as_of, audit.actions), &nth.to_string()),
    };
    let mut out = Lines::default();
    out.put("BEGIN:VCALENDAR");
    out.put("VERSION:2.0");
    out.put("PRODID:-//weaktie//plan//EN");
    out.put("CALSCALE:GREGORIAN");
    out.put("METHOD:PUBLISH");
    out.put(&format!("X-WR-CALNAME:{}", escaped(words::plan::CALENDAR)));
    for (nth, action) in audit.actions.iter().enumerate() {
        event(&mut out, &view, action, &name(nth, action));
    }
    out.put("END:VCALENDAR");
    out.0
}

fn event(out: &mut Lines, view: &View<'_>, action: &Action, uid: &str) {
    let from = view.audit.plan_from();
    let day = |date: Date| format!("{:04}{:02}{:02}", date.year(), date.month(), date.day());
    let sequence = from.since(EPOCH).map_or(0, |span| span.get_days()).max(0);
    let end = action.not_before.checked_add(1.day()).unwrap_or(action.not_before);
    out.put("BEGIN:VEVENT");
    out.put(&format!("UID:{uid}"));
    out.put(&format!("DTSTAMP:{}T000000Z", day(from)));
    out.put(&format!("SEQUENCE:{sequence}"));
    out.put(&format!("DTSTART;VALUE=DATE:{}", day(action.not_before)));
    out.put(&format!("DTEND;VALUE=DATE:{}", day(end)));
    out.put(&format!("SUMMARY:{}", escaped(&words::plan::summary(view, action))));
    out.put(&format!("DESCRIPTION:{}", escaped(&words::plan::description(view, action))));
    out.put(&format!("CATEGORIES:{}", escaped(words::cards::kind(action.kind))));
    out.put("CLASS:PRIVATE");
    out.put("TRANSP:TRANSPARENT");
    out.put("END:VEVENT");
}

/// A name that tells nothing: two FNV-1a hashes of a plan's owner and an action.
fn uid(owner: &str, action: &str) -> String {
    let hash = |start: u64| {
        let bytes = owner.bytes().chain([0]).chain(action.bytes());
        bytes.fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    };
    let (a, b) = (hash(0xcbf2_9ce4_8422_2325), hash(0x6c62_272e_07bb_0142));
    format!("{a:016x}{b:016x}@weaktie.invalid")
}

/// A text value: backslash, semicolon, comma and line breaks escaped, other control characters left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Folded lines that end with CRLF.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn put(&mut self, line: &str) {
        let mut used = 0;
        for letter in line.chars() {
            if used + letter.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                used = 1;
            }
            let _ = self.0.write_char(letter);
            used += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn the_events_of_a_redacted_copy_are_its_own() {
        let (full, mut other) = (testing::rich(), testing::rich());
        // Another audit, in which the same labels stand for others.
        other.actions.rotate_left(1);
        other.actions[0].minutes += 1;
        let uids = |mut audit: Audit| -> Vec<String> {
            audit.redaction = Redaction::Pseudonym;
            audit.ego.id = "owner".to_owned();
            for (nth, action) in audit.actions.iter_mut().enumerate() {
                action.id = format!("{}:contact-{}", action.kind.name(), nth / 2);
            }
            let lines = unfolded(&actions_ics(&audit));
            lines.into_iter().filter(|line| line.starts_with("UID:")).collect()
        };
        let (one, two) = (uids(full.clone()), uids(other));
        assert_eq!(one, uids(full.clone()), "the same copy again");
        assert!(one.iter().all(|uid| !two.contains(uid)));
        // People outside the list share one label: their events stay apart.
        let mut alike = full;
        alike.actions.iter_mut().for_each(|action| action.kind = crate::audit::ActionKind::Thank);
        let mut apart = uids(alike);
        let all = apart.len();
        apart.sort();
        apart.dedup();
        assert_eq!(apart.len(), all);
    }

    /// The logical lines of a calendar.
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn lines_are_folded_at_75_octets_between_letters() {
        let mut lines = Lines::default();
        let long = format!("SUMMARY:{}", "å漢".repeat(60));
        lines.put(&long);
        assert!(lines.0.split("\r\n").all(|line| line.len() <= LINE), "{}", lines.0);
        assert_eq!(unfolded(&lines.0)[0], long);
    }

    #[test]
    fn values_are_escaped() {
        assert_eq!(escaped("a; b, c\\d\ne\u{7}"), "a\\; b\\, c\\\\d\\ne");
    }

    #[test]
    fn one_event_changes_when_one_action_changes() {
        let mut audit = testing::rich();
        let before = actions_ics(&audit);
        assert_eq!(before, actions_ics(&audit));
        let events = |text: &str| -> Vec<String> {
            text.split("BEGIN:VEVENT").skip(1).map(str::to_owned).collect()
        };
        audit.actions[4].minutes += 5;
        audit.actions[4].not_before = audit.actions[4].not_before.tomorrow().unwrap();
        let after = actions_ics(&audit);
        let (old, new) = (events(&before), events(&after));
        let changed: Vec<usize> = (0..old.len()).filter(|nth| old[*nth] != new[*nth]).collect();
        assert_eq!((old.len(), changed), (audit.actions.len(), vec![4]));
        let uids = |text: &str| -> Vec<String> {
            unfolded(text).into_iter().filter(|line| line.starts_with("UID:")).collect()
        };
        assert_eq!(uids(&before), uids(&after));
        let mut distinct = uids(&before);
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), audit.actions.len());
        assert!(before.bytes().filter(|b| *b == b'\n').count() == before.matches("\r\n").count());
    }
}
