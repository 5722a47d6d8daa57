//! A phone's log of calls and texts: the XML of "SMS Backup & Restore" (`<call …/>`, `<sms …/>`).
//!
//! Attributes alone are read, and of those neither the text nor the subject. A call that was missed, refused or not
//! answered is an attempt, not a contact.

use super::book::phone_key;
use super::mentions::Mentions;
use super::problem::{Code, Problem};
use super::record::{FileRecords, Kind, Mention, RawInteraction};
use crate::units::{Channel, Instant};

/// Calls and texts seen in earlier files.
pub(super) type Seen = std::collections::BTreeSet<(i64, String, bool)>;

/// Whether a text is such a log.
pub(super) fn is_log(text: &str) -> bool {
    let head: String = text.chars().take(4_096).collect();
    let lower = head.to_lowercase();
    (lower.contains("<calls") && lower.contains("<call "))
        || (lower.contains("<smses") && (lower.contains("<sms ") || lower.contains("<mms ")))
}

/// Reads the log.
pub(super) fn read(file: &str, text: &str, seen: &mut Seen) -> FileRecords {
    let mut out = FileRecords::new(file, Kind::Calls);
    let mut mentions = Mentions::default();
    let owner = mentions.id(Mention::owner());
    let mut line = 1;
    let mut at = 0;
    while let Some(found) = text[at..].find('<').map(|found| at + found) {
        line += newlines(&text[at..found]);
        let rest = &text[found..];
        let kind = ["<call ", "<sms ", "<mms "].into_iter().find(|tag| rest.starts_with(tag));
        let Some(tag) = kind else {
            at = found + 1;
            continue;
        };
        let (values, end) = attributes(&rest[tag.len()..]);
        out.rows_read += 1;
        match row(tag, &values, seen) {
            Ok(row) => {
                let other = mentions.id(row.who);
                let (from, to) = if row.is_out { (owner, other) } else { (other, owner) };
                out.rows_used += 1;
                out.interactions.push(RawInteraction {
                    line,
                    at: row.at,
                    channel: row.channel,
                    from,
                    to,
                    thread: 0,
                    message: u32::try_from(out.rows_read).unwrap_or(u32::MAX),
                    minutes: row.minutes,
                });
            }
            Err((code, what)) => out.problems.push(Problem::new(line, code, what)),
        }
        let next = found + tag.len() + end;
        line += newlines(&text[found..next]);
        at = next;
    }
    if out.rows_used == 0 {
        mentions = Mentions::default();
    }
    out.mentions = mentions.into_list();
    out.format = "a phone's log (XML); texts are not read".to_owned();
    out
}

fn newlines(text: &str) -> u64 {
    text.bytes().filter(|byte| *byte == b'\n').count() as u64
}

/// What is looked at of a call or text.
#[derive(Default)]
struct Values<'t> {
    number: &'t str,
    name: &'t str,
    date: &'t str,
    kind: &'t str,
    duration: &'t str,
}

/// The attributes up to the tag's end, and where that is.
fn attributes(text: &str) -> (Values<'_>, usize) {
    let mut values = Values::default();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let skipped = rest.len() - rest.trim_start().len();
        at += skipped;
        let rest = &text[at..];
        if rest.is_empty() || rest.starts_with(['>', '/']) {
            return (values, at);
        }
        let Some((name, tail)) = rest.split_once('=') else { return (values, text.len()) };
        if name.contains(['>', '<']) {
            return (values, at);
        }
        let open = at + name.len() + 1 + (tail.len() - tail.trim_start().len());
        let Some(quote) = text[open..].chars().next().filter(|c| *c == '"' || *c == '\'') else {
            return (values, open);
        };
        let inside = &text[open + 1..];
        let Some(end) = inside.find(quote) else { return (values, text.len()) };
        let value = &inside[..end];
        match name.trim() {
            "number" | "address" => values.number = value,
            "contact_name" => values.name = value,
            "date" => values.date = value,
            "type" | "msg_box" => values.kind = value,
            "duration" => values.duration = value,
            _ => {}
        }
        at = open + 1 + end + 1;
    }
}

struct Called {
    who: Mention,
    at: Instant,
    channel: Channel,
    is_out: bool,
    minutes: u16,
}

fn row(tag: &str, values: &Values<'_>, seen: &mut Seen) -> Result<Called, (Code, &'static str)> {
    let is_call = tag == "<call ";
    // Milliseconds.
    let at = values.date.trim().parse::<i64>().ok().map(|ms| ms / 1_000);
    let Some(at) = at.filter(|at| (631_152_000..7_258_118_400).contains(at)) else {
        return Err((Code::BadDate, "date is not a possible time; left out"));
    };
    let name = unescaped(values.name);
    let name = name.trim();
    let is_named = !name.is_empty() && !["(Unknown)", "null", "Unknown"].contains(&name);
    let Some(handle) = phone_key(values.number) else {
        return Err((
            Code::NoCounterpart,
            "no number of a person (hidden, short or several); left out",
        ));
    };
    let seconds: u64 = values.duration.trim().parse().unwrap_or(0);
    let is_out = values.kind.trim() == "2";
    if is_call && (seconds == 0 || !["1", "2"].contains(&values.kind.trim())) {
        return Err((
            Code::OutOfScope,
            "missed, refused or not answered: an attempt, not a call; left out",
        ));
    }
    if !is_call && !["1", "2"].contains(&values.kind.trim()) {
        return Err((Code::Draft, "a text that was not sent; left out"));
    }
    if !seen.insert((at, handle.clone(), is_out)) {
        return Err((Code::ExactDuplicate, "the same stands earlier; left out"));
    }
    let name = if is_named { name.chars().take(120).collect() } else { String::new() };
    let minutes =
        u16::try_from(seconds.div_ceil(60)).ok().filter(|m| *m <= 7 * 24 * 60).unwrap_or(0);
    Ok(Called {
        who: Mention { name, handle, ..Mention::default() },
        at: Instant(at),
        channel: if is_call { Channel::Call } else { Channel::Message },
        is_out,
        minutes,
    })
}

fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let plain = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'");
    plain.replace("&#39;", "'").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::super::test_support::codes;
    use super::*;

    #[test]
    fn calls_and_texts_each_with_one_code() {
        let text = "<?xml version='1.0'?>\n<calls count=\"5\">\n\
            <call number=\"+4722334455\" duration=\"125\" date=\"1772633109000\" type=\"1\" contact_name=\"Ana &amp; Bo\" />\n\
            <call number=\"22334455\" duration=\"0\" date=\"1772633209000\" type=\"3\" contact_name=\"(Unknown)\" />\n\
            <call number=\"-1\" duration=\"5\" date=\"1772633209000\" type=\"1\" />\n\
            <call number=\"+4722334455\" duration=\"5\" date=\"soon\" type=\"2\" />\n\
            <sms address=\"+4722334455\" date=\"1772633309000\" type=\"2\" body=\"secret > &lt;call x\" />\n\
            <sms address=\"+4722334455\" date=\"1772633309000\" type=\"2\" body=\"x\" />\n<call number=\"1";
        assert!(is_log(text));
        let out = read("calls.xml", text, &mut Seen::new());
        assert_eq!(codes(&out), "out-of-scope no-counterpart bad-date exact-duplicate bad-date");
        assert_eq!((out.rows_read, out.rows_used), (7, 2));
        assert_eq!((out.interactions[0].line, out.interactions[0].minutes), (3, 3));
        assert_eq!(out.mentions[1].name, "Ana & Bo");
    }
}
