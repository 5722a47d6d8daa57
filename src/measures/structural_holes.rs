//! Burt's structural holes: constraint, effective size, efficiency, hierarchy.
//!
//! **Definition** with `a` the symmetric weights, `p_ij = a_ij / Σ_k a_ik`, `m_jq = a_jq / max_k a_jk`:
//! constraint `C_i = Σ_j c_ij`, `c_ij = (p_ij + Σ_q p_iq p_qj)²`; effective size `ES_i = Σ_j (1 − Σ_q p_iq m_jq)`, for
//! ties of equal weight `n − 2t/n`; efficiency `ES_i / n_i`; hierarchy (Coleman–Theil) `Σ_j r_j ln r_j / (N ln N)`,
//! `r_j = c_ij / (C_i / N)`.
//!
//! **Range** constraint from 0; it may exceed 1 (a triangle has 9/8) and is no percentage. Effective size
//! 1..=degree for ties of equal weight, efficiency and hierarchy 0..=1. `p_qj` is taken over the whole graph.
//!
//! **Edge cases** isolate: all undefined. One contact: 1, 1, 1, hierarchy undefined.
//!
//! **How** the sums over q depend on the tie i–j alone but for a factor: [`super::shared`] gives them, one a tie.
//!
//! **Complexity** `O(Σ_ties min(deg))` time, O(m) memory. Exact.
//!
//! **Reference** Burt 1992, *Structural Holes*; Borgatti 1997, Connections 20(1):35.

use super::chunks::{CHUNKS, by_nodes};
use super::shared::{Shared, of_unit, shared};
use crate::network::Flat;

/// The four measures of one node; `None` = undefined.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Holes {
    /// `C_i`.
    pub constraint: Option<f64>,
    /// `ES_i`.
    pub effective_size: Option<f64>,
    /// `ES_i / n_i`.
    pub efficiency: Option<f64>,
    /// Coleman–Theil hierarchy of the dyadic constraints.
    pub hierarchy: Option<f64>,
}

/// Burt's measures of every node.
///
/// ```
/// use weaktie::measures::structural_holes::structural_holes;
/// use weaktie::network::Flat;
/// // The centre of a star with four leaves: 4 · (1/4)² = 1/4; all four contacts count.
/// let star = Flat::new(5, (1..5).map(|leaf| (0, leaf, 1.0)));
/// let holes = structural_holes(&star);
/// assert_eq!(holes[0].constraint, Some(0.25));
/// assert_eq!(holes[0].effective_size, Some(4.0));
/// assert_eq!(holes[1].constraint, Some(1.0));
/// ```
#[must_use]
pub fn structural_holes(flat: &Flat) -> Vec<Holes> {
    let network = Sums::of(flat);
    let parts = by_nodes(
        flat,
        |node| flat.degree(node) * 8,
        CHUNKS,
        |nodes| {
            let mut dyadic = Vec::new();
            nodes.map(|node| network.holes(node, &mut dyadic)).collect::<Vec<Holes>>()
        },
    );
    parts.concat()
}

/// `c_ij` of every arc, in the order of [`Flat::neighbours`]: how much of i's room each contact takes.
///
/// ```
/// use weaktie::measures::structural_holes::dyadic_constraint;
/// use weaktie::network::Flat;
/// // Triangle: each other takes (1/2 + 1/2·1/2)² = 9/16.
/// let triangle = Flat::new(3, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0)]);
/// assert_eq!(dyadic_constraint(&triangle), [0.5625; 6]);
/// ```
#[must_use]
pub fn dyadic_constraint(flat: &Flat) -> Vec<f64> {
    let network = Sums::of(flat);
    let mut all = Vec::with_capacity(flat.arcs());
    let mut row = Vec::new();
    for node in 0..flat.len() {
        network.dyadic(node, &mut row);
        all.extend_from_slice(&row);
    }
    all
}

/// What the measures of all nodes are read from.
struct Sums<'a> {
    flat: &'a Flat,
    /// Whether all ties weigh the same; then they count as 1 each.
    is_unit: bool,
    strength: Vec<f64>,
    largest: Vec<f64>,
    /// `Σ_q a_iq a_jq` and `Σ_q a_iq a_jq / s_q` of every arc.
    shared: Vec<Shared>,
}

