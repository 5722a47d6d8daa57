//! Every quirk of a LinkedIn export, one folder each in `tests/fixtures/exports`: `in` is read, `ledger.txt` is what
//! must come of it, line by line of the account.
//!
//! To renew after a wanted change: `WEAKTIE_RENEW=1 cargo test --locked exports`, then read the difference.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use weaktie::ingest::{self, FileRecords};
use weaktie::units::Channel;

use crate::support::{Sandbox, audit, check_ledgers, entries_of, root, sample_world, write_world};

fn folder() -> PathBuf {
    root().join("tests/fixtures/exports")
}

fn cases() -> Vec<String> {
    entries_of(&folder())
}

/// Where every row went, as text.
fn ledger(case: &Path) -> String {
    match ingest::read_all(&[case.join("in")]) {
        Ok(files) => files.iter().map(of_file).collect(),
        Err(error) => format!("refused: {error}\n"),
    }
}

/// Where every row of a file went.
pub(crate) fn of_file(file: &FileRecords) -> String {
    let mut out = String::new();
    let name = file.file.trim_start_matches("in/");
    let _ = writeln!(out, "{name}: {}; {}", file.kind.name(), file.format);
    if file.rows_read > 0 {
        let (read, used, skipped) = (file.rows_read, file.rows_used, file.rows_skipped());
        assert_eq!(read, used + skipped, "{name}");
        let _ = writeln!(out, "  rows: {read} read, {used} used, {skipped} skipped");
    }
    let mut codes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for problem in &file.problems {
        codes.entry(problem.code.name()).or_default().push(problem.line.to_string());
    }
    for (code, lines) in codes {
        let _ = writeln!(out, "  {code}: line {}", lines.join(", "));
    }
    if let Some((first, last)) = ingest::crop::span(file, &jiff::tz::TimeZone::UTC) {
        let _ = writeln!(out, "  days: {} to {}", first.date(), last.date());
    }
    let who = |id: u32| {
        let mention = &file.mentions[id as usize];
        if mention.is_owner() {
            return "the owner".to_owned();
        }
        let keys = [&mention.slug, &mention.email, &mention.name, &mention.handle];
        let key = keys.into_iter().find(|key| !key.is_empty());
        key.expect("a key").clone()
    };
    for row in &file.contacts {
        let date = row.connected_on.map_or_else(|| "undated".to_owned(), |date| date.to_string());
        let at = [row.position.as_str(), row.company.as_str()].join(" at ");
        let name = &file.mentions[row.who as usize].name;
        let _ = writeln!(out, "  contact: {} ({name}), {at}, {date}", who(row.who));
    }
    for row in &file.interactions {
        let at = jiff::Timestamp::from_second(row.at.0).expect("a time");
        let (from, to) = (who(row.from), who(row.to));
        let _ = writeln!(out, "  {}: {from} to {to}, {at}", row.channel.name());
    }
    for fact in &file.owner {
        let _ = writeln!(out, "  owner: {fact:?}");
    }
    out
}

#[test]
fn every_fixture_has_the_ledger_it_should_have() {
    check_ledgers(&folder(), 45, ledger);
}

#[test]
fn names_of_files_do_not_matter_where_headers_tell() {
    let told_by_name = ["owner-profile", "owner-activity", "not-people-files", "address-book"];
    for case in
        cases().iter().filter(|case| !told_by_name.iter().any(|told| case.starts_with(told)))
    {
        let source = folder().join(case).join("in");
        let (Ok(files), sandbox) =
            (ingest::read_all(std::slice::from_ref(&source)), Sandbox::new())
        else {
            continue;
        };
        for (number, file) in files.iter().filter(|file| file.rows_read > 0).enumerate() {
            let inside = file.file.trim_start_matches("in/");
            let bytes = std::fs::read(source.join(inside)).expect("a fixture");
            sandbox.file(&format!("in/{number:03}.csv"), bytes);
        }
        let Ok(renamed) = ingest::read_all(&[sandbox.path("in")]) else { continue };
        let kinds = |files: &[FileRecords]| {
            let mut kinds: Vec<String> = files
                .iter()
                .filter(|file| file.rows_read > 0)
                .map(|file| format!("{} {}", file.kind.name(), file.rows_used))
                .collect();
            kinds.sort();
            kinds
        };
        assert_eq!(kinds(&files), kinds(&renamed), "{case}");
    }
}

