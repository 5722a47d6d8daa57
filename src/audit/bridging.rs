//! The saved form of communities, of who links them, and of what a silence or a touch would change.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::Channel;

/// A community among the contacts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Community {
    /// Letter by size: `A`, `B`, …
    pub letter: String,
    /// Name in words: the two most over-represented employers, industries or functions; that of the earlier audit
    /// where it is the same community.
    pub name: String,
    /// Members.
    pub people: u32,
    /// Active ties among the members.
    pub active: u32,
    /// Members who stay with less than 70 % of the community over the seeds: they stand between groups.
    #[serde(default)]
    pub between: u32,
    /// The community of the earlier audit it goes on from.
    #[serde(default)]
    pub before: Option<CommunityBefore>,
}

/// A community of the earlier audit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommunityBefore {
    /// Its letter then.
    pub letter: String,
    /// Members in both over members in either, 0.3..=1.
    pub jaccard: f64,
}

/// Ties between two communities.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Strait {
    /// Letter of one.
    pub a: String,
    /// Letter of the other.
    pub b: String,
    /// Observed ties across.
    pub ties: u32,
    /// Their summed weight.
    pub weight: f64,
    /// Of the ties, those in the disparity backbone: what chance would not give.
    #[serde(default)]
    pub backbone: u32,
    /// Contacts who stand in one and have ties into the other, most ties first.
    pub spanned_by: Vec<String>,
    /// Contacts of neither with ties into both.
    #[serde(default)]
    pub joined_by: Vec<String>,
    /// The one (sole bridge) or two (thin bridge) people without whom nothing seen links the two; empty when it takes
    /// more to part them.
    #[serde(default)]
    pub hangs_on: Vec<String>,
}

/// A contact who bridges, whichever single tie is taken away.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bridge {
    /// Who.
    pub id: String,
    /// Contacts that no observed tie links to the rest of the network when this person is gone, by community
    /// letter (`-` outside every community).
    pub cut_off: BTreeMap<String, u32>,
    /// 90 % interval of the people cut off when the ties are drawn anew.
    #[serde(default)]
    pub cut_off_interval: Option<[u32; 2]>,
    /// Communities reached through this person, besides the own one.
    pub reaches: Vec<String>,
    /// Pairs of communities for which this person is the only observed link.
    pub only_route: Vec<(String, String)>,
    /// Betweenness over all pairs of contacts, 0..1.
    pub betweenness: f64,
    /// Days since the owner's last contact.
    pub silent: Option<u32>,
    /// Place among the bridges, and its 90 % interval when the ties are drawn anew.
    #[serde(default)]
    pub rank: Option<Rank>,
    /// Share of ties by community as a participation coefficient, 0..1; `null` without ties.
    #[serde(default)]
    pub participation: Option<f64>,
    /// Open pairs of contacts this person stands between, by role.
    #[serde(default)]
    pub roles: Roles,
    /// The same against communities dealt anew; `null` without an open pair, and beyond the first bridges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles_chance: Option<RolesChance>,
    /// What falls away when this tie goes quiet.
    #[serde(default)]
    pub removal: Option<Removal>,
}

/// A place in a ranking and how firm it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rank {
    /// From 1; equal ones share a place.
    pub place: u32,
    /// 90 % interval of the place.
    pub interval: [u32; 2],
}

/// Open pairs of contacts on whose way somebody lies, by the communities of the three (Gould & Fernandez 1989).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Roles {
    /// All three in one community.
    pub coordinator: u64,
    /// The pair in one community, this person in another.
    pub itinerant: u64,
    /// This person in the community of one of the two.
    pub gatekeeper: u64,
    /// Three communities.
    pub liaison: u64,
}

/// Brokerage roles against chance: the communities dealt anew over the same ties.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RolesChance {
    /// Draws.
    pub draws: u32,
    /// All three in one community.
    pub coordinator: AgainstChance,
    /// The pair in one community, this person in another.
    pub itinerant: AgainstChance,
    /// This person in the community of one of the two.
    pub gatekeeper: AgainstChance,
    /// Three communities.
    pub liaison: AgainstChance,
}

