//! Invented names, titles and companies, drawn from the word lists in `data/synth`.
//!
//! Responsible for making each name once (planted homonyms apart), its profile slug and its e-mail address.

use std::collections::BTreeSet;

use crate::random::Stream;

const FIRST: &str = include_str!("../../data/synth/first_names.txt");
const LAST: &str = include_str!("../../data/synth/last_names.txt");
const TITLES: &str = include_str!("../../data/synth/titles.txt");
const COMPANIES: &str = include_str!("../../data/synth/companies.txt");
const PARTS: &str = include_str!("../../data/synth/company_parts.txt");

/// Two people whose names are written in other scripts.
const OTHER_SCRIPTS: [(&str, &str); 2] = [("민준", "이"), ("ليلى", "الحداد")];

/// The word lists, and the names already given.
pub(crate) struct Words {
    first: Vec<&'static str>,
    last: Vec<&'static str>,
    titles: Vec<(&'static str, &'static str)>,
    companies: Vec<(&'static str, &'static str)>,
    heads: Vec<&'static str>,
    kinds: Vec<&'static str>,
    given: BTreeSet<(String, String)>,
}

impl Words {
    /// The lists, with no name given yet.
    pub(crate) fn new() -> Self {
        let parts = pairs(PARTS);
        let of = |tag: &str| parts.iter().filter(|p| p.0 == tag).map(|p| p.1).collect();
        Self {
            first: FIRST.lines().collect(),
            last: LAST.lines().collect(),
            titles: pairs(TITLES),
            companies: pairs(COMPANIES),
            heads: of("head"),
            kinds: of("kind"),
            given: BTreeSet::new(),
        }
    }

    /// A full name that nobody had before. The numbers 11 and 23 get other scripts.
    pub(crate) fn name(&mut self, stream: &mut Stream, number: usize) -> (String, String) {
        let script = match number {
            11 => OTHER_SCRIPTS.first(),
            23 => OTHER_SCRIPTS.get(1),
            _ => None,
        };
        if let Some((first, last)) = script {
            return ((*first).to_owned(), (*last).to_owned());
        }
        for attempt in 0..64 {
            let mut first = draw(stream, &self.first).to_owned();
            if attempt > 6 {
                let initial = b'A' + u8::try_from(stream.below(26)).unwrap_or(0);
                first = format!("{first} {}.", char::from(initial));
            }
            let name = (first, draw(stream, &self.last).to_owned());
            if self.given.insert(name.clone()) {
                return name;
            }
        }
        (format!("{} {number}", draw(stream, &self.first)), "Numberson".to_owned())
    }

    /// A job title for a circle's tag: mostly English, some other languages, some decorated, some empty.
    pub(crate) fn title(&self, stream: &mut Stream, tag: &str, company: &str) -> String {
        let roll = stream.unit();
        if roll < 0.05 {
            return String::new();
        }
        let kind = match tag {
            "health" | "founder" | "volunteer" if stream.chance(0.75) => tag,
            "guild" if stream.chance(0.65) => "product",
            _ if is_public(company) && stream.chance(0.6) => "public",
            _ if roll < 0.19 => "other",
            _ => "general",
        };
        let title = self.titled(stream, kind);
        match stream.below(40) {
            0 | 1 if !company.is_empty() => format!("{title} @ {company}"),
            2 => format!("{title} | {}", self.titled(stream, "general")),
            3 => format!("{title} | Speaker | Mentor"),
            4 => format!("{title}, ex-{}", draw(stream, &self.heads)),
            5 => format!("{title}, {}", draw(stream, &self.kinds)),
            _ => title.to_owned(),
        }
    }

    fn titled(&self, stream: &mut Stream, kind: &str) -> &'static str {
        let product = ["Product", "Design", "UX", "Agile", "Growth"];
        let fits = |(tag, title): (&str, &str)| {
            tag == kind || kind == "product" && product.iter().any(|word| title.contains(word))
        };
        let fit: Vec<&str> = self.titles.iter().filter(|t| fits(**t)).map(|t| t.1).collect();
        draw(stream, &fit)
    }

    /// A company for a circle's tag; one in four with a legal suffix or another spelling.
    pub(crate) fn company(&self, stream: &mut Stream, tag: &str) -> String {
        let fit: Vec<&str> = self.companies.iter().filter(|c| c.0 == tag).map(|c| c.1).collect();
        let plain = if tag == "any" && stream.chance(0.35) {
            format!("{} {}", draw(stream, &self.heads), draw(stream, &self.kinds))
        } else {
            draw(stream, &fit).to_owned()
        };
        let nobody = ["Freelance", "Self-", "Stealth"].iter().any(|word| plain.starts_with(word));
        if nobody || tag == "health" || is_public(&plain) || plain.ends_with("GmbH") {
            return plain;
        }
        variant(stream, &plain)
    }
}

/// Whether it is a public body, which has titles of its own and no legal suffix.
fn is_public(company: &str) -> bool {
    let words = ["Ministry", "Municipality", "University", "City of", "Institute", "Foundation"];
    words.iter().any(|word| company.contains(word)) || company.contains("Public")
}

/// A company's name as its people spell it: plain, with a legal suffix, in capitals, with a tagline.
pub(crate) fn variant(stream: &mut Stream, plain: &str) -> String {
    match stream.below(24) {
        0 => format!("{plain} Ltd"),
        1 => format!("{plain} GmbH"),
        2 => format!("{plain} AB"),
        3 => format!("{plain}, Inc."),
        4 => format!("{plain} B.V."),
        5 => plain.to_uppercase(),
        6 => format!("{plain} | We are hiring"),
        _ => plain.to_owned(),
    }
}

/// The slug of a profile link: raw letters kept for about half of the people with any.
pub(crate) fn slug(stream: &mut Stream, first: &str, last: &str, number: usize) -> String {
    let name = format!("{first} {last}");
    let raw = if stream.chance(0.5) { name.to_lowercase() } else { plain(&name) };
    format!("{}-k{number}", dashed(&raw))
}

/// The part of an e-mail address before the at sign.
pub(crate) fn local_part(first: &str, last: &str) -> String {
    dashed(&plain(&format!("{first} {last}"))).replace('-', ".")
}

fn plain(text: &str) -> String {
    deunicode::deunicode(text).to_lowercase()
}

fn dashed(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// One word of a list that is never empty.
pub(crate) fn draw<'a>(stream: &mut Stream, list: &[&'a str]) -> &'a str {
    stream.pick(list).copied().unwrap_or("")
}

fn pairs(text: &'static str) -> Vec<(&'static str, &'static str)> {
    text.lines().filter_map(|line| line.split_once('\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_rich_enough() {
        let words = Words::new();
        assert!(words.first.len() >= 120 && words.last.len() >= 160 && words.titles.len() >= 150);
        assert!(words.last.iter().any(|name| name.chars().count() == 1));
    }

    #[test]
    fn many_names_stay_unique() {
        let mut words = Words::new();
        let mut stream = Stream::new(1, "names", 0);
        let names: BTreeSet<_> = (0..30_000).map(|n| words.name(&mut stream, n)).collect();
        assert_eq!(names.len(), 30_000);
    }

    #[test]
    fn slugs_and_addresses_are_well_formed() {
        let mut stream = Stream::new(1, "slug", 0);
        let slug = slug(&mut stream, "Anna M.", "Sjöblad", 42);
        assert!(slug == "anna-m-sjöblad-k42" || slug == "anna-m-sjoblad-k42");
        assert_eq!(local_part("Anna M.", "Sjöblad"), "anna.m.sjoblad");
    }
}
