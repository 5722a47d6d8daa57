//! A log of millions of interactions as dyads: one row a pair, with every feature of a tie.
//!
//! Responsible for `weaktie ties`: no owner, no identity beyond one canonical key a person (an address, a profile slug, or
//! the log's own id). Rows flow from [`crate::ingest::stream`] into the event [`store`], pair by pair through [`features`],
//! and out as the columns of [`table`]. What needs all pairs (the usual gap, the midpoint of strength, the contact model) is
//! settled in between, in [`pooled`].
//!
//! Same bytes for any thread count and row order: persons are put in the order of their keys before anything is told.

mod decay;
pub mod features;
pub mod history;
pub mod pooled;
pub mod store;
pub mod table;

use std::path::PathBuf;

use rayon::prelude::*;

use crate::config::Config;
use crate::error::Result;
use crate::forecast::coefficients::Coefficients;
use crate::forecast::columns::{At, Scope};
use crate::forecast::history::{Histories, Part};
use crate::forecast::model;
use crate::forecast::outlook::Outlook;
use crate::frame::{Named, Values};
use crate::ingest::stream::{self, Key, Ledger, ParquetAsText, Watch};
use crate::ingest::{Noise, Private, Reading};
use crate::ties::strength::Model;
use crate::units::Day;
use features::{Features, Frame, Scratch};
use pooled::{Gaps, Pooled};
use store::{Shards, Store};

/// Pairs measured at a time; fixed, so that sums do not depend on threads.
const CHUNK: usize = 4_096;

/// What to read and how to measure it.
#[derive(Debug, Clone)]
pub struct Request {
    /// Logs, or folders of logs.
    pub logs: Vec<PathBuf>,
    /// Last day that counts; the newest believable day when left out.
    pub as_of: Option<Day>,
    /// Days ahead of `p_contact`.
    pub horizon: u32,
    /// Weights, half-life, ladder; noise, and whoever is never stored.
    pub config: Config,
}

/// Every pair of the logs.
#[derive(Debug)]
pub struct Dyads {
    /// The account of each file.
    pub ledgers: Vec<Ledger>,
    /// The last day that counts.
    pub as_of: Day,
    /// Rows that repeat another one; they are kept.
    pub repeats: u64,
    /// Persons in the order of their keys.
    pub people: Vec<Key>,
    /// Pairs in the order of their persons.
    pub pairs: Vec<Dyad>,
    /// What rests on all pairs together.
    pub pooled: Pooled,
    /// P(contact within the horizon) by pair; `None` without a contact.
    pub chances: Vec<Option<f64>>,
    /// The contact model and what speaks for it.
    pub outlook: Outlook,
}

impl Dyads {
    /// How many people stand in a pair. People of skipped rows have a key too, but no tie.
    #[must_use]
    pub fn people_in_pairs(&self) -> usize {
        let mut met = vec![false; self.people.len()];
        for pair in &self.pairs {
            met[pair.a as usize] = true;
            met[pair.b as usize] = true;
        }
        met.into_iter().filter(|met| *met).count()
    }
}

/// One pair.
#[derive(Debug, Clone, Default)]
pub struct Dyad {
    /// Index of the person whose key comes first.
    pub a: u32,
    /// Index of the other.
    pub b: u32,
    /// What was measured.
    pub features: Features,
}

