//! Slack's export: `users.json`, `channels.json` and the like, and a folder of days for each conversation.
//!
//! A direct message goes to the others of its conversation. In a channel, where nobody in particular is spoken to, a
//! message counts towards those it mentions and the one whose thread it answers. Texts are searched for mentions alone.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::super::hash;
use super::super::mentions::{Mentions, Threads};
use super::super::problem::{Code, Problem};
use super::super::record::{FileRecords, Kind, Mention, MentionId, RawInteraction};
use crate::canonical;
use crate::units::{Channel, Instant};

/// People of one conversation above which a message speaks to nobody in particular.
const MANY: usize = 25;

/// A part of an export: a list, or a day of a conversation.
#[derive(Debug)]
pub(in crate::ingest) struct Part {
    /// As the user would name it.
    pub(in crate::ingest) file: String,
    /// Its bytes.
    pub(in crate::ingest) bytes: Vec<u8>,
}

/// An export: its parts by file name, below one root.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Slack {
    /// The folder of `users.json`.
    pub(in crate::ingest) root: String,
    /// Lists and days.
    pub(in crate::ingest) parts: Vec<Part>,
}

const LISTS: &[&str] = &["users.json", "channels.json", "groups.json", "dms.json", "mpims.json"];
/// Lists of conversations, and those in which every message is to all others.
const CONVERSATIONS: &[&str] = &["channels.json", "groups.json", "dms.json", "mpims.json"];
const DIRECT: &[&str] = &["dms.json", "mpims.json"];

/// Whether a file is an export's list of users.
pub(in crate::ingest) fn is_users(file: &str, bytes: &[u8]) -> bool {
    let base = file.rsplit('/').next().unwrap_or_default();
    base == "users.json"
        && serde_json::from_slice::<Vec<User>>(bytes).is_ok_and(|users| !users.is_empty())
}

/// Whether a file below the root is one of the export's lists.
pub(in crate::ingest) fn is_list(root: &str, file: &str) -> bool {
    inside(root, file).is_some_and(|inside| LISTS.contains(&inside))
}

/// Whether a file below the root is a day of a conversation: `general/2026-03-04.json`.
pub(in crate::ingest) fn is_day(root: &str, file: &str) -> bool {
    let Some((_, day)) = inside(root, file).and_then(|inside| inside.split_once('/')) else {
        return false;
    };
    day.strip_suffix(".json").is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok())
}

fn inside<'f>(root: &str, file: &'f str) -> Option<&'f str> {
    if root.is_empty() {
        return Some(file);
    }
    file.strip_prefix(root)?.strip_prefix('/')
}

/// The conversation of a day's file: its folder.
fn conversation_of<'f>(root: &str, file: &'f str) -> Option<&'f str> {
    inside(root, file)?.split_once('/').map(|(folder, _)| folder)
}

#[derive(Deserialize)]
struct User {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    real_name: Option<String>,
    #[serde(default)]
    is_bot: bool,
    #[serde(default)]
    profile: Profile,
}

#[derive(Deserialize, Default)]
struct Profile {
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    real_name: Option<String>,
}

#[derive(Deserialize)]
struct Conversation {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    members: Vec<String>,
}

#[derive(Deserialize)]
struct Message<'m> {
    #[serde(default, borrow)]
    user: Option<Cow<'m, str>>,
    #[serde(default, borrow)]
    ts: Option<Cow<'m, str>>,
    #[serde(default, borrow)]
    thread_ts: Option<Cow<'m, str>>,
    #[serde(default, borrow)]
    subtype: Option<Cow<'m, str>>,
    #[serde(default, borrow)]
    bot_id: Option<Cow<'m, str>>,
    #[serde(default, borrow)]
    text: Option<Cow<'m, str>>,
}

/// What is known of an export's people and conversations.
struct Book {
    users: BTreeMap<String, User>,
    /// Members of direct conversations by folder name.
    direct: BTreeMap<String, Vec<String>>,
    /// Ids of conversations by folder name: a channel may get another name, never another id.
    ids: BTreeMap<String, String>,
}

/// Reads an export: one account a conversation, whose lines are the messages in their order.
pub(in crate::ingest) fn read(slack: &Slack, seen: &mut BTreeSet<u64>) -> Vec<FileRecords> {
    let book = Book::of(slack);
    let mut days: BTreeMap<&str, Vec<&Part>> = BTreeMap::new();
    for part in &slack.parts {
        if let Some(conversation) = conversation_of(&slack.root, &part.file) {
            days.entry(conversation).or_default().push(part);
        }
    }
    let read = days.into_iter().map(|(conversation, mut days)| {
        days.sort_by(|a, b| a.file.cmp(&b.file));
        let file = format!("{}/{conversation}", slack.root);
        let id = book.ids.get(conversation).map_or(conversation, String::as_str);
        Room { book: &book, conversation, id, seen: &mut *seen }.read(&file, &days)
    });
    read.collect()
}

impl Book {
    fn of(slack: &Slack) -> Self {
        let list = |name: &str| {
            slack
                .parts
                .iter()
                .find(|part| inside(&slack.root, &part.file) == Some(name))
                .map(|part| part.bytes.as_slice())
        };
        let users: Vec<User> = list("users.json")
            .and_then(|bytes| serde_json::from_slice(bytes).ok())
            .unwrap_or_default();
        let (mut direct, mut ids) = (BTreeMap::new(), BTreeMap::new());
        for name in CONVERSATIONS {
            let known: Vec<Conversation> =
                list(name).and_then(|bytes| serde_json::from_slice(bytes).ok()).unwrap_or_default();
            for one in known {
                let is_unnamed = *name == "dms.json" || one.name.is_empty();
                let folder = if is_unnamed { one.id.clone() } else { one.name };
                ids.insert(folder.clone(), one.id);
                if DIRECT.contains(name) {
                    direct.insert(folder, one.members);
                }
            }
        }
        let users = users.into_iter().map(|user| (user.id.clone(), user)).collect();
        Self { users, direct, ids }
    }

