//! Study + findings -> a plan: whom to turn to, with what, and when.
//!
//! One file a family of advice gives [`Candidate`]s; `plan` chooses among them under the budget. Hard limits
//! (never-contact, cool-downs, unanswered outreach) filter; they never merely weigh. No action rests on inferred
//! ties alone. May call the analyses' pure functions; must not know charts.

mod bridge;
mod candidate;
mod context;
mod gaps;
mod introduce;
mod keep;
mod limits;
mod owed;
mod plan;
mod widen;

pub use candidate::Candidate;
pub use context::Context;
pub use gaps::{Gap, Gaps};
pub use plan::Plan;

use crate::analysis::{Facts, Findings};
use crate::config::Config;
use crate::study::Study;

/// One family of advice.
pub trait Recommender: Sync {
    /// Every action it would suggest, in no particular order; limits are applied afterwards.
    fn candidates(&self, context: &Context) -> Vec<Candidate>;
}

/// Every recommender.
pub static RECOMMENDERS: &[&dyn Recommender] =
    &[&owed::Owed, &keep::Keep, &bridge::Bridge, &introduce::Introduce, &widen::Widen];

/// Gathers candidates and chooses the plan.
#[must_use]
pub fn advise(study: &Study, findings: &Findings, facts: &Facts, config: &Config) -> Plan {
    let context = Context::new(study, findings, facts, config);
    let candidates = RECOMMENDERS.iter().flat_map(|family| family.candidates(&context)).collect();
    plan::choose(&context, candidates)
}
