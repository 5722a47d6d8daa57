//! Who takes the first step: butterfly bars of conversations begun, the owner's on the left.

use crate::audit::Audit;
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Shape, Table, Type};
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, charts as finding, exchange};

/// First steps a tie needs, and ties a chart needs.
const STEPS: u32 = 7;
const FEWEST: usize = 8;

/// Give and receive.
pub(super) struct Give;

/// One tie with its first steps.
#[derive(Debug, Clone, Copy)]
struct Row<'a> {
    id: &'a str,
    yours: u32,
    theirs: u32,
}

impl Row<'_> {
    fn share(self) -> f64 {
        f64::from(self.yours) / f64::from((self.yours + self.theirs).max(1))
    }

    fn is_mutual(self) -> bool {
        (0.4..=0.6).contains(&self.share())
    }
}

impl super::Chart for Give {
    fn id(&self) -> &'static str {
        "give"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let view = View::of(audit);
        super::without_names::<()>(&view)?;
        let all = rows(&view);
        if all.len() < FEWEST {
            return Empty::because(exchange::few_first_steps(all.len(), view.has_log()));
        }
        let told = |size: &Size| {
            let shown = shown(&all, size);
            let mutual = shown.iter().filter(|row| row.is_mutual()).count();
            let you = shown.iter().filter(|row| row.share() > 0.6).count();
            (
                exchange::first_steps(shown.len(), mutual, you),
                finding::provenance(
                    shown.len(),
                    "ties with 7 or more first steps, most first steps of all",
                    "interaction",
                    &format!("to {}", words::full_day(audit.as_of)),
                ),
            )
        };
        let (finding, provenance) = told(&Size::WIDE);
        Ok(Figure {
            id: self.id(),
            finding,
            provenance,
            how_to_read:
                "a first step is a private message after 14 quiet days; in the grey band each side \
                          takes 40 to 60% of them."
                    .to_owned(),
            wide: plot(&view, &shown(&all, &Size::WIDE), &Size::WIDE),
            narrow: plot(&view, &shown(&all, &Size::NARROW), &Size::NARROW),
            narrow_words: Some(told(&Size::NARROW)),
            table: Some(table(&view, &all)),
        })
    }
}

/// Ties with enough first steps, most first.
fn rows<'a>(view: &View<'a>) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = view
        .own
        .iter()
        .filter_map(|own| {
            let steps = own.rhythm.exchange.as_ref()?.first_steps;
            Some(Row { id: own.id, yours: steps.yours, theirs: steps.theirs })
        })
        .filter(|row| row.yours + row.theirs >= STEPS)
        .collect();
    rows.sort_by(|a, b| {
        (b.yours + b.theirs).cmp(&(a.yours + a.theirs)).then_with(|| a.id.cmp(b.id))
    });
    rows
}

/// The busiest rows that fit, those who give more than they take at the top.
fn shown<'a>(all: &[Row<'a>], size: &Size) -> Vec<Row<'a>> {
    let mut rows = all[..all.len().min(size.rows)].to_vec();
    rows.sort_by(|a, b| a.share().total_cmp(&b.share()).then_with(|| a.id.cmp(b.id)));
    rows
}

struct Size {
    width: f64,
    rows: usize,
    pitch: f64,
    /// Left and right edge of the names.
    names: (f64, f64),
    /// Room at the outer ends for the names of the bands.
    margin: f64,
    short: bool,
}

impl Size {
    const WIDE: Self = Self {
        width: theme::WIDE,
        rows: 25,
        pitch: 22.0,
        names: (322.0, 494.0),
        margin: 110.0,
        short: false,
    };
    const NARROW: Self = Self {
        width: theme::PHONE,
        rows: 15,
        pitch: 24.0,
        names: (112.0, 216.0),
        margin: 24.0,
        short: true,
    };
    const TOP: f64 = 36.0;
}

fn plot(view: &View<'_>, rows: &[Row<'_>], size: &Size) -> Drawing {
    let low = Size::TOP + rows.len() as f64 * size.pitch;
    let mut drawing = Drawing::new(size.width, low + 26.0);
    let (left, right) = size.names;
    let bold = Type::NAME.bold();
    drawing.text((left, 16.0), Anchor::End, "you started", bold);
    drawing.text((right, 16.0), Anchor::Start, "they started", bold);
    let middle = |nth: usize| Size::TOP + (nth as f64 + 0.5) * size.pitch;
    let mutual: Vec<usize> = (0..rows.len()).filter(|nth| rows[*nth].is_mutual()).collect();
    if let (Some(first), Some(last)) = (mutual.first(), mutual.last()) {
        let top = middle(*first) - size.pitch / 2.0;
        let height = middle(*last) + size.pitch / 2.0 - top;
        let paint = Paint::fill(Token::Grid).opacity(0.7);
        drawing.add(Shape::Rect(0.0, top, size.width, height), paint);
    }
    let most = rows.iter().map(|row| row.yours.max(row.theirs)).max().unwrap_or(1).max(1);
    let reach = left - size.margin;
    for (nth, row) in rows.iter().enumerate() {
        let at = middle(nth);
        let opacity = if row.is_mutual() { 0.5 } else { 1.0 };
        let mine = reach * f64::from(row.yours) / f64::from(most);
        let other = reach * f64::from(row.theirs) / f64::from(most);
        let mut bar = |x: f64, width: f64, token: Token| {
            if width > 0.0 {
                let paint = Paint::fill(token).opacity(opacity);
                drawing.add(Shape::Rect(x, at - 7.0, width, 14.0), paint);
            }
        };
        bar(left - mine, mine, Token::Me);
        bar(right, other, Token::Them);
        let name = if size.short {
            view.short(row.id, right - left - 12.0)
        } else {
            view.fitting(row.id, right - left - 16.0)
        };
        let centre = (f64::midpoint(left, right), at + 4.5);
        drawing.text(centre, Anchor::Middle, &name, Type::NAME);
        let counts = [
            (left - mine - 6.0, Anchor::End, row.yours),
            (right + other + 6.0, Anchor::Start, row.theirs),
        ];
        for (x, anchor, count) in counts {
            drawing.text((x, at + 4.5), anchor, &count.to_string(), Type::NOTE);
        }
    }
    if !size.short {
        sides(&mut drawing, rows, &mutual, &middle);
    }
    drawing.text((0.0, low + 18.0), Anchor::Start, "grey band = 40 to 60% are yours", Type::AXIS);
    drawing
}

/// The names of the three parts at the left edge.
fn sides(drawing: &mut Drawing, rows: &[Row<'_>], mutual: &[usize], middle: &dyn Fn(usize) -> f64) {
    let first = |holds: &dyn Fn(&Row<'_>) -> bool| rows.iter().position(holds);
    let parts = [
        (first(&|row| row.share() < 0.4), "they give more"),
        (mutual.first().copied(), "in balance"),
        (first(&|row| row.share() > 0.6), "you carry it"),
    ];
    for (nth, words) in parts {
        if let Some(nth) = nth {
            drawing.text((0.0, middle(nth) + 4.5), Anchor::Start, words, Type::NOTE);
        }
    }
}

fn table(view: &View<'_>, all: &[Row<'_>]) -> Table {
    let rows: Vec<Vec<String>> = all
        .iter()
        .take(100)
        .map(|row| {
            let share = words::percent(row.share());
            vec![view.name(row.id).to_owned(), row.yours.to_string(), row.theirs.to_string(), share]
        })
        .collect();
    Table {
        summary: exchange::table(rows.len(), "most first steps first"),
        head: vec![("name", false), ("you started", true), ("they started", true), ("yours", true)],
        rows,
    }
}
