//! Each spelling of a person and each conversation once a file.
//!
//! Responsible for interning. Numbers are given in the order of first sight, so they do not depend on hashing.

#[expect(clippy::disallowed_types, reason = "lookups only")]
use std::collections::HashMap;

use super::hash;
use super::record::{Mention, MentionId};

/// The distinct mentions of a file.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    list: Vec<Mention>,
    #[expect(clippy::disallowed_types, reason = "lookups only")]
    ids: HashMap<Mention, MentionId>,
}

impl Mentions {
    /// The number of this mention.
    pub(super) fn id(&mut self, mention: Mention) -> MentionId {
        if let Some(id) = self.ids.get(&mention) {
            return *id;
        }
        let id = next_id(self.list.len());
        self.list.push(mention.clone());
        self.ids.insert(mention, id);
        id
    }

    /// The mentions in the order of their numbers.
    pub(super) fn into_list(self) -> Vec<Mention> {
        self.list
    }
}

/// The distinct texts of a file.
#[derive(Debug, Default)]
pub(super) struct Texts {
    list: Vec<String>,
    #[expect(clippy::disallowed_types, reason = "lookups only")]
    ids: HashMap<String, u32>,
}

impl Texts {
    /// The number of this text, and whether it is new.
    pub(super) fn id(&mut self, text: &str) -> (u32, bool) {
        if let Some(id) = self.ids.get(text) {
            return (*id, false);
        }
        let id = next_id(self.list.len());
        self.list.push(text.to_owned());
        self.ids.insert(text.to_owned(), id);
        (id, true)
    }

    /// The texts in the order of their numbers.
    pub(super) fn into_list(self) -> Vec<String> {
        self.list
    }
}

/// The conversations of a file, each as the hash of its id: an id may hold a name or a subject and is not kept.
#[derive(Debug, Default)]
pub(super) struct Threads {
    list: Vec<u64>,
    #[expect(clippy::disallowed_types, reason = "lookups only")]
    numbers: HashMap<u64, u32>,
}

impl Threads {
    /// The number of the conversation with this id, from 1; 0 for an empty id.
    pub(super) fn number(&mut self, id: &str) -> u32 {
        if id.is_empty() { 0 } else { self.number_of(hash::of(id)) }
    }

    /// The number of the conversation whose id has this hash, from 1.
    pub(super) fn number_of(&mut self, hash: u64) -> u32 {
        let next = next_id(self.list.len()).saturating_add(1);
        let number = *self.numbers.entry(hash).or_insert(next);
        if number == next {
            self.list.push(hash);
        }
        number
    }

    /// The hashes in the order of their numbers.
    pub(super) fn into_list(self) -> Vec<u64> {
        self.list
    }
}

/// Four billion distinct people or threads in one file are beyond the limits on its size.
fn next_id(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spelling_has_one_number() {
        let mut mentions = Mentions::default();
        let tom = Mention { handle: "tom".into(), ..Mention::default() };
        let uma = Mention { handle: "uma".into(), ..Mention::default() };
        let ids = [mentions.id(tom.clone()), mentions.id(uma), mentions.id(tom)];
        assert_eq!((ids, mentions.into_list().len()), ([0, 1, 0], 2));
    }

    #[test]
    fn no_thread_is_zero() {
        let mut threads = Threads::default();
        let ids = [threads.number(""), threads.number("t"), threads.number("t")];
        assert_eq!((ids, threads.into_list()), ([0, 1, 1], vec![hash::of("t")]));
    }
}
