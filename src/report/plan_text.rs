//! The plan as text: lines for a terminal, and Markdown for notes and task lists.

use std::fmt::Write as _;

use crate::audit::{Action, Audit};
use crate::text;

use super::view::View;
use super::words::{self, cards, plan};

/// The plan for a terminal, one block an action.
#[must_use]
pub fn plan_text(audit: &Audit) -> Vec<String> {
    let view = View::of(audit);
    let mut lines = Vec::new();
    for (rank, action) in (1..).zip(&audit.actions) {
        lines.push(format!(
            "{rank:>2}. {} ({}, {})",
            cards::headline(&view, action),
            cards::due(action, audit),
            words::minutes(action.minutes)
        ));
        lines.push(format!("    {}", cards::reason(&view, action)));
        lines.push(format!("    First move: {}", action.first_move));
    }
    if audit.actions.is_empty() {
        lines.push(plan::nothing(&view).to_owned());
    }
    lines.extend(plan::certificate(audit));
    lines.extend(plan::together(audit));
    lines
}

/// The plan as Markdown: a task an action, under its week.
#[must_use]
pub fn actions_md(audit: &Audit) -> String {
    let view = View::of(audit);
    let mut out = format!("# {}\n", plan::title(&view));
    if audit.actions.is_empty() {
        let _ = write!(out, "\n{}\n", plan::nothing(&view));
    }
    let mut week = None;
    for action in &audit.actions {
        let here = plan::week(action, audit);
        if week.as_ref() != Some(&here) {
            let _ = write!(out, "\n## {here}\n\n");
            week = Some(here);
        }
        task(&mut out, &view, action);
    }
    if let Some(rest) = cards::let_rest(&view) {
        let _ = write!(out, "\n## {}\n\n", plan::LET_REST);
        let cards = cards::resting(&view);
        for card in &cards {
            let headline = marked(&cards::headline(&view, card));
            let _ = writeln!(out, "- **{headline}** (until {})", text::full_day(card.do_by));
            for line in plan::description(&view, card).lines() {
                let _ = writeln!(out, "  {}  ", marked(line));
            }
        }
        if cards.is_empty() {
            let _ = writeln!(out, "{}", marked(&rest));
        } else if let Some(more) = cards::more_resting(&view) {
            let _ = writeln!(out, "\n{}", marked(&more));
        }
    }
    for line in plan::certificate(audit).into_iter().chain(plan::together(audit)) {
        let _ = write!(out, "\n{line}\n");
    }
    out
}

fn task(out: &mut String, view: &View<'_>, action: &Action) {
    let headline = marked(&cards::headline(view, action));
    let due = cards::due(action, view.audit);
    let _ = writeln!(out, "- [ ] **{headline}** ({due}, {})", words::minutes(action.minutes));
    for line in plan::description(view, action).lines() {
        let _ = writeln!(out, "  {}  ", marked(line));
    }
}

/// Letters that Markdown would take for marks, escaped.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Choice, Redaction};
    use crate::report::testing;

    #[test]
    fn every_action_is_a_task_under_its_week() {
        let audit = testing::rich();
        let text = actions_md(&audit);
        assert_eq!(text.matches("- [ ] ").count(), audit.actions.len());
        assert!(text.starts_with("# ") && text.contains("\n## "));
        assert_eq!(plan_text(&audit).iter().filter(|l| l.contains("First move")).count(), 12);
        assert_eq!(marked("a_b*c"), "a\\_b\\*c");
    }

    #[test]
    fn a_copy_without_people_says_nothing_of_a_plan_that_it_does_not_show() {
        let mut full = testing::rich();
        let worth = Choice { objective: 3.0, bound: 3.1, certificate: 3.0 / 3.1, minutes: 200 };
        full.planning.choice = Some(worth);
        assert!(plan::certificate(&full).is_some());
        full.redaction = Redaction::Aggregate;
        full.people.clear();
        full.actions.clear();
        full.let_rest.clear();
        let text = actions_md(&full);
        assert!(text.contains("leaves people out"), "{text}");
        for word in ["0 actions", "No action passed", "best possible", "no plan within"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
}
