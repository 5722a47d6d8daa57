//! Introductions worth giving: two contacts, both close, of different circles, with no tie seen between them.
//!
//! `score = √(s_a·s_b) · fit`; fit = same industry and different function 1, same function in different circles ½
//! (`methods` F.1, first form). At most one introduction a person. Both are asked first.

use std::collections::BTreeSet;

use crate::audit::{ActionKind, Confidence};
use crate::people::Person;
use crate::text::class_within;
use crate::units::{Channel, Evidence};

use super::candidate::{Candidate, Worth};
use super::{Context, Recommender};

const MOST: usize = 3;
/// Worth of a perfect introduction beside a tie kept: it keeps two ties warm, a modest touch each.
const WORTH: f64 = 0.1;
/// Strongest ties considered: an introduction rests on standing well with both.
const CLOSEST: usize = 60;

/// Introductions to give.
pub(super) struct Introduce;

impl Recommender for Introduce {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        let mut close: Vec<usize> = (0..context.study.ties.len())
            .filter(|at| context.tie(*at).rhythm.active && context.community[*at].is_some())
            .filter(|at| context.tie(*at).strength >= 0.5)
            .collect();
        close.sort_by(|a, b| {
            let strength = |at: &usize| context.tie(*at).strength;
            strength(b).total_cmp(&strength(a)).then(a.cmp(b))
        });
        close.truncate(CLOSEST);
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (index, a) in close.iter().enumerate() {
            for b in &close[index + 1..] {
                let known = context.study.network.flat.has_tie(*a, *b);
                let apart = context.community[*a] != context.community[*b];
                let fit = fit(context.person(*a), context.person(*b)).map_or(0.0, |fit| fit.0);
                if !known && apart && fit > 0.0 {
                    let standing = context.tie(*a).strength * context.tie(*b).strength;
                    pairs.push((libm::sqrt(standing) * fit, *a, *b));
                }
            }
        }
        pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        let mut taken = BTreeSet::new();
        pairs
            .into_iter()
            .filter(|(_, a, b)| {
                let free = !taken.contains(a) && !taken.contains(b);
                free && taken.insert(*a) && taken.insert(*b)
            })
            .take(MOST)
            .map(|(score, a, b)| introduction(context, score, a, b))
            .collect()
    }
}

/// How well two people fit, and what they share; `None` when nothing speaks for it.
fn fit(a: &Person, b: &Person) -> Option<(f64, String)> {
    let industry = a.industry.as_ref().zip(b.industry.as_ref());
    let function = a.function.as_ref().zip(b.function.as_ref());
    let same_industry = industry.filter(|(x, y)| x.code == y.code).map(|(x, _)| x.code);
    let same_function = function.filter(|(x, y)| x.code == y.code).map(|(x, _)| x.code);
    match (same_industry, same_function) {
        (Some(industry), None) if function.is_some() => Some((
            1.0,
            format!("Both work in {}, on different sides of it", class_within(industry)),
        )),
        (_, Some(function)) => {
            Some((0.5, format!("Both work in {}, in different circles", class_within(function))))
        }
        _ => None,
    }
}

fn introduction(context: &Context, score: f64, a: usize, b: usize) -> Candidate {
    let (first, second) = (context.person(a), context.person(b));
    let shared = fit(first, second).map_or_else(String::new, |fit| fit.1);
    let channel = Channel::Email;
    Candidate {
        kind: ActionKind::Introduce,
        people: vec![a, b],
        reason: format!("{shared}; no tie is seen between {} and {}.", first.name, second.name),
        evidence: vec![context.contact_days(a), context.contact_days(b)],
        tier: Evidence::Interaction,
        goal: "Give forward",
        first_move: "ask both first, one line each on why the other is worth an hour.".to_owned(),
        channel,
        minutes: context.config.minutes(channel) * 2,
        confidence: Confidence::Fair,
        skip_if: "either declines, or they know each other.",
        judged_by: "both on one thread.",
        expires: None,
        worth: Worth::Gain {
            own: WORTH * score,
            answer: context.answer(a).min(context.answer(b)),
            straits: std::collections::BTreeMap::new(),
            classes: Vec::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::attributes::classify_title;

    fn person(title: &str) -> Person {
        Person { function: classify_title(title, "").function, ..Person::default() }
    }

    #[test]
    fn what_two_people_share_is_said_in_words() {
        let shared = fit(&person("Chief Executive Officer"), &person("Managing Director"));
        let shared = shared.map(|fit| fit.1);
        assert_eq!(
            shared.as_deref(),
            Some("Both work in general management, in different circles")
        );
    }
}
