//! The main job on real layouts: every row accounted for, whatever the wrapping of the export.

use std::path::PathBuf;

use weaktie::audit::{ActionKind, Audit, TieState};
use weaktie::synth;

use crate::support::{Sandbox, audit, audit_world, sample_world, write_world};

/// The audit with the names of its inputs blanked: they say how the export was wrapped.
fn without_input_names(mut audit: Audit) -> String {
    for (number, input) in audit.inputs.iter_mut().enumerate() {
        input.file = format!("input {number}");
    }
    audit.as_of_from = String::new();
    serde_json::to_string_pretty(&audit).expect("JSON")
}

#[test]
fn zip_folder_and_rezipped_folder_give_the_same_bytes() {
    let world = sample_world();
    let sandbox = Sandbox::new();
    let sources = write_world(&sandbox, &world);
    let log = sources[1].clone();
    let zip = sandbox.file("plain.zip", synth::zip(&world.files, "").expect("a ZIP"));
    let again = sandbox.file("again.zip", synth::zip(&world.files, "My export/").expect("a ZIP"));
    let as_folder = without_input_names(audit(sources));
    for wrapped in [zip, again] {
        let found = without_input_names(audit(vec![wrapped, log.clone()]));
        assert!(found == as_folder, "the wrapping of the export changes the audit");
    }
}

#[test]
fn every_row_is_accounted_for() {
    let world = sample_world();
    let audit = audit_world(&world);
    assert!(audit.inputs.len() >= 8);
    for input in &audit.inputs {
        assert_eq!(input.rows_read, input.rows_used + input.rows_skipped, "{}", input.file);
        assert_eq!(input.rows_skipped, input.counts.values().sum::<u64>(), "{}", input.file);
    }
    let log = audit.inputs.iter().find(|input| input.kind == "log").expect("the log");
    let lines = String::from_utf8_lossy(&world.log).lines().count() as u64;
    assert_eq!(log.rows_read, lines - 1);
    assert!(log.rows_skipped > 0);
}

