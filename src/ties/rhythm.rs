//! The rhythm of a tie: its gaps, its silence, its state.
//!
//! Gaps are between contact days. The usual gap is the median, shrunk towards the owner's by two pseudo-gaps:
//! `m = exp((x·ln med + 2·ln med_owner) / (x + 2))` (`methods` C.2). States follow `methods` C.9, first match wins. The
//! date of connecting is not a contact day.

use crate::audit::TieState;
use crate::units::{Channel, Day};

use super::owner::{Direction, Touch};

/// Pseudo-gaps of shrinkage.
pub const SHRINK: f64 = 2.0;
/// Days after which an unanswered message no longer counts.
pub const UNANSWERED_WINDOW: i32 = 180;
/// A message that waits for longer is no longer owed a reply: that moment has passed.
const OWED_WINDOW: i32 = 60;
/// Days of silence from which a tie is dormant.
pub const DORMANT: u32 = 1_095;
/// Quiet days after which a message opens a new conversation.
pub const NEW_CONVERSATION: i32 = 14;

/// Gaps of all ties of one owner: what a tie with a short history is compared with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OwnerGaps {
    sorted: Vec<f64>,
}

impl OwnerGaps {
    /// Pools the gaps of many ties, each given as sorted contact days.
    #[must_use]
    pub fn of<'a>(ties: impl Iterator<Item = &'a [Day]>) -> Self {
        let mut sorted: Vec<f64> = ties.flat_map(gaps).collect();
        sorted.sort_by(f64::total_cmp);
        Self { sorted }
    }

    /// The owner's median gap in days; `None` without any repeated contact.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        median(&self.sorted)
    }

    /// Share of the owner's gaps of at most `days`; 0 without gaps.
    #[must_use]
    pub fn share_up_to(&self, days: f64) -> f64 {
        if self.sorted.is_empty() {
            return 0.0;
        }
        self.sorted.partition_point(|gap| *gap <= days) as f64 / self.sorted.len() as f64
    }
}

/// What silence is held against.
#[derive(Debug, Clone, Copy)]
pub struct Yardstick<'a> {
    /// Gaps of all ties of the owner.
    pub owner: &'a OwnerGaps,
    /// Usual gap in days where neither the tie nor the owner has one.
    pub fallback: Option<f64>,
    /// Days between contacts that the owner wants; counts in place of the usual gap.
    pub wanted: Option<f64>,
    /// Slipping, neglected, lapsed: silence over the gap.
    pub ladder: &'a [f64; 3],
}

/// The rhythm of one tie on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Rhythm {
    /// State by the ladder.
    pub state: TieState,
    /// Last contact within max(365 days, 3 usual gaps).
    pub active: bool,
    /// Usual gap in days; `None` when nobody's gaps are known.
    pub usual: Option<f64>,
    /// Days between contacts that the owner wants; `None` where the owner said nothing.
    pub wanted: Option<f64>,
    /// Days since the last contact day.
    pub silent: Option<u32>,
    /// `silent` over the wanted gap, else over the usual one.
    pub overdue: Option<f64>,
    /// Share of gaps shorter than the present silence, shrunk to the owner's.
    pub overdue_quantile: Option<f64>,
    /// Days on which the owner wrote in private since the contact's last sign, within 180 days.
    pub unanswered: u32,
    /// Day of the contact's last private message when it waits for the owner.
    pub owed_since: Option<Day>,
}

impl Default for Rhythm {
    fn default() -> Self {
        Self {
            state: TieState::NeverActive,
            active: false,
            usual: None,
            wanted: None,
            silent: None,
            overdue: None,
            overdue_quantile: None,
            unanswered: 0,
            owed_since: None,
        }
    }
}

