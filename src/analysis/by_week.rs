//! How much of a change in the graph's numbers is noise: events drawn anew by week.
//!
//! **Question** Did the owner's constraint, effective size, efficiency and the modularity of the circles change between two days by
//! more than which weeks happened to hold which events? **Definition** block bootstrap (Künsch 1989) with weeks as blocks, as
//! events of one week hang together: each week takes the events of a week of its own quarter, drawn with replacement, so that the
//! quarters stay what they were; both days' numbers come from one draw. Basic interval of the difference: half of what a resample
//! loses (ties seen in one week alone) it loses on both days. **Edge cases** undefined on either day: left out.
//! **Complexity** 200 draws of two studies each: for `--thorough` alone.

use rayon::prelude::*;

use crate::audit::GraphShift;
use crate::measures::leiden;
use crate::quantile;
use crate::random::Stream;
use crate::study::Study;
use crate::units::Day;

use super::structural_holes;

const DRAWS: u64 = 200;
/// Runs of the communities in a draw.
const RUNS: u64 = 2;
const NUMBERS: [&str; 4] = ["constraint", "effective-size", "efficiency", "modularity"];

type Numbers = [Option<f64>; NUMBERS.len()];

/// The change of each number from `earlier` to the study's day, with its 95 % interval.
#[must_use]
pub fn shifts(study: &Study, earlier: Day) -> Vec<GraphShift> {
    let gap = u32::try_from(study.as_of.since(earlier) / 7).unwrap_or(0);
    let (before, now) = (numbers(&study.at(earlier)), numbers(study));
    let draws: Vec<(Numbers, Numbers)> = (0..DRAWS)
        .into_par_iter()
        .map(|draw| {
            let mut stream = Stream::new(study.seed, "events-by-week", draw);
            let length = gap.clamp(4, 26);
            let events = study.events.redrawn(study.as_of, |week, weeks| {
                let first = week / length * length;
                first + stream.below_u32(length.min(weeks - first))
            });
            let drawn = study.with_events(events);
            (numbers(&drawn.at(earlier)), numbers(&drawn))
        })
        .collect();
    let shift = |(nth, measure): (usize, &&str)| {
        let (before, now) = (before[nth]?, now[nth]?);
        let mut differences: Vec<f64> =
            draws.iter().filter_map(|(old, new)| Some(new[nth]? - old[nth]?)).collect();
        differences.sort_by(f64::total_cmp);
        let [low, high] = [0.025, 0.975].map(|share| quantile::nearest(&differences, share));
        let twice = 2.0 * (now - before);
        let interval = [twice - high?, twice - low?];
        Some(GraphShift { measure: (*measure).to_owned(), before, now, interval })
    };
    NUMBERS.iter().enumerate().filter_map(shift).collect()
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
