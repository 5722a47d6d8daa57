//! Where the holes are: active ties by industry and career band.

use crate::audit::{Audit, Joint as Data, JointCell};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Shape, Type};
use crate::report::metrics;
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, charts as finding, diversity};

const FEWEST: u32 = 30;
const ROWS: usize = 12;
const UNKNOWN: &str = "unknown";

/// Industry against career band.
pub(super) struct Joint;

impl super::Chart for Joint {
    fn id(&self) -> &'static str {
        "joint"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let known = |data: &Data| -> u32 {
            let both = |cell: &&JointCell| cell.industry != UNKNOWN && cell.band != UNKNOWN;
            data.cells.iter().filter(both).map(|cell| cell.active).sum()
        };
        let data = match audit.findings.joint.as_ref() {
            Some(data) if known(data) >= FEWEST => data,
            other => {
                return Empty::because(format!(
                    "Both industry and career stage are known for {}: too few to look for holes between them.",
                    words::counted(other.map_or(0, known) as usize, "person", "people")
                ));
            }
        };
        let has_goals = data.cells.iter().any(|cell| cell.is_goal);
        let view = View::of(audit);
        let (what, tier, when) = if view.has_log() {
            ("active ties", "interaction", words::period(audit))
        } else {
            ("contacts", "declared", format!("to {}", words::full_day(audit.as_of)))
        };
        Ok(Figure {
            id: self.id(),
            finding: diversity::joint(data, has_goals),
            provenance: finding::provenance(data.people as usize, what, tier, &when),
            how_to_read: if has_goals {
                "number of active ties in each cell; a red frame is a goal that is still empty; a dot: somebody known, \
                 nobody active. Grey is unknown."
            } else {
                "number of active ties in each cell; a red frame is a cell in which three or more would be expected and \
                 nobody is active; a dot: somebody known. Grey is unknown."
            }
            .to_owned(),
            wide: plot(data, theme::WIDE),
            narrow: plot(data, theme::PHONE),
            narrow_words: None,
            table: None,
        })
    }
}

/// The industries drawn: those with gaps, then the largest, in the order of the table; unknown last.
fn rows(data: &Data) -> Vec<&str> {
    let has_gap = |name: &str| data.cells.iter().any(|cell| cell.industry == name && cell.is_gap);
    let mut order: Vec<(usize, &str)> = data
        .industries
        .iter()
        .map(String::as_str)
        .enumerate()
        .filter(|(_, name)| *name != UNKNOWN)
        .collect();
    order.sort_by_key(|(at, name)| (!has_gap(name), *at));
    order.truncate(ROWS);
    order.sort_unstable_by_key(|(at, _)| *at);
    let mut rows: Vec<&str> = order.into_iter().map(|(_, name)| name).collect();
    rows.extend(data.industries.iter().map(String::as_str).filter(|name| *name == UNKNOWN));
    rows
}

/// The shade of a count: 1–2, 3–7, 8–15, 16 and up.
fn shade(n: u32) -> (Token, Token) {
    match n {
        0 => (Token::Grid, Token::Ink),
        1..=2 => (Token::Seq1, Token::Ink),
        3..=7 => (Token::Seq2, Token::Ink),
        8..=15 => (Token::Seq3, Token::OnSeq3),
        _ => (Token::Seq4, Token::OnSeq),
    }
}