impl Rhythm {
    /// Rhythm on `as_of` of a tie with these contact days and touches. `last_seen` is the day of the contact's last
    /// activity towards anybody, in a log that shows everybody; otherwise `as_of`.
    #[must_use]
    pub fn of(
        days: &[Day],
        touches: &[Touch],
        yardstick: Yardstick,
        as_of: Day,
        last_seen: Option<Day>,
    ) -> Self {
        let Yardstick { owner, fallback, wanted, ladder } = yardstick;
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            return Self { wanted, unanswered: unanswered(touches, as_of), ..Self::default() };
        };
        let own: Vec<f64> = gaps(days).collect();
        let usual = usual_gap(&own, owner).or(fallback);
        let expected = wanted.or(usual);
        let silent = f64::from(as_of.since(*last).max(0));
        let overdue = expected.map(|gap| silent / gap);
        let unseen = last_seen.map_or(f64::INFINITY, |day| f64::from(as_of.since(day)));
        let tenure = as_of.since(*first).max(0).unsigned_abs();
        let times = Times { tenure, silent: as_of.since(*last).max(0).unsigned_abs(), unseen };
        let count = u32::try_from(days.len()).unwrap_or(u32::MAX);
        let state = state(times, count, expected, ladder);
        Self {
            state,
            active: silent <= (3.0 * usual.unwrap_or(0.0)).max(365.0),
            usual,
            wanted,
            silent: Some(as_of.since(*last).max(0).unsigned_abs()),
            overdue,
            overdue_quantile: usual.map(|_| {
                let shorter = own.iter().filter(|gap| **gap <= silent).count() as f64;
                (shorter + SHRINK * owner.share_up_to(silent)) / (own.len() as f64 + SHRINK)
            }),
            unanswered: unanswered(touches, as_of),
            owed_since: owed_since(touches, as_of),
        }
    }
}

/// What a state is told from: days since the first and the last contact day, and since the other side last did
/// anything towards anybody.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Times {
    /// Since the first contact day.
    pub tenure: u32,
    /// Since the last.
    pub silent: u32,
    /// Since the last activity of the less active side.
    pub unseen: f64,
}

/// The state of a tie with at least one contact day (`methods` C.9).
#[must_use]
pub fn state(times: Times, contact_days: u32, usual: Option<f64>, ladder: &[f64; 3]) -> TieState {
    let silent = f64::from(times.silent);
    match () {
        () if times.unseen > (ladder[2] * usual.unwrap_or(0.0)).max(180.0) => TieState::Gone,
        () if times.tenure < 90 && contact_days < 3 => TieState::New,
        () if times.silent >= DORMANT => TieState::Dormant,
        () => on_ladder(silent, usual.map(|usual| silent / usual), ladder),
    }
}

/// The days of silence on which each state begins while nothing comes, in order.
///
/// ```
/// use weaktie::audit::TieState::{Dormant, Lapsed, Neglected, Slipping};
/// use weaktie::ties::rhythm::steps;
/// // Usually weekly: more than 1.5, 3 and 8 weeks.
/// let found = steps(Some(7.0), &[1.5, 3.0, 8.0]);
/// assert_eq!(found, [(Slipping, 14), (Neglected, 22), (Lapsed, 60), (Dormant, 1_095)]);
/// ```
#[must_use]
pub fn steps(usual: Option<f64>, ladder: &[f64; 3]) -> Vec<(TieState, u32)> {
    let rungs = [(TieState::Slipping, 14), (TieState::Neglected, 21), (TieState::Lapsed, 60)];
    let past = |times: f64| {
        let days = libm::floor(times * usual?) + 1.0;
        (1..DORMANT).find(|day| f64::from(*day) >= days)
    };
    let mut steps: Vec<(TieState, u32)> = rungs
        .into_iter()
        .zip(ladder)
        .filter_map(|((state, least), times)| Some((state, past(*times)?.max(least))))
        .collect();
    steps.push((TieState::Dormant, DORMANT));
    steps
}

fn on_ladder(silent: f64, overdue: Option<f64>, ladder: &[f64; 3]) -> TieState {
    let [slipping, neglected, lapsed] = *ladder;
    // Without any known gap nothing can be late.
    let ratio = overdue.unwrap_or(0.0);
    match () {
        () if ratio > lapsed && silent >= 60.0 => TieState::Lapsed,
        () if ratio > neglected && silent >= 21.0 => TieState::Neglected,
        () if ratio > slipping && silent >= 14.0 => TieState::Slipping,
        () => TieState::OnRhythm,
    }
}

/// The median gap shrunk to the owner's; `None` when neither is known.
#[must_use]
pub fn usual_gap(own: &[f64], owner: &OwnerGaps) -> Option<f64> {
    let mut sorted = own.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = u32::try_from(own.len()).unwrap_or(u32::MAX);
    shrunk_gap(median(&sorted), count, owner.median())
}

