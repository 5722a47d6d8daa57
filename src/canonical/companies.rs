//! One spelling for each company.
//!
//! Responsible for the key of an employer field and for telling fields that name no employer.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{is_invisible, lists};

const LEGAL_FORMS: &str = "\
    inc incorporated llc llp lp ltd limited plc corp corporation co company gmbh mbh ag kg kgaa \
    ohg ug se sa sas sarl srl sl slu bv nv ab as asa aps oy oyj kk pty pte pvt private sdn bhd \
    ltda sro zrt kft";

const PLACEHOLDER_COMPANIES: &str = "\
    freelance | freelancer | freelancing | self employed | selfemployed | self | independent | \
    independent consultant | independent contractor | consultant | stealth | stealth mode | \
    stealth startup | stealth mode startup | stealth ai startup | stealth start up | stealth mode \
    start up | confidential | confidential company | private | undisclosed | retired | retiree | \
    unemployed | looking for opportunities | open to work | seeking new opportunities | looking \
    for new opportunities | career break | sabbatical | between jobs | none | na | n a | not \
    applicable | student | various | various companies | startup | home | myself | unknown | tbd | \
    contractor | selbststandig | autonomo | independant";

/// A company for comparison: legal forms at the end and punctuation are dropped, `&` is `and`, accents go.
///
/// ```
/// use weaktie::canonical::company;
/// assert_eq!(company("Bolt & Sons, Ltd."), "bolt and sons");
/// assert_eq!(company("Nord A/S"), "nord");
/// assert_eq!(company("AS"), "as");
/// ```
#[must_use]
pub fn company(name: &str) -> String {
    let name: String = name.chars().filter(|c| !"®™©".contains(*c)).collect();
    // "Spa" is a word unless it is spelled as the Italian legal form.
    let name = name.replace("S.p.A", "srl").replace("S.P.A", "srl").replace(" SpA", " srl");
    let folded: String = name.nfkc().collect::<String>().to_lowercase().replace('ß', "ss");
    let bare: String = folded
        .nfkd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c) && !is_invisible(*c))
        .collect();
    let spaced: String = bare
        .replace("a/s", "as")
        .replace('&', " and ")
        .replace(['.', '\'', '’'], "")
        .nfc()
        .map(|c| if c.is_alphanumeric() || is_combining_mark(c) { c } else { ' ' })
        .collect();
    let mut words: Vec<&str> = spaced.split_whitespace().collect();
    let mut cut = false;
    while words.len() > 1 && words.last().is_some_and(|word| lists(LEGAL_FORMS, word)) {
        words.pop();
        cut = true;
    }
    // "Tessier & Co" leaves a dangling "and".
    if cut && words.len() > 1 && words.last() == Some(&"and") {
        words.pop();
    }
    words.join(" ")
}

/// Whether the employer field says that there is none to name: self-employed, stealth, retired.
///
/// ```
/// use weaktie::canonical::is_placeholder_company;
/// assert!(is_placeholder_company("Self-Employed"));
/// assert!(!is_placeholder_company("Freelance Tools Inc."));
/// ```
#[must_use]
pub fn is_placeholder_company(name: &str) -> bool {
    {
        let company = company(name);
        PLACEHOLDER_COMPANIES.split('|').any(|placeholder| placeholder.trim() == company)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_keep_what_tells_them_apart() {
        assert_eq!(company("Corwick Mills GmbH & Co. KG"), "corwick mills gmbh");
        assert_eq!(company("Blue Spa"), "blue spa");
        assert_eq!(company("Rosso S.p.A."), "rosso");
        assert_eq!(company("Société Nord, S.A."), "societe nord");
        assert_eq!(company("Bolt International"), "bolt international");
        assert!(is_placeholder_company("Stealth Mode Startup"));
        assert!(is_placeholder_company("Confidential"));
        assert!(is_placeholder_company("N/A"));
    }
}
