//! Who is meant: a contact of a saved audit, by id, profile link, address or full name.
//!
//! Names are compared without case, accents, titles and credentials. A text that fits nobody, or several, is refused
//! with the nearest names: a guess could show or record the wrong person.

use crate::audit::{Audit, Person, Redaction};
use crate::canonical;
use crate::error::{Error, Result};

/// Most people proposed in a refusal.
const PROPOSED: usize = 4;
/// Likeness (Jaro–Winkler) from which a name is near.
const NEAR: f64 = 0.84;

/// The one contact that `text` means.
///
/// # Errors
/// [`Error::Usage`] when nobody fits, several do, the owner is meant, or the copy hides what was asked for.
pub fn find<'a>(audit: &'a Audit, text: &str) -> Result<&'a Person> {
    lookup(audit, text)?.ok_or_else(|| unknown(audit, text.trim()))
}

/// The one contact that `text` means; `None` when nobody fits.
///
/// # Errors
/// [`Error::Usage`] when several fit, the owner is meant, or the copy hides what was asked for.
pub fn lookup<'a>(audit: &'a Audit, text: &str) -> Result<Option<&'a Person>> {
    let text = text.trim();
    if audit.redaction == Redaction::Aggregate {
        let hint = "name the folder the copy was made from".to_owned();
        return Err(Error::usage("this copy leaves people out", Some(hint)));
    }
    let by = |holds: &dyn Fn(&Person) -> bool| -> Vec<&'a Person> {
        audit.people.iter().filter(|person| holds(person)).collect()
    };
    let one = |found: Vec<&'a Person>| match found.as_slice() {
        [] => hidden_or_owner(audit, text).map_or(Ok(None), Err),
        [one] => Ok(Some(*one)),
        several => Err(ambiguous(text, several)),
    };
    if let Some(found) = audit.people.iter().find(|person| person.id == text) {
        return Ok(Some(found));
    }
    if let Some(slug) = canonical::profile_slug(text) {
        let link = canonical::profile_url(&slug);
        let of = |person: &Person| {
            person.id == slug || person.profile_url.as_ref().is_some_and(|url| *url == link)
        };
        return one(by(&of));
    }
    if let Some(address) = canonical::email(text) {
        let of = |person: &Person| person.id == address || person.emails.contains(&address);
        return one(by(&of));
    }
    let name = canonical::plain(text);
    let named = |person: &Person| !name.is_empty() && canonical::plain(&person.name) == name;
    one(by(&named))
}

fn ambiguous(text: &str, several: &[&Person]) -> Error {
    let count = crate::text::count(several.len() as u64, "contact");
    Error::usage(
        format!("`{text}` fits {count}"),
        Some(format!("say which by id: {}", proposed(several))),
    )
}

/// Why a text that fits no contact can fit none: the copy hides links and addresses, or it is the owner.
fn hidden_or_owner(audit: &Audit, text: &str) -> Option<Error> {
    let slug = canonical::profile_slug(text);
    let is_key = slug.is_some() || canonical::email(text).is_some();
    if is_key && audit.redaction != Redaction::Full {
        let hint = "name a label as the copy has it, such as contact-12".to_owned();
        return Some(Error::usage("this copy shows no links or addresses", Some(hint)));
    }
    let own_link = |slug: &String| {
        *slug == audit.ego.id || audit.ego.profile_url == Some(canonical::profile_url(slug))
    };
    let name = canonical::plain(text);
    let is_owner = text == audit.ego.id
        || slug.as_ref().is_some_and(own_link)
        || (!name.is_empty() && canonical::plain(&audit.ego.name) == name);
    let hint = "name one of the contacts".to_owned();
    is_owner.then(|| Error::usage(format!("`{text}` is the owner of this network"), Some(hint)))
}

