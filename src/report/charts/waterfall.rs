//! Why the five numbers moved: from then to now by ties lost, attention moved, ties begun, jobs and data.

use crate::audit::{Audit, Headline};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Table, Type};
use crate::report::scale::Scale;
use crate::report::theme::{self, Token};
use crate::report::words::{self, changes, charts as finding};

const ROW: f64 = 24.0;
const HEAD: f64 = 26.0;
const GAP: f64 = 18.0;
const LABEL: f64 = 130.0;

/// Change waterfall.
pub(super) struct Waterfall;

impl super::Chart for Waterfall {
    fn id(&self) -> &'static str {
        "waterfall"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let Some(found) = &audit.findings.changes else {
            return Empty::because(changes::no_earlier());
        };
        let moved: Vec<&Headline> =
            found.headlines.iter().filter(|one| !changes::parts(one).is_empty()).collect();
        if moved.is_empty() {
            return Empty::because(
                "None of the five numbers moved, so there is nothing to take apart.",
            );
        }
        let rows = moved.iter().flat_map(|one| {
            changes::parts(one).into_iter().map(|(part, by)| {
                let name = changes::number(&one.number).to_owned();
                vec![name, part.to_owned(), changes::signed(&one.number, by)]
            })
        });
        Ok(Figure {
            id: self.id(),
            finding: changes::why_finding(found),
            provenance: finding::provenance(
                moved.len(),
                "of the five numbers moved",
                "interaction",
                &format!("{} to {}", words::full_day(found.since), words::full_day(found.to)),
            ),
            how_to_read: "each bar starts where the one above ends; the parts add up to the whole change. Data coverage is what \
                          came of the sources, not of people."
                .to_owned(),
            wide: plot(&moved, theme::WIDE),
            narrow: plot(&moved, theme::PHONE),
            narrow_words: None,
            table: Some(Table {
                summary: "The parts of each change".to_owned(),
                head: vec![("number", false), ("part", false), ("change", true)],
                rows: rows.collect(),
            }),
        })
    }
}

fn plot(moved: &[&Headline], width: f64) -> Drawing {
    let rows = |one: &Headline| changes::parts(one).len() as f64;
    let height: f64 = moved.iter().map(|one| HEAD + rows(one) * ROW + GAP).sum();
    let mut drawing = Drawing::new(width, height);
    let mut top = 0.0;
    for one in moved {
        panel(&mut drawing, one, top, width);
        top += HEAD + rows(one) * ROW + GAP;
    }
    drawing
}

fn panel(drawing: &mut Drawing, one: &Headline, top: f64, width: f64) {
    let (left, right) = (LABEL + 12.0, width - 64.0);
    let of = |value: f64| changes::value(&one.number, value);
    let head = format!("{}: {} → {}", changes::short(&one.number), of(one.before), of(one.now));
    drawing.text((0.0, top + 15.0), Anchor::Start, &head, Type::NAME.bold());
    let parts = changes::parts(one);
    let mut ends = vec![one.before];
    for (_, by) in &parts {
        ends.push(ends[ends.len() - 1] + by);
    }
    let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
    let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let room = (high - low).max(1e-9) * 0.06;
    let x = Scale::linear((low - room, high + room), (left, right));
    for (nth, (part, by)) in parts.iter().enumerate() {
        let middle = top + HEAD + (nth as f64 + 0.5) * ROW;
        let (from, to) = (x.at(ends[nth]), x.at(ends[nth + 1]));
        drawing.text((LABEL, middle + 4.5), Anchor::End, part, Type::NOTE);
        drawing.line((left, middle), (right, middle), Paint::stroke(Token::Grid, theme::GRIDLINE));
        let token = match *part {
            "data coverage" => Token::Unk,
            _ if *by > 0.0 => Token::Me,
            _ => Token::Them,
        };
        drawing.bar(from.min(to), middle - 7.0, (from - to).abs().max(1.5), 14.0, token);
        if nth + 1 < parts.len() {
            let down = (to, middle + ROW - 7.0);
            drawing.line((to, middle + 7.0), down, Paint::stroke(Token::Ink3, theme::GRIDLINE));
        }
        let told = changes::signed(&one.number, *by);
        drawing.text((width, middle + 4.5), Anchor::End, &told, Type::NAME);
    }
}
