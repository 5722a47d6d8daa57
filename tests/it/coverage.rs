//! How often the intervals of effective numbers hold the truth: the table in the documentation of
//! `weaktie::analysis::diversity::sampling`.
//!
//! `WEAKTIE_TRIALS=1000 cargo test --release coverage -- --nocapture` prints it whole.

use weaktie::analysis::diversity::sampling::{Classed, intervals};
use weaktie::random::Stream;

use crate::support::asked_trials;

/// Share of `trials` samples of `people` whose interval holds the truth: by heads, by attention.
fn coverage(shares: &[f64], people: usize, spread: f64, trials: u64) -> [f64; 2] {
    let truth = 1.0 / shares.iter().map(|p| p * p).sum::<f64>();
    let mut hits = [0_u32; 2];
    for trial in 0..trials {
        let mut stream = Stream::new(20, "coverage", trial);
        let class: Vec<Option<u32>> = (0..people)
            .map(|_| {
                let at = stream.unit();
                let mut sum = 0.0;
                let found = shares.iter().position(|share| {
                    sum += share;
                    at < sum
                });
                u32::try_from(found.unwrap_or(shares.len() - 1)).ok()
            })
            .collect();
        let attention: Vec<f64> = (0..people).map(|_| (spread * stream.normal()).exp()).collect();
        let dimension = Classed { class: &class, classes: shares.len() };
        let found = intervals(&attention, &[dimension], trial)[0];
        for (hit, interval) in hits.iter_mut().zip([found.people, found.attention]) {
            let [low, high] = interval.expect("an interval");
            *hit += u32::from((low..=high).contains(&truth));
        }
    }
    hits.map(|hits| f64::from(hits) / trials as f64)
}

fn laws() -> [(&'static str, Vec<f64>); 3] {
    let normed = |raw: Vec<f64>| {
        let sum: f64 = raw.iter().sum();
        raw.into_iter().map(|p| p / sum).collect()
    };
    [
        ("1/k", normed((1..=15).map(|k| 1.0 / f64::from(k)).collect())),
        ("0.75^k", normed((0..15).map(|k| 0.75_f64.powi(k)).collect())),
        ("even", normed(vec![1.0; 15])),
    ]
}

#[test]
fn coverage_is_as_printed() {
    let asked = asked_trials();
    let sizes: &[usize] = if asked.is_some() { &[60, 300] } else { &[60] };
    for (name, shares) in laws() {
        for people in sizes {
            let at = |spread| coverage(&shares, *people, spread, asked.unwrap_or(120));
            let [heads, attention] = at(1.5);
            assert!(heads >= 0.90 && attention >= 0.86, "{name}: {heads} {attention}");
            if asked.is_some() {
                let [_, narrower] = at(1.0);
                println!("| {name} | {people} | {heads:.2} | {narrower:.2} | {attention:.2} |");
            }
        }
    }
}
