//! Resilience: how much of the network hangs on one employer or one industry.

use crate::audit::{Audit, Diversity};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Shape, Type};
use crate::report::scale::Scale;
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, charts as finding, linking};

/// Fewest classified people of a line.
const FEWEST: u32 = 30;
/// Ranks drawn.
const RANKS: usize = 12;
const HEIGHT: f64 = 300.0;

/// Resilience.
pub(super) struct Resilience;

/// The cumulative shares of one attribute.
struct Line<'a> {
    data: &'a Diversity,
    token: Token,
    /// Of those with a known class, largest first, added up.
    shares: Vec<f64>,
    largest: String,
}

impl super::Chart for Resilience {
    fn id(&self) -> &'static str {
        "resilience"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let lines: Vec<Line<'_>> = [("company", Token::Me), ("industry", Token::Them)]
            .into_iter()
            .filter_map(|(name, token)| line(audit, name, token))
            .collect();
        let Some(first) = lines.first() else {
            return Empty::because(linking::few_classified());
        };
        let logged = View::of(audit).has_log();
        let when = if logged {
            words::period(audit)
        } else {
            format!("to {}", words::full_day(audit.as_of))
        };
        let whom = linking::of_known(&first.data.dimension, logged);
        Ok(Figure {
            id: self.id(),
            finding: linking::resilience(
                &first.data.dimension,
                (first.data.known, &whom),
                &first.largest,
                &first.shares,
            ),
            // Employers and industries are what the contacts state.
            provenance: finding::provenance(first.data.known as usize, &whom, "declared", &when),
            how_to_read: linking::resilience_how(logged),
            wide: plot(&lines, (theme::WIDE, logged)),
            narrow: plot(&lines, (theme::PHONE, logged)),
            narrow_words: None,
            table: None,
        })
    }
}

fn line<'a>(audit: &'a Audit, name: &str, token: Token) -> Option<Line<'a>> {
    let is_it = |found: &&Diversity| found.dimension == name && found.headline;
    let data = audit.findings.diversity.iter().find(is_it)?;
    let mut classes: Vec<(&str, u32)> = data
        .classes
        .iter()
        .filter(|class| class.class != "unknown")
        .map(|class| (class.class.as_str(), class.people))
        .collect();
    classes.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let (largest, _) = classes.first().filter(|_| data.known >= FEWEST)?;
    let mut sum = 0;
    let shares = classes.iter().take(RANKS).map(|(_, people)| {
        sum += people;
        f64::from(sum) / f64::from(data.known)
    });
    let shares = shares.collect();
    Some(Line { data, token, shares, largest: words::class_within(name, largest) })
}

fn plot(lines: &[Line<'_>], (width, logged): (f64, bool)) -> Drawing {
    let (left, right, top, low) = (40.0, width - 10.0, 16.0, HEIGHT - 50.0);
    let mut drawing = Drawing::new(width, HEIGHT);
    let x = Scale::linear((0.0, RANKS as f64), (left, right));
    let y = Scale::linear((0.0, 1.0), (low, top));
    for percent in [0_u8, 25, 50, 75, 100] {
        let at = y.at(f64::from(percent) / 100.0);
        drawing.line((left, at), (right, at), Paint::stroke(Token::Grid, theme::GRIDLINE));
        let text = format!("{percent}%");
        drawing.text((left - 6.0, at + 4.0), Anchor::End, &text, Type::AXIS);
    }
    for rank in [1_u8, 3, 6, 9, 12] {
        let at = x.at(f64::from(rank));
        drawing.text((at, low + 18.0), Anchor::Middle, &rank.to_string(), Type::AXIS);
    }
    for line in lines {
        let points = std::iter::once((x.at(0.0), y.at(0.0))).chain(
            (1..).zip(&line.shares).map(|(rank, share)| (x.at(f64::from(rank)), y.at(*share))),
        );
        let points: Vec<_> = points.collect();
        drawing.add(Shape::Polyline(points.clone()), Paint::stroke(line.token, theme::RING));
        for point in &points[1..] {
            drawing.cut_dot(*point, 3.5, line.token);
        }
    }
    // Names of the largest stand beside their dots, apart from each other.
    let mut rows: Vec<f64> = Vec::new();
    for line in lines {
        let Some(share) = line.shares.first() else { continue };
        let at = (x.at(1.0), y.at(*share));
        let mut text = at.1 + 18.0;
        while rows.iter().any(|other| (other - text).abs() < 17.0) {
            text += 17.0;
        }
        let text = text.min(low - 4.0);
        rows.push(text);
        let style = Type::NOTE.bold();
        let words =
            format!("{} {}", style.cut(&line.largest, width * 0.42), words::percent(*share));
        drawing.patched((at.0 + 10.0, text), Anchor::Start, &words, style);
    }
    drawing.text((right, low + 34.0), Anchor::End, linking::rank_axis(logged), Type::AXIS);
    let keys: Vec<_> = lines
        .iter()
        .map(|line| {
            let token = line.token;
            move |drawing: &mut Drawing, (x, y): (f64, f64)| {
                drawing.line((x, y), (x + 18.0, y), Paint::stroke(token, theme::RING));
            }
        })
        .collect();
    let entries: Vec<(f64, &str, super::Key<'_>)> = lines
        .iter()
        .zip(&keys)
        .map(|(line, key)| (18.0, linking::many(&line.data.dimension), key as super::Key<'_>))
        .collect();
    let last = super::legend(&mut drawing, (0.0, HEIGHT - 4.0), width * 0.6, &entries);
    drawing.height = last + 8.0;
    drawing
}
