//! Closeness and harmonic centrality: how few steps a person is from the others.
//!
//! **Definition** with `d` the number of ties on a shortest way and `r` the people in the component: closeness
//! (Wasserman & Faust) `(r − 1)/Σd · (r − 1)/(n − 1)`; within the component `(r − 1)/Σd`; harmonic `Σ 1/d` over all
//! others, 1/∞ being 0. **Range** closeness 0..=1, harmonic 0..=n − 1. **Edge cases** the closeness of an isolate is
//! undefined, its harmonic centrality 0.
//!
//! **How** 256 searches advance level by level together, one bit each; distances are the same both ways, so each
//! node adds up what reaches it. **Complexity** O(n·m / 256) words at best. Exact. **Reference** Wasserman & Faust
//! 1994; Marchiori & Latora 2000; Then et al. 2014, PVLDB 8:449.

use rayon::prelude::*;

use super::components::{Components, components};
use super::waves::grouped;
use crate::network::{Flat, id};

const WORDS: usize = 4;
const LANES: usize = 64 * WORDS;
/// Most chunks of batches, whatever the machine.
const CHUNKS: usize = 64;
/// Below this many sources × ties threads cost more than they give.
const WORTH_THREADS: usize = 40_000_000;

type Bits = [u64; WORDS];

/// Sums of distances of one node.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Distances {
    /// Sum of the distances to all it reaches.
    pub far: u64,
    /// `Σ 1/d`.
    pub harmonic: f64,
    /// People in its component, itself included.
    pub reached: u32,
}

impl Distances {
    /// Closeness after Wasserman & Faust among `nodes` people; `None` for an isolate.
    #[must_use]
    pub fn closeness(&self, nodes: usize) -> Option<f64> {
        let others = f64::from(self.reached) - 1.0;
        self.within().map(|within| within * others / (nodes as f64 - 1.0))
    }

    /// Closeness within the component; `None` for an isolate.
    #[must_use]
    pub fn within(&self) -> Option<f64> {
        (self.far > 0).then(|| (f64::from(self.reached) - 1.0) / self.far as f64)
    }
}

/// Distances of every node.
///
/// ```
/// use weaktie::measures::distances::distances;
/// use weaktie::network::Flat;
/// // A path 0-1-2 and an isolate: from 0 it is 1 and 2 steps.
/// let found = distances(&Flat::new(4, [(0, 1, 1.0), (1, 2, 1.0)]));
/// assert_eq!((found[0].far, found[0].harmonic), (3, 1.5));
/// assert_eq!(found[0].within(), Some(2.0 / 3.0));
/// assert_eq!(found[3].closeness(4), None);
/// ```
#[must_use]
pub fn distances(flat: &Flat) -> Vec<Distances> {
    let parts = components(flat);
    let members = members(&parts);
    let sources: Vec<Vec<u32>> = members.iter().map(|part| grouped(flat, part.clone())).collect();
    let batches: Vec<(usize, &[u32])> = sources
        .iter()
        .enumerate()
        .filter(|(_, part)| part.len() > 1)
        .flat_map(|(part, sources)| sources.chunks(LANES).map(move |batch| (part, batch)))
        .collect();
    let run = |batches: &[(usize, &[u32])]| {
        let mut search = Search::new(flat);
        for (part, batch) in batches {
            search.run(batch, &members[*part]);
        }
        search.found
    };
    let found = if flat.len().saturating_mul(flat.ties()) < WORTH_THREADS {
        vec![run(&batches)]
    } else {
        batches.par_chunks(batches.len().div_ceil(CHUNKS).max(1)).map(run).collect()
    };
    let mut total = vec![Distances::default(); flat.len()];
    for part in found {
        for (sum, (far, harmonic)) in total.iter_mut().zip(part) {
            sum.far += far;
            sum.harmonic += harmonic;
        }
    }
    for (node, sum) in total.iter_mut().enumerate() {
        sum.reached = parts.sizes[parts.of[node] as usize];
    }
    total
}

fn members(parts: &Components) -> Vec<Vec<u32>> {
    let mut members = vec![Vec::new(); parts.sizes.len()];
    for (node, part) in parts.of.iter().enumerate() {
        members[*part as usize].push(id(node));
    }
    members
}

/// The state of 256 searches.
struct Search<'a> {
    flat: &'a Flat,
    seen: Vec<Bits>,
    wave: Vec<Bits>,
    gathered: Vec<Bits>,
    open: Vec<u32>,
    found: Vec<(u64, f64)>,
}

