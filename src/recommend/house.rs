//! Housekeeping: open questions of the data that would change the numbers.

use crate::audit::{ActionKind, Confidence};
use crate::text;
use crate::units::{Channel, Evidence};

use super::candidate::{Candidate, Worth};
use super::{Context, Recommender};

/// Minutes to answer a page of questions.
const MINUTES: u32 = 15;

/// Undecided identities.
pub(super) struct House;

impl Recommender for House {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        if context.undecided == 0 {
            return Vec::new();
        }
        let pairs = text::count(u64::from(context.undecided), "pair");
        let may =
            if context.undecided == 1 { "may be one person" } else { "may be one person each" };
        vec![Candidate {
            kind: ActionKind::Housekeeping,
            people: Vec::new(),
            reason: format!("{pairs} of entries {may}; while undecided they count as two."),
            evidence: vec![format!("{pairs} undecided")],
            tier: Evidence::Declared,
            goal: "Numbers to rely on",
            first_move: "run `weaktie review` on this report and answer its questions.".to_owned(),
            channel: Channel::Other,
            minutes: MINUTES,
            confidence: Confidence::Firm,
            skip_if: "none of them is somebody you are in touch with.",
            judged_by: "fewer undecided pairs in the next audit.",
            expires: None,
            worth: Worth::Due(0.0),
        }]
    }
}
