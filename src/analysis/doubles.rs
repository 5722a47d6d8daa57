//! Doubles: contacts known by a mail address alone, who may be connections under another key.
//!
//! **Question** Who may be counted twice? **Definition** active ties with a contact who has an address and neither a
//! profile link nor a row in a contact list; of these, addresses whose local part spells the name of a connection
//! (first and last name in either order, all names, or an initial with the last name; letters only, marks and case
//! left out). **Edge cases** without a contact list nobody can be a double, and nothing is said. Nobody is joined
//! here: only the user knows (`[identity] same`). **Complexity** O(n log n).

use std::collections::BTreeSet;

use crate::canonical;
use crate::note::Note;
use crate::people::Person;
use crate::study::Study;

use super::{Analysis, Facts, Findings, Measure};

/// The analysis.
pub struct Doubles;

impl Analysis for Doubles {
    fn id(&self) -> &'static str {
        "doubles"
    }

    fn measures(&self) -> &'static [Measure] {
        &[]
    }

    fn measure(&self, study: &Study, _: &Facts) -> Findings {
        let is_listed = |person: &Person| person.is_connection || person.slug.is_some();
        let active = study.ties.iter().filter(|tie| tie.rhythm.active);
        let by_address: Vec<&Person> = active
            .map(|tie| study.people.person(tie.who))
            .filter(|person| !is_listed(person) && !person.emails.is_empty())
            .collect();
        let mut listed = study.people.people.iter().filter(|p| is_listed(p)).peekable();
        let mut findings = Findings::default();
        if by_address.is_empty() || listed.peek().is_none() {
            return findings;
        }
        let known: BTreeSet<String> = listed.flat_map(|person| spellings(&person.name)).collect();
        let spells = |person: &&Person| {
            person.emails.iter().any(|address| known.contains(&letters_of_local(address)))
        };
        let alike = by_address.iter().copied().filter(spells).count();
        findings.notes.push(Note::AddressOnly { ties: by_address.len(), alike });
        findings
    }
}

/// The ways in which an address may spell a name, as letters without a break; none for a single word.
fn spellings(name: &str) -> Vec<String> {
    let plain = canonical::plain(name);
    let words: Vec<String> = plain.split_whitespace().map(letters).collect();
    let [first, .., last] = words.as_slice() else {
        return Vec::new();
    };
    let initial: String = first.chars().take(1).collect();
    vec![
        format!("{first}{last}"),
        format!("{last}{first}"),
        format!("{initial}{last}"),
        words.concat(),
    ]
}

fn letters_of_local(address: &str) -> String {
    letters(address.split('@').next().unwrap_or_default())
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_spell_a_name() {
        let known = spellings("Dr. Zoë Maria El-Far");
        for address in ["zoe.elfar@example.org", "el-far.zoe7@example.org", "zelfar@example.org"] {
            assert!(known.contains(&letters_of_local(address)), "{address}");
        }
        for address in ["zoe@example.org", "office@example.org", "z.fari@example.org"] {
            assert!(!known.contains(&letters_of_local(address)), "{address}");
        }
        assert!(spellings("Madonna").is_empty());
    }
}
