//! Overrides as files: `[[class]]` tables in TOML, or a CSV with the same names as columns.

use csv::{ReaderBuilder, StringRecord};
use serde::Deserialize;
use toml::Spanned;

use super::{Entry, Overrides};
use crate::error::{Error, Result};

/// A TOML file of nothing but overrides.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    class: Vec<Spanned<Entry>>,
}

/// Columns of a CSV file with the names they may have.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("person", &["person", "id", "profile", "profile url", "url", "email"]),
    ("title", &["title", "position", "job title"]),
    ("company", &["company", "employer", "organisation", "organization"]),
    ("function", &["function"]),
    ("seniority", &["seniority", "stage", "level"]),
    ("industry", &["industry"]),
];

impl Overrides {
    /// Reads the text of a file: CSV when its name ends so, else TOML. `file` names it in errors.
    ///
    /// ```
    /// use weaktie::people::attributes::Overrides;
    /// let toml = "[[class]]\ntitle = \"Wizard\"\nfunction = \"software\"\n";
    /// let csv = "title,function\nWizard,software\n";
    /// assert_eq!(Overrides::parse(toml, "mine.toml")?, Overrides::parse(csv, "mine.csv")?);
    /// # Ok::<(), weaktie::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Usage`] with file, line and what to write instead.
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let ending = std::path::Path::new(file).extension().unwrap_or_default();
        if ending.eq_ignore_ascii_case("csv") {
            from_csv(text, file)
        } else {
            from_toml(text, file)
        }
    }
}

fn from_toml(text: &str, file: &str) -> Result<Overrides> {
    let line = |at: usize| memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count() + 1;
    let found: File = toml::from_str(text).map_err(|error| {
        let line = line(error.span().map_or(0, |span| span.start).min(text.len()));
        let hint = "an entry is [[class]] with title, company or person, and function, seniority or industry";
        Error::usage(format!("{file}, line {line}: {}", error.message()), Some(hint.to_owned()))
    })?;
    let mut all = Overrides::default();
    for entry in found.class {
        let line = line(entry.span().start.min(text.len()));
        all.add(entry.get_ref()).map_err(|error| placed(error, &format!("{file}, line {line}")))?;
    }
    Ok(all)
}

fn from_csv(text: &str, file: &str) -> Result<Overrides> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|d| (first.bytes().filter(|byte| byte == d).count(), *d == b','))
        .unwrap_or(b',');
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).comment(Some(b'#')).from_reader(text.as_bytes());
    let broken = |error: &csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        let hint = "every row needs as many columns as the header".to_owned();
        Error::usage(format!("{file}, line {line}: {error}"), Some(hint))
    };
    let header = reader.headers().map_err(|error| broken(&error))?.clone();
    let places = places(&header, file)?;
    let mut all = Overrides::default();
    for record in reader.records() {
        let record = record.map_err(|error| broken(&error))?;
        let cell = |at: usize| places[at].and_then(|at| record.get(at)).map(str::to_owned);
        let entry = Entry {
            person: cell(0),
            title: cell(1),
            company: cell(2),
            function: cell(3),
            seniority: cell(4),
            industry: cell(5),
        };
        let line = record.position().map_or(1, csv::Position::line);
        all.add(&entry).map_err(|error| placed(error, &format!("{file}, line {line}")))?;
    }
    Ok(all)
}

/// Where each of [`COLUMNS`] stands.
fn places(header: &StringRecord, file: &str) -> Result<[Option<usize>; 6]> {
    let plain = |name: &str| name.trim().to_lowercase().replace(['_', '-'], " ");
    let mut places = [None; 6];
    for (at, name) in header.iter().enumerate() {
        let found = COLUMNS.iter().position(|(_, names)| names.contains(&plain(name).as_str()));
        let Some(found) = found.filter(|_| !name.trim().is_empty()) else {
            let known: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
            return Err(Error::usage(
                format!("{file}, line 1, column {}: there is no column `{}`", at + 1, name.trim()),
                Some(format!("the columns are {}", known.join(", "))),
            ));
        };
        if places[found].replace(at).is_some() {
            let name = COLUMNS[found].0;
            return Err(Error::usage(
                format!("{file}, line 1, column {}: a second column for the {name}", at + 1),
                Some("leave one of them out".to_owned()),
            ));
        }
    }
    Ok(places)
}

/// The error with its place.
fn placed(error: Error, place: &str) -> Error {
    match error {
        Error::Usage { what, hint } => Error::usage(format!("{place}: {what}"), hint),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str, file: &str) -> String {
        Overrides::parse(text, file).unwrap_err().to_string()
    }

    #[test]
    fn errors_name_file_and_line() {
        let toml = "# mine\n[[class]]\ntitle = \"Wizard\"\nfunction = \"software\"\n\n";
        let bad = format!("{toml}[[class]]\ntitle = \"Elf\"\nfunction = \"magic\"\n");
        assert!(
            refused(&bad, "c.toml").starts_with("c.toml, line 6: there is no function `magic`")
        );
        let unknown = format!("{toml}[[class]]\ntitel = \"Elf\"\n");
        assert!(refused(&unknown, "c.toml").starts_with("c.toml, line 7: "), "{unknown}");
        let csv = "title;function\nWizard;software\nElf;magic\n";
        assert!(refused(csv, "c.csv").starts_with("c.csv, line 3: "));
        assert!(refused("title,funktion\n", "c.csv").starts_with("c.csv, line 1, column 2: "));
        assert!(refused("title,function\nWizard\n", "c.csv").starts_with("c.csv, line 2: "));
        assert!(refused("title,position\n", "c.csv").contains("second column"));
    }

    #[test]
    fn both_forms_read_alike() {
        let toml = "[[class]]\nposition = \"Wizard\"\nfunction = \"software\"\nstage = \"vp\"\n\
            [[class]]\ncompany = \"Corvane\"\nindustry = \"energy\"\n\
            [[class]]\nperson = \"Ana@Example.org\"\nseniority = \"unknown\"\n";
        let csv = "\u{feff}Person;Job title;Company;Function;Level;Industry\n\
            ;Wizard;;software;vp;\n;;Corvane;;;energy\nana@example.org;;;;unknown;\n";
        let found = Overrides::parse(toml, "c.toml").unwrap();
        assert_eq!(found, Overrides::parse(csv, "c.CSV").unwrap());
        assert_eq!(found.len(), 3);
    }
}
