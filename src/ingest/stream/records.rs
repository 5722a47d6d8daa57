//! A block's records as cells of the columns a log has.
//!
//! Responsible for splitting. A line without quotes is read from its marks; a line with one goes through the `csv`
//! crate's own state machine. Cells come out trimmed.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use memchr::{memchr, memchr_iter};

use super::lines::Marks;

/// How many columns a log may have (`log::SHAPE`).
pub(super) const COLUMNS: usize = 7;

/// How a file's records are laid out.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Between fields.
    pub(super) delimiter: u8,
    /// Whether a line end always ends a record.
    pub(super) one_line: bool,
    /// Where each column stands.
    pub(super) at: [Option<usize>; COLUMNS],
    /// How many fields the header has.
    pub(super) width: usize,
    /// The columns that are there, with their places.
    places: Vec<(usize, usize)>,
}

impl Layout {
    /// A layout with these places of the columns.
    pub(super) fn new(
        delimiter: u8,
        one_line: bool,
        at: [Option<usize>; COLUMNS],
        width: usize,
    ) -> Self {
        let places = (0..).zip(at).filter_map(|(column, at)| Some((column, at?))).collect();
        Self { delimiter, one_line, at, width, places }
    }
}

/// What is wrong with a record as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Nothing.
    None,
    /// Fewer fields than the header.
    Short,
    /// More fields than the header, with text in them.
    Long,
    /// Every field is empty.
    Blank,
    /// A quote is opened and never closed.
    OpenQuote,
}

/// One record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'b> {
    /// The line in the block on which it starts, from 0.
    pub(super) line: u32,
    /// Trimmed cells by column; empty for a column that the file or the record does not have.
    pub(super) cells: [&'b [u8]; COLUMNS],
    /// What is wrong with it.
    pub(super) fault: Fault,
}

