//! Text to word tokens.
//!
//! Case, width, diacritics, quotes and gender forms are folded the same way for lists and input,
//! so a list holds one spelling. Chinese, Japanese and Korean characters are one token each.

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

/// Folds compatibility forms, case, diacritics and quotes of `text`; layout and marks stay.
///
/// ```
/// use weaktie::people::attributes::words::fold;
/// assert_eq!(fold("Geschäftsführer ＣＥＯ"), "geschaftsfuhrer ceo");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
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
    out.nfc().collect()
}

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
    for mark in [
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
    ] {
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
    let mut raw: Vec<String> = Vec::new();
    let chars: Vec<char> = folded.chars().collect();
    let mut word = String::new();
    let mut flush = |word: &mut String| {
        if !word.is_empty() {
            raw.push(std::mem::take(word));
        }
    };
    for (at, &c) in chars.iter().enumerate() {
        let before = if at > 0 { chars.get(at - 1) } else { None };
        let after = chars.get(at + 1);
        let inside = before.is_some_and(|b| b.is_alphanumeric())
            && after.is_some_and(|a| a.is_alphanumeric());
        if is_cjk(c) {
            flush(&mut word);
            word.push(c);
            flush(&mut word);
        } else if c.is_alphanumeric() || (matches!(c, '+' | '#') && matches!(word.len(), 1 | 2)) {
            word.push(c);
        } else if c == '&' && inside && word.chars().count() <= 2 {
            let rest = chars[at + 1..].iter().take_while(|x| x.is_alphanumeric()).count();
            if rest <= 2 {
                word.push(c);
            } else {
                flush(&mut word);
                word.push_str("and");
                flush(&mut word);
            }
        } else if c == '\'' && after == Some(&'s') {
            let ends = chars.get(at + 2).is_none_or(|x| !x.is_alphanumeric());
            if !ends {
                flush(&mut word);
            }
        } else if c == '.' && inside && word.chars().count() == 1 {
            // "U.S.", "P.E.": the letters stay one word
        } else {
            flush(&mut word);
            if c == '&' || c == '+' {
                word.push_str("and");
                flush(&mut word);
            }
        }
    }
    flush(&mut word);
    settle(&raw)
}

/// Joins, expands and drops the raw words.
fn settle(raw: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        let word = raw[at].as_str();
        let next = raw.get(at + 1).map(String::as_str);
        if let (w @ ("r" | "l" | "m" | "p"), Some("and"), Some(n @ ("d" | "a" | "o" | "l"))) =
            (word, next, raw.get(at + 2).map(String::as_str))
        {
            out.push(format!("{w}&{n}"));
            at += 3;
            continue;
        }
        if let ("e", Some("commerce" | "learning")) = (word, next) {
            out.push(format!("e{}", raw[at + 1]));
            at += 2;
            continue;
        }
        at += 1;
        match word {
            "and" | "und" | "et" | "y" | "e" | "och" | "og" | "兼" | "ve" => {
                out.push("and".into());
            }
            _ if PARTICLES.contains(&word) => {}
            "pa" if at > 1 => {}
            "tech" if at > 1 && at == raw.len() && raw[at - 2] != "of" => {
                out.push("technician".to_owned());
            }
            _ => match ABBREVIATIONS.binary_search_by_key(&word, |(short, _)| *short) {
                Ok(found) => {
                    out.extend(ABBREVIATIONS[found].1.split_whitespace().map(str::to_owned));
                }
                Err(_) => out.push(word.to_owned()),
            },
        }
    }
    out
}
