//! The store as histories for the contact model.
//!
//! **What counts** every row on a channel of contact, however many people it went to: a back-test asks whether two people
//! were in touch at all. (Strength and rhythm leave out events above the group cap.)

use rayon::prelude::*;

use crate::forecast::history::{Histories, Part};
use crate::units::Day;

use super::features::Scratch;
use super::store::{Pair, Store};

/// Pairs gathered at a time.
const CHUNK: usize = 4_096;

/// The history of every pair, people numbered by `rank`; `since` as in [`joined`].
#[must_use]
pub fn of(store: &Store, pairs: &[Pair<'_>], rank: &[u32], since: Day) -> Histories {
    let place = |person: u32| rank.get(person as usize).copied().unwrap_or(0);
    let parts: Vec<Part> = pairs
        .par_chunks(CHUNK)
        .map_init(Scratch::default, |scratch, pairs| {
            let mut part = Part::default();
            for pair in pairs {
                scratch.read(pair);
                part.push([place(pair.a), place(pair.b)], scratch.contacts());
            }
            part
        })
        .collect();
    joined(store, parts, rank, since)
}

/// Histories from their parts. Days on which two received one message are kept from `since` on.
#[must_use]
pub fn joined(store: &Store, parts: Vec<Part>, rank: &[u32], since: Day) -> Histories {
    let place = |person: u32| rank.get(person as usize).copied().unwrap_or(0);
    let mut histories = Histories::new(rank.len(), parts);
    let together = store.together(since, |a, b| {
        histories.find(place(a), place(b)).and_then(|tie| u32::try_from(tie).ok())
    });
    histories.add_together(together);
    histories
}
