//! Any table, with its columns named in `weaktie.toml` (`[sources.NAME]`), and the proposal of such a section for a table
//! that is not known.

use std::fmt::Write as _;

use super::log;
use super::mentions::{Mentions, Threads};
use super::noise::skip_person;
use super::problem::{Code, Problem};
use super::reading::{Columns, Scope, SourceRule};
use super::recognise::{Column, Found, Shape, key};
use super::record::{FileRecords, Kind, Mention, MentionId, RawInteraction};
use super::source::{Skip, Source};
use super::table::{DELIMITERS, first_records};
use super::zoned::instant;
use crate::canonical;
use crate::units::Channel;

const TIMESTAMP: usize = 0;
const TIME: usize = 1;
const FROM: usize = 2;
const TO: usize = 3;
const PERSON: usize = 4;
const EMAIL: usize = 5;
const CHANNEL: usize = 6;
const THREAD: usize = 7;
const MINUTES: usize = 8;
const DIRECTION: usize = 9;

const fn column(name: &'static str) -> Column {
    Column { name, aliases: &[] }
}

/// Columns by their use; where they stand is told by the user's section.
static SHAPE: Shape = Shape {
    kind: Kind::Log,
    title: "a table mapped in weaktie.toml",
    columns: &[
        column("timestamp"),
        column("time"),
        column("from"),
        column("to"),
        column("person"),
        column("email"),
        column("channel"),
        column("thread"),
        column("minutes"),
        column("direction"),
    ],
    required: &[TIMESTAMP],
    date: None,
};

/// Whether a table is read by a section of the settings.
pub(super) fn is_mapped(found: &Found) -> bool {
    std::ptr::eq(found.shape, &raw const SHAPE)
}

fn named(columns: &Columns) -> [&str; 10] {
    [
        &columns.timestamp,
        &columns.time,
        &columns.from,
        &columns.to,
        &columns.person,
        &columns.email,
        &columns.channel,
        &columns.thread,
        &columns.minutes,
        &columns.direction,
    ]
}

/// Why no section reads a table that some speak of.
#[derive(Debug)]
pub(super) struct Wrong {
    /// The section's name.
    pub(super) section: String,
    /// The first column that it names and the table lacks.
    pub(super) column: String,
    /// Whether the section speaks of this very file, not of several by a pattern or a folder.
    pub(super) names_file: bool,
}

impl Wrong {
    /// What is said of the file in place of what it looks like otherwise.
    pub(super) fn why(&self, what: String) -> String {
        if self.names_file {
            let found = what.strip_prefix("not a known table").unwrap_or_default();
            format!("not laid out as [sources.{}] says{found}", self.section)
        } else {
            what
        }
    }
}

/// The first section that describes a table, and the table; `None` where no section names columns of this file.
pub(super) fn by_section(
    file: &str,
    text: &str,
    scope: &Scope,
) -> Result<Option<(String, Found)>, Wrong> {
    let base = file.rsplit('/').next().unwrap_or(file);
    let mut wrong: Option<Wrong> = None;
    for rule in scope.rules.iter().filter(|rule| !rule.columns.is_empty()) {
        let column = match find(text, rule) {
            Ok(found) => return Ok(Some((rule.name.clone(), found))),
            Err(column) => column,
        };
        let is = |name: &str| rule.file.to_lowercase() == name.to_lowercase();
        let names_file = is(file) || is(base);
        if wrong.as_ref().is_none_or(|wrong| names_file && !wrong.names_file) {
            wrong = Some(Wrong { section: rule.name.clone(), column, names_file });
        }
    }
    wrong.map_or(Ok(None), Err)
}

/// The table that a section describes, if its header holds every column that the section names; else the first that
/// is missing.
fn find(text: &str, rule: &SourceRule) -> Result<Found, String> {
    let names = named(&rule.columns);
    let mut missing = String::new();
    for delimiter in DELIMITERS {
        for header in first_records(text, delimiter.0) {
            let keys: Vec<String> = header.fields.iter().map(|field| key(field)).collect();
            let at: Vec<Option<usize>> = names
                .iter()
                .map(|name| {
                    let wanted = key(name);
                    (!wanted.is_empty())
                        .then(|| keys.iter().position(|key| *key == wanted))
                        .flatten()
                })
                .collect();
            let absent = names.iter().zip(&at).find(|(name, at)| !name.is_empty() && at.is_none());
            if let Some((name, _)) = absent {
                if missing.is_empty() || at.iter().any(Option::is_some) {
                    (*name).clone_into(&mut missing);
                }
                continue;
            }
            let width = keys.iter().rposition(|key| !key.is_empty()).map_or(0, |last| last + 1);
            return Ok(Found {
                shape: &SHAPE,
                delimiter,
                header_line: header.line,
                body: header.end,
                at,
                width,
                has_unknown: true,
            });
        }
    }
    Err(missing)
}

