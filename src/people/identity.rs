//! Who was put together and why, and who may be: what a run says about identities.

use std::collections::{BTreeMap, BTreeSet};

use super::PersonId;

/// Why mentions became one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The user said so.
    Decided,
    /// The same profile link.
    SameLink,
    /// One row states several keys.
    OneRow,
    /// The same e-mail address, of a person and not of a role.
    SameAddress,
    /// The same id in logs.
    SameId,
    /// A LinkedIn row with nothing but a full name that only one person has.
    OnlyName,
}

impl Rule {
    /// The word in `audit.json`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::SameLink => "same-link",
            Self::OneRow => "one-row",
            Self::SameAddress => "same-address",
            Self::SameId => "same-id",
            Self::OnlyName => "only-name",
        }
    }
}

/// One person put together from several keys or spellings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// Profile slugs, addresses and log ids.
    pub keys: Vec<String>,
    /// The spellings of the name, sorted.
    pub names: Vec<String>,
    /// Every rule that had a part in it.
    pub rules: BTreeSet<Rule>,
}

/// Two people who may be one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ask {
    /// The better known of the two: with a profile link or in a contact list.
    pub a: PersonId,
    /// The other one.
    pub b: PersonId,
    /// How alike, 0 to 1.
    pub score: f64,
    /// The weakest rule it rests on.
    pub rule: &'static str,
    /// Recorded interactions of the second: what a decision would move.
    pub interactions: u32,
}

/// What a run says about identities.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Identity {
    /// People put together, by id.
    pub merges: Vec<(PersonId, Merge)>,
    /// Pairs to decide, most useful first.
    pub asks: Vec<Ask>,
    /// Pairs with one name and two profile links: kept apart.
    pub namesakes: usize,
    /// Recorded interactions of the people of `asks`.
    pub interactions: BTreeMap<PersonId, u32>,
    /// Names so common that nobody is asked about them.
    pub crowded: usize,
    /// Decisions that two are one.
    pub decided_same: usize,
    /// Decisions that two are two.
    pub decided_different: usize,
}
