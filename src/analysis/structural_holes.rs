//! Burt's structural holes: constraint, effective size, efficiency, hierarchy.
//!
//! **Question** How much do a person's contacts already know each other, and how much room does that leave?
//!
//! **Definition** with `a` the symmetric weights, `p_ij = a_ij / Σ_k a_ik`, `m_jq = a_jq / max_k a_jk`:
//! constraint `C_i = Σ_j (p_ij + Σ_q p_iq p_qj)²`; effective size `ES_i = Σ_j (1 − Σ_q p_iq m_jq)`, for ties of equal
//! weight `n − 2t/n`; efficiency `ES_i / n_i`; hierarchy (Coleman–Theil) `Σ_j r_j ln r_j / (N ln N)`,
//! `r_j = c_ij / (C_i / N)`.
//!
//! **Range and unit** constraint from 0, lower is more open; it may exceed 1 (a triangle has 9/8) and is no percentage.
//! Effective size 1..=degree in contacts, efficiency and hierarchy 0..=1.
//!
//! **Weights and direction** symmetric weights; `p_qj` is taken over the whole graph (`norm = whole`), as networkx and
//! igraph do. The owner's own numbers come from the active contacts *with* the owner, unweighted; contacts' numbers
//! from the network *without* the owner.
//!
//! **Edge cases** isolate: all undefined. One contact: 1, 1, 1, hierarchy undefined.
//!
//! **Complexity** `O(Σ_i` Σ_{q ∈ N(i)} deg q) time, O(n) memory a thread. Exact.
//!
//! **Reference** Burt 1992, *Structural Holes*; Borgatti 1997, Connections 20(1):35.

use rayon::prelude::*;

use crate::audit::Refused;
use crate::network::Flat;
use crate::study::Study;

use super::{Analysis, Facts, Findings, Measure, refused_without_alter_ties};

/// Constraint.
pub const CONSTRAINT: Measure =
    Measure { id: "constraint", title: "Constraint", unit: "0 and up; lower is more open" };
/// Effective size.
pub const EFFECTIVE_SIZE: Measure =
    Measure { id: "effective-size", title: "Effective size", unit: "contacts, 1..=degree" };
/// Efficiency.
pub const EFFICIENCY: Measure =
    Measure { id: "efficiency", title: "Efficiency", unit: "effective size / degree, 0..=1" };
/// Hierarchy.
pub const HIERARCHY: Measure =
    Measure { id: "hierarchy", title: "Hierarchy", unit: "0..=1; 1 = one contact binds" };
/// Constraint with tie weights.
pub const CONSTRAINT_WEIGHTED: Measure = Measure {
    id: "constraint-weighted",
    title: "Constraint with tie weights",
    unit: "0 and up; lower is more open",
};
/// Number of ties among contacts.
pub const DEGREE: Measure =
    Measure { id: "degree", title: "Ties among contacts", unit: "contacts" };

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
/// use weaktie::analysis::structural_holes::structural_holes;
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
    let strength: Vec<f64> = (0..flat.len()).map(|node| flat.strength(node)).collect();
    let largest: Vec<f64> = (0..flat.len())
        .map(|node| flat.weights(node).iter().copied().fold(0.0, f64::max))
        .collect();
    (0..flat.len())
        .into_par_iter()
        .map_init(
            || Scratch { share: vec![0.0; flat.len()], indirect: vec![0.0; flat.len()] },
            |scratch, node| of_node(flat, node, &strength, &largest, scratch),
        )
        .collect()
}

/// Zero everywhere between nodes.
struct Scratch {
    /// `p_iq` of the node at hand.
    share: Vec<f64>,
    /// `Σ_q p_iq p_qj`.
    indirect: Vec<f64>,
}

fn of_node(
    flat: &Flat,
    node: usize,
    strength: &[f64],
    largest: &[f64],
    scratch: &mut Scratch,
) -> Holes {
    let neighbours = flat.neighbours(node);
    if neighbours.is_empty() {
        return Holes::default();
    }
    for (other, weight) in neighbours.iter().zip(flat.weights(node)) {
        scratch.share[*other] = weight / strength[node];
    }
    let mut effective_size = 0.0;
    for middle in neighbours {
        let mut redundancy = 0.0;
        for (end, weight) in flat.neighbours(*middle).iter().zip(flat.weights(*middle)) {
            let share = scratch.share[*end];
            if share > 0.0 {
                scratch.indirect[*end] += scratch.share[*middle] * weight / strength[*middle];
                redundancy += share * weight / largest[*middle];
            }
        }
        effective_size += 1.0 - redundancy;
    }
    let dyadic: Vec<f64> = neighbours
        .iter()
        .map(|other| {
            let total = scratch.share[*other] + scratch.indirect[*other];
            total * total
        })
        .collect();
    for other in neighbours {
        scratch.share[*other] = 0.0;
        scratch.indirect[*other] = 0.0;
    }
    let constraint: f64 = dyadic.iter().sum();
    Holes {
        constraint: Some(constraint),
        effective_size: Some(effective_size),
        efficiency: Some(effective_size / neighbours.len() as f64),
        hierarchy: hierarchy(&dyadic, constraint),
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

/// The owner's measures over the active contacts, unweighted, with the owner in the graph; `None` without an
/// active contact.
#[must_use]
pub fn of_owner(study: &Study) -> Option<Holes> {
    let active = study.active_nodes();
    let graph = study.network.flat.induced(&active).unweighted();
    let everybody: Vec<usize> = (0..active.len()).collect();
    let with_ego = graph.with_ego(&everybody);
    (!active.is_empty()).then(|| structural_holes(&with_ego)[active.len()])
}

/// The analysis.
pub struct StructuralHoles;

impl Analysis for StructuralHoles {
    fn id(&self) -> &'static str {
        "structural-holes"
    }

    fn measures(&self) -> &'static [Measure] {
        const { &[DEGREE, CONSTRAINT, EFFECTIVE_SIZE, EFFICIENCY, HIERARCHY, CONSTRAINT_WEIGHTED] }
    }

    fn refuses(&self, study: &Study) -> Option<Refused> {
        refused_without_alter_ties(study, "Who bridges your network?")
    }

    fn measure(&self, study: &Study, facts: &Facts) -> Findings {
        let mut findings = Findings::default();
        let flat = &study.network.flat;
        if !Facts::has_alter_ties(study) {
            for measure in [CONSTRAINT, EFFECTIVE_SIZE, EFFICIENCY, HIERARCHY] {
                findings.scalar(measure, None);
            }
            return findings;
        }
        let holes = structural_holes(&flat.unweighted());
        let weighted = structural_holes(flat);
        let column = |pick: fn(&Holes) -> Option<f64>| holes.iter().map(pick).collect();
        findings.column(DEGREE, (0..flat.len()).map(|n| Some(flat.degree(n) as f64)).collect());
        findings.column(CONSTRAINT, column(|h| h.constraint));
        findings.column(EFFECTIVE_SIZE, column(|h| h.effective_size));
        findings.column(EFFICIENCY, column(|h| h.efficiency));
        findings.column(HIERARCHY, column(|h| h.hierarchy));
        findings.column(CONSTRAINT_WEIGHTED, weighted.iter().map(|h| h.constraint).collect());
        let own = facts.of_owner.unwrap_or_default();
        findings.scalar(CONSTRAINT, own.constraint);
        findings.scalar(EFFECTIVE_SIZE, own.effective_size);
        findings.scalar(EFFICIENCY, own.efficiency);
        findings.scalar(HIERARCHY, own.hierarchy);
        findings
    }
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
}
