//! The words of the plan outside the page: calendar, Markdown, terminal; and what the choice is worth.

use crate::audit::{Action, ActionKind, Audit, Choice, Effect, Outcome, Rule};
use crate::report::view::View;
use crate::text;

use super::{cards, count, list};

/// The name of the calendar.
pub(crate) const CALENDAR: &str = "Relationship plan";
/// Heading over what rests.
pub(crate) const LET_REST: &str = "Let rest";

/// An empty plan: why there is none.
pub(crate) fn nothing(view: &View<'_>) -> &'static str {
    if view.names_people() {
        "No action passed the limits of evidence, time and boundaries. That is an answer too."
    } else {
        "This copy leaves people out, and the plan with them."
    }
}

/// `Relationship plan: 12 actions after 30 Sep 2026`, without the number in a copy that leaves people out.
pub(crate) fn title(view: &View<'_>) -> String {
    let from = text::full_day(view.audit.plan_from());
    if !view.names_people() {
        return format!("{CALENDAR} after {from}");
    }
    let actions = text::count(view.audit.actions.len() as u64, "action");
    format!("{CALENDAR}: {actions} after {from}")
}

/// `Week of 1 Oct`.
pub(crate) fn week(action: &Action, audit: &Audit) -> String {
    let from = audit.plan_from();
    let days = action.not_before.since(from).map_or(1, |span| span.get_days());
    let start = from.saturating_add(jiff::Span::new().days(1 + (days - 1).max(0) / 7 * 7));
    format!("Week of {}", text::full_day(start))
}

/// `Answer Inês Abernethy (5 minutes)`.
pub(crate) fn summary(view: &View<'_>, action: &Action) -> String {
    format!("{} ({})", cards::headline(view, action), super::minutes(action.minutes))
}

/// Everything a card says, a line each.
pub(crate) fn description(view: &View<'_>, action: &Action) -> String {
    let mut lines = vec![cards::reason(view, action)];
    lines.extend(
        action.talking_point.as_ref().map(|point| format!("To talk about: {}", view.told(point))),
    );
    lines.push(format!("First move: {}", action.first_move));
    let by = text::full_day(action.do_by);
    lines.push(match action.channel {
        _ if action.kind == ActionKind::LetRest => format!("Until {by}. Goal: {}.", action.goal),
        Some(channel) => format!("By {by}, {}. Goal: {}.", super::channel(channel), action.goal),
        None => format!("By {by}. Goal: {}.", action.goal),
    });
    lines.push(format!("Skip if {}", stopped(&action.skip_if)));
    lines.push(format!("It worked if you see: {}", stopped(&action.judged_by)));
    lines.push(format!("Evidence: {}.", cards::basis(view, action)));
    lines.join("\n")
}

fn stopped(text: &str) -> String {
    let text = text.trim();
    if text.ends_with('.') { text.to_owned() } else { format!("{text}.") }
}

/// What the choice is worth: `This plan is worth at least 98% of the best possible one within its limits.` `None` without a
/// choice, or where the plan is not shown.
pub(crate) fn certificate(audit: &Audit) -> Option<String> {
    let is_shown = |choice: &Choice| choice.objective > 0.0 && !audit.actions.is_empty();
    let choice = audit.planning.choice.filter(is_shown)?;
    let share = (choice.certificate * 100.0).floor();
    Some(if choice.certificate >= 0.9995 {
        "By its own measure no plan within the same limits is better than this one.".to_owned()
    } else {
        format!(
            "By its own measure this plan reaches at least {share:.0}% of the best possible one within the same limits."
        )
    })
}

/// Why a card is in the plan, in at most two reasons; `None` for what is owed or dated.
pub(crate) fn why(action: &Action) -> Option<String> {
    let sum: f64 = action.gain.values().sum();
    if sum <= 0.0 {
        return None;
    }
    let mut parts: Vec<(&str, f64)> =
        action.gain.iter().map(|(k, v)| (part(k), *v / sum)).collect();
    parts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    let told: Vec<String> = parts
        .iter()
        .filter(|(_, share)| *share >= 0.1)
        .take(2)
        .map(|(name, _)| (*name).to_owned())
        .collect();
    Some(told.join(", then "))
}

fn part(name: &str) -> &str {
    match name {
        "contact kept" => "a tie that would fade",
        "routes kept open" => "a route that hangs on few",
        "kinds of people" => "a kind of people going quiet",
        other => other,
    }
}

/// What changes when an action works: `effective size 107.5 to 108.5`.
pub(crate) fn effects(action: &Action) -> Option<String> {
    told(&action.effects)
}

/// What changes when the whole plan works; `None` where nothing does, or the plan is not shown.
pub(crate) fn together(audit: &Audit) -> Option<String> {
    let told = told(&audit.planning.together).filter(|_| !audit.actions.is_empty())?;
    Some(format!("If all of it works, by measuring the network with every change in it: {told}."))
}

fn told(effects: &[Effect]) -> Option<String> {
    let told: Vec<String> = effects
        .iter()
        .map(|effect| {
            let (name, digits) = match effect.measure.as_str() {
                "active-ties" => ("active ties", 0),
                "circle-links" => ("observed links between circles", 0),
                "effective-size" => ("effective size", 1),
                other => (other, 1),
            };
            format!("{name} {:.digits$} to {:.digits$}", effect.before, effect.after)
        })
        .collect();
    (!told.is_empty()).then(|| list(&told))
}

/// The limits that kept people out, counted: `3 people are left out: …`.
pub(crate) fn barred(audit: &Audit) -> Option<String> {
    let rules = [
        (Rule::NeverContact, "at your request"),
        (Rule::Unanswered, "two or more unanswered"),
        (Rule::Private, "private"),
        (Rule::Role, "a role that no favour is asked of"),
        (Rule::Gone, "silent towards everybody"),
        (Rule::Balance, "more received than given"),
        (Rule::InferredOnly, "inferred ties alone"),
        (Rule::Spared, "worth no effort to you"),
    ];
    let told: Vec<String> = rules
        .iter()
        .filter_map(|(rule, words)| {
            let mut ids: Vec<&str> = audit
                .planning
                .barred
                .iter()
                .filter(|barred| barred.rule == *rule)
                .map(|barred| barred.id.as_str())
                .collect();
            ids.dedup();
            ids.sort_unstable();
            ids.dedup();
            (!ids.is_empty()).then(|| format!("{} ({words})", count(ids.len())))
        })
        .collect();
    (!told.is_empty()).then(|| format!("Left out by a limit: {}.", list(&told)))
}

/// The word for an outcome.
pub(crate) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "Done",
        Outcome::NotDone => "Not done",
        Outcome::Open => "Still open",
        Outcome::NoLongerNeeded => "No longer needed",
    }
}
