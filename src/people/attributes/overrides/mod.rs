//! What the user says about classes: it wins over every rule and replays on every run.
//!
//! An entry names a title, a company, both, or one person, and sets one or more attributes. The most specific entry
//! wins (person, then title with company, then title or company alone); among equals the later one.

mod file;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::taxonomy::{Attribute, UNKNOWN};
use super::words::fold;
use super::{Class, TitleClass};
use crate::canonical;
use crate::error::{Error, Result};

/// The rule of an answer that the user gave.
pub const YOURS: &str = "yours";

/// One entry as written in a file; fields left out say nothing.
///
/// In TOML a `[[class]]` table, in CSV a row under these column names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entry {
    /// Profile link, slug, address or id of the one person meant.
    pub person: Option<String>,
    /// The whole title meant; case, accents and spaces do not matter.
    #[serde(alias = "position")]
    pub title: Option<String>,
    /// The company meant; legal forms do not matter.
    pub company: Option<String>,
    /// Function to set, or `unknown`.
    pub function: Option<String>,
    /// Seniority to set, or `unknown`.
    #[serde(alias = "stage")]
    pub seniority: Option<String>,
    /// Industry to set, or `unknown`.
    pub industry: Option<String>,
}

/// What an entry sets; `unknown` is a code here, `None` says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Setting {
    function: Option<&'static str>,
    seniority: Option<&'static str>,
    industry: Option<&'static str>,
}

impl Setting {
    /// What is said here, else what is said there.
    fn or(self, other: Self) -> Self {
        Self {
            function: self.function.or(other.function),
            seniority: self.seniority.or(other.seniority),
            industry: self.industry.or(other.industry),
        }
    }
}

/// Every entry, by what it names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overrides {
    people: BTreeMap<String, Setting>,
    /// By folded title and company key; an empty one stands for any.
    texts: BTreeMap<(String, String), Setting>,
}

impl Overrides {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.texts.is_empty()
    }

    /// Number of things named (titles, companies, pairs, people).
    #[must_use]
    pub fn len(&self) -> usize {
        self.people.len() + self.texts.len()
    }

    /// Adds an entry; what it sets replaces what an earlier entry for the same thing set.
    ///
    /// ```
    /// use weaktie::people::attributes::{Entry, Overrides};
    /// let text = |text: &str| Some(text.to_owned());
    /// let mut said = Overrides::default();
    /// said.add(&Entry { company: text("Arcadia"), industry: text("software"), ..Entry::default() })?;
    /// assert_eq!(said.classify("Nurse", "Arcadia GmbH", &[]).industry.unwrap().rule, "yours");
    /// # Ok::<(), weaktie::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Usage`] when it names nothing, names a person and a text, sets nothing, or sets a class that does not
    /// exist.
    pub fn add(&mut self, entry: &Entry) -> Result<()> {
        let set = |attribute: Attribute, text: Option<&String>| {
            let code = said(text).map(|text| attribute.code(text)).transpose()?;
            Ok::<_, Error>(code.map(|code| code.unwrap_or(UNKNOWN)))
        };
        let setting = Setting {
            function: set(Attribute::Function, entry.function.as_ref())?,
            seniority: set(Attribute::Seniority, entry.seniority.as_ref())?,
            industry: set(Attribute::Industry, entry.industry.as_ref())?,
        };
        let wrong = |what: &str, hint: &str| Err(Error::usage(what, Some(hint.to_owned())));
        if setting == Setting::default() {
            return wrong("the entry sets nothing", "add function, seniority or industry");
        }
        let (title, company) = (said(entry.title.as_ref()), said(entry.company.as_ref()));
        match (said(entry.person.as_ref()), title, company) {
            (None, None, None) => wrong("the entry names nothing", "add title, company or person"),
            (Some(_), title, company) if title.is_some() || company.is_some() => wrong(
                "the entry names a person and a title or company",
                "name a person alone: what is set holds for that person only",
            ),
            (Some(person), _, _) => {
                let slot = self.people.entry(person_key(person)).or_default();
                *slot = setting.or(*slot);
                Ok(())
            }
            (None, title, company) => {
                let key = (title.map(title_key), company.map(company_key));
                let slot = self
                    .texts
                    .entry((key.0.unwrap_or_default(), key.1.unwrap_or_default()))
                    .or_default();
                *slot = setting.or(*slot);
                Ok(())
            }
        }
    }

    /// Adds what another file says; where both speak of the same thing, the other wins.
    pub fn extend(&mut self, other: Self) {
        for (key, setting) in other.people {
            let slot = self.people.entry(key).or_default();
            *slot = setting.or(*slot);
        }
        for (key, setting) in other.texts {
            let slot = self.texts.entry(key).or_default();
            *slot = setting.or(*slot);
        }
    }

    /// What is said about a row: the person's entry, then title with company, then each alone.
    fn about(&self, position: &str, company: &str, keys: &[&str]) -> Setting {
        let mut found = Setting::default();
        if !self.people.is_empty() {
            for setting in keys.iter().filter_map(|key| self.people.get(*key)) {
                found = found.or(*setting);
            }
        }
        if !self.texts.is_empty() {
            let (title, company) = (title_key(position), company_key(company));
            let mut text = |title: &str, company: &str| {
                if !(title.is_empty() && company.is_empty())
                    && let Some(setting) = self.texts.get(&(title.to_owned(), company.to_owned()))
                {
                    found = found.or(*setting);
                }
            };
            text(&title, &company);
            text(&title, "");
            text("", &company);
        }
        found
    }

    /// Classes of a title and a company: what the user says, else what the rules read.
    ///
    /// `keys` are the ids of the person: slug, addresses, ids in logs; none for a row without a person.
    #[must_use]
    pub fn classify(&self, position: &str, company: &str, keys: &[&str]) -> Classes {
        let TitleClass { function, seniority } = super::classify_title(position, company);
        let mut classes =
            Classes { function, seniority, industry: super::classify_company(company) };
        if self.is_empty() {
            return classes;
        }
        let said = self.about(position, company, keys);
        let put = |slot: &mut Option<Class>, said: Option<&'static str>| {
            if let Some(code) = said {
                let class = Class { code, confidence: 1.0, rule: YOURS, words: "" };
                *slot = (code != UNKNOWN).then_some(class);
            }
        };
        put(&mut classes.function, said.function);
        put(&mut classes.seniority, said.seniority);
        put(&mut classes.industry, said.industry);
        classes
    }
}

