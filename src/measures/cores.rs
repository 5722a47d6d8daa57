//! Core number: the largest k such that a person stands in a part where everybody has k ties within it.
//!
//! **Range** 0..=degree. **Edge cases** an isolate has 0. **How** nodes with the fewest ties left are peeled off level
//! by level; whoever remains is looked at once a level, never more often in all than there are arcs. **Complexity**
//! O(n + m). **Reference** Seidman 1983; Batagelj & Zaveršnik 2003, arXiv cs/0310049.

use crate::network::{Flat, id};

/// Core number of every node.
///
/// ```
/// use weaktie::measures::cores::core_numbers;
/// use weaktie::network::Flat;
/// // A triangle 0-1-2 with a tail 2-3.
/// let flat = Flat::new(5, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (2, 3, 1.0)]);
/// assert_eq!(core_numbers(&flat), [2, 2, 2, 1, 0]);
/// ```
#[must_use]
pub fn core_numbers(flat: &Flat) -> Vec<u32> {
    // Ties left; they stop falling at the level at which a node is peeled off.
    let mut left: Vec<u32> = (0..flat.len()).map(|node| id(flat.degree(node))).collect();
    let mut rest: Vec<u32> = (0..id(flat.len())).collect();
    let mut peeled = Vec::new();
    while let Some(level) = rest.iter().map(|node| left[*node as usize]).min() {
        peeled.clear();
        peeled.extend(rest.iter().filter(|node| left[**node as usize] == level));
        let mut at = 0;
        while let Some(node) = peeled.get(at) {
            at += 1;
            for other in flat.neighbours(*node as usize) {
                let ties = &mut left[*other as usize];
                if *ties > level {
                    *ties -= 1;
                    if *ties == level {
                        peeled.push(*other);
                    }
                }
            }
        }
        rest.retain(|node| left[*node as usize] > level);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    /// Strips nodes below k until none is left, for every k.
    fn plain(flat: &Flat) -> Vec<u32> {
        let mut core = vec![0; flat.len()];
        for k in 1..=id(flat.len()) {
            let mut alive = vec![true; flat.len()];
            loop {
                let ties = |node: usize| {
                    flat.neighbours(node).iter().filter(|other| alive[**other as usize]).count()
                };
                let weak: Vec<usize> = (0..flat.len())
                    .filter(|node| alive[*node] && ties(*node) < k as usize)
                    .collect();
                if weak.is_empty() {
                    break;
                }
                for node in weak {
                    alive[node] = false;
                }
            }
            for (node, core) in core.iter_mut().enumerate() {
                if alive[node] {
                    *core = k;
                }
            }
        }
        core
    }

    #[test]
    fn agrees_with_stripping() {
        for index in 0..40 {
            let mut stream = Stream::new(9, "cores", index);
            let ties = stream.index(200);
            let edges: Vec<_> =
                (0..ties).map(|_| (stream.index(40), stream.index(40), 1.0)).collect();
            let flat = Flat::new(40, edges);
            assert_eq!(core_numbers(&flat), plain(&flat));
        }
        assert!(core_numbers(&Flat::new(0, [])).is_empty());
    }
}
