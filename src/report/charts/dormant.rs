//! Whom to revive: time spent together in the past against how new somebody's surroundings are today.

use crate::audit::{Audit, DormantTie};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Shape, Table, Type, text_box};
use crate::report::labels::{self, Field, Wish};
use crate::report::scale::Scale;
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, charts as finding, exchange};

const FEWEST: usize = 8;
/// Contact days worth a gridline.
const TICKS: [(f64, &str); 7] = [
    (10.0, "10"),
    (100.0, "100"),
    (30.0, "30"),
    (300.0, "300"),
    (3.0, "3"),
    (1_000.0, "1,000"),
    (1.0, "1"),
];

/// The dormant map.
pub(super) struct Dormant;

struct Dot<'a> {
    tie: &'a DormantTie,
    novelty: f64,
}

impl super::Chart for Dormant {
    fn id(&self) -> &'static str {
        "dormant"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let view = View::of(audit);
        super::without_names::<()>(&view)?;
        let ties = &audit.findings.dormant;
        let dots: Vec<Dot<'_>> =
            ties.iter().filter_map(|tie| Some(Dot { tie, novelty: tie.novelty? })).collect();
        if dots.len() < FEWEST {
            let names: Vec<&str> = ties.iter().map(|tie| view.name(&tie.id)).collect();
            return Empty::because(exchange::few_dormant(&names));
        }
        Ok(Figure {
            id: self.id(),
            finding: exchange::dormant(ties),
            provenance: finding::provenance(
                dots.len(),
                "once strong ties silent for 3 years or more",
                "interaction",
                &format!("to {}", words::full_day(audit.as_of)),
            ),
            how_to_read: exchange::dormant_how(ties.len() - dots.len()),
            wide: plot(&view, &dots, &Size::WIDE),
            narrow: plot(&view, &dots, &Size::NARROW),
            narrow_words: None,
            table: Some(table(&view, ties)),
        })
    }
}

struct Size {
    width: f64,
    height: f64,
    left: f64,
    short: bool,
}

impl Size {
    const WIDE: Self = Self { width: theme::WIDE, height: 420.0, left: 20.0, short: false };
    const NARROW: Self = Self { width: theme::PHONE, height: 440.0, left: 8.0, short: true };
}

/// Radius by the chance of an answer, in three steps.
fn radius(reachability: f64) -> f64 {
    match reachability {
        r if r >= 0.4 => 7.0,
        r if r >= 0.2 => 5.0,
        _ => 3.5,
    }
}

fn middle(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

fn plot(view: &View<'_>, dots: &[Dot<'_>], size: &Size) -> Drawing {
    let mut drawing = Drawing::new(size.width, size.height);
    let (right, top, low) = (size.width - 12.0, 34.0, size.height - 68.0);
    let days = |dot: &Dot<'_>| f64::from(dot.tie.together.max(1));
    let least = dots.iter().map(days).fold(f64::INFINITY, f64::min);
    let most = dots.iter().map(days).fold(1.0, f64::max);
    let x = Scale::log((least * 0.8, (most * 1.25).max(least * 4.0)), (size.left, right));
    let lowest = dots.iter().map(|dot| dot.novelty).fold(1.0, f64::min);
    let y = Scale::linear(((lowest - 0.06).max(0.0), 1.03), (low, top));
    let split =
        (x.at(middle(dots.iter().map(days))), y.at(middle(dots.iter().map(|dot| dot.novelty))));
    let mut fixed = Vec::new();
    regions(&mut drawing, split, (size.left, top, right, low), &mut fixed);
    axes(&mut drawing, &x, size, (right, top, low), &mut fixed);

    let at = |dot: &Dot<'_>| (x.at(days(dot)), y.at(dot.novelty));
    let is_named = |dot: &Dot<'_>| dot.tie.useful.is_some() || dot.tie.easy.is_some();
    let mut field =
        Field { canvas: (2.0, 22.0, size.width - 2.0, low - 4.0), fixed, ..Field::default() };
    for dot in dots.iter().filter(|dot| !is_named(dot)) {
        let r = radius(dot.tie.reachability);
        drawing.add(Shape::Circle(at(dot), r), Paint::fill(Token::Unk).opacity(0.8));
        field.dots.push((at(dot), r));
    }
    let mut named: Vec<&Dot<'_>> = dots.iter().filter(|dot| is_named(dot)).collect();
    named.sort_by_key(|dot| {
        (dot.tie.useful.is_none(), dot.tie.useful.or(dot.tie.easy), dot.tie.id.as_str())
    });
    let mut wishes = Vec::new();
    for dot in named {
        let r = radius(dot.tie.reachability);
        drawing.cut_dot(at(dot), r, view.token(&dot.tie.id));
        field.dots.push((at(dot), r));
        let style = Type::NAME;
        let style = if dot.tie.useful.is_some() { style.bold() } else { style };
        let style = if size.short { Type { size: theme::SMALL, ..style } } else { style };
        let text = if size.short {
            view.short(&dot.tie.id, 110.0)
        } else {
            view.fitting(&dot.tie.id, 220.0)
        };
        wishes.push(Wish { dot: at(dot), radius: r + 1.5, text, style, avoid: None });
    }
    let placed = labels::place(&wishes, &field);
    labels::draw(&mut drawing, &wishes, &placed);
    legend(&mut drawing, size);
    drawing
}

