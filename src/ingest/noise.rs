//! What a run leaves out as noise: the published rules, and what the user says about them.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::problem::Code;
use super::source::Skip;
use crate::canonical::noise::{Place, Rule, machine_rule, nobody_rule, rules};
use crate::canonical::{self, folded_name};

/// The name under which what the user drops stands in the ledger.
const DROPPED: &str = "drop";

/// The user's word on noise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noise {
    keep: People,
    drop: People,
    off: Vec<String>,
}

/// People as a user names them: addresses, `@domain`, profile links, names or ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct People {
    keys: BTreeSet<String>,
    domains: BTreeSet<String>,
}

impl People {
    pub(super) fn new(entries: &[String]) -> Self {
        let mut people = Self::default();
        for entry in entries {
            let entry = entry.trim();
            if let Some(domain) = entry.strip_prefix('@') {
                people.domains.insert(domain.to_lowercase());
            } else if let Some(key) = canonical::profile_slug(entry).or(canonical::email(entry)) {
                people.keys.insert(key);
            } else {
                people.keys.insert(folded_name(entry));
            }
        }
        people
    }

    /// Whether a mention is one of them.
    pub(super) fn has(&self, who: &super::Mention) -> bool {
        if self.keys.is_empty() && self.domains.is_empty() {
            return false;
        }
        let domain = who.email.rsplit_once('@').map_or("", |(_, domain)| domain);
        let is_key = |key: &str| !key.is_empty() && self.keys.contains(key);
        let ends = |wanted: &String| {
            domain == wanted || domain.strip_suffix(wanted).is_some_and(|rest| rest.ends_with('.'))
        };
        is_key(&who.slug)
            || is_key(&who.email)
            || is_key(&folded_name(&who.name))
            || is_key(&folded_name(&who.handle))
            || (!domain.is_empty() && self.domains.iter().any(ends))
    }
}

impl People {
    /// Whether a text, the name of a file say, holds the name, address or domain of one of them as whole words.
    pub(super) fn is_named_in(&self, text: &str) -> bool {
        let all = words(text);
        let holds = |key: &String| {
            let wanted = words(key);
            !wanted.is_empty() && all.windows(wanted.len()).any(|part| part == wanted)
        };
        self.keys.iter().chain(&self.domains).any(holds)
    }
}

/// The words of a text or key, lower-case; macOS writes names of files with their accents apart.
fn words(text: &str) -> Vec<String> {
    let plain = text.nfkc().collect::<String>().to_lowercase();
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

impl Noise {
    /// From the entries of `[noise]`.
    #[must_use]
    pub fn new(keep: &[String], drop: &[String], off: &[String]) -> Self {
        Self { keep: People::new(keep), drop: People::new(drop), off: off.to_vec() }
    }

    /// The rule by which a person's rows are left out, if there is one.
    pub(super) fn about(&self, who: &super::Mention) -> Option<&'static str> {
        if self.drop.has(who) {
            return Some(DROPPED);
        }
        let rule =
            (!who.email.is_empty()).then(|| machine_rule(&who.email, &self.off)).flatten()?;
        (!self.keep.has(who)).then_some(rule.id)
    }

    /// The rule by which somebody named in mail or a calendar is nobody: a machine, a role, a room, a list.
    pub(super) fn nobody(&self, who: &super::Mention) -> Option<&'static str> {
        if self.drop.has(who) {
            return Some(DROPPED);
        }
        let rule = (!who.email.is_empty()).then(|| nobody_rule(&who.email, &self.off)).flatten()?;
        (!self.keep.has(who)).then_some(rule.id)
    }

    /// Whether a rule applies at all.
    pub(super) fn is_on(&self, rule: &str) -> bool {
        !self.off.iter().any(|id| id == rule)
    }

    /// Whether a rule applies to what somebody does.
    pub(super) fn applies(&self, rule: &str, who: &super::Mention) -> bool {
        self.is_on(rule) && !self.keeps(who)
    }

    /// Whether the user says that this person is no noise.
    pub(super) fn keeps(&self, who: &super::Mention) -> bool {
        self.keep.has(who)
    }

    /// The rule by which a header (`name:value`), a label, or another part of a message makes it noise. What a
    /// `kept` person writes is none, but a draft is not sent, whoever wrote it.
    pub(super) fn in_message(&self, place: Place, text: &str, kept: bool) -> Option<&'static Rule> {
        if text.is_empty() {
            return None;
        }
        let mut lower = None;
        rules().iter().find(|rule| {
            rule.place == place && !(kept && rule.code != "draft") && self.is_on(rule.id) && {
                rule.fits_lower(lower.get_or_insert_with(|| text.trim().to_lowercase()))
            }
        })
    }
}

/// A row left out by a rule for addresses, or by the user's word.
pub(super) fn skip_person(rule: &'static str) -> Skip {
    let what = match rule {
        DROPPED => "left out at your request ([noise] drop)",
        _ => "a no-reply or newsletter address; row left out",
    };
    Skip::by_rule(Code::Automated, what, rule)
}

#[cfg(test)]
mod tests {
    use super::super::Mention;
    use super::*;

    fn address(email: &str) -> Mention {
        Mention { email: email.to_owned(), ..Mention::default() }
    }

    #[test]
    fn names_of_files_name_people() {
        let list = |text: &str| text.split('|').map(str::to_owned).collect::<Vec<_>>();
        let people = People::new(&list(
            "Ma\u{eb}lle Nair|tom@example.org|@clinic.example.org|https://www.linkedin.com/in/bo-ek-k1",
        ));
        for text in [
            "WhatsApp Chat with Mae\u{308}lle Nair.txt",
            "tom@example.org.mbox",
            "Mail/mail.clinic.example.org",
            "bo-ek-k1.vcf",
        ] {
            assert!(people.is_named_in(text), "{text}");
        }
        for text in ["WhatsApp Chat with Ma\u{eb}lle.txt", "tom@example.net.mbox", "naira.txt", ""]
        {
            assert!(!people.is_named_in(text), "{text}");
        }
    }

    #[test]
    fn the_users_word_goes_before_the_rules() {
        let list = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let noise = Noise::new(
            &list("news@example.org @lists.example.org"),
            &list("bot@example.org @robots.example.org https://www.linkedin.com/in/Ad-X"),
            &list("machine"),
        );
        let about = |email: &str| noise.about(&address(email));
        assert_eq!(about("news@example.org"), None);
        assert_eq!(about("news@example.com"), Some("newsletter"));
        assert_eq!(about("no-reply@a.lists.example.org"), None);
        assert_eq!(about("ana@xlists.example.org"), None);
        assert_eq!(about("bot@example.org"), Some("drop"));
        assert_eq!(about("ana@robots.example.org"), Some("drop"));
        assert_eq!(about("alerts@example.org"), None);
        assert!(noise.applies("list-mail", &address("bot@example.org")));
        assert!(!noise.applies("list-mail", &address("news@example.org")));
        assert!(!noise.applies("machine", &address("bot@example.org")));
        let ad = Mention { slug: "ad-x".to_owned(), ..Mention::default() };
        assert_eq!(noise.about(&ad), Some("drop"));
    }
}
