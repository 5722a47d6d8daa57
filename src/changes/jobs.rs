//! New positions, told from two exports: moved, promoted, retitled, or an employer that goes by another name.
//!
//! **Employers** are compared by [`crate::canonical::compare_companies`]: case, punctuation, legal form and language make no
//! difference, and what *may* be the same (an acronym, a place more) is no move. **Renamed** when all who are seen at the old name
//! are now at one new name, nobody is left behind, and there are two or more of them: with their titles as they were where the new
//! name was known before or they are but two. A single person at another name has moved. **Promoted** the same employer and a
//! higher stage. **Title edit** any other change of words: titles whose words are 0.8 or more alike (Dice) are the same.
//! The day is known to the span between the two exports.

use std::collections::{BTreeMap, BTreeSet};

use deunicode::deunicode;

use crate::audit::{CompanyRename, JobChange, JobChangeKind, Person, Position};
use crate::canonical::{self, Lane, compare_companies};
use crate::taxonomy;

use super::who::Matched;

/// Likeness of two titles' words from which they are one title.
const SAME_TITLE: f64 = 0.8;
/// Short forms in titles, word by word.
const SHORT: &[(&str, &str)] = &[
    ("sr", "senior"),
    ("snr", "senior"),
    ("jr", "junior"),
    ("vp", "vice president"),
    ("svp", "senior vice president"),
    ("evp", "executive vice president"),
    ("avp", "assistant vice president"),
    ("mgr", "manager"),
    ("eng", "engineer"),
    ("engr", "engineer"),
    ("dev", "developer"),
    ("dir", "director"),
    ("md", "managing director"),
    ("ceo", "chief executive officer"),
    ("cfo", "chief financial officer"),
    ("coo", "chief operating officer"),
    ("cto", "chief technology officer"),
    ("cmo", "chief marketing officer"),
    ("assoc", "associate"),
    ("asst", "assistant"),
    ("exec", "executive"),
    ("hr", "human resources"),
];
/// Words that say nothing by themselves.
const SMALL: &[&str] =
    &["of", "the", "and", "for", "at", "in", "de", "du", "der", "die", "und", "la", "le"];

/// What an export says of somebody's work.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work<'a> {
    /// Employer as stated.
    pub company: Option<&'a str>,
    /// Title as stated.
    pub title: Option<&'a str>,
    /// Stage of the title.
    pub stage: Option<&'a str>,
}

impl<'a> Work<'a> {
    fn of(person: &'a Person) -> Self {
        Self {
            company: person.company.as_deref(),
            title: person.position.as_deref(),
            stage: person.seniority.as_deref(),
        }
    }
}

/// What changed between two statements of one person's work; `None` where nothing did, or too little is stated.
///
/// ```
/// use weaktie::audit::JobChangeKind::{Moved, Promoted, TitleEdit};
/// use weaktie::changes::jobs::{Work, change};
/// let work = |company, title, stage| Work { company: Some(company), title: Some(title), stage: Some(stage) };
/// let then = work("Corvane GmbH", "Sr. Engineer", "senior");
/// assert_eq!(change(then, work("CORVANE", "Senior Engineer", "senior")), None);
/// assert_eq!(change(then, work("Helios", "Senior Engineer", "senior")), Some(Moved));
/// assert_eq!(change(then, work("Corvane", "Head of Engineering", "director")), Some(Promoted));
/// assert_eq!(change(then, work("Corvane", "Platform Architect", "senior")), Some(TitleEdit));
/// ```
#[must_use]
pub fn change(then: Work<'_>, now: Work<'_>) -> Option<JobChangeKind> {
    if let (Some(old), Some(new)) = (then.company, now.company)
        && is_another(old, new)
    {
        return Some(JobChangeKind::Moved);
    }
    retitled(then, now)
}

/// A change of title with one employer.
fn retitled(then: Work<'_>, now: Work<'_>) -> Option<JobChangeKind> {
    let (old, new) = (words(then.title?, then.company), words(now.title?, now.company));
    if old == new || old.is_empty() || new.is_empty() {
        return None;
    }
    let rank = |stage: Option<&str>| stage.and_then(taxonomy::rank);
    if let (Some(before), Some(after)) = (rank(then.stage), rank(now.stage))
        && after > before
    {
        return Some(JobChangeKind::Promoted);
    }
    let both = old.intersection(&new).count() as f64;
    let alike = 2.0 * both / (old.len() + new.len()) as f64;
    (alike < SAME_TITLE).then_some(JobChangeKind::TitleEdit)
}

/// Whether two employers are two. To or from a label that names none ("Freelance") is a move, between two of these it is not.
fn is_another(old: &str, new: &str) -> bool {
    let label = |name: &str| canonical::is_placeholder_company(name);
    match (label(old), label(new)) {
        (true, true) => false,
        (true, false) | (false, true) => {
            !canonical::company(old).is_empty() && !canonical::company(new).is_empty()
        }
        (false, false) => {
            let verdict = compare_companies(old, new);
            verdict.lane == Lane::Different && verdict.rule != "no-name"
        }
    }
}

/// The words of a title, short forms spelled out, without the employer's name.
fn words(title: &str, company: Option<&str>) -> BTreeSet<String> {
    let split = |text: &str| -> Vec<String> {
        let plain = deunicode(text).to_lowercase();
        plain.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect()
    };
    let own: BTreeSet<String> = company.map(split).unwrap_or_default().into_iter().collect();
    let spelled = |word: &str| -> Vec<String> {
        let long = SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long);
        long.split(' ').map(str::to_owned).collect()
    };
    let after_at = title.split_once(" @ ").map_or(title, |(before, _)| before);
    split(after_at)
        .iter()
        .filter(|word| !word.is_empty() && !SMALL.contains(&word.as_str()) && !own.contains(*word))
        .flat_map(|word| spelled(word))
        .collect()
}