/// The two washed regions with their titles: new and little together at the top left, familiar at the bottom right.
fn regions(
    drawing: &mut Drawing,
    (across, down): (f64, f64),
    (left, top, right, low): labels::Area,
    fixed: &mut Vec<labels::Area>,
) {
    let mut wash = |area: (f64, f64, f64, f64), token: Token, opacity: f64| {
        let (x, y, width, height) = area;
        drawing.add(Shape::Rect(x, y, width, height), Paint::fill(token).opacity(opacity));
    };
    wash((left, top, across - left, down - top), Token::Accent, 0.07);
    wash((across, down, right - across, low - down), Token::Grid, 0.8);
    let bold = Type::REGION;
    let titles = [
        ((left + 8.0, top + 18.0), Anchor::Start, "Useful", bold.token(Token::Accent)),
        ((right - 8.0, low - 10.0), Anchor::End, "Comfortable", bold.token(Token::Ink2)),
    ];
    for (at, anchor, text, style) in titles {
        drawing.text(at, anchor, text, style);
        fixed.push(text_box(at, anchor, text, style));
    }
}

fn axes(
    drawing: &mut Drawing,
    x: &Scale,
    size: &Size,
    (right, top, low): (f64, f64, f64),
    fixed: &mut Vec<labels::Area>,
) {
    let rule = Paint::stroke(Token::Rule, theme::GRIDLINE);
    drawing.line((size.left, low), (right, low), rule);
    drawing.line((size.left, top), (size.left, low), rule);
    let mut taken: Vec<f64> = Vec::new();
    for (days, name) in TICKS {
        let at = x.at(days);
        let inside = x.holds(days) && at > size.left + 12.0 && at < right - 12.0;
        if inside && taken.iter().all(|other| (other - at).abs() >= 60.0) {
            taken.push(at);
            drawing.text((at, low + 18.0), Anchor::Middle, name, Type::AXIS);
        }
    }
    let up = if size.short {
        "↑ new to you today"
    } else {
        "↑ new to you today: other circle, field, employer"
    };
    drawing.text((0.0, 16.0), Anchor::Start, up, Type::AXIS);
    fixed.push(text_box((0.0, 16.0), Anchor::Start, up, Type::AXIS));
    drawing.text((right, low + 36.0), Anchor::End, "days together in the past →", Type::AXIS);
}

fn legend(drawing: &mut Drawing, size: &Size) {
    let dot = |r: f64| {
        move |drawing: &mut Drawing, at: (f64, f64)| {
            drawing.dot((at.0 + 7.0, at.1), r, Token::Unk);
        }
    };
    let (small, middle, large) = (dot(3.5), dot(5.0), dot(7.0));
    let words = if size.short {
        ["answer unlikely", "even", "likely"]
    } else {
        ["an answer is unlikely", "possible", "likely"]
    };
    let entries: [(f64, &str, super::Key<'_>); 3] =
        [(14.0, words[0], &small), (14.0, words[1], &middle), (14.0, words[2], &large)];
    super::legend(drawing, (size.left, size.height - 8.0), size.width, &entries);
}

fn table(view: &View<'_>, ties: &[DormantTie]) -> Table {
    let rows: Vec<Vec<String>> = ties
        .iter()
        .map(|tie| {
            let silent = view.tie(&tie.id).and_then(|own| own.rhythm.silent);
            vec![
                view.name(&tie.id).to_owned(),
                words::thousands(tie.together.into()),
                silent.map_or_else(String::new, |days| crate::text::span(days.into())),
                exchange::novelty(tie.novelty).to_owned(),
                exchange::answer(tie.reachability).to_owned(),
                exchange::lists(tie),
            ]
        })
        .collect();
    Table {
        summary: exchange::dormant_table(rows.len()),
        head: vec![
            ("name", false),
            ("days together", true),
            ("silent for", true),
            ("new to you", false),
            ("an answer is", false),
            ("list", false),
        ],
        rows,
    }
}
