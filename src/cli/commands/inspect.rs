//! `weaktie inspect`: what is in the files, before anything is measured.

use crate::audit::Input;
use crate::cli::args::Inspect;
use crate::cli::error::CliError;
use crate::cli::{Outcome, progress::Spinner, say, settings};
use crate::error::Error;
use crate::{pipeline, text};

/// Runs the command.
pub(in crate::cli) fn run(args: &Inspect) -> Outcome {
    settings::fix_threads(args.reading.threads)?;
    let request = settings::request(&args.reading)?;
    let progress = Spinner::new();
    let found = pipeline::inspect(&request, &progress)?;
    drop(progress);
    if args.json {
        let json = serde_json::to_string_pretty(&found).map_err(|e| Error::Bug(e.to_string()))?;
        say(&json)?;
        return Ok(0);
    }
    for input in &found.inputs {
        let span = match (input.first, input.last) {
            (Some(first), Some(last)) => {
                format!(", {} to {}", text::full_day(first), text::full_day(last))
            }
            _ => String::new(),
        };
        say(&format!("{}  ({}{span})", input.file, input.kind))?;
        if input.rows_read == 0 {
            let what = if input.kind == "ignored" { "not read" } else { "no rows" };
            say(&format!("    {what}: {}", input.format))?;
            continue;
        }
        account(input)?;
    }
    say("")?;
    for note in &found.notes {
        say(&format!("Note: {note}."))?;
    }
    if !found.notes.is_empty() {
        say("")?;
    }
    if let (Some(owner), Some(as_of)) = (&found.owner, found.as_of) {
        say(&format!("Owner: {owner}. As of {}.", text::full_day(as_of)))?;
    }
    say(&format!(
        "{} people are named, {} of them your contacts; {} ties, yours and those among them.",
        text::thousands(found.people as u64),
        text::thousands(found.contacts as u64),
        text::thousands(found.ties as u64)
    ))?;
    for question in &found.answerable {
        say(&format!("  can answer:    {question}"))?;
    }
    for refused in &found.refused {
        say(&format!("  cannot answer: {} ({})", refused.question, refused.why))?;
        say(&format!("                 next: {}", refused.what_to_load))?;
    }
    for next in &found.next {
        say(&format!("  load next:     {next}"))?;
    }
    for section in &found.proposals {
        say("")?;
        say(
            "A table that is not known can be read with this in weaktie.toml (see that each column is what it says):",
        )?;
        say("")?;
        say(section.trim_end())?;
    }
    say("")?;
    say("Kept from your files, and nothing else (no message text, no subjects):")?;
    for field in &found.fields_kept {
        say(&format!("  {field}"))?;
    }
    Ok(0)
}

/// Lines named of each reason.
const LINES: usize = 5;

/// One file's rows: read, used, left out by reason with the first lines, by noise rule, and how full its columns are.
fn account(input: &Input) -> Result<(), CliError> {
    say(&format!(
        "    {} read, {} used, {} skipped; {}",
        text::count(input.rows_read, "row"),
        text::thousands(input.rows_used),
        text::thousands(input.rows_skipped),
        input.format
    ))?;
    let skipped = input.counts.iter().map(|(code, rows)| ("", code, rows));
    // Remarks are about rows that are used all the same.
    let kept = input.remarks.iter().map(|(code, rows)| ("kept: ", code, rows));
    for (fate, code, rows) in skipped.chain(kept) {
        let of_code = || input.problems.iter().filter(|problem| &problem.code == code);
        let lines: Vec<String> =
            of_code().take(LINES).map(|problem| problem.line.to_string()).collect();
        let more = if *rows > LINES as u64 { ", …" } else { "" };
        let why = of_code().next().map_or("", |problem| problem.message.as_str());
        let lines = lines.join(", ");
        say(&format!("    {rows:>7} {fate}{code} (line {lines}{more}): {why}"))?;
    }
    if !input.noise.is_empty() {
        let rules: Vec<String> =
            input.noise.iter().map(|(rule, rows)| format!("{rule} {rows}")).collect();
        say(&format!("            by noise rule: {}", rules.join(", ")))?;
    }
    let filled: Vec<String> = input
        .coverage
        .iter()
        .map(|(column, rows)| format!("{column} {}", share(*rows, input.rows_read)))
        .collect();
    if !filled.is_empty() {
        say(&format!("            filled: {}", filled.join(", ")))?;
    }
    Ok(())
}

/// A part in whole percent; a few are never none, and not quite all are never all.
fn share(part: u64, whole: u64) -> String {
    let percent = part * 100 / whole.max(1);
    match (part, percent) {
        (0, _) => "never".to_owned(),
        (_, 0) => "<1%".to_owned(),
        _ => format!("{percent}%"),
    }
}
