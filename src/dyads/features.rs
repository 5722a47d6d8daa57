//! One pair's history -> every feature of a tie (`methods` B and C), in one pass over its interactions.
//!
//! **What counts** counts of rows (`interactions`, directions, channels, first, last, the decay sum) take every row. Contact
//! days and all that rests on them leave out events above the group cap and clicks (invitations, endorsements), as
//! everywhere. A *private* interaction is a message, mail or chat between the two alone: only these wait for an answer.
//!
//! **Seen from `a`** the two directions are kept apart, so nothing depends on who is called `a` but the names of columns.
//!
//! Time: O(interactions), plus sorting the gaps. Checked against the audit's functions on random histories.

use crate::audit::Latency;
use crate::ties::latency;
use crate::ties::rhythm::{UNANSWERED_WINDOW, burstiness};
use crate::ties::strength::{BROADEST, Model, QUARTER, RECOMMENDED, balance, broad, is_recent};
use crate::units::{Channel, Day, Instant, count};

use super::decay::Decay;
use super::store::{Event, Pair};

const CHANNELS: usize = Channel::ALL.len();
const DAY: i64 = 86_400;

/// What the features are measured with.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The last day that counts.
    pub as_of: Day,
    /// Weights, half-life, group cap.
    pub model: Model,
    decay: Decay,
}

impl Frame {
    /// Tables for a log that begins no earlier than `first`.
    #[must_use]
    pub fn new(as_of: Day, first: Day, model: Model) -> Self {
        let decay = Decay::new(model.half_life, as_of.since(first).max(0).unsigned_abs() as usize);
        Self { as_of, model, decay }
    }

    /// The instant at which the last day ends: ages in seconds are measured to it.
    #[must_use]
    pub fn end(&self) -> Instant {
        Instant(i64::from(self.as_of.plus(1).0) * DAY)
    }
}

/// Which way, seen from `a`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From `a` to `b`.
    Forward,
    /// From `b` to `a`.
    Back,
}

/// Everything measured on one pair by itself. Days are whole, waits are in days.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Features {
    /// Rows.
    pub interactions: u32,
    /// Rows from `a` to `b`, and from `b` to `a`.
    pub directed: [u32; 2],
    /// Rows by channel, in the order of [`Channel::ALL`].
    pub channels: [u32; CHANNELS],
    /// First and last row, seconds since 1970 UTC.
    pub first: i64,
    /// Last row.
    pub last: i64,
    /// `Σ 2^(−age/h)` over rows, age in seconds to the end of the last day.
    pub decay_sum: f64,
    /// Distinct days with contact.
    pub contact_days: u32,
    /// First and last contact day.
    pub day_span: Option<(Day, Day)>,
    /// Mean and median of the gaps between contact days; none below two days.
    pub mean_gap: Option<f64>,
    /// Median gap.
    pub median_gap: Option<f64>,
    /// Longest gap.
    pub longest_gap: Option<u32>,
    /// Finite-size burstiness of the gaps (Kim & Jo 2016), from five gaps on.
    pub burstiness: Option<f64>,
    /// Gaps no longer than the present silence.
    pub shorter_gaps: u32,
    /// Raw strength `A`.
    pub activity: f64,
    /// `A` at its best quarter end.
    pub peak_activity: f64,
    /// Balance of directions, (0, 1].
    pub reciprocity: f64,
    /// Channels with weight in the last two half-lives.
    pub recent_channels: u32,
    /// Days on which `a` (then `b`) wrote in private since the other's last sign, within 180 days.
    pub unanswered: [u32; 2],
    /// Who wrote in private last.
    pub last_from: Option<Way>,
    /// How `a` (then `b`) answers the other's private turns.
    pub latency: [Latency; 2],
    /// Consecutive weeks with contact: the longest run, and the one that still lasts.
    pub longest_streak: u32,
    /// The run that reaches the last day's week or the one before.
    pub streak: u32,
    /// Last day on which `a` (then `b`) did something in this pair; else the first day on which they are named.
    pub seen: [Option<(bool, Day)>; 2],
}

