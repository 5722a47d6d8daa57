//! How the ties stand: a bar a state, for those that ever talked.

use crate::audit::{Audit, TieState};
use crate::report::figure::{Anchor, Drawing, Empty, Figure, Type};
use crate::report::theme::{self, Token};
use crate::report::words::{self, charts as finding};

/// Shown from the calmest to the longest silence; "never talked" is a remark, not a bar.
const ROWS: [TieState; 7] = [
    TieState::OnRhythm,
    TieState::New,
    TieState::Slipping,
    TieState::Neglected,
    TieState::Lapsed,
    TieState::Dormant,
    TieState::Gone,
];
const FEWEST: u32 = 5;
const PITCH: f64 = 34.0;
const LABEL: f64 = 160.0;

/// Ties by state.
pub(super) struct States;

impl super::Chart for States {
    fn id(&self) -> &'static str {
        "states"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let of = |state| audit.findings.states.get(&state).copied().unwrap_or(0);
        let talked: u32 = ROWS.into_iter().map(of).sum();
        if talked == 0 {
            return Empty::because(
                "No contact is on record yet: load messages, mail or a calendar to see which ties are on rhythm.",
            );
        }
        if talked < FEWEST {
            return Empty::because(format!(
                "Only {} ever talked, too few to compare their states.",
                words::counted(talked as usize, "tie", "ties")
            ));
        }
        let [slipping, overdue, lapsed] = audit.settings.ladder;
        Ok(Figure {
            id: self.id(),
            finding: finding::states(of(TieState::OnRhythm), talked),
            provenance: finding::provenance(
                talked as usize,
                "ties with contact",
                "interaction",
                &format!("to {}", words::full_day(audit.as_of)),
            ),
            how_to_read: format!(
                "by each tie’s own usual gap: slipping past {slipping}×, overdue past {overdue}×, lapsed past \
                 {lapsed}×; dormant is three years."
            ),
            wide: plot(&of, theme::HALF),
            narrow: plot(&of, theme::PHONE),
            narrow_words: None,
            table: None,
        })
    }
}

fn plot(of: &dyn Fn(TieState) -> u32, width: f64) -> Drawing {
    let rows = ROWS.len() as f64;
    let never = of(TieState::NeverActive);
    let mut drawing = Drawing::new(width, 20.0 + rows * PITCH + if never > 0 { 36.0 } else { 8.0 });
    let track = width - LABEL - 12.0 - 44.0;
    let most = ROWS.into_iter().map(of).max().unwrap_or(1).max(1);
    for (nth, state) in ROWS.into_iter().enumerate() {
        let middle = 24.0 + nth as f64 * PITCH;
        let n = of(state);
        let token = match state {
            TieState::OnRhythm | TieState::New => Token::Me,
            TieState::Gone => Token::Unk,
            _ => Token::Seq3,
        };
        let name = words::capital(words::state(state));
        drawing.text((LABEL, middle + 4.5), Anchor::End, &name, Type::NAME);
        drawing.bar(LABEL + 12.0, middle - 7.0, track, 14.0, Token::Grid);
        let share = f64::from(n) / f64::from(most);
        if n > 0 {
            drawing.bar(LABEL + 12.0, middle - 7.0, (track * share).max(1.5), 14.0, token);
        }
        let style = if n == 0 { Type::NAME.token(Token::Ink3) } else { Type::NAME };
        drawing.text((width, middle + 4.5), Anchor::End, &words::thousands(n.into()), style);
    }
    if never > 0 {
        let text = format!(
            "and {} connected, never talked: not silence, not counted",
            words::thousands(never.into())
        );
        drawing.text((0.0, drawing.height - 6.0), Anchor::Start, &text, Type::NOTE);
    }
    drawing
}
