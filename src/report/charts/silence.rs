//! Who is slipping: days silent against the usual gap.
//!
//! Both axes are logarithmic in days; diagonals are multiples of the tie's own gap; the twelve ties with most
//! value at risk carry their names.

use crate::audit::Audit;
use crate::report::figure::{
    Anchor, Drawing, Empty, Figure, Paint, Point, Shape, Table, Type, text_box,
};
use crate::report::labels::{self, Field, Wish};
use crate::report::scale::{Scale, diagonal, time_ticks};
use crate::report::theme::{self, Token};
use crate::report::view::{Own, View};
use crate::report::words::{self, charts as finding};

use super::crowd;

const NAMED: usize = 12;
const FEWEST: usize = 15;
/// Days of silence from which a tie is dormant, and off the scale: a few of them would press the rest together.
const DORMANT: f64 = 1_095.0;

/// Silence against rhythm.
pub(super) struct Silence;

struct Dot<'a> {
    own: Own<'a>,
    gap: f64,
    silent: f64,
}

impl super::Chart for Silence {
    fn id(&self) -> &'static str {
        "silence"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let view = View::of(audit);
        super::without_names::<()>(&view)?;
        let (dots, dormant): (Vec<Dot<'_>>, Vec<Dot<'_>>) =
            dots(&view).into_iter().partition(|dot| dot.silent < DORMANT);
        if dots.len() < FEWEST {
            return Empty::because("No rhythm yet: 6 months of messages would show one.");
        }
        let mut named: Vec<&Dot<'_>> = dots.iter().filter(|dot| dot.own.at_risk()).collect();
        named.sort_by(|a, b| {
            b.own
                .value_at_risk()
                .total_cmp(&a.own.value_at_risk())
                .then_with(|| a.own.id.cmp(b.own.id))
        });
        named.truncate(NAMED);
        let [_, overdue, lapsed] = audit.settings.ladder;
        let past = |factor: f64| {
            named.iter().filter(|dot| dot.own.overdue().is_some_and(|by| by > factor)).count()
        };
        let wide = plot(&view, &dots, &named, &Size::WIDE.with(dormant.len()));
        let narrow = plot(&view, &dots, &named, &Size::NARROW.with(dormant.len()));
        Ok(Figure {
            id: self.id(),
            finding: finding::silence(
                named.len(),
                past(lapsed),
                past(overdue),
                audit.settings.ladder,
            ),
            provenance: finding::provenance(
                dots.len(),
                "ties with 5 or more contact days",
                "interaction",
                &format!("to {}", words::full_day(audit.as_of)),
            ),
            how_to_read: format!(
                "on the 1× line a tie is due; past {overdue}× it is overdue; past {lapsed}× it has most likely \
                 lapsed. Size = strength at its best, colour = community. Named: most value at risk.{}",
                crowd::note(dots.len() - named.len())
            ),
            wide,
            narrow,
            narrow_words: None,
            table: Some(table(&view, &dots, &dormant, &named)),
        })
    }
}

fn dots<'a>(view: &View<'a>) -> Vec<Dot<'a>> {
    view.own
        .iter()
        .filter(|own| own.rhythm.contact_days >= 5)
        .filter_map(|own| {
            let gap = own.rhythm.expected_gap().filter(|gap| gap.is_finite() && *gap > 0.0)?;
            let silent = f64::from(own.rhythm.silent?);
            Some(Dot { own: *own, gap, silent: silent.max(1.0) })
        })
        .collect()
}

struct Size {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    low: f64,
    top: f64,
    dormant: usize,
    short: bool,
}

impl Size {
    const WIDE: Self = Self {
        width: theme::WIDE,
        height: 540.0,
        left: 46.0,
        right: 760.0,
        low: 492.0,
        top: 30.0,
        dormant: 0,
        short: false,
    };
    const NARROW: Self = Self {
        width: theme::PHONE,
        height: 500.0,
        left: 36.0,
        right: 296.0,
        low: 452.0,
        top: 30.0,
        dormant: 0,
        short: true,
    };

    /// The same with that many ties off the scale; on a phone their line stands below the axis's own.
    fn with(self, dormant: usize) -> Self {
        let lift = if self.short && dormant > 0 { 18.0 } else { 0.0 };
        Self { dormant, top: self.top + lift, ..self }
    }
}

