//! `PageRank`: where a walker stands in the long run who follows a random tie and now and then starts anew anywhere.
//!
//! **Definition** the solution of `x = (1 − d)/n + d · Σ_j x_j a_ij / s_j`, damping `d = 0.85`, summing to 1; a node
//! without ties hands its share to all alike. **Range** 0..=1. **Weights** those of the graph given.
//!
//! **How** the ties of an undirected graph make the system symmetric once scaled by `s^½`, so conjugate gradients
//! solve it, in about a third of the passes that repeated stepping takes; the start is the answer for `d = 1`.
//!
//! **Exact or estimated** to a relative residual of 1e-11. **Complexity** O(m) a pass, some 20 passes.
//! **Reference** Page et al. 1999; Hestenes & Stiefel 1952.

use rayon::prelude::*;

use super::chunks::{CHUNKS, by_nodes};
use super::components::components;
use crate::network::Flat;

const DAMPING: f64 = 0.85;
/// Residual at which the answer stands, relative to the start of the system.
const RESIDUAL: f64 = 1e-11;
/// Passes after which rounding, not distance, is what is left.
const MOST_PASSES: usize = 200;

/// `PageRank` of every node, with the weights of the graph.
///
/// ```
/// use weaktie::measures::pagerank::pagerank;
/// use weaktie::network::Flat;
/// // A path 0-1-2: x0 = 0.05 + 0.85·x1/2, x1 = 0.05 + 0.85·2·x0.
/// let found = pagerank(&Flat::new(3, [(0, 1, 1.0), (1, 2, 1.0)]));
/// assert!((found[0] - 0.07125 / 0.2775).abs() < 1e-12);
/// ```
#[must_use]
pub fn pagerank(flat: &Flat) -> Vec<f64> {
    let nodes = flat.len();
    let is_unit = flat.weighs_alike();
    let strength: Vec<f64> = (0..nodes)
        .map(|node| if is_unit { flat.degree(node) as f64 } else { flat.strength(node) })
        .collect();
    let scale: Vec<f64> =
        strength.iter().map(|s| if *s > 0.0 { 1.0 / s.sqrt() } else { 0.0 }).collect();
    let system = System { flat, scale: &scale, is_unit };
    let restart = (1.0 - DAMPING) / nodes.max(1) as f64;
    let mut y = start(flat, &strength);
    let right: Vec<f64> = scale.iter().map(|s| restart * s).collect();
    let applied = system.apply(&y);
    let mut residual: Vec<f64> = right.iter().zip(&applied).map(|(b, a)| b - a).collect();
    let mut direction = residual.clone();
    let mut size = dot(&residual, &residual);
    let enough = RESIDUAL * RESIDUAL * dot(&right, &right);
    for _ in 0..MOST_PASSES {
        if size <= enough {
            break;
        }
        let applied = system.apply(&direction);
        let step = size / dot(&direction, &applied);
        for (((y, r), d), a) in y.iter_mut().zip(&mut residual).zip(&direction).zip(&applied) {
            *y += step * d;
            *r -= step * a;
        }
        let next = dot(&residual, &residual);
        let keep = next / size;
        size = next;
        for (d, r) in direction.iter_mut().zip(&residual) {
            *d = r + keep * *d;
        }
    }
    let mut x: Vec<f64> = y
        .iter()
        .zip(&strength)
        .map(|(y, s)| if *s > 0.0 { y * s.sqrt() } else { restart })
        .collect();
    let sum: f64 = x.iter().sum();
    for value in &mut x {
        *value /= sum;
    }
    x
}

/// `S^{-½} x` for `d = 1`: within its component the walker stands at a node in proportion to its strength.
fn start(flat: &Flat, strength: &[f64]) -> Vec<f64> {
    let parts = components(flat);
    let mut sum = vec![0.0; parts.sizes.len()];
    for (part, strength) in parts.of.iter().zip(strength) {
        sum[*part as usize] += strength;
    }
    let share: Vec<f64> = parts
        .sizes
        .iter()
        .zip(&sum)
        .map(|(people, sum)| if *sum > 0.0 { f64::from(*people) / sum } else { 0.0 })
        .collect();
    let people = flat.len() as f64;
    let of = parts.of.iter().zip(strength);
    of.map(|(part, strength)| share[*part as usize] / people * strength.sqrt()).collect()
}

