//! The codes that classes may have, and the attributes that exist at all.
//!
//! Foundation: settings, people and analyses name classes from these lists alone. Unknown is no class.

/// Every attribute by which contacts are told apart. None of them is protected, and none can be: a test holds the list
/// against [`PROTECTED`].
pub const ATTRIBUTES: [&str; 8] = [
    "function",
    "seniority",
    "industry",
    "company",
    "relative-seniority",
    "time-known",
    "relation",
    "community",
];

/// What is never inferred about anybody, from whatever: no attribute, class or column may speak of it.
pub const PROTECTED: [&str; 22] = [
    "gender",
    "sex",
    "age",
    "birth",
    "ethnicity",
    "race",
    "skin",
    "nationality",
    "origin",
    "caste",
    "religion",
    "faith",
    "belief",
    "health-status",
    "disability",
    "pregnancy",
    "orientation",
    "family",
    "marital",
    "politics",
    "union",
    "language",
];

/// Functions: fields of work.
pub const FUNCTIONS: [&str; 23] = [
    "exec",
    "software",
    "data",
    "it",
    "engineering",
    "product",
    "project",
    "design",
    "research",
    "sales",
    "marketing",
    "support",
    "finance",
    "hr",
    "legal",
    "operations",
    "consulting",
    "health",
    "education",
    "media",
    "admin",
    "public",
    "service",
];

/// Stages: career levels, lowest first.
pub const STAGES: [&str; 11] = [
    "training", "entry", "mid", "senior", "manager", "director", "vp", "cxo", "partner", "owner",
    "retired",
];

/// Industries of employers.
pub const INDUSTRIES: [&str; 24] = [
    "software",
    "it_services",
    "electronics",
    "telecom",
    "finance",
    "insurance",
    "professional",
    "media",
    "education",
    "health",
    "pharma",
    "manufacturing",
    "automotive",
    "aerospace",
    "energy",
    "construction",
    "realestate",
    "retail",
    "consumer",
    "hospitality",
    "transport",
    "government",
    "nonprofit",
    "independent",
];

/// Standing of a contact's stage against the owner's.
pub const RELATIVE: [&str; 3] = ["mentor", "peer", "emerging"];

/// Time since the two connected or first wrote.
pub const TIME_KNOWN: [&str; 4] = ["0-1-years", "1-3-years", "3-7-years", "7-years-up"];

/// Relation to the owner.
pub const RELATIONS: [&str; 6] = ["internal", "alum", "client", "vendor", "industry", "outside"];

/// Rank of a stage; `None` for those outside the ladder (retired) and for no stage.
///
/// ```
/// use weaktie::taxonomy::rank;
/// assert!(rank("director") > rank("manager"));
/// assert_eq!(rank("partner"), rank("cxo"));
/// assert_eq!(rank("retired"), None);
/// ```
#[must_use]
pub fn rank(stage: &str) -> Option<i8> {
    Some(match stage {
        "training" => 0,
        "entry" => 1,
        "mid" => 2,
        "senior" => 3,
        "manager" => 4,
        "director" => 5,
        "vp" | "owner" => 6,
        "cxo" | "partner" => 7,
        _ => return None,
    })
}

/// The classes that an attribute can have; empty where they come from the data (employers, circles) and for no
/// attribute.
#[must_use]
pub fn classes(attribute: &str) -> &'static [&'static str] {
    match attribute {
        "function" => &FUNCTIONS,
        "seniority" => &STAGES,
        "industry" => &INDUSTRIES,
        "relative-seniority" => &RELATIVE,
        "time-known" => &TIME_KNOWN,
        "relation" => &RELATIONS,
        _ => &[],
    }
}

/// The class that a word means (case, spaces, `_` and `-` do not matter), or else the nearest one.
///
/// ```
/// use weaktie::taxonomy::find;
/// assert_eq!(find("industry", "IT services"), Ok("it_services"));
/// assert_eq!(find("industry", "finanse"), Err(Some("finance")));
/// assert_eq!(find("industry", "xyz"), Err(None));
/// ```
///
/// # Errors
/// The nearest class, where one is near.
pub fn find(attribute: &str, word: &str) -> Result<&'static str, Option<&'static str>> {
    let folded = |text: &str| text.trim().to_lowercase().replace([' ', '-'], "_");
    let wanted = folded(word);
    let known = classes(attribute);
    if let Some(code) = known.iter().find(|code| folded(code) == wanted) {
        return Ok(code);
    }
    let likeness = |code: &str| strsim::jaro_winkler(&folded(code), &wanted);
    let near = known.iter().filter(|code| likeness(code) > 0.75);
    Err(near.max_by(|a, b| likeness(a).total_cmp(&likeness(b)).then(b.cmp(a))).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_protected_is_an_attribute_or_a_class() {
        let classes = ATTRIBUTES.iter().flat_map(|attribute| classes(attribute));
        for word in ATTRIBUTES.iter().chain(classes) {
            // `health` is an industry and a field of work; of a person it is never read.
            for part in word.split(['_', '-']) {
                assert!(!PROTECTED.contains(&part), "{word}");
            }
        }
    }

    #[test]
    fn every_class_is_found_by_its_own_name() {
        for attribute in ATTRIBUTES {
            for class in classes(attribute) {
                assert_eq!(find(attribute, class), Ok(*class));
            }
        }
        assert!(STAGES.iter().all(|stage| rank(stage).is_some() || *stage == "retired"));
    }
}
