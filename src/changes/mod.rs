//! What moved between two saved audits, and why: nothing but the two of them is read.
//!
//! One question a file: who is who ([`who`]), what can be compared at all ([`windows`]), which ties changed ([`ties`]), who has
//! a new position ([`jobs`]), why the numbers moved ([`why`]), whether diversity, circles and the pattern of attention did
//! ([`diversity`], [`circles`], [`pattern`]).
//!
//! # Tests
//!
//! **Ties** weeks with contact of two windows of equal length, by Fisher's exact test, two-sided: exact at the few weeks a
//! quarter has, and weeks rather than days because days within a burst hang together. **Many ties at once** Benjamini &
//! Hochberg 1995 at 5 % over the ties with four or more weeks with contact in all: of the changes printed, one in twenty is
//! expected to be chance (`methods` H.1 has 10 %: planted quarters of two seeds in three then told two of fourteen ties as fallen
//! that had not). Discrete p-values only make it stricter. **Coverage** conditional binomial test on the volume of a
//! channel. **Diversity** paired bootstrap (the two quarters share most people) and a permutation that swaps the quarters
//! within people. What does not pass is kept apart as *changed, within noise*.
//!
//! # Measured
//!
//! **Planted** two generated quarters of 400 people ([`crate::synth::quarters`]: 30 moves, 5 promotions, 8 title edits, 3 renamed
//! employers, 20 new, 10 gone, 12 weakened, 6 revived, 4 new links, a mailbox that appears; 12 spellings that are no change):
//! precision and recall at least 0.95 each. **Null** 400 ties at their own rates in both quarters, 200 seeds: any discovery in at
//! most a tenth of them, also when a week with contact makes the next likelier. **Enron** half-years of 2001 in the mail of
//! Perry & Wolfe (actors by their row in `people.csv`): around actor 131, government affairs, nine ties fall and one rises; six of
//! the nine end, four of them with the desks that traded gas and power in the West (3, 43, 55, 156), as California's crisis passed. Around actor 120,
//! legal, four of the old team fall and one newcomer goes from 6 weeks of 26 to 21. Actor 67's mail goes from 21 a week to 0.7: told
//! as data that ends, no tie is judged by it.

pub mod circles;
pub mod diversity;
pub mod exact;
pub mod history;
pub mod jobs;
pub mod pattern;
pub mod shapley;
pub mod ties;
pub mod who;
pub mod why;
pub mod windows;

mod side;
#[cfg(test)]
mod testing;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::audit::{Audit, Changes, JobChangeKind, PersonChange, PersonChangeKind};
use crate::canonical;

use side::Side;
use who::Matched;

/// What moved from `then` to `now`. Both are full audits, `then` the earlier one.
#[must_use]
pub fn between(then: &Audit, now: &Audit) -> Changes {
    let matched = Matched::of(then, now);
    let (old, new) = (Side::of(then), Side::of(now));
    let windows = windows::Windows::of(then, now);
    let tested = ties::changes(&matched, &old, &new, &windows);
    let jobs = jobs::changes(&matched);
    Changes {
        since: then.as_of,
        to: now.as_of,
        weeks: windows.weeks,
        people: people(&matched),
        jobs: jobs.people,
        companies: jobs.companies,
        tested: tested.tested,
        ties: tested.passed,
        noise: tested.noise,
        headlines: why::headlines(&matched, &old, &new, &windows),
        turnover: pattern::turnover(&matched, then, now),
        diversity: diversity::shifts(&matched, &old, &new),
        circles: circles::shift(&matched, then, now),
        layers: pattern::layers(&matched, &old, &new),
        coverage: windows.coverage,
        graph: Vec::new(),
        bridges: Vec::new(),
    }
}

/// Writes into today's audit what the next one needs of the earlier: everybody's earlier keys, and when they took up their
/// employer where two audits saw it.
pub fn hand_on(then: &Audit, now: &mut Audit) {
    let matched = Matched::of(then, now);
    let jobs = jobs::changes(&matched).people;
    let moved = jobs.iter().filter(|job| job.kind == JobChangeKind::Moved);
    let moved: BTreeSet<&str> = moved.map(|job| job.id.as_str()).collect();
    let handed: Vec<(usize, Vec<String>, Option<[Date; 2]>)> = matched
        .pairs
        .iter()
        .map(|pair| {
            let own = pair.now.id.as_str();
            let keys = pair.then.iter().flat_map(|old| old.aliases.iter().chain([&old.id]));
            let mut keys: Vec<String> = keys.filter(|key| *key != own).cloned().collect();
            keys.sort();
            keys.dedup();
            let is_new = moved.contains(own);
            let joined = if is_new { Some([then.as_of, now.as_of]) } else { pair.then[0].joined };
            // Who states no employer any more is new at the next one they state.
            let joined = joined.filter(|_| pair.now.company.is_some());
            (pair.place, keys, joined)
        })
        .collect();
    for (place, keys, joined) in handed {
        now.people[place].aliases = keys;
        now.people[place].joined = joined;
    }
}

/// Who came and went, in the order of their ids; then who carries another key or name.
fn people(matched: &Matched) -> Vec<PersonChange> {
    let one = |person: &crate::audit::Person, kind, from: Option<&String>| PersonChange {
        id: person.id.clone(),
        name: person.name.clone(),
        kind,
        from: from.cloned(),
    };
    let new = matched.new.iter().map(|person| one(person, PersonChangeKind::New, None));
    let gone = matched.gone.iter().map(|person| one(person, PersonChangeKind::Gone, None));
    let carried = matched.pairs.iter().flat_map(|pair| {
        let old = pair.then[0];
        let rekeyed = (old.id != pair.now.id)
            .then(|| one(pair.now, PersonChangeKind::Rekeyed, Some(&old.id)));
        let unnamed = old.name == old.id || pair.now.name == pair.now.id;
        let another = canonical::plain(&old.name) != canonical::plain(&pair.now.name);
        let renamed = (another && !unnamed)
            .then(|| one(pair.now, PersonChangeKind::Renamed, Some(&old.name)));
        rekeyed.into_iter().chain(renamed)
    });
    let mut all: Vec<PersonChange> = new.chain(gone).chain(carried).collect();
    all.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
    all
}
