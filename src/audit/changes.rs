//! What moved between two audits, as saved.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::Channel;

/// What moved since an earlier audit, and why.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Changes {
    /// The day of the earlier audit.
    pub since: Date,
    /// The day of this one.
    pub to: Date,
    /// Weeks of each of the two windows that are set against each other: the last ones before each day.
    pub weeks: u32,
    /// What the logs of the two windows hold, by channel.
    pub coverage: Vec<ChannelCoverage>,
    /// People who came and went, and who carries another key or name.
    pub people: Vec<PersonChange>,
    /// New positions, most certain kind first.
    pub jobs: Vec<JobChange>,
    /// Employers that go by another name.
    pub companies: Vec<CompanyRename>,
    /// Ties that changed by more than chance, smallest p first.
    pub ties: Vec<TieChange>,
    /// Ties that changed within noise: the rest of those tested whose weeks differ.
    pub noise: Vec<TieChange>,
    /// Ties tested.
    pub tested: u32,
    /// The five numbers, each change split into its parts.
    pub headlines: Vec<Headline>,
    /// Who of the closest was replaced, and whether the pattern of attention changed.
    pub turnover: Option<Turnover>,
    /// Diversity then and now, one entry an attribute.
    pub diversity: Vec<DiversityShift>,
    /// Circles then and now; `null` where one of the two audits has none.
    pub circles: Option<CircleShift>,
    /// People by layer of closeness then and now; `[from, to]` pairs with somebody in them.
    pub layers: Vec<LayerFlow>,
    /// The owner's graph numbers with the interval of the difference; empty without `--thorough`.
    #[serde(default)]
    pub graph: Vec<GraphShift>,
    /// Ranks of the contacts with the highest betweenness on either day, today's highest first; empty without `--thorough`.
    #[serde(default)]
    pub bridges: Vec<RankShift>,
}

/// One channel in the two windows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChannelCoverage {
    /// The channel.
    pub channel: Channel,
    /// Interactions a week in the earlier window.
    pub before: f64,
    /// Today, in the same way.
    pub now: f64,
    /// Whether the two can be set against each other.
    pub verdict: Comparable,
    /// Whether both windows were read from this audit's log: it holds the earlier window whole.
    pub from_this: bool,
}

/// Whether a channel can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Comparable {
    /// Half to twice the volume, or too little of it to tell.
    Yes,
    /// Nothing before, something now.
    Appeared,
    /// Something before, nothing now.
    Vanished,
    /// More than twice or less than half the volume.
    Jumped,
}

/// Somebody who came, went or carries another key or name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PersonChange {
    /// The id: today's, or the earlier one of somebody who went.
    pub id: String,
    /// The name, for people who are in one audit only.
    pub name: String,
    /// What happened.
    pub kind: PersonChangeKind,
    /// The earlier id or name, where it differs.
    pub from: Option<String>,
}

/// What happened to somebody.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum PersonChangeKind {
    /// Not in the earlier audit.
    New,
    /// No longer in the data.
    Gone,
    /// Another key: a new profile link or address.
    Rekeyed,
    /// Another name under the same key.
    Renamed,
}

/// A position as an export states it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// Employer.
    pub company: Option<String>,
    /// Title.
    pub title: Option<String>,
}

/// A change of position; its day is known to the span between the audits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct JobChange {
    /// Who.
    pub id: String,
    /// What kind.
    pub kind: JobChangeKind,
    /// Before.
    pub from: Position,
    /// Now.
    pub to: Position,
}

/// Kinds of change of position.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum JobChangeKind {
    /// Another employer.
    Moved,
    /// The same employer, a higher stage.
    Promoted,
    /// The same employer and no higher stage: other words.
    TitleEdit,
}

/// An employer that goes by another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CompanyRename {
    /// The earlier name.
    pub from: String,
    /// Today's.
    pub to: String,
    /// Who works there.
    pub people: Vec<String>,
}

/// A tie whose contact changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TieChange {
    /// Whose tie.
    pub id: String,
    /// What kind.
    pub kind: TieChangeKind,
    /// Weeks with contact in the earlier window.
    pub before: u32,
    /// In this one.
    pub now: u32,
    /// Fisher's exact test, two-sided.
    pub p: f64,
    /// The same, adjusted for the number of ties tested (Benjamini-Hochberg).
    pub q: f64,
}

