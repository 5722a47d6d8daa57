//! Layers of closeness then and now: who stayed, rose, sank (alluvial diagram, Rosvall & Bergstrom 2010).

use std::collections::BTreeMap;

use crate::audit::{Audit, Closeness, LayerFlow};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Point, Shape, Table, Type};
use crate::report::theme::{self, Token};
use crate::report::words::{self, changes, charts as finding};

const LAYERS: [Closeness; 6] = [
    Closeness::Five,
    Closeness::Fifteen,
    Closeness::Fifty,
    Closeness::Active,
    Closeness::Quiet,
    Closeness::Unknown,
];
const HEIGHT: f64 = 380.0;
const TOP: f64 = 34.0;
const GAP: f64 = 20.0;
const BLOCK: f64 = 12.0;
const LABEL: f64 = 118.0;

/// Flows between layers.
pub(super) struct Alluvial;

impl super::Chart for Alluvial {
    fn id(&self) -> &'static str {
        "alluvial"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let Some(found) = &audit.findings.changes else {
            return Empty::because(changes::no_earlier());
        };
        let active = |layer: Closeness| layer <= Closeness::Active;
        let flows: Vec<&LayerFlow> =
            found.layers.iter().filter(|flow| active(flow.from) || active(flow.to)).collect();
        let people: u32 = flows.iter().map(|flow| flow.people).sum();
        if people == 0 {
            return Empty::because(
                "No tie was active in either quarter, so there are no layers to compare.",
            );
        }
        let row = |flow: &&LayerFlow| {
            let layer = |layer| changes::layer(layer).to_owned();
            vec![layer(flow.from), layer(flow.to), flow.people.to_string()]
        };
        Ok(Figure {
            id: self.id(),
            finding: changes::layers_finding(found),
            provenance: finding::provenance(
                people as usize,
                "people active in either quarter",
                "interaction",
                &format!("{} to {}", words::full_day(found.since), words::full_day(found.to)),
            ),
            how_to_read: "left: place by strength then; right: now. A band is as wide as the people who went that way: dark rose, \
                          light sank, grey stayed."
                .to_owned(),
            wide: plot(&flows, theme::WIDE),
            narrow: plot(&flows, theme::PHONE),
            narrow_words: None,
            table: Some(Table {
                summary: "Every flow between layers".to_owned(),
                head: vec![("then", false), ("now", false), ("people", true)],
                rows: flows.iter().map(row).collect(),
            }),
        })
    }
}

/// Top and height of each layer's block on one side.
fn blocks(
    flows: &[&LayerFlow],
    of: fn(&LayerFlow) -> Closeness,
    unit: f64,
) -> BTreeMap<Closeness, (f64, f64, u32)> {
    let mut top = TOP;
    let mut blocks = BTreeMap::new();
    for layer in LAYERS {
        let people: u32 =
            flows.iter().filter(|flow| of(flow) == layer).map(|flow| flow.people).sum();
        if people > 0 {
            let height = f64::from(people) * unit;
            blocks.insert(layer, (top, height, people));
            // Room for the label, however small the block.
            top += height.max(8.0) + GAP;
        }
    }
    blocks
}

fn plot(flows: &[&LayerFlow], width: f64) -> Drawing {
    let people: u32 = flows.iter().map(|flow| flow.people).sum();
    let unit = (HEIGHT - TOP - 6.0 * GAP - 24.0) / f64::from(people.max(1));
    let (left, right) =
        (blocks(flows, |flow| flow.from, unit), blocks(flows, |flow| flow.to, unit));
    let low = |blocks: &BTreeMap<Closeness, (f64, f64, u32)>| {
        blocks.values().map(|(top, height, _)| top + height.max(8.0)).fold(0.0, f64::max)
    };
    let mut drawing = Drawing::new(width, low(&left).max(low(&right)) + 14.0);
    let (from_x, to_x) = (LABEL + BLOCK, width - LABEL - BLOCK);
    drawing.text((LABEL, 16.0), Anchor::End, "then", Type::AXIS);
    drawing.text((width - LABEL, 16.0), Anchor::Start, "now", Type::AXIS);
    let mut used: [BTreeMap<Closeness, f64>; 2] = [BTreeMap::new(), BTreeMap::new()];
    for flow in flows {
        let thick = f64::from(flow.people) * unit;
        let mut start = |side: usize, blocks: &BTreeMap<Closeness, (f64, f64, u32)>, layer| {
            let top = blocks.get(&layer).map_or(TOP, |block| block.0);
            let used = used[side].entry(layer).or_default();
            let at = top + *used;
            *used += thick;
            at
        };
        let (a, b) = (start(0, &left, flow.from), start(1, &right, flow.to));
        let token = match flow.from.cmp(&flow.to) {
            std::cmp::Ordering::Equal => Token::Unk,
            std::cmp::Ordering::Greater => Token::Me,
            std::cmp::Ordering::Less => Token::Them,
        };
        let band = band((from_x, a), (to_x, b), thick);
        drawing.add(Shape::Polygon(band), Paint::fill(token).opacity(0.45));
    }
    for (blocks, x, anchor, at) in [
        (&left, from_x - BLOCK, Anchor::End, LABEL - 8.0),
        (&right, to_x, Anchor::Start, width - LABEL + 8.0),
    ] {
        for (layer, (top, height, people)) in blocks {
            drawing.bar(x, *top, BLOCK, height.max(1.5), Token::Ink2);
            let label = format!("{}: {}", changes::layer(*layer), people);
            drawing.text((at, top + height.max(8.0) / 2.0 + 4.0), anchor, &label, Type::NOTE);
        }
    }
    drawing
}

/// A band from one block to another: two S-curves.
fn band(from: Point, to: Point, thick: f64) -> Vec<Point> {
    const STEPS: u32 = 24;
    let at = |share: f64, shift: f64| {
        let ease = share * share * (3.0 - 2.0 * share);
        (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * ease + shift)
    };
    let share = |step: u32| f64::from(step) / f64::from(STEPS);
    let upper = (0..=STEPS).map(|step| at(share(step), 0.0));
    let lower = (0..=STEPS).rev().map(|step| at(share(step), thick));
    upper.chain(lower).collect()
}
