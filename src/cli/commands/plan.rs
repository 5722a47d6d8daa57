//! `weaktie plan`: another budget from a saved audit, without the sources.

use crate::audit::{Audit, Redaction};
use crate::cli::args::{Plan, PlanFormat};
use crate::cli::{Outcome, put, saved, say};
use crate::error::{Error, Result};
use crate::plan::{self, Budget};
use crate::privacy;
use crate::report;
use crate::text;

/// Runs the command.
pub(in crate::cli) fn run(args: &Plan) -> Outcome {
    let mut audit = saved::read_plan(&args.dir)?;
    check(args, &audit)?;
    let from = match args.from {
        Some(first) => first.yesterday().unwrap_or(first),
        None => audit.as_of,
    };
    let settings = &mut audit.settings;
    settings.budget_minutes = args.minutes.unwrap_or(settings.budget_minutes);
    settings.budget_actions = args.actions.unwrap_or(settings.budget_actions);
    settings.budget_actions_a_week = args.a_week.unwrap_or(settings.budget_actions_a_week);
    let budget = Budget {
        minutes: settings.budget_minutes,
        actions: settings.budget_actions,
        a_week: settings.budget_actions_a_week,
        from,
        seed: audit.seed,
    };
    let chosen = plan::choose(&audit.planning, &budget);
    // What the whole plan changes was measured for the saved one alone.
    let saved = audit.actions.iter().map(|action| &action.id);
    let is_saved_one = chosen.actions.iter().map(|action| &action.id).eq(saved);
    if !is_saved_one {
        audit.planning.together.clear();
    }
    audit.actions = chosen.actions;
    audit.planning.from = Some(chosen.from);
    audit.planning.choice = chosen.choice;
    audit.planning.trial = chosen.trial;
    let shown = privacy::redact(audit, Redaction::Full);
    let audit = shown.audit();
    match args.format {
        PlanFormat::Text => summary(audit),
        PlanFormat::Markdown => put(report::actions_md(audit).as_bytes()),
        PlanFormat::Csv => put(report::actions_csv(audit).as_bytes()),
        PlanFormat::Ics => put(report::actions_ics(audit).as_bytes()),
        PlanFormat::Json => {
            let json = serde_json::to_string_pretty(&serde_json::json!({
                "as_of": audit.as_of,
                "from": audit.planning.from,
                "choice": audit.planning.choice,
                "together": audit.planning.together,
                "actions": audit.actions,
                "let_rest": audit.let_rest,
            }));
            put((json.map_err(|error| Error::Bug(error.to_string()))? + "\n").as_bytes())
        }
    }
}

fn check(args: &Plan, audit: &Audit) -> Result<()> {
    let folder = args.dir.display();
    if audit.redaction != Redaction::Full {
        return Err(Error::usage(
            format!("{folder}: a redacted copy holds no candidates to plan from"),
            Some("name the folder the copy was made from".to_owned()),
        ));
    }
    if audit.planning.candidates.is_empty() && !audit.actions.is_empty() {
        return Err(Error::usage(
            format!("{folder}: this audit was saved before plans could be made again"),
            Some("run weaktie audit on the sources once more".to_owned()),
        ));
    }
    match args.from {
        Some(first) if first <= audit.as_of => Err(Error::usage(
            format!("--from {first}: the audit speaks of {}", text::full_day(audit.as_of)),
            Some("name a later day, or audit newer data".to_owned()),
        )),
        _ => Ok(()),
    }
}

fn summary(audit: &Audit) -> Outcome {
    for line in report::plan_text(audit) {
        say(&line)?;
    }
    Ok(0)
}