/// Buffers, kept from pair to pair.
#[derive(Debug, Default)]
pub struct Scratch {
    merged: Vec<(Event, Way)>,
    days: Vec<Day>,
    gaps: Vec<u32>,
    waits: [Vec<i64>; 2],
    recommended: Vec<(Day, f64)>,
}

impl Scratch {
    /// Takes a pair in: both directions in the order of time.
    pub fn read(&mut self, pair: &Pair<'_>) {
        merge(pair, &mut self.merged);
    }

    /// The day of each contact of the pair read last, in the order of time.
    pub fn contacts(&self) -> impl Iterator<Item = Day> {
        let contacts = self.merged.iter().filter(|(event, _)| event.channel().is_contact());
        contacts.map(|(event, _)| event.day())
    }

    /// The gaps of the pair measured last, sorted.
    #[must_use]
    pub fn gaps(&self) -> &[u32] {
        &self.gaps
    }
}

/// Measures one pair.
#[must_use]
pub fn measure(pair: &Pair<'_>, frame: &Frame, scratch: &mut Scratch) -> Features {
    scratch.read(pair);
    let mut found = Features { reciprocity: 1.0, ..Features::default() };
    count_rows(pair, frame, &mut found);
    strength(frame, scratch, &mut found);
    gaps(frame, scratch, &mut found);
    turns(frame, scratch, &mut found);
    found
}

/// Both directions in the order of time; equal ones forward first.
fn merge(pair: &Pair<'_>, merged: &mut Vec<(Event, Way)>) {
    merged.clear();
    let (there, back) = (pair.forward, pair.back);
    merged.reserve(there.len() + back.len());
    let (mut i, mut j) = (0, 0);
    // Without a branch on who was first: that is as good as a coin to the processor.
    while let (Some(first), Some(other)) = (there.get(i), back.get(j)) {
        let ahead = first <= other;
        merged.push(if ahead { (*first, Way::Forward) } else { (*other, Way::Back) });
        i += usize::from(ahead);
        j += usize::from(!ahead);
    }
    merged.extend(there.iter().skip(i).map(|event| (*event, Way::Forward)));
    merged.extend(back.iter().skip(j).map(|event| (*event, Way::Back)));
}

fn is_private(event: Event) -> bool {
    event.people() == 2
        && matches!(
            event.channel(),
            Channel::Email | Channel::Message | Channel::Chat | Channel::Other
        )
}

fn count_rows(pair: &Pair<'_>, frame: &Frame, found: &mut Features) {
    let end = frame.end().0;
    found.directed = [count(pair.forward.len()), count(pair.back.len())];
    found.interactions = found.directed[0] + found.directed[1];
    let ends = [pair.forward, pair.back];
    found.first = ends.iter().filter_map(|way| way.first()).map(|e| e.at().0).min().unwrap_or(0);
    found.last = ends.iter().filter_map(|way| way.last()).map(|e| e.at().0).max().unwrap_or(0);
    for events in ends {
        for event in events {
            found.channels[event.channel() as usize] += 1;
            found.decay_sum += frame.decay.seconds(end - event.at().0);
        }
    }
    let live =
        found.channels[Channel::Meeting as usize] + found.channels[Channel::Call as usize] > 0;
    found.seen = [seen(pair.forward, pair.back, live), seen(pair.back, pair.forward, live)];
}

/// The last day on which somebody acted: sent something, or was met. Who was only named counts from the first time.
fn seen(sent: &[Event], received: &[Event], any_live: bool) -> Option<(bool, Day)> {
    let met = || received.iter().rev().find(|event| event.channel().is_live());
    let met = if any_live { met() } else { None };
    let acted = [sent.last(), met].into_iter().flatten().map(|event| event.day()).max();
    let named = || received.first().map(|event| (false, event.day()));
    acted.map(|day| (true, day)).or_else(named)
}

