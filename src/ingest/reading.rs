//! What the user says about reading: noise, whose addresses are whose, time zone, what stays out, and how a table of
//! the user's own is laid out.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::noise::{Noise, People};
use super::record::Mention;

/// Everything a run is told about reading.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// What is left out because no person wrote it.
    pub noise: Noise,
    /// Whoever is never stored.
    pub private: Private,
    /// The owner's own addresses, canonical.
    pub own: Vec<String>,
    /// The owner's names, folded.
    pub own_names: Vec<String>,
    /// The zone of times that have none; UTC when `None`.
    pub zone: Option<TimeZone>,
    /// `[sources.NAME]`, in the order of names.
    pub rules: Vec<SourceRule>,
}

/// People who are left out before anything is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Private(People);

impl Private {
    /// From names, addresses, `@domain`s and profile links.
    #[must_use]
    pub fn new(entries: &[String]) -> Self {
        Self(People::new(entries))
    }

    /// Whether a mention is one of them.
    pub(super) fn has(&self, who: &Mention) -> bool {
        self.0.has(who)
    }
}

/// One `[sources.NAME]`: the files it speaks of, how they are laid out, and what of them stays out.
#[derive(Debug, Clone, Default)]
pub struct SourceRule {
    /// The section's name.
    pub name: String,
    /// File or folder name with `*` for any letters; empty for every file.
    pub file: String,
    /// Zone of times without one.
    pub zone: Option<TimeZone>,
    /// Day before month in dates of numbers; told from the file when `None`.
    pub day_first: Option<bool>,
    /// The columns of a table, and the channel of all its rows.
    pub columns: Columns,
    /// People and `@domain`s that stay out.
    pub people: Private,
    /// Names of folders that stay out, lower-case.
    pub folders: Vec<String>,
    /// Labels (mail) and categories (calendars) that stay out, lower-case.
    pub labels: Vec<String>,
    /// Nothing before this day.
    pub since: Option<Date>,
    /// Nothing after this day.
    pub until: Option<Date>,
}

/// Names of a table's columns; empty where there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The time.
    pub timestamp: String,
    /// A column with the time of day, where the date stands alone.
    pub time: String,
    /// The sender.
    pub from: String,
    /// The recipients.
    pub to: String,
    /// The other person, where no column says which way it went.
    pub person: String,
    /// The other person's address, beside `person`.
    pub email: String,
    /// The channel.
    pub channel: String,
    /// The channel of every row, where no column says it.
    pub channel_of_all: String,
    /// The conversation.
    pub thread: String,
    /// How long, in minutes.
    pub minutes: String,
    /// Which way: `out`, `in` and the like.
    pub direction: String,
}

impl Columns {
    /// Whether no column is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.timestamp.is_empty()
    }
}

impl SourceRule {
    /// Whether the rule speaks of a file: its whole name, its last part or one of its folders fits the pattern.
    pub(super) fn fits(&self, file: &str) -> bool {
        let pattern = self.file.to_lowercase();
        let name = file.to_lowercase();
        pattern.is_empty()
            || matches(&pattern, &name)
            || name.split('/').any(|part| matches(&pattern, part))
    }
}

impl Reading {
    /// The rules that speak of a file.
    pub(super) fn rules_of<'r>(&'r self, file: &str) -> Vec<&'r SourceRule> {
        self.rules.iter().filter(|rule| rule.fits(file)).collect()
    }

    /// The zone of times in a file that have none, and whether the user said so.
    pub(super) fn zone_of(&self, file: &str) -> (TimeZone, bool) {
        let own = self.rules_of(file).into_iter().find_map(|rule| rule.zone.clone());
        let zone = own.or_else(|| self.zone.clone());
        let is_said = zone.is_some();
        (zone.unwrap_or(TimeZone::UTC), is_said)
    }
}

/// Whether a text fits a pattern in which `*` stands for any letters.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(at) = text.find(part) else { return false };
        text = &text[at + part.len()..];
    }
    text.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_letters() {
        for (pattern, text, fits) in [
            ("crm.csv", "crm.csv", true),
            ("*.mbox", "all mail.mbox", true),
            ("a*b*c", "a-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("*", "", true),
            ("crm*", "my crm", false),
        ] {
            assert_eq!(matches(pattern, text), fits, "{pattern} {text}");
        }
        let rule = SourceRule { file: "Takeout".to_owned(), ..SourceRule::default() };
        assert!(rule.fits("export.zip/takeout/Mail/all.mbox") && !rule.fits("export.zip/x.mbox"));
    }
}
