//! One thread's work: blocks in, rows out, every record judged once.
//!
//! The order of the reasons is that of the log reader, but that whoever is never stored has no number to go by: blank,
//! malformed, time, nobody, never stored, placeholder, self-loop, machine, duplicate file, after the day. Rows go on in batches, so that look-ups of people overlap.

use super::ledger::Tally;
use super::people::{NAME_FOLLOWS, Spellings, Who};
use super::records::{COLUMNS, Fault, Layout, Record, Records, Splitter};
use super::{Row, Sink, intern};
use crate::error::Error;
use crate::ingest::dates;
use crate::ingest::log::{CHANNEL, FROM, FROM_NAME, THREAD, TIMESTAMP, TO, TO_NAME};
use crate::ingest::problem::Code;
use crate::units::{Channel, Instant};

/// Rows looked up together.
const BATCH: usize = 256;
/// Spellings of channels remembered; a column with more of them holds something else.
const SPELLINGS: usize = 64;

/// What a worker must know of the file that a block comes from.
#[derive(Debug, Clone)]
pub(super) struct About {
    /// How records are laid out.
    pub(super) layout: Layout,
    /// Whether an earlier file has the same contents.
    pub(super) repeats: bool,
}

/// The state of one thread.
pub(super) struct Worker<'p, S> {
    pub(super) sink: S,
    /// By file.
    pub(super) tallies: Vec<Tally>,
    /// Used rows by day since 1980, for the day of the newest believable record.
    pub(super) days: Vec<u32>,
    spellings: Spellings<'p>,
    splitter: Splitter,
    channels: Vec<(Vec<u8>, Option<Channel>)>,
    found: Vec<Who>,
    rows: Vec<Row>,
    /// First instant that is too late, if the day is set.
    limit: Option<Instant>,
    clock: dates::Clock,
    too_many: bool,
}

impl<'p, S: Sink> Worker<'p, S> {
    /// A worker for so many files.
    pub(super) fn new(
        sink: S,
        spellings: Spellings<'p>,
        files: usize,
        limit: Option<Instant>,
    ) -> Self {
        Self {
            sink,
            tallies: (0..files).map(|_| Tally::default()).collect(),
            days: vec![0; dates::LOG_DAYS],
            spellings,
            splitter: Splitter::default(),
            channels: Vec::new(),
            found: Vec::new(),
            rows: Vec::new(),
            limit,
            clock: dates::Clock::default(),
            too_many: false,
        }
    }

    /// Reads a block of whole records.
    pub(super) fn read(
        &mut self,
        bytes: &[u8],
        about: &About,
        file: usize,
        block: u32,
    ) -> Result<(), Error> {
        let mut splitter = std::mem::take(&mut self.splitter);
        let mut batch = Batch {
            worker: self,
            about,
            names: [FROM_NAME, TO_NAME].iter().any(|column| about.layout.at[*column].is_some()),
            file,
            block,
            texts: Vec::with_capacity(2 * BATCH),
            pending: Vec::with_capacity(BATCH),
        };
        let lines = splitter.split(bytes, &about.layout, &mut batch);
        batch.flush();
        self.tallies[file].lines(block, lines);
        self.splitter = splitter;
        if self.too_many {
            return Err(Error::usage("more than a thousand million different people", None));
        }
        Ok(())
    }

    /// A record that was too long to be read.
    pub(super) fn cut(&mut self, file: usize, block: u32) {
        let tally = &mut self.tallies[file];
        tally.read += 1;
        tally.skip((block, 0), Code::Malformed);
        tally.lines(block, 1);
    }

    /// The channel of a spelling; `None` when it is not known.
    fn channel(&mut self, cell: &[u8]) -> Option<Channel> {
        // The plain names, which a log's rows nearly all have.
        match cell {
            b"email" => return Some(Channel::Email),
            b"message" => return Some(Channel::Message),
            b"meeting" => return Some(Channel::Meeting),
            b"chat" => return Some(Channel::Chat),
            b"call" => return Some(Channel::Call),
            _ => {}
        }
        if let Some((_, channel)) = self.channels.iter().find(|(text, _)| text == cell) {
            return *channel;
        }
        let channel = Channel::from_log(&String::from_utf8_lossy(cell));
        if self.channels.len() < SPELLINGS {
            self.channels.push((cell.to_vec(), channel));
        }
        channel
    }
}

/// A row whose people are still texts.
#[derive(Debug, Clone, Copy)]
struct Pending {
    line: u32,
    at: Instant,
    channel: Channel,
    thread: u32,
}

/// Rows of one block on their way.
struct Batch<'w, 'p, 'b, S> {
    worker: &'w mut Worker<'p, S>,
    about: &'w About,
    /// Whether there are columns of names beside those of people.
    names: bool,
    file: usize,
    block: u32,
    texts: Vec<&'b [u8]>,
    pending: Vec<Pending>,
}