/// `I − d · S^{-½} A S^{-½}`.
struct System<'a> {
    flat: &'a Flat,
    scale: &'a [f64],
    is_unit: bool,
}

impl System<'_> {
    fn apply(&self, y: &[f64]) -> Vec<f64> {
        let scaled: Vec<f64> = y.iter().zip(self.scale).map(|(y, s)| y * s).collect();
        let parts = by_nodes(
            self.flat,
            |node| self.flat.degree(node),
            CHUNKS,
            |nodes| {
                let one =
                    |node: usize| y[node] - DAMPING * self.scale[node] * self.around(node, &scaled);
                nodes.map(one).collect::<Vec<f64>>()
            },
        );
        parts.concat()
    }

    fn around(&self, node: usize, scaled: &[f64]) -> f64 {
        let others = self.flat.neighbours(node);
        if self.is_unit {
            return sum_of(others, scaled);
        }
        let ties = others.iter().zip(self.flat.weights(node));
        ties.map(|(other, weight)| scaled[*other as usize] * weight).sum()
    }
}

/// Four sums side by side: one addition need not wait for the last.
fn sum_of(others: &[u32], values: &[f64]) -> f64 {
    let fours = others.chunks_exact(4);
    let rest: f64 = fours.remainder().iter().map(|other| values[*other as usize]).sum();
    let mut sum = [0.0; 4];
    for four in fours {
        for (sum, other) in sum.iter_mut().zip(four) {
            *sum += values[*other as usize];
        }
    }
    (sum[0] + sum[1]) + (sum[2] + sum[3]) + rest
}

/// A sum of products in pieces of fixed length.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    const PIECE: usize = 1 << 15;
    let piece = |(a, b): (&[f64], &[f64])| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    if a.len() <= 8 * PIECE {
        return a.chunks(PIECE).zip(b.chunks(PIECE)).map(piece).sum();
    }
    let parts: Vec<f64> = a.par_chunks(PIECE).zip(b.par_chunks(PIECE)).map(piece).collect();
    parts.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    /// Stepping until nothing moves.
    fn plain(flat: &Flat) -> Vec<f64> {
        let n = flat.len() as f64;
        let mut x = vec![1.0 / n; flat.len()];
        for _ in 0..2_000 {
            let lost: f64 = (0..flat.len()).filter(|v| flat.degree(*v) == 0).map(|v| x[v]).sum();
            let mut next = vec![(1.0 - DAMPING + DAMPING * lost) / n; flat.len()];
            for (node, x) in x.iter().enumerate() {
                for (other, weight) in flat.neighbours(node).iter().zip(flat.weights(node)) {
                    next[*other as usize] += DAMPING * x * weight / flat.strength(node);
                }
            }
            x = next;
        }
        x
    }

    #[test]
    fn agrees_with_stepping_with_weights_and_isolates() {
        for index in 0..20 {
            let mut stream = Stream::new(2, "pagerank", index);
            let edges: Vec<_> = (0..60)
                .map(|_| (stream.index(50), stream.index(50), stream.between(0.1, 4.0)))
                .collect();
            let flat = Flat::new(50, edges);
            for flat in [flat.unweighted(), flat] {
                let found = pagerank(&flat);
                assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12);
                for (found, expected) in found.iter().zip(plain(&flat)) {
                    assert!((found - expected).abs() < 1e-11, "{found}, not {expected}");
                }
            }
        }
    }

    #[test]
    fn without_ties_all_are_alike_and_without_people_there_is_nothing() {
        assert_eq!(pagerank(&Flat::new(4, [])), [0.25; 4]);
        assert!(pagerank(&Flat::new(0, [])).is_empty());
    }
}
