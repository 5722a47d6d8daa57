//! Everything one run found: what is saved as `audit.json`, compared between quarters, and drawn as a report.
//!
//! Responsible for the saved form alone. A report is drawn from an [`Audit`] and nothing else, so a saved audit
//! can be redrawn or redacted without the inputs. Keys are stable: more may come, none is renamed without a new
//! [`SCHEMA_VERSION`]. An undefined value is `null`. The JSON Schema is made from these types
//! (`data/schema/audit.schema.json`, kept current by a test).

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::units::{Channel, Evidence};

mod actions;
mod bridging;
mod changes;
mod diversity;
mod exchange;
#[cfg(test)]
pub(crate) mod fixture;
mod follow;
mod forecast;
mod identity;
mod introductions;
mod migrate;
mod planning;
mod quarter;
mod state;
mod text;

pub use actions::*;
pub use bridging::*;
pub use changes::*;
pub use diversity::*;
pub use exchange::*;
pub use follow::{FollowThrough, HoldOut, KindRecord, Outcome, PastAction};
pub use forecast::{Backtest, BacktestBin, BacktestGain, BacktestModel, BacktestWindow, Forecast};
pub use identity::{Ask, Identity, Merge, Side};
pub use introductions::*;
pub use planning::{Barred, Candidate, Choice, Planning, Rule, Trial};
pub use quarter::Quarter;
pub use state::TieState;

/// The version of the saved form.
pub const SCHEMA_VERSION: u32 = 2;

/// A whole audit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Audit {
    /// [`SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// Program and version.
    pub tool: String,
    /// The day the audit speaks of.
    pub as_of: Date,
    /// What decided `as_of`: `--as-of`, or the file with the newest recorded event.
    pub as_of_from: String,
    /// First and last day of the quarter under audit (the 91 days that end on `as_of`).
    pub period: Period,
    /// Seed of every random stream.
    pub seed: u64,
    /// How much of people's identity this copy shows.
    pub redaction: Redaction,
    /// The owner.
    pub ego: Ego,
    /// The settings that change numbers.
    pub settings: Settings,
    /// Every input file with its row account.
    pub inputs: Vec<Input>,
    /// The owner's contacts, in the order of their ids.
    pub people: Vec<Person>,
    /// The owner's ties (with `a` = the owner's id) and the observed ties among contacts.
    pub ties: Vec<Tie>,
    /// Whole-network numbers by measure id.
    pub network: BTreeMap<String, Option<f64>>,
    /// What the analyses found.
    pub findings: Findings,
    /// The plan, in the order to read it.
    pub actions: Vec<Action>,
    /// Ties the plan leaves in peace, and why.
    pub let_rest: Vec<LetRest>,
    /// What the plan was chosen from; empty in redacted copies.
    #[serde(default)]
    pub planning: Planning,
    /// Questions the data cannot answer.
    pub refused: Vec<Refused>,
}

/// A span of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// How much of people's identity a copy shows.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Redaction {
    /// Names in full: keep private.
    #[default]
    Full,
    /// Initials in place of names; no employers, links or addresses.
    Initials,
    /// Invented labels ("Contact 12") in place of names; no employers, links or addresses.
    Pseudonym,
    /// No people at all, only counts.
    Aggregate,
}

/// The audited person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ego {
    /// Stable key.
    pub id: String,
    /// Full name.
    pub name: String,
    /// How the owner was told from the data.
    pub found_by: String,
    /// Profile link, where one is known.
    #[serde(default)]
    pub profile_url: Option<String>,
}

