//! Introductions and paths as lines for a terminal.

use std::fmt::Write as _;

use crate::audit::{Audit, Introduction, Introductions, Person, WaysIn};

use super::view::View;
use super::words::{self, introductions as say};

/// Somebody who was at an employer in an earlier audit and is elsewhere now.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Former {
    /// Who.
    pub id: String,
    /// The day of the audit that says so.
    pub seen: jiff::civil::Date,
}

/// Introductions worth giving, with reason, factors, what the owner gives up and gains, and how to ask both first. `whom`
/// narrows them to one contact.
#[must_use]
pub fn introductions_text(
    audit: &Audit,
    all: &Introductions,
    given: &[Introduction],
    whom: Option<&Person>,
) -> String {
    let view = View::of(audit);
    let mut out = String::new();
    let head = whom.map_or_else(
        || "Introductions worth giving this quarter".to_owned(),
        |person| format!("Introductions worth giving, with {}", view.full_name(&person.id)),
    );
    if given.is_empty() {
        let limits = all.limits.as_ref();
        let is_done = |person: &Person| {
            let load = limits.and_then(|limits| Some((limits, limits.load.get(&person.id)?)));
            load.is_some_and(|(limits, load)| load.in_quarter >= limits.a_person)
        };
        let why = if whom.is_some_and(is_done) {
            "none more this quarter: they were introduced already, and more would be a burden."
        } else if whom.is_some() {
            "none: nobody else close to you shares a field or a need with them and is not tied to them already."
        } else {
            "none: no two contacts close to you share a field or a need and are not tied already."
        };
        let _ = writeln!(out, "{head}: {why}");
        return out;
    }
    let _ = writeln!(out, "{head}. Ask both first; either may say no.");
    for (nth, pair) in (1..).zip(given) {
        let [a, b] = [&pair.a, &pair.b].map(|id| view.person(id));
        let _ = writeln!(out, "\n{nth}. {} and {}", say::who(a, &pair.a), say::who(b, &pair.b));
        let _ = writeln!(out, "   {}. {}.", say::reason(pair), say::apart(pair));
        let _ = writeln!(out, "   {}.", say::factors(pair));
        let first = [view.first(&pair.a), view.first(&pair.b)];
        let gains = say::gains(pair, first);
        let gains = gains.map_or_else(String::new, |gains| format!(" {gains}."));
        let _ = writeln!(out, "   {}.{gains}", say::gives_up(pair));
        if !pair.reasons.is_empty() {
            let _ = writeln!(
                out,
                "   First to {}: “{}”",
                first[0],
                say::opt_in(pair, first[0], &say::who(b, &pair.b))
            );
            let _ = writeln!(
                out,
                "   Then to {}: “{}”",
                first[1],
                say::opt_in(pair, first[1], &say::who(a, &pair.a))
            );
        }
    }
    let _ = writeln!(out, "\n{}", say::meeting(&all.meeting));
    if whom.is_none() && !all.matrix.is_empty() {
        let mut cells: Vec<_> = all.matrix.iter().filter(|cell| cell.good > 0).collect();
        cells.sort_by(|x, y| y.good.cmp(&x.good).then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b))));
        let told: Vec<String> = cells
            .iter()
            .take(6)
            .map(|cell| format!("{}–{} {}", cell.a, cell.b, words::thousands(cell.good.into())))
            .collect();
        if !told.is_empty() {
            let _ = writeln!(out, "Good pairs by circle and circle: {}.", told.join(", "));
        }
    }
    out
}

/// Paths with the evidence of each hop and the weakest one marked, or whom to warm up. `what` names the target in words;
/// `former` are people who left it, `None` where no earlier audit was named; `asks` is how often a broker may be asked a quarter.
#[must_use]
pub fn paths_text(
    audit: &Audit,
    what: &str,
    found: &WaysIn,
    former: Option<&[Former]>,
    asks: u32,
) -> String {
    let view = View::of(audit);
    let name = |id: &str| view.person(id).map_or(id, |person| person.name.as_str()).to_owned();
    let mut out = String::new();
    let fits = words::counted(found.fits as usize, "contact", "contacts");
    let _ = writeln!(out, "Ways to {what} ({fits} of yours):");
    for (nth, way) in (1..).zip(&found.ways) {
        let end = way.hops.last().map_or("", |hop| hop.to.as_str());
        let _ = writeln!(
            out,
            "\n{nth}. {}, {}: chance about {}",
            say::chain(way, name),
            words::counted(way.hops.len(), "hop", "hops"),
            words::percent(way.value)
        );
        for (at, hop) in (0..).zip(&way.hops) {
            let from = if at == 0 { "you".to_owned() } else { name(&hop.from) };
            let weakest =
                if at == way.weakest && way.hops.len() > 1 { "  ← weakest link" } else { "" };
            let _ = writeln!(
                out,
                "   {from} – {}: {}; chance {}{weakest}",
                name(&hop.to),
                say::hop(hop, at == 0),
                words::percent(hop.chance)
            );
        }
        let person = view.person(end);
        let _ = writeln!(out, "   There: {}", say::who(person, end));
    }
    if found.ways.is_empty() && found.fits == 0 {
        let _ = writeln!(
            out,
            "\nNo verified path: nobody you know is there now, or all of them are under a limit you set."
        );
    } else if found.ways.is_empty() {
        let _ = writeln!(out, "\n{}", say::no_path(found.warm_up.as_ref(), name));
    }
    if found.ways.len() > 1 {
        let _ = writeln!(
            out,
            "\nAt best {} that one of these leads there, if their hops were independent. A model's word.",
            words::percent(found.at_best)
        );
    }
    if found.ways.iter().any(|way| way.hops.len() > 1) {
        let times = if asks == 1 { "once".to_owned() } else { format!("{asks} times") };
        let _ = writeln!(
            out,
            "Each broker is asked at most {times} a quarter; ask whether they would, and make no easy."
        );
    }
    match former {
        None => {
            let _ = writeln!(
                out,
                "Past employers are unknown: a contact list states today's only. Name earlier audits with --earlier."
            );
        }
        Some([]) => {}
        Some(former) => {
            let told: Vec<String> = former
                .iter()
                .map(|one| format!("{} ({})", name(&one.id), words::full_day(one.seen)))
                .collect();
            let _ = writeln!(out, "There in an earlier audit, elsewhere now: {}.", told.join(", "));
        }
    }
    out
}
