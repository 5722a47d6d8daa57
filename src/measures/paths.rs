//! Best paths: bounded by hops, to the nearest of several targets, and the next best ones after Yen.
//!
//! **Question** through whom does the cheapest way lead. **Definition** a path's cost is the sum of its ties' costs (all above
//! 0; `−ln ρ` makes it the product of probabilities). Targets are one super-node: a path ends at the first of them.
//! **Complexity** O(h·(n + m)) a search of at most `h` hops, O(k·h) searches for `k` paths. **Reference** Dijkstra 1959; Bellman
//! 1958 for the bound on hops; Yen 1971, Management Science 17:712.

use crate::network::Flat;

/// A simple path and its cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// From the source to a target, both included.
    pub nodes: Vec<u32>,
    /// Sum of the costs on the way.
    pub cost: f64,
}

/// Where the next best path may leave the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deviate {
    /// At any node: the `k` best simple paths.
    Anywhere,
    /// At the source: the best path, then the best one with another first hop, and so on.
    AtSource,
}

/// What is searched.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// Costs as weights.
    pub graph: &'a Flat,
    /// By node: whether a path may end here. It may not lead on from here.
    pub is_target: &'a [bool],
    /// By node: whether a path may lead through.
    pub may_pass: &'a [bool],
    /// Most ties of a path.
    pub hops: usize,
}

/// The `k` best simple paths from `source`, cheapest first; equal costs in the order of their nodes.
///
/// ```
/// use weaktie::measures::paths::{Deviate, Search, best};
/// use weaktie::network::Flat;
/// // 0 reaches 3 over 1 (cost 2) or over 2 (cost 3).
/// let graph = Flat::new(4, [(0, 1, 1.0), (1, 3, 1.0), (0, 2, 1.0), (2, 3, 2.0)]);
/// let is_target = [false, false, false, true];
/// let search = Search { graph: &graph, is_target: &is_target, may_pass: &[true; 4], hops: 3 };
/// let found = best(&search, 0, 2, Deviate::Anywhere);
/// assert_eq!(found[0].nodes, [0, 1, 3]);
/// assert_eq!((found[1].nodes.as_slice(), found[1].cost), (&[0, 2, 3][..], 3.0));
/// ```
#[must_use]
pub fn best(search: &Search<'_>, source: usize, k: usize, deviate: Deviate) -> Vec<Path> {
    let source = crate::network::id(source);
    let Some(first) = shortest(search, &[source], &[]) else { return Vec::new() };
    let mut found = vec![first];
    let mut waiting: Vec<Path> = Vec::new();
    while found.len() < k {
        let Some(last) = found.last().cloned() else { break };
        let spurs = match deviate {
            Deviate::Anywhere => last.nodes.len() - 1,
            Deviate::AtSource => 1,
        };
        for spur in 0..spurs {
            let root = &last.nodes[..=spur];
            let same = found.iter().filter(|path| path.nodes.starts_with(root));
            let taken: Vec<u32> =
                same.filter_map(|path| path.nodes.get(spur + 1).copied()).collect();
            let next = shortest(search, root, &taken);
            waiting.extend(next.filter(|path| !waiting.iter().any(|old| old.nodes == path.nodes)));
        }
        let next = (0..waiting.len()).min_by(|a, b| {
            let (a, b) = (&waiting[*a], &waiting[*b]);
            a.cost.total_cmp(&b.cost).then_with(|| a.nodes.cmp(&b.nodes))
        });
        let Some(next) = next else { break };
        found.push(waiting.swap_remove(next));
    }
    found
}

/// The best path that begins with `root` and does not go on to one of `taken`; cheapest at every number of hops, so that the
/// bound on hops never costs a cheaper path that keeps to it.
fn shortest(search: &Search<'_>, root: &[u32], taken: &[u32]) -> Option<Path> {
    let Search { graph, is_target, may_pass, hops } = *search;
    let (spur, before) = root.split_last()?;
    let spur = *spur as usize;
    let left = (hops + 1).checked_sub(root.len())?;
    let cost_of = |pair: &[u32]| {
        let at = graph.neighbours(pair[0] as usize).binary_search(&pair[1]).ok()?;
        Some(graph.weights(pair[0] as usize)[at])
    };
    let begun: f64 = root.windows(2).filter_map(cost_of).sum();
    let mut layers: Vec<Layer> = Vec::with_capacity(left + 1);
    let mut first = Layer::new(graph.len());
    first.cost[spur] = 0.0;
    first.changed.push(spur);
    layers.push(first);
    let mut ended: Option<(f64, usize, usize)> = None;
    for hop in 1..=left {
        let mut next = layers[hop - 1].next();
        for from in &layers[hop - 1].changed {
            let from = *from;
            if from != spur && (is_target[from] || !may_pass[from]) {
                continue;
            }
            let cost = layers[hop - 1].cost[from];
            for (to, step) in graph.neighbours(from).iter().zip(graph.weights(from)) {
                let sum = cost + step;
                let at = *to as usize;
                let improves = sum < next.cost[at] && ended.is_none_or(|(best, ..)| sum <= best);
                if !improves
                    || (!is_target[at] && (!may_pass[at] || hop == left))
                    || (from == spur && taken.contains(to))
                    || before.contains(to)
                {
                    continue;
                }
                next.put(at, sum, from);
                if is_target[at] && ended.is_none_or(|(best, node, _)| (sum, at) < (best, node)) {
                    ended = Some((sum, at, hop));
                }
            }
        }
        next.changed.sort_unstable();
        layers.push(next);
    }
    let (cost, mut at, mut hop) = ended?;
    let mut nodes = Vec::with_capacity(root.len() + hop);
    while hop > 0 {
        if let Some(from) = layers[hop].from(at) {
            nodes.push(crate::network::id(at));
            at = from;
        }
        hop -= 1;
    }
    nodes.extend(root.iter().rev());
    nodes.reverse();
    Some(Path { nodes, cost: begun + cost })
}

