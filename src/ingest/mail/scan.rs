//! An mbox as a stream of header blocks: what lies between them is skipped at the speed of memory.
//!
//! Responsible for telling where a message begins. A `From ` line begins one at the start of the file or after an empty
//! line, when a date stands at its end and a header follows; without the empty line only when its date is whole. Bodies
//! are searched for the next such line and for nothing else. Memory: one buffer, which grows to the longest header block
//! allowed.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memmem};

/// What is read at once.
const BLOCK: usize = 1 << 20;
/// A header block of more bytes than this is cut.
const LONGEST: usize = 1 << 19;
/// How far beyond a `From ` line is looked for a header.
const AHEAD: usize = 4_096;

/// One message's headers, in place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block<'b> {
    /// The line of its `From ` line, from 1.
    pub(super) line: u64,
    /// The `From ` line without its end; empty in a single message.
    pub(super) from_line: &'b [u8],
    /// The header lines.
    pub(super) headers: &'b [u8],
}

/// What a scan came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scanned {
    /// Messages seen.
    pub messages: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Lines read.
    pub lines: u64,
}

/// Walks through an mbox and hands every message's headers to `take`, in order.
///
/// # Errors
/// An error of the reader; what was seen before it has been handed over.
pub(super) fn scan(
    mut from: impl Read,
    mut take: impl FnMut(Block<'_>),
) -> (Scanned, io::Result<()>) {
    let finder = memmem::Finder::new(b"\nFrom ");
    let bytes = vec![0; BLOCK + LONGEST];
    let mut window = Window { bytes, start: 0, end: 0, is_last: false, result: Ok(()) };
    let mut done = Scanned { lines: 1, ..Scanned::default() };
    window.fill(&mut from, &mut done.bytes);
    let mut in_body = false;
    loop {
        if in_body {
            let found = next_message(&finder, window.bytes(), window.is_last);
            let (skip, is_found) = match found {
                Found::At(at) => (at, true),
                Found::Not(clear) => (clear, false),
            };
            let passed = &window.bytes()[..skip];
            done.lines += memchr_iter(b'\n', passed).count() as u64;
            window.start += skip;
            in_body = !is_found;
            if is_found {
                continue;
            }
            if window.is_last {
                break;
            }
            window.fill(&mut from, &mut done.bytes);
            continue;
        }
        let bytes = window.bytes();
        if bytes.is_empty() && window.is_last {
            break;
        }
        let line_end = memchr(b'\n', bytes);
        let body = line_end.and_then(|end| headers_end(&bytes[end + 1..]).map(|at| end + 1 + at));
        if body.is_none() && !window.is_last && bytes.len() < LONGEST {
            window.fill(&mut from, &mut done.bytes);
            continue;
        }
        let first = line_end.unwrap_or(bytes.len());
        let end = body.unwrap_or(bytes.len());
        let headers = bytes.get(first + 1..end).unwrap_or_default();
        take(Block { line: done.lines, from_line: without_return(&bytes[..first]), headers });
        done.messages += 1;
        // The body begins with the empty line's own end, so that a `From ` line right after it is found.
        let skip = end.saturating_sub(usize::from(body.is_some()));
        done.lines += memchr_iter(b'\n', &bytes[..skip]).count() as u64;
        window.start += skip;
        in_body = true;
    }
    done.lines = done.lines.saturating_sub(1);
    (done, window.result)
}

/// The bytes in hand.
struct Window {
    bytes: Vec<u8>,
    start: usize,
    end: usize,
    /// Whether there is no more to come: the stream has ended, or broken off.
    is_last: bool,
    /// How the stream ended.
    result: io::Result<()>,
}

impl Window {
    fn bytes(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }

    /// Moves what is left to the front and reads until the buffer is full or the stream ends; what was read before it
    /// breaks off is still in hand.
    fn fill(&mut self, from: &mut impl Read, total: &mut u64) {
        self.bytes.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        while self.end < self.bytes.len() {
            match from.read(&mut self.bytes[self.end..]) {
                Ok(0) => {
                    self.is_last = true;
                    break;
                }
                Ok(read) => {
                    self.end += read;
                    *total += read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    (self.is_last, self.result) = (true, Err(error));
                    break;
                }
            }
        }
    }
}

enum Found {
    /// A message begins here.
    At(usize),
    /// None begins in so many bytes.
    Not(usize),
}

/// The next message in a body.
fn next_message(finder: &memmem::Finder<'_>, body: &[u8], is_last: bool) -> Found {
    let mut from = 0;
    while let Some(at) = finder.find(&body[from..]).map(|at| from + at) {
        let rest = &body[at + 1..];
        if !is_last && rest.len() < AHEAD {
            // Kept with what stands before it, to be looked at with more behind it.
            return Found::Not(at.saturating_sub(3));
        }
        let before = without_return(&body[..at]);
        let is_after_empty = before.is_empty() || before.ends_with(b"\n");
        if begins_message(rest, is_after_empty) {
            return Found::At(at + 1);
        }
        from = at + 1;
    }
    let keep = if is_last { 0 } else { 8 };
    Found::Not(body.len().saturating_sub(keep).max(from.min(body.len())))
}

/// Whether a `From ` line with a date and a header after it stands here.
pub(super) fn begins_message(bytes: &[u8], is_after_empty: bool) -> bool {
    let Some(rest) = bytes.strip_prefix(b"From ") else { return false };
    let Some(end) = memchr(b'\n', rest).filter(|end| *end < 512) else { return false };
    let line = without_return(&rest[..end]);
    if !has_clock(line) || !(is_after_empty || has_weekday_and_month(line)) {
        return false;
    }
    let after = &rest[end + 1..];
    let after = &after[..after.len().min(AHEAD)];
    // Old Unix mailers quote a second line.
    let after = after
        .strip_prefix(b">From ")
        .map_or(after, |quoted| memchr(b'\n', quoted).map_or(&[][..], |end| &quoted[end + 1..]));
    is_header_line(after)
}

/// Whether `hh:mm` stands in a line.
fn has_clock(line: &[u8]) -> bool {
    line.windows(5).any(|five| {
        five[2] == b':'
            && [0, 1, 3, 4].iter().all(|at| five[*at].is_ascii_digit() || five[*at] == b' ')
            && five[4].is_ascii_digit()
    })
}

fn has_weekday_and_month(line: &[u8]) -> bool {
    const DAYS: &str = "Mon Tue Wed Thu Fri Sat Sun";
    const MONTHS: &str = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
    let Ok(line) = std::str::from_utf8(line) else { return false };
    let has = |words: &str| line.split(' ').any(|part| words.split(' ').any(|word| word == part));
    has(DAYS) && has(MONTHS)
}

/// Whether a line begins `Name:`.
pub(super) fn is_header_line(bytes: &[u8]) -> bool {
    let name = bytes.iter().take_while(|byte| (33..127).contains(*byte) && **byte != b':').count();
    name > 0 && name < 80 && bytes.get(name) == Some(&b':')
}

/// Where the body begins: after the empty line. A `From ` line among the headers ends them too.
pub(super) fn headers_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match &bytes[at..] {
            [b'\n', ..] => return Some(at + 1),
            [b'\r', b'\n', ..] => return Some(at + 2),
            rest if at > 0 && rest.starts_with(b"From ") && begins_message(rest, false) => {
                return Some(at);
            }
            _ => {}
        }
        at += memchr(b'\n', &bytes[at..])? + 1;
    }
}

