//! The order in which files are read: telling the people of messages apart takes the names in the other files, a
//! calendar takes the owner's addresses, an address book everybody who is known.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::archive::Entry;
use super::linkedin::{self, Known};
use super::mailbox::Mail;
use super::problem::{Code, Problem};
use super::reading::Reading;
use super::record::{FileRecords, Kind};
use super::source::Source;
use super::{
    Item, book, calendar, calendar_table, calls, chat, exclude, log, mapped, plain, table,
};

/// What a file is that is no table.
#[derive(Debug)]
pub(super) enum Form {
    /// iCalendar.
    Calendar,
    /// vCard.
    Cards,
    /// WhatsApp's text.
    WhatsApp,
    /// A phone's XML.
    Calls,
    /// Slack's export.
    Slack(chat::Slack),
}

/// A file, or several that are one.
#[derive(Debug)]
pub(super) struct Piece {
    /// As the user would name it.
    pub(super) file: String,
    /// Its contents.
    pub(super) bytes: Vec<u8>,
    /// What is known to be missing.
    pub(super) damage: Option<&'static str>,
    /// What it is.
    pub(super) form: Form,
}

/// What the first bytes say a file is, if it is one of the forms that are told so.
pub(super) fn form_of(bytes: &[u8]) -> Option<Form> {
    let head = &bytes[..bytes.len().min(8_192)];
    let text = if table::is_utf16(head) {
        Cow::Owned(table::decode(head.to_vec()).text)
    } else {
        String::from_utf8_lossy(head)
    };
    let start = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    let begins = |word: &str| start.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word));
    if begins("BEGIN:VCALENDAR") {
        Some(Form::Calendar)
    } else if begins("BEGIN:VCARD") {
        Some(Form::Cards)
    } else if start.starts_with('<') && calls::is_log(start) {
        Some(Form::Calls)
    } else {
        None
    }
}

/// Whether a text is a chat.
pub(super) fn is_chat(text: &str) -> bool {
    chat::is_chat(text)
}

/// The Slack exports among some files, and the files that belong to none.
pub(super) fn slack_of(entries: Vec<Entry>) -> (Vec<Piece>, Vec<Entry>) {
    let users = entries.iter().filter(|entry| chat::is_users(&entry.name, &entry.bytes));
    let roots: Vec<String> = users
        .map(|entry| entry.name.rsplit_once('/').map_or("", |(root, _)| root).to_owned())
        // Lists without a conversation say nothing of who spoke with whom.
        .filter(|root| entries.iter().any(|entry| chat::is_day(root, &entry.name)))
        .collect();
    let mut exports: BTreeMap<String, Piece> =
        roots.into_iter().map(|root| (root.clone(), Piece::slack(root))).collect();
    let mut rest = Vec::new();
    for entry in entries {
        let is_part =
            |root: &&String| chat::is_list(root, &entry.name) || chat::is_day(root, &entry.name);
        // The deepest root it lies below.
        let root = exports.keys().rev().find(is_part).cloned();
        match root.and_then(|root| exports.get_mut(&root)) {
            Some(Piece { damage, form: Form::Slack(export), .. }) => {
                *damage = damage.or(entry.damage);
                export.parts.push(chat::Part { file: entry.name, bytes: entry.bytes });
            }
            _ => rest.push(entry),
        }
    }
    (exports.into_values().collect(), rest)
}

impl Piece {
    /// A Slack export of which no part is known yet.
    fn slack(root: String) -> Self {
        let form = Form::Slack(chat::Slack { root: root.clone(), parts: Vec::new() });
        Self { file: root, bytes: Vec::new(), damage: None, form }
    }
}

/// Files that have to be read one after another, with their places in the result.
type Chain = Vec<(usize, Source)>;

/// The files by when and how they are read.
#[derive(Default)]
struct Sorted {
    read: BTreeMap<usize, FileRecords>,
    /// Files of one LinkedIn kind share what has been seen.
    linkedin: BTreeMap<(u8, Kind), Chain>,
    logs: Chain,
    calendars: Chain,
    books: Chain,
    pieces: Vec<(usize, Piece)>,
}

