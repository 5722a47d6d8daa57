//! How varied the network is: a bar of attention, a dot of people and a tick of the goal for each class of one attribute.

use crate::audit::{Audit, ClassShare, Diversity as Data};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Type};
use crate::report::metrics;
use crate::report::scale::Scale;
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, charts as finding, diversity as told};

const FEWEST: u32 = 30;
const CLASSES: usize = 8;
const UNKNOWN: &str = "unknown";

/// Diversity over one attribute.
pub(super) struct Diversity {
    id: &'static str,
    dimension: &'static str,
}

/// By function.
pub(super) static FUNCTION: Diversity =
    Diversity { id: "diversity-function", dimension: "function" };
/// By career stage.
pub(super) static SENIORITY: Diversity =
    Diversity { id: "diversity-seniority", dimension: "seniority" };
/// By employer.
pub(super) static COMPANY: Diversity = Diversity { id: "diversity-company", dimension: "company" };
/// By industry.
pub(super) static INDUSTRY: Diversity =
    Diversity { id: "diversity-industry", dimension: "industry" };

/// By standing against the owner.
pub(super) static RELATIVE: Diversity =
    Diversity { id: "diversity-relative-seniority", dimension: "relative-seniority" };
/// By relation to the owner.
pub(super) static RELATION: Diversity =
    Diversity { id: "diversity-relation", dimension: "relation" };

impl super::Chart for Diversity {
    fn id(&self) -> &'static str {
        self.id
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let (one, _) = words::dimension(self.dimension);
        let found = audit.findings.diversity.iter().find(|data| data.dimension == self.dimension);
        let Some(data) = found else {
            return Empty::because(format!(
                "No {one} is on record; load a connection list to see this."
            ));
        };
        if data.known < FEWEST {
            return Empty::because(finding::unclassified(data));
        }
        let logged = data.classes.iter().any(|class| class.share_attention.is_some());
        let view = View::of(audit);
        let (people, when) = if view.has_log() {
            ("active ties", words::period(audit))
        } else {
            ("contacts", format!("to {}", words::full_day(audit.as_of)))
        };
        let tier = if logged { "interaction" } else { "declared" };
        let unknown = data.people.saturating_sub(data.known);
        let what = if unknown > 0 {
            format!("{people}, {} unknown", words::thousands(unknown.into()))
        } else {
            people.to_owned()
        };
        Ok(Figure {
            id: self.id,
            finding: told::against_goal(data)
                .filter(|_| data.headline)
                .unwrap_or_else(|| finding::diversity(data)),
            provenance: finding::provenance(data.people as usize, &what, tier, &when),
            how_to_read: match (logged, data.goal.is_some()) {
                (true, true) => {
                    "bar = share of your attention, red tick = your goal, hollow dot = share of people, of those known; \
                     grey is unknown, of all."
                }
                (true, false) => "bar = share of your attention, hollow dot = share of people; grey is unknown.",
                (false, true) => "bar = share of your contacts, red tick = your goal, of those known; grey is unknown, of all.",
                (false, false) => "bar = share of your contacts; grey is unknown.",
            }
            .to_owned(),
            wide: wide(data, logged),
            narrow: narrow(data, logged),
            narrow_words: None,
            table: None,
        })
    }
}

/// One row as drawn.
struct Row {
    name: String,
    bar: f64,
    dot: Option<f64>,
    goal: Option<f64>,
    known: bool,
}

/// The goal of a class.
fn goal_of(data: &Data, class: &str) -> Option<f64> {
    let goals = data.goal.iter().flat_map(|goal| &goal.classes);
    goals.into_iter().find(|goal| goal.class == class).map(|goal| goal.goal)
}

