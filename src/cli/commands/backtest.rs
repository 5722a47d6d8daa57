//! `weaktie backtest`: the contact model on a log's own past, against the simple ways.

use std::path::PathBuf;

use crate::cli::args::Backtest;
use crate::cli::{Outcome, error::CliError, note, progress::Meter, say, settings};
use crate::dyads::{self, Log};
use crate::error::{Error, Result};
use crate::forecast::backtest::{self, Trial, Who};
use crate::forecast::bootstrap::Interval;
use crate::forecast::coefficients::Coefficients;
use crate::forecast::columns::{At, Scope};
use crate::forecast::model::{self, Kind};
use crate::forecast::report::{self, Means, Report};
use crate::forecast::saved;
use crate::frame::{self, Named, Values};
use crate::ingest::stream::Key;
use crate::introductions::{backtest as introductions, meeting};
use crate::units::Day;
use crate::{glossary, output, text};

/// Runs the command.
pub(in crate::cli) fn run(args: &Backtest) -> Outcome {
    settings::fix_threads(args.threads)?;
    if let Some(path) = &args.predictions {
        settings::keep_inputs(&args.logs, path)?;
    }
    let meter = Meter::new()?;
    let log = dyads::read(&args.logs, None, frame::parquet::as_csv, &meter)?;
    let horizon = i32::try_from(args.horizon).unwrap_or(i32::MAX);
    let cutoffs = cutoffs(args, &log, horizon)?;
    if args.introductions {
        meter.stage("trying who meets whom");
        let found = introductions::run(&log.histories, &cutoffs, horizon, &meeting::untaught());
        meter.check()?;
        drop(meter);
        return super::introductions::tell(found.as_ref(), &args.logs, horizon, args.json);
    }
    let who = who(args, &log)?;
    meter.stage("trying the model");
    // One person's own log shows their ties alone.
    let own = match (who, log.histories.centre()) {
        (Who::One(me), Some(centre)) if me == centre => Some(log.histories.only(me)),
        _ => None,
    };
    let scope = match (who, &own) {
        (Who::One(me), Some(_)) => Scope::Own(me),
        _ => Scope::Whole,
    };
    let histories = own.as_ref().unwrap_or(&log.histories);
    let at = At { histories, scope, cutoff: model::cutoff_after(log.as_of), horizon };
    let trials = backtest::run(&at, &cutoffs, who, &Coefficients::shipped());
    meter.check()?;
    let Some(found) = report::of(&trials, horizon) else {
        return Err(unverified(&args.logs, who, horizon).into());
    };
    if let Some(path) = &args.predictions {
        let table = predictions(&trials, &log.people);
        output::write_file(path, |file| frame::csv::write_csv([table].into_iter(), file, path))?;
    }
    drop(meter);
    if args.json {
        let saved = saved::backtest(&found);
        let json = serde_json::to_string_pretty(&saved).map_err(|e| Error::Bug(e.to_string()))?;
        say(&json)?;
        return Ok(0);
    }
    for ledger in &log.ledgers {
        note(&format!(
            "{}: {} rows read, {} used, {} skipped",
            ledger.file,
            text::thousands(ledger.rows_read),
            text::thousands(ledger.rows_used),
            text::thousands(ledger.skipped.len() as u64)
        ))?;
    }
    tell(&found, who, &log.people)?;
    if let Some(path) = &args.predictions {
        say(&format!("Written: {}", path.display()))?;
    }
    Ok(0)
}

/// Whose ties: as said, else the person whose log it is, else everybody's.
fn who(args: &Backtest, log: &Log) -> Result<Who> {
    if args.pairs {
        return Ok(Who::Pairs);
    }
    if args.everyone {
        return Ok(Who::Everyone);
    }
    let Some(me) = &args.me else {
        return Ok(log.histories.centre().map_or(Who::Everyone, Who::One));
    };
    let wanted = me.trim().to_lowercase();
    let found = log.people.iter().position(|key| key.text.to_lowercase() == wanted);
    if let Some(at) = found.and_then(|at| u32::try_from(at).ok()) {
        return Ok(Who::One(at));
    }
    let near = glossary::nearest(&wanted, log.people.iter().map(|key| key.text.as_str()));
    let hint = near
        .map_or("the log's ids are those in its columns from and to".to_owned(), |near| {
            format!("did you mean `{near}`?")
        });
    Err(Error::usage(format!("--me {me}: nobody in these logs is called so"), Some(hint)))
}

/// The first days of the windows.
fn cutoffs(args: &Backtest, log: &Log, horizon: i32) -> Result<Vec<Day>> {
    let first = log.histories.span().map_or(log.as_of, |span| span.0);
    let end = model::cutoff_after(log.as_of);
    let Some(split) = args.split.map(Day::from_date) else {
        return Ok(backtest::cutoffs(first, log.as_of, horizon));
    };
    if split <= first || split.plus(horizon) > end {
        return Err(Error::usage(
            format!("--split {}: the log does not hold the days around it", split.date()),
            Some(format!(
                "it runs from {} to {}; the window takes {horizon} days from the split on",
                text::full_day(first.date()),
                text::full_day(log.as_of.date())
            )),
        ));
    }
    Ok(vec![split])
}

