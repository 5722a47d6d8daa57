//! A saved audit travels: it is drawn again, copied with names hidden, exported, and judged by limits.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::support::{Sandbox, read, root};

fn sample() -> String {
    root().join("reports/sample").display().to_string()
}

/// Every file below a folder by its path inside it.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            let inside = files(&entry.path()).into_iter();
            found.extend(inside.map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            found.insert(name, std::fs::read(entry.path()).expect("a file"));
        }
    }
    found
}

#[test]
fn a_saved_audit_redraws_to_the_same_bytes() {
    let sandbox = Sandbox::new();
    let run = sandbox.weaktie(&["report", &sample(), "--out", "again"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(run.stdout().contains("report.html"));
    let again = files(&sandbox.path("again"));
    for (name, bytes) in files(&root().join("reports/sample")) {
        assert!(again.get(&name) == Some(&bytes), "{name} is not what it was");
    }
    // And from its own copy, in place.
    assert_eq!(sandbox.weaktie(&["report", "again", "--out", "again"]).code(), 0);
    assert!(files(&sandbox.path("again")) == again);
}

#[test]
fn a_copy_hides_names_and_is_what_the_audit_itself_would_have_written() {
    let sandbox = Sandbox::new();
    for level in ["initials", "pseudonym", "aggregate"] {
        let run = sandbox.weaktie(&["report", &sample(), "--redact", level, "--out", level]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        let data = root().join("data/sample").display().to_string();
        let run = sandbox.weaktie(&["audit", &data, "--redact", level, "--out", "direct"]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        assert!(files(&sandbox.path(level)) == files(&sandbox.path("direct")), "{level}");
    }
    // A copy is drawn again at its own level alone, and never takes the place of the audit.
    let run = sandbox.weaktie(&["report", "initials", "--redact", "aggregate", "--out", "x"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("the folder the copy was made from"), "{}", run.stderr());
    assert_eq!(sandbox.weaktie(&["report", "initials", "--out", "twice"]).code(), 0);
    assert!(files(&sandbox.path("initials")) == files(&sandbox.path("twice")));
    assert_eq!(sandbox.weaktie(&["report", &sample(), "--out", "full"]).code(), 0);
    let before = files(&sandbox.path("full"));
    let run = sandbox.weaktie(&["report", "full", "--redact", "initials", "--out", "full"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("would replace"), "{}", run.stderr());
    assert!(files(&sandbox.path("full")) == before);
}

#[test]
fn a_brief_report_is_shorter_and_pictures_come_when_asked_for() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.weaktie(&["report", &sample(), "--brief", "--out", "brief"]).code(), 0);
    let brief = files(&sandbox.path("brief"));
    let whole = read("reports/sample/report.html");
    assert!(brief["report.html"].len() * 2 < whole.len());
    assert_eq!(brief["audit.json"], read("reports/sample/audit.json"));
    assert!(!brief.keys().any(|name| name.starts_with("charts/")));
}

fn export(sandbox: &Sandbox, more: &[&str]) -> Vec<u8> {
    let dir = sample();
    let arguments: Vec<&str> = ["export", &dir].into_iter().chain(more.iter().copied()).collect();
    let run = sandbox.weaktie(&arguments);
    assert_eq!(run.code(), 0, "{more:?}: {}", run.stderr());
    run.stdout().into_bytes()
}

/// Ends, strength, evidence and days of every tie.
type Ties = BTreeSet<(String, String, String, String, String)>;

#[test]
fn every_format_holds_every_tie_with_weight_evidence_and_days() {
    let sandbox = Sandbox::new();
    let audit: Value = serde_json::from_slice(&read("reports/sample/audit.json")).expect("JSON");
    let day = |tie: &Value, key: &str| tie[key].as_str().unwrap_or_default().to_owned();
    let number = |value: &Value| value.as_f64().expect("a number").to_string();
    let ties: Ties = audit["ties"]
        .as_array()
        .expect("ties")
        .iter()
        .map(|tie| {
            let [a, b, first, last] = ["a", "b", "first", "last"].map(|key| day(tie, key));
            (format!("{a} {b}"), number(&tie["strength"]), day(tie, "evidence"), first, last)
        })
        .collect();
    assert!(ties.len() > 500);

    let found: Value =
        serde_json::from_slice(&export(&sandbox, &["--format", "json"])).expect("JSON");
    let of_json: Ties = found["edges"]
        .as_array()
        .expect("edges")
        .iter()
        .map(|tie| {
            let [a, b, first, last] =
                ["source", "target", "first", "last"].map(|key| day(tie, key));
            (format!("{a} {b}"), number(&tie["weight"]), day(tie, "evidence"), first, last)
        })
        .collect();
    assert!(of_json == ties);
    let people = audit["people"].as_array().expect("people").len();
    assert_eq!(found["nodes"].as_array().expect("nodes").len(), people + 1);

    let text = export(&sandbox, &["--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_slice());
    let head = reader.headers().expect("a header").clone();
    let at = |name: &str| head.iter().position(|head| head == name).expect(name);
    let of_csv: Ties = reader
        .records()
        .map(|row| {
            let row = row.expect("a row");
            let [a, b, weight, evidence, first, last] =
                ["a", "b", "strength", "evidence", "first", "last"]
                    .map(|name| row[at(name)].to_owned());
            (format!("{a} {b}"), weight, evidence, first, last)
        })
        .collect();
    assert!(of_csv == ties);

    // Its Parquet twin, and the one an audit writes.
    let out = sandbox.path("t.parquet").display().to_string();
    export(&sandbox, &["--format", "parquet", "--out", &out]);
    let run = sandbox.weaktie(&["report", &sample(), "--out", "again"]);
    assert_eq!(run.code(), 0);
    let again = files(&sandbox.path("again"));
    assert_eq!(std::fs::read(&out).expect("a file"), again["ties.parquet"]);
    assert_eq!(export(&sandbox, &["--format", "gexf"]), again["network.gexf"]);
    let graphml = String::from_utf8(export(&sandbox, &["--format", "graphml"])).expect("UTF-8");
    assert_eq!(graphml.matches("<edge ").count(), ties.len());
    let run = sandbox.weaktie(&["export", &sample(), "--format", "parquet"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("--out"), "{}", run.stderr());
    let rows = export(&sandbox, &["--format", "csv", "--table", "people"]);
    assert_eq!(csv::Reader::from_reader(rows.as_slice()).records().count(), people);
}

#[test]
fn a_crossed_limit_is_exit_code_1_after_the_report_is_written() {
    let sandbox = Sandbox::new();
    let data = root().join("data/sample").display().to_string();
    let limits = "neglected>100000,efficiency<0,effective-industries<1";
    let run = sandbox.weaktie(&["audit", &data, "--out", "kept", "--fail-on", limits]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(run.stderr().contains("effective-industries < 1: this audit has no such number"));
    let run = sandbox.weaktie(&["audit", &data, "--out", "crossed", "--fail-on", "neglected"]);
    assert_eq!(run.code(), 1);
    assert!(run.stderr().contains("--fail-on neglected > 0: it is"), "{}", run.stderr());
    assert!(sandbox.path("crossed/report.html").exists());
    let run = sandbox.weaktie(&["audit", &data, "--out", "x", "--fail-on", "neglectd"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("did you mean `neglected`?"), "{}", run.stderr());
}

#[test]
fn packagers_get_completions_and_a_page_for_every_command() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = sandbox.weaktie(&["completions", shell]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        assert!(run.stdout().contains("min-evidence"), "{shell} knows no options");
    }
    let page = sandbox.weaktie(&["man"]);
    assert!(page.stdout().starts_with(".ie") || page.stdout().starts_with(".TH"), "a page");
    std::fs::create_dir(sandbox.path("man1")).expect("a folder");
    let run = sandbox.weaktie(&["man", "--out", "man1"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let pages = files(&sandbox.path("man1"));
    let help = sandbox.weaktie(&["--help"]).stdout();
    let commands = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let commands: Vec<&str> = commands
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("    "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() > 15);
    for command in &commands {
        let page = &pages[&format!("weaktie-{command}.1")];
        assert!(String::from_utf8_lossy(page).contains(".TH"), "{command}");
    }
    assert_eq!(pages.len(), commands.len() + 1);
    assert_eq!(sandbox.weaktie(&["man", "--out", "nowhere"]).code(), 4);
}
