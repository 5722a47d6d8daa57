//! What every measure and every term of the report means: one table, printed by `weaktie explain`.
//!
//! Knows nothing of the rooms; a test in `tests/it` holds it against their lists.

/// A measure or term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The word as it stands in files and reports: kebab-case.
    pub id: &'static str,
    /// Other words under which it is looked for.
    pub also: &'static [&'static str],
    /// In plain words.
    pub meaning: &'static str,
    /// How it is worked out; empty where there is nothing to work out.
    pub formula: &'static str,
    /// Where it is undefined or easily misread.
    pub edge_cases: &'static str,
    /// Who defined it; empty for words of this program.
    pub reference: &'static str,
}

const fn term(
    id: &'static str,
    also: &'static [&'static str],
    [meaning, formula, edge_cases, reference]: [&'static str; 4],
) -> Term {
    Term { id, also, meaning, formula, edge_cases, reference }
}

mod diversity;
mod measures;
pub mod page;
mod terms;

use measures::MEASURES;
use terms::TERMS;

/// Every measure.
pub fn measures() -> impl Iterator<Item = &'static Term> {
    MEASURES.iter().chain(diversity::MEASURES)
}

/// Every term that is no measure.
pub fn terms() -> impl Iterator<Item = &'static Term> {
    TERMS.iter().chain(diversity::TERMS)
}

/// Every measure and term.
pub fn all() -> impl Iterator<Item = &'static Term> {
    measures().chain(terms())
}

/// What a word means: by id, then by the other words; upper case, spaces and underscores do not matter.
///
/// ```
/// use weaktie::glossary::find;
/// assert_eq!(find("Effective Size").unwrap().id, "effective-size");
/// assert!(find("effectve-size").is_none());
/// ```
#[must_use]
pub fn find(word: &str) -> Option<&'static Term> {
    let wanted = folded(word);
    let also = |term: &&Term| term.also.iter().any(|other| folded(other) == wanted);
    all().find(|term| term.id == wanted).or_else(|| all().find(also))
}

fn folded(word: &str) -> String {
    word.trim().to_lowercase().replace([' ', '_'], "-")
}

/// The known id nearest to a word that is none.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = folded(word);
    let likeness = |id: &&str| strsim::jaro_winkler(&word, id);
    known
        .filter(|id| likeness(id) > 0.75)
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)).then(b.cmp(a)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_kebab_case_and_every_entry_says_something() {
        let ids: BTreeSet<&str> = all().map(|term| term.id).collect();
        assert_eq!(ids.len(), all().count());
        for term in all() {
            assert_eq!(folded(term.id), term.id);
            assert!(term.meaning.len() > 20 && term.meaning.ends_with('.'), "{}", term.id);
        }
        assert!(measures().all(|term| !term.edge_cases.is_empty()));
    }

    #[test]
    fn words_are_found_and_slips_are_pointed_out() {
        assert_eq!(find("k-core").map(|term| term.id), Some("core-number"));
        assert_eq!(find("tie strength").map(|term| term.id), Some("strength"));
        let ids = || all().map(|term| term.id);
        assert_eq!(nearest("betweeness", ids()), Some("betweenness"));
        assert_eq!(nearest("xyzzy", ids()), None);
    }
}