/// Kinds of change of a tie.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum TieChangeKind {
    /// More weeks with contact.
    Strengthened,
    /// Fewer weeks with contact.
    Weakened,
    /// No contact any more.
    Dormant,
    /// Contact again after a window without any.
    Revived,
    /// Contact for the first time.
    Begun,
}

/// One of the five numbers, then and now, and the parts of its change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Headline {
    /// Which: a field of [`super::Quarter`] in kebab case, or `follow-up`.
    pub number: String,
    /// On the earlier day, by today's data and two runs of the circles.
    pub before: f64,
    /// In this one.
    pub now: f64,
    /// Parts of the change; they add up to `now − before`.
    pub parts: Parts,
}

/// Parts of a change. Shapley values: each part's effect averaged over every order of taking them in, so that they add
/// up exactly and none depends on an order of ours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Parts {
    /// Ties that ended.
    pub lost: f64,
    /// Attention moved among the ties that stayed.
    pub drift: f64,
    /// Ties that began.
    pub new: f64,
    /// People who stayed and work in another function now.
    pub jobs: f64,
    /// What the data holds: sources that came, went or changed in volume, another scale.
    pub coverage: f64,
}

impl Parts {
    /// The whole change.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.lost + self.drift + self.new + self.jobs + self.coverage
    }
}

/// Who of the closest was replaced, against the pattern of attention (Saramäki et al. 2014).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Turnover {
    /// People of the inner circle looked at, 15 or fewer.
    pub top: u32,
    /// Of these, who were not in it before.
    pub replaced: u32,
    /// Jensen-Shannon divergence of the shares of attention by rank, then and now, bits.
    pub signature: f64,
    /// The largest such change between the quarters of this log; `null` with fewer than two.
    pub usual: Option<f64>,
}

/// Effective number of classes of one attribute, then and now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DiversityShift {
    /// The attribute.
    pub dimension: String,
    /// Effective number (q = 2, head count of active ties) in the earlier audit.
    pub before: f64,
    /// In this one.
    pub now: f64,
    /// Whether both stand at equal sample coverage, as the numbers of people differ by more than a tenth.
    pub equal_coverage: bool,
    /// 95 % interval of the difference (paired bootstrap over people).
    pub interval: [f64; 2],
    /// Permutation p: the two quarters swapped within people.
    pub p: f64,
}

/// Circles then and now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CircleShift {
    /// People with a circle in both.
    pub people: u32,
    /// Adjusted Rand index of the two divisions; 1 = the same.
    pub ari: f64,
    /// Normalised mutual information, 0..=1.
    pub nmi: f64,
    /// How firmly people stay together over the seeds of one division, 0..=1: below it lies a change.
    pub firmness: f64,
}

/// People who went from one layer to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LayerFlow {
    /// Then.
    pub from: Closeness,
    /// Now.
    pub to: Closeness,
    /// How many.
    pub people: u32,
}

/// Place of a tie among the active ones, by strength.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Closeness {
    /// The five strongest.
    Five,
    /// The next ten.
    Fifteen,
    /// Up to the fiftieth.
    Fifty,
    /// Every other active tie.
    Active,
    /// Known and not active.
    Quiet,
    /// Not in the data.
    Unknown,
}

/// A number of the owner's graph, then and now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GraphShift {
    /// Measure id.
    pub measure: String,
    /// In the earlier audit.
    pub before: f64,
    /// In this one.
    pub now: f64,
    /// 95 % interval of the difference (events drawn anew by week).
    pub interval: [f64; 2],
}

/// A contact's rank by betweenness in the network without the owner, then and now; 1 is the highest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RankShift {
    /// Who.
    pub id: String,
    /// On the earlier day, by today's data.
    pub before: u32,
    /// Today.
    pub now: u32,
    /// The middle 95 % of the difference over events drawn anew by week; each contact for itself.
    pub interval: [f64; 2],
}

impl RankShift {
    /// Whether the interval leaves no change out.
    #[must_use]
    pub fn is_beyond_noise(&self) -> bool {
        let [low, high] = self.interval;
        self.before != self.now && (low > 0.0 || high < 0.0)
    }
}
