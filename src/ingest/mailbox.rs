//! Mailboxes where they lie: on disk, in a pipe, packed. They are read as they stream by, never as a whole.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::PathBuf;

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::archive::Entry;
use super::mail::{self, Seen};
use super::problem::{Code, Problem};
use super::reading::Reading;
use super::record::{FileRecords, Kind};

/// What a source holds.
#[derive(Debug)]
pub(super) struct Found {
    /// Files that are read as a whole, in the order of their names.
    pub(super) entries: Vec<Entry>,
    /// Mail.
    pub(super) mail: Mail,
}

/// The mail of a source.
#[derive(Debug, Default)]
pub(super) struct Mail {
    /// Mailboxes.
    pub(super) boxes: Vec<Mailbox>,
    /// Messages in files of their own.
    pub(super) messages: Vec<Mailbox>,
}

/// One mailbox, or one message.
#[derive(Debug)]
pub(super) struct Mailbox {
    /// As the user would name it.
    pub(super) name: String,
    /// Where it lies.
    pub(super) place: Place,
    /// What is known to be missing from it.
    pub(super) damage: Option<&'static str>,
}

/// Where a mailbox lies.
pub(super) enum Place {
    /// In a file.
    File(PathBuf),
    /// In a file packed with gzip.
    Gzip(PathBuf),
    /// In a ZIP archive, at a place of its directory.
    Zipped(PathBuf, usize),
    /// In a pipe that has been opened.
    Pipe(Box<dyn Read + Send>),
    /// At hand.
    Bytes(Vec<u8>),
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::File(_) => "file",
            Self::Gzip(_) => "gzip",
            Self::Zipped(..) => "zip",
            Self::Pipe(_) => "pipe",
            Self::Bytes(_) => "bytes",
        })
    }
}

impl Mailbox {
    /// A mailbox that is whole as far as is known.
    pub(super) fn new(name: String, place: Place) -> Self {
        Self { name, place, damage: None }
    }

    /// Reads it.
    fn read(self, reading: &Reading, seen: &mut Seen) -> FileRecords {
        let damage = self.damage;
        let mut out = self.read_all(reading, seen);
        if let Some(damage) = damage.filter(|_| !out.is_cut_short()) {
            out.note_damage(damage);
        }
        out
    }

    fn read_all(self, reading: &Reading, seen: &mut Seen) -> FileRecords {
        let name = self.name;
        let opened = |path: &PathBuf| File::open(path);
        let result = match self.place {
            Place::Bytes(bytes) => {
                Ok(mail::read_mbox(&name, Cursor::new(bytes), "", reading, seen))
            }
            Place::Pipe(pipe) => Ok(mail::read_mbox(&name, pipe, "", reading, seen)),
            Place::File(path) => {
                opened(&path).map(|file| mail::read_mbox(&name, file, "", reading, seen))
            }
            Place::Gzip(path) => opened(&path).map(|file| {
                let unpacked = MultiGzDecoder::new(BufReader::with_capacity(1 << 18, file));
                mail::read_mbox(&name, unpacked, "gzip, ", reading, seen)
            }),
            Place::Zipped(path, index) => opened(&path).and_then(|file| {
                let mut archive = ZipArchive::new(BufReader::with_capacity(1 << 18, file))?;
                let inside = archive.by_index(index)?;
                Ok(mail::read_mbox(&name, inside, "", reading, seen))
            }),
        };
        result.unwrap_or_else(|error| {
            let mut out = FileRecords::new(name, Kind::Mail);
            "mbox".clone_into(&mut out.format);
            let what = format!("the mailbox cannot be read: {error}");
            out.problems.push(Problem::new(1, Code::CutShort, what));
            out
        })
    }
}

impl Mailbox {
    /// The headers of a message; empty when it cannot be read.
    fn head(self) -> Vec<u8> {
        match self.place {
            Place::Bytes(bytes) => bytes,
            Place::File(path) => {
                let mut head = Vec::new();
                let read =
                    File::open(path).map(|file| file.take(mail::HEAD).read_to_end(&mut head));
                if read.is_err() {
                    head.clear();
                }
                mail::head_of(head)
            }
            _ => Vec::new(),
        }
    }
}

impl Mail {
    /// Everything of another source too.
    pub(super) fn extend(&mut self, other: Self) {
        self.boxes.extend(other.boxes);
        self.messages.extend(other.messages);
    }

    /// The names of all mailboxes and messages.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.boxes.iter().chain(&self.messages).map(|one| one.name.as_str())
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.boxes.is_empty() && self.messages.is_empty()
    }

    /// Reads all of it in the order of names. Messages that lie in one folder are one file of the account.
    pub(super) fn read(mut self, reading: &Reading) -> Vec<FileRecords> {
        let mut seen = Seen::new();
        self.boxes.sort_by(|a, b| a.name.cmp(&b.name));
        let mut out: Vec<FileRecords> =
            self.boxes.into_iter().map(|one| one.read(reading, &mut seen)).collect();
        // A section may speak of some of a folder's messages only.
        let mut folders: BTreeMap<(String, Vec<usize>), Vec<Mailbox>> = BTreeMap::new();
        for message in self.messages {
            let folder = folder_of(&message.name);
            let mut rules = reading.fitting(&message.name);
            rules.extend(reading.fitting(&folder));
            rules.sort_unstable();
            rules.dedup();
            folders.entry((folder, rules)).or_default().push(message);
        }
        for ((folder, rules), mut messages) in folders {
            messages.sort_by(|a, b| a.name.cmp(&b.name));
            let name = match messages.as_slice() {
                [one] => one.name.clone(),
                _ => folder,
            };
            let damage = messages.iter().find_map(|message| message.damage);
            let heads = messages.into_iter().map(Mailbox::head);
            let scope = reading.scope_of(&name, &rules);
            let mut read = mail::read_messages(&name, heads, scope, &reading.noise, &mut seen);
            if let Some(damage) = damage {
                read.note_damage(damage);
            }
            out.push(read);
        }
        out
    }
}

/// The folder a message lies in; `cur` and `new` of a Maildir are one.
fn folder_of(name: &str) -> String {
    let folder = name.rsplit_once('/').map_or(name, |(folder, _)| folder);
    ["/cur", "/new", "/tmp"]
        .iter()
        .find_map(|end| folder.strip_suffix(end))
        .unwrap_or(folder)
        .to_owned()
}

/// Whether the beginning of a gzip file unpacks to that of an mbox.
pub(super) fn is_packed_mbox(packed: &[u8]) -> bool {
    let mut head = Vec::new();
    // The data breaks off where the beginning ends.
    let _ = MultiGzDecoder::new(packed).take(1 << 16).read_to_end(&mut head);
    mail::is_mbox(&head)
}
