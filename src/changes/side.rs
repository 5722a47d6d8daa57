//! One of the two audits with its people and the owner's ties within reach.

use std::collections::BTreeMap;

use crate::audit::{Audit, Person, Rhythm, Tie};

/// An audit, indexed by person.
pub(super) struct Side<'a> {
    pub(super) audit: &'a Audit,
    people: BTreeMap<&'a str, &'a Person>,
    own: BTreeMap<&'a str, (&'a Tie, &'a Rhythm)>,
}

impl<'a> Side<'a> {
    pub(super) fn of(audit: &'a Audit) -> Self {
        let ego = audit.ego.id.as_str();
        let own = audit.ties.iter().filter_map(|tie| {
            let other = match (tie.a == ego, tie.b == ego) {
                (true, _) => tie.b.as_str(),
                (_, true) => tie.a.as_str(),
                _ => return None,
            };
            Some((other, (tie, tie.rhythm.as_ref()?)))
        });
        let people = audit.people.iter().map(|person| (person.id.as_str(), person));
        Self { audit, people: people.collect(), own: own.collect() }
    }

    pub(super) fn person(&self, id: &str) -> Option<&'a Person> {
        self.people.get(id).copied()
    }

    /// The owner's tie with somebody.
    pub(super) fn tie(&self, id: &str) -> Option<(&'a Tie, &'a Rhythm)> {
        self.own.get(id).copied()
    }

    /// Every tie of the owner's by the other's id.
    pub(super) fn own(&self) -> impl Iterator<Item = (&'a str, &'a Tie, &'a Rhythm)> {
        self.own.iter().map(|(id, (tie, rhythm))| (*id, *tie, *rhythm))
    }

    /// Whether any contact is on record.
    pub(super) fn has_log(&self) -> bool {
        self.own.values().any(|(_, rhythm)| rhythm.contact_days > 0)
    }

    /// Everybody counted: active ties, or every connection where there is no log.
    pub(super) fn counted(&self) -> Vec<&'a str> {
        let has_log = self.has_log();
        let own = self.own.iter();
        own.filter(|(_, (_, rhythm))| !has_log || rhythm.active).map(|(id, _)| *id).collect()
    }
}
