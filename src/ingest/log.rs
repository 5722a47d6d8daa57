//! Interaction logs: `timestamp,from,to,channel[,thread][,minutes]`, one row for each sender and recipient.
//!
//! Responsible for reading millions of rows with one text for each spelling of a person. Rows that repeat are kept
//! and remarked on, because a log without message ids cannot tell a repeat from a second message.

#[expect(clippy::disallowed_types, reason = "lookups only")]
use std::collections::HashMap;

use jiff::tz::TimeZone;

use super::dates::{self, Order};
use super::mentions::{Mentions, Texts, Threads};
use super::noise::{Noise, skip_person};
use super::problem::{Code, Problem};
use super::reading::Scope;
use super::recognise::{Column, Shape};
use super::record::{FileRecords, Kind, Mention, MentionId, RawInteraction};
use super::source::{Skip, Source};
use super::zoned;
use crate::canonical;
use crate::units::{Channel, Instant};

pub(super) const TIMESTAMP: usize = 0;
pub(super) const FROM: usize = 1;
pub(super) const TO: usize = 2;
pub(super) const CHANNEL: usize = 3;
pub(super) const THREAD: usize = 4;
pub(super) const FROM_NAME: usize = 5;
pub(super) const TO_NAME: usize = 6;
/// How long a meeting or call took; whoever streams logs of any size does not read it.
pub(super) const MINUTES: usize = 7;

pub(super) static SHAPE: Shape = Shape {
    kind: Kind::Log,
    title: "an interaction log (CSV)",
    columns: &[
        Column { name: "timestamp", aliases: &["date", "datetime", "time", "when", "sentat"] },
        Column { name: "from", aliases: &["sender"] },
        Column { name: "to", aliases: &["recipient"] },
        Column { name: "channel", aliases: &["type", "kind"] },
        Column { name: "thread", aliases: &["threadid", "conversation", "conversationid"] },
        Column { name: "from_name", aliases: &["sendername"] },
        Column { name: "to_name", aliases: &["recipientname"] },
        Column { name: "minutes", aliases: &["durationminutes", "minuteslong"] },
    ],
    required: &[TIMESTAMP, FROM, TO],
    date: None,
};

/// Reads the rows; `repeats` names an earlier file with the same contents.
pub(super) fn read(source: &Source, repeats: Option<&str>) -> FileRecords {
    let at: [Option<usize>; 8] = std::array::from_fn(|column| source.found.at[column]);
    let mut people = People::new(&source.noise);
    let mut channels = Channels { of_others: source.scope.channel(), ..Channels::default() };
    let clock = Clock::of(source);
    let mut threads = Threads::default();
    // The spelling of each interaction's channel: email-to and email-cc are two rows, not a repeat.
    let mut spellings: Vec<u32> = Vec::new();
    let mut out = source.read(true, |out, row| {
        if source.is_too_long(row) {
            return Err(Skip::new(Code::Malformed, "more fields than columns; row left out"));
        }
        let Some(when) = clock.read(row.get(at[TIMESTAMP])) else {
            let what = "timestamp is not a possible time since 1980; row left out";
            return Err(Skip::new(Code::BadDate, what));
        };
        let from = people.find(row.get(at[FROM]), row.get(at[FROM_NAME]))?;
        let to = people.find(row.get(at[TO]), row.get(at[TO_NAME]))?;
        if from.person == to.person {
            return Err(Skip::new(Code::SelfLoop, "from and to are the same; row left out"));
        }
        if let Some(rule) = from.noise.or(to.noise) {
            return Err(skip_person(rule));
        }
        if let Some(earlier) = repeats {
            let what = format!("the same row stands in {earlier}; row left out");
            return Err(Skip(Code::ExactDuplicate, what.into(), None));
        }
        if row.fields.len() < source.found.width {
            let what = "fewer fields than columns; row kept";
            out.problems.push(Problem::new(row.mark.line, Code::ShortRow, what));
        }
        let (spelling, channel) = match at[CHANNEL] {
            Some(_) => channels.find(row.get(at[CHANNEL]), row.mark.line, &mut out.problems),
            None => (0, source.scope.channel().unwrap_or(Channel::Other)),
        };
        spellings.push(spelling);
        out.interactions.push(RawInteraction {
            line: row.mark.line,
            at: when,
            channel,
            from: from.mention,
            to: to.mention,
            thread: threads.number(row.get(at[THREAD])),
            message: 0,
            minutes: minutes(row.get(at[MINUTES])),
        });
        Ok(())
    });
    if at[CHANNEL].is_none() && source.scope.channel().is_none() {
        let what = "there is no channel column; every row counts as other";
        out.problems.push(Problem::new(source.found.header_line, Code::UnknownChannel, what));
    }
    remark_on_repeats(&mut out, &spellings);
    out.problems.sort_by_key(|problem| problem.line);
    out.mentions = people.mentions.into_list();
    out.threads = threads.into_list();
    out
}

