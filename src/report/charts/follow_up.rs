//! After the first meeting: days to the first follow-up on every tie that began within a year.

use crate::audit::Audit;
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Type};
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, charts as finding, exchange};

const FEWEST: usize = 5;
const HEIGHT: f64 = 250.0;
/// Days that have a column of their own; then one for the rest of a month, one for later or never.
const DAYS: u32 = 14;
const COLUMNS: usize = DAYS as usize + 3;
/// Dots that may stand in one column; above it, bars.
const STACK: u32 = 14;

/// After the first meeting.
pub(super) struct FollowUp;

impl super::Chart for FollowUp {
    fn id(&self) -> &'static str {
        "follow-up"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let view = View::of(audit);
        let waits = waits(&view);
        if waits.len() < FEWEST {
            return Empty::because(exchange::few_new_ties(waits.len()));
        }
        let within = |days: u32| waits.iter().flatten().filter(|wait| **wait <= days).count();
        let columns = columns(&waits);
        Ok(Figure {
            id: self.id(),
            finding: exchange::follow_up(waits.len(), within(3), within(7)),
            provenance: finding::provenance(
                waits.len(),
                "ties that began within a year",
                "interaction",
                &format!("to {}", words::full_day(audit.as_of)),
            ),
            how_to_read: "each tie stands at the days from the connection or first contact to your next step; at \
                          the right edge, those without one within a month."
                .to_owned(),
            wide: plot(&columns, theme::HALF),
            narrow: plot(&columns, theme::PHONE),
            narrow_words: None,
            table: None,
        })
    }
}

/// For each tie that began in the year up to a week ago: days to the follow-up.
fn waits(view: &View<'_>) -> Vec<Option<u32>> {
    let as_of = view.audit.as_of;
    let (year, week) = (
        as_of.saturating_sub(jiff::Span::new().days(365)),
        as_of.saturating_sub(jiff::Span::new().days(7)),
    );
    let met = view.own.iter().filter_map(|own| own.rhythm.exchange.as_ref()?.met);
    met.filter(|met| met.on > year && met.on <= week).map(|met| met.followed_after).collect()
}

fn columns(waits: &[Option<u32>]) -> [u32; COLUMNS] {
    let mut columns = [0; COLUMNS];
    for wait in waits {
        let at = match wait {
            Some(days) if *days <= DAYS => *days as usize,
            Some(days) if *days <= 30 => COLUMNS - 2,
            _ => COLUMNS - 1,
        };
        columns[at] += 1;
    }
    columns
}

fn plot(columns: &[u32; COLUMNS], width: f64) -> Drawing {
    let mut drawing = Drawing::new(width, HEIGHT);
    let (left, right, top, low) = (4.0, width - 4.0, 40.0, HEIGHT - 46.0);
    let step = (right - left) / (COLUMNS as f64 + 2.5);
    // The last two columns stand apart from the days.
    let centre = |at: usize| {
        let apart = match at + 2 {
            beyond if beyond == COLUMNS => 0.75,
            beyond if beyond > COLUMNS => 2.0,
            _ => 0.0,
        };
        left + (at as f64 + 0.5 + apart) * step
    };
    drawing.line((left, low), (right, low), Paint::stroke(Token::Rule, theme::GRIDLINE));
    for (days, words) in [(3.0, "3 days"), (7.0, "7 days")] {
        let at = left + (days + 1.0) * step;
        let paint = Paint::stroke(Token::Ink3, theme::GRIDLINE).dashed(2.0, 3.0);
        drawing.line((at, top - 10.0), (at, low), paint);
        drawing.text((at - 4.0, top - 14.0), Anchor::End, words, Type::AXIS);
    }
    let most = columns.iter().copied().max().unwrap_or(1).max(1);
    let room = low - top - 18.0;
    let radius = (room / f64::from(most) / 2.0).min(step / 2.0 - 1.0).min(6.0);
    for (at, count) in columns.iter().enumerate() {
        let is_lost = at == COLUMNS - 1;
        let token = match at {
            _ if is_lost => Token::Accent,
            0..=7 => Token::Me,
            _ => Token::Them,
        };
        let height = if most <= STACK {
            for nth in 0..*count {
                let y = low - radius - 1.0 - f64::from(nth) * 2.0 * radius;
                if is_lost {
                    drawing.ring((centre(at), y), radius - 1.5, token, theme::OUTLINE);
                } else {
                    drawing.dot((centre(at), y), radius - 0.7, token);
                }
            }
            f64::from(*count) * 2.0 * radius
        } else {
            let height = room * f64::from(*count) / f64::from(most);
            if *count > 0 {
                drawing.bar(centre(at) - step * 0.4, low - height, step * 0.8, height, token);
            }
            height
        };
        let told = is_lost || at == COLUMNS - 2 || (*count > 0 && *count == most);
        if *count > 0 && told {
            let style = if is_lost { Type::NOTE.bold().token(Token::Accent) } else { Type::NOTE };
            let place = (centre(at), low - height - 5.0);
            drawing.text(place, Anchor::Middle, &words::thousands((*count).into()), style);
        }
    }
    for (at, name) in
        [(0, "0"), (3, "3"), (7, "7"), (11, "11"), (COLUMNS - 2, "–30"), (COLUMNS - 1, "none")]
    {
        drawing.text((centre(at), low + 18.0), Anchor::Middle, name, Type::AXIS);
    }
    drawing.text((left, HEIGHT - 8.0), Anchor::Start, "days to the first follow-up →", Type::AXIS);
    drawing
}
