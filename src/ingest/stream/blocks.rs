//! A byte stream cut into blocks of whole records.
//!
//! Responsible for handing out pieces that several threads can read without knowing of each other. A record is a line;
//! where a column may hold text of several lines, a line end inside quotes does not count. What is left of a block
//! goes to the front of the next one, so every byte is handed out once.

use std::io::{self, Read};

use memchr::{memchr, memrchr};

/// Bytes read at a time: a block and what is made of it stay in a core's cache.
const BLOCK: usize = 1 << 20;
/// The longest record. A longer one is a damaged file: its head is handed out, marked as cut.
const LONGEST: usize = 16 << 20;
/// The longest quoted field over several lines; a quote open for longer was never meant as one.
const LONGEST_QUOTED: usize = 1 << 20;

/// Hands out the blocks of one stream in order.
pub(super) struct Blocks {
    stream: Box<dyn Read + Send>,
    delimiter: u8,
    one_line: bool,
    carry: Vec<u8>,
    ended: bool,
}

/// What [`Blocks::next`] put into the buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// Whole records, each ended by a line end.
    Records,
    /// The head of a record that is too long; its line end follows at the end.
    Cut,
    /// Nothing: the stream is at its end.
    End,
}

impl Blocks {
    /// Blocks of `stream`, after the bytes `head` that were read from it already.
    pub(super) fn new(
        head: Vec<u8>,
        stream: Box<dyn Read + Send>,
        delimiter: u8,
        one_line: bool,
    ) -> Self {
        Self { stream, delimiter, one_line, carry: head, ended: false }
    }

    /// Fills `bytes` with the next block.
    pub(super) fn next(&mut self, bytes: &mut Vec<u8>) -> io::Result<Piece> {
        bytes.clear();
        bytes.append(&mut self.carry);
        while !self.ended {
            let wanted = BLOCK.saturating_sub(bytes.len()).max(BLOCK / 2);
            let read = self.stream.by_ref().take(wanted as u64).read_to_end(bytes)?;
            if read == 0 {
                self.ended = true;
                break;
            }
            if let Some(end) = self.last_end(bytes) {
                self.carry.extend_from_slice(&bytes[end..]);
                bytes.truncate(end);
                return Ok(Piece::Records);
            }
            if bytes.len() > LONGEST {
                self.skip_line(bytes)?;
                return Ok(Piece::Cut);
            }
        }
        // A damaged download may end in NULs.
        let text = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        bytes.truncate(text);
        if bytes.is_empty() {
            return Ok(Piece::End);
        }
        if bytes.last() != Some(&b'\n') {
            bytes.push(b'\n');
        }
        Ok(Piece::Records)
    }

    /// Where the last whole record of `bytes` ends.
    fn last_end(&self, bytes: &[u8]) -> Option<usize> {
        if self.one_line || memchr(b'"', bytes).is_none() {
            return memrchr(b'\n', bytes).map(|at| at + 1);
        }
        last_end_outside_quotes(bytes, self.delimiter)
    }

    /// Leaves the head of an endless line in `bytes` and reads on to its end.
    fn skip_line(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        let mut rest = Vec::new();
        bytes.truncate(BLOCK);
        // With quotes over several lines, what follows the first line end starts afresh.
        if let Some(end) = memchr(b'\n', bytes) {
            self.carry.extend_from_slice(&bytes[end + 1..]);
            bytes.truncate(end);
        } else {
            loop {
                rest.clear();
                let read = self.stream.by_ref().take(BLOCK as u64).read_to_end(&mut rest)?;
                if let Some(end) = memchr(b'\n', &rest) {
                    self.carry.extend_from_slice(&rest[end + 1..]);
                    break;
                }
                if read == 0 {
                    self.ended = true;
                    break;
                }
            }
        }
        bytes.push(b'\n');
        Ok(())
    }
}

fn last_end_outside_quotes(bytes: &[u8], delimiter: u8) -> Option<usize> {
    let (mut from, mut last) = (0, None);
    loop {
        let quote = memchr(b'"', &bytes[from..]).map(|at| from + at);
        let plain = &bytes[from..quote.unwrap_or(bytes.len())];
        last = memrchr(b'\n', plain).map(|at| from + at + 1).or(last);
        let Some(open) = quote else { return last };
        let opens = open == 0 || [delimiter, b'\n', b'\r'].contains(&bytes[open - 1]);
        from = if opens {
            match closing(bytes, open) {
                Some(close) => close + 1,
                // Not closed in this block: the record goes on, unless it does so for too long.
                None if bytes.len() - open <= LONGEST_QUOTED => return last,
                None => open + 1,
            }
        } else {
            open + 1
        };
    }
}

/// The quote that closes the one at `open`; two quotes in a row are one quote inside the field.
fn closing(bytes: &[u8], open: usize) -> Option<usize> {
    let mut from = open + 1;
    loop {
        let at = from + memchr(b'"', bytes.get(from..)?)?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        from = at + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream that gives a few bytes at a time.
    struct Slow(Vec<u8>, usize);

    impl Read for Slow {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = into.len().min(7).min(self.0.len() - self.1);
            into[..n].copy_from_slice(&self.0[self.1..self.1 + n]);
            self.1 += n;
            Ok(n)
        }
    }

    fn pieces(text: &str, one_line: bool) -> Vec<(Piece, String)> {
        let stream = Box::new(Slow(text.as_bytes().to_vec(), 0));
        let mut blocks = Blocks::new(Vec::new(), stream, b',', one_line);
        let (mut all, mut bytes) = (Vec::new(), Vec::new());
        loop {
            match blocks.next(&mut bytes).unwrap() {
                Piece::End => return all,
                piece => all.push((piece, String::from_utf8(bytes.clone()).unwrap())),
            }
        }
    }

    #[test]
    fn every_byte_is_handed_out_once_and_records_stay_whole() {
        let lines: Vec<String> = (0..200_000).map(|n| format!("{n},a,b\n")).collect();
        let text = lines.concat();
        let found = pieces(&text, true);
        assert!(found.len() > 1);
        assert!(found.iter().all(|(_, block)| block.ends_with('\n')));
        assert_eq!(found.iter().map(|(_, block)| block.as_str()).collect::<String>(), text);
    }

    #[test]
    fn a_missing_last_line_end_is_added_and_a_tail_of_nuls_dropped() {
        let found = pieces("a,b\nc,d\0\0", true);
        assert_eq!(found.iter().map(|(_, block)| block.as_str()).collect::<String>(), "a,b\nc,d\n");
        assert_eq!(pieces("", true), []);
    }

    #[test]
    fn a_line_end_inside_quotes_does_not_end_a_record() {
        assert_eq!(last_end_outside_quotes(b"a,b\nc,\"d\ne", b','), Some(4));
        assert_eq!(last_end_outside_quotes(b"a,\"x\"\"\ny\",b\nc", b','), Some(12));
        // A quote inside a bare field opens nothing.
        assert_eq!(last_end_outside_quotes(b"a\"b,c\nd", b','), Some(6));
    }

    #[test]
    fn an_endless_line_is_cut_and_what_follows_is_saved() {
        let text = format!("a,b\n{}\nc,d\n", "x".repeat(LONGEST + 3 * BLOCK));
        let found = pieces(&text, true);
        assert_eq!(found.first().unwrap().1, "a,b\n");
        assert_eq!(found[1].0, Piece::Cut);
        assert_eq!(found.last().unwrap(), &(Piece::Records, "c,d\n".to_owned()));
    }
}