/// Cheapest costs within so many hops, and what the last hop changed.
struct Layer {
    cost: Vec<f64>,
    from: Vec<u32>,
    changed: Vec<usize>,
}

/// Nothing changed here.
const SAME: u32 = u32::MAX;

impl Layer {
    fn new(nodes: usize) -> Self {
        Self { cost: vec![f64::INFINITY; nodes], from: vec![SAME; nodes], changed: Vec::new() }
    }

    fn next(&self) -> Self {
        Self { cost: self.cost.clone(), ..Self::new(self.cost.len()) }
    }

    fn put(&mut self, at: usize, cost: f64, from: usize) {
        if self.from[at] == SAME {
            self.changed.push(at);
        }
        self.cost[at] = cost;
        self.from[at] = crate::network::id(from);
    }

    fn from(&self, at: usize) -> Option<usize> {
        (self.from[at] != SAME).then(|| self.from[at] as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    /// Every simple path within the bound, cheapest first.
    fn all(search: &Search<'_>, source: u32) -> Vec<Path> {
        let mut found = Vec::new();
        let mut open = vec![Path { nodes: vec![source], cost: 0.0 }];
        while let Some(path) = open.pop() {
            let last = path.nodes[path.nodes.len() - 1] as usize;
            if path.nodes.len() > 1 && search.is_target[last] {
                found.push(path);
                continue;
            }
            let leads_on = path.nodes.len() == 1 || search.may_pass[last];
            if !leads_on || path.nodes.len() > search.hops {
                continue;
            }
            for (to, cost) in search.graph.neighbours(last).iter().zip(search.graph.weights(last)) {
                if !path.nodes.contains(to) {
                    let mut nodes = path.nodes.clone();
                    nodes.push(*to);
                    open.push(Path { nodes, cost: path.cost + cost });
                }
            }
        }
        found.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        found
    }

    #[test]
    fn paths_are_those_of_brute_force_on_a_thousand_networks() {
        let mut longer = 0;
        for index in 0..1_000 {
            let mut stream = Stream::new(5, "paths", index);
            let n = 4 + stream.index(5);
            let density = stream.between(0.2, 0.9);
            let mut ties = Vec::new();
            for a in 0..n {
                for b in a + 1..n {
                    if stream.chance(density) {
                        ties.push((a, b, stream.between(0.05, 4.0)));
                    }
                }
            }
            let graph = Flat::new(n, ties);
            let mut is_target: Vec<bool> = (0..n).map(|_| stream.chance(0.25)).collect();
            is_target[0] = false;
            let may_pass: Vec<bool> = (0..n).map(|_| stream.chance(0.9)).collect();
            let hops = 1 + stream.index(4);
            let search = Search { graph: &graph, is_target: &is_target, may_pass: &may_pass, hops };
            let truth = all(&search, 0);
            for k in [1, 3, 7] {
                let found = best(&search, 0, k, Deviate::Anywhere);
                assert_eq!(found.len(), truth.len().min(k), "network {index}");
                for (one, expected) in found.iter().zip(&truth) {
                    assert_eq!(one.nodes, expected.nodes, "network {index}");
                    assert!((one.cost - expected.cost).abs() < 1e-12);
                }
                longer += usize::from(found.len() > 2);
            }
            // The best of each first hop.
            let mut taken: Vec<u32> = Vec::new();
            let by_broker: Vec<&Path> = truth
                .iter()
                .filter(|path| {
                    let is_new = !taken.contains(&path.nodes[1]);
                    taken.push(path.nodes[1]);
                    is_new
                })
                .collect();
            let found = best(&search, 0, 3, Deviate::AtSource);
            assert_eq!(found.len(), by_broker.len().min(3), "network {index}");
            for (one, expected) in found.iter().zip(by_broker) {
                assert_eq!(one.nodes, expected.nodes, "network {index}");
            }
        }
        assert!(longer > 500, "{longer} searches had something to choose from");
    }

    #[test]
    fn a_bound_on_hops_takes_the_dearer_short_way() {
        // Three cheap hops, or two dear ones.
        let graph = Flat::new(5, [(0, 1, 0.1), (1, 2, 0.1), (2, 4, 0.1), (0, 3, 1.0), (3, 4, 1.0)]);
        let is_target = [false, false, false, false, true];
        let of = |hops| {
            let search =
                Search { graph: &graph, is_target: &is_target, may_pass: &[true; 5], hops };
            best(&search, 0, 1, Deviate::Anywhere).first().map(|path| path.nodes.clone())
        };
        assert_eq!(of(3), Some(vec![0, 1, 2, 4]));
        assert_eq!(of(2), Some(vec![0, 3, 4]));
        assert_eq!(of(1), None);
    }
}