fn unverified(logs: &[PathBuf], who: Who, horizon: i32) -> Error {
    let file = logs.first().map_or(String::new(), |path| path.display().to_string());
    let ties = match who {
        Who::Pairs => "ties with and without contact".to_owned(),
        _ => format!(
            "an owner with {} ties, {} of them with and {} without contact, in both windows",
            backtest::FEWEST_TIES,
            crate::forecast::plain::FEWEST,
            crate::forecast::plain::FEWEST
        ),
    };
    Error::unusable(
        file,
        format!("no back-test: this needs two windows of {horizon} days, and {ties}"),
        Some("load a longer log, or try a shorter --horizon".to_owned()),
    )
}

/// The ties of the newest window.
fn predictions(trials: &[Trial], people: &[Key]) -> Vec<Named> {
    let newest = trials.iter().map(|trial| trial.cutoff).max();
    let all = trials.iter().filter(|trial| Some(trial.cutoff) == newest);
    let mut ties: Vec<_> = all.flat_map(|trial| &trial.ties).collect();
    ties.sort_by_key(|tie| (tie.a, tie.b));
    let name = |person: u32| people.get(person as usize).map_or("", |key| key.text.as_str());
    let texts = |of: fn(&backtest::Scored) -> u32| {
        Values::Text(ties.iter().map(|tie| name(of(tie)).to_owned()).collect())
    };
    let score =
        |kind: Kind| Values::Number(ties.iter().map(|tie| tie.scores[kind as usize]).collect());
    vec![
        Named { name: "a".into(), values: texts(|tie| tie.a) },
        Named { name: "b".into(), values: texts(|tie| tie.b) },
        Named {
            name: "n_before".into(),
            values: Values::Count(ties.iter().map(|t| t.before).collect()),
        },
        Named {
            name: "active".into(),
            values: Values::Count(ties.iter().map(|tie| u32::from(tie.met)).collect()),
        },
        Named { name: "p_contact".into(), values: score(Kind::Stack) },
        Named { name: "p_blend".into(), values: score(Kind::Blend) },
        Named { name: "p_recency".into(), values: score(Kind::Recency) },
        Named { name: "p_frequency".into(), values: score(Kind::Frequency) },
    ]
}

type Said = std::result::Result<(), CliError>;

fn tell(found: &Report, who: Who, people: &[Key]) -> Said {
    let horizon = found.horizon;
    let whose = match who {
        Who::One(me) => {
            format!("the ties of {}", people.get(me as usize).map_or("", |key| key.text.as_str()))
        }
        Who::Everyone => format!("{} in turn", text::count(found.owners as u64, "owner")),
        Who::Pairs => "all pairs with 3 or more interactions, the last within a year".to_owned(),
    };
    say(&format!("Which ties have contact within {horizon} days? Tried on {whose}:"))?;
    for window in &found.windows {
        say(&format!(
            "  {} to {}: {}, {} with contact",
            window.from.date(),
            window.from.plus(horizon - 1).date(),
            text::count(window.ties as u64, "tie"),
            percent(window.met as f64 / window.ties.max(1) as f64)
        ))?;
    }
    say("")?;
    say(&format!(
        "{:<12}{:>8}{:>10}{:>8}{:>8}{:>10}{:>12}",
        "", "AUC", "avg. prec", "Brier", "skill", "log loss", "exp./obs."
    ))?;
    let kinds = ["p_contact", "blend", "recency", "frequency"].into_iter().zip(&found.means);
    for (name, means) in kinds.chain([("base rate", &found.base)]) {
        let Means { auc, ap, brier, skill, log_loss, expected } = means;
        say(&format!(
            "{name:<12}{auc:>8.3}{ap:>10.3}{brier:>8.3}{skill:>8.3}{log_loss:>10.3}{expected:>12.2}"
        ))?;
    }
    say("")?;
    let resampled = if found.owners > 1 { "owners" } else { "ties" };
    say(&format!("p_contact less the others, 95 % intervals over resampled {resampled}:"))?;
    for (name, gain) in
        [("blend", &found.over_blend), ("the better of the two baselines", &found.over_baseline)]
    {
        say(&format!(
            "  {name}: AUC {}, average precision {}, Brier {}",
            interval(&gain.auc),
            interval(&gain.ap),
            interval(&gain.brier)
        ))?;
    }
    say("")?;
    say("Told and seen, ties in ten equal parts (95 % interval of what was seen):")?;
    for bin in &found.bins {
        say(&format!(
            "  told {:>5}  seen {:>5} ({} to {}) of {}",
            percent(bin.expected),
            percent(bin.observed()),
            percent(bin.interval[0]),
            percent(bin.interval[1]),
            text::count(bin.ties as u64, "tie")
        ))?;
    }
    say("")?;
    say(&decision(found))
}

fn interval(interval: &Interval) -> String {
    let Interval { value, low, high } = interval;
    format!("{value:+.3} [{low:+.3}, {high:+.3}]")
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// The decision in words (`methods` C.7.5).
fn decision(found: &Report) -> String {
    let decision = &found.decision;
    let [to_blend, to_baseline] = decision.lost;
    let all = text::count(decision.windows as u64, "window");
    let baseline = match decision.better_baseline {
        Kind::Frequency => "frequency",
        _ => "recency",
    };
    let record = format!(
        "by Brier score p_contact lost to the blend in {to_blend} and to {baseline} in {to_baseline} of {all}"
    );
    match decision.chosen {
        Kind::Stack => format!("Decision: p_contact stands; {record}."),
        Kind::Blend => format!("Decision: fall back to the blend; {record}."),
        Kind::Recency | Kind::Frequency => {
            format!("Decision: fall back to {baseline} alone; {record}.")
        }
    }
}
