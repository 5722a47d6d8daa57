//! A title cut into segments (rules 2 and 3), each segment into a head and what follows commas.

use std::sync::OnceLock;

use super::tables;
use super::words::{fold, tokens, without_gender_marks};

/// How a segment stands to the present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Held now, as far as the title says.
    Now,
    /// Said to be over: "ex", "former".
    Past,
    /// An employer after "at" or "@".
    Employer,
}

/// One segment of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Now, past or an employer.
    pub standing: Standing,
    /// The head, then what follows commas, brackets and dashes, each as word tokens.
    pub parts: Vec<Vec<String>>,
}

/// Words that put a segment into the past.
const PAST: &[&str] = &[
    "ex",
    "former",
    "formerly",
    "past",
    "previously",
    "previous",
    "ehemalig",
    "ehemaliger",
    "ehemalige",
    "ehem",
    "ancien",
    "ancienne",
    "antiguo",
    "antigua",
    "voormalig",
    "onetime",
    "бывший",
    "前",
    "元",
    "전",
];

/// Beginnings of mottoes and of statements that name no role.
const MOTTOES: &[&str] = &[
    "helping",
    "empowering",
    "changing",
    "making the",
    "making",
    "passionate about",
    "on a mission",
    "i help",
    "i am",
    "im",
    "we help",
    "we ",
    "building the",
    "building a",
    "building stuff",
    "building things",
    "building products",
    "building something",
    "building great",
    "building better",
    "inspiring",
    "transforming",
    "connecting",
    "creating",
    "driving growth",
    "driving change",
    "driving innovation",
    "turning",
    "enabling",
    "believer",
    "lover of",
    "proud",
    "father",
    "mother",
    "husband",
    "wife",
    "dad",
    "mom",
    "open to",
    "open for",
    "opentowork",
    "looking for",
    "seeking",
    "actively",
    "in transition",
    "between jobs",
    "unemployed",
    "career break",
    "stay at home",
    "stay-at-home",
    "available",
    "on sabbatical",
    "sabbatical",
    "exploring",
    "stealth",
    "living",
    "learning every",
    "lifelong learner",
    "dreamer",
    "thinker",
    "follow",
    "ask me",
    "let's",
    "lets",
    "hiring",
    "we're hiring",
    "were hiring",
    "maternity",
    "parental leave",
    "homemaker",
    "housewife",
    "ama de casa",
    "sin empleo",
    "en busqueda",
    "en recherche",
    "a la recherche",
    "a l'ecoute",
    "arbeitssuchend",
    "auf der suche",
    "em busca",
    "desempregado",
    "buscando",
    "in cerca",
    "op zoek",
    "werkzoekend",
    "bridging",
    "simplifying",
    "shaping",
    "solving",
    "unlocking",
    "scaling",
    "supporting people",
    "storyteller",
    "your ",
    "my ",
    "when ",
    "where ",
    "life is",
    "trying to",
    "working on",
    "working to",
    "working with",
    "work hard",
    "dedicated to",
    "committed to",
    "striving",
    "bringing",
    "leading the way",
    "not looking",
    "tbd",
    "disrupting",
    "accelerating",
    "growing",
    "investing in people",
    "doing ",
    "at the intersection",
    "obsessed",
    "curious",
    "nerd",
    "geek",
    "enthusiast",
    "results driven",
    "results-driven",
    "求职",
    "待业",
    "自由",
    "無職",
    "구직",
];

/// Statements after which a segment says nothing more about a role.
const CUTS: &[&str] = &[
    " seeking ",
    " looking for ",
    " open to ",
    " actively looking",
    " in search of",
    " who ",
    " helping ",
    " passionate ",
    " on a mission",
    " #",
    " with experience",
    " with a passion",
    " en busca",
    " à la recherche",
    " a la recherche",
    " reporting to ",
    " empowering ",
    " specializing in ",
    " specialising in ",
    " driving ",
];