/// Raw strength now and at every quarter end, and the contact days on the way.
fn strength(frame: &Frame, scratch: &mut Scratch, found: &mut Features) {
    scratch.days.clear();
    scratch.recommended.clear();
    let counted =
        scratch.merged.iter().filter(|(event, _)| event.people() <= frame.model.group_cap);
    let mut running = Running::new(frame);
    for (event, way) in counted {
        let (day, channel) = (event.day(), event.channel());
        running.reach(day, &mut scratch.recommended);
        if channel.is_contact() && scratch.days.last() != Some(&day) {
            scratch.days.push(day);
        }
        running.add(*event, *way, day);
    }
    running.finish(&mut scratch.recommended);
    found.activity = running.activity;
    found.peak_activity = running.peak;
    found.reciprocity = running.reciprocity();
    found.recent_channels = running.recent_channels(frame.as_of);
}

/// The sum of decayed weights while time goes on.
struct Running<'f> {
    frame: &'f Frame,
    /// Sum as of `day`, without recommendations.
    sum: f64,
    day: Option<Day>,
    /// Weight on `day` by channel; `touched` says which are not zero.
    today: [f64; CHANNELS],
    touched: u32,
    seen: [Option<Day>; CHANNELS],
    directed: [u32; 2],
    next_quarter: Option<Day>,
    activity: f64,
    peak: f64,
}

impl<'f> Running<'f> {
    fn new(frame: &'f Frame) -> Self {
        Self {
            frame,
            sum: 0.0,
            day: None,
            today: [0.0; CHANNELS],
            touched: 0,
            seen: [None; CHANNELS],
            directed: [0; 2],
            next_quarter: None,
            activity: 0.0,
            peak: 0.0,
        }
    }

    /// Goes on to `day`, past the quarter ends before it.
    fn reach(&mut self, day: Day, recommended: &mut Vec<(Day, f64)>) {
        match self.day {
            Some(now) if now == day => return,
            Some(_) => {}
            None => {
                // The first quarter end on or after the first day; ends are counted back from the last day.
                let quarters = self.frame.as_of.since(day).div_euclid(QUARTER);
                self.next_quarter = Some(self.frame.as_of.plus(-quarters * QUARTER));
                self.day = Some(day);
                return;
            }
        }
        self.close_day(recommended);
        if let Some(quarter) = self.next_quarter.filter(|quarter| *quarter < day) {
            self.climb(quarter, recommended);
            // At the quarter ends after it and before `day` nothing is new and all has faded: none is a peak.
            let quiet = (day.since(quarter) - 1).div_euclid(QUARTER) + 1;
            self.next_quarter = Some(quarter.plus(quiet * QUARTER));
        }
        if let Some(now) = self.day {
            self.sum *= self.frame.decay.days(day.since(now));
        }
        self.day = Some(day);
    }

    fn add(&mut self, event: Event, way: Way, day: Day) {
        let channel = event.channel();
        let weight = self.frame.model.weight(channel);
        // Most are private: no division.
        let people = event.people();
        let share = if people <= 2 { weight } else { weight / self.frame.model.shared_by(people) };
        self.today[channel as usize] += share;
        self.touched |= 1 << channel as u32;
        self.seen[channel as usize] = Some(day);
        if !channel.is_live() {
            self.directed[way as usize] += 1;
        }
    }

    /// Adds the day's weights, each channel's at most that of one private interaction.
    fn close_day(&mut self, recommended: &mut Vec<(Day, f64)>) {
        while self.touched != 0 {
            let at = self.touched.trailing_zeros() as usize;
            self.touched &= self.touched - 1;
            let channel = Channel::ALL[at];
            let capped = self.today[at].min(self.frame.model.weight(channel));
            self.today[at] = 0.0;
            match self.day {
                Some(day) if channel == Channel::Recommendation => recommended.push((day, capped)),
                _ => self.sum += capped,
            }
        }
    }

