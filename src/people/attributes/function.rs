//! The function of a segment: field and head nouns, composed by the rules of the taxonomy.

use super::tables::{self, Weight};

/// What a segment says about its function.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The function.
    pub code: &'static str,
    /// How firmly it was said.
    pub weight: Weight,
    /// Which part of the segment said it: 0 is the head.
    pub part: usize,
}

/// Nouns of management that do not lift an assistant.
const ABOVE: &[&str] = &[
    "geschaftsfuhrung",
    "geschaftsleitung",
    "vorstand",
    "direction",
    "direccion",
    "direzione",
    "diretoria",
    "direcao",
    "gerencia",
    "directie",
    "presidencia",
    "bereichsleitung",
    "ceo",
];

/// Words that make what follows `to` or `of` somebody else's rank.
const HELPERS: &[&str] = &[
    "assistant",
    "assistent",
    "assistenz",
    "assistentin",
    "assistante",
    "asistente",
    "assistente",
    "secretary",
    "secretaire",
    "secretaria",
    "secretario",
    "advisor",
    "adviser",
    "staff",
    "aide",
    "assistants",
    "sekretarin",
    "sekretariat",
    "asystent",
    "asystentka",
];

/// Words of a part up to the person it serves (rule 6), and whether something was cut.
#[must_use]
pub fn own_words(part: &[String]) -> (Vec<String>, bool) {
    let office = part.windows(2).position(|pair| pair[0] == "office" && pair[1] == "of");
    let mut words = part[..office.unwrap_or(part.len())].to_vec();
    let mut served = false;
    let helper = words.iter().position(|word| HELPERS.contains(&word.as_str()));
    if let Some(at) = helper {
        let to = words[at..].iter().position(|word| word == "to");
        let above = words.iter().position(|word| ABOVE.contains(&word.as_str()));
        if let Some(to) = to {
            words.truncate(at + to);
            served = true;
        } else if let Some(above) = above
            && above > at
        {
            words.truncate(above);
            served = true;
        }
    }
    (words, served || office.is_some_and(|at| at > 0))
}

/// The function of a segment: its head, or the first tail that names a field (rule 7).
#[must_use]
pub fn read(parts: &[Vec<String>]) -> Option<Reading> {
    let mut best: Option<Reading> = None;
    for (index, part) in parts.iter().enumerate() {
        let Some((code, weight)) = read_part(part, index == 0) else { continue };
        if best.is_none_or(|known| weight > known.weight && known.weight == Weight::Default) {
            best = Some(Reading { code, weight, part: index });
        }
    }
    if let Some(known) = best {
        best = Some(special(parts, known));
    }
    best
}

/// The function of one part: the heaviest phrase, of the first coordinated group, the last there.
fn read_part(part: &[String], head: bool) -> Option<(&'static str, Weight)> {
    let (words, served) = own_words(part);
    if served && head {
        let chief = words.iter().any(|word| word == "chief");
        let advisor = words.iter().any(|word| word == "advisor" || word == "adviser");
        let known = plain(&words).filter(|(_, weight)| *weight == Weight::Head);
        return Some(match known {
            _ if chief => ("exec", Weight::Head),
            Some(known) => known,
            None if advisor => plain(&words).unwrap_or(("consulting", Weight::Head)),
            None => ("admin", Weight::Head),
        });
    }
    plain(&words)
}

/// The function named by `words`.
fn plain(words: &[String]) -> Option<(&'static str, Weight)> {
    let hits = tables::functions().find(words);
    let group = |place: usize| words[..place].iter().filter(|word| *word == "and").count();
    let keeper = hits.iter().rev().find(|hit| !hit.value.keeps.is_empty());
    let mut dropped = false;
    let mut best: Option<(&'static str, Weight, usize)> = None;
    for hit in &hits {
        let weight = hit.value.weight;
        if let Some(keeper) = keeper
            && weight == Weight::Field
            && !keeper.value.keeps.contains(&hit.value.code)
        {
            dropped = true;
            continue;
        }
        let place = group(hit.start);
        let better = best.is_none_or(|(code, known, at)| {
            weight > known
                || (weight == known
                    && if weight == Weight::Default {
                        code == "exec" || at == place
                    } else {
                        at == place
                    })
        });
        if better {
            best = Some((hit.value.code, weight, place));
        }
    }
    let best = best.or_else(|| compounds(words));
    best.map(|(code, weight, _)| {
        let named = dropped && weight == Weight::Default;
        (code, if named { Weight::Field } else { weight })
    })
}

/// The function of the last compound word: its field when the head is only a rank.
fn compounds(words: &[String]) -> Option<(&'static str, Weight, usize)> {
    let list = tables::functions();
    words.iter().rev().filter(|word| word.len() >= 8 && word.is_ascii()).find_map(|word| {
        let head = list.compound(word, 6).map(|(head, before)| (Some(head), before));
        let level = || tables::levels().compound(word, 6).map(|(_, before)| (None, before));
        let (head, before) = head.or_else(level)?;
        if let Some(head) = head.filter(|head| head.weight != Weight::Default) {
            return Some((head.code, head.weight, 0));
        }
        let stems = [before, before.trim_end_matches('s'), before.trim_end_matches("en")];
        let field = stems.iter().find_map(|stem| list.exact(&[(*stem).to_owned()]));
        let field = field.filter(|field| field.weight != Weight::Default).map(|field| field.code);
        let keeps = |code: &str| {
            head.is_none_or(|head| head.keeps.is_empty() || head.keeps.contains(&code))
        };
        match (field.filter(|code| keeps(code)), head) {
            (Some(code), _) => Some((code, Weight::Field, 0)),
            (None, Some(head)) => Some((head.code, Weight::Default, 0)),
            (None, None) => None,
        }
    })
}

/// Acronyms and heads whose function depends on the words around them (rules 18 and 19).
fn special(parts: &[Vec<String>], known: Reading) -> Reading {
    let all: Vec<&str> = parts.iter().flatten().map(String::as_str).collect();
    let has = |words: &[&str]| words.iter().any(|word| all.contains(word));
    let acronym =
        |name: &str| parts.first().is_some_and(|head| head.iter().any(|word| word == name));
    let code = if acronym("cro") && has(&["risk", "risks"]) {
        "finance"
    } else if acronym("cro") && has(&["research"]) {
        "research"
    } else if acronym("cco") && has(&["compliance"]) {
        "legal"
    } else if acronym("cco") && has(&["communications", "communication"]) {
        "marketing"
    } else if acronym("cco") && has(&["customer"]) {
        "support"
    } else if acronym("cpo") && has(&["people", "hr"]) {
        "hr"
    } else if acronym("cpo") && has(&["procurement", "purchasing"]) {
        "operations"
    } else if acronym("cdo") && has(&["diversity"]) {
        "hr"
    } else if acronym("cdo") && has(&["digital"]) {
        "it"
    } else if acronym("cso") && has(&["scientific", "science"]) {
        "research"
    } else if acronym("cso") && has(&["security"]) {
        "it"
    } else if acronym("cmo") && has(&["medical"]) {
        "health"
    } else if known.code == "engineering"
        && parts[0].windows(2).any(|pair| pair[0].starts_with("system") && pair[1] == "engineer")
        && parts[1..].iter().any(|tail| plain(tail).is_some_and(|(code, _)| code == "it"))
    {
        "it"
    } else {
        known.code
    };
    Reading { code, ..known }
}
