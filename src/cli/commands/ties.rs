//! `weaktie ties`: logs of any size as one row a pair.

use std::ffi::OsStr;
use std::path::Path;

use serde::Serialize;

use crate::cli::args::Ties;
use crate::cli::{Outcome, progress::Meter, say, settings};
use crate::dyads::{self, Dyads, Request, table};
use crate::error::{Error, Result};
use crate::forecast::model::Kind;
use crate::forecast::outlook::Outlook;
use crate::frame;
use crate::ingest::stream::{self, Ledger};
use crate::units::Day;
use crate::{output, text};

/// Runs the command.
pub(in crate::cli) fn run(args: &Ties) -> Outcome {
    settings::fix_threads(args.threads)?;
    let form = Form::of(&args.out)?;
    for out in [Some(&args.out), args.skipped.as_ref()].into_iter().flatten() {
        settings::keep_inputs(&args.logs, out)?;
    }
    let request = Request {
        logs: args.logs.clone(),
        as_of: args.as_of.map(Day::from_date),
        horizon: args.horizon,
        config: settings::config_or_default(args.config.as_deref())?,
    };
    let meter = Meter::new()?;
    let dyads = dyads::run(&request, frame::parquet::as_csv, &meter)?;
    meter.stage("writing");
    output::write_file(&args.out, |file| {
        let tables = table::tables(&dyads);
        match form {
            Form::Parquet => frame::parquet::write_parquet(tables, file, &args.out)?,
            Form::Csv => frame::csv::write_csv(tables, file, &args.out)?,
        }
        meter.check()
    })?;
    if let Some(path) = &args.skipped {
        output::write_file(path, |file| {
            frame::csv::write_csv([dyads::skipped(&dyads.ledgers)].into_iter(), file, path)
        })?;
    }
    drop(meter);
    if args.json {
        let summary = Summary::of(&dyads, args.horizon);
        let json = serde_json::to_string_pretty(&summary).map_err(|e| Error::Bug(e.to_string()))?;
        say(&json)?;
        return Ok(0);
    }
    for ledger in &dyads.ledgers {
        say_account(ledger)?;
    }
    if dyads.repeats > 0 {
        let rows = text::count(dyads.repeats, "row");
        say(&format!(
            "Kept although the same stands earlier, because a log has no message ids: {rows}"
        ))?;
    }
    say(&format!(
        "{} among {} people, as of {}.",
        text::count(dyads.pairs.len() as u64, "pair"),
        text::thousands(dyads.people_in_pairs() as u64),
        text::full_day(dyads.as_of.date())
    ))?;
    say(&model(&dyads, args.horizon))?;
    say(&format!("Written: {}", args.out.display()))?;
    Ok(0)
}

/// What the table is written as, told by the name of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Parquet,
    Csv,
}

impl Form {
    fn of(path: &Path) -> Result<Self> {
        match path.extension().and_then(OsStr::to_str) {
            Some("parquet") => Ok(Self::Parquet),
            Some("csv") => Ok(Self::Csv),
            _ => Err(Error::usage(
                format!("{}: the table is written as Parquet or CSV", path.display()),
                Some("end the name of --out in .parquet or .csv".to_owned()),
            )),
        }
    }
}

fn say_account(ledger: &Ledger) -> std::result::Result<(), crate::cli::error::CliError> {
    if ledger.format.starts_with(stream::LEFT_OUT) {
        return say(&format!("{}: {}", ledger.file, ledger.format));
    }
    say(&format!(
        "{}: {} rows read, {} used, {} skipped ({})",
        ledger.file,
        text::thousands(ledger.rows_read),
        text::thousands(ledger.rows_used),
        text::thousands(ledger.skipped.len() as u64),
        ledger.format
    ))?;
    for (code, rows, lines) in ledger.reasons() {
        let shown: Vec<String> = lines.iter().map(u64::to_string).collect();
        let more = if rows > lines.len() as u64 { ", …" } else { "" };
        let rows = text::thousands(rows);
        say(&format!("    {rows:>11} {} (line {}{more})", code.name(), shown.join(", ")))?;
    }
    for remark in &ledger.remarks {
        let rows = text::thousands(remark.rows);
        say(&format!("    {rows:>11} kept: {} (from line {})", remark.code.name(), remark.line))?;
    }
    Ok(())
}

