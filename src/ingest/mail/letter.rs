//! The headers of one message -> who wrote to whom, or the reason why it is left out.
//!
//! Order of reasons: malformed, what the user keeps out (before anything is noted), label (spam, draft, trash, tabs), nobody
//! as sender, impossible date, mark of a machine or list, many recipients, nobody as recipient, the same message again. A list's mail still
//! tells that somebody answered somebody: it counts where it names a message of this mailbox as its parent.

#[expect(clippy::disallowed_types, reason = "lookups only")]
use std::collections::HashMap;
use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use super::super::mentions::Threads;
use super::super::noise::Noise;
use super::super::problem::{Code, Problem};
use super::super::reading::{Scope, folders};
use super::super::record::{FileRecords, Kind, Mention, MentionId, OwnerFact, RawInteraction};
use super::super::source::Skip;
use super::super::{crop, exclude, hash};
use super::header::{Header, Name, headers};
use super::people::{Named, People, mentions_of};
use super::scan::Block;
use super::{Seen, dates};
use crate::canonical;
use crate::canonical::noise::{Place, Rule};
use crate::units::{Channel, Instant};

/// Mail to more people than this is a round mail.
const MANY: usize = 250;
/// Ids of the headers looked at, for the account.
const COLUMNS: [(&str, Name); 6] = [
    ("From", Name::From),
    ("To", Name::To),
    ("Cc", Name::Cc),
    ("Date", Name::Date),
    ("Message-ID", Name::MessageId),
    ("References", Name::References),
];
/// Names of folders and labels of sent mail.
const SENT: &[&str] = &[
    "sent",
    "sent items",
    "sent mail",
    "sent messages",
    "gesendet",
    "gesendete elemente",
    "gesendete objekte",
    "envoyés",
    "éléments envoyés",
    "messages envoyés",
    "enviados",
    "elementos enviados",
    "inviati",
    "posta inviata",
    "skickat",
    "sendt",
    "verzonden",
    "verzonden items",
    "itens enviados",
    "wysłane",
];

/// The messages of one file.
pub(super) struct Letters<'r> {
    out: FileRecords,
    noise: &'r Noise,
    scope: Scope,
    zone: TimeZone,
    /// What the folders it lies in say of all its messages, the innermost first: of anybody's, and of kept people's.
    folder_rules: [Option<&'static Rule>; 2],
    is_sent_folder: bool,
    people: People<'r>,
    seen: &'r mut Seen,
    threads: Threads,
    /// Who wrote the messages of this file, by the hash of their ids.
    #[expect(clippy::disallowed_types, reason = "lookups only")]
    authors: HashMap<u64, MentionId>,
    delivered: BTreeMap<Vec<u8>, u64>,
    /// Who sends from folders of sent mail.
    senders: BTreeSet<MentionId>,
    lists: BTreeSet<String>,
    filled: [u64; COLUMNS.len()],
}

impl<'r> Letters<'r> {
    #[expect(clippy::disallowed_types, reason = "lookups only")]
    pub(super) fn new(file: &str, scope: Scope, noise: &'r Noise, seen: &'r mut Seen) -> Self {
        let is_sent = |folder: String| SENT.contains(&folder.as_str());
        let of_folders = |kept: bool| {
            let mut inner = folders(file).rev().take(3);
            inner.find_map(|folder| noise.in_message(Place::Label, &folder, kept))
        };
        Self {
            out: FileRecords::new(file, Kind::Mail),
            noise,
            zone: scope.zone(),
            scope,
            folder_rules: [false, true].map(of_folders),
            is_sent_folder: folders(file).any(is_sent),
            people: People::new(noise),
            seen,
            threads: Threads::default(),
            authors: HashMap::new(),
            delivered: BTreeMap::new(),
            senders: BTreeSet::new(),
            lists: BTreeSet::new(),
            filled: [0; COLUMNS.len()],
        }
    }

    /// Takes in one message.
    pub(super) fn take(&mut self, block: Block<'_>) {
        self.out.rows_read += 1;
        let mut found = Vec::with_capacity(24);
        headers(block.headers, &mut found);
        for ((_, name), filled) in COLUMNS.iter().zip(&mut self.filled) {
            *filled += u64::from(found.iter().any(|h| h.name == *name && !h.value.is_empty()));
        }
        match self.read(block, &found) {
            Ok(()) => self.out.rows_used += 1,
            Err(Skip(code, what, rule)) => {
                if let Some(rule) = rule {
                    *self.out.noise.entry(rule).or_default() += 1;
                }
                self.out.problems.push(Problem::new(block.line, code, what));
            }
        }
    }

