//! A table of titles and companies -> the same table with function, seniority and industry (`weaktie classify`).
//!
//! Responsible for columns, rows and their account. What a title means is told in [`crate::people::attributes`].

mod header;
mod input;
mod output;

use std::io::{Read, Write};
use std::path::Path;

use csv::ByteRecord;
use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::people::attributes::{Classes, Overrides, YOURS};
use header::Header;
pub use input::open;

/// Rows classified at a time.
const CHUNK: usize = 8_192;

/// Skipped rows whose place is kept.
const PLACES: usize = 20;

/// How the rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The input columns, then nine columns of classes.
    Csv,
    /// One object with `rows` and the account.
    Json,
}

/// What became of the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Rows below the header; empty lines are none.
    pub rows_read: u64,
    /// Rows written.
    pub rows_used: u64,
    /// Rows left out because their cells do not match the header.
    pub rows_skipped: u64,
    /// Lines above the header, as in a LinkedIn export.
    pub preamble: u64,
    /// Rows with a known function, seniority and industry.
    pub known: [u64; 3],
    /// Rows in which the user's own entries decided something.
    pub yours: u64,
    /// The first skipped rows.
    pub problems: Vec<Problem>,
    /// The column read as title, and the one read as company.
    pub columns: [Option<String>; 2],
}

/// A row left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line it starts on, from 1.
    pub line: u64,
    /// First column that is missing or too many, from 1.
    pub column: usize,
    /// What was found.
    pub message: String,
}

/// A row and its classes.
struct Row {
    line: u64,
    cells: Vec<String>,
    classes: Classes,
}

/// Classifies every row of `input` and writes them in order; `file` names it in errors.
///
/// Rows with too few or too many cells are left out and accounted for. Reads and writes in pieces: memory does not
/// grow with the file. The same bytes for any number of threads.
///
/// ```
/// use weaktie::classify::{Format, classify};
/// let mut out = Vec::new();
/// let csv = "name;Job Title\nAna;Nurse\n";
/// let account = classify(csv.as_bytes(), "t.csv", &Default::default(), Format::Csv, &mut out)?;
/// assert_eq!(account.rows_used, 1);
/// assert!(String::from_utf8(out).unwrap().contains("Ana,Nurse,health,"));
/// # Ok::<(), weaktie::Error>(())
/// ```
///
/// # Errors
/// [`Error::Unusable`] without a column of titles or companies, or when no row can be used; [`Error::Read`] and
/// [`Error::Write`] when reading or writing fails.
pub fn classify(
    input: impl Read,
    file: &str,
    said: &Overrides,
    format: Format,
    out: &mut impl Write,
) -> Result<Account> {
    let mut table = input::Table::new(input, file)?;
    let header = Header::find(&mut table, file)?;
    let mut account = Account {
        preamble: header.preamble,
        columns: [header.title, header.company].map(|at| Some(header.names[at?].clone())),
        ..Account::default()
    };
    let failed = |source| Error::Write { path: Path::new("standard output").to_owned(), source };
    let mut chunk: Vec<(u64, ByteRecord)> = Vec::with_capacity(CHUNK);
    loop {
        let more = table.fill(&mut chunk, CHUNK)?;
        let rows: Vec<std::result::Result<Row, Problem>> =
            chunk.par_drain(..).map(|(line, record)| row(line, &record, &header, said)).collect();
        let mut used = Vec::with_capacity(rows.len());
        for row in rows {
            account.rows_read += 1;
            match row {
                Ok(row) => {
                    count(&mut account, &row.classes);
                    used.push(row);
                }
                Err(problem) => {
                    account.rows_skipped += 1;
                    if account.problems.len() < PLACES {
                        account.problems.push(problem);
                    }
                }
            }
        }
        let texts: Vec<Vec<u8>> =
            used.par_chunks(512).map(|rows| output::encode(rows, format, &header)).collect();
        // Nothing is written before a row can be used.
        let is_begin = !used.is_empty() && account.rows_used == used.len() as u64;
        if is_begin {
            output::begin(out, format, &header).map_err(failed)?;
        }
        for (nth, text) in texts.iter().enumerate() {
            let is_first = nth == 0 && is_begin;
            output::write(out, format, text, is_first).map_err(failed)?;
        }
        if !more {
            break;
        }
    }
    if account.rows_used == 0 {
        return Err(nothing(file, &account));
    }
    output::end(out, format, file, &account).map_err(failed)?;
    Ok(account)
}

