//! How often the owner wants to be in touch (`[neglect.cadence]`): by person, by role, by employer.
//!
//! The nearest word wins: the person's own, else the shortest of their roles, else their employer's. It stands in place of the usual
//! gap wherever silence is held against a rhythm.

use crate::canonical;
use crate::config::Cadence;
use crate::note::Note;

use super::Directory;

/// Gives the cadences; run after roles are given. People that match nobody, or several, and employers of nobody are counted in a note.
pub fn assign(directory: &mut Directory, wanted: &Cadence) -> Vec<Note> {
    let mut unmatched = 0;
    for (name, days) in &wanted.companies {
        let key = canonical::employer(name);
        let there = |person: &&mut super::Person| key.is_some() && person.company_key == key;
        let mut found = 0;
        for person in directory.people.iter_mut().filter(there) {
            person.cadence = Some(*days);
            found += 1;
        }
        unmatched += usize::from(found == 0);
    }
    for person in &mut directory.people {
        let of_roles = person.roles.iter().filter_map(|role| wanted.roles.get(role).copied());
        person.cadence = of_roles.reduce(f64::min).or(person.cadence);
    }
    for (text, days) in &wanted.people {
        match directory.find(text).as_slice() {
            [one] => directory.people[one.index()].cadence = Some(*days),
            _ => unmatched += 1,
        }
    }
    if unmatched > 0 { vec![Note::CadenceUnmatched(unmatched)] } else { Vec::new() }
}
