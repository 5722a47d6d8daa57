//! Study + findings -> a plan: whom to turn to, with what, and when.
//!
//! One file a family of advice gives [`Candidate`]s; hard limits (never-contact, unanswered outreach, private people, roles)
//! filter them and never merely weigh; [`crate::plan`] chooses among what is left under the budget. `follow` tells what became
//! of the earlier plan, and so how often touches of a kind are answered. No action rests on inferred ties alone. May call the
//! analyses' pure functions; must not know charts.

mod anniversary;
mod ask;
mod bridge;
mod candidate;
mod context;
mod deadline;
mod effect;
mod fell;
mod follow;
mod gaps;
mod house;
mod introduce;
mod introductions;
mod keep;
mod ledger;
mod limits;
mod meet;
mod moved;
mod owed;
mod saved;
#[cfg(test)]
mod testing;
mod thank;
mod widen;

use std::collections::{BTreeMap, BTreeSet};

pub use candidate::Candidate;
pub use context::Context;
pub use gaps::{Gap, Gaps};

use crate::analysis::{Facts, Findings};
use crate::audit::{
    Action, ActionKind, Audit, FollowThrough, Introductions, LetRest, Outcome, Planning,
};
use crate::config::Config;
use crate::note::Note;
use crate::plan::{self, Budget};
use crate::study::Study;

/// One family of advice.
pub trait Recommender: Sync {
    /// Every action it would suggest, the best first where [`Self::most`] cuts; limits are applied afterwards.
    fn candidates(&self, context: &Context) -> Vec<Candidate>;

    /// Most of its actions that are weighed in a plan, counted after the limits.
    fn most(&self) -> usize {
        usize::MAX
    }
}

/// Every recommender.
pub static RECOMMENDERS: &[&dyn Recommender] = &[
    &owed::Owed,
    &moved::Moved,
    &thank::Thank,
    &keep::Keep,
    &fell::Fell,
    &bridge::Bridge,
    &introduce::Introduce,
    &widen::Widen,
    &ask::Ask,
    &meet::Meet,
    &house::House,
];

/// The chosen actions, and what they were chosen from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// In the order to read them.
    pub actions: Vec<Action>,
    /// Ties left in peace.
    pub let_rest: Vec<LetRest>,
    /// What the choice was made from, and how good it is.
    pub planning: Planning,
    /// What became of the earlier plan.
    pub follow_through: Option<FollowThrough>,
    /// Whom to introduce, ways to those wanted, who opened doors.
    pub introductions: Option<Introductions>,
    /// What limits left out.
    pub notes: Vec<Note>,
}

/// Gathers candidates and chooses the plan; `previous` is the earlier audit, if there is one.
#[must_use]
pub fn advise(
    study: &Study,
    findings: &Findings,
    facts: &Facts,
    config: &Config,
    previous: Option<&Audit>,
) -> Plan {
    let mut context = Context::new(study, findings, facts, config, previous);
    let follow_through = previous.map(|old| follow::judge(study, old, context.undecided));
    let records = follow_through.iter().flat_map(|found| &found.by_kind);
    let factors: BTreeMap<ActionKind, f64> =
        records.map(|(kind, record)| (*kind, follow::factor(record))).collect();
    let limits = limits::Limits::of(&context);
    context.introductions = introductions::of(&context, &limits);
    let (mut allowed, mut barred) = (Vec::new(), Vec::new());
    for family in RECOMMENDERS {
        let mut live = Vec::new();
        for candidate in family.candidates(&context) {
            match limits.bars(&context, &candidate) {
                Some((rule, at)) => barred.push((candidate.kind, rule, at)),
                None => live.push(candidate),
            }
        }
        live.truncate(family.most());
        allowed.append(&mut live);
    }
    let open = follow_through.iter().flat_map(|found| &found.actions);
    let open = open.filter(|past| past.outcome == Outcome::Open).map(|past| past.id.as_str());
    let promised: BTreeSet<&str> = open.collect();
    let mut planning = saved::planning(&context, allowed, &factors, &promised);
    planning.barred = limits::listed(&context, &barred);
    let budget = Budget {
        minutes: config.budget.minutes,
        actions: config.budget.actions,
        a_week: config.budget.actions_a_week,
        from: study.as_of.date(),
        seed: study.seed,
    };
    let chosen = plan::choose(&planning, &budget);
    planning.from = Some(chosen.from);
    planning.choice = chosen.choice;
    planning.together = effect::Changes::of(facts).together(&context, &chosen.actions);
    planning.trial = chosen.trial;
    let mut notes = limits.notes();
    let apart = introductions::apart_unmatched(&context);
    notes.extend((apart > 0).then_some(Note::ApartUnmatched(apart)));
    Plan {
        actions: chosen.actions,
        let_rest: limits::let_rest(&context, &limits),
        planning,
        follow_through,
        introductions: context.introductions,
        notes,
    }
}