/// Every change of position between two audits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Jobs {
    /// People with another position, by kind and id.
    pub people: Vec<JobChange>,
    /// Employers that go by another name.
    pub companies: Vec<CompanyRename>,
}

/// Every change of position between two lists of people.
#[must_use]
pub fn changes(matched: &Matched) -> Jobs {
    let renamed = renames(matched);
    let mut jobs = Jobs::default();
    for pair in &matched.pairs {
        let (then, now) = (Work::of(pair.then[0]), Work::of(pair.now));
        if (then.company, then.title) == (now.company, now.title) {
            continue;
        }
        let same_house = keys(pair.then[0], pair.now).is_some_and(|key| renamed.contains_key(&key));
        let kind = if same_house { retitled(then, now) } else { change(then, now) };
        if let Some(kind) = kind {
            let position = |work: Work<'_>| Position {
                company: work.company.map(str::to_owned),
                title: work.title.map(str::to_owned),
            };
            let id = pair.now.id.clone();
            jobs.people.push(JobChange { id, kind, from: position(then), to: position(now) });
        }
    }
    jobs.people.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    jobs.companies = renamed.into_values().collect();
    jobs
}

/// The keys of two employers that are not one name.
fn keys(then: &Person, now: &Person) -> Option<(String, String)> {
    if then.company == now.company {
        return None;
    }
    let key = |person: &Person| person.company.as_deref().and_then(canonical::employer);
    let (old, new) = (key(then)?, key(now)?);
    (old != new).then_some((old, new))
}

/// Employers that go by another name, by their keys.
fn renames(matched: &Matched) -> BTreeMap<(String, String), CompanyRename> {
    let mut groups: BTreeMap<(String, String), Vec<(&Person, &Person)>> = BTreeMap::new();
    let (mut still, mut known) = (BTreeSet::new(), BTreeSet::new());
    let key = |person: &Person| person.company.as_deref().map(canonical::company);
    for pair in &matched.pairs {
        if let Some(both) = keys(pair.then[0], pair.now) {
            groups.entry(both).or_default().push((pair.then[0], pair.now));
        }
        let now = key(pair.now);
        let same = pair.then[0].company == pair.now.company;
        known.extend(if same { now.clone() } else { key(pair.then[0]) });
        still.extend(now);
    }
    still.extend(matched.new.iter().filter_map(|person| key(person)));
    known.extend(matched.gone.iter().filter_map(|person| key(person)));
    let mut renamed = BTreeMap::new();
    let mut from: BTreeMap<String, usize> = BTreeMap::new();
    for ((old, _), people) in &groups {
        *from.entry(old.clone()).or_default() += people.len();
    }
    for ((old, new), people) in groups {
        let kept = people.iter().all(|(then, now)| {
            retitled(Work::of(then), Work::of(now))
                .is_none_or(|kind| kind == JobChangeKind::Promoted)
        });
        let most = 2 * people.len() > from.get(&old).copied().unwrap_or(0);
        let enough = match people.len() {
            0 | 1 => false,
            2 => kept && !known.contains(&new),
            _ => kept || !known.contains(&new),
        };
        if still.contains(&old) || !most || !enough {
            continue;
        }
        let name = |person: &Person| person.company.clone().unwrap_or_default();
        let (then, now) = people[0];
        let (from, to) = (name(then), name(now));
        let people = people.iter().map(|(_, now)| now.id.clone()).collect();
        renamed.insert((old, new), CompanyRename { from, to, people });
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Audit, fixture::small};

    fn at(audit: &mut Audit, person: usize, company: &str, title: &str) {
        audit.people[person].company = Some(company.into());
        audit.people[person].position = Some(title.into());
    }

    #[test]
    fn punctuation_language_and_legal_form_are_no_change() {
        let work =
            |company, title| Work { company: Some(company), title: Some(title), stage: None };
        for (then, now) in [
            (("Müllenhoff & Söhne GmbH", "Head of Sales"), ("Müllenhoff und Söhne", "Head, Sales")),
            (("Università degli Studi di Padova", "Lecturer"), ("University of Padua", "Lecturer")),
            (("Northolm Water Works", "VP, Operations"), ("NWW", "Vice President Operations")),
            (("Corwick", "Analyst"), ("Corwick, Inc.", "Analyst @ Corwick")),
        ] {
            assert_eq!(change(work(then.0, then.1), work(now.0, now.1)), None, "{then:?} {now:?}");
        }
    }

    #[test]
    fn a_house_that_changed_its_name_moved_nobody() {
        let (mut then, mut now) = (small(), small());
        for person in 0..3 {
            at(&mut then, person, "Corwick Mills", "Engineer");
            at(&mut now, person, "Pellworm Dynamics", "Engineer");
        }
        let found = changes(&Matched::of(&then, &now));
        assert_eq!(found.companies.len(), 1);
        assert_eq!((found.companies[0].people.len(), found.people.len()), (3, 0));
        // One stayed behind: then the others left.
        at(&mut then, 3, "Corwick Mills", "Engineer");
        at(&mut now, 3, "Corwick Mills", "Engineer");
        let found = changes(&Matched::of(&then, &now));
        assert!(found.companies.is_empty());
        assert!(found.people.iter().all(|job| job.kind == JobChangeKind::Moved));
        assert_eq!(found.people.len(), 3);
    }
}
