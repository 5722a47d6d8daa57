//! Reading: from files as users have them to records with a place for every row.
//!
//! Responsible for finding what each source holds, reading it in parallel without letting threads decide
//! anything, and saying plainly when there is nothing to read. Knows nothing of people, ties or measures.

mod ahead;
mod archive;
mod book;
mod calendar;
mod calendar_table;
mod calls;
mod chat;
mod content;
pub mod crop;
mod dates;
mod exclude;
mod hash;
mod linkedin;
mod local_dates;
mod log;
mod looks;
mod mail;
mod mailbox;
mod mapped;
mod mentions;
mod noise;
mod plain;
mod problem;
mod reading;
mod recognise;
mod record;
mod salvage;
mod source;
mod stages;
pub mod stream;
mod table;
#[cfg(test)]
mod test_support;
#[cfg(test)]
mod tests;
mod zip_listing;
mod zoned;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

pub use mail::{Scanned, walk as walk_mbox};
pub use noise::Noise;
pub use problem::{Code, Problem};
pub use reading::{Columns, Private, Reading, SourceRule};
pub use record::{FileRecords, Kind, Mention, MentionId, OwnerFact, RawContact, RawInteraction};

use crate::error::{Error, Result};
use archive::Entry;
use mailbox::{Mail, Mailbox, Place};
use source::Source;
use stages::Piece;

/// What we look for, said when nothing of it is there.
const WANTED: &str = "give the LinkedIn export (ZIP or folder, with Connections.csv and messages.csv) or a CSV \
                      log with the columns timestamp,from,to,channel";

/// A file after its first look.
#[derive(Debug)]
enum Item {
    /// A table with a reader.
    Table(Box<Source>),
    /// A file of another form with a reader.
    Piece(Box<Piece>),
    /// Not read, and why.
    Ignored {
        file: String,
        why: String,
        hint: Option<String>,
        is_cut: bool,
        proposal: Option<String>,
        /// What its owner can do, in words that quote nothing of it.
        advice: Option<&'static str>,
    },
    /// In a folder that the user keeps out: not looked at.
    Shut { file: String },
}

impl Item {
    /// Whether it is a table that says something about people.
    fn is_about_people(&self) -> bool {
        match self {
            Self::Table(source) => source.found.shape.kind != Kind::NotPeople,
            Self::Piece(_) => true,
            Self::Ignored { .. } | Self::Shut { .. } => false,
        }
    }

    /// Whether exports are known to hold it, useful or not.
    fn is_expected(&self) -> bool {
        !matches!(self, Self::Ignored { .. })
    }

    fn file(&self) -> &str {
        match self {
            Self::Table(source) => &source.file,
            Self::Piece(piece) => &piece.file,
            Self::Ignored { file, .. } | Self::Shut { file } => file,
        }
    }
}

/// Reads every file of the sources, in the order of their names.
///
/// The result does not depend on the order of the sources or the number of threads. Rows that repeat one of an
/// earlier file (the two parts of an export, a file loaded twice) are skipped as exact duplicates.
pub fn read_all(sources: &[PathBuf]) -> Result<Vec<FileRecords>> {
    read_all_with(sources, &Reading::default())
}

/// [`read_all`] with what the user says about reading.
///
/// # Errors
/// As [`read_all`].
pub fn read_all_with(sources: &[PathBuf], reading: &Reading) -> Result<Vec<FileRecords>> {
    let noise = Arc::new(reading.noise.clone());
    let mut sources: Vec<&PathBuf> = sources.iter().collect();
    sources.sort();
    let (mut items, mut mail) = (Vec::new(), Mail::default());
    let mut useless = None;
    for path in sources {
        let (found, own) = look_into(path, reading, &noise)?;
        if own.is_empty() && !found.iter().any(Item::is_about_people) {
            let error = nothing_known(path, &found);
            // Somebody may give `export/*.csv`, where Ad_Targeting.csv is one of the sources.
            if found.is_empty() || !found.iter().all(Item::is_expected) {
                return Err(error);
            }
            useless.get_or_insert(error);
        }
        items.extend(found);
        mail.extend(own);
    }
    let is_useless = mail.is_empty() && !items.iter().any(Item::is_about_people);
    if let Some(error) = useless.filter(|_| is_useless) {
        return Err(error);
    }
    // Stable: files of one name stay in the order of their sources.
    items.sort_by(|a, b| a.file().cmp(b.file()));
    let unused = unused_sections(&items, &mail, reading);
    let mut files = stages::read(items, mail, reading);
    files.splice(..0, unused);
    Ok(files)
}

