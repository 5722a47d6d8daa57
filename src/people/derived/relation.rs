//! Relation to the owner: internal, alum, client, vendor, industry, outside.
//!
//! First match wins: a tag of the user; the owner's present employer (`internal`); an employer or a school the owner has
//! left (`alum`: somebody who works there today, which is all a contact list shows); the owner's industry (`industry`);
//! another known industry (`outside`). Clients and vendors are known from tags alone.

use super::super::Person;
use super::super::attributes::Class;
use super::super::profile::Profile;
use super::super::roles::Role;
use super::class;

/// The relation of a contact; `None` where nothing tells.
#[must_use]
pub fn relation(person: &Person, own: &Profile) -> Option<Class> {
    let tag = person.roles.iter().find_map(|role| match role {
        Role::Client => Some("client"),
        Role::Vendor => Some("vendor"),
        Role::Manager | Role::Report => Some("internal"),
        Role::Mentor | Role::Mentee => None,
    });
    if let Some(code) = tag {
        return Some(class(code, 1.0, "your tag"));
    }
    if let Some(key) = &person.company_key {
        if own.employers.contains(key) {
            return Some(class("internal", 0.95, "your employer"));
        }
        if own.past_employers.contains(key) {
            return Some(class("alum", 0.8, "an employer of yours before"));
        }
        if own.schools.contains(key) {
            return Some(class("alum", 0.5, "a school of yours"));
        }
    }
    let (theirs, mine) = (person.industry.as_ref()?, own.industry.as_ref()?);
    let confidence = theirs.confidence.min(mine.confidence);
    Some(if theirs.code == mine.code {
        class("industry", confidence, "your industry")
    } else {
        class("outside", confidence, "another industry")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> Profile {
        Profile {
            employers: ["corvane".to_owned()].into(),
            past_employers: ["tessel".to_owned()].into(),
            schools: ["riverton university".to_owned()].into(),
            industry: Some(class("finance", 0.9, "t")),
            ..Profile::default()
        }
    }

    fn at(company: &str, industry: Option<&'static str>, roles: Vec<Role>) -> Option<&'static str> {
        let person = Person {
            company_key: Some(company.to_owned()).filter(|key| !key.is_empty()),
            industry: industry.map(|code| class(code, 0.9, "t")),
            roles,
            ..Person::default()
        };
        relation(&person, &own()).map(|found| found.code)
    }

    #[test]
    fn first_match_wins() {
        assert_eq!(at("corvane", Some("energy"), vec![]), Some("internal"));
        assert_eq!(at("corvane", Some("energy"), vec![Role::Client]), Some("client"));
        assert_eq!(at("tessel", None, vec![Role::Mentor]), Some("alum"));
        assert_eq!(at("riverton university", Some("education"), vec![]), Some("alum"));
        assert_eq!(at("helios", Some("finance"), vec![]), Some("industry"));
        assert_eq!(at("helios", Some("energy"), vec![]), Some("outside"));
        assert_eq!(at("helios", None, vec![]), None);
        assert_eq!(at("", None, vec![Role::Report]), Some("internal"));
    }
}