fn unknown(audit: &Audit, text: &str) -> Error {
    let near = nearest(audit, text, &canonical::plain(text));
    let hint = match near.as_slice() {
        [] => "people.csv in the same folder lists every contact with its id".to_owned(),
        [one] => format!("did you mean {}?", proposed(&[*one])),
        several => format!("near it: {}", proposed(several)),
    };
    Error::usage(format!("no contact is known as `{text}`"), Some(hint))
}

/// The people whose name or id is most like the text, or who have each of its words at the start of one of theirs.
fn nearest<'a>(audit: &'a Audit, text: &str, wanted: &str) -> Vec<&'a Person> {
    let lower = text.to_lowercase();
    let begins = |name: &str| {
        let mut words = wanted.split(' ').filter(|word| !word.is_empty()).peekable();
        words.peek().is_some()
            && words.all(|word| name.split(' ').any(|part| part.starts_with(word)))
    };
    let likeness = |person: &Person| {
        let name = canonical::plain(&person.name);
        let whole =
            strsim::jaro_winkler(&name, wanted).max(strsim::jaro_winkler(&person.id, &lower));
        if begins(&name) { whole + 1.0 } else { whole }
    };
    let mut near: Vec<(f64, &Person)> = audit
        .people
        .iter()
        .map(|person| (likeness(person), person))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    near.into_iter().map(|(_, person)| person).take(PROPOSED).collect()
}

/// `Ana Lopes (ana-lopes-k42, Corvane)`, with commas between.
fn proposed(people: &[&Person]) -> String {
    let one = |person: &&Person| {
        let known =
            [Some(person.id.clone()).filter(|id| *id != person.name), person.company.clone()];
        let known: Vec<String> = known.into_iter().flatten().collect();
        if known.is_empty() {
            person.name.clone()
        } else {
            format!("{} ({})", person.name, known.join(", "))
        }
    };
    let mut told: Vec<String> = people.iter().take(PROPOSED).map(one).collect();
    if people.len() > PROPOSED {
        told.push(format!("{} more", people.len() - PROPOSED));
    }
    told.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::fixture::small;

    fn says(text: &str) -> String {
        let Err(Error::Usage { what, hint }) = find(&small(), text) else {
            panic!("{text} was found");
        };
        format!("{what}; {}", hint.unwrap_or_default())
    }

    #[test]
    fn one_contact_under_every_form() {
        let audit = small();
        for text in [
            "zoe-ek",
            "https://www.linkedin.com/in/Zoe-Ek/",
            "Zoe@Example.org",
            "zoë ek",
            "  Zoe EK, PhD ",
        ] {
            assert_eq!(find(&audit, text).unwrap().id, "zoe-ek", "{text}");
        }
    }

    #[test]
    fn who_is_not_clear_is_refused_with_names() {
        assert_eq!(
            says("Tom Berg"),
            "`Tom Berg` fits 2 contacts; say which by id: Tom Berg (tom-berg-1, Corvane); Tom Berg (tom-berg-2)"
        );
        assert_eq!(
            says("Zoe"),
            "no contact is known as `Zoe`; did you mean Zoë Ek (zoe-ek, Corvane)?"
        );
        assert!(says("Zoë Eck").ends_with("did you mean Zoë Ek (zoe-ek, Corvane)?"));
        assert!(says("Quentin Xavier").ends_with("lists every contact with its id"));
        assert!(says("mara-lindqvist").starts_with("`mara-lindqvist` is the owner"));
        assert!(says("nobody@example.org").starts_with("no contact is known as"));
    }

    #[test]
    fn a_redacted_copy_knows_labels_alone() {
        let mut audit = small();
        audit.redaction = Redaction::Pseudonym;
        let refused = find(&audit, "unknown@example.org").unwrap_err();
        assert_eq!(refused.to_string(), "this copy shows no links or addresses");
        audit.redaction = Redaction::Aggregate;
        assert_eq!(find(&audit, "zoe-ek").unwrap_err().to_string(), "this copy leaves people out");
    }
}
