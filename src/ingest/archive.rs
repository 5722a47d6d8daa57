//! From a source path (ZIP, folder, single file, gzip) to named contents, in the order of their names.
//!
//! Responsible for opening what we were given, safely: limits are counted while reading, and an archive that
//! tries to trick its reader is refused with one sentence. Knows nothing of tables.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::zip_listing;
use crate::error::{Error, Result};

/// One file with its contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// As the user would name it: `export.zip/Connections.csv`, with forward slashes everywhere.
    pub(super) name: String,
    /// Decompressed contents.
    pub(super) bytes: Vec<u8>,
}

/// What an archive or folder may hold at most.
#[derive(Debug, Clone, Copy)]
struct Limits {
    entries: usize,
    entry_bytes: u64,
    total_bytes: u64,
    /// Decompressed bytes for each compressed one, looked at beyond `ratio_from` bytes.
    ratio: u64,
    ratio_from: u64,
    depth: usize,
}

const LIMITS: Limits = Limits {
    entries: 10_000,
    entry_bytes: 2 << 30,
    total_bytes: 4 << 30,
    ratio: 100,
    ratio_from: 4 << 20,
    depth: 16,
};

/// Opens a source and returns its files, sorted by name.
pub(super) fn open(path: &Path) -> Result<Vec<Entry>> {
    open_within(path, LIMITS)
}

fn open_within(path: &Path, limits: Limits) -> Result<Vec<Entry>> {
    let about = fs::metadata(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => Error::Missing { path: path.to_owned() },
        _ => Error::Read { path: path.to_owned(), source },
    })?;
    let name = path
        .file_name()
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let mut walked = Walked { limits, total: 0, files: BTreeMap::new() };
    if about.is_dir() {
        walked.walk(path, "", 0)?;
    } else {
        walked.files.insert(String::new(), read_file(path, limits)?);
    }
    let mut opened = Opened { limits, total: 0, entries: Vec::new() };
    for (inside, bytes) in walked.files {
        let full = if inside.is_empty() { name.clone() } else { format!("{name}/{inside}") };
        opened.add(full, bytes, 1)?;
    }
    opened.entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(opened.entries)
}

/// The files of a folder by their path inside it.
struct Walked {
    limits: Limits,
    total: u64,
    files: BTreeMap<String, Vec<u8>>,
}

impl Walked {
    /// Takes in a folder and those below it. Links are not followed: they may lead out or in circles.
    fn walk(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<()> {
        let failed = |source| Error::Read { path: folder.to_owned(), source };
        let refuse = |what| {
            let hint = Some("give the export's own folder".to_owned());
            Err(Error::unusable(folder.display().to_string(), what, hint))
        };
        if depth > self.limits.depth {
            return refuse("folders are nested too deeply for an export");
        }
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_clutter(&name) {
                continue;
            }
            let inside = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() {
                self.walk(&entry.path(), &inside, depth + 1)?;
            } else if kind.is_file() {
                let bytes = read_file(&entry.path(), self.limits)?;
                self.total += bytes.len() as u64;
                self.files.insert(inside, bytes);
            }
            if self.files.len() > self.limits.entries || self.total > self.limits.total_bytes {
                return refuse("the folder holds too much to be an export");
            }
        }
        Ok(())
    }
}

fn read_file(path: &Path, limits: Limits) -> Result<Vec<u8>> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let file = fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(limits.total_bytes + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limits.total_bytes {
        return Err(Error::unusable(path.display().to_string(), "the file is too large", None));
    }
    Ok(bytes)
}

/// Files that systems leave behind and nobody wrote.
pub(super) fn is_clutter(name: &str) -> bool {
    name.starts_with('.')
        || ["__macosx", "thumbs.db", "desktop.ini"].contains(&name.to_lowercase().as_str())
}

struct Opened {
    limits: Limits,
    total: u64,
    entries: Vec<Entry>,
}

