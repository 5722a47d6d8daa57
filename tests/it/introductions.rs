//! `introduce`, `paths` and `backtest --introductions` from the command line, on the fictional life.

use std::collections::BTreeSet;

use serde_json::Value;
use weaktie::audit::{Audit, TieState};
use weaktie::introductions::circle::{Circle, LIKELY};
use weaktie::introductions::ways::Doors;

use crate::support::{audit_world, sample_world};

fn sample() -> Audit {
    audit_world(&sample_world())
}

/// Every path to every contact: observed ties alone, nobody under a limit, chances that multiply up, and the weakest marked.
#[test]
fn paths_rest_on_observed_ties_and_name_nobody_suppressed() {
    let audit = sample();
    let all = audit.findings.introductions.as_ref().expect("a log");
    let limits = all.limits.as_ref().expect("not redacted");
    assert!(!limits.suppressed.is_empty(), "two unanswered messages suppress somebody");
    let circle = Circle::of_audit(&audit);
    let doors = Doors::new(&circle, limits);
    let not_asked: BTreeSet<&String> = limits.not_asked.iter().collect();
    let mut with_path = 0;
    for (place, contact) in circle.contacts.iter().enumerate() {
        let found = doors.ways(&contact.id, weaktie::audit::TargetKind::Person, &[place]);
        if limits.suppressed.contains_key(&contact.id) {
            assert!(found.ways.is_empty() && found.warm_up.is_none());
        }
        let mut brokers = BTreeSet::new();
        for way in &found.ways {
            with_path += 1;
            let product: f64 = way.hops.iter().map(|hop| hop.chance).product();
            assert!((product - way.value).abs() < 1e-12 && way.hops.len() <= 3);
            let weakest = way.hops[way.weakest as usize].chance;
            assert!(way.hops.iter().all(|hop| hop.chance >= weakest));
            assert!(brokers.insert(&way.hops[0].to), "another broker each");
            for (at, hop) in way.hops.iter().enumerate() {
                assert!(!limits.suppressed.contains_key(&hop.to));
                assert!(at == 0 || hop.probability >= LIKELY);
                assert!(hop.evidence <= weaktie::units::Evidence::CoPresence);
                if at + 1 < way.hops.len() {
                    assert!(!not_asked.contains(&hop.to));
                }
            }
        }
    }
    assert!(with_path > 100, "{with_path} paths");
    for pair in &all.give {
        for id in [&pair.a, &pair.b] {
            assert!(!limits.suppressed.contains_key(id));
        }
    }
    let gone = audit.ties.iter().filter_map(|tie| {
        let rhythm = tie.rhythm.as_ref()?;
        (rhythm.state == TieState::Gone).then_some(&tie.b)
    });
    for id in gone {
        assert!(limits.suppressed.contains_key(id));
    }
}

/// Those who should meet are among the introductions to give, and nobody is introduced twice.
#[test]
fn planted_pairs_are_introduced() {
    let world = sample_world();
    let audit = audit_world(&world);
    let given = audit.findings.introductions.as_ref().map_or(&[][..], |all| &all.give);
    assert!(!world.truth.should_meet.is_empty());
    for pair in &world.truth.should_meet {
        let found = given.iter().any(|one| {
            (one.a == pair[0] && one.b == pair[1]) || (one.a == pair[1] && one.b == pair[0])
        });
        assert!(found, "{pair:?} should be introduced");
    }
    let mut introduced: Vec<&str> =
        given.iter().flat_map(|pair| [pair.a.as_str(), pair.b.as_str()]).collect();
    introduced.sort_unstable();
    assert!(introduced.windows(2).all(|two| two[0] != two[1]), "nobody is introduced twice");
}

