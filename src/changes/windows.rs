//! What of two quarters can be set against each other.
//!
//! Two windows of equal length end on the days of the two audits. Where today's log holds the earlier window whole, both windows
//! are read from it: the same sources saw both. A channel is **not comparable** when it appears or vanishes, or when its volume a
//! week is more than twice or less than half of what it was and a conditional binomial test at 1 % agrees (a new mailbox, a
//! calendar that was not loaded). Then only the other channels are compared. Channels with less than an interaction a week in both
//! windows are too small to be judged and stay in.

use std::collections::BTreeMap;

use crate::audit::{Audit, ChannelCoverage, Comparable, Rhythm};
use crate::units::{Channel, Day};

use super::exact;

/// Longest window, in weeks: two of them fit the year that is saved.
const LONGEST: u32 = 26;
/// Window of two audits less than a week apart.
const QUARTER: u32 = 13;
/// Weeks saved.
const SAVED: u32 = 52;
/// Share of the earlier audit's volume from which today's log holds that window whole.
const WHOLE: f64 = 0.9;
/// Significance of a change in volume.
const LEVEL: f64 = 0.01;

/// The two windows and what can be compared in them.
#[derive(Debug, Clone, PartialEq)]
pub struct Windows {
    /// Length of each, in weeks.
    pub weeks: u32,
    /// Weeks from the end of the earlier window to the end of this one.
    pub gap: u32,
    /// What the channels hold.
    pub coverage: Vec<ChannelCoverage>,
    /// Comparable channels, and whether their earlier window is read from today's log.
    shared: BTreeMap<Channel, bool>,
    /// Channels that are not comparable.
    apart: bool,
}

impl Windows {
    /// The windows of two audits.
    #[must_use]
    pub fn of(then: &Audit, now: &Audit) -> Self {
        let days = Day::from_date(now.as_of).since(Day::from_date(then.as_of));
        let gap = u32::try_from(days / 7).unwrap_or(0);
        let weeks = if gap == 0 { QUARTER } else { gap.min(LONGEST) };
        let mut windows =
            Self { weeks, gap, coverage: Vec::new(), shared: BTreeMap::new(), apart: false };
        for channel in Channel::ALL.into_iter().filter(|channel| channel.is_contact()) {
            windows.judge(channel, then, now);
        }
        windows
    }

    fn judge(&mut self, channel: Channel, then: &Audit, now: &Audit) {
        let sum = |audit: &Audit, from: u32| -> u32 {
            let weeks = audit.findings.volume.get(&channel);
            let weeks = weeks.and_then(|all| all.get(from as usize..(from + self.weeks) as usize));
            weeks.map_or(0, |weeks| weeks.iter().sum())
        };
        let (earlier, recent) = (sum(then, 0), sum(now, 0));
        let kept = self.gap > 0 && self.gap + self.weeks <= SAVED;
        let again = if kept { sum(now, self.gap) } else { 0 };
        let from_this = kept && again > 0 && f64::from(again) >= WHOLE * f64::from(earlier);
        let before = if from_this { again } else { earlier };
        // `Other` of then alone may be weeks of version 1, of which nobody knows the channel.
        let unknown = channel == Channel::Other && !now.findings.volume.contains_key(&channel);
        if recent == 0 && (before == 0 || unknown) {
            return;
        }
        let verdict = comparable(before, recent, self.weeks);
        if verdict == Comparable::Yes {
            self.shared.insert(channel, from_this);
        } else {
            self.apart = true;
        }
        let weekly = |sum: u32| f64::from(sum) / f64::from(self.weeks);
        let (before, now) = (weekly(before), weekly(recent));
        self.coverage.push(ChannelCoverage { channel, before, now, verdict, from_this });
    }

