//! `weaktie audit`: the main job.

use std::path::{Path, PathBuf};

use crate::audit::{Audit, Redaction};
use crate::cli::args;
use crate::cli::{Outcome, folder, note, progress::Spinner, say, settings};
use crate::error::Error;
use crate::output::{self, Mark};
use crate::privacy::{self, Shown};
use crate::progress::Progress;
use crate::thresholds::{Threshold, Verdict};
use crate::{pipeline, text};

/// Runs the command.
pub(in crate::cli) fn run(args: &args::Audit) -> Outcome {
    settings::fix_threads(args.reading.threads)?;
    let request = settings::audit(args)?;
    // Refuse before the work, not after it.
    if let Some(out) = &args.out {
        output::check_target(out, Mark::Report)?;
    }
    let progress = Spinner::new();
    // From here on everything, the terminal too, sees what may be shown.
    let audit = pipeline::audit(&request, &progress)?;
    let shown = privacy::redact(audit, settings::redaction(args.redact));
    let out = args.out.clone().unwrap_or_else(|| default_folder(&shown));
    progress.stage("drawing the report");
    let files = folder::files(&shown, args.brief, args.png)?;
    output::write_folder(&out, &files, Mark::Report)?;
    drop(progress);
    summary(&shown, &out)?;
    let code = judged(&args.fail_on, shown.audit());
    // The program ends: to give the strings of 30,000 people back one by one would take a third of a second.
    std::mem::forget(shown);
    code
}

/// 1 when a limit was crossed, which is said; a number that is not there crosses none, which is said too.
fn judged(limits: &[Threshold], audit: &Audit) -> Outcome {
    let (mut code, mut wrong) = (0, None);
    for limit in limits {
        match limit.judge(audit) {
            Verdict::Kept => {}
            Verdict::Crossed(found) => {
                code = 1;
                note(&format!("--fail-on {limit}: it is {}", (found * 1e3).round() / 1e3))?;
            }
            Verdict::EachContact => {
                // The others are judged all the same.
                wrong = wrong.or(Some(Error::usage(
                    format!("--fail-on {limit}: a number of each contact, not of the network"),
                    Some("a state such as neglected counts contacts".to_owned()),
                )));
            }
            Verdict::Unknown => note(&format!("--fail-on {limit}: this audit has no such number"))?,
        }
    }
    wrong.map_or(Ok(code), |error| Err(error.into()))
}

/// `reports/<as-of>`; a redacted copy stands beside the full one, which later audits compare with.
fn default_folder(shown: &Shown) -> PathBuf {
    let audit = shown.audit();
    let name = match audit.redaction {
        Redaction::Full => audit.as_of.to_string(),
        Redaction::Initials => format!("{}-initials", audit.as_of),
        Redaction::Pseudonym => format!("{}-pseudonym", audit.as_of),
        Redaction::Aggregate => format!("{}-aggregate", audit.as_of),
    };
    PathBuf::from("reports").join(name)
}

/// The five numbers, the first three actions, what was refused, the remarks, and where the report is.
pub(super) fn summary(shown: &Shown, out: &Path) -> Result<(), crate::cli::error::CliError> {
    let audit = shown.audit();
    let (read, used) = audit
        .inputs
        .iter()
        .fold((0, 0), |(read, used), input| (read + input.rows_read, used + input.rows_used));
    say(&format!(
        "{}, as of {} ({} of {} rows used)",
        audit.ego.name,
        text::full_day(audit.as_of),
        text::thousands(used),
        text::thousands(read)
    ))?;
    say("")?;
    for line in crate::report::five_numbers(audit) {
        say(&format!("  {line}"))?;
    }
    say("")?;
    for (rank, action) in (1..).zip(audit.actions.iter().take(3)) {
        say(&format!("  {rank}. {} By {}.", action.reason, text::day(action.do_by)))?;
    }
    if audit.actions.is_empty() {
        say(match (audit.settings.budget_actions, audit.redaction) {
            (0, _) => "  No actions were asked for.",
            (_, Redaction::Aggregate) => "  Actions name people and are left out.",
            _ => "  Nothing needs you this quarter.",
        })?;
    }
    for refused in &audit.refused {
        say("")?;
        say(&format!("  Not answered: {} Because {}.", refused.question, refused.why))?;
        say(&format!("  Next: {}.", refused.what_to_load))?;
    }
    if !audit.findings.notes.is_empty() {
        say("")?;
    }
    for note in &audit.findings.notes {
        say(&format!("  Note: {note}."))?;
    }
    say("")?;
    say(&format!("{}", out.join("report.html").display()))
}
