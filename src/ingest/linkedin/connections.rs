//! `Connections.csv`: the people the owner is connected to.
//!
//! Responsible for one contact a row. The day of connecting is the birth of a tie, not a contact.

use std::collections::BTreeSet;

use super::super::dates::{self, Order};
use super::super::mentions::Mentions;
use super::super::problem::{Code, Problem};
use super::super::recognise::{Column, Shape};
use super::super::record::{FileRecords, Kind, Mention, RawContact};
use super::super::source::{Skip, Source};
use super::super::table::Row;
use super::row_hash;
use crate::canonical;

const FIRST: usize = 0;
const LAST: usize = 1;
const URL: usize = 2;
const EMAIL: usize = 3;
const COMPANY: usize = 4;
const POSITION: usize = 5;
const CONNECTED: usize = 6;

pub(in crate::ingest) static SHAPE: Shape = Shape {
    kind: Kind::Connections,
    title: "LinkedIn's Connections.csv",
    columns: &[
        Column { name: "First Name", aliases: &["vorname", "prénom", "prenom", "nombre", "nome"] },
        Column {
            name: "Last Name",
            aliases: &["nachname", "nom", "apellido", "apellidos", "sobrenome", "surname"],
        },
        Column { name: "URL", aliases: &["profileurl", "linkedinurl", "publicprofileurl"] },
        Column { name: "Email Address", aliases: &["email", "emailadresse", "adresseemail"] },
        Column { name: "Company", aliases: &["unternehmen", "entreprise", "empresa"] },
        Column { name: "Position", aliases: &["poste", "jobtitle", "title", "cargo"] },
        Column {
            name: "Connected On",
            aliases: &["verbundenam", "datedeconnexion", "connectedat"],
        },
    ],
    required: &[FIRST, CONNECTED],
    date: Some((CONNECTED, |cell| dates::connected_on(cell, Order::MonthFirst).is_some())),
};

/// A row's fields by meaning, and a remark when an unquoted comma had moved them.
struct Fields<'r> {
    last_name: String,
    url: &'r str,
    email: &'r str,
    company: String,
    position: &'r str,
    connected: &'r str,
    moved: Option<&'static str>,
}

/// Reads the contacts; `seen` holds rows of earlier files.
pub(in crate::ingest) fn read(source: &Source, seen: &mut BTreeSet<u64>) -> FileRecords {
    let mut mentions = Mentions::default();
    let at = |column: usize| source.found.at[column];
    let order = source.order(CONNECTED, true);
    let mut out = source.read(true, |out, row| {
        let fields = fields(source, row, order)?;
        let (first, last) = (row.get(at(FIRST)), fields.last_name.as_str());
        let slug = canonical::profile_slug(fields.url).unwrap_or_default();
        let email = canonical::email(fields.email).unwrap_or_default();
        let filled = row.filled();
        if filled == 1 && !fields.connected.is_empty() {
            let what = "only a date: a closed or hidden member; row left out";
            return Err(Skip::new(Code::DateOnly, what));
        }
        let name = format!("{first} {last}").trim().to_owned();
        let email = if canonical::is_role_address(&email) { String::new() } else { email };
        if name.is_empty() && slug.is_empty() && email.is_empty() {
            let what = "no name, profile link or address; row left out";
            return Err(Skip::new(Code::NoCounterpart, what));
        }
        if slug.is_empty() && canonical::is_placeholder_person(&name) {
            return Err(Skip::new(Code::Placeholder, "a member without a name; row left out"));
        }
        // The same person with another title is another export's word: who is right is settled with the people.
        if !seen.insert(row_hash(row)) {
            let what = "the same contact stands earlier; row left out";
            return Err(Skip::new(Code::ExactDuplicate, what));
        }
        let connected_on = dates::connected_on(fields.connected, order);
        remark(out, source, row, &fields, connected_on.is_some());
        // Without link and address two people of one name are told apart by their employer.
        let is_bare = slug.is_empty() && email.is_empty();
        let handle = if is_bare { format!("{name} · {}", fields.company) } else { String::new() };
        let who = mentions.id(Mention { name, slug, email, handle });
        out.contacts.push(RawContact {
            line: row.mark.line,
            who,
            first_name: first.to_owned(),
            company: fields.company,
            position: fields.position.to_owned(),
            connected_on,
        });
        Ok(())
    });
    out.mentions = mentions.into_list();
    out
}

