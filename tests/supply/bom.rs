//! What is compiled in, as a bill of materials: `CycloneDX` 1.5 in JSON, from `cargo metadata` and `Cargo.lock`.
//!
//! The same bytes for the same lock file and machine type: no time, no serial number.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// The crates of one build and how they hang together.
pub(crate) struct Tree {
    packages: BTreeMap<Key, Value>,
    /// What each needs to be built or to run.
    needs: BTreeMap<Key, BTreeSet<Key>>,
    root: Key,
    /// What is compiled, and what of it ends up in the program.
    compiled: BTreeSet<Key>,
    in_program: BTreeSet<Key>,
}

/// Name and version.
type Key = (String, String);

/// Reads what cargo says of the project in `folder`, for this machine's platform, without a network.
///
/// `cargo metadata` knows licences and addresses, but lists crates behind features that are off; `cargo tree` knows what
/// is compiled.
///
/// # Errors
/// What cargo says when it cannot.
pub(crate) fn tree(folder: &Path) -> Result<Tree, String> {
    let program = env!("CARGO");
    let cargo = |arguments: &[&str]| {
        run(Command::new(program)
            .args(arguments)
            .args(["--locked", "--offline"])
            .current_dir(folder))
    };
    let lines = |edges: &str| {
        let text = cargo(&["tree", "-e", edges, "--prefix", "none", "-f", "{p}"])?;
        let key = |line: &str| {
            let mut words = line.split_whitespace();
            Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
        };
        Ok::<BTreeSet<Key>, String>(text.lines().filter_map(key).collect())
    };
    let (compiled, in_program) = (lines("normal,build")?, lines("normal,no-proc-macro")?);
    let text = cargo(&["metadata", "--format-version", "1", "--filter-platform", &host()?])?;
    let all: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let by_id: BTreeMap<String, Value> = list(&all["packages"])
        .into_iter()
        .map(|package| (word(&package, "id").to_owned(), package))
        .collect();
    let key_of = |id: &Value| id.as_str().and_then(|id| by_id.get(id)).map(key);
    let nodes = list(&all["resolve"]["nodes"]);
    let needs = nodes.iter().filter_map(|node| {
        let deps = list(&node["deps"]);
        let is_wanted =
            |dep: &&Value| list(&dep["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev");
        let to = deps.iter().filter(is_wanted).filter_map(|dep| key_of(&dep["pkg"]));
        Some((key_of(&node["id"])?, to.filter(|to| compiled.contains(to)).collect()))
    });
    let needs: BTreeMap<Key, BTreeSet<Key>> = needs.collect();
    let root = key_of(&all["resolve"]["root"]).ok_or("cargo names no package")?;
    let packages = by_id.values().map(|package| (key(package), package.clone())).collect();
    Ok(Tree { packages, needs, root, compiled, in_program })
}

fn host() -> Result<String, String> {
    let rustc = "rustc";
    let about = run(Command::new(rustc).arg("-vV"))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| format!("rustc names no host: {about}"))
}

fn key(package: &Value) -> Key {
    (word(package, "name").to_owned(), word(package, "version").to_owned())
}

fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|error| error.to_string())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

impl Tree {
    /// Everything that is compiled for the program, by name and version: what cargo knows of it.
    pub(crate) fn compiled(&self) -> Vec<&Value> {
        let others = self.compiled.iter().filter(|key| **key != self.root);
        others.filter_map(|key| self.packages.get(key)).collect()
    }
}

fn word<'p>(package: &'p Value, key: &str) -> &'p str {
    package[key].as_str().unwrap_or_default()
}

/// The name of a package in the world: `pkg:cargo/NAME@VERSION`.
fn purl(package: &Value) -> String {
    format!("pkg:cargo/{}@{}", word(package, "name"), word(package, "version"))
}

/// Checksums by name and version, as `Cargo.lock` has them.
fn checksums(lock: &str) -> Result<BTreeMap<Key, String>, String> {
    let lock: toml::Table = lock.parse().map_err(|error: toml::de::Error| error.to_string())?;
    let packages = lock.get("package").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let text = |package: &toml::Value, key: &str| {
        package.get(key).and_then(toml::Value::as_str).map(str::to_owned)
    };
    let sum = |package: &toml::Value| {
        Some(((text(package, "name")?, text(package, "version")?), text(package, "checksum")?))
    };
    Ok(packages.iter().filter_map(sum).collect())
}

/// A licence as cargo says it, in the spelling of SPDX.
pub(crate) fn licence(package: &Value) -> String {
    let said = word(package, "license");
    said.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ")
}

fn component(package: &Value, kind: &str) -> Value {
    json!({
        "type": kind,
        "bom-ref": purl(package),
        "name": word(package, "name"),
        "version": word(package, "version"),
        "description": word(package, "description").trim(),
        "licenses": [{"expression": licence(package)}],
        "purl": purl(package),
    })
}

/// The bill of materials of a tree.
///
/// # Errors
/// A lock file that is none.
pub(crate) fn bill(tree: &Tree, lock: &str) -> Result<Value, String> {
    let sums = checksums(lock)?;
    let mut components = Vec::new();
    for package in tree.compiled() {
        let mut entry = component(package, "library");
        // Macros and build scripts run on the developer's machine only.
        let is_in = tree.in_program.contains(&key(package));
        entry["scope"] = json!(if is_in { "required" } else { "excluded" });
        if let Some(sum) = sums.get(&key(package)) {
            entry["hashes"] = json!([{"alg": "SHA-256", "content": sum}]);
        }
        if let Some(home) = package["repository"].as_str() {
            entry["externalReferences"] = json!([{"type": "vcs", "url": home}]);
        }
        components.push(entry);
    }
    let name = |key: &Key| tree.packages.get(key).map(purl);
    let edges = tree.compiled.iter().filter_map(|from| {
        let to: Vec<String> = tree.needs.get(from)?.iter().filter_map(name).collect();
        Some(json!({"ref": name(from)?, "dependsOn": to}))
    });
    let root = tree.packages.get(&tree.root).ok_or("cargo names no package")?;
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": component(root, "application")},
        "components": components,
        "dependencies": edges.collect::<Vec<_>>(),
    }))
}
