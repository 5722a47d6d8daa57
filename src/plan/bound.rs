//! The certificate: a bound that no plan within the limits can exceed (`methods` G.3).
//!
//! For any set `S`, the best plan is worth at most `F(S)` plus the best further gains at `S` of items outside `S`, since gains
//! only shrink. The gains are added up under the number of cards, the caps a person and a circle (a laminar family, on which
//! taking the largest first is exact), and the minutes by a price: `λ·minutes + Σ max(0, gain − λ·minutes_i)` bounds the sum for
//! every `λ ≥ 0`. The least over prefixes of the chosen order and over prices counts.

use std::collections::{BTreeMap, BTreeSet};

use super::objective::{Objective, Open};
use super::rules::A_CIRCLE;
use super::search::Problem;

/// Prices tried: quantiles of gain a minute.
const PRICES: usize = 24;
/// Prefixes tried at most.
const PREFIXES: usize = 16;

/// The bound, from the chosen items in order.
#[must_use]
pub fn bound(problem: &Problem, chosen: &[usize]) -> f64 {
    let cards = problem.room.cards.saturating_sub(problem.used.cards);
    let minutes = f64::from(problem.room.minutes.saturating_sub(problem.used.minutes));
    let mut open = problem.objective.open();
    let (mut value, mut best) = (0.0, f64::INFINITY);
    let step = chosen.len().div_ceil(PREFIXES).max(1);
    for taken in 0..=chosen.len() {
        if taken % step == 0 || taken == chosen.len() {
            let further = further(problem, &chosen[..taken], &open, (cards, minutes));
            best = best.min(value + further);
        }
        if let Some(at) = chosen.get(taken) {
            value += problem.objective.gain(&problem.items[*at], &open);
            Objective::take(&problem.items[*at], &mut open);
        }
    }
    best.max(value)
}

/// The largest sum of gains beside what is taken within the limits, or more.
fn further(problem: &Problem, taken: &[usize], open: &Open, (cards, minutes): (usize, f64)) -> f64 {
    let fits = |at: &usize| problem.used.admits(&problem.cards[*at], problem.room);
    let gains: Vec<(f64, usize)> = (problem.may.iter().copied())
        .filter(|at| !taken.contains(at) && fits(at))
        .map(|at| (problem.objective.gain(&problem.items[at], open), at))
        .filter(|(gain, _)| *gain > 0.0)
        .collect();
    let length = |at: usize| f64::from(problem.cards[at].minutes);
    let mut prices: Vec<f64> = gains.iter().map(|(gain, at)| gain / length(*at).max(1.0)).collect();
    prices.sort_by(f64::total_cmp);
    let quantile = |nth: usize| prices.get(nth * prices.len() / PRICES).copied().unwrap_or(0.0);
    let tried = (0..PRICES).map(quantile).chain(prices.iter().rev().take(PRICES).copied());
    [0.0]
        .into_iter()
        .chain(tried)
        .map(|price| {
            let left = gains.iter().map(|(gain, at)| (gain - price * length(*at), *at));
            price * minutes + largest(problem, left.filter(|(gain, _)| *gain > 0.0), cards)
        })
        .fold(f64::INFINITY, f64::min)
}

/// The largest sum of so many, under the caps.
fn largest(problem: &Problem, gains: impl Iterator<Item = (f64, usize)>, cards: usize) -> f64 {
    let mut order: Vec<(f64, usize)> = gains.collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut circles: BTreeMap<u32, u32> = BTreeMap::new();
    let mut people: BTreeSet<u32> = BTreeSet::new();
    let (mut sum, mut taken) = (0.0, 0);
    for (gain, at) in order {
        if taken == cards {
            break;
        }
        let card = &problem.cards[at];
        // An introduction stands in two people's caps: leaving these out can only raise the bound. The laminar family is
        // that of single people within circles.
        if let ([who], false) = (card.people.as_slice(), card.introduces)
            && !people.insert(*who)
        {
            continue;
        }
        if let Some(circle) = card.circle {
            let before = problem.used.in_circle(circle);
            let inside = circles.entry(circle).or_insert(before);
            if *inside >= A_CIRCLE {
                continue;
            }
            *inside += 1;
        }
        sum += gain;
        taken += 1;
    }
    sum
}