/// Whole minutes up to a week; 0, which means unknown, for anything else.
fn minutes(cell: &str) -> u16 {
    cell.parse().ok().filter(|minutes| *minutes <= 7 * 24 * 60).unwrap_or(0)
}

/// A spelling of a person, looked into once.
#[derive(Debug, Clone, Copy)]
struct Spelled {
    mention: MentionId,
    /// Equal for spellings with one canonical key.
    person: u32,
    /// The noise rule that leaves out their rows.
    noise: Option<&'static str>,
    is_placeholder: bool,
}

#[derive(Debug)]
struct People<'s> {
    rules: &'s Noise,
    #[expect(clippy::disallowed_types, reason = "lookups only")]
    spelled: HashMap<String, Spelled>,
    /// Holds the key of a cell and its name while it is looked up, so that no row needs a text of its own.
    buffer: String,
    mentions: Mentions,
    persons: Texts,
}

impl<'s> People<'s> {
    #[expect(clippy::disallowed_types, reason = "lookups only")]
    fn new(rules: &'s Noise) -> Self {
        Self {
            rules,
            spelled: HashMap::new(),
            buffer: String::new(),
            mentions: Mentions::default(),
            persons: Texts::default(),
        }
    }

    fn find(&mut self, cell: &str, name: &str) -> Result<Spelled, Skip> {
        if cell.is_empty() && name.is_empty() {
            return Err(Skip::new(Code::NoCounterpart, "nobody on one side; row left out"));
        }
        self.buffer.clear();
        self.buffer.push_str(cell);
        if !name.is_empty() {
            self.buffer.push('\u{1f}');
            self.buffer.push_str(name);
        }
        let spelled = match self.spelled.get(self.buffer.as_str()) {
            Some(spelled) => *spelled,
            None => self.add(cell, name),
        };
        if spelled.is_placeholder {
            let what = "only LinkedIn Member on one side; row left out";
            return Err(Skip::new(Code::Placeholder, what));
        }
        Ok(spelled)
    }

    fn add(&mut self, cell: &str, name: &str) -> Spelled {
        let mention = mention(cell, name);
        let key = if !mention.slug.is_empty() {
            format!("slug {}", mention.slug)
        } else if !mention.email.is_empty() {
            format!("email {}", mention.email)
        } else if !mention.handle.is_empty() {
            format!("handle {}", mention.handle)
        } else {
            format!("name {}", mention.name)
        };
        let is_placeholder = is_placeholder(&mention);
        let noise = self.rules.about(&mention);
        // Those who are left out of every row are not mentioned either.
        let left_out = is_placeholder || noise.is_some();
        let spelled = Spelled {
            person: self.persons.id(&key).0,
            mention: if left_out { MentionId::MAX } else { self.mentions.id(mention) },
            noise,
            is_placeholder,
        };
        self.spelled.insert(self.buffer.clone(), spelled);
        spelled
    }
}

/// Whether a mention is only LinkedIn's label for a member it does not name.
pub(super) fn is_placeholder(mention: &Mention) -> bool {
    let no_key = mention.slug.is_empty() && mention.email.is_empty();
    no_key
        && (canonical::is_placeholder_person(&mention.handle)
            || canonical::is_placeholder_person(&mention.name))
}

