//! Where every row of a streamed file went.
//!
//! Responsible for the sum *read = used + skipped* and for line numbers: a thread knows only the lines of its block,
//! so places are (block, line in block) until all blocks are in.

use std::collections::BTreeMap;

use crate::ingest::problem::Code;
use crate::units::Instant;

/// A place in a file, before blocks are put in order.
type Place = (u32, u32);

/// What one thread did with one file.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Rows read and used.
    pub(super) read: u64,
    pub(super) used: u64,
    /// Earliest and latest used row.
    pub(super) span: Option<(Instant, Instant)>,
    skipped: Vec<(Place, Code)>,
    remarks: BTreeMap<Code, (u64, Place)>,
    /// Lines in each block seen.
    lines: Vec<(u32, u32)>,
}

impl Tally {
    /// A row is left out.
    pub(super) fn skip(&mut self, place: Place, code: Code) {
        self.skipped.push((place, code));
    }

    /// Something is odd about a row that is kept.
    pub(super) fn remark(&mut self, place: Place, code: Code) {
        let (count, first) = self.remarks.entry(code).or_insert((0, place));
        *count += 1;
        *first = (*first).min(place);
    }

    /// A block has this many lines.
    pub(super) fn lines(&mut self, block: u32, lines: u32) {
        self.lines.push((block, lines));
    }

    /// A row is used.
    pub(super) fn used(&mut self, at: Instant) {
        self.used += 1;
        self.span = Some(match self.span {
            Some((first, last)) => (first.min(at), last.max(at)),
            None => (at, at),
        });
    }
}

/// A remark on rows that were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remark {
    /// What was odd.
    pub code: Code,
    /// How many rows.
    pub rows: u64,
    /// The first line.
    pub line: u64,
}

/// The account of one file: `rows_read = rows_used + skipped.len()`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// The file as the user named it.
    pub file: String,
    /// How it was understood, in words.
    pub format: String,
    /// Data rows read.
    pub rows_read: u64,
    /// Rows that became an interaction.
    pub rows_used: u64,
    /// Earliest and latest used row.
    pub span: Option<(Instant, Instant)>,
    /// Line and reason of every row left out, in the order of lines.
    pub skipped: Vec<(u64, Code)>,
    /// What was odd about rows that were kept.
    pub remarks: Vec<Remark>,
}

impl Ledger {
    /// Puts the tallies of all threads together; `first_line` is the line after the header.
    pub(super) fn sum(file: String, format: String, first_line: u64, tallies: Vec<Tally>) -> Self {
        let starts = block_starts(first_line, &tallies);
        let line = |(block, line): Place| {
            starts.get(block as usize).copied().unwrap_or(first_line) + u64::from(line)
        };
        let mut ledger = Self {
            file,
            format,
            rows_read: 0,
            rows_used: 0,
            span: None,
            skipped: Vec::new(),
            remarks: Vec::new(),
        };
        let mut remarks: BTreeMap<Code, (u64, u64)> = BTreeMap::new();
        for tally in tallies {
            ledger.rows_read += tally.read;
            ledger.rows_used += tally.used;
            ledger.span = match (ledger.span, tally.span) {
                (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
                (a, b) => a.or(b),
            };
            ledger.skipped.extend(tally.skipped.iter().map(|(place, code)| (line(*place), *code)));
            for (code, (count, first)) in tally.remarks {
                let (sum, earliest) = remarks.entry(code).or_insert((0, u64::MAX));
                *sum += count;
                *earliest = (*earliest).min(line(first));
            }
        }
        ledger.skipped.sort_unstable();
        ledger.remarks =
            remarks.into_iter().map(|(code, (rows, line))| Remark { code, rows, line }).collect();
        ledger
    }

    /// Rows left out, by reason, in the order of the codes; with the first lines of each.
    #[must_use]
    pub fn reasons(&self) -> Vec<(Code, u64, Vec<u64>)> {
        let mut reasons: BTreeMap<Code, (u64, Vec<u64>)> = BTreeMap::new();
        for (line, code) in &self.skipped {
            let (count, lines) = reasons.entry(*code).or_default();
            *count += 1;
            if lines.len() < 3 {
                lines.push(*line);
            }
        }
        reasons.into_iter().map(|(code, (count, lines))| (code, count, lines)).collect()
    }
}

/// The first line of every block.
fn block_starts(first_line: u64, tallies: &[Tally]) -> Vec<u64> {
    let mut lines: Vec<(u32, u32)> =
        tallies.iter().flat_map(|tally| tally.lines.iter().copied()).collect();
    lines.sort_unstable();
    let mut next = first_line;
    lines
        .into_iter()
        .map(|(_, count)| {
            let start = next;
            next += u64::from(count);
            start
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_over_blocks_of_different_threads() {
        let mut first = Tally { read: 2, ..Tally::default() };
        first.lines(0, 10);
        first.lines(2, 5);
        first.skip((2, 1), Code::BadDate);
        first.used(Instant(7));
        let mut second = Tally { read: 1, ..Tally::default() };
        second.lines(1, 20);
        second.skip((1, 0), Code::Blank);
        second.remark((1, 3), Code::ShortRow);
        let ledger = Ledger::sum("a".into(), String::new(), 2, vec![first, second]);
        assert_eq!(ledger.skipped, [(12, Code::Blank), (33, Code::BadDate)]);
        assert_eq!(ledger.remarks, [Remark { code: Code::ShortRow, rows: 1, line: 15 }]);
        assert_eq!((ledger.rows_read, ledger.rows_used), (3, 1));
        assert_eq!(ledger.reasons()[1], (Code::BadDate, 1, vec![33]));
    }
}
