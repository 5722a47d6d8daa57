//! Logs of any size, read by several threads, with nothing kept but what a sink takes.
//!
//! **Flow** a path becomes a recognised stream (`open`), the stream blocks of whole records (`blocks`), a block rows
//! (`records`, `lines`), a row two persons, an instant and a channel (`people`, `worker`), and every record that is left
//! out a line in the file's account (`ledger`). Threads take the next block in turn; reading and unpacking go on under
//! a lock while the others split and look up.
//!
//! **Rules** are those of the audit's log reader, tested against it row by row. No text is allocated for a row.
//!
//! **Memory** the blocks in hand, each thread's table of spellings, and the sink. Times are UTC.

mod blocks;
mod intern;
mod ledger;
mod lines;
mod open;
mod people;
mod records;
#[cfg(test)]
mod tests;
mod worker;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

pub use ledger::{Ledger, Remark};
pub use open::ParquetAsText;
pub use people::Key;

use crate::error::{Error, Result};
use crate::ingest::crop;
use crate::ingest::dates;
use crate::ingest::reading::Reading;
use crate::units::{Channel, Day, Instant};
use blocks::{Blocks, Piece};
use open::Wanted;
use people::{Persons, Spellings};
use worker::{About, Worker};

/// One interaction: a sender, a recipient, an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// When, UTC, within 1980 to 2200.
    pub at: Instant,
    /// Person who wrote, called or organised: an index into [`Streamed::keys`].
    pub from: u32,
    /// Person to whom.
    pub to: u32,
    /// How.
    pub channel: Channel,
    /// The conversation as one of 2^27 − 1 numbers from 1, by hash, 0 for none. It only tells apart rows of one sender, instant and
    /// channel, so a collision needs two such rows and has a chance of 1 in 134 million.
    pub thread: u32,
}

/// Takes the rows that one thread has read. Order and distribution over threads mean nothing.
pub trait Sink: Send {
    /// Takes a batch.
    fn take(&mut self, rows: &[Row]);
}

/// What a run tells and asks while it reads.
pub trait Watch: Sync {
    /// So many bytes of files are read, out of so many.
    fn read(&self, bytes: u64, of: u64);
    /// Whether to stop now.
    fn stop(&self) -> bool;
}

/// What was read.
#[derive(Debug)]
pub struct Streamed<S> {
    /// A sink a thread.
    pub sinks: Vec<S>,
    /// Who the persons are, by number. Numbers depend on the order in which threads came.
    pub keys: Vec<Key>,
    /// The account of each file, in the order of names.
    pub ledgers: Vec<Ledger>,
    /// The day after which rows were left out; without one given, the newest believable day.
    pub as_of: Day,
}

/// Reads logs up to a day.
///
/// Files that merely lie in a folder given and are no logs are left out, with the reason in their account. Without
/// `as_of` it is the newest day, dates more than 30 days beyond the 99.9th percentile not considered; should
/// such dates exist, the files are read a second time.
///
/// Of `reading` noise and private people count: whoever is never stored gets no key.
///
/// # Errors
/// [`Error::Missing`], [`Error::Read`] and [`Error::Unusable`] for a file that is not there, cannot be read or is not
/// a log, or when no row can be used; [`Error::Interrupted`] when told to stop.
pub fn read<S: Sink>(
    paths: &[PathBuf],
    as_of: Option<Day>,
    reading: &Reading,
    parquet: ParquetAsText,
    new_sink: impl Fn() -> S + Sync,
    watch: &impl Watch,
) -> Result<Streamed<S>> {
    let mut files = Vec::new();
    for path in paths {
        files.extend(open::files(path)?);
    }
    files.sort();
    files.dedup();
    let (streamed, newest) = read_once(&files, as_of, reading, parquet, &new_sink, watch)?;
    match as_of {
        None if newest.is_some_and(|last| last > streamed.as_of) => {
            drop(streamed.sinks);
            let as_of = Some(streamed.as_of);
            Ok(read_once(&files, as_of, reading, parquet, &new_sink, watch)?.0)
        }
        _ => Ok(streamed),
    }
}

