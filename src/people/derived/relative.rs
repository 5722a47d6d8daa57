//! Seniority against the owner's: mentor, peer or emerging (`TAXONOMY` part 2).
//!
//! By ranks of the ladder: two or more above is `mentor`, two or more below `emerging`, between `peer`. A retired contact
//! is on the mentor side with low confidence, and so is what rests on an owner's or board's rank: a one-person firm
//! and a large one look alike. A tag of the user (`mentor`, `mentee`) wins. Seniority is that of the title, never age.

use crate::taxonomy::rank;

use super::super::Person;
use super::super::attributes::Class;
use super::super::roles::Role;
use super::class;

/// Ranks apart from which a contact is no peer.
const APART: i8 = 2;

/// The standing of a contact; `None` where the contact's stage or the owner's is not known.
#[must_use]
pub fn relative(person: &Person, own: Option<&Class>) -> Option<Class> {
    if person.roles.contains(&Role::Mentor) {
        return Some(class("mentor", 1.0, "your tag"));
    }
    if person.roles.contains(&Role::Mentee) {
        return Some(class("emerging", 1.0, "your tag"));
    }
    let theirs = person.seniority.as_ref()?;
    let own = own?;
    if theirs.code == "retired" {
        return Some(class("mentor", 0.4, "retired"));
    }
    let over = rank(theirs.code)? - rank(own.code)?;
    let code = match over {
        over if over >= APART => "mentor",
        over if over <= -APART => "emerging",
        _ => "peer",
    };
    let unsure =
        ["owner", "cxo", "partner"].iter().any(|top| [theirs.code, own.code].contains(top));
    let confidence = theirs.confidence.min(own.confidence);
    Some(class(code, if unsure { confidence.min(0.5) } else { confidence }, "ranks of the titles"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(code: &'static str) -> Class {
        class(code, 0.8, "level-word")
    }

    fn of(theirs: &'static str, own: &'static str) -> (&'static str, f64) {
        let person = Person { seniority: Some(stage(theirs)), ..Person::default() };
        let found = relative(&person, Some(&stage(own))).unwrap();
        (found.code, found.confidence)
    }

    #[test]
    fn two_ranks_make_a_mentor() {
        assert_eq!(of("director", "senior").0, "mentor");
        assert_eq!(of("manager", "senior").0, "peer");
        assert_eq!(of("mid", "senior").0, "peer");
        assert_eq!(of("entry", "senior").0, "emerging");
        assert_eq!(of("retired", "cxo"), ("mentor", 0.4));
        assert_eq!(of("owner", "senior"), ("mentor", 0.5));
    }

    #[test]
    fn a_tag_wins_and_unknown_stays_unknown() {
        let tagged = Person {
            roles: vec![Role::Mentee],
            seniority: Some(stage("cxo")),
            ..Person::default()
        };
        assert_eq!(relative(&tagged, Some(&stage("entry"))).unwrap().code, "emerging");
        assert_eq!(relative(&Person::default(), Some(&stage("mid"))), None);
        let known = Person { seniority: Some(stage("mid")), ..Person::default() };
        assert_eq!(relative(&known, None), None);
    }
}