impl Opened {
    /// Adds one file, or what is in it when it is compressed. `wrappers` is how many ZIP layers may be opened
    /// below this one.
    fn add(&mut self, name: String, bytes: Vec<u8>, wrappers: u8) -> Result<()> {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return self.add_zip(name, bytes, wrappers);
        }
        let bytes = if bytes.starts_with(&[0x1f, 0x8b]) {
            let packed = bytes.len() as u64;
            self.unpack(&name, MultiGzDecoder::new(bytes.as_slice()), packed)?
        } else {
            bytes
        };
        self.keep(name, bytes)
    }

    fn keep(&mut self, name: String, bytes: Vec<u8>) -> Result<()> {
        self.total += bytes.len() as u64;
        if self.total > self.limits.total_bytes {
            return Err(Error::unusable(name, "the source is too large when unpacked", None));
        }
        if self.entries.len() >= self.limits.entries {
            return Err(Error::unusable(name, "the source holds too many files", None));
        }
        self.entries.push(Entry { name, bytes });
        Ok(())
    }

    fn add_zip(&mut self, name: String, bytes: Vec<u8>, wrappers: u8) -> Result<()> {
        let damaged = |_| {
            let hint = "download the export again".to_owned();
            Error::unusable(&name, "the ZIP archive is damaged or cut short", Some(hint))
        };
        let mut archive = match ZipArchive::new(Cursor::new(bytes.as_slice())) {
            Ok(archive) => archive,
            // Next to other files it is only one more file that cannot be read.
            Err(_) if name.contains('/') => return self.keep(name, bytes),
            Err(error) => return Err(damaged(error)),
        };
        let inside = zip_listing::files(&name, &archive, self.limits.entries)?;
        // A zipped document is one file to us; what to do with it is decided where names are known.
        if inside
            .keys()
            .any(|name| name == "[Content_Types].xml" || name.ends_with("xl/workbook.xml"))
        {
            return self.keep(name, bytes);
        }
        for (path, index) in inside {
            let full = format!("{name}/{path}");
            let mut file = archive.by_index(index).map_err(damaged)?;
            let packed = file.compressed_size();
            let bytes = self.unpack(&full, &mut file, packed)?;
            if bytes.starts_with(b"PK\x03\x04") && wrappers == 0 {
                self.keep(full, bytes)?;
            } else {
                self.add(full, bytes, wrappers.saturating_sub(1))?;
            }
        }
        Ok(())
    }

    /// Reads to the end and counts: sizes stated in an archive's directory are only a claim.
    fn unpack(&self, name: &str, mut from: impl Read, packed: u64) -> Result<Vec<u8>> {
        let by_ratio = packed.saturating_mul(self.limits.ratio).max(self.limits.ratio_from);
        let room = self.limits.total_bytes.saturating_sub(self.total);
        let most = self.limits.entry_bytes.min(by_ratio).min(room);
        let mut bytes = Vec::new();
        from.by_ref().take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| {
            let hint = "download or compress the file again".to_owned();
            Error::unusable(name, "the compressed data is damaged or cut short", Some(hint))
        })?;
        if bytes.len() as u64 <= most {
            return Ok(bytes);
        }
        let what = if most == by_ratio {
            "the file unpacks to more than 100 times its size, which no export does"
        } else {
            "the source is too large when unpacked"
        };
        Err(Error::unusable(name, what, None))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn opened(name: &str, bytes: &[u8]) -> Result<Vec<Entry>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        open(&path)
    }

    fn complaint(bytes: &[u8]) -> String {
        opened("x.zip", bytes).unwrap_err().to_string()
    }

    #[test]
    fn zip_folder_wrapper_and_rezipped_folder_give_the_same_files() {
        let files: &[(&str, &[u8])] = &[("b.csv", b"2"), ("Jobs/a.csv", b"1")];
        let inside = |entries: Vec<Entry>, prefix: &str| -> Vec<(String, Vec<u8>)> {
            let cut = |name: String| name.strip_prefix(prefix).unwrap().to_owned();
            entries.into_iter().map(|entry| (cut(entry.name), entry.bytes)).collect()
        };
        let zip = zipped(files);
        let plain = inside(opened("e.zip", &zip).unwrap(), "e.zip/");
        let wrapped = zipped(&[("e.zip", &zip), ("__MACOSX/._e.zip", b"junk")]);
        let wrapped = inside(opened("e.zip.zip", &wrapped).unwrap(), "e.zip.zip/e.zip/");
        let again =
            zipped(&[("top/b.csv", b"2"), ("top/.DS_Store", b"x"), ("top/Jobs/a.csv", b"1")]);
        let again = inside(opened("e.zip", &again).unwrap(), "e.zip/top/");
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("e/Jobs")).unwrap();
        for (name, bytes) in files {
            fs::write(folder.path().join("e").join(name), bytes).unwrap();
        }
        let walked = inside(open(&folder.path().join("e")).unwrap(), "e/");
        assert_eq!(
            plain,
            [("Jobs/a.csv".to_owned(), b"1".to_vec()), ("b.csv".into(), b"2".into())]
        );
        assert_eq!((&plain, &plain, &plain), (&wrapped, &again, &walked));
    }

    #[test]
    fn gzip_is_told_by_content() {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(b"a,b").unwrap();
        let packed = encoder.finish().unwrap();
        let entries = opened("log.csv", &packed).unwrap();
        assert_eq!(entries, [Entry { name: "log.csv".into(), bytes: b"a,b".into() }]);
        assert!(opened("log.csv", &packed[..12]).unwrap_err().to_string().contains("damaged"));
    }

    #[test]
    fn gotcha_33_tricks_are_refused_with_one_sentence() {
        assert!(complaint(&zipped(&[("../../x/Connections.csv", b"x")])).contains("leads outside"));
        assert!(complaint(&zipped(&[("C:\\x.csv", b"x")])).contains("leads outside"));
        assert!(complaint(&zipped(&[("A.csv", b"x"), ("a.csv", b"x")])).contains("same name"));
        assert!(complaint(b"PK\x03\x04rubbish").contains("damaged"));
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.add_symlink("l.csv", "/etc/hosts", SimpleFileOptions::default()).unwrap();
        assert!(complaint(&writer.finish().unwrap().into_inner()).contains("symbolic link"));
    }

    #[test]
    fn a_bomb_is_refused_while_it_is_being_read() {
        let bomb = zipped(&[("a.csv", &vec![0; 8 << 20])]);
        assert!(complaint(&bomb).contains("100 times"));
    }

    #[test]
    fn encrypted_entries_are_refused() {
        let mut bytes = zipped(&[("a.csv", b"x")]);
        // Bit 0 of the flags, in the central directory.
        let at = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
        bytes[at + 8] |= 1;
        bytes[6] |= 1;
        assert!(complaint(&bytes).contains("encrypted"));
    }

    #[test]
    fn limits_hold_for_folders_and_a_missing_path_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b", "c"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let limits = Limits { entries: 2, ..LIMITS };
        assert!(open_within(folder.path(), limits).is_err());
        let missing = open(&folder.path().join("nothing")).unwrap_err();
        assert!(matches!(missing, Error::Missing { .. }));
    }
}
