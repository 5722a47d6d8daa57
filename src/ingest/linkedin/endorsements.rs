//! `Endorsement_Received_Info.csv` and `Endorsement_Given_Info.csv`: skills that people vouched for.
//!
//! Responsible for interactions on the endorsement channel: a click, not a conversation. A row is one skill; all rows of
//! one person on one day are one interaction, so people count and not skills.

use std::collections::{BTreeMap, BTreeSet};

use super::super::mentions::Mentions;
use super::super::problem::Code;
use super::super::recognise::{Column, Shape};
use super::super::record::{FileRecords, Kind, Mention, MentionId, RawInteraction};
use super::super::source::{Skip, Source};
use super::super::{dates, hash};
use super::Known;
use crate::canonical;
use crate::units::{Channel, Instant};

const DATE: usize = 0;
const SKILL: usize = 1;
const FIRST: usize = 2;
const LAST: usize = 3;
const URL: usize = 4;

pub(in crate::ingest) static RECEIVED: Shape = Shape {
    kind: Kind::EndorsementsReceived,
    title: "LinkedIn's Endorsement_Received_Info.csv",
    columns: &[
        Column { name: "Endorsement Date", aliases: &[] },
        Column { name: "Skill Name", aliases: &[] },
        Column { name: "Endorser First Name", aliases: &[] },
        Column { name: "Endorser Last Name", aliases: &[] },
        Column { name: "Endorser Public Url", aliases: &[] },
        Column { name: "Endorsement Status", aliases: &[] },
    ],
    required: &[DATE, SKILL, FIRST],
    date: Some((DATE, is_date)),
};

pub(in crate::ingest) static GIVEN: Shape = Shape {
    kind: Kind::EndorsementsGiven,
    title: "LinkedIn's Endorsement_Given_Info.csv",
    columns: &[
        Column { name: "Endorsement Date", aliases: &[] },
        Column { name: "Skill Name", aliases: &[] },
        Column { name: "Endorsee First Name", aliases: &[] },
        Column { name: "Endorsee Last Name", aliases: &[] },
        Column { name: "Endorsee Public Url", aliases: &[] },
        Column { name: "Endorsement Status", aliases: &[] },
    ],
    required: &[DATE, SKILL, FIRST],
    date: Some((DATE, is_date)),
};

fn is_date(cell: &str) -> bool {
    dates::linkedin_instant(cell, dates::Order::MonthFirst).is_some()
}

/// Reads the endorsements; `seen` holds rows of earlier files, `known` the export's owner.
pub(in crate::ingest) fn read(
    source: &Source,
    seen: &mut BTreeSet<u64>,
    known: &Known,
) -> FileRecords {
    let at = |column: usize| source.found.at[column];
    let order = source.order(DATE, false);
    let is_given = source.found.shape.kind == Kind::EndorsementsGiven;
    let mut mentions = Mentions::default();
    let owner = known.owner_of(&source.file);
    let mut out = source.read(false, |out, row| {
        let Some(when) = dates::linkedin_instant(row.get(at(DATE)), order) else {
            let what = "Endorsement Date is not a possible time; row left out";
            return Err(Skip::new(Code::BadDate, what));
        };
        let name = format!("{} {}", row.get(at(FIRST)), row.get(at(LAST))).trim().to_owned();
        let slug = canonical::profile_slug(row.get(at(URL))).unwrap_or_default();
        if slug.is_empty() && name.is_empty() {
            return Err(Skip::new(Code::NoCounterpart, "nobody is named; row left out"));
        }
        if slug.is_empty() && canonical::is_placeholder_person(&name) {
            return Err(Skip::new(Code::Placeholder, "only LinkedIn Member; row left out"));
        }
        let stamp = when.0.to_string();
        // Exports of other years spell links and states differently; the person, skill and time stay.
        let folded = canonical::folded_name(&name);
        if !seen.insert(hash::of_fields([stamp.as_str(), row.get(at(SKILL)), &folded].into_iter()))
        {
            let what = "the same endorsement stands earlier; row left out";
            return Err(Skip::new(Code::ExactDuplicate, what));
        }
        let other = mentions.id(Mention { name, slug, ..Mention::default() });
        let me = mentions.id(owner.clone());
        let (from, to) = if is_given { (me, other) } else { (other, me) };
        out.interactions.push(RawInteraction {
            line: row.mark.line,
            at: when,
            channel: Channel::Endorsement,
            from,
            to,
            thread: 0,
            minutes: 0,
            message: 0,
        });
        Ok(())
    });
    one_a_day(&mut out.interactions);
    out.mentions = mentions.into_list();
    out
}

