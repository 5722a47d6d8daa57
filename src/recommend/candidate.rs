//! What a recommender suggests before the plan is chosen.

use std::collections::BTreeMap;

use crate::audit::{ActionKind, Confidence};
use crate::units::{Channel, Day, Evidence};

use super::gaps::Gap;

/// One possible action.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// What kind.
    pub kind: ActionKind,
    /// Positions in the study's ties; the one to turn to first.
    pub people: Vec<usize>,
    /// Why this one.
    pub reason: String,
    /// Facts the reason rests on.
    pub evidence: Vec<String>,
    /// Lowest tier among them.
    pub tier: Evidence,
    /// The goal it serves.
    pub goal: &'static str,
    /// What to do first; it gives.
    pub first_move: String,
    /// The channel to use.
    pub channel: Channel,
    /// Minutes.
    pub minutes: u32,
    /// How sure.
    pub confidence: Confidence,
    /// When not to.
    pub skip_if: &'static str,
    /// How the next audit judges it.
    pub judged_by: &'static str,
    /// After this day it makes no sense any more.
    pub expires: Option<Day>,
    /// What it is worth.
    pub worth: Worth,
}

/// What an action is worth to the plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Worth {
    /// Owed or dated: comes first by rule, most pressing first (larger number).
    Due(f64),
    /// Chosen by gain.
    Gain {
        /// Expected value kept or opened by this action alone: uplift times value.
        own: f64,
        /// Chance of an answer, for the shared terms.
        answer: f64,
        /// Straits it helps to keep open, with their thinness.
        straits: BTreeMap<(String, String), f64>,
        /// The gaps it serves.
        classes: Vec<Gap>,
    },
}
