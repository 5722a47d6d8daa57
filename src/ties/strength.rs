//! Tie strength: a transparent score whose every term can be shown (`methods` B.1).
//!
//! Per interaction `a = c(channel) · g(minutes) / (k − 1) · 2^(−age / h)`, `k` = distinct people, `g = min(2, √(m/30))`
//! for meetings and calls of known length; the sum over one channel and day is capped at one private interaction's
//! weight. Raw `A = r^½ · b · Σ a` with reciprocity
//! `r = 2·min(out+1, in+1) / (out+in+2)` and breadth `b = 1 + 0.15·(channels in the last 2h days − 1)`, at most 1.45.
//! Strength `s = A / (A + A50)`. Never negative, falls with age, unchanged by repeated rows; a run of
//! one-sided messages can lower it through `r`, as it should. Sources: Marsden & Campbell 1984; Gilbert & Karahalios 2009.

use crate::audit::StrengthParts;
use crate::config::Config;
use crate::units::{Channel, Day};

use super::owner::{Direction, Touch};

/// Half-life in days where nothing speaks for another (`methods` B.2).
pub const HALF_LIFE: f64 = 90.0;
/// Days in a quarter.
pub const QUARTER: i32 = 91;

/// The settings that turn interactions into ties.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Weight by channel, in the order of [`Channel::ALL`].
    pub weights: [f64; Channel::ALL.len()],
    /// Half-life in days.
    pub half_life: f64,
    /// Largest event that makes ties.
    pub group_cap: u32,
    /// Power of the others in an event by which each pair's share falls.
    pub co_presence_discount: f64,
    /// Slipping, neglected, lapsed.
    pub ladder: [f64; 3],
    /// Usual gap in days where the data holds none.
    pub fallback_gap: Option<f64>,
}

impl Model {
    /// The model a configuration describes.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self {
            weights: Channel::ALL.map(|channel| config.weight(channel)),
            half_life: config.network.half_life.unwrap_or(HALF_LIFE),
            group_cap: config.network.group_cap,
            co_presence_discount: config.network.co_presence_discount,
            ladder: config.neglect.ladder,
            fallback_gap: config.neglect.cadence.fallback,
        }
    }

    /// Weight of one private interaction.
    #[must_use]
    pub fn weight(&self, channel: Channel) -> f64 {
        self.weights[channel as usize]
    }

    /// What a pair's weight is divided by in an event of so many people: `(k − 1)^discount`; 1 for two.
    #[must_use]
    pub fn shared_by(&self, people: u32) -> f64 {
        libm::pow(f64::from(people.max(2) - 1), self.co_presence_discount)
    }

    /// `2^(−age/h)`; 1 for the day itself.
    #[must_use]
    pub fn decay(&self, age_days: i32) -> f64 {
        libm::exp2(-f64::from(age_days.max(0)) / self.half_life)
    }
}

/// Raw strength `A` of a history up to `as_of`; 0 without interactions. Touches must be sorted by time.
#[must_use]
pub fn activity(touches: &[Touch], as_of: Day, model: &Model) -> f64 {
    let known = known(touches, as_of);
    let sum: f64 = contacts(known, as_of, model).iter().sum();
    sum * libm::sqrt(reciprocity(known)) * breadth(known, as_of, model)
}

/// Raw strength by its parts; its `activity` is that of [`activity`].
#[must_use]
pub fn parts(touches: &[Touch], as_of: Day, model: &Model) -> StrengthParts {
    let known = known(touches, as_of);
    let by_channel = contacts(known, as_of, model);
    let (reciprocity, breadth) = (reciprocity(known), breadth(known, as_of, model));
    let contacts = Channel::ALL.into_iter().zip(by_channel).filter(|(_, sum)| *sum > 0.0);
    StrengthParts {
        contacts: contacts.collect(),
        reciprocity,
        breadth,
        activity: by_channel.iter().sum::<f64>() * libm::sqrt(reciprocity) * breadth,
    }
}

fn known(touches: &[Touch], as_of: Day) -> &[Touch] {
    &touches[..touches.partition_point(|touch| touch.day <= as_of)]
}

/// A number by channel, in the order of [`Channel::ALL`].
type ByChannel = [f64; Channel::ALL.len()];

