//! How long each side waits for the other: paired dots by layer of closeness, on a log scale of hours.

use crate::audit::{Audit, LayerReplies, ReplyLayer};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Type};
use crate::report::scale::Scale;
use crate::report::theme::{self, Token};
use crate::report::words::{self, charts as finding, exchange};

/// Turns a row needs on each side.
const TURNS: u32 = 5;
const PITCH: f64 = 34.0;
const TOP: f64 = 66.0;
/// Hours worth a gridline, most wanted first.
const TICKS: [(f64, &str); 6] =
    [(24.0, "1 d"), (1.0, "1 h"), (168.0, "1 wk"), (4.0, "4 h"), (720.0, "1 mo"), (0.25, "15 min")];

/// Reply times.
pub(super) struct Replies;

/// One row: medians in hours.
struct Row {
    layer: ReplyLayer,
    yours: f64,
    theirs: f64,
}

impl Row {
    fn of(found: &LayerReplies) -> Option<Self> {
        let enough = found.replies.yours.turns >= TURNS && found.replies.theirs.turns >= TURNS;
        let hours = |days: Option<f64>| days.map(|days| (days * 24.0).max(1.0 / 60.0));
        Some(Self {
            layer: found.layer,
            yours: hours(found.replies.yours.median_days)?,
            theirs: hours(found.replies.theirs.median_days)?,
        })
        .filter(|_| enough)
    }

    fn gap(&self) -> f64 {
        libm::log(self.yours / self.theirs)
    }
}

impl super::Chart for Replies {
    fn id(&self) -> &'static str {
        "replies"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let rows: Vec<Row> = audit.findings.replies.iter().filter_map(Row::of).collect();
        let Some(all) = rows.iter().find(|row| row.layer == ReplyLayer::All) else {
            return Empty::because(exchange::no_replies());
        };
        // The finding is the widest gap, if one side waits twice as long as the other.
        let widest = rows
            .iter()
            .filter(|row| row.layer != ReplyLayer::All && row.gap().abs() > libm::log(2.0))
            .max_by(|a, b| a.gap().abs().total_cmp(&b.gap().abs()));
        let found = audit.findings.replies.iter().find(|found| found.layer == ReplyLayer::All);
        let turns = found.map_or(0, |all| all.replies.yours.turns + all.replies.theirs.turns);
        let told = widest.unwrap_or(all);
        let mark = widest.map(|row| row.layer);
        Ok(Figure {
            id: self.id(),
            finding: exchange::replies(told.layer, told.yours, told.theirs),
            provenance: finding::provenance(
                turns as usize,
                "turns of private messages",
                "interaction",
                &format!("to {}", words::full_day(audit.as_of)),
            ),
            how_to_read:
                "one row a layer by strength; median wait, turns that still wait included."
                    .to_owned(),
            wide: plot(&rows, mark, theme::HALF),
            narrow: plot(&rows, mark, theme::PHONE),
            narrow_words: None,
            table: None,
        })
    }
}

fn plot(rows: &[Row], mark: Option<ReplyLayer>, width: f64) -> Drawing {
    let low = TOP + rows.len() as f64 * PITCH;
    let mut drawing = Drawing::new(width, low + 10.0);
    let key = |token: Token| {
        move |drawing: &mut Drawing, at: (f64, f64)| drawing.dot((at.0 + 6.0, at.1), 6.0, token)
    };
    let (mine, theirs) = (key(Token::Me), key(Token::Them));
    let entries: [(f64, &str, super::Key<'_>); 2] =
        [(12.0, "you answer", &mine), (12.0, "they answer", &theirs)];
    super::legend(&mut drawing, (0.0, 16.0), width, &entries);

    let hours = || rows.iter().flat_map(|row| [row.yours, row.theirs]);
    let least = hours().fold(f64::INFINITY, f64::min);
    let most = hours().fold(0.0, f64::max);
    let (left, right) = (118.0, width - 34.0);
    let x = Scale::log((least.min(1.0) * 0.7, most.max(24.0) * 1.4), (left, right));
    let mut taken: Vec<f64> = Vec::new();
    for (value, name) in TICKS {
        let at = x.at(value);
        if x.holds(value) && taken.iter().all(|other| (other - at).abs() >= 38.0) {
            taken.push(at);
            let paint = Paint::stroke(Token::Grid, theme::GRIDLINE);
            drawing.line((at, TOP - 12.0), (at, low), paint);
            drawing.text((at, TOP - 18.0), Anchor::Middle, name, Type::AXIS);
        }
    }
    for (nth, row) in rows.iter().enumerate() {
        let middle = TOP + (nth as f64 + 0.5) * PITCH;
        let is_marked = mark == Some(row.layer);
        let name = if is_marked { Type::NAME.bold() } else { Type::NAME };
        drawing.text((0.0, middle + 4.5), Anchor::Start, exchange::layer(row.layer), name);
        let (a, b) = (x.at(row.yours), x.at(row.theirs));
        let slow_side_is_you = is_marked && row.gap() > 0.0;
        let colour = if slow_side_is_you { Token::Accent } else { Token::Rule };
        drawing.line((a, middle), (b, middle), Paint::stroke(colour, 4.0));
        drawing.cut_dot((b, middle), 6.0, Token::Them);
        drawing.cut_dot((a, middle), 6.0, Token::Me);
        if is_marked {
            let (late, early) =
                if a > b { (row.yours, row.theirs) } else { (row.theirs, row.yours) };
            let ends =
                [(a.max(b) + 11.0, Anchor::Start, late), (a.min(b) - 11.0, Anchor::End, early)];
            for (at, anchor, value) in ends {
                let words = exchange::short_hours(value);
                let room = Type::NOTE.bold().room(&words);
                let fits = match anchor {
                    Anchor::Start => at + room <= width,
                    _ => at - room >= 112.0,
                };
                if fits {
                    drawing.patched((at, middle + 4.5), anchor, &words, Type::NOTE.bold());
                }
            }
        }
    }
    drawing
}
