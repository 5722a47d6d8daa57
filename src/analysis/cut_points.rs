//! Articulation points with what they hold: the contacts that no observed tie links to the rest when one is gone.
//!
//! **Definition** `v` is an articulation point when its component falls apart without it. All parts but the largest
//! are *cut off*. **Complexity** one depth-first search, O(n + m). **Reference** Hopcroft & Tarjan 1973.

use crate::network::Flat;

/// An articulation point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutPoint {
    /// The node.
    pub node: usize,
    /// Nodes cut off without it, sorted.
    pub cut_off: Vec<usize>,
}

/// Every articulation point, by node.
///
/// ```
/// use weaktie::analysis::cut_points::cut_points;
/// use weaktie::network::Flat;
/// // A triangle 0-1-2 with a tail 2-3-4.
/// let flat = Flat::new(5, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (2, 3, 1.0), (3, 4, 1.0)]);
/// let found = cut_points(&flat);
/// assert_eq!(found[0].node, 2);
/// assert_eq!(found[0].cut_off, [0, 1]); // of two parts of equal size, that with the smallest node
/// assert_eq!(found[1].cut_off, [4]);
/// ```
#[must_use]
pub fn cut_points(flat: &Flat) -> Vec<CutPoint> {
    let mut walk = Walk::new(flat.len());
    let mut found = Vec::new();
    for root in 0..flat.len() {
        if walk.entered[root] == NEW {
            walk.component(flat, root, &mut found);
        }
    }
    found.sort_by_key(|point: &CutPoint| point.node);
    found
}

const NEW: usize = usize::MAX;

/// A depth-first walk: `order` lists nodes as entered, so the subtree of a node is a run of it.
struct Walk {
    order: Vec<usize>,
    entered: Vec<usize>,
    low: Vec<usize>,
    /// Where the subtree of a node ends in `order`.
    end: Vec<usize>,
}

impl Walk {
    fn new(nodes: usize) -> Self {
        Self {
            order: Vec::new(),
            entered: vec![NEW; nodes],
            low: vec![NEW; nodes],
            end: vec![0; nodes],
        }
    }

    fn enter(&mut self, node: usize) {
        self.entered[node] = self.order.len();
        self.low[node] = self.order.len();
        self.order.push(node);
    }

    fn component(&mut self, flat: &Flat, root: usize, found: &mut Vec<CutPoint>) {
        let start = self.order.len();
        // Per node on the path: the next neighbour to look at, and the subtrees that hang on it alone.
        let mut path: Vec<(usize, usize, Vec<usize>)> = vec![(root, 0, Vec::new())];
        let mut hanging: Vec<(usize, Vec<usize>)> = Vec::new();
        self.enter(root);
        while let Some((node, next, _)) = path.last_mut() {
            let node = *node;
            if let Some(other) = flat.neighbours(node).get(*next).map(|other| *other as usize) {
                *next += 1;
                if self.entered[other] == NEW {
                    self.enter(other);
                    path.push((other, 0, Vec::new()));
                } else {
                    self.low[node] = self.low[node].min(self.entered[other]);
                }
                continue;
            }
            self.end[node] = self.order.len();
            let children = path.pop().map(|(_, _, children)| children).unwrap_or_default();
            if !children.is_empty() {
                hanging.push((node, children));
            }
            if let Some((parent, _, subtrees)) = path.last_mut() {
                self.low[*parent] = self.low[*parent].min(self.low[node]);
                if self.low[node] >= self.entered[*parent] {
                    subtrees.push(node);
                }
            }
        }
        let members = start..self.order.len();
        for (node, subtrees) in hanging {
            self.add_point(node, &subtrees, members.clone(), found);
        }
    }

