//! What the owner wants of the network against who is there, and who of those known would close the gaps.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::{self, TieState};
use crate::canonical;
use crate::goals::Aims;
use crate::units::count;

use super::closing::close;
use super::members::Source;

/// People listed as the answer.
const LISTED: usize = 30;

/// Goals as found, and how many people named as goals fit no contact, or several; `None` without goals. `found` are the
/// attributes with their gaps.
pub(super) fn wanted(
    source: &Source<'_>,
    aims: &Aims,
    found: &[audit::Diversity],
) -> (Option<audit::GoalsFound>, usize) {
    if aims.is_empty() {
        return (None, 0);
    }
    let study = source.study;
    let sought = |name: &str, fits: &dyn Fn(usize) -> bool| {
        let known: Vec<usize> = (0..study.ties.len()).filter(|at| fits(*at)).collect();
        let active = known.iter().filter(|at| study.ties[**at].rhythm.active).count();
        audit::Sought { name: name.to_owned(), known: count(known.len()), active: count(active) }
    };
    let is_mentor = |at: usize| source.class("relative-seniority", at) == Some("mentor");
    let companies = aims.companies.keys().map(|name| {
        let key = canonical::company(name);
        sought(name, &|at| source.class("company", at) == Some(&key))
    });
    let people = people(source, aims);
    let unmatched = aims.people.len().saturating_sub(people.len());
    let named = people.iter().map(|at| sought(study.key(*at), &|other| other == *at));
    let found = audit::GoalsFound {
        preset: aims.preset.map(str::to_owned),
        mentor: aims.mentor.then(|| sought("mentor", &is_mentor)),
        companies: companies.collect(),
        people: named.collect(),
        closing: study.has_log().then(|| closing(source, aims, found, &people)),
    };
    (Some(found), unmatched)
}

/// Positions of the people named as goals, where a name fits one contact.
fn people(source: &Source<'_>, aims: &Aims) -> Vec<usize> {
    let study = source.study;
    let found: BTreeSet<usize> = aims
        .people
        .keys()
        .filter_map(|text| match study.people.find(text).as_slice() {
            [one] => study.place(*one),
            _ => None,
        })
        .collect();
    found.into_iter().collect()
}

/// The demands of the goals on the head count, and the fewest inactive contacts who meet them.
fn closing(
    source: &Source<'_>,
    aims: &Aims,
    found: &[audit::Diversity],
    people: &[usize],
) -> audit::Closing {
    let study = source.study;
    let is_active = |at: usize| study.ties[at].rhythm.active;
    let anybody_active = |attribute: &str, class: &str| {
        (0..study.ties.len()).any(|at| is_active(at) && source.class(attribute, at) == Some(class))
    };
    // (attribute, class) → number.
    let mut demands: BTreeMap<(String, String), u32> = BTreeMap::new();
    let mut want = |attribute: &str, class: &str, number: u32| {
        let demand = demands.entry((attribute.to_owned(), class.to_owned())).or_default();
        *demand = (*demand).max(number);
    };
    for attribute in found {
        for class in attribute.goal.iter().flat_map(|goal| &goal.classes).filter(|c| c.to_add > 0) {
            want(&attribute.dimension, &class.class, class.to_add);
        }
    }
    if aims.mentor && !anybody_active("relative-seniority", "mentor") {
        want("relative-seniority", "mentor", 1);
    }
    for name in aims.companies.keys() {
        let key = canonical::company(name);
        if !anybody_active("company", &key) {
            want("company", &key, 1);
        }
    }
    for at in people.iter().filter(|at| !is_active(**at)) {
        want("people", study.key(*at), 1);
    }
    let mut candidates: Vec<usize> = (0..study.ties.len())
        .filter(|at| !is_active(*at) && study.ties[*at].rhythm.state != TieState::Gone)
        .collect();
    candidates.sort_by(|a, b| study.ties[*b].peak.total_cmp(&study.ties[*a].peak).then(a.cmp(b)));
    let serves = |at: &usize| -> Vec<usize> {
        let key = study.key(*at);
        let fits = |(attribute, class): &(String, String)| match attribute.as_str() {
            "people" => class == key,
            attribute => source.class(attribute, *at) == Some(class),
        };
        (0..).zip(demands.keys()).filter(|(_, demand)| fits(demand)).map(|(at, _)| at).collect()
    };
    let sets: Vec<Vec<usize>> = candidates.iter().map(serves).collect();
    let numbers: Vec<u32> = demands.values().copied().collect();
    let answer = close(&numbers, &sets);
    let key = |at: &usize| study.key(candidates[*at]).to_owned();
    audit::Closing {
        people: answer.chosen.iter().take(LISTED).map(key).collect(),
        fewest: u32::try_from(answer.chosen.len()).unwrap_or(u32::MAX),
        is_smallest: answer.is_smallest,
        demands: demands
            .into_iter()
            .zip(answer.short)
            .map(|(((dimension, class), wanted), short)| audit::Demand {
                dimension,
                class,
                wanted,
                short,
            })
            .collect(),
    }
}
