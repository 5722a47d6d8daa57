//! Who connects which groups: participation, within-group z-score, and the brokerage roles of Gould and Fernandez.
//!
//! **Definition** participation `P_i = 1 − Σ_c (k_ic / k_i)²`, ties to each group over all ties; within-group z: the
//! ties into one's own group, less the group's mean, over its standard deviation (of the whole group). Roles count
//! *open* two-paths a – v – b, a and b not tied, each unordered pair once, by the groups of (a, v, b): coordinator
//! (A, A, A), itinerant (A, B, A), gatekeeper or representative (A, B, B; undirected ties do not tell them apart),
//! liaison (A, B, C).
//!
//! **Range** participation 0..=1 − 1/groups. **Edge cases** no tie: participation undefined; a group all alike: z
//! undefined. **Complexity** participation O(n + m); roles O(Σ deg²). **Reference** Guimerà & Amaral 2005, Nature
//! 433:895; Gould & Fernandez 1989, Sociological Methodology 19:89.

use super::chunks::{CHUNKS, by_nodes};
use crate::network::Flat;

/// Participation coefficient of every node, by the tie weights of the graph.
///
/// ```
/// use weaktie::measures::roles::participation;
/// use weaktie::network::Flat;
/// // Two of 0's three ties lead into its own group: 1 − (2/3)² − (1/3)².
/// let flat = Flat::new(4, [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0)]);
/// assert!((participation(&flat, &[0, 0, 0, 1])[0].unwrap() - 4.0 / 9.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn participation(flat: &Flat, group: &[usize]) -> Vec<Option<f64>> {
    let mut into = vec![0.0; group.iter().max().map_or(0, |last| last + 1)];
    (0..flat.len())
        .map(|node| {
            let ties = || flat.neighbours(node).iter().zip(flat.weights(node));
            for (other, weight) in ties() {
                into[group[*other as usize]] += weight;
            }
            let all = flat.strength(node);
            let mut squares = 0.0;
            for (other, _) in ties() {
                let share = std::mem::take(&mut into[group[*other as usize]]) / all;
                squares += share * share;
            }
            (all > 0.0).then_some(1.0 - squares)
        })
        .collect()
}

/// Within-group z-score of every node, by the tie weights of the graph.
#[must_use]
pub fn within_group_z(flat: &Flat, group: &[usize]) -> Vec<Option<f64>> {
    let groups = group.iter().max().map_or(0, |last| last + 1);
    let inside: Vec<f64> = (0..flat.len())
        .map(|node| {
            let ties = flat.neighbours(node).iter().zip(flat.weights(node));
            ties.filter(|(other, _)| group[**other as usize] == group[node]).map(|tie| tie.1).sum()
        })
        .collect();
    let (mut count, mut sum) = (vec![0.0; groups], vec![0.0; groups]);
    for (group, inside) in group.iter().zip(&inside) {
        count[*group] += 1.0;
        sum[*group] += inside;
    }
    let mean: Vec<f64> = sum.iter().zip(&count).map(|(sum, count)| sum / count).collect();
    let mut squares = vec![0.0; groups];
    for (group, inside) in group.iter().zip(&inside) {
        squares[*group] += (inside - mean[*group]) * (inside - mean[*group]);
    }
    let z = |(group, inside): (&usize, &f64)| {
        let spread = (squares[*group] / count[*group]).sqrt();
        (spread > 1e-12).then(|| (inside - mean[*group]) / spread)
    };
    group.iter().zip(&inside).map(z).collect()
}

/// Open two-paths of which a node is the middle, by role.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Brokerage {
    /// All three in one group.
    pub coordinator: u64,
    /// The ends in one group, the middle in another.
    pub itinerant: u64,
    /// The middle in the group of one end.
    pub gatekeeper: u64,
    /// Three groups.
    pub liaison: u64,
}

impl Brokerage {
    /// The count for an open pair `a`, `b` around a middle of group `own`.
    pub(super) fn role(&mut self, own: usize, a: usize, b: usize) -> &mut u64 {
        match (a == own, b == own) {
            (true, true) => &mut self.coordinator,
            (true, false) | (false, true) => &mut self.gatekeeper,
            (false, false) if a == b => &mut self.itinerant,
            (false, false) => &mut self.liaison,
        }
    }
}

