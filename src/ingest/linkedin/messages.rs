//! `messages.csv` in all its eras: who wrote to whom and when.
//!
//! Responsible for one interaction for each recipient of a message. Subject and text are looked at to tell
//! advertisements and exact repeats, and are not kept. Direction comes from the sender, never from the folder.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::super::dates::{self, Order};
use super::super::hash;
use super::super::mentions::{Mentions, Texts, Threads};
use super::super::noise::skip_person;
use super::super::problem::Code;
use super::super::recognise::{Column, Shape};
use super::super::record::{FileRecords, Kind, Mention, OwnerFact, RawInteraction};
use super::super::source::{Skip, Source};
use super::super::table::Row;
use super::Known;
use super::known::OwnerNames;
use super::parties::{Memo, Party, Receivers, Sender};
use super::recipients::recipients;
use crate::canonical::{self, noise::Place};
use crate::units::{Channel, Instant};

const CONVERSATION: usize = 0;
const TITLE: usize = 1;
const FROM: usize = 2;
const SENDER_URL: usize = 3;
const TO: usize = 4;
const RECIPIENT_URLS: usize = 5;
const DATE: usize = 6;
const CONTENT: usize = 7;
const FOLDER: usize = 8;
const DRAFT: usize = 9;
const CONVERSATION_DRAFT: usize = 10;
const DIRECTION: usize = 11;
const SUBJECT: usize = 12;
const ATTACHMENTS: usize = 13;

const COLUMNS: &[Column] = &[
    Column { name: "CONVERSATION ID", aliases: &[] },
    Column { name: "CONVERSATION TITLE", aliases: &[] },
    Column { name: "FROM", aliases: &[] },
    Column { name: "SENDER PROFILE URL", aliases: &[] },
    Column { name: "TO", aliases: &[] },
    Column { name: "RECIPIENT PROFILE URLS", aliases: &["recipientprofileurl"] },
    Column { name: "DATE", aliases: &[] },
    Column { name: "CONTENT", aliases: &[] },
    Column { name: "FOLDER", aliases: &[] },
    Column { name: "IS MESSAGE DRAFT", aliases: &[] },
    Column { name: "IS CONVERSATION DRAFT", aliases: &[] },
    Column { name: "DIRECTION", aliases: &[] },
    Column { name: "SUBJECT", aliases: &[] },
    Column { name: "ATTACHMENTS", aliases: &["attachment"] },
];

pub(in crate::ingest) static SHAPE: Shape = Shape {
    kind: Kind::Messages,
    title: "LinkedIn's messages.csv",
    columns: COLUMNS,
    required: &[CONVERSATION, FROM, DATE],
    date: Some((DATE, is_date)),
};

/// The file of 2018, without conversations and profile links.
pub(in crate::ingest) static SHAPE_2018: Shape = Shape {
    kind: Kind::Messages,
    title: "LinkedIn's Messages.csv of 2018",
    columns: COLUMNS,
    required: &[FROM, TO, DATE, DIRECTION, FOLDER],
    date: Some((DATE, is_date)),
};

fn is_date(cell: &str) -> bool {
    dates::linkedin_instant(cell, Order::MonthFirst).is_some()
}

/// Whether a file tells recipients by their names only.
pub(in crate::ingest) fn says_less(source: &Source) -> bool {
    source.found.at[RECIPIENT_URLS].is_none()
}

/// A message that is one.
struct Sent {
    at: Instant,
    sender: Rc<Sender>,
    to: Rc<Receivers>,
}

impl Sent {
    fn recipients(&self) -> impl Iterator<Item = &Party> {
        self.to.without(&self.sender)
    }
}

/// What one file's rows are read with.
struct Reading<'r, N> {
    source: &'r Source,
    known: &'r Known,
    order: Order,
    /// Names by which a list of them is taken apart.
    names: N,
    senders: Memo<Sender>,
    receivers: Memo<Receivers>,
}