fn fields<'r>(source: &Source, row: &'r Row<'_>, order: Order) -> Result<Fields<'r>, Skip> {
    let at = &source.found.at;
    if !source.is_too_long(row) {
        return Ok(Fields {
            last_name: row.get(at[LAST]).to_owned(),
            url: row.get(at[URL]),
            email: row.get(at[EMAIL]),
            company: row.get(at[COMPANY]).to_owned(),
            position: row.get(at[POSITION]),
            connected: row.get(at[CONNECTED]),
            moved: None,
        });
    }
    moved(source, row, order)
        .ok_or_else(|| Skip::new(Code::Malformed, "more fields than columns; row left out"))
}

/// Puts back what unquoted commas moved. The link shows how many of them stand in the name; the date stands last, and
/// what is left over between is the company with its commas and then the position.
fn moved<'r>(source: &Source, row: &'r Row<'_>, order: Order) -> Option<Fields<'r>> {
    let at = &source.found.at;
    let company = at[COMPANY]?;
    if at[POSITION] != Some(company + 1) || at[CONNECTED] != Some(company + 2) {
        return None;
    }
    let all: Vec<&str> = row.fields.iter().collect();
    let last = all.iter().rposition(|field| !field.trim().is_empty())?;
    let connected = row.get(Some(last));
    dates::connected_on(connected, order)?;
    let in_name = match at[URL] {
        Some(url) => {
            let found =
                all.iter().position(|field| canonical::profile_slug(field.trim()).is_some())?;
            found
                .checked_sub(url)
                .filter(|shift| *shift == 0 || at[LAST].map(|last| last + 1) == Some(url))?
        }
        None => 0,
    };
    let place = |column: usize| at[column].map(|at| at + in_name);
    let last_name = at[LAST].map_or("", |from| row.get(Some(from))).to_owned();
    let rest = at[LAST].and_then(|from| all.get(from + 1..=from + in_name)).unwrap_or_default();
    let between =
        all.get(company + in_name..last.saturating_sub(1)).filter(|all| !all.is_empty())?;
    Some(Fields {
        last_name: rest.iter().fold(last_name, |name, part| format!("{name},{part}")),
        url: row.get(place(URL)),
        email: row.get(place(EMAIL)),
        company: between.join(",").trim().to_owned(),
        position: row.get(Some(last - 1)),
        connected,
        moved: Some(if in_name > 0 {
            "an unquoted comma; read as part of the name, row kept"
        } else {
            "an unquoted comma; read as part of the company, row kept"
        }),
    })
}