/// A cell as a person: a profile link, an address, `Name <address>`, or else a log's own id.
pub(super) fn mention(cell: &str, name: &str) -> Mention {
    let mut mention = Mention { name: name.to_owned(), ..Mention::default() };
    let inside = cell.strip_suffix('>').and_then(|rest| rest.rsplit_once('<'));
    if let Some((shown, email)) =
        inside.and_then(|(shown, address)| Some((shown, canonical::email(address)?)))
    {
        mention.email = email;
        if mention.name.is_empty() {
            shown.trim().trim_matches('"').trim().clone_into(&mut mention.name);
        }
    } else if let Some(slug) = canonical::profile_slug(cell) {
        mention.slug = slug;
    } else if let Some(email) = canonical::email(cell) {
        mention.email = email;
    } else {
        cell.clone_into(&mut mention.handle);
    }
    mention
}

/// How the times of a log are read.
enum Clock {
    /// As ISO 8601 or seconds since 1970; UTC where no zone is told.
    Plain,
    /// As the user says.
    Said(Order, TimeZone),
}

impl Clock {
    fn of(source: &Source) -> Self {
        let Scope { zone, .. } = &source.scope;
        if zone.is_none() && source.scope.day_first().is_none() {
            return Self::Plain;
        }
        Self::Said(source.order(TIMESTAMP, true), source.scope.zone())
    }

    fn read(&self, cell: &str) -> Option<Instant> {
        match self {
            Self::Plain => dates::log_instant(cell),
            Self::Said(order, zone) => zoned::instant(cell, "", *order, zone),
        }
    }
}

/// The spellings of channels met so far.
#[derive(Debug, Default)]
struct Channels {
    /// The channel of spellings that are not known, where the user says it.
    of_others: Option<Channel>,
    spellings: Texts,
    found: Vec<Channel>,
}

impl Channels {
    /// The spelling's number and its channel; the first row with an unknown one gets a remark.
    fn find(&mut self, text: &str, line: u64, problems: &mut Vec<Problem>) -> (u32, Channel) {
        let (id, is_new) = self.spellings.id(text);
        if is_new {
            let channel = Channel::from_log(text).or(self.of_others);
            if channel.is_none() {
                // Never quoted: the column may hold anything, a subject even.
                let what = "this spelling of a channel is not known and counts as other";
                problems.push(Problem::new(line, Code::UnknownChannel, what));
            }
            self.found.push(channel.unwrap_or(Channel::Other));
        }
        let at = usize::try_from(id).unwrap_or(usize::MAX);
        (id, self.found.get(at).copied().unwrap_or(Channel::Other))
    }
}

/// Remarks on each row that repeats an earlier one. Sorting needs less memory than a set, and logs are mostly
/// sorted already.
fn remark_on_repeats(out: &mut FileRecords, spellings: &[u32]) {
    let key = |index: usize| {
        let row = &out.interactions[index];
        (row.at, row.from, row.to, row.thread, spellings[index])
    };
    let mut order: Vec<usize> = (0..out.interactions.len()).collect();
    order.sort_by_key(|index| key(*index));
    let what = "the row repeats an earlier one; kept";
    let repeats: Vec<Problem> = order
        .windows(2)
        .filter(|pair| key(pair[0]) == key(pair[1]))
        .map(|pair| Problem::new(out.interactions[pair[1]].line, Code::RepeatedRow, what))
        .collect();
    out.problems.extend(repeats);
}

#[cfg(test)]
mod tests {
    use super::super::hash;
    use super::super::test_support::{codes, source};
    use super::*;

    fn log(rows: &str) -> FileRecords {
        read(&source("log.csv", &format!("timestamp,from,to,channel,thread\n{rows}")), None)
    }