/// Reads the messages; `seen` holds rows of earlier files.
pub(in crate::ingest) fn read(
    source: &Source,
    seen: &mut BTreeSet<u64>,
    known: &Known,
) -> FileRecords {
    // A second reading, spared where every recipient has a link.
    let names = OnceCell::new();
    let mut reading = Reading {
        source,
        known,
        order: source.order(DATE, false),
        names: || names.get_or_init(|| names_with(source, known)),
        senders: Memo::default(),
        receivers: Memo::default(),
    };
    let (mut mentions, mut threads) = (Mentions::default(), Threads::default());
    let mut signs = OwnerSigns::default();
    let mut owner_names = OwnerNames::default();
    let mut out = source.read(false, |out, row| {
        let sent = reading.message(row)?;
        if !seen.insert(identity(source, row, &sent)) {
            let what = "the same message stands earlier; row left out";
            return Err(Skip::new(Code::ExactDuplicate, what));
        }
        let thread = threads.number(row.get(source.found.at[CONVERSATION]));
        signs.note(thread, &sent);
        let mut to = sent.recipients();
        if let (Some(only), None) = (to.next(), to.next()) {
            let direction = row.get(source.found.at[DIRECTION]);
            owner_names.note(direction, &sent.sender.party.mention.name, &only.mention.name);
        }
        let from = sent.sender.party.id(&mut mentions);
        for party in sent.recipients() {
            out.interactions.push(RawInteraction {
                line: row.mark.line,
                at: sent.at,
                channel: Channel::Message,
                from,
                to: party.id(&mut mentions),
                thread,
                message: u32::try_from(out.rows_read).unwrap_or(u32::MAX),
                minutes: 0,
            });
        }
        Ok(())
    });
    let with_urls = source.found.at[RECIPIENT_URLS].is_some();
    out.owner = signs.facts(with_urls);
    out.owner.extend(owner_names.owner());
    out.mentions = mentions.into_list();
    out.threads = threads.into_list();
    out
}

/// The known names and those that this file shows: senders, and recipients that stand alone.
fn names_with(source: &Source, known: &Known) -> BTreeSet<String> {
    let at = &source.found.at;
    let mut raw: BTreeSet<String> = BTreeSet::new();
    let mut note = |name: &str| {
        if !name.is_empty() && !raw.contains(name) {
            raw.insert(name.to_owned());
        }
    };
    source.read(false, |_, row| {
        let to = row.get(at[TO]);
        note(row.get(at[FROM]));
        if !to.contains(',') {
            note(to);
        }
        Ok(())
    });
    let shown = raw.iter().map(|name| canonical::folded_name(name)).filter(|name| !name.is_empty());
    shown.chain(known.names.iter().cloned()).collect()
}

/// What makes two rows one message: the conversation, the sender, the instant and the text. Exports of other years
/// have other columns, break lines of the text differently, and may find the message in another folder.
fn identity(source: &Source, row: &Row<'_>, sent: &Sent) -> u64 {
    let get = |column: usize| row.get(source.found.at[column]);
    let who = &sent.sender.party.mention;
    let sender = if who.slug.is_empty() { &who.name } else { &who.slug };
    let conversation = get(CONVERSATION);
    // Without text or conversation the rest has to tell.
    let is_bare = conversation.is_empty() || get(CONTENT).is_empty();
    let to = if conversation.is_empty() { get(TO) } else { "" };
    let more = if is_bare { [to, get(ATTACHMENTS), get(SUBJECT)] } else { [""; 3] };
    let parts = [conversation, sender].into_iter().chain(more);
    let parts = hash::of_fields(parts);
    let numbers = [sent.at.0.to_le_bytes(), hash::of_words(get(CONTENT)).to_le_bytes()];
    numbers.into_iter().fold(parts, hash::more)
}

fn is_yes(text: &str) -> bool {
    ["yes", "true", "1"].iter().any(|yes| text.eq_ignore_ascii_case(yes))
}