/// Words before an employer.
const EMPLOYER: &[&str] = &[" @", " at ", " bei ", " beim ", " chez ", " presso "];

/// Words that may stand before an employer, if a proper noun follows.
const PLACES: &[&str] = &[" en ", " na ", " no ", " em ", " bij "];

/// Ends the head or a tail inside a segment when spaced so.
const SPACED: &[&str] = &[" - ", " – ", " — ", " for ", " -"];

/// Whether a character separates segments wherever it stands.
fn is_break(c: char) -> bool {
    matches!(c, '|' | '•' | ';' | '｜' | '│' | '‖' | '►' | '★' | '→' | '✦' | '\n' | '⚫')
}

/// Texts by one of their bytes, so that few are compared at a place.
struct ByByte {
    buckets: Vec<Vec<&'static str>>,
}

impl ByByte {
    fn new(texts: &[&'static str], at: usize) -> Self {
        let mut buckets = vec![Vec::new(); 256];
        for text in texts {
            if let Some(byte) = text.as_bytes().get(at) {
                buckets[usize::from(*byte)].push(*text);
            }
        }
        Self { buckets }
    }

    fn of(&self, byte: u8) -> &[&'static str] {
        &self.buckets[usize::from(byte)]
    }
}

/// The first place where one of `words`, each led by a space, stands in `text`.
fn spaced(text: &str, words: &ByByte) -> Option<(usize, &'static str)> {
    let bytes = text.as_bytes();
    for at in 0..bytes.len().saturating_sub(1) {
        if bytes[at] != b' ' {
            continue;
        }
        let rest = &bytes[at..];
        let found = words.of(bytes[at + 1]).iter().find(|word| rest.starts_with(word.as_bytes()));
        if let Some(word) = found {
            return Some((at, *word));
        }
    }
    None
}

/// The lists of this file, made ready once.
struct Lists {
    cuts: ByByte,
    employer: ByByte,
    places: ByByte,
    mottoes: ByByte,
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| Lists {
        cuts: ByByte::new(CUTS, 1),
        employer: ByByte::new(EMPLOYER, 1),
        places: ByByte::new(PLACES, 1),
        mottoes: ByByte::new(MOTTOES, 0),
    })
}

/// Cuts the original `position` into segments, in order.
#[must_use]
pub fn segments(position: &str) -> Vec<Segment> {
    let text = proper_noun_cut(format!(" {position} "));
    let text = without_gender_marks(&fold(&text));
    let mut out = Vec::new();
    let mut rest = text.as_str();
    loop {
        let dot = || rest.find(" · ").map(|at| (at + 1, '·'.len_utf8()));
        let dots = || rest.find("・ ").map(|at| (at, '・'.len_utf8()));
        let sign =
            rest.char_indices().find(|(_, c)| is_break(*c)).map(|(at, c)| (at, c.len_utf8()));
        let special = if rest.is_ascii() { None } else { dot().into_iter().chain(dots()).min() };
        let Some((at, length)) = sign.into_iter().chain(special).min() else {
            slashed(rest, &mut out);
            return out;
        };
        slashed(&rest[..at], &mut out);
        rest = &rest[at + length..];
    }
}

/// Marks " en ", " na ", " em " before an unknown capitalised word as an employer.
fn proper_noun_cut(text: String) -> String {
    let mut from = 0;
    while let Some((at, word)) = spaced(&text[from..], &lists().places) {
        let at = from + at;
        let after = &text[at + word.len()..];
        let name = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let capital = name.chars().next().is_some_and(char::is_uppercase);
        if capital && !tables::functions().knows(&fold(name)) {
            return format!("{} @ {after}", &text[..at]);
        }
        from = at + 1;
    }
    text
}

