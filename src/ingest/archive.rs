//! From a source path (ZIP, folder, single file, gzip) to named contents, in the order of their names.
//!
//! Responsible for opening what we were given, safely: limits are counted while reading, and an archive that
//! tries to trick its reader is refused with one sentence. Knows nothing of tables.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::mailbox::{self, Found, Mailbox, Place};
use super::{mail, salvage, zip_listing};
use crate::error::{Error, Result};

/// One file with its contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// As the user would name it: `export.zip/Connections.csv`, with forward slashes everywhere.
    pub(super) name: String,
    /// Decompressed contents.
    pub(super) bytes: Vec<u8>,
    /// What is known to be missing from them, in words.
    pub(super) damage: Option<&'static str>,
    /// What is said about the file in place of reading it.
    pub(super) instead: Option<String>,
}

impl Entry {
    /// A file that lies there whole.
    pub(super) fn whole(name: String, bytes: Vec<u8>) -> Self {
        Self { name, bytes, damage: None, instead: None }
    }

    /// A file of which nothing is read, and why.
    fn unread(name: String, why: impl Into<String>) -> Self {
        Self { name, bytes: Vec::new(), damage: None, instead: Some(why.into()) }
    }
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

/// What is said of a file whose packed data breaks off.
const DAMAGED: &str = "the compressed data is damaged or cut short";

/// Opens a source and returns its files, sorted by name.
pub(super) fn open(path: &Path) -> Result<Found> {
    open_within(path, LIMITS)
}

fn open_within(path: &Path, limits: Limits) -> Result<Found> {
    let about = fs::metadata(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => Error::Missing { path: path.to_owned() },
        _ => Error::Read { path: path.to_owned(), source },
    })?;
    let name = path
        .file_name()
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let mut walked =
        Walked { limits, total: 0, others: 0, files: BTreeMap::new(), links: Vec::new() };
    if about.is_dir() {
        walked.walk(path, "", 0)?;
    } else {
        walked.files.insert(String::new(), read_file(path, limits)?);
    }
    let mut opened =
        Opened { limits, total: 0, entries: Vec::new(), mail: mailbox::Mail::default() };
    for (inside, content) in walked.files {
        let full = if inside.is_empty() { name.clone() } else { format!("{name}/{inside}") };
        match content {
            Content::Bytes(bytes) => opened.add(full, bytes, 1)?,
            Content::Zip(path) => opened.add_zip_file(full, &path)?,
            Content::Mailbox(place) => opened.mail.boxes.push(Mailbox::new(full, place)),
            Content::Message(place) => opened.mail.messages.push(Mailbox::new(full, place)),
        }
    }
    for link in walked.links {
        let why = "a symbolic link, which is not followed";
        opened.entries.push(Entry::unread(format!("{name}/{link}"), why));
    }
    Ok(opened.sorted())
}

/// The files of one that is at hand already.
pub(super) fn open_bytes(name: &str, bytes: Vec<u8>) -> Result<Found> {
    let mut opened =
        Opened { limits: LIMITS, total: 0, entries: Vec::new(), mail: mailbox::Mail::default() };
    opened.add(name.to_owned(), bytes, 1)?;
    Ok(opened.sorted())
}

/// What lies at a path.
enum Content {
    /// All of it.
    Bytes(Vec<u8>),
    /// A ZIP archive, left where it is.
    Zip(PathBuf),
    /// A mailbox, left where it is: it may be larger than memory.
    Mailbox(Place),
    /// A mail message.
    Message(Place),
}