/// The settings that change numbers, as used.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Settings {
    /// Minutes a quarter.
    pub budget_minutes: u32,
    /// Most actions a quarter.
    pub budget_actions: u32,
    /// Most actions a week.
    pub budget_actions_a_week: u32,
    /// Half-life of an interaction's weight, in days.
    pub half_life: f64,
    /// Where the half-life comes from.
    #[serde(default)]
    pub half_life_from: Origin,
    /// Weight of one private interaction by channel.
    #[serde(default)]
    pub channel_weights: BTreeMap<Channel, f64>,
    /// Where the channel weights come from; single ones may stand in the settings file.
    #[serde(default)]
    pub channel_weights_from: Origin,
    /// Events with more people than this make no ties.
    pub group_cap: u32,
    /// An event of `k` people counts `1 / (k − 1)` to this power a pair; left out where it is 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub co_presence_discount: Option<f64>,
    /// Slipping, neglected and lapsed: silence over the usual gap.
    pub ladder: [f64; 3],
    /// The strength at which `s` = 1/2, frozen at the first audit; `null` without interactions.
    pub strength_midpoint: Option<f64>,
    /// The lowest evidence tier used for ties among contacts.
    pub min_evidence: Evidence,
    /// The time zone of days.
    pub time_zone: String,
}

/// One input file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// The file as the user would name it.
    pub file: String,
    /// What it is: `linkedin-connections`, `log`, …
    pub kind: String,
    /// How it was understood.
    pub format: String,
    /// Data rows.
    pub rows_read: u64,
    /// Rows that became something.
    pub rows_used: u64,
    /// Rows left out, each under one code in `problems`.
    pub rows_skipped: u64,
    /// First recorded day, if the file has days.
    pub first: Option<Date>,
    /// Last recorded day.
    pub last: Option<Date>,
    /// Skipped rows and remarks, by line; at most 1,000 a code are listed, all are counted in `counts` and `remarks`.
    pub problems: Vec<Problem>,
    /// Skipped rows by code; they add up to `rows_skipped`.
    pub counts: BTreeMap<String, u64>,
    /// Rows that were used with a remark, by code.
    pub remarks: BTreeMap<String, u64>,
    /// Rows left out by noise rules, by the rule's name in `data/noise/rules.csv`; part of `counts`.
    #[serde(default)]
    pub noise: BTreeMap<String, u64>,
    /// Known columns that the file has, each with the number of rows in which it is filled, of `rows_read`.
    #[serde(default)]
    pub coverage: BTreeMap<String, u64>,
}

/// What was wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// Line of the record, from 1.
    pub line: u64,
    /// Kebab-case code.
    pub code: String,
    /// What was found and done.
    pub message: String,
}

/// One contact.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// Stable key: profile slug, else e-mail, else a log's id.
    pub id: String,
    /// Keys under which earlier audits knew this person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Full name, or the id where no name is known.
    pub name: String,
    /// Addresses, sorted.
    #[serde(default)]
    pub emails: Vec<String>,
    /// First name where known: for narrow charts.
    pub first_name: String,
    /// Profile link.
    pub profile_url: Option<String>,
    /// Employer as stated.
    pub company: Option<String>,
    /// Title as stated.
    pub position: Option<String>,
    /// The day the two connected.
    pub connected_on: Option<Date>,
    /// When they took up the employer: on the first day an audit found them elsewhere, on the second there. Handed on from audit
    /// to audit while they stay; left out where no two audits saw a move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joined: Option<[Date; 2]>,
    /// Function class of the title.
    pub function: Option<String>,
    /// Seniority class (stage) of the title.
    pub seniority: Option<String>,
    /// Industry class of the employer.
    pub industry: Option<String>,
    /// Standing of the title's stage against the owner's: `mentor`, `peer`, `emerging`.
    pub relative_seniority: Option<Derived>,
    /// Time since the two connected or first wrote: `0-1-years`, `1-3-years`, `3-7-years`, `7-years-up`.
    pub time_known: Option<Derived>,
    /// Relation to the owner: `internal`, `alum`, `client`, `vendor`, `industry`, `outside`.
    pub relation: Option<Derived>,
    /// Community letter (`A` is the largest); `null` outside every community.
    pub community: Option<String>,
    /// Numbers by measure id; undefined is `null`.
    pub measures: BTreeMap<String, Option<f64>>,
}

/// A class that follows from others, with the rule that spoke.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Derived {
    /// The class.
    pub class: String,
    /// How sure the rule is, 0..1.
    pub confidence: f64,
    /// The rule, in fixed words.
    pub rule: String,
}

