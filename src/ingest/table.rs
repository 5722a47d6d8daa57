//! Tolerant reading of delimited text: encodings, line ends, broken quotes, and where each record starts.
//!
//! Responsible for turning bytes into records with line numbers, losing none silently. Knows nothing of columns.

use csv::{Reader, ReaderBuilder, StringRecord};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many records a header is looked for in: LinkedIn puts a note of three lines above it.
const HEADER_WITHIN: usize = 12;
/// How far into a text a header is looked for, in bytes.
const HEADER_BYTES: usize = 1 << 20;

/// A file's text and the encoding it was in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    /// Without byte order mark and NUL tail; lines end in `\n` or `\r\n`.
    pub(super) text: String,
    /// The encoding's name for reports.
    pub(super) encoding: &'static str,
    /// Whether NUL bytes stood at the end: what a download that stopped leaves behind.
    pub(super) nul_tail: bool,
}

/// Decodes by byte order mark, else as UTF-8, else as windows-1252.
pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    let utf16 = |coding: &'static encoding_rs::Encoding, bytes: &[u8]| {
        coding.decode_without_bom_handling(bytes).0.into_owned()
    };
    let (text, encoding) = if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        (utf16(UTF_16LE, rest), "UTF-16LE")
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        (utf16(UTF_16BE, rest), "UTF-16BE")
    } else if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        (String::from_utf8_lossy(rest).into_owned(), "UTF-8 with a byte order mark")
    } else {
        match unmarked_utf16(&bytes) {
            Some(true) => (utf16(UTF_16LE, &bytes), "UTF-16LE without a mark"),
            Some(false) => (utf16(UTF_16BE, &bytes), "UTF-16BE without a mark"),
            None => decode_unmarked(bytes),
        }
    };
    let mut text = text;
    let kept = text.trim_end_matches('\0').len();
    let nul_tail = kept < text.len();
    text.truncate(kept);
    // Line ends of the classic Mac: the csv crate reads them, but lines could not be counted.
    if text.contains('\r') && !text.contains('\n') {
        text = text.replace('\r', "\n");
    }
    Decoded { text, encoding, nul_tail }
}

/// Whether bytes are UTF-16, by their mark or by their look.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff")
        || unmarked_utf16(bytes).is_some()
}

/// Whether every second byte is NUL, as in UTF-16 text of mostly Latin letters; true for little-endian.
pub(super) fn unmarked_utf16(bytes: &[u8]) -> Option<bool> {
    let head = bytes.get(..bytes.len().min(512)).filter(|head| head.len() >= 8)?;
    let nul = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (nul(0), nul(1), head.len() / 2);
    match () {
        () if odd * 10 >= half * 9 && even == 0 => Some(true),
        () if even * 10 >= half * 9 && odd == 0 => Some(false),
        () => None,
    }
}

fn decode_unmarked(bytes: Vec<u8>) -> (String, &'static str) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, "UTF-8"),
        // A download cut inside its last character is still UTF-8.
        Err(error) if error.utf8_error().error_len().is_none() => {
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), "UTF-8")
        }
        Err(error) if is_damaged_utf8(error.as_bytes()) => {
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            (text, "UTF-8 with damaged characters")
        }
        Err(error) => {
            let text = WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned();
            (text, "windows-1252")
        }
    }
}

/// Whether far more characters beyond ASCII are whole than broken. In windows-1252 hardly any pair of bytes is a
/// character of UTF-8.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= broken * 4
}

/// Delimiters looked for, in this order.
pub(super) const DELIMITERS: [(u8, &str); 4] =
    [(b',', "comma"), (b';', "semicolon"), (b'\t', "tab"), (b'|', "bar")];

/// One of the first records of a file: perhaps its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The line it starts on, from 1.
    pub(super) line: u64,
    /// Where the next record starts, in bytes.
    pub(super) end: usize,
    /// Its fields, trimmed.
    pub(super) fields: Vec<String>,
}

/// The first records of the text, read with `delimiter`.
pub(super) fn first_records(text: &str, delimiter: u8) -> Vec<Candidate> {
    let text = head(text);
    let mut records = Records::new(text, 0, 1, delimiter, false, None);
    let mut first = Vec::new();
    while first.len() < HEADER_WITHIN
        && let Some(row) = records.next_row()
    {
        let fields = row.fields.iter().map(|field| field.trim().to_owned()).collect();
        let line = row.mark.line;
        first.push(Candidate { line, end: records.offset(), fields });
    }
    first
}

