//! Betweenness: how often a person lies on the shortest way between two others.
//!
//! **Definition** `B(v) = Σ_{s<t} σ_st(v) / σ_st`, shortest paths by number of ties, ends not counted, each unordered
//! pair once. Normalised by `(n − 1)(n − 2) / 2` with the whole `n`.
//!
//! **Edge cases** `n ≤ 2`: normalised undefined. Pairs in different components count for nobody.
//!
//! **How** the graph is split into its blocks: within a block each member stands for the people it alone links to
//! the block, and the pairs that an articulation point parts are counted outright. Trees, leaves and cliques thus
//! cost nothing. What is left runs in `waves`, eight sources at once.
//!
//! **Complexity** O(n·m) time at most, O(n) memory a chunk of sources; sources are split into a number of chunks
//! that depends on the block alone and summed in chunk order, so any thread count gives the same bits.
//!
//! **Reference** Brandes 2001, J. Math. Soc. 25:163; splitting: Sarıyüce et al. 2013 (SDM, "Shattering and
//! compressing networks for betweenness centrality").

use rayon::prelude::*;

use super::blocks::{Blocks, blocks};
use super::waves::{LANES, Waves, grouped};
use crate::network::{Flat, id};
use crate::random::Stream;

/// Most chunks of sources, whatever the machine.
const CHUNKS: usize = 64;
/// Fewest sources of a block from which it is estimated.
pub const FEWEST_PIVOTS: usize = 64;
/// Below this many sources × ties threads cost more than they give.
const WORTH_THREADS: usize = 2_000_000;

/// Exact betweenness of every node.
///
/// ```
/// use weaktie::measures::betweenness::betweenness;
/// use weaktie::network::Flat;
/// let path = Flat::new(4, [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0)]);
/// assert_eq!(betweenness(&path), [0.0, 2.0, 2.0, 0.0]);
/// ```
#[must_use]
pub fn betweenness(flat: &Flat) -> Vec<f64> {
    by_blocks(flat, false, whole)
}

/// Raw betweenness over `(n − 1)(n − 2) / 2`; `None` for `n ≤ 2`.
#[must_use]
pub fn normalized(raw: f64, nodes: usize) -> Option<f64> {
    let n = nodes as f64;
    (nodes > 2).then(|| raw / ((n - 1.0) * (n - 2.0) / 2.0))
}

/// Betweenness of every node within a limit of work, and from how many sources it is estimated: `None` when exact.
///
/// The work of a block is its members × its ties. Where all blocks together take no more than `exact` the answer is
/// exact. Else the searches of each block start from as many of its members, drawn by `seed`, as fit its share of
/// `work`, at least [`FEWEST_PIVOTS`], and count for all of them; pairs that an articulation point parts stay counted outright. An
/// estimate without a bound (Brandes & Pich 2007); [`super::path_sampling`] has one.
#[must_use]
pub fn betweenness_within(
    flat: &Flat,
    (exact, work): (usize, usize),
    seed: u64,
) -> (Vec<f64>, Option<usize>) {
    let found = blocks(flat);
    let parts: Vec<Part> = parts(flat, &found, false).collect();
    let costs: usize = parts.iter().map(Part::cost).sum();
    if costs <= exact {
        return (added_up(&found, parts, whole), None);
    }
    let mut sources = 0;
    let raw = added_up(&found, parts, |part| {
        let pivots = work.saturating_mul(part.members.len()) / costs;
        let pivots = pivots.max(FEWEST_PIVOTS).min(part.members.len());
        sources += pivots;
        let mut drawn = part.all();
        Stream::new(seed, "betweenness-pivots", u64::from(part.members[0])).shuffle(&mut drawn);
        drawn.truncate(pivots);
        let scale = part.members.len() as f64 / pivots as f64;
        let inside = from_sources(&part.flat, &part.stands_for, drawn);
        inside.into_iter().map(|value| value * scale).collect()
    });
    (raw, Some(sources))
}

/// Every member of a block a source.
fn whole(part: &Part) -> Vec<f64> {
    from_sources(&part.flat, &part.stands_for, part.all())
}

/// A block as a graph of its own.
pub(super) struct Part {
    /// Ties of the block, members renumbered from the busiest down: rows that are read together lie together.
    pub(super) flat: Flat,
    /// Members by their number in the block.
    members: Vec<u32>,
    /// People whom each member stands for.
    pub(super) stands_for: Vec<f64>,
}

impl Part {
    fn all(&self) -> Vec<u32> {
        (0..id(self.members.len())).collect()
    }

    /// Ties looked at when every member is a source.
    fn cost(&self) -> usize {
        self.members.len().saturating_mul(self.flat.ties())
    }
}