    fn read(&mut self, block: Block<'_>, found: &[Header<'_>]) -> Result<(), Skip> {
        let first = |name: Name| found.iter().find(|h| h.name == name).map(|h| h.value);
        if found.is_empty() {
            let what = "no header of a mail; message left out";
            return Err(Skip::new(Code::Malformed, what));
        }
        let labels = labels(found);
        let at = when(block, found);
        self.kept_out(&labels, at).map_or(Ok(()), Err)?;
        let from = [Name::From, Name::Sender]
            .into_iter()
            .find_map(|name| first(name).and_then(|value| self.people.of(value).first().copied()));
        let is_sent = self.is_sent_folder || labels.iter().any(|l| SENT.contains(&l.as_str()));
        self.note_owner(found, from.filter(|_| is_sent));
        let is_kept = from.is_some_and(|from| from.is_kept);
        let of_label = |label: &String| self.noise.in_message(Place::Label, label, is_kept);
        let rule = labels.iter().find_map(of_label).or(self.folder_rules[usize::from(is_kept)]);
        rule.map_or(Ok(()), |rule| Err(label_skip(rule)))?;
        let id = first(Name::MessageId).and_then(first_id).map(hash::of);
        if let (Some(id), Some(from)) = (id, from.filter(|from| from.nobody.is_none())) {
            self.authors.entry(id).or_insert(from.id);
        }
        let from = self.sender(found, from)?;
        let Some(at) = at else {
            let what = "no possible date since 1990 in Date, Received or From; message left out";
            return Err(Skip::new(Code::BadDate, what));
        };
        let parent = first(Name::InReplyTo)
            .and_then(first_id)
            .or_else(|| first(Name::References).and_then(last_id))
            .and_then(|id| self.people.named(*self.authors.get(&hash::of(id))?))
            .filter(|parent| parent.person != from.person);
        let marked = self.marked(found, from);
        let is_list = marked.as_ref().is_some_and(|skip| skip.0 == Code::Bulk);
        if let Some(skip) = marked.filter(|_| !is_list || parent.is_none()) {
            return Err(skip);
        }
        let to = self.recipients(found, from, parent, is_list)?;
        let key = id.unwrap_or_else(|| {
            let to = first(Name::To).unwrap_or_default();
            let from = first(Name::From).unwrap_or_default();
            [from, b"\n", to, &at.0.to_le_bytes()].into_iter().fold(hash::START, hash::more)
        });
        if !self.seen.insert(key) {
            let what = "the same message stands earlier (same Message-ID); left out";
            return Err(Skip::new(Code::ExactDuplicate, what));
        }
        let root = first(Name::References).and_then(first_id);
        let root = root.or(first(Name::InReplyTo).and_then(first_id)).map_or(key, hash::of);
        let thread = self.threads.number_of(root);
        let message = u32::try_from(self.out.rows_read).unwrap_or(u32::MAX);
        self.out.interactions.extend(to.into_iter().map(|to| RawInteraction {
            line: block.line,
            at,
            channel: Channel::Email,
            from: from.id,
            to,
            thread,
            message,
            minutes: 0,
        }));
        Ok(())
    }

    /// Why the user keeps a message out, if they do: nothing of it is noted then.
    fn kept_out(&self, labels: &[String], at: Option<Instant>) -> Option<Skip> {
        if self.scope.is_shut {
            return Some(exclude::by_folder());
        }
        if self.scope.has_label(labels) {
            return Some(exclude::by_label());
        }
        let is_out = |at: Instant| !self.scope.admits(at, &self.zone);
        at.is_some_and(is_out).then(exclude::by_day)
    }

    /// Whose mailbox it may be: to whom it is delivered, and who sends its `sent` mail.
    fn note_owner(&mut self, found: &[Header<'_>], sent: Option<Named>) {
        self.senders.extend(sent.filter(|sent| sent.nobody.is_none()).map(|sent| sent.id));
        for header in found {
            match header.name {
                // A mailbox is delivered to few addresses; a list's archive to many.
                Name::DeliveredTo => {
                    let has_room = self.delivered.len() < 4_096;
                    if let Some(count) = self.delivered.get_mut(header.value) {
                        *count += 1;
                    } else if has_room {
                        self.delivered.insert(header.value.to_vec(), 1);
                    }
                }
                Name::ListPost => {
                    let text = String::from_utf8_lossy(header.value);
                    let address = text.split(['<', '>']).find_map(canonical::email);
                    self.lists.extend(address.filter(|_| self.lists.len() < 4_096));
                }
                _ => {}
            }
        }
    }

    fn sender(&self, found: &[Header<'_>], from: Option<Named>) -> Result<Named, Skip> {
        let is_return = |h: &Header<'_>| h.name == Name::ReturnPath && h.value == b"<>";
        let is_kept = from.is_some_and(|from| from.is_kept) || !self.noise.is_on("bounce");
        if !is_kept && found.iter().any(is_return) {
            let what = "returned mail or a receipt, written by a machine; left out";
            return Err(Skip::by_rule(Code::Automated, what, "bounce"));
        }
        let Some(from) = from else {
            return Err(Skip::new(Code::NoCounterpart, "no sender; message left out"));
        };
        match from.nobody {
            None => Ok(from),
            Some("list" | "list-host" | "list-mail") => {
                let what = "written by a mailing list; message left out";
                Err(Skip::by_rule(Code::Bulk, what, from.nobody.unwrap_or_default()))
            }
            Some(rule) => {
                let what = "the sender is a machine, a role or a room; message left out";
                Err(Skip::by_rule(Code::Automated, what, rule))
            }
        }
    }

    /// What a header says of a machine or a list behind the message.
    fn marked(&self, found: &[Header<'_>], from: Named) -> Option<Skip> {
        let rules = found.iter().filter(|h| h.name == Name::Ruled).filter_map(|header| {
            self.noise.in_message(Place::Header, &ruled(header), from.is_kept)
        });
        let rule = rules.min_by_key(|rule| rule.code != "spam")?;
        let (code, what) = match rule.code {
            "spam" => (Code::Spam, "marked as spam; message left out"),
            "bulk" => {
                (Code::Bulk, "mail to a list (List-Id, List-Unsubscribe or Precedence); left out")
            }
            _ => {
                (Code::Automated, "written by a machine (Auto-Submitted, calendar mail); left out")
            }
        };
        Some(Skip::by_rule(code, what, rule.id))
    }

    /// The people a message is to. A list's mail is to the writer of its parent alone.
    fn recipients(
        &mut self,
        found: &[Header<'_>],
        from: Named,
        parent: Option<Named>,
        is_list: bool,
    ) -> Result<Vec<MentionId>, Skip> {
        let mut all: Vec<Named> = Vec::new();
        if !is_list {
            for name in [Name::To, Name::Cc, Name::Bcc] {
                for header in found.iter().filter(|h| h.name == name) {
                    all.extend(self.people.of(header.value).iter());
                }
            }
            // A blind copy names its reader in the delivery alone.
            let delivered = found.iter().filter(|h| h.name == Name::DeliveredTo);
            for header in delivered {
                all.extend(self.people.of(header.value).iter());
            }
            if all.is_empty()
                && let Some(value) = found.iter().rev().find_map(received_for)
            {
                all.extend(self.people.of(value).iter());
            }
        }
        let nobody = all.iter().find_map(|named| named.nobody);
        let to_self = all.iter().any(|named| named.person == from.person);
        all.retain(|named| named.nobody.is_none() && named.person != from.person);
        let mut persons = BTreeSet::new();
        all.retain(|named| persons.insert(named.person));
        if all.is_empty() {
            all.extend(parent);
        }
        if all.len() > MANY {
            return Err(Skip::new(Code::Bulk, "to more than 250 people; message left out"));
        }
        if let (true, Some(rule)) = (all.is_empty(), nobody) {
            let what = "only to lists, roles, rooms or machines; message left out";
            return Err(Skip::by_rule(Code::Bulk, what, rule));
        }
        if all.is_empty() && to_self {
            return Err(Skip::new(Code::SelfLoop, "a mail to oneself; message left out"));
        }
        if all.is_empty() {
            return Err(Skip::new(Code::NoCounterpart, "no recipient; message left out"));
        }
        Ok(all.iter().map(|named| named.id).collect())
    }

    /// The account of the file.
    pub(super) fn finish(self) -> FileRecords {
        let mut out = self.out;
        out.mentions = self.people.into_list();
        out.threads = self.threads.into_list();
        out.coverage = COLUMNS.iter().map(|(name, _)| *name).zip(self.filled).collect();
        let sent: Vec<String> = self
            .senders
            .iter()
            .filter_map(|id| out.mentions.get(*id as usize))
            .map(|who| who.email.clone())
            .collect();
        leave_out_lists(&mut out, &self.lists, self.noise);
        exclude::forget_unused(&mut out);
        exclude::of_file(&mut out, &self.scope);
        let mut own: BTreeSet<String> = BTreeSet::new();
        let most = self.delivered.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
        if let Some((address, count)) = most
            && *count * 2 >= self.delivered.values().sum::<u64>()
        {
            own.extend(mentions_of(address).into_iter().map(|who| who.email));
        }
        own.extend(sent);
        // The archive of a list is delivered to the list.
        own.retain(|email| {
            let who = Mention { email: email.clone(), ..Mention::default() };
            !email.is_empty() && self.noise.nobody(&who).is_none()
        });
        out.owner = own.into_iter().map(OwnerFact::Email).collect();
        out
    }
}

/// When a message was sent: as it says, else as its delivery or its mailbox says.
fn when(block: Block<'_>, found: &[Header<'_>]) -> Option<Instant> {
    let of = |name: Name, read: fn(&[u8]) -> Option<Instant>| {
        found.iter().filter(|h| h.name == name).find_map(|h| read(h.value))
    };
    of(Name::Date, dates::of_header)
        .or_else(|| of(Name::Received, dates::of_received))
        .or_else(|| dates::of_from_line(block.from_line))
}

/// Takes out recipients that turned out to be lists.
fn leave_out_lists(out: &mut FileRecords, lists: &BTreeSet<String>, noise: &Noise) {
    const RULE: &str = "list-mail";
    if lists.is_empty() || !noise.is_on(RULE) {
        return;
    }
    let is_list = |who: &Mention| lists.contains(&who.email) && !noise.keeps(who);
    let are_lists: Vec<bool> = out.mentions.iter().map(is_list).collect();
    let is_list = |id: MentionId| are_lists.get(id as usize) == Some(&true);
    let because = (Code::Bulk, "only to a mailing list; left out");
    let of_row = |row: &RawInteraction| (is_list(row.to) || is_list(row.from)).then_some(RULE);
    crop::leave_out(out, because, of_row, |_| None);
}

/// `name:value` of a header, lower-case, without white space, its beginning.
fn ruled(header: &Header<'_>) -> String {
    let bytes = header.spelled.iter().chain(b":").chain(header.value);
    let plain = bytes.filter(|byte| !byte.is_ascii_whitespace()).take(80);
    plain.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
}

/// The labels of a message, lower-case, in their order.
fn labels(found: &[Header<'_>]) -> Vec<String> {
    let Some(header) = found.iter().find(|h| h.name == Name::Labels) else { return Vec::new() };
    let mut text = header.value.to_vec();
    text.push(b'\n');
    let decoded = mail_parser::parsers::MessageStream::new(&text).parse_unstructured();
    let text = decoded
        .as_text()
        .map_or_else(|| String::from_utf8_lossy(header.value).into_owned(), str::to_owned);
    let label = |text: &str| text.trim().trim_matches('"').trim().to_lowercase();
    text.split(',').map(label).filter(|label| !label.is_empty()).collect()
}

fn label_skip(rule: &'static Rule) -> Skip {
    let (code, what) = match rule.code {
        "spam" => (Code::Spam, "in the spam folder; message left out"),
        "draft" => (Code::Draft, "a draft; message left out"),
        "bulk" => (Code::Bulk, "in a tab of advertising, lists or services; message left out"),
        _ => (Code::OutOfScope, "thrown away, or a chat kept among mail; message left out"),
    };
    Skip::by_rule(code, what, rule.id)
}

/// The first `<…>` of a header.
fn first_id(value: &[u8]) -> Option<&[u8]> {
    let start = memchr::memchr(b'<', value)?;
    let rest = &value[start + 1..];
    let id = &rest[..memchr::memchr(b'>', rest)?];
    (!id.is_empty()).then_some(id)
}

/// The last `<…>` of a header.
fn last_id(value: &[u8]) -> Option<&[u8]> {
    let start = memchr::memrchr(b'<', value)?;
    first_id(&value[start..])
}

/// The address in `for <…>` of a `Received`.
fn received_for<'b>(header: &Header<'b>) -> Option<&'b [u8]> {
    if header.name != Name::Received {
        return None;
    }
    let at = memchr::memmem::find(header.value, b" for <")?;
    first_id(&header.value[at..])
}
