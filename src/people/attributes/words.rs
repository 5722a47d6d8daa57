//! Text to word tokens.
//!
//! Case, width, diacritics, quotes and gender forms are folded the same way for lists and input,
//! so a list holds one spelling. Chinese, Japanese and Korean characters are one token each.

#[expect(clippy::disallowed_types, reason = "lookups only")]
use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::FixedState;
use unicode_normalization::UnicodeNormalization;

/// Words that carry no meaning for a phrase, dropped from lists and input alike.
const PARTICLES: &[&str] = &[
    "a", "an", "da", "das", "de", "dei", "del", "dell", "della", "dello", "degli", "dem", "den",
    "der", "des", "di", "die", "do", "dos", "du", "d", "el", "het", "il", "l", "la", "las", "le",
    "les", "lo", "los", "the", "van",
];

/// One-word abbreviations and what they stand for.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("acct", "accounting"),
    ("adm", "admin"),
    ("agm", "assistant general manager"),
    ("asoc", "associate"),
    ("assoc", "associate"),
    ("asst", "assistant"),
    ("avp", "assistant vice president"),
    ("bdr", "business development representative"),
    ("chartered", ""),
    ("comms", "communications"),
    ("coord", "coordinator"),
    ("csm", "customer success manager"),
    ("cybersec", "cybersecurity"),
    ("dept", "department"),
    ("dev", "developer"),
    ("dgm", "deputy general manager"),
    ("dir", "director"),
    ("ea", "executive assistant"),
    ("eng", "engineer"),
    ("engg", "engineering"),
    ("engr", "engineer"),
    ("evp", "executive vice president"),
    ("exec", "executive"),
    ("fte", ""),
    ("gov", "government"),
    ("hrbp", "hr business partner"),
    ("intl", "international"),
    ("jnr", "junior"),
    ("jr", "junior"),
    ("kam", "key account manager"),
    ("mfg", "manufacturing"),
    ("mgmt", "management"),
    ("mgr", "manager"),
    ("mktg", "marketing"),
    ("mngr", "manager"),
    ("ops", "operations"),
    ("pa", "personal assistant"),
    ("pm", "project manager"),
    ("pmm", "product marketing manager"),
    ("prof", "professor"),
    ("rep", "representative"),
    ("reps", "representative"),
    ("sdr", "sales development representative"),
    ("snr", "senior"),
    ("spec", "specialist"),
    ("sr", "senior"),
    ("svp", "senior vice president"),
    ("swe", "software engineer"),
    ("sysadmin", "system administrator"),
    ("tpm", "technical program manager"),
    ("vp", "vice president"),
];

/// What short words stand for; nothing for those that carry no meaning.
#[expect(clippy::disallowed_types, reason = "lookups only")]
fn shorthand() -> &'static HashMap<&'static str, &'static str, FixedState> {
    static WORDS: OnceLock<HashMap<&'static str, &'static str, FixedState>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let particles = PARTICLES.iter().map(|word| (*word, ""));
        particles.chain(ABBREVIATIONS.iter().copied()).collect()
    })
}

/// Folds compatibility forms, case, diacritics and quotes of `text`; layout and marks stay.
///
/// ```
/// use weaktie::people::attributes::words::fold;
/// assert_eq!(fold("Geschäftsführer ＣＥＯ"), "geschaftsfuhrer ceo");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        let mut out = text.to_ascii_lowercase();
        if out.contains('`') {
            out = out.replace('`', "'");
        }
        return out;
    }
    let mut out = String::with_capacity(text.len());
    if text.chars().all(|c| fold_latin(c, &mut out)) {
        return out;
    }
    out.clear();
    let plain = text.nfkc().flat_map(char::to_lowercase).nfd();
    for c in plain {
        match c {
            '\u{0300}'..='\u{036f}' | '\u{200b}'..='\u{200f}' | '\u{fe0f}' => {}
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            'ё' => out.push('е'),
            '\u{2018}' | '\u{2019}' | '`' | '´' => out.push('\''),
            '\u{2010}' | '\u{2011}' => out.push('-'),
            _ => out.push(c),
        }
    }
    if out.is_ascii() { out } else { out.nfc().collect() }
}

