//! Who bridges, how firm that is, what a silence changes, and that nothing inferred gets among the observed.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;
use weaktie::audit::Audit;
use weaktie::pipeline::{self, Request};
use weaktie::progress::Silent;

use crate::support::{Sandbox, sample_world, texts_of, write_world};

/// Three circles of six that meet and write, and a broker whom each circle knows.
fn log(extra: &[String]) -> String {
    let mut rows = vec!["timestamp,from,to,channel,thread".to_owned()];
    let name = |circle: usize, nth: usize| format!("c{circle}n{nth}@example.org");
    for day in 1..=8 {
        for circle in 0..3 {
            for nth in 0..6 {
                let (a, b) = (name(circle, nth), name(circle, (nth + day) % 6));
                if a != b {
                    let thread = format!("t{circle}-{nth}-{day}");
                    for to in [b.as_str(), "owner@example.org"] {
                        rows.push(format!(
                            "2026-03-{day:02}T09:{nth:02}:00Z,{a},{to},email,{thread}"
                        ));
                    }
                }
            }
            for nth in 0..3 {
                let (a, thread) = (name(circle, nth), format!("b{circle}-{nth}-{day}"));
                for to in [a.as_str(), "owner@example.org"] {
                    rows.push(format!(
                        "2026-03-{day:02}T1{circle}:{nth:02}:30Z,broker@example.org,{to},email,{thread}"
                    ));
                }
            }
        }
    }
    rows.extend_from_slice(extra);
    rows.join("\n") + "\n"
}

fn audit(log: &str) -> Audit {
    let sandbox = Sandbox::new();
    let request = Request {
        sources: vec![sandbox.file("log.csv", log)],
        me: Some("owner@example.org".to_owned()),
        seed: 1,
        ..Request::default()
    };
    pipeline::audit(&request, &Silent).expect("an audit")
}

/// Bridges in their order, with everything that ranks people by ties among them.
fn ranking(audit: &Audit) -> (Vec<String>, Vec<(String, Option<f64>)>) {
    let bridges = audit.findings.bridges.iter().map(|bridge| bridge.id.clone()).collect();
    let constraint = audit.people.iter().filter(|person| !person.id.starts_with("guest"));
    let constraint = constraint.map(|p| (p.id.clone(), p.measures["constraint"])).collect();
    (bridges, constraint)
}

#[test]
fn a_planted_broker_is_first_and_stays_first() {
    let audit = audit(&log(&[]));
    let first = &audit.findings.bridges[0];
    assert_eq!(first.id, "broker@example.org");
    let rank = first.rank.expect("a rank");
    assert_eq!((rank.place, rank.interval), (1, [1, 1]));
    let removal = first.removal.as_ref().expect("a removal");
    // Of three circles of six all but one, which stays, are cut off.
    assert_eq!(removal.people, 12, "{removal:?}");
    assert_eq!(removal.people, first.cut_off.values().sum::<u32>());
    assert!(removal.effective_size.expect("active").iter().all(|size| *size > 1.0));
}

#[test]
fn a_town_hall_moves_no_ranking_and_a_thread_of_three_does() {
    let plain = ranking(&audit(&log(&[])));
    let guest = |nth: usize| match nth {
        0..18 => format!("c{}n{}@example.org", nth / 6, nth % 6),
        nth => format!("guest{nth}@example.org"),
    };
    let hall: Vec<String> = (0..199)
        .map(|nth| format!("2026-03-08T18:00:00Z,owner@example.org,{},meeting,hall", guest(nth)))
        .collect();
    assert_eq!(ranking(&audit(&log(&hall))), plain);
    let thread: Vec<String> = ["c0n5@example.org", "c2n5@example.org"]
        .map(|to| format!("2026-03-08T18:00:00Z,owner@example.org,{to},email,three"))
        .to_vec();
    assert_ne!(ranking(&audit(&log(&thread))), plain);
}

#[test]
fn one_tie_makes_no_bridge() {
    // One message from a circle into another: by it alone neither end links the two. A second tie makes one of them a bridge.
    let mail = |to: &str| {
        ["owner@example.org", to]
            .map(|end| format!("2026-03-08T18:00:00Z,c0n4@example.org,{end},email,across-{to}"))
    };
    let is_listed =
        |audit: &Audit, who: &str| audit.findings.bridges.iter().any(|bridge| bridge.id == who);
    let found = audit(&log(&mail("c1n4@example.org")));
    let twice = [mail("c1n4@example.org"), mail("c1n5@example.org")].concat();
    assert!(!is_listed(&found, "c0n4@example.org") && !is_listed(&found, "c1n4@example.org"));
    assert!(is_listed(&audit(&log(&twice)), "c0n4@example.org"));
    assert!(is_listed(&found, "broker@example.org"));
    for bridge in &found.findings.bridges {
        let ties: Vec<_> = found
            .ties
            .iter()
            .filter(|tie| tie.rhythm.is_none() && (tie.a == bridge.id || tie.b == bridge.id))
            .collect();
        assert!(ties.len() > 1, "{} bridges by one tie", bridge.id);
    }
}