    /// The decayed sum on a day on which all days up to it are closed.
    fn sum_on(&self, quarter: Day, recommended: &[(Day, f64)]) -> f64 {
        let age = self.day.map_or(0, |day| quarter.since(day));
        // A recommendation stays on the page: it never fades below a quarter.
        let kept: f64 = recommended
            .iter()
            .map(|(day, weight)| {
                weight * self.frame.decay.days(quarter.since(*day)).max(RECOMMENDED)
            })
            .sum();
        self.sum * self.frame.decay.days(age) + kept
    }

    /// Raw strength on a quarter end with this decayed sum.
    fn activity_on(&self, quarter: Day, sum: f64) -> f64 {
        sum * libm::sqrt(self.reciprocity()) * broad(self.recent_channels(quarter) as usize)
    }

    /// Raises the peak to that of a quarter end, if it is higher.
    fn climb(&mut self, quarter: Day, recommended: &[(Day, f64)]) {
        let sum = self.sum_on(quarter, recommended);
        // Most are below it even if they were returned in full and over every channel.
        if sum * BROADEST > self.peak {
            self.peak = self.peak.max(self.activity_on(quarter, sum));
        }
    }

    fn finish(&mut self, recommended: &mut Vec<(Day, f64)>) {
        self.close_day(recommended);
        let Some(quarter) = self.next_quarter else { return };
        // The first end from here on holds all there is; the later ones only fade.
        self.climb(quarter, recommended);
        let sum = self.sum_on(self.frame.as_of, recommended);
        self.activity = self.activity_on(self.frame.as_of, sum);
        self.peak = self.peak.max(self.activity);
    }

    fn reciprocity(&self) -> f64 {
        let [there, back] = self.directed;
        balance(there, back)
    }

    fn recent_channels(&self, on: Day) -> u32 {
        let recent = |(channel, day): (&Channel, &Option<Day>)| {
            let weighs = self.frame.model.weight(*channel) > 0.0;
            weighs && day.is_some_and(|day| is_recent(day, on, &self.frame.model))
        };
        count(Channel::ALL.iter().zip(&self.seen).filter(|pair| recent(*pair)).count())
    }
}

/// Gaps between contact days, their burstiness, and streaks of weeks.
fn gaps(frame: &Frame, scratch: &mut Scratch, found: &mut Features) {
    let Scratch { days, gaps, .. } = scratch;
    gaps.clear();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return };
    found.contact_days = count(days.len());
    found.day_span = Some((*first, *last));
    (found.longest_streak, found.streak) = streaks(days, frame.as_of);
    gaps.extend(days.windows(2).map(|pair| pair[1].since(pair[0]).unsigned_abs()));
    gaps.sort_unstable();
    let Some(longest) = gaps.last() else { return };
    let all = gaps.len() as f64;
    let mean = f64::from(last.since(*first)) / all;
    let half = gaps.len() / 2;
    found.mean_gap = Some(mean);
    found.longest_gap = Some(*longest);
    found.median_gap = Some(if gaps.len() % 2 == 1 {
        f64::from(gaps[half])
    } else {
        f64::midpoint(f64::from(gaps[half - 1]), f64::from(gaps[half]))
    });
    let silent = frame.as_of.since(*last).max(0).unsigned_abs();
    found.shorter_gaps = count(gaps.partition_point(|gap| *gap <= silent));
    if gaps.len() >= 5 {
        let squares: f64 = gaps.iter().map(|gap| (f64::from(*gap) - mean).powi(2)).sum();
        found.burstiness = Some(burstiness(libm::sqrt(squares / all) / mean, all));
    }
}

