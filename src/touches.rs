//! Offline contacts as a plain log: what `weaktie touch` writes and every audit reads.
//!
//! **Format** a CSV with the header [`HEADER`], one row a contact: a day, the owner, the contact, the contact's name, the
//! channel, minutes (empty when unknown). It is an ordinary interaction log: `audit`, `inspect` and `ties` recognise it
//! by its header, and it may be written by hand. Text in, text out: files are read and written by the caller.

use jiff::civil::Date;

use crate::audit::{Ego, Person};
use crate::canonical;
use crate::error::{Error, Result};
use crate::units::Channel;

/// The header of the file.
pub const HEADER: &str = "timestamp,from,to,to_name,channel,minutes";
/// The name of the file when none is given.
pub const DEFAULT_FILE: &str = "touches.csv";
/// Days before this are not believed in any log.
pub const EARLIEST: Date = jiff::civil::date(1980, 1, 1);

/// One contact to write down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub on: Date,
    /// The owner: a profile link, an address or a log's id.
    pub from: String,
    /// The contact, in the same forms; empty for somebody known by name alone.
    pub to: String,
    /// The contact's name, if known.
    pub name: String,
    /// How.
    pub channel: Channel,
    /// How long, in minutes.
    pub minutes: Option<u16>,
}

/// The owner of a saved audit as a log spells a person.
#[must_use]
pub fn owner_key(ego: &Ego) -> String {
    ego.profile_url.clone().unwrap_or_else(|| ego.id.clone())
}

/// A contact of a saved audit as a log spells a person; empty for somebody known by name alone.
#[must_use]
pub fn contact_key(person: &Person) -> String {
    let by_name = person.id != person.name && person.id == canonical::folded_name(&person.name);
    match (&person.profile_url, person.emails.first()) {
        (Some(link), _) => link.clone(),
        (None, Some(address)) => address.clone(),
        (None, None) if by_name => String::new(),
        (None, None) => person.id.clone(),
    }
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// The whole text of the file with the new row at its end.
    Row(String),
    /// The same contact stands in it already.
    Already,
}

/// The text of a file with one more contact. `existing` is its text so far; `file` names it in errors.
///
/// # Errors
/// [`Error::Unusable`] when the file is no log of ours: nothing is added to it.
pub fn add(existing: Option<&str>, entry: &Entry, file: &str) -> Result<Added> {
    let row = row(entry)?;
    let Some(existing) = existing.filter(|text| !text.trim().is_empty()) else {
        return Ok(Added::Row(format!("{HEADER}\n{row}\n")));
    };
    let mut lines = existing.lines();
    let header = lines.next().unwrap_or_default().trim_start_matches('\u{feff}').trim();
    if header != HEADER {
        let what = format!("line 1 is not the header `{HEADER}`, so this is no file of `touch`");
        let hint = "name another file with --file, or move this one away";
        return Err(Error::unusable(file, what, Some(hint.to_owned())));
    }
    if lines.any(|line| line.trim() == row) {
        return Ok(Added::Already);
    }
    let gap = if existing.ends_with('\n') { "" } else { "\n" };
    Ok(Added::Row(format!("{existing}{gap}{row}\n")))
}

/// The owner of the last row, for a file that is written on without a saved audit.
#[must_use]
pub fn last_owner(existing: &str) -> Option<String> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(existing.as_bytes());
    let last = reader.records().filter_map(std::result::Result::ok).last()?;
    last.get(1).map(str::trim).filter(|owner| !owner.is_empty()).map(ToOwned::to_owned)
}

fn row(entry: &Entry) -> Result<String> {
    let bug = |error: String| Error::Bug(format!("writing a row: {error}"));
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let minutes = entry.minutes.map_or_else(String::new, |minutes| minutes.to_string());
    let on = entry.on.to_string();
    // A line break inside a name would end the row for a reader of lines.
    let name = entry.name.replace(['\n', '\r'], " ");
    let cells = [&on, &entry.from, &entry.to, &name, entry.channel.name(), &minutes];
    writer.write_record(cells).map_err(|error| bug(error.to_string()))?;
    let bytes = writer.into_inner().map_err(|error| bug(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| bug(error.to_string()))?;
    Ok(text.trim_end_matches('\n').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn entry() -> Entry {
        Entry {
            on: date(2026, 9, 24),
            from: "me@example.org".into(),
            to: "ana@example.org".into(),
            name: "Lopes, Ana".into(),
            channel: Channel::Meeting,
            minutes: Some(60),
        }
    }

    #[test]
    fn a_new_file_has_the_header_and_a_row() {
        let text = "timestamp,from,to,to_name,channel,minutes\n\
                    2026-09-24,me@example.org,ana@example.org,\"Lopes, Ana\",meeting,60\n";
        assert_eq!(add(None, &entry(), "t").unwrap(), Added::Row(text.into()));
        assert_eq!(add(Some("\n"), &entry(), "t").unwrap(), Added::Row(text.into()));
        assert_eq!(last_owner(text).as_deref(), Some("me@example.org"));
    }

    #[test]
    fn rows_are_added_and_never_twice() {
        let Added::Row(once) = add(None, &entry(), "t").unwrap() else { panic!("not added") };
        assert_eq!(add(Some(&once), &entry(), "t").unwrap(), Added::Already);
        let call = Entry { channel: Channel::Call, minutes: None, ..entry() };
        let Added::Row(twice) = add(Some(once.trim_end()), &call, "t").unwrap() else {
            panic!("not added")
        };
        assert!(twice.starts_with(&once) && twice.ends_with("\"Lopes, Ana\",call,\n"), "{twice}");
    }

    #[test]
    fn a_file_of_somebody_else_is_left_alone() {
        let refused = add(Some("name,birthday\n"), &entry(), "birthdays.csv").unwrap_err();
        assert!(refused.to_string().starts_with("birthdays.csv: line 1 "), "{refused}");
    }
}
