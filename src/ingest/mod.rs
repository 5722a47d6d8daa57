//! Reading: from files as users have them to records with a place for every row.
//!
//! Responsible for finding what each source holds, reading it in parallel without letting threads decide
//! anything, and saying plainly when there is nothing to read. Knows nothing of people, ties or measures.

mod archive;
pub mod crop;
mod dates;
mod linkedin;
mod log;
mod looks;
mod mentions;
mod problem;
mod recognise;
mod record;
mod source;
pub mod stream;
mod table;
#[cfg(test)]
mod test_support;
#[cfg(test)]
mod tests;
mod zip_listing;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use problem::{Code, Problem};
pub use record::{FileRecords, Kind, Mention, MentionId, OwnerFact, RawContact, RawInteraction};

use crate::error::{Error, Result};
use archive::Entry;
use linkedin::Known;
use source::Source;

/// What we look for, said when nothing of it is there.
const WANTED: &str = "give the LinkedIn export (ZIP or folder, with Connections.csv and messages.csv) or a CSV \
                      log with the columns timestamp,from,to,channel";

/// A file after its first look.
#[derive(Debug)]
enum Item {
    /// A table with a reader.
    Table(Box<Source>),
    /// Not read, and why. `expected`: a file that exports are known to hold.
    Ignored { file: String, why: String, hint: Option<String>, expected: bool },
}

impl Item {
    fn is_table(&self) -> bool {
        matches!(self, Self::Table(_))
    }

    fn file(&self) -> &str {
        match self {
            Self::Table(source) => &source.file,
            Self::Ignored { file, .. } => file,
        }
    }
}

/// Reads every file of the sources, in the order of their names.
///
/// The result does not depend on the order of the sources or the number of threads. Rows that repeat one of an
/// earlier file (the two parts of an export, a file loaded twice) are skipped as exact duplicates.
pub fn read_all(sources: &[PathBuf]) -> Result<Vec<FileRecords>> {
    let mut sources: Vec<&PathBuf> = sources.iter().collect();
    sources.sort();
    let mut items = Vec::new();
    let mut useless = None;
    for path in sources {
        let found = look_into(path)?;
        let is_expected = |item: &Item| matches!(item, Item::Ignored { expected: true, .. });
        if !found.iter().any(Item::is_table) {
            let error = nothing_known(path, &found);
            // Somebody may give `export/*.csv`, where Skills.csv is one of the sources.
            if found.is_empty() || !found.iter().all(is_expected) {
                return Err(error);
            }
            useless.get_or_insert(error);
        }
        items.extend(found);
    }
    if let Some(error) = useless.filter(|_| !items.iter().any(Item::is_table)) {
        return Err(error);
    }
    // Stable: files of one name stay in the order of their sources.
    items.sort_by(|a, b| a.file().cmp(b.file()));
    Ok(read_items(items))
}

fn look_into(path: &Path) -> Result<Vec<Item>> {
    Ok(archive::open(path)?.into_par_iter().map(look_at).collect())
}

/// Why a source without any table is of no use.
fn nothing_known(path: &Path, items: &[Item]) -> Error {
    let display = path.display().to_string();
    let source = path.file_name().map_or(display, |name| name.to_string_lossy().into_owned());
    if let [Item::Ignored { file, why, hint, .. }] = items
        && *file == source
    {
        return Error::unusable(file, why, hint.clone());
    }
    if items.is_empty() {
        return Error::unusable(source, "holds no files", Some(WANTED.to_owned()));
    }
    let prefix = format!("{source}/");
    let shown: Vec<&str> = items
        .iter()
        .take(5)
        .map(|item| item.file().strip_prefix(&prefix).unwrap_or(item.file()))
        .collect();
    let more = if items.len() > shown.len() {
        format!(" and {} more", items.len() - shown.len())
    } else {
        String::new()
    };
    let what = format!("holds nothing that can be read; found {}{more}", shown.join(", "));
    // The reason of a lone file says more than the general words.
    let reason = items.iter().find_map(|item| match item {
        Item::Ignored { why, hint, .. } if items.len() == 1 => {
            let hint = hint.as_deref().unwrap_or(WANTED);
            Some(format!("the file is {why}; {hint}"))
        }
        _ => None,
    });
    Error::unusable(source, what, Some(reason.unwrap_or_else(|| WANTED.to_owned())))
}