/// What an audit says of people and ties, without the names of its inputs.
fn people_and_ties(sources: Vec<PathBuf>) -> String {
    let audit = audit(sources);
    let ties = serde_json::to_string_pretty(&audit.ties).expect("JSON");
    format!("{}{ties}", serde_json::to_string_pretty(&audit.people).expect("JSON"))
}

#[test]
fn loading_twice_split_or_in_another_order_gives_the_same_people_and_ties() {
    let world = sample_world();
    let sandbox = Sandbox::new();
    let sources = write_world(&sandbox, &world);
    let once = people_and_ties(sources.clone());
    let again = weaktie::synth::zip(&world.files, "Again/").expect("a ZIP");
    let again = sandbox.file("again.zip", again);
    let copy = sandbox.file("log (1).csv", &world.log);
    let twice = vec![copy, again, sources[1].clone(), sources[0].clone()];
    assert!(people_and_ties(twice) == once, "loaded twice");
    // The messages cut in two files, the older ones with the line ends of another system.
    let split = Sandbox::new();
    for (name, bytes) in &world.files {
        if *name == "messages.csv" {
            let text = String::from_utf8(bytes.clone()).expect("text");
            let (header, rows) = text.split_once('\n').expect("a header");
            let rows: Vec<&str> = rows.lines().collect();
            // Between two messages: texts hold line breaks.
            let half = rows.len() / 2;
            let next = rows[half..].iter().position(|row| row.starts_with("\"2-"));
            let (new, old) = rows.split_at(half + next.expect("a message"));
            let file = |rows: &[&str], end: &str| [&[header], rows].concat().join(end) + end;
            split.file("a/messages.csv", file(old, "\r\n"));
            split.file("b/messages (1).csv", file(new, "\n"));
        } else {
            split.file(&format!("b/{name}"), bytes);
        }
    }
    let log = split.file("log.csv", &world.log);
    let parts = vec![split.path("b"), log, split.path("a")];
    assert!(people_and_ties(parts) == once, "loaded in parts");
}

#[test]
fn endorsements_and_recommendations_become_part_of_the_tie() {
    let both = ["endorsements-both-ways", "recommendations-both-ways"];
    let sources = both.iter().map(|case| folder().join(case).join("in")).collect();
    let audit = audit(sources);
    assert_eq!(audit.ego.id, "pilar-x");
    let tie = audit.ties.iter().find(|tie| tie.b == "tom-ek-k1").expect("Tom's tie");
    let rhythm = tie.rhythm.as_ref().expect("a rhythm");
    let on = |channel| rhythm.channels.get(&channel).copied().unwrap_or(0);
    assert_eq!(on(Channel::Endorsement), 2, "two days, three skills");
    assert_eq!(on(Channel::Invitation), 1);
    assert_eq!(audit.ties.len(), audit.people.len(), "no tie of the owner with themselves");
}

