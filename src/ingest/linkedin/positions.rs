//! `Positions.csv`: where the owner has worked, for hints on past colleagues.
//!
//! Responsible for one fact a row; descriptions are not kept.

use std::collections::BTreeSet;

use super::super::dates;
use super::super::problem::Code;
use super::super::recognise::{Column, Shape};
use super::super::record::{FileRecords, Kind, OwnerFact};
use super::super::source::{Skip, Source};
use super::row_hash;

pub(in crate::ingest) static SHAPE: Shape = Shape {
    kind: Kind::Positions,
    title: "LinkedIn's Positions.csv",
    columns: &[
        Column { name: "Company Name", aliases: &["company"] },
        Column { name: "Title", aliases: &["position"] },
        Column { name: "Started On", aliases: &["startdate"] },
        Column { name: "Finished On", aliases: &["enddate"] },
    ],
    required: &[0, 1, 2],
    date: Some((2, |cell| dates::month_start(cell).is_some())),
};

/// Reads the facts; `seen` holds rows of earlier files.
pub(in crate::ingest) fn read(source: &Source, seen: &mut BTreeSet<u64>) -> FileRecords {
    let at = &source.found.at;
    source.read(false, |out, row| {
        let (company, title) = (row.get(at[0]), row.get(at[1]));
        if company.is_empty() && title.is_empty() {
            let what = "neither a company nor a title; row left out";
            return Err(Skip::new(Code::Malformed, what));
        }
        if !seen.insert(row_hash(row)) {
            let what = "the same row stands earlier; row left out";
            return Err(Skip::new(Code::ExactDuplicate, what));
        }
        out.owner.push(OwnerFact::Position {
            company: company.to_owned(),
            title: title.to_owned(),
            from: dates::month_start(row.get(at[2])),
            to: dates::month_end(row.get(at[3])),
        });
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{codes, source};
    use super::*;

    #[test]
    fn a_position_lasts_from_its_first_day_to_its_last() {
        let text = "Company Name,Title,Description,Location,Started On,Finished On\n\
                    Bolt,Cook,\"a\nb\",,Mar 2021,Feb 2024\nNord,Lead,,,2013,\n,,x,,,\n";
        let out = read(&source("Positions.csv", text), &mut BTreeSet::new());
        let to = Some(jiff::civil::date(2024, 2, 29));
        assert!(matches!(&out.owner[0], OwnerFact::Position { to: last, .. } if *last == to));
        assert!(matches!(&out.owner[1], OwnerFact::Position { to: None, .. }));
        assert_eq!((out.rows_used, codes(&out).as_str()), (2, "malformed"));
    }
}
