//! Two companies' names: the same, possibly the same, or two.

use strsim::damerau_levenshtein;

use super::super::lane::Verdict;
use super::super::{is_given_name, lists as in_list};
use super::words::{self, Parts};
use super::{key_of, lists, plain_key};

/// Words that a company may add to its name and stay itself.
const LIGHT: &str = "\
    group groupe grupo gruppe gruppo gruppen holding holdings systems technologies technology solutions platforms \
    institute international intl global worldwide enterprises industries companies corporate hq headquarters official \
    com io ai org net team konzern koncern digital consulting";
/// Words that may stand before a name.
const LEADING: &str =
    "grupo groupe gruppo group banco banca banque bank koninklijke royal compagnie cia maison casa";
/// Words that name a trade and no company.
const GENERIC: &str = "\
    bank air plan first national royal new general global international university hospital city state united american \
    european british german central capital health care insurance energy power motor motors media news school college \
    institute center centre group company consulting partners services solutions systems technology technologies \
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
    let (x, y) = (words::take_apart(a), words::take_apart(b));
    let (one, other) = (super::company(a), super::company(b));
    if one.is_empty() || other.is_empty() {
        return Verdict::different(0.0, "no-name");
    }
    if one == other {
        let plain = |parts: &Parts| {
            parts.words.iter().map(|word| word.text.clone()).collect::<Vec<_>>().join(" ")
        };
        return Verdict::certain(if plain(&x) == plain(&y) { "same-name" } else { "same-key" });
    }
    if named_beside(&x, &other) || named_beside(&y, &one) {
        return Verdict::ask(0.9, "in-brackets");
    }
    let (p, q): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    if p.concat() == q.concat() {
        return Verdict::ask(0.95, "spacing");
    }
    if without_umlauts(&p.concat()) == without_umlauts(&q.concat()) {
        return Verdict::ask(0.92, "spelling");
    }
    if numbers(&one) != numbers(&other) {
        return Verdict::different(0.2, "numbers-differ");
    }
    if is_acronym(&one, &other) || is_acronym(&other, &one) {
        return Verdict::ask(0.75, "acronym");
    }
    let is_school = |words: &[&str]| {
        words.iter().any(|word| ["university", "polytechnic", "college"].contains(word))
    };
    if is_school(&p) || is_school(&q) {
        return schools(&p, &q);
    }
    let (short, long) = if p.len() <= q.len() { (&p, &q) } else { (&q, &p) };
    more_words(short, long)
        .or_else(|| slip(&p, &q))
        .unwrap_or(Verdict::different(0.2, "names-differ"))
}

/// Whether a key is a well-known company's.
pub(super) fn is_known(key: &str) -> bool {
    lists::chief_name(key).is_some()
}

/// Whether what stands in brackets, or an earlier name, is the other company.
fn named_beside(parts: &Parts, key: &str) -> bool {
    let beside = parts.asides.iter().chain(&parts.former);
    beside.map(|name| plain_key(words::split(name))).any(|name| name == *key)
        || (!parts.asides.is_empty()
            && plain_key(parts.words.clone()) == *key
            && key_of(parts) != *key
            && parts.asides.iter().all(|aside| aside.len() <= 6 && aside.to_uppercase() == *aside))
}

/// Whether a word is made of the first letters of a name: with or without its small words and legal form.
pub(super) fn is_acronym(short: &str, long: &str) -> bool {
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
    const SMALL: &str = "and of the for de la du des der die das fur et y e";
    [initials(""), initials("and"), initials(SMALL), with_and].iter().any(|known| *known == short)
}

/// One name is the other with words more.
fn more_words(short: &[&str], long: &[&str]) -> Option<Verdict> {
    if short.len() == long.len() || short.iter().all(|word| in_list(GENERIC, word)) {
        return None;
    }
    if let Some(tail) = long.strip_prefix(short) {
        let place = match tail {
            ["in", place @ ..] => place,
            place => place,
        };
        if lists::is_place(place) {
            return Some(Verdict::ask(0.8, "place"));
        }
        if tail.len() == 1 && in_list(LIGHT, tail[0]) {
            return Some(Verdict::ask(0.65, "light-word"));
        }
    }
    let head = long.strip_suffix(short)?;
    match head {
        [word] if in_list(LEADING, word) => Some(Verdict::ask(0.65, "light-word")),
        [word] if is_given_name(word) && short.len() == 1 => Some(Verdict::ask(0.6, "founder")),
        _ => None,
    }
}

/// Universities: the same words in another order, if more than a place tells them apart from others.
fn schools(a: &[&str], b: &[&str]) -> Verdict {
    let sorted = |words: &[&str]| {
        let mut words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        words.sort_unstable();
        words
    };
    if a.len() > 2 && sorted(a) == sorted(b) {
        return Verdict::ask(0.85, "order");
    }
    slip(a, b).unwrap_or(Verdict::different(0.2, "names-differ"))
}

/// One word of the name has a slip of the fingers: two letters swapped, or one too many, too few or wrong in a long
/// word.
fn slip(a: &[&str], b: &[&str]) -> Option<Verdict> {
    if a.len() != b.len() {
        return None;
    }
    let mut apart = a.iter().zip(b).filter(|(x, y)| x != y);
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
    let enough = if swapped {
        5
    } else if p == q {
        8
    } else {
        6
    };
    (p.max(q) >= enough).then_some(Verdict::ask(0.8, "typo"))
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
