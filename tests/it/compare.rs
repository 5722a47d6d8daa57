//! Quarter over quarter: what was planted between two quarters is found, and nothing else.

use std::collections::BTreeSet;

use weaktie::audit::{Audit, Changes, Comparable, JobChangeKind, PersonChangeKind, TieChangeKind};
use weaktie::changes;
use weaktie::pipeline::{self, Request};
use weaktie::progress::Silent;
use weaktie::synth::quarters::{Quarterly, Sources, TwoQuarters, generate};
use weaktie::units::Channel;

use crate::support::{Sandbox, previous, shared};

fn plan(seed: u64, changes: bool) -> Quarterly {
    let last_day = jiff::civil::date(2026, 9, 30);
    Quarterly { contacts: 400, seed, changes, last_day }
}

fn audit(
    owner: &str,
    sources: &Sources,
    as_of: jiff::civil::Date,
    before: Option<&Audit>,
) -> Audit {
    let sandbox = Sandbox::new();
    let mut files = vec![
        sandbox.file("Connections.csv", &sources.connections),
        sandbox.file("log.csv", &sources.log),
    ];
    if !sources.mailbox.is_empty() {
        files.push(sandbox.file("mailbox.csv", &sources.mailbox));
    }
    let request = Request {
        sources: files,
        me: Some(owner.to_owned()),
        as_of: Some(as_of),
        seed: 1,
        previous: before.cloned().map(previous),
        ..Request::default()
    };
    pipeline::audit(&request, &Silent).expect("an audit")
}

fn two(plan: &Quarterly) -> (TwoQuarters, Audit, Audit) {
    let world = generate(plan);
    let then = audit(&world.owner, &world.then, world.earlier, None);
    let now = audit(&world.owner, &world.now, plan.last_day, Some(&then));
    (world, then, now)
}

/// Precision and recall are at least 0.95.
fn agree(what: &str, found: &BTreeSet<String>, planted: &BTreeSet<String>) {
    let both = found.intersection(planted).count() as f64;
    let (precision, recall) = (both / found.len().max(1) as f64, both / planted.len() as f64);
    let extra: Vec<_> = found.difference(planted).collect();
    let missed: Vec<_> = planted.difference(found).collect();
    assert!(
        precision >= 0.95 && recall >= 0.95,
        "{what}: precision {precision}, recall {recall}; extra {extra:?}, missed {missed:?}"
    );
}

fn jobs(found: &Changes, kind: JobChangeKind) -> BTreeSet<String> {
    found.jobs.iter().filter(|job| job.kind == kind).map(|job| job.id.clone()).collect()
}

fn people(found: &Changes, kind: PersonChangeKind) -> BTreeSet<String> {
    found.people.iter().filter(|one| one.kind == kind).map(|one| one.id.clone()).collect()
}

fn ties(found: &Changes, kinds: &[TieChangeKind]) -> BTreeSet<String> {
    found.ties.iter().filter(|tie| kinds.contains(&tie.kind)).map(|tie| tie.id.clone()).collect()
}

fn add_up(found: &Changes) {
    for one in &found.headlines {
        let whole = one.now - one.before;
        assert!((one.parts.sum() - whole).abs() < 1e-9, "{one:?}");
    }
}

