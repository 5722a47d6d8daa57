//! Neglected ties: the state of every tie, relative to its own rhythm, and the chance that it wakes by itself.
//!
//! **Question** Which ties slip, by their own measure? **Definition** states and usual gaps of [`crate::ties::rhythm`];
//! P(contact within 90 days) of [`super::chances`]. "Connected, never talked" is a state of its own and no
//! neglect. **Edge cases** without any contact day everything but the state is undefined.

use crate::audit::{Refused, TieState};
use crate::study::Study;
use crate::ties::OwnerTie;

use super::{Analysis, Facts, Findings, Measure};

/// Tie strength.
pub const STRENGTH: Measure = Measure { id: "strength", title: "Tie strength", unit: "0..1" };
/// Silence over the usual gap.
pub const OVERDUE: Measure =
    Measure { id: "overdue", title: "Silence over the usual gap", unit: "ratio, 0 and up" };
/// Chance of contact.
pub const P_CONTACT: Measure =
    Measure { id: "p-contact", title: "P(contact within 90 days)", unit: "0..=1" };
/// Number of active ties.
pub const ACTIVE: Measure = Measure { id: "active-ties", title: "Active ties", unit: "ties" };

/// Whether the tie has slipped past three usual gaps, short of dormancy.
#[must_use]
pub fn is_slipped(tie: &OwnerTie) -> bool {
    matches!(tie.rhythm.state, TieState::Neglected | TieState::Lapsed)
}

/// The peak strength from which a tie counts as valued: the owner's median over ties with contact.
#[must_use]
pub fn valued_from(study: &Study) -> f64 {
    let mut peaks: Vec<f64> =
        study.ties.iter().filter(|tie| !tie.days.is_empty()).map(|tie| tie.peak).collect();
    peaks.sort_by(f64::total_cmp);
    peaks.get(peaks.len() / 2).copied().unwrap_or(0.0)
}

/// The analysis.
pub struct Neglect;

impl Analysis for Neglect {
    fn id(&self) -> &'static str {
        "neglect"
    }

    fn measures(&self) -> &'static [Measure] {
        const { &[STRENGTH, OVERDUE, P_CONTACT, ACTIVE] }
    }

    fn refuses(&self, study: &Study) -> Option<Refused> {
        (!study.has_log()).then(|| {
            Refused::new(
                "Which ties are slipping?",
                "no message, mail, call or meeting is loaded: a connection date is no contact",
                "load messages.csv of the full LinkedIn export, or a mail or calendar log",
            )
        })
    }

    fn measure(&self, study: &Study, facts: &Facts) -> Findings {
        let mut findings = Findings::default();
        for tie in &study.ties {
            *findings.tables.states.entry(tie.rhythm.state).or_default() += 1;
        }
        if !study.has_log() {
            return findings;
        }
        let with_days = |tie: &OwnerTie, value: f64| (!tie.days.is_empty()).then_some(value);
        let ties = &study.ties;
        findings.column(STRENGTH, ties.iter().map(|tie| with_days(tie, tie.strength)).collect());
        findings.column(OVERDUE, ties.iter().map(|tie| tie.rhythm.overdue).collect());
        findings.column(
            P_CONTACT,
            facts.chances.by_tie.iter().map(|chance| Some((*chance)?.now)).collect(),
        );
        findings.tables.forecast.clone_from(&facts.chances.found);
        findings.scalar(ACTIVE, Some(study.active_nodes().len() as f64));
        findings
    }
}
