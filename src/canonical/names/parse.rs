//! A name as written -> lists of words to compare, without titles, credentials, taglines and signs.

use unicode_normalization::UnicodeNormalization;

use super::script::{self, Script};
use super::sound;
use crate::canonical::{is_credential, is_placeholder_person, is_pronouns, lists};

/// Titles before a name.
const TITLES: &str = "\
    dr dra doc doz prof profa professor mr mrs ms miss mx mister sir dame rev reverend rabbi imam \
    sheikh shaykh sheik haji hajj hon judge amb sen gov col lt capt captain cpt maj sgt cdr adm eng \
    engr ing ir mag dipl lic herr frau hr mme mlle monsieur madame dña doña sr sra srta señor señora \
    sig dott dottssa avv arq arch adv shri shree smt med univ mult msc bsc diplom dipling cand";
/// Titles only where a full stop follows.
const DOTTED_TITLES: &str =
    "fr gen major don phil rer nat jur habil h c oec iur theol vet dent pol sc";
/// Small words of a surname.
const PARTICLES: &str = "\
    de del della delle dello da das do dos di du des la las le les lo los van von vom zu zur zum \
    der den ter ten te el al ul as bin bint ibn ben abu af av y e und i";
/// First parts that belong to the next word.
const PREFIXES: &str = "abdul abdel abdal abdur abder abd";
/// Words before a former surname.
const FORMERLY: &str = "née nee né geb geboren geborene born formerly former fka f ex previously nata nato roz formerly: \
     z domu ros";

/// Marks within a word that say nothing.
const MARKS: [char; 5] = ['\'', '’', '‘', '`', '.'];
const HYPHENS: [char; 4] = ['-', '‐', '‑', '–'];

/// One way to read a name: words, the given name first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) words: Vec<Word>,
    /// What the form rests on beside the name itself: a former surname, a nickname in brackets.
    pub(super) note: Option<&'static str>,
    pub(super) script: Script,
    /// Whether the order was set by a comma or is that of the script: then the surname is last for sure.
    pub(super) is_ordered: bool,
}

/// One word of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Plain lower-case letters.
    pub(super) text: String,
    /// Its sound.
    pub(super) sound: String,
}

impl Word {
    fn new(text: String) -> Self {
        let sound = sound::sound(&text);
        Self { text, sound }
    }

    /// Whether it is a single letter.
    pub(super) fn is_initial(&self) -> bool {
        self.text.len() == 1
    }
}

/// A name taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    pub(super) forms: Vec<Form>,
    /// Senior 1, junior or second 2, third 3, fourth 4.
    pub(super) suffix: Option<u8>,
    pub(super) is_placeholder: bool,
}

