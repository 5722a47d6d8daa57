//! Reading: from files as users have them to records with a place for every row.
//!
//! Responsible for finding what each source holds, reading it in parallel without letting threads decide
//! anything, and saying plainly when there is nothing to read. Knows nothing of people, ties or measures.

mod archive;
pub mod crop;
mod dates;
mod linkedin;
mod local_dates;
mod log;
mod looks;
mod mentions;
mod noise;
mod problem;
mod recognise;
mod record;
mod salvage;
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
use std::sync::Arc;

use rayon::prelude::*;

pub use noise::Noise;
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
    /// Not read, and why.
    Ignored { file: String, why: String, hint: Option<String>, is_cut: bool },
}

impl Item {
    /// Whether it is a table that says something about people.
    fn is_about_people(&self) -> bool {
        matches!(self, Self::Table(source) if source.found.shape.kind != Kind::NotPeople)
    }

    /// Whether exports are known to hold it, useful or not.
    fn is_expected(&self) -> bool {
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
    read_all_but(sources, Noise::default())
}

/// [`read_all`] with the user's word on what is noise.
pub fn read_all_but(sources: &[PathBuf], noise: Noise) -> Result<Vec<FileRecords>> {
    let noise = Arc::new(noise);
    let mut sources: Vec<&PathBuf> = sources.iter().collect();
    sources.sort();
    let mut items = Vec::new();
    let mut useless = None;
    for path in sources {
        let found = look_into(path, &noise)?;
        if !found.iter().any(Item::is_about_people) {
            let error = nothing_known(path, &found);
            // Somebody may give `export/*.csv`, where Ad_Targeting.csv is one of the sources.
            if found.is_empty() || !found.iter().all(Item::is_expected) {
                return Err(error);
            }
            useless.get_or_insert(error);
        }
        items.extend(found);
    }
    if let Some(error) = useless.filter(|_| !items.iter().any(Item::is_about_people)) {
        return Err(error);
    }
    // Stable: files of one name stay in the order of their sources.
    items.sort_by(|a, b| a.file().cmp(b.file()));
    Ok(read_items(items))
}

/// Reads one file that is at hand already, an archive or a table: what [`read_all`] does with a path.
///
/// # Errors
/// As [`read_all`].
pub fn read_bytes(name: &str, bytes: Vec<u8>) -> Result<Vec<FileRecords>> {
    let noise = Arc::default();
    let found = archive::open_bytes(name, bytes)?.into_iter();
    let items: Vec<Item> = found.map(|entry| look_at(entry, &noise)).collect();
    if !items.iter().any(Item::is_about_people) {
        return Err(nothing_known(Path::new(name), &items));
    }
    Ok(read_items(items))
}

fn look_into(path: &Path, noise: &Arc<Noise>) -> Result<Vec<Item>> {
    Ok(archive::open(path)?.into_par_iter().map(|entry| look_at(entry, noise)).collect())
}

/// Why a source without any table is of no use.
fn nothing_known(path: &Path, items: &[Item]) -> Error {
    let display = path.display().to_string();
    let source = path.file_name().map_or(display, |name| name.to_string_lossy().into_owned());
    match items {
        [Item::Ignored { file, why, hint, .. }] if *file == source => {
            return Error::unusable(file, why, hint.clone());
        }
        [Item::Table(_)] => {
            let what = "a LinkedIn file that says nothing about people";
            return Error::unusable(source, what, Some(WANTED.to_owned()));
        }
        _ => {}
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
fn look_at(entry: Entry, noise: &Arc<Noise>) -> Item {
    let Entry { name: file, bytes, damage, instead } = entry;
    let ignored = |file: String, why: &str, hint: &str| {
        let hint = Some(hint.to_owned()).filter(|hint| !hint.is_empty());
        Item::Ignored { file, why: why.to_owned(), hint, is_cut: damage.is_some() }
    };
    if let Some(why) = instead {
        let hint = Some("download the export again".to_owned());
        return Item::Ignored { file, why, hint, is_cut: damage.is_some() };
    }
    if bytes.iter().all(|byte| *byte == 0 || byte.is_ascii_whitespace()) {
        return ignored(file, "an empty file", "download or save it again");
    }
    if let Some(look) = looks::look(&bytes) {
        return ignored(file, &format!("{}, not a table", look.what), look.hint);
    }
    let key = linkedin::file_key(&file);
    let decoded = table::decode(bytes);
    let damage = damage.or(decoded.nul_tail.then_some("the file ends in NUL bytes"));
    let (text, encoding) = (decoded.text, decoded.encoding);
    let by_header = || recognise::recognise(&text);
    let found = if linkedin::is_machine_messages(&key) { None } else { by_header() };
    let Some(found) = found.or_else(|| linkedin::by_name(&key, &text)) else {
        let (what, hint) = recognise::unknown(&text);
        return ignored(file, &what, &hint);
    };
    let noise = Arc::clone(noise);
    Item::Table(Box::new(Source { file, text, encoding, damage, noise, found }))
}

/// Files that have to be read one after another, with their places in the result.
type Chain = Vec<(usize, Source)>;

/// Reads the files in stages: telling the people of messages apart takes the names in the other files, and so on.
fn read_items(items: Vec<Item>) -> Vec<FileRecords> {
    let mut read: BTreeMap<usize, FileRecords> = BTreeMap::new();
    // Files of one LinkedIn kind share what has been seen; logs stand alone.
    let mut linkedin: BTreeMap<(u8, Kind), Chain> = BTreeMap::new();
    let mut logs: Chain = Vec::new();
    for (place, item) in items.into_iter().enumerate() {
        match item {
            Item::Ignored { file, why, is_cut, .. } => {
                let mut records = FileRecords::new(file, Kind::Ignored);
                // Columns are named to the user at the terminal only: a diary's first line may pass for a header.
                why.split(';').next().unwrap_or_default().clone_into(&mut records.format);
                if is_cut {
                    records.problems.push(Problem::new(1, Code::CutShort, why));
                }
                read.insert(place, records);
            }
            Item::Table(source) if source.found.shape.kind == Kind::Log => {
                logs.push((place, *source));
            }
            Item::Table(source) => {
                let kind = source.found.shape.kind;
                linkedin.entry((linkedin::stage(kind), kind)).or_default().push((place, *source));
            }
        }
    }
    for chain in linkedin.values_mut() {
        chain.sort_by_key(|(place, source)| (linkedin::says_less(source), *place));
    }
    let read_stage = |stage: u8, known: &Known| -> Vec<(usize, FileRecords)> {
        let chains: Vec<&Chain> =
            linkedin.iter().filter(|((of, _), _)| *of == stage).map(|(_, chain)| chain).collect();
        chains.par_iter().flat_map(|chain| read_chain(chain, known)).collect()
    };
    let nothing = Known::default();
    let (first, from_logs) = rayon::join(|| read_stage(0, &nothing), || read_logs(&logs));
    read.extend(first);
    read.extend(from_logs);
    let later: BTreeSet<u8> = linkedin.keys().map(|(stage, _)| *stage).filter(|s| *s > 0).collect();
    for stage in later {
        let known = Known::from_files(read.values());
        read.extend(read_stage(stage, &known));
    }
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
