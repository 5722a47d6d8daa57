//! Who opened doors: contacts introduced by each broker, and the share of contacts that began without one.

use crate::audit::{Audit, Broker, Ledger};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Table, Type};
use crate::report::scale::Scale;
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, introductions as say};

const ROWS: usize = 10;
const PITCH: f64 = 30.0;

/// Who opened doors.
pub(super) struct Doors;

impl super::Chart for Doors {
    fn id(&self) -> &'static str {
        "doors"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let view = View::of(audit);
        super::without_names::<()>(&view)?;
        let ledger = audit.findings.introductions.as_ref().map(|all| &all.ledger);
        let Some(ledger) = ledger.filter(|ledger| !ledger.brokers.is_empty()) else {
            return Empty::because(say::NO_DOORS);
        };
        let shown: Vec<&Broker> = ledger.brokers.iter().take(ROWS).collect();
        Ok(Figure {
            id: self.id(),
            finding: say::ledger(ledger),
            provenance: words::charts::provenance(
                ledger.begun as usize,
                "contacts whose beginning is on record",
                "interaction",
                &words::period(audit),
            ),
            how_to_read: say::DOORS_HOW.to_owned(),
            wide: plot(&view, ledger, &shown, theme::WIDE),
            narrow: plot(&view, ledger, &shown, theme::PHONE),
            narrow_words: None,
            table: Some(table(&view, ledger)),
        })
    }
}

fn plot<'a>(view: &View<'a>, ledger: &'a Ledger, shown: &[&'a Broker], width: f64) -> Drawing {
    let phone = width < 500.0;
    let (left, right) = if phone { (112.0, width - 96.0) } else { (210.0, width - 130.0) };
    let most = shown.iter().map(|broker| broker.opened.len()).max().unwrap_or(1) as f64;
    let x = Scale::linear((0.0, most), (left, right));
    let mut y = 8.0;
    let mut drawing = Drawing::new(width, 0.0);
    for broker in shown {
        let doors = broker.opened.len();
        let name = view.fitting(&broker.id, left - 12.0);
        let name = Type::NAME.cut(&name, left - 12.0);
        drawing.text((0.0, y + 15.0), Anchor::Start, &name, Type::NAME);
        let token = if broker.is_thanked { Token::Me } else { Token::Accent };
        let end = x.at(doors as f64);
        drawing.bar(left, y + 3.0, (end - left).max(2.0), 16.0, token);
        let note = if broker.is_thanked {
            words::thousands(doors as u64)
        } else {
            say::owed(doors, phone)
        };
        drawing.text((end + 6.0, y + 15.0), Anchor::Start, &note, Type::NOTE);
        y += PITCH;
    }
    if let Some(own) = say::self_made(ledger) {
        y += 10.0;
        let share = Scale::linear((0.0, 1.0), (left, right));
        let label = if phone { say::SELF_MADE_SHORT } else { say::SELF_MADE };
        drawing.text((0.0, y + 15.0), Anchor::Start, label, Type::NAME);
        drawing.bar(left, y + 3.0, right - left, 16.0, Token::Grid);
        drawing.bar(left, y + 3.0, share.at(own) - left, 16.0, Token::Them);
        let line = Paint::stroke(Token::Ink, theme::GRIDLINE).dashed(3.0, 3.0);
        let at = share.at(say::INBRED);
        drawing.line((at, y - 3.0), (at, y + 25.0), line);
        drawing.text((at, y + 38.0), Anchor::Middle, &words::percent(say::INBRED), Type::AXIS);
        drawing.text((right + 6.0, y + 15.0), Anchor::Start, &words::percent(own), Type::NOTE);
        y += 38.0;
    }
    drawing.height = y + 8.0;
    drawing
}

fn table<'a>(view: &View<'a>, ledger: &'a Ledger) -> Table {
    let rows = ledger.brokers.iter().flat_map(|broker| {
        broker.opened.iter().map(move |door| {
            vec![
                view.name(&broker.id).to_owned(),
                view.name(&door.id).to_owned(),
                words::full_day(door.on),
                say::known_by(door.known_by).to_owned(),
                if broker.is_thanked { "" } else { say::THANKS_OWED }.to_owned(),
            ]
        })
    });
    Table {
        summary: say::DOORS_TABLE.to_owned(),
        head: vec![
            ("broker", false),
            ("opened the door to", false),
            ("on", false),
            ("known from", false),
            ("thanks", false),
        ],
        rows: rows.collect(),
    }
}
