//! `Notes.csv`: on whom the owner keeps a note.
//!
//! Responsible for naming the person; the note is not kept.

use std::collections::BTreeSet;

use super::super::dates;
use super::super::mentions::Mentions;
use super::super::problem::Code;
use super::super::recognise::{Column, Shape};
use super::super::record::{FileRecords, Kind, Mention};
use super::super::source::{Skip, Source};
use super::row_hash;
use crate::canonical;

pub(in crate::ingest) static SHAPE: Shape = Shape {
    kind: Kind::Notes,
    title: "LinkedIn's Notes.csv",
    columns: &[
        Column { name: "Connection First Name", aliases: &[] },
        Column { name: "Connection Last Name", aliases: &[] },
        Column { name: "Connection Profile URL", aliases: &[] },
        Column { name: "Note", aliases: &[] },
        Column { name: "Created On", aliases: &[] },
        Column { name: "Edited On", aliases: &[] },
    ],
    required: &[0, 2, 3],
    date: Some((4, |cell| dates::activity_day(cell).is_some())),
};

/// Reads whom the notes are about; `seen` holds rows of earlier files.
pub(in crate::ingest) fn read(source: &Source, seen: &mut BTreeSet<u64>) -> FileRecords {
    let at = &source.found.at;
    let mut mentions = Mentions::default();
    let mut out = source.read(false, |out, row| {
        let name = format!("{} {}", row.get(at[0]), row.get(at[1])).trim().to_owned();
        let slug = canonical::profile_slug(row.get(at[2])).unwrap_or_default();
        if slug.is_empty() && name.is_empty() {
            return Err(Skip::new(Code::NoCounterpart, "about nobody; row left out"));
        }
        if slug.is_empty() && canonical::is_placeholder_person(&name) {
            return Err(Skip::new(Code::Placeholder, "about LinkedIn Member only; row left out"));
        }
        if !seen.insert(row_hash(row)) {
            let what = "the same row stands earlier; row left out";
            return Err(Skip::new(Code::ExactDuplicate, what));
        }
        if let Some(date) = dates::activity_day(row.get(at[4])) {
            out.note_date(date);
        }
        mentions.id(Mention { name, slug, ..Mention::default() });
        Ok(())
    });
    out.mentions = mentions.into_list();
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{codes, source};
    use super::*;

    #[test]
    fn a_note_names_somebody_and_is_not_kept() {
        let text = "Connection First Name,Connection Last Name,Connection Profile URL,Note,Created On,Edited On\n\
                    Tom,Ek,https://www.linkedin.com/in/tom-x,\"secret\nlines\",2026-01-05 10:00:00,\n,,,x,,\n";
        let out = read(&source("Notes.csv", text), &mut BTreeSet::new());
        assert_eq!(out.mentions[0].slug, "tom-x");
        assert_eq!((out.rows_used, codes(&out).as_str()), (1, "no-counterpart"));
        assert!(!format!("{out:?}").contains("secret"));
    }
}
