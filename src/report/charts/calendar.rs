//! When did it stop: a row a tie at risk, a column a week, darker is more days with contact.

use crate::audit::Audit;
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Paint, Type};
use crate::report::theme::{self, Token};
use crate::report::view::{Own, View};
use crate::report::words::{self, charts as finding};

const FEWEST: usize = 10;

/// The tie calendar.
pub(super) struct Calendar;

impl super::Chart for Calendar {
    fn id(&self) -> &'static str {
        "calendar"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let view = View::of(audit);
        super::without_names::<()>(&view)?;
        let ties = view.at_risk();
        if ties.len() < FEWEST {
            return Empty::because(match ties.len() {
                _ if !view.has_log() => {
                    "The calendar of contact needs messages, mail or a calendar.".to_owned()
                }
                0 => "No tie is late, so there is no calendar of silences to draw.".to_owned(),
                n => {
                    let names: Vec<&str> = ties.iter().map(|own| view.name(own.id)).collect();
                    format!(
                        "Only {} late, too few for a calendar: {}.",
                        words::counted(n, "tie is", "ties are"),
                        words::list(&names)
                    )
                }
            });
        }
        let (finding, provenance) = told(&ties, audit, &Size::WIDE);
        Ok(Figure {
            id: self.id(),
            finding,
            provenance,
            how_to_read: "one row a person, one column a week, darker is more days with contact; the ring marks \
                          the last contact."
                .to_owned(),
            wide: plot(&view, &ties, &Size::WIDE),
            narrow: plot(&view, &ties, &Size::NARROW),
            narrow_words: Some(told(&ties, audit, &Size::NARROW)),
            table: None,
        })
    }
}

/// Finding and provenance of the rows that a drawing of that size has.
fn told(ties: &[Own<'_>], audit: &Audit, size: &Size) -> (String, String) {
    let shown = &ties[..ties.len().min(size.rows)];
    let quiet = shown.iter().filter(|own| own.rhythm.contact_days_in_period == 0).count();
    let provenance = format!(
        "n{hard}={hard}{} ties, most value at risk first · interaction · {} weeks to {}",
        shown.len(),
        size.weeks,
        words::full_day(audit.as_of),
        hard = words::HARD
    );
    (finding::calendar(shown.len(), quiet), provenance)
}

struct Size {
    width: f64,
    rows: usize,
    weeks: u32,
    left: f64,
    right: f64,
    pitch: f64,
    short: bool,
}

impl Size {
    const WIDE: Self = Self {
        width: theme::WIDE,
        rows: 30,
        weeks: 39,
        left: 168.0,
        right: 716.0,
        pitch: 20.0,
        short: false,
    };
    const NARROW: Self = Self {
        width: theme::PHONE,
        rows: 15,
        weeks: 26,
        left: 106.0,
        right: 282.0,
        pitch: 22.0,
        short: true,
    };
    const TOP: f64 = 52.0;

    fn step(&self) -> f64 {
        (self.right - self.left) / f64::from(self.weeks)
    }

    /// Left edge of the column that many weeks ago.
    fn column(&self, ago: u32) -> f64 {
        self.left + f64::from(self.weeks.saturating_sub(ago + 1)) * self.step()
    }
}

fn plot(view: &View<'_>, ties: &[Own<'_>], size: &Size) -> Drawing {
    let ties = &ties[..ties.len().min(size.rows)];
    let low = Size::TOP + ties.len() as f64 * size.pitch;
    let mut drawing = Drawing::new(size.width, low + 4.0);
    drawing.text((0.0, 14.0), Anchor::Start, "name", Type::AXIS);
    let heading = if size.short { "silent" } else { "silent / usual" };
    drawing.text((size.width, 14.0), Anchor::End, heading, Type::AXIS);
    months(view, &mut drawing, size, low);

    let middle = |nth: usize| Size::TOP + (nth as f64 + 0.5) * size.pitch;
    for nth in (5..ties.len()).step_by(5) {
        let at = middle(nth) - size.pitch / 2.0;
        drawing.line((0.0, at), (size.width, at), Paint::stroke(Token::Grid, theme::GRIDLINE));
    }
    // Cells by shade, so that each shade is one path.
    for (least, most, token) in
        [(1, 1, Token::Seq1), (2, 2, Token::Seq2), (3, 3, Token::Seq3), (4, u32::MAX, Token::Seq4)]
    {
        for (nth, own) in ties.iter().enumerate() {
            for &(ago, days) in &own.rhythm.weeks {
                if ago < size.weeks && (least..=most).contains(&days) {
                    let gap = if size.short { 1.0 } else { 2.4 };
                    let left = size.column(ago) + gap / 2.0;
                    drawing.bar(left, middle(nth) - 7.0, size.step() - gap, 14.0, token);
                }
            }
        }
    }
    for (nth, own) in ties.iter().enumerate() {
        row(view, &mut drawing, own, middle(nth), size);
    }
    drawing
}

fn months(view: &View<'_>, drawing: &mut Drawing, size: &Size, low: f64) {
    let mut last_end = f64::NEG_INFINITY;
    let mut month = None;
    for ago in (0..size.weeks).rev() {
        let days = i64::from(ago) * 7 + 6;
        let start = view.audit.as_of.saturating_sub(jiff::Span::new().days(days));
        let first = month.is_none();
        if month == Some(start.month()) {
            continue;
        }
        month = Some(start.month());
        if first && start.day() > 14 {
            // The tail of a month: its name would stand before the wrong column.
            continue;
        }
        let at = size.column(ago);
        drawing.line((at, 24.0), (at, low), Paint::stroke(Token::Grid, theme::GRIDLINE));
        let name = words::month(start);
        if at + 3.0 > last_end && at + 3.0 + Type::AXIS.room(&name) < size.right + 12.0 {
            drawing.text((at + 3.0, 36.0), Anchor::Start, &name, Type::AXIS);
            last_end = at + 3.0 + Type::AXIS.room(&name);
        }
    }
}

fn row(view: &View<'_>, drawing: &mut Drawing, own: &Own<'_>, middle: f64, size: &Size) {
    let room = size.left - 16.0 - 8.0;
    let name = if size.short { view.short(own.id, room) } else { view.fitting(own.id, room) };
    drawing.dot((5.0, middle), 4.0, view.token(own.id));
    drawing.text((16.0, middle + 4.5), Anchor::Start, &name, Type::NAME);
    let silent = own.rhythm.silent.unwrap_or(0);
    let ago = silent / 7;
    let paint = Paint::stroke(Token::Rule, theme::GRIDLINE);
    let short = words::short_days(silent.into());
    if ago < size.weeks {
        let at = size.column(ago) + size.step() / 2.0;
        let radius = if size.short { 4.5 } else { 6.0 };
        drawing.ring((at, middle), radius, Token::Accent, theme::RING);
        let from = at + radius + 2.0;
        if from < size.right - 4.0 {
            drawing.line((from, middle), (size.right, middle), paint);
        }
    } else {
        let words = if size.short { "← earlier" } else { "← before these weeks" };
        drawing.line((size.left, middle), (size.right, middle), paint);
        drawing.patched((size.left + 3.0, middle + 4.0), Anchor::Start, words, Type::AXIS);
    }
    let usual = own.rhythm.usual_gap.filter(|_| !size.short);
    let text =
        usual.map_or_else(|| short.clone(), |gap| format!("{short} / {}", words::short_days(gap)));
    drawing.text((size.width, middle + 4.5), Anchor::End, &text, Type::NOTE);
}