/// Share below which a recommendation never fades: it stays on the page.
pub(crate) const RECOMMENDED: f64 = 0.25;

/// Weighted, decayed contacts by channel.
fn contacts(known: &[Touch], as_of: Day, model: &Model) -> ByChannel {
    let mut sums = [0.0; Channel::ALL.len()];
    for day in known.chunk_by(|a, b| a.day == b.day) {
        let decay = model.decay(as_of.since(day[0].day));
        for (channel, (sum, capped)) in
            Channel::ALL.into_iter().zip(sums.iter_mut().zip(capped(day, model)))
        {
            let floor = if channel == Channel::Recommendation { RECOMMENDED } else { 0.0 };
            *sum += capped * decay.max(floor);
        }
    }
    sums
}

/// What one day weighs by channel before it fades.
fn capped(day: &[Touch], model: &Model) -> ByChannel {
    let mut by_channel = [0.0; Channel::ALL.len()];
    let mut longest = [1.0_f64; Channel::ALL.len()];
    for touch in day {
        let (at, length) = (touch.channel as usize, length(touch));
        by_channel[at] += model.weight(touch.channel) * length / model.shared_by(touch.people);
        longest[at] = longest[at].max(length);
    }
    for ((sum, longest), weight) in by_channel.iter_mut().zip(longest).zip(model.weights) {
        *sum = sum.min(weight * longest);
    }
    by_channel
}

/// `min(2, √(minutes/30))` of a meeting or call whose length is known; 1 otherwise.
fn length(touch: &Touch) -> f64 {
    if touch.channel.is_live() && touch.minutes > 0 {
        libm::sqrt(f64::from(touch.minutes) / 30.0).min(2.0)
    } else {
        1.0
    }
}

/// Balance of directions in (0, 1], shrunk by one on each side; 1 without directions.
#[must_use]
pub fn reciprocity(touches: &[Touch]) -> f64 {
    let (mut out, mut incoming) = (0, 0);
    for touch in touches {
        out += u32::from(touch.direction == Direction::Out);
        incoming += u32::from(touch.direction == Direction::In);
    }
    balance(out, incoming)
}

/// [`reciprocity`] of so many one way and the other.
pub(crate) fn balance(out: u32, incoming: u32) -> f64 {
    let (out, incoming) = (f64::from(out), f64::from(incoming));
    2.0 * (out + 1.0).min(incoming + 1.0) / (out + incoming + 2.0)
}

fn breadth(touches: &[Touch], as_of: Day, model: &Model) -> f64 {
    let recent = touches.partition_point(|touch| !is_recent(touch.day, as_of, model));
    let mut seen = [false; Channel::ALL.len()];
    for touch in &touches[recent..] {
        seen[touch.channel as usize] |= model.weight(touch.channel) > 0.0;
    }
    broad(seen.into_iter().filter(|seen| *seen).count())
}

/// Whether a day is near enough for its channel to count.
pub(crate) fn is_recent(day: Day, on: Day, model: &Model) -> bool {
    f64::from(on.since(day)) <= 2.0 * model.half_life
}

/// The factor of contact over every channel.
pub(crate) const BROADEST: f64 = 1.45;

/// The factor of contact over so many channels.
pub(crate) fn broad(channels: usize) -> f64 {
    (1.0 + 0.15 * (channels.saturating_sub(1)) as f64).min(BROADEST)
}

/// The median positive activity; `None` when nobody was active.
#[must_use]
pub fn midpoint(activities: impl Iterator<Item = f64>) -> Option<f64> {
    let mut positive: Vec<f64> = activities.filter(|a| *a > 0.0).collect();
    positive.sort_by(f64::total_cmp);
    let half = positive.len() / 2;
    let upper = *positive.get(half)?;
    Some(if positive.len() % 2 == 1 { upper } else { f64::midpoint(positive[half - 1], upper) })
}

/// `A / (A + A50)`; 0 without activity.
///
/// ```
/// use weaktie::ties::strength::strength;
/// assert!((strength(3.0, Some(1.0)) - 0.75).abs() < 1e-12);
/// assert!(strength(0.0, Some(1.0)).abs() < 1e-12);
/// ```
#[must_use]
pub fn strength(activity: f64, midpoint: Option<f64>) -> f64 {
    match midpoint {
        Some(half) if activity > 0.0 => activity / (activity + half),
        _ => 0.0,
    }
}

