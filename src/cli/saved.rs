//! Saved audits: the `audit.json` of a report folder.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::audit::{
    Action, Audit, Ego, Findings, LetRest, Period, Person, Planning, Redaction, Settings,
};
use crate::error::{Error, Result};

/// Reads the audit of a report folder.
///
/// # Errors
/// [`Error::Missing`] or [`Error::Read`] when there is none to read, [`Error::Usage`] for something else in its place.
pub(super) fn read(folder: &Path) -> Result<Audit> {
    let audit: Audit = parsed(folder)?;
    check(folder, audit.schema_version)?;
    Ok(audit.migrated())
}

/// Reads an audit to compare with: a redacted copy, which hides who is who, is refused.
///
/// # Errors
/// As [`read`], and [`Error::Usage`] for a redacted copy.
pub(super) fn read_snapshot(folder: &Path) -> Result<Audit> {
    let audit = read(folder)?;
    if audit.redaction == Redaction::Full {
        return Ok(audit);
    }
    let what = format!("{}: a redacted copy hides who is who", folder.display());
    Err(Error::usage(what, Some("name the folder the copy was made from".to_owned())))
}

/// The folder below `folder` with the audit of the latest day that shows people in full, whatever its name.
pub(super) fn newest(folder: &Path) -> Option<PathBuf> {
    #[derive(Deserialize)]
    struct Stamp {
        as_of: Date,
        redaction: Redaction,
    }
    let audits = fs::read_dir(folder).ok()?.filter_map(|entry| {
        let path = entry.ok()?.path();
        let stamp: Stamp = parsed(&path).ok()?;
        (stamp.redaction == Redaction::Full).then_some((stamp.as_of, path))
    });
    audits.max().map(|(_, path)| path)
}

/// Refuses a file of a later program.
fn check(folder: &Path, version: u32) -> Result<()> {
    if Audit::can_read(version) {
        return Ok(());
    }
    Err(Error::usage(
        format!("{}: schema version {version} is not known", folder.join("audit.json").display()),
        Some("it was written by a later weaktie: update this one".to_owned()),
    ))
}

/// Reads what a plan needs: people and candidates, but neither ties nor findings, which are most of a large file.
///
/// # Errors
/// As [`read`].
pub(super) fn read_plan(folder: &Path) -> Result<Audit> {
    let plan: Plan = parsed(folder)?;
    check(folder, plan.schema_version)?;
    Ok(Audit {
        schema_version: plan.schema_version,
        tool: plan.tool,
        as_of: plan.as_of,
        as_of_from: plan.as_of_from,
        period: plan.period,
        seed: plan.seed,
        redaction: plan.redaction,
        ego: plan.ego,
        settings: plan.settings,
        inputs: Vec::new(),
        people: plan.people,
        ties: Vec::new(),
        network: std::collections::BTreeMap::new(),
        findings: Findings::default(),
        actions: plan.actions,
        let_rest: plan.let_rest,
        planning: plan.planning,
        refused: Vec::new(),
    })
}

/// An audit of which the largest parts are passed over; what is no audit is refused as by [`Audit`].
#[derive(Deserialize)]
struct Plan {
    schema_version: u32,
    tool: String,
    as_of: Date,
    as_of_from: String,
    period: Period,
    seed: u64,
    redaction: Redaction,
    ego: Ego,
    settings: Settings,
    people: Vec<Person>,
    #[serde(rename = "ties")]
    _ties: IgnoredAny,
    #[serde(rename = "findings")]
    _findings: IgnoredAny,
    actions: Vec<Action>,
    let_rest: Vec<LetRest>,
    #[serde(default)]
    planning: Planning,
}

fn parsed<T: DeserializeOwned>(folder: &Path) -> Result<T> {
    let path = folder.join("audit.json");
    let text = fs::read(&path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => Error::Missing { path: path.clone() },
        _ => Error::Read { path: path.clone(), source },
    })?;
    serde_json::from_slice(&text).map_err(|error| {
        let hint = "name the report folder of an earlier audit (the one with audit.json in it)";
        let what = format!("{}: not a saved audit: {error}", path.display());
        Error::usage(what, Some(hint.to_owned()))
    })
}