    #[test]
    fn a_row_is_one_interaction_and_a_spelling_one_mention() {
        let out = log(
            "2024-01-31T14:05:11Z,Tom@Example.org,www.linkedin.com/in/Uma-X,email-to,t1\n\
                       2024-01-31T15:05:11Z,tom@example.org,\"\"\"Ek, Siv\"\" <siv@example.org>\",chat,t1\n\
                       2024-01-31T16:05:11Z, k7 ,tom@example.org,sms,\n",
        );
        assert_eq!((out.rows_read, out.rows_used, out.rows_skipped()), (3, 3, 0));
        let emails: Vec<&str> = out.mentions.iter().map(|who| who.email.as_str()).collect();
        assert_eq!(emails, ["tom@example.org", "", "siv@example.org", ""]);
        assert_eq!(out.mentions[1].slug, "uma-x");
        assert_eq!(out.mentions[2].name, "Ek, Siv");
        assert_eq!(out.mentions[3].handle, "k7");
        assert_eq!(out.threads, [hash::of("t1")]);
        let threads: Vec<u32> = out.interactions.iter().map(|row| row.thread).collect();
        assert_eq!(threads, [1, 1, 0]);
        assert_eq!(out.interactions[0].channel, Channel::Email);
        assert_eq!(out.interactions[0].line, 2);
    }

    #[test]
    fn each_row_left_out_has_one_code() {
        let out = log(",,,,\n\
                       1979-12-31T21:00:00Z,a,b,email,\n\
                       2024-01-31,,b,email,\n\
                       2024-01-31,t.ek+x@gmail.com,tek@googlemail.com,email,\n\
                       2024-01-31,no-reply@example.org,b,email,\n\
                       2024-01-31,LinkedIn Member,b,email,\n\
                       2024-01-31,a,b,email,t,extra\n\
                       2024-01-31,a,b,email,\n");
        let expected = "blank bad-date no-counterpart self-loop automated placeholder malformed";
        assert_eq!(codes(&out), expected);
        assert_eq!((out.rows_read, out.rows_used, out.rows_skipped()), (8, 1, 7));
    }

    #[test]
    fn repeats_are_kept_with_a_remark() {
        let row = "2024-01-31T14:05:11Z,a,b,email,\n";
        let out = log(&format!("{row}2024-01-31T14:05:11Z,a,b,email-cc,\n{row}"));
        assert_eq!((out.rows_used, codes(&out).as_str()), (3, "repeated-row"));
        assert_eq!(out.problems[0].line, 4);
    }

    #[test]
    fn unknown_and_missing_channels_count_as_other() {
        let out = log("2024-01-31,a,b,pigeon,\n2024-01-31,a,c,pigeon\n");
        assert_eq!(codes(&out), "unknown-channel short-row");
        assert_eq!(out.interactions[1].channel, Channel::Other);
        let out = read(&source("l.csv", "date;sender;recipient\n2024-01-31;a;b\n"), None);
        assert_eq!((out.rows_used, codes(&out).as_str()), (1, "unknown-channel"));
    }

    #[test]
    fn names_in_columns_of_their_own_are_kept() {
        let text = "timestamp,from,to,from_name,to_name\n2024-01-31,t@example.org,,Tom Ek,Uma N.\n";
        let out = read(&source("l.csv", text), None);
        let names: Vec<&str> = out.mentions.iter().map(|who| who.name.as_str()).collect();
        assert_eq!(names, ["Tom Ek", "Uma N."]);
    }

    #[test]
    fn minutes_are_read_where_they_are_whole_and_possible() {
        let text =
            "timestamp,from,to,channel,minutes\n2024-01-31,a,b,call,45\n2024-02-01,a,b,call,long\n";
        let out = read(&source("l.csv", text), None);
        let minutes: Vec<u16> = out.interactions.iter().map(|row| row.minutes).collect();
        assert_eq!(minutes, [45, 0]);
    }

    #[test]
    fn a_file_loaded_twice_counts_once() {
        let source = source("b.csv", "timestamp,from,to,channel\n2024-01-31,a,b,email\n");
        let out = read(&source, Some("a.csv"));
        assert_eq!((out.rows_read, out.rows_used, codes(&out).as_str()), (1, 0, "exact-duplicate"));
        assert!(out.interactions.is_empty());
    }
}