/// The first two hundred letters: an advertisement says so at its beginning.
fn head(text: &str) -> &str {
    let end = text.char_indices().nth(200).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

impl<'k, N: Fn() -> &'k BTreeSet<String>> Reading<'_, N> {
    fn message(&mut self, row: &Row<'_>) -> Result<Sent, Skip> {
        let source = self.source;
        let get = |column: usize| row.get(source.found.at[column]);
        if row.filled() == 1 && !get(DATE).is_empty() {
            return Err(Skip::new(Code::DateOnly, "only a date; row left out"));
        }
        if is_yes(get(DRAFT)) || is_yes(get(CONVERSATION_DRAFT)) {
            return Err(Skip::new(Code::Draft, "a draft, never sent; row left out"));
        }
        let sender = self.sender(get(FROM), get(SENDER_URL));
        let noise = |place, column| source.noise.in_message(place, get(column), sender.kept);
        if let Some(rule) = noise(Place::Folder, FOLDER) {
            return Err(Skip::by_rule(Code::Spam, "in the spam folder; row left out", rule.id));
        }
        let is_linkless = get(SENDER_URL).is_empty();
        let advertised = source
            .noise
            .in_message(Place::Text, head(get(CONTENT)), sender.kept)
            .or_else(|| is_linkless.then(|| noise(Place::Title, TITLE)).flatten());
        if let Some(rule) = advertised {
            let what = "an advertisement; row left out";
            return Err(Skip::by_rule(Code::Sponsored, what, rule.id));
        }
        let Some(at) = dates::linkedin_instant(get(DATE), self.order) else {
            // Where fields were moved, the date stands elsewhere: say so, since the remedy differs.
            if source.is_too_long(row) || row.fields.len() <= 1 {
                return Err(Skip::new(Code::Malformed, "fields are out of place; row left out"));
            }
            return Err(Skip::new(Code::BadDate, "DATE is not a possible time; row left out"));
        };
        let to = self.receivers(get(TO), get(RECIPIENT_URLS));
        let nobody_sent = sender.party.mention == Mention::default();
        let nobody_else = to.without(&sender).next().is_none();
        if nobody_sent && !sender.hidden {
            return Err(Skip::new(Code::NoCounterpart, "no sender; row left out"));
        }
        if nobody_else && (!to.people.is_empty() || !to.placeholder) {
            return Err(Skip::new(Code::NoCounterpart, "no recipient; row left out"));
        }
        if nobody_sent || nobody_else {
            let what = "only LinkedIn Member on the other side; row left out";
            return Err(Skip::new(Code::Placeholder, what));
        }
        if let Some(rule) = sender.left_out {
            return Err(skip_person(rule));
        }
        if let Some(rule) = is_linkless.then(|| noise(Place::Sender, FROM)).flatten() {
            let what = "from LinkedIn itself; row left out";
            return Err(Skip::by_rule(Code::Automated, what, rule.id));
        }
        Ok(Sent { at, sender, to })
    }

    fn sender(&mut self, name: &str, url: &str) -> Rc<Sender> {
        let (noise, known) = (&self.source.noise, self.known);
        self.senders.of([name, url], || {
            let hidden = canonical::is_placeholder_person(name);
            let slug = canonical::profile_slug(url).unwrap_or_default();
            let name = if hidden { String::new() } else { name.to_owned() };
            let is_owner = !slug.is_empty()
                && !known.owners.is_empty()
                && known.owners.contains(&canonical::folded_name(&name));
            let who = Mention { name, slug, ..Mention::default() };
            Sender {
                hidden,
                kept: noise.keeps(&who),
                left_out: noise.about(&who),
                is_owner,
                party: Party::new(who),
                ..Sender::default()
            }
        })
    }

    fn receivers(&mut self, to: &str, urls: &str) -> Rc<Receivers> {
        let names = &self.names;
        self.receivers.of([to, urls], || {
            let found = recipients(to, urls, names);
            let people = found.people.into_iter().map(Party::new).collect();
            Receivers { people, placeholder: found.placeholder }
        })
    }
}

/// What the messages show about who the owner is.
#[derive(Debug, Default)]
struct OwnerSigns {
    slugs: Texts,
    /// The slugs of each conversation.
    conversations: BTreeMap<u32, BTreeSet<u32>>,
    /// The ends of the row before, and its conversation: the next is mostly of the same people.
    before: Option<(u32, Rc<Sender>, Rc<Receivers>)>,
    /// Those who wrote under the profile's name.
    under_name: Vec<Rc<Sender>>,
}

impl OwnerSigns {
    fn note(&mut self, thread: u32, sent: &Sent) {
        let sender = &sent.sender;
        if sender.is_owner {
            if sender.written.get() == 0 {
                self.under_name.push(Rc::clone(sender));
            }
            sender.written.set(sender.written.get().saturating_add(1));
        }
        let is_known = self.before.as_ref().is_some_and(|(of, from, to)| {
            *of == thread && Rc::ptr_eq(from, sender) && Rc::ptr_eq(to, &sent.to)
        });
        let slug = |party: &&Party| !party.mention.slug.is_empty();
        // A row whose recipients have no links may lack the owner's.
        if thread == 0 || is_known || !sent.recipients().any(|party| slug(&party)) {
            return;
        }
        let conversation = self.conversations.entry(thread).or_default();
        for party in std::iter::once(&sender.party).chain(sent.recipients()).filter(slug) {
            conversation.insert(self.slugs.id(&party.mention.slug).0);
        }
        self.before = Some((thread, Rc::clone(sender), Rc::clone(&sent.to)));
    }