/// The longest run of consecutive weeks with contact, and the one that still lasts.
fn streaks(days: &[Day], as_of: Day) -> (u32, u32) {
    // Day 4 of 1970 was a Monday.
    let week = |day: Day| (day.0 - 4).div_euclid(7);
    let (mut longest, mut run, mut last) = (0, 0, None);
    for day in days {
        let this = week(*day);
        match last {
            Some(last) if last == this => continue,
            Some(last) if last + 1 == this => run += 1,
            _ => run = 1,
        }
        last = Some(this);
        longest = longest.max(run);
    }
    let lasts = last.is_some_and(|last| week(as_of) - last <= 1);
    (longest, if lasts { run } else { 0 })
}

/// Private turns: who waits for whom, and how long answers take.
fn turns(frame: &Frame, scratch: &mut Scratch, found: &mut Features) {
    let Scratch { merged, waits, .. } = scratch;
    waits.iter_mut().for_each(Vec::clear);
    // The turn that is open: whose it is, and when it began.
    let mut open: Option<(Way, i64)> = None;
    for (event, way) in merged.iter().filter(|(event, _)| is_private(*event)) {
        let at = event.at().0;
        match open {
            Some((whose, _)) if whose == *way => {}
            Some((_, began)) => {
                waits[*way as usize].push(at - began);
                open = Some((*way, at));
            }
            None => open = Some((*way, at)),
        }
    }
    found.last_from = open.map(|(way, _)| way);
    for (answerer, waits) in waits.iter_mut().enumerate() {
        // The last turn still waits for the other one.
        let waiting = open
            .filter(|(whose, _)| *whose as usize != answerer)
            .map(|(_, began)| frame.end().0 - began);
        found.latency[answerer] = latency::of(waits, waiting.as_slice());
    }
    found.unanswered =
        [unanswered(merged, Way::Forward, frame), unanswered(merged, Way::Back, frame)];
}

