//! What the readers hand on: contacts and interactions as found, with where they stood.
//!
//! Responsible for the shape of raw data. Nothing here is merged, judged or counted; people are still only
//! *mentions* (a name, a profile link, an address, a log's own id), interned once a file so that a log of
//! millions of rows holds each spelling once. Message text and subjects have no field here, on purpose.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::units::{Channel, Instant};

use super::problem::{Code, Problem};

/// What kind of file it is; the names stand in `audit.json`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// LinkedIn `Connections.csv`.
    Connections,
    /// LinkedIn `messages.csv`.
    Messages,
    /// LinkedIn `Invitations.csv`.
    Invitations,
    /// LinkedIn `Profile.csv`.
    Profile,
    /// LinkedIn `Positions.csv`.
    Positions,
    /// LinkedIn `Email Addresses.csv`: the owner's own addresses.
    EmailAddresses,
    /// LinkedIn `Endorsement_Received_Info.csv`.
    EndorsementsReceived,
    /// LinkedIn `Endorsement_Given_Info.csv`.
    EndorsementsGiven,
    /// LinkedIn `Recommendations_Received.csv`.
    RecommendationsReceived,
    /// LinkedIn `Recommendations_Given.csv`.
    RecommendationsGiven,
    /// LinkedIn `Contacts.csv` or `ImportedContacts.csv`: the uploaded address book, not connections.
    AddressBook,
    /// LinkedIn `Notes.csv`: on whom the owner keeps a note. The note itself is not kept.
    Notes,
    /// LinkedIn `Reactions.csv`.
    Reactions,
    /// LinkedIn `Comments.csv`.
    Comments,
    /// LinkedIn `Shares.csv`.
    Shares,
    /// LinkedIn `Votes.csv`.
    Votes,
    /// LinkedIn `InstantReposts.csv`.
    Reposts,
    /// LinkedIn `Events.csv`.
    Events,
    /// LinkedIn `Company Follows.csv`.
    CompanyFollows,
    /// LinkedIn `Member_Follows.csv`.
    MemberFollows,
    /// LinkedIn `Education.csv`.
    Education,
    /// LinkedIn `Skills.csv`.
    Skills,
    /// LinkedIn `Volunteering.csv`.
    Volunteering,
    /// A LinkedIn file that says nothing about people: its rows are counted and left out.
    NotPeople,
    /// A log with `timestamp,from,to,channel[,thread]`.
    Log,
    /// Mail: an mbox, a Maildir, single messages. Headers only.
    Mail,
    /// A calendar: iCalendar, or Outlook's CSV.
    Calendar,
    /// An address book: vCard, or the CSV of Google or Outlook. It gives names to people; an entry is no tie.
    Contacts,
    /// A chat: WhatsApp's text, Slack's export.
    Chat,
    /// A phone's log of calls or texts.
    Calls,
    /// A file that is no table, or an unknown one: nothing of it is read.
    Ignored,
}

impl Kind {
    /// Whether it records what passed between people, as LinkedIn's own files do not: mail, meetings, chats, calls.
    #[must_use]
    pub fn is_log(self) -> bool {
        matches!(self, Self::Log | Self::Mail | Self::Calendar | Self::Chat | Self::Calls)
    }