/// Reads one file that is at hand already, an archive or a table: what [`read_all`] does with a path.
///
/// # Errors
/// As [`read_all`].
pub fn read_bytes(name: &str, bytes: Vec<u8>) -> Result<Vec<FileRecords>> {
    read_bytes_with(name, bytes, &Reading::default())
}

/// [`read_bytes`] with what the user says about reading.
///
/// # Errors
/// As [`read_all`].
pub fn read_bytes_with(name: &str, bytes: Vec<u8>, reading: &Reading) -> Result<Vec<FileRecords>> {
    let noise = Arc::new(reading.noise.clone());
    let (items, mail) = tell(archive::open_bytes(name, bytes)?, reading, &noise);
    if mail.is_empty() && !items.iter().any(Item::is_about_people) {
        return Err(nothing_known(Path::new(name), &items));
    }
    Ok(stages::read(items, mail, reading))
}

/// An account of each section of the settings that names files and reads none: a name may be misspelled.
fn unused_sections(items: &[Item], mail: &Mail, reading: &Reading) -> Vec<FileRecords> {
    // A Slack export is one piece, and a section may speak of one conversation.
    let parts = items.iter().filter_map(|item| match item {
        Item::Piece(piece) => match &piece.form {
            stages::Form::Slack(export) => Some(&export.parts),
            _ => None,
        },
        _ => None,
    });
    let parts = parts.flatten().map(|part| part.file.as_str());
    let files: Vec<&str> = items.iter().map(Item::file).chain(mail.names()).chain(parts).collect();
    let is_read = |rule: &SourceRule| {
        items.iter().any(|item| match item {
            Item::Table(source) => source.section.as_deref() == Some(&rule.name),
            _ => false,
        })
    };
    let named = reading.rules.iter().filter(|rule| !rule.file.is_empty());
    let unused = named.filter_map(|rule| {
        let what = if !files.iter().any(|file| rule.fits(file)) {
            format!("no file of the sources fits file = \"{}\"", rule.file)
        } else if !rule.columns.is_empty() && !is_read(rule) {
            format!("no table that fits file = \"{}\" has all columns that it names", rule.file)
        } else {
            return None;
        };
        let mut account = FileRecords::new(format!("[sources.{}]", rule.name), Kind::Ignored);
        account.format.clone_from(&what);
        account.problems.push(Problem::new(1, Code::UnusedSection, what));
        Some(account)
    });
    unused.collect()
}

fn look_into(path: &Path, reading: &Reading, noise: &Arc<Noise>) -> Result<(Vec<Item>, Mail)> {
    Ok(tell(archive::open(path)?, reading, noise))
}

