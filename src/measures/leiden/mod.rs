//! Communities by the Leiden algorithm: fast local move, refinement, aggregation on the refined partition, until
//! nothing moves.
//!
//! **Definition** maximises modularity `Q = Σ_c [L_c/m − γ (K_c/2m)²]` over the weighted ties. Every community is
//! connected (the guarantee Louvain lacks). **Quality** of several seeds the best two go on; what all runs agree upon is merged into core
//! groups and optimised once more from the best run (Ovelgönne & Geyer-Schulz 2012); the better of the two stays.
//! **Determinism** nodes are visited in a seeded permutation, of equal gains the lowest community is taken, no hash
//! order; runs are independent of the number of threads. Refinement merges greedily by best gain instead of at random:
//! fewer draws, same guarantee. **Complexity** O(m) a pass. **Reference** Traag, Waltman & van Eck 2019, Sci. Rep.
//! 9:5233.

mod level;
mod moves;

use rayon::prelude::*;

use crate::network::{Flat, id};
use crate::random::Stream;
use level::{Level, compact, count};

/// Seeds tried; more on small graphs.
pub const RUNS: u64 = 20;
/// Most seeds on a small graph.
const MANY_RUNS: u64 = 100;
/// Arcs of all seeds together up to which a small graph gets more of them.
const SMALL: u64 = 1_000_000;
/// Passes of each run.
const PASSES: usize = 2;
/// Passes from the core groups on, and of the best runs; they end earlier when nothing moves.
const LAST_PASSES: usize = 20;
/// The best runs, which go on until nothing moves.
const DEEP: usize = 2;
/// Arcs up to which all [`RUNS`] seeds are tried.
const ALL_RUNS: u64 = 4_000_000;

/// A division of the nodes into communities.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Partition {
    /// Community of each node; labels are by size (largest 0), then smallest member.
    pub of: Vec<usize>,
    /// Number of communities.
    pub count: usize,
    /// Modularity at γ = 1; `None` without ties.
    pub modularity: Option<f64>,
    /// Co-membership: share of a node's community that stayed with it over all runs, 0..=1; `None` alone in it.
    pub stability: Vec<Option<f64>>,
}

/// Seeds worth trying on a graph: [`RUNS`]; up to a hundred where a run takes a millisecond, and fewer, down to two,
/// where it takes many seconds.
#[must_use]
pub fn runs_for(flat: &Flat) -> u64 {
    let arcs = flat.arcs().max(1) as u64;
    if SMALL / arcs > RUNS {
        return (SMALL / arcs).min(MANY_RUNS);
    }
    ((RUNS * ALL_RUNS + arcs / 2) / arcs).clamp(2, RUNS)
}

/// The best partition from `runs` seeded runs, with canonical labels and each node's stability over the runs.
#[must_use]
pub fn best_of(flat: &Flat, gamma: f64, seed: u64, runs: u64) -> Partition {
    let whole = Level::of(flat);
    let twice_m = whole.twice_m();
    if twice_m <= 0.0 {
        let of: Vec<usize> = (0..flat.len()).collect();
        return Partition {
            count: of.len(),
            modularity: None,
            stability: vec![None; of.len()],
            of,
        };
    }
    let fold = if gamma <= 1.0 { whole.leaves_folded() } else { (0..flat.len()).map(id).collect() };
    let base = whole.merged(&fold, count(&fold));
    drop(whole);
    let price = gamma / twice_m;
    let unfolded = |of: &[u32]| -> Vec<u32> {
        let all: Vec<u32> = fold.iter().map(|node| of[*node as usize]).collect();
        connected_parts(flat, &all)
    };
    let mut all: Vec<(f64, Vec<u32>)> = (0..runs.max(1))
        .into_par_iter()
        .map(|run| {
            let mut stream = Stream::new(seed, "leiden", run);
            let mut of: Vec<u32> = (0..base.len()).map(id).collect();
            moves::passes(&base, price, &mut stream, &mut of, PASSES);
            (quality(&base, &of, gamma), of)
        })
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    if all.len() > 1 {
        deepen(&base, gamma, price, seed, &mut all);
    }
    let mut best = all[0].1.clone();
    if all.len() > 1 {
        let mut stream = Stream::new(seed, "leiden-cores", 0);
        let found = from_cores(&base, &all, price, &mut stream);
        if quality(&base, &found, gamma) > all[0].0 + 1e-12 {
            best = found;
        }
    }
    let best = canonical(&unfolded(&best));
    let runs: Vec<Vec<u32>> = all.par_iter().map(|(_, of)| unfolded(of)).collect();
    let stability = stability(&best, &runs);
    let communities = best.iter().max().map_or(0, |last| last + 1);
    Partition { modularity: modularity(flat, &best, 1.0), of: best, count: communities, stability }
}

/// Goes on with the best runs until nothing moves: on graphs with heavy ties two passes leave something to gain.
fn deepen(base: &Level, gamma: f64, price: f64, seed: u64, runs: &mut [(f64, Vec<u32>)]) {
    runs.par_iter_mut().take(DEEP).enumerate().for_each(|(nth, (found, of))| {
        let mut stream = Stream::new(seed, "leiden-deep", nth as u64);
        moves::passes(base, price, &mut stream, of, LAST_PASSES);
        *found = quality(base, of, gamma);
    });
    runs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
}