fn remark(out: &mut FileRecords, source: &Source, row: &Row<'_>, fields: &Fields<'_>, dated: bool) {
    let mut say =
        |code, what: &'static str| out.problems.push(Problem::new(row.mark.line, code, what));
    if let Some(what) = fields.moved {
        say(Code::LongRow, what);
    }
    if row.fields.len() < source.found.width {
        say(Code::ShortRow, "fewer fields than columns; row kept");
    }
    if !dated && fields.connected.is_empty() {
        say(Code::Undated, "Connected On is empty; contact kept without a date");
    } else if !dated {
        say(Code::Undated, "Connected On is not a possible date; contact kept without a date");
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::super::test_support::{codes, source};
    use super::*;

    const HEADER: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

    fn contacts(rows: &str) -> FileRecords {
        read(&source("Connections.csv", &format!("{HEADER}{rows}")), &mut BTreeSet::new())
    }

    #[test]
    fn a_row_is_a_contact() {
        let out = contacts(
            "Dmitri,\"Valcourt, PhD, PMP®\",https://www.linkedin.com/in/dmitri-v,d+x@example.org,\
             \"Bolt, Ltd\",Lead,05 Nov 2019",
        );
        let who = &out.mentions[0];
        assert_eq!(
            (who.name.as_str(), who.slug.as_str()),
            ("Dmitri Valcourt, PhD, PMP®", "dmitri-v")
        );
        assert_eq!(who.email, "d@example.org");
        let contact = &out.contacts[0];
        assert_eq!((contact.line, contact.company.as_str()), (2, "Bolt, Ltd"));
        assert_eq!(contact.connected_on, Some(date(2019, 11, 5)));
        assert_eq!((out.rows_read, out.rows_used, codes(&out).as_str()), (1, 1, ""));
    }

    #[test]
    fn gotcha_3_date_only_rows_and_blank_rows_are_not_people() {
        let out =
            contacts(",,,,,,17 Apr 2025\n,,,,,,\n,,,,Bolt,,\nLinkedIn,Member,,,,,17 Apr 2025\n");
        assert_eq!(codes(&out), "date-only blank no-counterpart placeholder");
        assert_eq!((out.rows_read, out.rows_used, out.rows_skipped()), (4, 0, 4));
    }

    #[test]
    fn gotcha_8_two_people_of_one_name_stay_two() {
        let url = "https://www.linkedin.com/in/ana-lopes";
        let out = contacts(&format!(
            "Ana,Lopes,{url}-1,,,,05 Nov 2019\nAna,Lopes,{url}-2,,,,05 Nov 2019\n\
             Ana,Lopes,{url}-2,,New,,05 Nov 2019\nAna,Lopes,{url}-2,,New,,05 Nov 2019\n"
        ));
        // Another title of the same link is kept for later; the very same row is not.
        assert_eq!((out.mentions.len(), out.rows_used), (2, 3));
        assert_eq!(codes(&out), "exact-duplicate");
    }

    #[test]
    fn gotcha_16_and_21_a_bad_or_missing_date_keeps_the_contact() {
        let url = "https://www.linkedin.com/in/late";
        let out = contacts(&format!("Late,A,{url}-1,,,,29 Feb 2023\nLate,Row,{url}-2,,Bolt,Cook,"));
        assert_eq!((out.rows_used, codes(&out).as_str()), (2, "undated undated"));
        assert_eq!(contacts("Late,Row").contacts.len(), 1);
        assert_eq!(codes(&contacts("Late,Row")), "short-row undated");
    }

    #[test]
    fn gotcha_18_and_23_semicolons_and_old_headers() {
        let text = "First Name;Last Name;Email Address;Company;Position;Connected On\r\n\
                    Siv;Alm;siv@example.org;\"Nord; Syd AB\";Säljare;11-Sep-20\r\n";
        let out = read(&source("c.csv", text), &mut BTreeSet::new());
        assert_eq!(out.contacts[0].company, "Nord; Syd AB");
        assert_eq!(out.contacts[0].connected_on, Some(date(2020, 9, 11)));
        assert_eq!(out.format, "UTF-8, semicolon, header on line 1");
    }

    #[test]
    fn gotcha_19_a_broken_quote_costs_its_own_row_only() {
        let out = contacts(
            "Bad,\"Quote,https://www.linkedin.com/in/bad-x,,,,05 Nov 2019\n\
             Tom,Ek,https://www.linkedin.com/in/tom-x,,,,05 Nov 2019\n\
             Uma,\"Nys, PhD\",https://www.linkedin.com/in/uma-x,,,,05 Nov 2019\n",
        );
        assert_eq!((out.rows_read, out.rows_used, codes(&out).as_str()), (3, 2, "malformed"));
        assert_eq!((out.problems[0].line, out.contacts[0].line), (2, 3));
    }

    #[test]
    fn gotcha_20_an_unquoted_comma_is_put_back() {
        let out =
            contacts("Odd,One,https://www.linkedin.com/in/odd-x,,Bolt, Ltd,Cook,09 Apr 2023\n");
        let contact = &out.contacts[0];
        assert_eq!((contact.company.as_str(), contact.position.as_str()), ("Bolt, Ltd", "Cook"));
        assert_eq!(contact.connected_on, Some(date(2023, 4, 9)));
        assert_eq!((out.rows_used, codes(&out).as_str()), (1, "long-row"));
        assert_eq!(codes(&contacts("Odd,One,x,,Bolt, Ltd,Cook,09 Apr 2023\n")), "malformed");
        let out = contacts(
            "Odd,One, PhD, PMP,https://www.linkedin.com/in/odd-x,,Bolt,Cook,09 Apr 2023\n",
        );
        let who = &out.mentions[0];
        assert_eq!((who.name.as_str(), who.slug.as_str()), ("Odd One, PhD, PMP", "odd-x"));
        assert_eq!((out.contacts[0].company.as_str(), codes(&out).as_str()), ("Bolt", "long-row"));
    }

    #[test]
    fn gotcha_26_and_27_odd_cells_are_kept_as_they_are() {
        let out = contacts(
            "=1+1,Cell,https://www.linkedin.com/in/cell-x,,@cmd,Analyst,12 May 2012\nMadhu,,,,,,12 May 2012\n",
        );
        assert_eq!(out.mentions[0].name, "=1+1 Cell");
        assert_eq!(out.mentions[1].name, "Madhu");
    }
}