/// The median of `count` gaps shrunk to another median by [`SHRINK`] pseudo-gaps; the one that is known if one is not.
#[must_use]
pub fn shrunk_gap(own: Option<f64>, count: u32, other: Option<f64>) -> Option<f64> {
    match (own, other) {
        (Some(own), Some(other)) => {
            let x = f64::from(count);
            let log = (x * libm::log(own) + SHRINK * libm::log(other)) / (x + SHRINK);
            Some(libm::exp(log))
        }
        (own, other) => own.or(other),
    }
}

/// Gaps from which burstiness is told.
const FEWEST_GAPS: usize = 5;

/// Finite-size burstiness of `n` gaps with coefficient of variation `r` (Kim & Jo 2016): −1 for equal gaps, 1 when one
/// gap holds all the time. At least two gaps.
#[must_use]
pub fn burstiness(r: f64, n: f64) -> f64 {
    let (above, below) = (libm::sqrt(n + 1.0), libm::sqrt(n - 1.0));
    (above * r - below) / ((above - 2.0) * r + below)
}

/// Burstiness of the gaps between sorted contact days; `None` below five gaps.
#[must_use]
pub fn burstiness_of(days: &[Day]) -> Option<f64> {
    let own: Vec<f64> = gaps(days).collect();
    if own.len() < FEWEST_GAPS {
        return None;
    }
    let n = own.len() as f64;
    let mean = own.iter().sum::<f64>() / n;
    let squares: f64 = own.iter().map(|gap| (gap - mean) * (gap - mean)).sum();
    Some(burstiness(libm::sqrt(squares / n) / mean, n))
}

fn gaps(days: &[Day]) -> impl Iterator<Item = f64> + '_ {
    days.windows(2).map(|pair| f64::from(pair[1].since(pair[0])))
}

fn median(sorted: &[f64]) -> Option<f64> {
    let half = sorted.len() / 2;
    let upper = *sorted.get(half)?;
    Some(if sorted.len() % 2 == 1 { upper } else { f64::midpoint(sorted[half - 1], upper) })
}

/// A private message: only these can be left unanswered or owed.
#[must_use]
pub fn is_private(touch: &Touch) -> bool {
    touch.people == 2
        && matches!(
            touch.channel,
            Channel::Email | Channel::Message | Channel::Chat | Channel::Other
        )
}

/// Days on which the owner wrote in private since the contact's last sign, newest first, within 180 days.
#[must_use]
pub fn unanswered_days(touches: &[Touch], as_of: Day) -> Vec<Day> {
    let mut days: Vec<Day> = touches
        .iter()
        .rev()
        .take_while(|touch| touch.direction == Direction::Out)
        .filter(|touch| is_private(touch))
        .filter(|touch| as_of.since(touch.day) <= UNANSWERED_WINDOW)
        .map(|touch| touch.day)
        .collect();
    days.dedup();
    days
}

fn unanswered(touches: &[Touch], as_of: Day) -> u32 {
    u32::try_from(unanswered_days(touches, as_of).len()).unwrap_or(u32::MAX)
}

/// The contact wrote last, in private, and the tie says that an answer is due: either the owner answered most of
/// their earlier turns, or the message opened a new conversation in a tie where the owner has written before.
fn owed_since(touches: &[Touch], as_of: Day) -> Option<Day> {
    let last = touches.iter().rev().find(|touch| touch.channel.is_contact())?;
    let age = as_of.since(last.day);
    if last.direction != Direction::In || !is_private(last) || !(1..=OWED_WINDOW).contains(&age) {
        return None;
    }
    let private: Vec<&Touch> = touches.iter().filter(|touch| is_private(touch)).collect();
    let turns: Vec<&[&Touch]> = private.chunk_by(|a, b| a.direction == b.direction).collect();
    let (pending, earlier) = turns.split_last()?;
    let wrote_before = earlier.iter().any(|turn| turn[0].direction == Direction::Out);
    let opened = earlier
        .last()
        .and_then(|turn| turn.last())
        .is_none_or(|before| pending[0].day.since(before.day) >= NEW_CONVERSATION);
    let asked = earlier.windows(2).filter(|pair| pair[0][0].direction == Direction::In);
    let (mut theirs, mut answered) = (0_u32, 0_u32);
    for pair in asked {
        theirs += 1;
        let wait = pair[0].last().map_or(i32::MAX, |touch| pair[1][0].day.since(touch.day));
        answered += u32::from(wait <= NEW_CONVERSATION);
    }
    let usually_answers = theirs >= 3 && answered * 5 >= theirs * 3;
    ((wrote_before && opened) || usually_answers).then_some(last.day)
}