fn without_return(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\r").unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out a few bytes at a time, as pipes do.
    struct Drip<'b>(&'b [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(into.len());
            into[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn messages(text: &str) -> Vec<(u64, String)> {
        let mut found = Vec::new();
        let (done, result) = scan(Drip(text.as_bytes(), 7), |block| {
            let headers = String::from_utf8_lossy(block.headers).trim_end().to_owned();
            found.push((block.line, headers));
        });
        result.unwrap();
        assert_eq!(done.messages, found.len() as u64);
        assert_eq!(done.bytes, text.len() as u64);
        found
    }

    #[test]
    fn a_message_begins_after_an_empty_line_and_before_a_header() {
        let text = "From a@example.org Mon Mar  4 11:20:34 2024\nFrom: a@example.org\nTo: b@example.org\n\n\
                    From here on it is text.\nFrom me 11:20\nTo: nobody\n\n\
                    From b@example.org Tue Mar  5 11:20:34 +0000 2024\r\nFrom: b\r\n\r\nbody\r\n\r\n\
                    From c Wed Mar  6 11:20:34 2024\nX: 1\n\n";
        let found = messages(text);
        let lines: Vec<u64> = found.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 9, 14], "{found:?}");
        assert_eq!(found[0].1, "From: a@example.org\nTo: b@example.org");
        assert_eq!(found[1].1, "From: b");
    }

    #[test]
    fn a_missing_empty_line_needs_a_whole_date() {
        let text = "From a Mon Mar  4 11:20:34 2024\nFrom: a\n\nbody\n\
                    From b Tue Mar  5 11:20:34 2024\nFrom: b\n\nFrom x at 11:20\nno header\n";
        assert_eq!(messages(text).len(), 2);
        let headers_only = "From a Mon Mar  4 11:20:34 2024\nFrom: a\n\
                            From b Tue Mar  5 11:20:34 2024\nFrom: b\n";
        let found = messages(headers_only);
        assert_eq!(found, [(1, "From: a".to_owned()), (3, "From: b".to_owned())]);
    }

    #[test]
    fn long_bodies_and_headers_cross_the_buffer() {
        let body = "x".repeat(70) + "\n";
        let one = |n: usize| {
            format!("From a Mon Mar  4 11:20:34 2024\nFrom: a{n}\n\n{}\n", body.repeat(40_000))
        };
        let text: String = (0..3).map(one).collect();
        let found = messages(&text);
        let lines: Vec<u64> = found.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 40_005, 80_009]);
        let endless =
            format!("From a Mon Mar  4 11:20:34 2024\nFrom: a\n{}", "X: y\n".repeat(400_000));
        assert_eq!(messages(&endless).len(), 1);
    }
}
