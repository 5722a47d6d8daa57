//! Names in other scripts as Latin words: Cyrillic and Greek letter by letter, Korean by syllable, Chinese and
//! Japanese by the usual reading, the rest by their consonants.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use deunicode::deunicode;

/// The script of a name, as far as comparing has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Script {
    /// Latin, Cyrillic, Greek: every sound is written.
    #[default]
    Full,
    /// Chinese characters, with or without kana.
    Han,
    /// Hangul.
    Hangul,
    /// Scripts that leave vowels out or that are romanised in many ways.
    Consonants,
}

/// The script most telling of a text.
pub(super) fn of(text: &str) -> Script {
    let mut script = Script::Full;
    for c in text.chars() {
        match u32::from(c) {
            0x4e00..=0x9fff | 0x3400..=0x4dbf => return Script::Han,
            0xac00..=0xd7a3 => return Script::Hangul,
            0x0590..=0x08ff
            | 0x0900..=0x0dff
            | 0x0e00..=0x0eff
            | 0x10a0..=0x10ff
            | 0x0530..=0x058f
            | 0x1200..=0x137f => script = Script::Consonants,
            _ => {}
        }
    }
    script
}

/// A word in plain lower-case Latin letters and digits.
pub(super) fn latin(word: &str) -> String {
    let greek: String = if word.chars().any(|c| ('\u{370}'..='\u{3ff}').contains(&c)) {
        greek(&word.to_lowercase())
    } else {
        word.to_owned()
    };
    let plain = deunicode(&greek);
    plain.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Greek as it is pronounced: `η` is `i`, `χ` is `ch`, `ου` is `ou`.
fn greek(word: &str) -> String {
    let plain: String = word
        .chars()
        .map(|c| match c {
            'ά' => 'α',
            'έ' => 'ε',
            'ή' => 'η',
            'ί' | 'ϊ' | 'ΐ' => 'ι',
            'ό' => 'ο',
            'ύ' | 'ϋ' | 'ΰ' => 'υ',
            'ώ' => 'ω',
            'ς' => 'σ',
            c => c,
        })
        .collect();
    let mut out = plain;
    for (from, to) in [
        ("ου", "ou"),
        ("αυ", "av"),
        ("ευ", "ev"),
        ("αι", "e"),
        ("ει", "i"),
        ("οι", "i"),
        ("γγ", "ng"),
        ("γκ", "gk"),
        ("μπ", "b"),
        ("ντ", "nt"),
        ("η", "i"),
        ("υ", "y"),
        ("χ", "ch"),
        ("θ", "th"),
        ("ψ", "ps"),
        ("ξ", "x"),
        ("φ", "f"),
        ("β", "v"),
        ("ω", "o"),
    ] {
        out = out.replace(from, to);
    }
    out
}

/// Chinese surnames of two characters.
const TWO_CHARACTERS: &str =
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 皇甫 令狐 尉迟 公孙 公孫 慕容 司徒 夏侯";

/// The readings of a name in Chinese characters as lists of words, the given name first.
pub(super) fn han(text: &str) -> Vec<Vec<String>> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.len() < 2 {
        return vec![vec![latin(text)]];
    }
    let part = |range: &[char]| range.iter().collect::<String>();
    let mut found = Vec::new();
    let surname =
        if TWO_CHARACTERS.split(' ').any(|two| part(&letters[..2]) == two) { 2 } else { 1 };
    if letters.len() > surname {
        let read = |range: &[char]| latin(&part(range));
        found.push(vec![read(&letters[surname..]), read(&letters[..surname])]);
    }
    for split in 1..letters.len() {
        let (family, given) = (part(&letters[..split]), part(&letters[split..]));
        for family in readings(&family) {
            for given in readings(&given) {
                found.push(vec![given.clone(), family.clone()]);
            }
        }
    }
    found
}

/// The usual Japanese readings of a name; kana reads itself.
fn readings(name: &str) -> Vec<String> {
    static TABLE: OnceLock<BTreeMap<&str, Vec<&str>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let text = include_str!("../../../data/names/readings.txt");
        let rows = text.lines().filter(|line| !line.starts_with('#'));
        rows.filter_map(|row| row.split_once(' '))
            .map(|(name, read)| (name, read.split(' ').collect()))
            .collect()
    });
    if name.chars().all(|c| ('\u{3040}'..='\u{30ff}').contains(&c)) {
        return vec![latin(name)];
    }
    table.get(name).map_or_else(Vec::new, |read| read.iter().map(|&r| r.to_owned()).collect())
}

const INITIALS: [&str; 19] = [
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
];
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "l", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
];
/// Surnames that are written otherwise than they are romanised by rule.
const KOREAN_SURNAMES: &[(&str, &[&str])] = &[
    ("i", &["lee", "yi", "rhee"]),
    ("bak", &["park"]),
    ("o", &["oh"]),
    ("u", &["woo"]),
    ("im", &["lim", "rim"]),
    ("yu", &["ryu", "yoo"]),
    ("no", &["noh", "roh"]),
    ("na", &["ra"]),
    ("baek", &["paik"]),
    ("heo", &["hur"]),
];
const KOREAN_TWO: &str = "남궁 황보 제갈 선우 독고 사공";

/// The readings of a name in Hangul, the given name first.
pub(super) fn hangul(text: &str) -> Vec<Vec<String>> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let head: String = letters.iter().take(2).collect();
    // "민준 이" is written the western way round.
    let western = text.split_whitespace().count() == 2
        && text.split_whitespace().next_back().is_some_and(|word| word.chars().count() == 1)
        && letters.len() > 2;
    let split = if KOREAN_TWO.split(' ').any(|two| two == head) { 2 } else { 1 };
    if letters.len() <= split {
        return vec![vec![syllables(&letters)]];
    }
    let (family, given) = if western {
        (&letters[letters.len() - 1..], &letters[..letters.len() - 1])
    } else {
        (&letters[..split], &letters[split..])
    };
    let (family, given) = (syllables(family), syllables(given));
    let other = KOREAN_SURNAMES.iter().find(|(name, _)| *name == family).map(|(_, other)| *other);
    let others = other.unwrap_or_default().iter().map(|&name| name.to_owned());
    std::iter::once(family).chain(others).map(|family| vec![given.clone(), family]).collect()
}

fn syllables(letters: &[char]) -> String {
    let mut out = String::new();
    for c in letters {
        let Some(code) = u32::from(*c).checked_sub(0xac00).filter(|code| *code < 11_172) else {
            out.push_str(&latin(&c.to_string()));
            continue;
        };
        let code = code as usize;
        out.push_str(INITIALS[code / 588]);
        out.push_str(VOWELS[code % 588 / 28]);
        out.push_str(FINALS[code % 28]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_read_as_their_people_write_them() {
        assert_eq!(latin("Ευαγγελία"), "evangelia");
        assert_eq!(latin("Χρήστος"), "christos");
        assert_eq!(latin("Дмитрий"), "dmitrii");
        assert_eq!(latin("Łukasz"), "lukasz");
        assert_eq!(hangul("박서연"), [["seoyeon", "bak"], ["seoyeon", "park"]]);
        assert_eq!(hangul("민준 이")[1], ["minjun", "lee"]);
        assert!(han("鈴木健太").contains(&vec!["kenta".to_owned(), "suzuki".to_owned()]));
        assert!(han("欧阳明").contains(&vec!["ming".to_owned(), "ouyang".to_owned()]));
    }
}
