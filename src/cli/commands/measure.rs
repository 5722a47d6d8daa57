//! `weaktie measure`: the structural measures of any undirected edge list.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::cli::args::Measure;
use crate::cli::{Outcome, error::CliError, note, progress::Spinner, say, settings};
use crate::edges::{self, EdgeList};
use crate::error::{Error, Result};
use crate::measures::catalogue::{self, CATALOGUE, Entry};
use crate::measures::table::{self, Options, Table, Whole};
use crate::output;
use crate::progress::Progress;
use crate::{glossary, sheet, text};

/// How the table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Summary,
    Json,
    Csv,
    Parquet,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Measure) -> Outcome {
    let chosen = chosen(args)?;
    let format = format(args)?;
    settings::fix_threads(args.threads)?;
    let progress = Spinner::new();
    progress.stage("reading ties");
    let list = edges::read(&args.edges)?;
    progress.stage("measuring");
    let options = Options { exact: args.exact, seed: args.seed };
    let found = table::measure(&list.flat, &chosen, options);
    drop(progress);
    talk(&list, &found)?;
    write(args.out.as_deref(), format, &list, &found)?;
    Ok(0)
}

/// The measures asked for, in the order of the catalogue.
fn chosen(args: &Measure) -> Result<Vec<&'static Entry>> {
    let mut wanted = Vec::new();
    for word in args.measures.iter().map(|word| word.trim()).filter(|word| *word != "all") {
        wanted.push(catalogue::entry(word).ok_or_else(|| unknown(word))?);
    }
    if args.measures.is_empty() || args.measures.iter().any(|word| word.trim() == "all") {
        wanted.extend(CATALOGUE.iter().filter(|entry| !entry.is_weighted));
    }
    let has_twin = |entry: &Entry| {
        let plain = entry.id.strip_suffix("-weighted");
        plain.is_some_and(|plain| wanted.iter().any(|wanted| wanted.id == plain))
    };
    let everything = args.measures.is_empty();
    let is_chosen = |entry: &&Entry| {
        let twin = args.weighted && entry.is_weighted && (everything || has_twin(entry));
        twin || wanted.iter().any(|wanted| wanted.id == entry.id)
    };
    Ok(CATALOGUE.iter().filter(is_chosen).collect())
}

fn unknown(word: &str) -> Error {
    let ids = || CATALOGUE.iter().map(|entry| entry.id);
    let hint = match glossary::nearest(word, ids()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known: {}", ids().collect::<Vec<_>>().join(", ")),
    };
    Error::usage(format!("there is no measure `{word}`"), Some(hint))
}

/// The flag decides, else the name of the file to write.
fn format(args: &Measure) -> Result<Format> {
    let flags =
        [(args.json, Format::Json), (args.csv, Format::Csv), (args.parquet, Format::Parquet)];
    let flag = flags.into_iter().find(|(is_set, _)| *is_set).map(|(_, format)| format);
    let ending = args.out.as_deref().and_then(Path::extension).and_then(|ending| ending.to_str());
    let named = match ending.map(str::to_lowercase).as_deref() {
        Some("json") => Some(Format::Json),
        Some("csv") => Some(Format::Csv),
        Some("parquet") => Some(Format::Parquet),
        _ => None,
    };
    let format = flag.or(named).unwrap_or(Format::Summary);
    if format == Format::Parquet && args.out.is_none() {
        let hint = Some("add --out FILE.parquet".to_owned());
        return Err(Error::usage("a Parquet table is not written to the terminal", hint));
    }
    if format == Format::Summary && args.out.is_some() {
        let hint = Some("add --json, --csv or --parquet, or end the file's name so".to_owned());
        return Err(Error::usage("the format of the file is not said", hint));
    }
    Ok(format)
}