impl<'a> Sums<'a> {
    fn of(flat: &'a Flat) -> Self {
        let nodes = 0..flat.len();
        let is_unit = flat.weighs_alike();
        let strength: Vec<f64> = if is_unit {
            nodes.clone().map(|node| flat.degree(node) as f64).collect()
        } else {
            nodes.clone().map(|node| flat.strength(node)).collect()
        };
        let most = |node: usize| flat.weights(node).iter().copied().fold(0.0, f64::max);
        let largest = nodes.clone().map(|node| if is_unit { 1.0 } else { most(node) }).collect();
        let inverse: Vec<f64> = strength.iter().map(|strength| 1.0 / strength).collect();
        let shared = if is_unit {
            of_unit(flat, &inverse)
        } else {
            shared(flat, flat.all_weights(), &inverse)
        };
        Self { flat, is_unit, strength, largest, shared }
    }

    /// `c_ij` of a node's contacts, into `row`.
    fn dyadic(&self, node: usize, row: &mut Vec<f64>) {
        let inverse = 1.0 / self.strength[node];
        let ties = self.flat.weights(node).iter().zip(&self.shared[self.flat.row(node)]);
        row.clear();
        row.extend(ties.map(|(weight, shared)| {
            let total = (if self.is_unit { 1.0 } else { *weight } + shared.scaled) * inverse;
            total * total
        }));
    }

    fn holes(&self, node: usize, dyadic: &mut Vec<f64>) -> Holes {
        let others = self.flat.neighbours(node);
        if others.is_empty() {
            return Holes::default();
        }
        self.dyadic(node, dyadic);
        let constraint: f64 = dyadic.iter().sum();
        let redundancy: f64 = others
            .iter()
            .zip(&self.shared[self.flat.row(node)])
            .map(|(other, shared)| shared.sum / self.largest[*other as usize])
            .sum();
        let effective_size = others.len() as f64 - redundancy / self.strength[node];
        Holes {
            constraint: Some(constraint),
            effective_size: Some(effective_size),
            efficiency: Some(effective_size / others.len() as f64),
            hierarchy: hierarchy(dyadic, constraint),
        }
    }
}

