//! `[sources.NAME]`: how a table of the user's own is laid out, in which zone its times are, and what of a source stays
//! out.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::units::Channel;

/// One section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SourceConfig {
    /// File or folder the section speaks of, `*` for any letters; every file when left out.
    pub file: Option<String>,
    /// IANA zone of times that have none; `[me] time_zone` when left out.
    pub time_zone: Option<String>,
    /// Whether dates of numbers begin with the day; told from the file when left out.
    pub day_first: Option<bool>,
    /// Column with the time.
    pub timestamp: Option<String>,
    /// Column with the time of day, where the date stands alone.
    pub time: Option<String>,
    /// Column with who wrote, called or organised.
    pub from: Option<String>,
    /// Column with to whom.
    pub to: Option<String>,
    /// Column with the other person, where no column says which way it went.
    pub person: Option<String>,
    /// Column with the other person's address or profile link.
    pub email: Option<String>,
    /// Column with the channel.
    pub channel: Option<String>,
    /// The channel of every row.
    pub channel_of_all: Option<String>,
    /// Column with the conversation.
    pub thread: Option<String>,
    /// Column with the length in minutes.
    pub minutes: Option<String>,
    /// Column with `out` or `in`.
    pub direction: Option<String>,
    /// Names, addresses, `@domain`s and profile links that stay out.
    pub exclude_people: Vec<String>,
    /// Names of folders that stay out.
    pub exclude_folders: Vec<String>,
    /// Labels of mail and categories of calendars that stay out.
    pub exclude_labels: Vec<String>,
    /// Nothing before this day.
    pub since: Option<Date>,
    /// Nothing after this day.
    pub until: Option<Date>,
}

impl SourceConfig {
    /// Whether any column is named.
    #[must_use]
    pub fn has_columns(&self) -> bool {
        let columns = [
            &self.timestamp,
            &self.time,
            &self.from,
            &self.to,
            &self.person,
            &self.email,
            &self.channel,
            &self.thread,
            &self.minutes,
            &self.direction,
        ];
        columns.iter().any(|column| column.is_some())
    }

    /// The zone of times that have none, if the section says so.
    ///
    /// # Errors
    /// [`Error::Usage`] when the name is not an IANA zone.
    pub fn zone(&self, name: &str) -> Result<Option<TimeZone>> {
        let Some(zone) = &self.time_zone else { return Ok(None) };
        TimeZone::get(zone).map(Some).map_err(|_| {
            Error::usage(
                format!("sources.{name}.time_zone: no zone is called \"{zone}\""),
                Some("write an IANA name such as \"Europe/Oslo\"".to_owned()),
            )
        })
    }

    /// Checks a section; every message begins with the key at fault.
    ///
    /// # Errors
    /// [`Error::Usage`] with what to write instead.
    pub(super) fn check(&self, name: &str) -> Result<()> {
        let wrong = |what: &str, hint: &str| {
            let hint = Some(hint.to_owned()).filter(|hint| !hint.is_empty());
            Err(Error::usage(format!("sources.{name}{what}"), hint))
        };
        self.zone(name)?;
        if self.has_columns() {
            if self.file.is_none() {
                return wrong(
                    " names columns but no file",
                    "add file = \"crm.csv\"; * stands for any letters",
                );
            }
            if self.timestamp.is_none() {
                return wrong(" has no timestamp: the column with the time", "");
            }
            if [&self.from, &self.to, &self.person, &self.email]
                .iter()
                .all(|column| column.is_none())
            {
                let hint = "name one of from, to, person, email";
                return wrong(" has no column with people", hint);
            }
        }
        if let Some(channel) = &self.channel_of_all
            && Channel::from_log(channel).is_none()
        {
            let names: Vec<&str> = Channel::ALL.iter().map(|channel| channel.name()).collect();
            let hint = format!("write one of: {}", names.join(", "));
            return wrong(&format!(".channel_of_all: there is no channel \"{channel}\""), &hint);
        }
        if let (Some(since), Some(until)) = (self.since, self.until)
            && until < since
        {
            return wrong(&format!(".until: {until} is before {since}"), "");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use crate::error::Error;

    fn says(text: &str) -> String {
        match Config::parse(text, "weaktie.toml") {
            Ok(_) => "fine".to_owned(),
            Err(Error::Usage { what, .. }) => what,
            Err(other) => other.to_string(),
        }
    }

    #[test]
    fn sections_are_checked() {
        let good = "[sources.crm]\nfile = \"crm.csv\"\ntimestamp = \"When\"\nperson = \"Who\"\nsince = \"2020-01-01\"\n";
        assert_eq!(says(good), "fine");
        assert_eq!(says("[sources.all]\nexclude_labels = [\"Family\"]\n"), "fine");
        assert!(
            says("[sources.crm]\ntimestamp = \"When\"\n")
                .contains("sources.crm names columns but no file")
        );
        let no_people = "[sources.crm]\nfile = \"a.csv\"\ntimestamp = \"When\"\n";
        assert!(says(no_people).contains("no column with people"));
        assert!(says("[sources.a]\ntime_zone = \"Oslo\"\n").contains("no zone is called"));
        assert!(says("[sources.a]\nchannel_of_all = \"pigeon\"\n").contains("there is no channel"));
        assert!(
            says("[sources.a]\nsince = \"2026-01-02\"\nuntil = \"2026-01-01\"\n")
                .contains("is before")
        );
        assert!(says("[sources.a]\ncolum = \"x\"\n").contains("unknown field"));
    }
}