/// Adds up over the blocks: `inside` gives `Σ_s Σ_t` over ordered pairs of a block's members, by member. With
/// `lengths` a triangle or a larger clique may be worth going round in; without it never is.
pub(super) fn by_blocks(
    flat: &Flat,
    lengths: bool,
    inside: impl FnMut(&Part) -> Vec<f64>,
) -> Vec<f64> {
    let found = blocks(flat);
    added_up(&found, parts(flat, &found, lengths), inside)
}

fn added_up(
    found: &Blocks,
    parts: impl IntoIterator<Item = Part>,
    mut inside: impl FnMut(&Part) -> Vec<f64>,
) -> Vec<f64> {
    let mut total = found.pairs_parted.clone();
    for part in parts {
        for (member, value) in part.members.iter().zip(inside(&part)) {
            // Each unordered pair was met from both ends.
            total[*member as usize] += value / 2.0;
        }
    }
    total
}

/// The blocks in which somebody can lie between others: neither single ties nor, without lengths, cliques.
fn parts<'a>(flat: &'a Flat, found: &'a Blocks, lengths: bool) -> impl Iterator<Item = Part> + 'a {
    let fewest = if lengths { 3 } else { 4 };
    // Every node but a root is below the top of exactly one block; the tie between two members is met at one of them.
    let mut home = vec![u32::MAX; flat.len()];
    for (block, (members, _)) in found.iter().enumerate() {
        for member in &members[..members.len() - 1] {
            home[*member as usize] = id(block);
        }
    }
    let mut place = vec![0_u32; flat.len()];
    found.iter().enumerate().filter(move |(_, (members, _))| members.len() >= fewest).filter_map(
        move |(block, (members, behind))| {
            let top = members[members.len() - 1];
            let is_inside = |other: &u32| *other == top || home[*other as usize] == id(block);
            let inside =
                |node: u32| flat.neighbours(node as usize).iter().copied().filter(is_inside);
            let mut degree: Vec<u32> = vec![0; members.len()];
            for (at, member) in members.iter().enumerate().take(members.len() - 1) {
                for other in inside(*member) {
                    degree[at] += 1;
                    degree[members.len() - 1] += u32::from(other == top);
                }
            }
            let ties = degree.iter().map(|d| *d as usize).sum::<usize>() / 2;
            if !lengths && ties == members.len() * (members.len() - 1) / 2 {
                return None;
            }
            let mut order: Vec<usize> = (0..members.len()).collect();
            order.sort_by_key(|at| (std::cmp::Reverse(degree[*at]), members[*at]));
            for (new, old) in order.iter().enumerate() {
                place[members[*old] as usize] = id(new);
            }
            let mut ends: Vec<(u32, u32, f64)> = Vec::with_capacity(ties);
            for member in &members[..members.len() - 1] {
                let row =
                    flat.neighbours(*member as usize).iter().zip(flat.weights(*member as usize));
                for (other, weight) in row.filter(|(other, _)| is_inside(other)) {
                    if *other == top || member < other {
                        ends.push((place[*member as usize], place[*other as usize], *weight));
                    }
                }
            }
            Some(Part {
                flat: Flat::from_ties(members.len(), &ends),
                members: order.iter().map(|at| members[*at]).collect(),
                stands_for: order.iter().map(|at| f64::from(behind[*at])).collect(),
            })
        },
    )
}

