//! Address books: vCard, and the CSV of Google and Outlook.
//!
//! An entry is not a tie: read as one, it would make a network several times the owner's. It gives a name, an employer
//! and further addresses to somebody whom another file speaks of. Only where an address book is all there is do its
//! entries stand for contacts.

mod table;
mod vcard;

use std::collections::{BTreeMap, BTreeSet};

use super::hash;
use super::linkedin::Known;
use super::mentions::Mentions;
use super::noise::Noise;
use super::problem::{Code, Problem};
use super::record::{FileRecords, Mention, MentionId, RawContact};
use crate::canonical;

pub(super) use table::{GOOGLE, OUTLOOK, read as read_table};
pub(super) use vcard::read as read_cards;

/// What an entry says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) line: u64,
    pub(super) name: String,
    pub(super) first_name: String,
    /// Canonical.
    pub(super) emails: BTreeSet<String>,
    /// As [`phone_key`].
    pub(super) phones: BTreeSet<String>,
    /// Canonical; at most one counts.
    pub(super) slugs: BTreeSet<String>,
    pub(super) company: String,
    pub(super) title: String,
    /// Whether the entry has an end.
    pub(super) is_broken: bool,
    /// Whether the entry is a group or an organisation by its own word.
    pub(super) is_group: bool,
}

/// Entries of one address book, seen over all of a run.
pub(super) type Seen = BTreeSet<u64>;

/// Puts the entries to use.
pub(super) fn settle(
    mut out: FileRecords,
    cards: Vec<Card>,
    noise: &Noise,
    known: &Known,
    seen: &mut Seen,
) -> FileRecords {
    let mut mentions = Mentions::default();
    let shared = shared_phones(&cards);
    for card in cards {
        out.rows_read += 1;
        match keys(&card, noise, known, &shared, seen) {
            Ok(keys) => {
                out.rows_used += 1;
                add(&mut out, &mut mentions, &card, keys);
            }
            Err((code, what)) => out.problems.push(Problem::new(card.line, code, what)),
        }
    }
    out.mentions = mentions.into_list();
    out.format.push_str(
        "; an address book, not ties: it gives names and employers to people of other files",
    );
    out
}

/// Numbers that stand with several names: a household's or an office's.
fn shared_phones(cards: &[Card]) -> BTreeSet<String> {
    let mut names: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for card in cards {
        for phone in &card.phones {
            names.entry(phone).or_default().insert(canonical::folded_name(&card.name));
        }
    }
    names
        .into_iter()
        .filter(|(_, names)| names.len() > 1)
        .map(|(phone, _)| phone.to_owned())
        .collect()
}

/// The mentions an entry makes, one a key.
fn keys(
    card: &Card,
    noise: &Noise,
    known: &Known,
    shared: &BTreeSet<String>,
    seen: &mut Seen,
) -> Result<Vec<Mention>, (Code, &'static str)> {
    if card.is_broken {
        return Err((Code::Malformed, "the card has no end; left out"));
    }
    if card.name.is_empty() && card.emails.is_empty() && card.slugs.is_empty() {
        return Err((Code::NoCounterpart, "an entry without name, address or link; left out"));
    }
    let slug = card.slugs.first().filter(|_| card.slugs.len() == 1).cloned().unwrap_or_default();
    let mention = |email: &str, handle: &str| Mention {
        name: card.name.clone(),
        slug: slug.clone(),
        email: email.to_owned(),
        handle: handle.to_owned(),
    };
    let is_nobody = |email: &&String| noise.nobody(&mention(email, "")).is_some();
    let emails: Vec<&String> = card.emails.iter().filter(|email| !is_nobody(email)).collect();
    if card.is_group || (emails.is_empty() && !card.emails.is_empty() && slug.is_empty()) {
        return Err((Code::Automated, "a group, a role or a list, nobody's own entry; left out"));
    }
    let text = format!("{} {slug} {:?} {:?} {}", card.name, card.emails, card.phones, card.company);
    if !seen.insert(hash::of(text)) {
        return Err((Code::ExactDuplicate, "the same entry stands earlier; left out"));
    }
    let phones: Vec<&String> =
        card.phones.iter().filter(|phone| !shared.contains(*phone)).collect();
    let is_known = known.is_nobody()
        || emails.iter().any(|email| known.emails.contains(*email))
        || phones.iter().any(|phone| known.handles.contains(*phone))
        || known.links.contains(&slug);
    if !is_known {
        let what = "nobody that another file speaks of, and no tie by itself; left out";
        return Err((Code::OutOfScope, what));
    }
    let phones = phones.into_iter().filter(|phone| known.handles.contains(*phone));
    let mut keys: Vec<Mention> = emails.iter().map(|email| mention(email, "")).collect();
    keys.extend(phones.map(|phone| Mention { slug: String::new(), ..mention("", phone) }));
    if keys.is_empty() {
        keys.push(mention("", ""));
    }
    Ok(keys)
}

fn add(out: &mut FileRecords, mentions: &mut Mentions, card: &Card, keys: Vec<Mention>) {
    let ids: Vec<MentionId> = keys.into_iter().map(|mention| mentions.id(mention)).collect();
    let Some((first, others)) = ids.split_first() else { return };
    out.same.extend(others.iter().map(|other| (*first, *other)));
    out.contacts.push(RawContact {
        line: card.line,
        who: *first,
        first_name: card.first_name.clone(),
        company: card.company.clone(),
        position: card.title.clone(),
        connected_on: None,
    });
}

/// A phone number as a key: its last eight digits, which do not hang on how the country is written; `None` for short
/// numbers, which are services.
pub(super) fn phone_key(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let odd = text.chars().any(|c| !(c.is_ascii_digit() || " +-()./\u{a0}".contains(c)));
    if odd || digits.len() < 7 || digits.len() > 15 {
        return None;
    }
    let from = digits.len().saturating_sub(8);
    Some(format!("tel:{}", &digits[from..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_however_its_country_is_written() {
        assert_eq!(phone_key("+47 22 33 44 556"), phone_key("0047223344556"));
        assert_eq!(phone_key("(022) 33-44-556").as_deref(), Some("tel:23344556"));
        assert_eq!((phone_key("1881"), phone_key("Unknown"), phone_key("")), (None, None, None));
    }
}
