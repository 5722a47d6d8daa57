//! The function of a segment: field and head nouns, composed by the rules of the taxonomy.

use super::tables::{self, Weight};

/// What stands for words where a part of a compound was read.
pub const COMPOUND: &str = "compound";

/// What some words say about the function.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Said {
    code: &'static str,
    weight: Weight,
    phrase: &'static str,
}

/// What a segment says about its function.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The function.
    pub code: &'static str,
    /// How firmly it was said.
    pub weight: Weight,
    /// Which part of the segment said it: 0 is the head.
    pub part: usize,
    /// The phrase of the list that said it.
    pub phrase: &'static str,
}

/// Whether a word is a noun of management that does not lift an assistant.
fn is_above(word: &str) -> bool {
    matches!(
        word,
        "geschaftsfuhrung"
            | "geschaftsleitung"
            | "vorstand"
            | "direction"
            | "direccion"
            | "direzione"
            | "diretoria"
            | "direcao"
            | "gerencia"
            | "directie"
            | "presidencia"
            | "bereichsleitung"
            | "ceo"
    )
}

/// Whether a word makes what follows `to` or `of` somebody else's rank.
fn is_helper(word: &str) -> bool {
    matches!(
        word,
        "assistant"
            | "assistent"
            | "assistenz"
            | "assistentin"
            | "assistante"
            | "asistente"
            | "assistente"
            | "secretary"
            | "secretaire"
            | "secretaria"
            | "secretario"
            | "advisor"
            | "adviser"
            | "staff"
            | "aide"
            | "assistants"
            | "sekretarin"
            | "sekretariat"
            | "asystent"
            | "asystentka"
    )
}

/// Words of a part up to the person it serves (rule 6), and whether something was cut.
#[must_use]
pub fn own_words(part: &[String]) -> (&[String], bool) {
    let office = part.windows(2).position(|pair| pair[0] == "office" && pair[1] == "of");
    let words = &part[..office.unwrap_or(part.len())];
    let served = office.is_some_and(|at| at > 0);
    let Some(at) = words.iter().position(|word| is_helper(word)) else {
        return (words, served);
    };
    let to = words[at..].iter().position(|word| word == "to").map(|to| at + to);
    let above = words.iter().position(|word| is_above(word)).filter(|above| *above > at);
    match to.or(above) {
        Some(end) => (&words[..end], true),
        None => (words, served),
    }
}

/// The function of a segment: its head, or the first tail that names a field (rule 7).
#[must_use]
pub fn read(parts: &[Vec<String>]) -> Option<Reading> {
    let mut best: Option<Reading> = None;
    for (index, part) in parts.iter().enumerate() {
        let Some(Said { code, weight, phrase }) = read_part(part, index == 0) else { continue };
        if best.is_none_or(|known| weight > known.weight && known.weight == Weight::Default) {
            best = Some(Reading { code, weight, part: index, phrase });
        }
    }
    if let Some(known) = best {
        best = Some(special(parts, known));
    }
    best
}

/// The function of one part: the heaviest phrase, of the first coordinated group, the last there.
fn read_part(part: &[String], head: bool) -> Option<Said> {
    let (words, served) = own_words(part);
    if served && head {
        let chief = words.iter().any(|word| word == "chief");
        let advisor = words.iter().any(|word| word == "advisor" || word == "adviser");
        let named = plain(words);
        let known = named.filter(|known| known.weight == Weight::Head);
        let said = |code, phrase| Said { code, weight: Weight::Head, phrase };
        return Some(match known {
            _ if chief => said("exec", "chief of staff"),
            Some(known) => known,
            None if advisor => named.unwrap_or(said("consulting", "advisor to")),
            None => said("admin", "assistant to"),
        });
    }
    plain(words)
}

/// Nouns of rank that belong to every field joined before them ("HR & Admin Manager").
const SHARED: &[&str] =
    &["manager", "director", "head", "lead", "officer", "coordinator", "executive", "specialist"];

