//! What two people are to each other, as saved: whose turn, replies, favours, strength by its parts.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::Channel;

/// One value for the owner and one for the other side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sides<T> {
    /// The owner's.
    pub yours: T,
    /// The other side's.
    pub theirs: T,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// They wrote last and wait for an answer.
    Yours,
    /// The owner wrote last, in private, within 180 days.
    Theirs,
    /// Nobody waits.
    #[default]
    Nobody,
}

/// Answers of one side to the other's private messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Latency {
    /// Turns of the other side, open ones included.
    pub turns: u32,
    /// Median wait in days; `null` below three turns, or when fewer than half are answered.
    pub median_days: Option<f64>,
    /// P(an answer within seven days), 0..1; `null` below three turns.
    pub within_week: Option<f64>,
}

/// What passed each way on one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Favour {
    /// `message` (every private message), `invitation`, `recommendation`, `endorsement`.
    pub kind: Channel,
    /// From the owner.
    pub given: u32,
    /// To the owner.
    pub received: u32,
    /// Day of the last one given.
    pub last_given: Option<Date>,
    /// Day of the last one received.
    pub last_received: Option<Date>,
}

impl Favour {
    /// None of a kind yet.
    #[must_use]
    pub fn of(kind: Channel) -> Self {
        Self { kind, given: 0, received: 0, last_given: None, last_received: None }
    }
}

/// Value at risk in its three parts; their product ranks, and is not shown as one number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AtRisk {
    /// What the tie is worth to the owner, 0..1: strength at its best, and what it alone links.
    pub value: f64,
    /// 1 − P(contact within 90 days), 0..1.
    pub risk: f64,
    /// Chance that a touch is answered, 0..1.
    pub reachability: f64,
}

impl AtRisk {
    /// `value × risk × reachability`.
    #[must_use]
    pub fn product(&self) -> f64 {
        self.value * self.risk * self.reachability
    }
}

/// Raw strength and what it is made of: `activity = √reciprocity × breadth × Σ contacts`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StrengthParts {
    /// Weighted, decayed contacts by channel.
    pub contacts: BTreeMap<Channel, f64>,
    /// Balance of directions, 0..1; 1 without directions.
    pub reciprocity: f64,
    /// Number of channels in the last two half-lives as a factor, 1..1.45.
    pub breadth: f64,
    /// The product: raw strength.
    pub activity: f64,
}

/// How a tie began, and what followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FirstMeeting {
    /// The connection or the first contact, whichever came first.
    pub on: Date,
    /// Days to the first follow-up: to the owner's message or a meeting after a connection, to a later contact after
    /// a first contact; `null` when none came.
    pub followed_after: Option<u32>,
}

/// What passed between the owner and one contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Exchange {
    /// Contact days a month over the whole record, as `[months ago, days]` with 0 the month of `as_of`; quiet months
    /// are left out.
    pub months: Vec<(u32, u32)>,
    /// Conversations begun after two quiet weeks, by who began.
    pub first_steps: Sides<u32>,
    /// Answers to private messages.
    pub replies: Sides<Latency>,
    /// What was given and received, by kind.
    pub favours: Vec<Favour>,
    /// How the tie began; `null` for a stranger's message without an answer.
    pub met: Option<FirstMeeting>,
    /// Strength by its parts.
    pub strength: StrengthParts,
}

/// Ties of one inner circle of size 5, 15, 50 or 150 (Dunbar's layers).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Layer {
    /// The size of reference: 5, 15, 50, 150.
    pub reference: u32,
    /// People in touch at least every so many days.
    pub every_days: u32,
    /// People the owner was in touch with that often over the last year, those of the inner layers included.
    pub people: u32,
    /// Share of last year's contact days of the `reference` strongest ties, 0..1.
    pub share: f64,
}

/// Reply times in one layer of ties.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LayerReplies {
    /// Which ties.
    pub layer: ReplyLayer,
    /// Ties with private messages.
    pub ties: u32,
    /// Both sides' answers, all turns of these ties pooled.
    pub replies: Sides<Latency>,
}

/// Groups of ties by strength rank; a tie that began within a year is in `new-this-year` besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReplyLayer {
    /// Every tie.
    All,
    /// The five strongest.
    #[serde(rename = "inner-5")]
    Inner,
    /// Strength ranks 6 to 15.
    #[serde(rename = "close-15")]
    Close,
    /// Ranks 16 to 50.
    #[serde(rename = "active-50")]
    Active,
    /// Ranks 51 to 150.
    #[serde(rename = "wider-150")]
    Wider,
    /// Ranks beyond 150.
    Further,
    /// Ties that began within the last year.
    NewThisYear,
}

/// How much the allocation of attention changed from one quarter to the next: Jensen–Shannon divergence in bits, 0..1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SignatureChange {
    /// Last day of the later quarter.
    pub as_of: Date,
    /// Between the shares by rank: how the pattern changed, whoever stands where.
    pub by_rank: f64,
    /// Between the shares by person: how much moved from some people to others.
    pub by_person: f64,
}

/// Ties a year ago, and how many had contact since.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Survivors {
    /// Active ties a year ago.
    pub ties: u32,
    /// Of these, with contact in the year since.
    pub survived: u32,
}

/// One-year survival of ties with and without common contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Survival {
    /// The day a year ago.
    pub from: Date,
    /// Ties to people whom no observed tie linked to another contact.
    pub bridging: Survivors,
    /// Ties to people with at least one.
    pub embedded: Survivors,
}

/// A tie silent for three years or more that was strong, with three contact days at least.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DormantTie {
    /// Who.
    pub id: String,
    /// Contact days in the past.
    pub together: u32,
    /// How new this person's surroundings are to the owner today, 0..1: 1 − mean share of active ties in the same
    /// function, industry, employer and circle; `null` when none of them is known.
    pub novelty: Option<f64>,
    /// Chance that a touch is answered, 0..1.
    pub reachability: f64,
    /// Place among those easy to write to, from 1.
    pub easy: Option<u32>,
    /// Place among those who would probably be more useful, from 1.
    pub useful: Option<u32>,
}

/// Where a setting comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The program's default.
    #[default]
    Default,
    /// The settings file.
    Settings,
    /// The owner's own past.
    Data,
    /// The earlier audit, so that quarters compare.
    EarlierAudit,
}

/// How well decayed contact days of each half-life foretold contact on the owner's past, and channel weights.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StrengthFit {
    /// The days looked ahead from, oldest first, 90 days each.
    pub windows: Vec<Date>,
    /// One entry a half-life.
    pub half_lives: Vec<HalfLifeFit>,
    /// One entry a channel with events.
    pub channels: Vec<ChannelFit>,
}

/// One half-life.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HalfLifeFit {
    /// Half-life in days.
    pub days: f64,
    /// Area under the ROC curve on each of the days, 0..1.
    pub auc: Vec<f64>,
}

/// One channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChannelFit {
    /// Which.
    pub channel: Channel,
    /// Events on it.
    pub events: u32,
    /// The weight it starts from.
    pub starting: f64,
    /// The weight the owner's past speaks for; `null` where there is too little of it.
    pub fitted: Option<f64>,
}
