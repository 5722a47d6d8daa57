//! What became of the earlier plan, as saved.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ActionKind;

/// What became of the earlier audit's plan, from the logs alone.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FollowThrough {
    /// The day of the earlier audit.
    pub since: Date,
    /// Its actions, in the order of its plan.
    pub actions: Vec<PastAction>,
    /// Touches and answers by kind, over all audits that handed on to one another.
    pub by_kind: BTreeMap<ActionKind, KindRecord>,
    /// The randomised hold-out over all audits that handed on to one another; `null` where there was none.
    #[serde(default)]
    pub hold_out: Option<HoldOut>,
}

/// One action of the earlier plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PastAction {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: ActionKind,
    /// Its people.
    pub people: Vec<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// The day the owner did it, or of what made it needless.
    pub on: Option<Date>,
    /// Whether an answer or a meeting followed within two weeks; `null` where nothing was done, or the two weeks are not over.
    pub answered: Option<bool>,
    /// Days with contact since.
    pub contact_days: u32,
}

/// What became of an action.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The owner wrote, called or met.
    Done,
    /// Its time is over and nothing is on record.
    NotDone,
    /// Its time is not over.
    Open,
    /// The other side came first, or it makes no sense any more.
    NoLongerNeeded,
}

/// Touches of one kind, and how many were answered within two weeks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct KindRecord {
    /// Touches that could be judged.
    pub done: u32,
    /// Of these, answered.
    pub answered: u32,
    /// Answers that the model had expected of them.
    pub expected: f64,
}

/// Contact of those who were suggested and those who were left out at random.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HoldOut {
    /// People suggested.
    pub suggested: u32,
    /// Of these, with contact by the next audit.
    pub suggested_met: u32,
    /// People left out.
    pub held_out: u32,
    /// Of these, with contact.
    pub held_out_met: u32,
    /// Difference of the two shares; `null` while a side is empty.
    pub effect: Option<f64>,
    /// Its 95 % interval (Newcombe 1998, method 10).
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}