/// Pushes the folded form of a letter of western Europe or a common sign; whether it is one.
///
/// The same answer as the general way, without decomposing.
fn fold_latin(c: char, out: &mut String) -> bool {
    let plain = match c {
        '`' | '\u{2018}' | '\u{2019}' => '\'',
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        'à'..='å' | 'À'..='Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è'..='ë' | 'È'..='Ë' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        'ý' | 'ÿ' | 'Ý' => 'y',
        'ł' | 'Ł' => 'l',
        '\u{2013}' | '\u{2014}' | '\u{2022}' | '·' => c,
        'ß' => {
            out.push('s');
            's'
        }
        _ => return false,
    };
    out.push(plain);
    true
}

/// Marks of job adverts that say every gender is meant.
const MARKS: &[&str] = &[
    "(m/w/d)",
    "(w/m/d)",
    "(m/f/d)",
    "(d/m/w)",
    "(w/m/x)",
    "(m/w/x)",
    "(m/w)",
    "(w/m)",
    "(m/f)",
    "(f/m)",
    "(f/m/d)",
    "(h/f)",
    "(f/h)",
    "(f/m/x)",
    "(m/f/x)",
    "(all genders)",
    "(gn)",
    "(m/v)",
    "(v/m)",
    "(m/v/x)",
    "(k/m)",
    "(m/k)",
    "(x/f/m)",
    "(d/f/m)",
    "m/w/d",
    "h/f",
];

/// Removes the gender marks of `folded` text: `(m/w/d)`, `/in`, `:in`, `*in`, `(a)`, `·e`.
#[must_use]
pub fn without_gender_marks(folded: &str) -> String {
    const AFTER: &[&str] = &[
        "innen", "in", "euse", "trice", "rice", "ere", "ora", "as", "se", "ne", "le", "ve", "re",
        "te", "ra", "a", "e", "o", "s", "es",
    ];
    let mut text = folded.to_owned();
    if !text.contains(['/', ':', '*', '_', '·', '.', '(', '-']) {
        return text;
    }
    let marks: &[&str] = if text.contains(['(', '/']) { MARKS } else { &[] };
    for mark in marks {
        if text.contains(mark) {
            text = text.replace(mark, " ");
        }
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut letters = 0;
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let bracketed = c == '(';
        if letters >= 4 && matches!(c, '/' | ':' | '*' | '_' | '·' | '.' | '(' | '-') {
            let mut from = at + 1;
            if chars.get(from) == Some(&'-') {
                from += 1;
            }
            let end = (from..chars.len()).find(|&i| !chars[i].is_alphabetic());
            let end = end.unwrap_or(chars.len());
            let word: String = chars[from..end].iter().collect();
            let closed = !bracketed || chars.get(end) == Some(&')');
            let plain_hyphen = c == '-' && word != "in";
            if closed && !plain_hyphen && AFTER.contains(&word.as_str()) {
                at = end + usize::from(bracketed);
                letters = 0;
                continue;
            }
        }
        letters = if c.is_alphabetic() { letters + 1 } else { 0 };
        out.push(c);
        at += 1;
    }
    out
}

