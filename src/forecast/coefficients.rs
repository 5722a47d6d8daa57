//! The pretrained coefficients: what six other logs teach about ties.
//!
//! Made by `benches/train_forecast.rs` from six public and research logs (work mail, list replies, questions and answers;
//! `data/forecast/README.md`). Coefficients are numbers about columns: no row, name or text of a log is in them.

use std::fmt::Write as _;

use super::columns::{NAMES, OWN, Scope, WHOLE};
use super::logistic::Line;

const SHIPPED: &str = include_str!("../../data/forecast/coefficients.csv");

/// One line a scope, on raw columns in the order of [`NAMES`].
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficients {
    /// For a log that shows one person's ties.
    pub own: Line,
    /// For a log that shows everybody's.
    pub whole: Line,
}

impl Coefficients {
    /// Those of this version.
    #[must_use]
    pub fn shipped() -> Self {
        // The embedded table is read by a test; an unreadable one would predict one half everywhere.
        Self::parse(SHIPPED).unwrap_or(Self {
            own: Line { intercept: 0.0, slopes: vec![0.0; OWN] },
            whole: Line { intercept: 0.0, slopes: vec![0.0; WHOLE] },
        })
    }

    /// From lines of `column,own,whole`, a header first, then the intercept and every column in order; a column that a scope
    /// does not have is empty. `None` if it is anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        (lines.next()? == "column,own,whole").then_some(())?;
        let mut own = Vec::new();
        let mut whole = Vec::new();
        for name in std::iter::once("intercept").chain(NAMES) {
            let mut cells = lines.next()?.split(',');
            (cells.next()? == name).then_some(())?;
            let cell = cells.next()?;
            if !cell.is_empty() {
                own.push(cell.parse::<f64>().ok()?);
            }
            whole.push(cells.next()?.parse::<f64>().ok()?);
        }
        (lines.next().is_none() && own.len() == OWN + 1).then_some(())?;
        let line = |all: Vec<f64>| Line { intercept: all[0], slopes: all[1..].to_vec() };
        Some(Self { own: line(own), whole: line(whole) })
    }

    /// The same as text.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = "column,own,whole\n".to_owned();
        let own = |at: usize| match at {
            0 => Some(self.own.intercept),
            _ => self.own.slopes.get(at - 1).copied(),
        };
        let whole = |at: usize| match at {
            0 => self.whole.intercept,
            _ => self.whole.slopes.get(at - 1).copied().unwrap_or(0.0),
        };
        for (at, name) in std::iter::once("intercept").chain(NAMES).enumerate() {
            let cell = own(at).map_or(String::new(), |value| format!("{value:.4}"));
            let _ = writeln!(text, "{name},{cell},{:.4}", whole(at));
        }
        text
    }

    /// The line of a scope.
    #[must_use]
    pub fn of(&self, scope: Scope) -> &Line {
        match scope {
            Scope::Own(_) => &self.own,
            Scope::Whole => &self.whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::SIGNS;
    use super::*;

    #[test]
    fn the_shipped_table_is_whole_and_keeps_its_signs() {
        let shipped = Coefficients::parse(SHIPPED).unwrap();
        assert_eq!(Coefficients::parse(&shipped.table()).unwrap(), shipped);
        for line in [&shipped.own, &shipped.whole] {
            for (slope, sign) in line.slopes.iter().zip(SIGNS) {
                assert!(slope * f64::from(sign) >= 0.0);
            }
        }
        assert_eq!(Coefficients::parse(&SHIPPED.replace("lrec", "other")), None);
        assert_eq!(Coefficients::parse(""), None);
    }
}
