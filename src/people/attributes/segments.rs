//! A title cut into segments (rules 2 and 3), each segment into a head and what follows commas.

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

/// Characters and spaced words that separate segments.
const BREAKS: &[&str] =
    &["|", "•", ";", "｜", "│", "‖", "►", "★", "→", "✦", "\n", " · ", "・ ", "⚫"];

/// Words before an employer.
const EMPLOYER: &[&str] = &[" @ ", " @", "@ ", " at ", " bei ", " beim ", " chez ", " presso "];

/// Cuts the original `position` into segments, in order.
#[must_use]
pub fn segments(position: &str) -> Vec<Segment> {
    let mut text = format!(" {position} ");
    text = proper_noun_cut(&text);
    let mut text = without_gender_marks(&fold(&text));
    for mark in BREAKS {
        if text.contains(mark) {
            text = text.replace(mark, "\u{1}");
        }
    }
    let mut out = Vec::new();
    for piece in text.split('\u{1}') {
        for half in slashed(piece) {
            push_segment(&half, &mut out);
        }
    }
    out
}

/// Marks " en ", " na ", " em " before an unknown capitalised word as an employer.
fn proper_noun_cut(text: &str) -> String {
    for word in [" en ", " na ", " no ", " em ", " bij "] {
        let Some(at) = text.find(word) else { continue };
        let after = &text[at + word.len()..];
        let name = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let capital = name.chars().next().is_some_and(char::is_uppercase);
        if capital && !tables::functions().knows(&fold(name)) {
            return format!("{} @ {after}", &text[..at]);
        }
    }
    text.to_owned()
}

/// Splits at " / " between two roles, unless one side is only a rank ("Owner / Photographer").
fn slashed(piece: &str) -> Vec<String> {
    let halves: Vec<&str> = piece.split(" / ").collect();
    if halves.len() < 2 {
        return vec![piece.replace('/', " and ")];
    }
    let owner = |half: &str| {
        let words = tokens(half);
        tables::levels().exact(&words).is_some_and(|level| matches!(*level, "owner" | "partner"))
    };
    if halves.iter().any(|half| owner(half)) {
        return vec![halves.join(" and ")];
    }
    halves.iter().map(|half| half.replace('/', " and ")).collect()
}

/// Adds the role and the employer of one piece.
fn push_segment(piece: &str, out: &mut Vec<Segment>) {
    let mut piece = piece.to_owned();
    for cut in CUTS {
        if let Some(at) = piece.find(cut)
            && !piece[..at].trim().is_empty()
        {
            piece.truncate(at);
        }
    }
    let mut employer = None;
    for word in EMPLOYER {
        if let Some(at) = piece.find(word) {
            employer = Some(piece[at + word.len()..].to_owned());
            piece.truncate(at);
        }
    }
    let text = piece.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let motto = MOTTOES.iter().any(|start| {
        text.strip_prefix(start).is_some_and(|rest| {
            start.ends_with(' ') || !rest.starts_with(char::is_alphanumeric) || !start.is_ascii()
        })
    });
    if !text.is_empty() && !motto {
        let mut parts: Vec<Vec<String>> = parts(&text);
        let past = parts
            .first()
            .and_then(|head| head.first())
            .is_some_and(|word| PAST.contains(&word.as_str()));
        if past && let Some(head) = parts.first_mut() {
            head.remove(0);
        }
        let standing = if past { Standing::Past } else { Standing::Now };
        out.push(Segment { standing, parts });
    }
    if let Some(employer) = employer {
        out.push(Segment { standing: Standing::Employer, parts: vec![tokens(&employer)] });
    }
}

/// The head and the tails of one segment.
fn parts(text: &str) -> Vec<Vec<String>> {
    let mut marked = text.to_owned();
    for mark in
        [" - ", " – ", " — ", " for ", ", ", ",", "(", ")", "[", "]", ": ", "、", "，", " -", "- "]
    {
        if marked.contains(mark) {
            marked = marked.replace(mark, "\u{2}");
        }
    }
    marked.split('\u{2}').map(tokens).filter(|part| !part.is_empty()).collect()
}
