//! Longest-phrase matching of word tokens against a list of phrases, feminine forms and compounds
//! included.

#[expect(clippy::disallowed_types, reason = "lookups only")]
use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

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
    ("wives", "wife"),
    ("men", "man"),
    ("woman", "man"),
    ("women", "man"),
    ("login", "loge"),
    ("gogin", "goge"),
    ("amtin", "amter"),
    ("erin", "erer"),
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

/// The same for the last part of a compound: both genders must find the same word.
const COMPOUND_ENDINGS: &[(&str, &str)] = &[
    ("", ""),
    ("in", ""),
    ("innen", ""),
    ("in", "e"),
    ("tin", "ter"),
    ("rin", "rer"),
    ("e", "er"),
    ("frau", "mann"),
    ("woman", "man"),
];

/// The endings by their last byte.
fn endings() -> &'static [Vec<(&'static str, &'static str)>] {
    static BY_BYTE: OnceLock<Vec<Vec<(&'static str, &'static str)>>> = OnceLock::new();
    BY_BYTE.get_or_init(|| {
        let mut buckets = vec![Vec::new(); 256];
        for pair in ENDINGS {
            if let Some(last) = pair.0.as_bytes().last() {
                buckets[usize::from(*last)].push(*pair);
            }
        }
        buckets
    })
}

/// Forms of one token: the ids of the listed words it may stand for.
#[derive(Debug, Clone, Copy, Default)]
struct Forms {
    ids: [u32; 6],
    count: usize,
}

impl Forms {
    fn add(&mut self, id: Option<&u32>) {
        if let Some(id) = id.filter(|id| !self.as_slice().contains(id))
            && let Some(slot) = self.ids.get_mut(self.count)
        {
            *slot = *id;
            self.count += 1;
        }
    }

    fn as_slice(&self) -> &[u32] {
        &self.ids[..self.count]
    }
}

/// One phrase found in a row of tokens.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'a, T> {
    /// Index of its first token.
    pub start: usize,
    /// Index after its last token.
    pub end: usize,
    /// What the phrase stands for.
    pub value: &'a T,
    /// The phrase as listed.
    pub phrase: &'static str,
}

/// A listed phrase behind its first word.
#[derive(Debug)]
struct Row<T> {
    rest: Vec<u32>,
    value: T,
    phrase: &'static str,
}

/// A list of phrases, each with a value, matched by whole words.
#[derive(Debug)]
#[expect(clippy::disallowed_types, reason = "lookups only")]
pub struct Phrases<T> {
    ids: HashMap<String, u32, FixedState>,
    /// By the id of the first token: the other tokens and the value, longest first.
    rows: Vec<Vec<Row<T>>>,
    /// Whether feminine forms stand for the listed word (not among company names: "Martin").
    forms: bool,
}

#[expect(clippy::disallowed_types, reason = "lookups only")]
impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { ids: HashMap::default(), rows: Vec::new(), forms: true }
    }
}

impl<T> Phrases<T> {
    /// An empty list whose words match only themselves and their plurals.
    #[must_use]
    pub fn without_forms() -> Self {
        Self { forms: false, ..Self::default() }
    }

    /// Adds `phrase`; the first value given for a phrase stays.
    pub fn add(&mut self, phrase: &'static str, value: T) {
        let mut ids = Vec::new();
        for word in tokens(&fold(phrase)) {
            let fresh = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
            ids.push(*self.ids.entry(word).or_insert(fresh));
        }
        self.rows.resize_with(self.ids.len(), Vec::new);
        let Some((first, rest)) = ids.split_first() else { return };
        let row = &mut self.rows[*first as usize];
        let place = row.partition_point(|other| other.rest.len() >= rest.len());
        if row.iter().all(|other| other.rest.as_slice() != rest) {
            row.insert(place, Row { rest: rest.to_vec(), value, phrase });
        }
    }

    /// The ids a token may stand for: itself first, then its base forms.
    fn candidates(&self, token: &str) -> Forms {
        let mut found = Forms::default();
        found.add(self.ids.get(token));
        if token.len() < 4 {
            return found;
        }
        let last = token.as_bytes()[token.len() - 1];
        let mut word = String::new();
        for (ending, base) in &endings()[usize::from(last)] {
            if (self.forms || matches!(*ending, "s" | "es" | "ies"))
                && let Some(stem) = token.strip_suffix(ending)
                && stem.len() >= 3
            {
                found.add(if base.is_empty() {
                    self.ids.get(stem)
                } else {
                    word.clear();
                    word.push_str(stem);
                    word.push_str(base);
                    self.ids.get(&word)
                });
            }
        }
        let is_umlaut = |pair: &[u8]| pair[1] == b'e' && matches!(pair[0], b'a' | b'o' | b'u');
        if token.as_bytes().windows(2).any(is_umlaut) {
            let german = token.replace("ae", "a").replace("oe", "o").replace("ue", "u");
            found.add(self.ids.get(&german));
            found.add(german.strip_suffix("in").and_then(|form| self.ids.get(form)));
        }
        found
    }

    /// Every phrase of `words`, left to right, the longest at each place, none overlapping.
    #[must_use]
    pub fn find(&self, words: &[String]) -> Vec<Hit<'_, T>> {
        let forms: Vec<Forms> = words.iter().map(|word| self.candidates(word)).collect();
        let mut hits = Vec::new();
        let mut at = 0;
        while at < forms.len() {
            let mut best: Option<&Row<T>> = None;
            for first in forms[at].as_slice() {
                let matched = self.rows[*first as usize].iter().find(|row| {
                    at + row.rest.len() < forms.len()
                        && (row.rest.iter().zip(&forms[at + 1..]))
                            .all(|(id, forms)| forms.as_slice().contains(id))
                });
                if let Some(row) = matched
                    && best.is_none_or(|known| row.rest.len() > known.rest.len())
                {
                    best = Some(row);
                }
            }
            let Some(row) = best else {
                at += 1;
                continue;
            };
            let end = at + row.rest.len() + 1;
            hits.push(Hit { start: at, end, value: &row.value, phrase: row.phrase });
            at = end;
        }
        hits
    }

    /// The longest listed word that ends the compound `token`, with the part before it.
    ///
    /// Germanic languages write head nouns behind their field in one word ("Bauingenieur").
    #[must_use]
    pub fn compound<'a>(&self, token: &'a str, least: usize) -> Option<(&T, &'a str)> {
        let places = token.char_indices().map(|(at, _)| at).skip(3);
        let mut form = String::new();
        for at in places.take_while(|at| at + least <= token.len()) {
            let end = &token[at..];
            for (ending, base) in COMPOUND_ENDINGS {
                let Some(stem) = end.strip_suffix(ending) else { continue };
                if stem.len() + base.len() < least {
                    continue;
                }
                form.clear();
                form.push_str(stem);
                form.push_str(base);
                let row = self
                    .ids
                    .get(&form)
                    .and_then(|id| self.rows[*id as usize].iter().find(|row| row.rest.is_empty()));
                if let Some(row) = row {
                    return Some((&row.value, &token[..at]));
                }
            }
        }
        None
    }

    /// Whether any phrase has `word` among its words.
    #[must_use]
    pub fn knows(&self, word: &str) -> bool {
        self.candidates(word).count > 0
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
