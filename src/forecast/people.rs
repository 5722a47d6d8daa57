//! What is known of a person at a cut-off from all of their ties: how many, how active lately, and when last seen with anybody.
//!
//! **Active days** the decayed number of distinct days with contact, age `a` in days: `Σ 2^(−a/H) · ln 2 / H`, days older
//! than six horizons (1.6 % of a day's weight) left out.
//! **Last seen but for one** the last day with contact with anybody but one given person: kept as the last day, with whom,
//! and the last day with another.
//! **Recent partners** those met within `2H`. Cost: O(contact days), people in parallel.

use rayon::prelude::*;

use super::history::Histories;
use crate::units::Day;

/// Horizons after which a day no longer weighs.
const WINDOW: i32 = 6;

/// One person at a cut-off.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Person {
    /// Ties begun before the cut-off.
    pub(super) ties: u32,
    /// Decayed distinct active days a day.
    pub(super) active: f64,
    /// Last day with contact, and with whom.
    last: Option<(Day, u32)>,
    /// The last day with anybody else.
    second: Option<Day>,
    /// People met within two horizons, in order.
    recent: Vec<u32>,
}

impl Person {
    /// The last day with contact with anybody but `other`.
    pub(super) fn last_but_for(&self, other: u32) -> Option<Day> {
        match self.last {
            Some((_, with)) if with == other => self.second,
            last => last.map(|(day, _)| day),
        }
    }
}

/// Every wanted person at the cut-off; the rest stay empty.
pub(super) fn people(
    histories: &Histories,
    cutoff: Day,
    horizon: i32,
    wanted: &[bool],
) -> Vec<Person> {
    let window = WINDOW.saturating_mul(horizon).min(80_000);
    let words = usize::try_from(window / 64 + 1).unwrap_or(1);
    let decay = |age: i32| libm::exp2(-f64::from(age) / f64::from(horizon));
    let powers: Vec<f64> = (0..=window).map(decay).collect();
    let scale = std::f64::consts::LN_2 / f64::from(horizon);
    wanted
        .par_iter()
        .enumerate()
        .map_init(
            || vec![0_u64; words],
            |active, (person, is_wanted)| {
                let mut found = Person::default();
                let person = u32::try_from(person).unwrap_or(u32::MAX);
                if !is_wanted {
                    return found;
                }
                for tie in histories.ties_of(person) {
                    let days = histories.before(*tie as usize, cutoff);
                    let Some(last) = days.last().map(|day| day.day()) else { continue };
                    let [a, b] = histories.ends(*tie as usize);
                    let other = if a == person { b } else { a };
                    found.meet(other, last, cutoff.since(last) <= 2 * horizon);
                    let ages = days.iter().rev().map(|day| cutoff.since(day.day()));
                    for age in ages.take_while(|age| *age < window) {
                        active[age.unsigned_abs() as usize / 64] |= 1 << (age % 64);
                    }
                }
                let mut sum = 0.0;
                for (word, at) in active.iter_mut().zip(0..) {
                    while *word != 0 {
                        sum += powers[at * 64 + word.trailing_zeros() as usize];
                        *word &= *word - 1;
                    }
                }
                found.active = sum * scale;
                found
            },
        )
        .collect()
}

impl Person {
    fn meet(&mut self, other: u32, last: Day, is_recent: bool) {
        self.ties += 1;
        match self.last {
            Some((day, _)) if last <= day => self.second = self.second.max(Some(last)),
            known => {
                self.second = known.map(|(day, _)| day);
                self.last = Some((last, other));
            }
        }
        if is_recent {
            self.recent.push(other);
        }
    }
}

/// Jaccard index of the recent partners of two people: shared over all.
pub(super) fn overlap(a: &Person, b: &Person) -> f64 {
    let (few, many) = if a.recent.len() <= b.recent.len() { (a, b) } else { (b, a) };
    let shared = if few.recent.len() * 8 < many.recent.len() {
        few.recent.iter().filter(|who| many.recent.binary_search(who).is_ok()).count()
    } else {
        merged(&few.recent, &many.recent)
    };
    let all = a.recent.len() + b.recent.len() - shared;
    shared as f64 / all.max(1) as f64
}

fn merged(mut a: &[u32], mut b: &[u32]) -> usize {
    let mut shared = 0;
    while let (Some(first), Some(other)) = (a.first(), b.first()) {
        shared += usize::from(first == other);
        let (past_a, past_b) = (first <= other, other <= first);
        a = &a[usize::from(past_a)..];
        b = &b[usize::from(past_b)..];
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::super::history::tests::histories;
    use super::*;

    #[test]
    fn a_person_is_told_from_all_ties() {
        let all = histories(&[
            (0, 1, &[10, 90]),
            (0, 2, &[90, 95]),
            (0, 3, &[200]),
            (1, 2, &[99]),
            (2, 3, &[1]),
        ]);
        let found = people(&all, Day(100), 30, &[true, true, true, false]);
        assert_eq!(found[0].ties, 2);
        // Days 10, 90 and 95 are active: 90, 10 and 5 days ago.
        let sum: f64 = [90.0, 10.0, 5.0].iter().map(|age: &f64| (-age / 30.0).exp2()).sum();
        assert!((found[0].active - sum * std::f64::consts::LN_2 / 30.0).abs() < 1e-12);
        assert_eq!(found[0].last_but_for(2), Some(Day(90)));
        assert_eq!(found[0].last_but_for(1), Some(Day(95)));
        assert_eq!(found[1].last_but_for(2), Some(Day(90)));
        assert_eq!(found[3], Person::default());
        // 0 met 1 and 2 lately, 1 met 0 and 2: one shared of three.
        assert!((overlap(&found[0], &found[1]) - 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn both_ways_of_counting_the_shared_agree() {
        let of = |recent: Vec<u32>| Person { recent, ..Person::default() };
        let (few, many) = (of(vec![3, 50, 999]), of((0..100).collect()));
        assert!((overlap(&few, &many) - 2.0 / 101.0).abs() < 1e-15);
        assert_eq!(merged(&few.recent, &many.recent), 2);
    }
}