/// A tie of the owner, or between two contacts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tie {
    /// One end; the owner's id for the owner's ties.
    pub a: String,
    /// The other end.
    pub b: String,
    /// Best evidence.
    pub evidence: Evidence,
    /// 0..1 for the owner's ties; the summed, discounted weight for ties among contacts.
    pub strength: f64,
    /// Recorded interactions (shared events for ties among contacts).
    pub interactions: u32,
    /// First day.
    pub first: Option<Date>,
    /// Last day.
    pub last: Option<Date>,
    /// Probability that two contacts know each other, 0..1, from the size and kind of what they shared; `null` on the
    /// owner's own ties.
    #[serde(default)]
    pub probability: Option<f64>,
    /// Only on the owner's ties.
    pub rhythm: Option<Rhythm>,
}

/// The rhythm of one of the owner's ties. What is undefined or empty is left out of the saved form: most ties of a long contact
/// list were never active.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rhythm {
    /// State of the tie (see [`TieState`]).
    pub state: TieState,
    /// Last contact within max(365 days, 3 usual gaps).
    pub active: bool,
    /// Distinct days with contact.
    pub contact_days: u32,
    /// Contact days within the period.
    pub contact_days_in_period: u32,
    /// Contact days within the period before.
    pub contact_days_before: u32,
    /// Usual gap in days: the median, shrunk to the owner's median.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_gap: Option<f64>,
    /// Days between contacts that the owner wants (`[neglect.cadence]`): counts in place of the usual gap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted_gap: Option<f64>,
    /// Days since the last contact day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silent: Option<u32>,
    /// `silent` over the wanted gap, else over the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue: Option<f64>,
    /// Share of this tie's gaps (shrunk to the owner's) that were shorter than the present silence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue_quantile: Option<f64>,
    /// Events the owner sent.
    pub out: u32,
    /// Events the owner received.
    pub incoming: u32,
    /// Interactions by channel.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub channels: BTreeMap<Channel, u32>,
    /// Strength at its best quarter end, 0..1.
    pub peak_strength: f64,
    /// P(contact within 90 days), by the model of `findings.forecast`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_contact: Option<f64>,
    /// The same after one touch today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_contact_after_touch: Option<f64>,
    /// Contact days a week for the 39 weeks up to `as_of`, as `[weeks ago, days]` with 0 the newest; quiet
    /// weeks are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weeks: Vec<(u32, u32)>,
    /// Weeks with contact by channel, of the 52 up to `as_of`: bit `k` (from the lowest) stands for the week that ended
    /// `7 k` days before.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub seen: BTreeMap<Channel, u64>,
    /// The owner's messages since the other's last one, within 180 days.
    pub unanswered: u32,
    /// The day of their last message when it still waits for an answer from the owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed_since: Option<Date>,
    /// Burstiness of the gaps, −1..1 (finite-size form); `null` below five gaps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub burstiness: Option<f64>,
    /// Whose turn it is.
    #[serde(default)]
    pub turn: Turn,
    /// Value at risk in its three parts; `null` without contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_risk: Option<AtRisk>,
    /// What passed between the two; `null` when nothing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
}

impl Rhythm {
    /// The gap that silence is held against: the wanted one, else the usual one.
    #[must_use]
    pub fn expected_gap(&self) -> Option<f64> {
        self.wanted_gap.or(self.usual_gap)
    }
}

