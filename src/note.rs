//! Remarks of a run, saved in `findings.notes` and read by people.
//!
//! Foundation. A note is [`Copy`]: it holds counts, days and fixed words, and nothing read from a file fits into it.
//! So no note can name anybody, and a redacted copy may show them all.

use std::fmt;

use jiff::civil::Date;

use crate::text::{count, full_day};

/// One remark: what was left out or taken for granted, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// Addresses that stand beside two different profile links.
    SharedAddresses(usize),
    /// Names without a key, joined to the only person of that name.
    JoinedByName(usize),
    /// Names without a key that fit several people.
    ApartByName(usize),
    /// Logs in which the one in nearly every row is taken to be the owner.
    OwnerByPresence(usize),
    /// A dimension known for too few people.
    TooFewKnown {
        /// The attribute.
        dimension: &'static str,
        /// People with a known class.
        known: u32,
        /// People counted.
        people: u32,
    },
    /// Betweenness estimated from some of the contacts.
    Pivots {
        /// Contacts it starts from.
        pivots: usize,
        /// All contacts.
        contacts: usize,
    },
    /// Events above the group cap.
    TooLarge {
        /// Number of events.
        events: usize,
        /// The cap.
        cap: u32,
    },
    /// The newest record is old on the day of the audit.
    Stale {
        /// Day of the newest record.
        newest: Date,
        /// Days from then to the day of the audit.
        days: i32,
    },
    /// Files that end before their end.
    CutShort(usize),
    /// Tie strength stands on the scale of the audit of this day.
    EarlierScale(Date),
    /// Active ties with people who have an address and no other key.
    AddressOnly {
        /// How many.
        ties: usize,
        /// Of these, addresses that spell a connection's name.
        alike: usize,
    },
    /// Entries of `[identity] same` with a key that nobody has.
    SameUnmatched {
        /// How many.
        entries: usize,
        /// The first of them, from 1.
        first: usize,
    },
    /// Entries of the decisions file with a key that nobody has.
    DecisionsUnmatched {
        /// How many.
        entries: usize,
        /// The line of the first of them.
        first: usize,
    },
    /// Contacts of `[boundaries] never_contact`.
    NeverContact(usize),
    /// Entries of `[boundaries] never_contact` that match nobody.
    NeverContactUnmatched(usize),
    /// Entries of `[boundaries] private` that match nobody.
    PrivateUnmatched(usize),
    /// Entries of `[plan.value]` that match nobody.
    ValueUnmatched(usize),
    /// Pairs of `[introductions] apart` that could not be kept apart, since a side fits nobody.
    ApartUnmatched(usize),
    /// Entries of `[boundaries.roles]` that match nobody, or several people.
    RolesUnmatched(usize),
    /// Entries of `[neglect.cadence]` that match nobody, or several people.
    CadenceUnmatched(usize),
    /// Sections `[sources.NAME]` that name files and read none.
    SectionsUnused(usize),
    /// Entries of `[goals] people` that match no contact, or several.
    GoalsUnmatched(usize),
}

