//! The stage of a segment: level words and the rules that weigh them against each other.

use super::function::own_words;
use super::tables::{self, Weight};

/// The stage of a segment and whether a word said so (otherwise it is the default of a role).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// The stage code.
    pub code: &'static str,
    /// Whether a level word was seen.
    pub said: bool,
    /// The phrase of the list that said it; empty for a default or a rule of several words.
    pub word: &'static str,
}

/// Rank of a stage code for comparing two of one segment.
fn rank(code: &str) -> u8 {
    match code {
        "partner" => 9,
        "owner" => 8,
        "cxo" => 7,
        "vp" => 6,
        "director" => 5,
        "manager" => 4,
        "senior" => 3,
        "mid" => 2,
        "entry" => 1,
        _ => 0,
    }
}

/// The stage of a segment whose function is `function` with `weight`.
#[must_use]
pub fn read(parts: &[Vec<String>], function: Option<(&'static str, Weight)>) -> Option<Stage> {
    let mut best: Option<Stage> = None;
    for (index, part) in parts.iter().enumerate() {
        let Some(found) = read_part(part, function, index == 0) else { continue };
        best = Some(match best {
            None => found,
            Some(known) if !known.said && found.said => found,
            Some(known)
                if found.said
                    && rank(known.code) >= 4
                    && rank(found.code) > rank(known.code)
                    && found.code != "partner" =>
            {
                found
            }
            Some(known) => known,
        });
    }
    let school = function.is_some_and(|(code, _)| code == "education");
    if school && parts.first().is_some_and(|head| head.len() == 1 && head[0] == "principal") {
        return Some(Stage { code: "director", said: true, word: "principal" });
    }
    let by_role = function.filter(|_| best.is_none_or(|stage| !stage.said));
    if let Some((code, _)) = by_role {
        let words: Vec<&str> = parts.iter().flatten().map(String::as_str).collect();
        let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
        if has(&[
            "volunteer",
            "volunteering",
            "vrijwilliger",
            "voluntario",
            "benevole",
            "investor",
            "angel",
        ]) && !has(&["relations", "coordinator"])
            && matches!(code, "public" | "finance")
        {
            return None;
        }
        return Some(Stage { code: by_trade(parts, code), said: false, word: "" });
    }
    best
}

/// The stage of a role without a level word: software and data architects are senior.
fn by_trade(parts: &[Vec<String>], function: &str) -> &'static str {
    const ARCHITECTS: &[&str] =
        &["architect", "architekt", "architecte", "arquitecto", "arquiteto", "architetto"];
    let Some(head) = parts.first() else { return "mid" };
    let ends = |stem: &str| {
        head.iter()
            .any(|word| word.trim_end_matches(['i', 'n', 'a', 'e']) == stem || word.ends_with(stem))
    };
    let architect = ARCHITECTS
        .iter()
        .any(|stem| ends(stem.trim_end_matches('e')) || head.iter().any(|word| word == stem))
        || head.windows(2).any(|pair| pair[0] == "架" && pair[1] == "构");
    if architect && matches!(function, "software" | "data" | "it") {
        return "senior";
    }
    let consultant = head.iter().position(|word| word == "consultant");
    if function == "health" && consultant.is_some_and(|at| at + 1 < head.len()) {
        return "senior";
    }
    "mid"
}

