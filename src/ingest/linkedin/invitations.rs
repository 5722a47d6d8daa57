//! `Invitations.csv`: connection requests sent and received, and the best sign of who the owner is.
//!
//! Responsible for one interaction a row. A request does not mean acceptance, and its message is not kept.

use std::collections::{BTreeMap, BTreeSet};

use super::super::dates::{self, Order};
use super::super::hash;
use super::super::mentions::Mentions;
use super::super::problem::Code;
use super::super::recognise::{Column, Shape};
use super::super::record::{FileRecords, Kind, Mention, OwnerFact, RawInteraction};
use super::super::source::{Skip, Source};
use super::known::OwnerNames;
use crate::canonical;
use crate::units::Channel;

const FROM: usize = 0;
const TO: usize = 1;
const SENT_AT: usize = 2;
const DIRECTION: usize = 3;
const INVITER: usize = 4;
const INVITEE: usize = 5;

pub(in crate::ingest) static SHAPE: Shape = Shape {
    kind: Kind::Invitations,
    title: "LinkedIn's Invitations.csv",
    columns: &[
        Column { name: "From", aliases: &[] },
        Column { name: "To", aliases: &[] },
        Column { name: "Sent At", aliases: &[] },
        Column { name: "Direction", aliases: &[] },
        Column { name: "inviterProfileUrl", aliases: &[] },
        Column { name: "inviteeProfileUrl", aliases: &[] },
        // Known and not used: the first is text, the others are numbers of another kind than slugs.
        Column { name: "Message", aliases: &[] },
        Column { name: "inviterProfileUrn", aliases: &[] },
        Column { name: "inviteeProfileUrn", aliases: &[] },
    ],
    required: &[FROM, TO, SENT_AT, DIRECTION],
    date: Some((SENT_AT, |cell| dates::linkedin_instant(cell, Order::MonthFirst).is_some())),
};

/// Whether a file tells people by their names only.
pub(in crate::ingest) fn says_less(source: &Source) -> bool {
    source.found.at[INVITER].is_none()
}

/// Reads the requests; `seen` holds rows of earlier files.
pub(in crate::ingest) fn read(source: &Source, seen: &mut BTreeSet<u64>) -> FileRecords {
    let at = |column: usize| source.found.at[column];
    let order = source.order(SENT_AT, false);
    let mut mentions = Mentions::default();
    // A slug and how often it was the inviter of outgoing and the invitee of incoming requests.
    let mut owners: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut owner_names = OwnerNames::default();
    let mut out = source.read(false, |out, row| {
        let Some(when) = dates::linkedin_instant(row.get(at(SENT_AT)), order) else {
            let what = "Sent At is not a possible time; row left out";
            return Err(Skip::new(Code::BadDate, what));
        };
        let from = person(row.get(at(FROM)), row.get(at(INVITER)))?;
        let to = person(row.get(at(TO)), row.get(at(INVITEE)))?;
        if from == to {
            let what = "inviter and invitee are the same; row left out";
            return Err(Skip::new(Code::NoCounterpart, what));
        }
        // Exports of other years have other columns; who asked whom and when stays.
        let names = [from.name.as_str(), to.name.as_str()].map(canonical::folded_name);
        let stamp = when.0.to_string();
        if !seen.insert(hash::of_fields([stamp.as_str(), &names[0], &names[1]].into_iter())) {
            let what = "the same row stands earlier; row left out";
            return Err(Skip::new(Code::ExactDuplicate, what));
        }
        let direction = row.get(at(DIRECTION));
        owner_names.note(direction, &from.name, &to.name);
        if direction.eq_ignore_ascii_case("outgoing") && !from.slug.is_empty() {
            owners.entry(from.slug.clone()).or_default().0 += 1;
        } else if direction.eq_ignore_ascii_case("incoming") && !to.slug.is_empty() {
            owners.entry(to.slug.clone()).or_default().1 += 1;
        }
        out.interactions.push(RawInteraction {
            line: row.mark.line,
            at: when,
            channel: Channel::Invitation,
            from: mentions.id(from),
            to: mentions.id(to),
            thread: 0,
            message: u32::try_from(out.rows_read).unwrap_or(u32::MAX),
            minutes: 0,
        });
        Ok(())
    });
    out.mentions = mentions.into_list();
    let by_name = owners.is_empty().then(|| owner_names.owner()).flatten();
    out.owner = owner(owners).into_iter().chain(by_name).collect();
    out.format.push_str("; times are without a zone, read as UTC");
    out
}