/// What the analyses found, ready to draw.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Findings {
    /// The five numbers of page one at the ends of up to 8 quarters, oldest first; the last is `as_of`.
    pub quarters: Vec<Quarter>,
    /// Ties by state.
    pub states: BTreeMap<TieState, u32>,
    /// Diversity, one entry an attribute: `function`, `seniority`, `industry`, `company`, `relative-seniority`,
    /// `time-known`, `relation`, `community`.
    pub diversity: Vec<Diversity>,
    /// Head counts of this quarter and the one before at equal coverage, one entry an attribute that can be compared.
    #[serde(default)]
    pub diversity_change: Vec<DiversityChange>,
    /// Whether the owner is among their own, one entry an attribute.
    #[serde(default)]
    pub homophily: Vec<Homophily>,
    /// Active ties by industry and career band; `null` where no active tie has both known.
    #[serde(default)]
    pub joint: Option<Joint>,
    /// What the owner wants and how far it is; `null` without goals.
    #[serde(default)]
    pub goals: Option<GoalsFound>,
    /// Reach against contact, ties with six or more contact days and a reach, most reach first.
    #[serde(default)]
    pub bandwidth: Vec<Bandwidth>,
    /// Where attention goes: shares by rank, this quarter and the one before.
    pub attention: Attention,
    /// Communities among the contacts, largest first (`A`, `B`, …).
    pub communities: Vec<Community>,
    /// Pairs of communities with ties between them, strongest first.
    pub straits: Vec<Strait>,
    /// Contacts who bridge, most people lost first.
    pub bridges: Vec<Bridge>,
    /// What holds the owner's constraint; `null` where no tie among active contacts is known.
    #[serde(default)]
    pub constraint_causes: Option<ConstraintCauses>,
    /// Weak ties whose strengthening would gain most an hour; `null` where no tie among contacts is known.
    #[serde(default)]
    pub strengthen: Option<Strengthen>,
    /// Ties by mutual contacts and by contact; `null` without a log or ties among contacts.
    #[serde(default)]
    pub weak_ties: Option<WeakTies>,
    /// Numbers with inferred ties, as bands beside the observed ones; only with `--thorough`. Nothing else in an
    /// audit rests on an inferred tie.
    #[serde(default)]
    pub with_inferred: Option<WithInferred>,
    /// Layers of closeness around the owner; empty where the log is shorter than half a year.
    #[serde(default)]
    pub layers: Vec<Layer>,
    /// Reply times, for all ties and by layer.
    #[serde(default)]
    pub replies: Vec<LayerReplies>,
    /// Change of the social signature by quarter, oldest first.
    #[serde(default)]
    pub signature: Vec<SignatureChange>,
    /// One-year survival of bridging and embedded ties; `null` where the log is too short or shows no ties among
    /// contacts.
    #[serde(default)]
    pub survival: Option<Survival>,
    /// Half-life and channel weights on the owner's past; `null` where the log is too short.
    #[serde(default)]
    pub strength_fit: Option<StrengthFit>,
    /// Once strong ties silent for three years or more, most contact days first.
    #[serde(default)]
    pub dormant: Vec<DormantTie>,
    /// How the chance of contact was told, and its back-test; `null` without any contact.
    #[serde(default)]
    pub forecast: Option<Forecast>,
    /// Who was put together, and who may be one person.
    #[serde(default)]
    pub identity: Identity,
    /// Whom to introduce, ways to those wanted, who opened doors; `null` without a log.
    #[serde(default)]
    pub introductions: Option<Introductions>,
    /// What became of the earlier audit's plan; `null` without an earlier audit.
    #[serde(default)]
    pub follow_through: Option<FollowThrough>,
    /// Interactions of the owner a week by channel, the 52 weeks up to `as_of`, newest first.
    #[serde(default)]
    pub volume: BTreeMap<Channel, Vec<u32>>,
    /// What moved since the earlier audit, and why; `null` without one.
    #[serde(default)]
    pub changes: Option<Changes>,
    /// Remarks: what was left out and why. Counts, days and fixed words ([`crate::note::Note`]), never names.
    pub notes: Vec<String>,
}

/// Where attention goes (the social signature).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attention {
    /// Share of contact days by rank in the period, largest first.
    pub now: Vec<f64>,
    /// The same in the period before.
    pub before: Vec<f64>,
    /// Ids of the people in `now`, same order.
    pub people: Vec<String>,
}

/// A question the data cannot answer. Saved ones are made of fixed words ([`Refused::new`]) and name nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Refused {
    /// The question.
    pub question: String,
    /// Why it cannot be answered.
    pub why: String,
    /// What to do next, as an order: mostly, what to load.
    pub what_to_load: String,
}

impl Refused {
    /// A refusal in fixed words: no text of the data fits in, so a redacted copy may show it.
    #[must_use]
    pub fn new(question: &'static str, why: &'static str, what_to_load: &'static str) -> Self {
        Self {
            question: question.to_owned(),
            why: why.to_owned(),
            what_to_load: what_to_load.to_owned(),
        }
    }
}
