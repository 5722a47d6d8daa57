//! Components: the parts within which everybody reaches everybody.
//!
//! **Edge cases** an isolate is a component of one. **Complexity** O(n + m) but for the inverse Ackermann function;
//! ties inside the largest part are mostly not even read. **Reference** Sutton, Ben-Nun & Barak 2018 (Afforest).

use crate::network::{Flat, id};

/// The components of a graph, numbered by size (largest 0), then by smallest member.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Components {
    /// Component of each node.
    pub of: Vec<u32>,
    /// People in each component.
    pub sizes: Vec<u32>,
}

/// The components.
///
/// ```
/// use weaktie::measures::components::components;
/// use weaktie::network::Flat;
/// let found = components(&Flat::new(5, [(0, 4, 1.0), (1, 2, 1.0), (2, 3, 1.0)]));
/// assert_eq!(found.of, [1, 0, 0, 0, 1]);
/// assert_eq!(found.sizes, [3, 2]);
/// ```
#[must_use]
pub fn components(flat: &Flat) -> Components {
    let mut parent: Vec<u32> = (0..id(flat.len())).collect();
    // One or two ties of each node join most of the largest part.
    for tie in 0..2 {
        for node in 0..flat.len() {
            if let Some(other) = flat.neighbours(node).get(tie) {
                join(&mut parent, id(node), *other);
            }
        }
    }
    let giant = most_frequent(&mut parent);
    for node in 0..flat.len() {
        if Some(find(&mut parent, id(node))) != giant {
            for other in flat.neighbours(node).iter().skip(2) {
                join(&mut parent, id(node), *other);
            }
        }
    }
    numbered(&mut parent)
}

fn find(parent: &mut [u32], node: u32) -> u32 {
    let mut node = node;
    while parent[node as usize] != node {
        let above = parent[parent[node as usize] as usize];
        parent[node as usize] = above;
        node = above;
    }
    node
}

/// The smaller root wins.
fn join(parent: &mut [u32], a: u32, b: u32) {
    let (a, b) = (find(parent, a), find(parent, b));
    parent[a.max(b) as usize] = a.min(b);
}

/// The root of most nodes in an even sample.
fn most_frequent(parent: &mut [u32]) -> Option<u32> {
    let step = (parent.len() / 1024).max(1);
    let mut roots: Vec<u32> =
        (0..parent.len()).step_by(step).map(|node| find(parent, id(node))).collect();
    roots.sort_unstable();
    roots.chunk_by(|a, b| a == b).max_by_key(|same| same.len()).map(|same| same[0])
}

fn numbered(parent: &mut [u32]) -> Components {
    let roots: Vec<u32> = (0..id(parent.len())).map(|node| find(parent, node)).collect();
    let mut size = vec![0_u32; roots.len()];
    for root in &roots {
        size[*root as usize] += 1;
    }
    let mut order: Vec<u32> =
        (0..id(roots.len())).filter(|root| size[*root as usize] > 0).collect();
    // A root is the smallest member of its component.
    order.sort_by_key(|root| (std::cmp::Reverse(size[*root as usize]), *root));
    let sizes = order.iter().map(|root| size[*root as usize]).collect();
    for (number, root) in order.iter().enumerate() {
        size[*root as usize] = id(number);
    }
    Components { of: roots.iter().map(|root| size[*root as usize]).collect(), sizes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    #[test]
    fn agrees_with_walking() {
        for index in 0..60 {
            let mut stream = Stream::new(9, "components", index);
            let ties = stream.index(70);
            let edges: Vec<_> =
                (0..ties).map(|_| (stream.index(60), stream.index(60), 1.0)).collect();
            let flat = Flat::new(60, edges);
            let found = components(&flat);
            for start in 0..60 {
                let (mut seen, mut stack) = (vec![false; 60], vec![start]);
                while let Some(node) = stack.pop() {
                    if !std::mem::replace(&mut seen[node], true) {
                        stack.extend(flat.neighbours(node).iter().map(|other| *other as usize));
                    }
                }
                for (seen, part) in seen.iter().zip(&found.of) {
                    assert_eq!(*seen, found.of[start] == *part);
                }
                let size = seen.iter().filter(|seen| **seen).count();
                assert_eq!(found.sizes[found.of[start] as usize] as usize, size);
            }
            assert!(found.sizes.is_sorted_by(|a, b| a >= b));
        }
    }
}
