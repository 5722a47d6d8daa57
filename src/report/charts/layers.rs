//! Layers of closeness: people in touch weekly, monthly, half-yearly, yearly, beside the sizes 5, 15, 50, 150.

use crate::audit::{Audit, Layer};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Type};
use crate::report::scale::Scale;
use crate::report::theme::{self, Token};
use crate::report::words::{self, charts as finding, exchange};

const PITCH: f64 = 46.0;
const TOP: f64 = 44.0;
const LABEL: f64 = 104.0;

/// Layers.
pub(super) struct Layers;

impl super::Chart for Layers {
    fn id(&self) -> &'static str {
        "layers"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let layers = &audit.findings.layers;
        let Some(widest) = layers.last().filter(|layer| layer.people > 0) else {
            return Empty::because(exchange::no_layers());
        };
        Ok(Figure {
            id: self.id(),
            finding: exchange::layers(layers),
            provenance: finding::provenance(
                widest.people as usize,
                "people in touch within a year",
                "interaction",
                &format!("to {}", words::full_day(audit.as_of)),
            ),
            how_to_read: "filled = people in touch at least that often; the line marks 5, 15, 50, 150, sizes found in \
                          many networks: a reference, no target."
                .to_owned(),
            wide: plot(layers, theme::HALF),
            narrow: plot(layers, theme::PHONE),
            narrow_words: None,
            table: None,
        })
    }
}

fn plot(layers: &[Layer], width: f64) -> Drawing {
    let low = TOP + layers.len() as f64 * PITCH;
    let mut drawing = Drawing::new(width, low + 8.0);
    let (left, right) = (LABEL + 6.0, width - 92.0);
    let most = layers.iter().map(|layer| layer.people.max(layer.reference)).max().unwrap_or(150);
    let x = Scale::log((0.8, f64::from(most) * 1.15), (left, right));
    drawing.text((LABEL, 16.0), Anchor::End, "in touch", Type::AXIS);
    drawing.text((left, 16.0), Anchor::Start, "people", Type::AXIS);
    drawing.text((width, 16.0), Anchor::End, "of contact days", Type::AXIS);
    for (nth, layer) in layers.iter().enumerate() {
        let middle = TOP + (nth as f64 + 0.35) * PITCH;
        let name = words::capital(exchange::every(layer.every_days));
        drawing.text((LABEL, middle + 4.5), Anchor::End, &name, Type::NAME);
        let paint = Paint::stroke(Token::Grid, theme::GRIDLINE);
        drawing.line((left, middle), (right, middle), paint);
        let tick = x.at(f64::from(layer.reference));
        drawing.line((tick, middle - 10.0), (tick, middle + 10.0), Paint::stroke(Token::Ink3, 2.0));
        let reference = layer.reference.to_string();
        drawing.text((tick, middle + 22.0), Anchor::Middle, &reference, Type::AXIS);
        let people = words::thousands(layer.people.into());
        if layer.people > 0 {
            let at = x.at(f64::from(layer.people));
            drawing.cut_dot((at, middle), 6.5, Token::Me);
            drawing.text((at, middle - 12.0), Anchor::Middle, &people, Type::NAME.bold());
        } else {
            drawing.hollow((left, middle), 5.0, Token::Ink2);
            drawing.text((left, middle - 12.0), Anchor::Middle, "0", Type::NAME.bold());
        }
        let share = format!("top {}: {}", layer.reference, words::percent(layer.share));
        drawing.text((width, middle + 4.5), Anchor::End, &share, Type::NOTE);
    }
    drawing
}
