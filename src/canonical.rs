//! One spelling for each profile link, address, name and company.
//!
//! Responsible for the keys that identity rests on and for how alike two names or companies are. Pure functions of
//! text; knows nothing of the crate.

use std::borrow::Cow;

use deunicode::deunicode;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

mod companies;
mod lane;
mod names;
pub mod noise;
mod pair;

pub use companies::{
    company, compare_companies, employer, employers, is_acronym, is_placeholder_company,
};
pub use lane::{Lane, Verdict};
pub use names::{Name, block_key, compare_names, compare_parsed, is_given_name};
pub use noise::is_role_address;
pub use pair::{PersonFacts, compare_people};

const SLUG_ESCAPES: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

const HONORIFICS: &str = "\
    dr mr mrs ms miss mx prof professor sir dame rev engr herr frau mme sr sra \
    dipl-ing";

const CREDENTIALS: &str = "\
    phd dphil mba emba md jd llm llb esq cpa cfa cfp pmp csm cspo cissp cisa shrm-cp shrm-scp phr \
    sphr rn bsn msn pe pg ba bs bsc beng ma ms msc meng med mph mpa mpp msw acca aca fca ca cma \
    frm jr sr ii iii iv edd dds dvm obe mbe cbe frsa itil dr prof he/him she/her they/them";

/// The slug of a person's profile link: the part after `/in/`, percent-decoded, NFC, lower-case.
///
/// The scheme may be missing and the host may be a country's. Links to companies, schools and the old `/pub/`
/// pages are not people.
///
/// ```
/// use weaktie::canonical::profile_slug;
/// let encoded = profile_slug("https://www.linkedin.com/in/ma%C3%ABlle-tessier?trk=people");
/// assert_eq!(encoded.as_deref(), Some("maëlle-tessier"));
/// assert_eq!(profile_slug("uk.linkedin.com/mwlite/in/Tom-Ek/"), Some("tom-ek".to_owned()));
/// assert_eq!(profile_slug("https://www.linkedin.com/company/bolt"), None);
/// ```
#[must_use]
pub fn profile_slug(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.split_once("://").map_or(text, |(scheme, rest)| {
        let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
        if web { rest } else { "" }
    });
    let path = text.trim_start_matches('/').split(['?', '#']).next()?;
    let mut parts = path.split('/');
    let host = parts.next()?.to_ascii_lowercase();
    let host = host.split(':').next()?;
    if host != "linkedin.com" && !host.ends_with(".linkedin.com") {
        return None;
    }
    let mut parts = parts.filter(|part| !part.is_empty());
    let mut section = parts.next()?;
    if section.eq_ignore_ascii_case("mwlite") {
        section = parts.next()?;
    }
    if !section.eq_ignore_ascii_case("in") {
        return None;
    }
    let raw = parts.next()?;
    // Nearly every slug is plain already.
    if raw.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b)) {
        return Some(raw.to_owned());
    }
    // A slug that does not decode to UTF-8 is kept as it stands: still the same person every time.
    let decoded = percent_decode_str(raw).decode_utf8().map_or(raw.into(), |text| text);
    let slug: String = decoded.trim().nfc().collect::<String>().to_lowercase().nfc().collect();
    let broken = slug.is_empty() || slug.contains(|c: char| c.is_control() || "/?# ".contains(c));
    (!broken).then_some(slug)
}

/// The profile link of a slug, percent-encoded as LinkedIn writes it.
///
/// ```
/// use weaktie::canonical::profile_url;
/// assert_eq!(profile_url("maëlle-t"), "https://www.linkedin.com/in/ma%C3%ABlle-t");
/// ```
#[must_use]
pub fn profile_url(slug: &str) -> String {
    format!("https://www.linkedin.com/in/{}", utf8_percent_encode(slug, SLUG_ESCAPES))
}

/// The address as a key: lower-case, without `+tag`, without the dots that Gmail ignores.
///
/// ```
/// use weaktie::canonical::email;
/// assert_eq!(email("Pilar.Okonjo+news@Gmail.com"), Some("pilarokonjo@gmail.com".to_owned()));
/// assert_eq!(email("tom.ek@example.org").as_deref(), Some("tom.ek@example.org"));
/// assert_eq!(email("tom.ek"), None);
/// ```
#[must_use]
pub fn email(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix("mailto:").unwrap_or(&text);
    let (local, domain) = text.split_once('@')?;
    let labels = domain.split('.').collect::<Vec<_>>();
    let label_ok = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    let local_ok =
        |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\"@\\/".contains(c);
    if labels.len() < 2 || !labels.iter().all(label_ok) || !local.chars().all(local_ok) {
        return None;
    }
    let mut local = match local.split_once('+') {
        Some((before, _)) if !before.is_empty() => before.to_owned(),
        _ => local.to_owned(),
    };
    let mut domain = domain;
    if domain == "gmail.com" || domain == "googlemail.com" {
        local.retain(|c| c != '.');
        domain = "gmail.com";
    }
    (!local.is_empty()).then(|| format!("{local}@{domain}"))
}

