//! Diversity of the contacts: effective numbers of classes, by head count and by attention.
//!
//! **Question** Across how many kinds of people does the network, and the owner's attention, really spread, and how far is
//! that from what the owner wants?
//!
//! One measure a file, each a pure function: Hill numbers ([`numbers`]), the older indices ([`indices`]), intervals by
//! resampling ([`sampling`]), what unknown classes could change ([`unknowns`]), diversity that knows how alike classes are
//! ([`similarity`]), equal coverage ([`coverage`]), homophily ([`homophily`]), goals ([`target`]), joint gaps (`joint`), the
//! fewest people who close them ([`closing`]), reach against contact ([`bandwidth`]).
//!
//! **Weights** tie strength for attention. **Edge cases** nobody known: undefined. One class: 1. Unknown is left out of the
//! shares and counted; below 60 % known no headline is given. Protected attributes are never inferred: no class for them
//! exists ([`crate::taxonomy::PROTECTED`]). An address book is a census of one's ties, not a sample: intervals say how
//! much hangs on who happens to be in it. **Complexity** O(1,000 n) in all, in parallel.

pub mod bandwidth;
pub mod closing;
pub mod coverage;
pub mod homophily;
pub mod indices;
pub mod numbers;
pub mod sampling;
pub mod similarity;
pub mod target;
pub mod unknowns;

mod alike;
mod dimension;
mod joint;
mod members;
mod wanted;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::audit;
use crate::note::Note;
use crate::study::Study;
use crate::units::Day;

use super::communities::{self, letter};
use super::{Analysis, Facts, Findings, Measure};

use coverage::Sample;
use members::{DIMENSIONS, Members, Source, counted};

pub use numbers::{hill, hill_012};

/// Effective functions by attention.
pub const FUNCTIONS: Measure = Measure {
    id: "effective-functions",
    title: "Effective number of functions, by attention (q = 2)",
    unit: "functions, 1 and up",
};
/// Effective industries by attention.
pub const INDUSTRIES: Measure = Measure {
    id: "effective-industries",
    title: "Effective number of industries, by attention (q = 2)",
    unit: "industries, 1 and up",
};
/// Evenness of attention over contacts.
pub const SOCIAL: Measure = Measure {
    id: "social-diversity",
    title: "How evenly attention falls on the active contacts (Eagle)",
    unit: "0..=1",
};
/// Trade-off of reach and bandwidth.
pub const TRADE_OFF: Measure = Measure {
    id: "diversity-bandwidth",
    title: "Rank correlation of circles reached and contact a month",
    unit: "-1..=1; below 0 reach costs bandwidth",
};
/// Distance from the goals.
pub const DIVERGENCE: Measure = Measure {
    id: "goal-divergence",
    title: "Mean Jensen-Shannon divergence of attention from the goals",
    unit: "bits, 0..=1; 0 = met",
};
/// Circles a contact reaches.
pub const REACH: Measure = Measure {
    id: "reach",
    title: "Effective number of circles among the contact's own ties",
    unit: "circles, 1 and up",
};

/// Share of known classes below which no headline is given.
const KNOWN_FLOOR: f64 = 0.6;
/// Attributes whose unknown share is remarked on; the others follow from them.
const REMARKED: [&str; 4] = ["function", "seniority", "industry", "company"];
/// Fewest contact days of a tie that is set against its reach.
const DAYS: usize = 6;
/// Ties of the table of reach and contact.
const SHOWN: usize = 600;

/// The analysis.
pub struct Diversity;

impl Analysis for Diversity {
    fn id(&self) -> &'static str {
        "diversity"
    }

    fn measures(&self) -> &'static [Measure] {
        const { &[FUNCTIONS, INDUSTRIES, SOCIAL, TRADE_OFF, DIVERGENCE, REACH] }
    }

    fn measure(&self, study: &Study, facts: &Facts) -> Findings {
        let mut findings = Findings::default();
        let of = communities::lettered(facts);
        let circles: Vec<Option<String>> = of.iter().map(|label| label.map(letter)).collect();
        let source = Source { study, circles: &circles };
        let counted = counted(study);
        let attention: Vec<f64> = counted.iter().map(|at| study.ties[*at].strength).collect();
        let members: Vec<Members> =
            DIMENSIONS.par_iter().map(|read| Members::of(&source, read, &counted)).collect();
        let classed: Vec<_> = members.iter().map(Members::classed).collect();
        let intervals = sampling::intervals(&attention, &classed, study.seed);
        let aims = study.aims.as_ref();
        let people = dimension::Counted { attention: &attention, seed: study.seed, aims };
        findings.tables.diversity = members
            .par_iter()
            .zip(&intervals)
            .map(|(members, intervals)| {
                let known = known(&source, members.name, aims.of(members.name).is_some());
                dimension::dimension(&people, members, *intervals, &known)
            })
            .collect();
        findings.tables.homophily = alike::homophily(study, &counted, &attention, &members, aims);
        findings.tables.joint = joint::joint(&placed(&source, &counted), aims);
        let (goals, unmatched) = wanted::wanted(&source, aims, &findings.tables.diversity);
        findings.tables.goals = goals;
        findings.notes.extend((unmatched > 0).then_some(Note::GoalsUnmatched(unmatched)));
        reach(study, &of, &mut findings);
        scalars(facts, &attention, &mut findings);
        remarks(&mut findings);
        findings
    }
}