impl<'a> Search<'a> {
    fn new(flat: &'a Flat) -> Self {
        let none = vec![[0; WORDS]; flat.len()];
        Self {
            flat,
            seen: none.clone(),
            wave: none.clone(),
            gathered: none,
            open: Vec::new(),
            found: vec![(0, 0.0); flat.len()],
        }
    }

    fn run(&mut self, sources: &[u32], members: &[u32]) {
        let mut every = [0; WORDS];
        self.open.clear();
        self.open.extend_from_slice(members);
        for node in members {
            self.seen[*node as usize] = [0; WORDS];
        }
        for (lane, source) in sources.iter().enumerate() {
            every[lane / 64] |= 1_u64 << (lane % 64);
            self.seen[*source as usize][lane / 64] |= 1_u64 << (lane % 64);
            self.wave[*source as usize][lane / 64] |= 1_u64 << (lane % 64);
        }
        let mut level: Vec<u32> = sources.to_vec();
        for distance in 1_u32.. {
            let arcs = |nodes: &[u32]| -> usize {
                nodes.iter().map(|node| self.flat.degree(*node as usize)).sum()
            };
            let seen = &self.seen;
            self.open.retain(|node| seen[*node as usize] != every);
            let next =
                if arcs(&level) * 2 < arcs(&self.open) { self.push(&level) } else { self.pull() };
            for node in &level {
                self.wave[*node as usize] = [0; WORDS];
            }
            for node in &next {
                self.arrive(*node as usize, distance);
            }
            if next.is_empty() {
                return;
            }
            level = next;
        }
    }

    fn arrive(&mut self, node: usize, distance: u32) {
        let new = std::mem::take(&mut self.gathered[node]);
        let mut count = 0;
        for (seen, new) in self.seen[node].iter_mut().zip(&new) {
            *seen |= new;
            count += new.count_ones();
        }
        self.wave[node] = new;
        self.found[node].0 += u64::from(count) * u64::from(distance);
        self.found[node].1 += f64::from(count) / f64::from(distance);
    }

    /// What the level reaches anew, by its arcs; left in `gathered`.
    fn push(&mut self, level: &[u32]) -> Vec<u32> {
        let mut next = Vec::new();
        for node in level {
            let wave = self.wave[*node as usize];
            for other in self.flat.neighbours(*node as usize) {
                let at = *other as usize;
                let before = self.gathered[at];
                let mut after = before;
                for word in 0..WORDS {
                    after[word] |= wave[word] & !self.seen[at][word];
                }
                if before == [0; WORDS] && after != before {
                    next.push(*other);
                }
                self.gathered[at] = after;
            }
        }
        next
    }

    /// The same, by the arcs of those not reached yet.
    fn pull(&mut self) -> Vec<u32> {
        let mut next = Vec::new();
        for node in &self.open {
            let at = *node as usize;
            let mut new = [0; WORDS];
            for other in self.flat.neighbours(at) {
                for (new, wave) in new.iter_mut().zip(&self.wave[*other as usize]) {
                    *new |= wave;
                }
            }
            for (new, seen) in new.iter_mut().zip(&self.seen[at]) {
                *new &= !seen;
            }
            if new != [0; WORDS] {
                self.gathered[at] = new;
                next.push(*node);
            }
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    #[test]
    fn agrees_with_one_search_at_a_time() {
        for index in 0..30 {
            let mut stream = Stream::new(7, "distances", index);
            let nodes = 2 + stream.index(400);
            let ties = stream.index(nodes * 2);
            let edges: Vec<_> =
                (0..ties).map(|_| (stream.index(nodes), stream.index(nodes), 1.0)).collect();
            let flat = Flat::new(nodes, edges);
            for (node, found) in distances(&flat).iter().enumerate() {
                let mut far = vec![None; nodes];
                let mut order = vec![node];
                far[node] = Some(0_u32);
                let mut at = 0;
                while let Some(here) = order.get(at).copied() {
                    at += 1;
                    for other in flat.neighbours(here).iter().map(|other| *other as usize) {
                        if far[other].is_none() {
                            far[other] = far[here].map(|steps| steps + 1);
                            order.push(other);
                        }
                    }
                }
                let steps: Vec<u32> = far.into_iter().flatten().filter(|d| *d > 0).collect();
                assert_eq!(found.far, steps.iter().map(|d| u64::from(*d)).sum::<u64>());
                assert_eq!(found.reached as usize, steps.len() + 1);
                let harmonic: f64 = steps.iter().map(|d| 1.0 / f64::from(*d)).sum();
                assert!((found.harmonic - harmonic).abs() < 1e-9);
            }
        }
    }
}
