//! Homophily as saved: each attribute of the owner and of the ties among contacts.

use rayon::prelude::*;

use crate::audit;
use crate::goals::Aims;
use crate::study::Study;

use super::homophily::{self, ei, inbreeding};
use super::members::Members;

/// Attributes in which the owner has a class, or ties among contacts can be alike.
const ATTRIBUTES: [&str; 4] = ["function", "seniority", "industry", "company"];
/// Fewest people, and fewest ties among contacts, for an index.
const FEWEST: usize = 10;

/// One entry an attribute of [`ATTRIBUTES`] that can be told.
pub(super) fn homophily(
    study: &Study,
    counted: &[usize],
    attention: &[f64],
    members: &[Members<'_>],
    aims: &Aims,
) -> Vec<audit::Homophily> {
    let mut place = vec![u32::MAX; study.ties.len()];
    for (nth, at) in counted.iter().enumerate() {
        place[*at] = u32::try_from(nth).unwrap_or(u32::MAX);
    }
    let among: Vec<(u32, u32)> = study
        .network
        .flat
        .edges()
        .map(|(a, b, _)| (place[a], place[b]))
        .filter(|(a, b)| *a != u32::MAX && *b != u32::MAX)
        .collect();
    members
        .par_iter()
        .filter(|members| ATTRIBUTES.contains(&members.name))
        .filter_map(|members| one(study, attention, members, &among, aims))
        .collect()
}

fn one(
    study: &Study,
    attention: &[f64],
    members: &Members<'_>,
    ties: &[(u32, u32)],
    aims: &Aims,
) -> Option<audit::Homophily> {
    let known: Vec<usize> =
        (0..members.class.len()).filter(|at| members.class[*at].is_some()).collect();
    let own = own(study, members);
    let among = among(members, ties, study.seed);
    if known.len() < FEWEST || (own.is_none() && among.is_none()) {
        return None;
    }
    let mut found = audit::Homophily {
        dimension: members.name.to_owned(),
        own: own.as_ref().map(|(_, label)| label.clone()),
        people: u32::try_from(known.len()).unwrap_or(u32::MAX),
        by_people: None,
        by_attention: None,
        inbreeding: None,
        reference: "contacts".to_owned(),
        among,
    };
    let Some((class, _)) = own else { return Some(found) };
    let same: Vec<bool> =
        known.iter().map(|at| class.is_some() && members.class[*at] == class).collect();
    let within = same.iter().filter(|same| **same).count() as f64;
    let share = within / known.len() as f64;
    found.by_people = ei(known.len() as f64 - within, within);
    let attention: Vec<f64> = known.iter().map(|at| attention[*at]).collect();
    let task = format!("homophily-{}", members.name);
    found.by_attention = homophily::of_owner(&same, &attention, (study.seed, &task)).map(saved);
    let held = found.by_attention.map_or(share, |chance| (1.0 - chance.index) / 2.0);
    let key = class.map(|class| members.keys[class as usize]);
    let goal = aims.of(members.name).and_then(|aim| Some(aim.share(key?, share)));
    if goal.is_some() {
        "goal".clone_into(&mut found.reference);
    }
    found.inbreeding = inbreeding(held, goal.unwrap_or(share));
    Some(found)
}

fn saved(chance: homophily::Chance) -> audit::Chance {
    let homophily::Chance { index, mean, interval } = chance;
    audit::Chance { index, mean, interval }
}

/// The owner's class (none of the contacts may be in it) and its label.
fn own(study: &Study, members: &Members<'_>) -> Option<(Option<u32>, String)> {
    let profile = &study.people.profile;
    let of = |key: &str| {
        let at = members.keys.iter().position(|known| *known == key);
        let label = at.map_or(key, |at| members.labels[at]).to_owned();
        (at.and_then(|at| u32::try_from(at).ok()), label)
    };
    match members.name {
        "function" => profile.function.as_ref().map(|class| of(class.code)),
        "seniority" => profile.seniority.as_ref().map(|class| of(class.code)),
        "industry" => profile.industry.as_ref().map(|class| of(class.code)),
        // Of several employers the one where most contacts are.
        "company" => {
            let heads = members.heads();
            let known = |key: &String| of(key).0.map_or(0, |class| heads[class as usize]);
            profile.employers.iter().rev().max_by_key(|key| known(key)).map(|key| of(key))
        }
        _ => None,
    }
}

/// E–I over the ties among contacts whose ends are both of known class.
fn among(members: &Members<'_>, ties: &[(u32, u32)], seed: u64) -> Option<audit::Chance> {
    let mut place = vec![u32::MAX; members.class.len()];
    let mut class = Vec::new();
    for (at, known) in members.class.iter().enumerate() {
        if let Some(known) = known {
            place[at] = u32::try_from(class.len()).unwrap_or(u32::MAX);
            class.push(*known);
        }
    }
    let ties: Vec<(u32, u32)> = ties
        .iter()
        .map(|(a, b)| (place[*a as usize], place[*b as usize]))
        .filter(|(a, b)| *a != u32::MAX && *b != u32::MAX)
        .collect();
    let task = format!("among-{}", members.name);
    let found = (ties.len() >= FEWEST).then(|| homophily::among(&class, &ties, (seed, &task)))?;
    found.map(saved)
}
