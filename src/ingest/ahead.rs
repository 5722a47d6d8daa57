//! The records of a large table, taken apart on a thread of their own while the rows before them are looked at.
//!
//! Responsible for the order of rows, which is that of the text, and for memory: at most [`QUEUED`] batches of [`ROWS`] rows or
//! about [`BYTES`] bytes wait. Small tables, and runs on one thread, are read in turn.

use std::sync::mpsc;

use csv::StringRecord;

use super::table::{Mark, Records, Row};

/// Bytes of a table from which a thread is worth its start.
const FROM: usize = 4 << 20;
const QUEUED: usize = 4;
const ROWS: usize = 512;
const BYTES: usize = 1 << 20;

/// Gives every record to `each`, in order; `bytes` is the length of the table.
pub(super) fn each(mut rows: Records<'_>, bytes: usize, mut each: impl FnMut(&Row<'_>)) {
    if bytes < FROM || rayon::current_num_threads() < 2 {
        while let Some(row) = rows.next_row() {
            each(&row);
        }
        return;
    }
    std::thread::scope(|scope| {
        let (full, ready) = mpsc::sync_channel::<Batch>(QUEUED);
        let (back, used) = mpsc::channel::<Batch>();
        scope.spawn(move || {
            loop {
                let mut batch = used.try_recv().unwrap_or_default();
                let is_last = batch.fill(&mut rows);
                if full.send(batch).is_err() || is_last {
                    break;
                }
            }
        });
        for batch in ready {
            for (mark, fields) in batch.marks.iter().zip(&batch.records) {
                each(&Row { fields, mark: *mark });
            }
            // The reader may be done: then nobody fills it again.
            drop(back.send(batch));
        }
    });
}

/// Rows in a go; the records are filled again and again.
#[derive(Default)]
struct Batch {
    marks: Vec<Mark>,
    records: Vec<StringRecord>,
}

impl Batch {
    /// Fills it anew; whether the text ends with it.
    fn fill(&mut self, rows: &mut Records<'_>) -> bool {
        self.marks.clear();
        let mut bytes = 0;
        while self.marks.len() < ROWS && bytes < BYTES {
            let at = self.marks.len();
            if at == self.records.len() {
                self.records.push(StringRecord::new());
            }
            let Some(mark) = rows.next_into(&mut self.records[at]) else { return true };
            bytes += self.records[at].as_slice().len();
            self.marks.push(mark);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, bytes: usize) -> Vec<(u64, bool, usize, Vec<String>)> {
        let mut all = Vec::new();
        each(Records::new(text, 0, 1, b',', false, None), bytes, |row| {
            let fields = row.fields.iter().map(str::to_owned).collect();
            all.push((row.mark.line, row.mark.broken, row.filled(), fields));
        });
        all
    }

    #[test]
    fn rows_ahead_are_the_rows_in_turn() {
        // Rows of several lines, empty ones, one larger than a batch, and more than a batch holds.
        let long = "x".repeat(BYTES + 9);
        let many: Vec<String> =
            (0..3 * ROWS).map(|at| format!("{at},\"say \"\"hi\"\"\",z\n")).collect();
        let mut text = format!("a,\"b\nc\",,d\n\n , ,\n{long},e\n{}", many.concat());
        text.push_str("end,\"open\n");
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
        let ahead = pool.install(|| rows(&text, FROM));
        assert_eq!(ahead.len(), 3 + 3 * ROWS + 1);
        assert_eq!((ahead[0].2, ahead[1].2, ahead[1].0), (3, 0, 4));
        assert_eq!(ahead, rows(&text, 0));
    }
}
