//! A company's name as words: folded, without taglines, with what stood in brackets apart.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::canonical::{is_invisible, lists};

/// A word and how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// Written with stops inside or in capitals, as legal forms are.
    pub(super) is_marked: bool,
}

/// A name taken apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    pub(super) words: Vec<Word>,
    /// What stood in brackets.
    pub(super) asides: Vec<String>,
    /// Earlier names: "formerly X", "fka X".
    pub(super) former: Vec<String>,
}

const AND: &str = "& + and und et og och ja ve и e y i en";
/// Of these only between two words.
const AND_SHORT: &str = "e y i en ja ve";
const FORMERLY: &[&str] = &[
    "formerly known as ",
    "now known as ",
    "now ",
    "formerly ",
    "previously ",
    "fka ",
    "f k a ",
    "vormals ",
    "ehemals ",
    "anciennement ",
    "antes ",
];
/// First words of a tagline after a dash or a comma.
const TAGLINE_STARTS: &str = "a an the we part member powered making your our now hiring building helping empowering ein eine une un una";

/// Takes a company's name apart.
pub(super) fn take_apart(name: &str) -> Parts {
    let name: String = name.chars().filter(|c| !"®™©".contains(*c)).collect();
    let name: String = name.nfkc().filter(|c| !is_invisible(*c)).collect();
    let mut parts = Parts::default();
    let name = brackets(without_tagline(&name), &mut parts);
    let name = after_former(&name, &mut parts);
    parts.words = split(&name);
    parts
}

/// The name before a tagline: after a bar or bullet, or after a dash, colon or comma that a tagline follows.
fn without_tagline(name: &str) -> &str {
    let has_letters = |text: &str| text.chars().any(char::is_alphanumeric);
    let mut name = name;
    for mark in ["|", "•", " · ", "::", " // "] {
        if let Some((before, _)) = name.split_once(mark)
            && has_letters(before)
        {
            name = before;
        }
    }
    for (mark, least) in [(" - ", 4), (" – ", 4), (" — ", 4), (": ", 3), (", ", 99)] {
        if let Some((before, after)) = name.split_once(mark)
            && has_letters(before)
            && is_tagline(after, least)
        {
            name = before;
        }
    }
    name
}

/// Whether it reads like a sentence about a company and not like a part of its name.
fn is_tagline(text: &str, least: usize) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some(first) = words.first() else { return true };
    let opens = lists(TAGLINE_STARTS, &first.to_lowercase()) && words.len() > 1;
    let lower = first.chars().next().is_some_and(char::is_lowercase) && words.len() > 2;
    opens || lower || words.len() >= least
}

fn brackets(name: &str, parts: &mut Parts) -> String {
    let mut kept = String::new();
    let mut rest = name;
    while let Some(at) = rest.find(['(', '[']) {
        let after = &rest[at + 1..];
        let Some(end) = after.find([')', ']']) else { break };
        kept.push_str(&rest[..at]);
        kept.push(' ');
        let inside = after[..end].trim();
        let lower = inside.to_lowercase();
        match FORMERLY.iter().find(|start| lower.starts_with(**start)) {
            Some(start) => parts.former.push(lower[start.len()..].to_owned()),
            None if !inside.is_empty() => parts.asides.push(inside.to_owned()),
            None => {}
        }
        rest = &after[end + 1..];
    }
    kept.push_str(rest);
    kept
}

/// "Meta, formerly Facebook" without brackets.
fn after_former(name: &str, parts: &mut Parts) -> String {
    let lower = name.to_lowercase();
    for start in [
        " formerly known as ",
        " formerly ",
        " fka ",
        " f/k/a ",
        " dba ",
        " d/b/a ",
        " trading as ",
    ] {
        // Lower case may change the length of odd letters: then nothing is cut.
        if let Some(at) = lower.find(start)
            && lower.len() == name.len()
            && name.is_char_boundary(at)
            && at > 0
        {
            parts.former.push(lower[at + start.len()..].to_owned());
            return name[..at].to_owned();
        }
    }
    name.to_owned()
}