/// The function named by `words`, how firmly, and by which phrase.
fn plain(words: &[String]) -> Option<Said> {
    let hits = tables::functions().find(words);
    let group = |place: usize| words[..place].iter().filter(|word| *word == "and").count();
    let keeper = hits.iter().rposition(|hit| !hit.value.keeps.is_empty());
    let mut dropped = false;
    let mut best: Option<(Said, usize)> = None;
    for (nth, hit) in hits.iter().enumerate() {
        let place = group(hit.start);
        let mut weight = hit.value.weight;
        if weight == Weight::None {
            continue;
        }
        if let Some(keeper) = keeper
            && weight >= Weight::Field
            && !hits[keeper].value.keeps.contains(&hit.value.code)
            // The last noun is the head: a trade before "engineer" only says of what.
            && (weight == Weight::Field || (hit.value.code == "service" && nth < keeper && is_engineer(words)))
        {
            dropped = true;
            continue;
        }
        if weight == Weight::Head && place > 0 && SHARED.contains(&words[hit.end - 1].as_str()) {
            weight = Weight::Field;
        }
        let better = best.is_none_or(|(known, at)| {
            weight > known.weight
                || (weight == known.weight
                    && match (weight, hit.value.code) {
                        (Weight::Default, "exec") => !is_owner(hit.phrase),
                        (Weight::Default, _) => at == place || is_owner(known.phrase),
                        _ => at == place,
                    })
        });
        if better {
            best = Some((Said { code: hit.value.code, weight, phrase: hit.phrase }, place));
        }
    }
    if let Some((said, _)) = best.as_mut()
        && dropped
        && said.weight == Weight::Default
    {
        said.weight = Weight::Field;
    }
    best.map(|(said, _)| said).or_else(|| compounds(words)).or_else(|| supervised(words))
}

/// Whether a phrase says that somebody owns the firm: another role beside it names the function (rule 5).
fn is_owner(phrase: &str) -> bool {
    const OWNERS: [&str; 8] = [
        "founder",
        "owner",
        "inhaber",
        "grunder",
        "fondateur",
        "fundador",
        "eigenaar",
        "fondatore",
    ];
    OWNERS.iter().any(|owner| phrase.ends_with(owner))
}

/// Whether the last word is an engineer, in the languages that put the head noun last.
fn is_engineer(words: &[String]) -> bool {
    const LAST: [&str; 6] =
        ["engineer", "engineers", "ingenieur", "ingenieurin", "ingenjor", "ingenior"];
    words.last().is_some_and(|word| LAST.contains(&word.as_str()))
}

/// A supervisor of something no list knows oversees production or a service.
fn supervised(words: &[String]) -> Option<Said> {
    const OVERSEERS: &[&str] = &[
        "supervisor",
        "supervisora",
        "superviseur",
        "superviseuse",
        "foreman",
        "forewoman",
        "supervisore",
        "encarregado",
    ];
    const BARE: &[&str] =
        &["senior", "team", "junior", "lead", "assistant", "area", "general", "and"];
    let at = words.iter().position(|word| OVERSEERS.contains(&word.as_str()))?;
    let of_something = words
        .iter()
        .enumerate()
        .any(|(other, word)| other != at && word.len() > 3 && !BARE.contains(&word.as_str()));
    of_something.then_some(Said {
        code: "operations",
        weight: Weight::Default,
        phrase: "supervisor",
    })
}

/// The function of the last compound word: its field when the head is only a rank.
fn compounds(words: &[String]) -> Option<Said> {
    let list = tables::functions();
    let said = |code, weight| Said { code, weight, phrase: COMPOUND };
    let is_anybody = |word: &String| {
        list.exact(std::slice::from_ref(word)).is_some_and(|word| word.weight == Weight::None)
    };
    let long = words.iter().rev().filter(|word| word.len() >= 8 && word.is_ascii());
    long.filter(|word| !is_anybody(word)).find_map(|word| {
        let head = list.compound(word, 6).map(|(head, before)| (Some(head), before));
        let level = || tables::levels().compound(word, 6).map(|(_, before)| (None, before));
        let (head, before) = head.or_else(level)?;
        // A noun that means anybody ("Mitarbeiter") leaves the field alone to speak.
        let head = head.filter(|head| head.weight != Weight::None);
        if let Some(head) = head.filter(|head| head.weight != Weight::Default) {
            return Some(said(head.code, head.weight));
        }
        let stems = [before, before.trim_end_matches('s'), before.trim_end_matches("en")];
        let field = stems.iter().find_map(|stem| list.exact(&[(*stem).to_owned()]));
        let field = field.filter(|field| field.weight != Weight::Default).map(|field| field.code);
        let keeps = |code: &str| {
            head.is_none_or(|head| head.keeps.is_empty() || head.keeps.contains(&code))
        };
        match (field.filter(|code| keeps(code)), head) {
            (Some(code), _) => Some(said(code, Weight::Field)),
            (None, Some(head)) => Some(said(head.code, Weight::Default)),
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
        && parts[1..].iter().any(|tail| plain(tail).is_some_and(|said| said.code == "it"))
    {
        "it"
    } else {
        known.code
    };
    Reading { code, ..known }
}
