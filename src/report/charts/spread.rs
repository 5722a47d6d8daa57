//! How far contacts spread and how far attention does: effective numbers of each attribute, by head count and by
//! attention.

use crate::audit::{Audit, Diversity};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Table, Type};
use crate::report::scale::Scale;
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, charts as finding, diversity};

const FEWEST: u32 = 30;
const PITCH: f64 = 40.0;

/// Head count against attention.
pub(super) struct Spread;

/// One attribute as drawn.
struct Row<'a> {
    data: &'a Diversity,
    people: f64,
    attention: Option<f64>,
}

impl super::Chart for Spread {
    fn id(&self) -> &'static str {
        "spread"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let rows: Vec<Row<'_>> = audit
            .findings
            .diversity
            .iter()
            .filter(|data| data.headline && data.known >= FEWEST)
            .filter_map(|data| {
                let attention = data.hill_attention.map(|hill| hill[2]);
                Some(Row { data, people: data.hill_people?[2], attention })
            })
            .collect();
        if rows.is_empty() {
            let known = audit.findings.diversity.iter().map(|data| data.known).max().unwrap_or(0);
            return Empty::because(format!(
                "Too few contacts have a known class to compare head count with attention: {} at most, 30 are needed.",
                words::count(known as usize)
            ));
        }
        let told: Vec<(&str, f64, Option<f64>)> = rows
            .iter()
            .map(|row| (row.data.dimension.as_str(), row.people, row.attention))
            .collect();
        let logged = rows.iter().any(|row| row.attention.is_some());
        let view = View::of(audit);
        let (people, when, tier) = if view.has_log() {
            ("active ties", words::period(audit), "interaction")
        } else {
            ("contacts", format!("to {}", words::full_day(audit.as_of)), "declared")
        };
        let n = rows.iter().map(|row| row.data.people).max().unwrap_or(0) as usize;
        Ok(Figure {
            id: self.id(),
            finding: diversity::spread(&told),
            provenance: finding::provenance(n, people, tier, &when),
            how_to_read: if logged {
                "effective number of equally large classes (Hill, q = 2): filled by attention with its 95% interval, \
                 hollow by head count."
            } else {
                "effective number of equally large classes (Hill, q = 2) by head count, with its 95% interval."
            }
            .to_owned(),
            wide: plot(&rows, theme::WIDE),
            narrow: plot(&rows, theme::PHONE),
            narrow_words: None,
            table: Some(table(&rows)),
        })
    }
}

fn name(row: &Row<'_>) -> String {
    words::capital(words::dimension(&row.data.dimension).1)
}

fn plot(rows: &[Row<'_>], width: f64) -> Drawing {
    let phone = theme::is_phone(width);
    let (left, right, top) =
        if phone { (6.0, width - 6.0, 32.0) } else { (190.0, width - 148.0, 32.0) };
    let pitch = if phone { PITCH + 12.0 } else { PITCH };
    let high = |row: &Row<'_>| {
        let ends = [row.data.interval, row.data.interval_people];
        ends.iter().flatten().map(|ends| ends[1]).fold(row.people, f64::max)
    };
    let most = rows.iter().map(high).fold(2.0, f64::max) * 1.05;
    let x = Scale::log((1.0, most), (left, right));
    let low = top + rows.len() as f64 * pitch;
    let mut drawing = Drawing::new(width, low + 30.0);
    let mut last = f64::NEG_INFINITY;
    for tick in
        [1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 5_000.0, 30_000.0]
    {
        let at = x.at(tick);
        if !x.holds(tick) || at - last < 44.0 {
            continue;
        }
        last = at;
        drawing.line((at, top - 10.0), (at, low), Paint::stroke(Token::Grid, theme::GRIDLINE));
        let anchor = if tick > 1.5 || !phone { Anchor::Middle } else { Anchor::Start };
        drawing.text(
            (if phone && tick < 1.5 { 0.0 } else { at }, 14.0),
            anchor,
            &format!("{tick:.0}"),
            Type::AXIS,
        );
    }
    for (nth, row) in rows.iter().enumerate() {
        let middle = top + (nth as f64 + 0.5) * pitch;
        let line = if phone { middle + 12.0 } else { middle };
        let text = match row.attention {
            Some(attention) => {
                format!("{} against {}", words::tenth(attention), words::tenth(row.people))
            }
            None => words::tenth(row.people),
        };
        if phone {
            drawing.patched((0.0, middle - 4.0), Anchor::Start, &name(row), Type::NAME);
            drawing.patched((width, middle - 4.0), Anchor::End, &text, Type::NAME.bold());
        } else {
            drawing.text((left - 16.0, middle + 4.5), Anchor::End, &name(row), Type::NAME);
            drawing.text((width, middle + 4.5), Anchor::End, &text, Type::NAME.bold());
        }
        mark(&mut drawing, row, &x, line);
    }
    legend(&mut drawing, rows, low + 22.0);
    drawing
}

