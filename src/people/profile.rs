//! What the owner is: level, field, employers and schools, from the owner's own files and settings.
//!
//! Responsible for the other end of every comparison with the owner. `[me]` wins over the present position in
//! `Positions.csv`, which wins over the headline; the user's own classes win over the rules. Nothing is read from
//! anybody's name.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::canonical;
use crate::config;
use crate::ingest::{FileRecords, OwnerFact};
use crate::taxonomy;

use super::attributes::{Class, Overrides};

/// The owner's side of comparisons; empty and `None` where not known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Present employer, as written.
    pub company: Option<String>,
    /// Function of the present title.
    pub function: Option<Class>,
    /// Stage of the present title.
    pub seniority: Option<Class>,
    /// Industry of the present employer.
    pub industry: Option<Class>,
    /// Keys of present employers.
    pub employers: BTreeSet<String>,
    /// Keys of employers left.
    pub past_employers: BTreeSet<String>,
    /// Keys of schools.
    pub schools: BTreeSet<String>,
}

impl Profile {
    /// From the files and the settings.
    #[must_use]
    pub fn of(files: &[FileRecords], me: &config::Me, said: &Overrides, as_of: Date) -> Self {
        let facts = || files.iter().flat_map(|file| &file.owner);
        let mut profile = Self::default();
        // The position that began last; the smaller texts of equals, so that the order of rows does not matter.
        let mut now: Option<(Option<Date>, &str, &str)> = None;
        for fact in facts() {
            let OwnerFact::Position { company, title, from, to } = fact else { continue };
            if from.is_some_and(|from| from > as_of) {
                continue;
            }
            let lasts = to.is_none_or(|to| to >= as_of);
            let set = if lasts { &mut profile.employers } else { &mut profile.past_employers };
            set.extend(canonical::employer(company));
            let this = (*from, title.as_str(), company.as_str());
            let later = |other: &(Option<Date>, &str, &str)| {
                this.0 > other.0 || (this.0 == other.0 && (this.1, this.2) < (other.1, other.2))
            };
            if lasts && now.as_ref().is_none_or(later) {
                now = Some(this);
            }
        }
        let headline = facts().find_map(|fact| match fact {
            OwnerFact::Headline(text) => Some(text.as_str()),
            _ => None,
        });
        let company = me.company.as_deref().or(now.map(|now| now.2)).unwrap_or_default();
        profile.company = Some(company.trim().to_owned()).filter(|name| !name.is_empty());
        if let Some(company) = &me.company {
            profile.employers = canonical::employer(company).into_iter().collect();
        }
        let position = now.map(|now| now.1).or(headline).unwrap_or_default();
        let title = said.classify(position, company, &[]);
        profile.function = title.function;
        profile.seniority = title.seniority;
        profile.industry = title.industry;
        if let Some(level) =
            me.level.as_deref().and_then(|level| taxonomy::find("seniority", level).ok())
        {
            let rule = "[me] level";
            profile.seniority = Some(Class { code: level, confidence: 1.0, rule, words: "" });
        }
        let past = std::mem::take(&mut profile.past_employers);
        profile.past_employers = past.difference(&profile.employers).cloned().collect();
        profile
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Kind;

    fn position(company: &str, title: &str, from: i16, to: Option<i16>) -> OwnerFact {
        OwnerFact::Position {
            company: company.into(),
            title: title.into(),
            from: Some(jiff::civil::date(from, 1, 1)),
            to: to.map(|to| jiff::civil::date(to, 12, 31)),
        }
    }

    #[test]
    fn the_latest_present_position_speaks() {
        let mut file = FileRecords::new("Positions.csv", Kind::Positions);
        file.owner = vec![
            position("Corvane GmbH", "Sales Manager", 2021, None),
            position("Board of Trees", "Member", 2015, None),
            position("Tessel", "Sales Associate", 2010, Some(2020)),
            OwnerFact::Headline("Dreamer".into()),
        ];
        let (said, as_of) = (Overrides::default(), jiff::civil::date(2026, 1, 1));
        let found = Profile::of(std::slice::from_ref(&file), &config::Me::default(), &said, as_of);
        assert_eq!(found.function.as_ref().unwrap().code, "sales");
        assert_eq!(found.seniority.as_ref().unwrap().code, "manager");
        assert_eq!(found.company.as_deref(), Some("Corvane GmbH"));
        assert!(found.employers.contains(&canonical::company("Corvane")));
        assert_eq!(found.past_employers.len(), 1);
        let me = config::Me { level: Some("Director".into()), ..config::Me::default() };
        let told = Profile::of(std::slice::from_ref(&file), &me, &said, as_of);
        assert_eq!(told.seniority.unwrap().code, "director");
        file.owner.reverse();
        assert_eq!(found, Profile::of(&[file], &config::Me::default(), &said, as_of));
    }
}
