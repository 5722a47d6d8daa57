//! The plan: its promises over many budgets, days and settings, and what became of an earlier one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use proptest::prelude::*;
use weaktie::audit::{Action, ActionKind, Audit, Outcome, Planning, Rule};
use weaktie::config::Config;
use weaktie::pipeline::{self, Request};
use weaktie::plan::rules::Sense;
use weaktie::plan::{self, Budget};
use weaktie::progress::Silent;
use weaktie::report;
use weaktie::synth::after::{self, Past, Planted};
use weaktie::synth::{self, Plan, World};
use weaktie::touches;
use weaktie::units::Day;

use crate::support::{Sandbox, audit_world, previous, sample_world, write_world};

fn audited(sources: Vec<PathBuf>, change: impl FnOnce(&mut Request)) -> Audit {
    let mut request = Request { sources, seed: 1, ..Request::default() };
    change(&mut request);
    pipeline::audit(&request, &Silent).expect("an audit")
}

/// An audit after a plan of a quarter ago, of which some was done.
struct Followed {
    before: Audit,
    audit: Audit,
    truth: BTreeMap<String, Planted>,
}

fn followed(world: &World, last_day: Day, config: &Config) -> Followed {
    let sandbox = Sandbox::new();
    let mut sources = write_world(&sandbox, world);
    let then = last_day.plus(-91);
    let before = audited(sources.clone(), |request| {
        request.as_of = Some(then.date());
        request.config = config.clone();
    });
    let acted =
        after::act(&Past::of(&before, &world.last_seen), &touches::owner_key(&before.ego), then, 3);
    sources.push(sandbox.file("after.csv", &acted.log));
    let audit = audited(sources, |request| {
        request.as_of = Some(last_day.date());
        request.previous = Some(previous(before.clone()));
        request.config = config.clone();
    });
    Followed { before, audit, truth: acted.truth }
}

#[test]
fn what_was_planted_about_the_earlier_plan_is_recognised() {
    let mut seen: BTreeMap<Planted, usize> = BTreeMap::new();
    for (contacts, seed) in [(240, 7), (300, 11), (420, 7)] {
        let plan = Plan { contacts, seed, ..Plan::default() };
        let world = synth::generate(&plan);
        let config = Config::parse("[budget]\nactions = 20\nminutes = 600", "t").expect("settings");
        let Followed { audit, truth, .. } =
            followed(&world, Day::from_date(plan.last_day), &config);
        let found = audit.findings.follow_through.expect("an earlier plan");
        for (id, planted) in &truth {
            let past = found.actions.iter().find(|past| past.id == *id).expect("the action");
            let told = (past.outcome, past.answered);
            let wanted = match planted {
                Planted::DoneAndAnswered => (Outcome::Done, Some(true)),
                Planted::Done => (Outcome::Done, Some(false)),
                Planted::Overtaken => (Outcome::NoLongerNeeded, None),
                Planted::NotDone => (Outcome::NotDone, None),
            };
            assert_eq!(told, wanted, "{id} of seed {seed}");
            *seen.entry(*planted).or_default() += 1;
        }
        let judged: u32 = found.by_kind.values().map(|record| record.done).sum();
        assert!(judged > 0 && found.by_kind.values().all(|r| r.answered <= r.done));
    }
    assert!(seen.len() == 4 && seen.values().sum::<usize>() >= 12, "{seen:?}");
}

