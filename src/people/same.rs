//! The user's decisions about people, brought to the mentions of the data.
//!
//! Responsible for finding whom an entry means, for joining and holding apart, and for counting entries that the data
//! does not bear out.

use std::collections::{BTreeMap, BTreeSet};

use crate::canonical;
use crate::error::{Error, Result};
use crate::ingest::Mention;
use crate::note::Note;

use super::PersonId;
use super::decisions::{Decisions, Pair, key};
use super::union::Classes;

/// The mentions of every key that an entry names. A name is a key only where there is no other.
pub(super) struct Named<'a> {
    nodes: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Named<'a> {
    /// Looks every key up in one pass over the mentions.
    pub(super) fn new(said: &'a Decisions, mentions: &[&Mention]) -> Self {
        let keys = said.same.iter().chain(&said.different).flat_map(|pair| [&pair.a, &pair.b]);
        let mut nodes: BTreeMap<&str, Vec<usize>> =
            keys.map(|key| (key.as_str(), Vec::new())).collect();
        if nodes.is_empty() {
            return Self { nodes };
        }
        for (node, mention) in mentions.iter().enumerate() {
            for own in keys_of(mention) {
                if let Some(found) = nodes.get_mut(own.as_str()) {
                    found.push(node);
                }
            }
        }
        Self { nodes }
    }

    /// The mentions with this key.
    pub(super) fn of(&self, key: &str) -> &[usize] {
        self.nodes.get(key).map_or(&[], Vec::as_slice)
    }
}

/// The keys under which a mention can be named in a decision.
fn keys_of(mention: &Mention) -> BTreeSet<String> {
    let own = [&mention.slug, &mention.email, &mention.handle];
    let mut keys: BTreeSet<String> =
        own.into_iter().filter(|text| !text.is_empty()).map(|text| key(text)).collect();
    if keys.is_empty() {
        keys.insert(canonical::folded_name(&mention.name));
    }
    keys
}

/// Takes from mentions the address that the user says is another's than the profile link beside it.
pub(super) fn without_denied_addresses(said: &Decisions, mentions: &mut [Mention]) {
    let denied: BTreeSet<(&str, &str)> = said
        .different
        .iter()
        .flat_map(|pair| [(pair.a.as_str(), pair.b.as_str()), (pair.b.as_str(), pair.a.as_str())])
        .collect();
    if denied.is_empty() {
        return;
    }
    for mention in mentions {
        let stands = |a: &str, b: &str| {
            !a.is_empty() && !b.is_empty() && denied.contains(&(key(a).as_str(), key(b).as_str()))
        };
        if stands(&mention.slug, &mention.email) || stands(&mention.handle, &mention.email) {
            mention.email.clear();
        } else if stands(&mention.slug, &mention.handle) {
            mention.handle.clear();
        }
    }
}

/// Puts the sides of every "different" entry in place. Comes before any join.
pub(super) fn hold_apart(classes: &mut Classes, named: &Named, said: &Decisions) {
    for (entry, pair) in said.different.iter().enumerate() {
        for (key, side) in [(&pair.a, false), (&pair.b, true)] {
            for node in named.of(key) {
                classes.put_on_side(*node, entry, side);
            }
        }
    }
}

