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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_trend_is_a_line_a_number_with_each_day_and_what_is_unknown() {
        let quarter = |as_of, active_ties, effective_functions, met: [u32; 2]| Quarter {
            as_of,
            active_ties,
            effective_functions,
            efficiency: Some(0.75),
            valued_slipping: 3,
            first_meetings: met[0],
            followed_up: met[1],
            gained: None,
            lost: None,
        };
        let quarters = [
            quarter(date(2026, 6, 30), 116, None, [0, 0]),
            quarter(date(2026, 9, 30), 113, Some(4.25), [4, 1]),
        ];
        let expected = [
            "Active ties: 116 (30 Jun 2026), 113 (30 Sep 2026)",
            "Functions your attention reaches: unknown (30 Jun 2026), 4.2 (30 Sep 2026)",
            "Ties that open doors the others do not: 75.0% (30 Jun 2026), 75.0% (30 Sep 2026)",
            "Valued ties overdue or lapsed: 3 (30 Jun 2026), 3 (30 Sep 2026)",
            "New ties followed up in 7 days: unknown (30 Jun 2026), 25.0% (30 Sep 2026)",
        ];
        assert_eq!(trend_text(&quarters), expected);
    }
}
