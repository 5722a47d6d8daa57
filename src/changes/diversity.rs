//! Whether diversity changed: effective numbers of the active ties then and now, by head count.
//!
//! The two quarters share most people, so they are **paired**: people of either are drawn with replacement and both numbers are
//! worked out from one draw (2,000 draws, basic interval: Davison & Hinkley 1997). **p** the two quarters are swapped within people
//! (5,000 times): only those who came, went or changed class matter; `(1 + at least as far) / (1 + draws)`. Both at **equal sample
//! coverage** (Chao & Jost 2012) when the numbers of people differ by more than a tenth. An attribute of which fewer than 60 % are
//! known on a side is left out.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::analysis::diversity::coverage::{Sample, simpson_at_equal_coverage};
use crate::audit::{DiversityShift, Person};
use crate::canonical;
use crate::random::Stream;
use crate::units;

use super::side::Side;
use super::who::Matched;

const DRAWS: u64 = 2_000;
const SWAPS: u64 = 5_000;
/// Share of known classes below which nothing is said.
const KNOWN: f64 = 0.6;
/// Ratio of the numbers of people from which coverage is made equal.
const UNEQUAL: f64 = 1.1;

type Attribute = (&'static str, fn(&Person) -> Option<String>);

const ATTRIBUTES: [Attribute; 4] = [
    ("function", |person| person.function.clone()),
    ("seniority", |person| person.seniority.clone()),
    ("industry", |person| person.industry.clone()),
    ("company", |person| person.company.as_deref().and_then(canonical::employer)),
];

/// Class of one person then and now; `None` where not counted or not known.
type Both = (Option<u32>, Option<u32>);

pub(super) fn shifts(matched: &Matched, then: &Side<'_>, now: &Side<'_>) -> Vec<DiversityShift> {
    let (old, new) = (then.counted(), now.counted());
    let seed = now.audit.seed;
    ATTRIBUTES
        .iter()
        .filter_map(|(name, class)| {
            let read = |side: &Side<'_>, counted: &[&str]| -> BTreeMap<String, Option<String>> {
                let of = |id: &&str| ((*id).to_owned(), side.person(id).and_then(class));
                counted.iter().map(of).collect()
            };
            let (before, after) = (read(then, &old), read(now, &new));
            let enough = |all: &BTreeMap<String, Option<String>>| {
                !all.is_empty() && all.values().flatten().count() as f64 >= KNOWN * all.len() as f64
            };
            (enough(&before) && enough(&after)).then_some(())?;
            shift(name, &both(matched, before, after), seed)
        })
        .collect()
}

/// Everybody of either side with the classes as numbers.
fn both(
    matched: &Matched,
    before: BTreeMap<String, Option<String>>,
    mut after: BTreeMap<String, Option<String>>,
) -> Vec<Both> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut number = |class: Option<String>| {
        let next = units::count(numbers.len());
        class.map(|class| *numbers.entry(class).or_insert(next))
    };
    let mut all = Vec::with_capacity(before.len());
    for (id, class) in before {
        let today = matched.today(&id).and_then(|id| after.remove(id)).flatten();
        all.push((number(class), number(today)));
    }
    all.extend(after.into_values().map(|class| (None, number(class))));
    all.retain(|(then, now)| then.is_some() || now.is_some());
    all
}

