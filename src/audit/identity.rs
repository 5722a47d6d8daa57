//! Who was put together and who may be one person, as saved.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a run says about identities.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Identity {
    /// People put together from several keys or spellings, by rule (`decided`, `same-link`, `one-row`,
    /// `same-address`, `same-id`, `only-name`); who rests on several rules counts under each.
    pub merged: BTreeMap<String, u32>,
    /// Number of people put together.
    pub people_merged: u32,
    /// Number of pairs that may be one person and are kept apart until somebody decides.
    pub undecided: u32,
    /// Pairs with one name and two profile links: kept apart, not asked about.
    pub namesakes: u32,
    /// Names so common that nobody is asked about them.
    pub crowded: u32,
    /// Decisions of the user that two are one person.
    pub decided_same: u32,
    /// Decisions of the user that two are two.
    pub decided_different: u32,
    /// Each person put together, in the order of their ids.
    pub merges: Vec<Merge>,
    /// Each undecided pair, most useful first.
    pub asks: Vec<Ask>,
}

/// One person put together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Merge {
    /// The person.
    pub id: String,
    /// Profile slugs, addresses and log ids.
    pub keys: Vec<String>,
    /// The spellings of the name.
    pub names: Vec<String>,
    /// Every rule that had a part in it.
    pub rules: Vec<String>,
}

/// Two people who may be one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ask {
    /// The better known of the two.
    pub a: Side,
    /// The other one.
    pub b: Side,
    /// How alike, 0..1: it orders questions and is no probability.
    pub score: f64,
    /// The weakest rule it rests on.
    pub rule: String,
}

/// One side of an undecided pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// The key by which a decision names the person: profile slug, else address, else log id, else name.
    pub id: String,
    /// Name, or the key where no name is known.
    pub name: String,
    /// Employer as stated.
    pub company: Option<String>,
    /// Recorded interactions with anybody.
    pub interactions: u32,
}
