//! First names in their languages and short forms, from `data/names/given.txt`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use deunicode::deunicode;

/// How two first names belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// One is a short form of the other.
    Nickname,
    /// One name in two languages or spellings.
    Variant,
    /// Two short forms of one name.
    TwoNicknames,
}

/// A name's rows: the number of the row and whether it stands there as a short form.
type Rows = Vec<(u16, bool)>;

fn table() -> &'static BTreeMap<String, Rows> {
    static TABLE: OnceLock<BTreeMap<String, Rows>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let text = include_str!("../../../data/names/given.txt");
        let mut table: BTreeMap<String, Rows> = BTreeMap::new();
        let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        for (number, row) in (0..).zip(rows) {
            let (full, short) = row.split_once('|').unwrap_or((row, ""));
            for (names, is_short) in [(full, false), (short, true)] {
                for name in names.split_whitespace() {
                    let entry = table.entry(deunicode(name).to_lowercase()).or_default();
                    // A name that stands in its row both ways is the full one.
                    if !entry.iter().any(|(row, _)| *row == number) {
                        entry.push((number, is_short));
                    }
                }
            }
        }
        table
    })
}

/// How two plain lower-case first names belong together, if they do; the same name is no link.
pub(super) fn link(a: &str, b: &str) -> Option<Link> {
    let (a, b) = (table().get(a)?, table().get(b)?);
    let common = a.iter().flat_map(|x| b.iter().filter(|y| y.0 == x.0).map(|y| (x.1, y.1)));
    common
        .map(|pair| match pair {
            (false, false) => (1, Link::Variant),
            (true, true) => (2, Link::TwoNicknames),
            _ => (0, Link::Nickname),
        })
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, link)| link)
}

/// Whether two plain lower-case surnames are spellings of one, from `data/names/surnames.txt`.
pub(super) fn is_one_surname(a: &str, b: &str) -> bool {
    static TABLE: OnceLock<BTreeMap<&str, u16>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let text = include_str!("../../../data/names/surnames.txt");
        let rows = (0..).zip(text.lines().filter(|line| !line.starts_with('#')));
        rows.flat_map(|(number, row)| row.split_whitespace().map(move |name| (name, number)))
            .collect()
    });
    table.get(a).is_some_and(|row| table.get(b) == Some(row))
}

/// The rows of a name: two names that share one may be linked.
pub(crate) fn rows(name: &str) -> impl Iterator<Item = u16> {
    table().get(name).into_iter().flatten().map(|(row, _)| *row)
}

/// Whether a plain lower-case word is a first name of the table.
///
/// ```
/// use weaktie::canonical::is_given_name;
/// assert!(is_given_name("robert") && !is_given_name("oosterbaan"));
/// ```
#[must_use]
pub fn is_given_name(word: &str) -> bool {
    table().contains_key(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_hold_within_a_row_only() {
        assert_eq!(link("robert", "bob"), Some(Link::Nickname));
        assert_eq!(link("friedrich", "federico"), Some(Link::Variant));
        assert_eq!(link("bob", "rob"), Some(Link::TwoNicknames));
        assert_eq!(link("bob", "bill"), None);
        assert_eq!(link("paul", "paula"), None);
    }
}
