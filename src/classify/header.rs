//! Which columns hold title and company, and how the output's columns are called.

use std::io::Read;

use crate::canonical;
use crate::error::{Error, Result};
use crate::people::attributes::taxonomy::ATTRIBUTES;

use super::input::{self, Table};

/// Records a header is looked for in: LinkedIn puts a note above it.
const WITHIN: usize = 12;

/// Names of a column of titles, best first; compared without case, spaces and signs.
const TITLES: [&str; 20] = [
    "position",
    "title",
    "jobtitle",
    "currentposition",
    "currenttitle",
    "positiontitle",
    "jobposition",
    "headline",
    "jobrole",
    "role",
    "job",
    "occupation",
    "poste",
    "cargo",
    "puesto",
    "stelle",
    "funktion",
    "functie",
    "posizione",
    "stanowisko",
];

/// Names of a column of companies, best first.
const COMPANIES: [&str; 20] = [
    "company",
    "companyname",
    "currentcompany",
    "employer",
    "employername",
    "currentemployer",
    "organization",
    "organisation",
    "organizationname",
    "organisationname",
    "firm",
    "account",
    "firma",
    "unternehmen",
    "entreprise",
    "empresa",
    "bedrijf",
    "azienda",
    "arbeitgeber",
    "societe",
];

/// Names of columns that say who a row speaks of.
const PEOPLE: [&str; 9] = [
    "person",
    "id",
    "url",
    "profileurl",
    "profile",
    "linkedin",
    "linkedinurl",
    "email",
    "emailaddress",
];

/// The header of a table.
#[derive(Debug)]
pub(super) struct Header {
    /// Column names as found.
    pub(super) names: Vec<String>,
    /// The same, those that clash with an added column renamed.
    pub(super) shown: Vec<String>,
    /// The column of titles.
    pub(super) title: Option<usize>,
    /// The column of companies.
    pub(super) company: Option<usize>,
    /// Columns that say who a row speaks of.
    pub(super) keys: Vec<usize>,
    /// Lines above the header.
    pub(super) preamble: u64,
}

impl Header {
    /// Reads up to the header.
    ///
    /// # Errors
    /// [`Error::Unusable`] for an empty file, or when no column holds titles or companies.
    pub(super) fn find<R: Read>(table: &mut Table<R>, file: &str) -> Result<Self> {
        let mut first: Option<(u64, Vec<String>)> = None;
        for _ in 0..WITHIN {
            let Some((line, record)) = table.next()? else { break };
            let names: Vec<String> =
                record.iter().map(|cell| input::text(cell).trim().to_owned()).collect();
            let title = column(&names, &TITLES);
            let company = column(&names, &COMPANIES);
            if title.is_some() || company.is_some() {
                let keys = (0..names.len())
                    .filter(|at| PEOPLE.contains(&plain(&names[*at]).as_str()))
                    .collect();
                let shown = shown(&names);
                return Ok(Self { names, shown, title, company, keys, preamble: line - 1 });
            }
            first.get_or_insert((line, names));
        }
        let Some((line, names)) = first else {
            let hint = "give a CSV with a column position or title, or company, or both";
            return Err(Error::unusable(file, "the file is empty", Some(hint.to_owned())));
        };
        // The names are not quoted: without a header they are a row of somebody's data.
        let count = names.len();
        let what = format!("line {line}: no column of titles or companies among {count} columns");
        let hint = "name a column position or title, or company";
        Err(Error::unusable(file, what, Some(hint.to_owned())))
    }
}

/// A column name as compared.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The column with the best of the wanted names.
fn column(names: &[String], wanted: &[&str]) -> Option<usize> {
    let plain: Vec<String> = names.iter().map(|name| plain(name)).collect();
    wanted.iter().find_map(|wanted| plain.iter().position(|name| name == wanted))
}

/// The columns that are added.
pub(super) fn added() -> Vec<String> {
    let of = |name: &str| [name.to_owned(), format!("{name}_confidence"), format!("{name}_rule")];
    ATTRIBUTES.iter().flat_map(|name| of(name)).collect()
}

/// Names of the input columns in the output: `input_NAME` where the name is taken, whatever its case.
fn shown(names: &[String]) -> Vec<String> {
    let added = added();
    let taken = |name: &str, at: usize, shown: &[String]| {
        let same = |other: &String| other.eq_ignore_ascii_case(name);
        added.iter().any(same)
            || shown.iter().any(same)
            || (name.starts_with("input_")
                && names.iter().enumerate().any(|(other, found)| other != at && same(found)))
    };
    let mut shown: Vec<String> = Vec::with_capacity(names.len());
    for (at, name) in names.iter().enumerate() {
        let mut name = name.clone();
        if added.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
            name.insert_str(0, "input_");
            while taken(&name, at, &shown) {
                name.insert_str(0, "input_");
            }
        }
        shown.push(name);
    }
    shown
}

/// The id that a cell spells: a profile's slug, an address, or the text itself.
pub(super) fn key(cell: &str) -> Option<String> {
    let cell = cell.trim();
    let link = cell.contains("/in/").then(|| canonical::profile_slug(cell)).flatten();
    link.or_else(|| canonical::email(cell)).or_else(|| (!cell.is_empty()).then(|| cell.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_matched_forgivingly() {
        let names =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(column(&names(&["x", " JOB_TITLE "]), &TITLES), Some(1));
        assert_eq!(column(&names(&["title", "Position"]), &TITLES), Some(1));
        assert_eq!(column(&names(&["Company Name", "y"]), &COMPANIES), Some(0));
        assert_eq!(column(&names(&["name"]), &TITLES), None);
        assert_eq!(shown(&names(&["industry", "a"])), ["input_industry", "a"]);
    }
}
