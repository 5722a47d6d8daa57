//! What the readers hand on: contacts and interactions as found, with where they stood.
//!
//! Responsible for the shape of raw data. Nothing here is merged, judged or counted; people are still only
//! *mentions* (a name, a profile link, an address, a log's own id), interned once a file so that a log of
//! millions of rows holds each spelling once. Message text and subjects have no field here, on purpose.

use jiff::civil::Date;

use crate::units::{Channel, Instant};

use super::problem::Problem;

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
    /// A log with `timestamp,from,to,channel[,thread]`.
    Log,
    /// A known file that holds no people and is left out.
    Ignored,
}

impl Kind {
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
            Self::Log => "log",
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
    /// Distinct conversation ids, as found.
    pub threads: Vec<String>,
    /// Contact rows.
    pub contacts: Vec<RawContact>,
    /// Interaction rows.
    pub interactions: Vec<RawInteraction>,
    /// Facts about the owner.
    pub owner: Vec<OwnerFact>,
    /// Data rows read: `rows_used + rows_skipped` holds for every file.
    pub rows_read: u64,
    /// Rows that became a contact, an interaction or a fact.
    pub rows_used: u64,
    /// Skipped rows (`skips_row`) and remarks on rows that were kept.
    pub problems: Vec<Problem>,
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
            rows_read: 0,
            rows_used: 0,
            problems: Vec::new(),
        }
    }

    /// Rows read and not used.
    #[must_use]
    pub fn rows_skipped(&self) -> u64 {
        self.problems.iter().filter(|problem| problem.code.skips_row()).count() as u64
    }
}
