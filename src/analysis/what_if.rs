//! What a silence or a touch would change for the owner, and who holds the owner's constraint.
//!
//! **Questions** Which weak ties are worth strengthening? Who binds me? **Definition** *causes*: the dyadic constraints
//! `c_oj` of the owner among active contacts, unweighted, summed by community; shares add up to 1. *Strengthening*: on
//! all ties with contact and the observed ties among those contacts, weights in the unit of a private message today, a
//! tie below the owner's median is brought to that median, or as far as twelve contacts take it, and the owner's effective
//! size is measured again ([`Ego`]); gain an hour ranks, with the minutes that the settings give a contact on the tie's
//! usual channel. *Weak ties*: by
//! mutual contacts, those observed or, where there is none, those likely from a common employer. **Reference** Burt 1992;
//! Rajkumar et al. 2022, Science 377:1304, for why the middle of the weak ties is looked at.

use std::collections::BTreeMap;

use crate::audit;
use crate::measures::what_if::Ego;
use crate::network::Inferred;
use crate::study::Study;
use crate::ties::OwnerTie;
use crate::units::Channel;

use super::communities::{self, letter};
use super::{Analysis, Facts, Findings, Measure};

/// Ties listed for strengthening.
const LISTED: usize = 5;
/// Contacts with one person beyond which nothing is promised.
const MOST: u32 = 12;
/// Contacts listed among the causes.
const CAUSES: usize = 10;
/// Bins of mutual contacts, by their lowest.
const MUTUAL: [u32; 6] = [0, 1, 3, 6, 11, 21];
/// Bins of contact days within a year, by their lowest.
const DAYS: [u32; 4] = [0, 1, 3, 12];

/// The analysis.
pub struct WhatIf;

impl Analysis for WhatIf {
    fn id(&self) -> &'static str {
        "what-if"
    }

    fn measures(&self) -> &'static [Measure] {
        &[]
    }

    fn measure(&self, study: &Study, facts: &Facts) -> Findings {
        let mut findings = Findings::default();
        if Facts::has_alter_ties(study) {
            findings.tables.constraint_causes = causes(study, facts);
            findings.tables.strengthen = strengthen(study);
            findings.tables.weak_ties = weak_ties(study);
        }
        findings
    }
}

fn causes(study: &Study, facts: &Facts) -> Option<audit::ConstraintCauses> {
    let ego = facts.ego();
    let constraint = ego.holes().constraint?;
    let of = communities::lettered(facts);
    let is_active = |at: usize| facts.active[at] > 0.0;
    let among: Vec<(usize, usize)> = (facts.unweighted.edges())
        .map(|(a, b, _)| (a, b))
        .filter(|(a, b)| is_active(*a) && is_active(*b))
        .collect();
    if among.is_empty() {
        return None;
    }
    let mut circles: BTreeMap<Option<usize>, audit::ConstraintCause> = BTreeMap::new();
    let mut people: Vec<(usize, f64)> = ego.causes();
    for (at, part) in &people {
        let label = of[*at];
        let circle = circles.entry(label).or_insert_with(|| audit::ConstraintCause {
            letter: label.map(letter),
            people: 0,
            ties: 0,
            share: 0.0,
            share_before: None,
        });
        circle.people += 1;
        circle.share += part / constraint;
    }
    for (a, b) in among {
        if let Some(circle) = circles.get_mut(&of[a]).filter(|_| of[a] == of[b]) {
            circle.ties += 1;
        }
    }
    let mut circles: Vec<audit::ConstraintCause> = circles.into_values().collect();
    circles.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.letter.cmp(&b.letter)));
    people.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let people = people.into_iter().take(CAUSES).map(|(at, part)| audit::ConstraintPerson {
        id: study.key(at).to_owned(),
        share: part / constraint,
    });
    Some(audit::ConstraintCauses { constraint, before: None, circles, people: people.collect() })
}

/// The channel a tie mostly used that the owner can take up again.
fn usual_channel(tie: &OwnerTie) -> Channel {
    let mut used = [0_u32; Channel::ALL.len()];
    for touch in &tie.touches {
        used[touch.channel as usize] += 1;
    }
    let usable = [Channel::Message, Channel::Email, Channel::Call, Channel::Meeting, Channel::Chat];
    let most = usable.into_iter().max_by_key(|channel| used[*channel as usize]);
    most.filter(|channel| used[*channel as usize] > 0).unwrap_or(Channel::Message)
}

