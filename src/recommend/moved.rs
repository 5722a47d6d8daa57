//! Congratulations: who has a new employer or a higher stage since the earlier audit (`methods` H.2), and who took up an
//! employer some full years ago ([`super::anniversary`]).
//!
//! Told from the two exports alone, by the rules of [`crate::changes::jobs`]: a spelling, a language, a legal form or a company that
//! changed its name moves nobody. The day is known to the interval, so the card says since when, and it expires. Only people with
//! whom there was contact, or whom a goal wants: a plan is no mailing list.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::{self, ActionKind, Confidence, JobChange, JobChangeKind};
use crate::canonical;
use crate::changes::{jobs, who::Matched};
use crate::people::Person;
use crate::text;
use crate::units::Evidence;

use super::candidate::{Candidate, Worth};
use super::{Context, Recommender, anniversary};

/// Days after the audit within which a congratulation still makes sense.
const WINDOW: i32 = 30;
/// Most suggested.
const MOST: usize = 4;

/// New positions, and years in them.
pub(super) struct Moved;

impl Recommender for Moved {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        let Some(earlier) = context.previous else { return Vec::new() };
        let all = 0..context.study.ties.len();
        let today: Vec<audit::Person> = all.map(|at| stated(context.person(at))).collect();
        let places: BTreeMap<&str, usize> =
            today.iter().enumerate().map(|(at, person)| (person.id.as_str(), at)).collect();
        let merges = &earlier.findings.identity.merges;
        let matched = Matched::of_people((&earlier.people, merges), (&today, &[]));
        let changes = jobs::changes(&matched);
        let is_near = |at: usize| {
            !context.tie(at).days.is_empty() || context.gaps.fit(context.study, at) > 0.0
        };
        let mut found: Vec<(f64, usize, &JobChange)> = changes
            .people
            .iter()
            .filter(|job| job.kind != JobChangeKind::TitleEdit && !is_to_nowhere(job))
            .filter_map(|job| Some((*places.get(job.id.as_str())?, job)))
            .filter(|(at, _)| is_near(*at))
            .map(|(at, job)| (context.value(at), at, job))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let since = text::full_day(earlier.as_of);
        let mut cards: Vec<Candidate> = found
            .iter()
            .map(|(value, at, job)| congratulate(context, *at, job, *value, &since))
            .collect();
        // Who has something newer to celebrate is congratulated on that.
        let newer: BTreeSet<&str> = found.iter().map(|(_, _, job)| job.id.as_str()).collect();
        let mut years: Vec<(f64, usize, Candidate)> = matched
            .pairs
            .iter()
            .filter(|pair| !newer.contains(pair.now.id.as_str()) && is_near(pair.place))
            .filter_map(|pair| {
                let joined = pair.then[0].joined?;
                let (years, expires) = anniversary::due(joined, context.study.as_of)?;
                let value = context.value(pair.place);
                let card = anniversary::card(context, pair.place, (joined, years, expires), value)?;
                Some((value, pair.place, card))
            })
            .collect();
        years.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        cards.extend(years.into_iter().map(|(_, _, card)| card));
        cards
    }

    fn most(&self) -> usize {
        MOST
    }
}

/// Whether somebody left an employer for a field that names none: "career break", "open to work".
fn is_to_nowhere(job: &JobChange) -> bool {
    let to = job.to.company.as_deref().and_then(canonical::employer);
    job.kind == JobChangeKind::Moved && to.is_none()
}

/// What an audit states of somebody, as far as changes of position are told from it.
fn stated(person: &Person) -> audit::Person {
    let class = |class: &Option<crate::people::attributes::Class>| {
        class.as_ref().map(|class| class.code.to_owned())
    };
    let also = person.other_slugs.iter().chain(&person.handles);
    audit::Person {
        id: person.key.clone(),
        aliases: also.cloned().collect(),
        name: person.name.clone(),
        emails: person.emails.clone(),
        first_name: person.first_name.clone(),
        profile_url: person.slug.as_deref().map(canonical::profile_url),
        company: person.company.clone(),
        position: person.position.clone(),
        connected_on: person.connected_on,
        joined: None,
        function: class(&person.function),
        seniority: class(&person.seniority),
        industry: None,
        relative_seniority: None,
        time_known: None,
        relation: None,
        community: None,
        measures: BTreeMap::new(),
    }
}

fn congratulate(
    context: &Context,
    at: usize,
    job: &JobChange,
    value: f64,
    since: &str,
) -> Candidate {
    let name = &context.person(at).name;
    let title = job.to.title.as_deref().unwrap_or_default();
    let what = match (job.kind, job.to.company.as_deref()) {
        (JobChangeKind::Moved, Some(company)) if title.is_empty() => {
            format!("{name} is now at {company}")
        }
        (JobChangeKind::Moved, Some(company)) => format!("{name} is now {title} at {company}"),
        _ => format!("{name} has a new title: {title}"),
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

    #[test]
    fn somebody_of_a_log_is_found_by_every_key() {
        let person = Person {
            key: "iris-vale".into(),
            name: "Iris Vale".into(),
            slug: Some("iris-vale".into()),
            other_slugs: vec!["iris-v".into()],
            handles: vec!["u17".into()],
            ..Person::default()
        };
        let mut then = crate::audit::fixture::small().people.remove(0);
        then.id = "u17".into();
        then.profile_url = None;
        let (then, now) = ([then], [stated(&person)]);
        let matched = Matched::of_people((&then, &[]), (&now, &[]));
        assert_eq!(matched.today("u17"), Some("iris-vale"));
    }
}
