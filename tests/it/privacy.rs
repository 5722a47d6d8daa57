//! Message text is found nowhere; a redacted folder names nobody.

use weaktie::audit::{Audit, Redaction};
use weaktie::pipeline::{self, Request};
use weaktie::privacy::redact;
use weaktie::progress::Silent;
use weaktie::report::{self, Options};
use weaktie::units::Day;

use std::path::Path;

use crate::support::{CANARY, Sandbox, audit_world, previous, sample_world, texts_of, write_world};

#[test]
fn bodies_and_subjects_are_nowhere() {
    let world = sample_world();
    let planted =
        world.files.iter().filter(|(_, text)| String::from_utf8_lossy(text).contains(CANARY));
    assert!(planted.count() >= 2, "the canary sits in messages and invitations");
    for text in texts_of(&audit_world(&world)) {
        assert!(!text.contains(CANARY));
    }
    let sandbox = Sandbox::new();
    write_world(&sandbox, &world);
    let run = sandbox.weaktie(&["inspect", "export", "log.csv", "--json"]);
    assert!(!run.stdout().contains(CANARY) && !run.stderr().contains(CANARY));
}

#[test]
fn a_redacted_copy_names_nobody() {
    let sandbox = Sandbox::new();
    let sources = write_world(&sandbox, &sample_world());
    let mut request = Request { sources, seed: 1, ..Request::default() };
    let newest = pipeline::audit(&request, &Silent).expect("an audit").as_of;
    request.as_of = Some(Day::from_date(newest).plus(-91).date());
    let earlier = pipeline::audit(&request, &Silent).expect("an earlier audit");
    request.as_of = None;
    request.previous = Some(previous(earlier));
    let audit = pipeline::audit(&request, &Silent).expect("an audit");
    let followed = audit.findings.follow_through.as_ref().expect("an earlier plan");
    assert!(followed.actions.len() > 5 && audit.actions.len() > 5);
    let mut secrets: Vec<String> = vec![audit.ego.name.clone(), audit.ego.id.clone()];
    for person in &audit.people {
        secrets.extend([person.id.clone(), person.name.clone()]);
        secrets.extend(person.profile_url.clone());
        secrets.extend(person.company.clone());
        // Given names that are ordinary words ("May", "Will") cannot be told from prose.
        secrets.extend(Some(person.first_name.clone()).filter(|name| name.chars().count() > 5));
    }
    secrets.retain(|secret| secret.chars().count() > 3);
    secrets.sort();
    secrets.dedup();
    assert!(secrets.len() > 300);
    for level in [Redaction::Initials, Redaction::Pseudonym, Redaction::Aggregate] {
        let shown = redact(audit.clone(), level);
        assert_eq!(shown.audit().redaction, level);
        for text in texts_of(shown.audit()) {
            let found = secrets.iter().find(|secret| text.contains(secret.as_str()));
            assert!(found.is_none(), "{level:?} shows {found:?}");
            assert!(!text.contains("linkedin.com") && !text.contains("example.org"), "{level:?}");
        }
    }
    let least = redact(audit.clone(), Redaction::Aggregate);
    assert!(least.audit().people.is_empty());
    assert_eq!(redact(least.audit().clone(), Redaction::Full), least, "nothing comes back");
    assert_eq!(redact(audit.clone(), Redaction::Full).audit(), &audit);
}

/// A log in which nobody is the owner, and one whose owner is told by taking part in every row.
fn foreign_logs(sandbox: &Sandbox) {
    let head = "timestamp,from,to,channel\n";
    let row = |n: usize, from: &str, to: &str| {
        format!(
            "2026-{:02}-{:02}T10:00:00Z,{from}@example.net,{to}@example.net,email\n",
            n % 9 + 1,
            n % 27 + 1
        )
    };
    let strangers = ["quentinfar", "rosalindfar", "sybillafar"];
    let far: String = (0..30).map(|n| row(n, strangers[n % 3], strangers[(n + 1) % 3])).collect();
    let near: String =
        (0..30).map(|n| row(n, "chiefalias", &format!("partner{}near", n % 4))).collect();
    sandbox.file("acme-strangers.csv", format!("{head}{far}"));
    sandbox.file("chief-mailbox.csv", format!("{head}{near}"));
}

/// Every file below a folder, as text.
fn all_files(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            all_files(&path, found);
        } else {
            let text = String::from_utf8_lossy(&std::fs::read(&path).expect("a file")).into_owned();
            found.push((path.display().to_string(), text));
        }
    }
}

