//! Blocks (biconnected components), bridges, and what an articulation point cuts off.
//!
//! **Definition** a block is a largest set of ties of which any two lie on one cycle, or a single tie that lies on
//! none: a *bridge*, whose loss parts its ends. A node in two blocks is an *articulation point*; *cut off* by it are
//! the people of its component outside the largest part that is left without it. **Edge cases** an isolate is in no
//! block. **Complexity** one depth-first search, O(n + m). **Reference** Hopcroft & Tarjan 1973, CACM 16:372.

use crate::network::{Flat, id};

/// The blocks of a graph with what hangs on each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Blocks {
    /// Members of all blocks, block after block; the last of a block is the one nearest the root of the search.
    pub members: Vec<u32>,
    /// With [`Blocks::members`]: the member and all people of its component whom it alone links to the block.
    pub behind: Vec<u32>,
    /// Where each block ends in `members`.
    pub ends: Vec<usize>,
    /// Per node: people cut off without it; 0 when it is no articulation point.
    pub cut_off: Vec<u32>,
    /// Per node: pairs of people parted without it.
    pub pairs_parted: Vec<f64>,
}

impl Blocks {
    /// Members of every block, with [`Blocks::behind`].
    pub fn iter(&self) -> impl Iterator<Item = (&[u32], &[u32])> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(from, to)| (&self.members[from..*to], &self.behind[from..*to]))
    }

    /// Every bridge as (smaller, larger), sorted.
    #[must_use]
    pub fn bridges(&self) -> Vec<(u32, u32)> {
        let pair = |members: &[u32]| match members {
            [a, b] => Some((*a.min(b), *a.max(b))),
            _ => None,
        };
        let mut bridges: Vec<(u32, u32)> =
            self.iter().filter_map(|(members, _)| pair(members)).collect();
        bridges.sort_unstable();
        bridges
    }
}

/// The blocks of a graph.
///
/// ```
/// use weaktie::measures::blocks::blocks;
/// use weaktie::network::Flat;
/// // A triangle 0-1-2 with a tail 2-3-4: without 2 the larger part left has two people, and two are cut off.
/// let flat = Flat::new(5, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (2, 3, 1.0), (3, 4, 1.0)]);
/// let found = blocks(&flat);
/// assert_eq!(found.bridges(), [(2, 3), (3, 4)]);
/// assert_eq!(found.cut_off, [0, 0, 2, 1, 0]);
/// ```
#[must_use]
pub fn blocks(flat: &Flat) -> Blocks {
    let mut walk = Walk::new(flat.len());
    for root in 0..flat.len() {
        if walk.entered[root] == NEW {
            walk.component(flat, root);
        }
    }
    walk.found
}

const NEW: u32 = u32::MAX;

struct Walk {
    entered: Vec<u32>,
    low: Vec<u32>,
    /// People in the subtree of a node, itself included.
    size: Vec<u32>,
    /// People in the parts that hang on a node alone, below it.
    hung: Vec<u32>,
    /// Their largest part, and the sum of squares of the parts.
    largest: Vec<u32>,
    squares: Vec<f64>,
    /// Nodes entered and not yet in a block of their own.
    open: Vec<u32>,
    clock: u32,
    found: Blocks,
}

impl Walk {
    fn new(nodes: usize) -> Self {
        let found =
            Blocks { cut_off: vec![0; nodes], pairs_parted: vec![0.0; nodes], ..Blocks::default() };
        Self {
            entered: vec![NEW; nodes],
            low: vec![NEW; nodes],
            size: vec![1; nodes],
            hung: vec![0; nodes],
            largest: vec![0; nodes],
            squares: vec![0.0; nodes],
            open: Vec::new(),
            clock: 0,
            found,
        }
    }

    fn enter(&mut self, node: usize) {
        self.entered[node] = self.clock;
        self.low[node] = self.clock;
        self.clock += 1;
        self.open.push(id(node));
    }

