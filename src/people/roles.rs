//! Roles that the user gives to people (`[boundaries.roles]`): who is a client, a vendor, one's manager, …

use std::collections::BTreeMap;

use crate::note::Note;

use super::Directory;

pub use crate::config::Role;

/// Gives the roles; entries that match nobody, or several, are counted in a note and given to nobody.
pub fn assign(directory: &mut Directory, roles: &BTreeMap<Role, Vec<String>>) -> Vec<Note> {
    let mut unmatched = 0;
    for (role, who) in roles {
        for text in who {
            match directory.find(text).as_slice() {
                [one] => directory.people[one.index()].roles.push(*role),
                _ => unmatched += 1,
            }
        }
    }
    if unmatched > 0 { vec![Note::RolesUnmatched(unmatched)] } else { Vec::new() }
}
