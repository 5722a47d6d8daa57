//! messages.csv of the 2026 era: 11 columns, every field quoted, conversations newest first.
//!
//! Besides the real conversations it holds the rows a reader has to know: sponsored, spam, `LinkedIn Member`,
//! one exact duplicate. How many of each is returned for the truth.

use std::collections::BTreeMap;

use super::calendar::Calendar;
use super::life::{Event, Via};
use super::people::{Cast, OWNER};
use super::table::{Text, link, record};
use super::truth::Skipped;
use crate::random::Stream;

const HEADER: [&str; 11] = [
    "CONVERSATION ID",
    "CONVERSATION TITLE",
    "FROM",
    "SENDER PROFILE URL",
    "TO",
    "RECIPIENT PROFILE URLS",
    "DATE",
    "SUBJECT",
    "CONTENT",
    "FOLDER",
    "ATTACHMENTS",
];

/// A row that is no message between people.
struct Quirk {
    title: &'static str,
    from: (String, String),
    to: (String, String),
    subject: String,
    content: String,
    folder: &'static str,
}

/// What stands in one row.
enum Row<'a> {
    Message(&'a Event),
    Quirk(Quirk),
}

/// The file and the rows a reader should skip.
pub(crate) fn write(
    cast: &Cast,
    calendar: &Calendar,
    events: &[Event],
    writers: &[u32],
    seed: u64,
) -> (Vec<u8>, Skipped) {
    let mut stream = Stream::new(seed, "synth-messages", 0);
    let (quirks, mut skipped) = quirks(cast, &mut stream, writers);
    let mut threads: BTreeMap<u32, Vec<(i64, Row<'_>)>> = BTreeMap::new();
    for event in events.iter().filter(|event| event.via == Via::LinkedIn) {
        threads.entry(event.thread).or_default().push((event.at, Row::Message(event)));
    }
    for (thread, quirk) in (super::life::THREADS * 2..).zip(quirks) {
        let back = i32::try_from(stream.below(700)).unwrap_or(0);
        let day = (cast.last_day - 1 - back).max(cast.first_day);
        let at = Calendar::moment(&mut stream, day);
        threads.insert(thread, vec![(at, Row::Quirk(quirk))]);
    }
    let mut order: Vec<(u32, Vec<(i64, Row<'_>)>)> = threads.into_iter().collect();
    for (_, rows) in &mut order {
        rows.sort_by_key(|row| std::cmp::Reverse(row.0));
    }
    order.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.first().map(|row| row.0)));
    let mut out = Vec::with_capacity(events.len() * 300);
    record(&mut out, &HEADER, true);
    let text = Text::new();
    let mut duplicate = Some(order.len() / 3);
    for (place, (thread, rows)) in order.iter().enumerate() {
        for (at, row) in rows {
            let begin = out.len();
            line(&mut out, cast, calendar, &mut stream, &text, (*thread, *at), row);
            if duplicate.is_some_and(|wanted| place >= wanted) && matches!(row, Row::Message(_)) {
                out.extend_from_within(begin..);
                duplicate = None;
                skipped.insert("exact_duplicate".to_owned(), 1);
            }
        }
    }
    (out, skipped)
}

fn line(
    out: &mut Vec<u8>,
    cast: &Cast,
    calendar: &Calendar,
    stream: &mut Stream,
    text: &Text,
    (thread, at): (u32, i64),
    row: &Row<'_>,
) {
    let id = conversation(thread);
    let mut date = Vec::with_capacity(24);
    calendar.stamp(at, " ", " UTC", &mut date);
    let date = String::from_utf8_lossy(&date);
    match row {
        Row::Message(event) => {
            let from = cast.get(event.from);
            let join = |part: &dyn Fn(u32) -> String| {
                event.to.iter().map(|&id| part(id)).collect::<Vec<_>>().join(",")
            };
            let names = join(&|id| cast.get(id).full_name().trim().to_owned());
            let links = join(&|id| link(&cast.get(id).slug));
            let subject = if stream.chance(0.03) { text.line(stream) } else { "" };
            let content = text.body(stream);
            let file = if content.is_empty() || stream.chance(0.01) {
                format!("https://media.example.com/file/{at}")
            } else {
                String::new()
            };
            let folder = if stream.chance(0.04) { "ARCHIVE" } else { "INBOX" };
            let (name, url) = (from.full_name(), link(&from.slug));
            let fields = [
                &id,
                "",
                name.trim(),
                &url,
                &names,
                &links,
                &date,
                subject,
                &content,
                folder,
                &file,
            ];
            record(out, &fields, true);
        }
        Row::Quirk(quirk) => {
            let Quirk { title, from, to, subject, content, folder } = quirk;
            let fields: [&str; 11] =
                [&id, title, &from.0, &from.1, &to.0, &to.1, &date, subject, content, folder, ""];
            record(out, &fields, true);
        }
    }
}

/// `2-<base64>==` for a thread.
fn conversation(thread: u32) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut state = u64::from(thread).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bd1_e995;
    let mut id = String::from("2-");
    for _ in 0..22 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let at = usize::try_from(state % 64).unwrap_or(0);
        id.push(char::from(LETTERS[at]));
    }
    id.push_str("==");
    id
}

fn quirks(cast: &Cast, stream: &mut Stream, writers: &[u32]) -> (Vec<Quirk>, Skipped) {
    let text = Text::new();
    let owner = cast.get(OWNER);
    let me = (owner.full_name(), link(&owner.slug));
    let plain = |from, to, content: String, folder| Quirk {
        title: "",
        from,
        to,
        subject: String::new(),
        content,
        folder,
    };
    let mut rows = Vec::new();
    let sponsored = (cast.contacts / 30).clamp(2, 40);
    for n in 0..sponsored {
        let from = ["Corwick Mills Jobs", "Harbour Bank Careers", "Larkspur Academy"][n % 3];
        let line = text.line(stream);
        rows.push(Quirk {
            title: "Sponsored Conversation",
            from: (from.to_owned(), String::new()),
            to: me.clone(),
            subject: format!("Your next zqxcanary step, {n}"),
            content: format!(
                "<p class=\"spinmail-quill-editor__spin-break\">Hi %FIRSTNAME%,</p><p>{line} &amp; more</p>"
            ),
            folder: "INBOX",
        });
    }
    for &id in writers.iter().rev().take(3) {
        let one = cast.get(id);
        let from = (one.full_name(), link(&one.slug));
        rows.push(plain(from, me.clone(), text.line(stream).to_owned(), "SPAM"));
    }
    let spam = writers.len().min(3);
    let nobody = ("LinkedIn Member".to_owned(), String::new());
    for n in 0..6 {
        let line = text.line(stream).to_owned();
        let (from, to) =
            if n < 4 { (nobody.clone(), me.clone()) } else { (me.clone(), nobody.clone()) };
        rows.push(plain(from, to, line, "INBOX"));
    }
    let counts = [("sponsored", sponsored), ("spam", spam), ("placeholder", 6)];
    (rows, counts.into_iter().map(|(code, n)| (code.to_owned(), n)).collect())
}
