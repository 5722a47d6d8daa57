//! The weak-tie sweet spot: weak ties by mutual contacts and by contact, the middle shaded.

use crate::audit::{Audit, WeakCell};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Shape, Type};
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, charts as finding, linking};

/// Fewest weak ties for a chart.
const FEWEST: u32 = 30;
/// Bins of mutual contacts that count as the middle, by their lowest.
const MIDDLE: [u32; 2] = [3, 6];
const MUTUAL: [u32; 6] = [0, 1, 3, 6, 11, 21];
const DAYS: [u32; 4] = [12, 3, 1, 0];

/// The weak-tie sweet spot.
pub(super) struct Sweet;

impl super::Chart for Sweet {
    fn id(&self) -> &'static str {
        "sweet"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let view = View::of(audit);
        let cells = audit.findings.weak_ties.as_ref().map_or(&[][..], |weak| &weak.cells);
        let all: u32 = cells.iter().map(|cell| cell.observed + cell.estimated).sum();
        if all < FEWEST {
            return Empty::because(linking::few_weak(all));
        }
        let middle: u32 = cells
            .iter()
            .filter(|cell| MIDDLE.contains(&cell.mutual.0))
            .map(|cell| cell.observed)
            .sum();
        let estimated: u32 = cells.iter().map(|cell| cell.estimated).sum();
        Ok(Figure {
            id: self.id(),
            finding: linking::sweet(middle, all - estimated),
            provenance: finding::provenance(
                all as usize,
                "weak ties",
                &linking::sweet_tier(&finding::tier(&view), estimated),
                &words::period(audit),
            ),
            how_to_read: linking::SWEET_HOW.to_owned(),
            wide: plot(cells, theme::WIDE),
            narrow: plot(cells, theme::PHONE),
            narrow_words: None,
            table: None,
        })
    }
}

fn plot(cells: &[WeakCell], width: f64) -> Drawing {
    let phone = theme::is_phone(width);
    let (left, top, height) = if phone { (72.0, 46.0, 40.0) } else { (150.0, 46.0, 40.0) };
    let step = (width - left) / MUTUAL.len() as f64;
    let low = top + DAYS.len() as f64 * height;
    let mut drawing = Drawing::new(width, low + 40.0);
    let at = |nth: usize| left + nth as f64 * step;
    let wash = (at(2), top - 4.0, step * 2.0, low - top + 8.0);
    let area = Shape::Rect(wash.0, wash.1, wash.2, wash.3);
    drawing.add(area, Paint::fill(Token::Accent).opacity(0.10));
    let heading = if phone { "mutual contacts" } else { "mutual contacts: none to many" };
    drawing.text((left, 14.0), Anchor::Start, heading, Type::AXIS);
    for (nth, low) in MUTUAL.iter().enumerate() {
        let name = linking::range(*low, MUTUAL.get(nth + 1).map(|next| next - 1));
        drawing.text((at(nth) + step / 2.0, top - 10.0), Anchor::Middle, &name, Type::NOTE);
    }
    let most = cells.iter().map(|cell| cell.observed.max(cell.estimated)).max().unwrap_or(1);
    for (down, days) in DAYS.iter().enumerate() {
        let y = top + down as f64 * height;
        let name = linking::days_a_year(*days, phone);
        drawing.text((0.0, y + height / 2.0 + 4.0), Anchor::Start, name, Type::NOTE);
        for (nth, mutual) in MUTUAL.iter().enumerate() {
            let here = |cell: &&WeakCell| cell.mutual.0 == *mutual && cell.days.0 == *days;
            let found = cells.iter().find(here);
            cell(&mut drawing, found, (at(nth) + 1.0, y + 1.0, step - 2.0, height - 2.0), most);
        }
    }
    key(&mut drawing, cells, low + 26.0);
    drawing
}

fn cell(
    drawing: &mut Drawing,
    found: Option<&WeakCell>,
    (left, top, width, height): (f64, f64, f64, f64),
    most: u32,
) {
    let (observed, estimated) = found.map_or((0, 0), |cell| (cell.observed, cell.estimated));
    let squares: Vec<(u32, bool)> =
        [(observed, false), (estimated, true)].into_iter().filter(|(n, _)| *n > 0).collect();
    if squares.is_empty() {
        drawing.dot((left + width / 2.0, top + height / 2.0), 1.5, Token::Ink3);
    }
    // What was observed and what is guessed stand apart, each with its own number.
    let room = width / squares.len().max(1) as f64;
    for (nth, (n, is_guess)) in squares.into_iter().enumerate() {
        let part = libm::sqrt(f64::from(n) / f64::from(most.max(1)));
        let side = (room.min(height) - 2.0) * part.max(0.45);
        let middle = left + (nth as f64 + 0.5) * room;
        let (x, y) = (middle - side / 2.0, top + (height - side) / 2.0);
        if is_guess {
            hatched(drawing, (x, y, side));
        } else {
            drawing.bar(x, y, side, side, Token::Seq2);
        }
        let style = Type { size: theme::SMALL, ..Type::NAME.bold() };
        let at = (middle, top + height / 2.0 + 4.0);
        drawing.patched(at, Anchor::Middle, &words::thousands(n.into()), style);
    }
}

/// A square of slanted lines: estimated.
fn hatched(drawing: &mut Drawing, (x, y, side): (f64, f64, f64)) {
    let line = Paint::stroke(Token::Seq3, theme::GRIDLINE);
    let mut from = 5.0;
    while from < 2.0 * side {
        let start = (x + (from - side).max(0.0), y + from.min(side));
        let end = (x + from.min(side), y + (from - side).max(0.0));
        drawing.line(start, end, line);
        from += 5.0;
    }
    drawing.add(Shape::Rect(x, y, side, side), Paint::stroke(Token::Seq3, theme::GRIDLINE));
}

fn key(drawing: &mut Drawing, cells: &[WeakCell], at: f64) {
    let solid = |drawing: &mut Drawing, (x, y): (f64, f64)| {
        drawing.bar(x, y - 6.0, 12.0, 12.0, Token::Seq2);
    };
    let lines = |drawing: &mut Drawing, (x, y): (f64, f64)| hatched(drawing, (x, y - 6.0, 12.0));
    let wash = |drawing: &mut Drawing, (x, y): (f64, f64)| {
        let area = Shape::Rect(x, y - 6.0, 12.0, 12.0);
        drawing.add(area, Paint::fill(Token::Accent).opacity(0.10));
    };
    let mut entries: Vec<(f64, &str, super::Key<'_>)> =
        vec![(12.0, "mutual contacts observed", &solid), (12.0, "the middle", &wash)];
    if cells.iter().any(|cell| cell.estimated > 0) {
        entries.insert(1, (12.0, "guessed from a common employer", &lines));
    }
    let right = drawing.width;
    let last = super::legend(drawing, (0.0, at), right, &entries);
    drawing.height = last + 8.0;
}
