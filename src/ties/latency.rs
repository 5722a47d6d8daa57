//! How long one side takes to answer the other.
//!
//! **Definition** a *turn* is a run of private messages of one side; it is answered by the other side's next private
//! message, and its wait runs from its first message. The last turn of a tie may still be open: it is censored at the
//! end of the last day. Survival by Kaplan & Meier 1958; the median is the first wait by which half of the turns are
//! answered, undefined when fewer are.
//!
//! **Minimum** three turns; below that there is no curve, only the count.

use crate::audit::Latency;

const DAY: f64 = 86_400.0;
const WEEK: i64 = 7 * 86_400;
const FEWEST: usize = 3;

/// From the waits of answered turns in seconds (sorted on the way) and those of open ones, in any order.
///
/// ```
/// use weaktie::ties::latency;
/// let day = 86_400;
/// let found = latency::of(&mut [9 * day, day, 2 * day, 3 * day], &[]);
/// assert_eq!((found.turns, found.median_days, found.within_week), (4, Some(2.0), Some(0.75)));
/// ```
#[must_use]
pub fn of(waits: &mut [i64], open: &[i64]) -> Latency {
    let turns = waits.len() + open.len();
    let mut found =
        Latency { turns: u32::try_from(turns).unwrap_or(u32::MAX), ..Latency::default() };
    if turns < FEWEST {
        return found;
    }
    waits.sort_unstable();
    // A tie has one open turn at most; a pool of ties has many.
    let mut open = open.to_vec();
    open.sort_unstable();
    let (mut survival, mut by_week, mut left) = (1.0, 1.0, 0);
    for (answered, wait) in waits.iter().enumerate() {
        while open.get(left).is_some_and(|open| open < wait) {
            left += 1;
        }
        survival *= 1.0 - 1.0 / (turns - answered - left) as f64;
        if *wait <= WEEK {
            by_week = survival;
        }
        if found.median_days.is_none() && survival <= 0.5 + 1e-12 {
            found.median_days = Some(*wait as f64 / DAY);
        }
    }
    found.within_week = Some(1.0 - by_week);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const D: i64 = 86_400;

    #[test]
    fn without_censoring_it_is_the_plain_share() {
        let found = of(&mut [9 * D, D, 2 * D, 3 * D], &[]);
        assert_eq!((found.turns, found.median_days), (4, Some(2.0)));
        assert!((found.within_week.unwrap() - 0.75).abs() < 1e-12);
    }

    #[test]
    fn a_turn_that_still_waits_counts_while_it_waits() {
        // By hand: answered after 1 and 8 days, open for 4. S(1) = 2/3; the open one leaves; S(8) = 2/3 · 0 = 0.
        let found = of(&mut [8 * D, D], &[4 * D]);
        assert_eq!(found.median_days, Some(8.0));
        assert!((found.within_week.unwrap() - 1.0 / 3.0).abs() < 1e-12);
        // Open for longer than any answer took: S(8) = 1/3.
        let found = of(&mut [8 * D, D], &[40 * D]);
        assert_eq!(found.median_days, Some(8.0));
    }

    #[test]
    fn many_open_turns_of_many_ties() {
        // Answered after 1, 3 and 6 days; open for 2, 2 and 5. At risk: 6, then 3, then 1.
        // S = 5/6, 5/6 · 2/3 = 5/9, 0: the median is 6, and 1 − 0 are answered within the week.
        let found = of(&mut [6 * D, D, 3 * D], &[5 * D, 2 * D, 2 * D]);
        assert_eq!((found.turns, found.median_days), (6, Some(6.0)));
        assert!((found.within_week.unwrap() - 1.0).abs() < 1e-12);
        let found = of(&mut [10 * D, D, 3 * D], &[5 * D, 2 * D, 2 * D]);
        assert!((found.within_week.unwrap() - 4.0 / 9.0).abs() < 1e-12);
    }

    #[test]
    fn mostly_unanswered_has_no_median_and_few_turns_no_curve() {
        assert_eq!(of(&mut [D], &[D]), Latency { turns: 2, ..Latency::default() });
        assert_eq!(of(&mut [], &[D]).turns, 1);
        let found = of(&mut [D, D], &[D]);
        assert!((found.within_week.unwrap() - 2.0 / 3.0).abs() < 1e-12);
    }
}
