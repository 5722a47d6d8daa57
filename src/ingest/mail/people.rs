//! Address headers -> people, each spelling of a header taken apart once.

#[expect(clippy::disallowed_types, reason = "lookups only")]
use std::collections::HashMap;
use std::sync::Arc;

use mail_parser::parsers::MessageStream;
use mail_parser::{Addr, Address, HeaderValue};

use super::super::hash;
use super::super::mentions::Mentions;
use super::super::noise::Noise;
use super::super::record::{Mention, MentionId};
use crate::canonical;

/// Spellings remembered; then the memory starts anew, so that it stays bounded.
const REMEMBERED: usize = 1 << 16;
/// A header longer than this is not remembered.
const LONG: usize = 512;
/// Letters of a name that are kept.
const NAME: usize = 120;

/// Somebody named in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    /// The mention; meaningless when `nobody` says why it is none.
    pub(super) id: MentionId,
    /// Equal for spellings of one address.
    pub(super) person: u64,
    /// The rule by which it is no person.
    pub(super) nobody: Option<&'static str>,
    /// Whether the user says that what they write is no noise.
    pub(super) is_kept: bool,
}

/// The people of a mailbox.
#[derive(Debug)]
pub(super) struct People<'n> {
    noise: &'n Noise,
    mentions: Mentions,
    /// By the number of their mention.
    named: Vec<Named>,
    #[expect(clippy::disallowed_types, reason = "lookups only")]
    spelled: HashMap<Vec<u8>, Arc<[Named]>>,
}

impl<'n> People<'n> {
    #[expect(clippy::disallowed_types, reason = "lookups only")]
    pub(super) fn new(noise: &'n Noise) -> Self {
        let (mentions, named, spelled) = (Mentions::default(), Vec::new(), HashMap::new());
        Self { noise, mentions, named, spelled }
    }

    /// Everybody in a header's value.
    pub(super) fn of(&mut self, value: &[u8]) -> Arc<[Named]> {
        if let Some(known) = self.spelled.get(value) {
            return Arc::clone(known);
        }
        let found: Arc<[Named]> =
            mentions_of(value).into_iter().map(|who| self.name(who)).collect();
        if value.len() <= LONG {
            if self.spelled.len() >= REMEMBERED {
                self.spelled.clear();
            }
            self.spelled.insert(value.to_vec(), Arc::clone(&found));
        }
        found
    }

    fn name(&mut self, who: Mention) -> Named {
        let nobody = self.noise.nobody(&who).or(is_through_list(&who, self.noise));
        let is_kept = self.noise.keeps(&who);
        let person = hash::of(if who.email.is_empty() { &who.name } else { &who.email });
        if nobody.is_some() {
            return Named { id: MentionId::MAX, person, nobody, is_kept };
        }
        let id = self.mentions.id(who);
        let named = Named { id, person, nobody, is_kept };
        if id as usize == self.named.len() {
            self.named.push(named);
        }
        named
    }

    /// Somebody who has been named and is not nobody.
    pub(super) fn named(&self, id: MentionId) -> Option<Named> {
        self.named.get(id as usize).copied()
    }

    /// Everybody who has been named and is not nobody.
    pub(super) fn into_list(self) -> Vec<Mention> {
        self.mentions.into_list()
    }
}

/// A list that sends in its writers' names: "Tom Ek via dev".
fn is_through_list(who: &Mention, noise: &Noise) -> Option<&'static str> {
    (who.name.contains(" via ") && noise.applies("list-mail", who)).then_some("list-mail")
}

/// The people of an address header; those without a usable address by name alone.
pub(super) fn mentions_of(value: &[u8]) -> Vec<Mention> {
    let mut text = value.to_vec();
    if !text.contains(&b'@') {
        // Archives of lists hide addresses from harvesters.
        text = String::from_utf8_lossy(&text).replacen(" at ", "@", 1).into_bytes();
    }
    text.push(b'\n');
    let parsed = MessageStream::new(&text).parse_address();
    let mut all: Vec<&Addr<'_>> = Vec::new();
    if let HeaderValue::Address(address) = &parsed {
        match address {
            Address::List(list) => all.extend(list),
            Address::Group(groups) => all.extend(groups.iter().flat_map(|group| &group.addresses)),
        }
    }
    all.iter().filter_map(|addr| mention(addr)).collect()
}

fn mention(addr: &Addr<'_>) -> Option<Mention> {
    let email = addr.address.as_deref().and_then(canonical::email).unwrap_or_default();
    let name = addr.name.as_deref().unwrap_or_default();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(['\'', '"', ' ']);
    let is_address = canonical::email(name).is_some();
    let name: String = if is_address { String::new() } else { name.chars().take(NAME).collect() };
    let who = Mention { name, email, ..Mention::default() };
    (who != Mention::default()).then_some(who)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str) -> Vec<(String, String)> {
        mentions_of(value.as_bytes()).into_iter().map(|who| (who.name, who.email)).collect()
    }

    #[test]
    fn gotcha_32_addresses_as_mailers_write_them() {
        let pair = |name: &str, email: &str| (name.to_owned(), email.to_owned());
        assert_eq!(
            read("\"Aldous, Greer\" <Greer@Example.com>,\r\n\ttom@example.com"),
            [pair("Aldous, Greer", "greer@example.com"), pair("", "tom@example.com")]
        );
        assert_eq!(
            read("Team: tom@example.com, Uma <uma@example.com>;"),
            [pair("", "tom@example.com"), pair("Uma", "uma@example.com")]
        );
        assert_eq!(
            read("=?UTF-8?Q?Ma=C3=ABlle_Tessier?= <maelle@example.com>"),
            [pair("Maëlle Tessier", "maelle@example.com")]
        );
        assert_eq!(
            read("=?iso-8859-1?B?TWHrbGxl?= <maelle@example.com>"),
            [pair("Maëlle", "maelle@example.com")]
        );
        assert_eq!(read("tom@example.com (Tom Ek)")[0].1, "tom@example.com");
        assert_eq!(read("pedro at example.org (Pedro A)")[0].1, "pedro@example.org");
        assert_eq!(read("'tom@example.com' <tom@example.com>"), [pair("", "tom@example.com")]);
        assert_eq!(read("undisclosed-recipients:;"), []);
        assert_eq!(read(""), []);
    }
}
