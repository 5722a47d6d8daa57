//! What the user says about reading: noise, whose addresses are whose, time zone, what stays out, and how a table of
//! the user's own is laid out.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::dates::Order;
use super::exclude::{EXCLUDED, PRIVATE};
use super::noise::{Noise, People};
use super::record::Mention;
use crate::units::{Channel, Instant};

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

    /// Whether the rule reads what is of a day.
    fn admits(&self, day: Date) -> bool {
        self.since.is_none_or(|since| day >= since) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether the rule keeps out a folder that the file lies in.
    fn shuts(&self, file: &str) -> bool {
        !self.folders.is_empty() && folders(file).any(|folder| self.folders.contains(&folder))
    }
}

impl Reading {
    /// What the user says of one file.
    pub(super) fn scope(&self, file: &str) -> Scope {
        self.scope_of(file, &self.fitting(file))
    }

    /// The numbers of the rules that speak of a file.
    pub(super) fn fitting(&self, file: &str) -> Vec<usize> {
        let rules = self.rules.iter().enumerate();
        rules.filter(|(_, rule)| rule.fits(file)).map(|(number, _)| number).collect()
    }

    /// What these rules say of one file.
    pub(super) fn scope_of(&self, file: &str, rules: &[usize]) -> Scope {
        let rules: Vec<SourceRule> =
            rules.iter().filter_map(|number| self.rules.get(*number).cloned()).collect();
        let zone = rules.iter().find_map(|rule| rule.zone.clone()).or_else(|| self.zone.clone());
        let is_shut = rules.iter().any(|rule| rule.shuts(file));
        Scope { rules, private: self.private.clone(), zone, is_shut }
    }

    /// Whether a file lies in a folder that stays out.
    pub(super) fn shuts(&self, file: &str) -> bool {
        self.rules.iter().any(|rule| rule.fits(file) && rule.shuts(file))
    }
}

/// What the user says of one file: in which zone its times are, and what of it stays out.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    /// The rules that speak of it.
    pub(super) rules: Vec<SourceRule>,
    private: Private,
    /// The zone of times that have none, where the user says it.
    pub(super) zone: Option<TimeZone>,
    /// Whether it lies in a folder that stays out.
    pub(super) is_shut: bool,
}

impl Scope {
    /// The zone of times that have none, and of days: UTC where the user says none.
    pub(super) fn zone(&self) -> TimeZone {
        self.zone.clone().unwrap_or(TimeZone::UTC)
    }

    /// Whether the user reads what is of this time.
    pub(super) fn admits(&self, at: Instant, zone: &TimeZone) -> bool {
        // Most files have no bounds, and a day costs a look at the zone.
        !self.has_bounds() || self.admits_day(at.day(zone).date())
    }

    /// Whether the user reads what is of this day.
    pub(super) fn admits_day(&self, day: Date) -> bool {
        self.rules.iter().all(|rule| rule.admits(day))
    }

    /// Whether some days stay out.
    pub(super) fn has_bounds(&self) -> bool {
        self.rules.iter().any(|rule| rule.since.is_some() || rule.until.is_some())
    }

    /// Whether one of these labels or categories, lower-case, stays out.
    pub(super) fn has_label(&self, labels: &[impl AsRef<str>]) -> bool {
        let is_out = |label: &str| {
            self.rules.iter().any(|rule| rule.labels.iter().any(|known| known == label))
        };
        labels.iter().any(|label| is_out(label.as_ref()))
    }

