//! Whether the owner is among their own: the E–I index of each attribute against chance.

use crate::audit::{Audit, Chance, Homophily as Data};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Type};
use crate::report::scale::Scale;
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, charts as finding, diversity};

const FEWEST: u32 = 30;
const PITCH: f64 = 36.0;

/// Homophily.
pub(super) struct Homophily;

/// One line of the chart.
struct Row {
    name: String,
    chance: Chance,
    people: Option<f64>,
}

impl super::Chart for Homophily {
    fn id(&self) -> &'static str {
        "homophily"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let told: Vec<Data> =
            audit.findings.homophily.iter().filter(|data| data.people >= FEWEST).cloned().collect();
        let rows = rows(&told);
        if rows.is_empty() {
            return Empty::because(
                "Whether you are among your own cannot be told: your own title and employer, and those of 30 contacts in \
                 touch with you, must be known. Load Positions.csv or set [me] company and level.",
            );
        }
        let n = told.iter().map(|data| data.people).max().unwrap_or(0) as usize;
        let view = View::of(audit);
        let among = told.iter().any(|data| data.among.is_some());
        let tier = if among { finding::tier(&view) } else { "interaction".to_owned() };
        Ok(Figure {
            id: self.id(),
            finding: diversity::homophily(&told),
            provenance: finding::provenance(n, "active ties", &tier, &words::period(audit)),
            how_to_read: "E–I index: left all within one’s own kind, right all across; filled by attention or among your \
                          contacts, hollow by head count; the bar is where 95% of chance lies (the same classes dealt anew)."
                .to_owned(),
            wide: plot(&rows, theme::WIDE),
            narrow: plot(&rows, theme::PHONE),
            narrow_words: None,
            table: None,
        })
    }
}

/// The owner's ties first, then those among contacts.
fn rows(told: &[Data]) -> Vec<Row> {
    let name = |data: &Data, whose: &str| {
        let (one, _) = words::dimension(&data.dimension);
        format!("{whose}: {one}")
    };
    let own = told.iter().filter_map(|data| {
        let chance = data.by_attention?;
        Some(Row { name: name(data, "You"), chance, people: data.by_people })
    });
    let among = told.iter().filter_map(|data| {
        Some(Row { name: name(data, "Among contacts"), chance: data.among?, people: None })
    });
    own.chain(among).collect()
}

fn plot(rows: &[Row], width: f64) -> Drawing {
    let phone = theme::is_phone(width);
    let (left, right, top) =
        if phone { (8.0, width - 8.0, 34.0) } else { (220.0, width - 60.0, 34.0) };
    let pitch = if phone { PITCH + 14.0 } else { PITCH };
    let x = Scale::linear((-1.0, 1.0), (left, right));
    let low = top + rows.len() as f64 * pitch;
    let mut drawing = Drawing::new(width, low + 30.0);
    for (tick, name) in [(-1.0, "all within"), (0.0, "0"), (1.0, "all across")] {
        let at = x.at(tick);
        let paint =
            Paint::stroke(if tick == 0.0 { Token::Rule } else { Token::Grid }, theme::GRIDLINE);
        drawing.line((at, top - 10.0), (at, low), paint);
        let (place, anchor) = match (phone, tick < 0.0, tick > 0.0) {
            (true, true, _) => (0.0, Anchor::Start),
            (true, _, true) => (width, Anchor::End),
            _ => (at, Anchor::Middle),
        };
        drawing.text((place, 14.0), anchor, name, Type::AXIS);
    }
    for (nth, row) in rows.iter().enumerate() {
        let middle = top + (nth as f64 + 0.5) * pitch;
        let line = if phone { middle + 12.0 } else { middle };
        let value = signed(row.chance.index);
        if phone {
            drawing.patched((0.0, middle - 5.0), Anchor::Start, &row.name, Type::NAME);
            drawing.patched((width, middle - 5.0), Anchor::End, &value, Type::NAME.bold());
        } else {
            drawing.text((left - 20.0, middle + 4.5), Anchor::End, &row.name, Type::NAME);
            drawing.text((width, middle + 4.5), Anchor::End, &value, Type::NAME.bold());
        }
        let [from, to] = row.chance.interval;
        drawing.line(
            (x.at(from), line),
            (x.at(to).max(x.at(from) + 2.0), line),
            Paint::stroke(Token::Seq2, 8.0),
        );
        if let Some(people) = row.people {
            drawing.hollow((x.at(people), line), 5.0, Token::Ink);
        }
        drawing.cut_dot((x.at(row.chance.index), line), 5.5, Token::Me);
    }
    key(&mut drawing, rows, low + 22.0);
    drawing
}

/// `−0.41`, with a true minus.
fn signed(value: f64) -> String {
    let text = format!("{:.2}", value.abs());
    if value <= -0.005 { format!("−{text}") } else { text }
}

fn key(drawing: &mut Drawing, rows: &[Row], at: f64) {
    let full =
        |drawing: &mut Drawing, (x, y): (f64, f64)| drawing.dot((x + 6.0, y), 5.0, Token::Me);
    let hollow =
        |drawing: &mut Drawing, (x, y): (f64, f64)| drawing.hollow((x + 5.0, y), 4.0, Token::Ink);
    let band = |drawing: &mut Drawing, (x, y): (f64, f64)| {
        drawing.line((x, y), (x + 18.0, y), Paint::stroke(Token::Seq2, 8.0));
    };
    let mut entries: Vec<(f64, &str, super::Key<'_>)> = vec![(12.0, "index", &full)];
    if rows.iter().any(|row| row.people.is_some()) {
        entries.push((10.0, "by head count", &hollow));
    }
    entries.push((18.0, "chance", &band));
    let right = drawing.width;
    let last = super::legend(drawing, (0.0, at), right, &entries);
    drawing.height = last + 8.0;
}