/// A `Connections.csv` with `rows` people, the newest first.
fn connections(rows: usize) -> String {
    let titles = ["Software Engineer", "Product Manager", "Nurse", "Teacher", "Sales Director"];
    let mut text =
        String::from("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
    for row in 0..rows {
        let title = titles[row % titles.len()];
        let day = 28 - row % 28;
        let month = ["Sep", "Aug", "Jul", "Jun", "May", "Apr"][row / 28 % 6];
        let line = format!(
            "Name{row},Example,https://www.linkedin.com/in/name-{row}-k1,,Company {},{title},{day:02} {month} 2026\n",
            row % 9
        );
        text.push_str(&line);
    }
    text
}

#[test]
fn connections_alone_give_diversity_and_follow_ups_and_refuse_bridging() {
    let sandbox = Sandbox::new();
    let sources = vec![sandbox.file("Connections.csv", connections(80))];
    let found = audit(sources.clone());
    let request = weaktie::pipeline::Request { sources, ..Default::default() };
    let looked = weaktie::pipeline::inspect(&request, &weaktie::progress::Silent).expect("it");
    assert_eq!(looked.refused, found.refused, "inspect refuses what the audit refuses");
    assert_eq!((looked.people, looked.contacts, looked.ties), (80, 80, 80));
    let function = found.findings.diversity.iter().find(|d| d.dimension == "function").expect("it");
    let hill = function.hill_people.expect("known titles");
    assert!((hill[2] - 5.0).abs() < 1e-9, "five functions of sixteen people each: {hill:?}");
    assert!(function.hill_attention.is_none(), "there is no attention without a log");
    assert!(found.actions.iter().any(|action| action.kind == ActionKind::FollowUp));
    let bridging = found.refused.iter().find(|refused| refused.question.contains("bridges"));
    let bridging = bridging.expect("bridging is refused");
    assert!(bridging.why.contains("star") && bridging.what_to_load.contains("mail"));
    assert!(found.findings.bridges.is_empty() && found.findings.communities.is_empty());
    assert_eq!(found.network["constraint"], None);
    let states = &found.findings.states;
    assert_eq!(
        states.get(&TieState::NeverActive),
        Some(&80),
        "connected, never talked: no neglect"
    );
    assert_eq!(states.len(), 1);
}

#[test]
fn one_log_row_is_enough_for_a_tie() {
    let sandbox = Sandbox::new();
    let log =
        "timestamp,from,to,channel\n2026-01-05T10:00:00Z,me@example.org,ana@example.org,email\n";
    let sources = vec![sandbox.file("log.csv", log)];
    let request = weaktie::pipeline::Request {
        sources,
        me: Some("me@example.org".to_owned()),
        ..Default::default()
    };
    let found = weaktie::pipeline::audit(&request, &weaktie::progress::Silent).expect("an audit");
    assert_eq!(found.people.len(), 1);
    assert_eq!(found.as_of.to_string(), "2026-01-05");
    assert_eq!(found.ties[0].rhythm.as_ref().expect("a rhythm").state, TieState::New);
}

#[test]
fn later_rows_are_left_out_and_counted() {
    let world = sample_world();
    let sandbox = Sandbox::new();
    let request = weaktie::pipeline::Request {
        sources: write_world(&sandbox, &world),
        as_of: Some(jiff::civil::date(2026, 3, 31)),
        ..Default::default()
    };
    let found = weaktie::pipeline::audit(&request, &weaktie::progress::Silent).expect("an audit");
    let late: u64 = found.inputs.iter().filter_map(|input| input.counts.get("after-as-of")).sum();
    assert!(late > 100);
    for input in &found.inputs {
        assert_eq!(input.rows_read, input.rows_used + input.rows_skipped, "{}", input.file);
    }
    let newest = found.ties.iter().filter_map(|tie| tie.last).max().expect("ties");
    assert!(newest <= found.as_of);
}

#[test]
fn limits_are_hard() {
    let world = sample_world();
    let sandbox = Sandbox::new();
    let sources: Vec<PathBuf> = write_world(&sandbox, &world);
    let free = audit(sources.clone());
    let first = free.actions[0].people[0].clone();
    let mut request = weaktie::pipeline::Request { sources, seed: 1, ..Default::default() };
    request.config.boundaries.never_contact = vec![first.clone()];
    request.config.budget.minutes = 60;
    let bound = weaktie::pipeline::audit(&request, &weaktie::progress::Silent).expect("an audit");
    assert!(bound.actions.iter().all(|action| !action.people.contains(&first)));
    assert!(bound.actions.iter().map(|action| action.minutes).sum::<u32>() <= 60);
    assert!(free.actions.len() <= 12);
    assert!(free.actions.iter().map(|action| action.minutes).sum::<u32>() <= 360);
    let resting: Vec<&String> = free.let_rest.iter().map(|rest| &rest.id).collect();
    assert!(
        free.actions.iter().all(|action| action.people.iter().all(|id| !resting.contains(&id)))
    );
    // Cool-down: nobody in touch within two weeks is suggested, but for replies and follow-ups.
    for action in &free.actions {
        let answers = matches!(action.kind, ActionKind::ReplyOwed | ActionKind::FollowUp);
        for id in &action.people {
            let tie =
                free.ties.iter().find(|tie| &tie.b == id && tie.rhythm.is_some()).expect("a tie");
            let silent = tie.rhythm.as_ref().and_then(|rhythm| rhythm.silent);
            assert!(answers || silent.is_none_or(|days| days >= 14), "{} is too soon", action.id);
        }
    }
}

#[test]
fn contacts_known_by_an_address_are_counted_and_can_be_joined() {
    let world = sample_world();
    let sandbox = Sandbox::new();
    let sources = write_world(&sandbox, &world);
    let apart = audit(sources.clone());
    let says = |audit: &Audit, words: &str| {
        audit.findings.notes.iter().any(|note| note.starts_with(words))
    };
    let alone = "16 active ties are known by a mail address alone; 16 of these addresses spell";
    assert!(says(&apart, alone), "{:?}", apart.findings.notes);
    let (link, address) = ("chidi-castellane-k66", "chidi.castellane@lindqvist.example.com");
    let mut request = weaktie::pipeline::Request { sources, seed: 1, ..Default::default() };
    request.config.identity.same = vec![
        vec![weaktie::canonical::profile_url(link), address.to_owned()],
        vec!["nobody@example.org".to_owned(), address.to_owned()],
    ];
    let joined = weaktie::pipeline::audit(&request, &weaktie::progress::Silent).expect("an audit");
    assert!(says(&joined, "15 active ties are known by a mail address alone; 15 of"));
    assert!(says(&joined, "entry 2 of [identity] same"), "{:?}", joined.findings.notes);
    assert_eq!(joined.people.len() + 1, apart.people.len());
    let interactions = |audit: &Audit, id: &str| {
        let tie = audit.ties.iter().find(|tie| tie.b == id && tie.rhythm.is_some());
        tie.expect("a tie").interactions
    };
    let both = interactions(&apart, link) + interactions(&apart, address);
    assert_eq!(interactions(&joined, link), both);
}

#[test]
fn a_day_far_beyond_the_newest_record_is_remarked() {
    let sandbox = Sandbox::new();
    let log =
        "timestamp,from,to,channel\n2026-01-05T10:00:00Z,me@example.org,ana@example.org,email\n";
    let sources = vec![sandbox.file("log.csv", log)];
    let notes = |as_of: jiff::civil::Date| {
        let request = weaktie::pipeline::Request {
            sources: sources.clone(),
            me: Some("me@example.org".to_owned()),
            as_of: Some(as_of),
            ..Default::default()
        };
        let found = weaktie::pipeline::audit(&request, &weaktie::progress::Silent);
        found.expect("an audit").findings.notes.join("\n")
    };
    let late = notes(jiff::civil::date(2026, 2, 20));
    assert!(late.contains("newest record is of 5 Jan 2026, 46 days before"), "{late}");
    assert!(!notes(jiff::civil::date(2026, 2, 19)).contains("newest record"));
}
