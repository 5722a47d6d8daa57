//! Who connects the owner to elsewhere, and how fragile that is: people cut off without each bridge.

use crate::audit::{Audit, Bridge};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Point, Shape, Table, Type};
use crate::report::scale::{Scale, round_step};
use crate::report::theme::{self, Token};
use crate::report::view::{View, lost};
use crate::report::words::{self, charts as finding, linking};

const ROWS: usize = 10;
/// From twelve weeks of silence on, the last touch is marked.
const LONG: u32 = 84;

/// The bridges.
pub(super) struct Bridges;

impl super::Chart for Bridges {
    fn id(&self) -> &'static str {
        "bridges"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let view = View::of(audit);
        super::without_names::<()>(&view)?;
        let all = &audit.findings.bridges;
        let cutting = all.iter().any(|bridge| lost(bridge) > 0);
        let mut shown: Vec<&Bridge> = all
            .iter()
            .filter(|bridge| if cutting { lost(bridge) > 0 } else { !bridge.reaches.is_empty() })
            .collect();
        shown.sort_by(|a, b| {
            let routes = |bridge: &Bridge| if cutting { 0 } else { bridge.only_route.len() };
            length(b, cutting)
                .cmp(&length(a, cutting))
                .then_with(|| routes(b).cmp(&routes(a)))
                .then_with(|| b.betweenness.total_cmp(&a.betweenness))
                .then_with(|| a.id.cmp(&b.id))
        });
        shown.truncate(ROWS);
        let Some(first) = shown.first() else {
            return Empty::because(if audit.findings.communities.is_empty() {
                "Your data holds no ties among your contacts, so no bridge can be told from it. Load mail or calendar."
            } else {
                "Nobody is a single route; your network would hold."
            });
        };
        Ok(Figure {
            id: self.id(),
            finding: title(&view, &shown, first, cutting),
            provenance: finding::provenance(
                shown.len(),
                &if shown.len() == all.len() {
                    if all.len() == 1 { "bridge" } else { "bridges" }.to_owned()
                } else {
                    format!("of {}", words::figure(all.len() as u64, "bridge", "bridges"))
                },
                &finding::tier(&view),
                &words::period(audit),
            ),
            how_to_read: if cutting {
                "length = contacts whom no observed tie links to the rest when this person is gone; colour = \
                 their community; the thin line is where 90% of drawings of the ties anew put it. Who is a bridge by one \
                 single tie is not listed."
            } else {
                "length = communities this person reaches besides the own one; colour = which."
            }
            .to_owned(),
            wide: plot(&view, &shown, cutting, theme::WIDE),
            narrow: plot(&view, &shown, cutting, theme::PHONE),
            narrow_words: None,
            table: Some(table(&view, &shown)),
        })
    }
}

fn table(view: &View<'_>, shown: &[&Bridge]) -> Table {
    let row = |bridge: &&Bridge| {
        let reaches: Vec<&str> = bridge.reaches.iter().map(|l| view.community(l)).collect();
        vec![
            view.name(&bridge.id).to_owned(),
            lost(bridge).to_string(),
            bridge.cut_off_interval.map_or_else(String::new, linking::interval),
            bridge.rank.map_or_else(String::new, |rank| rank.place.to_string()),
            bridge.rank.map_or_else(String::new, |rank| linking::interval(rank.interval)),
            linking::role(bridge),
            words::list(&reaches),
        ]
    };
    Table {
        summary: linking::bridges_table(shown.len()),
        head: vec![
            ("name", false),
            ("cut off", true),
            ("90% of draws", true),
            ("place", true),
            ("90% of draws", true),
            ("mostly", false),
            ("reaches", false),
        ],
        rows: shown.iter().map(row).collect(),
    }
}

fn title(view: &View<'_>, shown: &[&Bridge], first: &Bridge, cutting: bool) -> String {
    if cutting {
        return finding::lost_without(view.name(&first.id), lost(first));
    }
    let only = shown.iter().find_map(|bridge| Some((*bridge, bridge.only_route.first()?)));
    if let Some((bridge, (a, b))) = only {
        return finding::only_link(view.name(&bridge.id), view.community(a), view.community(b));
    }
    let most = first.reaches.len();
    let alike = shown.iter().filter(|bridge| bridge.reaches.len() == most).count();
    finding::nobody_lost(view.name(&first.id), most, alike)
}

fn length(bridge: &Bridge, cutting: bool) -> u32 {
    if cutting { lost(bridge) } else { u32::try_from(bridge.reaches.len()).unwrap_or(u32::MAX) }
}

/// Community letters and how much of the length each takes.
fn segments(bridge: &Bridge, cutting: bool) -> Vec<(&str, u32)> {
    let mut parts: Vec<(&str, u32)> = if cutting {
        bridge.cut_off.iter().filter(|(_, n)| **n > 0).map(|(l, n)| (l.as_str(), *n)).collect()
    } else {
        bridge.reaches.iter().map(|letter| (letter.as_str(), 1)).collect()
    };
    parts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    parts
}