    /// The account under which somebody is kept out, if they are.
    pub(super) fn hides(&self, who: &Mention) -> Option<&'static str> {
        if self.private.has(who) {
            return Some(PRIVATE);
        }
        self.rules.iter().any(|rule| rule.people.has(who)).then_some(EXCLUDED)
    }

    /// Whether a name of a file names somebody who is kept out.
    pub(super) fn hides_name(&self, name: &str) -> bool {
        self.private.0.is_named_in(name)
            || self.rules.iter().any(|rule| rule.people.0.is_named_in(name))
    }

    /// Lets the section that names a table's columns speak before all others.
    pub(super) fn put_first(&mut self, section: &str) {
        self.rules.sort_by_key(|rule| rule.name != section);
        if let Some(zone) = self.rules.first().and_then(|rule| rule.zone.clone()) {
            self.zone = Some(zone);
        }
    }

    /// The order of day and month, where the user says it.
    pub(super) fn day_first(&self) -> Option<Order> {
        let said = self.rules.iter().find_map(|rule| rule.day_first)?;
        Some(if said { Order::DayFirst } else { Order::MonthFirst })
    }

    /// The channel of rows whose channel is not told, where the user says it.
    pub(super) fn channel(&self) -> Option<Channel> {
        self.rules.iter().find_map(|rule| Channel::from_log(&rule.columns.channel_of_all))
    }
}

/// Names of the folders and mailboxes that a file is and lies in, lower-case, without the marks that mail programs set:
/// `Sent.mbox`, Thunderbird's `Sent.sbd`, Maildir's `.Sent` and `.INBOX.Sent`.
pub(super) fn folders(file: &str) -> impl DoubleEndedIterator<Item = String> {
    let lower = file.to_lowercase();
    let parts: Vec<String> = lower.split('/').flat_map(folder_names).collect();
    parts.into_iter()
}

fn folder_names(part: &str) -> Vec<String> {
    let mut base = part;
    for mark in [".gz", ".zip", ".mbox", ".mbx", ".sbd"] {
        base = base.strip_suffix(mark).filter(|base| !base.is_empty()).unwrap_or(base);
    }
    // Only Maildir's folders begin with a dot, and only in them does a dot part a folder from the one below it.
    match base.strip_prefix('.') {
        Some(inside) => inside.split('.').map(|name| name.trim().to_owned()).collect(),
        None => vec![base.trim().to_owned()],
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

    #[test]
    fn folders_are_named_without_the_marks_of_mail_programs() {
        for (file, expected) in [
            ("Mail/Sent.mbox", "mail|sent"),
            ("Mail/Inbox.sbd/Drafts.mbx", "mail|inbox|drafts"),
            ("Maildir/.INBOX.Sent", "maildir|inbox|sent"),
            ("sent.mbox.gz", "sent"),
            // No folders of the names behind the dots.
            ("tom.sent", "tom.sent"),
            ("report.trash.mbox", "report.trash"),
            ("v1.draft/a", "v1.draft|a"),
        ] {
            let found: Vec<String> = folders(file).collect();
            assert_eq!(found.join("|"), expected, "{file}");
        }
    }

    #[test]
    fn days_and_folders_of_all_rules_that_fit() {
        let rule = |file: &str, since: Option<Date>, folders: &[&str]| SourceRule {
            file: file.to_owned(),
            since,
            folders: folders.iter().map(|name| (*name).to_owned()).collect(),
            ..SourceRule::default()
        };
        let day = |text: &str| text.parse::<Date>().unwrap();
        let reading = Reading {
            rules: vec![
                rule("", Some(day("2020-01-01")), &["private"]),
                rule("*.ics", Some(day("2022-01-01")), &[]),
            ],
            zone: TimeZone::get("Asia/Tokyo").ok(),
            ..Reading::default()
        };
        let scope = reading.scope("in/a.ics");
        let at = |text: &str| Instant(text.parse::<jiff::Timestamp>().unwrap().as_second());
        assert!(!scope.admits(at("2021-12-31T14:59:59Z"), &scope.zone()));
        assert!(scope.admits(at("2021-12-31T15:00:00Z"), &scope.zone()), "2022 in Tokyo");
        assert!(reading.scope("a.csv").admits_day(day("2020-01-01")));
        assert!(reading.scope("in/.Private.x/cur").is_shut && !scope.is_shut);
    }
}