/// One count against chance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgainstChance {
    /// Count expected by chance.
    pub expected: f64,
    /// Chance of as many or more, from the draws.
    pub p: f64,
}

/// What falls away when a tie goes quiet, measured anew on the network without it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Removal {
    /// Communities whose only observed route this person is.
    pub communities: Vec<String>,
    /// People whom no observed tie links to the rest any more, this person not counted.
    pub people: u32,
    /// The owner's efficiency before and after; `null` where the person is no active contact.
    pub efficiency: Option<[f64; 2]>,
    /// The owner's effective size before and after.
    pub effective_size: Option<[f64; 2]>,
    /// The owner's constraint before and after.
    pub constraint: Option<[f64; 2]>,
}

/// What holds the owner's constraint. Shares add up to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConstraintCauses {
    /// The owner's constraint over active contacts.
    pub constraint: f64,
    /// The same in the earlier audit; `null` without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<f64>,
    /// By community, largest share first; the letter is `null` for people outside every community.
    pub circles: Vec<ConstraintCause>,
    /// The contacts with the largest shares, at most ten.
    pub people: Vec<ConstraintPerson>,
}

/// One community's part of the owner's constraint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConstraintCause {
    /// Its letter.
    pub letter: Option<String>,
    /// Active contacts in it.
    pub people: u32,
    /// Observed ties among them.
    pub ties: u32,
    /// Share of the constraint, 0..1.
    pub share: f64,
    /// Share in the earlier audit of the community that went on as this one; `null` where none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_before: Option<f64>,
}

/// One contact's part of the owner's constraint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ConstraintPerson {
    /// Who.
    pub id: String,
    /// Share of the constraint, 0..1.
    pub share: f64,
}

/// Weak ties whose strengthening would gain most, by the weighted effective size of the owner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Strengthen {
    /// The owner's effective size with tie weights.
    pub effective_size: f64,
    /// The owner's constraint with tie weights.
    pub constraint: f64,
    /// Best gain an hour first, at most five.
    pub ties: Vec<Addition>,
}

/// What would change if a weak tie were brought to the owner's median strength, or as far as twelve contacts take it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Addition {
    /// Who.
    pub id: String,
    /// The channel mostly used with them.
    pub channel: Channel,
    /// Contacts it takes.
    pub touches: u32,
    /// Minutes these take.
    pub minutes: u32,
    /// Gain in effective size with tie weights.
    pub effective_size: f64,
    /// Change of constraint with tie weights; below 0 is more open.
    pub constraint: f64,
}

/// Weak ties (below the owner's median strength) by mutual contacts and by contact days within a year.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeakTies {
    /// Cells with somebody in them, by mutual contacts, then contact days.
    pub cells: Vec<WeakCell>,
}

/// Weak ties of about as many mutual contacts and contact days.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WeakCell {
    /// Mutual contacts, lowest and highest; the highest is `null` in the last bin.
    pub mutual: (u32, Option<u32>),
    /// Contact days within a year, lowest and highest.
    pub days: (u32, Option<u32>),
    /// Ties whose mutual contacts were observed.
    pub observed: u32,
    /// Ties without an observed mutual contact, placed by those likely from a common employer.
    pub estimated: u32,
}

/// Numbers with inferred ties beside the observed ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WithInferred {
    /// Draws.
    pub draws: u32,
    /// Inferred ties expected in a draw.
    pub expected_ties: f64,
    /// Chance that two contacts of a small employer know each other: a prior, not an estimate.
    pub prior: f64,
    /// The numbers.
    pub numbers: Vec<Band>,
}

/// One number: observed, and with inferred ties as a band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Band {
    /// Measure id.
    pub measure: String,
    /// Whom it is of; `null` for the owner.
    pub id: Option<String>,
    /// From observed ties alone.
    pub observed: Option<f64>,
    /// 5th percentile with inferred ties.
    pub low: f64,
    /// Median with inferred ties.
    pub median: f64,
    /// 95th percentile with inferred ties.
    pub high: f64,
}
