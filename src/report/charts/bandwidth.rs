//! Diversity against bandwidth: how many circles a contact reaches, and how much contact there is.

use crate::audit::{Audit, Bandwidth as Data};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Shape, Table, Type, text_box};
use crate::report::labels::{self, Field, Wish};
use crate::report::scale::Scale;
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, charts as finding, diversity};

const FEWEST: usize = 30;
const BRIDGES: usize = 10;
const NAMED: usize = 6;
const LISTED: usize = 60;
/// Contact days a month that the axis begins with.
const LEAST: f64 = 0.08;

/// Reach against contact.
pub(super) struct Bandwidth;

impl super::Chart for Bandwidth {
    fn id(&self) -> &'static str {
        "bandwidth"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let view = View::of(audit);
        super::without_names::<()>(&view)?;
        let dots: Vec<&Data> = audit.findings.bandwidth.iter().collect();
        if dots.is_empty() && audit.findings.communities.is_empty() {
            return Empty::because(
                "Your data holds no ties among your contacts, so nobody’s reach can be set against your time. Load mail or \
                 calendar.",
            );
        }
        let bridges = dots.iter().filter(|dot| dot.reach >= diversity::FAR).count();
        if dots.len() < FEWEST && bridges < BRIDGES {
            return Empty::because(format!(
                "Only {} with six or more contact days {} a seen reach, too few to set reach against contact.",
                words::counted(dots.len(), "tie", "ties"),
                if dots.len() == 1 { "has" } else { "have" }
            ));
        }
        let rich = diversity::rich_and_thin(audit);
        Ok(Figure {
            id: self.id(),
            finding: diversity::bandwidth(&view, &rich),
            provenance: finding::provenance(
                dots.len(),
                "ties with six or more contact days",
                &finding::tier(&view),
                "last twelve months",
            ),
            how_to_read: "right = more circles reached (effective number); up = more contact days a month. Give more time to \
                          those in the shaded corner rather than adding new weak ties."
                .to_owned(),
            wide: plot(&view, &dots, &rich, &Size::WIDE),
            narrow: plot(&view, &dots, &rich, &Size::NARROW),
            narrow_words: None,
            table: Some(table(&view, &dots, &rich)),
        })
    }
}

struct Size {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    named: usize,
}

impl Size {
    const WIDE: Self =
        Self { width: theme::WIDE, height: 440.0, left: 46.0, right: 800.0, named: NAMED };
    const NARROW: Self =
        Self { width: theme::PHONE, height: 420.0, left: 34.0, right: 322.0, named: 4 };
    const TOP: f64 = 32.0;

    fn low(&self) -> f64 {
        self.height - 46.0
    }

    fn is_phone(&self) -> bool {
        theme::is_phone(self.width)
    }
}

fn plot(view: &View<'_>, dots: &[&Data], rich: &[&Data], size: &Size) -> Drawing {
    let mut drawing = Drawing::new(size.width, size.height);
    let most = dots.iter().map(|dot| dot.reach).fold(2.0, f64::max) * 1.04;
    let busiest = dots.iter().map(|dot| dot.monthly).fold(4.0, f64::max) * 1.2;
    let x = Scale::linear((0.95, most), (size.left, size.right));
    let y = Scale::log((LEAST, busiest), (size.low(), Size::TOP));
    let mut fixed = axes(&mut drawing, &x, &y, size, most);
    quadrant(&mut drawing, dots, (&x, &y), size, &mut fixed);
    let at = |dot: &Data| (x.at(dot.reach), y.at(dot.monthly.max(LEAST)));
    let named: Vec<&Data> = rich.iter().copied().take(size.named).collect();
    let is_named = |dot: &Data| named.iter().any(|other| other.id == dot.id);
    let mut field = Field {
        canvas: (2.0, 22.0, size.width - 2.0, size.low() - 2.0),
        fixed,
        ..Field::default()
    };
    for dot in dots.iter().filter(|dot| !is_named(dot)) {
        drawing.add(Shape::Circle(at(dot), 4.0), Paint::fill(Token::Unk).opacity(0.75));
        field.dots.push((at(dot), 4.0));
    }
    let mut wishes = Vec::new();
    for dot in &named {
        drawing.cut_dot(at(dot), 6.5, view.token(&dot.id));
        field.dots.push((at(dot), 6.5));
        let text =
            if size.is_phone() { view.short(&dot.id, 110.0) } else { view.fitting(&dot.id, 220.0) };
        let style = Type { size: theme::SMALL, ..Type::NAME.bold() };
        wishes.push(Wish { dot: at(dot), radius: 6.5, text, style, avoid: None });
    }
    let placed = labels::place(&wishes, &field);
    labels::draw(&mut drawing, &wishes, &placed);
    drawing
}

