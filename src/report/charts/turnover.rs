//! Ties gained and lost, quarter by quarter: time is finite, and new ties displace old ones.

use crate::audit::{Audit, Quarter};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Type};
use crate::report::theme::{self, Token};
use crate::report::words::{self, charts as finding, exchange};

const HEIGHT: f64 = 236.0;

/// Ties gained and lost.
pub(super) struct Turnover;

impl super::Chart for Turnover {
    fn id(&self) -> &'static str {
        "turnover"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let moved: Vec<(&Quarter, u32, u32)> = audit
            .findings
            .quarters
            .iter()
            .filter_map(|quarter| Some((quarter, quarter.gained?, quarter.lost?)))
            .collect();
        let Some((now, gained, lost)) = moved.last().copied() else {
            return Empty::because(exchange::no_turnover());
        };
        Ok(Figure {
            id: self.id(),
            finding: exchange::turnover(gained, lost),
            provenance: finding::provenance(
                now.active_ties as usize,
                "active ties",
                "interaction",
                &format!("{} to {}", words::counted(moved.len(), "quarter", "quarters"), words::full_day(audit.as_of)),
            ),
            how_to_read: "up: ties that became active in the quarter; down: those whose silence passed a year or three \
                          usual gaps."
                .to_owned(),
            wide: plot(&moved, theme::HALF),
            narrow: plot(&moved, theme::PHONE),
            narrow_words: None,
            table: None,
        })
    }
}

fn plot(moved: &[(&Quarter, u32, u32)], width: f64) -> Drawing {
    let mut drawing = Drawing::new(width, HEIGHT);
    let key = |token: Token| {
        move |drawing: &mut Drawing, at: (f64, f64)| {
            drawing.bar(at.0, at.1 - 6.0, 12.0, 12.0, token);
        }
    };
    let (gained, lost) = (key(Token::Me), key(Token::Them));
    let entries: [(f64, &str, super::Key<'_>); 2] =
        [(12.0, "came", &gained), (12.0, "went", &lost)];
    super::legend(&mut drawing, (0.0, 16.0), width, &entries);
    let (top, low) = (54.0, HEIGHT - 44.0);
    let up = moved.iter().map(|quarter| quarter.1).max().unwrap_or(0);
    let down = moved.iter().map(|quarter| quarter.2).max().unwrap_or(0);
    let unit = (low - top) / f64::from((up + down).max(1));
    let zero = top + f64::from(up) * unit;
    let step = width / moved.len().max(3) as f64;
    for (nth, (quarter, gained, lost)) in moved.iter().enumerate() {
        let left = nth as f64 * step;
        let bar = (step * 0.56).min(48.0);
        let (up, down) = (f64::from(*gained) * unit, f64::from(*lost) * unit);
        drawing.bar(left, zero - up, bar, up, Token::Me);
        drawing.bar(left, zero, bar, down, Token::Them);
        let centre = left + bar / 2.0;
        let style = if nth + 1 == moved.len() { Type::NOTE.bold() } else { Type::NOTE };
        let count = |n: u32| words::thousands(n.into());
        drawing.text((centre, zero - up - 5.0), Anchor::Middle, &count(*gained), style);
        drawing.text((centre, zero + down + 14.0), Anchor::Middle, &count(*lost), style);
        let month = words::month(quarter.as_of);
        drawing.text((centre, HEIGHT - 8.0), Anchor::Middle, &month, Type::AXIS);
    }
    drawing.line((0.0, zero), (width, zero), Paint::stroke(Token::Ink3, theme::GRIDLINE));
    drawing
}
