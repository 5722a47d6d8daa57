//! The plan as saved: actions, and ties it leaves in peace.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Channel, Evidence};

/// One action of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Action {
    /// Stable between runs: kind and people.
    pub id: String,
    /// `reply-owed`, `follow-up`, … (`product.md` 6).
    pub kind: ActionKind,
    /// Ids of the people, the one to turn to first.
    pub people: Vec<String>,
    /// One or two sentences: why this one.
    pub reason: String,
    /// What the reason rests on: dates, counts and tier, one entry a fact.
    pub evidence: Vec<String>,
    /// The lowest tier among the evidence.
    pub tier: Evidence,
    /// The goal it serves, in words.
    pub goal: String,
    /// What to do first; it gives.
    pub first_move: String,
    /// Something to talk about: what changed, what is shared, how the two met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub talking_point: Option<String>,
    /// The channel they use.
    pub channel: Option<Channel>,
    /// Minutes.
    pub minutes: u32,
    /// Not before this day.
    pub not_before: Date,
    /// By this day.
    pub do_by: Date,
    /// After this day it makes no sense any more; `null` where it keeps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
    /// How sure.
    pub confidence: Confidence,
    /// When not to.
    pub skip_if: String,
    /// How the next audit will judge it.
    pub judged_by: String,
    /// The parts of the gain that put it in the plan; they add up to its share of the objective. Owed and dated
    /// actions come first by rule and carry none.
    pub gain: BTreeMap<String, f64>,
    /// What the contact model expects of a touch; `null` where it knows nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Expected>,
    /// What changes when it works, by measuring the changed network anew; only what does change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Effect>,
}

/// What the contact model expects of one touch. A model's word, no measured effect.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Expected {
    /// P(contact within 90 days) as things stand; `null` without any contact so far.
    pub now: Option<f64>,
    /// The same after one answered touch today.
    pub touched: Option<f64>,
    /// Chance that the touch is answered.
    pub answer: f64,
}

/// One number before and after an action that works, measured on the changed network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Effect {
    /// Measure id: `active-ties`, `effective-size`, `circle-links`.
    pub measure: String,
    /// As things stand.
    pub before: f64,
    /// With the action done and answered.
    pub after: f64,
}

/// Kinds of actions in the order of urgency.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ActionKind {
    /// They wrote last and wait.
    ReplyOwed,
    /// After a first meeting or a new connection.
    FollowUp,
    /// On a new position.
    Congratulate,
    /// For something received.
    Thank,
    /// The only observed route to other people goes through this tie.
    ProtectBridge,
    /// A strong tie silent beyond its rhythm.
    RepairStrongTie,
    /// Silent for years, once strong.
    ReconnectDormant,
    /// Two contacts who should meet.
    Introduce,
    /// Reaches far, gets little time.
    WidenBridge,
    /// A class with few active ties.
    FillGap,
    /// For an introduction.
    AskPath,
    /// In person.
    MeetLive,
    /// To somebody who starts out.
    GiveForward,
    /// Permission not to act.
    LetRest,
    /// The data itself.
    Housekeeping,
}

impl ActionKind {
    /// The kebab-case name, as saved.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ReplyOwed => "reply-owed",
            Self::FollowUp => "follow-up",
            Self::Congratulate => "congratulate",
            Self::Thank => "thank",
            Self::ProtectBridge => "protect-bridge",
            Self::RepairStrongTie => "repair-strong-tie",
            Self::ReconnectDormant => "reconnect-dormant",
            Self::Introduce => "introduce",
            Self::WidenBridge => "widen-bridge",
            Self::FillGap => "fill-gap",
            Self::AskPath => "ask-path",
            Self::MeetLive => "meet-live",
            Self::GiveForward => "give-forward",
            Self::LetRest => "let-rest",
            Self::Housekeeping => "housekeeping",
        }
    }

    /// Whether it is there to end a silence, so that it is no longer needed when the other side comes first.
    #[must_use]
    pub fn ends_silence(self) -> bool {
        matches!(
            self,
            Self::FollowUp
                | Self::ProtectBridge
                | Self::RepairStrongTie
                | Self::ReconnectDormant
                | Self::FillGap
        )
    }
}

/// How sure an action or a number is, in words.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Rests on many direct interactions.
    Firm,
    /// Rests on some.
    Fair,
    /// Rests on few, or on a model.
    Tentative,
}

/// A tie the plan leaves in peace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LetRest {
    /// Who.
    pub id: String,
    /// Why, as one sentence.
    pub reason: String,
    /// Until when.
    pub until: Option<Date>,
    /// The card, with the fields of every other; it takes no time and no place in the plan. `null` in audits saved before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Box<Action>>,
}

#[cfg(test)]
mod tests {
    use super::ActionKind::*;

    #[test]
    fn kinds_are_named_as_they_are_saved() {
        let all = [
            ReplyOwed,
            FollowUp,
            Congratulate,
            Thank,
            ProtectBridge,
            RepairStrongTie,
            ReconnectDormant,
            Introduce,
            WidenBridge,
            FillGap,
            AskPath,
            MeetLive,
            GiveForward,
            LetRest,
            Housekeeping,
        ];
        for kind in all {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