/// Counts a row that is written.
fn count(account: &mut Account, classes: &Classes) {
    account.rows_used += 1;
    let all = [&classes.function, &classes.seniority, &classes.industry];
    for (known, class) in account.known.iter_mut().zip(all) {
        *known += u64::from(class.is_some());
    }
    let yours = all.iter().any(|class| class.as_ref().is_some_and(|class| class.rule == YOURS));
    account.yours += u64::from(yours);
}

/// Reads one row.
fn row(
    line: u64,
    record: &ByteRecord,
    header: &Header,
    said: &Overrides,
) -> std::result::Result<Row, Problem> {
    let wanted = header.names.len();
    let found = record.len();
    // Spreadsheets write empty cells to the right of a table.
    let is_empty = |cell: &[u8]| cell.trim_ascii().is_empty();
    if found < wanted || record.iter().skip(wanted).any(|cell| !is_empty(cell)) {
        let lines = record.iter().flatten().filter(|byte| **byte == b'\n').count();
        let open =
            if lines > 0 { "; it runs over several lines: is a quote left open?" } else { "" };
        let cells = if found == 1 { "cell" } else { "cells" };
        let message = format!("{found} {cells} where the header has {wanted}{open}");
        return Err(Problem { line, column: found.min(wanted) + 1, message });
    }
    let cells: Vec<String> = record.iter().take(wanted).map(input::text).collect();
    let cell = |at: Option<usize>| at.map_or("", |at| cells[at].as_str());
    let keys: Vec<String> = header.keys.iter().filter_map(|at| header::key(&cells[*at])).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let classes = said.classify(cell(header.title), cell(header.company), &keys);
    Ok(Row { line, cells, classes })
}

