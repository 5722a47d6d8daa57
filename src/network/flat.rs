//! Flat adjacency (compressed sparse rows): the form the parallel kernels read.

/// An undirected weighted graph on `0..len()`; neighbours are sorted, each tie stands at both ends.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flat {
    offsets: Vec<usize>,
    targets: Vec<usize>,
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
        let mut ends: Vec<(usize, usize, f64)> = edges
            .into_iter()
            .filter(|(a, b, weight)| a != b && *weight > 0.0)
            .flat_map(|(a, b, weight)| [(a, b, weight), (b, a, weight)])
            .collect();
        ends.sort_by(|x, y| (x.0, x.1).cmp(&(y.0, y.1)).then(x.2.total_cmp(&y.2)));
        let mut flat =
            Self { offsets: vec![0; nodes + 1], targets: Vec::new(), weights: Vec::new() };
        for same in ends.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
            flat.targets.push(same[0].1);
            flat.weights.push(same.iter().map(|end| end.2).sum());
            flat.offsets[same[0].0 + 1] += 1;
        }
        for node in 0..nodes {
            flat.offsets[node + 1] += flat.offsets[node];
        }
        flat
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

    /// Neighbours of a node, sorted.
    #[must_use]
    pub fn neighbours(&self, node: usize) -> &[usize] {
        &self.targets[self.offsets[node]..self.offsets[node + 1]]
    }

    /// Weights of the ties to [`Flat::neighbours`], same order.
    #[must_use]
    pub fn weights(&self, node: usize) -> &[f64] {
        &self.weights[self.offsets[node]..self.offsets[node + 1]]
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
            ends.filter(move |(other, _)| node < **other).map(move |(other, w)| (node, *other, *w))
        })
    }
}
