//! Who links groups, how much hangs on one person, and whether that still holds when one tie goes.
//!
//! **Definition** a node *reaches* a group that a tie of its own leads into, besides its own group. A node is the *only
//! route* of a group when every tie that leaves the group touches it, and there are two such ties or more. *Cut off* by
//! it are the people of its component outside the largest part without it ([`super::blocks`]). It *holds* as a bridge
//! when it still reaches another group or cuts somebody off whichever single tie is taken away. Two groups hang on *one*
//! or *two* people when taking those away leaves neither a tie between the groups nor anybody with ties into both.
//!
//! **Edge cases** people in no group count as cut off but make no route. **Complexity** O(n + m), and for pairs of
//! groups the pairs that somebody's ties span. **Reference** Burt 1992 for the idea; Hopcroft & Tarjan 1973.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::blocks;
use crate::network::{Flat, id};

/// What hangs on one node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Groups whose only route it is.
    pub only_routes: u32,
    /// People cut off without it.
    pub cut_off: u32,
    /// Other groups it reaches.
    pub reaches: u32,
    /// Whether it bridges whichever single tie goes.
    pub holds: bool,
}

impl Standing {
    /// The order of bridges: only routes first, then people cut off, then groups reached.
    #[must_use]
    pub fn key(&self) -> (bool, u32, u32) {
        (self.only_routes > 0, self.cut_off, self.reaches)
    }

    /// Whether something hangs on the node, and that whichever single tie goes.
    #[must_use]
    pub fn is_bridge(&self) -> bool {
        self.holds && self.key() != (false, 0, 0)
    }
}

/// Who links the groups of a network.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bridging {
    /// What hangs on every node.
    pub standings: Vec<Standing>,
    /// The only route of each group, if it has one.
    pub gates: Vec<Option<Gate>>,
}

/// What hangs on every node; `of` gives the group of each, `None` outside all.
///
/// ```
/// use weaktie::measures::bridging::bridging;
/// use weaktie::network::Flat;
/// // Two triangles, and 6 with two ties into each.
/// let ties = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (6, 0), (6, 1), (6, 3), (6, 4)];
/// let flat = Flat::new(7, ties.map(|(a, b)| (a, b, 1.0)));
/// let of = [0, 0, 0, 1, 1, 1].map(Some).into_iter().chain([None]).collect::<Vec<_>>();
/// let found = bridging(&flat, &of).standings[6];
/// assert_eq!((found.cut_off, found.reaches, found.holds), (3, 2, true));
/// ```
#[must_use]
pub fn bridging(flat: &Flat, of: &[Option<usize>]) -> Bridging {
    let found = blocks(flat);
    let bridges = found.bridges();
    let (mut parts, mut single) = (vec![0_u32; flat.len()], vec![0_u32; flat.len()]);
    for (members, _) in found.iter() {
        for node in members {
            parts[*node as usize] += 1;
            single[*node as usize] += u32::from(members.len() == 2);
        }
    }
    let mut seen = vec![usize::MAX; of.iter().flatten().max().map_or(0, |last| last + 1)];
    let mut all: Vec<Standing> = (0..flat.len())
        .map(|node| {
            let (mut reaches, mut crossing, mut last) = (0, 0_u32, 0);
            for other in flat.neighbours(node) {
                let Some(group) = of[*other as usize].filter(|group| of[node] != Some(*group))
                else {
                    continue;
                };
                crossing += 1;
                last = *other;
                if std::mem::replace(&mut seen[group], node) != node {
                    reaches += 1;
                }
            }
            // What the tie that undoes most leaves: several ties across, or parts that still fall asunder.
            let is_bridge = |other: u32| {
                bridges.binary_search(&(other.min(id(node)), other.max(id(node)))).is_ok()
            };
            let loses_a_part = match crossing {
                0 => single[node] > 0,
                _ => is_bridge(last),
            };
            let holds = crossing > 1 || parts[node] > 1 + u32::from(loses_a_part);
            Standing { only_routes: 0, cut_off: found.cut_off[node], reaches, holds }
        })
        .collect();
    let gates = gates(flat, of);
    for gate in gates.iter().flatten() {
        all[gate.node].only_routes += 1;
    }
    Bridging { standings: all, gates }
}