/// One pass over all files; also the newest day of any used row.
fn read_once<S: Sink>(
    files: &[Wanted],
    as_of: Option<Day>,
    reading: &Reading,
    parquet: ParquetAsText,
    new_sink: &(impl Fn() -> S + Sync),
    watch: &impl Watch,
) -> Result<(Streamed<S>, Option<Day>)> {
    let persons = Persons::default();
    let limit = as_of.map(|day| Instant(i64::from(day.plus(1).0) * 86_400));
    let queue = Mutex::new(Queue::new(files, parquet)?);
    let workers: Vec<Result<Worker<'_, S>>> = rayon::broadcast(|_| {
        let spellings = Spellings::new(&persons, reading);
        let mut worker = Worker::new(new_sink(), spellings, files.len(), limit);
        let mut bytes = Vec::new();
        while let Some((file, block, piece, about)) = next(&queue, &mut bytes, watch) {
            match piece {
                Piece::Records => worker.read(&bytes, &about, file, block)?,
                Piece::Cut => worker.cut(file, block),
                Piece::End => break,
            }
        }
        Ok(worker)
    });
    let queue = queue.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(error) = queue.error {
        return Err(error);
    }
    let (mut sinks, mut tallies) = (Vec::new(), Vec::new());
    let mut days: BTreeMap<Day, u64> = BTreeMap::new();
    for worker in workers {
        let worker = worker?;
        sinks.push(worker.sink);
        tallies.push(worker.tallies);
        for (day, count) in worker.days.iter().enumerate().filter(|(_, count)| **count > 0) {
            *days.entry(dates::day_of_log_day(day)).or_default() += u64::from(*count);
        }
    }
    let ledgers = ledgers(queue.opened, tallies);
    let newest = crop::newest_of(&days);
    let Some(as_of) = as_of.filter(|_| newest.is_some()).or(newest) else {
        return Err(nothing_used(&ledgers));
    };
    let keys = persons.into_keys();
    Ok((Streamed { sinks, keys, ledgers, as_of }, days.last_key_value().map(|(day, _)| *day)))
}

fn ledgers(opened: Vec<Known>, tallies: Vec<Vec<ledger::Tally>>) -> Vec<Ledger> {
    let mut by_thread: Vec<_> = tallies.into_iter().map(Vec::into_iter).collect();
    opened
        .into_iter()
        .map(|known| {
            let of_file = by_thread.iter_mut().filter_map(Iterator::next).collect();
            Ledger::sum(known.name, known.format, known.first_line, of_file)
        })
        .collect()
}

fn nothing_used(ledgers: &[Ledger]) -> Error {
    let log = ledgers.iter().find(|ledger| !ledger.format.starts_with(LEFT_OUT));
    let file = log.or(ledgers.first()).map_or_else(String::new, |ledger| ledger.file.clone());
    let read: u64 = ledgers.iter().map(|ledger| ledger.rows_read).sum();
    let first = ledgers.iter().find_map(|ledger| ledger.skipped.first());
    let what = match first {
        Some((line, code)) => format!(
            "no row can be used ({read} read); the first is skipped as {} on line {line}",
            code.name()
        ),
        None if log.is_none() => "none of the files is an interaction log".to_owned(),
        None => "there is no row below the header".to_owned(),
    };
    let hint = "a log has the columns timestamp,from,to,channel".to_owned();
    Error::unusable(file, what, Some(hint))
}

/// How the format of a file begins that is no log.
pub const LEFT_OUT: &str = "left out: ";

/// What is kept of a file that was opened.
struct Known {
    name: String,
    format: String,
    first_line: u64,
    size: u64,
}

/// A block's file, its number in the file, what it is, and what to know of the file; `None` at the end.
type Next = Option<(usize, u32, Piece, Arc<About>)>;

