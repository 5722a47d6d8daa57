//! Betweenness: how often a contact lies on the shortest way between two others.
//!
//! **Question** Through whom do your contacts reach each other?
//!
//! **Definition, range, edge cases, reference** with the kernel: [`crate::measures::betweenness`]. **Weights and
//! direction** none: inverse weights make counts of equal paths fragile.
//!
//! **Exact or estimated** exact up to `Σ n·m = 10⁸` over the blocks of the network (about a second of two cores); above, from
//! pivots (Brandes & Pich 2007) under the id `betweenness-sampled`: an estimate without a bound. `methods` D.2 would be exact up to
//! `5·10⁸`, which is ten seconds of an audit that is to take three; `weaktie measure` goes to `10¹⁰`.

use crate::audit::Refused;
use crate::measures::betweenness::{betweenness_within, normalized};
use crate::network::Flat;
use crate::note::Note;
use crate::study::Study;

use super::{Analysis, Facts, Findings, Measure, refused_without_alter_ties};

/// Exact, raw.
pub const BETWEENNESS: Measure =
    Measure { id: "betweenness", title: "Betweenness", unit: "pairs of contacts" };
/// Exact, normalised.
pub const NORMALIZED: Measure =
    Measure { id: "betweenness-normalized", title: "Betweenness, normalised", unit: "0..=1" };
/// Estimated, raw.
pub const SAMPLED: Measure = Measure {
    id: "betweenness-sampled",
    title: "Betweenness, estimated from pivots (no bound)",
    unit: "pairs of contacts",
};

/// Above this `Σ n·m` over blocks the exact answer is not computed in an audit.
const EXACT_LIMIT: usize = 100_000_000;
/// Ties looked at by the searches of an estimate.
const WORK: usize = 20_000_000;

/// Betweenness of a network: exact, or estimated where the exact answer would take too long.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Between {
    /// Raw values by node.
    pub raw: Vec<f64>,
    /// Number of pivots of the estimate; `None` = exact.
    pub pivots: Option<usize>,
}

impl Between {
    /// Exact up to `Σ n·m = 10⁸` over blocks, else from as many pivots as fit `2·10⁷`.
    #[must_use]
    pub fn of(flat: &Flat, seed: u64) -> Self {
        Self::within(flat, seed, (EXACT_LIMIT, WORK))
    }

    /// The same with other limits on the exact answer and on the estimate: for draws by the hundred.
    #[must_use]
    pub fn within(flat: &Flat, seed: u64, limits: (usize, usize)) -> Self {
        let (raw, pivots) = betweenness_within(flat, limits, seed);
        Self { raw, pivots }
    }
}

/// The analysis.
pub struct Betweenness;

impl Analysis for Betweenness {
    fn id(&self) -> &'static str {
        "between-contacts"
    }

    fn measures(&self) -> &'static [Measure] {
        const { &[BETWEENNESS, NORMALIZED, SAMPLED] }
    }

    fn refuses(&self, study: &Study) -> Option<Refused> {
        refused_without_alter_ties(study, "Who bridges your network?")
    }

    fn measure(&self, study: &Study, facts: &Facts) -> Findings {
        let mut findings = Findings::default();
        let flat = &study.network.flat;
        if !Facts::has_alter_ties(study) {
            return findings;
        }
        let Between { raw, pivots } = &facts.betweenness;
        let values = raw.iter().copied().map(Some).collect();
        if let Some(pivots) = pivots {
            findings.column(SAMPLED, values);
            findings.notes.push(Note::Pivots { pivots: *pivots, contacts: flat.len() });
        } else {
            findings.column(BETWEENNESS, values);
            findings.column(NORMALIZED, raw.iter().map(|b| normalized(*b, flat.len())).collect());
        }
        findings
    }
}