/// The first lines of the text, each read with `delimiter` by itself: a quote above the header that is never closed
/// would hide it among the records.
pub(super) fn first_lines(text: &str, delimiter: u8) -> Vec<Candidate> {
    let mut end = 0;
    let mut first = Vec::new();
    for (line, text) in (1..).zip(head(text).split_inclusive('\n').take(2 * HEADER_WITHIN)) {
        end += text.len();
        let mut record = StringRecord::new();
        if reader(text, delimiter).read_record(&mut record).unwrap_or(false) {
            let fields = record.iter().map(|field| field.trim().to_owned()).collect();
            first.push(Candidate { line, end, fields });
        }
    }
    first
}

/// The part of a text that may hold its header.
fn head(text: &str) -> &str {
    let mut end = text.len().min(HEADER_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// How to tell that a line is a record of its own: it has so many fields, and the one in this column is a date.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sign {
    /// Fields of a whole record, without empty ones at its end.
    pub(super) fields: usize,
    /// Where its date stands.
    pub(super) column: usize,
    /// Whether a text is a date of this table.
    pub(super) is_date: fn(&str) -> bool,
}

/// The records of a text, one at a time.
pub(super) struct Records<'t> {
    text: &'t str,
    delimiter: u8,
    /// Whether a line break inside a record can only come from a broken quote.
    one_line: bool,
    reader: Reader<&'t [u8]>,
    base: usize,
    record: StringRecord,
    /// Line number of byte `counted`.
    line: u64,
    counted: usize,
    /// Bytes to be read line by line because a quote in them is broken.
    broken: std::ops::Range<usize>,
    sign: Option<Sign>,
    /// Bytes read again after broken quotes; bounded, so that no file can make reading slow.
    again: usize,
}

/// What is told of a record beside its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// The line it starts on, from 1.
    pub(super) line: u64,
    /// Whether a quote in it was opened and never closed.
    pub(super) broken: bool,
    /// Whether NUL bytes were taken out of it.
    pub(super) nul: bool,
    /// Which of the first 64 fields hold more than blanks, the first in the lowest bit.
    bits: u64,
}

/// A record and where it starts.
#[derive(Debug)]
pub(super) struct Row<'r> {
    /// The fields as found.
    pub(super) fields: &'r StringRecord,
    /// Where it starts and how it was found.
    pub(super) mark: Mark,
}

impl<'r> Row<'r> {
    /// The trimmed field of a column; empty when the column or the field is missing.
    pub(super) fn get(&self, column: Option<usize>) -> &'r str {
        column.and_then(|at| self.fields.get(at)).unwrap_or_default().trim()
    }

    /// Whether a column holds more than blanks.
    pub(super) fn is_filled(&self, column: usize) -> bool {
        match u32::try_from(column).ok().and_then(|at| self.mark.bits.checked_shr(at)) {
            Some(bits) => bits & 1 == 1,
            None => !self.get(Some(column)).is_empty(),
        }
    }

    /// How many fields hold more than blanks.
    pub(super) fn filled(&self) -> usize {
        let further = self.fields.iter().skip(64).filter(|field| is_filled(field)).count();
        self.mark.bits.count_ones() as usize + further
    }

    /// Whether every field is empty.
    pub(super) fn is_blank(&self) -> bool {
        self.filled() == 0
    }
}

/// Whether a field holds more than blanks.
fn is_filled(field: &str) -> bool {
    // Nearly every field begins with a letter of ASCII: no need to look at both its ends.
    field.as_bytes().first().is_some_and(u8::is_ascii_graphic) || !field.trim().is_empty()
}

impl<'t> Records<'t> {
    /// The records of `text` from byte `base` on, which lies on line `line`.
    pub(super) fn new(
        text: &'t str,
        base: usize,
        line: u64,
        delimiter: u8,
        one_line: bool,
        sign: Option<Sign>,
    ) -> Self {
        let rest = text.get(base..).unwrap_or_default();
        Self {
            text,
            delimiter,
            one_line,
            reader: reader(rest, delimiter),
            base,
            record: StringRecord::new(),
            line,
            counted: base,
            broken: 0..0,
            sign,
            again: 0,
        }
    }

    /// Where the next record starts, in bytes.
    fn offset(&self) -> usize {
        self.base + usize::try_from(self.reader.position().byte()).unwrap_or(0)
    }