/// Whether a text is an address that [`email`] leaves as it is, told without allocating; `false` when unsure.
///
/// ```
/// use weaktie::canonical::is_plain_email;
/// assert!(is_plain_email("tom.ek@example.org"));
/// assert!(!is_plain_email("Tom.Ek@example.org"));
/// assert!(!is_plain_email("tom+news@example.org"));
/// ```
#[must_use]
pub fn is_plain_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let plain = |part: &str| part.bytes().all(|byte| PLAIN[usize::from(byte)]);
    let labels = || domain.as_bytes().windows(2).any(|two| two == b"..");
    !local.is_empty()
        && plain(local)
        && plain(domain)
        && domain.contains('.')
        && !(domain.starts_with('.') || domain.ends_with('.') || labels())
        && domain != "gmail.com"
        && domain != "googlemail.com"
}

/// The bytes of a plain address beside its `@`.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut this = 0_u8;
    while this < 128 {
        plain[this as usize] = this.is_ascii_lowercase()
            || this.is_ascii_digit()
            || matches!(this, b'.' | b'_' | b'-');
        this += 1;
    }
    plain
};

/// A name for comparison: NFKC, lower-case, without emoji, honorifics, credentials, pronouns and marks.
///
/// ```
/// use weaktie::canonical::folded_name;
/// assert_eq!(folded_name("Dr.  Dmitri Valcourt, PhD, PMP®"), "dmitri valcourt");
/// assert_eq!(folded_name("Maëlle 🌱 Tessier (she/her)"), "maëlle tessier");
/// ```
#[must_use]
pub fn folded_name(name: &str) -> String {
    // Trade marks go first: NFKC would turn ™ into the letters TM.
    let name: Cow<'_, str> = if name.is_ascii() {
        name.into()
    } else {
        name.chars().filter(|c| !"®™©".contains(*c)).collect()
    };
    let name = without_pronouns(&name);
    let name = nfkc(&name);
    let folded = without_credentials(&name).to_lowercase().replace('ß', "ss");
    let kept: String = nfkc(&folded)
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| match c {
            '’' | '‘' | '`' | '\'' => '\'',
            '‐' | '‑' | '–' | '-' => '-',
            c if c.is_alphanumeric() || is_combining_mark(c) => c,
            _ => ' ',
        })
        .collect();
    let mut words: Vec<&str> = kept
        .split_whitespace()
        .map(|word| word.trim_matches(['\'', '-']))
        .filter(|word| !word.is_empty())
        .collect();
    while words.len() > 1 && lists(HONORIFICS, words[0]) {
        words.remove(0);
    }
    words.join(" ")
}

/// The text in normalization form KC; plain ASCII has no other.
fn nfkc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { text.into() } else { text.nfkc().collect() }
}

/// The folded name in plain ASCII letters, for comparing `Maëlle` with `Maelle`.
///
/// ```
/// use weaktie::canonical::plain;
/// assert_eq!(plain("Maëlle Tessier, MBA"), "maelle tessier");
/// ```
#[must_use]
pub fn plain(name: &str) -> String {
    let ascii = deunicode(&folded_name(name)).to_lowercase();
    ascii.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a name is LinkedIn's label for a deleted or hidden member. Different people share it.
///
/// ```
/// use weaktie::canonical::is_placeholder_person;
/// assert!(is_placeholder_person(" LinkedIn member "));
/// assert!(!is_placeholder_person("Pilar Okonjo"));
/// ```
#[must_use]
pub fn is_placeholder_person(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let mut next_is = |word| words.next().is_some_and(|found| found.eq_ignore_ascii_case(word));
    next_is("linkedin") && next_is("member") && words.next().is_none()
}

/// Whether a list of words, written with spaces between them, holds a word.
fn lists(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|listed| listed == word)
}

/// A text as it may be shown anywhere: control characters become spaces, and what hides or reorders letters (zero-width
/// spaces, direction overrides) goes. Joiners and the marks that scripts need stay.
///
/// ```
/// use weaktie::canonical::shown;
/// assert_eq!(shown("\u{1b}[31mAna\u{202e} Lo\u{200b}pes\n"), "[31mAna Lopes");
/// assert_eq!(shown("Ana Lopes"), "Ana Lopes");
/// ```
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let misleads = |c: char| matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    if !text.contains(|c| breaks(c) || misleads(c)) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|c| !misleads(*c)).map(|c| if breaks(c) { ' ' } else { c });
    Cow::Owned(kept.collect::<String>().trim().to_owned())
}