/// Optimises the best run once more, first with what all runs keep together as single nodes.
fn from_cores(base: &Level, runs: &[(f64, Vec<u32>)], price: f64, stream: &mut Stream) -> Vec<u32> {
    let mut cores = compact(&runs[0].1);
    for (_, other) in &runs[1..] {
        let mut pairs: Vec<(u32, u32, u32)> =
            (0..).zip(cores.iter().zip(other)).map(|(n, (a, b))| (*a, *b, n)).collect();
        pairs.sort_unstable();
        for (core, together) in (0..).zip(pairs.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))) {
            for (_, _, node) in together {
                cores[*node as usize] = core;
            }
        }
    }
    let merged = base.merged(&cores, count(&cores));
    let mut of = vec![0; merged.len()];
    for (core, label) in cores.iter().zip(&runs[0].1) {
        of[*core as usize] = *label;
    }
    moves::passes(&merged, price, stream, &mut of, LAST_PASSES);
    let mut of: Vec<u32> = cores.iter().map(|core| of[*core as usize]).collect();
    moves::passes(base, price, stream, &mut of, LAST_PASSES);
    of
}

/// `Q` of a partition of a level.
fn quality(level: &Level, of: &[u32], gamma: f64) -> f64 {
    let twice_m = level.twice_m();
    let mut degree = vec![0.0; count(of)];
    let mut across = 0.0;
    for node in 0..level.len() {
        degree[of[node] as usize] += level.degree[node];
        let leaving = level.row(node).filter(|(other, _)| of[*other as usize] != of[node]);
        across += leaving.map(|(_, weight)| weight).sum::<f64>();
    }
    let squares: f64 = degree.iter().map(|sum| (sum / twice_m) * (sum / twice_m)).sum();
    1.0 - across / twice_m - gamma * squares
}

/// `Q` of a partition; `None` without ties.
///
/// ```
/// use weaktie::measures::leiden::modularity;
/// use weaktie::network::Flat;
/// // Two ties apart: each half of all, 2 · (1/2 − (1/2)²) = 1/2.
/// let two = Flat::new(4, [(0, 1, 1.0), (2, 3, 1.0)]);
/// assert_eq!(modularity(&two, &[0, 0, 1, 1], 1.0), Some(0.5));
/// ```
#[must_use]
pub fn modularity(flat: &Flat, of: &[usize], gamma: f64) -> Option<f64> {
    let level = Level::of(flat);
    let of: Vec<u32> = of.iter().map(|label| id(*label)).collect();
    (level.twice_m() > 0.0).then(|| quality(&level, &of, gamma))
}

/// Labels by size, then smallest member.
fn canonical(of: &[u32]) -> Vec<usize> {
    let mut sizes = vec![(0_usize, usize::MAX); count(of)];
    for (node, label) in of.iter().enumerate() {
        let size = &mut sizes[*label as usize];
        *size = (size.0 + 1, size.1.min(node));
    }
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|label| (std::cmp::Reverse(sizes[*label].0), sizes[*label].1));
    let mut renamed = vec![0; sizes.len()];
    for (new, old) in order.into_iter().enumerate() {
        renamed[old] = new;
    }
    of.iter().map(|label| renamed[*label as usize]).collect()
}

/// Splits communities that fell apart when a node between their parts moved on: never worse in quality, and the
/// guarantee holds.
fn connected_parts(flat: &Flat, of: &[u32]) -> Vec<u32> {
    let mut part = vec![u32::MAX; of.len()];
    let mut next = 0;
    let mut stack = Vec::new();
    for start in 0..of.len() {
        if part[start] != u32::MAX {
            continue;
        }
        stack.push(start);
        part[start] = next;
        while let Some(node) = stack.pop() {
            for other in flat.neighbours(node).iter().map(|other| *other as usize) {
                if of[other] == of[node] && part[other] == u32::MAX {
                    part[other] = next;
                    stack.push(other);
                }
            }
        }
        next += 1;
    }
    part
}

fn stability(best: &[usize], runs: &[Vec<u32>]) -> Vec<Option<f64>> {
    let mut size = vec![0_usize; best.iter().max().map_or(0, |last| last + 1)];
    for label in best {
        size[*label] += 1;
    }
    let shares: Vec<Vec<f64>> = runs
        .par_iter()
        .map(|run| {
            let mut pairs: Vec<(usize, u32, usize)> = (0..)
                .zip(best.iter().zip(run))
                .map(|(n, (own, other))| (*own, *other, n))
                .collect();
            pairs.sort_unstable();
            let mut shares = vec![0.0; best.len()];
            for together in pairs.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
                let stayed = (together.len() - 1) as f64;
                for (own, _, node) in together {
                    shares[*node] = stayed / (size[*own].max(2) - 1) as f64;
                }
            }
            shares
        })
        .collect();
    let mean = |node: usize| shares.iter().map(|run| run[node]).sum::<f64>() / runs.len() as f64;
    (0..best.len()).map(|node| (size[best[node]] > 1).then(|| mean(node))).collect()
}

#[cfg(test)]
mod tests;
