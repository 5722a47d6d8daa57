//! What tells of one person: keys, addresses, links, names.

use std::collections::BTreeSet;

use crate::audit::{Audit, Person, PersonChangeKind};
use crate::canonical;

/// Shortest text that is looked for inside sentences; shorter ones are compared whole.
const SHORTEST: usize = 3;

/// Everything that tells of one person, gathered over audits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// Ids, aliases, addresses, profile links and slugs.
    known: BTreeSet<String>,
    /// Spellings of the name that nobody else has.
    names: BTreeSet<String>,
}

impl Keys {
    /// Adds what an audit knows of the person with this id.
    pub fn learn(&mut self, audit: &Audit, id: &str) {
        let Some(person) = audit.people.iter().find(|person| person.id == id) else { return };
        self.known.extend([person.id.clone()]);
        self.known.extend(person.aliases.iter().chain(&person.emails).cloned());
        self.known.extend(person.profile_url.clone());
        self.known.extend(person.profile_url.as_deref().and_then(canonical::profile_slug));
        let mut names = vec![person.name.clone()];
        let merges = audit.findings.identity.merges.iter().filter(|merge| merge.id == id);
        for merge in merges {
            self.known.extend(merge.keys.iter().cloned());
            names.extend(merge.names.iter().cloned());
        }
        // Employers and classes may spell it plainly.
        let plain: Vec<String> = names.iter().map(|name| canonical::plain(name)).collect();
        names.extend(plain);
        let known = &self.known;
        self.names.extend(names.into_iter().filter(|name| !known.contains(name)));
        self.spare_namesakes(audit);
    }

    /// Leaves spellings alone that somebody else has, too: they cannot be taken out of sentences.
    pub fn spare_namesakes(&mut self, audit: &Audit) {
        let others = audit.people.iter().filter(|other| !self.is(&other.id));
        let taken: BTreeSet<String> = others
            .map(|other| &other.name)
            .chain([&audit.ego.name])
            .map(|name| canonical::plain(name))
            .collect();
        self.names.retain(|name| !taken.contains(&canonical::plain(name)));
    }

    /// Adds what an audit's changes tell of somebody who went: by id, or by a name that no contact has.
    pub fn learn_gone(&mut self, audit: &Audit, text: &str) {
        let plain = canonical::plain(text);
        let is_contact = audit.people.iter().any(|one| canonical::plain(&one.name) == plain);
        let people = audit.findings.changes.iter().flat_map(|changes| &changes.people);
        for gone in people.filter(|change| change.kind == PersonChangeKind::Gone) {
            let named = !is_contact && canonical::plain(&gone.name) == plain;
            if gone.id == text || self.is(&gone.id) || named {
                self.known.insert(gone.id.clone());
                self.names.insert(gone.name.clone());
            }
        }
        self.spare_namesakes(audit);
    }