/// The roles of every node.
///
/// ```
/// use weaktie::measures::roles::{Brokerage, brokerage};
/// use weaktie::network::Flat;
/// // A star: 0 between 1 and 2 of its own group and 3 of another.
/// let star = Flat::new(4, [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0)]);
/// let found = brokerage(&star, &[0, 0, 0, 1])[0];
/// assert_eq!(found, Brokerage { coordinator: 1, gatekeeper: 2, ..Brokerage::default() });
/// ```
#[must_use]
pub fn brokerage(flat: &Flat, group: &[usize]) -> Vec<Brokerage> {
    let work = |node: usize| flat.degree(node) * flat.degree(node);
    let parts = by_nodes(flat, work, CHUNKS, |nodes| {
        let mut marks = vec![false; flat.len()];
        nodes.map(|node| of_node(flat, group, node, &mut marks)).collect::<Vec<Brokerage>>()
    });
    parts.concat()
}

/// The roles of one node. Cost: O(Σ deg) of its neighbours.
#[must_use]
pub fn brokerage_of(flat: &Flat, group: &[usize], node: usize) -> Brokerage {
    of_node(flat, group, node, &mut vec![false; flat.len()])
}

fn of_node(flat: &Flat, group: &[usize], node: usize, marks: &mut [bool]) -> Brokerage {
    let mut found = Brokerage::default();
    let others = flat.neighbours(node);
    for (at, a) in others.iter().enumerate() {
        let a = *a as usize;
        for tied in flat.neighbours(a) {
            marks[*tied as usize] = true;
        }
        for b in others[at + 1..].iter().map(|b| *b as usize).filter(|b| !marks[*b]) {
            *found.role(group[node], group[a], group[b]) += 1;
        }
        for tied in flat.neighbours(a) {
            marks[*tied as usize] = false;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    #[test]
    fn the_four_roles_around_a_middle() {
        // 0 (group 0) amid 1 (0), 2 (1), 3 (1), 4 (2); 2 and 3 tied, so that pair is closed.
        let edges = [(0, 1), (0, 2), (0, 3), (0, 4), (2, 3)];
        let flat = Flat::new(5, edges.map(|(a, b)| (a, b, 1.0)));
        let found = brokerage(&flat, &[0, 0, 1, 1, 2])[0];
        // 1-2, 1-3, 1-4 gatekeeper; 2-4, 3-4 liaison.
        assert_eq!(found, Brokerage { gatekeeper: 3, liaison: 2, ..Brokerage::default() });
        let open = Flat::new(4, [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0)]);
        assert_eq!(brokerage(&open, &[0, 1, 1, 1])[0].itinerant, 3);
    }

    #[test]
    fn roles_add_up_to_the_open_two_paths() {
        let mut stream = Stream::new(3, "roles", 0);
        let edges: Vec<_> = (0..200).map(|_| (stream.index(50), stream.index(50), 1.0)).collect();
        let flat = Flat::new(50, edges);
        let group: Vec<usize> = (0..50).map(|_| stream.index(4)).collect();
        let triangles = crate::measures::clustering::triangles(&flat);
        for (node, found) in brokerage(&flat, &group).iter().enumerate() {
            let degree = flat.degree(node) as u64;
            let all = found.coordinator + found.itinerant + found.gatekeeper + found.liaison;
            assert_eq!(all, degree * degree.saturating_sub(1) / 2 - triangles[node]);
        }
    }

    #[test]
    fn z_is_undefined_where_all_are_alike() {
        let triangle = Flat::new(3, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0)]);
        assert_eq!(within_group_z(&triangle, &[0; 3]), [None; 3]);
        // A path: 1, 2 and 1 ties, mean 4/3, standard deviation √2/3.
        let path = Flat::new(3, [(0, 1, 1.0), (1, 2, 1.0)]);
        assert!((within_group_z(&path, &[0; 3])[1].unwrap() - 2.0_f64.sqrt()).abs() < 1e-12);
        assert_eq!(participation(&Flat::new(1, []), &[0]), [None]);
    }
}