#[test]
fn the_hold_out_is_off_unless_asked_for_and_is_measured_by_the_next_audit() {
    let plan = Plan { contacts: 300, ..Plan::default() };
    let world = synth::generate(&plan);
    let day = Day::from_date(plan.last_day);
    let without = followed(&world, day, &Config::default()).audit;
    assert!(without.planning.trial.is_none());
    assert!(without.findings.follow_through.expect("a plan").hold_out.is_none());
    let config = Config::parse("[plan]\nhold_out = 0.4", "t").expect("settings");
    let Followed { before, audit, .. } = followed(&world, day, &config);
    let trial = audit.planning.trial.as_ref().expect("a trial");
    assert!(!trial.held_out.is_empty() && !trial.suggested.is_empty());
    for who in &trial.suggested {
        assert!(audit.actions.iter().any(|action| action.people == [who.clone()]), "{who}");
    }
    for action in &audit.actions {
        let gained = !action.gain.is_empty();
        assert!(!gained || action.people.iter().all(|who| !trial.held_out.contains(who)));
    }
    let sums = audit.findings.follow_through.expect("a plan").hold_out.expect("a hold-out");
    // The two sides of the earlier plan, and who of them was in touch since.
    let earlier = before.planning.trial.as_ref().expect("a trial");
    let met = |people: &[String]| {
        let later = |id: &String| {
            let tie = audit.ties.iter().find(|tie| tie.b == *id && tie.rhythm.is_some());
            tie.and_then(|tie| tie.last).is_some_and(|last| last > before.as_of)
        };
        people.iter().filter(|id| later(id)).count()
    };
    assert_eq!(sums.suggested as usize, earlier.suggested.len());
    assert_eq!(sums.held_out as usize, earlier.held_out.len());
    assert_eq!(sums.suggested_met as usize, met(&earlier.suggested));
    assert_eq!(sums.held_out_met as usize, met(&earlier.held_out));
    let share = |met: u32, of: u32| f64::from(met) / f64::from(of);
    let effect =
        share(sums.suggested_met, sums.suggested) - share(sums.held_out_met, sums.held_out);
    assert!((sums.effect.expect("two sides") - effect).abs() < 1e-12);
    let (low, high) = (sums.low.expect("a lower end"), sums.high.expect("an upper end"));
    assert!(low <= effect && effect <= high && high - low > 0.1, "{low} {effect} {high}");
}

/// What must hold of every plan, whatever the budget.
fn check(planning: &Planning, budget: &Budget, actions: &[Action]) {
    let minutes: u32 = actions.iter().map(|action| action.minutes).sum();
    assert!(minutes <= budget.minutes && actions.len() <= budget.actions as usize);
    let from = Day::from_date(budget.from);
    let circle: BTreeMap<&str, &str> = planning
        .candidates
        .iter()
        .filter_map(|c| Some((c.action.id.as_str(), c.circle.as_deref()?)))
        .collect();
    let mut a_week: BTreeMap<i32, u32> = BTreeMap::new();
    let mut a_circle: BTreeMap<&str, u32> = BTreeMap::new();
    let mut a_person: BTreeMap<(&str, bool), u32> = BTreeMap::new();
    let (mut gives, mut asks, mut due) = (0, 0, 0);
    for action in actions {
        let (first, last) = (Day::from_date(action.not_before), Day::from_date(action.do_by));
        assert!(first > from && first <= last, "{}", action.id);
        let in_time = action.expires.is_none_or(|day| action.not_before <= day);
        assert!(in_time, "{} from {} expires {:?}", action.id, action.not_before, action.expires);
        let candidate = planning.candidates.iter().find(|c| c.action.id == action.id);
        let candidate = candidate.expect("only candidates are planned");
        assert!(action.not_before >= candidate.action.not_before, "{} cools down", action.id);
        for span in &planning.quiet {
            assert!(action.do_by < span.from || action.not_before > span.to, "{}", action.id);
        }
        *a_week.entry((first.since(from) - 1) / 7).or_default() += 1;
        match plan::sense(action.kind) {
            Sense::Give => gives += 1,
            Sense::Ask => asks += 1,
            Sense::Neutral => {}
        }
        if candidate.due.is_some() {
            due += 1;
            assert!(action.gain.is_empty());
        } else {
            *a_circle.entry(circle.get(action.id.as_str()).unwrap_or(&"")).or_default() += 1;
        }
        for who in &action.people {
            *a_person.entry((who, action.kind == ActionKind::Introduce)).or_default() += 1;
        }
    }
    a_circle.remove("");
    assert!(asks <= gives && due <= budget.actions.div_ceil(2));
    assert!(a_circle.values().all(|n| *n <= 3) && a_person.values().all(|n| *n <= 1));
    assert!(a_week.values().all(|n| *n <= budget.a_week), "{a_week:?}");
    let ids: BTreeSet<&str> = actions.iter().map(|action| action.id.as_str()).collect();
    assert_eq!(ids.len(), actions.len());
}

