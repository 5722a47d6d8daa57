//! Contact days, usual gaps and states of ties, by the rules of `methods.md` C.2 and C.9.
//!
//! Responsible for keeping the planted states honest: a state counts only if it is the same for every fair
//! reading (with and without co-presence, two ways to take the owner's median, the usual gap off by 7%).

use super::calendar::day_of;
use super::life::Event;
use super::people::OWNER;

/// Events with more people do not count as contact by presence.
const MAX_GROUP: usize = 25;

/// The state of a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Never,
    New,
    Dormant,
    Lapsed,
    Neglected,
    Slipping,
    OnRhythm,
}

impl State {
    /// The kebab-case name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Never => "never-active",
            Self::New => "new",
            Self::Dormant => "dormant",
            Self::Lapsed => "lapsed",
            Self::Neglected => "neglected",
            Self::Slipping => "slipping",
            Self::OnRhythm => "on-rhythm",
        }
    }
}

/// The distinct contact days of one person, ascending.
#[derive(Debug, Clone, Default)]
pub(crate) struct Days {
    /// Days on which the owner or the person wrote, called or invited the other.
    pub(crate) direct: Vec<i32>,
    /// The same and the days on which both were in one event.
    pub(crate) present: Vec<i32>,
}

impl Days {
    fn add(&mut self, day: i32, direct: bool) {
        if direct {
            self.direct.push(day);
        }
        self.present.push(day);
    }

    fn tidy(&mut self) {
        for days in [&mut self.direct, &mut self.present] {
            days.sort_unstable();
            days.dedup();
        }
    }

    /// The days up to `last`, and `last` itself: what remains when the tie ends on that day.
    pub(crate) fn ending(&self, last: i32) -> Self {
        let cut = |days: &[i32]| {
            let mut kept: Vec<i32> = days.iter().copied().filter(|&day| day < last).collect();
            kept.push(last);
            kept
        };
        Self { direct: cut(&self.direct), present: cut(&self.present) }
    }

    /// The usual gap in all readings.
    pub(crate) fn gaps(&self, owner: [f64; 2]) -> [f64; 4] {
        let [a, b] = owner;
        [
            shrunk(&self.direct, a),
            shrunk(&self.direct, b),
            shrunk(&self.present, a),
            shrunk(&self.present, b),
        ]
    }
}

/// Adds one event to the days of `id`.
fn note(event: &Event, id: u32, days: &mut Days) {
    let direct = (event.from == OWNER && event.to.contains(&id))
        || (event.from == id && event.to.contains(&OWNER));
    if direct || event.to.len() < MAX_GROUP {
        days.add(day_of(event.at), direct);
    }
}

/// The contact days of everybody; `count` people.
pub(crate) fn all(events: &[Event], count: usize) -> Vec<Days> {
    let mut days = vec![Days::default(); count];
    for event in events {
        for &id in event.to.iter().chain(std::iter::once(&event.from)) {
            if id != OWNER && !event.to.is_empty() {
                note(event, id, &mut days[id as usize]);
            }
        }
    }
    days.iter_mut().for_each(Days::tidy);
    days
}

/// The contact days of one person, whose events are numbered in `index`.
pub(crate) fn of(events: &[Event], index: &[u32], id: u32) -> Days {
    let mut days = Days::default();
    for &at in index {
        let event = &events[at as usize];
        if event.from == id && !event.to.is_empty() || event.to.contains(&id) {
            note(event, id, &mut days);
        }
    }
    days.tidy();
    days
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match (values.get(half), values.len() % 2) {
        (None, _) => 30.0,
        (Some(&upper), 1) => upper,
        (Some(&upper), _) => f64::midpoint(upper, values[half - 1]),
    }
}

fn gaps(days: &[i32]) -> Vec<f64> {
    days.windows(2).map(|pair| f64::from(pair[1] - pair[0])).collect()
}

/// The least and the largest fair reading of the owner's usual gap: over all gaps, over the ties' own
/// medians, and both a little wider, since who counts as one person (duplicates) moves them.
pub(crate) fn owner_gaps(all: &[Days]) -> [f64; 2] {
    let mut pooled: Vec<f64> = all.iter().flat_map(|days| gaps(&days.direct)).collect();
    let mut of_ties: Vec<f64> = all
        .iter()
        .filter(|days| days.direct.len() > 1)
        .map(|days| median(&mut gaps(&days.direct)))
        .collect();
    let (a, b) = (median(&mut pooled), median(&mut of_ties));
    [0.7 * a.min(b), 1.7 * a.max(b)]
}

/// The usual gap shrunk by two pseudo-gaps of the owner's.
pub(crate) fn shrunk(days: &[i32], owner: f64) -> f64 {
    let mut own = gaps(days);
    if own.is_empty() {
        return owner;
    }
    let n = own.len() as f64;
    let middle = median(&mut own);
    libm::exp((n * libm::log(middle) + 2.0 * libm::log(owner)) / (n + 2.0))
}

/// The state by C.9 (`gone` apart, which needs the other person's whole log).
fn state(days: &[i32], usual: f64, today: i32) -> State {
    let (Some(&first), Some(&last)) = (days.first(), days.last()) else { return State::Never };
    let rec = f64::from(today - last);
    match rec {
        _ if today - first < 90 && days.len() < 3 => State::New,
        rec if rec >= 1_095.0 => State::Dormant,
        rec if rec > 8.0 * usual && rec >= 60.0 => State::Lapsed,
        rec if rec > 3.0 * usual && rec >= 21.0 => State::Neglected,
        rec if rec > 1.5 * usual && rec >= 14.0 => State::Slipping,
        _ => State::OnRhythm,
    }
}

/// The state on which every fair reading agrees, if there is one.
pub(crate) fn robust(days: &Days, owner: [f64; 2], today: i32) -> Option<State> {
    let usual = days.gaps(owner);
    let lists = [&days.direct, &days.direct, &days.present, &days.present];
    let mut states = lists
        .iter()
        .zip(usual)
        .flat_map(|(list, usual)| [0.93, 1.0, 1.07].map(|slack| state(list, usual * slack, today)));
    let first = states.next()?;
    states.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_follow_the_rules() {
        let weekly: Vec<i32> = (0..60).map(|n| n * 7).collect();
        let usual = shrunk(&weekly, 7.0);
        assert!((usual - 7.0).abs() < 1e-9);
        let last = 59 * 7;
        for (silence, expected) in [
            (9, State::OnRhythm),
            (14, State::Slipping),
            (22, State::Neglected),
            (58, State::Neglected),
            (60, State::Lapsed),
            (1_095, State::Dormant),
        ] {
            assert_eq!(state(&weekly, usual, last + silence), expected, "{silence}");
        }
        assert_eq!(state(&[], usual, 5), State::Never);
        assert_eq!(state(&[1, 2], usual, 5), State::New);
    }

    #[test]
    fn the_gap_is_shrunk_to_the_owners() {
        // x = 2 gaps of 10 and two pseudo-gaps of 40: the geometric mean, 20.
        assert!((shrunk(&[0, 10, 20], 40.0) - 20.0).abs() < 1e-9);
        assert!((shrunk(&[5], 40.0) - 40.0).abs() < 1e-9);
    }
}