    /// A user as a person; `None` for bots.
    fn mention(&self, id: &str) -> Option<Mention> {
        let Some(user) = self.users.get(id) else {
            return Some(Mention { handle: format!("slack:{id}"), ..Mention::default() });
        };
        if user.is_bot || id == "USLACKBOT" {
            return None;
        }
        let name = [&user.profile.real_name, &user.real_name]
            .into_iter()
            .flatten()
            .find(|name| !name.is_empty());
        Some(Mention {
            name: name.unwrap_or(&user.name).trim().to_owned(),
            email: user.profile.email.as_deref().and_then(canonical::email).unwrap_or_default(),
            handle: format!("slack:{id}"),
            slug: String::new(),
        })
    }
}

/// One conversation.
struct Room<'b> {
    book: &'b Book,
    /// The name of its folder.
    conversation: &'b str,
    id: &'b str,
    seen: &'b mut BTreeSet<u64>,
}

impl Room<'_> {
    fn read(&mut self, file: &str, days: &[&Part]) -> FileRecords {
        let mut out = FileRecords::new(file, Kind::Chat);
        let (mut mentions, mut threads) = (Mentions::default(), Threads::default());
        let mut authors: BTreeMap<String, String> = BTreeMap::new();
        let mut line = 0;
        for part in days {
            let Ok(messages) = serde_json::from_slice::<Vec<Message<'_>>>(&part.bytes) else {
                line += 1;
                out.rows_read += 1;
                let what = "a day of the conversation is not Slack's JSON; left out";
                out.problems.push(Problem::new(line, Code::Malformed, what));
                continue;
            };
            for message in &messages {
                line += 1;
                out.rows_read += 1;
                if let (Some(ts), Some(user)) = (&message.ts, &message.user) {
                    authors.insert(ts.to_string(), user.to_string());
                }
                match self.message(message, &authors) {
                    Ok((at, from, to)) => {
                        out.rows_used += 1;
                        let from = mentions.id(from);
                        let to: Vec<MentionId> = to.into_iter().map(|to| mentions.id(to)).collect();
                        let root = message.thread_ts.as_deref().unwrap_or_default();
                        let root = if root.is_empty() {
                            String::new()
                        } else {
                            format!("{}/{root}", self.id)
                        };
                        let thread = threads.number(&root);
                        out.interactions.extend(to.into_iter().map(|to| RawInteraction {
                            line,
                            at,
                            channel: Channel::Chat,
                            from,
                            to,
                            thread,
                            message: u32::try_from(line).unwrap_or(u32::MAX),
                            minutes: 0,
                        }));
                    }
                    Err((code, what)) => out.problems.push(Problem::new(line, code, what)),
                }
            }
        }
        out.mentions = mentions.into_list();
        out.threads = threads.into_list();
        "a Slack conversation; a line is the place of a message in it".clone_into(&mut out.format);
        out
    }

    fn message(
        &mut self,
        message: &Message<'_>,
        authors: &BTreeMap<String, String>,
    ) -> Result<(Instant, Mention, Vec<Mention>), (Code, &'static str)> {
        let subtype = message.subtype.as_deref().unwrap_or_default();
        if message.bot_id.is_some()
            || !matches!(subtype, "" | "thread_broadcast" | "file_share" | "me_message")
        {
            return Err((Code::Automated, "a bot or Slack itself speaks; message left out"));
        }
        let Some(user) = message.user.as_deref() else {
            return Err((Code::NoCounterpart, "no sender; message left out"));
        };
        let Some(from) = self.book.mention(user) else {
            return Err((Code::Automated, "a bot or Slack itself speaks; message left out"));
        };
        let ts = message.ts.as_deref().unwrap_or_default();
        let seconds = ts.split('.').next().and_then(|text| text.parse::<i64>().ok());
        let Some(at) = seconds.filter(|at| (1_262_304_000..7_258_118_400).contains(at)) else {
            return Err((Code::BadDate, "ts is not a possible time; message left out"));
        };
        let mut to: BTreeSet<&str> = BTreeSet::new();
        if let Some(members) =
            self.book.direct.get(self.conversation).filter(|members| members.len() <= MANY)
        {
            to.extend(members.iter().map(String::as_str));
        } else {
            to.extend(mentioned(message.text.as_deref().unwrap_or_default()));
            let root = message.thread_ts.as_deref().filter(|root| *root != ts);
            to.extend(root.and_then(|root| authors.get(root)).map(String::as_str));
        }
        to.remove(user);
        let to: Vec<Mention> = to.into_iter().filter_map(|id| self.book.mention(id)).collect();
        if to.is_empty() {
            return Err((Code::NoCounterpart, "said to a whole channel; message left out"));
        }
        if !self.seen.insert(hash::of_fields([self.id, ts, user].into_iter())) {
            return Err((
                Code::ExactDuplicate,
                "the same message stands in another export; left out",
            ));
        }
        Ok((Instant(at), from, to))
    }
}

/// Ids in `<@U02>` and `<@U02|name>`.
fn mentioned(text: &str) -> impl Iterator<Item = &str> {
    text.split("<@").skip(1).filter_map(|rest| {
        let id = rest.split(['>', '|']).next()?;
        let is_id =
            !id.is_empty() && id.len() < 24 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_id.then_some(id)
    })
}
