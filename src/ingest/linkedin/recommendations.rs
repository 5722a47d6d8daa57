//! `Recommendations_Received.csv` and `Recommendations_Given.csv`: one header for both.
//!
//! Responsible for one interaction a row; the text is not kept. Which way a file goes is told by its name, else by the
//! status, which only received ones have.

use std::collections::BTreeSet;

use super::super::mentions::Mentions;
use super::super::problem::Code;
use super::super::recognise::{Column, Shape};
use super::super::record::{FileRecords, Kind, Mention, RawInteraction};
use super::super::source::{Skip, Source};
use super::super::{dates, hash};
use super::Known;
use super::names::file_key;
use crate::canonical;
use crate::units::Channel;

const FIRST: usize = 0;
const LAST: usize = 1;
const DATE: usize = 5;
const STATUS: usize = 6;

pub(in crate::ingest) static SHAPE: Shape = Shape {
    kind: Kind::RecommendationsReceived,
    title: "LinkedIn's Recommendations_Received.csv",
    columns: &[
        Column { name: "First Name", aliases: &[] },
        Column { name: "Last Name", aliases: &[] },
        Column { name: "Company", aliases: &[] },
        Column { name: "Job Title", aliases: &[] },
        Column { name: "Text", aliases: &[] },
        Column { name: "Creation Date", aliases: &[] },
        Column { name: "Status", aliases: &[] },
    ],
    required: &[FIRST, 3, 4, DATE],
    date: Some((DATE, |cell| dates::linkedin_instant(cell, dates::Order::MonthFirst).is_some())),
};

/// Reads the recommendations; `seen` holds rows of earlier files, `known` the export's owner.
pub(in crate::ingest) fn read(
    source: &Source,
    seen: &mut BTreeSet<u64>,
    known: &Known,
) -> FileRecords {
    let at = |column: usize| source.found.at[column];
    let order = source.order(DATE, false);
    let is_given = is_given(source);
    let mut mentions = Mentions::default();
    let owner = known.owner_of(&source.file);
    let mut out = source.read(false, |out, row| {
        let Some(when) = dates::linkedin_instant(row.get(at(DATE)), order) else {
            let what = "Creation Date is not a possible time; row left out";
            return Err(Skip::new(Code::BadDate, what));
        };
        let name = format!("{} {}", row.get(at(FIRST)), row.get(at(LAST))).trim().to_owned();
        if name.is_empty() {
            return Err(Skip::new(Code::NoCounterpart, "nobody is named; row left out"));
        }
        if canonical::is_placeholder_person(&name) {
            return Err(Skip::new(Code::Placeholder, "only LinkedIn Member; row left out"));
        }
        let (stamp, way) = (when.0.to_string(), if is_given { "given" } else { "received" });
        let folded = canonical::folded_name(&name);
        if !seen.insert(hash::of_fields([stamp.as_str(), way, &folded].into_iter())) {
            let what = "the same recommendation stands earlier; row left out";
            return Err(Skip::new(Code::ExactDuplicate, what));
        }
        let other = mentions.id(Mention { name, ..Mention::default() });
        let me = mentions.id(owner.clone());
        let (from, to) = if is_given { (me, other) } else { (other, me) };
        out.interactions.push(RawInteraction {
            line: row.mark.line,
            at: when,
            channel: Channel::Recommendation,
            from,
            to,
            thread: 0,
            minutes: 0,
            message: u32::try_from(out.rows_read).unwrap_or(u32::MAX),
        });
        Ok(())
    });
    if is_given {
        out.kind = Kind::RecommendationsGiven;
    }
    out.mentions = mentions.into_list();
    out.format.push_str("; times are without a zone, read as UTC");
    out
}

fn is_given(source: &Source) -> bool {
    let key = file_key(&source.file);
    if key.contains("given") || key.contains("received") {
        return key.contains("given");
    }
    let mut rows = source.rows(false);
    while let Some(row) = rows.next_row() {
        if !row.get(source.found.at[STATUS]).is_empty() {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{codes, source};
    use super::*;

    const HEADER: &str = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n";

    fn recommendations(file: &str, rows: &str) -> FileRecords {
        let source = source(file, &format!("{HEADER}{rows}"));
        read(&source, &mut BTreeSet::new(), &Known::default())
    }

    #[test]
    fn a_recommendation_is_an_interaction_and_its_text_is_not_kept() {
        let row = "Tom,Ek,Bolt,Cook,\"secret,\nwords\",\"06/03/24, 09:15 AM\",HIDDEN\n";
        let out = recommendations("Recommendations_Received.csv", &format!("{row}{row}"));
        let first = out.interactions[0];
        assert_eq!((first.at.0, first.channel), (1_717_406_100, Channel::Recommendation));
        assert_eq!(out.mentions[first.from as usize].name, "Tom Ek");
        assert!(out.mentions[first.to as usize].is_owner());
        assert_eq!(codes(&out), "exact-duplicate");
        assert!(!format!("{out:?}").contains("secret"));
    }

    #[test]
    fn the_way_is_told_by_name_or_by_status() {
        let row = "Tom,Ek,Bolt,Cook,text,\"06/03/24, 09:15 AM\",\n";
        let kind = |file: &str, row: &str| recommendations(file, row).kind;
        assert_eq!(kind("Recommendations_Given.csv", row), Kind::RecommendationsGiven);
        assert_eq!(kind("renamed.csv", row), Kind::RecommendationsGiven);
        assert_eq!(
            kind("renamed.csv", &row.replace(",\n", ",VISIBLE\n")),
            Kind::RecommendationsReceived
        );
    }
}
