//! From a path to the text of a table: gzip is unpacked, the encoding settled.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use flate2::read::MultiGzDecoder;

use super::header::HINT;
use crate::error::{Error, Result};

/// What a packed file may unpack to, in bytes.
const MOST_UNPACKED: u64 = 16 << 30;

/// What stands in a file.
pub(super) enum Content {
    /// A Parquet table, to be read from its path.
    Parquet,
    /// The bytes of a text: UTF-8, no byte order mark.
    Text(Vec<u8>),
}

/// Opens an edge list by its content, whatever its name.
///
/// # Errors
/// As [`super::read`].
pub(super) fn open(path: &Path, file: &str) -> Result<Content> {
    let failed = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => Error::Missing { path: path.to_owned() },
        _ => Error::Read { path: path.to_owned(), source },
    };
    let mut bytes = Vec::new();
    let mut source = File::open(path).map_err(failed)?;
    let about = source.metadata().map_err(failed)?;
    if about.is_dir() {
        return Err(refused(file, "this is a folder, not an edge list"));
    }
    bytes.reserve_exact(usize::try_from(about.len()).unwrap_or(0));
    source.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.starts_with(b"PAR1") {
        return Ok(Content::Parquet);
    }
    if bytes.starts_with(b"\x1f\x8b") {
        let mut text = Vec::new();
        let unpacked = MultiGzDecoder::new(bytes.as_slice()).take(MOST_UNPACKED + 1);
        let read = std::io::BufReader::new(unpacked).read_to_end(&mut text);
        if let Err(error) = read {
            return Err(refused(file, format!("the gzip file is damaged: {error}")));
        }
        if text.len() as u64 > MOST_UNPACKED {
            return Err(refused(file, "the gzip file unpacks to more than 16 GiB"));
        }
        bytes = text;
    }
    Ok(Content::Text(decoded(bytes, file)?))
}

fn refused(file: &str, what: impl Into<String>) -> Error {
    Error::unusable(file, what, Some(HINT.to_owned()))
}

fn decoded(bytes: Vec<u8>, file: &str) -> Result<Vec<u8>> {
    let mut bytes = if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        UTF_16LE.decode_without_bom_handling(rest).0.into_owned().into_bytes()
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        UTF_16BE.decode_without_bom_handling(rest).0.into_owned().into_bytes()
    } else if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        rest.to_vec()
    } else {
        bytes
    };
    if bytes.contains(&0) {
        return Err(refused(file, "this is not a text file"));
    }
    if std::str::from_utf8(&bytes).is_err() {
        bytes = WINDOWS_1252.decode_without_bom_handling(&bytes).0.into_owned().into_bytes();
    }
    // Line ends of the classic Mac.
    if !bytes.contains(&b'\n') {
        for byte in bytes.iter_mut().filter(|byte| **byte == b'\r') {
            *byte = b'\n';
        }
    }
    Ok(bytes)
}