impl Sorted {
    fn of(items: Vec<Item>) -> Self {
        let mut sorted = Self::default();
        for (place, item) in items.into_iter().enumerate() {
            match item {
                Item::Ignored { file, why, is_cut, proposal, advice, .. } => {
                    let mut records = FileRecords::new(file, Kind::Ignored);
                    // Columns are named to the user at the terminal only: a diary's first line may pass for a header.
                    why.split(';').next().unwrap_or_default().clone_into(&mut records.format);
                    if let Some(advice) = advice {
                        records.format.push_str("; ");
                        records.format.push_str(advice);
                    }
                    records.proposal = proposal;
                    if is_cut {
                        records.problems.push(Problem::new(1, Code::CutShort, why));
                    }
                    sorted.read.insert(place, records);
                }
                Item::Shut { file } => {
                    let mut records = FileRecords::new(file, Kind::Ignored);
                    exclude::SHUT.clone_into(&mut records.format);
                    sorted.read.insert(place, records);
                }
                Item::Piece(piece) => sorted.pieces.push((place, *piece)),
                Item::Table(source) => match source.found.shape.kind {
                    Kind::Log => sorted.logs.push((place, *source)),
                    Kind::Calendar => sorted.calendars.push((place, *source)),
                    Kind::Contacts => sorted.books.push((place, *source)),
                    kind => sorted
                        .linkedin
                        .entry((linkedin::stage(kind), kind))
                        .or_default()
                        .push((place, *source)),
                },
            }
        }
        for chain in sorted.linkedin.values_mut() {
            chain.sort_by_key(|(place, source)| (linkedin::says_less(source), *place));
        }
        sorted
    }
}

/// Reads everything, in the order of names.
pub(super) fn read(items: Vec<Item>, mail: Mail, reading: &Reading) -> Vec<FileRecords> {
    let Sorted { mut read, linkedin, logs, calendars, books, pieces } = Sorted::of(items);
    let read_stage = |stage: u8, known: &Known| -> Vec<(usize, FileRecords)> {
        let chains: Vec<&Chain> =
            linkedin.iter().filter(|((of, _), _)| *of == stage).map(|(_, chain)| chain).collect();
        chains.par_iter().flat_map(|chain| read_chain(chain, known)).collect()
    };
    let nothing = Known::default();
    let ((first, from_logs), mut others) = rayon::join(
        || rayon::join(|| read_stage(0, &nothing), || read_logs(&logs)),
        || mail.read(reading),
    );
    read.extend(first);
    read.extend(from_logs);
    let chats = chats(&pieces);
    let has_calendars =
        !calendars.is_empty() || has(&pieces, |form| matches!(form, Form::Calendar));
    let has_books = !books.is_empty() || has(&pieces, |form| matches!(form, Form::Cards));
    // What is known is gathered only for those who ask: tens of thousands of names have to be folded for it.
    let known = |asked: bool, read: &BTreeMap<usize, FileRecords>, others: &[FileRecords]| {
        if asked { Known::from_files(read.values().chain(others)) } else { Known::default() }
    };
    let owners = owners(&known(has_calendars || !chats.is_empty(), &read, &[]), &chats, reading);
    others.extend(read_chats(&chats, &pieces, reading, &owners));
    drop(chats);
    let later: BTreeSet<u8> = linkedin.keys().map(|(stage, _)| *stage).filter(|s| *s > 0).collect();
    for stage in later {
        let known = known(true, &read, &others);
        read.extend(read_stage(stage, &known));
    }
    let own = known(has_calendars, &read, &others).own;
    let own = own.into_iter().chain(reading.own.iter().cloned()).collect();
    others.extend(read_calendars(&calendars, &pieces, reading, &own, &owners));
    let known = known(has_books, &read, &others);
    others.extend(read_books(&books, &pieces, reading, &known));
    let mut all: Vec<FileRecords> = read.into_values().chain(others).collect();
    exclude::apply(&mut all, reading);
    all.par_iter_mut().for_each(plain::of_file);
    all
}

