//! What is compiled in: licences, sources and crates that are refused (`.deny.toml`), a reason for each dependency, and
//! the bill of materials.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{root, text};

#[path = "../supply/bom.rs"]
mod bom;

fn tree() -> bom::Tree {
    bom::tree(root()).unwrap_or_else(|error| panic!("{error}"))
}

fn rules() -> toml::Table {
    text(".deny.toml").parse().expect("TOML")
}

/// A list of texts in `.deny.toml`.
fn listed(section: &str, key: &str) -> BTreeSet<String> {
    let rules = rules();
    let list = rules[section][key].as_array().expect("a list");
    list.iter()
        .map(|item| {
            item.as_str().or_else(|| item.get("crate")?.as_str()).expect("a name").to_owned()
        })
        .collect()
}

/// Whether an SPDX expression can be met by what is allowed. `AND` binds stronger than `OR`.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = any(&words, &mut at, allowed);
    met && at == words.len()
}

fn any(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut met = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all(words, at, allowed);
    }
    met
}

fn all(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut met = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, allowed);
    }
    met
}

fn one(words: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let met = any(words, at, allowed);
        *at += 1;
        return met;
    }
    let mut name = (*word).to_owned();
    if words.get(*at) == Some(&"WITH") {
        name = format!("{name} WITH {}", words.get(*at + 1).unwrap_or(&""));
        *at += 2;
    }
    allowed.contains(&name)
}

#[test]
fn licences_are_read_as_spdx_says() {
    let allowed: BTreeSet<String> =
        ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned).into();
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("GPL-3.0-only OR MIT", true),
        ("GPL-3.0-only AND MIT", false),
        ("MIT AND ISC", true),
        ("(GPL-3.0-only OR MIT) AND ISC", true),
        ("GPL-3.0-only OR MIT AND Zlib", false),
        ("GPL-3.0-only AND Zlib OR MIT", true),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0", false),
        ("", false),
        ("MIT MIT", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}

#[test]
fn every_crate_that_is_compiled_in_is_allowed() {
    let tree = tree();
    let crates = tree.compiled();
    let names: BTreeSet<&str> =
        crates.iter().filter_map(|package| package["name"].as_str()).collect();
    assert!(crates.len() > 150 && names.contains("polars"), "{} crates", crates.len());
    let (licences, refused) = (listed("licenses", "allow"), listed("bans", "deny"));
    assert!(
        refused.len() > 40 && ["reqwest", "rustls", "hyper"].iter().all(|c| refused.contains(*c))
    );
    let registries: BTreeSet<String> =
        listed("sources", "allow-registry").iter().map(|url| format!("registry+{url}")).collect();
    let is_refused = |package: &&Value| {
        let word = |key: &str| package[key].as_str().unwrap_or_default();
        !is_allowed(&bom::licence(package), &licences)
            || !registries.contains(word("source"))
            || refused.contains(word("name"))
    };
    let wrong: Vec<String> = crates
        .iter()
        .filter(|package| is_refused(package))
        .map(|p| format!("{} {} {} {}", p["name"], p["version"], p["license"], p["source"]))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{} crates: licence, source and name allowed", crates.len());
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = text("Cargo.toml");
    assert!(manifest.contains("unsafe_code = \"forbid\""));
    let (mut section, mut seen) = (String::new(), 0);
    for line in manifest.lines() {
        if line.starts_with('[') {
            line.clone_into(&mut section);
        }
        let is_entry = section.ends_with("dependencies]") && line.contains(" = ");
        if !is_entry {
            continue;
        }
        seen += 1;
        let reason = line.split_once('#').map_or("", |(_, reason)| reason.trim());
        assert!(!reason.is_empty(), "no reason: {line}");
        assert!(
            !line.contains("\"*\"") && !line.contains("git =") && !line.contains("path ="),
            "{line}"
        );
    }
    assert!(seen > 35, "{seen} dependencies");
}

#[test]
fn the_bill_of_materials_is_whole() {
    let (tree, lock) = (tree(), text("Cargo.lock"));
    let bill = bom::bill(&tree, &lock).expect("a bill");
    assert_eq!(bill, bom::bill(&self::tree(), &lock).expect("a bill"), "the same every time");
    let parts = bill["components"].as_array().expect("components");
    assert_eq!(parts.len(), tree.compiled().len());
    for part in parts {
        assert_eq!(part["hashes"][0]["content"].as_str().map(str::len), Some(64), "{part}");
        assert!(
            part["licenses"][0]["expression"].as_str().is_some_and(|l| !l.is_empty()),
            "{part}"
        );
    }
    let scope = |name: &str| {
        let part = parts.iter().find(|part| part["name"] == name);
        part.and_then(|part| part["scope"].as_str()).unwrap_or("absent").to_owned()
    };
    assert_eq!(
        [scope("polars"), scope("serde_derive"), scope("insta")],
        ["required", "excluded", "absent"]
    );
    let known: BTreeSet<&str> = parts
        .iter()
        .chain([&bill["metadata"]["component"]])
        .filter_map(|p| p["bom-ref"].as_str())
        .collect();
    let edges = bill["dependencies"].as_array().expect("dependencies");
    assert_eq!(edges.len(), known.len());
    for edge in edges {
        let to = edge["dependsOn"].as_array().expect("a list");
        assert!(
            to.iter().chain([&edge["ref"]]).all(|name| known.contains(name.as_str().unwrap_or("")))
        );
    }
}
