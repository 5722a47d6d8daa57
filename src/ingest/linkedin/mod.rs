//! The files of a LinkedIn export.
//!
//! Responsible for what its readers share: which file is which by name, what a row may come to, and what is
//! known from the other files of the export. The readers themselves are one file each.

pub(in crate::ingest) mod connections;
pub(in crate::ingest) mod email_addresses;
pub(in crate::ingest) mod invitations;
pub(in crate::ingest) mod messages;
pub(in crate::ingest) mod positions;
pub(in crate::ingest) mod profile;
mod recipients;

use std::collections::BTreeSet;

use super::record::{FileRecords, Kind, OwnerFact};
use super::source::Source;
use super::table::Row;
use crate::canonical;

/// Files with the headers of messages whose writers are not people.
const MACHINE_MESSAGES: &[&str] =
    &["guidemessages", "coachmessages", "learningcoachmessages", "learningroleplaymessages"];

/// Files that the export is known to hold and that are not read.
const NOT_READ: &str = "\
    accountstatushistory adsclicked adtargeting articles causesyoucareabout certifications \
    comments companyfollows contacts courses education endorsementgiveninfo \
    endorsementreceivedinfo events hashtagfollows honors importedcontacts inferencesaboutyou \
    instantreposts jobapplications jobapplicantsavedanswers \
    jobapplicantsavedscreeningquestionresponses jobseekerpreferences lanadsengagement languages \
    learning logins memberfollows notes onlinejobpostings organizations patents phonenumbers \
    profilesummary projects publications reactions receipts receiptsv2 recommendationsgiven \
    recommendationsreceived registration richmedia savedanswers saveditems savedjobalerts \
    savedjobs searchqueries securitychallenges shares skills testscores verifications volunteering \
    votes whatsappphonenumbers";

/// The key of a file by its name: lower-case, without folder, `.csv`, spaces, underscores and a trailing number.
pub(in crate::ingest) fn file_key(name: &str) -> String {
    let base = name.rsplit('/').next().unwrap_or_default().to_lowercase();
    let base = base.strip_suffix(".gz").unwrap_or(&base);
    let base = base.strip_suffix(".csv").unwrap_or(base).trim();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let numbered = base.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let base = match (numbered, base.rsplit_once('_')) {
        (Some((before, number)), _) if digits(number) => before,
        (_, Some((before, number))) if digits(number) => before,
        _ => base,
    };
    base.chars().filter(|c| !c.is_whitespace() && *c != '_').collect()
}

/// Whether the name is of a file that looks like messages but is not between people.
pub(in crate::ingest) fn is_machine_messages(file_key: &str) -> bool {
    MACHINE_MESSAGES.contains(&file_key)
}

/// Whether the name is of a LinkedIn file that is not read.
pub(in crate::ingest) fn is_not_read(file_key: &str) -> bool {
    is_machine_messages(file_key) || NOT_READ.split_whitespace().any(|name| name == file_key)
}

/// Names known from the other files: what the messages need to tell people in a list of names apart.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Known {
    /// Folded names of contacts, inviters and invitees.
    pub(in crate::ingest) names: BTreeSet<String>,
    /// Folded names of the owners, from their profiles.
    pub(in crate::ingest) owners: BTreeSet<String>,
}

impl Known {
    /// The names in files that have been read.
    pub(in crate::ingest) fn from_files<'f>(files: impl Iterator<Item = &'f FileRecords>) -> Self {
        let mut known = Self::default();
        for file in files.filter(|file| file.kind != Kind::Log) {
            let names = file.mentions.iter().map(|mention| canonical::folded_name(&mention.name));
            known.names.extend(names);
            for fact in &file.owner {
                if let OwnerFact::Name(name) = fact {
                    known.owners.insert(canonical::folded_name(name));
                }
            }
        }
        known.names.extend(known.owners.iter().cloned());
        known.names.remove("");
        known.owners.remove("");
        known
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
        _ => profile::read(source, seen),
    }
}

/// FNV-1a over the fields of a record: what stays of message text, and only while its file is read.
pub(in crate::ingest) fn row_hash(row: &Row<'_>) -> u64 {
    // The separator cannot stand in UTF-8, so moving text between fields changes the hash.
    row.fields.iter().fold(FNV_START, |hash, field| step(text_hash(hash, field), 0xff))
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

fn text_hash(hash: u64, text: &str) -> u64 {
    text.bytes().fold(hash, step)
}

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gotcha_22_and_30_files_are_told_by_their_bare_name() {
        for name in ["Ad_Targeting.csv", "x/Ad Targeting.csv", "ad targeting (12).csv"] {
            assert_eq!(file_key(name), "adtargeting");
        }
        assert_eq!(file_key("e.zip/Shares_1024.csv"), "shares");
        assert_eq!(file_key("Connections (1).csv"), "connections");
        assert_eq!(file_key("Endorsement_Received_Info.csv"), "endorsementreceivedinfo");
        assert!(is_not_read("contacts") && is_not_read("importedcontacts"));
        assert!(is_machine_messages(&file_key("learning_coach_messages.csv")));
        assert!(!is_not_read("messages"));
    }
}
