//! Two companies' names: the same, possibly the same, or two.

use strsim::damerau_levenshtein;

use super::super::lane::Verdict;
use super::super::{is_given_name, lists as in_list};
use super::words::{self, Parts};
use super::{lists, plain_key};

/// Words that a company may add to its name and stay itself.
const LIGHT: &str = "\
    group groupe grupo gruppe gruppo gruppen holding holdings systems technologies technology solutions platforms \
    institute international intl global worldwide enterprises industries companies corporate hq headquarters official \
    com io ai org net team konzern koncern consulting networks scientific pharmaceuticals laboratories stores coffee \
    hotels foods brands communications motors motor market markets pharma pharmaceutical";
/// Groups whose units are run as companies of their own: one word more makes another company.
const CONGLOMERATES: &str = "\
    tata siemens ge samsung hitachi mitsubishi reliance mahindra virgin hyundai lg toshiba sumitomo mitsui bajaj birla \
    godrej adani amazon google alphabet microsoft apple sony oracle bosch volvo rolls shell thomson koch";
/// Words that may stand before a name.
const LEADING: &str = "\
    grupo groupe gruppo group banco banca banque bank koninklijke royal compagnie cia maison casa deutsche nippon firma";
/// Institutions of which every town has one.
const LOCAL: &str = "\
    hospital clinic school church police court museum library city county council ministry government bank academy \
    institute college";
/// Words that name a trade and no company.
const GENERIC: &str = "\
    bank air plan first national royal new general global international university hospital city state united american \
    european british german central capital health care insurance energy power motor motors media news school college \
    sun star bright institute center centre group company consulting partners services solutions systems technology technologies \
    foundation ministry department government the and of for de la north south east west great big blue red green";

/// Whether two companies' names may be one company's.
///
/// The same key is *certain*; acronyms, a place or a light word more ("Group", "Systems"), a founder's first name, a
/// space more or less and slips of the fingers are *ask*; any other word more makes another company.
///
/// ```
/// use weaktie::canonical::{Lane, compare_companies};
/// assert_eq!(compare_companies("Corwick Mills GmbH", "CORWICK MILLS").lane, Lane::Certain);
/// assert_eq!(compare_companies("Northolm Water Works", "NWW").lane, Lane::Ask);
/// assert_eq!(compare_companies("Corwick", "Corwick Bank").lane, Lane::Different);
/// ```
#[must_use]
pub fn compare_companies(a: &str, b: &str) -> Verdict {
    if super::is_placeholder_company(a) || super::is_placeholder_company(b) {
        return Verdict::different(0.0, "placeholder");
    }
    let (left, right) = (words::take_apart(a), words::take_apart(b));
    let (one, other) = (super::company(a), super::company(b));
    if one.is_empty() || other.is_empty() {
        return Verdict::different(0.0, "no-name");
    }
    if one == other {
        let plain = |parts: &Parts| {
            parts.words.iter().map(|word| word.text.clone()).collect::<Vec<_>>().join(" ")
        };
        return Verdict::certain(if plain(&left) == plain(&right) {
            "same-name"
        } else {
            "same-key"
        });
    }
    if named_beside(&left, &other) || named_beside(&right, &one) {
        return Verdict::ask(0.9, "in-brackets");
    }
    let (words, others): (Vec<&str>, Vec<&str>) =
        (one.split(' ').collect(), other.split(' ').collect());
    if words.concat() == others.concat() {
        return Verdict::ask(0.95, "spacing");
    }
    if without_and(&words) == without_and(&others) {
        return Verdict::ask(0.9, "spacing");
    }
    if without_umlauts(&words.concat()) == without_umlauts(&others.concat()) {
        return Verdict::ask(0.92, "spelling");
    }
    if numbers(&one) != numbers(&other) {
        return Verdict::different(0.2, "numbers-differ");
    }
    // A well-known name's own letters may be another company's: look at what is written, too.
    let (bare_one, bare_other) = (bare(&left), bare(&right));
    let pairs = [(&one, &other), (&bare_one, &bare_other)];
    if pairs.iter().any(|(a, b)| is_acronym(a, b) || is_acronym(b, a)) {
        return Verdict::ask(0.75, "acronym");
    }
    if sounds_alike(&bare_one, &bare_other) {
        return Verdict::ask(0.85, "transliteration");
    }
    if has_acronym_head(&words, &others) || has_acronym_head(&others, &words) {
        return Verdict::ask(0.75, "acronym");
    }
    let is_school = |words: &[&str]| {
        words.iter().any(|word| ["university", "polytechnic", "college"].contains(word))
    };
    if is_school(&words) || is_school(&others) {
        let foreign = [&left, &right].iter().any(|parts| super::schools::is_foreign(&parts.words));
        return schools(&words, &others, foreign);
    }
    let (short, long) =
        if words.len() <= others.len() { (&words, &others) } else { (&others, &words) };
    more_words(short, long)
        .or_else(|| slip(&words, &others))
        .unwrap_or(Verdict::different(0.2, "names-differ"))
}