    /// The kebab-case name in `audit.json` and `inspect`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Connections => "linkedin-connections",
            Self::Messages => "linkedin-messages",
            Self::Invitations => "linkedin-invitations",
            Self::Profile => "linkedin-profile",
            Self::Positions => "linkedin-positions",
            Self::EmailAddresses => "linkedin-email-addresses",
            Self::EndorsementsReceived => "linkedin-endorsements-received",
            Self::EndorsementsGiven => "linkedin-endorsements-given",
            Self::RecommendationsReceived => "linkedin-recommendations-received",
            Self::RecommendationsGiven => "linkedin-recommendations-given",
            Self::AddressBook => "linkedin-address-book",
            Self::Notes => "linkedin-notes",
            Self::Reactions => "linkedin-reactions",
            Self::Comments => "linkedin-comments",
            Self::Shares => "linkedin-shares",
            Self::Votes => "linkedin-votes",
            Self::Reposts => "linkedin-reposts",
            Self::Events => "linkedin-events",
            Self::CompanyFollows => "linkedin-company-follows",
            Self::MemberFollows => "linkedin-member-follows",
            Self::Education => "linkedin-education",
            Self::Skills => "linkedin-skills",
            Self::Volunteering => "linkedin-volunteering",
            Self::NotPeople => "linkedin-other",
            Self::Log => "log",
            Self::Mail => "mail",
            Self::Calendar => "calendar",
            Self::Contacts => "contacts",
            Self::Chat => "chat",
            Self::Calls => "calls",
            Self::Ignored => "ignored",
        }
    }
}

/// One person as spelled in one place: at least one field is not empty. Values are trimmed and otherwise as
/// found; `slug` and `email` are canonical (see [`crate::canonical`]), because they are keys.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mention {
    /// Full name as found.
    pub name: String,
    /// Canonical profile slug.
    pub slug: String,
    /// Canonical e-mail address.
    pub email: String,
    /// A log's own id that is neither a profile link nor an address.
    pub handle: String,
}

/// The handle of the owner in files that do not say who the owner is; no log can spell it.
const OWNER: &str = "\u{1}owner";

impl Mention {
    /// The owner of the export, where nothing in it tells the owner's name or link.
    #[must_use]
    pub fn owner() -> Self {
        Self { handle: OWNER.to_owned(), ..Self::default() }
    }

    /// Whether this is [`Mention::owner`].
    #[must_use]
    pub fn is_owner(&self) -> bool {
        self.handle == OWNER
    }
}

/// Index into [`FileRecords::mentions`].
pub type MentionId = u32;

/// A row of a contact list.
#[derive(Debug, Clone, PartialEq)]
pub struct RawContact {
    /// The line the record starts on, from 1.
    pub line: u64,
    /// Who.
    pub who: MentionId,
    /// First name as found, for reports that show first names.
    pub first_name: String,
    /// Employer as found, empty when unknown.
    pub company: String,
    /// Title as found, empty when unknown.
    pub position: String,
    /// The day the two connected; `None` when missing or impossible (then a `Problem` says so).
    pub connected_on: Option<Date>,
}

/// One sender and one recipient at one instant. A message to three people is three of these with the same
/// `message`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawInteraction {
    /// The line the record starts on, from 1.
    pub line: u64,
    /// When, UTC.
    pub at: Instant,
    /// How.
    pub channel: Channel,
    /// Who wrote, called or invited.
    pub from: MentionId,
    /// To whom.
    pub to: MentionId,
    /// The conversation, as an index into [`FileRecords::threads`] plus 1; 0 when there is none.
    pub thread: u32,
    /// The record that carries the message where one row is one message (LinkedIn), plus 1; 0 where a message
    /// has to be put together from rows with the same sender, instant and thread (logs).
    pub message: u32,
    /// How long it took, in minutes; 0 where the file does not say.
    pub minutes: u16,
}

/// A fact about the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnerFact {
    /// Full name, from `Profile.csv`.
    Name(String),
    /// An address of the owner's own (canonical).
    Email(String),
    /// The owner's profile slug, with how it was found.
    Slug {
        /// Canonical slug.
        slug: String,
        /// The evidence, as words: "inviter of 41 outgoing invitations".
        how: String,
        /// Lower is better evidence: 1 invitations, 2 in every conversation, 3 sends under the profile's name.
        rank: u8,
    },
    /// A position the owner held or holds.
    Position {
        /// Employer as found.
        company: String,
        /// Title as found.
        title: String,
        /// First day, if given.
        from: Option<Date>,
        /// Last day; `None` while it lasts.
        to: Option<Date>,
    },
    /// The headline of the owner's profile.
    Headline(String),
    /// A school the owner attended.
    School {
        /// Its name as found.
        name: String,
        /// First day, if given.
        from: Option<Date>,
        /// Last day, if given.
        to: Option<Date>,
    },
    /// A skill on the owner's profile.
    Skill(String),
    /// A company or member the owner follows: interest, not a tie.
    Follows {
        /// The name as found.
        name: String,
        /// Since when.
        on: Option<Date>,
    },
    /// The owner posted, commented, reacted, voted or went to an event; towards whom is not in the files.
    Active(Date),
}

