//! The files of a LinkedIn export.
//!
//! Responsible for what its readers share: what a row may come to, and what is known from the other files of the
//! export. The readers themselves are one file each, or one table of many (`activity`).

mod activity;
mod address_book;
mod connections;
mod email_addresses;
mod endorsements;
mod invitations;
mod known;
mod messages;
mod names;
mod not_people;
mod notes;
mod parties;
mod positions;
mod profile;
mod recipients;
mod recommendations;

use std::collections::BTreeSet;

use super::hash;
use super::recognise::{Found, Shape, rows_only};
use super::record::{FileRecords, Kind};
use super::source::Source;
use super::table::Row;

pub(in crate::ingest) use known::Known;
pub(in crate::ingest) use names::{file_key, is_machine_messages, is_not_read};

/// Every table told by its header; the special ones stand before the general ones.
pub(in crate::ingest) static SHAPES: &[&Shape] = &[
    &connections::SHAPE,
    &messages::SHAPE,
    &messages::SHAPE_2018,
    &invitations::SHAPE,
    &endorsements::RECEIVED,
    &endorsements::GIVEN,
    &recommendations::SHAPE,
    &email_addresses::SHAPE,
    &address_book::SHAPE,
    &notes::SHAPE,
    &activity::COMPANY_FOLLOWS,
    &activity::MEMBER_FOLLOWS,
    &activity::EVENTS,
    &activity::SHARES,
    &activity::VOTES,
    &activity::COMMENTS,
    &activity::REACTIONS,
    &activity::EDUCATION,
    &activity::VOLUNTEERING,
    &positions::SHAPE,
    &profile::SHAPE,
];

/// A table whose header says too little by itself, told by its name too; and the files that say nothing about people,
/// whose rows are only counted.
pub(in crate::ingest) fn by_name(file_key: &str, text: &str) -> Option<Found> {
    let shape = match file_key {
        "skills" => &activity::SKILLS,
        "instantreposts" => &activity::REPOSTS,
        key if is_not_read(key) => &not_people::SHAPE,
        _ => return None,
    };
    rows_only(text, shape)
}

/// When a file can be read: after those that it needs to know of.
pub(in crate::ingest) fn stage(kind: Kind) -> u8 {
    match kind {
        Kind::Messages => 1,
        Kind::EndorsementsReceived
        | Kind::EndorsementsGiven
        | Kind::RecommendationsReceived
        | Kind::RecommendationsGiven => 2,
        Kind::AddressBook => 3,
        _ => 0,
    }
}

/// Whether a file says more than another of its kind: of two that hold the same row, its row is kept.
pub(in crate::ingest) fn says_less(source: &Source) -> bool {
    match source.found.shape.kind {
        Kind::Messages => messages::says_less(source),
        Kind::Invitations => invitations::says_less(source),
        _ => false,
    }
}

/// Reads one file; `seen` holds the rows of earlier files of the same kind.
pub(in crate::ingest) fn read(
    source: &Source,
    seen: &mut BTreeSet<u64>,
    known: &Known,
) -> FileRecords {
    match source.found.shape.kind {
        Kind::Connections => connections::read(source, seen),
        Kind::Messages => messages::read(source, seen, known),
        Kind::Invitations => invitations::read(source, seen),
        Kind::Positions => positions::read(source, seen),
        Kind::EmailAddresses => email_addresses::read(source, seen),
        Kind::EndorsementsReceived | Kind::EndorsementsGiven => {
            endorsements::read(source, seen, known)
        }
        Kind::RecommendationsReceived | Kind::RecommendationsGiven => {
            recommendations::read(source, seen, known)
        }
        Kind::AddressBook => address_book::read(source, seen, known),
        Kind::Notes => notes::read(source, seen),
        Kind::Profile => profile::read(source, seen),
        Kind::NotPeople => not_people::read(source),
        _ => activity::read(source, seen),
    }
}

/// What stays of a record's text, and only while its file is read.
fn row_hash(row: &Row<'_>) -> u64 {
    hash::of_fields(row.fields.iter())
}
