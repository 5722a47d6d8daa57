//! Attention: who takes how much of it (the social signature).
//!
//! **Question** On how few people does the owner's time rest? **Definition** share of contact days by rank in the
//! quarter, and in the one before. **Edge cases** no contact day: empty. **Reference** Saramäki et al. 2014.

use crate::audit;
use crate::study::Study;
use crate::ties::strength::QUARTER;
use crate::units::Day;

use super::{Analysis, Facts, Findings, Measure};

/// Share of the five closest.
pub const TOP_FIVE: Measure = Measure {
    id: "attention-top-5",
    title: "Share of contact days of the five most contacted, this quarter",
    unit: "0..=1",
};

/// Positions with their share of contact days in `(from, to]`, largest first.
#[must_use]
pub fn shares(study: &Study, from: Day, to: Day) -> Vec<(usize, f64)> {
    let days: Vec<u32> = study.ties.iter().map(|tie| tie.days_between(from, to)).collect();
    let total = f64::from(days.iter().sum::<u32>());
    let mut order: Vec<usize> = (0..days.len()).filter(|at| days[*at] > 0).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(days[*at]), *at));
    order.into_iter().map(|at| (at, f64::from(days[at]) / total)).collect()
}

/// The analysis.
pub struct Attention;

impl Analysis for Attention {
    fn id(&self) -> &'static str {
        "attention"
    }

    fn measures(&self) -> &'static [Measure] {
        const { &[TOP_FIVE] }
    }

    fn measure(&self, study: &Study, _: &Facts) -> Findings {
        let mut findings = Findings::default();
        let (start, before) = (study.as_of.plus(-QUARTER), study.as_of.plus(-2 * QUARTER));
        let now = shares(study, start, study.as_of);
        findings.scalar(TOP_FIVE, (!now.is_empty()).then(|| now.iter().take(5).map(|s| s.1).sum()));
        findings.tables.attention = audit::Attention {
            people: now.iter().map(|(at, _)| study.key(*at).to_owned()).collect(),
            now: now.into_iter().map(|share| share.1).collect(),
            before: shares(study, before, start).into_iter().map(|share| share.1).collect(),
        };
        findings
    }
}
