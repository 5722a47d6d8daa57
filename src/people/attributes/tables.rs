//! The word lists of `data/taxonomy`, read once.

#[expect(clippy::disallowed_types, reason = "lookups only")]
use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

use super::phrases::Phrases;
use super::words::{fold, tokens};

/// How much a phrase says about the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A phrase read as one so that its words are not: it names no function.
    None,
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

/// Every phrase of a list with the columns before it; lines led by `#` are remarks, the first other line is the header.
fn rows(
    text: &'static str,
    columns: usize,
) -> impl Iterator<Item = (Vec<&'static str>, &'static str)> {
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.flat_map(move |line| {
        let mut cells: Vec<&str> = line.split('\t').collect();
        let phrases = if cells.len() > columns { cells.pop() } else { None };
        let phrases = phrases.unwrap_or("").split(';').map(str::trim);
        phrases.filter(|phrase| !phrase.is_empty()).map(move |phrase| (cells.clone(), phrase))
    })
}

/// The list of function words.
pub fn functions() -> &'static Phrases<FunctionWord> {
    static LIST: OnceLock<Phrases<FunctionWord>> = OnceLock::new();
    LIST.get_or_init(|| {
        let text = include_str!("../../../data/taxonomy/functions.tsv");
        let mut list = Phrases::default();
        for (columns, phrase) in rows(text, 3) {
            let (kind, keeps) = columns[1].split_once(':').unwrap_or((columns[1], ""));
            let weight = match kind {
                "head" => Weight::Head,
                "field" => Weight::Field,
                "none" => Weight::None,
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
        let text = include_str!("../../../data/taxonomy/levels.tsv");
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
        let text = include_str!("../../../data/taxonomy/industries.tsv");
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

/// Industry and name as listed, by folded name.
#[expect(clippy::disallowed_types, reason = "lookups only")]
pub type Names = HashMap<String, (&'static str, &'static str), FixedState>;

/// Employers, placeholders and self-employment by folded name.
pub fn employers() -> &'static Names {
    static LIST: OnceLock<Names> = OnceLock::new();
    LIST.get_or_init(|| {
        let words = include_str!("../../../data/taxonomy/industries.tsv");
        let names = include_str!("../../../data/taxonomy/employers.tsv");
        let exact = rows(words, 2).filter(|(columns, _)| columns[1] == "exact");
        let mut list = Names::default();
        for (columns, name) in exact.chain(rows(names, 1)) {
            let key = company_key(&tokens(&fold(name)));
            if !key.is_empty() {
                list.entry(key).or_insert((columns[0], name));
            }
        }
        list
    })
}
