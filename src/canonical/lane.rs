//! What a comparison of two spellings says: a lane, how sure it is, and the rule that spoke.

/// What may be done with a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// One and the same: may be joined without asking.
    Certain,
    /// Possibly the same: only the user can tell.
    Ask,
    /// Two.
    Different,
}

impl Lane {
    /// The word in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Ask => "ask",
            Self::Different => "different",
        }
    }
}

/// The answer to "are these two the same?".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    /// The lane.
    pub lane: Lane,
    /// How alike, 0 to 1. It orders questions and is no probability.
    pub score: f64,
    /// The weakest rule the answer rests on, in kebab case.
    pub rule: &'static str,
}

impl Verdict {
    pub(crate) fn certain(rule: &'static str) -> Self {
        Self { lane: Lane::Certain, score: 1.0, rule }
    }

    pub(crate) fn ask(score: f64, rule: &'static str) -> Self {
        Self { lane: Lane::Ask, score, rule }
    }

    pub(crate) fn different(score: f64, rule: &'static str) -> Self {
        Self { lane: Lane::Different, score, rule }
    }
}