/// Reads the rows; `repeats` names an earlier file with the same contents.
pub(super) fn read(source: &Source, repeats: Option<&str>) -> FileRecords {
    let all = source.scope.channel();
    let order = source.order(TIMESTAMP, false);
    let zone = source.scope.zone();
    let at = &source.found.at;
    let (mut mentions, mut threads) = (Mentions::default(), Threads::default());
    let mut has_unknown = false;
    let mut out = source.read(false, |out, row| {
        let get = |column: usize| row.get(at[column]);
        let Some(when) = instant(get(TIMESTAMP), get(TIME), order, &zone) else {
            let what = "the time is not possible; row left out";
            return Err(Skip::new(Code::BadDate, what));
        };
        let mut from = people(get(FROM), "");
        let mut to = people(get(TO), "");
        let other = people(get(EMAIL), get(PERSON));
        let is_in = !is_outgoing(get(DIRECTION))?;
        if at[PERSON].is_some() || at[EMAIL].is_some() {
            if is_in {
                from.extend(other);
            } else {
                to.extend(other);
            }
        }
        if from.is_empty() && !to.is_empty() && at[FROM].is_none() {
            from.push(Mention::owner());
        } else if to.is_empty() && !from.is_empty() && at[TO].is_none() {
            to.push(Mention::owner());
        }
        let rule = from.iter().chain(&to).find_map(|who| source.noise.about(who));
        if let (Some(rule), true) = (rule, from.len() == 1 && to.len() == 1) {
            return Err(skip_person(rule));
        }
        from.retain(|who| source.noise.about(who).is_none());
        to.retain(|who| source.noise.about(who).is_none() && !from.contains(who));
        if from.is_empty() || to.is_empty() {
            return Err(Skip::new(Code::NoCounterpart, "nobody on one side; row left out"));
        }
        if let Some(earlier) = repeats {
            let what = format!("the same row stands in {earlier}; row left out");
            return Err(Skip(Code::ExactDuplicate, what.into(), None));
        }
        let spelled = Channel::from_log(get(CHANNEL)).or(all);
        if spelled.is_none() && !has_unknown {
            has_unknown = true;
            let what = "the channel is not known; such rows count as other";
            out.problems.push(Problem::new(row.mark.line, Code::UnknownChannel, what));
        }
        let thread = threads.number(get(THREAD));
        let minutes = get(MINUTES).parse().ok().filter(|m| *m <= 7 * 24 * 60).unwrap_or(0);
        let message = u32::try_from(out.rows_read).unwrap_or(u32::MAX);
        let mut ids = |list: Vec<Mention>| -> Vec<MentionId> {
            list.into_iter().map(|who| mentions.id(who)).collect()
        };
        let (from, to) = (ids(from), ids(to));
        for from in from {
            out.interactions.extend(to.iter().map(|to| RawInteraction {
                line: row.mark.line,
                at: when,
                channel: spelled.unwrap_or(Channel::Other),
                from,
                to: *to,
                thread,
                message,
                minutes,
            }));
        }
        Ok(())
    });
    out.mentions = mentions.into_list();
    out.threads = threads.into_list();
    if let Some(section) = &source.section {
        out.format = format!("{}; mapped by [sources.{section}]", out.format);
    }
    out
}

/// Words for what the owner did, and for what came in, as [`key`]s.
const OUT: &[&str] =
    &["out", "outgoing", "outbound", "sent", "from", "me", "ausgehend", "sortant", "saliente"];
const IN: &[&str] =
    &["in", "incoming", "inbound", "received", "to", "eingehend", "entrant", "entrante"];

/// Whether a row is what the owner did: so it is where nothing says which way it went.
fn is_outgoing(text: &str) -> Result<bool, Skip> {
    let key = key(text);
    if text.is_empty() || OUT.contains(&key.as_str()) {
        return Ok(true);
    }
    if IN.contains(&key.as_str()) {
        return Ok(false);
    }
    let what = "the direction is neither out nor in; row left out";
    Err(Skip::new(Code::Malformed, what))
}

/// The people of a cell. `;` and line ends part them always, a comma only where each part is an address or a link.
fn people(cell: &str, name: &str) -> Vec<Mention> {
    let is_key =
        |part: &str| canonical::email(part).is_some() || canonical::profile_slug(part).is_some();
    let mut parts: Vec<&str> = cell.split([';', '\n']).map(str::trim).collect();
    if parts.len() == 1 && cell.contains(',') && cell.split(',').all(|part| is_key(part.trim())) {
        parts = cell.split(',').map(str::trim).collect();
    }
    parts.retain(|part| !part.is_empty());
    let names: Vec<&str> =
        name.split([';', '\n']).map(str::trim).filter(|n| !n.is_empty()).collect();
    let parts: Vec<(&str, &str)> = match (parts.as_slice(), names.as_slice()) {
        ([], names) => names.iter().map(|name| (*name, "")).collect(),
        ([one], [name]) => vec![(*one, *name)],
        (many, names) if many.len() == names.len() => {
            many.iter().copied().zip(names.iter().copied()).collect()
        }
        (many, _) => many.iter().map(|part| (*part, "")).collect(),
    };
    let who = parts.into_iter().map(|(cell, name)| {
        let mut who = log::mention(cell, name);
        // What is neither link nor address is a name here, not an id.
        if who.name.is_empty() {
            who.name = std::mem::take(&mut who.handle);
        } else if !who.handle.is_empty() {
            who.handle.clear();
        }
        who
    });
    who.filter(|who| !log::is_placeholder(who)).collect()
}