fn person(name: &str, url: &str) -> Result<Mention, Skip> {
    let slug = canonical::profile_slug(url).unwrap_or_default();
    if slug.is_empty() && name.is_empty() {
        return Err(Skip::new(Code::NoCounterpart, "nobody on one side; row left out"));
    }
    if slug.is_empty() && canonical::is_placeholder_person(name) {
        let what = "only LinkedIn Member on one side; row left out";
        return Err(Skip::new(Code::Placeholder, what));
    }
    Ok(Mention { name: name.to_owned(), slug, ..Mention::default() })
}

/// The slug that stands on the owner's side most often, unless two do equally.
fn owner(counts: BTreeMap<String, (u32, u32)>) -> Option<OwnerFact> {
    let mut ranked: Vec<(String, (u32, u32))> = counts.into_iter().collect();
    ranked.sort_by_key(|(_, (sent, received))| std::cmp::Reverse(sent + received));
    let tied = match ranked.as_slice() {
        [(_, first), (_, second), ..] => first.0 + first.1 == second.0 + second.1,
        _ => false,
    };
    let (slug, (sent, received)) = ranked.into_iter().next().filter(|_| !tied)?;
    let how = match (sent, received) {
        (sent, 0) => format!("inviter of {sent} outgoing invitations"),
        (0, received) => format!("invitee of {received} incoming invitations"),
        _ => format!("inviter of {sent} outgoing and invitee of {received} incoming invitations"),
    };
    Some(OwnerFact::Slug { slug, how, rank: 1 })
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{codes, source};
    use super::*;

    const TOM: &str = "https://www.linkedin.com/in/tom-x";
    const UMA: &str = "https://www.linkedin.com/in/uma-x";

    fn invitations(rows: &str) -> FileRecords {
        let header = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n";
        read(&source("Invitations.csv", &format!("{header}{rows}")), &mut BTreeSet::new())
    }

    #[test]
    fn gotcha_15_and_28_a_request_is_one_interaction_month_first() {
        let out = invitations(&format!(
            "Tom Ek,Uma Nys,\"3/12/25, 12:05 AM\",\"A panel,\nthanks!\",OUTGOING,{TOM},{UMA}\n"
        ));
        let row = out.interactions[0];
        assert_eq!((row.at.0, row.line, row.message), (1_741_737_900, 2, 1)); // 2025-03-12 00:05
        assert!(!row.channel.is_contact());
        assert!(!format!("{out:?}").contains("panel"));
        let how = "inviter of 1 outgoing invitations".to_owned();
        assert_eq!(out.owner, [OwnerFact::Slug { slug: "tom-x".into(), how, rank: 1 }]);
    }

    #[test]
    fn rows_are_skipped_for_one_reason_each() {
        let good = format!("Tom,Uma,\"1/2/24, 1:00 PM\",,OUTGOING,{TOM},{UMA}\n");
        let out = invitations(&format!(
            "{good}{good}Tom,Uma,yesterday,,OUTGOING,{TOM},{UMA}\n\
             Tom,,\"1/2/24, 1:00 PM\",,OUTGOING,{TOM},\n\
             LinkedIn Member,Tom,\"1/2/24, 1:00 PM\",,INCOMING,,{TOM}\n"
        ));
        assert_eq!(codes(&out), "exact-duplicate bad-date no-counterpart placeholder");
        assert_eq!((out.rows_read, out.rows_used), (5, 1));
    }

    #[test]
    fn without_links_the_name_on_the_owners_side_is_the_owners() {
        let text = "From,To,Sent At,Message,Direction\nPilar Okonjo,Tom,\"1/2/18, 1:00 PM\",,OUTGOING\n\
                    Uma,Pilar Okonjo,\"1/2/18, 1:00 PM\",,INCOMING\n";
        let out = read(&source("Invitations.csv", text), &mut BTreeSet::new());
        assert_eq!(out.owner, [OwnerFact::Name("Pilar Okonjo".to_owned())]);
    }

    #[test]
    fn a_tie_between_owners_names_nobody() {
        let out = invitations(&format!(
            "Tom,Uma,\"1/2/24, 1:00 PM\",,OUTGOING,{TOM},{UMA}\n\
             Uma,Tom,\"1/2/24, 1:00 PM\",,OUTGOING,{UMA},{TOM}\n"
        ));
        assert!(out.owner.is_empty());
    }
}
