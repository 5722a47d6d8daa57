//! The gaps that a plan may close: goals not met, or without goals the kinds of people who may fall silent.

use std::collections::BTreeMap;

use crate::analysis::diversity::class_of;
use crate::audit::{self, TieState};
use crate::canonical;
use crate::study::Study;

/// Attribute and class; for people named as goals `people` and their key.
pub type Gap = (String, String);

/// What somebody wanted and not active is worth beside gaps of shares.
const SOUGHT: f64 = 0.2;

/// Gaps with their size, 0..1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gaps {
    sizes: BTreeMap<Gap, f64>,
    /// Whether they are the owner's goals.
    pub are_goals: bool,
}

impl Gaps {
    /// Goals less attention, where goals are set; else by function the share of strength that sits on ties at risk, so
    /// that no class falls silent.
    #[must_use]
    pub fn of(
        study: &Study,
        diversity: &[audit::Diversity],
        goals: Option<&audit::GoalsFound>,
    ) -> Self {
        let mut sizes = BTreeMap::new();
        let Some(goals) = goals else {
            return Self { sizes: at_risk(study), are_goals: false };
        };
        for found in diversity {
            for class in found.goal.iter().flat_map(|goal| &goal.classes).filter(|c| c.gap > 0.0) {
                sizes.insert((found.dimension.clone(), class.class.clone()), class.gap);
            }
        }
        let mut sought = |attribute: &str, class: String, one: &audit::Sought| {
            if one.active == 0 && one.known > 0 {
                let size = sizes.entry((attribute.to_owned(), class)).or_default();
                *size = f64::max(*size, SOUGHT);
            }
        };
        if let Some(mentor) = &goals.mentor {
            sought("relative-seniority", "mentor".to_owned(), mentor);
        }
        // A heavier weight is a larger gap, the heaviest the full one.
        let heaviest =
            |weights: &BTreeMap<String, f64>| weights.values().copied().fold(0.0, f64::max);
        let most = heaviest(&study.aims.companies);
        for company in &goals.companies {
            sought("company", canonical::company(&company.name), company);
        }
        for (name, weight) in &study.aims.companies {
            if let Some(size) = sizes.get_mut(&("company".to_owned(), canonical::company(name))) {
                *size *= if most > 0.0 { weight / most } else { 1.0 };
            }
        }
        for person in &goals.people {
            if person.active == 0 {
                sizes.insert(("people".to_owned(), person.name.clone()), SOUGHT);
            }
        }
        sizes.retain(|_, size| *size > 0.0);
        Self { sizes, are_goals: true }
    }

    /// Size of a gap, 0 for none.
    #[must_use]
    pub fn size(&self, gap: &Gap) -> f64 {
        self.sizes.get(gap).copied().unwrap_or(0.0)
    }

    /// The gaps that contact with somebody would narrow.
    #[must_use]
    pub fn served_by(&self, study: &Study, at: usize) -> Vec<Gap> {
        let key = study.key(at);
        let serves = |(attribute, class): &Gap| match attribute.as_str() {
            "people" => class == key,
            attribute => class_of(study, attribute, at) == Some(class),
        };
        self.sizes.keys().filter(|gap| serves(gap)).cloned().collect()
    }

    /// How much contact with somebody serves the goals, 0..1: the largest gap they stand in over the largest of all; 0
    /// without goals.
    #[must_use]
    pub fn fit(&self, study: &Study, at: usize) -> f64 {
        let most = self.sizes.values().copied().fold(0.0, f64::max);
        if !self.are_goals || most <= 0.0 {
            return 0.0;
        }
        let served = self.served_by(study, at);
        served.iter().map(|gap| self.size(gap)).fold(0.0, f64::max) / most
    }
}

/// By function: the share of the class's strength that sits on slipping, neglected and lapsed ties.
fn at_risk(study: &Study) -> BTreeMap<Gap, f64> {
    let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (at, tie) in study.ties.iter().enumerate().filter(|(_, tie)| tie.strength > 0.0) {
        let Some(class) = class_of(study, "function", at) else { continue };
        let (risky, all) = sums.entry(class).or_default();
        *all += tie.strength;
        let slips = [TieState::Slipping, TieState::Neglected, TieState::Lapsed];
        *risky += if slips.contains(&tie.rhythm.state) { tie.strength } else { 0.0 };
    }
    let shares = sums.into_iter().filter(|(_, (risky, _))| *risky > 0.0);
    shares
        .map(|(class, (risky, all))| (("function".to_owned(), class.to_owned()), risky / all))
        .collect()
}