/// The three answers about a person; `None` is unknown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Classes {
    /// Field of work.
    pub function: Option<Class>,
    /// Career level.
    pub seniority: Option<Class>,
    /// Industry of the employer.
    pub industry: Option<Class>,
}

/// The text of a field that says something.
fn said(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// A title as compared.
fn title_key(title: &str) -> String {
    fold(title).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A company as compared; a name of nothing but legal forms or signs is compared as written.
fn company_key(company: &str) -> String {
    let key = canonical::company(company);
    if key.is_empty() { title_key(company) } else { key }
}

/// A person's id as compared.
fn person_key(text: &str) -> String {
    let link = (text.contains("/in/") || text.contains("linkedin."))
        .then(|| canonical::profile_slug(text))
        .flatten();
    link.or_else(|| canonical::email(text)).unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(cells: [&str; 6]) -> Entry {
        let cell = |at: usize| (!cells[at].is_empty()).then(|| cells[at].to_owned());
        Entry {
            person: cell(0),
            title: cell(1),
            company: cell(2),
            function: cell(3),
            seniority: cell(4),
            industry: cell(5),
        }
    }

    fn overrides(rows: &[[&str; 6]]) -> Overrides {
        let mut all = Overrides::default();
        for row in rows {
            all.add(&entry(*row)).unwrap();
        }
        all
    }

    fn codes(classes: &Classes) -> [&'static str; 3] {
        [&classes.function, &classes.seniority, &classes.industry]
            .map(|class| class.as_ref().map_or("unknown", |class| class.code))
    }

    #[test]
    fn the_most_specific_entry_wins_attribute_by_attribute() {
        let said = overrides(&[
            ["", "Wizard", "", "software", "senior", ""],
            ["", "", "Corvane", "", "", "energy"],
            ["", "wizard", "Corvane Ltd", "data", "", ""],
            ["https://www.linkedin.com/in/Ana-K42", "", "", "", "owner", ""],
        ]);
        assert_eq!(codes(&said.classify("WIZARD", "", &[])), ["software", "senior", "unknown"]);
        assert_eq!(codes(&said.classify("Wizard", "Corvane", &[])), ["data", "senior", "energy"]);
        let ana = said.classify("Wizard", "Corvane", &["ana-k42"]);
        assert_eq!(codes(&ana), ["data", "owner", "energy"]);
        assert_eq!(ana.seniority.unwrap().rule, YOURS);
        let nurse = said.classify("Nurse", "", &[]);
        assert_eq!(codes(&nurse), ["health", "mid", "unknown"]);
        assert_ne!(nurse.function.unwrap().rule, YOURS);
    }

    #[test]
    fn unknown_can_be_said_and_the_later_entry_wins() {
        let said =
            overrides(&[["", "Nurse", "", "legal", "", ""], ["", "Nurse", "", "unknown", "", ""]]);
        assert_eq!(codes(&said.classify("nurse", "", &[])), ["unknown", "mid", "unknown"]);
        let mut first = overrides(&[["", "Nurse", "", "legal", "vp", ""]]);
        first.extend(said);
        assert_eq!(codes(&first.classify("nurse", "", &[])), ["unknown", "vp", "unknown"]);
        assert_eq!(first.len(), 1);
    }

    #[test]
    fn entries_that_say_nothing_or_too_much_are_refused() {
        let mut all = Overrides::default();
        for (row, says) in [
            (["", "", "", "sales", "", ""], "names nothing"),
            (["", "Nurse", "", "", "", ""], "sets nothing"),
            (["ana-k42", "Nurse", "", "sales", "", ""], "a person and a title"),
            (["", "Nurse", "", "saels", "", ""], "no function `saels`"),
        ] {
            let error = all.add(&entry(row)).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
        assert!(all.is_empty());
    }
}