    /// The next record that is not an empty line.
    pub(super) fn next_row(&mut self) -> Option<Row<'_>> {
        loop {
            if !self.broken.is_empty() {
                if let Some(broken) = self.read_broken_line() {
                    return Some(self.row(broken));
                }
                continue;
            }
            let from = self.offset();
            if !self.reader.read_record(&mut self.record).unwrap_or(false) {
                return None;
            }
            let end = self.offset();
            let raw = self.text.get(from..end).unwrap_or_default();
            let body = raw.trim_start_matches(['\r', '\n']);
            let start = end - body.len();
            self.count_to(start);
            let body = body.trim_end_matches(['\r', '\n']);
            let several = body.contains('\n');
            let open = end == self.text.len() && has_open_quote(body, self.delimiter);
            if several && (self.one_line || (open && self.sign.is_none())) {
                self.broken = start..end;
                continue;
            }
            if several && let Some(next) = self.swallowed(start, body) {
                self.again += end - next;
                // A file made of broken quotes: from here on a line is a record.
                self.one_line = self.again / 16 > self.text.len();
                self.reader = reader(self.text.get(next..).unwrap_or_default(), self.delimiter);
                self.base = next;
                return Some(self.row(true));
            }
            return Some(self.row(open));
        }
    }

    /// The next record, put into `record`.
    pub(super) fn next_into(&mut self, record: &mut StringRecord) -> Option<Mark> {
        let mark = self.next_row()?.mark;
        std::mem::swap(&mut self.record, record);
        Some(mark)
    }

    fn row(&mut self, broken: bool) -> Row<'_> {
        let nul = self.record.as_slice().contains('\0');
        if nul {
            self.record = self.record.iter().map(|field| field.replace('\0', "")).collect();
        }
        let first = self.record.iter().take(64).enumerate();
        let bits = first.fold(0, |bits, (at, field)| bits | u64::from(is_filled(field)) << at);
        let mark = Mark { line: self.line, broken, nul, bits };
        Row { fields: &self.record, mark }
    }

    /// Where in a record of several lines another one begins: a quote that was never closed has swallowed it.
    fn swallowed(&self, start: usize, body: &str) -> Option<usize> {
        let sign = self.sign?;
        let mut at = 0;
        let mut record = StringRecord::new();
        body.split_inclusive('\n').find_map(|line| {
            let from = at;
            at += line.len();
            let delimiters = memchr::memchr_iter(self.delimiter, line.as_bytes()).count();
            if from == 0 || delimiters + 1 < sign.fields {
                return None;
            }
            let read = reader(line, self.delimiter).read_record(&mut record).unwrap_or(false);
            let is_record = read
                && record.len() >= sign.fields
                && record.get(sign.column).is_some_and(|cell| (sign.is_date)(cell));
            is_record.then_some(start + from)
        })
    }

    /// Reads one line of the broken part as a record of its own; `None` for an empty line.
    fn read_broken_line(&mut self) -> Option<bool> {
        let rest = self.text.get(self.broken.clone()).unwrap_or_default();
        let line = rest.split(['\r', '\n']).next().unwrap_or_default();
        let start = self.broken.start;
        self.broken.start += (line.len() + 1).min(rest.len().max(1));
        if line.is_empty() {
            return None;
        }
        self.count_to(start);
        let read = reader(line, self.delimiter).read_record(&mut self.record).unwrap_or(false);
        read.then(|| has_open_quote(line, self.delimiter))
    }

    fn count_to(&mut self, offset: usize) {
        let between = self.text.as_bytes().get(self.counted..offset).unwrap_or_default();
        self.line += between.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        self.counted = offset;
    }
}

fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(text.len().clamp(16, 1 << 16))
        .from_reader(text.as_bytes())
}

