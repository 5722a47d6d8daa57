//! `weaktie compare`: what moved between saved audits, and why.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::audit::{Audit, Changes, Quarter, Redaction};
use crate::changes;
use crate::cli::args::Compare;
use crate::cli::{Outcome, saved, say};
use crate::error::{Error, Result};
use crate::output::{self, Mark};
use crate::privacy;
use crate::report;
use crate::text;

/// What is printed with `--json` and saved beside the page.
#[derive(Serialize)]
struct Comparison<'a> {
    tool: &'a str,
    /// The five numbers of each audit, earliest first.
    trend: &'a [Quarter],
    /// What moved from each audit to the next.
    changes: &'a [Changes],
    /// Names of today's people among the changes, by id.
    names: BTreeMap<&'a str, &'a str>,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Compare) -> Outcome {
    if let Some(out) = &args.out {
        output::check_target(out, Mark::Comparison)?;
    }
    let mut earlier: Option<Audit> = None;
    let (mut trend, mut moved) = (Vec::new(), Vec::new());
    for (nth, dir) in args.dirs.iter().enumerate() {
        let audit = saved::read_snapshot(dir)?;
        if let Some(old) = &earlier {
            check(old, &audit, (&args.dirs[nth - 1], dir))?;
            moved.push(between(old, &audit));
        }
        trend.extend(audit.findings.quarters.last().cloned());
        earlier = Some(audit);
    }
    let Some(mut latest) = earlier else { return Ok(0) };
    latest.findings.changes = moved.last().cloned();
    latest.findings.quarters.clone_from(&trend);
    // Everything that is printed or written is what may be shown of a full audit.
    let shown = privacy::redact(latest, Redaction::Full);
    let audit = shown.audit();
    let comparison = Comparison {
        tool: &audit.tool,
        trend: &trend,
        changes: &moved,
        names: names(audit, &moved),
    };
    let json = serde_json::to_string_pretty(&comparison).map_err(|e| Error::Bug(e.to_string()))?;
    if let Some(out) = &args.out {
        write(out, audit, &json)?;
    }
    if args.json {
        say(&json)?;
        return Ok(0);
    }
    if trend.len() > 2 {
        for line in report::trend_text(&trend) {
            say(&line)?;
        }
        say("")?;
    }
    for line in report::changes_text(audit) {
        say(&line)?;
    }
    if let Some(out) = &args.out {
        say("")?;
        say(&format!("{}", out.join("compare.html").display()))?;
    }
    Ok(0)
}

/// What moved; intervals that need the logs are those the later audit worked out against this earlier one.
fn between(old: &Audit, new: &Audit) -> Changes {
    let mut found = changes::between(old, new);
    let saved = new.findings.changes.as_ref().filter(|saved| saved.since == old.as_of);
    if let Some(saved) = saved {
        found.graph.clone_from(&saved.graph);
        found.bridges.clone_from(&saved.bridges);
    }
    found
}

fn write(out: &Path, audit: &Audit, json: &str) -> Result<()> {
    let files = [
        ("compare.html".to_owned(), report::comparison(audit).into_bytes()),
        ("compare.json".to_owned(), format!("{json}\n").into_bytes()),
    ];
    output::write_folder(out, &files, Mark::Comparison)
}

/// Two audits of one owner, in the order of their days.
fn check(old: &Audit, new: &Audit, (before, after): (&Path, &Path)) -> Result<()> {
    if old.as_of > new.as_of {
        return Err(Error::usage(
            format!(
                "{} speaks of {}, {} of {}: the later one comes first",
                before.display(),
                text::full_day(old.as_of),
                after.display(),
                text::full_day(new.as_of)
            ),
            Some("name the folders from the earliest to the latest".to_owned()),
        ));
    }
    let same_name =
        crate::canonical::plain(&old.ego.name) == crate::canonical::plain(&new.ego.name);
    if old.ego.id != new.ego.id && !same_name {
        return Err(Error::usage(
            format!("{} and {} are audits of two owners", before.display(), after.display()),
            Some(
                "compare the audits of one person, or say who you are with --me when auditing"
                    .to_owned(),
            ),
        ));
    }
    Ok(())
}

fn names<'a>(audit: &'a Audit, moved: &[Changes]) -> BTreeMap<&'a str, &'a str> {
    let ids = moved.iter().flat_map(|found| {
        let jobs = found.jobs.iter().map(|job| job.id.as_str());
        let ties = found.ties.iter().chain(&found.noise).map(|tie| tie.id.as_str());
        jobs.chain(ties).chain(found.bridges.iter().map(|bridge| bridge.id.as_str()))
    });
    let ids: std::collections::BTreeSet<&str> = ids.collect();
    let people = audit.people.iter().filter(|person| ids.contains(person.id.as_str()));
    people.map(|person| (person.id.as_str(), person.name.as_str())).collect()
}