/// Raw strength at the best of the quarter ends `as_of`, `as_of − 91`, … back to the first interaction; `now` is that of `as_of`.
///
/// At the end of a quarter without any, a tie is never stronger than at the end before; those are not asked. One pass over
/// the history, whatever its length in quarters: sums fade from day to day instead of being taken anew.
#[must_use]
pub fn peak(touches: &[Touch], as_of: Day, model: &Model, now: f64) -> f64 {
    let quarter = |touch: &Touch| as_of.since(touch.day) / QUARTER;
    let past = &touches[..touches.partition_point(|touch| as_of.since(touch.day) >= QUARTER)];
    let (mut so_far, mut best) = (SoFar::default(), now);
    for within in past.chunk_by(|a, b| quarter(a) == quarter(b)) {
        for day in within.chunk_by(|a, b| a.day == b.day) {
            so_far.add(day, model);
        }
        best = best.max(so_far.activity(as_of.plus(-quarter(&within[0]) * QUARTER), model));
    }
    best
}

/// A history up to some day, ready to be weighed on any later one.
#[derive(Default)]
struct SoFar {
    /// The last day added, and what all before weighs on it; recommendations apart.
    day: Option<Day>,
    sum: f64,
    recommended: Vec<(Day, f64)>,
    out: u32,
    incoming: u32,
    last: [Option<Day>; Channel::ALL.len()],
}

impl SoFar {
    /// Adds a later day.
    fn add(&mut self, touches: &[Touch], model: &Model) {
        let day = touches[0].day;
        let decay = self.day.map_or(1.0, |before| model.decay(day.since(before)));
        let mut added = capped(touches, model);
        let recommendation = &mut added[Channel::Recommendation as usize];
        if *recommendation > 0.0 {
            self.recommended.push((day, *recommendation));
            *recommendation = 0.0;
        }
        self.sum = self.sum * decay + added.iter().sum::<f64>();
        for touch in touches {
            self.out += u32::from(touch.direction == Direction::Out);
            self.incoming += u32::from(touch.direction == Direction::In);
            self.last[touch.channel as usize] = Some(day);
        }
        self.day = Some(day);
    }

