//! What a job title and a company name say: function, seniority and industry, by rules.
//!
//! Nothing is looked up whole: words are folded, cut into segments and composed from the lists in
//! `data/taxonomy`. Unknown is `None` and is preferred to a guess; no attribute of the person
//! (gender, age, origin, health) is ever read from the words.

pub mod function;
pub mod industry;
mod overrides;
pub mod phrases;
pub mod segments;
pub mod seniority;
pub mod tables;
pub mod taxonomy;
#[cfg(test)]
mod testing;
pub mod words;

pub use industry::classify_company;
pub use overrides::{Classes, Entry, Overrides, YOURS};
use segments::{Segment, Standing};
use seniority::Stage;
use tables::Weight;

/// One class with how sure the rules are and which of them spoke.
#[derive(Debug, Clone, PartialEq)]
pub struct Class {
    /// The code of the taxonomy.
    pub code: &'static str,
    /// Between 0 and 1.
    pub confidence: f64,
    /// The id of the rule: `yours` where the user said so.
    pub rule: &'static str,
    /// The phrase of our lists that was read; empty where none was.
    pub words: &'static str,
}

impl Class {
    /// Rule and words as one text: `head-noun: data engineer`.
    #[must_use]
    pub fn reason(&self) -> String {
        if self.words.is_empty() {
            self.rule.to_owned()
        } else {
            format!("{}: {}", self.rule, self.words)
        }
    }
}

/// What a title says; `None` is unknown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TitleClass {
    /// The field of work.
    pub function: Option<Class>,
    /// The stage.
    pub seniority: Option<Class>,
}

/// What one segment says.
struct Read {
    function: Option<function::Reading>,
    stage: Option<Stage>,
}

/// Function and seniority of `position`; `company` decides only bank ladders and bare engineers.
///
/// ```
/// use weaktie::people::attributes::classify_title;
/// let class = classify_title("Senior Backend Engineer", "");
/// assert_eq!(class.function.unwrap().code, "software");
/// assert_eq!(class.seniority.unwrap().code, "senior");
/// assert!(classify_title("Dreaming big", "").function.is_none());
/// ```
#[must_use]
pub fn classify_title(position: &str, company: &str) -> TitleClass {
    let all = segments::segments(position);
    let now: Vec<&Segment> =
        all.iter().filter(|segment| segment.standing == Standing::Now).collect();
    let past: Vec<&Segment> =
        all.iter().filter(|segment| segment.standing == Standing::Past).collect();
    let employer = all.iter().find(|segment| segment.standing == Standing::Employer);
    let employer_name = employer.map(|segment| segment.parts.concat().join(" "));
    let company =
        if company.trim().is_empty() { employer_name.as_deref().unwrap_or("") } else { company };
    let reads: Vec<Read> = now.iter().map(|segment| read(segment)).collect();
    let nothing = reads.iter().all(|read| read.function.is_none() && read.stage.is_none());
    if nothing && let Some(over) = past.first() {
        return retired(&read(over));
    }
    let chosen = reads.iter().position(|read| read.function.is_some());
    let mut function = chosen.and_then(|at| reads[at].function);
    let mut stage = match chosen {
        Some(at) => {
            let own = reads[at].stage;
            let before = reads[..at].iter().find_map(|read| read.stage.filter(|stage| stage.said));
            match own {
                Some(own) if own.said => Some(own),
                _ => before.or(own),
            }
        }
        None => reads.iter().find_map(|read| read.stage),
    };
    let mut from = if chosen.is_some_and(|at| at > 0) { Origin::Later } else { Origin::First };
    if function.is_none()
        && stage.is_none_or(|stage| stage.code != "training")
        && let Some(employer) = employer.filter(|_| !now.is_empty() && !nothing)
    {
        function =
            function::read(&employer.parts).filter(|reading| reading.weight > Weight::Default);
        from = Origin::Employer;
    }
    let named = !company.is_empty();
    let mut is_open = false;
    let industry = named.then(|| classify_company(company)).flatten().map(|class| class.code);
    if let Some(segment) = chosen.map_or(now.first(), |at| now.get(at)) {
        if industry == Some("finance") {
            bank_ladder(segment, &mut function, &mut stage);
        }
        is_open = switch_engineers(segment, industry, &mut function);
    }
    TitleClass {
        function: function.map(|reading| Class {
            // "Engineering Manager": mostly software, but the title does not say so.
            confidence: if is_open { 0.5 } else { sure(reading, from).confidence },
            ..sure(reading, from)
        }),
        seniority: stage.map(staged),
    }
}

