//! Goals change the gaps, the plan and the page; they name nobody in a redacted copy.

use weaktie::audit::{ActionKind, Audit, Redaction};
use weaktie::config::Config;
use weaktie::pipeline::{self, Request};
use weaktie::privacy::redact;
use weaktie::progress::Silent;
use weaktie::report::{self, Options};

use crate::support::{Sandbox, root};

fn with(goals: &str) -> Audit {
    let config = Config::parse(goals, "weaktie.toml").expect("settings");
    let sources = vec![root().join("data/sample")];
    let request = Request { sources, config, seed: 1, ..Request::default() };
    pipeline::audit(&request, &Silent).expect("an audit")
}

const HEALTH: &str = "[me]\nlevel = \"senior\"\n[goals]\nmentor = true\nindustries = { health = 2, energy = 1 }\n\
                      companies = [\"Lindqvist Robotics\", \"Nowhere Inc\"]\npeople = [\"Mateo Aldermoor\"]\n\
                      [goals.mix.seniority]\nsenior = 40\ndirector = 40\nmid = 20\n";

#[test]
fn goals_change_gaps_value_and_cards() {
    let (free, bound) = (with(""), with(HEALTH));
    assert!(free.findings.goals.is_none() && free.network["goal-divergence"].is_none());
    assert!(free.findings.diversity.iter().all(|found| found.goal.is_none()));
    let goals = bound.findings.goals.as_ref().expect("goals");
    assert!(goals.mentor.as_ref().is_some_and(|mentor| mentor.known >= mentor.active));
    assert_eq!(goals.companies.len(), 2);
    let nowhere = goals.companies.iter().find(|company| company.name == "Nowhere Inc");
    assert!(nowhere.is_some_and(|company| company.known == 0));
    assert!(bound.network["goal-divergence"].is_some_and(|bits| (0.0..=1.0).contains(&bits)));
    for found in &bound.findings.diversity {
        for class in found.goal.iter().flat_map(|goal| &goal.classes) {
            let held = class.attention.unwrap_or(class.people);
            assert!((class.goal - held - class.gap).abs() < 1e-12, "{}", class.class);
        }
    }
    let card = bound.actions.iter().find(|action| action.goal.starts_with("Your goal: "));
    let card = card.expect("a card for a goal");
    assert_eq!(card.kind, ActionKind::FillGap);
    assert!(card.gain.contains_key("kinds of people"));
    let kept = |audit: &Audit| -> Vec<String> {
        audit.actions.iter().map(|action| action.id.clone()).collect()
    };
    assert_ne!(kept(&free), kept(&bound));
    let closing = goals.closing.as_ref().expect("who closes the gaps");
    assert!(closing.fewest > 0 && !closing.demands.is_empty());
    for id in &closing.people {
        let tie = bound.ties.iter().find(|tie| &tie.b == id && tie.rhythm.is_some());
        let active = tie.and_then(|tie| tie.rhythm.as_ref()).map(|rhythm| rhythm.active);
        assert_eq!(active, Some(false), "{id} is active already");
    }
}

#[test]
fn a_preset_says_that_it_is_one_and_gives_way() {
    let bound =
        with("[goals]\npreset = \"job-search\"\n[goals.mix.relative-seniority]\npeer = 1\n");
    let html = report::render(&bound, Options::default()).html;
    assert!(
        html.contains("preset “job search”: a rule of thumb of this program, not advice about you")
    );
    let of = |name: &str| {
        let found = bound.findings.diversity.iter().find(|found| found.dimension == name);
        found.and_then(|found| found.goal.clone())
    };
    assert!(of("function").is_some_and(|goal| goal.is_preset));
    let own = of("relative-seniority").expect("the owner's own goal");
    assert!(!own.is_preset && own.classes.len() == 1 && (own.classes[0].goal - 1.0).abs() < 1e-12);
}

#[test]
fn a_redacted_copy_hides_who_and_where_is_wanted() {
    let bound = with(HEALTH);
    for level in [Redaction::Initials, Redaction::Pseudonym, Redaction::Aggregate] {
        let shown = redact(bound.clone(), level);
        let json = serde_json::to_string(shown.audit()).expect("JSON");
        let html = report::render(shown.audit(), Options::default()).html;
        for secret in ["Lindqvist", "lindqvist", "Nowhere", "nowhere inc", "Aldermoor", "aldermoor"]
        {
            assert!(!json.contains(secret) && !html.contains(secret), "{level:?} shows {secret}");
        }
    }
}

#[test]
fn a_goal_that_is_none_is_a_usage_error_with_the_nearest() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", "timestamp,from,to,channel\n");
    sandbox.file("weaktie.toml", "[goals]\nfunctions = [\"desing\"]\n");
    let run = sandbox.weaktie(&["audit", "log.csv", "--config", "weaktie.toml"]);
    assert_eq!(run.code(), 2);
    let says = run.stderr();
    for part in ["weaktie.toml, line 2", "there is no function `desing`", "did you mean `design`?"]
    {
        assert!(says.contains(part), "{says}");
    }
}
