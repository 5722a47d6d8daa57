//! Betweenness of large graphs from sampled shortest ways, with error bounds that hold.
//!
//! **Definition** a pair of people is drawn, then one of its shortest ways, each alike; the share of the ways through
//! a person estimates its normalised betweenness over all pairs. Each count is binomial, so the interval of each
//! person follows from the Chernoff bound, `r · KL(share ‖ b) ≤ ln(2n/δ)`: *all* intervals hold at once with
//! probability `1 − δ`. It is narrow where it matters: few are between many, and theirs is the count that is large.
//!
//! **Samples** `r = (0.5/ε²)(⌊log2(VD − 2)⌋ + 1 + ln(1/δ))` keep every error below ε with probability `1 − δ`; VD
//! bounds the people on a shortest way. **Randomness** one stream for each of a fixed number of chunks, so the draw
//! does not depend on threads. **Complexity** a search from both ends, far less than O(m) a sample in most networks.
//!
//! **Reference** Riondato & Kornaropoulos 2016, DMKD 30:438; Borassi & Natale 2016 for the search from both ends.

use rayon::prelude::*;

use crate::network::{Flat, id};
use crate::random::Stream;

/// Chance that some bound fails.
pub const DELTA: f64 = 0.1;
/// Chunks of samples: one stream of draws each.
const CHUNKS: usize = 64;

/// Estimates of the betweenness of every node.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampled {
    /// Raw betweenness, pairs of people.
    pub estimate: Vec<f64>,
    /// Lower ends of the intervals, pairs of people.
    pub low: Vec<f64>,
    /// Upper ends.
    pub high: Vec<f64>,
    /// Ways drawn.
    pub samples: usize,
}

/// Ways to draw so that every normalised error is below `epsilon` with probability `1 −` [`DELTA`].
///
/// ```
/// use weaktie::measures::path_sampling::samples_for;
/// // Six people on the longest way: (0.5/0.0001)(2 + 1 + ln 10).
/// assert_eq!(samples_for(0.01, 6), 26_513);
/// ```
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positive, far below 2^53"
)]
pub fn samples_for(epsilon: f64, vertex_diameter: u32) -> usize {
    let levels = f64::from(vertex_diameter.saturating_sub(2).max(1).ilog2()) + 1.0;
    (0.5 / (epsilon * epsilon) * (levels + libm::log(1.0 / DELTA))).ceil() as usize
}

/// At least the people on the longest shortest way: twice the eccentricity of one node of each component, plus one.
#[must_use]
pub fn vertex_diameter(flat: &Flat) -> u32 {
    let mut far = vec![u32::MAX; flat.len()];
    let mut most = 0;
    for start in 0..flat.len() {
        if far[start] != u32::MAX {
            continue;
        }
        far[start] = 0;
        let mut order = vec![id(start)];
        let mut at = 0;
        while let Some(node) = order.get(at).copied() {
            at += 1;
            for other in flat.neighbours(node as usize) {
                if far[*other as usize] == u32::MAX {
                    far[*other as usize] = far[node as usize] + 1;
                    most = most.max(far[node as usize] + 1);
                    order.push(*other);
                }
            }
        }
    }
    2 * most + 1
}

/// Betweenness of every node from `samples` ways drawn by `seed`.
///
/// ```
/// use weaktie::measures::path_sampling::betweenness_by_paths;
/// use weaktie::network::Flat;
/// let path = Flat::new(3, [(0, 1, 1.0), (1, 2, 1.0)]);
/// let found = betweenness_by_paths(&path, 1_000, 1);
/// assert!(found.low[1] <= 1.0 && 1.0 <= found.high[1]);
/// assert_eq!(found.estimate[0], 0.0);
/// ```
#[must_use]
pub fn betweenness_by_paths(flat: &Flat, samples: usize, seed: u64) -> Sampled {
    let nodes = flat.len();
    let share = |chunk: usize| samples * (chunk + 1) / CHUNKS - samples * chunk / CHUNKS;
    let run = |chunk: usize| {
        let mut search = Search::new(flat, Stream::new(seed, "betweenness-paths", chunk as u64));
        for _ in 0..share(chunk) {
            search.sample();
        }
        search.counts
    };
    let mut counts = vec![0_u64; nodes];
    if nodes > 2 {
        // Chunks are folded as they come: whole numbers add up alike in any order.
        let sum = |mut a: Vec<u64>, b: Vec<u64>| {
            a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
            a
        };
        counts = (0..CHUNKS).into_par_iter().map(run).reduce(|| vec![0; nodes], sum);
    }
    let pairs = nodes as f64 * (nodes as f64 - 1.0) / 2.0;
    let drawn = samples.max(1) as f64;
    let excess = libm::log(2.0 * nodes.max(1) as f64 / DELTA) / drawn;
    let scaled = |bound: fn(f64, f64) -> f64| -> Vec<f64> {
        counts.iter().map(|count| pairs * bound(*count as f64 / drawn, excess)).collect()
    };
    Sampled { estimate: scaled(|share, _| share), low: scaled(low), high: scaled(high), samples }
}

