//! `Profile.csv`: the owner's name and headline. It holds no profile link.
//!
//! Responsible for these two facts; birth date, address and summary are not kept.

use std::collections::BTreeSet;

use super::super::problem::Code;
use super::super::recognise::{Column, Shape};
use super::super::record::{FileRecords, Kind, OwnerFact};
use super::super::source::{Skip, Source};
use super::row_hash;

pub(in crate::ingest) static SHAPE: Shape = Shape {
    kind: Kind::Profile,
    title: "LinkedIn's Profile.csv",
    columns: &[
        Column { name: "First Name", aliases: &[] },
        Column { name: "Last Name", aliases: &[] },
        Column { name: "Headline", aliases: &[] },
    ],
    required: &[0, 1, 2],
    date: None,
};

/// Reads the facts; `seen` holds rows of earlier files.
pub(in crate::ingest) fn read(source: &Source, seen: &mut BTreeSet<u64>) -> FileRecords {
    let at = &source.found.at;
    source.read(false, |out, row| {
        let name = format!("{} {}", row.get(at[0]), row.get(at[1])).trim().to_owned();
        let headline = row.get(at[2]).to_owned();
        if name.is_empty() && headline.is_empty() {
            let what = "neither a name nor a headline; row left out";
            return Err(Skip::new(Code::Malformed, what));
        }
        if !seen.insert(row_hash(row)) {
            let what = "the same row stands earlier; row left out";
            return Err(Skip::new(Code::ExactDuplicate, what));
        }
        if !name.is_empty() {
            out.owner.push(OwnerFact::Name(name));
        }
        if !headline.is_empty() {
            out.owner.push(OwnerFact::Headline(headline));
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{codes, source};
    use super::*;

    #[test]
    fn the_owners_name_and_headline_are_kept_and_nothing_else() {
        let text = "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary\n\
                    Tom,Ek,,Somewhere,Feb 29,Plumber,\"Two\n\nlines\"\n";
        let out = read(&source("Profile.csv", text), &mut BTreeSet::new());
        assert_eq!(
            out.owner,
            [OwnerFact::Name("Tom Ek".into()), OwnerFact::Headline("Plumber".into())]
        );
        assert_eq!((out.rows_read, out.rows_used, codes(&out).as_str()), (1, 1, ""));
    }
}
