//! From a file to records: packing, encoding and delimiter settled by content, read in pieces.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use csv::{ByteRecord, Reader, ReaderBuilder};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use flate2::read::MultiGzDecoder;

use crate::error::{Error, Result};

/// Bytes looked at to tell encoding and delimiter.
const HEAD: usize = 1 << 16;

/// Opens a table, plain or gzip; `-` is standard input.
///
/// # Errors
/// [`Error::Missing`] or [`Error::Read`].
pub fn open(path: &Path) -> Result<Box<dyn Read>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => Error::Missing { path: path.to_owned() },
        _ => Error::Read { path: path.to_owned(), source },
    };
    let file = File::open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    let mut file = BufReader::new(file);
    if file.fill_buf().map_err(failed)?.starts_with(b"\x1f\x8b") {
        return Ok(Box::new(MultiGzDecoder::new(file)));
    }
    Ok(Box::new(file))
}

/// Records with the lines they start on.
pub(super) struct Table<R: Read> {
    reader: Reader<Source<R>>,
    file: String,
    /// The line that the next byte lies on.
    line: u64,
}

/// Bytes on their way to the CSV reader, kept until their record is settled: only they tell its line.
struct Source<R: Read> {
    from: Input<R>,
    kept: Vec<u8>,
    /// Where the first kept byte stands in the text.
    base: u64,
}

/// The bytes already looked at, then the rest; or the whole text where it had to be recoded.
enum Input<R: Read> {
    Piped(io::Chain<Cursor<Vec<u8>>, R>),
    Whole(Cursor<Vec<u8>>),
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.from {
            Input::Piped(source) => source.read(into)?,
            Input::Whole(source) => source.read(into)?,
        };
        self.kept.extend_from_slice(into.get(..count).unwrap_or_default());
        Ok(count)
    }
}

impl<R: Read> Source<R> {
    fn new(from: Input<R>) -> Self {
        Self { from, kept: Vec::new(), base: 0 }
    }

    /// Line ends before and in the record between two places of the text; forgets what stands before the second.
    fn settle(&mut self, start: u64, end: u64) -> (u64, u64) {
        let at =
            |place: u64| usize::try_from(place.saturating_sub(self.base)).unwrap_or(usize::MAX);
        let raw = self.kept.get(at(start)..at(end)).unwrap_or_default();
        let body = raw.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(raw.len());
        let ends = |bytes: &[u8]| memchr::memchr_iter(b'\n', bytes).count() as u64;
        let counted = (ends(&raw[..body]), ends(&raw[body..]));
        if at(end) >= HEAD {
            self.kept.drain(..at(end).min(self.kept.len()));
            self.base = end;
        }
        counted
    }
}

impl<R: Read> Table<R> {
    /// Looks at the first bytes.
    ///
    /// # Errors
    /// [`Error::Read`] when reading fails, [`Error::Unusable`] for a file that is no text.
    pub(super) fn new(mut input: R, file: &str) -> Result<Self> {
        let mut head = Vec::with_capacity(HEAD);
        input.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(failed(file))?;
        let wide = match head.get(..2) {
            Some(b"\xff\xfe") => Some(UTF_16LE),
            Some(b"\xfe\xff") => Some(UTF_16BE),
            _ => None,
        };
        if let Some(encoding) = wide {
            // Spreadsheets write it; recoded as a whole.
            input.read_to_end(&mut head).map_err(failed(file))?;
            head = encoding.decode_without_bom_handling(&head[2..]).0.into_owned().into_bytes();
            let reader = builder(&head).from_reader(Source::new(Input::Whole(Cursor::new(head))));
            return Ok(Self { reader, file: file.to_owned(), line: 1 });
        }
        if head.contains(&0) {
            let hint = "give a CSV file (save a workbook as CSV first)".to_owned();
            return Err(Error::unusable(file, "this is not a text file", Some(hint)));
        }
        if head.starts_with(b"\xef\xbb\xbf") {
            head.drain(..3);
        }
        let source = Source::new(Input::Piped(Cursor::new(head.clone()).chain(input)));
        let reader = builder(&head).from_reader(source);
        Ok(Self { reader, file: file.to_owned(), line: 1 })
    }

    /// The next record and its line; empty lines are none.
    ///
    /// # Errors
    /// [`Error::Read`] when reading fails.
    pub(super) fn next(&mut self) -> Result<Option<(u64, ByteRecord)>> {
        let mut record = ByteRecord::new();
        loop {
            let read = self.reader.read_byte_record(&mut record);
            if !read.map_err(|error| failed(&self.file)(error.into()))? {
                return Ok(None);
            }
            let start = record.position().map_or(0, csv::Position::byte);
            let end = self.reader.position().byte();
            let (before, inside) = self.reader.get_mut().settle(start, end);
            let line = self.line + before;
            self.line = line + inside;
            if record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                return Ok(Some((line, record)));
            }
        }
    }

    /// Puts up to `most` records into the empty `chunk`; whether there may be more.
    ///
    /// # Errors
    /// As [`Self::next`].
    pub(super) fn fill(&mut self, chunk: &mut Vec<(u64, ByteRecord)>, most: usize) -> Result<bool> {
        while chunk.len() < most {
            match self.next()? {
                Some(found) => chunk.push(found),
                None => return Ok(false),
            }
        }
        Ok(true)
    }
}

fn failed(file: &str) -> impl Fn(io::Error) -> Error {
    let path = Path::new(file).to_owned();
    move |source| Error::Read { path: path.clone(), source }
}

/// A reader with the delimiter of the first lines: the one that most of them hold.
fn builder(head: &[u8]) -> ReaderBuilder {
    let lines = || head.split(|byte| *byte == b'\n').take(12);
    let best = |delimiter: &u8| {
        let count = |line: &[u8]| memchr::memchr_iter(*delimiter, line).count();
        (lines().filter(|line| count(line) > 0).count(), lines().map(count).sum::<usize>())
    };
    let delimiter = [b'|', b'\t', b';', b','].into_iter().max_by_key(best).unwrap_or(b',');
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).buffer_capacity(HEAD);
    builder
}

/// A cell's text: UTF-8, else windows-1252.
pub(super) fn text(cell: &[u8]) -> String {
    match std::str::from_utf8(cell) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(cell).0.into_owned(),
    }
}
