//! `weaktie report`: a saved audit drawn again, or as a copy that may be shared.

use std::path::Path;

use crate::audit::Redaction;
use crate::cli::args::Report;
use crate::cli::{Outcome, folder, saved, say, settings};
use crate::error::{Error, Result};
use crate::output::{self, Mark};
use crate::privacy;

/// Runs the command.
pub(in crate::cli) fn run(args: &Report) -> Outcome {
    output::check_target(&args.out, Mark::Report)?;
    let audit = saved::read(&args.dir)?;
    let level = args.redact.map_or(audit.redaction, |level| settings::redaction(Some(level)));
    check(&args.dir, audit.redaction, &args.out, level)?;
    let shown = privacy::redact(audit, level);
    let files = folder::files(&shown, args.brief, args.png)?;
    output::write_folder(&args.out, &files, Mark::Report)?;
    say(&format!("{}", args.out.join("report.html").display()))?;
    // The program ends: its memory need not be given back string by string.
    std::mem::forget(shown);
    Ok(0)
}

/// A copy of a copy at another level would show labels in place of names, or claim to show more than there is; and a
/// copy must not take the place of what it was made from.
fn check(from: &Path, has: Redaction, to: &Path, level: Redaction) -> Result<()> {
    if has != Redaction::Full && level != has {
        return Err(Error::usage(
            format!("{}: a redacted copy cannot be drawn at another level", from.display()),
            Some("name the folder the copy was made from".to_owned()),
        ));
    }
    let same = matches!((from.canonicalize(), to.canonicalize()), (Ok(a), Ok(b)) if a == b);
    if same && level != has {
        return Err(Error::usage(
            format!("{}: the copy would replace the audit it is made from", to.display()),
            Some("name another folder with --out".to_owned()),
        ));
    }
    Ok(())
}
