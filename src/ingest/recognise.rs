//! Which known table a text is, told by its header.
//!
//! Responsible for delimiter, header line and the place of each column; and, when a table is not known, for
//! saying which columns it has and what it comes nearest to.

use super::book;
use super::calendar_table;
use super::linkedin;
use super::log;
use super::record::Kind;
use super::table::{Candidate, DELIMITERS, Sign, first_lines, first_records};

/// A column: its name in the format and other names it goes by, as [`key`]s.
#[derive(Debug)]
pub(super) struct Column {
    /// The name as the format's own files spell it.
    pub(super) name: &'static str,
    /// Other spellings.
    pub(super) aliases: &'static [&'static str],
}

/// Whether a cell reads as a date of a table.
pub(super) type IsDate = fn(&str) -> bool;

/// A known table.
#[derive(Debug)]
pub(super) struct Shape {
    /// What it is read as.
    pub(super) kind: Kind,
    /// Its name for people.
    pub(super) title: &'static str,
    /// Columns in the order that its reader numbers them.
    pub(super) columns: &'static [Column],
    /// The columns that tell it from other tables.
    pub(super) required: &'static [usize],
    /// A column that holds a date in every whole record, and how such a date is told.
    pub(super) date: Option<(usize, IsDate)>,
}

/// Every known table; the first that fits wins, so the special ones stand before the general ones.
fn shapes() -> impl DoubleEndedIterator<Item = &'static Shape> + Clone {
    linkedin::SHAPES.iter().copied().chain([
        &calendar_table::SHAPE,
        &book::GOOGLE,
        &book::OUTLOOK,
        &log::SHAPE,
    ])
}

/// A recognised table.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Which table.
    pub(super) shape: &'static Shape,
    /// The delimiter and its name.
    pub(super) delimiter: (u8, &'static str),
    /// The line of the header, from 1.
    pub(super) header_line: u64,
    /// Where the first data record may start, in bytes.
    pub(super) body: usize,
    /// The place of each column of the shape.
    pub(super) at: Vec<Option<usize>>,
    /// How many columns the header has, without empty ones at its end.
    pub(super) width: usize,
    /// Whether the header has columns that the shape does not know.
    pub(super) has_unknown: bool,
}

impl Found {
    /// How a record of this table is told from a line of text.
    pub(super) fn sign(&self) -> Option<Sign> {
        let (column, is_date) = self.shape.date?;
        let column = self.at.get(column).copied().flatten()?;
        Some(Sign { fields: self.width, column, is_date })
    }
}

/// A column name without case, spaces and punctuation.
pub(super) fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether `wanted` is the [`key`] of `name`, told without a text of its own: every header is held against every column.
fn is_key_of(wanted: &str, name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    wanted.chars().eq(letters)
}

/// Whether a log has a use for a column of this name.
pub(super) fn is_log_column(name: &str) -> bool {
    let wanted = key(name);
    let is =
        |column: &Column| key(column.name) == wanted || column.aliases.contains(&wanted.as_str());
    log::SHAPE.columns.iter().any(is)
}

/// The known table that the text is.
pub(super) fn recognise(text: &str) -> Option<Found> {
    let among = |first: fn(&str, u8) -> Vec<Candidate>| {
        DELIMITERS.into_iter().find_map(|delimiter| {
            let candidates = first(text, delimiter.0);
            candidates.iter().find_map(|candidate| {
                let keys = keys(candidate);
                shapes().find_map(|shape| fit(shape, candidate, &keys, delimiter))
            })
        })
    };
    among(first_records).or_else(|| among(first_lines))
}

/// A table of which only the rows are counted: the first record is its header.
pub(super) fn rows_only(text: &str, shape: &'static Shape) -> Option<Found> {
    let by_delimiter = DELIMITERS.into_iter().filter_map(|delimiter| {
        let header = first_records(text, delimiter.0).into_iter().next()?;
        let found = fit(shape, &header, &keys(&header), delimiter)?;
        Some((header.fields.len(), found))
    });
    // The first of equals: the order of the delimiters.
    by_delimiter.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|best| best.1)
}

fn keys(header: &Candidate) -> Vec<String> {
    header.fields.iter().map(|field| key(field)).collect()
}

