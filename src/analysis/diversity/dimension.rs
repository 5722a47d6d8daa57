//! One attribute as saved: effective numbers with their intervals, likeness, coverage, classes, and the goal.

use std::collections::BTreeMap;

use crate::audit;
use crate::goals::{Aim, Aims};
use crate::units::count;

use super::coverage::Sample;
use super::members::Members;
use super::sampling::Intervals;
use super::unknowns::{self, unknowns};
use super::{KNOWN_FLOOR, hill_012, similarity, target};

/// What is known of everybody counted, whatever the attribute.
pub(super) struct Counted<'a> {
    /// Attention by person.
    pub(super) attention: &'a [f64],
    pub(super) seed: u64,
    pub(super) aims: &'a Aims,
}

/// Puts one attribute together. `known` are all contacts by class, active or not.
pub(super) fn dimension(
    counted: &Counted<'_>,
    members: &Members<'_>,
    intervals: Intervals,
    known: &BTreeMap<&str, u32>,
) -> audit::Diversity {
    let people = members.class.len();
    let heads = members.heads();
    let amounts: Vec<f64> = heads.iter().map(|heads| f64::from(*heads)).collect();
    let attention = members.sums(|person| counted.attention[person]);
    let hill_attention = hill_012(&attention);
    let task = format!("unknown-{}", members.name);
    let open = unknowns(
        counted.attention,
        &members.classed(),
        &members.tied,
        (counted.seed, task.as_str()),
    );
    let [unknown_people, unknown_attention] = open.map(|found| found.map(saved));
    let enough = members.known() > 0 && members.known() as f64 >= KNOWN_FLOOR * people as f64;
    // A preset speaks only where enough is known to judge it.
    let aim = counted.aims.of(members.name).filter(|aim| enough || !aim.is_preset);
    audit::Diversity {
        dimension: members.name.to_owned(),
        people: count(people),
        known: count(members.known()),
        headline: enough,
        hill_people: hill_012(&amounts),
        hill_attention,
        interval: intervals.attention,
        interval_people: intervals.people,
        unknown_people,
        unknown_attention,
        similar_people: similarity::of_dimension(members.name, &members.keys, &amounts),
        similar_attention: similarity::of_dimension(members.name, &members.keys, &attention),
        coverage: Sample::new(&heads).coverage(),
        goal: aim.map(|aim| goal(aim, members, &heads, &attention, known)),
        classes: classes(members, &heads, &attention, counted.attention),
    }
}

fn saved(found: unknowns::Unknowns) -> audit::Unknowns {
    let unknowns::Unknowns { share, low, high, interval } = found;
    audit::Unknowns { share, low, high, interval }
}

/// Shares by class, by attention then head count; the unknown last.
fn classes(
    members: &Members<'_>,
    heads: &[u32],
    attention: &[f64],
    by_person: &[f64],
) -> Vec<audit::ClassShare> {
    let people = members.class.len().max(1) as f64;
    let whole: f64 = by_person.iter().sum();
    let share = |part: f64| (whole > 0.0).then(|| part / whole);
    let mut classes: Vec<audit::ClassShare> = members
        .labels
        .iter()
        .zip(heads.iter().zip(attention))
        .map(|(class, (heads, attention))| audit::ClassShare {
            class: (*class).to_owned(),
            people: *heads,
            share_people: f64::from(*heads) / people,
            share_attention: share(*attention),
        })
        .collect();
    classes.sort_by(|a, b| {
        let by = |c: &audit::ClassShare| c.share_attention.unwrap_or(0.0);
        by(b).total_cmp(&by(a)).then(b.people.cmp(&a.people)).then(a.class.cmp(&b.class))
    });
    let unknown = || members.class.iter().zip(by_person).filter(|(class, _)| class.is_none());
    if unknown().next().is_some() {
        classes.push(audit::ClassShare {
            class: "unknown".to_owned(),
            people: count(unknown().count()),
            share_people: unknown().count() as f64 / people,
            share_attention: share(unknown().map(|(_, attention)| attention).sum()),
        });
    }
    classes
}

/// The goal against what is, over the known.
fn goal(
    aim: &Aim,
    members: &Members<'_>,
    heads: &[u32],
    attention: &[f64],
    known: &BTreeMap<&str, u32>,
) -> audit::GoalMix {
    let mut names: Vec<&str> = members.keys.clone();
    names.extend(aim.weights.keys().filter(|class| !members.keys.contains(class)));
    let with_empty = |amounts: &mut dyn Iterator<Item = f64>| {
        let mut all: Vec<f64> = amounts.collect();
        all.resize(names.len(), 0.0);
        all
    };
    let shares = |amounts: Vec<f64>| {
        let sum: f64 = amounts.iter().sum();
        (sum > 0.0).then(|| amounts.iter().map(|a| a / sum).collect::<Vec<f64>>())
    };
    let people = shares(with_empty(&mut heads.iter().map(|heads| f64::from(*heads))));
    let attention = shares(with_empty(&mut attention.iter().copied()));
    let people_or_none = people.clone().unwrap_or_else(|| vec![0.0; names.len()]);
    let mut goals: Vec<f64> =
        names.iter().zip(&people_or_none).map(|(name, people)| aim.share(name, *people)).collect();
    // Without anybody known, a list of targets is all there is.
    let sum: f64 = goals.iter().sum();
    for goal in &mut goals {
        *goal /= sum;
    }
    let counts: Vec<u32> =
        names.iter().enumerate().map(|(at, _)| heads.get(at).copied().unwrap_or(0)).collect();
    let add = target::to_add(&counts, 0, &goals);
    let mut classes: Vec<audit::GoalShare> = names
        .iter()
        .enumerate()
        .filter(|(_, name)| aim.weights.contains_key(*name))
        .map(|(at, name)| {
            let (goal, people) = (goals[at], people_or_none[at]);
            let attention = attention.as_ref().map(|shares| shares[at]);
            audit::GoalShare {
                class: (*name).to_owned(),
                goal,
                people,
                attention,
                gap: goal - attention.unwrap_or(people),
                to_add: add[at],
                known: known.get(name).copied().unwrap_or(0),
            }
        })
        .collect();
    classes.sort_by(|a, b| b.gap.total_cmp(&a.gap).then(a.class.cmp(&b.class)));
    audit::GoalMix {
        is_mix: aim.is_mix,
        is_preset: aim.is_preset,
        divergence_people: people.map(|shares| target::jensen_shannon(&shares, &goals)),
        divergence_attention: attention.map(|shares| target::jensen_shannon(&shares, &goals)),
        classes,
    }
}
