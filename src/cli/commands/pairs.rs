//! `weaktie match`: whether pairs of names may be one person's or one company's.

use std::path::Path;

use crate::canonical::{
    Name, PersonFacts, Verdict, compare_companies, compare_people, email, profile_slug,
};
use crate::cli::args::Match;
use crate::cli::{Outcome, say};
use crate::error::{Error, Result};
use crate::text::guarded;

/// Runs the command.
pub(in crate::cli) fn run(args: &Match) -> Outcome {
    let (path, is_people) = match (&args.people, &args.companies) {
        (Some(path), _) => (path, true),
        (None, Some(path)) => (path, false),
        (None, None) => {
            let hint = "name a CSV file with the columns a,b".to_owned();
            return Err(Error::usage("neither --people nor --companies", Some(hint)).into());
        }
    };
    let text = answered(path, is_people)?;
    say(text.trim_end())?;
    Ok(0)
}

/// The pairs with their answers, as CSV.
fn answered(path: &Path, is_people: bool) -> Result<String> {
    let bytes = std::fs::read(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => Error::Missing { path: path.to_path_buf() },
        _ => Error::Read { path: path.to_path_buf(), source },
    })?;
    let (text, _, _) = encoding_rs::UTF_8.decode(&bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let broken = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        unusable(path, &format!("line {line}: not a CSV record"))
    };
    let header = reader.headers().map_err(broken)?.clone();
    let columns = Columns::of(&header, path)?;
    let mut out = csv::Writer::from_writer(Vec::new());
    let bug = |error: csv::Error| Error::Bug(error.to_string());
    out.write_record(["a", "b", "lane", "score", "rule"]).map_err(bug)?;
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().trim();
        let (Some(a), Some(b)) = (record.get(columns.a.name), record.get(columns.b.name)) else {
            let what = format!("line {line}: fewer than two fields");
            return Err(unusable(path, &what));
        };
        let found = if is_people {
            let facts = |name: &str, side: &Side| PersonFacts {
                name: Name::parse(name),
                slug: profile_slug(cell(side.url)).unwrap_or_default(),
                email: email(cell(side.email)).unwrap_or_default(),
                company: cell(side.company).to_owned(),
            };
            compare_people(&facts(a, &columns.a), &facts(b, &columns.b))
        } else {
            compare_companies(a, b)
        };
        let Verdict { lane, score, rule } = found;
        let score = format!("{score:.2}");
        out.write_record([&*guarded(a), &*guarded(b), lane.name(), &score, rule]).map_err(bug)?;
    }
    let bytes = out.into_inner().map_err(|error| Error::Bug(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Error::Bug(error.to_string()))
}

/// Where one side of a pair stands.
struct Side {
    name: usize,
    url: Option<usize>,
    email: Option<usize>,
    company: Option<usize>,
}

struct Columns {
    a: Side,
    b: Side,
}

impl Columns {
    /// The columns `a` and `b`, or else the first two; with `a_url`, `a_email`, `a_company` and the same for `b`.
    fn of(header: &csv::StringRecord, path: &Path) -> Result<Self> {
        let find = |name: &str| {
            header.iter().position(|cell| {
                cell.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(name)
            })
        };
        if header.len() < 2 {
            return Err(unusable(path, "line 1: fewer than two columns"));
        }
        let (a, b) = match (find("a"), find("b")) {
            (Some(a), Some(b)) => (a, b),
            _ => (0, 1),
        };
        let side = |letter: &str, name: usize| Side {
            name,
            url: find(&format!("{letter}_url")),
            email: find(&format!("{letter}_email")),
            company: find(&format!("{letter}_company")),
        };
        Ok(Self { a: side("a", a), b: side("b", b) })
    }
}

fn unusable(path: &Path, what: &str) -> Error {
    let hint = "write pairs as CSV with a header: a,b (and a_url, a_email, a_company, b_url, …)";
    Error::unusable(path.display().to_string(), what.to_owned(), Some(hint.to_owned()))
}