/// Takes the records of a block. Cells of quoted records live only as long as the call.
pub(super) trait Records<'b> {
    /// A record whose cells stand in the block.
    fn plain(&mut self, record: &Record<'b>);
    /// A record whose cells were unescaped.
    fn quoted(&mut self, record: Record<'_>);
}

/// Splits blocks; keeps its buffers from block to block.
#[derive(Debug)]
pub(super) struct Splitter {
    marks: Marks,
    output: Vec<u8>,
    ends: Vec<usize>,
}

impl Default for Splitter {
    fn default() -> Self {
        Self { marks: Marks::default(), output: vec![0; 4096], ends: vec![0; 64] }
    }
}

impl Splitter {
    /// Hands every record of `bytes` to `to`, empty lines left out, and returns how many lines there are.
    pub(super) fn split<'b>(
        &mut self,
        bytes: &'b [u8],
        layout: &Layout,
        to: &mut impl Records<'b>,
    ) -> u32 {
        let has_quote = memchr(b'"', bytes).is_some();
        if has_quote && !layout.one_line {
            return self.split_quoted(bytes, layout, to);
        }
        self.marks.find(bytes, layout.delimiter);
        let marks = std::mem::take(&mut self.marks);
        let (mut first, mut start, mut line) = (0_usize, 0_usize, 0_u32);
        for last in &marks.line_ends {
            let last = *last as usize;
            let here = marks.positions.get(first..=last).unwrap_or_default();
            let end = here.last().map_or(start, |at| *at as usize);
            let text = bytes.get(start..end).unwrap_or_default();
            if has_quote && memchr(b'"', text).is_some() {
                let text = bytes.get(start..=end).unwrap_or_default();
                self.quoted_line(text, line, layout, to);
            } else if !(text.is_empty() || text == b"\r") {
                to.plain(&plain(bytes, start, here, line, layout));
            }
            (first, start, line) = (last + 1, end + 1, line + 1);
        }
        self.marks = marks;
        line
    }

    /// One line that holds a quote, as a record of its own.
    fn quoted_line<'b>(
        &mut self,
        text: &[u8],
        line: u32,
        layout: &Layout,
        to: &mut impl Records<'b>,
    ) {
        let mut reader = reader(layout);
        let (_, fields, closed) = self.read(&mut reader, text);
        let fault = if closed { Fault::None } else { Fault::OpenQuote };
        to.quoted(self.record(fields, line, fault, layout));
    }

    /// Records that may go over several lines.
    fn split_quoted<'b>(
        &mut self,
        bytes: &[u8],
        layout: &Layout,
        to: &mut impl Records<'b>,
    ) -> u32 {
        let (mut at, mut line) = (0, 0);
        let mut reader = reader(layout);
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let empty = rest.iter().take_while(|byte| **byte == b'\n' || **byte == b'\r').count();
            if empty > 0 {
                line += lines(&rest[..empty]);
                at += empty;
                continue;
            }
            let (used, fields, closed) = self.read(&mut reader, rest);
            if closed {
                to.quoted(self.record(fields, line, Fault::None, layout));
                line += lines(&rest[..used]);
                at += used;
            } else {
                // The quote of this line was never meant as one: the line is lost, those after it are not.
                let end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
                to.quoted(self.record(0, line, Fault::OpenQuote, layout));
                line += 1;
                at += end;
                reader = self::reader(layout);
            }
        }
        line
    }

    /// Reads one record; returns the bytes and fields it has, and whether its quotes are closed. The text must end
    /// in a line end, which only an open quote swallows.
    fn read(&mut self, reader: &mut Reader, text: &[u8]) -> (usize, usize, bool) {
        reader.reset();
        let (mut used, mut written, mut fields) = (0, 0, 0);
        loop {
            let input = text.get(used..).unwrap_or_default();
            let output = self.output.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(fields..).unwrap_or_default();
            let (result, read, wrote, ended) = reader.read_record(input, output, ends);
            (used, written, fields) = (used + read, written + wrote, fields + ended);
            match result {
                ReadRecordResult::OutputFull => self.output.resize(self.output.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => return (used, fields, true),
                ReadRecordResult::InputEmpty | ReadRecordResult::End => {
                    return (used, fields, false);
                }
            }
        }
    }

    fn record(&self, fields: usize, line: u32, fault: Fault, layout: &Layout) -> Record<'_> {
        let field = |at: usize| {
            let start = if at == 0 { 0 } else { self.ends.get(at - 1).copied().unwrap_or(0) };
            let end = self.ends.get(at).copied().unwrap_or(0);
            trim(self.output.get(start..end).unwrap_or_default())
        };
        let get = |at: usize| if at < fields { field(at) } else { &[] };
        let fault = match fault {
            Fault::None if (0..fields).all(|at| field(at).is_empty()) => Fault::Blank,
            Fault::None if (layout.width..fields).any(|at| !field(at).is_empty()) => Fault::Long,
            Fault::None if fields < layout.width => Fault::Short,
            other => other,
        };
        Record { line, cells: layout.at.map(|at| at.map_or(&[][..], get)), fault }
    }
}

fn reader(layout: &Layout) -> Reader {
    ReaderBuilder::new().delimiter(layout.delimiter).build()
}

/// The record of a line without quotes: `marks` are the ends of its fields.
#[inline]
fn plain<'b>(
    bytes: &'b [u8],
    start: usize,
    marks: &[u32],
    line: u32,
    layout: &Layout,
) -> Record<'b> {
    let field = |at: usize| {
        let end = marks.get(at)?;
        let begin =
            if at == 0 { start } else { marks.get(at - 1).map_or(start, |m| *m as usize + 1) };
        bytes.get(begin..*end as usize).map(trim)
    };
    let mut cells: [&[u8]; COLUMNS] = [&[]; COLUMNS];
    for (column, at) in &layout.places {
        cells[*column] = field(*at).unwrap_or_default();
    }
    let fields = marks.len();
    let fault = match () {
        () if fields == layout.width && !cells[0].is_empty() => Fault::None,
        // Looked at closely only where the cells we need are empty.
        () if cells.iter().take(3).all(|cell| cell.is_empty())
            && (0..fields).all(|at| field(at).is_none_or(<[u8]>::is_empty)) =>
        {
            Fault::Blank
        }
        () if fields == layout.width => Fault::None,
        () if fields < layout.width => Fault::Short,
        () if (layout.width..fields).any(|at| field(at).is_some_and(|text| !text.is_empty())) => {
            Fault::Long
        }
        () => Fault::None,
    };
    Record { line, cells, fault }
}

