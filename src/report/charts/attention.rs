//! Where attention goes: the share of contact days by rank of the tie (the social signature).

use crate::audit::Audit;
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Point, Shape, Type, text_box};
use crate::report::labels;
use crate::report::scale::Scale;
use crate::report::theme::{self, Token};
use crate::report::words::{self, charts as finding};

const FEWEST: usize = 20;
const HEIGHT: f64 = 312.0;
/// The gridlines wanted, most wanted first; those too close to an earlier one are left out.
const TICKS: [(f64, &str); 10] = [
    (0.1, "10%"),
    (0.01, "1%"),
    (0.001, "0.1%"),
    (0.5, "50%"),
    (0.03, "3%"),
    (0.003, "0.3%"),
    (0.05, "5%"),
    (0.02, "2%"),
    (0.005, "0.5%"),
    (0.002, "0.2%"),
];
const LAYERS: [u32; 4] = [5, 15, 50, 150];

/// The social signature.
pub(super) struct Attention;

impl super::Chart for Attention {
    fn id(&self) -> &'static str {
        "attention"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let attention = &audit.findings.attention;
        if attention.now.len() < FEWEST {
            return Empty::because("Too few ties to draw your attention.");
        }
        let before = (attention.before.len() >= FEWEST).then_some(attention.before.as_slice());
        let top: f64 = attention.now.iter().take(5).sum();
        let was = before.map(|shares| shares.iter().take(5).sum::<f64>());
        Ok(Figure {
            id: self.id(),
            finding: finding::attention(top, was),
            provenance: finding::provenance(
                attention.now.len(),
                "ties",
                "interaction",
                &words::period(audit),
            ),
            how_to_read: if before.is_some() {
                "steeper means more concentrated; hollow is last quarter."
            } else {
                "each step right is the next tie by contact days; steeper means more concentrated."
            }
            .to_owned(),
            wide: plot(&attention.now, before, theme::HALF),
            narrow: plot(&attention.now, before, theme::PHONE),
            narrow_words: None,
            table: None,
        })
    }
}

fn plot(now: &[f64], before: Option<&[f64]>, width: f64) -> Drawing {
    let mut drawing = Drawing::new(width, HEIGHT);
    let (left, right, top, low) = (40.0, width - 8.0, 34.0, HEIGHT - 44.0);
    let all = || now.iter().chain(before.unwrap_or_default()).copied().filter(|share| *share > 0.0);
    let most = all().fold(0.0, f64::max);
    let least = all().fold(1.0, f64::min);
    let ranks = now.len().max(before.map_or(0, <[f64]>::len)) as f64;
    let x = Scale::log((1.0, ranks.max(20.0)), (left, right));
    let y = Scale::log((least * 0.85, (most * 1.9).min(1.0)), (low, top));
    let mut taken: Vec<f64> = Vec::new();
    for (share, name) in TICKS {
        let at = y.at(share);
        if y.holds(share) && taken.iter().all(|other| (other - at).abs() >= 40.0) {
            taken.push(at);
            drawing.line((left, at), (right, at), Paint::stroke(Token::Grid, theme::GRIDLINE));
            drawing.text((left - 8.0, at + 4.0), Anchor::End, name, Type::AXIS);
        }
    }
    for layer in LAYERS {
        if x.holds(f64::from(layer)) {
            let at = x.at(f64::from(layer));
            let paint = Paint::stroke(Token::Rule, theme::GRIDLINE).dashed(2.0, 3.0);
            drawing.line((at, top), (at, low), paint);
            drawing.text((at, low + 18.0), Anchor::Middle, &layer.to_string(), Type::AXIS);
        }
    }
    drawing.text((left, low + 18.0), Anchor::Middle, "1", Type::AXIS);
    drawing.text((right, HEIGHT - 8.0), Anchor::End, "ties ranked by contact days →", Type::AXIS);
    drawing.text((0.0, 16.0), Anchor::Start, "↑ share of contact days", Type::AXIS);

    let line = |shares: &[f64]| -> Vec<Point> {
        // Ranks far out lie closer than a pixel: keep those that move.
        let mut points: Vec<Point> = Vec::new();
        for (rank, &share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            let point = (x.at((rank + 1) as f64), y.at(share));
            let far = points
                .last()
                .is_none_or(|last| point.0 - last.0 >= 2.0 || (point.1 - last.1).abs() >= 2.0);
            if far || rank + 1 == shares.len() {
                points.push(point);
            }
        }
        points
    };
    let dot_at = |shares: &[f64], rank: u32| -> Option<Point> {
        let share = shares.get(rank as usize - 1).copied().filter(|share| *share > 0.0)?;
        Some((x.at(f64::from(rank)), y.at(share)))
    };
    if let Some(before) = before {
        let paint = Paint::stroke(Token::Ink2, theme::OUTLINE).dashed(4.0, 3.0);
        drawing.add(Shape::Polyline(line(before)), paint);
    }
    drawing.add(Shape::Polyline(line(now)), Paint::stroke(Token::Me, theme::DATA));
    for rank in [1, 5, 15, 50, 150] {
        if let Some(at) = before.and_then(|shares| dot_at(shares, rank)) {
            drawing.hollow(at, 3.5, Token::Ink2);
        }
        if let Some(at) = dot_at(now, rank) {
            drawing.dot(at, 4.0, Token::Me);
        }
    }
    names(&mut drawing, now, before, &x, &y, &line);
    drawing
}

