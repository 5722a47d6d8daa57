//! Layers of closeness, reply times in them, and how the social signature changes.
//!
//! **Question** How many people stand how close, who waits for whom, and does it move? **Definition** *layers*: people with
//! contact at least weekly, monthly, half-yearly, yearly over the last year, beside the sizes 5, 15, 50, 150 (a reference,
//! no judgement), and the share of contact days of that many strongest ties. *Replies*: Kaplan–Meier over all turns of the
//! ties of one rank of strength ([`crate::ties::latency`]). *Signature*: Jensen–Shannon divergence in bits between the
//! shares of contact days of two quarters, by rank and by person. **Edge cases** no layers where the log covers less than
//! half a year; a quarter with fewer than five ties has no signature. **Reference** Zhou et al. 2005, Proc. R. Soc.
//! B 272:439; Saramäki et al. 2014, PNAS 111:942.

use rayon::prelude::*;

use crate::audit::{self, ReplyLayer, Sides, SignatureChange};
use crate::study::Study;
use crate::ties::strength::QUARTER;
use crate::ties::turns::{self, Waits};
use crate::units::{Day, count};

use super::attention::shares;
use super::{Analysis, Facts, Findings, Measure, quarters};

/// Sizes of reference, with the most days between contacts in each.
const LAYERS: [(u32, u32); 4] = [(5, 7), (15, 30), (50, 182), (150, 365)];
const YEAR: i32 = 365;
/// Days a log must cover for layers.
const LEAST_COVERED: i32 = 182;
/// Ties a quarter needs for a signature.
const FEWEST: usize = 5;
const QUARTERS: i32 = 8;

/// Change of the signature.
pub const CHANGE: Measure = Measure {
    id: "signature-change",
    title: "Change of the social signature by rank against the quarter before",
    unit: "bits, 0..=1",
};

/// The analysis.
pub struct Layers;

impl Analysis for Layers {
    fn id(&self) -> &'static str {
        "layers"
    }

    fn measures(&self) -> &'static [Measure] {
        const { &[CHANGE] }
    }

    fn measure(&self, study: &Study, _: &Facts) -> Findings {
        let mut findings = Findings::default();
        if !study.has_log() {
            return findings;
        }
        let ranked = ranked(study);
        findings.tables.layers = layers(study, &ranked);
        findings.tables.replies = replies(study, &ranked);
        findings.tables.signature = signature(study);
        let now = findings.tables.signature.last();
        let now = now.filter(|change| change.as_of == study.as_of.date());
        findings.scalar(CHANGE, now.map(|change| change.by_rank));
        findings
    }
}

/// Positions of ties with contact, strongest first.
#[must_use]
pub fn ranked(study: &Study) -> Vec<usize> {
    let mut order: Vec<usize> =
        (0..study.ties.len()).filter(|at| !study.ties[*at].days.is_empty()).collect();
    order.sort_by(|a, b| {
        let strength = |at: &usize| study.ties[*at].strength;
        strength(b).total_cmp(&strength(a)).then(a.cmp(b))
    });
    order
}

fn first_contact(study: &Study) -> Option<Day> {
    study.ties.iter().filter_map(|tie| tie.days.first()).min().copied()
}

fn layers(study: &Study, ranked: &[usize]) -> Vec<audit::Layer> {
    let covered = first_contact(study).map_or(0, |first| study.as_of.since(first) + 1).min(YEAR);
    if covered < LEAST_COVERED {
        return Vec::new();
    }
    let from = study.as_of.plus(-covered);
    let days: Vec<u32> =
        ranked.iter().map(|at| study.ties[*at].days_between(from, study.as_of)).collect();
    let total = f64::from(days.iter().sum::<u32>()).max(1.0);
    LAYERS
        .into_iter()
        .map(|(reference, every_days)| {
            let least = (covered.unsigned_abs() / every_days).max(1);
            let inner = days.iter().take(reference as usize).sum::<u32>();
            audit::Layer {
                reference,
                every_days,
                people: count(days.iter().filter(|days| **days >= least).count()),
                share: f64::from(inner) / total,
            }
        })
        .collect()
}