fn has(pieces: &[(usize, Piece)], of: impl Fn(&Form) -> bool) -> bool {
    pieces.iter().any(|(_, piece)| of(&piece.form))
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
            let same = same.map(|(_, earlier)| earlier.file.as_str());
            let records = if mapped::is_mapped(&source.found) {
                mapped::read(source, same)
            } else {
                log::read(source, same)
            };
            (*place, records)
        })
        .collect()
}

/// WhatsApp's chats, each taken apart once; beside each its piece.
fn chats(pieces: &[(usize, Piece)]) -> Vec<(chat::Chat<'_>, &Piece)> {
    let chats = pieces.par_iter().map(|(_, piece)| piece).filter_map(|piece| {
        let text = std::str::from_utf8(&piece.bytes).ok()?;
        let is_chat = matches!(piece.form, Form::WhatsApp);
        is_chat.then(|| (chat::Chat::of(&piece.file, text), piece))
    });
    chats.collect()
}

/// The owner's names, folded: from the settings, the profile, and chats that are named for the other one.
fn owners(
    known: &Known,
    chats: &[(chat::Chat<'_>, &Piece)],
    reading: &Reading,
) -> BTreeSet<String> {
    let mut owners: BTreeSet<String> = chats.iter().filter_map(|(chat, _)| chat.owner()).collect();
    owners.extend(known.owners.iter().chain(&reading.own_names).cloned());
    owners.remove("");
    owners
}

/// Chats and calls, each kind in the order of names.
fn read_chats(
    chats: &[(chat::Chat<'_>, &Piece)],
    pieces: &[(usize, Piece)],
    reading: &Reading,
    owners: &BTreeSet<String>,
) -> Vec<FileRecords> {
    let (mut seen, mut phones, mut slacks) =
        (chat::Seen::new(), calls::Seen::new(), BTreeSet::new());
    let mut all = Vec::new();
    for (chat, piece) in chats {
        let read = chat::read_whatsapp(chat, reading, owners, &mut seen);
        all.push(with_damage(read, piece));
    }
    for (_, piece) in pieces {
        let read = match &piece.form {
            Form::Calls => {
                let text = table::decode(piece.bytes.clone()).text;
                vec![calls::read(&piece.file, &text, &mut phones)]
            }
            Form::Slack(export) => chat::read_slack(export, &mut slacks),
            Form::WhatsApp | Form::Calendar | Form::Cards => continue,
        };
        all.extend(read.into_iter().map(|records| with_damage(records, piece)));
    }
    all
}

fn read_calendars(
    tables: &Chain,
    pieces: &[(usize, Piece)],
    reading: &Reading,
    own: &BTreeSet<String>,
    owners: &BTreeSet<String>,
) -> Vec<FileRecords> {
    let (mut seen, mut rows) = (calendar::Seen::new(), BTreeSet::new());
    let mut all = Vec::new();
    for (_, piece) in pieces.iter().filter(|(_, piece)| matches!(piece.form, Form::Calendar)) {
        let records = calendar::read(&piece.file, &piece.bytes, reading, own, &mut seen);
        all.push(with_damage(records, piece));
    }
    all.extend(tables.iter().map(|(_, source)| calendar_table::read(source, owners, &mut rows)));
    all
}

fn read_books(
    tables: &Chain,
    pieces: &[(usize, Piece)],
    reading: &Reading,
    known: &Known,
) -> Vec<FileRecords> {
    let mut seen = book::Seen::new();
    let mut all = Vec::new();
    for (_, piece) in pieces.iter().filter(|(_, piece)| matches!(piece.form, Form::Cards)) {
        let (file, bytes) = (&piece.file, &piece.bytes);
        let records = book::read_cards(file, bytes, &reading.noise, known, &mut seen);
        all.push(with_damage(records, piece));
    }
    all.extend(tables.iter().map(|(_, source)| book::read_table(source, known, &mut seen)));
    all
}

fn with_damage(mut records: FileRecords, piece: &Piece) -> FileRecords {
    if let Some(damage) = piece.damage {
        records.note_damage(damage);
    }
    records
}
