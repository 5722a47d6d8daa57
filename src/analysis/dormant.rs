//! Dormant ties in two lists: easy to write to, and probably more useful.
//!
//! **Question** Whom to revive? **Definition** ties silent for three years whose strength at its best reached the owner's
//! 60th percentile, with three contact days at least. *Easy to write to*: most time together × chance of an answer. *Probably more useful*: novelty × chance
//! of an answer, novelty = 1 − mean share of the owner's active ties in this person's function, industry, employer and
//! circle, over those that are known. Level adds nothing: rank is no merit. **Edge cases** nothing known: no novelty, never on
//! the second list. **Reference** Levin, Walter & Murnighan 2011; Walter, Levin & Murnighan 2015, Organization Science
//! 26:1447: people revive those they know well, and would learn more from those who are new to them.

use std::collections::BTreeMap;

use crate::audit::{DormantTie, TieState};
use crate::people::attributes::Class;
use crate::study::Study;

use super::{Analysis, Facts, Findings, Measure, communities};

/// Contact days from which a tie was more than an acquaintance, whatever its strength in a quiet network.
const FEWEST_DAYS: usize = 3;
/// Length of each list.
const LISTED: usize = 6;

/// The analysis.
pub struct Dormant;

impl Analysis for Dormant {
    fn id(&self) -> &'static str {
        "dormant-ties"
    }

    fn measures(&self) -> &'static [Measure] {
        &[]
    }

    fn measure(&self, study: &Study, facts: &Facts) -> Findings {
        let mut findings = Findings::default();
        findings.tables.dormant = dormant(study, facts);
        findings
    }
}

/// The peak strength at the 60th percentile of ties with contact.
fn strong_from(study: &Study) -> f64 {
    let mut peaks: Vec<f64> =
        study.ties.iter().filter(|tie| !tie.days.is_empty()).map(|tie| tie.peak).collect();
    peaks.sort_by(f64::total_cmp);
    peaks.get(peaks.len() * 3 / 5).copied().unwrap_or(0.0)
}

/// What surrounds a person: function, industry, employer, circle.
fn surroundings(study: &Study, circle: &[Option<usize>], at: usize) -> Vec<(usize, String)> {
    let person = study.people.person(study.ties[at].who);
    let class = |class: &Option<Class>| class.as_ref().map(|class| class.code.to_owned());
    let of = [
        class(&person.function),
        class(&person.industry),
        person.company_key.clone(),
        circle[at].map(|label| label.to_string()),
    ];
    of.into_iter().enumerate().filter_map(|(kind, value)| Some((kind, value?))).collect()
}

fn dormant(study: &Study, facts: &Facts) -> Vec<DormantTie> {
    let circle = communities::lettered(facts);
    let mut known = [0.0_f64; 4];
    let mut held: BTreeMap<(usize, String), f64> = BTreeMap::new();
    for at in study.active_nodes() {
        for (kind, value) in surroundings(study, &circle, at) {
            known[kind] += 1.0;
            *held.entry((kind, value)).or_default() += 1.0;
        }
    }
    let novelty = |at: usize| {
        let shares: Vec<f64> = surroundings(study, &circle, at)
            .into_iter()
            .filter(|(kind, _)| known[*kind] > 0.0)
            .map(|of| held.get(&of).copied().unwrap_or(0.0) / known[of.0])
            .collect();
        (!shares.is_empty()).then(|| 1.0 - shares.iter().sum::<f64>() / shares.len() as f64)
    };
    let strong = strong_from(study);
    let mut found: Vec<DormantTie> = (0..study.ties.len())
        .filter(|at| study.ties[*at].rhythm.state == TieState::Dormant)
        .filter(|at| study.ties[*at].peak >= strong && study.ties[*at].days.len() >= FEWEST_DAYS)
        .map(|at| {
            let tie = &study.ties[at];
            DormantTie {
                id: study.people.person(tie.who).key.clone(),
                together: u32::try_from(tie.days.len()).unwrap_or(u32::MAX),
                novelty: novelty(at),
                reachability: facts.answers.chance(tie, study.as_of),
                easy: None,
                useful: None,
            }
        })
        .collect();
    found.sort_by(|a, b| b.together.cmp(&a.together).then_with(|| a.id.cmp(&b.id)));
    list(&mut found, |tie| Some(f64::from(tie.together) * tie.reachability), |tie| &mut tie.easy);
    list(&mut found, |tie| Some(tie.novelty? * tie.reachability), |tie| &mut tie.useful);
    found
}

/// Numbers the best [`LISTED`] from 1; ties by the order they stand in.
fn list(
    found: &mut [DormantTie],
    worth: fn(&DormantTie) -> Option<f64>,
    place: fn(&mut DormantTie) -> &mut Option<u32>,
) {
    let mut order: Vec<(f64, usize)> =
        (0..).zip(&*found).filter_map(|(at, tie)| Some((worth(tie)?, at))).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (number, (_, at)) in (1..).zip(order.into_iter().take(LISTED)) {
        *place(&mut found[at]) = Some(number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_differ_by_what_they_ask_for() {
        let tie = |id: &str, together: u32, novelty: Option<f64>| DormantTie {
            id: id.into(),
            together,
            novelty,
            reachability: 0.5,
            easy: None,
            useful: None,
        };
        let mut found = vec![
            tie("old-friend", 90, Some(0.1)),
            tie("unknown", 40, None),
            tie("new", 9, Some(0.9)),
        ];
        list(&mut found, |tie| Some(f64::from(tie.together)), |tie| &mut tie.easy);
        list(&mut found, |tie| tie.novelty, |tie| &mut tie.useful);
        let places: Vec<_> = found.iter().map(|tie| (tie.easy, tie.useful)).collect();
        assert_eq!(places, [(Some(1), Some(2)), (Some(2), None), (Some(3), Some(1))]);
    }
}