/// The error of a table without a row.
fn nothing(file: &str, account: &Account) -> Error {
    let what = match account.problems.first() {
        None => "there is no row below the header".to_owned(),
        Some(first) => {
            let rows = crate::text::count(account.rows_read, "row");
            format!(
                "none of the {rows} can be used: line {}, column {}: {}",
                first.line, first.column, first.message
            )
        }
    };
    let hint = "every row needs one cell for each column of the header";
    Error::unusable(file, what, Some(hint.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: impl AsRef<[u8]>, format: Format) -> (String, Account) {
        let mut out = Vec::new();
        let account =
            classify(text.as_ref(), "t.csv", &Overrides::default(), format, &mut out).unwrap();
        (String::from_utf8(out).unwrap(), account)
    }

    #[test]
    fn input_columns_are_kept_and_clashing_ones_renamed() {
        let (out, account) = run("id,Function,title,input_function\n1,x,Nurse,y\n", Format::Csv);
        let (header, row) = out.split_once('\n').unwrap();
        assert_eq!(
            header,
            "id,input_input_Function,title,input_function,function,function_confidence,function_rule,\
             seniority,seniority_confidence,seniority_rule,industry,industry_confidence,industry_rule"
        );
        assert!(row.starts_with("1,x,Nurse,y,health,0."), "{row}");
        assert!(row.contains(",mid,0.") && row.ends_with(",unknown,0.00,none\n"), "{row}");
        assert_eq!(account.known, [1, 1, 0]);
    }

    #[test]
    fn quoted_lines_marks_and_old_encodings_are_read() {
        let text = b"\xef\xbb\xbfName;Position;Company\r\n\"Uma\r\nLind\";M\xe9dico;\"Caf\xe9; \"\"Bar\"\"\"\r\n\r\nBo;Nurse;Mayo Clinic\r\n";
        let (out, account) = run(text, Format::Csv);
        assert_eq!((account.rows_read, account.rows_used), (2, 2));
        assert!(out.contains("\"Uma\r\nLind\",Médico,\"Café; \"\"Bar\"\"\",health,"), "{out}");
        let wide: Vec<u8> =
            "\u{feff}title\nNurse\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(run(wide, Format::Csv).0.contains("\nNurse,health,"));
    }

    #[test]
    fn rows_that_do_not_fit_are_accounted_for() {
        let text = "title,company\nNurse,Mayo Clinic\nNurse\na,b,c\nChef,,,\n\"Nurse,x\ny\n";
        let (out, account) = run(text, Format::Csv);
        assert_eq!((account.rows_read, account.rows_used, account.rows_skipped), (5, 2, 3));
        let lines: Vec<(u64, usize)> =
            account.problems.iter().map(|problem| (problem.line, problem.column)).collect();
        assert_eq!(lines, [(3, 2), (4, 3), (6, 2)]);
        assert!(account.problems[2].message.contains("quote"), "{:?}", account.problems);
        assert_eq!(out.lines().count(), 3);
    }

    #[test]
    fn notes_above_the_header_are_passed_over() {
        let text = "Notes:\n\"When exporting, some\naddresses are missing\"\n\nFirst Name,Company,Position\nUma,Mayo Clinic,Nurse\n";
        let (out, account) = run(text, Format::Csv);
        assert!(out.starts_with("First Name,Company,Position,function,"), "{out}");
        assert_eq!((account.preamble, account.rows_used), (4, 1));
        assert_eq!(account.columns, [Some("Position".to_owned()), Some("Company".to_owned())]);
    }

    #[test]
    fn order_and_bytes_do_not_hang_on_threads() {
        let titles = ["Nurse", "CFO", "Dreaming", "Java Developer"];
        let lines = (0..9_000).map(|n| format!("{n},{}\n", titles[n % 4]));
        let text: String = std::iter::once("n,title\n".to_owned()).chain(lines).collect();
        let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let one = pool(1).install(|| run(&text, Format::Json));
        let three = pool(3).install(|| run(&text, Format::Json));
        assert!(one == three);
        let json: serde_json::Value = serde_json::from_str(&one.0).unwrap();
        let rows = json["rows"].as_array().unwrap();
        assert!(
            rows.iter()
                .enumerate()
                .all(|(n, row)| row["n"].as_str() == Some(n.to_string().as_str()))
        );
        assert_eq!(json["rows_used"], 9_000);
        assert_eq!(rows[2]["function"], serde_json::Value::Null);
        assert_eq!(rows[1]["seniority"], "cxo");
    }

    #[test]
    fn tables_without_what_is_needed_are_refused() {
        let refused = |text: &str| {
            let said = Overrides::default();
            classify(text.as_bytes(), "t.csv", &said, Format::Csv, &mut Vec::new())
                .unwrap_err()
                .to_string()
        };
        assert!(refused("").contains("empty"));
        assert!(refused("name,age\nUma,4\n").contains("no column of titles or companies"));
        assert!(refused("title\n").contains("no row"));
        assert!(refused("title,x\nNurse\n").contains("line 2, column 2"));
    }

    #[test]
    fn nothing_but_the_listed_attributes_is_added() {
        let (out, _) = run("title\nNurse\n", Format::Csv);
        let added: Vec<&str> = out.lines().next().unwrap().split(',').skip(1).collect();
        let mut wanted = Vec::new();
        for name in crate::people::attributes::taxonomy::ATTRIBUTES {
            wanted.extend([name.to_owned(), format!("{name}_confidence"), format!("{name}_rule")]);
        }
        assert_eq!(added, wanted);
    }
}