/// What stands behind `p_contact`.
fn model(dyads: &Dyads, horizon: u32) -> String {
    let Outlook { model, decision } = &dyads.outlook;
    let what = format!("P(contact within {})", text::count(u64::from(horizon), "day"));
    let by = match decision.chosen {
        Kind::Stack if model.windows == 0 => "the pretrained model",
        Kind::Stack => "the pretrained model, learned further on this log",
        Kind::Blend => "MBG/NBD and a logistic of contact days and silence",
        Kind::Recency => "days since the last contact",
        Kind::Frequency => "the number of interactions",
    };
    let learned = match model.learned_from {
        0 => String::new(),
        ties => format!(" ({} of earlier windows)", text::count(ties as u64, "tie")),
    };
    let proof = match decision.windows {
        0 => "not verified on this log: it is too short, or too few ties had or lacked contact.",
        1 => "one earlier window speaks for it.",
        _ => "two earlier windows speak for it; `weaktie backtest` says how well it does.",
    };
    format!("{what}: {by}{learned}; {proof}")
}

#[derive(Serialize)]
struct Summary<'d> {
    as_of: String,
    people: usize,
    pairs: usize,
    repeated_rows: u64,
    horizon_days: u32,
    model: Model,
    inputs: Vec<Input<'d>>,
}

#[derive(Serialize)]
struct Model {
    /// The model in use, and how many earlier windows it was tried in.
    name: &'static str,
    windows_tried: usize,
    /// Ties of earlier windows that were learned from; 0 = pretrained only.
    ties: usize,
    /// The MBG/NBD fit; `null` where the prior stands in.
    mbg_nbd: Option<Fitted>,
}

#[derive(Serialize)]
struct Fitted {
    ties: usize,
    r: f64,
    alpha_days: f64,
    a: f64,
    b: f64,
    drop_out_identified: bool,
}

#[derive(Serialize)]
struct Input<'d> {
    file: &'d str,
    rows_read: u64,
    rows_used: u64,
    rows_skipped: usize,
    skipped: Vec<Reason>,
    kept_with_remark: Vec<Reason>,
}

#[derive(Serialize)]
struct Reason {
    code: &'static str,
    rows: u64,
    first_line: u64,
}

impl<'d> Summary<'d> {
    fn of(dyads: &'d Dyads, horizon: u32) -> Self {
        let Outlook { model, decision } = &dyads.outlook;
        let mbg_nbd = model.plain.fit.map(|fit| Fitted {
            ties: fit.ties,
            r: fit.parameters.r,
            alpha_days: fit.parameters.alpha,
            a: fit.parameters.a,
            b: fit.parameters.b,
            drop_out_identified: fit.identified,
        });
        let model = Model {
            name: decision.chosen.name(),
            windows_tried: decision.windows,
            ties: model.learned_from,
            mbg_nbd,
        };
        Self {
            as_of: dyads.as_of.date().to_string(),
            people: dyads.people_in_pairs(),
            pairs: dyads.pairs.len(),
            repeated_rows: dyads.repeats,
            horizon_days: horizon,
            model,
            inputs: dyads.ledgers.iter().map(Input::of).collect(),
        }
    }
}

impl<'d> Input<'d> {
    fn of(ledger: &'d Ledger) -> Self {
        let reason = |(code, rows, lines): (crate::ingest::Code, u64, Vec<u64>)| Reason {
            code: code.name(),
            rows,
            first_line: lines.first().copied().unwrap_or(0),
        };
        let remark = |remark: &stream::Remark| Reason {
            code: remark.code.name(),
            rows: remark.rows,
            first_line: remark.line,
        };
        Self {
            file: &ledger.file,
            rows_read: ledger.rows_read,
            rows_used: ledger.rows_used,
            rows_skipped: ledger.skipped.len(),
            skipped: ledger.reasons().into_iter().map(reason).collect(),
            kept_with_remark: ledger.remarks.iter().map(remark).collect(),
        }
    }
}