fn hierarchy(dyadic: &[f64], constraint: f64) -> Option<f64> {
    let count = dyadic.len() as f64;
    if dyadic.len() < 2 {
        return None;
    }
    let mean = constraint / count;
    let sum: f64 = dyadic
        .iter()
        .map(|c| c / mean)
        .filter(|ratio| *ratio > 0.0)
        .map(|ratio| ratio * libm::log(ratio))
        .sum();
    Some(sum / (count * libm::log(count)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(nodes: usize, edges: &[(usize, usize)]) -> Vec<Holes> {
        structural_holes(&Flat::new(nodes, edges.iter().map(|(a, b)| (*a, *b, 1.0))))
    }

    fn close(found: Option<f64>, expected: f64) {
        assert!((found.unwrap() - expected).abs() < 1e-12, "{found:?} is not {expected}");
    }

    #[test]
    fn dyad_triangle_path_and_k4() {
        close(unit(2, &[(0, 1)])[0].constraint, 1.0);
        // Triangle: each other takes (1/2 + 1/2·1/2)² = 9/16, twice.
        close(unit(3, &[(0, 1), (1, 2), (0, 2)])[0].constraint, 1.125);
        let path = unit(3, &[(0, 1), (1, 2)]);
        close(path[0].constraint, 1.0);
        close(path[1].constraint, 0.5);
        // K4: (1/3 + 2·1/3·1/3)² = 25/81, three times.
        let k4 = unit(4, &[(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]);
        close(k4[0].constraint, 25.0 / 27.0);
        // Unweighted effective size n − 2t/n = 3 − 6/3.
        close(k4[0].effective_size, 1.0);
    }

    #[test]
    fn an_isolate_is_undefined_and_one_contact_has_no_hierarchy() {
        let holes = unit(3, &[(0, 1)]);
        assert_eq!(holes[2], Holes::default());
        assert_eq!(holes[0].hierarchy, None);
        close(holes[0].efficiency, 1.0);
    }

    #[test]
    fn krackhardts_kite() {
        let edges = [
            (0, 1),
            (0, 2),
            (0, 3),
            (0, 5),
            (1, 3),
            (1, 4),
            (1, 6),
            (2, 3),
            (2, 5),
            (3, 4),
            (3, 5),
            (3, 6),
            (4, 6),
            (5, 6),
            (5, 7),
            (6, 7),
            (7, 8),
            (8, 9),
        ];
        let holes = unit(10, &edges);
        let constraint = [0.5412, 0.5412, 0.6641, 0.4702, 0.6641, 0.4451, 0.4451, 0.4311, 0.5, 1.0];
        let size = [2.0, 2.0, 1.0, 3.3333, 1.0, 3.0, 3.0, 2.3333, 2.0, 1.0];
        let hierarchy = [0.0336, 0.0336, 0.0011, 0.0095, 0.0011, 0.0196, 0.0196, 0.0122, 0.0];
        for (node, found) in holes.iter().enumerate() {
            assert!((found.constraint.unwrap() - constraint[node]).abs() < 5e-5, "{node}");
            assert!((found.effective_size.unwrap() - size[node]).abs() < 5e-5, "{node}");
            if node < 9 {
                assert!((found.hierarchy.unwrap() - hierarchy[node]).abs() < 5e-5, "{node}");
            }
        }
    }

    /// The formulas as they stand, dense: no marks, no symmetry.
    fn plain(flat: &Flat) -> Vec<Holes> {
        let n = flat.len();
        let mut a = vec![vec![0.0; n]; n];
        for (x, y, weight) in flat.edges() {
            (a[x][y], a[y][x]) = (weight, weight);
        }
        let sum: Vec<f64> = a.iter().map(|row| row.iter().sum()).collect();
        let top: Vec<f64> = a.iter().map(|row| row.iter().copied().fold(0.0, f64::max)).collect();
        let p = |i: usize, j: usize| a[i][j] / sum[i];
        let one = |i: usize| {
            let others: Vec<usize> = (0..n).filter(|j| a[i][*j] > 0.0).collect();
            if others.is_empty() {
                return Holes::default();
            }
            let dyadic = |j: usize| {
                let indirect: f64 =
                    others.iter().filter(|q| **q != j).map(|q| p(i, *q) * p(*q, j)).sum();
                (p(i, j) + indirect) * (p(i, j) + indirect)
            };
            let c: Vec<f64> = others.iter().map(|j| dyadic(*j)).collect();
            let redundant = |j: usize| {
                others
                    .iter()
                    .filter(|q| **q != j)
                    .map(|q| p(i, *q) * a[j][*q] / top[j])
                    .sum::<f64>()
            };
            let size: f64 = others.iter().map(|j| 1.0 - redundant(*j)).sum();
            Holes {
                constraint: Some(c.iter().sum()),
                effective_size: Some(size),
                efficiency: Some(size / others.len() as f64),
                hierarchy: hierarchy(&c, c.iter().sum()),
            }
        };
        (0..n).map(one).collect()
    }

    #[test]
    fn agrees_with_the_plain_formulas_weighted_or_not() {
        use crate::random::Stream;
        for index in 0..40 {
            let mut stream = Stream::new(8, "holes", index);
            let edges: Vec<_> = (0..200)
                .map(|_| {
                    let weight = if index % 2 == 0 { 1.0 } else { stream.between(0.1, 3.0) };
                    (stream.index(40), stream.index(40), weight)
                })
                .collect();
            let flat = Flat::new(40, edges);
            let flat = if index % 2 == 0 { flat.unweighted() } else { flat };
            let dyadic = dyadic_constraint(&flat);
            for (node, (found, expected)) in
                structural_holes(&flat).iter().zip(plain(&flat)).enumerate()
            {
                for (found, expected) in [
                    (found.constraint, expected.constraint),
                    (found.effective_size, expected.effective_size),
                    (found.efficiency, expected.efficiency),
                    (found.hierarchy, expected.hierarchy),
                ] {
                    match expected {
                        Some(expected) => close(found, expected),
                        None => assert_eq!(found, None),
                    }
                }
                let parts: f64 = dyadic[flat.row(node)].iter().sum();
                assert!((parts - found.constraint.unwrap_or(0.0)).abs() < 1e-12);
            }
        }
    }
}
