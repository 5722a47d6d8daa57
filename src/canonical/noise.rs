//! The published rules of what no person wrote: `data/noise/rules.csv`, compiled in.

use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/noise/rules.csv");

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// An e-mail address.
    Address,
    /// The domain of an e-mail address.
    Domain,
    /// A header of a mail, as `name:value`.
    Header,
    /// A label of a mail, or the name of its folder.
    Label,
    /// The folder of a message.
    Folder,
    /// The text of a message.
    Text,
    /// The title of a conversation.
    Title,
    /// The name of a sender without a profile link.
    Sender,
}

/// How a rule compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Is,
    Contains,
    Starts,
    Ends,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name.
    pub id: &'static str,
    /// What it looks at.
    pub place: Place,
    how: How,
    /// The reason of the rows it leaves out; empty where it leaves out none.
    pub code: &'static str,
    words: Vec<String>,
    /// What it means, in words.
    pub meaning: &'static str,
}

static RULES: LazyLock<Vec<Rule>> =
    LazyLock::new(|| TABLE.lines().skip(1).filter_map(Rule::parse).collect());

/// Every rule, in the order of the table.
#[must_use]
pub fn rules() -> &'static [Rule] {
    &RULES
}

impl Rule {
    fn parse(line: &'static str) -> Option<Self> {
        let mut cells = line.splitn(6, ',');
        let mut next = || cells.next().map(str::trim);
        let (id, place, how, code, words, meaning) =
            (next()?, next()?, next()?, next()?, next()?, next()?);
        let place = match place {
            "address" => Place::Address,
            "domain" => Place::Domain,
            "mail-header" => Place::Header,
            "mail-label" => Place::Label,
            "message-folder" => Place::Folder,
            "message-text" => Place::Text,
            "message-title" => Place::Title,
            "message-sender" => Place::Sender,
            _ => return None,
        };
        let how = match how {
            "is" => How::Is,
            "contains" => How::Contains,
            "starts" => How::Starts,
            "ends" => How::Ends,
            _ => return None,
        };
        let words = if place == Place::Text {
            // The one place whose words hold spaces of their own.
            words
                .split(" class=")
                .map(|word| format!("class={}", word.trim_start_matches("class=")))
                .collect()
        } else if matches!(place, Place::Address | Place::Domain | Place::Header) {
            words.split_whitespace().map(str::to_owned).collect()
        } else {
            words.split_whitespace().map(|word| word.replace('-', " ")).collect()
        };
        Some(Self { id, place, how, code, words, meaning })
    }

    /// Whether the rule speaks of a text: an address, or what it looks at in a message.
    ///
    /// ```
    /// use weaktie::canonical::noise::rules;
    /// let rule = rules().iter().find(|rule| rule.id == "newsletter").unwrap();
    /// assert!(rule.fits("News@example.org") && !rule.fits("ana@example.org"));
    /// ```
    #[must_use]
    pub fn fits(&self, text: &str) -> bool {
        self.fits_lower(&text.trim().to_lowercase())
    }

    /// [`Rule::fits`] of a text that is trimmed and lower-case already.
    #[must_use]
    pub fn fits_lower(&self, lower: &str) -> bool {
        match self.place {
            Place::Address => self.fits_address(lower, &local_part(lower)),
            _ => self.fits_text(lower),
        }
    }

    fn fits_address(&self, lower: &str, local: &str) -> bool {
        self.fits_text(if self.how == How::Starts { lower } else { local })
    }

    fn fits_text(&self, seen: &str) -> bool {
        self.words.iter().any(|word| match self.how {
            How::Is => seen == word,
            How::Contains => seen.contains(word),
            How::Starts => seen.starts_with(word),
            // A domain or one below it.
            How::Ends => seen
                .strip_suffix(word.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
        })
    }
}

/// The first rule that leaves out what an address sends; `off` names rules that do not apply.
#[must_use]
pub fn machine_rule(address: &str, off: &[String]) -> Option<&'static Rule> {
    // Asked of every person of a log: the address is taken apart once for all rules.
    let lower = address.trim().to_lowercase();
    let local = local_part(&lower);
    rules().iter().find(|rule| {
        rule.place == Place::Address
            && !rule.code.is_empty()
            && !off.iter().any(|id| id == rule.id)
            && rule.fits_address(&lower, &local)
    })
}

/// The first rule by which an address is nobody's in mail and calendars: a machine, a role, a room, a list; `off`
/// names rules that do not apply.
#[must_use]
pub fn nobody_rule(address: &str, off: &[String]) -> Option<&'static Rule> {
    let lower = address.trim().to_lowercase();
    let local = local_part(&lower);
    let domain = lower.rsplit_once('@').map_or("", |(_, domain)| domain);
    rules().iter().find(|rule| {
        !off.iter().any(|id| id == rule.id)
            && match rule.place {
                Place::Address => rule.fits_address(&lower, &local),
                Place::Domain => rule.fits_text(domain),
                _ => false,
            }
    })
}

/// Whether an address belongs to a role or a machine and so never identifies a person.
///
/// ```
/// use weaktie::canonical::is_role_address;
/// assert!(is_role_address("info@example.org"));
/// assert!(is_role_address("messages-noreply@example.org"));
/// assert!(!is_role_address("pilar@example.org"));
/// ```
#[must_use]
pub fn is_role_address(address: &str) -> bool {
    rules().iter().any(|rule| rule.place == Place::Address && rule.fits(address))
}

/// The part before the `@`, without signs.
fn local_part(lower: &str) -> String {
    let local = lower.split('@').next().unwrap_or_default();
    local.chars().filter(|c| !"-_.".contains(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_rule_with_a_name_of_its_own() {
        assert_eq!(rules().len(), TABLE.lines().count() - 1);
        let mut ids: Vec<&str> = rules().iter().map(|rule| rule.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), rules().len());
        assert!(rules().iter().all(|rule| !rule.words.is_empty() && !rule.meaning.is_empty()));
    }

    #[test]
    fn rules_fit_what_they_say() {
        let rule = |address: &str| machine_rule(address, &[]).map(|rule| rule.id);
        assert_eq!(rule("No-Reply@example.org"), Some("no-reply"));
        assert_eq!(rule("messages-noreply@example.org"), Some("no-reply"));
        assert_eq!(rule("bounce-17@example.org"), Some("bounce"));
        assert_eq!(rule("newsletter@example.org"), Some("newsletter"));
        assert_eq!(rule("info@example.org"), None);
        assert_eq!(
            machine_rule("news@example.org", &["newsletter".to_owned()]).map(|r| r.id),
            None
        );
        let fits = |place: Place, text: &str| {
            rules().iter().any(|rule| rule.place == place && rule.fits(text))
        };
        assert!(fits(Place::Text, "<p class=\"spinmail-quill-editor__spin-break\">Hi"));
        assert!(fits(Place::Text, "<p class='spinmail-quill'>Hi"));
        assert!(fits(Place::Title, "Sponsored Conversation"));
        assert!(fits(Place::Sender, "LinkedIn News") && !fits(Place::Sender, "Tom Ek"));
    }
}
