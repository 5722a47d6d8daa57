//! The choice against the best of all subsets, and its promises over random configurations.

use proptest::prelude::*;

use super::bound::bound;
use super::objective::{Item, Objective};
use super::rules::{Card, Room, Sense, Used};
use super::schedule::{self, Job, WEEKS, Week};
use super::search::Problem;
use crate::random::Stream;
use crate::units::Day;

/// A small problem with every kind of limit in play.
fn instance(seed: u64, items: usize) -> Problem {
    let mut stream = Stream::new(seed, "plan-instance", 0);
    let straits: Vec<f64> = (0..4).map(|_| if stream.chance(0.5) { 1.0 } else { 0.5 }).collect();
    let gaps: Vec<f64> = (0..4).map(|_| stream.unit() * 0.4).collect();
    let mut all = Vec::new();
    let mut cards = Vec::new();
    for _ in 0..items {
        let some = |stream: &mut Stream, of: usize| -> Vec<usize> {
            (0..of).filter(|_| stream.chance(0.3)).collect()
        };
        all.push(Item {
            own: if stream.chance(0.8) { stream.unit() } else { 0.0 },
            answer: stream.unit(),
            straits: some(&mut stream, 4),
            gaps: some(&mut stream, 4),
        });
        let introduces = stream.chance(0.2);
        let mut people = vec![stream.below_u32(7)];
        if introduces {
            people.push(7 + stream.below_u32(3));
        }
        cards.push(Card {
            minutes: [5, 10, 20, 30, 60][stream.index(5)],
            people,
            circle: stream.chance(0.8).then(|| stream.below_u32(3)),
            sense: if stream.chance(0.15) { Sense::Ask } else { Sense::Give },
            introduces,
            due: false,
        });
    }
    let objective = Objective::new(&all, &straits, &gaps, [1.0, 1.0]);
    let room = if seed.is_multiple_of(2) {
        Room { cards: 2 + stream.index(4), minutes: 1_000 }
    } else {
        Room { cards: 2 + stream.index(6), minutes: 20 + stream.below_u32(120) }
    };
    Problem { items: all, cards, objective, used: Used::default(), room }
}

/// The value of the best of all subsets.
fn optimum(problem: &Problem) -> f64 {
    let n = problem.items.len();
    let mut best = 0.0;
    for subset in 0_u32..1 << n {
        let set: Vec<usize> = (0..n).filter(|at| subset & (1 << at) != 0).collect();
        let cards = set.iter().map(|at| &problem.cards[*at]);
        if problem.used.clone().fits_all(cards, problem.room) {
            best = f64::max(best, problem.value(&set));
        }
    }
    best
}

#[test]
fn on_500_small_instances_the_choice_is_near_the_best() {
    let (mut sum, mut worst, mut proven) = (0.0, 1.0_f64, 0.0);
    let (mut by_count, mut by_minutes) = (0.0, 0.0);
    for seed in 0..500 {
        let problem = instance(seed, 10);
        let chosen = problem.choose();
        let cards = chosen.iter().map(|at| &problem.cards[*at]);
        assert!(
            problem.used.clone().fits_all(cards, problem.room),
            "instance {seed} breaks a limit"
        );
        let (value, best) = (problem.value(&chosen), optimum(&problem));
        let bound = bound(&problem, &chosen);
        assert!(bound >= best - 1e-9, "instance {seed}: bound {bound} below the optimum {best}");
        let share = if best > 0.0 { value / best } else { 1.0 };
        let certificate = if bound > 0.0 { value / bound } else { 1.0 };
        assert!(share >= certificate - 1e-9, "instance {seed}: {share} below {certificate}");
        sum += share;
        proven += certificate;
        worst = worst.min(share);
        *if seed % 2 == 0 { &mut by_count } else { &mut by_minutes } += share / 250.0;
    }
    let (mean, proven) = (sum / 500.0, proven / 500.0);
    println!(
        "mean {mean:.4} (count {by_count:.4}, minutes {by_minutes:.4}), worst {worst:.4}, certificate {proven:.4}"
    );
    assert!(mean >= 0.98, "mean {mean}");
    assert!(worst >= 0.75, "worst {worst}");
    assert!(proven >= 0.75, "the certificate proves {proven} in the mean");
}