/// The files of a folder by their path inside it.
struct Walked {
    limits: Limits,
    total: u64,
    /// Files that are no messages.
    others: usize,
    files: BTreeMap<String, Content>,
    links: Vec<String>,
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
            let kind = entry.file_type().map_err(failed)?;
            // A Maildir's folders begin with a dot.
            let is_mail_folder = kind.is_dir() && entry.path().join("cur").is_dir();
            if is_clutter(&name) && !is_mail_folder {
                continue;
            }
            let inside = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if kind.is_dir() {
                self.walk(&entry.path(), &inside, depth + 1)?;
            } else if kind.is_file() {
                let content = read_file(&entry.path(), self.limits)?;
                match &content {
                    Content::Bytes(bytes) => {
                        self.total += bytes.len() as u64;
                        self.others += 1;
                    }
                    Content::Message(_) => {}
                    Content::Zip(_) | Content::Mailbox(_) => self.others += 1,
                }
                self.files.insert(inside, content);
            } else if kind.is_symlink() {
                self.links.push(inside);
            }
            // A Maildir may hold any number of messages.
            if self.others > self.limits.entries || self.total > self.limits.total_bytes {
                return refuse("the folder holds too much to be an export");
            }
        }
        Ok(())
    }
}

fn read_file(path: &Path, limits: Limits) -> Result<Content> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let mut file = fs::File::open(path).map_err(failed)?;
    let is_plain = file.metadata().map_err(failed)?.is_file();
    let mut bytes = Vec::new();
    file.by_ref().take(PEEK).read_to_end(&mut bytes).map_err(failed)?;
    if mail::is_mbox(&bytes) {
        return Ok(Content::Mailbox(if is_plain {
            Place::File(path.to_owned())
        } else {
            Place::Pipe(Box::new(Cursor::new(bytes).chain(file)))
        }));
    }
    if mail::is_message(&bytes) {
        if is_plain {
            return Ok(Content::Message(Place::File(path.to_owned())));
        }
        file.take(mail::HEAD).read_to_end(&mut bytes).map_err(failed)?;
        return Ok(Content::Message(Place::Bytes(mail::head_of(bytes))));
    }
    if is_plain && bytes.starts_with(&[0x1f, 0x8b]) && mailbox::is_packed_mbox(&bytes) {
        return Ok(Content::Mailbox(Place::Gzip(path.to_owned())));
    }
    if is_plain && bytes.starts_with(b"PK\x03\x04") {
        let open = fs::File::open(path).map_err(failed)?;
        if ZipArchive::new(BufReader::new(open)).is_ok() {
            return Ok(Content::Zip(path.to_owned()));
        }
    }
    let rest = (limits.total_bytes + 1).saturating_sub(bytes.len() as u64);
    file.take(rest).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limits.total_bytes {
        return Err(Error::unusable(path.display().to_string(), "the file is too large", None));
    }
    Ok(Content::Bytes(bytes))
}

/// How much of a file is looked at before it is read.
const PEEK: u64 = 1 << 16;

/// Files that systems leave behind and nobody wrote.
pub(super) fn is_clutter(name: &str) -> bool {
    name.starts_with('.')
        || ["__macosx", "thumbs.db", "desktop.ini"].contains(&name.to_lowercase().as_str())
}

struct Opened {
    limits: Limits,
    total: u64,
    entries: Vec<Entry>,
    mail: mailbox::Mail,
}

impl Opened {
    fn sorted(mut self) -> Found {
        self.entries.sort_by(|a, b| a.name.cmp(&b.name));
        Found { entries: self.entries, mail: self.mail }
    }

    /// Adds what an archive on disk holds, its mailboxes left where they are.
    fn add_zip_file(&mut self, name: String, path: &Path) -> Result<()> {
        let failed = |source| Error::Read { path: path.to_owned(), source };
        let file = fs::File::open(path).map_err(failed)?;
        let size = file.metadata().map_err(failed)?.len();
        let Ok(archive) = ZipArchive::new(BufReader::new(file)) else {
            return Err(Error::unusable(name, DAMAGED, None));
        };
        let limit = self.limits.total_bytes;
        let bytes = || {
            let file = fs::File::open(path).map_err(failed)?;
            let mut bytes = Vec::new();
            file.take(limit).read_to_end(&mut bytes).map_err(failed)?;
            Ok(bytes)
        };
        self.add_archive(name, archive, size, Some(path), 1, bytes)
    }

