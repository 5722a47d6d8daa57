//! One aggregation level of the Leiden algorithm: nodes that stand for one or more people.

use crate::network::{Flat, id};
use crate::random::Stream;

/// Ties among merged nodes; ties inside one are part of its degree alone.
pub(super) struct Level {
    offsets: Vec<usize>,
    ends: Vec<(u32, f64)>,
    /// Weighted degree, ties inside a merged node included.
    pub(super) degree: Vec<f64>,
}

impl Level {
    /// Every person a node.
    pub(super) fn of(flat: &Flat) -> Self {
        let mut level = Self {
            offsets: vec![0],
            ends: Vec::with_capacity(flat.arcs()),
            degree: Vec::with_capacity(flat.len()),
        };
        for node in 0..flat.len() {
            let weights = flat.weights(node).iter().copied();
            level.ends.extend(flat.neighbours(node).iter().copied().zip(weights));
            level.offsets.push(level.ends.len());
            level.degree.push(flat.strength(node));
        }
        level
    }

    pub(super) fn len(&self) -> usize {
        self.degree.len()
    }

    /// Neighbours of a node with the weights of the ties, in a fixed order.
    pub(super) fn row(&self, node: usize) -> impl Iterator<Item = (u32, f64)> + '_ {
        self.ends[self.offsets[node]..self.offsets[node + 1]].iter().copied()
    }

    /// Twice the weight of all ties.
    pub(super) fn twice_m(&self) -> f64 {
        self.degree.iter().sum()
    }

    /// The level whose nodes are the groups `of` (labels `0..count`).
    pub(super) fn merged(&self, of: &[u32], count: usize) -> Self {
        let (starts, members) = members(of, count);
        let mut level = Self {
            offsets: Vec::with_capacity(count + 1),
            ends: Vec::new(),
            degree: vec![0.0; count],
        };
        level.offsets.push(0);
        let mut around = Around::new(count);
        for new in 0..count {
            for node in members[starts[new]..starts[new + 1]].iter().map(|node| *node as usize) {
                level.degree[new] += self.degree[node];
                for (other, weight) in self.row(node) {
                    let other = of[other as usize];
                    if other as usize != new {
                        around.add(other, weight);
                    }
                }
            }
            around.drain(|other, weight| level.ends.push((other, weight)));
            level.offsets.push(level.ends.len());
        }
        level
    }

    /// Groups in which a person with a single tie goes with the other end of it. With resolution up to 1 no
    /// partition of highest modularity parts the two (Brandes et al. 2008), so that nothing is lost by merging them.
    pub(super) fn leaves_folded(&self) -> Vec<u32> {
        let ties = |node: usize| self.offsets[node + 1] - self.offsets[node];
        let host = |node: usize| {
            let mut row = self.row(node);
            match (row.next(), row.next()) {
                (Some((other, _)), None) if ties(other as usize) > 1 || (other as usize) < node => {
                    other
                }
                _ => id(node),
            }
        };
        compact(&(0..self.len()).map(host).collect::<Vec<u32>>())
    }
}

/// Members of each group, group after group, and where each begins.
fn members(of: &[u32], count: usize) -> (Vec<usize>, Vec<u32>) {
    let mut starts = vec![0_usize; count + 1];
    for label in of {
        starts[*label as usize + 1] += 1;
    }
    for label in 0..count {
        starts[label + 1] += starts[label];
    }
    let mut next = starts.clone();
    let mut members = vec![0_u32; of.len()];
    for (node, label) in of.iter().enumerate() {
        let at = &mut next[*label as usize];
        members[*at] = id(node);
        *at += 1;
    }
    (starts, members)
}

/// Weights from a node to the communities around it; empty between nodes.
pub(super) struct Around {
    weight: Vec<f64>,
    seen: Vec<u32>,
}

impl Around {
    pub(super) fn new(communities: usize) -> Self {
        Self { weight: vec![0.0; communities], seen: Vec::new() }
    }

    /// Adds a tie; its weight is above 0.
    pub(super) fn add(&mut self, community: u32, weight: f64) {
        let sum = &mut self.weight[community as usize];
        if *sum <= 0.0 {
            self.seen.push(community);
        }
        *sum += weight;
    }

    pub(super) fn weight(&self, community: u32) -> f64 {
        self.weight[community as usize]
    }

    /// Hands out every community seen with its weight and forgets them.
    pub(super) fn drain(&mut self, mut take: impl FnMut(u32, f64)) {
        for community in self.seen.drain(..) {
            take(community, std::mem::take(&mut self.weight[community as usize]));
        }
    }
}

/// Relabels to 0.. in order of first appearance.
pub(super) fn compact(labels: &[u32]) -> Vec<u32> {
    let mut new = vec![u32::MAX; count(labels)];
    let mut next = 0;
    labels
        .iter()
        .map(|label| {
            let slot = &mut new[*label as usize];
            if *slot == u32::MAX {
                *slot = next;
                next += 1;
            }
            *slot
        })
        .collect()
}

/// The largest label and one.
pub(super) fn count(labels: &[u32]) -> usize {
    labels.iter().max().map_or(0, |last| *last as usize + 1)
}

/// The nodes of a level in a random order.
pub(super) fn shuffled(nodes: usize, stream: &mut Stream) -> Vec<u32> {
    let mut order: Vec<u32> = (0..nodes).map(id).collect();
    for last in (1..nodes).rev() {
        order.swap(last, stream.below_u32(id(last) + 1) as usize);
    }
    order
}