/// Tells what each file is. The days of a Slack export are one piece; mail goes its own way.
fn tell(found: mailbox::Found, reading: &Reading, noise: &Arc<Noise>) -> (Vec<Item>, Mail) {
    let mailbox::Found { entries, mut mail } = found;
    let (mut rest, mut shut) = (Vec::new(), Vec::new());
    for entry in entries {
        let Entry { name, bytes, damage, instead } = entry;
        if instead.is_none() && mail::is_mbox(&bytes) {
            mail.boxes.push(Mailbox { name, place: Place::Bytes(bytes), damage });
        } else if instead.is_none() && mail::is_message(&bytes) {
            let place = Place::Bytes(mail::head_of(bytes));
            mail.messages.push(Mailbox { name, place, damage });
        } else if reading.shuts(&name) {
            shut.push(Item::Shut { file: name });
        } else {
            rest.push(Entry { name, bytes, damage, instead });
        }
    }
    let (slack, rest) = stages::slack_of(rest);
    let told = rest.into_par_iter().map(|entry| look_at(entry, reading, noise));
    let items: Vec<Item> = told.collect();
    (
        items
            .into_iter()
            .chain(shut)
            .chain(slack.into_iter().map(|piece| Item::Piece(Box::new(piece))))
            .collect(),
        mail,
    )
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
    if !items.is_empty() && items.iter().all(|item| matches!(item, Item::Shut { .. })) {
        return Error::unusable(source, exclude::SHUT, None);
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
fn look_at(entry: Entry, reading: &Reading, noise: &Arc<Noise>) -> Item {
    let Entry { name: file, bytes, damage, instead } = entry;
    let is_cut = damage.is_some();
    let ignored = |file: String, why: &str, hint: &str| {
        let hint = Some(hint.to_owned()).filter(|hint| !hint.is_empty());
        Item::Ignored { file, why: why.to_owned(), hint, is_cut, proposal: None, advice: None }
    };
    if let Some(why) = instead {
        let hint = Some("download the export again".to_owned());
        return Item::Ignored { file, why, hint, is_cut, proposal: None, advice: None };
    }
    if bytes.iter().all(|byte| *byte == 0 || byte.is_ascii_whitespace()) {
        return ignored(file, "an empty file", "download or save it again");
    }
    if let Some(form) = stages::form_of(&bytes) {
        // Readers of forms take UTF-8.
        let is_wide = table::is_utf16(&bytes);
        let bytes = if is_wide { table::decode(bytes).text.into_bytes() } else { bytes };
        return Item::Piece(Box::new(Piece { file, bytes, damage, form }));
    }
    if chat::is_users(&file, &bytes) {
        let hint = "give the whole export: its ZIP, or the folder that also holds a folder for each conversation";
        return ignored(file, "the list of people of a Slack export without a conversation", hint);
    }
    if let Some(look) = looks::look(&bytes) {
        let (why, hint) = (format!("{}, not a table", look.what), Some(look.hint.to_owned()));
        return Item::Ignored { file, why, hint, is_cut, proposal: None, advice: Some(look.hint) };
    }
    let key = linkedin::file_key(&file);
    let decoded = table::decode(bytes);
    let damage = damage.or(decoded.nul_tail.then_some("the file ends in NUL bytes"));
    let (text, encoding) = (decoded.text, decoded.encoding);
    let mut scope = reading.scope(&file);
    let (section, wrong) = match mapped::by_section(&file, &text, &scope) {
        Ok(found) => (found, None),
        Err(wrong) => (None, Some(wrong)),
    };
    let is_told = section.is_none() && !linkedin::is_machine_messages(&key);
    // A section that names this very file is not passed over in silence.
    let is_told = is_told && !wrong.as_ref().is_some_and(|wrong| wrong.names_file);
    let by_header = || is_told.then(|| recognise::recognise(&text)).flatten();
    let (section, by_section) = section.unzip();
    if let Some(name) = &section {
        scope.put_first(name);
    }
    let found = by_section.or_else(by_header);
    let Some(found) = found.or_else(|| linkedin::by_name(&key, &text)) else {
        if stages::is_chat(&text) {
            let form = stages::Form::WhatsApp;
            return Item::Piece(Box::new(Piece { file, bytes: text.into_bytes(), damage, form }));
        }
        let (what, hint) = recognise::unknown(&text);
        if let Some(wrong) = &wrong {
            let mapped::Wrong { section, column, .. } = wrong;
            let hint =
                format!("[sources.{section}] names the column \"{column}\", which is not there");
            return ignored(file, &wrong.why(what), &hint);
        }
        let proposal = mapped::propose(&file, &text);
        let hint = proposal.as_ref().map_or(hint, |section| {
            format!("put this into weaktie.toml, see that each column is what it says, and give --config weaktie.toml:\n\n{section}")
        });
        let (why, hint) = (what, Some(hint));
        return Item::Ignored { file, why, hint, is_cut, proposal, advice: None };
    };
    let noise = Arc::clone(noise);
    Item::Table(Box::new(Source { file, text, encoding, damage, noise, scope, section, found }))
}
