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
    /// The id of the rule.
    pub rule: String,
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
    let mut rule = if chosen.is_some_and(|at| at > 0) { "R4-segment" } else { "R7-words" };
    if function.is_none()
        && stage.is_none_or(|stage| stage.code != "training")
        && let Some(employer) = employer.filter(|_| !now.is_empty() && !nothing)
    {
        function =
            function::read(&employer.parts).filter(|reading| reading.weight > Weight::Default);
        rule = "R2-employer";
    }
    let industry = classify_company(company).map(|class| class.code);
    if let Some(segment) = chosen.map_or(now.first(), |at| now.get(at)) {
        if industry == Some("finance") {
            bank_ladder(segment, &mut function, &mut stage);
        }
        switch_engineers(segment, industry, &mut function);
    }
    TitleClass {
        function: function.map(|reading| sure(reading, rule)),
        seniority: stage.map(staged),
    }
}

/// Reads one segment.
fn read(segment: &Segment) -> Read {
    let function = function::read(&segment.parts);
    let pair = function.map(|reading| (reading.code, reading.weight));
    Read { function, stage: seniority::read(&segment.parts, pair) }
}

/// A title with only past roles (rule 3).
fn retired(over: &Read) -> TitleClass {
    let known = over.function.is_some() || over.stage.is_some();
    let stage = Class { code: "retired", confidence: 0.7, rule: "R3-former".to_owned() };
    TitleClass {
        function: over.function.map(|reading| sure(reading, "R3-former")),
        seniority: known.then_some(stage),
    }
}

/// The class of a reading.
fn sure(reading: function::Reading, rule: &str) -> Class {
    let base = match reading.weight {
        Weight::Head => 0.9,
        Weight::Field => 0.8,
        Weight::Default => 0.6,
    };
    let confidence = if rule == "R7-words" { base } else { base * 0.8 };
    Class { code: reading.code, confidence, rule: rule.to_owned() }
}

/// The class of a stage: owners and boards are unsure, a one-person firm looks like any other.
fn staged(stage: Stage) -> Class {
    let confidence = match (stage.said, stage.code) {
        (true, "owner" | "retired") => 0.5,
        (true, _) => 0.85,
        (false, _) => 0.65,
    };
    let rule = if stage.said { "level-word" } else { "no-marker" };
    Class { code: stage.code, confidence, rule: rule.to_owned() }
}

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
        *stage = Some(Stage { code, said: true });
    }
    if ladder && bare && !has("nonexecutive") && !has("non") {
        *function = Some(function::Reading { code: "finance", weight: Weight::Default, part: 0 });
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

/// Bare engineering leadership in an industry of machines, or with such a tail, is engineering.
fn switch_engineers(
    segment: &Segment,
    industry: Option<&str>,
    function: &mut Option<function::Reading>,
) {
    let Some(reading) = function.as_mut().filter(|reading| reading.code == "software") else {
        return;
    };
    let Some((head, tails)) = segment.parts.split_first() else { return };
    if !head.iter().all(|word| BARE.contains(&word.as_str())) {
        return;
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
}
