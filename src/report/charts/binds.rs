//! What binds the owner: the constraint as a waterfall by community.

use crate::audit::{Audit, ConstraintCause};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Table, Type};
use crate::report::scale::Scale;
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, charts as finding, linking};

/// Fewest communities for a chart.
const FEWEST: usize = 3;
/// Communities with a row of their own.
const ROWS: usize = 8;
const PITCH: f64 = 30.0;

/// What binds the owner.
pub(super) struct Binds;

/// One step: name, colour, share.
struct Step {
    name: String,
    token: Token,
    share: f64,
    before: Option<f64>,
}

impl super::Chart for Binds {
    fn id(&self) -> &'static str {
        "binds"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let view = View::of(audit);
        let found = audit.findings.constraint_causes.as_ref();
        let circles =
            |causes: &[ConstraintCause]| causes.iter().filter(|c| c.letter.is_some()).count();
        let Some(causes) = found.filter(|causes| circles(&causes.circles) >= FEWEST) else {
            return Empty::because(linking::few_circles());
        };
        let steps = steps(&view, &causes.circles);
        let people: u32 = causes.circles.iter().map(|circle| circle.people).sum();
        Ok(Figure {
            id: self.id(),
            finding: linking::binds(&view, causes),
            provenance: finding::provenance(
                people as usize,
                "active ties",
                &finding::tier(&view),
                &words::period(audit),
            ),
            how_to_read: linking::binds_how(causes),
            wide: plot(&steps, causes.constraint, theme::WIDE),
            narrow: plot(&steps, causes.constraint, theme::PHONE),
            narrow_words: None,
            table: Some(table(&view, &causes.circles)),
        })
    }
}

/// The largest communities, then all others as one, then nobody's.
fn steps(view: &View<'_>, circles: &[ConstraintCause]) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut rest, mut outside) = (0.0, 0.0);
    for circle in circles {
        match &circle.letter {
            None => outside += circle.share,
            Some(_) if steps.len() >= ROWS => rest += circle.share,
            Some(letter) => steps.push(Step {
                name: linking::circle(view, Some(letter)),
                token: Token::community(Some(letter)),
                share: circle.share,
                before: circle.share_before,
            }),
        }
    }
    for (name, share) in [(linking::OTHERS, rest), (linking::OUTSIDE, outside)] {
        if share > 0.0 {
            steps.push(Step { name: name.to_owned(), token: Token::Unk, share, before: None });
        }
    }
    steps
}

fn plot(steps: &[Step], constraint: f64, width: f64) -> Drawing {
    let phone = theme::is_phone(width);
    let (left, top, pitch) = if phone { (4.0, 8.0, 42.0) } else { (210.0, 8.0, PITCH) };
    let right = width - 52.0;
    let low = top + (steps.len() + 1) as f64 * pitch;
    let x = Scale::linear((0.0, 1.0), (left, right));
    let mut drawing = Drawing::new(width, low + 8.0);
    let mut from = 0.0;
    for (nth, step) in steps.iter().enumerate() {
        let y = top + nth as f64 * pitch;
        let bar = if phone { y + 18.0 } else { y + 6.0 };
        let at = (x.at(from), x.at((from + step.share).min(1.0)));
        name(&mut drawing, &step.name, (y, phone), Type::NAME);
        drawing.bar(at.0, bar, (at.1 - at.0).max(1.0), 18.0, step.token);
        if let Some(before) = step.before {
            // Where the bar would end with last time's share.
            drawing.hollow((x.at((from + before).min(1.0)), bar + 9.0), 4.0, Token::Ink);
        }
        let next = y + pitch + if phone { 18.0 } else { 6.0 };
        let joint = Paint::stroke(Token::Ink3, theme::GRIDLINE).dashed(2.0, 3.0);
        drawing.line((at.1, bar + 18.0), (at.1, next), joint);
        let share = words::percent(step.share);
        drawing.patched((at.1 + 6.0, bar + 13.5), Anchor::Start, &share, Type::NOTE);
        from += step.share;
    }
    let y = top + steps.len() as f64 * pitch;
    let bar = if phone { y + 18.0 } else { y + 6.0 };
    name(&mut drawing, linking::ALL, (y, phone), Type::NAME.bold());
    drawing.bar(x.at(0.0), bar, x.at(1.0) - x.at(0.0), 18.0, Token::Ink);
    let total = linking::constraint(constraint);
    drawing.text((x.at(1.0) + 6.0, bar + 13.5), Anchor::Start, &total, Type::NOTE.bold());
    drawing
}

fn name(drawing: &mut Drawing, text: &str, (y, phone): (f64, bool), style: Type) {
    let room = if phone { drawing.width - 8.0 } else { 198.0 };
    let at = (if phone { 4.0 } else { 0.0 }, if phone { y + 13.0 } else { y + 19.5 });
    drawing.text(at, Anchor::Start, &style.cut(text, room), style);
}

fn table(view: &View<'_>, circles: &[ConstraintCause]) -> Table {
    let row = |circle: &ConstraintCause| {
        vec![
            linking::circle(view, circle.letter.as_deref()),
            words::thousands(circle.people.into()),
            words::thousands(circle.ties.into()),
            words::percent(circle.share),
            circle.share_before.map_or_else(String::new, words::percent),
        ]
    };
    Table {
        summary: linking::BINDS_TABLE.to_owned(),
        head: vec![
            ("community", false),
            ("active ties", true),
            ("ties among them", true),
            ("share of the constraint", true),
            ("share in the earlier audit", true),
        ],
        rows: circles.iter().take(40).map(row).collect(),
    }
}
