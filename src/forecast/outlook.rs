//! The chance of contact of every tie of a log, by the model that its own past speaks for.
//!
//! The model at the cut-off and those of two quick trials before it share their windows: `[T − kH, T − (k−1)H)` for
//! k = 1 … 4, a sample of ties each. The trials decide as in [`super::choose`]. Cost: O(contact days) a window.

use rayon::prelude::*;

use super::backtest::{Scored, Trial};
use super::choose::{self, Decision};
use super::coefficients::Coefficients;
use super::columns::{self, At, Past, Which};
use super::model::{self, FITTED, Model, Window};
use super::plain;

/// The model in use and what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// Fitted at the cut-off.
    pub model: Model,
    /// What two earlier windows say.
    pub decision: Decision,
}

impl Outlook {
    /// Fits a log and tries the fit on two earlier windows.
    #[must_use]
    pub fn of(at: &At<'_>, pretrained: &Coefficients) -> Self {
        let windows = model::windows(at, 4);
        let pasts = columns::pasts(at, Which::Sample(FITTED));
        let tried = |back| trial(at, &windows, back, pretrained);
        let (model, trials): (_, Vec<Trial>) = rayon::join(
            || Model::of(&windows, &pasts, at, pretrained),
            || [1, 2].into_par_iter().filter_map(tried).collect(),
        );
        Self { model, decision: choose::decide(&trials) }
    }

    /// The chance of every tie begun before the cut-off, in the order of ties.
    #[must_use]
    pub fn chances(&self, at: &At<'_>) -> Vec<(u32, f64)> {
        let kind = self.decision.chosen;
        columns::each(at, Which::All, |row| (row.past.tie, self.model.score(&row, kind)))
    }
}

/// The model of what was known `back` horizons ago, on the sample of ties of the window that follows.
fn trial(at: &At<'_>, windows: &[Window], back: usize, pretrained: &Coefficients) -> Option<Trial> {
    let tested = windows.get(back - 1)?;
    let known = windows.get(back..)?;
    let learns = known.first().is_some_and(|window| plain::teaches(&window.labels));
    if !learns || !plain::teaches(&tested.labels) {
        return None;
    }
    let days = at.horizon.saturating_mul(i32::try_from(back).ok()?);
    let then = at.earlier(days);
    let pasts: Vec<Past> = tested.rows.iter().map(|row| row.past).collect();
    let model = Model::of(known, &pasts, &then, pretrained);
    let scored = tested.rows.iter().zip(&tested.labels).map(|(row, met)| {
        let [a, b] = at.histories.ends(row.past.tie as usize);
        Scored { a, b, before: row.past.rows, met: *met, scores: model.scores(row) }
    });
    Some(Trial {
        cutoff: then.cutoff,
        owner: None,
        base_rate: model.plain.base_rate?,
        ties: scored.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::columns::Scope;
    use super::super::model::tests::office;
    use super::*;
    use crate::units::Day;

    #[test]
    fn the_trials_are_fits_of_their_own_past() {
        let all = office(50, 500, 4);
        let at = At { histories: &all, scope: Scope::Whole, cutoff: Day(480), horizon: 60 };
        let pretrained = Coefficients::shipped();
        let windows = model::windows(&at, 4);
        let found = trial(&at, &windows, 1, &pretrained).unwrap();
        let then = at.earlier(60);
        let own = Model::fit(&then, &pretrained);
        for (row, tie) in columns::rows(&then, Which::All).iter().zip(&found.ties) {
            assert_eq!(own.scores(row).map(f64::to_bits), tie.scores.map(f64::to_bits));
        }
        let outlook = Outlook::of(&at, &pretrained);
        assert_eq!(outlook.decision.windows, 2);
        assert_eq!(outlook.model, Model::fit(&at, &pretrained));
        assert_eq!(outlook.chances(&at).len(), columns::pasts(&at, Which::All).len());
    }
}