/// Who asked or endorsed the other in a log knows them, and so does who was introduced, as far as the owner tells.
#[test]
fn pairs_known_otherwise_are_not_introduced() {
    let given = |audit: &Audit| -> Vec<[String; 2]> {
        let all = audit.findings.introductions.as_ref().expect("a log");
        all.give.iter().map(|pair| [pair.a.clone(), pair.b.clone()]).collect()
    };
    let world = sample_world();
    let sandbox = crate::support::Sandbox::new();
    let mut sources = crate::support::write_world(&sandbox, &world);
    let before = crate::support::audit(sources.clone());
    let pairs = given(&before);
    let address = |id: &String| {
        let person = before.people.iter().find(|person| person.id == *id).expect("them");
        person.emails.first().cloned().unwrap_or_else(|| person.id.clone())
    };
    let [a, b] = [&pairs[0][0], &pairs[0][1]].map(address);
    let row = format!("timestamp,from,to,channel\n2026-03-02T10:00:00Z,{a},{b},invitation\n");
    sources.push(sandbox.file("invitations.csv", row));
    let mut config = weaktie::config::Config::default();
    config.introductions.known.push(weaktie::config::Known {
        on: jiff::civil::date(2026, 5, 1),
        by: "me".to_owned(),
        people: pairs[1].to_vec(),
        outcome: weaktie::config::KnownOutcome::Open,
    });
    let request = weaktie::pipeline::Request { sources, config, seed: 1, ..Default::default() };
    let after = weaktie::pipeline::audit(&request, &weaktie::progress::Silent).expect("an audit");
    let limits = after.findings.introductions.as_ref().and_then(|all| all.limits.as_ref());
    let acquainted = &limits.expect("not redacted").acquainted;
    let now = given(&after);
    for pair in &pairs[..2] {
        let same =
            |other: &[String; 2]| *other == *pair || (other[0] == pair[1] && other[1] == pair[0]);
        assert!(acquainted.iter().any(same), "{pair:?} not in {acquainted:?}");
        assert!(!now.iter().any(same), "{pair:?} is still introduced");
    }
}

/// A saved audit says the same as the audit that was saved.
#[test]
fn commands_answer_from_the_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let audit = sample();
    std::fs::write(folder.path().join("audit.json"), audit.to_json().expect("json")).expect("it");
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_weaktie"))
            .args(arguments)
            .env_clear()
            .output()
            .expect("a run");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let dir = folder.path().to_str().expect("a path");
    let all = audit.findings.introductions.as_ref().expect("a log");
    let (code, out, err) = run(&["introduce", dir, "--json"]);
    assert_eq!(code, Some(0), "{err}");
    let json: Value = serde_json::from_str(&out).expect("json");
    assert_eq!(json["introductions"].as_array().map(Vec::len), Some(all.give.len()));
    let first = &all.give[0];
    let (code, out, err) = run(&["introduce", dir, "--for", &first.a, "--json"]);
    assert_eq!(code, Some(0), "{err}");
    let json: Value = serde_json::from_str(&out).expect("json");
    let of = json["introductions"].as_array().expect("a list");
    assert!(of.iter().any(|pair| pair["a"] == *first.b || pair["b"] == *first.b));
    let (code, out, _) = run(&["introduce", dir]);
    assert!(code == Some(0) && out.contains("Ask both first"), "{out}");

    let wanted = "brightwater instruments gmbh";
    let (code, out, err) = run(&["paths", dir, "--company", wanted]);
    assert_eq!(code, Some(0), "{err}");
    assert!(out.contains("Past employers are unknown"), "{out}");
    // A part of a name is no employer.
    let (code, out, err) = run(&["paths", dir, "--company", "brightwat"]);
    assert!(code == Some(0) && out.contains("No verified path"), "{out}{err}");
    let (code, out, _) = run(&["paths", dir, "--industry", "energy", "--json"]);
    let json: Value = serde_json::from_str(&out).expect("json");
    assert!(code == Some(0) && json["fits"].as_u64() >= Some(2), "{out}");
    let suppressed = &all.limits.as_ref().expect("limits").suppressed;
    let (id, _) = suppressed.first_key_value().expect("somebody");
    let (code, _, err) = run(&["paths", dir, "--to", id]);
    assert!(code == Some(2) && err.contains("no path is shown"), "{err}");
}