    /// Adds one file, or what is in it when it is compressed. `wrappers` is how many ZIP layers may be opened
    /// below this one.
    fn add(&mut self, name: String, bytes: Vec<u8>, wrappers: u8) -> Result<()> {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return self.add_zip(name, bytes, wrappers);
        }
        if !bytes.starts_with(&[0x1f, 0x8b]) {
            return self.keep(Entry::whole(name, bytes));
        }
        let packed = bytes.len() as u64;
        let (bytes, is_whole) =
            self.unpack(&name, MultiGzDecoder::new(bytes.as_slice()), packed)?;
        if bytes.is_empty() && !is_whole {
            let hint = "download or compress the file again".to_owned();
            return Err(Error::unusable(name, DAMAGED, Some(hint)));
        }
        self.keep_part(name, bytes, is_whole)
    }

    /// Keeps what there is of a file.
    fn keep_part(&mut self, name: String, bytes: Vec<u8>, is_whole: bool) -> Result<()> {
        let damage = (!is_whole).then_some(DAMAGED);
        if bytes.is_empty() && !is_whole {
            return self.keep(Entry::unread(name, DAMAGED));
        }
        self.keep(Entry { damage, ..Entry::whole(name, bytes) })
    }

    fn keep(&mut self, entry: Entry) -> Result<()> {
        self.total += entry.bytes.len() as u64;
        if self.total > self.limits.total_bytes {
            return Err(Error::unusable(entry.name, "the source is too large when unpacked", None));
        }
        if self.entries.len() >= self.limits.entries {
            return Err(Error::unusable(entry.name, "the source holds too many files", None));
        }
        self.entries.push(entry);
        Ok(())
    }

    fn add_zip(&mut self, name: String, bytes: Vec<u8>, wrappers: u8) -> Result<()> {
        let Ok(archive) = ZipArchive::new(Cursor::new(bytes.as_slice())) else {
            return self.salvage(name, bytes);
        };
        let size = bytes.len() as u64;
        self.add_archive(name, archive, size, None, wrappers, || Ok(bytes.clone()))
    }

    /// Adds the files of an archive of `size` bytes that lies at `path` or in memory; `bytes` gives all of it.
    fn add_archive<R: Read + Seek>(
        &mut self,
        name: String,
        mut archive: ZipArchive<R>,
        size: u64,
        path: Option<&Path>,
        wrappers: u8,
        bytes: impl Fn() -> Result<Vec<u8>>,
    ) -> Result<()> {
        let inside = zip_listing::files(&name, &archive, self.limits.entries)?;
        // A zipped document is one file to us; what to do with it is decided where names are known.
        if inside
            .keys()
            .any(|name| name == "[Content_Types].xml" || name.ends_with("xl/workbook.xml"))
        {
            return self.keep(Entry::whole(name, bytes()?));
        }
        // A directory that points nowhere is no better than none.
        if !inside.is_empty() && inside.values().all(|index| archive.by_index(*index).is_err()) {
            return self.salvage(name, bytes()?);
        }
        let before = self.total;
        let most = size.saturating_mul(self.limits.ratio);
        let most = most.max(self.limits.ratio_from);
        for (inner, index) in inside {
            let full = format!("{name}/{inner}");
            let Ok(mut file) = archive.by_index(index) else {
                self.keep(Entry::unread(full, DAMAGED))?;
                continue;
            };
            let packed = file.compressed_size();
            let mut head = Vec::new();
            let is_readable = file.by_ref().take(PEEK).read_to_end(&mut head).is_ok();
            if let Some(path) = path.filter(|_| is_readable && mail::is_mbox(&head)) {
                let place = Place::Zipped(path.to_owned(), index);
                self.mail.boxes.push(Mailbox::new(full, place));
                continue;
            }
            let rest: Box<dyn Read + '_> =
                if is_readable { Box::new(&mut file) } else { Box::new(Broken) };
            let (bytes, is_whole) = self.unpack(&full, Cursor::new(head).chain(rest), packed)?;
            if !is_whole {
                self.keep_part(full, bytes, is_whole)?;
            } else if !bytes.starts_with(b"PK\x03\x04") {
                self.add(full, bytes, wrappers.saturating_sub(1))?;
            } else if wrappers > 0 || zip_listing::is_document(&bytes) {
                self.add_zip(full, bytes, wrappers.saturating_sub(1))?;
            } else {
                let why = "a ZIP archive inside two others; unpack it and give the folder";
                self.keep(Entry::unread(full, why))?;
            }
            // Files that share their packed bytes stay below the limit one by one.
            if self.total - before > most {
                return Err(Error::unusable(name, EXPANDS, None));
            }
        }
        Ok(())
    }

    /// Keeps what can be saved of an archive that is damaged or cut short, and says so.
    fn salvage(&mut self, name: String, bytes: Vec<u8>) -> Result<()> {
        let found = salvage::files(&bytes, |packed| self.most_of(packed));
        let mut saved: BTreeMap<String, salvage::Saved> = BTreeMap::new();
        for file in found {
            let file = file.ok_or_else(|| Error::unusable(&name, EXPANDS, None))?;
            let path = zip_listing::safe_path(&file.path)
                .filter(|path| !path.is_empty() && !path.split('/').any(is_clutter));
            // Bytes that merely look like a header give no name of an export's file.
            if let Some(path) = path.filter(|path| !path.contains('\u{fffd}') && file.packed > 0) {
                saved.entry(path).or_insert(file);
            }
        }
        if saved.is_empty() {
            // Next to other files it is only one more file that cannot be read.
            if name.contains('/') {
                return self.keep(Entry::whole(name, bytes));
            }
            let hint = Some("download the export again".to_owned());
            let what = "the ZIP archive is damaged or cut short";
            return Err(Error::unusable(name, what, hint));
        }
        let why = format!(
            "a ZIP archive that is damaged or cut short: {} of its files could still be read; download it again",
            saved.len()
        );
        self.keep(Entry { damage: Some(DAMAGED), ..Entry::unread(name.clone(), why) })?;
        for (path, file) in saved {
            self.keep_part(format!("{name}/{path}"), file.bytes, file.is_whole)?;
        }
        Ok(())
    }

    /// How many bytes may come of so many packed ones.
    fn most_of(&self, packed: u64) -> u64 {
        let by_ratio = packed.saturating_mul(self.limits.ratio).max(self.limits.ratio_from);
        let room = self.limits.total_bytes.saturating_sub(self.total);
        self.limits.entry_bytes.min(by_ratio).min(room)
    }

    /// Reads to the end and counts: sizes stated in an archive's directory are only a claim. Gives what could be read
    /// and whether that is all.
    fn unpack(&self, name: &str, mut from: impl Read, packed: u64) -> Result<(Vec<u8>, bool)> {
        let most = self.most_of(packed);
        let mut bytes = Vec::new();
        // What was read before an error stays in the vector.
        let read = from.by_ref().take(most.saturating_add(1)).read_to_end(&mut bytes);
        if bytes.len() as u64 <= most {
            return Ok((bytes, read.is_ok()));
        }
        let by_ratio = packed.saturating_mul(self.limits.ratio).max(self.limits.ratio_from);
        let what = if most == by_ratio { EXPANDS } else { "the source is too large when unpacked" };
        Err(Error::unusable(name, what, None))
    }
}

/// What is left of a file that could not be read on.
struct Broken;

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        Err(std::io::Error::other(DAMAGED))
    }
}

const EXPANDS: &str = "the file unpacks to more than 100 times its size, which no export does";

#[cfg(test)]
mod tests;
