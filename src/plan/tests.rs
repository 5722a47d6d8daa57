//! The choice against the best of all subsets, and its promises over random configurations.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::bound::bound;
use super::objective::{Item, Objective};
use super::rules::{Card, Room, Sense, Used};
use super::schedule::{self, Calendar, Job, WEEKS, Week};
use super::search::Problem;
use super::{Budget, choose};
use crate::audit::{Action, ActionKind, Candidate, Confidence, Planning};
use crate::random::Stream;
use crate::units::{Day, Evidence};

/// What a problem borrows.
struct Instance {
    items: Vec<Item>,
    cards: Vec<Card>,
    objective: Objective,
    room: Room,
}

impl Instance {
    fn problem(&self) -> Problem<'_> {
        Problem {
            items: &self.items,
            cards: &self.cards,
            objective: &self.objective,
            kept: Vec::new(),
            may: (0..self.items.len()).collect(),
            used: Used::default(),
            room: self.room,
        }
    }
}

/// A small problem with every kind of limit in play.
fn instance(seed: u64, items: usize) -> Instance {
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
    Instance { items: all, cards, objective, room }
}

/// Whether a whole set fits, in any order.
fn fits(problem: &Problem, set: &[usize]) -> bool {
    let mut used = problem.used.clone();
    for at in set {
        if !used.admits(&problem.cards[*at], problem.room) {
            return false;
        }
        used.take(&problem.cards[*at]);
    }
    used.is_balanced()
}

