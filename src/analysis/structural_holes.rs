//! Burt's structural holes: constraint, effective size, efficiency, hierarchy.
//!
//! **Question** How much do a person's contacts already know each other, and how much room does that leave?
//!
//! **Definition, range, edge cases, reference** with the kernel: [`crate::measures::structural_holes`].
//!
//! **Weights and direction** symmetric weights; `p_qj` is taken over the whole graph (`norm = whole`), as networkx and
//! igraph do. The owner's own numbers come from the active contacts *with* the owner, unweighted; contacts' numbers
//! from the network *without* the owner.

use crate::audit::Refused;
use crate::measures::structural_holes::{Holes, structural_holes};
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
        let holes = structural_holes(&facts.unweighted);
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