fn plot(data: &Data, width: f64) -> Drawing {
    let phone = theme::is_phone(width);
    let rows = rows(data);
    let (label, height, top) = if phone { (104.0, 30.0, 30.0) } else { (190.0, 34.0, 30.0) };
    let columns = data.bands.len().max(1) as f64;
    let step = (width - label) / columns;
    let low = top + rows.len() as f64 * height;
    let mut drawing = Drawing::new(width, low + 30.0);
    for (nth, band) in data.bands.iter().enumerate() {
        let (long, short) = diversity::band_head(band);
        let middle = label + (nth as f64 + 0.5) * step;
        let style = if band == UNKNOWN { Type::AXIS } else { Type::NOTE };
        drawing.text((middle, 16.0), Anchor::Middle, if phone { short } else { long }, style);
    }
    for (down, industry) in rows.iter().enumerate() {
        let y = top + down as f64 * height;
        let style = if *industry == UNKNOWN { Type::NAME.token(Token::Ink3) } else { Type::NAME };
        let name = row_name(industry, label - 8.0);
        drawing.text((0.0, y + height / 2.0 + 4.0), Anchor::Start, &name, style);
        for (across, band) in data.bands.iter().enumerate() {
            let of = |cell: &&JointCell| cell.industry == *industry && cell.band == *band;
            let left = label + across as f64 * step;
            let area = (left + 1.0, y + 1.0, step - 2.0, height - 2.0);
            let grey = *industry == UNKNOWN || band == UNKNOWN;
            cell(&mut drawing, data.cells.iter().find(of), area, grey);
        }
    }
    key(&mut drawing, data, low + 24.0);
    drawing
}

/// The industry's name, cut at a word where the phone has no room.
fn row_name(industry: &str, room: f64) -> String {
    let name = if industry == UNKNOWN { "Unknown".to_owned() } else { words::class(industry) };
    let lines = metrics::wrap(&name, theme::NAME, metrics::Weight::Regular, room);
    lines.into_iter().next().unwrap_or(name)
}

fn cell(
    drawing: &mut Drawing,
    found: Option<&JointCell>,
    (left, top, width, height): (f64, f64, f64, f64),
    grey: bool,
) {
    let active = found.map_or(0, |cell| cell.active);
    let (fill, ink) = shade(active);
    if grey && active > 0 {
        drawing.add(Shape::Rect(left, top, width, height), Paint::fill(Token::Unk).opacity(0.55));
    } else {
        drawing.bar(left, top, width, height, fill);
    }
    let middle = (left + width / 2.0, top + height / 2.0);
    if active > 0 {
        let ink = if grey { Token::Ink } else { ink };
        let style = Type { size: theme::SMALL, ..Type::NAME.bold() }.token(ink);
        drawing.text(
            (middle.0, middle.1 + 4.0),
            Anchor::Middle,
            &words::thousands(active.into()),
            style,
        );
    } else if found.is_some_and(|cell| cell.known > 0) {
        drawing.dot(middle, 3.0, Token::Ink2);
    }
    if found.is_some_and(|cell| cell.is_gap) {
        drawing.add(
            Shape::Rect(left + 1.0, top + 1.0, width - 2.0, height - 2.0),
            Paint::stroke(Token::Accent, theme::RING),
        );
    }
}

fn key(drawing: &mut Drawing, data: &Data, at: f64) {
    let frame = |drawing: &mut Drawing, (x, y): (f64, f64)| {
        let paint = Paint::stroke(Token::Accent, theme::RING);
        drawing.add(Shape::Rect(x + 1.0, y - 6.0, 14.0, 12.0), paint);
    };
    let dot =
        |drawing: &mut Drawing, (x, y): (f64, f64)| drawing.dot((x + 4.0, y), 3.0, Token::Ink2);
    let ramp = |drawing: &mut Drawing, (x, y): (f64, f64)| {
        for (nth, token) in
            [Token::Seq1, Token::Seq2, Token::Seq3, Token::Seq4].into_iter().enumerate()
        {
            drawing.bar(x + nth as f64 * 14.0, y - 6.0, 14.0, 12.0, token);
        }
    };
    let goals = data.cells.iter().any(|cell| cell.is_goal);
    let mut entries: Vec<(f64, &str, super::Key<'_>)> = Vec::new();
    if data.cells.iter().any(|cell| cell.is_gap) {
        entries.push((16.0, if goals { "goal, still empty" } else { "expected, empty" }, &frame));
    }
    entries.push((8.0, "known, not active", &dot));
    entries.push((56.0, "1–2, 3–7, 8–15, 16+ active ties", &ramp));
    let right = drawing.width;
    let last = super::legend(drawing, (0.0, at), right, &entries);
    drawing.height = last + 8.0;
}
