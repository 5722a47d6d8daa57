//! What moved, as lines for a terminal.

use jiff::civil::Date;

use crate::audit::{Audit, Quarter};

use super::view::View;
use super::words::changes;

/// Lines printed of one list; the rest is counted.
const LISTED: usize = 10;

type Number = (&'static str, fn(&Quarter) -> Option<f64>);

const NUMBERS: [Number; 5] = [
    ("active-ties", |quarter| Some(f64::from(quarter.active_ties))),
    ("effective-functions", |quarter| quarter.effective_functions),
    ("efficiency", |quarter| quarter.efficiency),
    ("valued-slipping", |quarter| Some(f64::from(quarter.valued_slipping))),
    ("follow-up", Quarter::follow_up),
];

/// What moved since the earlier audit; a single line without one.
#[must_use]
pub fn changes_text(audit: &Audit) -> Vec<String> {
    let Some(found) = &audit.findings.changes else {
        return vec![changes::no_earlier().to_owned()];
    };
    let view = View::of(audit);
    let mut lines = vec![format!("{}.", changes::answer(found)), String::new()];
    lines.push(changes::lede(found));
    lines.extend(changes::coverage(found));
    for group in changes::groups(&view, found) {
        lines.push(String::new());
        lines.push(format!("{} ({})", group.title, group.lines.len()));
        if group.is_folded {
            continue;
        }
        lines.extend(group.lines.iter().take(LISTED).map(|line| format!("  {line}")));
        if group.lines.len() > LISTED {
            lines.push(format!("  {}", changes::more(group.lines.len() - LISTED)));
        }
    }
    lines.push(String::new());
    lines.extend(found.headlines.iter().map(changes::why));
    lines.extend(changes::remarks(found));
    lines.iter().map(|line| line.replace('\u{a0}', " ")).collect()
}

/// The five numbers over several audits, a line each.
#[must_use]
pub fn trend_text(quarters: &[Quarter]) -> Vec<String> {
    let line = |(name, of): &Number| {
        let points: Vec<(Date, Option<f64>)> =
            quarters.iter().map(|quarter| (quarter.as_of, of(quarter))).collect();
        changes::trend(name, &points).replace('\u{a0}', " ")
    };
    NUMBERS.iter().map(line).collect()
}
