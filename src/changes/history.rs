//! The five numbers over the quarters, with those that earlier audits handed on.
//!
//! An audit keeps the numbers of the audits before it as they were told then, so that eight quarters can be drawn from one folder,
//! and from logs that reach back less far.

use crate::audit::Quarter;
use crate::units::Day;

/// Quarters kept.
const KEPT: usize = 8;
/// Days from which two days are two quarters.
const APART: i32 = 45;

/// The numbers of earlier audits as told then, and those of `own` (oldest first, the last is today's) where they told none.
#[must_use]
pub fn carried(earlier: &[Quarter], own: &[Quarter]) -> Vec<Quarter> {
    let Some((today, before)) = own.split_last() else { return Vec::new() };
    let day = |quarter: &Quarter| Day::from_date(quarter.as_of);
    let ahead = |quarter: &&Quarter| day(today).since(day(quarter)) >= APART;
    let told: Vec<&Quarter> = earlier.iter().filter(ahead).collect();
    let untold = before
        .iter()
        .filter(ahead)
        .filter(|quarter| told.iter().all(|other| day(other).since(day(quarter)).abs() >= APART));
    let mut all: Vec<Quarter> = told.iter().copied().chain(untold).cloned().collect();
    all.sort_by_key(|quarter| quarter.as_of);
    all.push(today.clone());
    all.drain(..all.len().saturating_sub(KEPT));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarter(day: i32, active_ties: u32) -> Quarter {
        Quarter {
            as_of: Day(day).date(),
            active_ties,
            effective_functions: None,
            efficiency: None,
            valued_slipping: 0,
            first_meetings: 0,
            followed_up: 0,
            gained: None,
            lost: None,
        }
    }

    fn told(quarters: &[Quarter]) -> Vec<u32> {
        quarters.iter().map(|quarter| quarter.active_ties).collect()
    }

    #[test]
    fn what_was_told_stands_and_gaps_are_filled() {
        let earlier: Vec<Quarter> =
            (1..=8_u16).map(|n| quarter(i32::from(n) * 91, n.into())).collect();
        let own = [quarter(8 * 91 + 3, 80), quarter(9 * 91 + 3, 90)];
        assert_eq!(told(&carried(&earlier, &own)), [2, 3, 4, 5, 6, 7, 8, 90]);
        // Two quarters were skipped: the log of today fills the gap.
        let own = [quarter(9 * 91, 91), quarter(10 * 91, 92), quarter(11 * 91, 93)];
        assert_eq!(told(&carried(&earlier, &own)), [4, 5, 6, 7, 8, 91, 92, 93]);
        // A month later: the same quarter, told anew.
        assert_eq!(told(&carried(&earlier, &[quarter(8 * 91 + 30, 9)])), [1, 2, 3, 4, 5, 6, 7, 9]);
        assert!(carried(&earlier, &[]).is_empty());
    }
}
