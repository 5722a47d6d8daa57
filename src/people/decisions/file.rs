//! The two forms of a decisions file: TOML tables, or a CSV with one row a decision.

use csv::{ReaderBuilder, StringRecord};
use serde::Deserialize;
use toml::Spanned;

use super::{Decisions, Pair, key};
use crate::error::{Error, Result};
use crate::people::attributes::Entry;

const HINT: &str =
    "an entry is [[same]] or [[different]] with a and b, or [[class]]; [[ask]] waits for you";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    same: Vec<Spanned<Sides>>,
    #[serde(default)]
    different: Vec<Spanned<Sides>>,
    #[serde(default)]
    ask: Vec<Spanned<Sides>>,
    #[serde(default)]
    class: Vec<Spanned<Entry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sides {
    a: String,
    b: String,
}

pub(super) fn from_toml(text: &str, file: &str) -> Result<Decisions> {
    let line =
        |at: usize| memchr::memchr_iter(b'\n', &text.as_bytes()[..at.min(text.len())]).count() + 1;
    let found: File = toml::from_str(text).map_err(|error| {
        let at = line(error.span().map_or(0, |span| span.start));
        Error::usage(format!("{file}, line {at}: {}", error.message()), Some(HINT.to_owned()))
    })?;
    let pairs = |entries: &[Spanned<Sides>]| -> Vec<Pair> {
        let pair = |entry: &Spanned<Sides>| {
            let Sides { a, b } = entry.get_ref();
            Pair { line: line(entry.span().start), setting: 0, a: key(a), b: key(b) }
        };
        entries.iter().map(pair).collect()
    };
    let mut all = Decisions {
        file: file.to_owned(),
        same: pairs(&found.same),
        different: pairs(&found.different),
        ..Decisions::default()
    };
    // Open questions say nothing but that they were asked.
    for pair in pairs(&found.ask).iter().chain(&all.same).chain(&all.different) {
        all.named.insert(ordered(pair));
    }
    for entry in &found.class {
        add_class(&mut all, entry.get_ref(), line(entry.span().start))?;
    }
    Ok(all)
}

fn ordered(pair: &Pair) -> (String, String) {
    let (a, b) = (pair.a.clone(), pair.b.clone());
    if a <= b { (a, b) } else { (b, a) }
}

/// Adds a class if it is filled in.
fn add_class(all: &mut Decisions, entry: &Entry, line: usize) -> Result<()> {
    let plain = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_lowercase();
    all.texts.insert((plain(&entry.title), plain(&entry.company)));
    let said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    if ![&entry.function, &entry.seniority, &entry.industry].into_iter().any(said) {
        return Ok(());
    }
    all.classes.add(entry).map_err(|error| match error {
        Error::Usage { what, hint } => {
            Error::usage(format!("{}, line {line}: {what}", all.file), hint)
        }
        other => other,
    })
}

/// Columns that are read; further ones are the evidence of `weaktie review`.
const COLUMNS: [&str; 8] =
    ["decision", "a", "b", "title", "company", "function", "seniority", "industry"];

pub(super) fn from_csv(text: &str, file: &str) -> Result<Decisions> {
    let mut all = Decisions { file: file.to_owned(), ..Decisions::default() };
    let first = text.lines().next().unwrap_or_default();
    let marks = [b',', b';', b'\t'];
    let count = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    let delimiter = marks.into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',');
    let mut reader = ReaderBuilder::new()
        .delimiter(if count(delimiter) == 0 { b',' } else { delimiter })
        .flexible(true)
        .from_reader(text.as_bytes());
    let broken = |error: &csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        Error::usage(format!("{file}, line {line}: {error}"), None)
    };
    let header = reader.headers().map_err(|error| broken(&error))?.clone();
    let place = |name: &str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let places = COLUMNS.map(place);
    if places[0].is_none() || places[1].is_some() != places[2].is_some() {
        let hint = "the columns are decision,a,b and for classes title,company,function,seniority,industry";
        return Err(all.wrong(1, "no columns decision, a and b", hint));
    }
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        let line = record.position().map_or(1, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        add_row(&mut all, &record, &places, line)?;
    }
    Ok(all)
}

fn add_row(
    all: &mut Decisions,
    record: &StringRecord,
    places: &[Option<usize>; 8],
    line: usize,
) -> Result<()> {
    let cell = |at: usize| places[at].and_then(|at| record.get(at)).unwrap_or_default().trim();
    let some = |at: usize| Some(cell(at).to_owned()).filter(|text| !text.is_empty());
    let pair = Pair { line, setting: 0, a: key(cell(1)), b: key(cell(2)) };
    let decision = cell(0).to_lowercase();
    if decision != "class" {
        all.named.insert(ordered(&pair));
    }
    match decision.as_str() {
        "same" => all.same.push(pair),
        "different" => all.different.push(pair),
        "" | "ask" => {}
        "class" => {
            let entry = Entry {
                person: some(1).filter(|_| some(3).is_none() && some(4).is_none()),
                title: some(3),
                company: some(4),
                function: some(5),
                seniority: some(6),
                industry: some(7),
            };
            add_class(all, &entry, line)?;
        }
        other => {
            let what = format!("no decision is called \"{other}\"");
            return Err(all.wrong(line, &what, "write same, different, class or ask"));
        }
    }
    Ok(())
}
