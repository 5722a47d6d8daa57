//! The arrows between rooms as a table, read against `src`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::root;

/// Room -> rooms it may use. Foundations may be used by all and use only each other as listed.
const MAY_USE: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("error", &[]),
    ("random", &[]),
    ("quantile", &[]),
    ("canonical", &[]),
    ("text", &[]),
    ("note", &["text"]),
    ("progress", &[]),
    ("audit", &["units"]),
    ("taxonomy", &[]),
    ("goals", &["taxonomy", "error"]),
    ("config", &["goals", "taxonomy", "units", "error", "canonical"]),
    ("ingest", &["units", "error", "canonical"]),
    ("people", &["ingest", "config", "taxonomy", "units", "error", "canonical", "note"]),
    ("ties", &["people", "ingest", "audit", "config", "units"]),
    ("network", &["ties", "people", "random"]),
    ("measures", &["network", "quantile", "random"]),
    ("study", &["network", "ties", "people", "config", "goals", "units"]),
    ("forecast", &["units", "quantile", "random", "audit"]),
    ("edges", &["network", "error"]),
    ("sheet", &["edges", "measures", "error", "text"]),
    ("classify", &["people", "canonical", "error", "text"]),
    ("glossary", &[]),
    (
        "analysis",
        &[
            "study",
            "forecast",
            "measures",
            "network",
            "ties",
            "people",
            "audit",
            "quantile",
            "random",
            "canonical",
            "note",
            "text",
            "goals",
            "taxonomy",
            "units",
        ],
    ),
    (
        "introductions",
        &["forecast", "measures", "network", "audit", "canonical", "quantile", "random", "units"],
    ),
    ("plan", &["audit", "random", "units"]),
    ("changes", &["analysis", "audit", "canonical", "random", "taxonomy", "units"]),
    (
        "recommend",
        &[
            "introductions",
            "plan",
            "changes",
            "measures",
            "network",
            "taxonomy",
            "analysis",
            "study",
            "forecast",
            "ties",
            "people",
            "audit",
            "config",
            "canonical",
            "text",
            "note",
            "units",
        ],
    ),
    (
        "assemble",
        &[
            "recommend",
            "analysis",
            "study",
            "forecast",
            "ties",
            "people",
            "ingest",
            "audit",
            "pipeline",
            "canonical",
            "note",
            "units",
        ],
    ),
    ("report", &["audit", "units", "random", "text", "error"]),
    ("guide", &[]),
    ("frame", &["units", "error", "text"]),
    ("export", &["audit", "frame", "error"]),
    ("thresholds", &["audit", "glossary", "error"]),
    ("dyads", &["forecast", "ties", "ingest", "audit", "config", "frame", "error", "units"]),
    ("forget", &["audit", "canonical"]),
    ("privacy", &["audit"]),
    ("output", &["error"]),
    ("who", &["audit", "canonical", "error", "text"]),
    ("portrait", &["audit", "ties", "units"]),
    ("touches", &["audit", "canonical", "error", "units"]),
    ("synth", &["audit", "touches", "units", "random", "error"]),
    (
        "pipeline",
        &[
            "assemble",
            "recommend",
            "analysis",
            "study",
            "ties",
            "people",
            "ingest",
            "audit",
            "changes",
            "canonical",
            "config",
            "error",
            "note",
            "progress",
            "text",
            "units",
        ],
    ),
    (
        "cli",
        &[
            "pipeline",
            "people",
            "classify",
            "dyads",
            "frame",
            "ingest",
            "report",
            "privacy",
            "output",
            "synth",
            "audit",
            "changes",
            "config",
            "error",
            "progress",
            "text",
            "units",
            "edges",
            "measures",
            "sheet",
            "glossary",
            "who",
            "portrait",
            "export",
            "thresholds",
            "touches",
            "canonical",
            "forecast",
            "forget",
            "introductions",
            "taxonomy",
            "plan",
        ],
    ),
    ("lib", &["error"]),
    ("main", &[]),
];

/// Source files over 600 lines, each with its reason.
const LONG: &[(&str, &str)] = &[];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("src")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    let src = root().join("src");
    let mut found = Vec::new();
    sources(&src, &mut found);
    found
        .into_iter()
        .map(|path| {
            let name =
                path.strip_prefix(&src).expect("in src").to_string_lossy().replace('\\', "/");
            (name, std::fs::read_to_string(&path).expect("text"))
        })
        .collect()
}

/// The first segment of every `crate::` path in a source text.
fn used(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let inside = group.split_once("};").map_or(group, |(inside, _)| inside);
            let mut depth = 0;
            let mut segment = String::new();
            for c in inside.chars().chain([',']) {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        let first: String = segment
                            .trim()
                            .chars()
                            .take_while(|c| c.is_alphanumeric() || *c == '_')
                            .collect();
                        rooms.push(first);
                        segment.clear();
                        continue;
                    }
                    _ => {}
                }
                segment.push(c);
            }
        } else {
            rooms.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    rooms.retain(|room| !room.is_empty());
    rooms
}

#[test]
fn arrows_point_one_way() {
    let table: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut wrong = Vec::new();
    for (name, text) in all_sources() {
        let room = name.split(['/', '.']).next().expect("a room").to_owned();
        let allowed =
            table.get(room.as_str()).unwrap_or_else(|| panic!("{room} is not in the table"));
        // Comments may speak of any room.
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        for other in used(&code) {
            if other != room && !allowed.contains(&other.as_str()) {
                wrong.push(format!("{name} uses {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_stay_small() {
    for (name, text) in all_sources() {
        let lines = text.lines().count();
        let excused = LONG.iter().any(|(file, _)| *file == name);
        assert!(
            lines <= 600 || excused,
            "{name} has {lines} lines: two rooms, or a reason in LONG"
        );
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    for (name, text) in all_sources() {
        assert!(text.starts_with("//!"), "{name} has no module doc");
    }
}

#[test]
fn every_analysis_and_chart_is_on_its_list() {
    let sources = all_sources();
    let text = |wanted: &str| &sources.iter().find(|(name, _)| name == wanted).expect("the list").1;
    for (name, content) in &sources {
        for (list, marker) in
            [("analysis/mod.rs", "impl Analysis for "), ("report/charts/mod.rs", "impl Chart for ")]
        {
            if let Some((_, rest)) = content.split_once(marker) {
                let unit: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
                let listed = text(list).contains(&format!("::{unit},"));
                assert!(listed, "{unit} of {name} is not listed in {list}");
            }
        }
    }
}

#[test]
fn no_network_in_the_crate() {
    for (name, text) in all_sources() {
        for word in ["std::net", "TcpStream", "UdpSocket", "reqwest", "hyper::"] {
            assert!(!text.contains(word), "{name} speaks of {word}");
        }
    }
}

#[test]
fn every_test_file_is_in_the_binary() {
    let main = std::fs::read_to_string(root().join("tests/it/main.rs")).expect("main.rs");
    for entry in std::fs::read_dir(root().join("tests/it")).expect("tests/it") {
        let name = entry.expect("an entry").file_name().to_string_lossy().replace(".rs", "");
        assert!(
            ["main", "snapshots"].contains(&name.as_str())
                || main.contains(&format!("mod {name};")),
            "{name} is forgotten"
        );
    }
}
