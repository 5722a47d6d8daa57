//! `weaktie forget`: takes a person out of saved audits and decision files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::audit::{Audit, Redaction};
use crate::cli::args::Forget;
use crate::cli::{Outcome, folder, note, saved, say, settings};
use crate::error::{Error, Result};
use crate::forget::{self, Keys};
use crate::output::{self, Mark, Replacement};
use crate::privacy;
use crate::text::count;
use crate::who;

/// Where reports stand when nothing is named.
const REPORTS: &str = "reports";

/// What is searched.
#[derive(Default)]
struct Places {
    audits: Vec<(PathBuf, Audit)>,
    /// Redacted copies: they name nobody.
    redacted: usize,
    comparisons: Vec<PathBuf>,
    files: Vec<PathBuf>,
    /// Folders looked into, by their real places.
    seen: BTreeSet<PathBuf>,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Forget) -> Outcome {
    let mut places = Places::default();
    let default = [PathBuf::from(REPORTS)];
    let named = if args.places.is_empty() { &default[..] } else { &args.places };
    for place in named {
        gather(place, &mut places)?;
    }
    let keys = keys(&args.who, &places)?;
    let mut changed: Vec<Replacement> = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for (dir, audit) in places.audits {
        let Some((left, entries)) = forget::from_audit(audit, &keys) else { continue };
        let brief = !dir.join("charts").exists();
        let png = has_pictures(&dir);
        let shown = privacy::redact(left, Redaction::Full);
        let files = folder::files(&shown, brief, png)?;
        told.push(format!(
            "{}: {} removed, every file written anew",
            dir.display(),
            count(entries as u64, "entry")
        ));
        changed.push(Replacement::Folder { target: dir, files, mark: Mark::Report });
    }
    for dir in places.comparisons {
        let holds =
            fs::read_to_string(dir.join("compare.json")).is_ok_and(|text| keys.is_in(&text));
        if holds {
            told.push(format!("{}: removed, as it named them; compare again", dir.display()));
            changed.push(Replacement::Gone { target: dir, mark: Mark::Comparison });
        }
    }
    for file in places.files {
        let text = settings::text(&file)?;
        let is_csv = file.extension().is_some_and(|end| end.eq_ignore_ascii_case("csv"));
        if !is_csv && is_settings(&text) {
            if keys.is_in(&text) {
                note(&format!(
                    "{}: settings name them; they are yours to change (a boundary may be meant to stay)",
                    file.display()
                ))?;
            }
            continue;
        }
        if let Some((left, entries)) = forget::from_decisions(&text, is_csv, &keys) {
            told.push(format!("{}: {} removed", file.display(), count(entries as u64, "entry")));
            changed.push(Replacement::File { target: file, bytes: left.into_bytes() });
        }
    }
    if !args.dry_run {
        output::replace_all(&changed)?;
    }
    for line in &told {
        say(line)?;
    }
    if args.dry_run {
        note("nothing was changed: this was --dry-run")?;
    }
    if places.redacted > 0 {
        note(&format!(
            "{} left as they are: they name nobody",
            count(places.redacted as u64, "redacted copy")
        ))?;
    }
    note(
        "your exports and logs still hold them; leave them out of the next audit, or they come back",
    )?;
    Ok(0)
}

/// Finds report folders, comparisons and files in a place; folders inside it are searched at any depth, each once wherever links
/// lead.
fn gather(place: &Path, places: &mut Places) -> Result<()> {
    if place.is_file() {
        places.files.push(place.to_path_buf());
        return Ok(());
    }
    if !place.exists() {
        return Err(Error::Missing { path: place.to_path_buf() });
    }
    let fail = |source| Error::Read { path: place.to_path_buf(), source };
    if !places.seen.insert(place.canonicalize().map_err(fail)?) {
        return Ok(());
    }
    if place.join("audit.json").is_file() {
        let audit = saved::read(place)?;
        if audit.redaction == Redaction::Full {
            places.audits.push((place.to_path_buf(), audit));
        } else {
            places.redacted += 1;
        }
        return Ok(());
    }
    if place.join("compare.json").is_file() {
        places.comparisons.push(place.to_path_buf());
        return Ok(());
    }
    let entries = fs::read_dir(place).map_err(fail)?;
    let mut inside: Vec<(bool, PathBuf)> = entries
        .map(|entry| entry.map(|entry| (entry.path().is_symlink(), entry.path())).map_err(fail))
        .collect::<Result<_>>()?;
    inside.sort();
    for (is_link, dir) in inside.into_iter().filter(|(_, path)| path.is_dir()) {
        // What is written anew is the folder itself, not the link to it.
        let dir = if is_link { dir.canonicalize().map_err(fail)? } else { dir };
        gather(&dir, places)?;
    }
    Ok(())
}

/// Everything that tells of the person, over all audits: who was known under another key in one of them is found there, too.
fn keys(text: &str, places: &Places) -> Result<Keys> {
    let mut keys = Keys::default();
    for (_, audit) in &places.audits {
        if let Some(person) = who::lookup(audit, text)? {
            keys.learn(audit, &person.id);
        }
    }
    for (_, audit) in &places.audits {
        keys.learn_gone(audit, text);
    }
    loop {
        let known = keys.len();
        for (_, audit) in &places.audits {
            for id in keys.people(audit) {
                keys.learn(audit, id);
            }
        }
        if keys.len() == known {
            break;
        }
    }
    for (_, audit) in &places.audits {
        keys.spare_namesakes(audit);
    }
    match places.audits.first() {
        Some((_, audit)) if keys.is_empty() => who::find(audit, text).map(|_| keys),
        Some(_) => Ok(keys),
        None => Err(Error::usage(
            "no saved audit is among the places named",
            Some("name the report folders (those with audit.json in them), or the folder that holds them".to_owned()),
        )),
    }
}

/// Whether a TOML file holds settings and no decisions.
fn is_settings(text: &str) -> bool {
    let decides =
        |line: &str| ["[[same]]", "[[different]]", "[[ask]]", "[[class]]"].contains(&line.trim());
    !text.lines().any(decides)
}

fn has_pictures(dir: &Path) -> bool {
    fs::read_dir(dir.join("charts")).is_ok_and(|mut entries| {
        entries.any(|entry| {
            entry.is_ok_and(|entry| entry.path().extension().is_some_and(|end| end == "png"))
        })
    })
}
