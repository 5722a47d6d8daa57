//! Two words of two names: how alike they are, and by which rule.

use strsim::damerau_levenshtein;

use super::given::{self, Link};
use super::parse::Word;
use super::script::Script;
use super::sound;

/// Which part of a name two words stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// First names.
    Given,
    /// Surnames.
    Surname,
    /// Anything in between.
    Middle,
}

/// How alike two words are, 0 to 1, with the rule; `None` when they contradict each other.
pub(super) fn compare(
    a: &Word,
    b: &Word,
    part: Part,
    scripts: (Script, Script),
) -> Option<(f64, &'static str)> {
    if a.text == b.text {
        return Some((1.0, "same-name"));
    }
    if a.is_initial() || b.is_initial() {
        let same = a.text.chars().next() == b.text.chars().next();
        let both = a.is_initial() && b.is_initial();
        let score = if part == Part::Surname { 0.5 } else { 0.65 };
        return (same && !both).then_some((score, "initial"));
    }
    if let Some(found) = other_script(a, b, scripts) {
        return Some(found);
    }
    let linked = (part != Part::Surname).then(|| given::link(&a.text, &b.text)).flatten();
    if let Some(link) = linked {
        return Some(match link {
            Link::Nickname => (0.85, "nickname"),
            Link::Variant => (0.8, "variant"),
            Link::TwoNicknames => (0.65, "two-nicknames"),
        });
    }
    if a.sound == b.sound {
        return Some((0.88, "spelling"));
    }
    if part != Part::Given && given::is_one_surname(&a.text, &b.text) {
        return Some((0.85, "spelling"));
    }
    if part != Part::Given && (surname_forms(&a.sound, &b.sound)) {
        return Some((0.85, "surname-form"));
    }
    // Two first names of the table are two names; one that is in no table may be the other with a slip.
    let known = [a, b].map(|word| given::is_given_name(&word.text));
    let may_slip = part == Part::Surname || known != [true, true];
    let light = part == Part::Surname || known != [false, false];
    (may_slip && is_slip(&a.text, &b.text, part, light)).then_some((0.75, "typo"))
}

/// Words of which at least one was read from a script of its own.
fn other_script(a: &Word, b: &Word, scripts: (Script, Script)) -> Option<(f64, &'static str)> {
    let (x, y) = (&a.text, &b.text);
    let same = match scripts {
        (Script::Consonants, _) | (_, Script::Consonants) => {
            let bones = sound::skeleton(x);
            let enough = bones.len() > 1 || (x.len() <= 4 && y.len() <= 4);
            enough && !bones.is_empty() && bones == sound::skeleton(y)
        }
        (Script::Hangul, _) | (_, Script::Hangul) => sound::korean(x) == sound::korean(y),
        _ => false,
    };
    same.then_some((0.8, "transliteration"))
}

/// A surname and its form for the other sex, and Scottish spellings.
fn surname_forms(a: &str, b: &str) -> bool {
    const ENDINGS: &[(&str, &str)] = &[
        ("ov", "ova"),
        ("ev", "eva"),
        ("in", "ina"),
        ("ski", "ska"),
        ("ski", "skaia"),
        ("ki", "ka"),
        ("os", "ou"),
        ("as", "a"),
    ];
    let pair = |a: &str, b: &str| {
        ENDINGS.iter().any(|(one, other)| {
            let (x, y) = (a.strip_suffix(one), b.strip_suffix(other));
            x.is_some_and(|stem| stem.len() >= 2 && y == Some(stem))
        })
    };
    let mute = |a: &str, b: &str| a.len() >= 4 && b.strip_suffix('e') == Some(a);
    let mac = |a: &str, b: &str| match (a.strip_prefix("mak"), b.strip_prefix("mk")) {
        (Some(x), Some(y)) => x.len() > 2 && x == y,
        _ => false,
    };
    [(a, b), (b, a)].iter().any(|(a, b)| pair(a, b) || mute(a, b) || mac(a, b))
}

/// Whether one is the other with a slip of the fingers: two letters swapped, or, with `all`, one left out, doubled or
/// taken for a similar vowel inside the word. A change that makes another name (first letter, ending, consonant) is
/// none.
fn is_slip(a: &str, b: &str, part: Part, all: bool) -> bool {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    if short.len() < 4
        || long.len() - short.len() > 1
        || short[0] != long[0]
        || damerau_levenshtein(a, b) != 1
    {
        return false;
    }
    let at = short.iter().zip(long).position(|(p, q)| p != q).unwrap_or(short.len());
    let is_vowel = |c: char| "aeiouy".contains(c);
    if short.len() == long.len() {
        let swapped =
            at + 1 < short.len() && short[at] == long[at + 1] && short[at + 1] == long[at];
        if swapped {
            return true;
        }
        let pair = (short[at].min(long[at]), short[at].max(long[at]));
        let similar = matches!(pair, ('a', 'e') | ('e', 'i') | ('i', 'y') | ('o', 'u'));
        let inside = at + 1 < short.len();
        let enough = if part == Part::Surname { 9 } else { 6 };
        return all && inside && short.len() >= enough && similar;
    }
    let added = long[at.min(long.len() - 1)];
    let inside = at + 1 < long.len();
    let light = is_vowel(added) || added == 'h';
    let enough = if light { 5 } else { 8 };
    all && inside && long.len() >= enough + if part == Part::Surname { 3 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_not_another_name() {
        for (a, b) in [("micheal", "michael"), ("elizbeth", "elizabeth"), ("alexader", "alexander")]
        {
            assert!(is_slip(a, b, Part::Given, true), "{a} {b}");
        }
        for (a, b) in [
            ("julia", "julian"),
            ("ramesh", "rakesh"),
            ("morris", "norris"),
            ("petersen", "peterson"),
            ("marina", "martina"),
            ("hart", "hard"),
        ] {
            assert!(!is_slip(a, b, Part::Surname, true), "{a} {b}");
        }
    }

    #[test]
    fn surnames_have_forms() {
        assert!(surname_forms("ivanov", "ivanova"));
        assert!(surname_forms("kovalski", "kovalska"));
        assert!(surname_forms("klark", "klarke"));
        assert!(!surname_forms("bianCi", "bianko"));
    }
}
