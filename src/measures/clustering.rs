//! Clustering: how many of a person's contacts know each other.
//!
//! **Definition** local `2t / (k(k − 1))`, t the ties among the k contacts. Weighted, Barrat et al. 2004:
//! `Σ (a_ij + a_ih) / 2` over ordered closed pairs j, h, over `s_i (k_i − 1)`; Onnela et al. 2005: the mean over pairs
//! of `(w_ij w_jh w_hi)^{1/3}`, weights over the largest of the graph. Transitivity: three times the triangles over
//! the two-paths. Embeddedness of a tie: contacts that its ends share; a tie without any is a *local bridge*.
//!
//! **Range** 0..=1; embeddedness 0 and up. **Edge cases** clustering below two contacts is 0, weighted or
//! not; embeddedness is undefined without a tie, transitivity without a two-path.
//!
//! **Complexity** `O(m · a)`, a the arboricity. **Reference** Watts & Strogatz 1998; Barrat et al. 2004, PNAS
//! 101:3747; Onnela et al. 2005, PRE 71:065103; Chiba & Nishizeki 1985; Granovetter 1973.

use super::chunks::by_nodes;
use super::shared::{Shared, of_unit, shared};
use crate::network::{Flat, id};

/// Chunks of nodes: each counts in a vector of its own.
const CHUNKS: usize = 16;

/// Triangles through every node.
///
/// ```
/// use weaktie::measures::clustering::{local, triangles};
/// use weaktie::network::Flat;
/// // A triangle 0-1-2 with a tail 2-3.
/// let flat = Flat::new(4, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (2, 3, 1.0)]);
/// assert_eq!(triangles(&flat), [1, 1, 1, 0]);
/// assert_eq!(local(&flat, &triangles(&flat)), [1.0, 1.0, 1.0 / 3.0, 0.0]);
/// ```
#[must_use]
pub fn triangles(flat: &Flat) -> Vec<u64> {
    let upward = Upward::of(flat);
    let parts = by_nodes(flat, |node| upward.work(node), CHUNKS, |nodes| upward.count(nodes));
    let mut by_rank = vec![0_u64; flat.len()];
    for part in parts {
        for (sum, count) in by_rank.iter_mut().zip(part) {
            *sum += u64::from(count);
        }
    }
    upward.rank.iter().map(|rank| by_rank[*rank as usize]).collect()
}

/// Ties from each node to those of higher degree, nodes renumbered by degree: no node has many.
struct Upward {
    rank: Vec<u32>,
    offsets: Vec<usize>,
    targets: Vec<u32>,
}

impl Upward {
    fn of(flat: &Flat) -> Self {
        let order = by_degree(flat);
        let mut rank = vec![0; flat.len()];
        for (new, old) in order.iter().enumerate() {
            rank[*old as usize] = id(new);
        }
        let mut offsets = Vec::with_capacity(flat.len() + 1);
        let mut targets = Vec::with_capacity(flat.ties());
        offsets.push(0);
        for (new, old) in order.iter().enumerate() {
            let others = flat.neighbours(*old as usize).iter().map(|other| rank[*other as usize]);
            targets.extend(others.filter(|other| *other > id(new)));
            offsets.push(targets.len());
        }
        Self { rank, offsets, targets }
    }

    fn row(&self, node: usize) -> &[u32] {
        &self.targets[self.offsets[node]..self.offsets[node + 1]]
    }

    fn work(&self, node: usize) -> usize {
        self.row(node).iter().map(|other| self.row(*other as usize).len()).sum()
    }

    fn count(&self, nodes: std::ops::Range<usize>) -> Vec<u32> {
        let mut counts = vec![0_u32; self.rank.len()];
        let mut marks = vec![0_u32; self.rank.len()];
        for node in nodes {
            let row = self.row(node);
            if row.len() < 2 {
                continue;
            }
            for other in row {
                marks[*other as usize] = 1;
            }
            for other in row {
                let mut closed = 0;
                for third in self.row(*other as usize) {
                    let mark = marks[*third as usize];
                    closed += mark;
                    counts[*third as usize] += mark;
                }
                counts[*other as usize] += closed;
                counts[node] += closed;
            }
            for other in row {
                marks[*other as usize] = 0;
            }
        }
        counts
    }
}

/// Nodes by ascending degree, then by number (a counting sort).
pub(super) fn by_degree(flat: &Flat) -> Vec<u32> {
    let most = (0..flat.len()).map(|node| flat.degree(node)).max().unwrap_or(0);
    let mut starts = vec![0_usize; most + 2];
    for node in 0..flat.len() {
        starts[flat.degree(node) + 1] += 1;
    }
    for degree in 0..=most {
        starts[degree + 1] += starts[degree];
    }
    let mut order = vec![0; flat.len()];
    for node in 0..flat.len() {
        let at = &mut starts[flat.degree(node)];
        order[*at] = id(node);
        *at += 1;
    }
    order
}

/// Local clustering from [`triangles`]; 0 below two contacts.
#[must_use]
pub fn local(flat: &Flat, triangles: &[u64]) -> Vec<f64> {
    let share = |(node, triangles): (usize, &u64)| {
        let degree = flat.degree(node) as f64;
        if degree < 2.0 { 0.0 } else { 2.0 * *triangles as f64 / (degree * (degree - 1.0)) }
    };
    triangles.iter().enumerate().map(share).collect()
}

