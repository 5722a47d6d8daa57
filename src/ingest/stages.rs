//! The order in which files are read: telling the people of messages apart takes the names in the other files, a
//! calendar takes the owner's addresses, an address book everybody who is known.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::archive::Entry;
use super::linkedin::{self, Known};
use super::mailbox::Mail;
use super::problem::{Code, Problem};
use super::reading::Reading;
use super::record::{FileRecords, Kind};
use super::source::Source;
use super::{Item, book, calendar, calendar_table, calls, chat, exclude, log, mapped, table};

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
    let is_wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let head = if is_wide { &[][..] } else { &bytes[..bytes.len().min(8_192)] };
    let text = String::from_utf8_lossy(head);
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
        .collect();
    let mut exports: BTreeMap<String, chat::Slack> = roots
        .into_iter()
        .map(|root| (root.clone(), chat::Slack { root, parts: Vec::new() }))
        .collect();
    let mut rest = Vec::new();
    for entry in entries {
        // The deepest root it lies below.
        let root = exports.keys().rev().find(|root| chat::is_part(root, &entry.name)).cloned();
        match root.and_then(|root| exports.get_mut(&root)) {
            Some(export) => export.parts.push(chat::Part { file: entry.name, bytes: entry.bytes }),
            None => rest.push(entry),
        }
    }
    let pieces = exports.into_values().map(|export| Piece {
        file: export.root.clone(),
        bytes: Vec::new(),
        damage: None,
        form: Form::Slack(export),
    });
    (pieces.collect(), rest)
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
        || rayon::join(|| read_stage(0, &nothing), || read_logs(&logs, reading)),
        || mail.read(reading),
    );
    read.extend(first);
    read.extend(from_logs);
    let owners = owners(&Known::from_files(read.values()), &pieces, reading);
    others.extend(read_chats(&pieces, reading, &owners));
    let later: BTreeSet<u8> = linkedin.keys().map(|(stage, _)| *stage).filter(|s| *s > 0).collect();
    for stage in later {
        let known = Known::from_files(read.values().chain(&others));
        read.extend(read_stage(stage, &known));
    }
    let known = Known::from_files(read.values().chain(&others));
    let own = known.own.iter().chain(&reading.own).cloned().collect();
    others.extend(read_calendars(&calendars, &pieces, reading, &own, &owners));
    let known = Known::from_files(read.values().chain(&others));
    others.extend(read_books(&books, &pieces, reading, &known));
    let mut all: Vec<FileRecords> = read.into_values().chain(others).collect();
    // Stable: files of one name stay in the order of their sources.
    all.sort_by(|a, b| a.file.cmp(&b.file));
    all.par_iter_mut().for_each(|file| exclude::apply(file, reading));
    all
}

fn read_chain(chain: &Chain, known: &Known) -> Vec<(usize, FileRecords)> {
    let mut seen = BTreeSet::new();
    chain.iter().map(|(place, source)| (*place, linkedin::read(source, &mut seen, known))).collect()
}

fn read_logs(logs: &Chain, reading: &Reading) -> Vec<(usize, FileRecords)> {
    logs.par_iter()
        .enumerate()
        .map(|(index, (place, source))| {
            let same = logs.iter().take(index).find(|(_, earlier)| earlier.text == source.text);
            let same = same.map(|(_, earlier)| earlier.file.as_str());
            let records = if mapped::is_mapped(&source.found) {
                mapped::read(source, reading, same)
            } else {
                log::read(source, same)
            };
            (*place, records)
        })
        .collect()
}

/// The owner's names, folded: from the settings, the profile, and chats that are named for the other one.
fn owners(known: &Known, pieces: &[(usize, Piece)], reading: &Reading) -> BTreeSet<String> {
    let chats = pieces.iter().filter(|(_, piece)| matches!(piece.form, Form::WhatsApp));
    let by_title = chats.filter_map(|(_, piece)| {
        chat::owner_of(&piece.file, &String::from_utf8_lossy(&piece.bytes))
    });
    let mut owners: BTreeSet<String> = by_title.collect();
    owners.extend(known.owners.iter().chain(&reading.own_names).cloned());
    owners.remove("");
    owners
}

/// Chats and calls, each kind in the order of names.
fn read_chats(
    pieces: &[(usize, Piece)],
    reading: &Reading,
    owners: &BTreeSet<String>,
) -> Vec<FileRecords> {
    let (mut chats, mut phones, mut slacks) =
        (chat::Seen::new(), calls::Seen::new(), BTreeSet::new());
    let mut all = Vec::new();
    for (_, piece) in pieces {
        let text = || table::decode(piece.bytes.clone()).text;
        let read = match &piece.form {
            Form::WhatsApp => {
                vec![chat::read_whatsapp(&piece.file, &text(), reading, owners, &mut chats)]
            }
            Form::Calls => vec![calls::read(&piece.file, &text(), &mut phones)],
            Form::Slack(export) => chat::read_slack(export, &mut slacks),
            Form::Calendar | Form::Cards => continue,
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
    all.extend(
        tables.iter().map(|(_, source)| calendar_table::read(source, reading, owners, &mut rows)),
    );
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
        let line = records.problems.last().map_or(1, |problem| problem.line);
        let what = format!("{damage}; what stands up to here is kept");
        records.problems.push(Problem::new(line, Code::CutShort, what));
    }
    records
}
