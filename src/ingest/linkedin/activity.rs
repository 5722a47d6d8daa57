//! What the owner did or follows, where the files do not say towards whom: posts, comments, reactions, votes, events,
//! follows, schools, skills.
//!
//! Responsible for one fact a row. No text of a post or comment is kept; no tie comes of any of it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::problem::Code;
use super::super::reading::Scope;
use super::super::recognise::{Column, Shape};
use super::super::record::{FileRecords, Kind, Mention, OwnerFact};
use super::super::source::{Skip, Source};
use super::super::{dates, exclude};
use super::row_hash;

const fn column(name: &'static str) -> Column {
    Column { name, aliases: &[] }
}

fn is_day(cell: &str) -> bool {
    dates::activity_day(cell).is_some()
}

/// A table that says when in its first column.
const fn dated(
    kind: Kind,
    title: &'static str,
    columns: &'static [Column],
    required: &'static [usize],
) -> Shape {
    Shape { kind, title, columns, required, date: Some((0, is_day)) }
}

/// A table of names, with perhaps a first and a last day.
const fn named(
    kind: Kind,
    title: &'static str,
    columns: &'static [Column],
    required: &'static [usize],
) -> Shape {
    Shape { kind, title, columns, required, date: None }
}

pub(in crate::ingest) static REACTIONS: Shape = dated(
    Kind::Reactions,
    "LinkedIn's Reactions.csv",
    &[column("Date"), column("Type"), column("Link")],
    &[0, 1, 2],
);
pub(in crate::ingest) static COMMENTS: Shape = dated(
    Kind::Comments,
    "LinkedIn's Comments.csv",
    &[column("Date"), column("Link"), column("Message")],
    &[0, 1, 2],
);
pub(in crate::ingest) static SHARES: Shape = dated(
    Kind::Shares,
    "LinkedIn's Shares.csv",
    &[column("Date"), column("ShareLink"), column("ShareCommentary"), column("Visibility")],
    &[0, 1],
);
pub(in crate::ingest) static VOTES: Shape = dated(
    Kind::Votes,
    "LinkedIn's Votes.csv",
    &[column("Date"), column("Link"), column("OptionText")],
    &[0, 1, 2],
);
pub(in crate::ingest) static REPOSTS: Shape = dated(
    Kind::Reposts,
    "LinkedIn's InstantReposts.csv",
    &[column("Date"), column("Link")],
    &[0, 1],
);
pub(in crate::ingest) static EVENTS: Shape = dated(
    Kind::Events,
    "LinkedIn's Events.csv",
    &[column("Event Time"), column("Event Name"), column("Status")],
    &[0, 1],
);
pub(in crate::ingest) static COMPANY_FOLLOWS: Shape = dated(
    Kind::CompanyFollows,
    "LinkedIn's Company Follows.csv",
    &[column("Followed On"), column("Organization")],
    &[0, 1],
);
pub(in crate::ingest) static MEMBER_FOLLOWS: Shape = dated(
    Kind::MemberFollows,
    "LinkedIn's Member_Follows.csv",
    &[column("Date"), column("FullName"), column("Status")],
    &[0, 1, 2],
);
pub(in crate::ingest) static EDUCATION: Shape = named(
    Kind::Education,
    "LinkedIn's Education.csv",
    &[column("School Name"), column("Start Date"), column("End Date")],
    &[0, 1],
);
pub(in crate::ingest) static VOLUNTEERING: Shape = named(
    Kind::Volunteering,
    "LinkedIn's Volunteering.csv",
    &[column("Company Name"), column("Started On"), column("Finished On"), column("Role")],
    &[0, 1, 3],
);
pub(in crate::ingest) static SKILLS: Shape =
    named(Kind::Skills, "LinkedIn's Skills.csv", &[column("Name")], &[0]);

/// Reads the facts; `seen` holds rows of earlier files.
pub(in crate::ingest) fn read(source: &Source, seen: &mut BTreeSet<u64>) -> FileRecords {
    let kind = source.found.shape.kind;
    source.read(false, |out, row| {
        let get =
            |column: usize| row.get(source.found.at.get(column).copied().flatten()).to_owned();
        let fact = match kind {
            Kind::Skills => OwnerFact::Skill(text(get(0))?),
            Kind::Education => {
                let (from, to) = (dates::month_start(&get(1)), dates::month_end(&get(2)));
                OwnerFact::School { name: text(get(0))?, from, to }
            }
            Kind::Volunteering => {
                let (from, to) = (dates::month_start(&get(1)), dates::month_end(&get(2)));
                let (company, title) = (get(0), get(3));
                text(format!("{company}{title}"))?;
                OwnerFact::Position { company, title, from, to }
            }
            // A follow is a fact without its day too.
            Kind::CompanyFollows | Kind::MemberFollows => {
                OwnerFact::Follows { name: text(get(1))?, on: dates::activity_day(&get(0)) }
            }
            _ => OwnerFact::Active(day(&get(0), row.fields.len())?),
        };
        kept_out(&fact, &source.scope).map_or(Ok(()), Err)?;
        if !seen.insert(row_hash(row)) {
            let what = "the same row stands earlier; row left out";
            return Err(Skip::new(Code::ExactDuplicate, what));
        }
        if let OwnerFact::Active(date) | OwnerFact::Follows { on: Some(date), .. } = fact {
            out.note_date(date);
        }
        out.owner.push(fact);
        Ok(())
    })
}

