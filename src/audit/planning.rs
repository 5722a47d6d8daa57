//! What the plan was chosen from, as saved: candidates with their worth, limits, and how good the choice is. From it a
//! saved audit is planned again under another budget, without the sources.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Action, ActionKind, Audit, Effect, Period};

/// What the plan was chosen from, and how.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Planning {
    /// Every action that the limits allow, most urgent kind first; in very large networks the best of each kind.
    pub candidates: Vec<Candidate>,
    /// Size of each gap that actions may narrow, 0..1, by `attribute:class`.
    pub gaps: BTreeMap<String, f64>,
    /// Thinness of each strait that hangs on one or two contacts (1 and ½), by `A-B`.
    pub straits: BTreeMap<String, f64>,
    /// Weight of the gaps in the objective; 1 by default.
    pub diversity: f64,
    /// Weight of the straits in the objective; 1 by default.
    pub bridging: f64,
    /// Spans in which nothing is planned.
    pub quiet: Vec<Period>,
    /// Whether windows may begin or end on a Saturday or Sunday.
    pub weekends: bool,
    /// Most minutes a week; `null` where the actions a week decide.
    pub minutes_a_week: Option<u32>,
    /// Share of the picks left out at random to measure what a touch does; 0 by default.
    pub hold_out: f64,
    /// People and kinds that a limit keeps out of the plan.
    pub barred: Vec<Barred>,
    /// The day before the plan's first day; `null` in audits that were saved before it was kept: that of the audit.
    pub from: Option<Date>,
    /// How good the choice is; `null` without a chosen action.
    pub choice: Option<Choice>,
    /// What changes when every action of the plan works, by measuring the network with all the changes anew: no sum of the single
    /// effects. Empty in a plan made again from a saved audit, which holds no network to measure.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<Effect>,
    /// The randomised hold-out of this plan; `null` where none is asked for.
    pub trial: Option<Trial>,
}

impl Audit {
    /// The day before the plan's first day.
    #[must_use]
    pub fn plan_from(&self) -> Date {
        self.planning.from.unwrap_or(self.as_of)
    }
}

/// One possible action with its worth.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Candidate {
    /// The card. Its dates are the widest window: not before the end of a cool-down, and by the deadline.
    pub action: Action,
    /// Whether it stands, still open, in the earlier plan: where it is still suggested and fits, it is kept before others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub promised: bool,
    /// How pressing, where it is owed or dated and comes first by rule; `null` where the gain decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<f64>,
    /// Expected value kept by this action alone: `q (P1 − P0)` times the value of the tie.
    pub own: f64,
    /// Chance of an answer `q`, for the shared terms.
    pub answer: f64,
    /// Community of the first person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circle: Option<String>,
    /// Gaps it narrows, as keys of [`Planning::gaps`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<String>,
    /// Straits it helps to keep open, as keys of [`Planning::straits`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub straits: Vec<String>,
}

/// Somebody whom a limit keeps out of the plan, or out of one kind of action.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Barred {
    /// Who.
    pub id: String,
    /// The kind of action that would have been suggested.
    pub kind: ActionKind,
    /// The rule, in fixed words.
    pub rule: Rule,
}

/// The hard limits, first match wins.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// `[boundaries] never_contact`.
    NeverContact,
    /// Two or more unanswered within 180 days.
    Unanswered,
    /// `[boundaries] private` with `work_only`, or an introduction, ask or goal that would use a private tie.
    Private,
    /// An introduction or ask through a manager, report, client or vendor.
    Role,
    /// Rests on inferred ties alone.
    InferredOnly,
    /// The other side has been silent towards everybody.
    Gone,
    /// An ask where more was received than given.
    Balance,
    /// `[plan.value] none`: nothing but what is owed or dated.
    Spared,
}

impl Rule {
    /// The kebab-case name, as saved.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NeverContact => "never-contact",
            Self::Unanswered => "unanswered",
            Self::Private => "private",
            Self::Role => "role",
            Self::InferredOnly => "inferred-only",
            Self::Gone => "gone",
            Self::Balance => "balance",
            Self::Spared => "spared",
        }
    }
}

/// How good a choice is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// The objective of the chosen actions: the sum of all parts of `actions[].gain`.
    pub objective: f64,
    /// No plan within the budget can be worth more than this.
    pub bound: f64,
    /// `objective / bound`: at least this share of the best possible plan; 1 when nothing can be gained.
    pub certificate: f64,
    /// Minutes of the whole plan.
    pub minutes: u32,
}

/// Who of the first choice was left out at random, and who was not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Trial {
    /// Left out: nothing was suggested.
    pub held_out: Vec<String>,
    /// In the plan, and of the first choice.
    pub suggested: Vec<String>,
}
