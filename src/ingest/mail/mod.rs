//! Mail: an mbox of any size, Maildirs and single messages, headers only.
//!
//! Responsible for finding each message's headers and what they come to ([`letter`]). Bodies are searched for the next
//! message and for nothing else, the subject is not looked at, and nothing of either is kept.
//!
//! Memory: one window of 1.5 MB for a mailbox of any size, and what is kept of each message: 40 bytes a recipient and about 35
//! for its id, measured at 230 bytes a message of three recipients with its share of 15,001 people (`benches/results/sources.md`).

mod dates;
mod header;
mod letter;
mod people;
mod scan;

use std::collections::BTreeSet;
use std::io::Read;

use super::noise::Noise;
use super::problem::{Code, Problem};
use super::reading::{Reading, Scope};
use super::record::FileRecords;
use letter::Letters;
use scan::Block;

pub use scan::Scanned;

/// How much of a message is read for its headers.
pub(super) const HEAD: u64 = 1 << 19;

/// Messages used so far, over all mailboxes of a run, as hashes of their ids.
pub(super) type Seen = BTreeSet<u64>;

/// Headers that begin most messages.
const FIRST: &[&str] = &[
    "received:",
    "return-path:",
    "delivered-to:",
    "mime-version:",
    "message-id:",
    "from:",
    "date:",
    "to:",
    "subject:",
    "x-gmail-labels:",
    "x-gm-thrid:",
    "envelope-to:",
    "dkim-signature:",
    "authentication-results:",
    "reply-to:",
    "sender:",
    "x-account-key:",
    "x-mozilla-status:",
    "x-original-to:",
    "arc-seal:",
    "user-agent:",
    "content-type:",
    "in-reply-to:",
    "thread-topic:",
    "x-received:",
    "status:",
    "x-uid:",
];

/// Whether the first bytes of a file are those of an mbox.
pub(super) fn is_mbox(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = head.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
    let head = &head[start..];
    scan::begins_message(head, true) || (head.starts_with(b"From ") && has_headers_next(head))
}

/// A first line without a date may still be that of a mailbox: headers of mail follow it.
fn has_headers_next(head: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', head).filter(|end| *end < 512) else { return false };
    begins_as_mail(&head[end + 1..])
}

/// Whether the first bytes of a file are the headers of one message.
pub(super) fn is_message(head: &[u8]) -> bool {
    begins_as_mail(without_count(head))
}

/// A message without a byte order mark and without the count of bytes that Apple Mail puts above it (.emlx).
fn without_count(head: &[u8]) -> &[u8] {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let digits = head.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = head[digits..].trim_ascii_start();
    if (1..=12).contains(&digits) && head[digits..].contains(&b'\n') { rest } else { head }
}

/// Two header lines at least, one of them a sender or a way of delivery, and the first one that mail begins with.
fn begins_as_mail(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&head[..head.len().min(16_384)]).to_lowercase();
    if !FIRST.iter().any(|name| text.starts_with(name)) {
        return false;
    }
    let headers = text.split("\n\n").next().unwrap_or_default();
    let headers = headers.split("\r\n\r\n").next().unwrap_or_default();
    let lines = || headers.lines().filter(|line| !line.starts_with([' ', '\t']));
    let is_header = |line: &str| scan::is_header_line(line.as_bytes());
    let count = lines().take(40).filter(|line| is_header(line)).count();
    let tells = ["from:", "received:", "sender:", "return-path:", "delivered-to:"];
    count >= 2
        && count * 10 >= lines().take(40).count() * 8
        && lines().any(|line| tells.iter().any(|name| line.starts_with(name)))
}

/// Reads an mbox as it streams by.
pub(super) fn read_mbox(
    file: &str,
    from: impl Read,
    packing: &str,
    reading: &Reading,
    seen: &mut Seen,
) -> FileRecords {
    let mut letters = Letters::new(file, reading.scope(file), &reading.noise, seen);
    let (done, result) = scan::scan(from, |block| letters.take(block));
    let mut out = letters.finish();
    out.format = format!("{packing}mbox, headers only");
    if result.is_err() {
        let what = "the mailbox breaks off; what stands up to here is kept";
        out.problems.push(Problem::new(done.lines.max(1), Code::CutShort, what));
    }
    out
}

/// Reads messages that lie in files of their own; the line of each is its place in the order of their names.
pub(super) fn read_messages(
    file: &str,
    heads: impl ExactSizeIterator<Item = Vec<u8>>,
    scope: Scope,
    noise: &Noise,
    seen: &mut Seen,
) -> FileRecords {
    let several = heads.len() > 1;
    let mut letters = Letters::new(file, scope, noise, seen);
    for (line, head) in (1..).zip(heads) {
        let head = without_count(&head);
        let from_line = match head {
            [b'F', b'r', b'o', b'm', b' ', ..] => memchr::memchr(b'\n', head),
            _ => None,
        };
        let (from_line, headers) = match from_line {
            Some(end) => (&head[..end], &head[end + 1..]),
            None => (&head[..0], head),
        };
        let end = scan::headers_end(headers).unwrap_or(headers.len());
        letters.take(Block { line, from_line, headers: &headers[..end] });
    }
    let mut out = letters.finish();
    out.format = if several {
        "one file a message, headers only; a line is the place of its file in the order of names"
            .to_owned()
    } else {
        "a mail message, headers only".to_owned()
    };
    out
}

/// Walks through an mbox without reading a header: the floor of what reading can cost.
///
/// # Errors
/// An error of the reader.
pub fn walk(from: impl Read) -> std::io::Result<Scanned> {
    let (done, result) = scan::scan(from, |_| {});
    result.map(|()| done)
}

/// The headers of a message, without its body.
pub(super) fn head_of(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = scan::headers_end(&bytes).unwrap_or(bytes.len());
    bytes.truncate(end);
    bytes.shrink_to_fit();
    bytes
}
