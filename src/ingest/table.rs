//! Tolerant reading of delimited text: encodings, line ends, broken quotes, and where each record starts.
//!
//! Responsible for turning bytes into records with line numbers, losing none silently. Knows nothing of columns.

use csv::{Reader, ReaderBuilder, StringRecord};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How many records a header is looked for in: LinkedIn puts a note of three lines above it.
const HEADER_WITHIN: usize = 12;

/// A file's text and the encoding it was in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    /// Without byte order mark and NUL tail; lines end in `\n` or `\r\n`.
    pub(super) text: String,
    /// The encoding's name for reports.
    pub(super) encoding: &'static str,
}

/// Decodes by byte order mark, else as UTF-8, else as windows-1252.
pub(super) fn decode(bytes: Vec<u8>) -> Text {
    let (text, encoding) = if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        (UTF_16LE.decode_without_bom_handling(rest).0.into_owned(), "UTF-16LE")
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        (UTF_16BE.decode_without_bom_handling(rest).0.into_owned(), "UTF-16BE")
    } else if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        (String::from_utf8_lossy(rest).into_owned(), "UTF-8 with a byte order mark")
    } else {
        decode_unmarked(bytes)
    };
    let mut text = text;
    text.truncate(text.trim_end_matches('\0').len());
    // Line ends of the classic Mac: the csv crate reads them, but lines could not be counted.
    if text.contains('\r') && !text.contains('\n') {
        text = text.replace('\r', "\n");
    }
    Text { text, encoding }
}

fn decode_unmarked(bytes: Vec<u8>) -> (String, &'static str) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, "UTF-8"),
        // A download cut inside its last character is still UTF-8.
        Err(error) if error.utf8_error().error_len().is_none() => {
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), "UTF-8")
        }
        Err(error) => {
            let text = WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned();
            (text, "windows-1252")
        }
    }
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
    let mut records = Records::new(text, 0, 1, delimiter, false);
    let mut first = Vec::new();
    while first.len() < HEADER_WITHIN
        && let Some(row) = records.next_row()
    {
        let fields = row.fields.iter().map(|field| field.trim().to_owned()).collect();
        let line = row.line;
        first.push(Candidate { line, end: records.offset(), fields });
    }
    first
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
}

/// A record and where it starts.
#[derive(Debug)]
pub(super) struct Row<'r> {
    /// The line it starts on, from 1.
    pub(super) line: u64,
    /// The fields as found.
    pub(super) fields: &'r StringRecord,
    /// Whether a quote in it was opened and never closed.
    pub(super) broken: bool,
}

impl Row<'_> {
    /// The trimmed field of a column; empty when the column or the field is missing.
    pub(super) fn get(&self, column: Option<usize>) -> &str {
        column.and_then(|at| self.fields.get(at)).unwrap_or_default().trim()
    }

    /// Whether every field is empty.
    pub(super) fn is_blank(&self) -> bool {
        self.fields.iter().all(|field| field.trim().is_empty())
    }
}

impl<'t> Records<'t> {
    /// The records of `text` from byte `base` on, which lies on line `line`.
    pub(super) fn new(
        text: &'t str,
        base: usize,
        line: u64,
        delimiter: u8,
        one_line: bool,
    ) -> Self {
        let rest = text.get(base..).unwrap_or_default();
        let reader = reader(rest, delimiter);
        let record = StringRecord::new();
        Self { text, delimiter, one_line, reader, base, record, line, counted: base, broken: 0..0 }
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
                    return Some(Row { line: self.line, fields: &self.record, broken });
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
            if several && (self.one_line || open) {
                self.broken = start..end;
                continue;
            }
            return Some(Row { line: self.line, fields: &self.record, broken: open });
        }
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
        let mut records = Records::new(text, 0, 1, b',', one_line);
        let mut rows = Vec::new();
        while let Some(row) = records.next_row() {
            rows.push((row.line, row.fields.iter().map(str::to_owned).collect(), row.broken));
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
        assert_eq!(decode(utf16), Text { text: "Ë\t1".into(), encoding: "UTF-16LE" });
        assert_eq!(decode(b"a\rb\r".to_vec()).text, "a\nb\n");
        assert_eq!(decode(b"a\n\0\0\0".to_vec()).text, "a\n");
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
