//! The contact CSVs of Google (both layouts) and Outlook. Columns without a number in their name stand in the shape; the
//! numbered ones grow with the data and are found in the header of the file.

use super::super::linkedin::Known;
use super::super::recognise::{Column, Shape, key};
use super::super::record::FileRecords;
use super::super::record::Kind;
use super::super::source::Source;
use super::super::table::{Row, first_records};
use super::{Card, Seen, phone_key, settle};
use crate::canonical;

const FULL: usize = 0;
const FIRST: usize = 1;
const MIDDLE: usize = 2;
const LAST: usize = 3;
const COMPANY: usize = 4;
const TITLE: usize = 5;
const EMAIL: usize = 6;

pub(in crate::ingest) static GOOGLE: Shape = Shape {
    kind: Kind::Contacts,
    title: "Google's contacts (CSV)",
    columns: &[
        Column { name: "Name", aliases: &["fileas"] },
        Column { name: "First Name", aliases: &["givenname"] },
        Column { name: "Middle Name", aliases: &["additionalname"] },
        Column { name: "Last Name", aliases: &["familyname"] },
        Column { name: "Organization Name", aliases: &["organization1name"] },
        Column { name: "Organization Title", aliases: &["organization1title"] },
        Column { name: "E-mail 1 - Value", aliases: &["email1value"] },
        Column { name: "Labels", aliases: &["groupmembership"] },
    ],
    required: &[FIRST, LAST, EMAIL],
    date: None,
};

pub(in crate::ingest) static OUTLOOK: Shape = Shape {
    kind: Kind::Contacts,
    title: "Outlook's contacts (CSV)",
    columns: &[
        Column { name: "Display Name", aliases: &["fullname"] },
        Column { name: "First Name", aliases: &["vorname", "prénom", "nombre"] },
        Column {
            name: "Middle Name",
            aliases: &["weiterevornamen", "deuxièmeprénom", "segundonombre"],
        },
        Column { name: "Last Name", aliases: &["nachname", "nom", "apellidos"] },
        Column { name: "Company", aliases: &["firma", "société", "organización"] },
        Column { name: "Job Title", aliases: &["position", "titre", "puesto"] },
        Column {
            name: "E-mail Address",
            aliases: &[
                "email",
                "emailadresse",
                "adressedemessagerie",
                "direccióndecorreoelectrónico",
            ],
        },
        Column {
            name: "Business Street",
            aliases: &[
                "businessphone",
                "mobilephone",
                "primaryphone",
                "rueburo",
                "straßegeschäftlich",
            ],
        },
        Column {
            name: "E-mail Display Name",
            aliases: &["emailtype", "emailanzeigename", "email2address", "email2adresse"],
        },
    ],
    required: &[FIRST, LAST, EMAIL, 7],
    date: None,
};

/// Reads the entries of a table.
pub(in crate::ingest) fn read(source: &Source, known: &Known, seen: &mut Seen) -> FileRecords {
    let columns = numbered(source);
    let mut cards = Vec::new();
    let mut out = source.read(false, |_, row| {
        cards.push(card(source, &columns, row));
        Ok(())
    });
    // The rows that reached a card are accounted for there.
    out.rows_read -= out.rows_used;
    out.rows_used = 0;
    let mut out = settle(out, cards, &source.noise, known, seen);
    out.problems.sort_by_key(|problem| (problem.line, problem.code));
    out
}

/// Places of addresses, phones and links by the header.
struct Numbered {
    emails: Vec<usize>,
    phones: Vec<usize>,
    links: Vec<usize>,
}

fn numbered(source: &Source) -> Numbered {
    let records = first_records(&source.text, source.found.delimiter.0);
    let header = records.into_iter().find(|record| record.line == source.found.header_line);
    let keys: Vec<String> = header
        .map(|header| header.fields.iter().map(|field| key(field)).collect())
        .unwrap_or_default();
    let places = |fits: fn(&str) -> bool| -> Vec<usize> {
        keys.iter().enumerate().filter(|(_, key)| fits(key)).map(|(at, _)| at).collect()
    };
    Numbered {
        emails: places(|key| {
            key.starts_with("email")
                && (key.ends_with("value")
                    || key.ends_with("address")
                    || key.ends_with("adresse")
                    || key == "email")
        }),
        phones: places(|key| {
            (key.starts_with("phone") && key.ends_with("value"))
                || [
                    "mobilephone",
                    "businessphone",
                    "homephone",
                    "primaryphone",
                    "businessphone2",
                    "homephone2",
                ]
                .contains(&key)
        }),
        links: places(|key| {
            key.starts_with("website") || key == "webpage" || key.contains("linkedin")
        }),
    }
}

fn card(source: &Source, columns: &Numbered, row: &Row<'_>) -> Card {
    let get = |column: usize| row.get(source.found.at[column]);
    let parts: Vec<&str> =
        [FIRST, MIDDLE, LAST].into_iter().map(get).filter(|part| !part.is_empty()).collect();
    let full = get(FULL);
    let name = if parts.is_empty() { full.to_owned() } else { parts.join(" ") };
    let is_address = canonical::email(&name).is_some();
    let values = |places: &[usize]| -> Vec<String> {
        places
            .iter()
            .flat_map(|at| row.get(Some(*at)).split(":::"))
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
            .collect()
    };
    let mut emails: Vec<String> = values(&columns.emails);
    // "Other contacts" carry the address as a name.
    emails.extend(is_address.then(|| name.clone()));
    Card {
        line: row.mark.line,
        name: if is_address { String::new() } else { name },
        first_name: if is_address { String::new() } else { get(FIRST).to_owned() },
        emails: emails.iter().filter_map(|email| canonical::email(email)).collect(),
        phones: values(&columns.phones).iter().filter_map(|phone| phone_key(phone)).collect(),
        slugs: values(&columns.links)
            .iter()
            .filter_map(|link| canonical::profile_slug(link))
            .collect(),
        company: get(COMPANY).to_owned(),
        title: get(TITLE).to_owned(),
        ..Card::default()
    }
}