#[test]
fn foreign_logs_leave_no_file_name_and_no_address_in_a_redacted_copy() {
    let sandbox = Sandbox::new();
    write_world(&sandbox, &sample_world());
    foreign_logs(&sandbox);
    let sources = ["audit", "export", "log.csv", "acme-strangers.csv", "chief-mailbox.csv"];
    let mut secrets = vec!["acme-strangers", "chief-mailbox", "far@", "near@", "log.csv"];
    let full = sandbox.weaktie(&[&sources[..], &["--out", "full"]].concat());
    assert_eq!(full.code(), 0, "{}", full.stderr());
    let mut saved = Vec::new();
    all_files(&sandbox.path("full"), &mut saved);
    for secret in &secrets {
        assert!(
            saved.iter().any(|(_, text)| text.contains(secret)),
            "{secret} is in the full copy"
        );
    }
    // The owner's other address is not even in the full copy.
    secrets.push("alias@");
    for level in ["initials", "pseudonym", "aggregate"] {
        let run = sandbox.weaktie(&[&sources[..], &["--redact", level, "--out", level]].concat());
        assert_eq!(run.code(), 0, "{}", run.stderr());
        let mut shown = vec![("terminal".to_owned(), run.stdout() + &run.stderr())];
        all_files(&sandbox.path(level), &mut shown);
        assert!(shown.len() > 5);
        assert!(shown.iter().any(|(_, text)| text.contains("nearly every row")));
        assert!(!shown[0].1.contains(".."), "two full stops: {}", shown[0].1);
        for (place, text) in &shown {
            let found = secrets.iter().find(|secret| text.contains(**secret));
            assert!(found.is_none(), "{place} shows {found:?}");
        }
    }
}

#[test]
fn the_page_asks_for_nothing_and_escapes_what_it_shows() {
    let mut audit = audit_world(&sample_world());
    let evil = "<script>alert(1)</script>\"'&";
    for person in &mut audit.people {
        person.name = evil.to_owned();
        person.first_name = evil.to_owned();
        person.company = Some(evil.to_owned());
        person.position = Some(evil.to_owned());
    }
    for community in &mut audit.findings.communities {
        community.name = evil.to_owned();
    }
    for class in audit.findings.diversity.iter_mut().flat_map(|found| &mut found.classes) {
        class.class = evil.to_owned();
    }
    for input in &mut audit.inputs {
        input.file = evil.to_owned();
        input.format = evil.to_owned();
    }
    let rendered = report::render(&audit, Options::default());
    let pages = std::iter::once(&rendered.html).chain(rendered.charts.iter().map(|(_, svg)| svg));
    for page in pages {
        assert!(!page.contains("<script>alert"), "text from the data is not escaped");
    }
    let html = &rendered.html;
    assert!(html.contains("default-src 'none'"));
    for load in ["src=", "url(", "@import", "<link", "<iframe", "<object"] {
        assert!(!html.contains(load), "the page holds {load}");
    }
}

/// Every word of a kebab, snake or camel name.
fn parts(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect()
}

/// Names of properties anywhere in a JSON Schema.
fn properties(schema: &serde_json::Value, found: &mut Vec<String>) {
    if let Some(names) = schema["properties"].as_object() {
        found.extend(names.keys().cloned());
    }
    let inside: Vec<&serde_json::Value> = match schema {
        serde_json::Value::Object(map) => map.values().collect(),
        serde_json::Value::Array(list) => list.iter().collect(),
        _ => Vec::new(),
    };
    for value in inside {
        properties(value, found);
    }
}

#[test]
fn nothing_that_is_kept_speaks_of_a_protected_attribute() {
    use weaktie::taxonomy::{ATTRIBUTES, PROTECTED, classes};
    let audit = audit_world(&sample_world());
    let mut names = Vec::new();
    let schema = serde_json::to_value(schemars::schema_for!(Audit)).expect("JSON");
    properties(&schema, &mut names);
    assert!(names.len() > 100 && names.contains(&"relative_seniority".to_owned()));
    let csv = report::people_csv(&audit);
    names.extend(csv.lines().next().expect("a head").split(',').map(str::to_owned));
    names.extend(audit.network.keys().cloned());
    names.extend(audit.people.iter().flat_map(|person| person.measures.keys().cloned()));
    names.extend(audit.findings.diversity.iter().map(|found| found.dimension.clone()));
    names.extend(ATTRIBUTES.iter().map(|name| (*name).to_owned()));
    names.extend(ATTRIBUTES.iter().flat_map(|name| classes(name)).map(|name| (*name).to_owned()));
    let kept = names.iter().find(|name| {
        // The day two people connected is no birth, and bands of a career are no age.
        parts(name).iter().any(|part| PROTECTED.contains(&part.as_str()))
    });
    assert_eq!(kept, None);
    for found in &audit.findings.diversity {
        assert!(ATTRIBUTES.contains(&found.dimension.as_str()), "{}", found.dimension);
    }
    let html = report::render(&audit, Options::default()).html;
    assert!(html.contains("other protected attributes are never inferred"));
}
