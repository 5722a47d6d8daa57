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
];
const ONE_MAIL: &str = "timestamp,from,to,channel\n\
    2026-03-02T09:14:00Z,you@example.org,ana@example.org,email\n";

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
    let output = Command::new("node")
        .arg(checks.join("check.mjs"))
        .args(&pages)
        .output()
        .expect("node, 20 or newer, on the path");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.ends_with("all passed\n"), "{told}");
}