/// Interval, the way between the two numbers, and the two dots.
fn mark(drawing: &mut Drawing, row: &Row<'_>, x: &Scale, at: f64) {
    let interval =
        if row.attention.is_some() { row.data.interval } else { row.data.interval_people };
    if let Some([low, high]) = interval {
        let paint = Paint::stroke(Token::Seq2, 6.0);
        drawing.line((x.at(low), at), (x.at(high), at), paint);
    }
    match row.attention {
        Some(attention) => {
            let paint = Paint::stroke(Token::Ink3, theme::GRIDLINE);
            drawing.line((x.at(attention), at), (x.at(row.people), at), paint);
            drawing.hollow((x.at(row.people), at), 5.0, Token::Ink);
            drawing.cut_dot((x.at(attention), at), 5.5, Token::Me);
        }
        None => drawing.hollow((x.at(row.people), at), 5.0, Token::Ink),
    }
}

fn legend(drawing: &mut Drawing, rows: &[Row<'_>], at: f64) {
    let full =
        |drawing: &mut Drawing, (x, y): (f64, f64)| drawing.dot((x + 6.0, y), 5.0, Token::Me);
    let hollow =
        |drawing: &mut Drawing, (x, y): (f64, f64)| drawing.hollow((x + 5.0, y), 4.0, Token::Ink);
    let band = |drawing: &mut Drawing, (x, y): (f64, f64)| {
        drawing.line((x, y), (x + 18.0, y), Paint::stroke(Token::Seq2, 6.0));
    };
    let logged = rows.iter().any(|row| row.attention.is_some());
    let mut entries: Vec<(f64, &str, super::Key<'_>)> = Vec::new();
    if logged {
        entries.push((12.0, "attention", &full));
    }
    entries.push((10.0, "people", &hollow));
    entries.push((18.0, "95% interval", &band));
    let right = drawing.width;
    let last = super::legend(drawing, (0.0, at), right, &entries);
    drawing.height = last + 8.0;
}

fn table(rows: &[Row<'_>]) -> Table {
    let number = |value: Option<f64>| value.map_or_else(String::new, words::tenth);
    let band = |ends: Option<[f64; 2]>| {
        ends.map_or_else(String::new, |[low, high]| {
            format!("{}–{}", words::tenth(low), words::tenth(high))
        })
    };
    Table {
        summary: "Every effective number as a table".to_owned(),
        head: vec![
            ("attribute", false),
            ("by attention", true),
            ("95%", true),
            ("by people", true),
            ("95%", true),
            ("alike counted half", true),
            ("were all known", true),
            ("at the extremes", true),
            ("classes", true),
        ],
        rows: rows
            .iter()
            .map(|row| {
                let data = row.data;
                let open = data
                    .unknown_attention
                    .filter(|_| row.attention.is_some())
                    .or(data.unknown_people);
                vec![
                    name(row),
                    number(row.attention),
                    band(data.interval),
                    words::tenth(row.people),
                    band(data.interval_people),
                    number(data.similar_attention.or(data.similar_people)),
                    band(open.map(|open| open.interval)),
                    band(open.map(|open| [open.low, open.high])),
                    data.hill_people.map_or_else(String::new, |hill| format!("{:.0}", hill[0])),
                ]
            })
            .collect(),
    }
}
