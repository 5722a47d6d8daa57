//! Flat adjacency (compressed sparse rows): the form the parallel kernels read.

/// The number of a node as the kernels store it.
///
/// A graph has at most `u32::MAX` nodes, as in petgraph's index type; a larger number is a broken promise upstream.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a graph has at most u32::MAX nodes")]
pub const fn id(node: usize) -> u32 {
    debug_assert!(node <= u32::MAX as usize);
    node as u32
}

/// An undirected weighted graph on `0..len()`; neighbours are sorted, each tie stands at both ends.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flat {
    offsets: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
}

impl Flat {
    /// Builds the form from undirected edges. Repeated ties are summed; loops and weights of 0 are dropped.
    ///
    /// ```
    /// use weaktie::network::Flat;
    /// let triangle = Flat::new(3, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 2.0), (2, 0, 1.0), (1, 1, 9.0)]);
    /// assert_eq!(triangle.neighbours(0), [1, 2]);
    /// assert_eq!(triangle.weights(0), [1.0, 3.0]);
    /// ```
    #[must_use]
    pub fn new(nodes: usize, edges: impl IntoIterator<Item = (usize, usize, f64)>) -> Self {
        let ties: Vec<(u32, u32, f64)> =
            edges.into_iter().map(|(a, b, weight)| (id(a), id(b), weight)).collect();
        Self::from_ties(nodes, &ties)
    }

    /// As [`Flat::new`], from ties in memory: `O(n + m)`, whatever their order.
    #[must_use]
    pub fn from_ties(nodes: usize, ties: &[(u32, u32, f64)]) -> Self {
        Self::from_pieces(nodes, &[ties])
    }

    /// As [`Flat::from_ties`], from ties that lie in pieces.
    #[must_use]
    pub fn from_pieces<P: AsRef<[(u32, u32, f64)]> + Sync>(nodes: usize, pieces: &[P]) -> Self {
        let (degrees, targets, weights) = super::sorting::rows(nodes, pieces);
        let mut offsets = Vec::with_capacity(nodes + 1);
        offsets.push(0);
        let mut sum = 0;
        offsets.extend(degrees.iter().map(|degree| {
            sum += *degree as usize;
            sum
        }));
        Self { offsets, targets, weights }
    }

    /// Number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Whether there are no nodes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of ties.
    #[must_use]
    pub fn ties(&self) -> usize {
        self.targets.len() / 2
    }

    /// Number of arcs: each tie stands at both ends.
    #[must_use]
    pub fn arcs(&self) -> usize {
        self.targets.len()
    }

    /// Places of a node's arcs among all arcs.
    #[must_use]
    pub fn row(&self, node: usize) -> std::ops::Range<usize> {
        self.offsets[node]..self.offsets[node + 1]
    }

    /// Neighbours of a node, sorted.
    #[must_use]
    pub fn neighbours(&self, node: usize) -> &[u32] {
        &self.targets[self.row(node)]
    }

    /// Whether two nodes are tied.
    #[must_use]
    pub fn has_tie(&self, a: usize, b: usize) -> bool {
        self.neighbours(a).binary_search(&id(b)).is_ok()
    }

    /// Weights of the ties to [`Flat::neighbours`], same order.
    #[must_use]
    pub fn weights(&self, node: usize) -> &[f64] {
        &self.weights[self.row(node)]
    }

    /// Weights of all arcs, row after row.
    #[must_use]
    pub fn all_weights(&self) -> &[f64] {
        &self.weights
    }

    /// Whether all ties have the very same weight.
    #[must_use]
    #[expect(clippy::float_cmp, reason = "the very same")]
    pub fn weighs_alike(&self) -> bool {
        self.weights.iter().all(|weight| *weight == self.weights[0])
    }

    /// Number of neighbours.
    #[must_use]
    pub fn degree(&self, node: usize) -> usize {
        self.offsets[node + 1] - self.offsets[node]
    }

    /// Sum of the weights at a node.
    #[must_use]
    pub fn strength(&self, node: usize) -> f64 {
        self.weights(node).iter().sum()
    }

    /// The same ties, each of weight 1.
    #[must_use]
    pub fn unweighted(&self) -> Self {
        Self { weights: vec![1.0; self.weights.len()], ..self.clone() }
    }

    /// The graph plus one node (the last) tied to `others` with weight 1.
    #[must_use]
    pub fn with_ego(&self, others: &[usize]) -> Self {
        let ego = self.len();
        let own = others.iter().map(|other| (ego, *other, 1.0));
        Self::new(ego + 1, self.edges().chain(own))
    }

    /// The graph on `nodes` only (sorted), renumbered in their order.
    #[must_use]
    pub fn induced(&self, nodes: &[usize]) -> Self {
        let place = |node: usize| nodes.binary_search(&node).ok();
        let edges = self.edges().filter_map(|(a, b, weight)| Some((place(a)?, place(b)?, weight)));
        Self::new(nodes.len(), edges)
    }

    /// Every tie once, as (smaller, larger, weight).
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        (0..self.len()).flat_map(move |node| {
            let ends = self.neighbours(node).iter().zip(self.weights(node));
            ends.map(|(other, weight)| (*other as usize, *weight))
                .filter(move |(other, _)| node < *other)
                .map(move |(other, weight)| (node, other, weight))
        })
    }
}
