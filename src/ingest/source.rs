//! A recognised table on its way to a reader.
//!
//! Responsible for the loop that every reader shares, and with it for the promise that each row is either used
//! or skipped under one code.

use std::borrow::Cow;

use super::problem::{Code, Problem};
use super::recognise::Found;
use super::record::FileRecords;
use super::table::{Records, Row};

/// A table and what is known about it.
#[derive(Debug)]
pub(super) struct Source {
    /// The file as the user would name it.
    pub(super) file: String,
    /// The decoded text.
    pub(super) text: String,
    /// The encoding's name.
    pub(super) encoding: &'static str,
    /// Which table it is.
    pub(super) found: Found,
}

/// Why a row is left out, with a sentence for the report.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Skip(pub(super) Code, pub(super) Cow<'static, str>);

impl Skip {
    /// A skip with a fixed sentence.
    pub(super) fn new(code: Code, message: &'static str) -> Self {
        Self(code, Cow::Borrowed(message))
    }
}

impl Source {
    /// Reads every row with `use_row`, which says whether it used the row. Rows that are blank or broken do not
    /// reach it.
    pub(super) fn read(
        &self,
        one_line: bool,
        mut use_row: impl FnMut(&mut FileRecords, &Row<'_>) -> Result<(), Skip>,
    ) -> FileRecords {
        let mut out = FileRecords::new(self.file.as_str(), self.found.shape.kind);
        out.format = format!(
            "{}, {}, header on line {}",
            self.encoding, self.found.delimiter.1, self.found.header_line
        );
        // A column we do not know may hold text of several lines.
        let one_line = one_line && !self.found.has_unknown;
        let (body, line) = (self.found.body, self.line_of_body());
        let mut rows = Records::new(&self.text, body, line, self.found.delimiter.0, one_line);
        while let Some(row) = rows.next_row() {
            out.rows_read += 1;
            let verdict = if row.broken {
                let what = "a quote is opened and never closed; row left out";
                Err(Skip::new(Code::Malformed, what))
            } else if row.is_blank() {
                Err(Skip::new(Code::Blank, "every field is empty; row left out"))
            } else {
                use_row(&mut out, &row)
            };
            match verdict {
                Ok(()) => out.rows_used += 1,
                Err(Skip(code, message)) => {
                    out.problems.push(Problem::new(row.line, code, message));
                }
            }
        }
        out
    }

    fn line_of_body(&self) -> u64 {
        let before = self.text.as_bytes().get(..self.found.body).unwrap_or_default();
        1 + before.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>()
    }

    /// Whether a row has fields with text beyond the last column: an unquoted delimiter moved them.
    pub(super) fn is_too_long(&self, row: &Row<'_>) -> bool {
        row.fields.iter().skip(self.found.width).any(|field| !field.trim().is_empty())
    }
}