#[test]
fn a_cut_archive_is_used_as_far_as_it_goes_and_named() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut text =
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n".to_owned();
    for n in 0..3_000 {
        let link = format!("https://www.linkedin.com/in/p{n}-{}", n * 7919 % 10_007);
        let _ = writeln!(text, "Name{n},Example,{link},,Bolt {},Cook,05 Nov 2019", n % 97);
    }
    for name in ["Connections.csv", "messages.csv"] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file");
        writer.write_all(text.as_bytes()).expect("bytes");
    }
    let whole = writer.finish().expect("a ZIP").into_inner();
    let sandbox = Sandbox::new();
    sandbox.file("e.zip", &whole[..whole.len() / 3]);
    let run = sandbox.weaktie(&["inspect", "e.zip"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let text = run.stdout();
    assert!(text.contains("e.zip/Connections.csv") && text.contains("cut-short"), "{text}");
    assert!(text.contains("2 files of the sources are damaged or cut short"), "{text}");
    sandbox.file("head.zip", &whole[..40]);
    let refused = sandbox.weaktie(&["inspect", "head.zip"]);
    assert_eq!((refused.code(), refused.stdout().as_str()), (3, ""));
    assert!(refused.stderr().contains("head.zip"));
}

#[test]
fn a_line_of_a_hundred_million_bytes_costs_itself_only() {
    let long = "x".repeat(100_000_000);
    let text = format!(
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
         Long,{long},https://www.linkedin.com/in/long-x,,,,05 Nov 2019\n\
         Tom,Ek,https://www.linkedin.com/in/tom-x,,Bolt,Cook,05 Nov 2019\n"
    );
    let files = ingest::read_bytes("Connections.csv", text.into_bytes()).expect("a list");
    let file = &files[0];
    assert_eq!((file.rows_read, file.rows_used), (2, 1));
    assert_eq!((file.problems[0].line, file.problems[0].code.name()), (2, "malformed"));
}

#[test]
fn inspect_shows_the_whole_account() {
    let sandbox = Sandbox::new();
    let source = folder().join("messages-not-ties/in").to_string_lossy().into_owned();
    let run = sandbox.weaktie(&["inspect", &source, "--me", "https://www.linkedin.com/in/pilar-x"]);
    let text = run.stdout();
    for line in [
        "12 rows read, 2 used, 10 skipped",
        "1 blank (line 2)",
        "1 date-only (line 3)",
        "1 draft (line 4)",
        "1 spam (line 5)",
        "1 sponsored (line 6)",
        "1 bad-date (line 7)",
        "1 no-counterpart (line 8)",
        "1 placeholder (line 9)",
        "1 exact-duplicate (line 11)",
        "1 automated (line 13)",
        "by noise rule: campaign 1, linkedin 1, spam-folder 1",
        "filled: CONTENT 83%",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    let json = sandbox.weaktie(&["inspect", &source, "--me", "pilar-x", "--json"]).stdout();
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let input = &json["inputs"][0];
    assert_eq!(input["noise"]["campaign"], 1);
    assert_eq!(input["coverage"]["DATE"], 11);
    assert_eq!(input["problems"][3]["line"], 5);
    assert!(json["notes"].is_array() && json["answerable"].is_array());
}

#[test]
fn noise_rules_are_overruled_in_the_settings() {
    let sandbox = Sandbox::new();
    let row = |from: &str| format!("2026-01-05T10:00:00Z,{from},me@example.org,email\n");
    let rows = [row("news@example.org"), row("ana@example.org"), row("bot@example.com")].concat();
    sandbox.file("log.csv", format!("timestamp,from,to,channel\n{rows}"));
    sandbox.file(
        "weaktie.toml",
        "[noise]\nkeep = [\"news@example.org\"]\ndrop = [\"@example.com\"]\n",
    );
    let used = |arguments: &[&str]| {
        let given =
            [&["inspect", "log.csv", "--me", "me@example.org", "--json"], arguments].concat();
        let json: serde_json::Value =
            serde_json::from_str(&sandbox.weaktie(&given).stdout()).expect("JSON");
        (json["inputs"][0]["rows_used"].clone(), json["inputs"][0]["noise"].to_string())
    };
    assert_eq!(used(&[]), (2.into(), "{\"newsletter\":1}".to_owned()));
    assert_eq!(used(&["--config", "weaktie.toml"]), (2.into(), "{\"drop\":1}".to_owned()));
    sandbox.file("wrong.toml", "[noise]\noff = [\"news-letter\"]\n");
    let wrong = sandbox.weaktie(&["inspect", "log.csv", "--config", "wrong.toml"]);
    assert_eq!(wrong.code(), 2);
    assert!(wrong.stderr().contains("did you mean `newsletter`?"), "{}", wrong.stderr());
}

#[test]
fn nothing_usable_is_an_error() {
    let sandbox = Sandbox::new();
    let case = |case: &str| folder().join(case).join("in").to_string_lossy().into_owned();
    sandbox.file("Skills.csv", "Name\nCooking\n");
    sandbox.file("Receipts.csv", "Amount\n12\n");
    sandbox.file("all-bad.csv", "timestamp,from,to\nsoon,a,b\n");
    let sources = [
        "Skills.csv",
        "Receipts.csv",
        "all-bad.csv",
        &case("nothing-usable"),
        &case("connections-header-only"),
    ];
    for source in sources {
        let run = sandbox.weaktie(&["inspect", source]);
        assert_eq!((run.code(), run.stdout().as_str()), (3, ""), "{source}");
        assert!(run.stderr().starts_with("error: ") && run.stderr().contains("hint: "), "{source}");
    }
}
