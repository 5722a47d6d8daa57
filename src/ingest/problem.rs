//! What was wrong with a row, and what was done about it.
//!
//! Responsible for the codes of `audit.json`. A code either skips its row or is a remark on a row that was kept;
//! the sentence never quotes message text, and quotes a line number before a person.

use std::borrow::Cow;

/// Why a row was skipped, or what was odd about a row that was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// Every field is empty.
    Blank,
    /// Only a date: a closed or hidden member.
    DateOnly,
    /// A message that was never sent.
    Draft,
    /// In the spam folder.
    Spam,
    /// An advertisement or campaign.
    Sponsored,
    /// The time cannot be read, so the interaction cannot be placed.
    BadDate,
    /// Nobody on the other side.
    NoCounterpart,
    /// Only "LinkedIn Member" on the other side.
    Placeholder,
    /// The same record stands earlier in the file or in an earlier file.
    ExactDuplicate,
    /// From somebody to themselves.
    SelfLoop,
    /// Later than the day of the audit.
    AfterAsOf,
    /// Sent by a machine.
    Automated,
    /// A known file that is not about people.
    NotAPersonFile,
    /// An entry of an address book that no other file speaks of.
    OutOfScope,
    /// Sent to many: a newsletter, a list, a round mail.
    Bulk,
    /// A meeting that was called off.
    Cancelled,
    /// A meeting that the owner, or everybody else, declined.
    Declined,
    /// The record is broken: fields are missing or in the wrong place.
    Malformed,
    /// Kept: the contact's date is missing or impossible.
    Undated,
    /// Kept: the channel's name is not known and counts as `other`.
    UnknownChannel,
    /// Kept: the row repeats an earlier one; logs without a message id keep repeats.
    RepeatedRow,
    /// Kept: a column was missing at the end of the record.
    ShortRow,
    /// Kept: NUL bytes were taken out of the row.
    NulBytes,
    /// Kept: the file ends before its end; rows may be missing after this line.
    CutShort,
    /// Kept: the time zone is not known, and the owner's is taken.
    UnknownZone,
    /// Kept: a series without an end is followed so far only.
    SeriesCut,
    /// A section of the settings that names files and reads none.
    UnusedSection,
    /// Kept: an unquoted comma gave the record a field too many, and it could be put back.
    LongRow,
}

impl Code {
    /// The kebab-case name in `audit.json`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::DateOnly => "date-only",
            Self::Draft => "draft",
            Self::Spam => "spam",
            Self::Sponsored => "sponsored",
            Self::BadDate => "bad-date",
            Self::NoCounterpart => "no-counterpart",
            Self::Placeholder => "placeholder",
            Self::ExactDuplicate => "exact-duplicate",
            Self::SelfLoop => "self-loop",
            Self::AfterAsOf => "after-as-of",
            Self::Automated => "automated",
            Self::NotAPersonFile => "not-a-person-file",
            Self::Malformed => "malformed",
            Self::Undated => "undated",
            Self::UnknownChannel => "unknown-channel",
            Self::RepeatedRow => "repeated-row",
            Self::ShortRow => "short-row",
            Self::LongRow => "long-row",
            Self::NulBytes => "nul-bytes",
            Self::CutShort => "cut-short",
            Self::OutOfScope => "out-of-scope",
            Self::Bulk => "bulk",
            Self::Cancelled => "cancelled",
            Self::Declined => "declined",
            Self::UnknownZone => "unknown-zone",
            Self::SeriesCut => "series-cut",
            Self::UnusedSection => "unused-section",
        }
    }

    /// Whether a row with this code is left out.
    #[must_use]
    pub fn skips_row(self) -> bool {
        !matches!(
            self,
            Self::Undated
                | Self::UnknownChannel
                | Self::RepeatedRow
                | Self::ShortRow
                | Self::LongRow
                | Self::NulBytes
                | Self::CutShort
                | Self::UnknownZone
                | Self::SeriesCut
                | Self::UnusedSection
        )
    }
}

/// One row's problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line the record starts on, from 1.
    pub line: u64,
    /// What kind of problem.
    pub code: Code,
    /// What was found and what was done, for a person. Names the column where there is one.
    pub message: Cow<'static, str>,
}

impl Problem {
    /// A problem on `line`.
    #[must_use]
    pub fn new(line: u64, code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self { line, code, message: message.into() }
    }
}
