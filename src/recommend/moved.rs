//! Congratulations: who has a new employer or a higher stage since the earlier audit (`methods` H.2).
//!
//! Told from the two exports alone; the day is known to the interval. A spelling that may be the same company is no move. Only
//! people with whom there was contact, or whom a goal wants: a plan is no mailing list.

use std::collections::BTreeMap;

use crate::audit::{self, ActionKind, Confidence};
use crate::canonical::{Lane, compare_companies};
use crate::taxonomy;
use crate::text;
use crate::units::Evidence;

use super::candidate::{Candidate, Worth};
use super::{Context, Recommender};

/// Days after the audit within which a congratulation still makes sense.
const WINDOW: i32 = 30;
/// Most suggested.
const MOST: usize = 4;

/// New positions.
pub(super) struct Moved;

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Change {
    Employer(String, String),
    Stage(String),
}

impl Recommender for Moved {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        let Some(earlier) = context.previous else { return Vec::new() };
        let known: BTreeMap<&str, &audit::Person> =
            earlier.people.iter().map(|person| (person.id.as_str(), person)).collect();
        let mut found: Vec<(f64, usize, Change)> = (0..context.study.ties.len())
            .filter(|at| {
                let tie = context.tie(*at);
                !tie.days.is_empty() || context.gaps.fit(context.study, *at) > 0.0
            })
            .filter_map(|at| {
                let person = context.person(at);
                let then = known.get(person.key.as_str())?;
                Some((context.value(at), at, change(then, person)?))
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let since = text::full_day(earlier.as_of);
        let most = found.into_iter().take(MOST);
        most.map(|(value, at, change)| congratulate(context, at, &change, value, &since)).collect()
    }
}

fn change(then: &audit::Person, now: &crate::people::Person) -> Option<Change> {
    let (old, new) = (then.company.as_deref()?, now.company.as_deref()?);
    let title = now.position.clone().unwrap_or_default();
    if compare_companies(old, new).lane == Lane::Different && now.company_key.is_some() {
        return Some(Change::Employer(title, new.to_owned()));
    }
    // A class that is read otherwise today is no promotion: the title must be another.
    let is_new = then.position.as_deref()?.trim().to_lowercase() != title.trim().to_lowercase();
    let before = taxonomy::rank(then.seniority.as_deref()?)?;
    let after = taxonomy::rank(now.seniority.as_ref()?.code)?;
    (is_new && after > before).then_some(Change::Stage(title))
}

fn congratulate(
    context: &Context,
    at: usize,
    change: &Change,
    value: f64,
    since: &str,
) -> Candidate {
    let name = &context.person(at).name;
    let what = match change {
        Change::Employer(title, company) if title.is_empty() => {
            format!("{name} is now at {company}")
        }
        Change::Employer(title, company) => format!("{name} is now {title} at {company}"),
        Change::Stage(title) => format!("{name} has a new title: {title}"),
    };
    let channel = context.channel(at);
    Candidate {
        kind: ActionKind::Congratulate,
        people: vec![at],
        reason: format!("{what}; it was not so on {since}."),
        evidence: vec!["two exports".to_owned(), context.contact_days(at)],
        tier: Evidence::Declared,
        goal: "Celebrate with them",
        first_move: "say well done and mean it; ask for nothing.".to_owned(),
        channel,
        minutes: context.config.minutes(channel),
        confidence: Confidence::Fair,
        skip_if: "you have congratulated already, or the change was not their wish.",
        judged_by: "any message of yours by the next audit.",
        expires: Some(context.study.as_of.plus(WINDOW)),
        worth: Worth::Due(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Person;
    use crate::people::attributes::classify_title;

    fn now(company: &str, title: &str) -> Person {
        Person {
            company: Some(company.into()),
            company_key: Some(crate::canonical::company(company)),
            position: Some(title.into()),
            seniority: classify_title(title, "").seniority,
            ..Person::default()
        }
    }

    #[test]
    fn a_spelling_is_no_move_and_a_higher_stage_is_a_promotion() {
        let mut then = crate::audit::fixture::small().people.remove(1);
        then.position = Some("Senior Engineer".into());
        then.seniority = Some("senior".into());
        assert_eq!(change(&then, &now("Corvane GmbH", "Senior Engineer")), None);
        assert_eq!(
            change(&then, &now("Helios Clinics", "Senior Engineer")),
            Some(Change::Employer("Senior Engineer".into(), "Helios Clinics".into()))
        );
        assert_eq!(
            change(&then, &now("Corvane", "Director of Engineering")),
            Some(Change::Stage("Director of Engineering".into()))
        );
        assert_eq!(change(&then, &now("Corvane", "Engineer")), None);
        // The user's own word on a class, then and now, is the one that counts.
        let mut told = now("Corvane", "Wizard");
        assert_eq!(change(&then, &told), None);
        told.seniority = classify_title("Director of Engineering", "").seniority;
        assert_eq!(change(&then, &told), Some(Change::Stage("Wizard".into())));
        then.position = Some("wizard".into());
        assert_eq!(change(&then, &told), None, "the same title, read otherwise");
    }
}