/// What the level words of one part amount to.
fn read_part(
    part: &[String],
    function: Option<(&'static str, Weight)>,
    head: bool,
) -> Option<Stage> {
    let (words, served) = own_words(part);
    let hits = tables::levels().find(words);
    let said = |code| {
        let hit =
            hits.iter().find(|hit| *hit.value == code || (*hit.value == "ic" && code == "mid"));
        Some(Stage { code, said: true, word: hit.map_or("", |hit| hit.phrase) })
    };
    let has = |code: &str| hits.iter().any(|hit| *hit.value == code);
    let word = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let senior = hits.iter().any(|hit| is_senior(words, hit.start, hit.end, hit.value, function));
    if has("retired") {
        return said("retired");
    }
    if served && head {
        let chief = word(&["chief"]);
        return said(if chief {
            "director"
        } else if senior {
            "senior"
        } else {
            "mid"
        });
    }
    if let Some(training) = training(words, &hits) {
        return said(training);
    }
    let chief_officer = word(&["chief"])
        && words
            .iter()
            .skip_while(|word| *word != "chief")
            .any(|word| word == "officer" || word == "executive");
    let high = hits
        .iter()
        .filter_map(|hit| lifted(words, hit.start, hit.end, hit.value))
        .max_by_key(|code| rank(code));
    if chief_officer && high.is_none_or(|code| rank(code) < 8) {
        return said("cxo");
    }
    let assists = word(&["assistant", "associate"]);
    if let Some(code) = high {
        return said(code);
    }
    if has("ic") {
        let junior = has("entry") || assists;
        return said(if word(&["group"]) && !word(&["account"]) {
            "manager"
        } else if senior {
            "senior"
        } else if junior {
            "entry"
        } else {
            "mid"
        });
    }
    if has("manager") {
        return said("manager");
    }
    if senior {
        return said("senior");
    }
    let numbered = suffix_level(words);
    if let Some(code) = numbered {
        return said(code);
    }
    if has("mid") && !has_prefix_entry(&hits) {
        return said("mid");
    }
    if has("entry") {
        return said("entry");
    }
    if has("mid") || has("role") {
        let alone = words.len() == 1
            && matches!(
                words[0].as_str(),
                "officer"
                    | "executive"
                    | "professional"
                    | "agent"
                    | "ejecutivo"
                    | "executivo"
                    | "worker"
                    | "work"
            );
        return (!alone).then_some(Stage { code: "mid", said: has("mid"), word: "" });
    }
    compound(words)
}

/// The stage of a compound word by its head ("Regionalleiter", "Marketingpraktikant").
fn compound(words: &[String]) -> Option<Stage> {
    words.iter().rev().filter(|word| word.len() >= 8 && word.is_ascii()).find_map(|word| {
        let (code, _) = tables::levels().compound(word, 6)?;
        let code = match *code {
            "ic" | "role" => "mid",
            other => other,
        };
        Some(Stage { code, said: true, word: super::function::COMPOUND })
    })
}

/// Whether an entry-level word stands first, before anything that says mid.
fn has_prefix_entry(hits: &[super::phrases::Hit<'_, &'static str>]) -> bool {
    hits.first().is_some_and(|hit| *hit.value == "entry")
        && hits.len() > 1
        && hits.iter().skip(1).all(|hit| *hit.value != "mid" || hit.start > 0)
}

/// A training stage, unless the word only names whom the role serves.
fn training(
    words: &[String],
    hits: &[super::phrases::Hit<'_, &'static str>],
) -> Option<&'static str> {
    let hit = hits.iter().find(|hit| *hit.value == "training")?;
    let above = hits.iter().any(|other| {
        other.start > hit.start
            && matches!(*other.value, "manager" | "director" | "cxo" | "vp" | "ic")
    });
    if hit.start > 0 && matches!(words[hit.start].as_str(), "students" | "interns" | "apprentices")
    {
        return None;
    }
    let degree = words[hit.start..hit.end] == ["phd"] && hits.len() > 1;
    if degree
        || (above && words.first().is_none_or(|first| first != "aspiring" && first != "trainee"))
    {
        return None;
    }
    Some("training")
}

/// Whether a hit says senior here: Roman numerals only at the end, "staff" only before makers.
fn is_senior(
    words: &[String],
    start: usize,
    end: usize,
    value: &str,
    function: Option<(&'static str, Weight)>,
) -> bool {
    if value != "senior" {
        return false;
    }
    match words[start].as_str() {
        "iii" | "iv" | "v" if end == start + 1 => end == words.len(),
        "staff" => function.is_some_and(|(code, _)| {
            matches!(
                code,
                "software"
                    | "data"
                    | "it"
                    | "engineering"
                    | "product"
                    | "design"
                    | "research"
                    | "project"
            )
        }),
        _ => true,
    }
}

/// The stage of a leadership word in its place; none when its neighbours take it away.
fn lifted(words: &[String], start: usize, end: usize, value: &str) -> Option<&'static str> {
    let single = end == start + 1;
    let before = start.checked_sub(1).map(|at| words[at].as_str());
    let assists = matches!(before, Some("assistant" | "associate"))
        || (start >= 2 && words[start - 2] == "assistant" && before != Some("and"));
    match (value, words[start].as_str()) {
        ("partner", _) if before == Some("associate") => None,
        ("partner", "partner") if single => {
            let bad = [
                "business",
                "channel",
                "talent",
                "hr",
                "people",
                "client",
                "strategic",
                "finance",
                "success",
            ];
            let after = words.get(end).is_some_and(|next| {
                [
                    "manager",
                    "success",
                    "engineer",
                    "marketing",
                    "sales",
                    "relations",
                    "development",
                    "enablement",
                    "lead",
                    "operations",
                    "program",
                    "account",
                    "specialist",
                    "director",
                    "executive",
                    "solutions",
                    "support",
                    "technology",
                    "growth",
                    "channel",
                    "ecosystem",
                ]
                .contains(&next.as_str())
            });
            (!after && !before.is_some_and(|word| bad.contains(&word))).then_some("partner")
        }
        ("partner", _) => Some("partner"),
        ("owner", _) => Some("owner"),
        ("cxo", "president") if before == Some("vice") => Some("vp"),
        ("cxo", _) => Some("cxo"),
        ("vp", _) if assists => Some("manager"),
        ("vp", _) => Some("vp"),
        ("director", "head") if single => {
            let next = words.get(end);
            let field = next.is_some_and(|next| {
                tables::functions()
                    .exact(std::slice::from_ref(next))
                    .is_some_and(|f| f.weight == Weight::Head)
            });
            Some(if field { "manager" } else { "director" })
        }
        ("director", "director" | "directeur" | "direttore" | "diretor")
            if before == Some("assistant") =>
        {
            Some("manager")
        }
        ("director", _) => Some("director"),
        _ => None,
    }
}

/// A number or Roman numeral at the end of a title.
fn suffix_level(words: &[String]) -> Option<&'static str> {
    if words.len() < 2 {
        return None;
    }
    match words.last()?.as_str() {
        "i" | "1" => Some("entry"),
        "ii" | "2" => Some("mid"),
        "3" | "4" | "5" => Some("senior"),
        _ => None,
    }
}