/// The files still to be read, block by block.
struct Queue {
    files: Vec<Wanted>,
    parquet: ParquetAsText,
    opened: Vec<Known>,
    current: Option<(Blocks, Arc<About>, u32)>,
    /// The file being read, the bytes of those before it, and of all.
    file: Option<File>,
    done: u64,
    size: u64,
    error: Option<Error>,
}

impl Queue {
    fn new(files: &[Wanted], parquet: ParquetAsText) -> Result<Self> {
        let mut size = 0;
        for Wanted { path, .. } in files {
            size += std::fs::metadata(path).map_err(|source| open::failed(path, source))?.len();
        }
        Ok(Self {
            files: files.to_vec(),
            parquet,
            opened: Vec::new(),
            current: None,
            file: None,
            done: 0,
            size,
            error: None,
        })
    }

    /// Fills `bytes` with the next block of any file; `None` when all are read.
    fn next(&mut self, bytes: &mut Vec<u8>) -> Result<Next> {
        loop {
            if let Some((blocks, about, block)) = &mut self.current {
                let file = self.opened.len() - 1;
                let path = &self.files[file].path;
                let packing =
                    if self.opened[file].format.starts_with("UTF") { "" } else { "packed" };
                let piece = blocks.next(bytes).map_err(|source| {
                    open::damaged(&path.display().to_string(), path, packing, source)
                })?;
                if piece != Piece::End {
                    let found = (file, *block, piece, Arc::clone(about));
                    *block += 1;
                    return Ok(Some(found));
                }
                self.current = None;
                self.file = None;
                self.done += self.opened[file].size;
            }
            let Some(file) = self.files.get(self.opened.len()).cloned() else { return Ok(None) };
            match self.open(&file.path) {
                Err(Error::Unusable { what, .. }) if file.in_folder => {
                    let name = file.path.display().to_string();
                    let format = format!("{LEFT_OUT}{what}");
                    self.opened.push(Known { name, format, first_line: 1, size: 0 });
                }
                other => other?,
            }
        }
    }

    fn open(&mut self, path: &Path) -> Result<()> {
        let size = std::fs::metadata(path).map_err(|source| open::failed(path, source))?.len();
        let mut repeats = false;
        for (known, earlier) in self.opened.iter().zip(&self.files) {
            repeats |= known.size == size && same_contents(path, &earlier.path)?;
        }
        let opened = open::open(path, self.parquet, repeats)?;
        let (name, format) = (path.display().to_string(), opened.format);
        self.opened.push(Known { name, format, first_line: opened.first_line, size });
        self.current = Some((opened.blocks, Arc::new(opened.about), 0));
        self.file = Some(opened.file);
        Ok(())
    }
}

fn same_contents(a: &Path, b: &Path) -> Result<bool> {
    let open = |path: &Path| std::fs::File::open(path).map_err(|e| open::failed(path, e));
    let (mut left, mut right) = (open(a)?, open(b)?);
    let (mut of_left, mut of_right) = (Vec::new(), Vec::new());
    loop {
        for (file, bytes, path) in [(&mut left, &mut of_left, a), (&mut right, &mut of_right, b)] {
            bytes.clear();
            file.take(1 << 20).read_to_end(bytes).map_err(|e| open::failed(path, e))?;
        }
        if of_left != of_right {
            return Ok(false);
        }
        if of_left.is_empty() {
            return Ok(true);
        }
    }
}

/// Takes the next block; after an error or a request to stop there is none for anybody.
fn next(queue: &Mutex<Queue>, bytes: &mut Vec<u8>, watch: &impl Watch) -> Next {
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    if queue.error.is_some() {
        return None;
    }
    if watch.stop() {
        queue.error = Some(Error::Interrupted);
        return None;
    }
    let here = queue.file.as_mut().and_then(|file| file.stream_position().ok());
    watch.read(queue.done + here.unwrap_or(0), queue.size);
    queue.next(bytes).unwrap_or_else(|error| {
        queue.error = Some(error);
        None
    })
}
