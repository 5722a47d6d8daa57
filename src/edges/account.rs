//! What became of each row: used, or skipped for a reason with its place.

use std::collections::BTreeMap;

use serde::Serialize;

/// Places kept for each reason; the rows are counted all the same.
const PLACES: usize = 10;

/// The rows of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The file's name.
    pub file: String,
    /// Rows below the header; empty lines are none.
    pub rows_read: u64,
    /// Rows that became a tie or were added to one.
    pub rows_used: u64,
    /// The others.
    pub rows_skipped: u64,
    /// Skipped rows by reason.
    pub counts: BTreeMap<&'static str, u64>,
    /// Used rows that repeat a tie of an earlier row, in either direction.
    pub repeated: u64,
    /// The first places of each reason, by line.
    pub problems: Vec<Problem>,
}

/// Why one row was skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Line of the file, from 1; of a Parquet file the row.
    pub line: u64,
    /// Column of the table, from 1.
    pub column: usize,
    /// The reason's code.
    pub code: &'static str,
    /// What was found.
    pub message: String,
}

impl Account {
    /// Counts a skipped row.
    pub(super) fn skip(&mut self, line: u64, column: usize, reason: &Reason) {
        self.rows_read += 1;
        self.rows_skipped += 1;
        let (code, message) = (reason.code(), reason.message());
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= PLACES as u64 {
            self.problems.push(Problem { line, column, code, message });
        }
    }

    /// Counts a used row.
    pub(super) fn use_row(&mut self) {
        self.rows_read += 1;
        self.rows_used += 1;
    }

    /// Adds the account of the rows that follow, `lines` further down.
    pub(super) fn append(&mut self, next: Self, lines: u64) {
        self.rows_read += next.rows_read;
        self.rows_used += next.rows_used;
        self.rows_skipped += next.rows_skipped;
        for problem in next.problems {
            let kept = self.problems.iter().filter(|kept| kept.code == problem.code).count();
            if kept < PLACES {
                self.problems.push(Problem { line: problem.line + lines, ..problem });
            }
        }
        for (code, count) in next.counts {
            *self.counts.entry(code).or_default() += count;
        }
    }

    /// The first problem in words.
    pub(super) fn first_reason(&self) -> Option<String> {
        let first = self.problems.first()?;
        Some(format!("line {}, column {}: {}", first.line, first.column, first.message))
    }
}

/// Why a row gives no tie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reason {
    /// The tie leads back to its own end. The person is kept.
    SelfLoop,
    /// The tie weighs nothing. Both people are kept.
    ZeroWeight,
    /// A weight below 0.
    Negative(String),
    /// A weight that is no finite number.
    NoNumber(String),
    /// A weight so large that sums of such weights are no numbers.
    TooHeavy(String),
    /// An end without an id.
    Blank,
    /// Fewer columns than the header needs.
    Short,
}

impl Reason {
    fn code(&self) -> &'static str {
        match self {
            Self::SelfLoop => "self-loop",
            Self::ZeroWeight => "zero-weight",
            Self::Negative(_) => "negative-weight",
            Self::NoNumber(_) | Self::TooHeavy(_) => "bad-weight",
            Self::Blank => "blank",
            Self::Short => "malformed",
        }
    }

    fn message(&self) -> String {
        match self {
            Self::SelfLoop => "both ends are the same".to_owned(),
            Self::ZeroWeight => "the weight is 0".to_owned(),
            Self::Negative(text) => format!("the weight {text} is below 0"),
            Self::NoNumber(text) => format!("the weight \"{text}\" is no finite number"),
            Self::TooHeavy(text) => format!("the weight {text} is above 1e100"),
            Self::Blank => "an end has no id".to_owned(),
            Self::Short => "the row has too few columns".to_owned(),
        }
    }
}