/// All contacts by class of one attribute, active or not; empty where nobody asks.
fn known<'a>(source: &Source<'a>, attribute: &str, asked: bool) -> BTreeMap<&'a str, u32> {
    let mut known = BTreeMap::new();
    for at in (0..source.study.ties.len()).filter(|_| asked) {
        if let Some(class) = source.class(attribute, at) {
            *known.entry(class).or_default() += 1;
        }
    }
    known
}

/// Everybody's industry and stage.
fn placed<'a>(source: &Source<'a>, counted: &[usize]) -> Vec<joint::Placed<'a>> {
    let mut active = vec![false; source.study.ties.len()];
    for at in counted {
        active[*at] = true;
    }
    (0..active.len())
        .map(|at| (source.class("industry", at), source.class("seniority", at), active[at]))
        .collect()
}

/// Circles reached, and contact a month beside them.
fn reach(study: &Study, circle: &[Option<usize>], findings: &mut Findings) {
    if !Facts::has_alter_ties(study) {
        return;
    }
    let flat = &study.network.flat;
    let reached: Vec<Option<f64>> =
        (0..flat.len()).into_par_iter().map(|at| bandwidth::reach(flat, at, circle)).collect();
    let monthly = |at: usize| {
        let tie = &study.ties[at];
        let start = study.as_of.plus(-365);
        let first = tie.days.first().copied().unwrap_or(start).max(start);
        let months = f64::from(study.as_of.since(first).max(30)) / 30.44;
        f64::from(tie.days_between(Day(start.0), study.as_of)) / months
    };
    let mut found: Vec<(usize, f64, f64)> = (0..flat.len())
        .filter(|at| study.ties[*at].days.len() >= DAYS && study.ties[*at].rhythm.active)
        .filter_map(|at| Some((at, reached[at]?, monthly(at))))
        .collect();
    let pairs: Vec<(f64, f64)> =
        found.iter().map(|(_, reach, monthly)| (*reach, *monthly)).collect();
    findings.scalar(TRADE_OFF, bandwidth::rank_correlation(&pairs));
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.2.total_cmp(&a.2)).then(a.0.cmp(&b.0)));
    findings.tables.bandwidth = found
        .into_iter()
        .take(SHOWN)
        .map(|(at, reach, monthly)| audit::Bandwidth {
            id: study.key(at).to_owned(),
            reach,
            monthly,
        })
        .collect();
    findings.column(REACH, reached);
}

fn scalars(facts: &Facts, attention: &[f64], findings: &mut Findings) {
    findings.scalar(FUNCTIONS, facts.functions);
    let diversity = &findings.tables.diversity;
    let industries = diversity.iter().find(|found| found.dimension == "industry");
    let industries =
        industries.filter(|found| found.headline).and_then(|found| found.hill_attention);
    let apart: Vec<f64> = diversity
        .iter()
        .filter_map(|found| found.goal.as_ref())
        .filter_map(|goal| goal.divergence_attention.or(goal.divergence_people))
        .collect();
    let apart = (!apart.is_empty()).then(|| apart.iter().sum::<f64>() / apart.len() as f64);
    findings.scalar(INDUSTRIES, industries.map(|hill| hill[2]));
    findings.scalar(SOCIAL, indices::social_diversity(attention));
    findings.scalar(DIVERGENCE, apart);
}

fn remarks(findings: &mut Findings) {
    let found =
        findings.tables.diversity.iter().filter(|found| !found.headline && found.people > 0);
    for found in found {
        if let Some(dimension) = REMARKED.into_iter().find(|name| *name == found.dimension) {
            let (known, people) = (found.known, found.people);
            findings.notes.push(Note::TooFewKnown { dimension, known, people });
        }
    }
}

/// The class of a contact (a position in [`Study::ties`]) in any attribute but `community`.
#[must_use]
pub fn class_of<'a>(study: &'a Study, attribute: &str, at: usize) -> Option<&'a str> {
    Source { study, circles: &[] }.class(attribute, at)
}

/// Effective number of functions by attention over the active ties (q = 2); `None` below 60 % known.
#[must_use]
pub fn effective_functions(study: &Study) -> Option<f64> {
    let counted = counted(study);
    let members = Members::of(&Source { study, circles: &[] }, &DIMENSIONS[0], &counted);
    let enough = study.has_log() && members.known() as f64 >= KNOWN_FLOOR * counted.len() as f64;
    let attention = members.sums(|person| study.ties[counted[person]].strength);
    enough.then(|| hill(&attention, 2.0)).flatten()
}

/// Head counts of two studies at equal coverage, one entry an attribute in which both can be compared.
#[must_use]
pub fn change(now: &Study, before: &Study) -> Vec<audit::DiversityChange> {
    let samples = |study: &Study| -> Vec<Option<Sample>> {
        let counted = counted(study);
        let source = Source { study, circles: &[] };
        let of = |read| {
            let members = Members::of(&source, read, &counted);
            let enough = members.known() as f64 >= KNOWN_FLOOR * counted.len() as f64;
            enough.then(|| Sample::new(&members.heads()))
        };
        DIMENSIONS.iter().filter(|(name, _)| REMARKED.contains(name)).map(of).collect()
    };
    let names = DIMENSIONS.iter().map(|(name, _)| *name).filter(|name| REMARKED.contains(name));
    let pairs = samples(now).into_iter().zip(samples(before));
    names
        .zip(pairs)
        .filter_map(|(name, (now, before))| {
            let found = coverage::at_equal_coverage(&before?, &now?)?;
            Some(audit::DiversityChange {
                dimension: name.to_owned(),
                coverage: found.coverage,
                before: found.first,
                now: found.second,
            })
        })
        .collect()
}