/// `Σ_s stands_for(s) · δ_s(v)` over these sources, by node.
fn from_sources(flat: &Flat, stands_for: &[f64], sources: Vec<u32>) -> Vec<f64> {
    let work = sources.len().saturating_mul(flat.ties());
    let sources = grouped(flat, sources);
    let batches: Vec<&[u32]> = sources.chunks(LANES).collect();
    let run = |chunk: &[&[u32]]| {
        let mut waves = Waves::new(flat, stands_for);
        for batch in chunk {
            waves.run(batch, 0..id(flat.len()));
        }
        waves.sum
    };
    let size = batches.len().div_ceil(CHUNKS).max(1);
    if work < WORTH_THREADS {
        return run(&batches);
    }
    let parts: Vec<Vec<f64>> = batches.par_chunks(size).map(run).collect();
    let mut total = vec![0.0; flat.len()];
    for part in parts {
        for (sum, value) in total.iter_mut().zip(part) {
            *sum += value;
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Brandes as in the paper, one source at a time, no splitting.
    fn plain(flat: &Flat) -> Vec<f64> {
        let nodes = flat.len();
        let mut total = vec![0.0; nodes];
        for source in 0..nodes {
            let (mut far, mut paths, mut depends) =
                (vec![usize::MAX; nodes], vec![0.0; nodes], vec![0.0; nodes]);
            let mut order = vec![source];
            (far[source], paths[source]) = (0, 1.0);
            let mut at = 0;
            while let Some(node) = order.get(at).copied() {
                at += 1;
                for other in flat.neighbours(node).iter().map(|other| *other as usize) {
                    if far[other] == usize::MAX {
                        far[other] = far[node] + 1;
                        order.push(other);
                    }
                    if far[other] == far[node] + 1 {
                        paths[other] += paths[node];
                    }
                }
            }
            for node in order.iter().skip(1).rev().copied() {
                for other in flat.neighbours(node).iter().map(|other| *other as usize) {
                    if far[other] + 1 == far[node] {
                        depends[other] += paths[other] / paths[node] * (1.0 + depends[node]);
                    }
                }
                total[node] += depends[node] / 2.0;
            }
        }
        total
    }

    #[test]
    fn agrees_with_one_search_at_a_time_on_graphs_of_many_shapes() {
        for index in 0..120 {
            let mut stream = Stream::new(3, "shapes", index);
            let nodes = 3 + stream.index(60);
            let ties = stream.index(nodes * 3);
            let edges: Vec<_> =
                (0..ties).map(|_| (stream.index(nodes), stream.index(nodes), 1.0)).collect();
            let flat = Flat::new(nodes, edges);
            for (found, expected) in betweenness(&flat).iter().zip(plain(&flat)) {
                assert!((found - expected).abs() < 1e-9, "graph {index}: {found}, not {expected}");
            }
        }
    }

    #[test]
    fn agrees_on_a_graph_large_enough_for_threads() {
        let mut stream = Stream::new(4, "large", 0);
        let edges: Vec<_> =
            (0..4_000).map(|_| (stream.index(900), stream.index(900), 1.0)).collect();
        let flat = Flat::new(900, edges);
        for (found, expected) in betweenness(&flat).iter().zip(plain(&flat)) {
            assert!((found - expected).abs() < 1e-7, "{found}, not {expected}");
        }
    }

    #[test]
    fn a_star_and_two_components() {
        // The centre of a star with 4 leaves lies between 4·3/2 = 6 pairs.
        let flat = Flat::new(7, (1..5).map(|leaf| (0, leaf, 1.0)).chain([(5, 6, 1.0)]));
        let found = betweenness(&flat);
        assert!((found[0] - 6.0).abs() < 1e-12);
        assert!(found[1..].iter().all(|value| value.abs() < 1e-12));
        assert_eq!(normalized(1.0, 2), None);
        // The centre of a star of five lies between all six pairs of the others.
        assert!((normalized(6.0, 5).unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn equal_ways_share_the_pair() {
        // A square: each node lies on one of the two ways between its neighbours.
        let square = Flat::new(4, [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 0, 1.0)]);
        assert!(betweenness(&square).iter().all(|value| (value - 0.5).abs() < 1e-12));
    }

    #[test]
    fn krackhardts_kite() {
        let edges = [
            (0, 1),
            (0, 2),
            (0, 3),
            (0, 5),
            (1, 3),
            (1, 4),
            (1, 6),
            (2, 3),
            (2, 5),
            (3, 4),
            (3, 5),
            (3, 6),
            (4, 6),
            (5, 6),
            (5, 7),
            (6, 7),
            (7, 8),
            (8, 9),
        ];
        let kite = Flat::new(10, edges.map(|(a, b)| (a, b, 1.0)));
        let expected =
            [5.0 / 6.0, 5.0 / 6.0, 0.0, 11.0 / 3.0, 0.0, 25.0 / 3.0, 25.0 / 3.0, 14.0, 8.0, 0.0];
        for (found, expected) in betweenness(&kite).iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found}, not {expected}");
        }
    }

    #[test]
    fn the_estimate_is_exact_where_the_work_is_allowed_and_near_it_elsewhere() {
        let mut stream = Stream::new(3, "graph", 0);
        let edges: Vec<_> = (0..900)
            .map(|_| (stream.index(300) * stream.index(300) / 300, stream.index(300), 1.0))
            .collect();
        let flat = Flat::new(330, edges);
        let exact = betweenness(&flat);
        let near = |found: &[f64], share: f64| {
            let most = exact.iter().copied().fold(0.0, f64::max);
            exact.iter().zip(found).all(|(a, b)| (a - b).abs() <= share * most)
        };
        let of = |exact: usize, work: usize| betweenness_within(&flat, (exact, work), 1);
        assert_eq!(of(1_000_000, 0), (exact.clone(), None));
        // As many sources as members: every one of them.
        let (all, sources) = of(0, 100_000_000);
        assert!(near(&all, 1e-12) && sources.is_some_and(|n| n > 100));
        let (some, sources) = of(0, 100_000);
        assert!(near(&some, 0.2) && !near(&some, 1e-6), "{sources:?}");
        assert!(sources.is_some_and(|n| (FEWEST_PIVOTS..200).contains(&n)), "{sources:?}");
    }
}
