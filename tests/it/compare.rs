//! Quarter over quarter: what was planted between two quarters is found, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use weaktie::audit::{Audit, Changes, Comparable, JobChangeKind, PersonChangeKind, TieChangeKind};
use weaktie::changes;
use weaktie::pipeline::{self, Request};
use weaktie::progress::Silent;
use weaktie::random::Stream;
use weaktie::synth::quarters::{Quarterly, Sources, TwoQuarters, generate};
use weaktie::units::{Channel, Day};

use crate::support::{self, Sandbox, previous, sample_world, shared, write_world};

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

/// The planted quarters of the first seed, made once.
fn first_two() -> &'static (TwoQuarters, Audit, Audit) {
    static ONE: OnceLock<(TwoQuarters, Audit, Audit)> = OnceLock::new();
    ONE.get_or_init(|| two(&plan(1, true)))
}

/// Precision and recall are at least 0.95; told with `--nocapture`.
#[expect(clippy::print_stdout, reason = "the figures")]
fn agree(what: &str, found: &BTreeSet<String>, planted: &BTreeSet<String>) {
    let both = found.intersection(planted).count() as f64;
    let (precision, recall) = (both / found.len().max(1) as f64, both / planted.len() as f64);
    let extra: Vec<_> = found.difference(planted).collect();
    let missed: Vec<_> = planted.difference(found).collect();
    println!("{what}: precision {precision:.3}, recall {recall:.3} of {}", planted.len());
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

/// What is told of two quarters beside what was planted, by kind.
fn told_and_planted(
    world: &TwoQuarters,
    found: &Changes,
) -> Vec<(&'static str, BTreeSet<String>, BTreeSet<String>)> {
    let planted = &world.planted;
    let companies = found.companies.iter().map(|company| company.to.clone()).collect();
    let fell = [TieChangeKind::Weakened, TieChangeKind::Dormant];
    let rose = [TieChangeKind::Revived, TieChangeKind::Strengthened, TieChangeKind::Begun];
    let told = [
        ("moved", jobs(found, JobChangeKind::Moved), &planted.moved),
        ("promoted", jobs(found, JobChangeKind::Promoted), &planted.promoted),
        ("retitled", jobs(found, JobChangeKind::TitleEdit), &planted.retitled),
        ("companies", companies, &planted.companies),
        ("new", people(found, PersonChangeKind::New), &planted.new),
        ("gone", people(found, PersonChangeKind::Gone), &planted.gone),
        ("rekeyed", people(found, PersonChangeKind::Rekeyed), &planted.rekeyed),
        ("weakened", ties(found, &fell), &planted.weakened),
        ("revived", ties(found, &rose), &planted.revived),
    ];
    told.into_iter().map(|(what, found, planted)| (what, found, planted.clone())).collect()
}

/// Everything planted between two quarters, and nothing else.
fn agree_on_all(world: &TwoQuarters, found: &Changes) {
    for (what, told, planted) in told_and_planted(world, found) {
        agree(what, &told, &planted);
    }
    agree_on_the_rest(world, found);
}

fn agree_on_the_rest(world: &TwoQuarters, found: &Changes) {
    assert!(world.planted.revived.is_superset(&ties(found, &[TieChangeKind::Revived])));
    let mail = found.coverage.iter().find(|one| one.channel == Channel::Email).expect("mail");
    assert_eq!(mail.verdict, Comparable::Jumped);
    add_up(found);
}

/// Of the changes of ties one in twenty may be chance, and so one of twelve in a single quarter: those of three seeds are taken
/// together. What the rules tell is right in each.
#[test]
fn planted_changes_are_found_whatever_the_seed() {
    let mut all: BTreeMap<&str, [BTreeSet<String>; 2]> = BTreeMap::new();
    let others = [7, 23].map(|seed| (seed, two(&plan(seed, true))));
    let (first, _, now) = first_two();
    let worlds = others.iter().map(|(seed, (world, _, now))| (*seed, world, now));
    for (seed, world, now) in std::iter::once((1, first, now)).chain(worlds) {
        let found = now.findings.changes.as_ref().expect("changes");
        for (what, told, planted) in told_and_planted(world, found) {
            let is_tested = ["weakened", "revived"].contains(&what);
            if !is_tested {
                agree(what, &told, &planted);
            }
            let both = all.entry(if is_tested { "ties" } else { what }).or_default();
            for (all, one) in both.iter_mut().zip([told, planted]) {
                all.extend(one.into_iter().map(|id| format!("{seed}: {id}")));
            }
        }
        agree_on_the_rest(world, found);
    }
    for (what, [told, planted]) in &all {
        agree(what, told, planted);
    }
}

#[test]
fn planted_changes_are_found_and_nothing_else() {
    let (world, then, now) = first_two();
    let found = now.findings.changes.as_ref().expect("changes");
    let planted = &world.planted;
    agree_on_all(world, found);
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
    let still = changes::between(now, now);
    let mut itself = now.clone();
    itself.findings.changes = Some(still);
    let told = weaktie::report::changes_text(&itself).join("\n");
    assert!(told.starts_with("Nothing moved since 30 Sep 2026."), "{told}");
}

/// A year after two audits saw somebody at another employer there is a card, dated by the two, and nobody else has one.
#[test]
fn years_at_an_employer_are_told_from_two_audits_alone() {
    let (mut world, _, now) = two(&Quarterly { contacts: 200, ..plan(5, true) });
    let moved = &world.planted.moved;
    let joined = Some([world.earlier, jiff::civil::date(2026, 9, 30)]);
    for person in &now.people {
        let is_new = moved.contains(&person.id);
        assert_eq!(person.joined, joined.filter(|_| is_new), "{}", person.id);
    }
    // They write now and then until the next summer.
    for slug in moved {
        for month in ["2026-11", "2027-01", "2027-03", "2027-05", "2027-06"] {
            let row = format!("{month}-20T10:00:00Z,{slug}@example.org,{},message\n", world.owner);
            world.now.log.extend(row.into_bytes());
        }
    }
    let later = audit(&world.owner, &world.now, jiff::civil::date(2027, 7, 2), Some(&now));
    let cards: Vec<_> = later
        .planning
        .candidates
        .iter()
        .map(|one| &one.action)
        .filter(|card| card.kind == weaktie::audit::ActionKind::Congratulate)
        .collect();
    assert!((1..=4).contains(&cards.len()), "{cards:?}");
    for card in cards {
        assert!(moved.contains(&card.people[0]));
        let dated = "for 1 year: new there between 1 Jul 2026 and 30 Sep 2026.";
        assert!(card.reason.ends_with(dated), "{}", card.reason);
        assert_eq!(card.expires, Some(jiff::civil::date(2027, 9, 30)));
    }
    let kept = later.people.iter().filter(|person| person.joined == joined).count();
    assert_eq!(kept, moved.len(), "handed on for the year after");
}

/// Two quarters of one process through two whole audits: reading, people, study, findings, changes. With nothing planted every
/// discovery is false, so the promise is on the share of seeds with any.
#[test]
fn null_quarters_keep_the_promise_through_whole_audits() {
    let trials = support::trials(8);
    let (mut ties, mut diversity, mut coverage) = (0, 0, 0);
    for seed in 0..trials {
        let (_, _, now) = two(&plan(1_000 + seed, false));
        let found = now.findings.changes.as_ref().expect("changes");
        assert!(found.tested > 30, "{}", found.tested);
        assert!(found.jobs.is_empty() && found.companies.is_empty() && found.people.is_empty());
        ties += u64::from(!found.ties.is_empty());
        diversity += u64::from(found.diversity.iter().any(|shift| shift.p <= 0.05));
        coverage += u64::from(found.coverage.iter().any(|one| one.verdict != Comparable::Yes));
        add_up(found);
    }
    println!("of {trials} seeds: ties {ties}, diversity {diversity}, coverage {coverage}");
    assert!(10 * ties <= trials, "{ties} of {trials}");
    assert!(10 * diversity <= 2 * trials && 10 * coverage <= trials, "{diversity} {coverage}");
}

/// `--thorough` with an earlier audit: the graph's numbers and the ranks of bridges, each with the interval of its difference.
#[test]
fn weeks_drawn_anew_tell_how_sure_the_graph_is() {
    let sandbox = Sandbox::new();
    let sources = write_world(&sandbox, &sample_world());
    let whole = audit_of(&sources, None, None, false);
    let earlier = whole.as_of.checked_sub(jiff::Span::new().days(91)).expect("a day");
    let then = audit_of(&sources, Some(earlier), None, false);
    let now = audit_of(&sources, Some(whole.as_of), Some(&then), true);
    let found = now.findings.changes.as_ref().expect("changes");
    let measures: Vec<&str> = found.graph.iter().map(|shift| shift.measure.as_str()).collect();
    assert_eq!(measures, ["constraint", "effective-size", "efficiency", "modularity"]);
    for shift in &found.graph {
        let [low, high] = shift.interval;
        assert!(low < high && low.is_finite() && high.is_finite(), "{shift:?}");
        if let Some(told) = now.network.get(&shift.measure).copied().flatten() {
            assert!(shift.measure == "modularity" || (told - shift.now).abs() < 1e-9, "{shift:?}");
        }
    }
    assert!((10..=20).contains(&found.bridges.len()), "{}", found.bridges.len());
    let between = |person: &weaktie::audit::Person| person.measures["betweenness"].unwrap_or(0.0);
    for bridge in &found.bridges {
        let own = now.people.iter().find(|person| person.id == bridge.id).map(between);
        let above = now.people.iter().filter(|person| Some(between(person)) > own).count();
        assert_eq!(bridge.now as usize, above + 1, "{bridge:?}");
        assert!(bridge.interval[0] <= bridge.interval[1]);
    }
    let told = weaktie::report::changes_text(&now).join("\n");
    assert!(told.contains("Constraint 0.") && told.contains("Bridges whose rank"), "{told}");
}

fn audit_of(
    sources: &[std::path::PathBuf],
    as_of: Option<jiff::civil::Date>,
    before: Option<&Audit>,
    thorough: bool,
) -> Audit {
    let request = Request {
        sources: sources.to_vec(),
        as_of,
        seed: 1,
        previous: before.cloned().map(previous),
        thorough,
        ..Request::default()
    };
    pipeline::audit(&request, &Silent).expect("an audit")
}

/// Circles of one rate over five quarters, some people in two of them: whose rank moves does so by chance.
fn circles(seed: u64) -> Vec<u8> {
    let mut stream = Stream::new(seed, "null-circles", 0);
    let member = |circle: u64, nth: u64| match nth {
        // One in six is of the next circle, too.
        5 => format!("p{}-0@example.org", (circle + 1) % 7),
        nth => format!("p{circle}-{nth}@example.org"),
    };
    let mut log = b"timestamp,from,to,channel\n".to_vec();
    let last = Day::from_date(jiff::civil::date(2026, 9, 30));
    for week in (0..65).rev() {
        for circle in 0..7 {
            for mail in 0..2_u64 {
                if !stream.chance(0.6) {
                    continue;
                }
                let day = last.plus(-7 * week - i32::try_from(stream.below(7)).expect("a day"));
                let to: BTreeSet<String> =
                    (0..3).map(|_| member(circle, stream.below(6))).collect();
                for to in to {
                    let minute = 10 * circle + mail;
                    let row =
                        format!("{}T09:{minute:02}:00Z,me@example.org,{to},email\n", day.date());
                    log.extend(row.into_bytes());
                }
            }
        }
    }
    log
}

/// With nothing but chance between two quarters few ranks are told as moved.
#[test]
fn ranks_of_bridges_move_within_noise_where_nothing_happened() {
    let (mut told, mut all) = (0, 0);
    for seed in 0..support::trials(2) {
        let sandbox = Sandbox::new();
        let log = [sandbox.file("log.csv", circles(seed))];
        let run = |as_of, before: Option<&Audit>| {
            let request = Request {
                sources: log.to_vec(),
                me: Some("me@example.org".to_owned()),
                as_of: Some(as_of),
                seed: 1,
                previous: before.cloned().map(previous),
                thorough: before.is_some(),
                ..Request::default()
            };
            pipeline::audit(&request, &Silent).expect("an audit")
        };
        let then = run(jiff::civil::date(2026, 7, 1), None);
        let now = run(jiff::civil::date(2026, 9, 30), Some(&then));
        let found = now.findings.changes.expect("changes");
        told += found.bridges.iter().filter(|bridge| bridge.is_beyond_noise()).count();
        all += found.bridges.len();
    }
    println!("{told} of {all} ranks told as moved");
    assert!(all > 0 && 10 * told <= all, "{told} of {all}");
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

#[test]
fn a_folder_that_holds_reports_is_forgotten_as_a_whole() {
    let sandbox = Sandbox::new();
    let sample = support::root().join("reports/sample").display().to_string();
    let copy = |out: &str, redact: &[&str]| {
        let arguments = [&["report", &sample, "--brief", "--out", out], redact].concat();
        let run = sandbox.weaktie(&arguments);
        assert_eq!(run.code(), 0, "{}", run.stderr());
    };
    sandbox.file("all/notes/notes.txt", "no report");
    copy("all/now", &[]);
    copy("all/older/spring", &[]);
    copy("all/shared", &["--redact", "initials"]);
    // Links lead round in a circle, and to a report a second time.
    #[cfg(unix)]
    for (link, to) in [("all/older/round", ".."), ("all/latest", "now")] {
        std::os::unix::fs::symlink(to, sandbox.path(link)).expect("a link");
    }
    let audit: Audit = serde_json::from_str(&sandbox.read("all/now/audit.json")).expect("an audit");
    let person = audit.people.first().expect("somebody");
    let settings = format!("[boundaries]\nnever_contact = [\"{}\"]\n", person.id);
    sandbox.file("weaktie.toml", &settings);
    let shared = sandbox.read("all/shared/audit.json");
    let run = sandbox.weaktie(&["forget", &person.id, "all", "weaktie.toml"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let told = run.stdout();
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines.len() == 2 && lines[0].contains("now: "), "{told}");
    assert!(lines[1].contains("spring: "), "{told}");
    let remarks = run.stderr();
    assert!(remarks.contains("1 redacted copy left as they are"), "{remarks}");
    assert!(remarks.contains("weaktie.toml: settings name them"), "{remarks}");
    for place in ["all/now", "all/older/spring"] {
        assert!(!sandbox.read(&format!("{place}/audit.json")).contains(&person.id), "{place}");
    }
    assert_eq!(sandbox.read("all/shared/audit.json"), shared);
    assert_eq!(sandbox.read("weaktie.toml"), settings);
    for (place, why) in [("nowhere", "nowhere"), ("weaktie.toml", "no saved audit")] {
        let run = sandbox.weaktie(&["forget", &person.id, place]);
        assert!(run.code() != 0 && run.stderr().contains(why), "{}", run.stderr());
    }
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