/// Gives all rows of one person and day the day's first instant and one number, which makes them one event. Several
/// people may have been endorsed with one click: they are several events.
fn one_a_day(rows: &mut [RawInteraction]) {
    let mut first: BTreeMap<(MentionId, MentionId, i64), (Instant, u32)> = BTreeMap::new();
    let key = |row: &RawInteraction| (row.from, row.to, row.at.0.div_euclid(86_400));
    for (row, number) in rows.iter().zip(1..) {
        let day = first.entry(key(row)).or_insert((row.at, number));
        day.0 = day.0.min(row.at);
    }
    for row in rows {
        (row.at, row.message) = first.get(&key(row)).copied().unwrap_or((row.at, row.message));
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{codes, source};
    use super::*;

    fn received(rows: &str) -> FileRecords {
        let header = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,\
                      Endorser Public Url,Endorsement Status\n";
        let source = source("Endorsement_Received_Info.csv", &format!("{header}{rows}"));
        read(&source, &mut BTreeSet::new(), &Known::default())
    }

    #[test]
    fn gotcha_5_a_link_without_scheme_and_a_date_with_slashes() {
        let out = received(
            "2023/03/01 12:13:14 UTC,Breton,Maëlle,Tessier,www.linkedin.com/in/maëlle-tessier-k42,ACCEPTED\n\
             2023/03/01 18:00:00 UTC,Welsh,Maëlle,Tessier,www.linkedin.com/in/maëlle-tessier-k42,HIDDEN\n",
        );
        let [breton, welsh] = out.interactions.as_slice() else { panic!("two rows") };
        assert_eq!((breton.at, breton.at.0), (welsh.at, 1_677_672_794));
        assert_eq!(out.mentions[0].slug, "maëlle-tessier-k42");
        assert!(out.mentions[1].is_owner() && breton.to == 1);
        assert_eq!((out.rows_used, codes(&out).as_str()), (2, ""));
    }

    #[test]
    fn rows_are_skipped_for_one_reason_each() {
        let row = "2023/03/01 12:13:14 UTC,Breton,Tom,Ek,,ACCEPTED\n";
        let out = received(&format!(
            "{row}{row}soon,Breton,Tom,Ek,,ACCEPTED\n2023/03/01 12:13:14 UTC,Breton,,,,ACCEPTED\n\
             2023/03/01 12:13:14 UTC,Breton,LinkedIn,Member,,ACCEPTED\n"
        ));
        assert_eq!(codes(&out), "exact-duplicate bad-date no-counterpart placeholder");
    }

    #[test]
    fn endorsements_given_come_from_the_owner_and_old_files_have_no_link() {
        let text = "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,Endorsement Status\n\
                    2021/03/01 12:13:14 UTC,Cooking,Tom,Ek,PENDING\n";
        let source = source("Endorsement_Given_Info.csv", text);
        let out = read(&source, &mut BTreeSet::new(), &Known::default());
        let row = out.interactions[0];
        assert!(out.mentions[row.from as usize].is_owner());
        assert_eq!(out.mentions[row.to as usize].name, "Tom Ek");
        assert!(!row.channel.is_contact());
    }
}
