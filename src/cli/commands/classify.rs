//! `weaktie classify`: a table of titles and companies with function, seniority and industry added.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::classify::{self, Account, Format};
use crate::cli::args::Classify;
use crate::cli::{Outcome, error::CliError, note, settings};
use crate::error::Error;
use crate::text;

/// Skipped rows named one by one.
const SHOWN: usize = 5;

/// Runs the command.
pub(in crate::cli) fn run(args: &Classify) -> Outcome {
    let said = args.overrides.as_deref().map(settings::overrides).transpose()?.unwrap_or_default();
    settings::fix_threads(args.threads)?;
    let file = if args.file == Path::new("-") {
        "standard input".to_owned()
    } else {
        args.file.display().to_string()
    };
    let input = classify::open(&args.file)?;
    let format = if args.json { Format::Json } else { Format::Csv };
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    let account = match classify::classify(input, &file, &said, format, &mut out) {
        Ok(account) => account,
        Err(Error::Write { source, .. }) => return Err(CliError::from_stdout(source)),
        Err(error) => return Err(error.into()),
    };
    out.flush().map_err(CliError::from_stdout)?;
    drop(out);
    talk(&file, &account)?;
    Ok(0)
}

/// To stderr: what became of the rows, and how much is known.
fn talk(file: &str, account: &Account) -> Result<(), CliError> {
    let skipped = match account.rows_skipped {
        0 => String::new(),
        count => format!(", {} skipped", text::thousands(count)),
    };
    let above = match account.preamble {
        0 => String::new(),
        count => format!("; {} above the header", text::count(count, "line")),
    };
    let (read, used) = (text::count(account.rows_read, "row"), text::thousands(account.rows_used));
    let rows = format!("{file}: {read} read, {used} written{skipped}{above}");
    note(&rows)?;
    for problem in account.problems.iter().take(SHOWN) {
        let place = format!("{file}, line {}, column {}", problem.line, problem.column);
        note(&format!("{place}: {}; skipped", problem.message))?;
    }
    let share = |known: u64| {
        let percent = known as f64 / account.rows_used.max(1) as f64 * 100.0;
        format!("{} ({percent:.0} %)", text::thousands(known))
    };
    let [function, seniority, industry] = account.known.map(share);
    let [title, company] = &account.columns;
    let mut parts = Vec::new();
    if let Some(title) = title {
        parts.push(format!(
            "function known for {function}, seniority for {seniority}, from `{title}`"
        ));
    }
    if let Some(company) = company {
        parts.push(format!("industry for {industry}, from `{company}`"));
    }
    if account.yours > 0 {
        parts.push(format!("{} by your own entries", text::count(account.yours, "row")));
    }
    note(&parts.join("; "))
}
