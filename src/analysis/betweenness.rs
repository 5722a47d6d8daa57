//! Betweenness: how often a contact lies on the shortest way between two others.
//!
//! **Question** Through whom do your contacts reach each other?
//!
//! **Definition** `B(v) = Σ_{s<t} σ_st(v) / σ_st`, shortest paths by number of ties, ends not counted, each unordered
//! pair once. Normalised by `(n − 1)(n − 2) / 2` with the whole `n`.
//!
//! **Range and unit** pairs of people, 0 and up; normalised 0..=1. **Weights and direction** none: inverse weights make
//! counts of equal paths fragile.
//!
//! **Edge cases** `n ≤ 2`: normalised undefined. Pairs in different components count for nobody.
//!
//! **Complexity** O(n·m) time, O(n) memory a chunk of sources; sources are split into a number of chunks that depends
//! on `n` alone and summed in chunk order, so any thread count gives the same bits.
//!
//! **Exact or estimated** exact up to `n·m = 5·10⁸`; above, from pivots (Brandes & Pich 2007) under the id
//! `betweenness-sampled`: an estimate without a bound.
//!
//! **Reference** Brandes 2001, J. Math. Soc. 25:163.

use rayon::prelude::*;

use crate::audit::Refused;
use crate::network::Flat;
use crate::note::Note;
use crate::random::Stream;
use crate::study::Study;

use super::{Analysis, Facts, Findings, Measure, refused_without_alter_ties};

/// Exact, raw.
pub const BETWEENNESS: Measure =
    Measure { id: "betweenness", title: "Betweenness", unit: "pairs of contacts" };
/// Exact, normalised.
pub const NORMALIZED: Measure =
    Measure { id: "betweenness-normalized", title: "Betweenness, normalised", unit: "0..=1" };
/// Estimated, raw.
pub const SAMPLED: Measure = Measure {
    id: "betweenness-sampled",
    title: "Betweenness, estimated from pivots (no bound)",
    unit: "pairs of contacts",
};

/// Above this `n·m` the exact answer is not computed in an audit.
const EXACT_LIMIT: usize = 500_000_000;
/// Most chunks of sources, whatever the machine.
const CHUNKS: usize = 64;

/// Exact betweenness of every node.
///
/// ```
/// use weaktie::analysis::betweenness::betweenness;
/// use weaktie::network::Flat;
/// let path = Flat::new(4, [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0)]);
/// assert_eq!(betweenness(&path), [0.0, 2.0, 2.0, 0.0]);
/// ```
#[must_use]
pub fn betweenness(flat: &Flat) -> Vec<f64> {
    let sources: Vec<usize> = (0..flat.len()).collect();
    from_sources(flat, &sources)
}

/// Betweenness estimated from `pivots` sources drawn by `seed`, scaled to all sources.
#[must_use]
pub fn betweenness_sampled(flat: &Flat, pivots: usize, seed: u64) -> Vec<f64> {
    let mut sources: Vec<usize> = (0..flat.len()).collect();
    Stream::new(seed, "betweenness-pivots", 0).shuffle(&mut sources);
    sources.truncate(pivots.max(1));
    sources.sort_unstable();
    let scale = flat.len() as f64 / sources.len().max(1) as f64;
    from_sources(flat, &sources).into_iter().map(|value| value * scale).collect()
}

/// Betweenness of a network: exact, or estimated where the exact answer would take too long.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Between {
    /// Raw values by node.
    pub raw: Vec<f64>,
    /// Number of pivots of the estimate; `None` = exact.
    pub pivots: Option<usize>,
}

impl Between {
    /// Exact up to `n·m = 5·10⁸`, else from as many pivots as fit that cost.
    #[must_use]
    pub fn of(flat: &Flat, seed: u64) -> Self {
        if flat.len().saturating_mul(flat.ties()) <= EXACT_LIMIT {
            return Self { raw: betweenness(flat), pivots: None };
        }
        let pivots = (EXACT_LIMIT / flat.ties()).clamp(1, flat.len());
        Self { raw: betweenness_sampled(flat, pivots, seed), pivots: Some(pivots) }
    }
}

fn from_sources(flat: &Flat, sources: &[usize]) -> Vec<f64> {
    let chunk = sources.len().div_ceil(CHUNKS).max(1);
    let parts: Vec<Vec<f64>> = sources
        .par_chunks(chunk)
        .map(|chunk| {
            let mut search = Search::new(flat.len());
            for source in chunk {
                search.run(flat, *source);
            }
            search.sum
        })
        .collect();
    let mut total = vec![0.0; flat.len()];
    for part in parts {
        for (sum, value) in total.iter_mut().zip(part) {
            *sum += value;
        }
    }
    // Each unordered pair was met from both ends.
    for sum in &mut total {
        *sum /= 2.0;
    }
    total
}