    fn add_point(
        &self,
        node: usize,
        subtrees: &[usize],
        members: std::ops::Range<usize>,
        found: &mut Vec<CutPoint>,
    ) {
        let runs: Vec<_> =
            subtrees.iter().map(|child| self.entered[*child]..self.end[*child]).collect();
        let hung: usize = runs.iter().map(ExactSizeIterator::len).sum();
        let above = members.len() - 1 - hung;
        let largest = runs.iter().map(ExactSizeIterator::len).fold(above, usize::max);
        if largest == members.len() - 1 {
            return;
        }
        let part = |run: std::ops::Range<usize>| self.order[run].to_vec();
        let mut parts: Vec<Vec<usize>> = Vec::with_capacity(runs.len() + 1);
        let is_alone_largest = |size: usize| {
            let equals = runs.iter().filter(|run| run.len() == size).count();
            equals + usize::from(above == size) == 1
        };
        // The kept part is usually by far the largest: it is not listed only to be dropped.
        let skips = is_alone_largest(largest);
        parts.extend(runs.iter().filter(|run| !(skips && run.len() == largest)).cloned().map(part));
        if above > 0 && !(skips && above == largest) {
            parts.push(self.outside(node, &runs, members));
        }
        for part in &mut parts {
            part.sort_unstable();
        }
        if !skips {
            // Of equally large parts that with the larger smallest node is kept, whatever the walk's order.
            parts.sort_by(|a, b| a.len().cmp(&b.len()).then(a.cmp(b)));
            parts.pop();
        }
        let mut cut_off = parts.concat();
        cut_off.sort_unstable();
        found.push(CutPoint { node, cut_off });
    }

    /// Members of the component that are neither the node nor below it. The runs lie in the order of the walk.
    fn outside(
        &self,
        node: usize,
        runs: &[std::ops::Range<usize>],
        members: std::ops::Range<usize>,
    ) -> Vec<usize> {
        let own = self.entered[node]..self.entered[node] + 1;
        let mut rest = Vec::new();
        let mut at = members.start;
        for run in std::iter::once(&own).chain(runs) {
            rest.extend_from_slice(&self.order[at..run.start]);
            at = run.end;
        }
        rest.extend_from_slice(&self.order[at..members.end]);
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;
    use petgraph::graph::UnGraph;

    #[test]
    fn agrees_with_petgraph_and_with_plain_removal() {
        for index in 0..40 {
            let mut stream = Stream::new(11, "cut", index);
            let edges: Vec<(usize, usize)> =
                (0..45).map(|_| (stream.index(40), stream.index(40))).collect();
            let flat = Flat::new(40, edges.iter().map(|(a, b)| (*a, *b, 1.0)));
            let mut graph = UnGraph::<(), ()>::default();
            let nodes: Vec<_> = (0..40).map(|_| graph.add_node(())).collect();
            for (a, b, _) in flat.edges() {
                graph.add_edge(nodes[a], nodes[b], ());
            }
            let mut expected: Vec<usize> =
                petgraph::algo::articulation_points::articulation_points(&graph)
                    .into_iter()
                    .map(petgraph::graph::NodeIndex::index)
                    .collect();
            expected.sort_unstable();
            let found = cut_points(&flat);
            assert_eq!(found.iter().map(|point| point.node).collect::<Vec<_>>(), expected);
            for point in &found {
                assert_eq!(point.cut_off.len(), cut_off_by_removal(&flat, point.node));
            }
        }
    }

    /// Members of the node's component that are not in the largest part without it.
    fn cut_off_by_removal(flat: &Flat, gone: usize) -> usize {
        let mut seen = vec![false; flat.len()];
        seen[gone] = true;
        let mut sizes = Vec::new();
        for start in flat.neighbours(gone) {
            let mut stack = vec![*start as usize];
            let mut size = 0;
            while let Some(node) = stack.pop() {
                if !std::mem::replace(&mut seen[node], true) {
                    size += 1;
                    stack.extend(flat.neighbours(node).iter().map(|other| *other as usize));
                }
            }
            sizes.push(size);
        }
        sizes.iter().sum::<usize>() - sizes.iter().max().unwrap_or(&0)
    }
}