/// Names that columns go by in tables of other programs, as [`key`]s, the surest first.
const ALIASES: &[(&str, &str)] = &[
    (
        "timestamp",
        "timestamp datetime date when sentat senton start startdate starttime calldate meetingdate lastcontacted lastcontact lastinteraction \
         lastcontactedat created createdat createdon datum fecha data time",
    ),
    ("time", "time starttime"),
    ("from", "from sender author organizer organiser caller fromaddress fromemail von de"),
    (
        "to",
        "to recipient recipients attendees attendee participants invitees toaddress toemail callee an para",
    ),
    (
        "person",
        "person contact name fullname contactname who with client customer lead kontakt nom nombre",
    ),
    ("email", "email emailaddress contactemail primaryemail mail linkedin linkedinurl profileurl"),
    ("channel", "channel type medium kind via activitytype interactiontype"),
    ("direction", "direction inout"),
    ("minutes", "minutes durationminutes durationmin lengthminutes"),
    ("thread", "thread threadid conversation conversationid"),
];

/// A section for a table that is not known, to be put into `weaktie.toml`; `None` where no column seems to hold
/// people, or none holds times.
pub(super) fn propose(file: &str, text: &str) -> Option<String> {
    for (delimiter, _) in DELIMITERS {
        let records = first_records(text, delimiter);
        for header in &records {
            if header.fields.len() < 2 {
                continue;
            }
            let mut taken: Vec<usize> = Vec::new();
            let mut lines = Vec::new();
            for (column, aliases) in ALIASES {
                let at = aliases
                    .split_whitespace()
                    .find_map(|alias| header.fields.iter().position(|field| key(field) == alias));
                if let Some(at) = at.filter(|at| !taken.contains(at)) {
                    taken.push(at);
                    lines.push((*column, header.fields[at].clone()));
                }
            }
            let has = |wanted: &[&str]| lines.iter().any(|(column, _)| wanted.contains(column));
            if !(has(&["timestamp"]) && has(&["from", "to", "person", "email"])) {
                continue;
            }
            let base = file.rsplit('/').next().unwrap_or(file);
            let stem = base.split('.').next().unwrap_or_default();
            let name: String = stem
                .to_lowercase()
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
                .take(30)
                .collect();
            let name = name.trim_matches('-');
            let name = if name.is_empty() { "table" } else { name };
            let quoted = |text: &str| toml::Value::from(text).to_string();
            let mut section = format!("[sources.{name}]\nfile = {}\n", quoted(base));
            for (column, field) in &lines {
                let _ = writeln!(section, "{column} = {}", quoted(field));
            }
            if !has(&["channel"]) {
                section.push_str("channel_of_all = \"meeting\"  # or email, call, chat, message\n");
            }
            return Some(section);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_proposed_from_the_header() {
        let text = "Contact Name;Email;Last Contacted;Type\nTom;tom@example.org;01/02/2026;Call\n";
        let section = propose("exports/My CRM.csv", text).unwrap();
        assert_eq!(
            section,
            "[sources.my-crm]\nfile = \"My CRM.csv\"\ntimestamp = \"Last Contacted\"\nperson = \"Contact Name\"\n\
             email = \"Email\"\nchannel = \"Type\"\n"
        );
        // The section is TOML whatever stands in the header.
        let odd = "when,\"Who \u{e9}\u{200b}\t\"\"x\"\" \\ y\",email\n";
        let section = propose("o'dd.csv", odd).unwrap();
        let parsed: toml::Table = toml::from_str(&section).unwrap();
        assert_eq!(parsed["sources"]["o-dd"]["file"].as_str(), Some("o'dd.csv"));
        let odd = "when,\"contact\u{200b}\"\n1,2\n";
        let section = propose("a.csv", odd).unwrap();
        let parsed: toml::Table = toml::from_str(&section).unwrap();
        assert_eq!(parsed["sources"]["a"]["person"].as_str(), Some("contact\u{200b}"));
        assert_eq!(propose("a.csv", "a,b\n1,2\n"), None);
        assert_eq!(propose("a.csv", "when,what\n1,2\n"), None);
    }

    #[test]
    fn cells_hold_several_people() {
        let keys = |cell: &str, name: &str| -> Vec<(String, String)> {
            people(cell, name).into_iter().map(|who| (who.name, who.email)).collect()
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            keys("a@example.org, b@example.org", ""),
            [pair("", "a@example.org"), pair("", "b@example.org")]
        );
        assert_eq!(keys("Ek, Tom; Uma N", ""), [pair("Ek, Tom", ""), pair("Uma N", "")]);
        assert_eq!(keys("tom@example.org", "Tom Ek"), [pair("Tom Ek", "tom@example.org")]);
        assert_eq!(keys("", "Tom Ek"), [pair("Tom Ek", "")]);
    }
}