fn plot(view: &View<'_>, dots: &[Dot<'_>], named: &[&Dot<'_>], size: &Size) -> Drawing {
    let mut drawing = Drawing::new(size.width, size.height);
    let least = dots.iter().map(|dot| dot.gap).fold(f64::INFINITY, f64::min);
    let most = dots.iter().map(|dot| dot.gap).fold(1.0, f64::max);
    let longest = dots.iter().map(|dot| dot.silent).fold(1.0, f64::max);
    let x = Scale::log(((least * 0.85).max(0.5), (most * 1.2).max(14.0)), (size.left, size.right));
    let y = Scale::log((1.0, (longest * 1.7).max(60.0)), (size.low, size.top));
    let mut fixed = Vec::new();
    let lines = axes(view, &mut drawing, &x, &y, size, &mut fixed);
    title_of_wash(&mut drawing, dots, (&x, &y), view.audit.settings.ladder[2], size, &mut fixed);

    let at = |dot: &Dot<'_>| (x.at(dot.gap), y.at(dot.silent));
    let is_named = |dot: &Dot<'_>| named.iter().any(|other| other.own.id == dot.own.id);
    let small = if size.short { 0.75 } else { 1.0 };
    let mut field = Field {
        canvas: (2.0, 4.0, size.width - 2.0, size.low - 4.0),
        lines,
        fixed,
        ..Field::default()
    };
    let others: Vec<&Dot<'_>> = dots.iter().filter(|dot| !is_named(dot)).collect();
    let radius = |dot: &Dot<'_>| (2.4 + 2.6 * dot.own.rhythm.peak_strength.clamp(0.0, 1.0)) * small;
    let circles: Vec<(Point, f64)> = others.iter().map(|dot| (at(dot), radius(dot))).collect();
    for drawn in crowd::drawn(&circles) {
        let (place, radius) = circles[drawn.dot];
        let paint = Paint::fill(view.token(others[drawn.dot].own.id)).opacity(drawn.opacity);
        drawing.add(Shape::Circle(place, radius), paint);
        field.dots.push((place, radius));
    }
    let mut wishes = Vec::new();
    for dot in named {
        let radius = (4.5 + 3.5 * dot.own.rhythm.peak_strength.clamp(0.0, 1.0)) * small;
        drawing.dot(at(dot), radius + 2.2, Token::Paper);
        drawing.ring(at(dot), radius + 1.4, Token::Ink, 1.2);
        drawing.dot(at(dot), radius, view.token(dot.own.id));
        field.dots.push((at(dot), radius + 2.0));
        let text = if size.short {
            view.short(dot.own.id, 120.0)
        } else {
            view.fitting(dot.own.id, 240.0)
        };
        let style = if size.short {
            Type { size: theme::SMALL, ..Type::NAME.bold() }
        } else {
            Type::NAME.bold()
        };
        wishes.push(Wish { dot: at(dot), radius: radius + 2.2, text, style, avoid: None });
    }
    let placed = labels::place(&wishes, &field);
    labels::draw(&mut drawing, &wishes, &placed);
    drawing
}

/// Grid, wash, diagonals and axis words; gives the lines labels should keep off.
fn axes(
    view: &View<'_>,
    drawing: &mut Drawing,
    x: &Scale,
    y: &Scale,
    size: &Size,
    fixed: &mut Vec<labels::Area>,
) -> Vec<(Point, Point, f64)> {
    let mut lines = Vec::new();
    let [_, overdue, lapsed] = view.audit.settings.ladder;
    if let Some((from, to)) = diagonal(x, y, lapsed) {
        let mut wash = vec![from, to, (size.left, size.top)];
        if (to.0 - size.right).abs() < 0.01 && to.1 > size.top {
            wash.insert(2, (size.right, size.top));
        }
        drawing.add(Shape::Polygon(wash), Paint::fill(Token::Accent).opacity(0.06));
    }
    for (at, name) in time_ticks(y, 44.0) {
        let paint = Paint::stroke(Token::Grid, theme::GRIDLINE);
        drawing.line((size.left, at), (size.right, at), paint);
        let place = (size.left - 6.0, at + 4.0);
        drawing.text(place, Anchor::End, name, Type::AXIS);
        fixed.push(text_box(place, Anchor::End, name, Type::AXIS));
    }
    for (at, name) in time_ticks(x, if size.short { 40.0 } else { 70.0 }) {
        drawing.text((at, size.low + 20.0), Anchor::Middle, name, Type::AXIS);
    }
    let base = size.height - 8.0;
    drawing.text((size.right, base), Anchor::End, "usual gap between contacts →", Type::AXIS);
    let silent = format!("↑ days silent on {}", words::day(view.audit.as_of));
    drawing.text((0.0, 16.0), Anchor::Start, &silent, Type::AXIS);
    fixed.push(text_box((0.0, 16.0), Anchor::Start, &silent, Type::AXIS));
    if size.dormant > 0 {
        let words = finding::not_drawn(size.dormant, size.short);
        let (at, anchor) = if size.short {
            ((0.0, 34.0), Anchor::Start)
        } else {
            ((size.right, 16.0), Anchor::End)
        };
        drawing.text(at, anchor, &words, Type::NOTE);
        fixed.push(text_box(at, anchor, &words, Type::NOTE));
    }

    for (factor, token) in [(1.0, Token::Ink3), (overdue, Token::Ink2), (lapsed, Token::Accent)] {
        let Some((from, to)) = diagonal(x, y, factor) else { continue };
        let name = &format!("{factor}×");
        let last = token == Token::Accent;
        let paint = Paint::stroke(token, if last { theme::OUTLINE } else { 1.0 });
        let paint = if last { paint } else { paint.dashed(5.0, 4.0) };
        drawing.line(from, to, paint);
        lines.push((from, to, 1.6));
        let style = Type { size: theme::NAME, ..Type::AXIS }.bold().token(token);
        let leaves_at_top = to.1 <= size.top + 0.01 && to.0 < size.right - 0.01;
        let place = if leaves_at_top {
            (to.0 + 6.0, size.top + 2.0)
        } else {
            (size.right + 6.0, to.1 + 4.0)
        };
        let area = text_box(place, Anchor::Start, name, style);
        // Two diagonals that leave the plot at the same corner: the later label would cover the first.
        let free =
            fixed.iter().all(|&other| labels::overlap(area, other) <= 0.0) && area.2 <= size.width;
        if free {
            drawing.text(place, Anchor::Start, name, style);
            fixed.push(area);
        }
    }
    lines
}

