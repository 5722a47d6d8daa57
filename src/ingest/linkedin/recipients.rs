//! Who a LinkedIn message went to.
//!
//! Responsible for splitting `RECIPIENT PROFILE URLS` by the shape of links, and `TO` by names that are known:
//! names hold commas themselves, so commas say nothing about how many people there are.

use std::collections::BTreeSet;

use super::super::record::Mention;
use crate::canonical::{folded_name, is_placeholder_person, profile_slug};

/// A `TO` with more parts than this is not searched for names.
const MOST_PARTS: usize = 64;

/// The recipients of one row.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Recipients {
    /// Those who can be told.
    pub(super) people: Vec<Mention>,
    /// Whether a hidden or deleted member was among them.
    pub(super) placeholder: bool,
}

/// The recipients named by `TO` and `RECIPIENT PROFILE URLS`; `known` gives folded names, and is asked only where a list of names
/// has to be taken apart.
pub(super) fn recipients<'k>(
    to: &str,
    urls: &str,
    known: impl FnOnce() -> &'k BTreeSet<String>,
) -> Recipients {
    let parts: Vec<&str> = to.split(',').collect();
    let placeholder = parts.iter().any(|part| is_placeholder_person(part));
    // Without a hidden member the text stays as found, spaces and all.
    let names = if placeholder {
        let kept = parts.iter().filter(|part| !is_placeholder_person(part));
        kept.copied().collect::<Vec<_>>().join(",")
    } else {
        to.to_owned()
    };
    let names = names.trim();
    let slugs: BTreeSet<String> =
        split_urls(urls).iter().filter_map(|url| profile_slug(url)).collect();
    let lone = slugs.len() == 1;
    let mut people: Vec<Mention> = slugs
        .into_iter()
        .map(|slug| {
            let name = if lone { names.to_owned() } else { String::new() };
            Mention { name, slug, ..Mention::default() }
        })
        .collect();
    if people.is_empty() {
        let by_name = split_names(names, known).into_iter();
        people = by_name.map(|name| Mention { name, ..Mention::default() }).collect();
    }
    Recipients { people, placeholder }
}

/// Links joined by commas: a part that does not begin like a link belongs to the one before.
fn split_urls(text: &str) -> Vec<String> {
    let mut urls: Vec<String> = Vec::new();
    for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let head = part.to_ascii_lowercase();
        let starts =
            head.starts_with("http") || head.starts_with("www.") || head.contains("linkedin.com/");
        match urls.last_mut() {
            Some(last) if !starts => {
                last.push(',');
                last.push_str(part);
            }
            _ => urls.push(part.to_owned()),
        }
    }
    urls
}

/// The names in a comma-joined list, the longest known one first; what is not known stays one name.
fn split_names<'k>(text: &str, known: impl FnOnce() -> &'k BTreeSet<String>) -> Vec<String> {
    let parts: Vec<&str> = text.split(',').collect();
    if parts.len() < 2 {
        return if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
    }
    if parts.len() > MOST_PARTS {
        return vec![text.to_owned()];
    }
    let known = known();
    let mut names: Vec<String> = Vec::new();
    let mut unknown: Vec<&str> = Vec::new();
    let mut from = 0;
    while from < parts.len() {
        let longest = (from + 1..=parts.len())
            .rev()
            .find(|to| known.contains(&folded_name(&parts[from..*to].join(","))));
        if let Some(to) = longest {
            keep_unknown(&mut names, &mut unknown);
            names.push(parts[from..to].join(",").trim().to_owned());
            from = to;
        } else {
            unknown.push(parts[from]);
            from += 1;
        }
    }
    keep_unknown(&mut names, &mut unknown);
    names
}

fn keep_unknown(names: &mut Vec<String>, unknown: &mut Vec<&str>) {
    let name = unknown.join(",").trim().to_owned();
    unknown.clear();
    if !name.is_empty() {
        names.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> BTreeSet<String> {
        ["pilar okonjo", "dmitri valcourt", "tom ek"].map(str::to_owned).into()
    }

    fn names(to: &str, urls: &str) -> Vec<(String, String)> {
        let known = known();
        let people = recipients(to, urls, || &known).people;
        people.into_iter().map(|person| (person.name, person.slug)).collect()
    }

    fn by_name(to: &str) -> Vec<String> {
        names(to, "").into_iter().map(|person| person.0).collect()
    }

    #[test]
    fn gotcha_7_commas_in_names_do_not_make_recipients() {
        assert_eq!(
            by_name("Pilar Okonjo,Dmitri Valcourt, PhD, PMP®"),
            ["Pilar Okonjo", "Dmitri Valcourt, PhD, PMP®"]
        );
        assert_eq!(by_name("Tom Ek, Somebody New"), ["Tom Ek", "Somebody New"]);
        assert_eq!(by_name("Jane Roe, of Bolt"), ["Jane Roe, of Bolt"]);
        let url = "https://www.linkedin.com/in/jane-x";
        let lone = names("Jane Roe, PhD, PMP®", url);
        assert_eq!(lone, [("Jane Roe, PhD, PMP®".to_owned(), "jane-x".to_owned())]);
    }

    #[test]
    fn links_are_split_by_their_shape() {
        let urls = "https://www.linkedin.com/in/a-x,https://www.linkedin.com/in/maëlle-x,www.linkedin.com/in/a-x";
        let slugs: Vec<String> = names("A,B,C, PhD", urls).into_iter().map(|p| p.1).collect();
        assert_eq!(slugs, ["a-x", "maëlle-x"]);
        assert_eq!(names("Bolt", "https://www.linkedin.com/company/bolt")[0].0, "Bolt");
    }

    #[test]
    fn gotcha_9_a_hidden_member_is_dropped_from_among_others() {
        let known = known();
        let found = recipients("LinkedIn Member,Tom Ek", "", || &known);
        assert_eq!((found.people.len(), found.placeholder), (1, true));
        let found = recipients("LinkedIn Member", "", || &known);
        assert_eq!((found.people.len(), found.placeholder), (0, true));
        let url = "https://www.linkedin.com/in/tom-x";
        assert_eq!(
            names("LinkedIn Member,Tom Ek", url),
            [("Tom Ek".to_owned(), "tom-x".to_owned())]
        );
    }
}
