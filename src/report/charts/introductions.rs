//! Introductions worth giving: good pairs by circle and circle, and the pairs themselves.

use crate::audit::{Audit, Introductions as Data, MatrixCell};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Table, Type};
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, charts as finding, introductions as say, linking};

/// Circles drawn.
const CIRCLES: usize = 9;
/// The number stands inside from this radius on.
const INSIDE: f64 = 9.0;

/// Good pairs by circle and circle.
pub(super) struct Introductions;

impl super::Chart for Introductions {
    fn id(&self) -> &'static str {
        "introductions"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let view = View::of(audit);
        let Some(data) = audit.findings.introductions.as_ref() else {
            return Empty::because(say::NO_LOG);
        };
        let good: u32 = data.matrix.iter().map(|cell| cell.good).sum();
        if good == 0 {
            return Empty::because(say::without_circles(&view, &data.give));
        }
        let letters = letters(data);
        let open: u32 = data.matrix.iter().map(|cell| cell.open).sum();
        Ok(Figure {
            id: self.id(),
            finding: say::matrix(good, best(data, &letters).map(|cell| [&*cell.a, &*cell.b])),
            provenance: finding::provenance(
                open as usize,
                "open pairs close to you",
                "interaction",
                &words::period(audit),
            ),
            how_to_read: say::MATRIX_HOW.to_owned(),
            wide: plot(&view, data, &letters, theme::WIDE),
            narrow: plot(&view, data, &letters, theme::PHONE),
            narrow_words: None,
            table: view.names_people().then(|| table(&view, data)).filter(|t| !t.rows.is_empty()),
        })
    }
}

/// The circles with pairs, those with most first, in the order of letters.
fn letters(data: &Data) -> Vec<&str> {
    let mut sums: Vec<(u32, &str)> = Vec::new();
    for cell in data.matrix.iter().filter(|cell| cell.good > 0) {
        for letter in [cell.a.as_str(), cell.b.as_str()] {
            match sums.iter_mut().find(|sum| sum.1 == letter) {
                Some(sum) => sum.0 += cell.good,
                None => sums.push((cell.good, letter)),
            }
        }
    }
    sums.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    sums.truncate(CIRCLES);
    let mut letters: Vec<&str> = sums.into_iter().map(|sum| sum.1).collect();
    letters.sort_by_key(|letter| (letter.len(), *letter));
    letters
}

/// The cell with the best pair, where it is drawn.
fn best<'a>(data: &'a Data, letters: &[&str]) -> Option<&'a MatrixCell> {
    let drawn = |cell: &&MatrixCell| {
        letters.contains(&cell.a.as_str()) && letters.contains(&cell.b.as_str())
    };
    let order = |x: &&MatrixCell, y: &&MatrixCell| {
        x.best.total_cmp(&y.best).then_with(|| (&y.a, &y.b).cmp(&(&x.a, &x.b)))
    };
    data.matrix.iter().filter(|cell| cell.good > 0).max_by(order).filter(drawn)
}

fn plot(view: &View<'_>, data: &Data, letters: &[&str], width: f64) -> Drawing {
    let phone = width < 500.0;
    let (label, top) = if phone { (96.0, 8.0) } else { (230.0, 8.0) };
    let n = letters.len();
    let step = ((width - label - 8.0) / n.max(1) as f64).min(if phone { 34.0 } else { 46.0 });
    let low = top + n as f64 * step;
    let mut drawing = Drawing::new(width, low + 28.0);
    let most = data.matrix.iter().map(|cell| cell.good).max().unwrap_or(1).max(1);
    let best = best(data, letters);
    let grid = Paint::stroke(Token::Grid, theme::GRIDLINE);
    for (row, letter) in letters.iter().enumerate() {
        let y = top + (row as f64 + 0.5) * step;
        let end = label + (row as f64 + 1.0) * step;
        let name = Type::NAME.cut(&linking::circle(view, Some(letter)), label - 14.0);
        drawing.text((0.0, y + 4.0), Anchor::Start, &name, Type::NAME);
        drawing.line((label, y + step / 2.0), (end, y + step / 2.0), grid);
        drawing.text(
            (label + (row as f64 + 0.5) * step, low + 16.0),
            Anchor::Middle,
            letter,
            Type::NOTE,
        );
        for (column, other) in letters.iter().enumerate().take(row + 1) {
            let of = |cell: &&MatrixCell| {
                (cell.a == **other && cell.b == **letter)
                    || (cell.a == **letter && cell.b == **other)
            };
            let Some(cell) = data.matrix.iter().find(of) else { continue };
            let at = (label + (column as f64 + 0.5) * step, y);
            if cell.good == 0 {
                if cell.open > 0 {
                    drawing.dot(at, 1.8, Token::Unk);
                }
                continue;
            }
            let share = f64::from(cell.good) / f64::from(most);
            let radius = (libm::sqrt(share) * (step / 2.0 - 3.0)).max(3.0);
            let is_best = best.is_some_and(|best| (&best.a, &best.b) == (&cell.a, &cell.b));
            drawing.dot(at, radius, if is_best { Token::Accent } else { Token::Seq4 });
            let number = words::thousands(cell.good.into());
            let style = Type::NOTE.token(Token::OnSeq).bold();
            if radius >= INSIDE && style.room(&number) < radius * 1.9 {
                drawing.text((at.0, at.1 + 4.0), Anchor::Middle, &number, style);
            }
        }
    }
    drawing
}

fn table(view: &View<'_>, data: &Data) -> Table {
    let rows = data.give.iter().map(|pair| {
        vec![
            view.name(&pair.a).to_owned(),
            view.name(&pair.b).to_owned(),
            say::reason(pair),
            say::number(pair.score),
            say::number(pair.feasible),
            say::number(pair.fit),
            say::number(pair.unlikely),
            words::percent(pair.p_meet),
            say::number(pair.ego.effective_size_after - pair.ego.effective_size),
        ]
    });
    Table {
        summary: say::table(data.give.len()),
        head: vec![
            ("name", false),
            ("and", false),
            ("why", false),
            ("score", true),
            ("standing", true),
            ("fit", true),
            ("unlikely otherwise", true),
            ("meet anyway", true),
            ("your effective size", true),
        ],
        rows: rows.collect(),
    }
}