    /// The people of an audit whom these keys mean, by id.
    #[must_use]
    pub fn people<'a>(&self, audit: &'a Audit) -> Vec<&'a str> {
        let merges = audit.findings.identity.merges.iter();
        let joined: BTreeSet<&str> = merges
            .filter(|merge| merge.keys.iter().any(|key| self.is(key)))
            .map(|merge| merge.id.as_str())
            .collect();
        let own = |person: &&Person| {
            self.is(&person.id)
                || person.aliases.iter().chain(&person.emails).any(|key| self.is(key))
                || person.profile_url.as_ref().is_some_and(|url| self.is(url))
                || joined.contains(person.id.as_str())
        };
        audit.people.iter().filter(own).map(|person| person.id.as_str()).collect()
    }

    /// Number of keys and names.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len() + self.names.len()
    }

    /// Whether nobody is meant yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a text is one of the keys.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.known.contains(text)
    }

    /// Whether a sentence or a row names the person.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.told().any(|secret| find(text, secret).is_some())
    }

    /// Whether an employer or a title holds the full name, two words or more: "Jane Street" is nobody's who is called Jane.
    #[must_use]
    pub fn is_namesake(&self, text: &str) -> bool {
        let full = self.names.iter().filter(|name| name.split_whitespace().nth(1).is_some());
        full.into_iter().any(|name| find(text, name).is_some())
    }

    /// Puts `other` wherever a text names the person; how often.
    pub fn scrub(&self, text: &mut String, other: &str) -> usize {
        let mut times = 0;
        for secret in self.told() {
            let mut done = String::new();
            // What was put in is not looked at again: it may hold the secret itself.
            while let Some((from, to)) = find(text, secret) {
                done.push_str(&text[..from]);
                done.push_str(other);
                text.drain(..to);
                times += 1;
            }
            if !done.is_empty() {
                text.insert_str(0, &done);
            }
        }
        times
    }

    /// Keys and names that can be looked for inside a text, longest first: a link before the slug in it.
    fn told(&self) -> impl Iterator<Item = &String> {
        let long = |text: &&String| {
            text.chars().count() >= SHORTEST && text.chars().any(|c| !c.is_ascii_digit())
        };
        let mut all: Vec<&String> = self.known.iter().chain(&self.names).filter(long).collect();
        all.sort_by_key(|text| std::cmp::Reverse(text.len()));
        all.into_iter()
    }
}

/// Where a text stands as whole words, in any case.
fn find(text: &str, secret: &str) -> Option<(usize, usize)> {
    let (low, wanted) = (text.to_lowercase(), secret.to_lowercase());
    // Where every letter is as long in lower case, places are the same in both; else case is minded.
    let is_even = |c: char| c.to_lowercase().map(char::len_utf8).sum::<usize>() == c.len_utf8();
    let (low, wanted) = if text.chars().all(is_even) {
        (low, wanted)
    } else {
        (text.to_owned(), secret.to_owned())
    };
    let is_word = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    low.match_indices(&wanted).map(|(at, found)| (at, at + found.len())).find(|(from, to)| {
        let before = low[..*from].chars().next_back();
        let after = low[*to..].chars().next();
        !before.is_some_and(is_word) && !after.is_some_and(is_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_replaces_itself_comes_to_an_end() {
        let keys = Keys { known: ["somebody".to_owned()].into(), ..Keys::default() };
        let mut text = "Around Somebody, with somebody else".to_owned();
        assert_eq!(keys.scrub(&mut text, "somebody"), 2);
        assert_eq!(text, "Around somebody, with somebody else");
    }

    #[test]
    fn who_went_is_known_from_what_changed() {
        let mut audit = crate::audit::fixture::small();
        let mut changes = crate::audit::Changes::default();
        changes.people.push(crate::audit::PersonChange {
            id: "kim-oldfield-k9".to_owned(),
            name: "Kim Oldfield".to_owned(),
            kind: crate::audit::PersonChangeKind::Gone,
            from: None,
        });
        audit.findings.changes = Some(changes);
        for text in ["kim oldfield", "kim-oldfield-k9"] {
            let mut keys = Keys::default();
            keys.learn_gone(&audit, text);
            assert!(keys.is("kim-oldfield-k9") && keys.is_in("Kim Oldfield went"), "{text}");
        }
        let mut keys = Keys::default();
        keys.learn_gone(&audit, "Kim");
        assert!(keys.is_empty());
    }

    #[test]
    fn whole_words_in_any_case() {
        assert_eq!(find("Write Ana Li today", "ana li"), Some((6, 12)));
        assert_eq!(find("Write Ana Lima today", "Ana Li"), None);
        assert_eq!(find("ana-li-k42", "ana-li"), None);
        assert!(find("see ana-li, soon", "ana-li").is_some());
        // One letter grows and one shrinks: places would shift.
        assert_eq!(find("İẞ Ana Li", "Ana Li"), Some((6, 12)));
    }
}