/// Splits at " / " between two roles, unless one side is only a rank ("Owner / Photographer").
fn slashed(piece: &str, out: &mut Vec<Segment>) {
    if !piece.contains('/') {
        push_segment(piece, out);
        return;
    }
    let joined = |half: &str| half.replace('/', " and ");
    let halves: Vec<&str> = piece.split(" / ").collect();
    if halves.len() < 2 {
        push_segment(&joined(piece), out);
        return;
    }
    let owner = |half: &str| {
        let words = tokens(half);
        tables::levels().exact(&words).is_some_and(|level| matches!(*level, "owner" | "partner"))
    };
    if halves.iter().any(|half| owner(half)) {
        push_segment(&joined(&halves.join(" and ")), out);
        return;
    }
    for half in halves {
        push_segment(&joined(half), out);
    }
}

/// Whether a segment begins like a motto or a statement that names no role.
fn is_motto(text: &str) -> bool {
    const FANS: [&str; 8] =
        ["enthusiast", "lover", "geek", "nerd", "fan", "addict", "believer", "aficionado"];
    let Some(first) = text.as_bytes().first() else { return false };
    let last = text.rsplit(' ').next().unwrap_or_default();
    if FANS.contains(&last) {
        return true;
    }
    lists().mottoes.of(*first).iter().any(|start| {
        text.strip_prefix(start).is_some_and(|rest| {
            start.ends_with(' ') || !rest.starts_with(char::is_alphanumeric) || !start.is_ascii()
        })
    })
}

/// Whether a head begins with a word that puts it into the past.
fn is_past(head: &[String]) -> bool {
    let Some(first) = head.first().filter(|word| PAST.contains(&word.as_str())) else {
        return false;
    };
    // Characters that also begin other words ("前端" is the front end): only before a foreign word or an office.
    let next = head.get(1).map_or("", String::as_str);
    first.is_ascii() || first.chars().count() > 1 || next.is_ascii() || matches!(next, "任" | "職")
}

/// Adds the role and the employer of one piece.
fn push_segment(piece: &str, out: &mut Vec<Segment>) {
    let mut role = piece;
    let mut from = 0;
    while let Some((at, _)) = spaced(&role[from..], &lists().cuts) {
        let at = from + at;
        if !role[..at].trim().is_empty() {
            role = &role[..at];
            break;
        }
        from = at + 1;
    }
    let mut employer = None;
    let at_sign = memchr::memchr(b'@', role.as_bytes())
        .filter(|at| role.as_bytes().get(at + 1) == Some(&b' '))
        .map(|at| (at, "@ "));
    if let Some((at, word)) = spaced(role, &lists().employer).into_iter().chain(at_sign).min() {
        employer = Some(&role[at + word.len()..]);
        role = &role[..at];
    }
    let text = role.trim_matches(|c: char| !c.is_alphanumeric());
    if !text.is_empty() && !is_motto(text) {
        let mut parts = parts(text);
        let past = parts.first().is_some_and(|head| is_past(head));
        if past && let Some(head) = parts.first_mut() {
            head.remove(0);
        }
        let standing = if past { Standing::Past } else { Standing::Now };
        out.push(Segment { standing, parts });
    }
    if let Some(employer) = employer {
        out.push(Segment { standing: Standing::Employer, parts: vec![tokens(employer)] });
    }
}

/// The head and the tails of one segment.
fn parts(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::with_capacity(2);
    let mut add = |part: &str| {
        let words = tokens(part);
        if !words.is_empty() {
            found.push(words);
        }
    };
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = match c {
            ',' | '(' | ')' | '[' | ']' | '、' | '，' => c.len_utf8(),
            ':' | '-' if rest[1..].starts_with(' ') => 2,
            ' ' => SPACED.iter().find(|mark| rest.starts_with(**mark)).map_or(0, |mark| mark.len()),
            _ => 0,
        };
        if length == 0 {
            at += c.len_utf8();
            continue;
        }
        add(&text[start..at]);
        at += length;
        start = at;
    }
    add(&text[start..]);
    found
}
