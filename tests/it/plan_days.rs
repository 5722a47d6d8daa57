//! The list from one day to the next: it stays, but for what happened; and what an earlier plan promised keeps its place.

use std::collections::BTreeSet;
use std::ops::Range;

use weaktie::audit::{ActionKind, Audit, Outcome};
use weaktie::pipeline::{self, Request};
use weaktie::progress::Silent;
use weaktie::synth::{self, Plan};
use weaktie::units::Day;

use crate::support::{Sandbox, previous, write_world};

const DAYS: i32 = 20;

/// Audits of one life so many days before its last, oldest first.
fn days(plan: &Plan, back: Range<i32>, earlier: Option<&Audit>) -> Vec<Audit> {
    let sandbox = Sandbox::new();
    let sources = write_world(&sandbox, &synth::generate(plan));
    let last = Day::from_date(plan.last_day);
    let audit = |back: i32| {
        let mut request = Request { sources: sources.clone(), seed: 1, ..Request::default() };
        request.as_of = Some(last.plus(-back).date());
        request.previous = earlier.map(|audit| previous(audit.clone()));
        pipeline::audit(&request, &Silent).expect("an audit")
    };
    back.rev().map(audit).collect()
}

fn ids(audit: &Audit) -> BTreeSet<&str> {
    audit.actions.iter().map(|action| action.id.as_str()).collect()
}

/// Shares of the list that stand from each day to the next.
fn kept(audits: &[Audit]) -> Vec<f64> {
    audits
        .windows(2)
        .map(|pair| {
            let (before, after) = (ids(&pair[0]), ids(&pair[1]));
            before.intersection(&after).count() as f64 / before.len().max(after.len()) as f64
        })
        .collect()
}

/// Of the list of the day before, what could be done still: the rest was answered or met, and no list can keep it.
fn open<'a>(before: &'a Audit, after: &Audit) -> BTreeSet<&'a str> {
    let stands = |id: &&str| after.planning.candidates.iter().any(|one| one.action.id == **id);
    ids(before).into_iter().filter(stands).collect()
}

#[test]
fn a_day_more_or_less_keeps_four_fifths_of_the_list() {
    let lives = [
        Plan { contacts: 240, ..Plan::default() },
        Plan { contacts: 160, seed: 5, ..Plan::default() },
    ];
    let audits: Vec<Vec<Audit>> = std::thread::scope(|scope| {
        let run = |plan| scope.spawn(move || days(plan, 0..DAYS, None));
        let runs: Vec<_> = lives.iter().map(run).collect();
        runs.into_iter().map(|run| run.join().expect("a life")).collect()
    });
    for (plan, audits) in lives.iter().zip(&audits) {
        let shares = kept(audits);
        let mean = shares.iter().sum::<f64>() / shares.len() as f64;
        assert!(mean >= 0.9, "seed {}: {mean} in the mean", plan.seed);
        let below = shares.iter().filter(|share| **share < 0.8).count();
        assert!(below <= 2, "seed {}: {below} days of {}", plan.seed, shares.len());
        // On those days much was answered: of what could be done still, four fifths stay on every day.
        for pair in audits.windows(2) {
            let (open, now) = (open(&pair[0], &pair[1]), ids(&pair[1]));
            let stay = open.intersection(&now).count() as f64 / open.len().max(1) as f64;
            assert!(stay >= 0.8, "seed {}, {}: {stay}", plan.seed, pair[1].as_of);
        }
    }
}

#[test]
fn what_an_earlier_plan_promised_keeps_its_place() {
    let plan = Plan { contacts: 160, seed: 11, ..Plan::default() };
    let first = days(&plan, 3..4, None).remove(0);
    let later = days(&plan, 0..3, Some(&first));
    for audit in &later {
        let follow = audit.findings.follow_through.as_ref().expect("an earlier plan");
        let open = follow.actions.iter().filter(|past| past.outcome == Outcome::Open);
        let open: Vec<&str> = open.map(|past| past.id.as_str()).collect();
        assert!(open.len() > 6, "{open:?}");
        let (now, candidates) = (ids(audit), &audit.planning.candidates);
        let stands =
            |id: &&&str| candidates.iter().any(|one| one.action.id == **id && one.promised);
        let promised: Vec<&&str> = open.iter().filter(stands).collect();
        let lost: Vec<&&&str> = promised.iter().filter(|id| !now.contains(**id)).collect();
        // A limit may stand in its way since: another card of the person, the circle, the minutes.
        assert!(lost.len() <= 1, "{lost:?} on {}", audit.as_of);
    }
}

#[test]
fn the_whole_plan_is_measured_on_the_changed_network() {
    let plan = Plan { contacts: 240, ..Plan::default() };
    let audit = days(&plan, 0..1, None).remove(0);
    let together = |measure: &str| {
        let found = audit.planning.together.iter().find(|effect| effect.measure == measure);
        found.map(|effect| (effect.before, effect.after))
    };
    // Ties that wake, counted by hand from the saved audit.
    let is_active = |id: &String| {
        let own = audit.ties.iter().find(|tie| tie.b == *id || tie.a == *id);
        own.and_then(|tie| tie.rhythm.as_ref()).is_some_and(|rhythm| rhythm.active)
    };
    let woken: BTreeSet<&String> = audit
        .actions
        .iter()
        .filter(|action| action.kind != ActionKind::Introduce)
        .filter_map(|action| action.people.last())
        .filter(|id| !is_active(id))
        .collect();
    assert!(!woken.is_empty());
    let active = audit.network["active-ties"].expect("a log");
    assert_eq!(together("active-ties"), Some((active, active + woken.len() as f64)));
    let (before, after) = together("effective-size").expect("ties among contacts");
    assert!((before - audit.network["effective-size"].expect("it")).abs() < 1e-9);
    // No sum of what the single actions claim: contacts who know each other count less together.
    let single: f64 = (audit.actions.iter().flat_map(|action| &action.effects))
        .filter(|effect| effect.measure == "effective-size")
        .map(|effect| effect.after - effect.before)
        .sum();
    assert!(after - before <= single + 1e-9, "{before} {after} {single}");
    assert!(weaktie::report::actions_md(&audit).contains("If all of it works"));
}