impl<'b, S: Sink> Records<'b> for Batch<'_, '_, 'b, S> {
    #[inline]
    fn plain(&mut self, record: &Record<'b>) {
        let Some(pending) = self.judge(record) else { return };
        if self.names {
            self.single(record, pending);
            return;
        }
        self.texts.extend([record.cells[FROM], record.cells[TO]]);
        self.pending.push(pending);
        if self.pending.len() == BATCH {
            self.flush();
        }
    }

    fn quoted(&mut self, record: Record<'_>) {
        if let Some(pending) = self.judge(&record) {
            self.single(&record, pending);
        }
    }
}

impl<S: Sink> Batch<'_, '_, '_, S> {
    /// What can be told from the record alone.
    #[inline]
    fn judge(&mut self, record: &Record<'_>) -> Option<Pending> {
        let place = (self.block, record.line);
        let tally = &mut self.worker.tallies[self.file];
        tally.read += 1;
        let cells: &[&[u8]; COLUMNS] = &record.cells;
        let named = |cell: usize, name: usize| !(cells[cell].is_empty() && cells[name].is_empty());
        let verdict = match record.fault {
            Fault::Blank => Err(Code::Blank),
            Fault::OpenQuote | Fault::Long => Err(Code::Malformed),
            Fault::None | Fault::Short => {
                self.worker.clock.read(cells[TIMESTAMP]).ok_or(Code::BadDate).and_then(|at| {
                    let both = named(FROM, FROM_NAME) && named(TO, TO_NAME);
                    if both { Ok(at) } else { Err(Code::NoCounterpart) }
                })
            }
        };
        let at = match verdict {
            Ok(at) => at,
            Err(code) => {
                tally.skip(place, code);
                return None;
            }
        };
        let channel = match self.about.layout.at[CHANNEL] {
            Some(_) => self.worker.channel(cells[CHANNEL]),
            None => None,
        };
        let tally = &mut self.worker.tallies[self.file];
        if channel.is_none() {
            tally.remark(place, Code::UnknownChannel);
        }
        if record.fault == Fault::Short {
            tally.remark(place, Code::ShortRow);
        }
        let thread = match cells[THREAD] {
            [] => 0,
            text => intern::hash(text).small(),
        };
        let channel = channel.unwrap_or(Channel::Other);
        Some(Pending { line: record.line, at, channel, thread })
    }

    /// A row whose texts do not outlive it.
    fn single(&mut self, record: &Record<'_>, pending: Pending) {
        let spelled = |cell: usize, name: usize| {
            let mut text = record.cells[cell].to_vec();
            if !record.cells[name].is_empty() {
                text.extend(NAME_FOLLOWS.to_string().bytes());
                text.extend_from_slice(record.cells[name]);
            }
            text
        };
        let (from, to) = (spelled(FROM, FROM_NAME), spelled(TO, TO_NAME));
        let mut found = std::mem::take(&mut self.worker.found);
        let known = self.worker.spellings.find_all(&[&from, &to], &mut found);
        if known.is_some() {
            self.settle(&found, &[pending]);
        } else {
            self.worker.too_many = true;
        }
        self.worker.found = found;
    }

    /// Looks the people of the pending rows up and hands on what is left.
    fn flush(&mut self) {
        let mut found = std::mem::take(&mut self.worker.found);
        if self.worker.spellings.find_all(&self.texts, &mut found).is_some() {
            let pending = std::mem::take(&mut self.pending);
            self.settle(&found, &pending);
            self.pending = pending;
        } else {
            self.worker.too_many = true;
        }
        self.worker.found = found;
        self.texts.clear();
        self.pending.clear();
    }

    fn settle(&mut self, who: &[Who], pending: &[Pending]) {
        let (pairs, _) = who.as_chunks::<2>();
        self.worker.rows.clear();
        for ([from, to], row) in pairs.iter().zip(pending) {
            let tally = &mut self.worker.tallies[self.file];
            let code = match () {
                () if from.is_private() || to.is_private() => Code::OutOfScope,
                () if from.is_placeholder() || to.is_placeholder() => Code::Placeholder,
                () if from.person() == to.person() => Code::SelfLoop,
                () if from.is_machine() || to.is_machine() => Code::Automated,
                () if self.about.repeats => Code::ExactDuplicate,
                () if self.worker.limit.is_some_and(|limit| row.at >= limit) => Code::AfterAsOf,
                () => {
                    tally.used(row.at);
                    if let Some(count) = self.worker.days.get_mut(dates::log_day(row.at)) {
                        *count += 1;
                    }
                    self.worker.rows.push(Row {
                        at: row.at,
                        from: from.person(),
                        to: to.person(),
                        channel: row.channel,
                        thread: row.thread,
                    });
                    continue;
                }
            };
            tally.skip((self.block, row.line), code);
        }
        self.worker.sink.take(&self.worker.rows);
    }
}