fn plot(view: &View<'_>, shown: &[&Bridge], cutting: bool, width: f64) -> Drawing {
    let phone = theme::is_phone(width);
    let high = |bridge: &Bridge| bridge.cut_off_interval.filter(|_| cutting).map_or(0, |i| i[1]);
    let most = shown.iter().map(|b| length(b, cutting).max(high(b))).max().unwrap_or(1);
    let (step, end) = round_step(most, 4);
    let (left, right, top, pitch) =
        if phone { (0.0, width - 112.0, 30.0, 46.0) } else { (190.0, width - 176.0, 34.0, 36.0) };
    let low = top + shown.len() as f64 * pitch;
    let mut letters: Vec<&str> = shown
        .iter()
        .flat_map(|bridge| segments(bridge, cutting))
        .map(|(letter, _)| letter)
        .collect();
    letters.sort_unstable();
    letters.dedup();
    let mut drawing = Drawing::new(width, low + 4.0);
    let x = Scale::linear((0.0, f64::from(end)), (left + if phone { 4.0 } else { 0.0 }, right));
    for tick in (0..=end).step_by(step.max(1) as usize) {
        let at = x.at(f64::from(tick));
        drawing.line((at, top - 8.0), (at, low), Paint::stroke(Token::Grid, theme::GRIDLINE));
        drawing.text((at, 14.0), Anchor::Middle, &tick.to_string(), Type::AXIS);
    }
    drawing.text((width, 14.0), Anchor::End, "last touch", Type::AXIS);
    for (nth, bridge) in shown.iter().enumerate() {
        let middle = top + (nth as f64 + 0.5) * pitch;
        row(view, &mut drawing, bridge, cutting, middle, (&x, phone));
    }
    key(view, &mut drawing, &letters, low + 26.0);
    drawing
}

fn row(
    view: &View<'_>,
    drawing: &mut Drawing,
    bridge: &Bridge,
    cutting: bool,
    middle: f64,
    (x, phone): (&Scale, bool),
) {
    let only = !bridge.only_route.is_empty();
    let style = if only { Type::NAME.bold() } else { Type::NAME };
    let stem = if phone { middle + 10.0 } else { middle };
    if phone {
        let name = view.fitting(&bridge.id, 190.0);
        drawing.patched((0.0, middle - 4.0), Anchor::Start, &name, style);
    } else {
        let name = view.fitting(&bridge.id, 178.0);
        drawing.text((0.0, middle + 4.5), Anchor::Start, &name, style);
    }
    let mut from = 0;
    let mut end: Point = (x.at(0.0), stem);
    let parts = segments(bridge, cutting);
    for &(letter, n) in &parts {
        let to = (x.at(f64::from(from + n)), stem);
        let token = Token::community(Some(letter));
        drawing.line((x.at(f64::from(from)), stem), to, Paint::stroke(token, theme::STEM));
        from += n;
        end = to;
    }
    if let Some([low, high]) = bridge.cut_off_interval.filter(|i| cutting && i[0] < i[1]) {
        let (low, high, y) = (x.at(f64::from(low)), x.at(f64::from(high)), stem + 9.0);
        drawing.line((low, y), (high, y), Paint::stroke(Token::Ink3, theme::OUTLINE));
        for end in [low, high] {
            drawing.line(
                (end, y - 3.0),
                (end, y + 3.0),
                Paint::stroke(Token::Ink3, theme::OUTLINE),
            );
        }
    }
    drawing.cut_dot(end, 6.5, view.token(&bridge.id));
    if only {
        let (cx, cy) = (end.0 + 20.0, stem);
        let diamond = vec![(cx, cy - 6.0), (cx + 6.0, cy), (cx, cy + 6.0), (cx - 6.0, cy)];
        drawing.add(Shape::Polygon(diamond), Paint::fill(Token::Accent));
        let words = Type::NOTE.bold().token(Token::Accent);
        drawing.patched((cx + 12.0, cy + 4.0), Anchor::Start, "only link", words);
    }
    let (touch, style) = match bridge.silent {
        Some(days) if days >= LONG => {
            (words::short_days(days.into()), Type::NAME.bold().token(Token::Accent))
        }
        Some(0) => ("today".to_owned(), Type::NAME.token(Token::Ink2)),
        Some(days) => (words::short_days(days.into()), Type::NAME.token(Token::Ink2)),
        None => ("never".to_owned(), Type::NAME.token(Token::Ink3)),
    };
    drawing.text(
        (drawing.width, middle + if phone { -4.0 } else { 4.5 }),
        Anchor::End,
        &touch,
        style,
    );
}

/// The communities named in the stems.
fn key(view: &View<'_>, drawing: &mut Drawing, letters: &[&str], at: f64) {
    let names: Vec<(String, Token)> = letters
        .iter()
        .map(|letter| {
            let mut circles = view.audit.findings.communities.iter();
            let name = circles
                .find(|community| community.letter == *letter)
                .map_or_else(|| "outside every circle".to_owned(), words::circle);
            (name, Token::community(Some(letter)))
        })
        .collect();
    let keys: Vec<_> = names
        .iter()
        .map(|(_, token)| {
            move |drawing: &mut Drawing, (x, y): Point| {
                drawing.line((x, y), (x + 16.0, y), Paint::stroke(*token, theme::STEM));
            }
        })
        .collect();
    let entries: Vec<(f64, &str, super::Key<'_>)> = names
        .iter()
        .zip(&keys)
        .map(|((name, _), key)| (16.0, name.as_str(), key as super::Key<'_>))
        .collect();
    let right = drawing.width;
    let last = super::legend(drawing, (0.0, at), right, &entries);
    drawing.height = last + 8.0;
}
