//! Told and seen: the reliability of the chance of contact on this data's own past.
//!
//! A dot a tenth of the ties, mean chance told against the share with contact, with its 95 % interval; on the diagonal
//! what was told is what came.

use crate::audit::{Audit, Backtest};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Point, Table, Type};
use crate::report::scale::Scale;
use crate::report::theme::{self, Token};
use crate::report::words::{self, charts as finding, proof};

/// Reliability.
pub(super) struct Reliability;

impl super::Chart for Reliability {
    fn id(&self) -> &'static str {
        "reliability"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let Some(forecast) = &audit.findings.forecast else {
            return Empty::because(
                "Without a log of contact there is no chance of contact to check.",
            );
        };
        let Some(found) = &forecast.backtest else {
            return Empty::because(proof::unverified(forecast));
        };
        let ties: u32 = found.windows.iter().map(|window| window.ties).sum();
        let span = found.windows.first().zip(found.windows.last());
        let when = span.map_or(String::new(), |(first, last)| words::span(first.from, last.to));
        Ok(Figure {
            id: self.id(),
            finding: proof::reliability(found),
            provenance: finding::provenance(ties as usize, "ties tried", "interaction", &when),
            how_to_read: format!(
                "each dot is a tenth of the ties, by the chance told for {} days; on the line as many had contact \
                 as told. Bars: 95 % intervals.",
                found.horizon_days
            ),
            wide: plot(found, theme::HALF),
            narrow: plot(found, theme::PHONE),
            narrow_words: None,
            table: Some(table(found)),
        })
    }
}

fn plot(found: &Backtest, width: f64) -> Drawing {
    let height = (width * 0.72).min(380.0);
    let (left, right, top, bottom) = (52.0, 22.0, 14.0, 46.0);
    let mut drawing = Drawing::new(width, height);
    let x = Scale::linear((0.0, 1.0), (left, width - right));
    let y = Scale::linear((0.0, 1.0), (height - bottom, top));
    for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let label = words::percent(tick);
        let grid = Paint::stroke(Token::Grid, theme::GRIDLINE);
        drawing.line((x.at(0.0), y.at(tick)), (x.at(1.0), y.at(tick)), grid);
        drawing.text((left - 8.0, y.at(tick) + 4.0), Anchor::End, &label, Type::AXIS);
        drawing.text((x.at(tick), height - bottom + 18.0), Anchor::Middle, &label, Type::AXIS);
    }
    let diagonal = Paint::stroke(Token::Ink3, theme::GRIDLINE).dashed(4.0, 3.0);
    drawing.line((x.at(0.0), y.at(0.0)), (x.at(1.0), y.at(1.0)), diagonal);
    for bin in &found.reliability {
        let [low, high] = bin.interval;
        let at: Point = (x.at(bin.expected), y.at(share(bin.met, bin.ties)));
        drawing.line(
            (at.0, y.at(low)),
            (at.0, y.at(high)),
            Paint::stroke(Token::Ink3, theme::OUTLINE),
        );
        drawing.cut_dot(at, 5.0, Token::Me);
    }
    drawing.text((x.at(0.5), height - 8.0), Anchor::Middle, "chance told", Type::AXIS);
    drawing.text((left + 4.0, top + 10.0), Anchor::Start, "had contact", Type::AXIS);
    drawing
}

fn share(met: u32, ties: u32) -> f64 {
    f64::from(met) / f64::from(ties.max(1))
}

fn table(found: &Backtest) -> Table {
    let rows = found.reliability.iter().map(|bin| {
        let [low, high] = bin.interval;
        vec![
            words::percent(bin.expected),
            words::percent(share(bin.met, bin.ties)),
            format!("{} to {}", words::percent(low), words::percent(high)),
            words::thousands(bin.ties.into()),
        ]
    });
    Table {
        summary: "Told and seen, in tenths of the ties".to_owned(),
        head: vec![("told", true), ("seen", true), ("95 % interval", true), ("ties", true)],
        rows: rows.collect(),
    }
}