    /// `with_urls`: whether recipients had links; without them only conversations the owner wrote in show the owner.
    fn facts(self, with_urls: bool) -> Vec<OwnerFact> {
        let count = self.conversations.len();
        let mut conversations = self.conversations.into_values();
        let first = conversations.next().unwrap_or_default();
        let common = conversations.fold(first, |common, next| &common & &next);
        let telling = with_urls && (count >= 3 || common.len() == 1);
        let slugs = self.slugs.into_list();
        let in_all = common
            .iter()
            .filter(|_| telling)
            .filter_map(|id| slugs.get(usize::try_from(*id).unwrap_or(usize::MAX)))
            .map(|slug| OwnerFact::Slug {
                slug: slug.clone(),
                how: format!("in all {count} conversations with profile links"),
                rank: 2,
            });
        let mut written: BTreeMap<String, u32> = BTreeMap::new();
        for sender in self.under_name {
            *written.entry(sender.party.mention.slug.clone()).or_default() += sender.written.get();
        }
        let under_name = written.into_iter().map(|(slug, count)| OwnerFact::Slug {
            slug,
            how: format!("sender of {count} messages under the profile's name"),
            rank: 3,
        });
        in_all.chain(under_name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{codes, source};
    use super::*;

    const PILAR: &str = "https://www.linkedin.com/in/pilar-x";
    const TOM: &str = "https://www.linkedin.com/in/tom-x";
    const HEADER: &str = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,\
                          RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER";

    fn messages(header: &str, rows: &str) -> FileRecords {
        let source = source("messages.csv", &format!("{header}\n{rows}"));
        read(&source, &mut BTreeSet::new(), &Known::default())
    }

    fn plain(rows: &str) -> FileRecords {
        messages(HEADER, rows)
    }

    #[test]
    fn gotcha_13_and_14_a_quoted_file_with_multi_line_text() {
        let quoted = format!("\"{}\"", HEADER.replace(',', "\",\""));
        let row = format!(
            "\"2-a==\",\"\",\"Pilar Okonjo\",\"{PILAR}\",\"Tom Ek\",\"{TOM}\",\
             \"2026-03-01 10:00:00 UTC\",\"\",\"Hi Tom,\n\nThe answer is \"\"maybe\"\"\",\"INBOX\"\n"
        );
        let out = messages(&quoted, &format!("{row}{}", row.replace("10:00", "11:00")));
        assert_eq!((out.rows_used, codes(&out).as_str()), (2, ""));
        assert_eq!((out.interactions[0].line, out.interactions[1].line), (2, 5));
        assert_eq!((out.mentions.len(), out.threads.len()), (2, 1));
        assert!(!format!("{out:?}").contains("maybe"));
    }

    #[test]
    fn gotcha_9_10_and_11_rows_that_are_not_ties() {
        let header = format!("{HEADER},IS MESSAGE DRAFT,IS CONVERSATION DRAFT");
        let day = "2025-11-20 08:00:00 UTC";
        let out = messages(
            &header,
            &format!(
                ",,,,,,,,,,,\n\
                 ,,,,,,{day},,,,,\n\
                 ,,Pilar,{PILAR},Tom,{TOM},{day},,never sent,,Yes,No\n\
                 2-a,,Corwick,{TOM},Pilar,{PILAR},{day},,x,SPAM,No,No\n\
                 2-a,,Corwick,,Pilar,{PILAR},{day},Next role,\"<p class=\"\"spinmail-quill\"\">Hi\",INBOX,No,No\n\
                 2-a,Sponsored Conversation,Corwick,,Pilar,{PILAR},{day},,x,INBOX,No,No\n\
                 2-a,,Tom,{TOM},Pilar,{PILAR},soon,,x,INBOX,No,No\n\
                 2-a,,Tom,{TOM},,,{day},,x,INBOX,No,No\n\
                 2-a,,LinkedIn Member,,Pilar,{PILAR},{day},,x,INBOX,No,No\n\
                 2-a,,Pilar,{PILAR},LinkedIn Member,,{day},,x,INBOX,No,No\n"
            ),
        );
        let expected = "blank date-only draft spam sponsored sponsored bad-date no-counterpart \
                        placeholder placeholder";
        assert_eq!(codes(&out), expected);
        assert_eq!((out.rows_read, out.rows_used, out.rows_skipped()), (10, 0, 10));
    }

    #[test]
    fn gotcha_22_and_24_whole_repeats_go_and_empty_texts_stay() {
        let row = format!("2-a,,Pilar,{PILAR},Tom,{TOM},2025-03-09 07:01:11 UTC,,,INBOX\n");
        let other = row.replace(",,,INBOX", ",,other text,INBOX");
        let out = plain(&format!("{row}{other}{row}"));
        assert_eq!((out.rows_used, codes(&out).as_str()), (2, "exact-duplicate"));
    }

    #[test]
    fn gotcha_22_the_same_message_in_exports_of_two_years_counts_once() {
        let old = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER";
        let new = format!("{HEADER},ATTACHMENTS");
        let row = format!(
            "2-a,,Pilar,{PILAR},Tom,2022-03-09 07:01:11 UTC,,Hi  Tom! How are you?,INBOX\n"
        );
        let again = format!(
            "2-a,,Pilar O.,{PILAR},Tom,{TOM},2022-03-09 07:01:11 UTC,,\"Hi\n\nTom!\nHow are you?\",ARCHIVE,\n\
             2-a,,Pilar O.,{PILAR},Tom,{TOM},2022-03-09 07:01:11 UTC,,Another,ARCHIVE,\n"
        );
        let mut seen = BTreeSet::new();
        let mut used = |header: &str, rows: &str| {
            let source = source("messages.csv", &format!("{header}\n{rows}"));
            (says_less(&source), read(&source, &mut seen, &Known::default()).rows_used)
        };
        assert_eq!(used(&new, &again), (false, 2));
        assert_eq!(used(old, &row), (true, 0));
    }

    #[test]
    fn gotcha_19_a_stray_quote_costs_its_own_row_only() {
        let row = |id: &str, text: &str| {
            format!("{id},,Pilar,{PILAR},Tom,{TOM},2025-03-09 07:01:11 UTC,,{text},INBOX\n")
        };
        let rows = [
            row("2-a", "\"stray"),
            row("2-b", "x"),
            row("2-c", "\"quoted, text\""),
            row("2-d", ""),
        ];
        let out = plain(&rows.concat());
        assert_eq!((out.rows_read, out.rows_used, codes(&out).as_str()), (4, 3, "malformed"));
        assert_eq!(out.problems[0].line, 2);
    }

    #[test]
    fn gotcha_12_the_owner_is_in_every_conversation() {
        let row = |id: &str, other: &str| {
            format!(
                "{id},,Pilar Okonjo,{PILAR},X,https://www.linkedin.com/in/{other},\
                 2025-03-09 07:01:11 UTC,,,INBOX\n"
            )
        };
        let rows = [row("2-a", "tom-x"), row("2-b", "uma-x"), row("2-c", "siv-x")].concat();
        let text = format!("{HEADER}\n{rows}");
        let known = Known { owners: ["pilar okonjo".to_owned()].into(), ..Known::default() };
        let out = read(&source("messages.csv", &text), &mut BTreeSet::new(), &known);
        let fact =
            |how: &str, rank| OwnerFact::Slug { slug: "pilar-x".into(), how: how.into(), rank };
        let expected = [
            fact("in all 3 conversations with profile links", 2),
            fact("sender of 3 messages under the profile's name", 3),
        ];
        assert_eq!(out.owner, expected);
        // One conversation has two people in it, and nothing says which is the owner.
        assert!(plain(&row("2-a", "tom-x")).owner.is_empty());
    }

    #[test]
    fn gotcha_25_a_group_message_is_one_message_with_many_recipients() {
        let urls = "\"https://www.linkedin.com/in/a,https://www.linkedin.com/in/b\"";
        let out =
            plain(&format!("2-a,,P,{PILAR},\"A,B\",{urls},2025-03-09 07:01:11 UTC,,,INBOX\n"));
        let rows: Vec<(u32, u32)> =
            out.interactions.iter().map(|row| (row.to, row.message)).collect();
        assert_eq!((rows, out.rows_used), (vec![(1, 1), (2, 1)], 1));
    }

    #[test]
    fn eras_without_links_tell_people_by_names() {
        let header = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER";
        let out = messages(
            header,
            &format!(
                "2-a,,Pilar,{PILAR},Tom Ek,2022-03-09 07:01:11 UTC,,,INBOX\n\
                 2-b,,Tom Ek,{TOM},\"Pilar, Tom Ek\",2022-03-09 07:01:11 UTC,,,INBOX\n"
            ),
        );
        assert_eq!(out.interactions.len(), 3);
        let old = "From,To,Date,Subject,Content,Direction,Folder\n";
        let source = source(
            "Messages.csv",
            &format!("{old}Pilar,Tom,\"11/5/18, 8:00 AM\",s,secret,OUTGOING,SENT\n"),
        );
        let out = read(&source, &mut BTreeSet::new(), &Known::default());
        assert_eq!((out.rows_used, out.interactions[0].at.0), (1, 1_541_404_800));
        assert!(!format!("{out:?}").contains("secret"));
    }
}