/// Every object of a document, with the way to it.
fn walk(value: &Value, way: &str, visit: &mut impl FnMut(&str, &Value)) {
    visit(way, value);
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                walk(inner, &format!("{way}.{key}"), visit);
            }
        }
        Value::Array(items) => items.iter().for_each(|inner| walk(inner, way, visit)),
        _ => {}
    }
}

/// The sample's audit with bands of inferred ties, drawn once.
fn thorough() -> &'static Audit {
    static ONE: OnceLock<Audit> = OnceLock::new();
    ONE.get_or_init(|| {
        let sandbox = Sandbox::new();
        let sources = write_world(&sandbox, &sample_world());
        let request = Request { sources, seed: 1, thorough: true, ..Request::default() };
        pipeline::audit(&request, &Silent).expect("an audit")
    })
}

#[test]
fn observed_and_inferred_numbers_never_mix() {
    let sandbox = Sandbox::new();
    let sources = write_world(&sandbox, &sample_world());
    let request = Request { sources, seed: 1, ..Request::default() };
    let observed = pipeline::audit(&request, &Silent).expect("an audit");
    let thorough = thorough();
    let bands = thorough.findings.with_inferred.as_ref().expect("employers in common");
    assert!(observed.findings.with_inferred.is_none());
    // What is told with inferred ties stands in one place; without it the two audits are the same.
    let bare = |audit: &Audit| {
        let mut value = serde_json::to_value(audit).expect("JSON");
        value["findings"].as_object_mut().expect("findings").remove("with_inferred");
        value
    };
    assert_eq!(bare(&observed), bare(thorough));
    // No tie is inferred, and no key outside speaks of a band or an estimate of inferred ties.
    let mut ways = BTreeSet::new();
    walk(&bare(thorough), "audit", &mut |way, value| {
        if value.as_str() == Some("inferred") || way.contains("inferred") {
            ways.insert(way.to_owned());
        }
    });
    assert_eq!(ways, BTreeSet::new());
    for band in &bands.numbers {
        assert!(band.low <= band.median && band.median <= band.high, "{band:?}");
    }
    // The observed side is the number of the audit itself.
    let is_owners =
        |band: &&weaktie::audit::Band| band.measure == "constraint" && band.id.is_none();
    let own = bands.numbers.iter().find(is_owners).and_then(|band| band.observed).expect("it");
    let told = thorough.network["constraint"].expect("a constraint");
    assert!((own - told).abs() < 1e-12, "{own} is not {told}");
}

/// The sentences of a text, between tags and lines.
fn pieces(text: &str) -> BTreeSet<&str> {
    let parts = text.split(['<', '>', '\n']).flat_map(|part| part.split(". "));
    parts.map(|part| part.trim().trim_end_matches('.')).filter(|part| !part.is_empty()).collect()
}

/// One audit with bands of inferred ties, drawn once without them: whatever any output says more or otherwise must say of itself that
/// it is told with inferred ties, and stand beside the observed number.
#[test]
fn every_output_tells_inferred_numbers_apart() {
    let thorough = thorough();
    let mut observed = thorough.clone();
    let bands = observed.findings.with_inferred.take().expect("employers in common");
    assert!(
        ["betweenness-normalized", "articulation", "constraint"]
            .iter()
            .all(|id| bands.numbers.iter().any(|band| band.measure == *id))
    );
    let mut told = 0;
    for (nth, (with, without)) in texts_of(thorough).iter().zip(&texts_of(&observed)).enumerate() {
        if nth == 0 {
            // audit.json: the tree is walked by the test above.
            continue;
        }
        let (with, without) = (pieces(with), pieces(without));
        for piece in with.difference(&without) {
            let both = piece.contains("inferred") && piece.contains("observed");
            assert!(both, "output {nth} mixes: {piece}");
            told += 1;
        }
        // Nothing that is observed is told otherwise for it.
        let lost: Vec<&&str> = without.difference(&with).collect();
        assert!(lost.iter().all(|piece| with.iter().any(|now| now.contains(**piece))), "{lost:?}");
    }
    assert!(told > 0, "the page tells the band");
    // Every band has its observed number beside it, and that is the one of the audit.
    for band in &bands.numbers {
        let own = match &band.id {
            None => thorough.network.get(&band.measure).copied().flatten(),
            Some(id) => thorough
                .people
                .iter()
                .find(|person| person.id == *id)
                .and_then(|person| person.measures.get(&band.measure).copied().flatten()),
        };
        let Some(own) = own else { continue };
        let said = band.observed.expect("an observed number");
        assert!((said - own).abs() < 1e-9, "{band:?} beside {own}");
    }
}