/// The words as written, without legal forms.
fn bare(parts: &Parts) -> String {
    let mut words = parts.words.clone();
    lists::strip_forms(&mut words);
    words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}

/// One name in two scripts: the same sounds once both are in Latin letters.
fn sounds_alike(a: &str, b: &str) -> bool {
    let other_script = |text: &str| text.chars().any(|c| c.is_alphabetic() && u32::from(c) > 0x36f);
    let sound = |text: &str| super::super::names::sound_of(text);
    (other_script(a) != other_script(b)) && !sound(a).is_empty() && sound(a) == sound(b)
}

/// Whether a key is a well-known company's.
pub(super) fn is_known(key: &str) -> bool {
    lists::chief_name(key).is_some()
}

/// Whether what stands in brackets, or an earlier name, is the other company.
fn named_beside(parts: &Parts, key: &str) -> bool {
    let bare = plain_key(parts.words.clone());
    let keys = |names: &[String]| -> Vec<String> {
        names.iter().map(|name| plain_key(words::split(name))).collect()
    };
    // A parent in brackets is another company; initials and their words are the same one.
    let is_short = |aside: &String| is_acronym(aside, &bare) || is_acronym(&bare, aside);
    let asides = keys(&parts.asides);
    keys(&parts.former).iter().any(|name| name == key)
        || asides.iter().any(|aside| is_short(aside) && (aside == key || bare == *key))
}

/// Whether a word is made of the first letters of a company's key: with or without its small words.
///
/// ```
/// use weaktie::canonical::is_acronym;
/// assert!(is_acronym("nww", "northolm water works"));
/// ```
#[must_use]
pub fn is_acronym(short: &str, long: &str) -> bool {
    const SMALL: &str = "and of the for de la du des der die das fur et y e";
    let short: String = short.split(' ').collect();
    let count = short.chars().count();
    let words: Vec<&str> = long.split(' ').collect();
    if !(2..=7).contains(&count) || words.len() < 2 {
        return false;
    }
    let initials = |skip: &str| -> String {
        let kept = words.iter().filter(|word| !in_list(skip, word));
        kept.filter_map(|word| word.chars().next()).collect()
    };
    let with_and: String = words
        .iter()
        .filter_map(|word| if *word == "and" { Some("and") } else { word.get(..1) })
        .collect();
    [initials(""), initials("and"), initials(SMALL), with_and].contains(&short)
}

/// The first word of the one stands for the first words of the other, the rest is the same: "TU Berlin".
fn has_acronym_head(short: &[&str], long: &[&str]) -> bool {
    let [head, rest @ ..] = short else { return false };
    let split = long.len().saturating_sub(rest.len());
    !rest.is_empty()
        && split > 1
        && head.chars().count() <= 5
        && long[split..] == *rest
        && is_acronym(head, &long[..split].join(" "))
}