/// Whether `c` belongs to a script written without spaces.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// The words of folded text: particles dropped, abbreviations expanded, `&` read as `and`.
///
/// ```
/// use weaktie::people::attributes::words::{fold, tokens};
/// assert_eq!(tokens(&fold("Sr. Mgr, R&D")), ["senior", "manager", "r&d"]);
/// assert_eq!(tokens(&fold("Chef d'équipe")), ["chef", "equipe"]);
/// ```
#[must_use]
pub fn tokens(folded: &str) -> Vec<String> {
    let mut raw = Raw::default();
    let mut before: Option<char> = None;
    let mut rest = folded.chars();
    while let Some(c) = rest.next() {
        let after = rest.clone().next();
        let inside =
            before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        before = Some(c);
        if c.is_ascii_alphanumeric() {
            raw.push(c);
        } else if is_cjk(c) {
            raw.close();
            raw.push(c);
            raw.close();
        } else if c.is_alphanumeric() || (matches!(c, '+' | '#') && matches!(raw.bytes(), 1 | 2)) {
            raw.push(c);
        } else if c == '&' && inside && raw.letters() <= 2 {
            let next = rest.clone().take_while(|x| x.is_alphanumeric()).take(3).count();
            if next <= 2 {
                raw.push(c);
            } else {
                raw.word("and");
            }
        } else if c == '\'' && after == Some('s') {
            if rest.clone().nth(1).is_some_and(char::is_alphanumeric) {
                raw.close();
            }
        } else if c == '.' && inside && raw.letters() == 1 {
            // "U.S.", "P.E.": the letters stay one word
        } else {
            raw.close();
            if c == '&' || c == '+' {
                raw.word("and");
            }
        }
    }
    raw.close();
    settle(&raw)
}

/// Words under way: their letters in one text, and where each ends.
#[derive(Default)]
struct Raw {
    text: String,
    start: usize,
    ranges: Vec<(usize, usize)>,
}

impl Raw {
    fn push(&mut self, c: char) {
        self.text.push(c);
    }

    fn bytes(&self) -> usize {
        self.text.len() - self.start
    }

    fn letters(&self) -> usize {
        self.text[self.start..].chars().count()
    }

    fn close(&mut self) {
        if self.text.len() > self.start {
            self.ranges.push((self.start, self.text.len()));
            self.start = self.text.len();
        }
    }

    /// Closes the word under way and adds another.
    fn word(&mut self, word: &str) {
        self.close();
        self.text.push_str(word);
        self.close();
    }

    fn get(&self, at: usize) -> Option<&str> {
        self.ranges.get(at).map(|(from, to)| &self.text[*from..*to])
    }
}

/// Whether a short word between others names a field and not a person ("VP Eng", "Eng Manager").
fn is_field(raw: &Raw, at: usize) -> bool {
    const BEFORE: [&str; 7] = ["of", "vp", "svp", "evp", "head", "director", "president"];
    const AFTER: [&str; 7] = ["manager", "mgr", "lead", "leader", "director", "head", "and"];
    at.checked_sub(1).and_then(|before| raw.get(before)).is_some_and(|word| BEFORE.contains(&word))
        || raw.get(at + 1).is_some_and(|word| AFTER.contains(&word))
}

/// Joins, expands and drops the raw words.
fn settle(raw: &Raw) -> Vec<String> {
    let count = raw.ranges.len();
    let mut out: Vec<String> = Vec::with_capacity(count + 2);
    let mut at = 0;
    while let Some(word) = raw.get(at) {
        let next = raw.get(at + 1);
        if let (w @ ("r" | "l" | "m" | "p"), Some("and"), Some(n @ ("d" | "a" | "o" | "l"))) =
            (word, next, raw.get(at + 2))
        {
            out.push(format!("{w}&{n}"));
            at += 3;
            continue;
        }
        if let ("e", Some(next @ ("commerce" | "learning"))) = (word, next) {
            out.push(format!("e{next}"));
            at += 2;
            continue;
        }
        at += 1;
        match word {
            "and" | "und" | "et" | "y" | "e" | "och" | "og" | "兼" | "ve" => {
                out.push("and".into());
            }
            "pa" if at > 1 => {}
            "eng" if is_field(raw, at - 1) => out.push("engineering".to_owned()),
            "tech" if at > 1 && at == count && raw.get(at - 2) != Some("of") => {
                out.push("technician".to_owned());
            }
            _ => match shorthand().get(word) {
                Some(meaning) => out.extend(meaning.split_whitespace().map(str::to_owned)),
                None => out.push(word.to_owned()),
            },
        }
    }
    out
}