/// To stderr: what became of the rows, and what was estimated or left out.
fn talk(list: &EdgeList, found: &Table) -> std::result::Result<(), CliError> {
    let account = &list.account;
    let mut parts = vec![
        format!("{} read", text::count(account.rows_read, "row")),
        format!("{} used", text::thousands(account.rows_used)),
    ];
    for (code, count) in &account.counts {
        let lines = account.problems.iter().filter(|problem| problem.code == *code).take(3);
        let lines: Vec<String> = lines.map(|problem| problem.line.to_string()).collect();
        let more = if *count > 3 { ", …" } else { "" };
        let count = text::thousands(*count);
        parts.push(format!("{count} skipped as {code} (line {}{more})", lines.join(", ")));
    }
    if account.repeated > 0 {
        let repeated = text::thousands(account.repeated);
        parts.push(format!("{repeated} repeat a tie and were added to it"));
    }
    note(&format!("{}: {}", account.file, parts.join(", ")))?;
    found.notes.iter().try_for_each(|line| note(line))
}

fn write(
    out: Option<&Path>,
    format: Format,
    list: &EdgeList,
    found: &Table,
) -> std::result::Result<(), CliError> {
    let Some(path) = out else {
        if format == Format::Summary {
            return summary(list, found);
        }
        let mut stdout = BufWriter::with_capacity(1 << 20, io::stdout().lock());
        let written = encode(&mut stdout, format, list, found).and_then(|()| stdout.flush());
        return written.map_err(CliError::from_stdout);
    };
    let failed = |source| Error::Write { path: path.to_owned(), source };
    output::write_file(path, |file| encode(file, format, list, found).map_err(failed))?;
    Ok(())
}

fn encode(out: &mut impl Write, format: Format, list: &EdgeList, found: &Table) -> io::Result<()> {
    match format {
        Format::Json => sheet::json(out, &list.people, found, &list.account),
        Format::Csv => sheet::csv(out, &list.people, found),
        Format::Parquet => {
            let bytes = sheet::parquet(&list.people, found).map_err(io::Error::other)?;
            out.write_all(&bytes)
        }
        Format::Summary => Ok(()),
    }
}

/// The network in a few lines, then each measure with its range and who stands highest.
fn summary(list: &EdgeList, found: &Table) -> std::result::Result<(), CliError> {
    for (id, whole) in &found.whole {
        let shown = match whole {
            Whole::Number(Some(value)) => short(*value),
            Whole::Number(None) => "undefined".to_owned(),
            Whole::Sizes(_) => continue,
            Whole::Nodes(nodes) => text::thousands(nodes.len() as u64),
            Whole::Ties(ties) => text::thousands(ties.len() as u64),
        };
        say(&format!("{id:<28}{shown:>14}"))?;
    }
    say("")?;
    say(&format!(
        "{:<28}{:>14}{:>14}{:>14}  highest at",
        "measure", "lowest", "median", "highest"
    ))?;
    for column in &found.columns {
        let mut order: Vec<(f64, usize)> = (column.values.iter().enumerate())
            .filter_map(|(node, value)| Some(((*value)?, node)))
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let at = |place: usize| order.get(place).map_or("-".to_owned(), |found| short(found.0));
        let top: Vec<&str> = order.iter().take(3).map(|found| list.people.id(found.1)).collect();
        let (low, middle, high) = (at(order.len().saturating_sub(1)), at(order.len() / 2), at(0));
        say(&format!("{:<28}{low:>14}{middle:>14}{high:>14}  {}", column.id, top.join(", ")))?;
    }
    say("")?;
    say(
        "Every person's values: --json, --csv or --out FILE.parquet. What a measure means: weaktie explain MEASURE.",
    )
}

/// Four significant digits are enough for the eye.
fn short(value: f64) -> String {
    let size = value.abs();
    if value.fract().abs() <= 0.0 && size < 1e15 {
        format!("{value:.0}")
    } else if size >= 1000.0 {
        format!("{value:.1}")
    } else if size >= 0.001 {
        format!("{value:.4}")
    } else {
        format!("{value:.2e}")
    }
}