/// Without white space around it.
fn trim(cell: &[u8]) -> &[u8] {
    let plain = |byte: Option<&u8>| byte.is_none_or(|byte| (0x21..0x80).contains(byte));
    if plain(cell.first()) && plain(cell.last()) {
        return cell;
    }
    trim_slowly(cell)
}

#[cold]
fn trim_slowly(cell: &[u8]) -> &[u8] {
    match std::str::from_utf8(cell) {
        Ok(text) => text.trim().as_bytes(),
        Err(_) => cell.trim_ascii(),
    }
}

fn lines(bytes: &[u8]) -> u32 {
    u32::try_from(memchr_iter(b'\n', bytes).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct All(Vec<(u32, Vec<String>, Fault)>);

    impl All {
        fn add(&mut self, record: Record<'_>) {
            let text = |cell: &&[u8]| String::from_utf8_lossy(cell).into_owned();
            self.0.push((
                record.line,
                record.cells.iter().take(4).map(text).collect(),
                record.fault,
            ));
        }
    }

    impl<'b> Records<'b> for All {
        fn plain(&mut self, record: &Record<'b>) {
            self.add(*record);
        }

        fn quoted(&mut self, record: Record<'_>) {
            self.add(record);
        }
    }

    fn split(text: &str, one_line: bool) -> (Vec<(u32, String, Fault)>, u32) {
        let at = [Some(0), Some(1), Some(2), Some(3), None, None, None];
        let layout = Layout::new(b',', one_line, at, 4);
        let mut all = All::default();
        let lines = Splitter::default().split(text.as_bytes(), &layout, &mut all);
        (
            all.0.into_iter().map(|(line, cells, fault)| (line, cells.join("|"), fault)).collect(),
            lines,
        )
    }

    fn one(line: u32, cells: &str, fault: Fault) -> (u32, String, Fault) {
        (line, cells.to_owned(), fault)
    }

    #[test]
    fn plain_lines_are_split_and_trimmed() {
        let (rows, lines) = split("1, a ,b,c\r\n\n,,,\n1,a\n1,a,b,c,\n1,a,b,c,x\n", true);
        assert_eq!(lines, 6);
        assert_eq!(
            rows,
            [
                one(0, "1|a|b|c", Fault::None),
                one(2, "|||", Fault::Blank),
                one(3, "1|a||", Fault::Short),
                one(4, "1|a|b|c", Fault::None),
                one(5, "1|a|b|c", Fault::Long),
            ]
        );
    }

    #[test]
    fn quoted_lines_are_unescaped_and_a_broken_quote_loses_one_line() {
        let text = "1,\"\"\"E, S\"\" <s@x>\",b,c\n2,\"a,b,c\n3,a,b,c\n4,a\"x,b,c\n";
        let expected = [
            one(0, "1|\"E, S\" <s@x>|b|c", Fault::None),
            one(1, "2|||", Fault::OpenQuote),
            one(2, "3|a|b|c", Fault::None),
            one(3, "4|a\"x|b|c", Fault::None),
        ];
        let (rows, lines) = split(text, true);
        assert_eq!((rows.as_slice(), lines), (&expected[..], 4));
    }

    #[test]
    fn a_field_of_several_lines_is_one_record() {
        let (rows, lines) = split("1,a,b,\"x\r\n\r\ny\"\n\n2,a,b,c\n", false);
        assert_eq!(lines, 5);
        assert_eq!(rows, [one(0, "1|a|b|x\r\n\r\ny", Fault::None), one(4, "2|a|b|c", Fault::None)]);
        // Open to the end of the block: the line is lost, the next is not.
        let (rows, lines) = split("1,a,b,\"x\n2,a,b,c\n", false);
        assert_eq!(lines, 2);
        assert_eq!(rows, [one(0, "|||", Fault::OpenQuote), one(1, "2|a|b|c", Fault::None)]);
    }

    #[test]
    fn very_wide_and_very_long_quoted_records_fit() {
        let wide = format!("\"1\"{}\n", ",x".repeat(500));
        assert_eq!(split(&wide, true).0[0].2, Fault::Long);
        let long = format!("\"{}\",a,b,c\n", "y".repeat(100_000));
        assert_eq!(split(&long, true).0[0].1.len(), 100_006);
    }
}