    /// Whether some channel cannot be compared.
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        self.apart
    }

    /// Whether a channel can be compared; one without any volume can.
    #[must_use]
    pub fn shares(&self, channel: Channel) -> bool {
        !self.apart
            || self.shared.contains_key(&channel)
            || self.coverage.iter().all(|one| one.channel != channel)
    }

    /// Weeks with contact in the two windows, over the comparable channels.
    #[must_use]
    pub fn contact(&self, then: &[&Rhythm], now: Option<&Rhythm>) -> (u32, u32) {
        let window = (1_u64 << self.weeks) - 1;
        let (mut before, mut recent) = (0, 0);
        for (channel, from_this) in &self.shared {
            let bits = |rhythm: &Rhythm| rhythm.seen.get(channel).copied().unwrap_or(0);
            let today = now.map_or(0, bits);
            recent |= today & window;
            before |= if *from_this {
                (today >> self.gap) & window
            } else {
                then.iter().fold(0, |all, rhythm| all | bits(rhythm)) & window
            };
        }
        (before.count_ones(), recent.count_ones())
    }

    /// Whether somebody was seen in this window, and on channels that cannot be compared alone.
    #[must_use]
    pub fn only_apart(&self, rhythm: &Rhythm) -> bool {
        let window = (1_u64 << self.weeks) - 1;
        let seen = |shared: bool| {
            let own = rhythm.seen.iter().filter(|(channel, _)| self.shares(**channel) == shared);
            own.fold(0, |all, (_, bits)| all | bits) & window != 0
        };
        seen(false) && !seen(true)
    }
}

/// Whether two volumes of one channel, in windows of so many weeks, can be set against each other.
#[must_use]
pub fn comparable(before: u32, now: u32, weeks: u32) -> Comparable {
    let small = before.max(now) < weeks;
    let beyond = || exact::rates((before, 1.0), (now, 1.0)) < LEVEL;
    match (before, now) {
        _ if small => Comparable::Yes,
        (0, _) => Comparable::Appeared,
        (_, 0) => Comparable::Vanished,
        (before, now) if before.max(now) > 2 * before.min(now) && beyond() => Comparable::Jumped,
        _ => Comparable::Yes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::testing::{audit, later, weeks};

    #[test]
    fn a_new_mailbox_is_told_from_more_contact() {
        assert_eq!(comparable(100, 190, 13), Comparable::Yes);
        assert_eq!(comparable(100, 230, 13), Comparable::Jumped);
        assert_eq!(comparable(13, 27, 13), Comparable::Yes, "chance alone may do that");
        assert_eq!(
            (comparable(0, 12, 13), comparable(0, 40, 13)),
            (Comparable::Yes, Comparable::Appeared)
        );
        assert_eq!(comparable(40, 0, 13), Comparable::Vanished);
    }

    #[test]
    fn windows_end_on_their_days_and_never_overlap() {
        let then = audit();
        for (days, gap, long) in
            [(91, 13, 13), (184, 26, 26), (30, 4, 4), (400, 57, 26), (0, 0, 13)]
        {
            let windows = Windows::of(&then, &later(&then, days));
            assert_eq!((windows.gap, windows.weeks), (gap, long), "{days} days");
        }
    }

    #[test]
    fn one_log_for_both_windows_where_it_holds_both() {
        let mut then = audit();
        let mut now = later(&then, 91);
        // Then: 1 week seen. Today's log has that week and one more of the same window.
        weeks(&mut then, 0, Channel::Email, 0b1);
        weeks(&mut now, 0, Channel::Email, 0b11 << 13 | 0b1);
        let windows = Windows::of(&then, &now);
        let rhythm = |audit: &Audit| audit.ties[0].rhythm.clone().unwrap();
        assert_eq!(windows.contact(&[&rhythm(&then)], Some(&rhythm(&now))), (2, 1));
        assert!(windows.coverage[0].from_this);
        // A log that begins later cannot say what was then: the earlier audit does.
        weeks(&mut now, 0, Channel::Email, 0b1);
        let windows = Windows::of(&then, &now);
        assert_eq!(windows.contact(&[&rhythm(&then)], Some(&rhythm(&now))), (1, 1));
        assert!(!windows.coverage[0].from_this);
    }
}
