//! The tables beside the page: people and actions as CSV.
//!
//! Responsible for columns and for cells that no spreadsheet takes for a formula.

use crate::audit::{AtRisk, Audit};
use crate::text::guarded;

use super::view::{Own, View};
use super::words;

/// The contacts of an audit, one row each.
///
/// A cell that a spreadsheet would run as a formula gets a leading apostrophe.
#[must_use]
pub fn people_csv(audit: &Audit) -> String {
    let view = View::of(audit);
    let head = [
        "id",
        "name",
        "company",
        "position",
        "function",
        "seniority",
        "industry",
        "community",
        "connected_on",
        "state",
        "last_contact",
        "contact_days",
        "value",
        "risk",
        "reachability",
        "profile_url",
    ];
    let rows = audit.people.iter().map(|person| {
        let own = view.tie(&person.id);
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            person.id.clone(),
            person.name.clone(),
            text(&person.company),
            text(&person.position),
            text(&person.function),
            text(&person.seniority),
            text(&person.industry),
            text(&person.community),
            person.connected_on.map_or_else(String::new, |day| day.to_string()),
            own.map_or_else(String::new, |own| words::state(own.rhythm.state).to_owned()),
            own.and_then(Own::last).map_or_else(String::new, |day| day.to_string()),
            own.map_or_else(String::new, |own| own.rhythm.contact_days.to_string()),
            share(own, |risk| risk.value),
            share(own, |risk| risk.risk),
            share(own, |risk| risk.reachability),
            text(&person.profile_url),
        ]
    });
    csv(&head, rows)
}

/// One part of the value at risk, 0..1 with two decimals; empty where it is undefined.
fn share(own: Option<&Own<'_>>, part: fn(&AtRisk) -> f64) -> String {
    let risk = own.and_then(|own| own.rhythm.at_risk.as_ref());
    risk.map_or_else(String::new, |risk| format!("{:.2}", part(risk)))
}

/// The plan, one row an action, in the order to read it.
#[must_use]
pub fn actions_csv(audit: &Audit) -> String {
    let view = View::of(audit);
    let head = [
        "rank",
        "id",
        "kind",
        "action",
        "people",
        "reason",
        "first_move",
        "talking_point",
        "goal",
        "channel",
        "minutes",
        "not_before",
        "do_by",
        "expires",
        "confidence",
        "tier",
        "evidence",
        "skip_if",
        "judged_by",
    ];
    let rows = audit.actions.iter().enumerate().map(|(nth, action)| {
        vec![
            (nth + 1).to_string(),
            action.id.clone(),
            words::cards::kind(action.kind).to_lowercase(),
            words::cards::headline(&view, action),
            action.people.join("; "),
            action.reason.clone(),
            action.first_move.clone(),
            action.talking_point.clone().unwrap_or_default(),
            action.goal.clone(),
            action.channel.map_or_else(String::new, |channel| channel.name().to_owned()),
            action.minutes.to_string(),
            action.not_before.to_string(),
            action.do_by.to_string(),
            action.expires.map_or_else(String::new, |day| day.to_string()),
            words::band(action.confidence).to_owned(),
            action.tier.name().to_owned(),
            action.evidence.join("; "),
            action.skip_if.clone(),
            action.judged_by.clone(),
        ]
    });
    csv(&head, rows)
}

fn csv(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
    // Writing into memory fails only on rows of unequal length, which the arrays above rule out.
    let _ = writer.write_record(head);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| guarded(cell).into_owned()));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn formulas_are_defused_and_rows_complete() {
        let mut audit = testing::rich();
        audit.people[0].company = Some("=cmd|' /C calc'!A0".into());
        let text = people_csv(&audit);
        assert_eq!(text.lines().count(), audit.people.len() + 1);
        assert!(text.contains(",'=cmd"), "{}", text.lines().nth(1).unwrap());
        // The day of a mere connection is no contact.
        let at = audit.ties.iter().position(|tie| tie.rhythm.is_some()).unwrap();
        let csv_row = |audit: &Audit| {
            let id = audit.ties[at].b.clone();
            people_csv(audit).lines().find(|line| line.starts_with(&id)).unwrap().to_owned()
        };
        let day = audit.ties[at].last.unwrap().to_string();
        assert!(csv_row(&audit).contains(&format!(",{day},")));
        audit.ties[at].rhythm.as_mut().unwrap().contact_days = 0;
        assert!(!csv_row(&audit).contains(&format!(",{day},")));
        assert_eq!(actions_csv(&audit).lines().count(), audit.actions.len() + 1);
    }
}