/// The only route of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Whom every leaving tie touches.
    pub node: usize,
    /// The groups these ties lead into.
    pub reaches: BTreeSet<usize>,
}

/// The only route of each group, if it has one.
fn gates(flat: &Flat, of: &[Option<usize>]) -> Vec<Option<Gate>> {
    /// Leaving ties so far: their number, which end of the first touches all, groups reached.
    #[derive(Clone, Default)]
    struct Leaving {
        ties: u32,
        ends: [Option<usize>; 2],
        reaches: BTreeSet<usize>,
    }
    let groups = of.iter().flatten().max().map_or(0, |last| last + 1);
    let mut leaving = vec![Leaving::default(); groups];
    for (a, b, _) in flat.edges() {
        for (inside, outside) in [(a, b), (b, a)] {
            let Some(group) = of[inside].filter(|group| of[outside] != Some(*group)) else {
                continue;
            };
            let all = &mut leaving[group];
            all.ties += 1;
            if all.ties == 1 {
                all.ends = [Some(inside), Some(outside)];
            }
            for end in &mut all.ends {
                *end = end.filter(|end| *end == inside || *end == outside);
            }
            all.reaches.extend(of[outside]);
        }
    }
    let gate = |all: Leaving| {
        let node = all.ends.into_iter().flatten().next()?;
        (all.ties > 1 && !all.reaches.is_empty()).then_some(Gate { node, reaches: all.reaches })
    };
    leaving.into_iter().map(gate).collect()
}

/// What links two groups.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Link {
    /// Ties between the two.
    pub ties: Vec<(usize, usize)>,
    /// People of neither group with ties into both.
    pub between: Vec<usize>,
    /// The one or two people without whom nothing links the groups; empty when it takes more.
    pub hangs_on: Vec<usize>,
}

/// Everything that links two groups, by pair (smaller label first). `nearer` orders people of equal standing: of two ends
/// of a single tie the one with the larger value is named.
#[must_use]
pub fn links(
    flat: &Flat,
    of: &[Option<usize>],
    nearer: impl Fn(usize) -> f64,
) -> BTreeMap<(usize, usize), Link> {
    let mut links: BTreeMap<(usize, usize), Link> = BTreeMap::new();
    for node in 0..flat.len() {
        let mut around: Vec<usize> =
            flat.neighbours(node).iter().filter_map(|other| of[*other as usize]).collect();
        around.sort_unstable();
        around.dedup();
        around.retain(|group| of[node] != Some(*group));
        for (at, x) in around.iter().enumerate() {
            for y in &around[at + 1..] {
                links.entry((*x, *y)).or_default().between.push(node);
            }
        }
    }
    for (a, b, _) in flat.edges() {
        if let (Some(x), Some(y)) = (of[a], of[b])
            && x != y
        {
            links.entry((x.min(y), x.max(y))).or_default().ties.push((a, b));
        }
    }
    for link in links.values_mut() {
        link.hangs_on = match link.between.as_slice() {
            [] => cover(&link.ties, 2, &nearer),
            [one] => cover(&link.ties, 1, &nearer).map(|ends| [vec![*one], ends].concat()),
            [one, two] if link.ties.is_empty() => Some(vec![*one, *two]),
            _ => None,
        }
        .unwrap_or_default();
    }
    links
}

