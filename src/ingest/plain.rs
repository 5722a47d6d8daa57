//! Names as they may be shown: nothing in them steers a terminal, breaks a line, or reorders what stands around it.

use std::borrow::Cow;

use super::record::{FileRecords, Mention, OwnerFact};
use crate::canonical::shown;

/// Stands for a name of which nothing can be shown.
const NOTHING: &str = "?";

/// Makes every text that is kept of a file one that may be shown.
pub(super) fn of_file(file: &mut FileRecords) {
    plain(&mut file.file);
    for problem in &mut file.problems {
        // Only a message that quotes something is a text of its own.
        if let Cow::Owned(text) = &mut problem.message {
            plain(text);
        }
    }
    for who in &mut file.mentions {
        let Mention { name, slug, email, handle: _ } = who;
        [name, slug, email].into_iter().for_each(plain);
        if !who.is_owner() {
            plain(&mut who.handle);
        }
    }
    for row in &mut file.contacts {
        [&mut row.first_name, &mut row.company, &mut row.position].into_iter().for_each(plain);
    }
    for fact in &mut file.owner {
        match fact {
            OwnerFact::Name(text)
            | OwnerFact::Email(text)
            | OwnerFact::Headline(text)
            | OwnerFact::Skill(text)
            | OwnerFact::Slug { slug: text, .. }
            | OwnerFact::School { name: text, .. }
            | OwnerFact::Follows { name: text, .. } => plain(text),
            OwnerFact::Position { company, title, .. } => {
                plain(company);
                plain(title);
            }
            OwnerFact::Active(_) => {}
        }
    }
}

pub(super) fn plain(text: &mut String) {
    let Cow::Owned(found) = shown(text) else { return };
    *text = if found.is_empty() { NOTHING.to_owned() } else { found };
}

#[cfg(test)]
mod tests {
    use super::super::record::Kind;
    use super::*;

    #[test]
    fn the_owner_stays_the_owner_and_nobody_becomes_nameless() {
        let mut file = FileRecords::new("a\u{1b}[2J.csv", Kind::Log);
        let name = |name: &str| Mention { name: name.to_owned(), ..Mention::default() };
        file.mentions = vec![Mention::owner(), name("\u{202e}"), name("Ana \u{7}Lopes")];
        of_file(&mut file);
        assert!(file.mentions[0].is_owner());
        assert_eq!((file.mentions[1].name.as_str(), file.file.as_str()), ("?", "a [2J.csv"));
        assert_eq!(file.mentions[2].name, "Ana  Lopes");
    }
}
