//! The saved form of diversity, goals and homophily.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Diversity over one attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Diversity {
    /// The attribute, as listed at [`super::Findings::diversity`].
    pub dimension: String,
    /// People counted: active ties, or every connection where there is no log.
    pub people: u32,
    /// Of these, with a known class.
    pub known: u32,
    /// `false` when fewer than 60 % are known: then no headline is given.
    pub headline: bool,
    /// Hill numbers of order 0, 1, 2 by head count over the known.
    pub hill_people: Option<[f64; 3]>,
    /// The same by attention (tie strength).
    pub hill_attention: Option<[f64; 3]>,
    /// 95 % interval of order 2 by attention (contacts resampled).
    pub interval: Option<[f64; 2]>,
    /// The same by head count.
    pub interval_people: Option<[f64; 2]>,
    /// What unknown classes could change, by head count; `null` where nobody is unknown, or nobody known.
    pub unknown_people: Option<Unknowns>,
    /// The same by attention.
    pub unknown_attention: Option<Unknowns>,
    /// Order 2 by head count where two classes of one kind are half alike; `null` for attributes without kinds.
    pub similar_people: Option<f64>,
    /// The same by attention.
    pub similar_attention: Option<f64>,
    /// Estimated sample coverage of the head count, 0..1; `null` where no class holds two people.
    pub coverage: Option<f64>,
    /// The goal for this attribute.
    pub goal: Option<GoalMix>,
    /// Classes, by attention then head count, largest first; the last entry may be `unknown`.
    pub classes: Vec<ClassShare>,
}

/// What the people of unknown class could change in an effective number of order 2.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Unknowns {
    /// Unknown share, 0..1.
    pub share: f64,
    /// With all unknown in the largest class: no lower value is possible.
    pub low: f64,
    /// With all unknown distinct: no higher value is possible.
    pub high: f64,
    /// Where the value lies in 95 % of cases, if who is unknown has nothing to do with the class.
    pub interval: [f64; 2],
}

/// The goal for one attribute and how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GoalMix {
    /// A whole mix; `false` for a list of targets (half of the attention by weight, half as the people fall).
    pub is_mix: bool,
    /// Whether it comes from a preset.
    pub is_preset: bool,
    /// Jensen–Shannon divergence from the goal by head count, bits, 0 = met.
    pub divergence_people: Option<f64>,
    /// The same by attention.
    pub divergence_attention: Option<f64>,
    /// Classes with a goal, largest gap first.
    pub classes: Vec<GoalShare>,
}

/// One class with a goal. Shares are of those whose class is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GoalShare {
    /// The class.
    pub class: String,
    /// The goal, 0..1.
    pub goal: f64,
    /// Share of people.
    pub people: f64,
    /// Share of attention; `null` without a log.
    pub attention: Option<f64>,
    /// Goal less attention (less people without a log); above 0 the goal is not met.
    pub gap: f64,
    /// People to gain so that no gap of the head count is 5 points or more.
    pub to_add: u32,
    /// Contacts of the class, active or not.
    pub known: u32,
}

/// Head counts of two quarters at equal sample coverage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DiversityChange {
    /// The attribute.
    pub dimension: String,
    /// The coverage at which both stand, 0..1.
    pub coverage: f64,
    /// Hill numbers of order 0, 1, 2 a quarter ago.
    pub before: [f64; 3],
    /// Now.
    pub now: [f64; 3],
}

/// Whether the owner is among their own in one attribute. Indices run from −1 (all within) to 1 (all across).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Homophily {
    /// The attribute.
    pub dimension: String,
    /// The owner's own class; `null` where it is not known.
    pub own: Option<String>,
    /// People of known class.
    pub people: u32,
    /// E–I index of the owner's ties by head count.
    pub by_people: Option<f64>,
    /// E–I index by attention, with what chance would give.
    pub by_attention: Option<Chance>,
    /// Coleman's inbreeding homophily of attention, −1..1.
    pub inbreeding: Option<f64>,
    /// What it is measured against: `goal`, or `contacts` (by head count).
    pub reference: String,
    /// E–I index of the ties among contacts, with what chance would give.
    pub among: Option<Chance>,
}

/// An index with what chance would give: the same classes dealt anew.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Chance {
    /// The index.
    pub index: f64,
    /// Mean under chance.
    pub mean: f64,
    /// Middle 95 % under chance.
    pub interval: [f64; 2],
}

/// Active ties by industry and career band.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Joint {
    /// Active ties, with unknown ones.
    pub people: u32,
    /// Rows: industries, most active ties first, `unknown` last.
    pub industries: Vec<String>,
    /// Columns: `starting`, `working`, `leading`, `heading`, perhaps `retired` and `unknown`.
    pub bands: Vec<String>,
    /// Cells with somebody known, and gaps.
    pub cells: Vec<JointCell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JointCell {
    /// Row.
    pub industry: String,
    /// Column.
    pub band: String,
    /// Active ties.
    pub active: u32,
    /// Contacts, active or not.
    pub known: u32,
    /// Active ties expected if the two attributes had nothing to do with each other (with a goal: at the goal's shares).
    pub expected: f64,
    /// Whether a goal names its row or column.
    pub is_goal: bool,
    /// Nobody active, though somebody is expected.
    pub is_gap: bool,
}

/// What the owner wants and how far it is. Attributes with a mix stand at their [`Diversity::goal`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GoalsFound {
    /// The preset in use: a starting point of the program, not the owner's words.
    pub preset: Option<String>,
    /// Where a mentor is sought.
    pub mentor: Option<Sought>,
    /// Employers at which somebody is wanted.
    pub companies: Vec<Sought>,
    /// People wanted; the name is the contact's id.
    pub people: Vec<Sought>,
    /// The fewest people already known whose ties would close the gaps.
    pub closing: Option<Closing>,
}

/// Somebody wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sought {
    /// Employer, person's id, or `mentor`.
    pub name: String,
    /// Contacts who fit.
    pub known: u32,
    /// Of these, active.
    pub active: u32,
}

/// The fewest people already known who close the gaps of the head count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Closing {
    /// Ids of the first thirty, whom to turn to first.
    pub people: Vec<String>,
    /// How many they are in all.
    pub fewest: u32,
    /// Whether it is proven that fewer cannot do it.
    pub is_smallest: bool,
    /// Wanted by attribute and class.
    pub demands: Vec<Demand>,
}

/// A number of people of some class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Demand {
    /// The attribute, or `people`.
    pub dimension: String,
    /// The class, or a contact's id.
    pub class: String,
    /// How many are wanted.
    pub wanted: u32,
    /// Of these, how many nobody known could fill.
    pub short: u32,
}

/// Reach of one contact against contact with them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bandwidth {
    /// Who.
    pub id: String,
    /// Effective number of circles among the contact's own observed ties (q = 2), 1 and up.
    pub reach: f64,
    /// Contact days a month over the last twelve months.
    pub monthly: f64,
}

/// One class of one attribute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClassShare {
    /// The class, or `unknown`.
    pub class: String,
    /// People in it.
    pub people: u32,
    /// Share of people, 0..1, unknown included in the whole.
    pub share_people: f64,
    /// Share of attention, 0..1, unknown included in the whole; `null` without a log.
    pub share_attention: Option<f64>,
}
