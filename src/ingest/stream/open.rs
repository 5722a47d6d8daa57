//! A path to a recognised stream: packing, encoding, header.
//!
//! Responsible for saying what a file is before a row of it is read, by content and never by name. Plain, gzip and
//! zstd are read as they come; a file in another encoding or with the line ends of the classic Mac is rare enough to
//! be decoded as a whole.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use super::blocks::Blocks;
use super::records::Layout;
use super::worker::About;
use crate::error::{Error, Result};
use crate::ingest::archive::is_clutter;
use crate::ingest::record::Kind;
use crate::ingest::{looks, recognise, table};

/// How much of a file is looked at for its header.
const HEAD: u64 = 1 << 18;

/// What turns a Parquet file into a log's text (the only reader of Parquet lives outside this room).
pub type ParquetAsText = fn(&Path, fn(&str) -> bool) -> Result<Box<dyn Read + Send>>;

/// A file that is ready to be read.
pub(super) struct Opened {
    pub(super) blocks: Blocks,
    pub(super) about: About,
    /// How it was understood, in words.
    pub(super) format: String,
    /// The line of its first block.
    pub(super) first_line: u64,
    /// The file once more, whose position is how far it is read.
    pub(super) file: File,
}

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wanted {
    pub(super) path: PathBuf,
    /// Whether it only lies in a folder that was named: then it may be something else than a log.
    pub(super) in_folder: bool,
}

/// The files a path stands for: itself, or what a folder holds, in the order of names.
pub(super) fn files(path: &Path) -> Result<Vec<Wanted>> {
    let about = std::fs::metadata(path).map_err(|source| failed(path, source))?;
    if !about.is_dir() {
        return Ok(vec![Wanted { path: path.to_owned(), in_folder: false }]);
    }
    let mut inside = Vec::new();
    for entry in std::fs::read_dir(path).map_err(|source| failed(path, source))? {
        let entry = entry.map_err(|source| failed(path, source))?;
        let kind = entry.file_type().map_err(|source| failed(path, source))?;
        // Links are not followed: they may lead in circles.
        if kind.is_symlink() || is_clutter(&entry.file_name().to_string_lossy()) {
            continue;
        }
        inside.push(entry.path());
    }
    inside.sort();
    if inside.is_empty() {
        let hint = Some("give a folder of logs, or the logs themselves".to_owned());
        return Err(Error::unusable(path.display().to_string(), "the folder is empty", hint));
    }
    let mut all = Vec::new();
    for path in inside {
        all.extend(files(&path)?);
    }
    for file in &mut all {
        file.in_folder = true;
    }
    Ok(all)
}

pub(super) fn failed(path: &Path, source: io::Error) -> Error {
    match source.kind() {
        io::ErrorKind::NotFound => Error::Missing { path: path.to_owned() },
        _ => Error::Read { path: path.to_owned(), source },
    }
}

/// Opens a log.
pub(super) fn open(path: &Path, parquet: ParquetAsText, repeats: bool) -> Result<Opened> {
    let name = path.display().to_string();
    let fail = |source| failed(path, source);
    let mut file = File::open(path).map_err(fail)?;
    // Clones of a file share their position.
    let position = file.try_clone().map_err(fail)?;
    let head = take(&mut file, HEAD).map_err(fail)?;
    let (packing, mut stream): (&str, Box<dyn Read + Send>) = match head.as_slice() {
        [b'P', b'A', b'R', b'1', ..] => ("Parquet, ", parquet(path, recognise::is_log_column)?),
        [0x1f, 0x8b, ..] => {
            ("gzip, ", Box::new(MultiGzDecoder::new(Cursor::new(head).chain(file))))
        }
        [0x28, 0xb5, 0x2f, 0xfd, ..] => {
            let packed = Cursor::new(head).chain(file);
            ("zstd, ", Box::new(zstd::stream::read::Decoder::new(packed).map_err(fail)?))
        }
        _ => ("", Box::new(Cursor::new(head).chain(file))),
    };
    let damaged = |source: io::Error| damaged(&name, path, packing, source);
    let mut head = take(&mut stream, HEAD).map_err(damaged)?;
    if head.iter().all(|byte| *byte == 0 || byte.is_ascii_whitespace()) {
        let hint = Some("download or save it again".to_owned());
        return Err(Error::unusable(name, "is an empty file", hint));
    }
    if let Some(look) = looks::look(&head) {
        let what = format!("is {}, not a log", look.what);
        return Err(Error::unusable(name, what, Some(look.hint.to_owned())));
    }
    let mut encoding = "UTF-8";
    if let Some(rest) = head.strip_prefix(b"\xef\xbb\xbf") {
        head = rest.to_vec();
        encoding = "UTF-8 with a byte order mark";
    } else if is_other_encoding(&head) {
        stream.read_to_end(&mut head).map_err(damaged)?;
        let decoded = table::decode(head);
        (head, encoding) = (decoded.text.into_bytes(), decoded.encoding);
        stream = Box::new(io::empty());
    }
    let text = String::from_utf8_lossy(&head);
    let Some(found) = recognise::recognise(&text) else {
        let (what, hint) = recognise::unknown(&text);
        return Err(Error::unusable(name, format!("is {what}"), Some(hint)));
    };
    if found.shape.kind != Kind::Log {
        let what = format!("is {}, not an interaction log", found.shape.title);
        let hint = "`weaktie audit` reads LinkedIn exports".to_owned();
        return Err(Error::unusable(name, what, Some(hint)));
    }
    // Counted in lines, because decoding the head may have moved its bytes.
    // A header that ends in two bytes may be said to end after the first.
    let end = found.body + usize::from(text.as_bytes().get(found.body) == Some(&b'\n'));
    let before = text.as_bytes().get(..end).unwrap_or_default();
    let above = memchr::memchr_iter(b'\n', before).count();
    let body = start_of_line(&head, above);
    let one_line = !found.has_unknown;
    let at = std::array::from_fn(|column| found.at.get(column).copied().flatten());
    let layout = Layout::new(found.delimiter.0, one_line, at, found.width);
    Ok(Opened {
        format: format!(
            "{packing}{encoding}, {}, header on line {}",
            found.delimiter.1, found.header_line
        ),
        first_line: 1 + above as u64,
        blocks: Blocks::new(head.split_off(body), stream, layout.delimiter, one_line),
        about: About { layout, repeats },
        file: position,
    })
}

/// An error while reading what a packed file holds.
pub(super) fn damaged(name: &str, path: &Path, packing: &str, source: io::Error) -> Error {
    if packing.is_empty() {
        return failed(path, source);
    }
    let hint = Some("download or compress the file again".to_owned());
    Error::unusable(name, "the compressed data is damaged or cut short", hint)
}

/// Whether the text is neither UTF-8 nor one byte a character with common line ends.
fn is_other_encoding(head: &[u8]) -> bool {
    let utf16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    utf16
        || table::unmarked_utf16(head).is_some()
        || (head.contains(&b'\r') && !head.contains(&b'\n'))
}

fn start_of_line(bytes: &[u8], above: usize) -> usize {
    if above == 0 {
        return 0;
    }
    memchr::memchr_iter(b'\n', bytes).nth(above - 1).map_or(bytes.len(), |at| at + 1)
}

fn take(stream: &mut impl Read, bytes: u64) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    stream.take(bytes).read_to_end(&mut head)?;
    Ok(head)
}