fn shift(dimension: &str, people: &[Both], seed: u64) -> Option<DiversityShift> {
    let classes = people.iter().flat_map(|(a, b)| [a, b]).flatten().max()? + 1;
    let known = |pick: fn(&Both) -> bool| people.iter().filter(|both| pick(both)).count() as f64;
    let (old, new) = (known(|both| both.0.is_some()), known(|both| both.1.is_some()));
    let equal_coverage = old.max(new) > UNEQUAL * old.min(new);
    let nobody = || [vec![0_u32; classes as usize], vec![0; classes as usize]];
    let count = |counts: &mut [Vec<u32>; 2], (then, now): Both| {
        for (counts, class) in counts.iter_mut().zip([then, now]) {
            if let Some(class) = class {
                counts[class as usize] += 1;
            }
        }
    };
    let measure = |counts: &[Vec<u32>; 2]| -> Option<(f64, f64)> {
        if !equal_coverage {
            return Some((simpson(&counts[0])?, simpson(&counts[1])?));
        }
        simpson_at_equal_coverage(&Sample::new(&counts[0]), &Sample::new(&counts[1]))
    };
    let mut all = nobody();
    for both in people {
        count(&mut all, *both);
    }
    let (before, now) = measure(&all)?;
    let difference = now - before;
    let n = u32::try_from(people.len()).ok()?;
    let mut draws: Vec<f64> = (0..DRAWS)
        .into_par_iter()
        .filter_map(|draw| {
            let mut stream = Stream::new(seed, "changes-bootstrap", draw);
            let mut drawn = nobody();
            for _ in 0..n {
                count(&mut drawn, people[stream.below_u32(n) as usize]);
            }
            let (then, now) = measure(&drawn)?;
            Some(now - then)
        })
        .collect();
    draws.sort_by(f64::total_cmp);
    let last = draws.len().saturating_sub(1);
    let at =
        |thousandth: usize| draws.get(last * thousandth / 1_000).copied().unwrap_or(difference);
    let interval = [2.0 * difference - at(975), 2.0 * difference - at(25)];
    // Swapping within people of one class does nothing: they are counted once.
    let (changed, kept): (Vec<Both>, Vec<Both>) = people.iter().partition(|(a, b)| a != b);
    let mut base = nobody();
    for both in &kept {
        count(&mut base, *both);
    }
    let farther = |draw: &u64| -> bool {
        let mut stream = Stream::new(seed, "changes-swap", *draw);
        let mut swapped = base.clone();
        for (then, now) in &changed {
            let both = if stream.chance(0.5) { (*now, *then) } else { (*then, *now) };
            count(&mut swapped, both);
        }
        let found = measure(&swapped);
        found.is_some_and(|(then, now)| (now - then).abs() >= difference.abs() - 1e-12)
    };
    let swaps = if changed.is_empty() { 0 } else { SWAPS };
    let far = (0..swaps).into_par_iter().filter(farther).count();
    let p = (1.0 + far as f64) / (1.0 + swaps as f64);
    let dimension = dimension.to_owned();
    Some(DiversityShift { dimension, before, now, equal_coverage, interval, p })
}

/// Effective number of order 2 of a head count.
fn simpson(counts: &[u32]) -> Option<f64> {
    let n: f64 = counts.iter().map(|x| f64::from(*x)).sum();
    let squares: f64 = counts.iter().map(|x| f64::from(*x) * f64::from(*x)).sum();
    (n > 0.0).then(|| n * n / squares)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_people_are_no_change_and_a_lost_class_is_one() {
        let same: Vec<Both> = (0..40).map(|nth| (Some(nth % 4), Some(nth % 4))).collect();
        let found = shift("function", &same, 1).unwrap();
        assert!((found.now - found.before).abs() < 1e-12 && (found.p - 1.0).abs() < 1e-12);
        assert!(found.interval[0].abs() < 1e-12 && !found.equal_coverage);
        // Two of four classes went and the other two grew: 4 to 2.
        let lost: Vec<Both> = (0..40).map(|nth| (Some(nth % 4), Some(nth % 2))).collect();
        let found = shift("function", &lost, 1).unwrap();
        assert!((found.before - 4.0).abs() < 1e-9 && (found.now - 2.0).abs() < 1e-9);
        assert!(found.p < 0.01 && found.interval[1] < 0.0, "{found:?}");
    }

    #[test]
    fn swapping_keeps_its_level() {
        let mut alarms = 0;
        for seed in 0..20 {
            let mut stream = Stream::new(seed, "null-diversity", 0);
            let mut class = || (stream.chance(0.7)).then(|| stream.below_u32(6));
            let people: Vec<Both> = (0..80).map(|_| (class(), class())).collect();
            let found = shift("function", &people, seed).unwrap();
            alarms += u32::from(found.p <= 0.05);
        }
        assert!(alarms <= 4, "{alarms} of 20 at 5 %");
    }
}
