//! `Contacts.csv` and `ImportedContacts.csv`: the address book the owner once uploaded.
//!
//! Responsible for names of people who stand in other files with an address only. An entry is not a connection: read
//! as one, it would make a network several times the owner's.

use std::collections::BTreeSet;

use super::super::mentions::Mentions;
use super::super::problem::Code;
use super::super::recognise::{Column, Shape};
use super::super::record::{FileRecords, Kind, Mention};
use super::super::source::{Skip, Source};
use super::{Known, row_hash};
use crate::canonical;

const FIRST: usize = 0;
const LAST: usize = 1;
const FULL: usize = 2;
const EMAILS: usize = 3;

pub(in crate::ingest) static SHAPE: Shape = Shape {
    kind: Kind::AddressBook,
    title: "LinkedIn's Contacts.csv (an uploaded address book)",
    columns: &[
        Column { name: "FirstName", aliases: &[] },
        Column { name: "LastName", aliases: &[] },
        Column { name: "FullName", aliases: &[] },
        Column { name: "Emails", aliases: &["emailaddress", "email"] },
        Column { name: "Companies", aliases: &[] },
        Column { name: "PhoneNumbers", aliases: &[] },
    ],
    // Phone numbers tell it from every other list of people.
    required: &[FIRST, LAST, 4, 5],
    date: None,
};

/// Reads the entries whose address `known` files hold; `seen` holds rows of earlier files.
pub(in crate::ingest) fn read(
    source: &Source,
    seen: &mut BTreeSet<u64>,
    known: &Known,
) -> FileRecords {
    let get = |row: &super::super::table::Row<'_>, column: usize| {
        row.get(source.found.at[column]).to_owned()
    };
    let mut mentions = Mentions::default();
    let mut out = source.read(false, |_, row| {
        let full = get(row, FULL);
        let parts = format!("{} {}", get(row, FIRST), get(row, LAST)).trim().to_owned();
        let name = if parts.is_empty() { full } else { parts };
        let emails = get(row, EMAILS);
        let emails: BTreeSet<String> = emails
            .split([',', ';', ' '])
            .filter_map(canonical::email)
            .filter(|email| known.emails.contains(email) && !canonical::is_role_address(email))
            .collect();
        if name.is_empty() {
            return Err(Skip::new(Code::NoCounterpart, "an entry without a name; row left out"));
        }
        if !seen.insert(row_hash(row)) {
            let what = "the same row stands earlier; row left out";
            return Err(Skip::new(Code::ExactDuplicate, what));
        }
        if emails.is_empty() {
            let what = "an address-book entry, no connection, with no address that stands in another file; \
                        row left out";
            return Err(Skip::new(Code::OutOfScope, what));
        }
        for email in emails {
            mentions.id(Mention { name: name.clone(), email, ..Mention::default() });
        }
        Ok(())
    });
    out.mentions = mentions.into_list();
    out.format.push_str("; an address book, not connections: it only gives names to addresses");
    out
}

#[cfg(test)]
mod tests {
    use super::super::super::test_support::{codes, source};
    use super::*;

    #[test]
    fn gotcha_30_an_entry_gives_a_name_to_an_address_and_makes_no_contact() {
        let text = "Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt,Addresses,FullName\n\
                    X,Siv,Alm,,,\"siv@example.org, s.alm@example.com\",,\"3/9/23, 8:15 PM\",,Siv Alm\n\
                    MOBILE_CONTACTS,Pappa,,,,,\"+4611111111,4611111111\",\"6/5/22, 7:05 PM\",,\n\
                    X,,,,,siv@example.org,,,,\n,,,,,,,,,\n";
        let known = Known { emails: ["siv@example.org".to_owned()].into(), ..Known::default() };
        let out = read(&source("Contacts.csv", text), &mut BTreeSet::new(), &known);
        assert_eq!(codes(&out), "out-of-scope no-counterpart blank");
        assert!(out.contacts.is_empty() && out.interactions.is_empty());
        let who = &out.mentions[0];
        assert_eq!((who.name.as_str(), who.email.as_str()), ("Siv Alm", "siv@example.org"));
    }

    #[test]
    fn the_header_of_2018_is_known() {
        let text = "First Name,Last Name,Companies,Title,Email Address,Phone Numbers,Created At\n\
                    Siv,Alm,,,siv@example.org,,\"3/9/18, 8:15 PM\"\n";
        assert_eq!(source("Contacts.csv", text).found.shape.kind, Kind::AddressBook);
    }
}