impl fmt::Display for Note {
    #[expect(clippy::too_many_lines, reason = "a table of remarks")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::SharedAddresses(n) => write!(
                f,
                "{n} e-mail address(es) stand beside two different profile links and identify neither"
            ),
            Self::JoinedByName(n) => write!(
                f,
                "{n} name(s) without a profile link were joined to the only person of that name"
            ),
            Self::ApartByName(n) => write!(
                f,
                "{n} name(s) without a profile link fit several people and were left apart"
            ),
            Self::OwnerByPresence(1) => f.write_str(
                "in one log the one who takes part in nearly every row is taken to be you",
            ),
            Self::OwnerByPresence(n) => write!(
                f,
                "in {n} logs the one who takes part in nearly every row is taken to be you"
            ),
            Self::TooFewKnown { dimension, known, people } => write!(
                f,
                "{dimension} is known for {known} of {people} people: too few for a headline"
            ),
            Self::Pivots { pivots, contacts } => write!(
                f,
                "betweenness is estimated from {pivots} starting points among {contacts} contacts; no bound is known"
            ),
            Self::TooLarge { events, cap } => {
                write!(f, "{events} events with more than {cap} people make no ties")
            }
            Self::Stale { newest, days } => write!(
                f,
                "the newest record is of {}, {days} days before the day of the audit: silences are overstated by up to \
                 {days} days; load newer data, or choose an earlier --as-of",
                full_day(newest)
            ),
            Self::CutShort(n) => {
                let (files, verb) = if n == 1 { ("file", "is") } else { ("files", "are") };
                write!(
                    f,
                    "{n} {files} of the sources {verb} damaged or cut short: what could be saved is used, the rest is \
                     missing; download the export again"
                )
            }
            Self::EarlierScale(day) => write!(
                f,
                "tie strength is on the scale of the audit of {} (--previous), so that the two compare",
                full_day(day)
            ),
            Self::AddressOnly { ties, alike } => {
                let verb = if ties == 1 { "is" } else { "are" };
                let ties = count(ties as u64, "active tie");
                write!(f, "{ties} {verb} known by a mail address alone")?;
                match alike {
                    0 => Ok(()),
                    1 => f.write_str(
                        "; one of these addresses spells a connection's name and may be the same person, counted \
                         twice: weaktie review lists the two",
                    ),
                    n => write!(
                        f,
                        "; {n} of these addresses spell a connection's name and may be the same people, counted \
                         twice: weaktie review lists them"
                    ),
                }
            }
            Self::SameUnmatched { entries: 1, first } => write!(
                f,
                "entry {first} of [identity] same holds a link or address that nobody in the data has"
            ),
            Self::SameUnmatched { entries, first } => write!(
                f,
                "{entries} entries of [identity] same hold a link or address that nobody in the data has; the first \
                 is entry {first}"
            ),
            Self::DecisionsUnmatched { entries: 1, first } => {
                write!(f, "the decision in line {first} names a key that nobody in the data has")
            }
            Self::DecisionsUnmatched { entries, first } => write!(
                f,
                "{entries} decisions name a key that nobody in the data has; the first is in line {first}"
            ),
            Self::NeverContact(n) => {
                write!(f, "{} left out of the plan at your request", count(n as u64, "contact"))
            }
            Self::NeverContactUnmatched(n) => {
                let entries = if n == 1 { "entry" } else { "entries" };
                write!(f, "{n} never_contact {entries} matched nobody in the data")
            }
            Self::PrivateUnmatched(n) => {
                let entries = if n == 1 { "entry" } else { "entries" };
                write!(f, "{n} {entries} of [boundaries] private matched nobody in the data")
            }
            Self::ValueUnmatched(n) => {
                let entries = if n == 1 { "entry" } else { "entries" };
                write!(f, "{n} {entries} of [plan.value] matched nobody in the data")
            }
            Self::ApartUnmatched(n) => write!(
                f,
                "{} of [introductions] apart cannot be kept apart: a side fits nobody in the data",
                count(n as u64, "pair")
            ),
            Self::RolesUnmatched(n) => write!(
                f,
                "{} in [boundaries.roles] fit nobody in the data, or several people: write a profile link",
                count(n as u64, "entry")
            ),
            Self::CadenceUnmatched(n) => write!(
                f,
                "{} in [neglect.cadence] fit nobody in the data, or several people: write a profile link, or the employer as the export has it",
                count(n as u64, "entry")
            ),
            Self::SectionsUnused(n) => write!(
                f,
                "{} [sources.NAME] of the settings read no file: the list of sources names them",
                count(n as u64, "section")
            ),
            Self::GoalsUnmatched(n) => write!(
                f,
                "{} of [goals] people fit no contact, or several: write a profile link",
                count(n as u64, "entry")
            ),
        }
    }
}