/// Vertical distance between two areas that share columns.
fn gap_between(a: labels::Area, b: labels::Area) -> f64 {
    if a.2 < b.0 || b.2 < a.0 { f64::INFINITY } else { (a.1 - b.3).max(b.1 - a.3).max(0.0) }
}

/// The names of the lines, and what the top five take.
fn names(
    drawing: &mut Drawing,
    now: &[f64],
    before: Option<&[f64]>,
    x: &Scale,
    y: &Scale,
    line: &dyn Fn(&[f64]) -> Vec<Point>,
) {
    let top: f64 = now.iter().take(5).sum();
    let five = x.at(5.0) + 7.0;
    let share = format!("top 5 take {}", words::percent(top));
    let strong = Type::NOTE.bold().token(Token::Ink);
    let mut taken = vec![text_box((five, 46.0), Anchor::Start, &share, strong)];
    drawing.patched((five, 46.0), Anchor::Start, &share, strong);
    if let Some(before) = before {
        let was = format!("(were {})", words::percent(before.iter().take(5).sum()));
        drawing.patched((five, 62.0), Anchor::Start, &was, Type::NOTE);
        taken.push(text_box((five, 62.0), Anchor::Start, &was, Type::NOTE));
    }
    let points: Vec<Vec<Point>> = [Some(now), before].into_iter().flatten().map(line).collect();
    // Each name stands where its line is furthest from the other: sought along the ranks.
    let mut spots: Vec<(&[f64], &str, Type)> = Vec::new();
    let mine = Type { size: theme::NAME, ..Type::NOTE }.bold().token(Token::Me);
    spots.push((now, "this quarter", mine));
    if let Some(before) = before {
        spots.push((before, "last quarter", Type { size: theme::NAME, ..Type::NOTE }));
    }
    for (shares, words, style) in spots {
        let mut best: Option<(f64, Point, Anchor)> = None;
        for rank in [2_usize, 3, 7, 10, 22, 32, 40, 70, 100] {
            let Some(&share) = shares.get(rank - 1).filter(|share| **share > 0.0) else { continue };
            let spot = (x.at(rank as f64), y.at(share));
            for (anchor, dx, dy) in [
                (Anchor::Start, 8.0, -9.0),
                (Anchor::Start, 12.0, -20.0),
                (Anchor::End, -8.0, 18.0),
                (Anchor::End, -12.0, 28.0),
            ] {
                let at = (spot.0 + dx, spot.1 + dy);
                let area = text_box(at, anchor, words, style);
                if area.0 < 42.0 || area.2 > drawing.width || area.1 < 26.0 || area.3 > 264.0 {
                    continue;
                }
                let mut cost: f64 =
                    taken.iter().map(|&other| 20.0 * labels::overlap(area, other)).sum();
                let middle = (f64::midpoint(area.0, area.2), f64::midpoint(area.1, area.3));
                for (nth, points) in points.iter().enumerate() {
                    let own = std::ptr::eq(shares, now) == (nth == 0);
                    let mut near = f64::INFINITY;
                    for pair in points.windows(2) {
                        cost += 8.0 * labels::length_inside(pair[0], pair[1], area);
                        near = near.min(labels::distance_to(pair[0], pair[1], middle));
                    }
                    if !own {
                        cost += (60.0 - near).max(0.0);
                    }
                }
                // Not right under the words on the top five.
                cost += taken
                    .iter()
                    .map(|other| (20.0 - gap_between(area, *other)).max(0.0))
                    .sum::<f64>();
                cost += dy.abs() * 0.3;
                if best.is_none_or(|(least, ..)| cost < least - 1e-9) {
                    best = Some((cost, at, anchor));
                }
            }
        }
        if let Some((_, at, anchor)) = best.filter(|(cost, ..)| *cost < 400.0) {
            drawing.patched(at, anchor, words, style);
            taken.push(text_box(at, anchor, words, style));
        }
    }
}