#[test]
fn gains_shrink_and_never_fall_below_nothing() {
    for seed in 0..50 {
        let problem = instance(seed, 8);
        let Problem { items, objective, .. } = &problem;
        let mut open = objective.open();
        let mut before: Vec<f64> = items.iter().map(|item| objective.gain(item, &open)).collect();
        for item in items {
            Objective::take(item, &mut open);
            for (gain, other) in before.iter_mut().zip(items) {
                let now = objective.gain(other, &open);
                assert!((0.0..=*gain + 1e-12).contains(&now));
                *gain = now;
            }
        }
    }
}

#[test]
fn each_term_is_scaled_to_its_best_single_item() {
    let item =
        |own: f64, answer: f64, straits: Vec<usize>| Item { own, answer, straits, gaps: vec![] };
    let items = [item(0.2, 0.5, vec![0]), item(0.05, 0.8, vec![0, 1])];
    let objective = Objective::new(&items, &[1.0, 0.5], &[], [1.0, 1.0]);
    let open = objective.open();
    let [own, straits, gaps] = objective.parts(&items[0], &open);
    // 0.5 · 1 of the best 0.8 · 1.5.
    assert!((own - 1.0).abs() < 1e-12 && (straits - 0.5 / 1.2).abs() < 1e-12 && gaps.abs() < 1e-12);
    // Both together cover the first strait 1 − 0.5 · 0.2, the second 0.8.
    let both = 1.0 + 0.25 + (0.9 + 0.5 * 0.8) / 1.2;
    assert!((objective.value(&items, &[0, 1]) - both).abs() < 1e-12);
    assert!((objective.value(&items, &[1, 0]) - both).abs() < 1e-12);
}

fn jobs() -> impl Strategy<Value = Vec<Job>> {
    let job = (1_u32..90, 0_u32..20, proptest::bool::weighted(0.3), 0..60_i32, 0..120_i32);
    proptest::collection::vec(job, 0..45).prop_map(|jobs| {
        let as_job = |(minutes, who, due, from, by): (u32, u32, bool, i32, i32)| Job {
            minutes,
            people: vec![who],
            due,
            from: Day(20_000 + from),
            by: Day(20_000 + by),
            expires: (by % 3 == 0).then_some(Day(20_000 + by)),
        };
        jobs.into_iter().map(as_job).collect()
    })
}

proptest! {
    #[test]
    fn weeks_are_never_too_full(jobs in jobs(), actions in 1_usize..6, minutes in 30_u32..200) {
        let weeks = schedule::free_weeks(Day(20_000), &[(Day(20_010), Day(20_020))]);
        prop_assert!(weeks.len() < WEEKS);
        let placed = schedule::schedule(&jobs, &weeks, Week { actions, minutes, weekends: true });
        for (nth, start) in weeks.iter().enumerate() {
            prop_assert!(*start > Day(20_020) || start.plus(6) < Day(20_010));
            let inside: Vec<&Job> =
                jobs.iter().zip(&placed).filter(|(_, week)| **week == Some(nth)).map(|(j, _)| j).collect();
            let sum: u32 = inside.iter().map(|job| job.minutes).sum();
            prop_assert!(inside.len() <= actions);
            prop_assert!(sum <= minutes || inside.len() == 1);
            for job in &inside {
                prop_assert!(start.plus(6) >= job.from);
                prop_assert!(job.expires.is_none_or(|day| *start <= day));
            }
        }
        for (a, week) in jobs.iter().zip(&placed).enumerate().filter_map(|(n, (j, w))| Some(((n, j), (*w)?))) {
            for (b, other) in jobs.iter().zip(&placed).enumerate().filter_map(|(n, (j, w))| Some(((n, j), (*w)?))) {
                if a.0 < b.0 && a.1.people == b.1.people {
                    let (first, second) = (weeks[week.min(other)], weeks[week.max(other)]);
                    prop_assert!(second.since(first.plus(6)) >= 30);
                }
            }
        }
    }

    #[test]
    fn windows_stay_in_their_week(start in 0..400_i32, from in 0..400_i32, weekends: bool) {
        let (start, from) = (Day(20_000 + start), Day(20_000 + from));
        let Some((first, last)) = schedule::window(start, from, weekends) else {
            // Only a weekend, or nothing, is left of the week.
            prop_assert!(from > start.plus(6) || (!weekends && from > start.plus(3)));
            return Ok(());
        };
        prop_assert!(first <= last && first >= start.max(from) && last <= start.plus(6));
        if !weekends {
            use jiff::civil::Weekday;
            for day in [first, last] {
                prop_assert!(!matches!(day.date().weekday(), Weekday::Saturday | Weekday::Sunday));
            }
        }
    }
}
