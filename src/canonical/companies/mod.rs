//! One spelling for each company, and whether two names may be one company's.
//!
//! Responsible for the key of an employer field, for telling fields that name no employer, and for comparing two
//! names. What tells companies apart stays in the key: a bank is not the group of the same first word.

mod compare;
mod lists;
mod schools;
mod words;

pub use compare::{compare_companies, is_acronym};

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::lists as in_list;
use words::Word;

/// Fields that say there is no employer to name: whole, or made of these words only with one of `HEADS` among them.
const PLACEHOLDERS: &str = "\
    independent | self | private | undisclosed | consultant | contractor | startup | home | myself | unknown | tbd | \
    na | n a | none | nil | not applicable | student | various | various companies | various clients | confidential | \
    career break | sabbatical | between jobs | open to work | open to opportunities | looking for opportunities | \
    looking for new opportunities | seeking new opportunities | actively looking | actively seeking | homemaker | \
    parental leave | maternity leave | unemployed | retired | retiree | pensioner | arbeitssuchend | ruhestand | \
    retraite | jubilado | in between jobs | private person | personal | me | my own company | own business";
const HEADS: &str = "\
    freelance freelancer freelancing freelancers selfemployed stealth confidential selbststandig selbstandig \
    freiberuflich freiberufler autonomo autonoma independant independante zelfstandig zelfstandige zzp zzper frilans \
    egenforetagare undisclosed employed";
const FILLERS: &str = "\
    self employed employment independent consultant consulting contractor mode startup start up company ai fintech \
    saas b2b venture project co and client clients various global work professional developer designer freelance \
    confidential";

/// A company for comparison: legal forms, taglines, "The" and punctuation are dropped, `&` is `and`, accents go, a
/// well-known company goes by its chief name, a university by its English one.
///
/// ```
/// use weaktie::canonical::company;
/// assert_eq!(company("Bolt & Sons, Ltd."), "bolt and sons");
/// assert_eq!(company("Nord A/S"), "nord");
/// assert_eq!(company("The Pellworm Group | We are hiring"), "pellworm group");
/// assert_eq!(company("AS"), "as");
/// ```
#[must_use]
pub fn company(name: &str) -> String {
    key_or_former(&words::take_apart(name))
}

/// The key of a name taken apart, or of a well-known name that it had before.
fn key_or_former(parts: &words::Parts) -> String {
    let key = key_of(parts);
    if compare::is_known(&key) {
        return key;
    }
    // A well-known former name says who it is.
    let former = parts.former.iter().map(|name| plain_key(words::split(name)));
    former.into_iter().find(|name| compare::is_known(name)).unwrap_or(key)
}

/// The key of an employer field; `None` where it names no employer.
#[must_use]
pub fn employer(name: &str) -> Option<String> {
    let parts = words::take_apart(name);
    let key = key_or_former(&parts);
    (!key.is_empty() && !is_placeholder(&parts)).then_some(key)
}

/// The keys of many employer fields, in their order; a text that stands there often is taken apart once.
#[must_use]
pub fn employers<'t>(names: impl IntoIterator<Item = Option<&'t str>>) -> Vec<Option<String>> {
    let names: Vec<Option<&str>> = names.into_iter().collect();
    let distinct: BTreeSet<&str> = names.iter().flatten().copied().collect();
    let distinct: Vec<&str> = distinct.into_iter().collect();
    let keys: Vec<Option<String>> = distinct.par_iter().map(|name| employer(name)).collect();
    let key = |name: &str| distinct.binary_search(&name).ok().and_then(|at| keys[at].clone());
    names.into_iter().map(|name| name.and_then(key)).collect()
}

/// The key of a name taken apart.
fn key_of(parts: &words::Parts) -> String {
    let bare = plain_key(parts.words.clone());
    // What stands in brackets belongs to the name unless it is its initials, a place or a legal form.
    let mut kept = Vec::new();
    for aside in &parts.asides {
        let extra = words::split(aside);
        let texts: Vec<&str> = extra.iter().map(|word| word.text.as_str()).collect();
        let mut probe = vec![Word { text: "x".to_owned(), is_marked: false }];
        probe.extend(extra.iter().map(|word| Word { text: word.text.clone(), is_marked: true }));
        lists::strip_forms(&mut probe);
        let drops = texts.is_empty()
            || (lists::is_place(&texts) && compare::is_known(&bare))
            || probe.len() == 1
            || compare::is_acronym(&texts.concat(), &bare)
            || in_list(HIRING, texts[0]);
        if !drops {
            kept.extend(extra);
        }
    }
    if kept.is_empty() {
        return bare;
    }
    // The legal form ends the name before the brackets: "Bolt (Polska) Ltd".
    let mut words = parts.words.clone();
    lists::strip_forms(&mut words);
    words.extend(kept);
    plain_key(words)
}

const HIRING: &str = "hiring we were acquired ipo nasdaq nyse yc remote";

/// The key of words: forms and "the" off, a place off behind a well-known name, schools and chief names.
fn plain_key(mut words: Vec<Word>) -> String {
    if words.len() > 1 && words[0].text == "the" {
        words.remove(0);
    }
    let whole: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    if let Some(chief) = lists::chief_name(&whole.join(" ")) {
        return chief.to_owned();
    }
    lists::strip_forms(&mut words);
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let joined = texts.join(" ");
    if let Some(chief) = lists::chief_name(&joined) {
        return chief.to_owned();
    }
    if let Some(school) = schools::school(&texts) {
        let key = school.join(" ");
        return lists::chief_name(&key).map_or(key, str::to_owned);
    }
    for cut in 1..texts.len() {
        if !lists::is_place(lists::without_preposition(&texts[cut..])) {
            continue;
        }
        let mut stem_words = words[..cut].to_vec();
        lists::strip_forms(&mut stem_words);
        let stem: Vec<&str> = stem_words.iter().map(|word| word.text.as_str()).collect();
        let stem = stem.join(" ");
        if let Some(chief) = lists::chief_name(&stem) {
            return chief.to_owned();
        }
    }
    joined
}

/// Whether the employer field says that there is none to name: self-employed, stealth, retired.
///
/// ```
/// use weaktie::canonical::is_placeholder_company;
/// assert!(is_placeholder_company("Self-Employed"));
/// assert!(is_placeholder_company("Stealth AI Startup"));
/// assert!(!is_placeholder_company("Freelance Tools Inc."));
/// ```
#[must_use]
pub fn is_placeholder_company(name: &str) -> bool {
    is_placeholder(&words::take_apart(name))
}

fn is_placeholder(parts: &words::Parts) -> bool {
    let texts: Vec<&str> = parts.words.iter().map(|word| word.text.as_str()).collect();
    let whole = texts.join(" ");
    let only_fillers = texts.iter().all(|word| in_list(HEADS, word) || in_list(FILLERS, word));
    PLACEHOLDERS.split('|').any(|placeholder| placeholder.trim() == whole)
        || (only_fillers && texts.iter().any(|word| in_list(HEADS, word)))
}

#[cfg(test)]
mod tests;