/// Reads the logs and measures every pair.
///
/// # Errors
/// Those of [`stream::read`].
pub fn run(request: &Request, parquet: ParquetAsText, watch: &impl Watch) -> Result<Dyads> {
    let Config { noise, boundaries, .. } = &request.config;
    let reading = Reading {
        noise: Noise::new(&noise.keep, &noise.drop, &noise.off),
        private: Private::new(&boundaries.never_store),
        ..Reading::default()
    };
    let (logs, as_of) = (&request.logs, request.as_of);
    let streamed = stream::read(logs, as_of, &reading, parquet, Shards::default, watch)?;
    let (people, rank) = in_order(streamed.keys);
    let store = Store::new(streamed.sinks, people.len());
    let repeats = store.repeats();
    let first = streamed.ledgers.iter().filter_map(|ledger| ledger.span).map(|span| span.0).min();
    let first = first.map_or(streamed.as_of, |at| at.day(&jiff::tz::TimeZone::UTC));
    let frame = Frame::new(streamed.as_of, first, Model::new(&request.config));
    let found = store.pairs(&rank);
    let mut pairs = vec![Dyad::default(); found.len()];
    let of_chunks: Vec<(Gaps, Part)> = found
        .par_chunks(CHUNK)
        .zip(pairs.par_chunks_mut(CHUNK))
        .map_init(Scratch::default, |scratch, (found, dyads)| {
            let (mut gaps, mut part) = (Gaps::default(), Part::default());
            for (pair, dyad) in found.iter().zip(dyads) {
                let of = |person: u32| rank.get(person as usize).copied().unwrap_or(0);
                (dyad.a, dyad.b) = (of(pair.a), of(pair.b));
                dyad.features = features::measure(pair, &frame, scratch);
                gaps.add(scratch.gaps());
                part.push([dyad.a, dyad.b], scratch.contacts());
            }
            (gaps, part)
        })
        .collect();
    let horizon = i32::try_from(request.horizon).unwrap_or(i32::MAX);
    // Two trials learn from windows that start four horizons ago, and read four more.
    let since = streamed.as_of.plus(horizon.saturating_mul(-9));
    drop(found);
    let (of_chunks, parts): (Vec<Gaps>, Vec<Part>) = of_chunks.into_iter().unzip();
    let histories = history::joined(&store, parts, &rank, since);
    drop(store);
    let pool = || {
        let mut gaps = Gaps::default();
        for of_chunk in &of_chunks {
            gaps.merge(of_chunk);
        }
        Pooled::of(&pairs, people.len(), &gaps, &frame)
    };
    let ((outlook, chances), pooled) =
        rayon::join(|| forecast(&histories, &pairs, streamed.as_of, horizon), pool);
    drop(histories);
    let (ledgers, as_of) = (streamed.ledgers, streamed.as_of);
    Ok(Dyads { ledgers, as_of, repeats, people, pairs, pooled, chances, outlook })
}

/// The chance of contact of every pair, by the model the log's own past speaks for.
fn forecast(
    histories: &Histories,
    pairs: &[Dyad],
    as_of: Day,
    horizon: i32,
) -> (Outlook, Vec<Option<f64>>) {
    let cutoff = model::cutoff_after(as_of);
    let at = At { histories, scope: Scope::of(histories), cutoff, horizon };
    let outlook = Outlook::of(&at, &Coefficients::shipped());
    let mut told = outlook.chances(&at).into_iter().peekable();
    // Both are in the order of pairs; a pair without a contact has no history.
    let chances = pairs
        .iter()
        .map(|pair| {
            let (_, chance) = told.next_if(|(tie, _)| {
                histories.ends(*tie as usize) == [pair.a.min(pair.b), pair.a.max(pair.b)]
            })?;
            Some(chance)
        })
        .collect();
    (outlook, chances)
}

/// A log as histories alone.
#[derive(Debug)]
pub struct Log {
    /// The account of each file.
    pub ledgers: Vec<Ledger>,
    /// The last day that counts.
    pub as_of: Day,
    /// Persons in the order of their keys.
    pub people: Vec<Key>,
    /// Their histories, by place in `people`.
    pub histories: Histories,
}

/// Reads logs as histories.
///
/// # Errors
/// Those of [`stream::read`].
pub fn read(
    logs: &[PathBuf],
    as_of: Option<Day>,
    parquet: ParquetAsText,
    watch: &impl Watch,
) -> Result<Log> {
    let reading = Reading::default();
    let streamed = stream::read(logs, as_of, &reading, parquet, Shards::default, watch)?;
    let (people, rank) = in_order(streamed.keys);
    let store = Store::new(streamed.sinks, people.len());
    let histories = history::of(&store, &store.pairs(&rank), &rank, Day(i32::MIN / 2));
    Ok(Log { ledgers: streamed.ledgers, as_of: streamed.as_of, people, histories })
}

/// Every row left out: file, line and reason.
#[must_use]
pub fn skipped(ledgers: &[Ledger]) -> Vec<Named> {
    let rows = || {
        ledgers.iter().flat_map(|ledger| ledger.skipped.iter().map(move |row| (&ledger.file, row)))
    };
    vec![
        Named {
            name: "file".into(),
            values: Values::Text(rows().map(|(file, _)| file.clone()).collect()),
        },
        Named {
            name: "line".into(),
            values: Values::Text(rows().map(|(_, row)| row.0.to_string()).collect()),
        },
        Named {
            name: "reason".into(),
            values: Values::Word(rows().map(|(_, row)| row.1.name()).collect()),
        },
    ]
}

/// The keys in order, and the place of each number in it.
fn in_order(keys: Vec<Key>) -> (Vec<Key>, Vec<u32>) {
    let mut numbered: Vec<(Key, u32)> = keys.into_iter().zip(0..).collect();
    numbered.par_sort_unstable();
    let mut rank = vec![0; numbered.len()];
    for ((_, number), place) in numbered.iter().zip(0..) {
        rank[*number as usize] = place;
    }
    (numbered.into_iter().map(|(key, _)| key.shown()).collect(), rank)
}
