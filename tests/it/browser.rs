//! The page in a real browser: `tests/browser/check.mjs` over the reports a reader may get.
//!
//! Minutes long and in need of Chromium and node, so it runs when `WEAKTIE_BROWSER` is set, as `.ci/run` does.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use crate::support::{Sandbox, root};

/// Reports: name, arguments of the audit. From the richest to the emptiest page.
const REPORTS: &[(&str, &[&str])] = &[
    ("sample", &["sample"]),
    ("pseudonym", &["sample", "--redact", "pseudonym"]),
    ("aggregate", &["sample", "--redact", "aggregate"]),
    ("connections", &["sample/linkedin-export/Connections.csv"]),
    ("log", &["sample/mail-and-calendar.csv", "--me", "maren@holtkamp.example.org"]),
    ("smallest", &["one.csv", "--me", "you@example.org"]),
    ("sample-brief", &["sample", "--brief"]),
    ("connections-brief", &["sample/linkedin-export/Connections.csv", "--brief"]),
    ("large-plan-brief", &["sample", "--brief", "--config", "large-plan.toml"]),
];
/// More than a hundred actions: a brief page shows the first twelve.
const LARGE_PLAN: &str =
    "[budget]\nactions = 200\nactions_a_week = 20\nminutes = 9000\nminutes_a_week = 3000\n";
const ONE_MAIL: &str = "timestamp,from,to,channel\n\
    2026-03-02T09:14:00Z,you@example.org,ana@example.org,email\n";

/// Makes every text that a card shows about twice as long.
fn lengthen(audit: &mut serde_json::Value) {
    let longer = |value: &mut serde_json::Value, more: &str| {
        if let Some(text) = value.as_str() {
            *value = format!("{text} {more}").into();
        }
    };
    longer(&mut audit["ego"]["name"], "Alexandrovna von Hohenzollern-Sigmaringen de la Torre");
    for person in audit["people"].as_array_mut().expect("people") {
        longer(&mut person["name"], "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh");
        longer(&mut person["company"], "International Holdings and Associates");
    }
    for action in audit["actions"].as_array_mut().expect("actions") {
        for key in ["reason", "first_move", "goal"] {
            let twice = action[key].as_str().unwrap_or_default().to_owned();
            longer(&mut action[key], &twice);
        }
        let evidence = action["evidence"].as_array_mut().expect("evidence");
        evidence.extend(evidence.clone());
    }
}

#[test]
fn every_report_holds_in_a_browser() {
    if std::env::var_os("WEAKTIE_BROWSER").is_none() {
        // Written past the capture of test output: a skipped check should be seen.
        let _ = writeln!(
            std::io::stderr(),
            "browser checks skipped; with Chromium and node: npm ci --prefix tests/browser && \
             WEAKTIE_BROWSER=1 cargo test --locked browser"
        );
        return;
    }
    let checks = root().join("tests/browser");
    assert!(checks.join("node_modules").exists(), "first: npm ci --prefix tests/browser");
    let sandbox = Sandbox::new();
    sandbox.file("one.csv", ONE_MAIL);
    sandbox.file("large-plan.toml", LARGE_PLAN);
    let sample = root().join("data/sample");
    let mut pages: Vec<PathBuf> = Vec::new();
    for (name, arguments) in REPORTS {
        let mut all = vec!["audit".to_owned()];
        all.extend(arguments.iter().map(|argument| match argument.strip_prefix("sample") {
            Some(rest) => format!("{}{rest}", sample.display()),
            None => (*argument).to_owned(),
        }));
        all.extend(["--out".to_owned(), (*name).to_owned()]);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let run = sandbox.weaktie(&all);
        assert_eq!(run.code(), 0, "{name}: {}", run.stderr());
        pages.push(sandbox.path(&format!("{name}/report.html")));
    }
    assert_eq!(sandbox.weaktie(&["demo", "demo"]).code(), 0);
    pages.push(sandbox.path("demo/report/report.html"));
    let brief = ["report", "demo/report", "--brief", "--out", "demo-brief"];
    assert_eq!(sandbox.weaktie(&brief).code(), 0);
    pages.push(sandbox.path("demo-brief/report.html"));
    // Names, employers and reasons as long as they come.
    let mut long: serde_json::Value =
        serde_json::from_str(&sandbox.read("large-plan-brief/audit.json")).expect("JSON");
    lengthen(&mut long);
    sandbox.file("long/audit.json", long.to_string());
    let brief = ["report", "long", "--brief", "--out", "long-brief"];
    assert_eq!(sandbox.weaktie(&brief).code(), 0);
    pages.push(sandbox.path("long-brief/report.html"));
    let output = Command::new("node")
        .arg(checks.join("check.mjs"))
        .args(&pages)
        .output()
        .expect("node, 20 or newer, on the path");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.ends_with("all passed\n"), "{told}");
}