/// Reads one segment.
fn read(segment: &Segment) -> Read {
    let function = function::read(&segment.parts);
    let pair = function.map(|reading| (reading.code, reading.weight));
    Read { function, stage: seniority::read(&segment.parts, pair) }
}

/// Which part of the title a function was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    First,
    Later,
    Past,
    Employer,
}

/// A title with only past roles (rule 3).
fn retired(over: &Read) -> TitleClass {
    let known = over.function.is_some() || over.stage.is_some();
    let stage = Class { code: "retired", confidence: 0.7, rule: "R3-former", words: "" };
    TitleClass {
        function: over.function.map(|reading| sure(reading, Origin::Past)),
        seniority: known.then_some(stage),
    }
}

/// The class of a reading. The numbers are shares of right answers on hand-labelled titles, rounded down.
fn sure(reading: function::Reading, from: Origin) -> Class {
    let (base, word) = match reading.weight {
        Weight::Head => (0.95, "head-noun"),
        Weight::Field => (0.9, "field"),
        Weight::Default | Weight::None => (0.85, "default-noun"),
    };
    let base = if reading.phrase == function::COMPOUND { 0.75 } else { base };
    let (factor, rule) = match from {
        Origin::First => (1.0, word),
        Origin::Later => (0.85, "R4-later-segment"),
        Origin::Past => (0.85, "R3-former"),
        Origin::Employer => (0.6, "R2-employer"),
    };
    Class { code: reading.code, confidence: base * factor, rule, words: reading.phrase }
}

/// The class of a stage: owners and boards are unsure, a one-person firm looks like any other.
fn staged(stage: Stage) -> Class {
    let confidence = match (stage.said, stage.code) {
        (true, "owner" | "retired") => 0.5,
        (true, _) => 0.95,
        (false, _) => 0.9,
    };
    let rule = if stage.said { "level-word" } else { "no-marker" };
    Class { code: stage.code, confidence, rule, words: stage.word }
}

/// What stands for words where the ladder of banks decided.
const LADDER: &str = "ladder of banks";

/// The ladder of banks (rule 9).
fn bank_ladder(
    segment: &Segment,
    function: &mut Option<function::Reading>,
    stage: &mut Option<Stage>,
) {
    let Some(head) = segment.parts.first() else { return };
    let has = |word: &str| head.iter().any(|other| other == word);
    let ladder =
        has("analyst") || has("associate") || has("director") || (has("vice") && has("president"));
    let bare =
        function.is_none_or(|reading| reading.weight == Weight::Default && reading.code == "exec");
    let finance = bare || function.is_some_and(|reading| reading.code == "finance");
    let code = stage.map(|stage| stage.code);
    let step = match code {
        Some("vp") if has("senior") || has("executive") => Some("director"),
        Some("vp") => Some("manager"),
        Some("cxo") if has("managing") && has("director") => Some("vp"),
        Some("cxo") if has("executive") && has("director") => Some("director"),
        Some("mid") if has("analyst") && finance => Some("entry"),
        Some("entry") if has("associate") && finance => Some("mid"),
        _ => None,
    };
    if let Some(code) = step {
        *stage = Some(Stage { code, said: true, word: LADDER });
    }
    if ladder && bare && !has("nonexecutive") && !has("non") {
        *function = Some(function::Reading {
            code: "finance",
            weight: Weight::Default,
            part: 0,
            phrase: LADDER,
        });
    }
}

/// Words that leave an engineering lead without a field.
const BARE: &[&str] = &[
    "engineering",
    "engineer",
    "manager",
    "director",
    "head",
    "vice",
    "president",
    "senior",
    "of",
    "lead",
    "leader",
    "team",
    "staff",
    "principal",
    "distinguished",
    "global",
    "group",
];

/// Bare engineering leadership in an industry of machines, or with such a tail, is engineering; whether neither told.
fn switch_engineers(
    segment: &Segment,
    industry: Option<&str>,
    function: &mut Option<function::Reading>,
) -> bool {
    let Some(reading) = function.as_mut().filter(|reading| reading.code == "software") else {
        return false;
    };
    let Some((head, tails)) = segment.parts.split_first() else { return false };
    if !head.iter().all(|word| BARE.contains(&word.as_str())) {
        return false;
    }
    let machines = [
        "manufacturing",
        "automotive",
        "aerospace",
        "energy",
        "construction",
        "consumer",
        "pharma",
    ];
    let tail = function::read(tails).is_some_and(|tail| tail.code == "engineering");
    if tail || industry.is_some_and(|industry| machines.contains(&industry)) {
        reading.code = "engineering";
    }
    tails.is_empty() && industry.is_none()
}