/// Everything read from one file.
#[derive(Debug, Clone)]
pub struct FileRecords {
    /// The file as the user would name it; inside an archive `export.zip/Connections.csv`.
    pub file: String,
    /// What it is.
    pub kind: Kind,
    /// How it was understood, in words: "UTF-8, comma, header on line 4".
    pub format: String,
    /// Distinct people as spelled here.
    pub mentions: Vec<Mention>,
    /// Distinct conversations, as the hashes of their ids: an id may hold a name or a subject.
    pub threads: Vec<u64>,
    /// Contact rows.
    pub contacts: Vec<RawContact>,
    /// Interaction rows.
    pub interactions: Vec<RawInteraction>,
    /// Facts about the owner.
    pub owner: Vec<OwnerFact>,
    /// Mentions that one row states to be one person's: two addresses of one card.
    pub same: Vec<(MentionId, MentionId)>,
    /// A section for `weaktie.toml` by which a table that is not known could be read.
    pub proposal: Option<String>,
    /// The newest day on which an entry was written down; where meetings have days of their own.
    pub recorded: Option<Date>,
    /// Data rows read: `rows_used + rows_skipped` holds for every file.
    pub rows_read: u64,
    /// Rows that became a contact, an interaction or a fact.
    pub rows_used: u64,
    /// Skipped rows (`skips_row`) and remarks on rows that were kept.
    pub problems: Vec<Problem>,
    /// Known columns that the file has, each with the number of rows in which it is filled.
    pub coverage: Vec<(&'static str, u64)>,
    /// Rows left out by noise rules, by rule.
    pub noise: BTreeMap<&'static str, u64>,
    /// First and last day of rows that became neither a contact nor an interaction.
    pub dates: Option<(Date, Date)>,
}

impl FileRecords {
    /// An empty set of records for `file`.
    #[must_use]
    pub fn new(file: impl Into<String>, kind: Kind) -> Self {
        Self {
            file: file.into(),
            kind,
            format: String::new(),
            mentions: Vec::new(),
            threads: Vec::new(),
            contacts: Vec::new(),
            interactions: Vec::new(),
            owner: Vec::new(),
            same: Vec::new(),
            proposal: None,
            recorded: None,
            rows_read: 0,
            rows_used: 0,
            problems: Vec::new(),
            coverage: Vec::new(),
            noise: BTreeMap::new(),
            dates: None,
        }
    }

    /// Whether the file, or the archive around it, ends before its end.
    #[must_use]
    pub fn is_cut_short(&self) -> bool {
        self.problems.iter().any(|problem| problem.code == Code::CutShort)
    }

    /// Notes that the file ends before its end, after the last problem known.
    pub(super) fn note_damage(&mut self, damage: &'static str) {
        let line = self.problems.last().map_or(1, |problem| problem.line);
        let what = format!("{damage}; what stands up to here is kept");
        self.problems.push(Problem::new(line, Code::CutShort, what));
    }

    /// Takes a day of a row that became neither a contact nor an interaction into the file's span.
    pub(super) fn note_date(&mut self, date: Date) {
        self.dates = Some(match self.dates {
            Some((first, last)) => (first.min(date), last.max(date)),
            None => (date, date),
        });
    }

    /// Rows read and not used.
    #[must_use]
    pub fn rows_skipped(&self) -> u64 {
        self.problems.iter().filter(|problem| problem.code.skips_row()).count() as u64
    }
}