/// Joiners, variation selectors and direction marks: they change how a name looks, not whose it is.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{20e3}' | '\u{e0000}'..='\u{e01ef}')
}

fn without_pronouns(name: &str) -> String {
    let mut kept = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('(') {
        let Some((inside, tail)) = after.split_once(')') else { break };
        kept.push_str(before);
        kept.push(' ');
        if !is_pronouns(inside) {
            kept.push_str(inside);
            kept.push(' ');
        }
        rest = tail;
    }
    kept.push_str(rest);
    kept
}

fn is_pronouns(text: &str) -> bool {
    const WORDS: &str =
        "she her hers he him his they them theirs ze hir xe any elle il ella sie er";
    let lower = text.to_lowercase();
    let mut words = lower.split(['/', ',', ' ']).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| lists(WORDS, word))
}

/// Cuts at the first comma when what follows it looks like a credential, so that "Aldous, Greer" stays whole.
fn without_credentials(name: &str) -> &str {
    let Some((before, after)) = name.split_once(',') else { return name };
    let first = after.split(',').next().unwrap_or_default();
    let mut words = first.split_whitespace().peekable();
    let all = words.peek().is_none() || words.all(is_credential);
    if all && !before.trim().is_empty() { before } else { name }
}

fn is_credential(word: &str) -> bool {
    let bare: String = word.chars().filter(|c| *c != '.').collect();
    let known = lists(CREDENTIALS, &bare.to_lowercase());
    let capitals = bare.chars().filter(|c| c.is_uppercase()).count();
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    // Unlisted ones are short and mostly capitals: CSCP, LCSW, MScPH.
    known || (capitals >= 2 && capitals * 2 >= letters && bare.chars().count() <= 8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn gotcha_4_encoded_raw_and_decomposed_slugs_are_one_person() {
        let encoded = profile_slug("https://www.linkedin.com/in/ma%C3%ABlle-tessier");
        assert_eq!(encoded, profile_slug("https://www.linkedin.com/in/maëlle-tessier"));
        assert_eq!(encoded, profile_slug("https://www.linkedin.com/in/mae\u{308}lle-tessier"));
    }

    #[test]
    fn gotcha_5_links_need_no_scheme() {
        assert_eq!(profile_slug("www.linkedin.com/in/x-k42").as_deref(), Some("x-k42"));
        assert_eq!(profile_slug("//no.linkedin.com/in/x-k42/en#top").as_deref(), Some("x-k42"));
        assert_eq!(profile_slug("https://www.linkedin.com/in/ACoAAB1").as_deref(), Some("acoaab1"));
        for other in
            ["https://www.linkedin.com/pub/x/1/2", "linkedin.com/school/x", "example.org/in/x", ""]
        {
            assert_eq!(profile_slug(other), None, "{other}");
        }
    }

    #[test]
    fn gotcha_6_and_7_credentials_are_not_part_of_a_name() {
        assert_eq!(folded_name("Dmitri Valcourt, PhD, PMP®"), "dmitri valcourt");
        assert_eq!(folded_name("Aldous, Greer"), "aldous greer");
        assert_eq!(folded_name("Uma N., M.Sc."), "uma n");
    }

    #[test]
    fn gotcha_9_the_deleted_member_is_nobody() {
        assert!(is_placeholder_person("LinkedIn Member"));
        assert!(!is_placeholder_person("LinkedIn Member Services"));
    }

    #[test]
    fn gotcha_27_odd_names_survive() {
        assert_eq!(folded_name("Madhu "), "madhu");
        assert_eq!(folded_name("민준 이"), "민준 이");
        assert_eq!(folded_name("🌱🌱"), "");
        assert_eq!(folded_name("Uma ."), "uma");
        assert_eq!(folded_name("‏דנה"), "דנה");
        assert_eq!(plain("Łukasz Żak"), "lukasz zak");
    }

    proptest! {
        #[test]
        fn a_plain_address_is_its_own_key(text in "[a-zA.+@-]{1,12}(@|@gmail|@x)[a-z.]{1,6}(com)?") {
            if is_plain_email(&text) {
                prop_assert_eq!(email(&text), Some(text));
            }
        }

        #[test]
        fn keys_are_stable(text in ".{0,40}") {
            let folded = folded_name(&text);
            prop_assert_eq!(folded.clone(), folded.trim());
            let _ = (plain(&text), company(&text), is_role_address(&text), profile_slug(&text));
            if let Some(address) = email(&text) {
                prop_assert_eq!(email(&address), Some(address));
            }
        }

        #[test]
        fn a_slug_survives_its_link(slug in "[a-z0-9ëøß%_-]{1,20}") {
            prop_assert_eq!(profile_slug(&profile_url(&slug)), Some(slug));
        }
    }
}
