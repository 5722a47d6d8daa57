//! How much of a change in the graph's numbers is noise: events drawn anew by week.
//!
//! **Question** Did the owner's constraint, effective size, efficiency and the modularity of the circles change between two days by
//! more than which weeks happened to hold which events? **Definition** block bootstrap (Künsch 1989) with weeks as blocks, as
//! events of one week hang together: each week takes the events of a week of its own quarter, drawn with replacement, so that the
//! quarters stay what they were; both days' numbers come from one draw. Basic interval of the difference: half of what a resample
//! loses (ties seen in one week alone) it loses on both days. **Edge cases** undefined on either day: left out.
//! **Ranks of bridges** the ten contacts with the highest betweenness on either day, each by its place on both; the
//! interval holds the middle 95 % of the drawn differences, as places are bounded and lopsided. Who lies between nobody, or
//! was no contact yet, ranks behind all who do. **Complexity** 200 draws of two studies each: for `--thorough` alone.
//!
//! Measured with two cores: see [`crate::changes`].

use rayon::prelude::*;

use crate::audit::{GraphShift, RankShift};
use crate::measures::leiden;
use crate::people::PersonId;
use crate::quantile;
use crate::random::Stream;
use crate::study::Study;
use crate::units::{Day, count};

use super::betweenness::Between;
use super::structural_holes;

const DRAWS: u64 = 200;
/// Runs of the communities in a draw.
const RUNS: u64 = 2;
const NUMBERS: [&str; 4] = ["constraint", "effective-size", "efficiency", "modularity"];

/// Bridges of either day whose ranks are told.
const TOP: usize = 10;
/// `n·m` of one betweenness in a draw; beyond it, pivots.
const COST: usize = 20_000_000;

type Numbers = [Option<f64>; NUMBERS.len()];

/// What a draw tells of the two days.
struct Draw {
    numbers: [Numbers; 2],
    /// By person looked at.
    ranks: [Vec<u32>; 2],
}

/// The changes from `earlier` to the study's day, with their 95 % intervals: the numbers, and the ranks of the bridges, today's
/// highest first.
#[must_use]
pub fn shifts(study: &Study, earlier: Day) -> (Vec<GraphShift>, Vec<RankShift>) {
    let gap = u32::try_from(study.as_of.since(earlier) / 7).unwrap_or(0);
    let then = study.at(earlier);
    let [before, now] = [&then, study].map(numbers);
    let raw = [&then, study].map(|day| Between::of(&day.network.flat, day.seed).raw);
    let bridges = bridges([&then, study], &raw);
    let draws: Vec<Draw> = (0..DRAWS)
        .into_par_iter()
        .map(|draw| {
            let mut stream = Stream::new(study.seed, "events-by-week", draw);
            let length = gap.clamp(4, 26);
            let events = study.events.redrawn(study.as_of, |week, weeks| {
                let first = week / length * length;
                first + stream.below_u32(length.min(weeks - first))
            });
            let drawn = study.with_events(events);
            let earlier = drawn.at(earlier);
            let both = [&earlier, &drawn];
            let ranked = |day: &Study| {
                // Nobody's place is looked for: nothing is measured.
                let raw = (!bridges.is_empty())
                    .then(|| Between::within(&day.network.flat, day.seed, (COST, COST)).raw);
                ranks(day, &raw.unwrap_or_default(), &bridges)
            };
            Draw { numbers: both.map(numbers), ranks: both.map(ranked) }
        })
        .collect();
    let shift = |(nth, measure): (usize, &&str)| {
        let (before, now) = (before[nth]?, now[nth]?);
        let numbers = draws.iter().map(|draw| &draw.numbers);
        let mut differences: Vec<f64> =
            numbers.filter_map(|[old, new]| Some(new[nth]? - old[nth]?)).collect();
        differences.sort_by(f64::total_cmp);
        let [low, high] = [0.025, 0.975].map(|share| quantile::nearest(&differences, share));
        let twice = 2.0 * (now - before);
        let interval = [twice - high?, twice - low?];
        Some(GraphShift { measure: (*measure).to_owned(), before, now, interval })
    };
    let numbers = NUMBERS.iter().enumerate().filter_map(shift).collect();
    let told = [ranks(&then, &raw[0], &bridges), ranks(study, &raw[1], &bridges)];
    (numbers, rank_shifts(study, &bridges, &told, &draws))
}

fn rank_shifts(
    study: &Study,
    who: &[PersonId],
    [before, now]: &[Vec<u32>; 2],
    draws: &[Draw],
) -> Vec<RankShift> {
    let shift = |nth: usize| {
        let difference = |[old, new]: [u32; 2]| i64::from(new) - i64::from(old);
        let places = draws.iter().map(|draw| [draw.ranks[0][nth], draw.ranks[1][nth]]);
        let mut differences: Vec<f64> = places.map(|both| difference(both) as f64).collect();
        differences.sort_by(f64::total_cmp);
        let [low, high] = [0.025, 0.975].map(|share| quantile::nearest(&differences, share));
        let id = study.people.person(who[nth]).key.clone();
        Some(RankShift { id, before: before[nth], now: now[nth], interval: [low?, high?] })
    };
    let mut shifts: Vec<RankShift> = (0..who.len()).filter_map(shift).collect();
    shifts.sort_by(|a, b| (a.now, a.before, &a.id).cmp(&(b.now, b.before, &b.id)));
    shifts
}

/// The contacts of today with the highest betweenness on either day.
fn bridges([then, now]: [&Study; 2], raw: &[Vec<f64>; 2]) -> Vec<PersonId> {
    let mut found: Vec<PersonId> = Vec::new();
    for (day, raw) in [then, now].into_iter().zip(raw) {
        let mut between: Vec<usize> = (0..raw.len()).filter(|node| raw[*node] > 0.0).collect();
        between.sort_by(|a, b| raw[*b].total_cmp(&raw[*a]).then(a.cmp(b)));
        found.extend(between.into_iter().take(TOP).map(|node| day.network.people[node]));
    }
    found.sort_unstable();
    found.dedup();
    found.retain(|who| now.network.node(*who).is_some());
    found
}

/// Places by raw betweenness, the highest 1.
fn ranks(study: &Study, raw: &[f64], who: &[PersonId]) -> Vec<u32> {
    let mut above: Vec<f64> = raw.iter().copied().filter(|value| *value > 0.0).collect();
    above.sort_by(|a, b| b.total_cmp(a));
    let rank = |who: &PersonId| {
        let own = study.network.node(*who).map_or(0.0, |node| raw[node]);
        count(above.partition_point(|value| *value > own) + 1)
    };
    who.iter().map(rank).collect()
}

fn numbers(study: &Study) -> Numbers {
    let flat = &study.network.flat;
    if flat.ties() == 0 {
        return [None; NUMBERS.len()];
    }
    let own = structural_holes::of_owner(study).unwrap_or_default();
    let circles = leiden::best_of(flat, 1.0, study.seed, RUNS);
    [own.constraint, own.effective_size, own.efficiency, circles.modularity]
}
