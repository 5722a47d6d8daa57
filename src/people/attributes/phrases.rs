//! Longest-phrase matching of word tokens against a list of phrases, feminine forms and compounds
//! included.

#[expect(clippy::disallowed_types, reason = "lookups only")]
use std::collections::HashMap;

use super::words::{fold, tokens};

/// Feminine, plural and transcribed endings with the listed form they stand for.
const ENDINGS: &[(&str, &str)] = &[
    ("innen", ""),
    ("in", ""),
    ("frau", "mann"),
    ("rin", "r"),
    ("eure", "eur"),
    ("euse", "eur"),
    ("trice", "teur"),
    ("trice", "tore"),
    ("rice", "ur"),
    ("ere", "er"),
    ("ienne", "ien"),
    ("ive", "if"),
    ("elle", "el"),
    ("essa", "e"),
    ("essa", "o"),
    ("esa", "e"),
    ("ora", "or"),
    ("triz", "dor"),
    ("ina", "in"),
    ("tka", "ta"),
    ("tka", "t"),
    ("czka", "k"),
    ("rka", "r"),
    ("ka", "k"),
    ("owa", "owy"),
    ("ca", "co"),
    ("a", "o"),
    ("a", "e"),
    ("a", ""),
    ("e", "er"),
    ("e", "o"),
    ("e", ""),
    ("ies", "y"),
    ("es", ""),
    ("s", ""),
    ("ster", "er"),
    ("ка", ""),
    ("ница", "ник"),
    ("ة", ""),
];

/// One phrase found in a row of tokens.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'a, T> {
    /// Index of its first token.
    pub start: usize,
    /// Index after its last token.
    pub end: usize,
    /// What the phrase stands for.
    pub value: &'a T,
}

/// A list of phrases, each with a value, matched by whole words.
#[derive(Debug)]
#[expect(clippy::disallowed_types, reason = "lookups only")]
pub struct Phrases<T> {
    ids: HashMap<String, u32>,
    /// By the id of the first token: the other tokens and the value, longest first.
    rows: Vec<Vec<(Vec<u32>, T)>>,
    /// Whether feminine forms stand for the listed word (not among company names: "Martin").
    forms: bool,
}

#[expect(clippy::disallowed_types, reason = "lookups only")]
impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { ids: HashMap::new(), rows: Vec::new(), forms: true }
    }
}

impl<T> Phrases<T> {
    /// An empty list whose words match only themselves and their plurals.
    #[must_use]
    pub fn without_forms() -> Self {
        Self { forms: false, ..Self::default() }
    }

    /// Adds `phrase`; the first value given for a phrase stays.
    pub fn add(&mut self, phrase: &str, value: T) {
        let mut ids = Vec::new();
        for word in tokens(&fold(phrase)) {
            let fresh = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
            ids.push(*self.ids.entry(word).or_insert(fresh));
        }
        self.rows.resize_with(self.ids.len(), Vec::new);
        let Some((first, rest)) = ids.split_first() else { return };
        let row = &mut self.rows[*first as usize];
        let place = row.partition_point(|(other, _)| other.len() >= rest.len());
        if row.iter().all(|(other, _)| other.as_slice() != rest) {
            row.insert(place, (rest.to_vec(), value));
        }
    }

    /// The ids a token may stand for: itself first, then its base forms.
    fn candidates(&self, token: &str) -> Vec<u32> {
        let mut found: Vec<u32> = self.ids.get(token).copied().into_iter().collect();
        if token.len() >= 4 {
            for (ending, base) in ENDINGS {
                if (self.forms || matches!(*ending, "s" | "es" | "ies"))
                    && let Some(stem) = token.strip_suffix(ending)
                    && stem.len() >= 3
                    && let Some(id) = self.ids.get(&format!("{stem}{base}"))
                    && !found.contains(id)
                {
                    found.push(*id);
                }
            }
            if ["ae", "oe", "ue"].iter().any(|pair| token.contains(pair)) {
                let german = token.replace("ae", "a").replace("oe", "o").replace("ue", "u");
                for form in [german.as_str(), german.strip_suffix("in").unwrap_or("")] {
                    found.extend(self.ids.get(form));
                }
            }
        }
        found
    }

    /// Every phrase of `words`, left to right, the longest at each place, none overlapping.
    #[must_use]
    pub fn find(&self, words: &[String]) -> Vec<Hit<'_, T>> {
        let ids: Vec<Vec<u32>> = words.iter().map(|word| self.candidates(word)).collect();
        let mut hits = Vec::new();
        let mut at = 0;
        while at < ids.len() {
            let mut best: Option<(usize, &T)> = None;
            for first in &ids[at] {
                let matched = self.rows[*first as usize].iter().find(|(rest, _)| {
                    at + rest.len() < ids.len()
                        && rest.iter().zip(&ids[at + 1..]).all(|(id, forms)| forms.contains(id))
                });
                if let Some((rest, value)) = matched
                    && best.is_none_or(|(length, _)| rest.len() + 1 > length)
                {
                    best = Some((rest.len() + 1, value));
                }
            }
            if let Some((length, value)) = best {
                hits.push(Hit { start: at, end: at + length, value });
                at += length;
            } else {
                at += 1;
            }
        }
        hits
    }

    /// The longest listed word that ends the compound `token`, with the part before it.
    ///
    /// Germanic languages write head nouns behind their field in one word ("Bauingenieur").
    #[must_use]
    pub fn compound<'a>(&self, token: &'a str, least: usize) -> Option<(&T, &'a str)> {
        let places = token.char_indices().map(|(at, _)| at).skip(3);
        for at in places.take_while(|at| at + least <= token.len()) {
            let end = &token[at..];
            let forms = [Some(end), end.strip_suffix("in"), end.strip_suffix("innen")];
            for id in forms.into_iter().flatten().filter_map(|form| self.ids.get(form)) {
                let alone = self.rows[*id as usize].iter().find(|(rest, _)| rest.is_empty());
                if let Some((_, value)) = alone {
                    return Some((value, &token[..at]));
                }
            }
        }
        None
    }

    /// Whether any phrase has `word` among its words.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        !self.candidates(word).is_empty()
    }

    /// The value of exactly the phrase `words`.
    #[must_use]
    pub fn exact(&self, words: &[String]) -> Option<&T> {
        self.find(words)
            .first()
            .filter(|hit| hit.start == 0 && hit.end == words.len())
            .map(|hit| hit.value)
    }
}