#[test]
fn planted_changes_are_found_and_nothing_else() {
    let (world, then, now) = two(&plan(1, true));
    let found = now.findings.changes.as_ref().expect("changes");
    let planted = &world.planted;
    agree("moved", &jobs(found, JobChangeKind::Moved), &planted.moved);
    agree("promoted", &jobs(found, JobChangeKind::Promoted), &planted.promoted);
    agree("retitled", &jobs(found, JobChangeKind::TitleEdit), &planted.retitled);
    let companies = found.companies.iter().map(|company| company.to.clone()).collect();
    agree("companies", &companies, &planted.companies);
    agree("new", &people(found, PersonChangeKind::New), &planted.new);
    agree("gone", &people(found, PersonChangeKind::Gone), &planted.gone);
    agree("rekeyed", &people(found, PersonChangeKind::Rekeyed), &planted.rekeyed);
    let fell = [TieChangeKind::Weakened, TieChangeKind::Dormant];
    agree("weakened", &ties(found, &fell), &planted.weakened);
    let rose = [TieChangeKind::Revived, TieChangeKind::Strengthened, TieChangeKind::Begun];
    agree("revived", &ties(found, &rose), &planted.revived);
    assert!(planted.revived.is_superset(&ties(found, &[TieChangeKind::Revived])));
    let mail = found.coverage.iter().find(|one| one.channel == Channel::Email).expect("mail");
    assert_eq!(mail.verdict, Comparable::Jumped);
    add_up(found);
    // The numbers that are taken apart are those of the two page ones.
    let (old, new) = (&then.findings.quarters, &now.findings.quarters);
    let (old, new) = (old.last().expect("then"), new.last().expect("now"));
    for one in &found.headlines {
        let told = match one.number.as_str() {
            "active-ties" => [f64::from(old.active_ties), f64::from(new.active_ties)],
            "valued-slipping" => [f64::from(old.valued_slipping), f64::from(new.valued_slipping)],
            "effective-functions" => {
                [old.effective_functions.expect("then"), new.effective_functions.expect("now")]
            }
            _ => continue,
        };
        assert!((one.before - told[0]).abs() < 1e-9 && (one.now - told[1]).abs() < 1e-9, "{one:?}");
    }
    // Those with a new link carry the earlier one on.
    for slug in &planted.rekeyed {
        let person = now.people.iter().find(|person| person.id == *slug).expect("a person");
        assert_eq!(person.aliases, [slug.trim_end_matches("-new")]);
    }
    // Compared with itself nothing moved, and it says so.
    let still = changes::between(&now, &now);
    let mut itself = now.clone();
    itself.findings.changes = Some(still);
    let told = weaktie::report::changes_text(&itself).join("\n");
    assert!(told.starts_with("Nothing moved since 30 Sep 2026."), "{told}");
}

#[test]
fn one_process_over_two_quarters_moves_nobody() {
    let (_, _, now) = two(&plan(2, false));
    let found = now.findings.changes.as_ref().expect("changes");
    assert!(found.jobs.is_empty() && found.companies.is_empty() && found.people.is_empty());
    assert!(found.ties.is_empty(), "{:?}", found.ties);
    assert!(
        found.coverage.iter().all(|one| one.verdict == Comparable::Yes),
        "{:?}",
        found.coverage
    );
    assert!(found.diversity.iter().all(|shift| shift.p > 0.05));
    add_up(found);
}