/// The weak ties whose strengthening to the median gains most effective size an hour; `None` without a median.
pub(super) fn strengthen(study: &Study) -> Option<audit::Strengthen> {
    let median = study.midpoint.filter(|median| *median > 0.0)?;
    let weights: Vec<f64> = study.ties.iter().map(|tie| tie.activity).collect();
    let ego = Ego::new(&study.network.flat, &weights);
    let now = ego.holes();
    let (size, constraint) = (now.effective_size?, now.constraint?);
    let mut ties: Vec<(f64, audit::Addition)> = Vec::new();
    for (at, tie) in study.ties.iter().enumerate() {
        if tie.days.is_empty() || tie.activity <= 0.0 || tie.activity >= median {
            continue;
        }
        let channel = usual_channel(tie);
        let (touches, reached) = reached((tie.activity, median), study.model.weight(channel));
        let then = ego.with(at, reached);
        let (Some(grown), Some(opened)) = (then.effective_size, then.constraint) else { continue };
        let minutes = touches * study.minutes[channel as usize];
        let addition = audit::Addition {
            id: study.key(at).to_owned(),
            channel,
            touches,
            minutes,
            effective_size: grown - size,
            constraint: opened - constraint,
        };
        if addition.effective_size > 0.0 {
            ties.push((addition.effective_size / f64::from(minutes.max(1)), addition));
        }
    }
    ties.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let ties = ties.into_iter().take(LISTED).map(|(_, addition)| addition).collect();
    Some(audit::Strengthen { effective_size: size, constraint, ties })
}

/// Contacts of a weight that bring a raw strength to the median, at least one and at most [`MOST`], and where they bring it.
fn reached((now, median): (f64, f64), weight: f64) -> (u32, f64) {
    let after = |n: u32| now + f64::from(n) * weight;
    let touches = (1..MOST).find(|n| after(*n) >= median).unwrap_or(MOST);
    (touches, after(touches).min(median))
}

fn weak_ties(study: &Study) -> Option<audit::WeakTies> {
    let median = study.midpoint.filter(|_| study.has_log())?;
    let flat = &study.network.flat;
    let people = &study.people;
    let inferred = Inferred::of(&study.network, |who| people.person(who).company_key.as_deref());
    let mut likely = vec![0.0; flat.len()];
    for group in &inferred.groups {
        for node in &group.members {
            likely[*node as usize] = group.probability * (group.members.len() - 1) as f64;
        }
    }
    let year = study.as_of.plus(-365);
    let mut cells: BTreeMap<(usize, usize), (u32, u32)> = BTreeMap::new();
    for (at, tie) in study.ties.iter().enumerate() {
        if tie.days.is_empty() || tie.activity >= median {
            continue;
        }
        let observed = flat.degree(at);
        let mutual = if observed > 0 { observed as f64 } else { likely[at] };
        let days = f64::from(tie.days_between(year, study.as_of));
        let cell = cells.entry((bin(&MUTUAL, mutual), bin(&DAYS, days))).or_default();
        if observed > 0 {
            cell.0 += 1;
        } else {
            cell.1 += 1;
        }
    }
    let range = |bins: &[u32], at: usize| (bins[at], bins.get(at + 1).map(|next| next - 1));
    let cells = cells.into_iter().map(|((x, y), (observed, estimated))| audit::WeakCell {
        mutual: range(&MUTUAL, x),
        days: range(&DAYS, y),
        observed,
        estimated,
    });
    Some(audit::WeakTies { cells: cells.collect() })
}

/// The bin of a value, rounded.
fn bin(bins: &[u32], value: f64) -> usize {
    bins.partition_point(|low| f64::from(*low) <= value.round()).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fall_into_their_bins() {
        let found = [0.0, 0.4, 0.6, 2.0, 3.0, 20.0, 21.0, 500.0].map(|value| bin(&MUTUAL, value));
        assert_eq!(found, [0, 0, 1, 1, 2, 4, 5, 5]);
    }

    #[test]
    fn a_gap_takes_whole_contacts_and_no_more_is_credited_than_they_reach() {
        assert_eq!(reached((1.0, 1.1), 1.0), (1, 1.1));
        assert_eq!(reached((1.0, 2.1), 1.0), (2, 2.1));
        assert_eq!(reached((1.0, 10.0), 4.0), (3, 10.0));
        assert_eq!(reached((0.0, 90.0), 1.0), (12, 12.0));
    }
}