#[test]
fn limits_hold_and_explanations_add_up_whatever_the_budget() {
    let audit = audit_world(&sample_world());
    let mut runner = proptest::test_runner::TestRunner::default();
    let any = (0_u32..900, 0_u32..40, 1_u32..6, 0_i32..40, 0_i32..80, any::<bool>(), 0.0..3.0_f64);
    let outcome =
        runner.run(&any, |(minutes, actions, a_week, later, quiet, weekends, bridging)| {
            let mut planning = audit.planning.clone();
            let as_of = Day::from_date(audit.as_of);
            planning.weekends = weekends;
            planning.bridging = bridging;
            planning.quiet = vec![weaktie::audit::Period {
                from: as_of.plus(quiet).date(),
                to: as_of.plus(quiet + 9).date(),
            }];
            let from = as_of.plus(later).date();
            let budget = Budget { minutes, actions, a_week, from, seed: 1 };
            let chosen = plan::choose(&planning, &budget);
            check(&planning, &budget, &chosen.actions);
            if let Some(choice) = chosen.choice {
                let sum: f64 = chosen.actions.iter().flat_map(|action| action.gain.values()).sum();
                prop_assert!((sum - choice.objective).abs() < 1e-9);
                prop_assert!(choice.objective <= choice.bound + 1e-9);
                prop_assert!((0.0..=1.0).contains(&choice.certificate));
            }
            prop_assert_eq!(&chosen, &plan::choose(&planning, &budget));
            Ok(())
        });
    outcome.expect("every budget");
}

#[test]
fn boundaries_are_hard_and_named() {
    let world = sample_world();
    let sandbox = Sandbox::new();
    let sources = write_world(&sandbox, &world);
    let base = audited(sources.clone(), |_| {});
    let mut people: Vec<&String> = base.actions.iter().flat_map(|action| &action.people).collect();
    people.dedup();
    let link = |id: &str| format!("\"https://www.linkedin.com/in/{id}\"");
    let (never, private) = (link(people[0]), link(people[people.len() - 1]));
    let text = format!(
        "[boundaries]\nnever_contact = [{never}]\nprivate = [{private}]\nwork_only = true\nweekends = false\n\
         [[boundaries.quiet]]\nfrom = \"2026-10-05\"\nto = \"2026-10-18\"\n[budget]\nactions = 15\nminutes = 200\n"
    );
    let audit = audited(sources, |request| {
        request.config = Config::parse(&text, "t").expect("settings");
    });
    for action in &audit.actions {
        assert!(
            !action.people.contains(people[0]) && !action.people.contains(people[people.len() - 1])
        );
    }
    let rules: BTreeSet<Rule> = audit.planning.barred.iter().map(|barred| barred.rule).collect();
    assert!(rules.contains(&Rule::NeverContact) && rules.contains(&Rule::Private), "{rules:?}");
    let budget = Budget { minutes: 200, actions: 15, a_week: 3, from: audit.as_of, seed: 1 };
    check(&audit.planning, &budget, &audit.actions);
    let name = |id: &String| {
        base.people.iter().find(|person| person.id == *id).expect("a person").name.as_str()
    };
    let (before, after) = (report::actions_md(&base), report::actions_md(&audit));
    assert!(before.contains(name(people[0])) && !after.contains(name(people[0])), "{after}");
}