impl Name {
    /// Takes a name apart.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if is_placeholder_person(text) || is_nobody(text) {
            return Self { is_placeholder: true, ..Self::default() };
        }
        let text: String = text.chars().filter(|c| !"®™©".contains(*c)).collect();
        let text: String = text.nfkc().collect();
        let text = without_tagline(&text);
        let (text, asides) = without_asides(text);
        let mut name = Self::default();
        let (mut words, is_ordered) = name.words(&text);
        let mut former = asides.former;
        if let Some(at) = words.iter().skip(1).position(|w| is_former(w)).map(|at| at + 1) {
            former.extend(words.split_off(at).into_iter().filter(|word| !is_former(word)));
        }
        if words.is_empty() {
            return name;
        }
        name.add_forms(&words, None, is_ordered);
        for word in &former {
            let mut with = words.clone();
            with.push(word.clone());
            name.add_forms(&with, Some("maiden"), is_ordered);
            if words.len() > 1 {
                with.remove(words.len() - 1);
                name.add_forms(&with, Some("maiden"), is_ordered);
            }
        }
        for aside in &asides.others {
            let inner: Vec<String> = aside.split_whitespace().map(str::to_owned).collect();
            let other_script = script::of(aside) != script::of(&text);
            if inner.len() > 1 || (other_script && script::of(aside) != Script::Full) {
                name.add_forms(&inner, Some("in-brackets"), false);
            } else if words.len() > 1 {
                let with: Vec<String> = inner.into_iter().chain(words[1..].to_vec()).collect();
                name.add_forms(&with, Some("in-brackets"), is_ordered);
            }
        }
        name
    }

    /// A name of plain words, the given name first: what an address spells.
    #[must_use]
    pub fn from_words(words: &[String]) -> Self {
        let mut name = Self::default();
        name.add(words.iter().map(|word| script::latin(word)).collect(), None, Script::Full, false);
        name
    }

    /// Splits into words in the order given name, surname; takes titles, credentials and suffixes off.
    fn words(&mut self, text: &str) -> (Vec<String>, bool) {
        let shouted = !text.chars().any(char::is_lowercase);
        let mut parts: Vec<Vec<String>> = Vec::new();
        for part in text.split([',', '،', '、']) {
            let mut words = split(part);
            self.take_suffix(&mut words, parts.is_empty());
            // After a comma credentials and more: "Ek, PhD, Head of X".
            let credentials = !parts.is_empty() && words.iter().all(|word| is_credential(word));
            if !(words.is_empty() || credentials) {
                parts.push(words);
            }
        }
        let mut parts = parts.into_iter();
        let mut words = parts.next().unwrap_or_default();
        if !shouted {
            let is_degree = |w: &String| is_credential(w) && capitals(w) >= 2;
            while words.len() > 2 && words.last().is_some_and(is_degree) {
                words.pop();
            }
        }
        strip_titles(&mut words);
        let second = parts.next().map(|mut given| {
            strip_titles(&mut given);
            given
        });
        let is_ordered = match second {
            // "Surname, Given", but not "Given Surname, Head of Sales".
            Some(given) if (1..=3).contains(&given.len()) && words.len() <= 3 => {
                let surname = std::mem::replace(&mut words, given);
                words.extend(surname);
                true
            }
            _ => false,
        };
        (words, is_ordered)
    }

    fn take_suffix(&mut self, words: &mut Vec<String>, keeps_one: bool) {
        while words.len() > usize::from(keeps_one) {
            let Some(rank) = words.last().and_then(|word| suffix(word)) else { break };
            self.suffix = Some(rank);
            words.pop();
        }
    }

    /// Adds the readings of a list of words: particles dropped or glued on, hyphens split or joined.
    fn add_forms(&mut self, words: &[String], note: Option<&'static str>, is_ordered: bool) {
        let text = words.join(" ");
        let script = script::of(&text);
        let native = match script {
            Script::Han => script::han(&text),
            Script::Hangul => script::hangul(&text),
            Script::Full | Script::Consonants => {
                const WAYS: [(bool, bool); 4] =
                    [(false, false), (true, false), (false, true), (true, true)];
                // Most names have neither hyphens nor particles: there is one way to read them.
                let ways =
                    if words.iter().all(|word| is_simple(word)) { &WAYS[..1] } else { &WAYS };
                for (glued, joined) in ways.iter().copied() {
                    self.add(plain_words(words, glued, joined), note, script, is_ordered);
                }
                return;
            }
        };
        for words in native {
            self.add(words, note, script, true);
        }
    }

    fn add(
        &mut self,
        words: Vec<String>,
        note: Option<&'static str>,
        script: Script,
        is_ordered: bool,
    ) {
        let words: Vec<Word> =
            words.into_iter().filter(|word| !word.is_empty()).map(Word::new).collect();
        let form = Form { words, note, script, is_ordered };
        let is_known = self.forms.iter().any(|known| known.words == form.words);
        if !form.words.is_empty() && !is_known && self.forms.len() < 12 {
            self.forms.push(form);
        }
    }

    /// The words of the first reading, plain and lower-case.
    #[must_use]
    pub fn plain_words(&self) -> Vec<&str> {
        self.forms.first().map_or_else(Vec::new, |form| {
            form.words.iter().map(|word| word.text.as_str()).collect()
        })
    }

    /// Keys such that two names that may be one person's share one, for most spellings: a surname's sound with a
    /// first name's first letter or row of the table of first names.
    #[must_use]
    pub fn blocks(&self) -> Vec<u64> {
        let mut keys = Vec::new();
        for form in self.forms.iter().take(6) {
            let Some((first, others)) = form.words.split_first() else { continue };
            if others.is_empty() {
                continue;
            }
            let last = &others[others.len() - 1];
            let pairs = others.iter().map(|surname| (first, surname)).chain([(last, first)]);
            for (given, surname) in pairs.filter(|(_, surname)| !surname.is_initial()) {
                let initial = given.sound.get(..1).unwrap_or("?");
                keys.push(block_key(&[&surname.sound, initial]));
                if !given.is_initial() {
                    let rows = super::given::rows(&given.text);
                    keys.extend(rows.map(|row| block_key(&[&surname.sound, &row.to_string()])));
                }
            }
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// A number for a list of texts, the same on every machine (FNV-1a): for sorting people into blocks.
#[must_use]
pub fn block_key(parts: &[&str]) -> u64 {
    parts
        .iter()
        .flat_map(|part| part.bytes().chain([0]))
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

/// Whether every word says that no name is given: "Deleted User", "Unknown", "N/A".
fn is_nobody(text: &str) -> bool {
    const WORDS: &str = "\
        linkedin facebook member members user users unknown anonymous anonym deleted removed former private hidden \
        guest account profile contact person test admin na n a none null nobody undefined unnamed noname no name the \
        mitglied membre miembro membro medlem lid utente usuario utilisateur nutzer benutzer gebruiker anonyme anonimo \
        inconnu desconocido unbekannt sconosciuto x xx xxx tbd";
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let all = words.clone().all(|word| lists(WORDS, word));
    // Initials alone are somebody's.
    all && words.any(|word| word.chars().count() > 1)
}

/// What stood in brackets or quotes.
#[derive(Default)]
struct Asides {
    former: Vec<String>,
    others: Vec<String>,
}

/// Cuts what follows a bar, a bullet or a dash with spaces around it, unless nothing is left before it.
fn without_tagline(text: &str) -> &str {
    let cuts = ["|", "•", "·", " - ", " – ", " — ", " @", "//", " / "];
    let cut = cuts.iter().filter_map(|mark| text.find(mark)).min();
    match cut {
        Some(at) if text[..at].chars().any(char::is_alphabetic) => &text[..at],
        _ => text,
    }
}

/// Takes out what stands in brackets or double quotes.
fn without_asides(text: &str) -> (String, Asides) {
    let mut kept = String::new();
    let mut asides = Asides::default();
    let mut rest = text;
    while let Some(at) = rest.find(['(', '[', '"', '“', '«', '„', '‘']) {
        let open = rest[at..].chars().next().unwrap_or('(');
        let after = &rest[at + open.len_utf8()..];
        let close: &[char] = match open {
            '(' => &[')'],
            '[' => &[']'],
            '«' => &['»'],
            '‘' => &['’'],
            _ => &['"', '”', '“'],
        };
        let Some(end) = after.find(close) else { break };
        let inside = after[..end].trim();
        kept.push_str(&rest[..at]);
        kept.push(' ');
        sort_aside(inside, &mut asides);
        let closing = after[end..].chars().next().map_or(0, char::len_utf8);
        rest = &after[end + closing..];
    }
    kept.push_str(rest);
    (kept, asides)
}

fn sort_aside(inside: &str, asides: &mut Asides) {
    let words = split(inside);
    let is_noise = words.is_empty()
        || words.len() > 3
        || is_pronouns(inside)
        || inside.chars().any(char::is_numeric)
        || words.iter().all(|word| is_credential(word));
    if is_noise {
        return;
    }
    if is_former(&words[0]) {
        asides.former.extend(words.into_iter().skip(1).filter(|word| !is_former(word)));
    } else {
        // A surname in brackets may be a former one, any other word a name one goes by.
        if words.len() == 1 && !super::is_given_name(&script::latin(&words[0])) {
            asides.former.extend(words.iter().cloned());
        }
        asides.others.push(words.join(" "));
    }
}

fn is_former(word: &str) -> bool {
    lists(FORMERLY, &word.to_lowercase().replace(['.', ':'], "")) && word.to_lowercase() != "z"
}

/// Words of letters; initials without a space between ("J.R.") come apart.
fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let pieces: Vec<&str> = word.split('.').filter(|piece| !piece.is_empty()).collect();
        let initials = pieces.len() > 1 && pieces.iter().all(|piece| piece.chars().count() == 1);
        // "J.R." before a name; "M.D." after one is a degree.
        if initials && (words.is_empty() || !is_credential(word)) {
            words.extend(pieces.into_iter().map(str::to_owned));
        } else if word.chars().any(char::is_alphanumeric) {
            words.push(word.to_owned());
        }
    }
    words
}

fn strip_titles(words: &mut Vec<String>) {
    let mut cut = 0;
    for word in words.iter() {
        let bare: String = word.to_lowercase().chars().filter(|c| !".-".contains(*c)).collect();
        let is_title = lists(TITLES, &bare) || (word.ends_with('.') && lists(DOTTED_TITLES, &bare));
        if !is_title || (cut == 0 && bare.chars().count() == 1) {
            break;
        }
        cut += 1;
    }
    if cut < words.len() {
        words.drain(..cut);
    }
}

fn capitals(word: &str) -> usize {
    word.chars().filter(|c| c.is_uppercase()).count()
}

/// The rank among namesakes of one family.
fn suffix(word: &str) -> Option<u8> {
    let bare: String = word.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    match bare.as_str() {
        "sr" | "senior" => Some(1),
        "jr" | "junior" | "júnior" | "ii" | "2nd" => Some(2),
        "iii" | "3rd" => Some(3),
        "iv" | "4th" => Some(4),
        _ => None,
    }
}

/// Whether a word is read the same however particles and hyphens are.
fn is_simple(word: &str) -> bool {
    !word.contains(HYPHENS) && {
        let plain = script::latin(&word.replace(MARKS, ""));
        !is_particle(&plain) && !lists(PREFIXES, &plain)
    }
}

/// The words in plain letters; particles inside are dropped or glued to the word they belong to.
fn plain_words(words: &[String], glued: bool, joined: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut before = String::new();
    let pieces: Vec<String> = words
        .iter()
        .flat_map(|word| {
            let word = word.replace(MARKS, "");
            // Particles on a hyphen ("El-Sayed") come apart whatever is done with other hyphens.
            let leads = word.split(HYPHENS).next().is_some_and(is_particle);
            if joined && !leads {
                vec![word.replace(HYPHENS, "")]
            } else {
                word.split(HYPHENS).map(str::to_owned).collect()
            }
        })
        .map(|word| script::latin(&word))
        .filter(|word| !word.is_empty())
        .collect();
    let last = pieces.len().saturating_sub(1);
    for (at, word) in pieces.into_iter().enumerate() {
        let is_inside = at < last;
        if is_inside && at > 0 && is_particle(&word) {
            if glued {
                before.push_str(&word);
            }
        } else if is_inside && glued && lists(PREFIXES, &word) {
            before.push_str(&word);
        } else {
            out.push(std::mem::take(&mut before) + &word);
        }
    }
    out
}

fn is_particle(word: &str) -> bool {
    lists(PARTICLES, &word.to_lowercase())
}
