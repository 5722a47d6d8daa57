//! Which columns hold the two ends and the weight, and where the rows begin.

use crate::error::{Error, Result};

/// What to do when a file is no edge list.
pub(super) const HINT: &str = "give a CSV (plain or .gz) or Parquet file with the columns source,target and, if ties have weights, weight";

/// Pairs of column names that mean the two ends, first match first.
const ENDS: [(&str, &str); 3] = [("source", "target"), ("from", "to"), ("a", "b")];

/// Columns by number, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) weight: Option<usize>,
}

/// The header of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) layout: Layout,
    pub(super) delimiter: u8,
    /// Where the rows begin, in bytes, and on which line.
    pub(super) body: usize,
    pub(super) line: u64,
}

/// Chooses the columns; `None` with fewer than two.
pub(super) fn layout<S: AsRef<str>>(names: &[S]) -> Option<Layout> {
    let at = |wanted: &str| {
        names.iter().position(|name| name.as_ref().trim().eq_ignore_ascii_case(wanted))
    };
    let ends = ENDS.iter().find_map(|(a, b)| Some((at(a)?, at(b)?)));
    let weight = at("weight");
    let mut free = (0..names.len()).filter(|column| Some(*column) != weight);
    let (a, b) = match ends {
        Some(pair) => pair,
        None => (free.next()?, free.next()?),
    };
    Some(Layout { a, b, weight })
}

/// Reads the first line that is not empty. A first line of two numbers is a row: the file has no header.
///
/// # Errors
/// [`Error::Unusable`] for an empty file or fewer than two columns.
pub(super) fn find(text: &[u8], file: &str) -> Result<Header> {
    let mut body = 0;
    let mut line = 1;
    let first = loop {
        let rest = &text[body..];
        if rest.is_empty() {
            return Err(Error::unusable(file, "the file is empty", Some(HINT.to_owned())));
        }
        let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        let first = String::from_utf8_lossy(&rest[..end]).into_owned();
        if !first.trim().is_empty() {
            break (first, end);
        }
        body += (end + 1).min(rest.len());
        line += 1;
    };
    let (first, end) = first;
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(count).unwrap_or(b',');
    let names: Vec<&str> =
        first.split(char::from(delimiter)).map(|name| name.trim().trim_matches('"')).collect();
    let Some(layout) = layout(&names) else {
        let what = format!("line {line} has one column: no edge list");
        return Err(Error::unusable(file, what, Some(HINT.to_owned())));
    };
    let is_number =
        |column: usize| names.get(column).is_some_and(|name| name.parse::<f64>().is_ok());
    if is_number(0) && is_number(1) {
        // Without names a third column of numbers is the weight.
        let weight = is_number(2).then_some(2);
        return Ok(Header { layout: Layout { a: 0, b: 1, weight }, delimiter, body, line });
    }
    let body = (body + end + 1).min(text.len());
    Ok(Header { layout, delimiter, body, line: line + 1 })
}