/// The largest eight classes and all with a goal, then the others as one, then the unknown.
fn rows(data: &Data) -> Vec<Row> {
    let known: Vec<&ClassShare> =
        data.classes.iter().filter(|class| class.class != UNKNOWN).collect();
    // Goals are of those known, so what is set against them is too.
    let whole = |side: fn(&ClassShare) -> Option<f64>| {
        let sum: f64 = known.iter().filter_map(|class| side(class)).sum();
        if data.goal.is_some() && sum > 0.0 { sum } else { 1.0 }
    };
    let (of_people, of_attention) =
        (whole(|class| Some(class.share_people)), whole(|class| class.share_attention));
    let row = |name: String, classes: &[&ClassShare], is_known: bool| {
        let people: f64 = classes.iter().map(|class| class.share_people).sum();
        let attention: Option<f64> = classes.iter().map(|class| class.share_attention).sum();
        let of = |share: f64, whole: f64| if is_known { share / whole } else { share };
        let (people, attention) =
            (of(people, of_people), attention.map(|share| of(share, of_attention)));
        let goal = match classes {
            [one] => goal_of(data, &one.class),
            _ => None,
        };
        Row {
            name,
            bar: attention.unwrap_or(people),
            dot: attention.map(|_| people),
            goal,
            known: is_known,
        }
    };
    let all = known.len() <= CLASSES + 1;
    let is_shown = |(nth, class): &(usize, &&ClassShare)| {
        all || *nth < CLASSES || goal_of(data, &class.class).is_some()
    };
    let (mut shown, mut others): (Vec<_>, Vec<_>) = known.iter().enumerate().partition(is_shown);
    // One other is itself.
    if others.len() == 1 {
        shown.append(&mut others);
    }
    let mut rows: Vec<Row> =
        shown.iter().map(|(_, class)| row(words::class(&class.class), &[class], true)).collect();
    let empty = data.goal.iter().flat_map(|goal| &goal.classes);
    for goal in empty.filter(|goal| known.iter().all(|class| class.class != goal.class)) {
        rows.push(Row {
            name: words::class(&goal.class),
            bar: 0.0,
            dot: None,
            goal: Some(goal.goal),
            known: true,
        });
    }
    if !others.is_empty() {
        let (_, many) = words::dimension(&data.dimension);
        let name = format!("Other: {} {many}", words::thousands(others.len() as u64));
        let others: Vec<&ClassShare> = others.into_iter().map(|(_, class)| *class).collect();
        rows.push(row(name, &others, true));
    }
    let unknown: Vec<&ClassShare> =
        data.classes.iter().filter(|class| class.class == UNKNOWN).collect();
    if !unknown.is_empty() {
        rows.push(row("Unknown".to_owned(), &unknown, false));
    }
    rows
}

fn effective(data: &Data) -> Option<String> {
    let hill = data.hill_attention.or(data.hill_people).filter(|_| data.headline)?;
    let band = data
        .interval
        .filter(|_| data.hill_attention.is_some())
        .map_or_else(String::new, |[low, high]| {
            format!(" ({}–{})", words::tenth(low), words::tenth(high))
        });
    Some(format!("{} effective of {:.0}{band}", words::tenth(hill[2]), hill[0]))
}

fn header(drawing: &mut Drawing, data: &Data) {
    let name = words::capital(words::dimension(&data.dimension).0);
    drawing.text((0.0, 14.0), Anchor::Start, &name, Type::REGION);
    let text = effective(data).unwrap_or_else(|| {
        format!(
            "{} of {} known",
            words::thousands(data.known.into()),
            words::thousands(data.people.into())
        )
    });
    let style = Type::NAME.token(Token::Ink2);
    drawing.text((drawing.width, 14.0), Anchor::End, &text, style);
    let width = drawing.width;
    drawing.line((0.0, 23.0), (width, 23.0), Paint::stroke(Token::Rule, theme::GRIDLINE));
}

/// Ends of the bars: the largest share, with room.
fn scale(rows: &[Row], pixels: (f64, f64)) -> Scale {
    let end = |row: &Row| row.bar.max(row.dot.unwrap_or(0.0)).max(row.goal.unwrap_or(0.0));
    let most = rows.iter().map(end).fold(0.0, f64::max);
    Scale::linear((0.0, (most * 1.06).clamp(0.05, 1.0)), pixels)
}

fn bar(drawing: &mut Drawing, row: &Row, scale: &Scale, span: (f64, f64), middle: f64) {
    let token = if row.known { Token::Me } else { Token::Unk };
    drawing.bar(span.0, middle - 7.0, span.1 - span.0, 14.0, Token::Grid);
    let end = scale.at(row.bar);
    if row.bar > 0.0 {
        drawing.bar(span.0, middle - 7.0, (end - span.0).max(1.0), 14.0, token);
    }
    if let Some(goal) = row.goal {
        let at = scale.at(goal);
        drawing.bar(at - 3.0, middle - 9.0, 6.0, 18.0, Token::Paper);
        drawing.bar(at - 1.5, middle - 9.0, 3.0, 18.0, Token::Accent);
    }
    if let Some(people) = row.dot {
        drawing.hollow((scale.at(people), middle), 4.0, Token::Ink);
    }
}

/// What the unknown could change, then what the marks are.
fn foot(data: &Data, logged: bool) -> f64 {
    let note = if told::unknowns(data).is_some() { 20.0 } else { 0.0 };
    note + if logged || data.goal.is_some() { 30.0 } else { 4.0 }
}

