//! `weaktie introduce`: introductions worth giving, of a saved audit.

use serde::Serialize;

use crate::audit::{Audit, Introduction, IntroductionLimits, Introductions, Meeting, Rule};
use crate::cli::args::Introduce;
use crate::cli::{Outcome, saved, say};
use crate::error::{Error, Result};
use crate::introductions::circle::Circle;
use crate::introductions::give::Ranking;
use crate::{report, who};

/// Introductions of one contact listed.
const LISTED: usize = 10;

/// What is printed as JSON.
#[derive(Serialize)]
struct Told<'a> {
    as_of: jiff::civil::Date,
    introductions: &'a [Introduction],
    meeting: &'a Meeting,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Introduce) -> Outcome {
    let audit = saved::read(&args.dir)?;
    let (all, limits) = of(&audit)?;
    let whom = args.whom.as_deref().map(|text| who::find(&audit, text)).transpose()?;
    let one;
    let given = match whom {
        None => &all.give,
        Some(person) => {
            let circle = Circle::of_audit(&audit);
            let ranking = Ranking::new(&circle, limits, &all.meeting);
            let place = circle.place(&person.id).filter(|at| ranking.may_introduce(*at));
            let Some(place) = place else {
                let rule = limits.suppressed.get(&person.id).copied();
                return Err(refused(&person.name, rule).into());
            };
            one = ranking.with(place, LISTED);
            &one
        }
    };
    if args.json {
        let told = Told { as_of: audit.as_of, introductions: given, meeting: &all.meeting };
        let json =
            serde_json::to_string_pretty(&told).map_err(|error| Error::Bug(error.to_string()))?;
        say(&json)?;
    } else {
        say(report::introductions_text(&audit, all, given, whom).trim_end())?;
    }
    Ok(0)
}

/// Why somebody is left in peace, and what would change it.
pub(super) fn why(rule: Rule) -> (&'static str, &'static str) {
    let boundaries = "limits stand in weaktie.toml under [boundaries]; audit again after a change";
    match rule {
        Rule::NeverContact => ("[boundaries] never_contact names them", boundaries),
        Rule::Private => ("[boundaries] private names them", boundaries),
        Rule::Role => ("your manager, a report, a client or a vendor", boundaries),
        Rule::Unanswered => (
            "two or more messages of yours wait for an answer",
            "leave them in peace until they write, or until 180 days have passed",
        ),
        Rule::Gone => (
            "nobody has heard from them for long",
            "a contact that no log sees can be added with weaktie touch",
        ),
        Rule::InferredOnly | Rule::Balance | Rule::Spared => (rule.name(), boundaries),
    }
}

fn refused(name: &str, rule: Option<Rule>) -> Error {
    match rule.map(why) {
        Some((why, hint)) => {
            Error::usage(format!("{name} is not introduced: {why}"), Some(hint.to_owned()))
        }
        None => Error::usage(
            format!(
                "{name} is not close enough to you to be introduced: no contact within a year, or a weak tie"
            ),
            Some("warm the tie up first".to_owned()),
        ),
    }
}

/// The introductions of an audit with their limits.
///
/// # Errors
/// [`Error::Usage`] for an audit without them: redacted, without a log, or of an earlier version.
pub(super) fn of(audit: &Audit) -> Result<(&Introductions, &IntroductionLimits)> {
    let all = audit.findings.introductions.as_ref();
    all.and_then(|all| Some((all, all.limits.as_ref()?))).ok_or_else(|| {
        let (what, hint) = match all {
            Some(_) => (
                "this copy is redacted and does not know the limits you set",
                "name the folder the copy was made from",
            ),
            None => (
                "this audit knows of no introductions: it had no log, or an earlier version made it",
                "audit again with a log (mail, messages, calendar)",
            ),
        };
        Error::usage(what, Some(hint.to_owned()))
    })
}
