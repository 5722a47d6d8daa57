//! Results that several analyses read, computed once before the parallel loop.

use crate::study::Study;

use super::at_risk::Answers;
use super::betweenness::Between;
use super::chances::{self, Chances};
use super::cut_points::{self, CutPoint};
use super::diversity;
use super::structural_holes;
use crate::measures::leiden::{self, Partition};
use crate::measures::structural_holes::Holes;
use crate::measures::what_if::Ego;
use crate::network::Flat;

/// Shared results of one study; positions are those of [`Study::ties`].
#[derive(Debug, Clone)]
pub struct Facts {
    /// Communities among the contacts, on ties among contacts alone.
    pub communities: Partition,
    /// Contacts whose absence would separate others, with the separated parts.
    pub cut_points: Vec<CutPoint>,
    /// Betweenness on ties among contacts.
    pub betweenness: Between,
    /// The ties among contacts, each counting 1.
    pub unweighted: Flat,
    /// Weight of the owner's tie with each contact as on page one: 1 if it is active, else 0.
    pub active: Vec<f64>,
    /// Burt's measures of the owner; `None` without an active contact.
    pub of_owner: Option<Holes>,
    /// Effective number of functions by attention.
    pub functions: Option<f64>,
    /// How often the owner's messages are answered.
    pub answers: Answers,
    /// P(contact) of every tie, and what stands behind it.
    pub chances: Chances,
}

impl Facts {
    /// Computes the shared results.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        let flat = &study.network.flat;
        let (communities, (cut_points, betweenness)) = rayon::join(
            || leiden::best_of(flat, 1.0, study.seed, leiden::runs_for(flat)),
            || (cut_points::cut_points(flat), Between::of(flat, study.seed)),
        );
        let active = study.ties.iter().map(|tie| f64::from(u8::from(tie.rhythm.active)));
        Self {
            communities,
            cut_points,
            betweenness,
            unweighted: flat.unweighted(),
            active: active.collect(),
            of_owner: structural_holes::of_owner(study),
            functions: diversity::effective_functions(study),
            answers: Answers::of(study),
            chances: chances::of(study),
        }
    }

    /// The owner among the active contacts, every tie counting 1.
    #[must_use]
    pub fn ego(&self) -> Ego<'_> {
        Ego::new(&self.unweighted, &self.active)
    }

    /// Whether any tie among contacts was observed.
    #[must_use]
    pub fn has_alter_ties(study: &Study) -> bool {
        study.network.flat.ties() > 0
    }
}
