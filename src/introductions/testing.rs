//! Invented circles for the tests of this room.

use crate::audit::IntroductionLimits;
use crate::units::{Day, Evidence};

use super::circle::{Between, Contact};

/// An active contact of a strength.
pub(crate) fn contact(id: &str, strength: f64) -> Contact {
    Contact {
        id: id.to_owned(),
        strength,
        is_active: true,
        interactions: 5,
        last: Some(Day(-10).date()),
        ..Contact::default()
    }
}

/// An observed tie.
pub(crate) fn between(a: u32, b: u32, weight: f64, probability: f64) -> Between {
    Between {
        ends: [a, b],
        weight,
        probability,
        evidence: Evidence::CoPresence,
        events: 3,
        first: Day(-200),
        last: Day(-20),
    }
}

/// No limits but the usual numbers.
pub(crate) fn limits() -> IntroductionLimits {
    IntroductionLimits {
        a_person: 1,
        asks: 1,
        will: 0.8,
        suppressed: std::collections::BTreeMap::new(),
        not_asked: Vec::new(),
        apart: Vec::new(),
        acquainted: Vec::new(),
        tags: std::collections::BTreeMap::new(),
        load: std::collections::BTreeMap::new(),
    }
}