/// Why the user keeps a fact out, if they do.
fn kept_out(fact: &OwnerFact, scope: &Scope) -> Option<Skip> {
    if let OwnerFact::Follows { name, .. } = fact {
        let who = Mention { name: name.clone(), ..Mention::default() };
        if let Some(rule) = scope.hides(&who) {
            return Some(exclude::by_person(rule));
        }
    }
    match fact {
        OwnerFact::Active(day) | OwnerFact::Follows { on: Some(day), .. } => {
            (!scope.admits_day(*day)).then(exclude::by_day)
        }
        _ => None,
    }
}

fn text(text: String) -> Result<String, Skip> {
    if text.is_empty() {
        return Err(Skip::new(Code::Malformed, "nothing is named; row left out"));
    }
    Ok(text)
}

fn day(cell: &str, fields: usize) -> Result<Date, Skip> {
    dates::activity_day(cell).ok_or_else(|| {
        // Comments hold stray pieces of text that are no records.
        if fields <= 1 {
            return Skip::new(Code::Malformed, "a piece of a record; row left out");
        }
        Skip::new(Code::BadDate, "the date is not a possible one; row left out")
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{codes, source};
    use super::*;

    fn facts(file: &str, text: &str) -> FileRecords {
        read(&source(file, text), &mut BTreeSet::new())
    }

    #[test]
    fn comments_with_stray_pieces_are_read_and_not_kept() {
        let out = facts(
            "Comments.csv",
            "Date,Link,Message\r\n2026-10-15 06:01:43,https://example.org/1,\"Well \"\"said\"\",\r\nand more\"\r\n\
             stray piece\r\n2026-10-16 06:01:43,https://example.org/2,x\r\n31 Feb,y,z\r\n",
        );
        assert_eq!(
            (out.rows_read, out.rows_used, codes(&out).as_str()),
            (4, 2, "malformed bad-date")
        );
        assert!(!format!("{out:?}").contains("said"));
        let days = out.dates.map(|(first, last)| (first.to_string(), last.to_string()));
        assert_eq!(days, Some(("2026-10-15".to_owned(), "2026-10-16".to_owned())));
    }

    #[test]
    fn follows_schools_and_events_are_facts_about_the_owner() {
        let out = facts(
            "Company Follows.csv",
            "Organization,Followed On\nBolt,Wed Mar 13 18:51:14 UTC 2024\n,Wed Mar 13 18:51:14 UTC 2024\nNord,",
        );
        assert_eq!((out.rows_used, codes(&out).as_str()), (2, "malformed"));
        assert!(matches!(&out.owner[0], OwnerFact::Follows { on: Some(_), .. }));
        let out = facts(
            "Education.csv",
            "School Name,Start Date,End Date,Notes,Degree Name,Activities\nOslo School,2008,Aug 2011,,,\n",
        );
        assert!(matches!(&out.owner[0], OwnerFact::School { to: Some(_), .. }));
        let out = facts(
            "Events.csv",
            "Event Name,Event Time,Status,External Url\nTalk,\"Sep 23, 2022 12:00 PM - Sep 23, 2022 12:20 PM\",ATTENDING,\n",
        );
        assert_eq!(out.owner, [OwnerFact::Active(jiff::civil::date(2022, 9, 23))]);
    }

    #[test]
    fn shares_of_2018_and_wrapped_lines_are_one_row_each() {
        let out = facts(
            "Shares.csv",
            "Date\tShareLink\tShareCommentary\tSharedURL\tMediaURL\tVisibility\n\
             \"2018-10-15 06:01:43\"\t\"l\"\t\"line1\"\"\n\"\"\n\"\"line2\"\t\"\"\t\"\"\t\"ALL\"\n",
        );
        assert_eq!((out.rows_read, out.rows_used), (1, 1));
    }
}
