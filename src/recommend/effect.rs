//! What changes when an action works: the changed network measured anew, never a guess.
//!
//! A tie that wakes joins the owner's active contacts; an introduction adds a tie between two circles. The owner's effective size
//! is that of [`crate::measures::what_if`], exact on the changed graph. What does not change is not claimed.

use std::collections::BTreeSet;

use crate::analysis::Facts;
use crate::audit::{Action, ActionKind, Effect};
use crate::measures::what_if::Ego;
use crate::network::Flat;

use super::Context;
use super::candidate::Candidate;

/// The network as it stands, ready to be changed.
pub(super) struct Changes<'a> {
    facts: &'a Facts,
    ego: Ego<'a>,
    active: f64,
    has_ties: bool,
}

fn effect(measure: &str, before: f64, after: f64) -> Effect {
    Effect { measure: measure.to_owned(), before, after }
}

impl<'a> Changes<'a> {
    /// Over the unweighted ties among the contacts.
    pub(super) fn of(facts: &'a Facts) -> Self {
        Self {
            facts,
            ego: facts.ego(),
            active: facts.active.iter().sum(),
            has_ties: facts.unweighted.ties() > 0,
        }
    }

    /// What a whole plan changes: every tie it wakes and every pair it joins put into the network at once, and that measured. Two
    /// actions that open the same route count once, as they do in the network.
    pub(super) fn together(&self, context: &Context, actions: &[Action]) -> Vec<Effect> {
        let mut active = self.facts.active.clone();
        let mut joined: BTreeSet<(usize, usize)> = BTreeSet::new();
        for action in actions {
            let people: Vec<usize> =
                action.people.iter().filter_map(|id| context.study.place_of(id)).collect();
            match (action.kind, people.as_slice()) {
                (ActionKind::Introduce, [a, b]) => {
                    joined.insert((*a.min(b), *a.max(b)));
                }
                // An ask wakes whom it asks for.
                (_, [.., woken]) => active[*woken] = 1.0,
                (_, []) => {}
            }
        }
        let flat = &self.facts.unweighted;
        let new = joined.iter().copied().filter(|(a, b)| !flat.has_tie(*a, *b));
        let new: Vec<(usize, usize, f64)> = new.map(|(a, b)| (a, b, 1.0)).collect();
        let mut found = Vec::new();
        let awake: f64 = active.iter().sum();
        if awake > self.active {
            found.push(effect("active-ties", self.active, awake));
        }
        if self.has_ties {
            let changed = Flat::new(flat.len(), flat.edges().chain(new.iter().copied()));
            let now = self.ego.holes().effective_size;
            let then = Ego::new(&changed, &active).holes().effective_size;
            if let (Some(now), Some(then)) = (now, then)
                && (now - then).abs() > 1e-9
            {
                found.push(effect("effective-size", now, then));
            }
        }
        let apart = |(a, b, _): &&(usize, usize, f64)| matches!((context.community[*a], context.community[*b]), (Some(a), Some(b)) if a != b);
        let links: u32 = context.straits.iter().map(|strait| strait.ties).sum();
        let more = new.iter().filter(apart).count();
        if more > 0 {
            found.push(effect("circle-links", f64::from(links), f64::from(links) + more as f64));
        }
        found
    }

    /// What an action changes.
    pub(super) fn by(&self, context: &Context, candidate: &Candidate) -> Vec<Effect> {
        let mut found = Vec::new();
        match (candidate.kind, candidate.people.as_slice()) {
            (ActionKind::Introduce, [a, b]) => {
                let letters = context.letter(*a).zip(context.letter(*b));
                let Some((x, y)) = letters.filter(|(x, y)| x != y) else { return found };
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