/// Whether a quote is still open at the end of the record.
fn has_open_quote(record: &str, delimiter: u8) -> bool {
    let (mut open, mut at_start) = (false, true);
    let mut bytes = record.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if open {
            // Two quotes are one quote inside the field.
            if byte == b'"' && bytes.next_if_eq(&b'"').is_none() {
                open = false;
            }
        } else if byte == b'"' && at_start {
            open = true;
            at_start = false;
        } else {
            at_start = byte == delimiter || byte == b'\n' || byte == b'\r';
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str, one_line: bool) -> Vec<(u64, Vec<String>, bool)> {
        let mut records = Records::new(text, 0, 1, b',', one_line, None);
        let mut rows = Vec::new();
        while let Some(row) = records.next_row() {
            rows.push((
                row.mark.line,
                row.fields.iter().map(str::to_owned).collect(),
                row.mark.broken,
            ));
        }
        rows
    }

    fn lines(text: &str, one_line: bool) -> Vec<(u64, usize, bool)> {
        rows(text, one_line)
            .into_iter()
            .map(|(line, row, broken)| (line, row.len(), broken))
            .collect()
    }

    #[test]
    fn gotcha_13_a_multi_line_field_is_one_record() {
        let text = "a,b\r\n\"Hi Pilar,\r\n\r\nThe answer is \"\"maybe\"\"\",2\r\n\r\nc,d\r\n";
        let rows = rows(text, false);
        assert_eq!(rows[1].1[0], "Hi Pilar,\r\n\r\nThe answer is \"maybe\"");
        assert_eq!(lines(text, false), [(1, 2, false), (2, 2, false), (6, 2, false)]);
    }

    #[test]
    fn gotcha_19_an_unterminated_quote_loses_one_row_only() {
        let text = "a,b\n\"c,d\ne,f\ng,h\n";
        let expected = [(1, 2, false), (2, 1, true), (3, 2, false), (4, 2, false)];
        assert_eq!(lines(text, false), expected);
        assert_eq!(lines(text, true), expected);
        // Where a later quote closes it, only the knowledge that records are one line helps.
        let text = "a,b\n\"c,d\ne,\"f\"\ng,h\n";
        assert_eq!(lines(text, true), expected);
    }

    #[test]
    fn gotcha_21_a_cut_last_row_is_read() {
        assert_eq!(lines("a,b\nc", true), [(1, 2, false), (2, 1, false)]);
        assert_eq!(lines("a,b\n\"c", true), [(1, 2, false), (2, 1, true)]);
    }

    #[test]
    fn gotcha_23_encodings_nul_tails_and_line_ends() {
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("Ë\t1".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!((decode(utf16).text.as_str(), decode(b"".to_vec()).encoding), ("Ë\t1", "UTF-8"));
        let unmarked: Vec<u8> = "First\tË\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(unmarked).text, "First\tË\n");
        assert_eq!(decode(b"a\rb\r".to_vec()).text, "a\nb\n");
        let tail = decode(b"a\n\0\0\0".to_vec());
        assert_eq!((tail.text.as_str(), tail.nul_tail), ("a\n", true));
        assert_eq!(decode(b"".to_vec()).text, "");
        assert_eq!(decode("cut ë".as_bytes()[..5].to_vec()).encoding, "UTF-8");
        assert_eq!(lines("a\n\n\r\nb", true), [(1, 1, false), (4, 1, false)]);
    }

    #[test]
    fn gotcha_18_windows_1252_is_the_last_resort() {
        let text = decode(b"S\xe4ljare".to_vec());
        assert_eq!((text.text.as_str(), text.encoding), ("Säljare", "windows-1252"));
    }

    #[test]
    fn a_damaged_character_does_not_spoil_the_others() {
        let bytes = ["Maëlle Šárka Åse Ñu ë", "é"].concat().into_bytes();
        let broken = [&bytes[..], b"\xc3(x)"].concat();
        let text = decode(broken);
        assert!(text.text.starts_with("Maëlle Šárka"), "{}", text.text);
        assert_eq!(text.encoding, "UTF-8 with damaged characters");
    }

    #[test]
    fn gotcha_19_a_stray_quote_does_not_swallow_the_records_after_it() {
        let sign = Sign { fields: 3, column: 0, is_date: |cell| cell.starts_with("20") };
        let text = "2020,a,\"stray\n2021,b,x\n2022,c,\"two\nlines\"\n2023,d,\"closed, here\"\n";
        let mut records = Records::new(text, 0, 1, b',', false, Some(sign));
        let mut rows = Vec::new();
        while let Some(row) = records.next_row() {
            rows.push((
                row.mark.line,
                row.fields.get(1).unwrap_or_default().to_owned(),
                row.mark.broken,
            ));
        }
        let row = |line, name: &str, broken| (line, name.to_owned(), broken);
        let expected =
            [row(1, "a", true), row(2, "b", false), row(3, "c", false), row(5, "d", false)];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_header_below_a_broken_quote_is_among_the_first_lines() {
        let text = "Notes:\n\"never closed\n\nName,Date\nx,y\n";
        let found =
            first_lines(text, b',').into_iter().find(|line| line.fields == ["Name", "Date"]);
        assert_eq!(found.map(|line| (line.line, &text[line.end..])), Some((4, "x,y\n")));
    }

    #[test]
    fn gotcha_14_a_byte_order_mark_is_not_part_of_the_first_field() {
        let text = decode(b"\xef\xbb\xbf\"a\",b\n".to_vec()).text;
        assert_eq!(first_records(&text, b',')[0].fields, ["a", "b"]);
    }

    proptest! {
        #[test]
        fn lines_rise_and_nothing_panics(bytes in prop::collection::vec(prop::sample::select(
            vec![b'a', b'"', b',', b'\n', b'\r', 0xc3, 0xab, 0]), 0..60), one_line: bool) {
            let text = decode(bytes).text;
            let lines: Vec<u64> = lines(&text, one_line).into_iter().map(|row| row.0).collect();
            prop_assert!(lines.is_sorted());
        }
    }
}
