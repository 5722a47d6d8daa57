//! Betweenness over weighted shortest ways: a tie of weight w has the length 1/w, so strong ties are short.
//!
//! **Definition** as [`super::betweenness`], with lengths. Two ways are equally short when their lengths agree to a
//! relative 1e-10: sums of inverse weights that are equal on paper differ in their last bits. **Edge cases** as there.
//!
//! **How** within the blocks of [`super::betweenness`]; a search settles nodes by distance, counts the shortest ways
//! of each as it is settled, and goes back in reverse. **Complexity** O(n·(m + n log n)) at most.
//! **Reference** Brandes 2001, 2008; Dijkstra 1959.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::betweenness::{Part, by_blocks};
use crate::network::{Flat, id};

/// Relative difference up to which two lengths are equal.
const EQUAL: f64 = 1e-10;
const CHUNKS: usize = 64;
/// Below this many sources × ties threads cost more than they give.
const WORTH_THREADS: usize = 400_000;

/// Exact betweenness of every node over ties of length 1/weight.
///
/// ```
/// use weaktie::measures::betweenness_weighted::betweenness_weighted;
/// use weaktie::network::Flat;
/// // The strong way round 0-1-2 is shorter (1/2 + 1/2) than the weak tie 0-2 (1/0.5).
/// let flat = Flat::new(3, [(0, 1, 2.0), (1, 2, 2.0), (0, 2, 0.5)]);
/// assert_eq!(betweenness_weighted(&flat), [0.0, 1.0, 0.0]);
/// ```
#[must_use]
pub fn betweenness_weighted(flat: &Flat) -> Vec<f64> {
    by_blocks(flat, true, of_part)
}

fn of_part(part: &Part) -> Vec<f64> {
    let flat = &part.flat;
    let lengths: Vec<f64> = flat.all_weights().iter().map(|weight| 1.0 / weight).collect();
    let sources: Vec<u32> = (0..id(flat.len())).collect();
    let run = |sources: &[u32]| {
        let mut search = Search::new(part, &lengths);
        for source in sources {
            search.run(*source as usize);
        }
        search.sum
    };
    if flat.len().saturating_mul(flat.ties()) < WORTH_THREADS {
        return run(&sources);
    }
    let parts: Vec<Vec<f64>> =
        sources.par_chunks(sources.len().div_ceil(CHUNKS).max(1)).map(run).collect();
    let mut total = vec![0.0; flat.len()];
    for part in parts {
        for (sum, value) in total.iter_mut().zip(part) {
            *sum += value;
        }
    }
    total
}

struct Search<'a> {
    flat: &'a Flat,
    lengths: &'a [f64],
    stands_for: &'a [f64],
    sum: Vec<f64>,
    far: Vec<f64>,
    paths: Vec<f64>,
    depends: Vec<f64>,
    settled: Vec<u32>,
    /// Distances as bits: of numbers above 0 their order is that of the numbers.
    queue: BinaryHeap<Reverse<(u64, u32)>>,
}

impl<'a> Search<'a> {
    fn new(part: &'a Part, lengths: &'a [f64]) -> Self {
        let nodes = part.flat.len();
        Self {
            flat: &part.flat,
            lengths,
            stands_for: &part.stands_for,
            sum: vec![0.0; nodes],
            far: vec![f64::INFINITY; nodes],
            paths: vec![0.0; nodes],
            depends: vec![0.0; nodes],
            settled: Vec::with_capacity(nodes),
            queue: BinaryHeap::new(),
        }
    }