/// The words inside the wash and below the first line, where no dot lies under them.
fn title_of_wash(
    drawing: &mut Drawing,
    dots: &[Dot<'_>],
    (x, y): (&Scale, &Scale),
    lapsed: f64,
    size: &Size,
    fixed: &mut Vec<labels::Area>,
) {
    let past = format!("Past {}: most likely lapsed", words::gaps(lapsed));
    let bold = Type { size: theme::NAME, ..Type::NOTE }.bold().token(Token::Accent);
    let wash: &[(&str, Type, f64)] = if size.short {
        &[("Most likely lapsed", Type { size: theme::SMALL, ..bold }, 20.0)]
    } else {
        &[(&past, bold, 22.0), ("Revive on purpose, or let rest", Type::NOTE, 40.0)]
    };
    let clear = |area: labels::Area| {
        dots.iter().all(|dot| {
            let (cx, cy) = (x.at(dot.gap), y.at(dot.silent));
            cx < area.0 - 9.0 || cx > area.2 + 9.0 || cy < area.1 - 9.0 || cy > area.3 + 9.0
        })
    };
    let last = diagonal(x, y, lapsed);
    for &(words, style, drop) in wash {
        let at = (size.left + 8.0, size.top + drop);
        let area = text_box(at, Anchor::Start, words, style);
        let above = last.is_some_and(|(from, to)| {
            labels::length_inside(from, to, area) <= 0.0 && from.1 > area.3 && to.0 > area.2
        });
        let free = fixed.iter().all(|&other| labels::overlap(area, other) <= 0.0);
        if !(clear(area) && above && free) {
            break;
        }
        drawing.text(at, Anchor::Start, words, style);
        fixed.push(area);
    }
    let words =
        if size.short { "Below 1×: on rhythm" } else { "Below 1×: on rhythm, nothing to do" };
    let at = (size.right - 2.0, size.low - 12.0);
    let area = text_box(at, Anchor::End, words, Type::NOTE);
    let off =
        diagonal(x, y, 1.0).is_none_or(|(from, to)| labels::length_inside(from, to, area) <= 0.0);
    if clear(area) && off {
        drawing.text(at, Anchor::End, words, Type::NOTE);
        fixed.push(area);
    }
}

fn table(view: &View<'_>, dots: &[Dot<'_>], dormant: &[Dot<'_>], named: &[&Dot<'_>]) -> Table {
    let rest = dots.iter().filter(|dot| !named.iter().any(|other| other.own.id == dot.own.id));
    let mut rest: Vec<&Dot<'_>> = rest.collect();
    rest.sort_by(|a, b| {
        let by = |dot: &Dot<'_>| dot.own.overdue().unwrap_or(0.0);
        by(b).total_cmp(&by(a)).then_with(|| a.own.id.cmp(b.own.id))
    });
    let rows: Vec<Vec<String>> = named
        .iter()
        .copied()
        .chain(rest.into_iter().take(100))
        .chain(dormant)
        .map(|dot| {
            vec![
                view.name(dot.own.id).to_owned(),
                words::days(dot.gap),
                words::figure(dot.own.rhythm.silent.unwrap_or(0).into(), "day", "days"),
                dot.own.overdue().map_or_else(String::new, words::times),
            ]
        })
        .collect();
    Table {
        summary: format!(
            "The {} as a table, most value at risk first",
            words::figure(rows.len() as u64, "tie", "ties")
        ),
        head: vec![("name", false), ("usual gap", true), ("silent", true), ("times the gap", true)],
        rows,
    }
}