    fn component(&mut self, flat: &Flat, root: usize) {
        let (before, first_block) = (self.clock, self.found.ends.len());
        let mut path: Vec<(usize, &[u32])> = vec![(root, flat.neighbours(root))];
        let mut members = vec![id(root)];
        self.enter(root);
        while let Some((node, rest)) = path.last_mut() {
            let node = *node;
            if let Some((other, left)) = rest.split_first() {
                *rest = left;
                let other = *other as usize;
                if self.entered[other] == NEW {
                    self.enter(other);
                    members.push(id(other));
                    path.push((other, flat.neighbours(other)));
                } else {
                    self.low[node] = self.low[node].min(self.entered[other]);
                }
                continue;
            }
            path.pop();
            if let Some((parent, _)) = path.last() {
                self.leave(node, *parent);
            }
        }
        self.open.pop();
        let people = self.clock - before;
        // Behind the top of a block stands everybody who is not below it.
        for end in &self.found.ends[first_block..] {
            self.found.behind[end - 1] = people - self.found.behind[end - 1];
        }
        for node in members {
            self.weigh(node as usize, people);
        }
    }

    /// Back from a child to its parent: closes the block between them when nothing below reaches higher.
    fn leave(&mut self, child: usize, parent: usize) {
        self.low[parent] = self.low[parent].min(self.low[child]);
        self.size[parent] += self.size[child];
        if self.low[child] < self.entered[parent] {
            return;
        }
        while let Some(node) = self.open.pop() {
            self.found.members.push(node);
            self.found.behind.push(1 + self.hung[node as usize]);
            if node as usize == child {
                break;
            }
        }
        let size = self.size[child];
        self.found.members.push(id(parent));
        self.found.behind.push(size);
        self.found.ends.push(self.found.members.len());
        self.hung[parent] += size;
        self.largest[parent] = self.largest[parent].max(size);
        self.squares[parent] += f64::from(size) * f64::from(size);
    }

    fn weigh(&mut self, node: usize, people: u32) {
        let above = people - 1 - self.hung[node];
        let others = f64::from(people - 1);
        let squares = self.squares[node] + f64::from(above) * f64::from(above);
        self.found.cut_off[node] = people - 1 - self.largest[node].max(above);
        self.found.pairs_parted[node] = (others * others - squares) / 2.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;
    use petgraph::graph::UnGraph;
    use std::collections::BTreeSet;

    /// People of each part of a node's component without it.
    fn parts_without(flat: &Flat, gone: usize) -> Vec<u32> {
        let mut seen = vec![false; flat.len()];
        seen[gone] = true;
        let mut sizes = Vec::new();
        for start in flat.neighbours(gone) {
            let (mut stack, mut size) = (vec![*start as usize], 0);
            while let Some(node) = stack.pop() {
                if !std::mem::replace(&mut seen[node], true) {
                    size += 1;
                    stack.extend(flat.neighbours(node).iter().map(|other| *other as usize));
                }
            }
            sizes.push(size);
        }
        sizes
    }

    #[test]
    fn agrees_with_petgraph_and_with_plain_removal() {
        for index in 0..60 {
            let mut stream = Stream::new(12, "blocks", index);
            let edges: Vec<_> =
                (0..45).map(|_| (stream.index(40), stream.index(40), 1.0)).collect();
            let flat = Flat::new(40, edges);
            let mut graph = UnGraph::<(), ()>::default();
            let nodes: Vec<_> = (0..40).map(|_| graph.add_node(())).collect();
            for (a, b, _) in flat.edges() {
                graph.add_edge(nodes[a], nodes[b], ());
            }
            let found = blocks(&flat);
            let expected: BTreeSet<(u32, u32)> = petgraph::algo::bridges::bridges(&graph)
                .map(|edge| {
                    use petgraph::visit::EdgeRef;
                    let ends = (id(edge.source().index()), id(edge.target().index()));
                    (ends.0.min(ends.1), ends.0.max(ends.1))
                })
                .collect();
            assert_eq!(found.bridges().into_iter().collect::<BTreeSet<_>>(), expected);
            for node in 0..40 {
                let parts = parts_without(&flat, node);
                let (all, most) = (parts.iter().sum::<u32>(), parts.iter().max().unwrap_or(&0));
                assert_eq!(found.cut_off[node], all - most);
                let within: f64 = parts.iter().map(|p| f64::from(*p) * f64::from(*p)).sum();
                let parted = (f64::from(all) * f64::from(all) - within) / 2.0;
                assert!((found.pairs_parted[node] - parted).abs() < 1e-9);
            }
            // What stands behind the members of a block is its whole component, once.
            for (members, behind) in found.iter() {
                let component = 1 + parts_without(&flat, members[0] as usize).iter().sum::<u32>();
                assert_eq!(behind.iter().sum::<u32>(), component);
            }
        }
    }
}