/// Barrat's weighted clustering; 0 below two contacts.
#[must_use]
pub fn barrat(flat: &Flat) -> Vec<f64> {
    let counts = of_unit(flat, &vec![1.0; flat.len()]);
    per_node(flat, |node| {
        let ties = flat.weights(node).iter().zip(&counts[flat.row(node)]);
        let closed: f64 = ties.map(|(weight, shared)| weight * shared.sum).sum();
        closed / (flat.strength(node) * (flat.degree(node) as f64 - 1.0))
    })
}

/// Onnela's weighted clustering; 0 below two contacts.
#[must_use]
pub fn onnela(flat: &Flat) -> Vec<f64> {
    let largest = flat.all_weights().iter().copied().fold(0.0, f64::max);
    let roots: Vec<f64> =
        flat.all_weights().iter().map(|weight| libm::cbrt(weight / largest)).collect();
    let sums = shared(flat, &roots, &vec![1.0; flat.len()]);
    per_node(flat, |node| {
        let ties = roots[flat.row(node)].iter().zip(&sums[flat.row(node)]);
        let closed: f64 = ties.map(|(root, shared)| root * shared.sum).sum();
        let degree = flat.degree(node) as f64;
        closed / (degree * (degree - 1.0))
    })
}

fn per_node(flat: &Flat, value: impl Fn(usize) -> f64) -> Vec<f64> {
    (0..flat.len()).map(|node| if flat.degree(node) > 1 { value(node) } else { 0.0 }).collect()
}

/// Transitivity from [`triangles`]; `None` without a two-path.
#[must_use]
pub fn transitivity(flat: &Flat, triangles: &[u64]) -> Option<f64> {
    let paths: f64 = (0..flat.len())
        .map(|node| flat.degree(node) as f64)
        .map(|degree| degree * (degree - 1.0) / 2.0)
        .sum();
    (paths > 0.0).then(|| triangles.iter().sum::<u64>() as f64 / paths)
}

/// How a node's ties sit among shared contacts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Embedded {
    /// Mean number of contacts that the ends of its ties share; `None` without a tie.
    pub embeddedness: Option<f64>,
    /// Ties whose ends share nobody.
    pub local_bridges: usize,
}

/// Embeddedness and local bridges of every node.
///
/// ```
/// use weaktie::measures::clustering::embedded;
/// use weaktie::network::Flat;
/// // A triangle 0-1-2 with a tail 2-3: of 2's three ties two share one person, one is a local bridge.
/// let flat = Flat::new(4, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (2, 3, 1.0)]);
/// let two = embedded(&flat)[2];
/// assert_eq!((two.embeddedness, two.local_bridges), (Some(2.0 / 3.0), 1));
/// ```
#[must_use]
pub fn embedded(flat: &Flat) -> Vec<Embedded> {
    let counts = of_unit(flat, &vec![1.0; flat.len()]);
    let one = |node: usize| {
        let row = &counts[flat.row(node)];
        let all: f64 = row.iter().map(|shared| shared.sum).sum();
        let alone = |shared: &&Shared| shared.sum < 0.5;
        Embedded {
            embeddedness: (!row.is_empty()).then(|| all / row.len() as f64),
            local_bridges: row.iter().filter(alone).count(),
        }
    };
    (0..flat.len()).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    #[test]
    fn triangles_agree_with_counting_all_triples() {
        for index in 0..20 {
            let mut stream = Stream::new(6, "triangles", index);
            let edges: Vec<_> =
                (0..150).map(|_| (stream.index(30), stream.index(30), 1.0)).collect();
            let flat = Flat::new(30, edges);
            let mut expected = vec![0; 30];
            for a in 0..30 {
                for b in a + 1..30 {
                    for c in b + 1..30 {
                        if flat.has_tie(a, b) && flat.has_tie(b, c) && flat.has_tie(a, c) {
                            for node in [a, b, c] {
                                expected[node] += 1;
                            }
                        }
                    }
                }
            }
            assert_eq!(triangles(&flat), expected);
            let degree = |node: usize| flat.degree(node) as f64;
            for (node, embedded) in embedded(&flat).iter().enumerate() {
                let mean = 2.0 * f64::from(u32::try_from(expected[node]).unwrap()) / degree(node);
                assert!(embedded.embeddedness.is_none_or(|found| (found - mean).abs() < 1e-12));
            }
        }
    }

    #[test]
    fn weighted_clustering_of_a_triangle_with_a_tail() {
        let flat = Flat::new(4, [(0, 1, 2.0), (1, 2, 4.0), (0, 2, 1.0), (2, 3, 5.0)]);
        // Barrat at 2: the one closed pair (0, 1) in both orders, (1 + 4)/2 each, over s = 10 and k − 1 = 2.
        assert!((barrat(&flat)[2] - 5.0 / 20.0).abs() < 1e-12);
        // Onnela at 2: 2 · (2·4·1 / 5³)^{1/3} over 3 · 2.
        let root = libm::cbrt(8.0) / 5.0;
        assert!((onnela(&flat)[2] - 2.0 * root / 6.0).abs() < 1e-12);
        assert_eq!((barrat(&flat)[3], onnela(&flat)[3]), (0.0, 0.0));
        assert_eq!(transitivity(&Flat::new(2, [(0, 1, 1.0)]), &[0, 0]), None);
    }
}
