//! Introductions as saved: pairs who should meet, ways to those the owner wants to reach, who opened doors, and the limits under
//! which a saved audit answers further questions. Numbers, ids and codes; the words are the report's.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Channel, Evidence};

use super::Rule;

/// Everything on introductions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Introductions {
    /// Under which limits; `null` in redacted copies, which therefore answer no further question.
    pub limits: Option<IntroductionLimits>,
    /// How likely two contacts meet by themselves within 90 days.
    pub meeting: Meeting,
    /// Introductions to give this quarter, best first: nobody more often than `limits.a_person`.
    pub give: Vec<Introduction>,
    /// Pairs of contacts, of those who stand close enough, by circle and circle.
    pub matrix: Vec<MatrixCell>,
    /// Ways to the employers and people of the goals.
    pub ways: Vec<WaysIn>,
    /// Introductions that happened.
    pub ledger: Ledger,
}

/// Who may be introduced or asked, and how often.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IntroductionLimits {
    /// Introductions of one person a quarter.
    pub a_person: u32,
    /// Asks of one broker a quarter.
    pub asks: u32,
    /// Chance that somebody who can say a word does: 0.8 as long as nothing is recorded.
    pub will: f64,
    /// Nobody of these is named in an introduction or path, by id.
    pub suppressed: BTreeMap<String, Rule>,
    /// Nobody of these is asked, since more was received than given.
    pub not_asked: Vec<String>,
    /// Pairs who are never introduced.
    pub apart: Vec<[String; 2]>,
    /// Pairs who know each other though no tie among the contacts says so: by a request or endorsement between them, by an
    /// introduction the owner told of or has under way, or by a tie below `settings.min_evidence`.
    #[serde(default)]
    pub acquainted: Vec<[String; 2]>,
    /// What people need and offer, in the owner's words.
    pub tags: BTreeMap<String, Tags>,
    /// Introductions recorded in the last 180 days, by id.
    pub load: BTreeMap<String, Load>,
}

/// What somebody needs and offers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Tags {
    /// Needs.
    pub needs: Vec<String>,
    /// Offers.
    pub offers: Vec<String>,
}

/// What was asked of somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Load {
    /// Introductions to somebody in the last 180 days.
    pub introduced: u32,
    /// Of these, in the last 91.
    pub in_quarter: u32,
    /// Asks for an introduction in the last 91 days.
    pub asked: u32,
}

/// How the chance of meeting is told.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Meeting {
    /// Which way.
    pub by: MeetingBy,
    /// Log odds where every column is 0.
    pub intercept: f64,
    /// By column, in the order of [`crate::measures::closeness::NAMES`].
    pub slopes: Vec<f64>,
    /// Pairs at distance two 90 days before the audit; `null` where the log is too short to try.
    pub tried: Option<MeetingTried>,
}

/// What the chance of meeting rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MeetingBy {
    /// Coefficients learnt on other people's logs, at this log's rate; not tried on this log.
    #[default]
    Untried,
    /// The same, tried on this log's last quarter and no worse than resource allocation.
    Tried,
    /// Resource allocation alone, since the model lost to it here.
    ResourceAllocation,
}

/// A trial on the log's last quarter.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MeetingTried {
    /// Pairs at distance two.
    pub pairs: u32,
    /// Of these, who met.
    pub met: u32,
    /// Average precision of the model.
    pub model: f64,
    /// Of the best of common neighbours, Adamic–Adar, resource allocation and preferential attachment.
    pub baseline: f64,
}

/// Two contacts who should meet. Every factor of the score stands here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Introduction {
    /// The one who stands closer to the owner.
    pub a: String,
    /// The other.
    pub b: String,
    /// `feasible · fit · unlikely · rested`.
    pub score: f64,
    /// How well the owner stands with both: `√(s_a s_b)`.
    pub feasible: f64,
    /// How well the two fit, 0..1.
    pub fit: f64,
    /// How unlikely the two meet otherwise, 0..1.
    pub unlikely: f64,
    /// `exp(−load_a − load_b)`, half a unit an introduction in 180 days.
    pub rested: f64,
    /// Chance that the two are tied by themselves within 90 days.
    pub p_meet: f64,
    /// Why the two fit.
    pub reasons: Vec<Reason>,
    /// Contacts whom both are seen with.
    pub common: u32,
    /// Circles of the two.
    pub circles: [Option<String>; 2],
    /// Lowest tier of what it rests on.
    pub tier: Evidence,
    /// What the owner gives up and gains.
    pub ego: EgoChange,
}

