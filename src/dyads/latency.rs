//! How long one side takes to answer the other.
//!
//! **Definition** a *turn* is a run of private messages of one side; it is answered by the other side's next private
//! message, and its wait runs from its first message. The last turn may still be open: it is censored at the end of
//! the last day. Survival by Kaplan & Meier 1958; the median is the first wait by which half of the turns are answered,
//! undefined when fewer are.
//!
//! **Minimum** three turns; below that there is no curve, only the count.

/// Answers of one side.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Latency {
    /// Turns of the other side, an open one included.
    pub turns: u32,
    /// Median wait in days.
    pub median: Option<f64>,
    /// P(an answer within seven days).
    pub within_week: Option<f64>,
}

const DAY: f64 = 86_400.0;
const WEEK: i64 = 7 * 86_400;
const FEWEST: usize = 3;

/// From the waits of answered turns in seconds (sorted on the way) and that of an open one.
#[must_use]
pub fn of(waits: &mut [i64], open: Option<i64>) -> Latency {
    let turns = waits.len() + usize::from(open.is_some());
    let mut found =
        Latency { turns: u32::try_from(turns).unwrap_or(u32::MAX), ..Latency::default() };
    if turns < FEWEST {
        return found;
    }
    waits.sort_unstable();
    let (mut survival, mut by_week) = (1.0, 1.0);
    for (answered, wait) in waits.iter().enumerate() {
        let gone = answered + usize::from(open.is_some_and(|open| open < *wait));
        survival *= 1.0 - 1.0 / (turns - gone) as f64;
        if *wait <= WEEK {
            by_week = survival;
        }
        if found.median.is_none() && survival <= 0.5 + 1e-12 {
            found.median = Some(*wait as f64 / DAY);
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
        let found = of(&mut [9 * D, D, 2 * D, 3 * D], None);
        assert_eq!((found.turns, found.median), (4, Some(2.0)));
        assert!((found.within_week.unwrap() - 0.75).abs() < 1e-12);
    }

    #[test]
    fn a_turn_that_still_waits_counts_while_it_waits() {
        // By hand: answered after 1 and 8 days, open for 4. S(1) = 2/3; the open one leaves; S(8) = 2/3 · 0 = 0.
        let found = of(&mut [8 * D, D], Some(4 * D));
        assert_eq!(found.median, Some(8.0));
        assert!((found.within_week.unwrap() - 1.0 / 3.0).abs() < 1e-12);
        // Open for longer than any answer took: S(8) = 1/3.
        let found = of(&mut [8 * D, D], Some(40 * D));
        assert_eq!(found.median, Some(8.0));
    }

    #[test]
    fn mostly_unanswered_has_no_median_and_few_turns_no_curve() {
        assert_eq!(of(&mut [D], Some(D)), Latency { turns: 2, ..Latency::default() });
        assert_eq!(of(&mut [], Some(D)).turns, 1);
        let found = of(&mut [D, D], Some(D));
        assert!((found.within_week.unwrap() - 2.0 / 3.0).abs() < 1e-12);
    }
}