#[test]
fn who_is_worth_no_effort_is_spared_and_who_is_never_to_be_contacted_is_not_named() {
    let sandbox = Sandbox::new();
    let sources = write_world(&sandbox, &sample_world());
    let base = audited(sources.clone(), |_| {});
    let resting = &base.let_rest.first().expect("somebody rests").id;
    let gained = base.actions.iter().find(|a| !a.gain.is_empty() && a.people.len() == 1);
    let spared = &gained.expect("an action by gain").people[0];
    let text = format!(
        "[boundaries]\nnever_contact = [\"{resting}\"]\n[plan.value]\nnone = [\"{spared}\", \"Nobody Here\"]\n"
    );
    let audit = audited(sources, |request| {
        request.config = Config::parse(&text, "t").expect("settings");
    });
    assert!(audit.let_rest.iter().all(|rest| rest.id != *resting));
    assert_eq!(audit.let_rest.len() + 1, base.let_rest.len());
    let gains = |action: &&Action| !action.gain.is_empty() && action.people.contains(spared);
    assert!(!audit.actions.iter().any(|action| gains(&action)));
    let barred = |id: &String, rule| {
        audit.planning.barred.iter().any(|barred| barred.id == *id && barred.rule == rule)
    };
    assert!(barred(spared, Rule::Spared));
    let note = "1 entry of [plan.value] matched nobody in the data";
    assert!(audit.findings.notes.iter().any(|told| told.contains(note)));
}

#[test]
fn a_saved_audit_is_planned_again() {
    let sandbox = Sandbox::new();
    let world = sample_world();
    write_world(&sandbox, &world);
    let run = sandbox.weaktie(&["audit", "export", "log.csv", "--out", "r"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let print = |more: &[&str]| {
        let run = sandbox.weaktie(&[&["plan", "r"], more].concat());
        assert_eq!(run.code(), 0, "{}", run.stderr());
        run.stdout()
    };
    // The same budget gives the same plan, to the byte.
    assert_eq!(print(&["--format", "csv"]), sandbox.read("r/actions.csv"));
    assert_eq!(print(&["--format", "ics"]), sandbox.read("r/actions.ics"));
    assert_eq!(print(&["--format", "markdown"]), sandbox.read("r/actions.md"));
    let small: serde_json::Value =
        serde_json::from_str(&print(&["--minutes", "60", "--actions", "5", "--format", "json"]))
            .expect("JSON");
    let actions = small["actions"].as_array().expect("actions");
    let minutes: u64 = actions.iter().filter_map(|action| action["minutes"].as_u64()).sum();
    assert!(!actions.is_empty() && actions.len() <= 5 && minutes <= 60);
    assert!(print(&[]).contains("First move: "));
    let uids = |text: &str| -> BTreeSet<String> {
        text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    let (whole, later) =
        (print(&["--format", "ics"]), print(&["--from", "2026-10-12", "--format", "ics"]));
    assert!(uids(&later).intersection(&uids(&whole)).count() >= 6);
    let refused = sandbox.weaktie(&["plan", "r", "--from", "2026-09-01"]);
    assert_eq!(refused.code(), 2);
    let run =
        sandbox.weaktie(&["audit", "export", "log.csv", "--redact", "initials", "--out", "i"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert_eq!(sandbox.weaktie(&["plan", "i"]).code(), 2);
}

#[test]
fn settings_are_written_from_the_data_and_read_back() {
    let sandbox = Sandbox::new();
    let world = sample_world();
    write_world(&sandbox, &world);
    let run = sandbox.weaktie(&["init", "export", "log.csv"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let config = Config::parse(&sandbox.read("weaktie.toml"), "weaktie.toml").expect("settings");
    assert_eq!(config.me.names, std::slice::from_ref(&world.truth.owner.name));
    assert!(config.me.emails.contains(&world.truth.owner.email));
    assert!(config.me.company.is_some() && config.me.level.is_some());
    assert_eq!(config.budget, Config::default().budget);
    // A file that stands there is left alone.
    assert_eq!(sandbox.weaktie(&["init"]).code(), 4);
    assert_eq!(sandbox.weaktie(&["init", "--out", "plain.toml"]).code(), 0);
    let plain = Config::parse(&sandbox.read("plain.toml"), "plain.toml").expect("settings");
    assert_eq!(plain, Config::default());
    sandbox.file("wrong.toml", "[budget]\n  minuts = 30\n");
    let run = sandbox.weaktie(&["inspect", "export", "--config", "wrong.toml"]);
    assert_eq!(run.code(), 2);
    let told = run.stderr();
    assert!(
        told.contains("wrong.toml, line 2, column 3: ") && told.contains("`minutes`"),
        "{told}"
    );
}
