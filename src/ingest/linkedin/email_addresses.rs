//! `Email Addresses.csv`: the owner's own addresses.
//!
//! Responsible for the key that ties the owner to mail and calendars.

use std::collections::BTreeSet;

use super::super::problem::Code;
use super::super::recognise::{Column, Shape};
use super::super::record::{FileRecords, Kind, OwnerFact};
use super::super::source::{Skip, Source};
use super::row_hash;
use crate::canonical;

pub(in crate::ingest) static SHAPE: Shape = Shape {
    kind: Kind::EmailAddresses,
    title: "LinkedIn's Email Addresses.csv",
    columns: &[
        Column { name: "Email Address", aliases: &["email"] },
        Column { name: "Confirmed", aliases: &[] },
        Column { name: "Primary", aliases: &[] },
        Column { name: "Updated On", aliases: &[] },
    ],
    required: &[0, 1, 2],
    date: None,
};

/// Reads the addresses; `seen` holds rows of earlier files.
pub(in crate::ingest) fn read(source: &Source, seen: &mut BTreeSet<u64>) -> FileRecords {
    source.read(true, |out, row| {
        let Some(email) = canonical::email(row.get(source.found.at[0])) else {
            let what = "Email Address is not an address; row left out";
            return Err(Skip::new(Code::Malformed, what));
        };
        if !seen.insert(row_hash(row)) {
            let what = "the same row stands earlier; row left out";
            return Err(Skip::new(Code::ExactDuplicate, what));
        }
        out.owner.push(OwnerFact::Email(email));
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{codes, source};
    use super::*;

    #[test]
    fn addresses_are_facts_about_the_owner() {
        let text =
            "Email Address,Confirmed,Primary,Updated On\nTom+x@Example.org,Yes,Yes,\nnone,No,No,";
        let out = read(&source("Email Addresses.csv", text), &mut BTreeSet::new());
        assert_eq!(out.owner, [OwnerFact::Email("tom@example.org".into())]);
        assert_eq!((out.rows_read, codes(&out).as_str()), (2, "malformed"));
    }
}