fn replies(study: &Study, ranked: &[usize]) -> Vec<audit::LayerReplies> {
    let waits: Vec<Sides<Waits>> =
        ranked.par_iter().map(|at| turns::waits(&study.ties[*at].touches, study.as_of)).collect();
    let year = study.as_of.plus(-YEAR);
    let is_new = |rank: usize| {
        let begun = quarters::follow_up(&study.ties[ranked[rank]]).map(|met| met.begun);
        begun.is_some_and(|begun| begun > year)
    };
    let of = |layer: ReplyLayer, holds: &dyn Fn(usize) -> bool| {
        let mut pool = Sides::<Waits>::default();
        let mut ties = 0;
        for (_, waits) in waits.iter().enumerate().filter(|(rank, _)| holds(*rank)) {
            pool.yours.extend(&waits.yours);
            pool.theirs.extend(&waits.theirs);
            ties += usize::from(*waits != Sides::default());
        }
        audit::LayerReplies {
            layer,
            ties: count(ties),
            replies: Sides { yours: pool.yours.latency(), theirs: pool.theirs.latency() },
        }
    };
    let found = [
        of(ReplyLayer::All, &|_| true),
        of(ReplyLayer::Inner, &|rank| rank < 5),
        of(ReplyLayer::Close, &|rank| (5..15).contains(&rank)),
        of(ReplyLayer::Active, &|rank| (15..50).contains(&rank)),
        of(ReplyLayer::Wider, &|rank| (50..150).contains(&rank)),
        of(ReplyLayer::Further, &|rank| rank >= 150),
        of(ReplyLayer::NewThisYear, &is_new),
    ];
    found.into_iter().filter(|layer| layer.ties > 0).collect()
}

/// Changes between the quarters before `as_of`, oldest first, as far as the log reaches.
fn signature(study: &Study) -> Vec<SignatureChange> {
    let Some(first) = first_contact(study) else {
        return Vec::new();
    };
    let window = |back: i32| {
        let to = study.as_of.plus(-back * QUARTER);
        let from = to.plus(-QUARTER);
        let found = if from >= first.plus(-1) { shares(study, from, to) } else { Vec::new() };
        (found.len() >= FEWEST).then_some(found)
    };
    (0..QUARTERS)
        .rev()
        .filter_map(|back| {
            let (now, before) = (window(back)?, window(back + 1)?);
            Some(SignatureChange {
                as_of: study.as_of.plus(-back * QUARTER).date(),
                by_rank: by_rank(&now, &before),
                by_person: by_person(&now, &before, study.ties.len()),
            })
        })
        .collect()
}

fn by_rank(now: &[(usize, f64)], before: &[(usize, f64)]) -> f64 {
    let ranks = now.len().max(before.len());
    let padded = |shares: &[(usize, f64)]| {
        let mut out: Vec<f64> = shares.iter().map(|(_, share)| *share).collect();
        out.resize(ranks, 0.0);
        out
    };
    jensen_shannon(&padded(now), &padded(before))
}

fn by_person(now: &[(usize, f64)], before: &[(usize, f64)], people: usize) -> f64 {
    let spread = |shares: &[(usize, f64)]| {
        let mut out = vec![0.0; people];
        for (at, share) in shares {
            out[*at] = *share;
        }
        out
    };
    jensen_shannon(&spread(now), &spread(before))
}

/// Jensen–Shannon divergence of two distributions over the same classes, in bits: `H((p+q)/2) − (H(p)+H(q))/2`, 0..=1.
///
/// ```
/// use weaktie::analysis::layers::jensen_shannon;
/// let found = jensen_shannon(&[0.5, 0.5, 0.0], &[0.25, 0.25, 0.5]);
/// assert!((found - 0.311_278).abs() < 1e-6);
/// ```
#[must_use]
pub fn jensen_shannon(p: &[f64], q: &[f64]) -> f64 {
    let part = |a: f64, b: f64| if a > 0.0 { a * libm::log2(2.0 * a / (a + b)) } else { 0.0 };
    let both: f64 = p.iter().zip(q).map(|(p, q)| part(*p, *q) + part(*q, *p)).sum();
    (both / 2.0).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_people_is_none_of_the_pattern() {
        let (before, now) = ([(0, 0.7), (1, 0.3)], [(2, 0.7), (1, 0.3)]);
        assert!(by_rank(&now, &before).abs() < 1e-12);
        // 0.7 of each moved to somebody new: 0.7 bits.
        assert!((by_person(&now, &before, 3) - 0.7).abs() < 1e-12);
        assert!((jensen_shannon(&[1.0, 0.0], &[0.0, 1.0]) - 1.0).abs() < 1e-12);
    }
}