    /// Raw strength on a day not before the last.
    fn activity(&self, on: Day, model: &Model) -> f64 {
        let decay = self.day.map_or(1.0, |day| model.decay(on.since(day)));
        let lasting = self
            .recommended
            .iter()
            .map(|(day, sum)| sum * model.decay(on.since(*day)).max(RECOMMENDED));
        let sum = self.sum * decay + lasting.sum::<f64>();
        let seen = Channel::ALL.into_iter().zip(self.last).filter(|(channel, last)| {
            model.weight(*channel) > 0.0 && last.is_some_and(|day| is_recent(day, on, model))
        });
        sum * libm::sqrt(balance(self.out, self.incoming)) * broad(seen.count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Instant;
    use proptest::prelude::*;

    fn touch(day: i32, channel: Channel, direction: Direction, people: u32) -> Touch {
        Touch {
            at: Instant(i64::from(day) * 86_400),
            day: Day(day),
            channel,
            direction,
            people,
            minutes: 0,
        }
    }

    fn model() -> Model {
        Model::new(&Config::default())
    }

    #[test]
    fn the_discount_of_larger_events_is_a_power_of_the_others() {
        let day = [touch(0, Channel::Meeting, Direction::Mutual, 4)];
        for (power, weighs) in [(0.0, 4.0), (1.0, 4.0 / 3.0), (2.0, 4.0 / 9.0)] {
            let model = Model { co_presence_discount: power, ..model() };
            let found = capped(&day, &model)[Channel::Meeting as usize];
            assert!((found - weighs).abs() < 1e-12, "{power}: {found}");
        }
    }

    #[test]
    fn worked_by_hand() {
        // Day 90 from day 0 and 90, h = 90: mail out at age 90 gives 1/2, a meeting of 3 today gives 4/2 = 2.
        // out = 1, in = 0: r = 2·min(2, 1)/3 = 2/3. Two channels: b = 1.15.
        let history = [
            touch(0, Channel::Email, Direction::Out, 2),
            touch(90, Channel::Meeting, Direction::Mutual, 3),
        ];
        let expected = (2.0_f64 / 3.0).sqrt() * 1.15 * 2.5;
        assert!((activity(&history, Day(90), &model()) - expected).abs() < 1e-12);
    }

    #[test]
    fn one_day_and_channel_is_capped_at_one_private_interaction() {
        let both = [Direction::Out, Direction::In, Direction::Out, Direction::In];
        let many: Vec<Touch> = both.map(|way| touch(0, Channel::Email, way, 2)).to_vec();
        assert!((activity(&many, Day(0), &model()) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_long_meeting_weighs_up_to_twice_a_short_one() {
        let of = |minutes| {
            let met = touch(0, Channel::Meeting, Direction::Mutual, 2);
            activity(&[Touch { minutes, ..met }], Day(0), &model())
        };
        // Half an hour, as when nothing is known: 4. Two hours: g = 2. Longer: no more.
        assert!((of(0) - 4.0).abs() < 1e-12 && (of(30) - 4.0).abs() < 1e-12);
        assert!((of(120) - 8.0).abs() < 1e-12 && (of(600) - 8.0).abs() < 1e-12);
        assert!((of(15) - 4.0 * 0.5_f64.sqrt()).abs() < 1e-12);
        // The length of a mail means nothing.
        let mail = touch(0, Channel::Email, Direction::Mutual, 2);
        assert!(
            (activity(&[Touch { minutes: 120, ..mail }], Day(0), &model()) - 1.0).abs() < 1e-12
        );
    }

    #[test]
    fn parts_multiply_to_the_whole() {
        let history = [
            touch(0, Channel::Email, Direction::Out, 2),
            touch(90, Channel::Meeting, Direction::Mutual, 3),
        ];
        let found = parts(&history, Day(90), &model());
        assert!((found.activity - activity(&history, Day(90), &model())).abs() < 1e-12);
        assert!((found.contacts[&Channel::Meeting] - 2.0).abs() < 1e-12);
        assert!((found.breadth - 1.15).abs() < 1e-12 && found.contacts.len() == 2);
    }

    #[test]
    fn an_invitation_weighs_nothing() {
        let history = [touch(0, Channel::Invitation, Direction::Out, 2)];
        assert!(activity(&history, Day(0), &model()).abs() < 1e-12);
    }

    #[test]
    fn the_midpoint_is_the_median_of_the_positive() {
        assert_eq!(midpoint([0.0, 1.0, 3.0].into_iter()), Some(2.0));
        assert_eq!(midpoint([0.0].into_iter()), None);
    }

    proptest! {
        #[test]
        fn strength_falls_with_silence(days in proptest::collection::vec(0..900_i32, 1..40), wait in 0..900_i32) {
            let mut days = days;
            days.sort_unstable();
            let history: Vec<Touch> =
                days.iter().map(|day| touch(*day, Channel::Email, Direction::In, 2)).collect();
            let now = activity(&history, Day(900), &model());
            let later = activity(&history, Day(900 + wait), &model());
            prop_assert!(later <= now + 1e-12);
        }

        #[test]
        fn the_peak_is_the_best_of_all_quarter_ends(
            touched in proptest::collection::vec((0..2_000_i32, 0..9_usize, 0..3_usize, 2..5_u32), 1..30),
        ) {
            let ways = [Direction::In, Direction::Out, Direction::Mutual];
            let mut history: Vec<Touch> = touched
                .iter()
                .map(|(day, channel, way, people)| touch(*day, Channel::ALL[*channel], ways[*way], *people))
                .collect();
            history.sort_unstable_by_key(|touch| touch.day);
            let best = (0..=2_100 / QUARTER)
                .map(|back| activity(&history, Day(2_050 - back * QUARTER), &model()))
                .fold(0.0, f64::max);
            let now = activity(&history, Day(2_050), &model());
            let found = peak(&history, Day(2_050), &model(), now);
            prop_assert!((found - best).abs() < 1e-12, "{} {}", found, best);
        }
    }
}