/// The value of the best of all subsets.
fn optimum(problem: &Problem) -> f64 {
    let n = problem.items.len();
    let mut best = 0.0;
    for subset in 0_u32..1 << n {
        let set: Vec<usize> = (0..n).filter(|at| subset & (1 << at) != 0).collect();
        if fits(problem, &set) {
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
        let instance = instance(seed, 10);
        let problem = instance.problem();
        let chosen = problem.choose();
        assert!(fits(&problem, &chosen), "instance {seed} breaks a limit");
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
        let Instance { items, objective, .. } = &instance(seed, 8);
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

#[test]
fn where_everything_fits_the_bound_is_the_value() {
    // Two that keep the same strait for certain: together 1 + ½ of their own, and the strait once.
    let item = |own: f64| Item { own, answer: 1.0, straits: vec![0], gaps: vec![] };
    let items = vec![item(1.0), item(0.5)];
    let objective = Objective::new(&items, &[1.0], &[], [1.0, 1.0]);
    let card = |who: u32| Card { minutes: 5, people: vec![who], ..Card::default() };
    let room = Room { cards: 2, minutes: 10 };
    let all = Instance { items, cards: vec![card(0), card(1)], objective, room };
    let problem = all.problem();
    let chosen = problem.choose();
    assert!((problem.value(&chosen) - 2.5).abs() < 1e-12);
    assert!((bound(&problem, &chosen) - 2.5).abs() < 1e-12, "{}", bound(&problem, &chosen));
}

/// A candidate of 10 minutes that opens so many days after the plan begins.
pub(super) fn candidate(kind: ActionKind, who: &[&str], own: f64, opens: i32) -> Candidate {
    let people: Vec<String> = who.iter().map(|who| (*who).to_owned()).collect();
    let action = Action {
        id: format!("{}:{}", kind.name(), people.join("+")),
        kind,
        people,
        reason: String::new(),
        evidence: Vec::new(),
        tier: Evidence::Interaction,
        goal: String::new(),
        first_move: String::new(),
        talking_point: None,
        channel: None,
        minutes: 10,
        not_before: Day(20_000 + opens).date(),
        do_by: Day(20_090).date(),
        expires: None,
        confidence: Confidence::Fair,
        skip_if: String::new(),
        judged_by: String::new(),
        gain: BTreeMap::new(),
        expected: None,
        effects: Vec::new(),
    };
    Candidate {
        promised: false,
        action,
        due: None,
        own,
        answer: 0.5,
        circle: None,
        gaps: Vec::new(),
        straits: Vec::new(),
    }
}

fn planned(candidates: Vec<Candidate>, actions: u32, a_week: u32) -> Vec<String> {
    let planning = Planning { candidates, weekends: true, ..Planning::default() };
    let from = Day(20_000).date();
    let budget = Budget { minutes: 600, actions, a_week, from, seed: 1 };
    choose(&planning, &budget).actions.into_iter().map(|action| action.people.join("+")).collect()
}

#[test]
fn what_no_week_can_hold_leaves_its_place_to_the_next_best() {
    use ActionKind::{AskPath, RepairStrongTie};
    let ana = candidate(RepairStrongTie, &["ana"], 1.0, 120);
    let bo = candidate(RepairStrongTie, &["bo"], 0.5, 1);
    assert_eq!(planned(vec![ana.clone(), bo.clone()], 1, 1), ["bo"], "ana rests all quarter");
    // A give that cannot be placed carries no ask.
    let ask = candidate(AskPath, &["cy", "di"], 0.9, 1);
    assert_eq!(planned(vec![ana, ask], 2, 1), [""; 0]);
    // The last week holds one of two that open then.
    let late = |who, own| candidate(RepairStrongTie, &[who], own, 85);
    assert_eq!(planned(vec![late("ana", 1.0), late("bo", 0.9), bo], 2, 1), ["bo", "ana"]);
}

#[test]
fn an_ask_goes_when_the_weeks_have_no_room_for_its_give() {
    use ActionKind::{AskPath, RepairStrongTie};
    // Both open in the last week, which holds one; the ask is wanted first.
    let mut ask = candidate(AskPath, &["cy", "di"], 0.9, 85);
    ask.action.do_by = Day(20_080).date();
    let give = candidate(RepairStrongTie, &["ana"], 1.0, 85);
    assert_eq!(planned(vec![give.clone(), ask.clone()], 2, 1), ["ana"]);
    // With another give in another week both stay.
    let other = candidate(RepairStrongTie, &["bo"], 0.1, 1);
    assert_eq!(planned(vec![give, ask, other], 2, 1), ["bo", "ana"]);
}

#[test]
fn a_tie_whose_deadline_is_over_is_wanted_all_the_more() {
    let mut ana = candidate(ActionKind::RepairStrongTie, &["ana"], 1.0, 1);
    ana.action.do_by = Day(19_990).date();
    ana.action.not_before = Day(19_980).date();
    assert_eq!(planned(vec![ana.clone()], 1, 1), ["ana"]);
    // What expires does not come back.
    ana.action.expires = Some(Day(19_995).date());
    assert_eq!(planned(vec![ana], 1, 1), [""; 0]);
}

#[test]
fn what_is_added_gains_most_not_most_a_minute() {
    // An hour holds one of the two.
    let items: Vec<Item> = [1.0, 0.9]
        .map(|own| Item { own, answer: 1.0, straits: Vec::new(), gaps: Vec::new() })
        .into();
    let card = |minutes: u32, who: u32| Card {
        minutes,
        people: vec![who],
        circle: None,
        sense: Sense::Neutral,
        introduces: false,
        due: false,
    };
    let objective = Objective::new(&items, &[], &[], [1.0, 1.0]);
    let cards = vec![card(60, 0), card(5, 1)];
    let small = Instance { items, cards, objective, room: Room { cards: 10, minutes: 60 } };
    assert_eq!(small.problem().complete(Vec::new(), &mut |_| true), [0]);
}

#[test]
fn a_hold_out_compares_those_in_the_plan_with_those_left_out() {
    let candidates = (0..40).map(|nth| {
        candidate(
            ActionKind::RepairStrongTie,
            &[&format!("p{nth:02}")],
            1.0 / f64::from(nth + 1),
            1,
        )
    });
    let planning = Planning {
        candidates: candidates.collect(),
        weekends: true,
        hold_out: 0.4,
        ..Planning::default()
    };
    let from = Day(20_000).date();
    let budget = Budget { minutes: 600, actions: 12, a_week: 3, from, seed: 1 };
    let chosen = choose(&planning, &budget);
    let trial = chosen.trial.unwrap();
    let people: Vec<&String> = chosen.actions.iter().flat_map(|action| &action.people).collect();
    // The first choice is p00 to p11; each stands on one side, and the plan is full again.
    let mut first: Vec<&String> = trial.held_out.iter().chain(&trial.suggested).collect();
    first.sort();
    assert_eq!((first.len(), first[0].as_str(), first[11].as_str()), (12, "p00", "p11"));
    assert!(!trial.held_out.is_empty() && people.len() == 12);
    assert!(trial.suggested.iter().all(|who| people.contains(&who)));
    assert!(trial.held_out.iter().all(|who| !people.contains(&who)));
}

/// The week of each job: what is owed first, then the rest.
fn schedule(jobs: &[(bool, Job)], weeks: &[Day], most: Week) -> Vec<Option<usize>> {
    let mut calendar = Calendar::new(weeks, most);
    let mut found: Vec<Option<usize>> = vec![None; jobs.len()];
    for (at, (_, job)) in jobs.iter().enumerate().filter(|(_, (due, _))| *due) {
        found[at] = calendar.put(job, 0);
    }
    let rest: Vec<usize> = (0..jobs.len()).filter(|at| !jobs[*at].0).collect();
    let spread = calendar.spread(&rest.iter().map(|at| &jobs[*at].1).collect::<Vec<&Job>>());
    for (at, week) in rest.into_iter().zip(spread) {
        found[at] = week;
    }
    found
}

fn jobs() -> impl Strategy<Value = Vec<(bool, Job)>> {
    let job = (1_u32..90, 0_u32..20, proptest::bool::weighted(0.3), 0..60_i32, 0..120_i32);
    proptest::collection::vec(job, 0..45).prop_map(|jobs| {
        let as_job = |(minutes, who, due, from, by): (u32, u32, bool, i32, i32)| {
            let job = Job {
                minutes,
                people: vec![who],
                from: Day(20_000 + from),
                by: Day(20_000 + by),
                expires: (by % 3 == 0).then_some(Day(20_000 + by)),
            };
            (due, job)
        };
        jobs.into_iter().map(as_job).collect()
    })
}

proptest! {
    #[test]
    fn weeks_are_never_too_full(jobs in jobs(), actions in 1_usize..6, minutes in 30_u32..200) {
        let weeks = schedule::free_weeks(Day(20_000), &[(Day(20_010), Day(20_020))]);
        prop_assert!(weeks.len() < usize::from(WEEKS));
        let placed = schedule(&jobs, &weeks, Week { actions, minutes, weekends: true });
        let jobs: Vec<Job> = jobs.into_iter().map(|(_, job)| job).collect();
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
