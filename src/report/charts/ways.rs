//! Ways in: who can open a door to those the goals name, as chains of observed ties.

use crate::audit::{Audit, TargetKind, Way, WaysIn};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Table, Type};
use crate::report::metrics;
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, introductions as say};
use crate::units::Evidence;

/// Targets drawn.
const TARGETS: usize = 5;
const PITCH: f64 = 46.0;

/// Ways in.
pub(super) struct Ways;

impl super::Chart for Ways {
    fn id(&self) -> &'static str {
        "ways"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let view = View::of(audit);
        super::without_names::<()>(&view)?;
        let ways = audit.findings.introductions.as_ref().map_or(&[][..], |all| &all.ways);
        if ways.is_empty() {
            return Empty::because(say::NO_TARGETS);
        }
        let chains: usize = ways.iter().map(|target| target.ways.len()).sum();
        Ok(Figure {
            id: self.id(),
            finding: say::ways(ways),
            provenance: words::charts::provenance(
                chains,
                if chains == 1 { "path" } else { "paths" },
                "observed ties alone",
                &words::period(audit),
            ),
            how_to_read: say::WAYS_HOW.to_owned(),
            wide: plot(&view, ways, theme::WIDE),
            narrow: plot(&view, ways, theme::PHONE),
            narrow_words: None,
            table: Some(table(&view, ways)).filter(|table| !table.rows.is_empty()),
        })
    }
}

/// What is wanted, by name.
fn target<'a>(view: &View<'a>, wanted: &'a WaysIn) -> String {
    match wanted.kind {
        TargetKind::Person => view.name(&wanted.target).to_owned(),
        TargetKind::Company => wanted.target.clone(),
        TargetKind::Industry | TargetKind::Function | TargetKind::Seniority => {
            words::class(&wanted.target)
        }
    }
}

fn plot<'a>(view: &View<'a>, ways: &'a [WaysIn], width: f64) -> Drawing {
    let mut drawing = Drawing::new(width, 0.0);
    let mut y = 16.0;
    for wanted in ways.iter().take(TARGETS) {
        let name = Type::NAME.bold().cut(&target(view, wanted), width - 8.0);
        drawing.text((0.0, y), Anchor::Start, &name, Type::NAME.bold());
        y += 24.0;
        if wanted.ways.is_empty() {
            let sentence = if wanted.fits == 0 {
                say::NOBODY_THERE.to_owned()
            } else {
                say::no_path(wanted.warm_up.as_ref(), |id| view.name(id).to_owned())
            };
            for line in
                metrics::wrap(&sentence, theme::SMALL, metrics::Weight::Regular, width - 8.0)
            {
                drawing.text((0.0, y), Anchor::Start, &line, Type::NOTE);
                y += 17.0;
            }
        }
        for way in &wanted.ways {
            chain(&mut drawing, view, way, y);
            y += PITCH;
        }
        y += 12.0;
    }
    drawing.height = y;
    drawing
}

/// One chain: people as dots, hops as lines as wide as the tie is strong; the weakest in the accent.
fn chain<'a>(drawing: &mut Drawing, view: &View<'a>, way: &'a Way, y: f64) {
    let right = drawing.width - 54.0;
    let (left, hops) = (18.0, way.hops.len().max(1) as f64);
    let step = (right - left - 40.0) / 3.0_f64.max(hops);
    let x = |at: f64| left + at * step;
    for (at, hop) in (0_u32..).zip(&way.hops) {
        let token = match hop.evidence {
            _ if at == way.weakest && way.hops.len() > 1 => Token::Accent,
            Evidence::Interaction => Token::Me,
            _ => Token::Them,
        };
        let paint = Paint::stroke(token, 1.5 + 5.5 * hop.strength);
        let paint =
            if hop.evidence == Evidence::Interaction { paint } else { paint.dashed(7.0, 4.0) };
        drawing.line((x(f64::from(at)) + 7.0, y), (x(f64::from(at) + 1.0) - 7.0, y), paint);
    }
    drawing.dot((x(0.0), y), 5.0, Token::Me);
    drawing.text((x(0.0), y + 20.0), Anchor::Middle, say::YOU, Type::NOTE);
    for (at, hop) in (1_u32..).zip(&way.hops) {
        let at = x(f64::from(at));
        drawing.dot((at, y), 5.0, view.token(&hop.to));
        let room = (step - 8.0).min(2.0 * (right - at) + 60.0);
        let name = Type::NOTE.cut(&view.short(&hop.to, room), room);
        drawing.text((at, y + 20.0), Anchor::Middle, &name, Type::NOTE);
    }
    let value = words::percent(way.value);
    drawing.text((drawing.width - 4.0, y + 4.0), Anchor::End, &value, Type::NAME.bold());
}

fn table<'a>(view: &View<'a>, ways: &'a [WaysIn]) -> Table {
    let mut rows = Vec::new();
    for wanted in ways {
        for way in &wanted.ways {
            for (at, hop) in (0..).zip(&way.hops) {
                let from = if at == 0 { say::YOU } else { view.name(&hop.from) };
                rows.push(vec![
                    target(view, wanted),
                    from.to_owned(),
                    view.name(&hop.to).to_owned(),
                    say::hop(hop, at == 0),
                    words::percent(hop.chance),
                    if at == way.weakest { say::WEAKEST } else { "" }.to_owned(),
                ]);
            }
        }
    }
    Table {
        summary: say::WAYS_TABLE.to_owned(),
        head: vec![
            ("to", false),
            ("from", false),
            ("over", false),
            ("evidence", false),
            ("chance", true),
            ("note", false),
        ],
        rows,
    }
}