/// One breadth-first search with its way back.
struct Search {
    sum: Vec<f64>,
    distance: Vec<u32>,
    paths: Vec<f64>,
    depends: Vec<f64>,
    order: Vec<usize>,
}

const FAR: u32 = u32::MAX;

impl Search {
    fn new(nodes: usize) -> Self {
        Self {
            sum: vec![0.0; nodes],
            distance: vec![FAR; nodes],
            paths: vec![0.0; nodes],
            depends: vec![0.0; nodes],
            order: Vec::with_capacity(nodes),
        }
    }

    fn run(&mut self, flat: &Flat, source: usize) {
        for node in self.order.drain(..) {
            self.distance[node] = FAR;
            self.paths[node] = 0.0;
            self.depends[node] = 0.0;
        }
        self.distance[source] = 0;
        self.paths[source] = 1.0;
        self.order.push(source);
        let mut at = 0;
        while let Some(node) = self.order.get(at).copied() {
            at += 1;
            let next = self.distance[node] + 1;
            for other in flat.neighbours(node) {
                if self.distance[*other] == FAR {
                    self.distance[*other] = next;
                    self.order.push(*other);
                }
                if self.distance[*other] == next {
                    self.paths[*other] += self.paths[node];
                }
            }
        }
        for node in self.order.iter().skip(1).rev() {
            let share = (1.0 + self.depends[*node]) / self.paths[*node];
            let nearer = self.distance[*node] - 1;
            for other in flat.neighbours(*node) {
                if self.distance[*other] == nearer {
                    self.depends[*other] += self.paths[*other] * share;
                }
            }
            self.sum[*node] += self.depends[*node];
        }
    }
}

/// Raw betweenness over `(n − 1)(n − 2) / 2`; `None` for `n ≤ 2`.
#[must_use]
pub fn normalized(raw: f64, nodes: usize) -> Option<f64> {
    let n = nodes as f64;
    (nodes > 2).then(|| raw / ((n - 1.0) * (n - 2.0) / 2.0))
}

/// The analysis.
pub struct Betweenness;

impl Analysis for Betweenness {
    fn id(&self) -> &'static str {
        "between-contacts"
    }

    fn measures(&self) -> &'static [Measure] {
        const { &[BETWEENNESS, NORMALIZED, SAMPLED] }
    }

    fn refuses(&self, study: &Study) -> Option<Refused> {
        refused_without_alter_ties(study, "Who bridges your network?")
    }

    fn measure(&self, study: &Study, facts: &Facts) -> Findings {
        let mut findings = Findings::default();
        let flat = &study.network.flat;
        if !Facts::has_alter_ties(study) {
            return findings;
        }
        let Between { raw, pivots } = &facts.betweenness;
        let values = raw.iter().copied().map(Some).collect();
        if let Some(pivots) = pivots {
            findings.column(SAMPLED, values);
            findings.notes.push(Note::Pivots { pivots: *pivots, contacts: flat.len() });
        } else {
            findings.column(BETWEENNESS, values);
            findings.column(NORMALIZED, raw.iter().map(|b| normalized(*b, flat.len())).collect());
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_and_two_components() {
        // The centre of a star with 4 leaves lies between 4·3/2 = 6 pairs.
        let flat = Flat::new(7, (1..5).map(|leaf| (0, leaf, 1.0)).chain([(5, 6, 1.0)]));
        let found = betweenness(&flat);
        assert!((found[0] - 6.0).abs() < 1e-12);
        assert!(found[1..].iter().all(|value| value.abs() < 1e-12));
        assert_eq!(normalized(1.0, 2), None);
    }

    #[test]
    fn equal_ways_share_the_pair() {
        // A square: each node lies on one of the two ways between its neighbours.
        let square = Flat::new(4, [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 0, 1.0)]);
        assert!(betweenness(&square).iter().all(|value| (value - 0.5).abs() < 1e-12));
    }

    #[test]
    fn all_pivots_give_the_exact_answer() {
        let mut stream = Stream::new(3, "graph", 0);
        let edges: Vec<_> = (0..300).map(|_| (stream.index(80), stream.index(80), 1.0)).collect();
        let flat = Flat::new(80, edges);
        let (exact, sampled) = (betweenness(&flat), betweenness_sampled(&flat, 80, 1));
        assert!(exact.iter().zip(&sampled).all(|(a, b)| (a - b).abs() < 1e-9));
    }
}