/// The fewest people, up to `most`, of whom every tie touches one.
fn cover(
    ties: &[(usize, usize)],
    most: usize,
    nearer: &impl Fn(usize) -> f64,
) -> Option<Vec<usize>> {
    let Some((a, b)) = ties.first().copied() else {
        return Some(Vec::new());
    };
    if most == 0 {
        return None;
    }
    let mut ends = [a, b];
    ends.sort_by(|a, b| nearer(*b).total_cmp(&nearer(*a)).then(a.cmp(b)));
    let with = |end: usize| {
        let rest: Vec<_> = ties.iter().copied().filter(|(a, b)| *a != end && *b != end).collect();
        let others = cover(&rest, most - 1, nearer)?;
        Some([vec![end], others].concat())
    };
    ends.into_iter().filter_map(with).min_by_key(Vec::len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    fn random(index: u64) -> (Flat, Vec<Option<usize>>) {
        let mut stream = Stream::new(9, "bridging", index);
        let edges: Vec<_> = (0..34).map(|_| (stream.index(26), stream.index(26), 1.0)).collect();
        let of = (0..26).map(|_| Some(stream.index(5)).filter(|group| *group < 4)).collect();
        (Flat::new(26, edges), of)
    }

    fn without_tie(flat: &Flat, tie: (usize, usize)) -> Flat {
        Flat::new(flat.len(), flat.edges().filter(|(a, b, _)| (*a, *b) != tie).collect::<Vec<_>>())
    }

    #[test]
    fn what_holds_is_what_no_single_tie_undoes() {
        for index in 0..60 {
            let (flat, of) = random(index);
            let bridges = |found: &Standing| found.reaches > 0 || found.cut_off > 0;
            let standings = |flat: &Flat| bridging(flat, &of).standings;
            let found = standings(&flat);
            let mut expected: Vec<bool> = found.iter().map(bridges).collect();
            for (a, b, _) in flat.edges() {
                for (node, found) in standings(&without_tie(&flat, (a, b))).iter().enumerate() {
                    expected[node] &= bridges(found);
                }
            }
            let holds: Vec<bool> = found.iter().map(Standing::is_bridge).collect();
            assert_eq!(holds, expected, "{index}");
        }
    }

    #[test]
    fn groups_hang_on_whom_their_links_need() {
        for index in 0..60 {
            let (flat, of) = random(index);
            let linked = |gone: &[usize], x: usize, y: usize| {
                let is_here = |node: usize| !gone.contains(&node);
                let crosses = flat.edges().any(|(a, b, _)| {
                    let ends = [of[a], of[b]];
                    is_here(a) && is_here(b) && ends.contains(&Some(x)) && ends.contains(&Some(y))
                });
                let between = (0..26).any(|node| {
                    let into = |group: usize| {
                        flat.neighbours(node).iter().any(|o| of[*o as usize] == Some(group))
                    };
                    is_here(node)
                        && of[node] != Some(x)
                        && of[node] != Some(y)
                        && into(x)
                        && into(y)
                });
                crosses || between
            };
            for ((x, y), link) in links(&flat, &of, |_| 0.0) {
                assert!(linked(&[], x, y));
                let one = (0..26).any(|node| !linked(&[node], x, y));
                let two = (0..26).any(|a| (0..a).any(|b| !linked(&[a, b], x, y)));
                let size = if one {
                    1
                } else if two {
                    2
                } else {
                    0
                };
                assert_eq!(link.hangs_on.len(), size, "{index} {x} {y}");
                assert!(size == 0 || !linked(&link.hangs_on, x, y));
            }
        }
    }

    #[test]
    fn a_single_tie_makes_no_only_route() {
        // Two triangles joined by one tie, then by two that share an end.
        let ties = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (0, 3)];
        let of = [0, 0, 0, 1, 1, 1].map(Some);
        let one = Flat::new(6, ties.map(|(a, b)| (a, b, 1.0)));
        assert_eq!(gates(&one, &of), [None, None]);
        let two = Flat::new(6, ties.into_iter().chain([(0, 4)]).map(|(a, b)| (a, b, 1.0)));
        let nodes: Vec<_> = gates(&two, &of).into_iter().map(|gate| gate.unwrap().node).collect();
        assert_eq!(nodes, [0, 0]);
        assert_eq!(bridging(&two, &of).standings[0].key(), (true, 2, 1));
    }
}
