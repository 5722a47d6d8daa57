//! What changes when an action works: the changed network measured anew, never a guess.
//!
//! A tie that wakes joins the owner's active contacts; an introduction adds a tie between two circles. The owner's effective size
//! is that of [`crate::measures::what_if`], exact on the changed graph. What does not change is not claimed.

use crate::analysis::Facts;
use crate::audit::{ActionKind, Effect};
use crate::measures::what_if::Ego;

use super::Context;
use super::candidate::Candidate;

/// The network as it stands, ready to be changed.
pub(super) struct Changes<'a> {
    ego: Ego<'a>,
    active: f64,
    has_ties: bool,
}

impl<'a> Changes<'a> {
    /// Over the unweighted ties among the contacts.
    pub(super) fn of(facts: &'a Facts) -> Self {
        Self {
            ego: facts.ego(),
            active: facts.active.iter().sum(),
            has_ties: facts.unweighted.ties() > 0,
        }
    }

    /// What an action changes.
    pub(super) fn by(&self, context: &Context, candidate: &Candidate) -> Vec<Effect> {
        let effect = |measure: &str, before: f64, after: f64| Effect {
            measure: measure.to_owned(),
            before,
            after,
        };
        let mut found = Vec::new();
        match (candidate.kind, candidate.people.as_slice()) {
            (ActionKind::Introduce, [a, b]) => {
                let (Some(x), Some(y)) = (context.letter(*a), context.letter(*b)) else {
                    return found;
                };
                let is_it = |strait: &&crate::audit::Strait| {
                    (strait.a == x && strait.b == y) || (strait.a == y && strait.b == x)
                };
                let links = context.straits.iter().find(is_it).map_or(0, |strait| strait.ties);
                found.push(effect("circle-links", f64::from(links), f64::from(links + 1)));
            }
            (_, [.., woken]) if !context.tie(*woken).rhythm.active => {
                found.push(effect("active-ties", self.active, self.active + 1.0));
                let now = self.ego.holes().effective_size;
                let then = self.ego.with(*woken, 1.0).effective_size;
                if let (true, Some(now), Some(then)) = (self.has_ties, now, then)
                    && (now - then).abs() > 1e-9
                {
                    found.push(effect("effective-size", now, then));
                }
            }
            _ => {}
        }
        found
    }
}