/// `KL(q ‖ p)` of two coins.
fn divergence(q: f64, p: f64) -> f64 {
    let term = |q: f64, p: f64| if q > 0.0 { q * libm::log(q / p) } else { 0.0 };
    term(q, p) + term(1.0 - q, 1.0 - p)
}

/// The smallest chance under which a share this large is not too unlikely.
fn low(share: f64, excess: f64) -> f64 {
    let (mut outside, mut inside) = (0.0, share);
    for _ in 0..60 {
        let middle = f64::midpoint(outside, inside);
        if middle > 0.0 && divergence(share, middle) <= excess {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    outside
}

/// The largest chance under which a share this small is not too unlikely.
fn high(share: f64, excess: f64) -> f64 {
    let (mut inside, mut outside) = (share, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(inside, outside);
        if middle < 1.0 && divergence(share, middle) <= excess {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    outside
}

/// One end of a search.
struct Side {
    far: Vec<u32>,
    paths: Vec<f64>,
    reached: Vec<u32>,
    /// Where the outermost level begins in `reached`.
    level: usize,
}

const FAR: u32 = u32::MAX;

impl Side {
    fn new(nodes: usize) -> Self {
        Self { far: vec![FAR; nodes], paths: vec![0.0; nodes], reached: Vec::new(), level: 0 }
    }

    fn start(&mut self, node: u32) {
        for node in self.reached.drain(..) {
            self.far[node as usize] = FAR;
        }
        self.far[node as usize] = 0;
        self.paths[node as usize] = 1.0;
        self.reached.push(node);
        self.level = 0;
    }

    fn arcs(&self, flat: &Flat) -> usize {
        self.reached[self.level..].iter().map(|node| flat.degree(*node as usize)).sum()
    }

    /// One level outwards; the arcs by which it meets the other side, as (own, other).
    fn advance(&mut self, flat: &Flat, other_side: &Self, met: &mut Vec<(u32, u32)>) {
        let level = self.level..self.reached.len();
        self.level = level.end;
        for place in level {
            let node = self.reached[place];
            let (next, paths) = (self.far[node as usize] + 1, self.paths[node as usize]);
            for other in flat.neighbours(node as usize) {
                let at = *other as usize;
                if other_side.far[at] != FAR {
                    met.push((node, *other));
                } else if self.far[at] == FAR {
                    self.far[at] = next;
                    self.paths[at] = paths;
                    self.reached.push(*other);
                } else if self.far[at] == next {
                    self.paths[at] += paths;
                }
            }
        }
    }

    /// Counts the people of one way from `node` back to the start, each way alike; the start is not counted.
    fn walk_back(&self, flat: &Flat, node: u32, stream: &mut Stream, counts: &mut [u64]) {
        let mut node = node as usize;
        while self.far[node] > 0 {
            counts[node] += 1;
            let before = |other: &&u32| {
                let far = self.far[**other as usize];
                far != FAR && far + 1 == self.far[node]
            };
            let mut left = stream.unit() * self.paths[node];
            let mut chosen = node;
            for other in flat.neighbours(node).iter().filter(before) {
                chosen = *other as usize;
                left -= self.paths[chosen];
                if left < 0.0 {
                    break;
                }
            }
            node = chosen;
        }
    }
}

struct Search<'a> {
    flat: &'a Flat,
    stream: Stream,
    ends: [Side; 2],
    met: Vec<(u32, u32)>,
    counts: Vec<u64>,
}

impl<'a> Search<'a> {
    fn new(flat: &'a Flat, stream: Stream) -> Self {
        let nodes = flat.len();
        let ends = [Side::new(nodes), Side::new(nodes)];
        Self { flat, stream, ends, met: Vec::new(), counts: vec![0; nodes] }
    }

    fn sample(&mut self) {
        let nodes = self.flat.len();
        let a = self.stream.index(nodes);
        let b = (a + 1 + self.stream.index(nodes - 1)) % nodes;
        let [from, to] = &mut self.ends;
        from.start(id(a));
        to.start(id(b));
        self.met.clear();
        let mut from_is_inside = true;
        while self.met.is_empty() {
            // The side with fewer arcs to follow; a side without any has seen its whole component.
            let (arcs_from, arcs_to) = (from.arcs(self.flat), to.arcs(self.flat));
            if arcs_from.min(arcs_to) == 0 {
                return;
            }
            from_is_inside = arcs_from <= arcs_to;
            if from_is_inside {
                from.advance(self.flat, to, &mut self.met);
            } else {
                to.advance(self.flat, from, &mut self.met);
            }
        }
        let (inner, outer) = if from_is_inside { (&*from, &*to) } else { (&*to, &*from) };
        let ways = |(a, b): &(u32, u32)| inner.paths[*a as usize] * outer.paths[*b as usize];
        let mut left = self.stream.unit() * self.met.iter().map(ways).sum::<f64>();
        let passes = |arc: &&(u32, u32)| {
            left -= ways(arc);
            left < 0.0
        };
        let chosen = self.met.iter().find(passes).or(self.met.last()).copied();
        if let Some((a, b)) = chosen {
            inner.walk_back(self.flat, a, &mut self.stream, &mut self.counts);
            outer.walk_back(self.flat, b, &mut self.stream, &mut self.counts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::betweenness::betweenness;

    #[test]
    fn every_interval_holds_the_exact_value_and_the_error_is_as_promised() {
        for index in 0..6 {
            let mut stream = Stream::new(3, "intervals", index);
            let edges: Vec<_> =
                (0..400).map(|_| (stream.index(150), stream.index(150), 1.0)).collect();
            let flat = Flat::new(150, edges);
            let samples = samples_for(0.02, vertex_diameter(&flat));
            let found = betweenness_by_paths(&flat, samples, index);
            let pairs = 150.0 * 149.0 / 2.0;
            for (node, exact) in betweenness(&flat).into_iter().enumerate() {
                let (low, high) = (found.low[node], found.high[node]);
                assert!(low - 1e-9 <= exact && exact <= high + 1e-9, "{low} {exact} {high}");
                assert!((found.estimate[node] - exact).abs() < 0.02 * pairs);
                assert!(low <= found.estimate[node] && found.estimate[node] <= high);
            }
        }
    }

    #[test]
    fn the_ends_of_an_interval_lie_where_the_divergence_is_the_excess() {
        // At share 1/2 the divergence is −ln(4 p (1 − p)) / 2.
        let reach = libm::sqrt(1.0 - libm::exp(-0.2)) / 2.0;
        assert!((high(0.5, 0.1) - (0.5 + reach)).abs() < 1e-9);
        assert!((low(0.5, 0.1) - (0.5 - reach)).abs() < 1e-9);
        assert!((high(1.0, 0.1) - 1.0).abs() < 1e-12 && low(0.0, 0.1).abs() < 1e-12);
    }

    #[test]
    fn ways_of_one_pair_are_drawn_alike() {
        // From 0 to 4: over 1, 2 or 3, then 5 leads on; three ways of four steps, one of them over 1.
        let edges = [(0, 1), (0, 2), (0, 3), (1, 4), (2, 4), (3, 4), (4, 5)];
        let flat = Flat::new(6, edges.map(|(a, b)| (a, b, 1.0)));
        let found = betweenness_by_paths(&flat, 60_000, 1);
        for (estimate, exact) in found.estimate.iter().zip(betweenness(&flat)) {
            assert!((estimate - exact).abs() < 0.15, "{estimate}, not {exact}");
        }
    }

    #[test]
    fn small_or_tieless_graphs_give_zeros() {
        for flat in [Flat::new(0, []), Flat::new(2, [(0, 1, 1.0)]), Flat::new(5, [])] {
            let found = betweenness_by_paths(&flat, 100, 1);
            assert!(found.estimate.iter().all(|value| *value <= 0.0));
        }
        assert_eq!(samples_for(0.02, 6), 6_629);
    }
}