#[test]
fn compare_prints_and_writes_and_refuses() {
    let world = generate(&Quarterly { contacts: 200, ..plan(3, true) });
    let sandbox = Sandbox::new();
    for (folder, sources) in [("q1", &world.then), ("q2", &world.now)] {
        sandbox.file(&format!("{folder}/Connections.csv"), &sources.connections);
        sandbox.file(&format!("{folder}/log.csv"), &sources.log);
    }
    let day = world.earlier.to_string();
    let run = sandbox.weaktie(&[
        "audit",
        "q1",
        "--me",
        &world.owner,
        "--as-of",
        &day,
        "--out",
        "a",
        "--brief",
    ]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let run = sandbox.weaktie(&[
        "audit",
        "q2",
        "--me",
        &world.owner,
        "--as-of",
        "2026-09-30",
        "--previous",
        "a",
        "--out",
        "b",
    ]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(sandbox.read("b/report.html").contains("What moved"));
    let run = sandbox.weaktie(&["compare", "a", "b", "--out", "c"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(
        run.stdout().contains("30 changed jobs") && run.stdout().contains("Active ties"),
        "{}",
        run.stdout()
    );
    assert!(sandbox.read("c/compare.html").contains("What moved"));
    let json = sandbox.weaktie(&["compare", "a", "b", "--json"]).stdout();
    assert!(json.contains("\"effective-functions\"") && json.contains("\"trend\""));
    let wrong = sandbox.weaktie(&["compare", "b", "a"]);
    assert!(wrong.code() == 2 && wrong.stderr().contains("earliest to the latest"));
    let same = sandbox.weaktie(&["compare", "b", "b"]);
    assert!(same.stdout().starts_with("Nothing moved"), "{}", same.stdout());

    // Forgotten everywhere: reports, tables, pictures, the comparison.
    let moved = world.planted.moved.first().expect("somebody").clone();
    let audit: Audit = serde_json::from_str(&sandbox.read("b/audit.json")).expect("an audit");
    let person = audit.people.iter().find(|person| person.id == moved).expect("them");
    let secrets = [person.name.clone(), person.id.clone(), person.emails[0].clone()];
    sandbox
        .file("decisions.toml", format!("[[different]]\na = \"{moved}\"\nb = \"someone-else\"\n"));
    let before = sandbox.read("b/audit.json");
    let dry = sandbox.weaktie(&["forget", &moved, "a", "b", "c", "decisions.toml", "--dry-run"]);
    assert!(dry.code() == 0 && before == sandbox.read("b/audit.json"), "{}", dry.stderr());
    let run = sandbox.weaktie(&["forget", &person.name, "a", "b", "c", "decisions.toml"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert_eq!(run.stdout(), dry.stdout());
    assert!(run.stdout().contains("decisions.toml: 1 entry removed"), "{}", run.stdout());
    let mut files = Vec::new();
    for place in ["a", "b", "c", "decisions.toml"] {
        all_files(&sandbox.path(place), &mut files);
    }
    assert!(files.len() > 15);
    for file in files {
        let bytes = std::fs::read(&file).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        let found = secrets.iter().find(|secret| text.contains(secret.as_str()));
        assert!(found.is_none(), "{} holds {found:?}", file.display());
    }
    let again = sandbox.weaktie(&["forget", &person.name, "a", "b"]);
    assert_eq!(again.code(), 2, "nobody of that name is left");
    // A redacted copy is no snapshot.
    let run = sandbox.weaktie(&[
        "audit",
        "q1",
        "--me",
        &world.owner,
        "--redact",
        "initials",
        "--out",
        "d",
        "--brief",
    ]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let refused = sandbox.weaktie(&["compare", "d", "b"]);
    assert!(refused.code() == 2 && refused.stderr().contains("redacted"), "{}", refused.stderr());
}

fn all_files(path: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
    if path.is_file() {
        found.push(path.to_path_buf());
    } else if let Ok(entries) = std::fs::read_dir(path) {
        entries.for_each(|entry| all_files(&entry.expect("an entry").path(), found));
    }
}

/// The half-years of 2001 in the Enron mail, around actors named by their row in the list of people.
#[test]
fn the_half_years_of_2001_tell_of_a_company_coming_apart() {
    let Some(folder) = shared("data/enron_perry_wolfe") else { return };
    let people = std::fs::read_to_string(folder.join("people.csv")).expect("people");
    let actor = |row: usize| -> String {
        let line = people.lines().nth(row).expect("an actor");
        line.split(',').next().expect("an id").to_owned()
    };
    let half_year = |row: usize| -> Changes {
        let request = |as_of, before: Option<&Audit>| Request {
            sources: vec![folder.join("messages.csv.gz")],
            me: Some(actor(row)),
            as_of: Some(as_of),
            seed: 1,
            previous: before.cloned().map(previous),
            ..Request::default()
        };
        let june = request(jiff::civil::date(2001, 6, 30), None);
        let june = pipeline::audit(&june, &Silent).expect("June");
        let december = request(jiff::civil::date(2001, 12, 31), Some(&june));
        let december = pipeline::audit(&december, &Silent).expect("December");
        add_up(december.findings.changes.as_ref().expect("changes"));
        december.findings.changes.expect("changes")
    };
    // Government affairs: the desks of the West fall away.
    let affairs = half_year(131);
    let fell = ties(&affairs, &[TieChangeKind::Weakened, TieChangeKind::Dormant]);
    let ended = ties(&affairs, &[TieChangeKind::Dormant]);
    assert_eq!((affairs.weeks, fell.len(), ended.len()), (26, 9, 6), "{:?}", affairs.ties);
    for row in [3, 43, 55, 156] {
        assert!(ended.contains(&actor(row)), "actor {row}");
    }
    // A mailbox that ends is no fall of ties.
    let ends = half_year(67);
    assert_eq!(ends.coverage[0].verdict, Comparable::Jumped);
    assert!(ends.ties.is_empty() && ends.tested == 0);
}
