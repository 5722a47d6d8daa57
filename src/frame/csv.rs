//! Columns as CSV text, encoded by several threads and written in order.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use rayon::prelude::*;

use super::{Named, Values};
use crate::error::{Error, Result};
use crate::text::is_formula;

/// Rows encoded at a time.
const CHUNK: usize = 8_192;

/// Writes tables of the same columns below one header, one record a row. Text with commas, quotes or line ends is quoted; text that a spreadsheet would take
/// for a formula is led by an apostrophe.
///
/// # Errors
/// [`Error::Write`] when the stream fails.
pub fn write_csv(
    tables: impl Iterator<Item = Vec<Named>>,
    to: &mut impl Write,
    path: &Path,
) -> Result<()> {
    let failed = |source| Error::Write { path: path.to_owned(), source };
    for (nth, columns) in tables.enumerate() {
        if nth == 0 {
            let names: Vec<&str> = columns.iter().map(|column| &*column.name).collect();
            writeln!(to, "{}", names.join(",")).map_err(failed)?;
        }
        let rows = columns.first().map_or(0, |column| column.values.len());
        let starts: Vec<usize> = (0..rows).step_by(CHUNK).collect();
        let texts: Vec<Vec<u8>> = starts
            .par_iter()
            .map(|start| encode(&columns, *start..(*start + CHUNK).min(rows)))
            .collect();
        for text in texts {
            to.write_all(&text).map_err(failed)?;
        }
    }
    Ok(())
}

fn encode(columns: &[Named], rows: std::ops::Range<usize>) -> Vec<u8> {
    let mut text = Vec::new();
    for row in rows {
        for (nth, column) in columns.iter().enumerate() {
            if nth > 0 {
                text.push(b',');
            }
            column.values.write(row, &mut text);
        }
        text.push(b'\n');
    }
    text
}

impl Values {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Text(values) => values.len(),
            Self::MaybeText(values) => values.len(),
            Self::MaybeDay(values) => values.len(),
            Self::MaybeFlag(values) => values.len(),
            Self::Chosen { rows, .. } => rows.len(),
            Self::Word(values) => values.len(),
            Self::Count(values) => values.len(),
            Self::MaybeCount(values) => values.len(),
            Self::Number(values) => values.len(),
            Self::MaybeNumber(values) => values.len(),
            Self::Instant(values) => values.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a row as text, `None` where it is missing: days in ISO 8601, numbers in the shortest form that
    /// reads back to the same number.
    #[must_use]
    pub fn shown(&self, row: usize) -> Option<String> {
        match self {
            Self::Text(values) => Some(values[row].clone()),
            Self::MaybeText(values) => values[row].clone(),
            Self::MaybeDay(values) => values[row].map(|day| day.to_string()),
            Self::MaybeFlag(values) => values[row].map(|flag| flag.to_string()),
            Self::Chosen { list, rows } => Some(list[rows[row] as usize].clone()),
            Self::Word(values) => Some(values[row].to_owned()),
            Self::Count(values) => Some(values[row].to_string()),
            Self::MaybeCount(values) => values[row].map(|count| count.to_string()),
            Self::Number(values) => Some(values[row].to_string()),
            Self::MaybeNumber(values) => values[row].map(|number| number.to_string()),
            Self::Instant(values) => {
                Timestamp::from_second(values[row]).ok().map(|instant| instant.to_string())
            }
        }
    }

    fn write(&self, row: usize, to: &mut Vec<u8>) {
        match self {
            Self::Text(values) => write_text(&values[row], to),
            Self::MaybeText(values) => write_text(values[row].as_deref().unwrap_or_default(), to),
            Self::MaybeDay(values) => write_shown(values[row], to),
            Self::MaybeFlag(values) => write_shown(values[row], to),
            Self::Chosen { list, rows } => write_text(&list[rows[row] as usize], to),
            Self::Word(values) => write_text(values[row], to),
            Self::Count(values) => write_shown(Some(values[row]), to),
            Self::MaybeCount(values) => write_shown(values[row], to),
            Self::Number(values) => write_shown(Some(values[row]), to),
            Self::MaybeNumber(values) => write_shown(values[row], to),
            Self::Instant(values) => {
                write_shown(Timestamp::from_second(values[row]).ok(), to);
            }
        }
    }
}

/// Numbers in the shortest form that reads back to the same number.
fn write_shown(value: Option<impl std::fmt::Display>, to: &mut Vec<u8>) {
    if let Some(value) = value {
        // Writing to memory cannot fail.
        let _ = write!(to, "{value}");
    }
}

fn write_text(text: &str, to: &mut Vec<u8>) {
    let formula = is_formula(text);
    let quoted = formula || text.contains([',', '"', '\n', '\r']);
    if !quoted {
        to.extend_from_slice(text.as_bytes());
        return;
    }
    to.push(b'"');
    if formula {
        to.push(b'\'');
    }
    for byte in text.bytes() {
        if byte == b'"' {
            to.push(b'"');
        }
        to.push(byte);
    }
    to.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_value_has_its_form() {
        let text = |t: &str| t.to_owned();
        let columns = vec![
            Named {
                name: "who".into(),
                values: Values::Text(vec![text("a,\"b\""), text("=1+1"), text("x")]),
            },
            Named { name: "word".into(), values: Values::Word(vec!["new", "gone", ""]) },
            Named { name: "n".into(), values: Values::MaybeCount(vec![Some(3), None, Some(0)]) },
            Named {
                name: "r".into(),
                values: Values::MaybeNumber(vec![Some(0.1), None, Some(1e-9)]),
            },
            Named { name: "at".into(), values: Values::Instant(vec![0, 1_706_709_911, 1]) },
        ];
        let mut bytes = Vec::new();
        write_csv([columns].into_iter(), &mut bytes, Path::new("x.csv")).unwrap();
        let expected = "who,word,n,r,at\n\
                        \"a,\"\"b\"\"\",new,3,0.1,1970-01-01T00:00:00Z\n\
                        \"'=1+1\",gone,,,2024-01-31T14:05:11Z\n\
                        x,,0,0.000000001,1970-01-01T00:00:01Z\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }

    #[test]
    fn many_rows_stay_in_order() {
        let table = |rows| vec![Named { name: "n".into(), values: Values::Count(rows) }];
        let tables = [table((0..200_000).collect()), table((200_000..300_000).collect())];
        let mut bytes = Vec::new();
        write_csv(tables.into_iter(), &mut bytes, Path::new("x.csv")).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let numbers: Vec<u32> = text.lines().skip(1).map(|line| line.parse().unwrap()).collect();
        assert!(numbers.len() == 300_000 && numbers.is_sorted());
    }
}