/// Folded words.
pub(super) fn split(name: &str) -> Vec<Word> {
    let shouted = !name.chars().any(char::is_lowercase);
    let mut words: Vec<Word> = Vec::new();
    let name = name.replace("S.p.A", "S.P.A").replace(" SpA", " S.P.A");
    let pieces = name.split_whitespace().flat_map(|piece| {
        let inner = piece.replace(['’', '‘', '`', '\'', '"', '“', '”', '„'], "");
        separate(&inner)
    });
    for piece in pieces {
        let dots = piece.trim_end_matches('.').matches('.').count();
        let capitals = piece.chars().filter(|c| c.is_uppercase()).count();
        let all_capital = !shouted && capitals > 1 && !piece.chars().any(char::is_lowercase);
        let domain = domain_name(&piece);
        let bare: String = piece.replace(['.', '/'], "");
        let texts = domain.unwrap_or_else(|| vec![bare]);
        for text in texts {
            let text = spelled_out(fold(&text));
            if !text.is_empty() {
                words.push(Word { text, is_marked: dots > 0 || all_capital });
            }
        }
    }
    let last = words.len().saturating_sub(1);
    for (at, word) in words.iter_mut().enumerate() {
        let inside = at > 0 && at < last;
        if lists(AND, &word.text) && (inside || !lists(AND_SHORT, &word.text)) {
            "and".clone_into(&mut word.text);
        }
    }
    words
}

/// Abbreviations and British spellings as one.
fn spelled_out(word: String) -> String {
    const WORDS: &[(&str, &str)] = &[
        ("intl", "international"),
        ("bros", "brothers"),
        ("mfg", "manufacturing"),
        ("dept", "department"),
        ("govt", "government"),
        ("natl", "national"),
        ("assn", "association"),
        ("saint", "st"),
        ("centre", "center"),
        ("theatre", "theater"),
        ("svcs", "services"),
    ];
    WORDS.iter().find(|(from, _)| *from == word).map_or(word, |(_, to)| (*to).to_owned())
}

/// "booking.com" as its name and its ending.
fn domain_name(piece: &str) -> Option<Vec<String>> {
    const ENDINGS: &str = "com io ai org net de co.uk fr it nl ch at eu app dev tech";
    let lower = piece.trim_end_matches('.').to_lowercase();
    let (name, ending) = lower.split_once('.')?;
    let is_domain = name.chars().count() > 2 && lists(ENDINGS, ending);
    is_domain.then(|| vec![name.to_owned(), ending.to_owned()])
}

/// Splits at every sign but stops and the slash of "A/S"; `&` and `+` are words.
fn separate(piece: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let is_form = {
        let lower = piece.trim_end_matches([',', '.']).to_lowercase();
        ["a/s", "k/s", "i/s", "p/s"].contains(&lower.as_str())
    };
    for c in piece.chars() {
        let last = out.len() - 1;
        if c.is_alphanumeric() || is_combining_mark(c) || c == '.' || (c == '/' && is_form) {
            out[last].push(c);
        } else if c == '&' || c == '+' {
            out.extend([c.to_string(), String::new()]);
        } else {
            out.push(String::new());
        }
    }
    out.retain(|word| word.chars().any(|c| c.is_alphanumeric() || c == '&' || c == '+'));
    out
}

/// Lower case without marks; letters of other scripts stay.
fn fold(word: &str) -> String {
    if word == "&" || word == "+" {
        return word.to_owned();
    }
    let lower: String = word.to_lowercase();
    let bare: String = lower
        .nfkd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .nfc()
        .collect::<String>()
        .replace('ß', "ss")
        .replace('ø', "o")
        .replace('æ', "ae")
        .replace('œ', "oe")
        .replace('ł', "l")
        .replace('đ', "d")
        .replace('ı', "i")
        .replace('þ', "th")
        .replace('ð', "d");
    bare.chars().filter(|c| c.is_alphanumeric() || is_combining_mark(*c)).collect()
}