/// One name is the other with words more.
fn more_words(short: &[&str], long: &[&str]) -> Option<Verdict> {
    if short.len() == long.len() || short.iter().all(|word| in_list(GENERIC, word)) {
        return None;
    }
    if let Some(tail) = long.strip_prefix(short) {
        if lists::is_place(lists::without_preposition(tail)) {
            // Where its place is what tells an institution from others of its name, another place is another one.
            let is_local = short.iter().any(|word| in_list(LOCAL, word));
            return (!is_local).then_some(Verdict::ask(0.8, "place"));
        }
        let unit = short.len() == 1 && in_list(CONGLOMERATES, short[0]);
        let is_group = ["group", "groupe", "gruppe", "holding", "holdings"].contains(&tail[0]);
        let is_site = ["com", "io", "net", "org"].contains(&tail[0]);
        let is_light = in_list(LIGHT, tail[0]) && (!unit || is_group || is_site);
        if (tail.len() == 1 && is_light) || tail == ["group", "of", "companies"] {
            return Some(Verdict::ask(0.65, "light-word"));
        }
        let mut words: Vec<words::Word> = long
            .iter()
            .map(|text| words::Word { text: (*text).to_owned(), is_marked: true })
            .collect();
        lists::strip_forms(&mut words);
        if words.len() == short.len() {
            return Some(Verdict::ask(0.7, "legal-form"));
        }
    }
    let head = long.strip_suffix(short)?;
    match head {
        [word] if in_list(LEADING, word) => Some(Verdict::ask(0.65, "light-word")),
        [word] if (is_given_name(word) || word.len() == 1) && short.len() == 1 => {
            Some(Verdict::ask(0.6, "founder"))
        }
        _ => None,
    }
}

/// Universities: the same words in another order, if more than a place tells them apart from others or one of the two
/// is written in another language than English, which has an order of its own.
fn schools(a: &[&str], b: &[&str], is_foreign: bool) -> Verdict {
    let sorted = |words: &[&str]| {
        let mut words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        words.sort_unstable();
        words
    };
    if (a.len() > 2 || is_foreign) && sorted(a) == sorted(b) {
        return Verdict::ask(0.85, "order");
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    // "Imperial College" and "Imperial College London", "Harvard" and "Harvard University".
    if let Some(tail) = long.strip_prefix(short) {
        let is_named = short.len() > 1 && !short.contains(&"university") && lists::is_place(tail);
        let is_short = short.len() == 1 && tail == ["university"] && !lists::is_place(short);
        if is_named || is_short {
            return Verdict::ask(0.7, "place");
        }
    }
    slip(a, b).unwrap_or(Verdict::different(0.2, "names-differ"))
}

/// One word of the name has a slip of the fingers: two letters swapped, or one too many, too few or wrong in a long
/// word.
fn slip(one: &[&str], other: &[&str]) -> Option<Verdict> {
    if one.len() != other.len() {
        return None;
    }
    let mut apart = one.iter().zip(other).filter(|(x, y)| x != y);
    let (x, y) = apart.next()?;
    let first = |word: &str| word.chars().next();
    if apart.next().is_some() || first(x) != first(y) || damerau_levenshtein(x, y) != 1 {
        return None;
    }
    let (p, q) = (x.chars().count(), y.chars().count());
    let swapped = p == q && {
        let mut letters: (Vec<char>, Vec<char>) = (x.chars().collect(), y.chars().collect());
        letters.0.sort_unstable();
        letters.1.sort_unstable();
        letters.0 == letters.1
    };
    let plural = x.strip_suffix('s') == Some(y) || y.strip_suffix('s') == Some(x);
    let enough = match (swapped, plural) {
        (true, _) => 5,
        (_, true) => 4,
        _ if p == q => 7,
        _ => 6,
    };
    (p.max(q) >= enough).then_some(Verdict::ask(0.8, "typo"))
}

fn without_and(words: &[&str]) -> String {
    words.iter().filter(|word| **word != "and").copied().collect()
}

fn without_umlauts(text: &str) -> String {
    text.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

fn numbers(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_numeric())
        .filter(|digits| !digits.is_empty())
        .map(str::to_owned)
        .collect()
}