/// What an introduction does to the owner.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct EgoChange {
    /// Effective size among active ties, as it is.
    pub effective_size: f64,
    /// The same once the two are tied: a hole less.
    pub effective_size_after: f64,
    /// Whether the owner is the only one seen between the two: no contact is tied to both.
    pub is_only_link: bool,
    /// P(contact within 90 days) with each, as it is.
    pub contact: [Option<f64>; 2],
    /// The same after the exchange that an introduction takes.
    pub contact_after: [Option<f64>; 2],
}

/// Why two people fit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", content = "what", rename_all = "kebab-case")]
pub enum Reason {
    /// One needs what the other offers, in the owner's words.
    NeedMet(String),
    /// The same industry, by its code.
    SameIndustry(String),
    /// The same function, by its code.
    SameFunction(String),
    /// Different functions in one industry.
    OtherSide([String; 2]),
}

/// Pairs between two circles, or within one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatrixCell {
    /// The first circle's letter.
    pub a: String,
    /// The second's, not before the first.
    pub b: String,
    /// Pairs who could be introduced: close to the owner, no tie seen, under no limit.
    pub open: u32,
    /// Of these, pairs with something in common that speaks for it.
    pub good: u32,
    /// The best score among them.
    pub best: f64,
    /// Pairs already tied.
    pub tied: u32,
}

/// Ways to one wanted employer or person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WaysIn {
    /// What is wanted: an employer as stated, or a person's id.
    pub target: String,
    /// Which kind.
    pub kind: TargetKind,
    /// Contacts who fit and may be named.
    pub fits: u32,
    /// Ways, best first, each by another broker.
    pub ways: Vec<Way>,
    /// Where there is no way: whom to warm up first.
    pub warm_up: Option<WarmUp>,
    /// The chance that one of the ways leads there if their hops were independent: at best.
    pub at_best: f64,
}

/// Kinds of targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TargetKind {
    /// A person.
    Person,
    /// Everybody at an employer.
    Company,
    /// Everybody in an industry.
    Industry,
    /// Everybody in a function.
    Function,
    /// Everybody at a stage.
    Seniority,
}

/// A path of observed ties from the owner to somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Way {
    /// Product of the hops' chances.
    pub value: f64,
    /// From the owner on.
    pub hops: Vec<Hop>,
    /// Place of the weakest hop, from 0.
    pub weakest: u32,
}

/// One hop of a path.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Hop {
    /// From whom.
    pub from: String,
    /// To whom.
    pub to: String,
    /// Chance that it succeeds: `probability · strength · will`, at most 0.95.
    pub chance: f64,
    /// Probability that the two know each other.
    pub probability: f64,
    /// Strength of their tie, 0..1 on the owner's scale.
    pub strength: f64,
    /// How the tie is known.
    pub evidence: Evidence,
    /// Interactions or shared events.
    pub interactions: u32,
    /// The last one.
    pub last: Option<Date>,
}

/// Whom to warm up where no verified path leads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WarmUp {
    /// Who.
    pub id: String,
    /// Whether this is one of the people looked for; else the first step of a path that would lead there.
    pub is_target: bool,
    /// Last contact; `null` without any.
    pub last: Option<Date>,
    /// Hops from this person on.
    pub hops: u32,
}

/// Introductions that happened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Ledger {
    /// Who opened doors for the owner, most first.
    pub brokers: Vec<Broker>,
    /// Introductions the owner gave, newest first.
    pub given: Vec<Given>,
    /// Contacts with whom the first contact is on record.
    pub begun: u32,
    /// Of these, by an introduction.
    pub by_introduction: u32,
    /// Outcomes of asks that the owner wrote down: met.
    pub asked_met: u32,
    /// Declined or without an answer.
    pub asked_not: u32,
}

/// Somebody who introduced the owner to others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Broker {
    /// Who.
    pub id: String,
    /// To whom, oldest first.
    pub opened: Vec<Door>,
    /// Whether the owner wrote to the broker, or met them, after the last one.
    pub is_thanked: bool,
}

/// One introduction to the owner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Door {
    /// To whom.
    pub id: String,
    /// When.
    pub on: Date,
    /// How it is known.
    pub known_by: KnownBy,
}

/// How an introduction is known.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum KnownBy {
    /// Written down by the owner.
    Told,
    /// A message to two who had not met, after which they began to talk.
    Log,
}

/// One introduction by the owner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Given {
    /// The two.
    pub people: [String; 2],
    /// When.
    pub on: Date,
    /// How it is known.
    pub known_by: KnownBy,
    /// How, where the log tells.
    pub channel: Option<Channel>,
    /// Whether the two were seen together after it; `null` where no log could show it.
    pub met: Option<bool>,
}