/// Days on which one side wrote in private since the other's last sign, within 180 days.
fn unanswered(merged: &[(Event, Way)], side: Way, frame: &Frame) -> u32 {
    let mut last = None;
    let mut days = 0;
    let counted = merged.iter().rev().filter(|(event, _)| event.people() <= frame.model.group_cap);
    for (event, _) in counted.take_while(|(event, way)| *way == side && !event.channel().is_live())
    {
        let day = event.day();
        let recent = frame.as_of.since(day) <= UNANSWERED_WINDOW;
        if recent && is_private(*event) && last != Some(day) {
            last = Some(day);
            days += 1;
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::store::tests::event;
    use super::*;
    use crate::config::Config;
    use crate::ties::owner::{Direction, Touch};
    use crate::ties::rhythm;
    use crate::ties::strength as audit;

    fn frame(as_of: i32) -> Frame {
        Frame::new(Day(as_of), Day(4_000), Model::new(&Config::default()))
    }

    /// A history as `(day, second, channel, people, from a)`.
    type Row = (i32, i64, usize, u32, bool);

    fn measured(rows: &[Row], as_of: i32) -> (Features, Vec<Touch>) {
        let mut ways = [Vec::new(), Vec::new()];
        for (day, second, channel, people, from_a) in rows {
            let at = i64::from(*day) * DAY + second;
            ways[usize::from(!from_a)].push(event(at, Channel::ALL[*channel], *people));
        }
        for way in &mut ways {
            way.sort();
        }
        let pair = Pair { a: 0, b: 1, forward: &ways[0], back: &ways[1] };
        let mut scratch = Scratch::default();
        let frame = frame(as_of);
        let found = measure(&pair, &frame, &mut scratch);
        let touches = scratch
            .merged
            .iter()
            .filter(|(event, _)| event.people() <= frame.model.group_cap)
            .map(|(event, way)| Touch {
                at: event.at(),
                day: event.day(),
                channel: event.channel(),
                direction: match way {
                    _ if event.channel().is_live() => Direction::Mutual,
                    Way::Forward => Direction::Out,
                    Way::Back => Direction::In,
                },
                people: event.people(),
                minutes: 0,
            })
            .collect();
        (found, touches)
    }

    proptest! {
        #[test]
        fn features_are_those_of_the_audit(rows in prop::collection::vec(
            (9_000..10_000_i32, 0..86_400_i64, 0..10_usize, 2..30_u32, any::<bool>()), 1..60),
            as_of in 10_000..10_400_i32) {
            let (found, touches) = measured(&rows, as_of);
            let (as_of, model) = (Day(as_of), frame(as_of).model);
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * b.abs().max(1.0);
            prop_assert!(close(found.activity, audit::activity(&touches, as_of, &model)));
            // A peak below the midpoint 1 and above it.
            let now = audit::activity(&touches, as_of, &model);
            let peak = audit::strength(audit::peak(&touches, as_of, &model, now), Some(1.0));
            prop_assert!(close(audit::strength(found.peak_activity, Some(1.0)), peak));
            prop_assert!(close(found.reciprocity, audit::reciprocity(&touches)));
            let expected = rhythm::unanswered_days(&touches, as_of).len();
            prop_assert_eq!(found.unanswered[0] as usize, expected);
            let sum: f64 = rows.iter().map(|row| {
                let age = (f64::from(as_of.0) + 1.0 - f64::from(row.0)) - row.1 as f64 / 86_400.0;
                (-age / 90.0).exp2()
            }).sum();
            prop_assert!(close(found.decay_sum, sum));
            let mut days: Vec<Day> = touches.iter().filter(|t| t.channel.is_contact()).map(|t| t.day).collect();
            days.dedup();
            prop_assert_eq!(found.contact_days as usize, days.len());
        }
    }

    const MAIL: usize = 0;

    #[test]
    fn gaps_burstiness_and_streaks_by_hand() {
        // Mondays: day 10,001 of 1970 is a Monday (10,001 − 4 divides by 7 … 9,997 = 1428·7 + 1: a Tuesday).
        let weekly: Vec<Row> = (0..6).map(|n| (10_000 + 7 * n, 0, MAIL, 2, true)).collect();
        let (found, _) = measured(&weekly, 10_040);
        assert_eq!(
            (found.contact_days, found.median_gap, found.mean_gap),
            (6, Some(7.0), Some(7.0))
        );
        assert!((found.burstiness.unwrap() + 1.0).abs() < 1e-12);
        assert_eq!((found.longest_streak, found.streak), (6, 6));
        assert_eq!(measured(&weekly, 10_060).0.streak, 0);
        let (found, _) = measured(&weekly[..3], 10_017);
        assert_eq!((found.burstiness, found.shorter_gaps), (None, 0));
        // One gap holds all the time: r = √(n − 1), A = 1; with n gaps of which one is not zero.
        assert!((burstiness(3.0, 10.0) - 1.0).abs() < 1e-12);
        assert!(burstiness((9.0_f64 / 11.0).sqrt(), 10.0).abs() < 1e-12);
    }

    #[test]
    fn turns_by_hand() {
        // b writes on day 0 and again on day 1; a answers on day 3; b answers the same day, an hour later.
        let rows = [
            (10_000, 0, MAIL, 2, false),
            (10_001, 0, MAIL, 2, false),
            (10_003, 0, MAIL, 2, true),
            (10_003, 3_600, MAIL, 2, false),
        ];
        let (found, _) = measured(&rows, 10_010);
        assert_eq!(found.last_from, Some(Way::Back));
        // a's answers: one after 3 days, and b's last turn waits.
        assert_eq!((found.latency[0].turns, found.latency[1].turns), (2, 1));
        assert_eq!(found.unanswered, [0, 1]);
        // A meeting is nobody's turn and answers what was open.
        let mut rows = rows.to_vec();
        rows.push((10_005, 0, 2, 2, true));
        let (found, _) = measured(&rows, 10_010);
        assert_eq!(found.unanswered, [0, 0]);
        assert_eq!(found.directed, [2, 3]);
    }
}
