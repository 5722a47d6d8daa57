//! The word lists of companies, from `data/companies`: legal forms, places, and names of one company.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::words::{Word, split};

/// Lines that say something.
fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Legal forms by their words joined with a space; `true` where stops or capitals are needed.
fn legal_forms() -> &'static BTreeMap<&'static str, bool> {
    static LIST: OnceLock<BTreeMap<&'static str, bool>> = OnceLock::new();
    LIST.get_or_init(|| {
        let text = include_str!("../../../data/companies/legal_forms.txt");
        lines(text)
            .map(|line| line.strip_prefix('~').map_or((line, false), |form| (form, true)))
            .collect()
    })
}

fn leading_forms() -> &'static BTreeSet<&'static str> {
    static LIST: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    LIST.get_or_init(|| lines(include_str!("../../../data/companies/leading_forms.txt")).collect())
}

fn places() -> &'static BTreeSet<&'static str> {
    static LIST: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    LIST.get_or_init(|| {
        let text = include_str!("../../../data/companies/places.txt");
        lines(text).flat_map(|line| line.split(';')).collect()
    })
}

fn aliases() -> &'static BTreeMap<String, String> {
    static LIST: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    LIST.get_or_init(|| {
        let text = include_str!("../../../data/companies/aliases.txt");
        let mut list = BTreeMap::new();
        let bare = |name: &str| {
            let mut words = split(name);
            strip_forms(&mut words);
            words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
        };
        for line in lines(text) {
            // With ! the legal form tells two companies apart.
            if let Some(exact) = line.strip_prefix('!') {
                let first = exact.split(';').next().unwrap_or(exact);
                for name in exact.split(';') {
                    list.insert(name.to_owned(), first.to_owned());
                }
                continue;
            }
            let first = bare(line.split(';').next().unwrap_or(line));
            for name in line.split(';') {
                list.entry(bare(name)).or_insert_with(|| first.clone());
            }
        }
        list
    })
}

/// The chief name of a well-known company, by any of its names.
pub(super) fn chief_name(key: &str) -> Option<&'static str> {
    aliases().get(key).map(String::as_str)
}

/// The words of a place without "in" or "of" before it.
pub(super) fn without_preposition<'w, 't>(words: &'w [&'t str]) -> &'w [&'t str] {
    let starts = matches!(words, ["in" | "of", ..]);
    &words[usize::from(starts)..]
}

/// Whether words are the name of a country, a region or a large city.
pub(super) fn is_place(words: &[&str]) -> bool {
    places().contains(words.join(" ").as_str())
}

/// Takes legal forms off both ends, but never the whole name.
pub(super) fn strip_forms(words: &mut Vec<Word>) {
    while words.len() > 1 && leading_forms().contains(words[0].text.as_str()) {
        words.remove(0);
    }
    let mut cut = false;
    while let Some(length) = form_at_end(words) {
        words.truncate(words.len() - length);
        cut = true;
    }
    // "Tessier & Co" leaves a dangling "and".
    if cut && words.len() > 1 && words.last().is_some_and(|word| word.text == "and") {
        words.pop();
    }
}

/// The number of words of the longest legal form at the end, the name itself left alone.
fn form_at_end(words: &[Word]) -> Option<usize> {
    (1..=words.len().saturating_sub(1).min(7)).rev().find(|length| {
        let form = &words[words.len() - length..];
        let text = form.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        let spelled = || {
            // Letters with spaces between: "S A", "s p z o o".
            let joined: String = text.split(' ').collect();
            let letters = text.split(' ').all(|word| word.chars().count() == 1);
            (letters && *length > 1).then(|| legal_forms().get(joined.as_str())).flatten()
        };
        legal_forms().get(text.as_str()).or_else(spelled).is_some_and(|needs_mark| {
            !needs_mark || form.iter().any(|word| word.is_marked) || *length > 1
        })
    })
}