/// Tells what one file is, by its content before its name.
fn look_at(entry: Entry) -> Item {
    let Entry { name: file, bytes } = entry;
    let ignored = |file: String, why: &str, hint: &str| {
        let hint = Some(hint.to_owned()).filter(|hint| !hint.is_empty());
        let expected = linkedin::is_not_read(&linkedin::file_key(&file));
        Item::Ignored { file, why: why.to_owned(), hint, expected }
    };
    if bytes.iter().all(|byte| *byte == 0 || byte.is_ascii_whitespace()) {
        return ignored(file, "an empty file", "download or save it again");
    }
    if let Some(look) = looks::look(&bytes) {
        return ignored(file, &format!("{}, not a table", look.what), look.hint);
    }
    let key = linkedin::file_key(&file);
    if linkedin::is_machine_messages(&key) {
        return ignored(file, "LinkedIn messages with an assistant, not with people", WANTED);
    }
    let decoded = table::decode(bytes);
    match recognise::recognise(&decoded.text) {
        Some(found) => {
            let (text, encoding) = (decoded.text, decoded.encoding);
            Item::Table(Box::new(Source { file, text, encoding, found }))
        }
        None if linkedin::is_not_read(&key) => {
            ignored(file, "a LinkedIn file that is not read", WANTED)
        }
        None => {
            let (what, hint) = recognise::unknown(&decoded.text);
            ignored(file, &what, &hint)
        }
    }
}

/// Files that have to be read one after another, with their places in the result.
type Chain = Vec<(usize, Source)>;

/// Reads the files: messages last, because telling their people apart takes the names in the other files.
fn read_items(items: Vec<Item>) -> Vec<FileRecords> {
    let mut read: BTreeMap<usize, FileRecords> = BTreeMap::new();
    // Files of one LinkedIn kind share what has been seen; logs stand alone.
    let mut linkedin: BTreeMap<Kind, Chain> = BTreeMap::new();
    let mut logs: Chain = Vec::new();
    for (place, item) in items.into_iter().enumerate() {
        match item {
            Item::Ignored { file, why, .. } => {
                let mut records = FileRecords::new(file, Kind::Ignored);
                // Columns are named to the user at the terminal only: a diary's first line may pass for a header.
                why.split(';').next().unwrap_or_default().clone_into(&mut records.format);
                read.insert(place, records);
            }
            Item::Table(source) if source.found.shape.kind == Kind::Log => {
                logs.push((place, *source));
            }
            Item::Table(source) => {
                linkedin.entry(source.found.shape.kind).or_default().push((place, *source));
            }
        }
    }
    let messages = linkedin.remove(&Kind::Messages).unwrap_or_default();
    let nothing = Known::default();
    let chains: Vec<&Chain> = linkedin.values().collect();
    let (from_chains, from_logs) = rayon::join(
        || chains.par_iter().flat_map(|chain| read_chain(chain, &nothing)).collect::<Vec<_>>(),
        || read_logs(&logs),
    );
    read.extend(from_chains);
    read.extend(from_logs);
    let known = Known::from_files(read.values());
    read.extend(read_chain(&messages, &known));
    read.into_values().collect()
}

fn read_chain(chain: &Chain, known: &Known) -> Vec<(usize, FileRecords)> {
    let mut seen = BTreeSet::new();
    chain.iter().map(|(place, source)| (*place, linkedin::read(source, &mut seen, known))).collect()
}

fn read_logs(logs: &Chain) -> Vec<(usize, FileRecords)> {
    logs.par_iter()
        .enumerate()
        .map(|(index, (place, source))| {
            let same = logs.iter().take(index).find(|(_, earlier)| earlier.text == source.text);
            (*place, log::read(source, same.map(|(_, earlier)| earlier.file.as_str())))
        })
        .collect()
}
