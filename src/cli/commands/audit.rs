//! `weaktie audit`: the main job.

use std::path::{Path, PathBuf};

use crate::audit::Audit as Saved;
use crate::cli::args::Audit;
use crate::cli::{Outcome, folder, progress::Spinner, say, settings};
use crate::output::{self, Mark};
use crate::{pipeline, text};

/// Runs the command.
pub(in crate::cli) fn run(args: &Audit) -> Outcome {
    settings::fix_threads(args.reading.threads)?;
    let request = settings::audit(args)?;
    // Refuse before the work, not after it.
    if let Some(out) = &args.out {
        output::check_target(out, Mark::Report)?;
    }
    let progress = Spinner::new();
    let audit = pipeline::audit(&request, &progress)?;
    let default = || PathBuf::from("reports").join(audit.as_of.to_string());
    let out = args.out.clone().unwrap_or_else(default);
    let files = folder::files(&audit, settings::redaction(args.redact), args.brief)?;
    output::write_folder(&out, &files, Mark::Report)?;
    drop(progress);
    summary(&audit, &out)?;
    Ok(0)
}

/// The five numbers, the first three actions, what was refused, and where the report is.
pub(super) fn summary(audit: &Saved, out: &Path) -> Result<(), crate::cli::error::CliError> {
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
        say("  Nothing needs you this quarter.")?;
    }
    for refused in &audit.refused {
        say("")?;
        say(&format!("  Not answered: {} {}.", refused.question, refused.why))?;
        say(&format!("  Load: {}.", refused.what_to_load))?;
    }
    say("")?;
    say(&format!("{}", out.join("report.html").display()))
}
