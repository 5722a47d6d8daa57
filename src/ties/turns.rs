//! Turns: who waits for whom, who takes the first step, and what passed each way.
//!
//! A *turn* is a run of private messages of one side; the other side's next private message answers it. A *first
//! step* is a private message after [`NEW_CONVERSATION`] quiet days, or the first of all. Meetings, calls, group
//! messages and clicks make no turns.

use std::collections::BTreeMap;

use crate::audit::{Favour, Latency, Sides};
use crate::units::{Channel, Day};

use super::latency;
use super::owner::{Direction, Touch};
use super::rhythm::{NEW_CONVERSATION, is_private};

/// Waits in seconds of turns that one side could answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waits {
    /// Of those it answered.
    pub answered: Vec<i64>,
    /// Of those that still wait, to the end of the last day.
    pub open: Vec<i64>,
}

impl Waits {
    /// Both of two sets.
    pub fn extend(&mut self, other: &Self) {
        self.answered.extend(&other.answered);
        self.open.extend(&other.open);
    }

    /// Median and share within a week, censored turns included.
    #[must_use]
    pub fn latency(&self) -> Latency {
        latency::of(&mut self.answered.clone(), &self.open)
    }
}

/// How long each side takes: `yours` are the owner's answers, `theirs` the contact's. Touches must be sorted by time.
#[must_use]
pub fn waits(touches: &[Touch], as_of: Day) -> Sides<Waits> {
    let mut found = Sides::<Waits>::default();
    let end = (i64::from(as_of.0) + 1) * 86_400;
    let mut open: Option<(Direction, i64)> = None;
    for touch in touches.iter().filter(|touch| is_private(touch)) {
        match open {
            Some((whose, _)) if whose == touch.direction => {}
            Some((whose, began)) => {
                answerer(&mut found, whose).answered.push(touch.at.0 - began);
                open = Some((touch.direction, touch.at.0));
            }
            None => open = Some((touch.direction, touch.at.0)),
        }
    }
    if let Some((whose, began)) = open {
        answerer(&mut found, whose).open.push((end - began).max(0));
    }
    found
}

fn answerer(found: &mut Sides<Waits>, whose: Direction) -> &mut Waits {
    if whose == Direction::Out { &mut found.theirs } else { &mut found.yours }
}

/// Who began conversations, and how often.
#[must_use]
pub fn first_steps(touches: &[Touch]) -> Sides<u32> {
    let mut steps = Sides::default();
    let mut last: Option<Day> = None;
    for touch in touches.iter().filter(|touch| is_private(touch)) {
        if last.is_none_or(|last| touch.day.since(last) >= NEW_CONVERSATION) {
            match touch.direction {
                Direction::Out => steps.yours += 1,
                Direction::In => steps.theirs += 1,
                Direction::Mutual => {}
            }
        }
        last = Some(touch.day);
    }
    steps
}

/// What passed each way, by channel, with the last day: private messages together, and every channel that is a
/// favour or an approach in itself. Channels on which nothing passed are left out.
#[must_use]
pub fn given_and_received(touches: &[Touch]) -> Vec<Favour> {
    const OWN: [Channel; 3] = [Channel::Invitation, Channel::Recommendation, Channel::Endorsement];
    let mut found: BTreeMap<Channel, Favour> = BTreeMap::new();
    for touch in touches {
        let kind = match touch.channel {
            channel if OWN.contains(&channel) => channel,
            _ if is_private(touch) => Channel::Message,
            _ => continue,
        };
        let favour = found.entry(kind).or_insert_with(|| Favour::of(kind));
        let (count, last) = match touch.direction {
            Direction::Out => (&mut favour.given, &mut favour.last_given),
            Direction::In => (&mut favour.received, &mut favour.last_received),
            Direction::Mutual => continue,
        };
        *count += 1;
        *last = Some(touch.day.date());
    }
    found.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Instant;

    fn touch(day: i32, channel: Channel, direction: Direction) -> Touch {
        let at = Instant(i64::from(day) * 86_400);
        Touch { at, day: Day(day), channel, direction, people: 2, minutes: 0 }
    }

    fn mail(day: i32, direction: Direction) -> Touch {
        touch(day, Channel::Email, direction)
    }

    #[test]
    fn waits_run_from_the_first_message_of_a_turn() {
        use Direction::{In, Mutual, Out};
        let history = [
            mail(0, Out),
            mail(2, Out),
            touch(3, Channel::Meeting, Mutual),
            mail(5, In),
            mail(6, Out),
        ];
        let found = waits(&history, Day(9));
        assert_eq!(found.theirs.answered, [5 * 86_400]);
        // Open since day 6 to the end of day 9.
        assert_eq!(found.theirs.open, [4 * 86_400]);
        assert_eq!(found.yours, Waits { answered: vec![86_400], open: Vec::new() });
        assert_eq!(waits(&[], Day(9)), Sides::default());
    }

    #[test]
    fn a_first_step_comes_after_two_quiet_weeks() {
        use Direction::{In, Out};
        let history = [mail(0, Out), mail(1, In), mail(13, Out), mail(27, In), mail(41, Out)];
        assert_eq!(first_steps(&history), Sides { yours: 2, theirs: 1 });
    }

    #[test]
    fn favours_are_counted_by_kind_with_their_last_day() {
        use Direction::{In, Out};
        let history = [
            touch(0, Channel::Invitation, In),
            mail(3, Out),
            touch(4, Channel::Chat, Out),
            touch(9, Channel::Recommendation, In),
        ];
        let found = given_and_received(&history);
        let told: Vec<(Channel, u32, u32)> =
            found.iter().map(|f| (f.kind, f.given, f.received)).collect();
        assert_eq!(
            told,
            [
                (Channel::Message, 2, 0),
                (Channel::Invitation, 0, 1),
                (Channel::Recommendation, 0, 1)
            ]
        );
        assert_eq!(found[0].last_given, Some(Day(4).date()));
        assert_eq!(found[0].last_received, None);
    }
}
