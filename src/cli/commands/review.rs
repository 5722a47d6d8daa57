//! `weaktie review`: the open questions of an audit as a file to answer.

use std::path::{Path, PathBuf};

use crate::audit::Redaction;
use crate::cli::args::Review;
use crate::cli::{Outcome, saved, say, settings};
use crate::error::{Error, Result};
use crate::output;
use crate::people::Decisions;
use crate::report::review::{Asked, Questions};
use crate::text::count;

/// Runs the command.
pub(in crate::cli) fn run(args: &Review) -> Outcome {
    let audit = saved::read(&args.dir)?;
    if audit.redaction != Redaction::Full {
        let what = format!("{}: a redacted copy names nobody to decide about", args.dir.display());
        let hint = "name the folder the copy was made from".to_owned();
        return Err(Error::usage(what, Some(hint)).into());
    }
    let out = target(args)?;
    let kept = if out.exists() { settings::text(&out)? } else { String::new() };
    let name = out.display().to_string();
    let known =
        if kept.trim().is_empty() { Decisions::default() } else { Decisions::parse(&kept, &name)? };
    let Decisions { named, texts, same, different, .. } = known;
    let questions = Questions::of(&audit, &Asked { pairs: named, texts });
    let (pairs, classes) = questions.count();
    let text = if is_csv(&out) { questions.csv(&kept) } else { questions.toml(&kept) };
    output::write_bytes(&out, text.as_bytes())?;
    say(&format!(
        "{name}: {} and {} to answer are new; {} kept.",
        count(pairs as u64, "pair"),
        if classes == 1 { "1 class".to_owned() } else { format!("{classes} classes") },
        count((same.len() + different.len()) as u64, "decision")
    ))?;
    say(&format!("Name it in weaktie.toml: [identity] decisions = \"{name}\""))?;
    Ok(0)
}

/// The file to write: its ending says the form.
fn target(args: &Review) -> Result<PathBuf> {
    let plain = if args.csv { "decisions.csv" } else { "decisions.toml" };
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(plain));
    if args.csv == is_csv(&out) {
        return Ok(out);
    }
    let hint =
        if args.csv { "name a file that ends in .csv" } else { "add --csv, or name a .toml file" };
    Err(Error::usage(
        format!("--out {}: not the form asked for", out.display()),
        Some(hint.to_owned()),
    ))
}

fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}
