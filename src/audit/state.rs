//! The states of a tie and their names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The states of a tie, first match wins (from top to bottom).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum TieState {
    /// No contact day at all: connected, never talked. Not neglect.
    NeverActive,
    /// The other person has been silent towards everybody in a log that shows everybody.
    Gone,
    /// First contact under 90 days ago, fewer than 3 contact days.
    New,
    /// Silent for three years or more.
    Dormant,
    /// Silent for more than 8 usual gaps and at least 60 days.
    Lapsed,
    /// More than 3 usual gaps and at least 21 days.
    Neglected,
    /// More than 1.5 usual gaps and at least 14 days.
    Slipping,
    /// Otherwise.
    OnRhythm,
}

impl TieState {
    /// The kebab-case name, as saved.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NeverActive => "never-active",
            Self::Gone => "gone",
            Self::New => "new",
            Self::Dormant => "dormant",
            Self::Lapsed => "lapsed",
            Self::Neglected => "neglected",
            Self::Slipping => "slipping",
            Self::OnRhythm => "on-rhythm",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TieState::*;

    #[test]
    fn states_are_named_as_they_are_saved() {
        for state in [NeverActive, Gone, New, Dormant, Lapsed, Neglected, Slipping, OnRhythm] {
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
        }
    }
}
