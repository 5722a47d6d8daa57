//! The word lists of `data/taxonomy`, read once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::phrases::Phrases;
use super::words::{fold, tokens};

/// How much a phrase says about the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A noun that has this function only when nothing else is said: "director", "engineer".
    Default,
    /// A field: "marketing", "tax".
    Field,
    /// A head noun or fixed phrase that decides: "nurse", "project manager".
    Head,
}

/// One row of the function list.
#[derive(Debug)]
pub struct FunctionWord {
    /// The function.
    pub code: &'static str,
    /// How much it counts.
    pub weight: Weight,
    /// For a default noun: the fields that may rename it; empty means all.
    pub keeps: Vec<&'static str>,
}

/// How much a phrase says about the industry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// A phrase read as one so that its words are not: no evidence.
    None,
    /// A sector word, used when no institution is named.
    Weak,
    /// The noun of an institution or trade.
    Strong,
}

/// One row of the industry list.
#[derive(Debug)]
pub struct IndustryWord {
    /// The industry.
    pub code: &'static str,
    /// How much it counts.
    pub evidence: Evidence,
}

/// The phrases of the third (or later) column of a list, with the columns before.
fn rows(
    text: &'static str,
    columns: usize,
) -> impl Iterator<Item = (Vec<&'static str>, &'static str)> {
    text.lines().skip(1).flat_map(move |line| {
        let mut parts: Vec<&str> = line.splitn(columns + 1, ',').collect();
        let phrases = if parts.len() > columns { parts.pop() } else { None };
        let phrases = phrases.unwrap_or("").split(';').filter(|phrase| !phrase.is_empty());
        phrases.map(move |phrase| (parts.clone(), phrase)).collect::<Vec<_>>()
    })
}

/// The list of function words.
pub fn functions() -> &'static Phrases<FunctionWord> {
    static LIST: OnceLock<Phrases<FunctionWord>> = OnceLock::new();
    LIST.get_or_init(|| {
        let text = include_str!("../../../data/taxonomy/functions.csv");
        let mut list = Phrases::default();
        for (columns, phrase) in rows(text, 3) {
            let (kind, keeps) = columns[1].split_once(':').unwrap_or((columns[1], ""));
            let weight = match kind {
                "head" => Weight::Head,
                "field" => Weight::Field,
                _ => Weight::Default,
            };
            let keeps = keeps.split('|').filter(|code| !code.is_empty()).collect();
            list.add(phrase, FunctionWord { code: columns[0], weight, keeps });
        }
        list
    })
}

/// The list of level words: the stage code, or `ic` and `role`.
pub fn levels() -> &'static Phrases<&'static str> {
    static LIST: OnceLock<Phrases<&'static str>> = OnceLock::new();
    LIST.get_or_init(|| {
        let text = include_str!("../../../data/taxonomy/levels.csv");
        let mut list = Phrases::default();
        for (columns, phrase) in rows(text, 2) {
            list.add(phrase, columns[0]);
        }
        list
    })
}

/// The list of industry head nouns.
pub fn industries() -> &'static Phrases<IndustryWord> {
    static LIST: OnceLock<Phrases<IndustryWord>> = OnceLock::new();
    LIST.get_or_init(|| {
        let text = include_str!("../../../data/taxonomy/industries.csv");
        let mut list = Phrases::without_forms();
        let found = rows(text, 2).filter(|(columns, _)| columns[1] != "exact");
        for (columns, phrase) in found {
            let evidence = match columns[1] {
                "strong" => Evidence::Strong,
                "weak" => Evidence::Weak,
                _ => Evidence::None,
            };
            list.add(phrase, IndustryWord { code: columns[0], evidence });
        }
        list
    })
}

/// The key of a company name: its words, `&` and `and` alike.
#[must_use]
pub fn company_key(words: &[String]) -> String {
    words.join(" ").replace('&', " and ")
}

/// Employers, placeholders and self-employment by folded name.
pub fn employers() -> &'static BTreeMap<String, &'static str> {
    static LIST: OnceLock<BTreeMap<String, &'static str>> = OnceLock::new();
    LIST.get_or_init(|| {
        let words = include_str!("../../../data/taxonomy/industries.csv");
        let names = include_str!("../../../data/taxonomy/employers.csv");
        let exact = rows(words, 2).filter(|(columns, _)| columns[1] == "exact");
        let mut list = BTreeMap::new();
        for (columns, name) in exact.chain(rows(names, 1)) {
            let key = company_key(&tokens(&fold(name)));
            if !key.is_empty() {
                list.entry(key).or_insert(columns[0]);
            }
        }
        list
    })
}
