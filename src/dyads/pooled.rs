//! What no pair can tell by itself: the usual gap, the midpoint of strength, who has gone.
//!
//! All pairs of the log stand where the owner's ties stand in an audit: short histories are shrunk to the pooled median
//! gap, and strength is 1/2 at the median activity.

use crate::audit::TieState;
use crate::ties::rhythm;
use crate::ties::strength;
use crate::units::Day;

use super::Dyad;
use super::features::Frame;

/// How often each gap occurs, by its days; a log spans at most 80,354.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gaps(Vec<u64>);

impl Gaps {
    /// Adds the sorted gaps of a pair.
    pub fn add(&mut self, sorted: &[u32]) {
        let Some(longest) = sorted.last() else { return };
        if *longest as usize >= self.0.len() {
            self.0.resize(*longest as usize + 1, 0);
        }
        for gap in sorted {
            self.0[*gap as usize] += 1;
        }
    }

    /// Adds another count.
    pub fn merge(&mut self, other: &Self) {
        if other.0.len() > self.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (sum, count) in self.0.iter_mut().zip(&other.0) {
            *sum += count;
        }
    }

    fn all(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The median gap; `None` without any.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        let all = self.all();
        let at = |place: u64| {
            let mut before = 0;
            self.0.iter().position(|count| {
                before += count;
                before > place
            })
        };
        let upper = at(all / 2)? as f64;
        if all % 2 == 1 { Some(upper) } else { Some(f64::midpoint(at(all / 2 - 1)? as f64, upper)) }
    }
}

/// What rests on all pairs.
#[derive(Debug, Clone)]
pub struct Pooled {
    /// Median gap over all pairs, in days.
    pub median_gap: Option<f64>,
    /// Activity at which strength is 1/2.
    pub midpoint: Option<f64>,
    /// Share of gaps up to each number of days.
    shares: Vec<f64>,
    /// The last day on which each person did anything.
    seen: Vec<Option<Day>>,
    as_of: Day,
    ladder: [f64; 3],
}

/// What follows for one pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settled {
    /// `A / (A + A50)`.
    pub strength: f64,
    /// Strength at its best quarter end.
    pub peak_strength: f64,
    /// Days since the last contact day.
    pub silent: Option<u32>,
    /// Days since the first contact day.
    pub tenure: Option<u32>,
    /// Median gap, shrunk to the pooled one by two pseudo-gaps.
    pub usual_gap: Option<f64>,
    /// `silent / usual_gap`.
    pub overdue: Option<f64>,
    /// Share of gaps shorter than the silence, shrunk to the pooled share.
    pub overdue_quantile: Option<f64>,
    /// State by the ladder (`methods` C.9).
    pub state: TieState,
}

impl Pooled {
    /// Settles what needs all pairs.
    #[must_use]
    pub fn of(pairs: &[Dyad], people: usize, gaps: &Gaps, frame: &Frame) -> Self {
        let median_gap = gaps.median();
        let midpoint = strength::midpoint(pairs.iter().map(|pair| pair.features.activity));
        let mut seen: Vec<Option<(bool, Day)>> = vec![None; people];
        for pair in pairs {
            for (person, day) in [pair.a, pair.b].into_iter().zip(pair.features.seen) {
                let known = &mut seen[person as usize];
                *known = later(*known, day);
            }
        }
        Self {
            median_gap,
            midpoint,
            shares: shares(gaps),
            seen: seen.into_iter().map(|seen| seen.map(|(_, day)| day)).collect(),
            as_of: frame.as_of,
            ladder: frame.model.ladder,
        }
    }

    /// What follows for one pair.
    #[must_use]
    pub fn settle(&self, pair: &Dyad) -> Settled {
        let features = &pair.features;
        let silent = features.day_span.map(|(_, last)| days(self.as_of, last));
        let tenure = features.day_span.map(|(first, _)| days(self.as_of, first));
        let own_gaps = features.contact_days.saturating_sub(1);
        let usual_gap = rhythm::shrunk_gap(features.median_gap, own_gaps, self.median_gap);
        let overdue = usual_gap.zip(silent).map(|(usual, silent)| f64::from(silent) / usual);
        let overdue_quantile = usual_gap.zip(silent).map(|(_, silent)| {
            let pooled = self.shares.get(silent as usize).or(self.shares.last());
            let pooled = rhythm::SHRINK * pooled.copied().unwrap_or(0.0);
            (f64::from(features.shorter_gaps) + pooled) / (f64::from(own_gaps) + rhythm::SHRINK)
        });
        let unseen = [pair.a, pair.b]
            .into_iter()
            .map(|person| self.seen.get(person as usize).copied().flatten())
            .map(|seen| seen.map_or(f64::INFINITY, |day| f64::from(self.as_of.since(day))))
            .fold(0.0, f64::max);
        let state = match (tenure, silent) {
            (Some(tenure), Some(silent)) => {
                let times = rhythm::Times { tenure, silent, unseen };
                rhythm::state(times, features.contact_days, usual_gap, &self.ladder)
            }
            _ => TieState::NeverActive,
        };
        Settled {
            strength: strength::strength(features.activity, self.midpoint),
            peak_strength: strength::strength(features.peak_activity, self.midpoint),
            silent,
            tenure,
            usual_gap,
            overdue,
            overdue_quantile,
            state,
        }
    }
}

fn days(later: Day, earlier: Day) -> u32 {
    later.since(earlier).max(0).unsigned_abs()
}

/// An act outweighs being named; of acts the last counts, of names the first.
fn later(known: Option<(bool, Day)>, day: Option<(bool, Day)>) -> Option<(bool, Day)> {
    match (known, day) {
        (Some((true, a)), Some((true, b))) => Some((true, a.max(b))),
        (Some((false, a)), Some((false, b))) => Some((false, a.min(b))),
        (Some((true, a)), _) => Some((true, a)),
        (_, Some((true, b))) => Some((true, b)),
        (a, b) => a.or(b),
    }
}

fn shares(gaps: &Gaps) -> Vec<f64> {
    let all = gaps.all().max(1) as f64;
    let mut below = 0_u64;
    let share = |count: &u64| {
        below += count;
        below as f64 / all
    };
    gaps.0.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_counted_gaps_is_that_of_the_list() {
        let mut gaps = Gaps::default();
        gaps.add(&[1, 1, 2, 9]);
        assert_eq!(gaps.median(), Some(1.5));
        let mut other = Gaps::default();
        other.add(&[9]);
        gaps.merge(&other);
        assert_eq!(gaps.median(), Some(2.0));
        assert!((shares(&gaps)[2] - 0.6).abs() < 1e-12);
        assert_eq!(Gaps::default().median(), None);
    }

    #[test]
    fn acts_outweigh_names() {
        let (act, name) = (Some((true, Day(5))), Some((false, Day(9))));
        assert_eq!(later(act, name), act);
        assert_eq!(later(name, act), act);
        assert_eq!(later(name, Some((false, Day(7)))), Some((false, Day(7))));
    }
}
