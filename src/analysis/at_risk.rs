//! Value at risk: what a tie is worth, the risk that it stays silent, the chance that a touch is answered.
//!
//! **Question** Which silences matter? **Definition** three numbers that are shown apart: *value* = 5/8 strength at its
//! best + 3/8 what it alone links (1 for the only route between circles, ½ when others would be cut off); *risk*
//! = 1 − P(contact within 90 days); *reachability* = share of the owner's turns the contact answered within two weeks,
//! shrunk to the owner's share by two turns, halved with every two years of silence. Their product ranks. **Edge
//! cases** undefined without a contact day. **Reference** Levin, Walter & Murnighan 2011 for why silence alone is no loss.

use crate::audit::{AtRisk, Bridge};
use crate::study::Study;
use crate::ties::{OwnerTie, rhythm};
use crate::units::Day;

/// Turns of weight given to the owner's overall share of answers.
const SHRINK: f64 = 2.0;
/// Days of silence after which the chance of an answer halves.
const ANSWER_HALF_LIFE: f64 = 730.0;
/// Weight of past strength beside that of linking. Goals, where somebody sets them, take a fifth of the whole.
const STRENGTH_SHARE: f64 = 0.625;

/// How often the owner's messages are answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answers {
    /// Share of the owner's turns that were answered within two weeks, over all ties; ½ without any.
    pub rate: f64,
}

impl Answers {
    /// Counts over all ties of a study.
    #[must_use]
    pub fn of(study: &Study) -> Self {
        let (asked, answered) = study
            .ties
            .iter()
            .map(|tie| rhythm::answers(&tie.touches, study.as_of))
            .fold((0, 0), |(asked, answered), (a, b)| (asked + a, answered + b));
        Self { rate: (f64::from(answered) + 1.0) / (f64::from(asked) + 2.0) }
    }

    /// Chance that a touch is answered: the tie's own record, shrunk to the owner's, falling with silence.
    #[must_use]
    pub fn chance(self, tie: &OwnerTie, as_of: Day) -> f64 {
        let (asked, answered) = rhythm::answers(&tie.touches, as_of);
        let rate = (f64::from(answered) + SHRINK * self.rate) / (f64::from(asked) + SHRINK);
        let silent = f64::from(tie.rhythm.silent.unwrap_or(0));
        rate * libm::exp2(-silent / ANSWER_HALF_LIFE)
    }
}

/// Value of a tie, 0..1: strength at its best, and what it alone links.
#[must_use]
pub fn value(peak: f64, bridge: Option<&Bridge>) -> f64 {
    let linked = bridge.map_or(0.0, |bridge| match () {
        () if !bridge.only_route.is_empty() => 1.0,
        () if !bridge.cut_off.is_empty() => 0.5,
        () => 0.0,
    });
    STRENGTH_SHARE * peak + (1.0 - STRENGTH_SHARE) * linked
}

/// The three numbers of one tie; `None` where the chance of contact is undefined.
#[must_use]
pub fn at_risk(
    tie: &OwnerTie,
    as_of: Day,
    answers: Answers,
    bridge: Option<&Bridge>,
    p_contact: Option<f64>,
) -> Option<AtRisk> {
    Some(AtRisk {
        value: value(tie.peak, bridge),
        risk: 1.0 - p_contact?,
        reachability: answers.chance(tie, as_of),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn bridge(only: bool) -> Bridge {
        Bridge {
            id: "b".into(),
            cut_off: BTreeMap::from([("A".to_owned(), 3)]),
            only_route: if only { vec![("A".into(), "B".into())] } else { Vec::new() },
            ..Bridge::default()
        }
    }

    #[test]
    fn value_is_strength_and_what_hangs_on_the_tie() {
        assert!((value(0.8, None) - 0.5).abs() < 1e-12);
        assert!((value(0.8, Some(&bridge(false))) - 0.6875).abs() < 1e-12);
        assert!((value(1.0, Some(&bridge(true))) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_three_numbers_stay_apart() {
        let found = AtRisk { value: 0.5, risk: 0.8, reachability: 0.25 };
        assert!((found.product() - 0.1).abs() < 1e-12);
    }
}