fn legend(drawing: &mut Drawing, data: &Data, logged: bool, at: f64) {
    if let Some(words) = told::unknowns(data) {
        drawing.text(
            (0.0, at - if logged || data.goal.is_some() { 20.0 } else { 0.0 }),
            Anchor::Start,
            &words,
            Type::NOTE,
        );
    }
    if !logged && data.goal.is_none() {
        return;
    }
    let block = |drawing: &mut Drawing, (x, y): (f64, f64)| {
        drawing.bar(x, y - 5.0, 18.0, 10.0, Token::Me);
    };
    let dot = |drawing: &mut Drawing, (x, y): (f64, f64)| {
        drawing.hollow((x + 5.0, y), 4.0, Token::Ink);
    };
    let right = drawing.width;
    let tick = |drawing: &mut Drawing, (x, y): (f64, f64)| {
        drawing.bar(x + 1.5, y - 7.0, 3.0, 14.0, Token::Accent);
    };
    let mut entries: Vec<(f64, &str, super::Key<'_>)> =
        vec![(18.0, if logged { "attention" } else { "people" }, &block)];
    if logged {
        entries.push((10.0, "people", &dot));
    }
    if data.goal.is_some() {
        entries.push((6.0, "goal", &tick));
    }
    super::legend(drawing, (0.0, at), right, &entries);
}

fn wide(data: &Data, logged: bool) -> Drawing {
    let rows = rows(data);
    let widest = rows
        .iter()
        .map(|row| metrics::room(&row.name, theme::NAME, metrics::Weight::Regular))
        .fold(60.0, f64::max);
    if widest > 190.0 {
        return above(data, logged, theme::HALF);
    }
    let label = widest.max(116.0);
    let (left, right) = (label + 12.0, theme::HALF - 44.0);
    let scale = scale(&rows, (left, right));
    let top = 46.0;
    let foot = foot(data, logged);
    let mut drawing = Drawing::new(theme::HALF, top + rows.len() as f64 * 28.0 - 8.0 + foot);
    header(&mut drawing, data);
    for (nth, row) in rows.iter().enumerate() {
        let middle = top + nth as f64 * 28.0;
        drawing.text((label, middle + 4.5), Anchor::End, &row.name, Type::NAME);
        bar(&mut drawing, row, &scale, (left, right), middle);
        value(&mut drawing, row, nth, middle + 4.5);
    }
    let low = drawing.height - 4.0;
    legend(&mut drawing, data, logged, low);
    drawing
}

fn value(drawing: &mut Drawing, row: &Row, nth: usize, baseline: f64) {
    let off = row.goal.is_some_and(|goal| (goal - row.bar).abs() >= told::OFF);
    let style = match (row.known, nth) {
        _ if off => Type::NAME.bold(),
        (false, _) => Type::NAME.token(Token::Ink3),
        (true, 0) => Type::NAME.bold(),
        _ => Type::NAME,
    };
    let width = drawing.width;
    drawing.text((width, baseline), Anchor::End, &words::percent(row.bar), style);
}

fn narrow(data: &Data, logged: bool) -> Drawing {
    above(data, logged, theme::PHONE)
}

/// Labels above the bars.
fn above(data: &Data, logged: bool, width: f64) -> Drawing {
    let rows = rows(data);
    let scale = scale(&rows, (0.0, width));
    let wrapped: Vec<Vec<String>> = rows
        .iter()
        .map(|row| metrics::wrap(&row.name, theme::NAME, metrics::Weight::Regular, width - 60.0))
        .collect();
    let more: usize = wrapped.iter().map(|lines| lines.len().saturating_sub(1)).sum();
    let foot = foot(data, logged);
    let body = rows.len() as f64 * 42.0 + more as f64 * 16.0;
    let mut drawing = Drawing::new(width, 44.0 + body - 6.0 + foot);
    header(&mut drawing, data);
    let mut base = 44.0;
    for (nth, (row, lines)) in rows.iter().zip(&wrapped).enumerate() {
        for (line, text) in lines.iter().enumerate() {
            drawing.text((0.0, base + line as f64 * 16.0), Anchor::Start, text, Type::NAME);
        }
        base += lines.len().saturating_sub(1) as f64 * 16.0;
        value(&mut drawing, row, nth, base);
        bar(&mut drawing, row, &scale, (0.0, width), base + 15.0);
        base += 42.0;
    }
    let low = drawing.height - 4.0;
    legend(&mut drawing, data, logged, low);
    drawing
}