/// Joins the sides of every "same" entry, two profile links included; returns the mentions it joined and remarks.
///
/// # Errors
/// [`Error::Usage`] when the data makes one person of what a "different" entry holds apart.
pub(super) fn join_same(
    classes: &mut Classes,
    named: &Named,
    said: &Decisions,
) -> Result<(Vec<usize>, Vec<Note>)> {
    let mut joined = Vec::new();
    let mut unmatched: BTreeSet<usize> = BTreeSet::new();
    let mut from_settings = BTreeSet::new();
    let mut leaders: BTreeMap<usize, usize> = BTreeMap::new();
    let all = said.same.iter().map(|pair| (pair, true));
    for (pair, is_same) in all.chain(said.different.iter().map(|pair| (pair, false))) {
        let (a, b) = (named.of(&pair.a), named.of(&pair.b));
        if a.is_empty() || b.is_empty() {
            if pair.line == 0 {
                from_settings.insert(pair.setting);
            } else {
                unmatched.insert(pair.line);
            }
        }
        if !is_same {
            continue;
        }
        // A pair of the file is nothing without both of its sides; what is found of an entry of the settings is one.
        if pair.setting == 0 && (a.is_empty() || b.is_empty()) {
            continue;
        }
        let Some(first) = a.iter().chain(b).next() else { continue };
        let leader =
            if pair.setting == 0 { *first } else { *leaders.entry(pair.setting).or_insert(*first) };
        for node in a.iter().chain(b) {
            if !classes.join_named(leader, *node) {
                return Err(contradicted(said, pair));
            }
        }
        joined.push(leader);
    }
    let mut notes = Vec::new();
    if let Some(first) = from_settings.first() {
        notes.push(Note::SameUnmatched { entries: from_settings.len(), first: *first });
    }
    if let Some(first) = unmatched.first() {
        notes.push(Note::DecisionsUnmatched { entries: unmatched.len(), first: *first });
    }
    Ok((joined, notes))
}

/// Refuses a "different" entry whose sides one profile link holds together.
///
/// # Errors
/// [`Error::Usage`] with the entry's line.
pub(super) fn check_apart(classes: &mut Classes, named: &Named, said: &Decisions) -> Result<()> {
    for pair in &said.different {
        let (a, b) = (named.of(&pair.a), named.of(&pair.b));
        let shared = a.iter().any(|node| b.contains(node));
        let joined =
            a.first().zip(b.first()).is_some_and(|(x, y)| classes.root(*x) == classes.root(*y));
        if shared || joined {
            let what = format!("{} and {} stand in one row beside one key", pair.a, pair.b);
            return Err(said.wrong(pair.line, &what, "delete the entry, or mend the row"));
        }
    }
    Ok(())
}

/// The people that "different" entries hold apart, smaller first.
pub(super) fn sides(
    named: &Named,
    said: &Decisions,
    id_of: &[PersonId],
) -> BTreeSet<(PersonId, PersonId)> {
    let mut apart = BTreeSet::new();
    for pair in &said.different {
        for x in named.of(&pair.a) {
            for y in named.of(&pair.b) {
                let (a, b) = (id_of[*x], id_of[*y]);
                apart.insert((a.min(b), a.max(b)));
            }
        }
    }
    apart
}

fn contradicted(said: &Decisions, pair: &Pair) -> Error {
    let what = format!(
        "{} and {} are to be one person, but the data makes them part of two that another entry holds apart",
        pair.a, pair.b
    );
    said.wrong(pair.line, &what, "delete this entry or the one that says different")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_keys_join_and_unknown_ones_are_counted() {
        let slug = |slug: &str| Mention { slug: slug.to_owned(), ..Mention::default() };
        let email = |email: &str| Mention { email: email.to_owned(), ..Mention::default() };
        let mentions = [slug("ana-k1"), email("ana@example.org"), slug("ana-k2"), slug("bo-k3")];
        let mentions: Vec<&Mention> = mentions.iter().collect();
        let mut classes = Classes::new(vec![Some(0), None, Some(1), Some(2)]);
        let own = |keys: &[&str]| keys.iter().map(|&key| key.to_owned()).collect::<Vec<_>>();
        let same = [
            own(&["https://www.linkedin.com/in/ana-k1", "Ana@Example.org", "ana-k2"]),
            own(&["bo-k3", "bo@example.org"]),
        ];
        let said = Decisions::default().with_same(&same).unwrap();
        let named = Named::new(&said, &mentions);
        let (_, notes) = join_same(&mut classes, &named, &said).unwrap();
        assert_eq!(notes, [Note::SameUnmatched { entries: 1, first: 2 }]);
        let roots: Vec<usize> = (0..4).map(|node| classes.root(node)).collect();
        assert_eq!(roots, [0, 0, 0, 3]);
    }
}
