//! Rows with their classes as CSV or JSON text.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::people::attributes::taxonomy::{ATTRIBUTES, UNKNOWN};
use crate::people::attributes::{Class, Classes};
use crate::text::guarded;

use super::header::{Header, added};
use super::{Account, Format, Row};

/// Writes what stands before the first row.
pub(super) fn begin(out: &mut impl Write, format: Format, header: &Header) -> io::Result<()> {
    match format {
        Format::Json => out.write_all(b"{\"rows\":["),
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(Vec::new());
            csv.write_record(
                header.shown.iter().chain(&added()).map(|cell| guarded(cell).into_owned()),
            )?;
            out.write_all(&csv.into_inner().map_err(csv::IntoInnerError::into_error)?)
        }
    }
}

/// Writes encoded rows; between JSON rows stands a comma.
pub(super) fn write(
    out: &mut impl Write,
    format: Format,
    text: &[u8],
    is_first: bool,
) -> io::Result<()> {
    let text =
        if format == Format::Json && is_first { text.get(1..).unwrap_or(text) } else { text };
    out.write_all(text)
}

/// Encodes rows; each JSON row is led by a comma.
pub(super) fn encode(rows: &[Row], format: Format, header: &Header) -> Vec<u8> {
    match format {
        Format::Csv => as_csv(rows),
        Format::Json => {
            let mut text = Vec::with_capacity(rows.len() * 256);
            for row in rows {
                text.extend_from_slice(b",\n");
                text.extend_from_slice(object(row, header).to_string().as_bytes());
            }
            text
        }
    }
}

fn answers(classes: &Classes) -> [&Option<Class>; 3] {
    [&classes.function, &classes.seniority, &classes.industry]
}

fn as_csv(rows: &[Row]) -> Vec<u8> {
    let mut csv = csv::Writer::from_writer(Vec::with_capacity(rows.len() * 128));
    let mut number = String::new();
    for row in rows {
        // Writing into memory does not fail.
        for cell in &row.cells {
            let _ = csv.write_field(guarded(cell).as_bytes());
        }
        for class in answers(&row.classes) {
            let (code, confidence) =
                class.as_ref().map_or((UNKNOWN, 0.0), |class| (class.code, class.confidence));
            let rule = class.as_ref().map_or_else(|| "none".to_owned(), Class::reason);
            number.clear();
            let _ = std::fmt::Write::write_fmt(&mut number, format_args!("{confidence:.2}"));
            let _ = csv.write_field(code);
            let _ = csv.write_field(&number);
            let _ = csv.write_field(&rule);
        }
        let _ = csv.write_record(None::<&[u8]>);
    }
    csv.into_inner().unwrap_or_default()
}

/// A row as an object: the input columns as text, then the classes; an unknown class is `null`.
fn object(row: &Row, header: &Header) -> Value {
    let mut object = Map::new();
    object.insert("line".to_owned(), json!(row.line));
    for (name, cell) in header.shown.iter().zip(&row.cells) {
        object.insert(name.clone(), json!(cell));
    }
    for (name, class) in ATTRIBUTES.iter().zip(answers(&row.classes)) {
        let class = class.as_ref();
        object.insert((*name).to_owned(), json!(class.map(|class| class.code)));
        let confidence = class.map(|class| (class.confidence * 100.0).round() / 100.0);
        object.insert(format!("{name}_confidence"), json!(confidence));
        object.insert(format!("{name}_rule"), json!(class.map(Class::reason)));
    }
    Value::Object(object)
}

/// Writes what stands after the last row.
pub(super) fn end(
    out: &mut impl Write,
    format: Format,
    file: &str,
    account: &Account,
) -> io::Result<()> {
    if format == Format::Csv {
        return Ok(());
    }
    let problems: Vec<Value> = (account.problems.iter())
        .map(|problem| {
            json!({"line": problem.line, "column": problem.column, "code": "malformed",
                "message": problem.message})
        })
        .collect();
    let known: Map<String, Value> = (ATTRIBUTES.iter().zip(account.known))
        .map(|(name, known)| ((*name).to_owned(), json!(known)))
        .collect();
    let tail = [
        ("file", json!(file)),
        ("rows_read", json!(account.rows_read)),
        ("rows_used", json!(account.rows_used)),
        ("rows_skipped", json!(account.rows_skipped)),
        ("known", Value::Object(known)),
        ("yours", json!(account.yours)),
        ("problems", json!(problems)),
    ];
    out.write_all(b"\n]")?;
    for (key, value) in tail {
        write!(out, ",\n\"{key}\":{value}")?;
    }
    out.write_all(b"}\n")
}