fn axes(drawing: &mut Drawing, x: &Scale, y: &Scale, size: &Size, most: f64) -> Vec<labels::Area> {
    let mut fixed = Vec::new();
    for (value, name) in
        [(0.1, "0.1"), (0.25, "¼"), (1.0, "1"), (4.0, "4"), (12.0, "12"), (30.0, "30")]
    {
        if !y.holds(value) {
            continue;
        }
        let at = y.at(value);
        drawing.line(
            (size.left, at),
            (size.right, at),
            Paint::stroke(Token::Grid, theme::GRIDLINE),
        );
        let place = (size.left - 6.0, at + 4.0);
        drawing.text(place, Anchor::End, name, Type::AXIS);
        fixed.push(text_box(place, Anchor::End, name, Type::AXIS));
    }
    let step = if most > 6.0 { 2.0 } else { 1.0 };
    let mut tick = 1.0;
    while tick <= most {
        drawing.text(
            (x.at(tick), size.low() + 18.0),
            Anchor::Middle,
            &format!("{tick:.0}"),
            Type::AXIS,
        );
        tick += step;
    }
    let words = "↑ contact days a month";
    drawing.text((0.0, 14.0), Anchor::Start, words, Type::AXIS);
    fixed.push(text_box((0.0, 14.0), Anchor::Start, words, Type::AXIS));
    drawing.text((size.right, size.height - 8.0), Anchor::End, "circles reached →", Type::AXIS);
    fixed
}

/// The washed corner and its words, where no dot lies under them.
fn quadrant(
    drawing: &mut Drawing,
    dots: &[&Data],
    (x, y): (&Scale, &Scale),
    size: &Size,
    fixed: &mut Vec<labels::Area>,
) {
    let (left, top) = (x.at(diversity::FAR), y.at(diversity::THIN));
    let wash = Shape::Rect(left, top, size.right - left, size.low() - top);
    drawing.add(wash, Paint::fill(Token::Accent).opacity(0.06));
    let bold = Type { size: theme::NAME, ..Type::NOTE }.bold().token(Token::Accent);
    for (words, style, lift) in
        [("Rich and thin", bold, 26.0), ("more time pays here", Type::NOTE, 9.0)]
    {
        let place = (size.right - 6.0, size.low() - lift);
        let area = text_box(place, Anchor::End, words, style);
        let free = dots.iter().all(|dot| {
            let (cx, cy) = (x.at(dot.reach), y.at(dot.monthly.max(LEAST)));
            cx < area.0 - 8.0 || cx > area.2 + 8.0 || cy < area.1 - 8.0 || cy > area.3 + 8.0
        });
        if free && area.0 > left {
            drawing.text(place, Anchor::End, words, style);
            fixed.push(area);
        }
    }
}

fn table(view: &View<'_>, dots: &[&Data], rich: &[&Data]) -> Table {
    let is_rich = |dot: &Data| rich.iter().any(|other| other.id == dot.id);
    let rest = dots.iter().copied().filter(|dot| !is_rich(dot));
    let rows: Vec<Vec<String>> = rich
        .iter()
        .copied()
        .chain(rest)
        .take(LISTED)
        .map(|dot| {
            vec![
                view.name(&dot.id).to_owned(),
                words::tenth(dot.reach),
                format!("{:.1}", dot.monthly),
            ]
        })
        .collect();
    Table {
        summary: format!(
            "{} as a table, those who reach far and hear little first",
            words::capital(&words::figure(rows.len() as u64, "tie", "ties"))
        ),
        head: vec![("name", false), ("circles reached", true), ("contact days a month", true)],
        rows,
    }
}
