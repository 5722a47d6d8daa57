//! A recognised table on its way to a reader.
//!
//! Responsible for the loop that every reader shares, and with it for the promise that each row is either used
//! or skipped under one code.

use std::borrow::Cow;
use std::sync::Arc;

use super::ahead;
use super::dates::{Order, OrderSigns};
use super::noise::Noise;
use super::problem::{Code, Problem};
use super::reading::Scope;
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
    /// What is known to be missing from it: the sentence, without its end.
    pub(super) damage: Option<&'static str>,
    /// What the run leaves out as noise.
    pub(super) noise: Arc<Noise>,
    /// What the user says of the file.
    pub(super) scope: Scope,
    /// The section of the settings that names its columns.
    pub(super) section: Option<String>,
    /// Which table it is.
    pub(super) found: Found,
}

/// A record of more bytes than this is no row of a contact list or log.
const LONGEST: usize = 16 << 20;

/// Why a row is left out, with a sentence for the report and the noise rule that said so, if one did.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Skip(
    pub(super) Code,
    pub(super) Cow<'static, str>,
    pub(super) Option<&'static str>,
);

impl Skip {
    /// A skip with a fixed sentence.
    pub(super) fn new(code: Code, message: &'static str) -> Self {
        Self(code, Cow::Borrowed(message), None)
    }

    /// A skip by a noise rule.
    pub(super) fn by_rule(code: Code, message: &'static str, rule: &'static str) -> Self {
        Self(code, Cow::Borrowed(message), Some(rule))
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
        let columns = self.found.at.iter().zip(self.found.shape.columns);
        let columns: Vec<(usize, &'static str)> =
            columns.filter_map(|(at, column)| Some(((*at)?, column.name))).collect();
        let mut filled = vec![0_u64; columns.len()];
        let mut last = self.found.header_line;
        ahead::each(self.rows(one_line), self.text.len(), |row| {
            out.rows_read += 1;
            last = row.mark.line;
            let verdict = if row.mark.broken {
                let what = "a quote is opened and never closed; row left out";
                Err(Skip::new(Code::Malformed, what))
            } else if row.is_blank() {
                Err(Skip::new(Code::Blank, "every field is empty; row left out"))
            } else if row.fields.as_slice().len() > LONGEST {
                let what = "the record is longer than 16 million bytes; row left out";
                Err(Skip::new(Code::Malformed, what))
            } else {
                for ((at, _), filled) in columns.iter().zip(&mut filled) {
                    *filled += u64::from(row.is_filled(*at));
                }
                use_row(&mut out, row)
            };
            match verdict {
                Ok(()) => {
                    out.rows_used += 1;
                    if row.mark.nul {
                        let what = "holds NUL bytes; they are left out, row kept";
                        out.problems.push(Problem::new(row.mark.line, Code::NulBytes, what));
                    }
                }
                Err(Skip(code, message, rule)) => {
                    if let Some(rule) = rule {
                        *out.noise.entry(rule).or_default() += 1;
                    }
                    out.problems.push(Problem::new(row.mark.line, code, message));
                }
            }
        });
        out.coverage = columns.iter().map(|(_, name)| *name).zip(filled).collect();
        if let Some(damage) = self.damage {
            let what = format!("{damage}; what stands up to here is kept");
            out.problems.push(Problem::new(last, Code::CutShort, what));
        }
        out
    }

    /// The records below the header.
    pub(super) fn rows(&self, one_line: bool) -> Records<'_> {
        // A column we do not know may hold text of several lines.
        let one_line = one_line && !self.found.has_unknown;
        let (body, line) = (self.found.body, self.line_of_body());
        let delimiter = self.found.delimiter.0;
        Records::new(&self.text, body, line, delimiter, one_line, self.found.sign())
    }

    /// In which order this file writes day and month: as the user says, else told from a whole column, since a
    /// spreadsheet writes them as its country does.
    pub(super) fn order(&self, column: usize, one_line: bool) -> Order {
        if let Some(said) = self.scope.day_first() {
            return said;
        }
        let Some(at) = self.found.at.get(column).copied().flatten() else {
            return Order::default();
        };
        let mut rows = self.rows(one_line);
        let mut signs = OrderSigns::default();
        while signs.is_open()
            && let Some(row) = rows.next_row()
        {
            signs.note(row.get(Some(at)));
        }
        signs.order()
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