    /// Neighbours of a node with the length of the tie.
    fn ties(&self, node: usize) -> impl Iterator<Item = (usize, f64)> + use<'a> {
        let others = self.flat.neighbours(node).iter().map(|other| *other as usize);
        others.zip(self.lengths[self.flat.row(node)].iter().copied())
    }

    fn run(&mut self, source: usize) {
        for node in self.settled.drain(..) {
            let node = node as usize;
            (self.far[node], self.paths[node], self.depends[node]) = (f64::INFINITY, 0.0, 0.0);
        }
        self.far[source] = 0.0;
        self.queue.push(Reverse((0, id(source))));
        while let Some(Reverse((bits, node))) = self.queue.pop() {
            let at = node as usize;
            // An entry that a shorter way has overtaken, or the second of two alike.
            if bits > self.far[at].to_bits() || self.paths[at] > 0.0 {
                continue;
            }
            self.settle(at, source);
            self.settled.push(node);
            for (other, length) in self.ties(at) {
                let far = self.far[at] + length;
                if far < self.far[other] {
                    self.far[other] = far;
                    self.queue.push(Reverse((far.to_bits(), id(other))));
                }
            }
        }
        let weight = self.stands_for[source];
        for place in (1..self.settled.len()).rev() {
            let node = self.settled[place] as usize;
            let share = (self.stands_for[node] + self.depends[node]) / self.paths[node];
            let limit = self.far[node] * (1.0 + EQUAL);
            for (other, length) in self.ties(node) {
                if self.is_before(other, length, node, limit) {
                    self.depends[other] += self.paths[other] * share;
                }
            }
            self.sum[node] += weight * self.depends[node];
        }
    }

    /// Counts the shortest ways to a node, all nearer ones being settled.
    fn settle(&mut self, node: usize, source: usize) {
        if node == source {
            self.paths[node] = 1.0;
            return;
        }
        let limit = self.far[node] * (1.0 + EQUAL);
        let ways: f64 = self
            .ties(node)
            .filter(|(other, length)| self.is_before(*other, *length, node, limit))
            .map(|(other, _)| self.paths[other])
            .sum();
        self.paths[node] = ways;
    }

    /// Whether the last step of a shortest way to `node` may come from `other`.
    fn is_before(&self, other: usize, length: f64, node: usize, limit: f64) -> bool {
        self.far[other] < self.far[node] && self.far[other] + length <= limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::betweenness::betweenness;
    use crate::random::Stream;

    #[test]
    fn equal_weights_give_the_unweighted_answer() {
        for index in 0..30 {
            let mut stream = Stream::new(3, "equal-weights", index);
            let edges: Vec<_> =
                (0..90).map(|_| (stream.index(40), stream.index(40), 1.0)).collect();
            // Thirds are not exact, so ways of equal length must be found equal by tolerance.
            let thirds = Flat::new(40, edges.iter().copied()).unweighted();
            let thirds = Flat::new(40, thirds.edges().map(|(a, b, _)| (a, b, 3.0)));
            for (found, expected) in betweenness_weighted(&thirds).iter().zip(betweenness(&thirds))
            {
                assert!((found - expected).abs() < 1e-9, "graph {index}: {found}, not {expected}");
            }
        }
    }

    #[test]
    fn sums_that_are_equal_on_paper_are_equal() {
        // 0 to 3 over 1: 1/10 + 1/5 = 0.3 in another order of rounding than over 2: 1/5 + 1/10.
        let flat = Flat::new(4, [(0, 1, 10.0), (1, 3, 5.0), (0, 2, 5.0), (2, 3, 10.0)]);
        let found = betweenness_weighted(&flat);
        assert!((found[1] - 0.5).abs() < 1e-12 && (found[2] - 0.5).abs() < 1e-12, "{found:?}");
        // 0.1 + 0.2 is not 0.3 in floating point: the direct tie 0-2 of length 0.3 shares the pair with the way over 1.
        let flat = Flat::new(3, [(0, 1, 10.0), (1, 2, 5.0), (0, 2, 10.0 / 3.0)]);
        assert!((betweenness_weighted(&flat)[1] - 0.5).abs() < 1e-12);
    }

    #[test]
    fn agrees_with_all_ways_written_out() {
        for index in 0..40 {
            let mut stream = Stream::new(5, "all-ways", index);
            let edges: Vec<_> = (0..12)
                .map(|_| (stream.index(8), stream.index(8), 1.0 + stream.index(3) as f64))
                .collect();
            let flat = Flat::new(8, edges);
            let mut expected = [0.0; 8];
            for a in 0..8 {
                for b in a + 1..8 {
                    let mut ways = Vec::new();
                    walk(&flat, b, &mut vec![a], 0.0, &mut ways);
                    let best = ways.iter().map(|way| way.0).fold(f64::INFINITY, f64::min);
                    ways.retain(|way| way.0 <= best * (1.0 + 1e-9));
                    for (_, way) in &ways {
                        for node in &way[1..way.len() - 1] {
                            expected[*node] += 1.0 / ways.len() as f64;
                        }
                    }
                }
            }
            for (found, expected) in betweenness_weighted(&flat).iter().zip(expected) {
                assert!((found - expected).abs() < 1e-9, "graph {index}: {found}, not {expected}");
            }
        }
    }

    fn walk(
        flat: &Flat,
        goal: usize,
        way: &mut Vec<usize>,
        length: f64,
        ways: &mut Vec<(f64, Vec<usize>)>,
    ) {
        let Some(at) = way.last().copied() else { return };
        if at == goal {
            ways.push((length, way.clone()));
            return;
        }
        for (other, weight) in flat.neighbours(at).iter().zip(flat.weights(at)) {
            let other = *other as usize;
            if !way.contains(&other) {
                way.push(other);
                walk(flat, goal, way, length + 1.0 / weight, ways);
                way.pop();
            }
        }
    }
}
