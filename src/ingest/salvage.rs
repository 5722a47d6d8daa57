//! What can be saved of a ZIP archive whose directory is missing: a download that stopped.
//!
//! Responsible for finding the files by the headers that stand before each of them. Packed data says itself where it
//! ends, so sizes need not be known.

use std::io::Read;

use flate2::read::DeflateDecoder;
use memchr::memmem;

/// Where a file inside an archive begins.
const HEADER: &[u8] = b"PK\x03\x04";
/// Bytes of a header before the name.
const FIXED: usize = 30;

/// A file that was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Saved {
    /// Its path as the archive spells it.
    pub(super) path: String,
    /// Its contents, as far as they are there.
    pub(super) bytes: Vec<u8>,
    /// Whether nothing of it is missing.
    pub(super) is_whole: bool,
    /// The packed bytes it was made of.
    pub(super) packed: u64,
}

/// The files of a damaged archive, one at a time, in the order in which they stand. `most` is asked, for each packed
/// size, how many bytes may come of it; a file beyond that ends the search with `None` in place of a file.
pub(super) fn files(zip: &[u8], most: impl Fn(u64) -> u64) -> Vec<Option<Saved>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = zip.get(at..).and_then(|rest| memmem::find(rest, HEADER)) {
        let start = at + start;
        at = start + HEADER.len();
        let Some((path, data, stated)) = header(zip, start) else { continue };
        let (saved, end) = match stated {
            // Without a directory the end of stored data is known from its header only.
            Stored::Plain(size) => {
                let there = size.min(zip.len() - data);
                let bytes = zip.get(data..data + there).unwrap_or_default().to_vec();
                let packed = there as u64;
                (Some(Saved { path, bytes, is_whole: there == size, packed }), data + there)
            }
            Stored::Deflated => inflate(path, zip.get(data..).unwrap_or_default(), data, &most),
        };
        let is_over = saved.is_none();
        at = end.max(at);
        found.push(saved);
        if is_over {
            break;
        }
    }
    found
}

enum Stored {
    Plain(usize),
    Deflated,
}

/// Path, place of the data and the way it is packed; `None` for encrypted files and other packings.
fn header(zip: &[u8], start: usize) -> Option<(String, usize, Stored)> {
    let fixed = zip.get(start..start + FIXED)?;
    let two = |at: usize| usize::from(fixed[at]) | usize::from(fixed[at + 1]) << 8;
    let four = |at: usize| two(at) | two(at + 2) << 16;
    let (flags, method, packed) = (two(6), two(8), four(18));
    let name = start + FIXED..start + FIXED + two(26);
    let data = name.end + two(28);
    let path = String::from_utf8_lossy(zip.get(name)?).into_owned();
    let is_encrypted = flags & 1 != 0;
    let stored = match method {
        // A size that follows the data cannot be found again.
        0 if flags & 8 == 0 => Stored::Plain(packed),
        8 => Stored::Deflated,
        _ => return None,
    };
    let is_folder = path.ends_with(['/', '\\']);
    (!is_encrypted && !is_folder && data <= zip.len()).then_some((path, data, stored))
}

/// The unpacked file and the place after its data; `None` for more bytes than may come of it.
fn inflate(
    path: String,
    data: &[u8],
    from: usize,
    most: &impl Fn(u64) -> u64,
) -> (Option<Saved>, usize) {
    let mut decoder = DeflateDecoder::new(data);
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 1 << 16];
    let is_whole = loop {
        match decoder.read(&mut buffer) {
            Ok(0) => break true,
            Ok(read) => bytes.extend_from_slice(buffer.get(..read).unwrap_or_default()),
            Err(_) => break false,
        }
        if bytes.len() as u64 > most(decoder.total_in()) {
            return (None, from);
        }
    };
    let packed = decoder.total_in();
    let end = from + usize::try_from(packed).unwrap_or(0);
    (Some(Saved { path, bytes, is_whole, packed }), end)
}