fn fit(
    shape: &'static Shape,
    header: &Candidate,
    keys: &[String],
    delimiter: (u8, &'static str),
) -> Option<Found> {
    let is_wide = header.fields.len() >= shape.required.len();
    let has = |column: &usize| place(&shape.columns[*column], keys).is_some();
    if !is_wide || !shape.required.iter().all(has) {
        return None;
    }
    let at: Vec<Option<usize>> = shape.columns.iter().map(|column| place(column, keys)).collect();
    let width = keys.iter().rposition(|key| !key.is_empty()).map_or(0, |last| last + 1);
    let known = at.iter().flatten().count();
    Some(Found {
        shape,
        delimiter,
        header_line: header.line,
        body: header.end,
        at,
        width,
        has_unknown: known < keys.iter().filter(|key| !key.is_empty()).count(),
    })
}

/// Where a column stands: under its own name, else under the only alias present. Two aliases side by side leave
/// open which one is meant.
fn place(column: &Column, keys: &[String]) -> Option<usize> {
    if let Some(at) = keys.iter().position(|key| is_key_of(key, column.name)) {
        return Some(at);
    }
    let mut others =
        keys.iter().enumerate().filter(|(_, key)| column.aliases.contains(&key.as_str()));
    let first = others.next()?.0;
    others.next().is_none().then_some(first)
}

/// For a text that is not a known table: the columns found and what it comes nearest to, as a sentence and a hint.
pub(super) fn unknown(text: &str) -> (String, String) {
    let Some(fields) = columns_found(text) else {
        // A text without columns may be somebody's letter: nothing of it is quoted.
        let hint = "give a LinkedIn export or a CSV log with timestamp,from,to,channel";
        return ("a text without columns, not a table".to_owned(), hint.to_owned());
    };
    if fields.iter().any(|field| is_value(field)) {
        // A row of somebody's data is not quoted as the names of columns.
        let hint = "put a line with the names of the columns above the first row";
        return ("a table without a header: line 1 holds data".to_owned(), hint.to_owned());
    }
    let shown: Vec<String> =
        fields.iter().take(20).map(|name| name.chars().take(40).collect()).collect();
    let keys: Vec<String> = fields.iter().map(|field| key(field)).collect();
    let present = |shape: &Shape, column: usize| place(&shape.columns[column], &keys).is_some();
    let share = |shape: &&'static Shape| {
        let found = shape.required.iter().filter(|column| present(shape, **column)).count();
        // In sixtieths, so that shares of tables of different size compare as whole numbers.
        (found * 60 / shape.required.len().max(1), shape.kind == Kind::Log)
    };
    let nearest = shapes().rev().max_by_key(share).unwrap_or(&log::SHAPE);
    let missing: Vec<&str> = nearest
        .required
        .iter()
        .filter(|column| !present(nearest, **column))
        .map(|column| nearest.columns[*column].name)
        .collect();
    let what = format!("not a known table; columns found: {}", shown.join(", "));
    let hint =
        format!("the nearest known format is {}; missing: {}", nearest.title, missing.join(", "));
    (what, hint)
}

/// Whether a cell holds data and is no name of a column: an address, a link, or what begins with a digit as numbers and dates do.
fn is_value(cell: &str) -> bool {
    let cell = cell.trim();
    cell.contains('@') || cell.contains("://") || cell.starts_with(|c: char| c.is_ascii_digit())
}

/// The widest of the first records, if the one after it is as wide or it stands alone.
fn columns_found(text: &str) -> Option<Vec<String>> {
    let by_delimiter = DELIMITERS.into_iter().filter_map(|(delimiter, _)| {
        let rows = first_records(text, delimiter);
        let widest = rows.iter().map(|row| row.fields.len()).max().filter(|width| *width > 1)?;
        let at = rows.iter().position(|row| row.fields.len() == widest)?;
        let next = rows.get(at + 1);
        let even = next.map_or(at == 0, |next| next.fields.len() == widest);
        even.then(|| rows[at].fields.clone())
    });
    // The first of equals: the order of the delimiters.
    by_delimiter.reduce(|best, next| if next.len() > best.len() { next } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_data_is_no_header() {
        let is = |cell: &str| is_value(cell);
        assert!(is("ana@example.org") && is("2024-01-31") && is("https://example.org/a"));
        assert!(!is("E-mail 1 - Value") && !is("Sent at") && !is(""));
    }

    fn kind(text: &str) -> Option<(Kind, u64, u8)> {
        recognise(text).map(|found| (found.shape.kind, found.header_line, found.delimiter.0))
    }

    const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

    #[test]
    fn gotcha_1_and_2_the_header_is_found_with_and_without_a_preamble() {
        let preamble = "Notes:\n\"When exporting your connection data, you may notice\"\n\n";
        assert_eq!(kind(HEADER), Some((Kind::Connections, 1, b',')));
        assert_eq!(kind(&format!("{preamble}{HEADER}")), Some((Kind::Connections, 4, b',')));
        let padded = format!("Notes:,,,,,,\n{HEADER}");
        assert_eq!(kind(&padded), Some((Kind::Connections, 2, b',')));
    }

    #[test]
    fn gotcha_14_and_18_quotes_marks_delimiters_and_languages() {
        let messages = "\"CONVERSATION ID\",\"FROM\",\"TO\",\"DATE\"\n";
        assert_eq!(kind(messages), Some((Kind::Messages, 1, b',')));
        assert_eq!(
            kind("FirstName;LastName;Company;ConnectedOn\n"),
            Some((Kind::Connections, 1, b';'))
        );
        let german = "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\n";
        assert_eq!(kind(german), Some((Kind::Connections, 1, b',')));
    }

    #[test]
    fn each_table_is_told_by_its_header() {
        let cases = [
            ("From,To,Date,Subject,Content,Direction,Folder", Kind::Messages),
            ("From,To,Sent At,Message,Direction", Kind::Invitations),
            ("Email Address,Confirmed,Primary,Updated On", Kind::EmailAddresses),
            ("Company Name,Title,Description,Location,Started On,Finished On", Kind::Positions),
            ("First Name,Last Name,Maiden Name,Address,Birth Date,Headline", Kind::Profile),
            ("timestamp,from,to,channel,thread", Kind::Log),
            ("When\tSender\tRecipient\tType", Kind::Log),
        ];
        for (header, expected) in cases {
            assert_eq!(kind(header).map(|found| found.0), Some(expected), "{header}");
        }
        assert_eq!(kind("date,when,from,to"), None);
        assert_eq!(kind("Source,FirstName,LastName,Companies,CreatedAt"), None);
    }

    #[test]
    fn an_unknown_table_is_described() {
        let (what, hint) = unknown("when,whom,note\n1,2,3\n");
        assert_eq!(what, "not a known table; columns found: when, whom, note");
        assert_eq!(hint, "the nearest known format is an interaction log (CSV); missing: from, to");
    }

    #[test]
    fn a_letter_is_not_quoted() {
        let (what, _) = unknown("Dear Tom, it was good to meet you.\nYours, and so on, Uma\n");
        assert_eq!(what, "a text without columns, not a table");
    }
}