/// Private turns of the owner, and how many the contact answered within two weeks. A last turn counts once those two
/// weeks are over.
#[must_use]
pub fn answers(touches: &[Touch], as_of: Day) -> (u32, u32) {
    let private: Vec<&Touch> = touches.iter().filter(|touch| is_private(touch)).collect();
    let turns: Vec<&[&Touch]> = private.chunk_by(|a, b| a.direction == b.direction).collect();
    let (mut asked, mut answered) = (0, 0);
    for (index, turn) in turns.iter().enumerate() {
        let Some(last) = turn.last().filter(|touch| touch.direction == Direction::Out) else {
            continue;
        };
        let reply = turns.get(index + 1).map(|next| next[0].day);
        let wait = reply.unwrap_or(as_of).since(last.day);
        asked += u32::from(reply.is_some() || wait > NEW_CONVERSATION);
        answered += u32::from(reply.is_some() && wait <= NEW_CONVERSATION);
    }
    (asked, answered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Instant;

    const LADDER: [f64; 3] = [1.5, 3.0, 8.0];

    fn by(owner: &OwnerGaps) -> Yardstick<'_> {
        Yardstick { owner, fallback: None, wanted: None, ladder: &LADDER }
    }

    #[test]
    fn what_the_owner_wants_counts_in_place_of_the_usual_gap() {
        let weekly = days(&(0..30).map(|week| week * 7).collect::<Vec<i32>>());
        let owner = OwnerGaps::of([weekly.as_slice()].into_iter());
        let of = |wanted, silent| {
            let yardstick = Yardstick { wanted, ..by(&owner) };
            Rhythm::of(&weekly, &[], yardstick, Day(203 + silent), Some(Day(203 + silent)))
        };
        assert_eq!(of(None, 40).state, TieState::Neglected);
        assert_eq!(of(Some(60.0), 40).state, TieState::OnRhythm);
        assert_eq!(of(Some(60.0), 91).state, TieState::Slipping);
        assert_eq!(of(Some(60.0), 40).usual, Some(7.0));
        // A single contact day, and no gap of anybody: only the fallback tells what is late.
        let (once, none) = (days(&[0]), OwnerGaps::default());
        let of = |fallback| {
            let yardstick = Yardstick { fallback, ..by(&none) };
            Rhythm::of(&once, &[], yardstick, Day(100), Some(Day(100))).state
        };
        assert_eq!((of(None), of(Some(30.0))), (TieState::OnRhythm, TieState::Neglected));
    }

    fn days(list: &[i32]) -> Vec<Day> {
        list.iter().map(|day| Day(*day)).collect()
    }

    fn state(list: &[i32], as_of: i32) -> TieState {
        let days = days(list);
        // The owner's gaps are those of a weekly tie.
        let weekly: Vec<Day> = (0..50).map(|week| Day(week * 7)).collect();
        let owner = OwnerGaps::of([weekly.as_slice()].into_iter());
        Rhythm::of(&days, &[], by(&owner), Day(as_of), Some(Day(as_of))).state
    }

    #[test]
    fn the_ladder_of_a_weekly_tie() {
        let weekly: Vec<i32> = (0..30).map(|week| week * 7).collect();
        let last = 203;
        assert_eq!(state(&weekly, last + 10), TieState::OnRhythm);
        assert_eq!(state(&weekly, last + 14), TieState::Slipping);
        assert_eq!(state(&weekly, last + 22), TieState::Neglected);
        assert_eq!(state(&weekly, last + 60), TieState::Lapsed);
        assert_eq!(state(&weekly, last + 1_095), TieState::Dormant);
    }

    #[test]
    fn who_is_silent_towards_everybody_is_gone() {
        let weekly = days(&(0..30).map(|week| week * 7).collect::<Vec<i32>>());
        let owner = OwnerGaps::of([weekly.as_slice()].into_iter());
        // Silent for 300 days towards the owner; last seen with anybody on day `seen`.
        let of = |seen| Rhythm::of(&weekly, &[], by(&owner), Day(503), Some(Day(seen))).state;
        assert_eq!(of(503 - 181), TieState::Gone);
        assert_eq!(of(503 - 180), TieState::Lapsed);
        // Slow ties get 8 usual gaps: 800 days.
        let slow = days(&(0..9).map(|n| n * 100).collect::<Vec<i32>>());
        let owner = OwnerGaps::of([slow.as_slice()].into_iter());
        let of = |unseen| {
            let seen = Some(Day(1_700 - unseen));
            Rhythm::of(&slow, &[], by(&owner), Day(1_700), seen).state
        };
        assert_eq!((of(801), of(800)), (TieState::Gone, TieState::Lapsed));
    }

    #[test]
    fn steps_are_where_states_begin() {
        for usual in [0.5, 3.0, 7.0, 7.5, 20.0, 90.0, 137.0, 300.0, 2_000.0] {
            let mut last = TieState::OnRhythm;
            let mut found = Vec::new();
            for silent in 0..1_200 {
                let times = Times { tenure: 5_000, silent, unseen: 0.0 };
                let now = super::state(times, 50, Some(usual), &LADDER);
                if now != last {
                    found.push((now, silent));
                    last = now;
                }
            }
            assert_eq!(steps(Some(usual), &LADDER), found, "{usual}");
        }
        assert_eq!(steps(None, &LADDER), [(TieState::Dormant, DORMANT)]);
    }

    #[test]
    fn never_new_and_slow() {
        assert_eq!(state(&[], 100), TieState::NeverActive);
        assert_eq!(state(&[10, 20], 99), TieState::New);
        // A yearly tie: shrunk to 199 days, 8 gaps are beyond three years, so it passes from neglected to dormant.
        let slow: Vec<i32> = (0..12).map(|n| n * 365).collect();
        assert_eq!(state(&slow, 11 * 365 + 1_094), TieState::Neglected);
        assert_eq!(state(&slow, 11 * 365 + 1_095), TieState::Dormant);
    }

    #[test]
    fn the_usual_gap_is_shrunk_by_two_pseudo_gaps() {
        // Own gaps 4, 4; owner's median 16: exp((2 ln 4 + 2 ln 16) / 4) = 8.
        let owner = OwnerGaps { sorted: vec![16.0] };
        assert!((usual_gap(&[4.0, 4.0], &owner).unwrap() - 8.0).abs() < 1e-12);
        assert_eq!(usual_gap(&[], &owner), Some(16.0));
        assert_eq!(usual_gap(&[], &OwnerGaps::default()), None);
    }

    fn mail(day: i32, direction: Direction) -> Touch {
        let at = Instant(i64::from(day) * 86_400);
        Touch { at, day: Day(day), channel: Channel::Email, direction, people: 2, minutes: 0 }
    }

    #[test]
    fn burstiness_of_anchors() {
        // Two gaps with r = 0, 1/2 and 1 (`methods` J).
        for (r, expected) in [(0.0, -1.0), (0.5, -0.1547), (1.0, 1.0)] {
            assert!((burstiness(r, 2.0) - expected).abs() < 5e-5);
        }
        assert_eq!(burstiness_of(&days(&[0, 7, 14, 21, 28])), None);
        assert!((burstiness_of(&days(&[0, 7, 14, 21, 28, 35])).unwrap() + 1.0).abs() < 1e-12);
        // r = sqrt((n − 1)/(n + 1)) is random: 0.
        assert!(burstiness(libm::sqrt(4.0 / 6.0), 5.0).abs() < 1e-12);
        assert!(burstiness_of(&days(&[0, 1, 2, 3, 4, 200])).unwrap() > 0.9);
    }

    #[test]
    fn two_messages_without_an_answer() {
        let history = [mail(0, Direction::In), mail(5, Direction::Out), mail(40, Direction::Out)];
        assert_eq!(unanswered(&history, Day(60)), 2);
        assert_eq!(unanswered(&history, Day(200)), 1);
    }

    #[test]
    fn a_new_message_in_a_known_tie_is_owed() {
        let history = [mail(0, Direction::Out), mail(1, Direction::In), mail(50, Direction::In)];
        // The last two are one turn of theirs after day 1 …
        assert_eq!(owed_since(&history, Day(58)), None);
        let history = [mail(0, Direction::In), mail(1, Direction::Out), mail(50, Direction::In)];
        assert_eq!(owed_since(&history, Day(58)), Some(Day(50)));
        // … and a stranger's first message is no debt.
        assert_eq!(owed_since(&[mail(50, Direction::In)], Day(58)), None);
    }
}
