//! [`Study`] -> numbers: diversity, bridging, neglect and what they share.
//!
//! One file an analysis, one line in [`ANALYSES`]. A file holds its measures, a unit struct with the glue, a pure
//! public function that others call and test, and tests with hand-worked numbers. Must not know recommendations,
//! reports, the terminal or files.

pub mod at_risk;
pub mod attention;
pub mod betweenness;
pub mod bridges;
pub mod by_week;
pub mod chances;
pub mod communities;
pub mod cut_points;
pub mod diversity;
pub mod dormant;
pub mod doubles;
pub mod facts;
pub mod layers;
pub mod measure;
pub mod neglect;
pub mod quarters;
pub mod strength_fit;
pub mod structural_holes;
pub mod survival;
pub mod what_if;
pub mod with_inferred;

use rayon::prelude::*;

use crate::audit::Refused;
use crate::study::Study;

pub use facts::Facts;
pub use measure::{Column, Findings, Measure};

/// One analysis: a study in, findings out. Pure; runs beside the others.
pub trait Analysis: Sync {
    /// Kebab-case id.
    fn id(&self) -> &'static str;
    /// The measures it yields.
    fn measures(&self) -> &'static [Measure];
    /// The question this study cannot answer, told without measuring anything.
    fn refuses(&self, _study: &Study) -> Option<Refused> {
        None
    }
    /// Measures the study.
    fn measure(&self, study: &Study, facts: &Facts) -> Findings;
}

/// Every analysis, in the order in which findings are merged.
pub static ANALYSES: &[&dyn Analysis] = &[
    &neglect::Neglect,
    &attention::Attention,
    &diversity::Diversity,
    &structural_holes::StructuralHoles,
    &betweenness::Betweenness,
    &communities::Communities,
    &bridges::Bridges,
    &what_if::WhatIf,
    &quarters::Quarters,
    &doubles::Doubles,
    &layers::Layers,
    &survival::Surviving,
    &dormant::Dormant,
];

/// Runs every analysis in parallel and merges the findings in the order of [`ANALYSES`].
#[must_use]
pub fn run_all(study: &Study) -> (Findings, Facts) {
    let facts = Facts::of(study);
    let parts: Vec<Findings> =
        ANALYSES.par_iter().map(|analysis| analysis.measure(study, &facts)).collect();
    let mut all = Findings { refused: refusals(study), ..Findings::default() };
    for part in parts {
        all.merge(part);
    }
    (all, facts)
}

/// The questions the study cannot answer, in the order of [`ANALYSES`], each once. Cheap: nothing is measured.
#[must_use]
pub fn refusals(study: &Study) -> Vec<Refused> {
    let mut all = Vec::new();
    for refused in ANALYSES.iter().filter_map(|analysis| analysis.refuses(study)) {
        if !all.contains(&refused) {
            all.push(refused);
        }
    }
    all
}

/// A question that ties among contacts answer, refused where there are none.
fn refused_without_alter_ties(study: &Study, question: &'static str) -> Option<Refused> {
    (!Facts::has_alter_ties(study)).then(|| {
        Refused::new(
            question,
            "the data holds no ties among your contacts: a contact list is a star",
            "load mail or calendar logs, or a message export with group conversations",
        )
    })
}

#[cfg(test)]
pub(crate) mod tests;
