//! Histories: for every tie, the days with contact and how many interactions each held.
//!
//! Responsible for the one form in which the audit, the table of ties and the back-test hand their data to the model.
//! People are numbers below [`Histories::people`]; a tie is a pair `a < b`, and ties stand in the order of pairs. Four
//! bytes a tie and contact day.

use rayon::prelude::*;

use crate::units::Day;

/// Bits that count a day's interactions; more are told as this many.
const ROW_BITS: u32 = 15;
/// Days are kept from 1880 to 2239; days beyond stop at the ends.
const ORIGIN: i32 = -32_768;

/// A day with contact, and its interactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContactDay(u32);

impl ContactDay {
    /// `rows` from 1 to 32,767.
    #[must_use]
    pub fn new(day: Day, rows: u32) -> Self {
        let from_origin = day.0.saturating_sub(ORIGIN).clamp(0, (1 << (32 - ROW_BITS)) - 1);
        Self(from_origin.unsigned_abs() << ROW_BITS | rows.min((1 << ROW_BITS) - 1))
    }

    /// The day.
    #[must_use]
    pub fn day(self) -> Day {
        Day(ORIGIN.saturating_add_unsigned(self.0 >> ROW_BITS))
    }

    /// Interactions on it.
    #[must_use]
    pub fn rows(self) -> u32 {
        self.0 & ((1 << ROW_BITS) - 1)
    }
}

/// Some ties, in the order of pairs, before they are put together.
#[derive(Debug, Clone, Default)]
pub struct Part {
    ends: Vec<[u32; 2]>,
    counts: Vec<u32>,
    days: Vec<ContactDay>,
}

impl Part {
    /// Adds the tie of two people from the day of each interaction, oldest first. Without any there is no tie.
    pub fn push(&mut self, ends: [u32; 2], days: impl Iterator<Item = Day>) {
        let start = self.days.len();
        for day in days {
            match self.days[start..].last().copied() {
                Some(last) if last.day() == day => {
                    let at = self.days.len() - 1;
                    self.days[at] = ContactDay::new(day, last.rows() + 1);
                }
                _ => self.days.push(ContactDay::new(day, 1)),
            }
        }
        let count = self.days.len() - start;
        if count > 0 {
            self.ends.push([ends[0].min(ends[1]), ends[0].max(ends[1])]);
            self.counts.push(u32::try_from(count).unwrap_or(u32::MAX));
        }
    }
}

/// All ties of a log.
#[derive(Debug, Clone, Default)]
pub struct Histories {
    people: usize,
    ends: Vec<[u32; 2]>,
    days: Runs<ContactDay>,
    together: Runs<Day>,
    of_person: Runs<u32>,
    span: Option<(Day, Day)>,
}

/// Lists of different lengths in one vector.
#[derive(Debug, Clone)]
struct Runs<T> {
    starts: Vec<usize>,
    items: Vec<T>,
}

impl<T> Default for Runs<T> {
    fn default() -> Self {
        Self { starts: Vec::new(), items: Vec::new() }
    }
}

impl<T> Runs<T> {
    fn get(&self, at: usize) -> &[T] {
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(start), Some(end)) => self.items.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }
}

fn starts(counts: impl Iterator<Item = u32>) -> Vec<usize> {
    let mut sum = 0;
    let after = counts.map(|count| {
        sum += count as usize;
        sum
    });
    std::iter::once(0).chain(after).collect()
}

impl Histories {
    /// Puts parts together; their ties must be in the order of pairs over all parts, each pair once.
    #[must_use]
    pub fn new(people: usize, parts: Vec<Part>) -> Self {
        let mut all = Part::default();
        if let [only] = parts.as_slice() {
            all = only.clone();
        } else {
            all.days.reserve_exact(parts.iter().map(|part| part.days.len()).sum());
            for part in parts {
                all.ends.extend(part.ends);
                all.counts.extend(part.counts);
                all.days.extend(part.days);
            }
        }
        debug_assert!(all.ends.is_sorted_by(|a, b| a < b), "pairs in order, each once");
        let first = all.days.par_iter().map(|day| day.day()).min();
        let last = all.days.par_iter().map(|day| day.day()).max();
        let of_person = by_person(people, &all.ends);
        let days = Runs { starts: starts(all.counts.into_iter()), items: all.days };
        Self {
            people,
            ends: all.ends,
            days,
            of_person,
            together: Runs::default(),
            span: first.zip(last),
        }
    }

    /// Adds the days on which both people of a tie received one message of a third, in any order; `(tie, day)`.
    pub fn add_together(&mut self, mut seen: Vec<(u32, Day)>) {
        seen.par_sort_unstable();
        let mut counts = vec![0; self.ends.len()];
        seen.retain(|(tie, _)| (*tie as usize) < counts.len());
        for (tie, _) in &seen {
            counts[*tie as usize] += 1;
        }
        let items = seen.into_iter().map(|(_, day)| day).collect();
        self.together = Runs { starts: starts(counts.into_iter()), items };
    }

    /// Numbers of people are below this.
    #[must_use]
    pub fn people(&self) -> usize {
        self.people
    }

    /// Number of ties.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether nobody met.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The first and last day with contact.
    #[must_use]
    pub fn span(&self) -> Option<(Day, Day)> {
        self.span
    }

    /// The two people of a tie, `a < b`.
    #[must_use]
    pub fn ends(&self, tie: usize) -> [u32; 2] {
        self.ends[tie]
    }

    /// One person's ties alone, as a log of their own would show them; people keep their numbers.
    #[must_use]
    pub fn only(&self, person: u32) -> Self {
        let ties = || self.ties_of(person).iter().map(|tie| *tie as usize);
        let mut part = Part::default();
        for tie in ties() {
            let days = self.days.get(tie);
            part.ends.push(self.ends[tie]);
            part.counts.push(u32::try_from(days.len()).unwrap_or(u32::MAX));
            part.days.extend_from_slice(days);
        }
        let mut own = Self::new(self.people, vec![part]);
        let together = (0..).zip(ties());
        let seen = together
            .flat_map(|(nth, tie)| self.together.get(tie).iter().map(move |day| (nth, *day)));
        own.add_together(seen.collect());
        own
    }

    /// The person who is part of more than half of all contact days, if one is: the owner of a log that shows their own ties.
    #[must_use]
    pub fn centre(&self) -> Option<u32> {
        let days = |person: usize| -> usize {
            self.of_person.get(person).iter().map(|tie| self.days.get(*tie as usize).len()).sum()
        };
        let all = self.days.items.len();
        let found = (0..self.people).into_par_iter().find_first(|person| days(*person) * 2 > all);
        found.and_then(|person| u32::try_from(person).ok())
    }

    /// The ties of a person, in the order of the other person.
    #[must_use]
    pub fn ties_of(&self, person: u32) -> &[u32] {
        self.of_person.get(person as usize)
    }

    /// The tie of two people.
    #[must_use]
    pub fn find(&self, a: u32, b: u32) -> Option<usize> {
        let pair = [a.min(b), a.max(b)];
        let ties = self.ties_of(if self.ties_of(a).len() <= self.ties_of(b).len() { a } else { b });
        ties.binary_search_by_key(&pair, |tie| self.ends[*tie as usize])
            .ok()
            .map(|at| ties[at] as usize)
    }

    /// The contact days of a tie before `cutoff`, oldest first.
    #[must_use]
    pub fn before(&self, tie: usize, cutoff: Day) -> &[ContactDay] {
        let days = self.days.get(tie);
        &days[..days.partition_point(|day| day.day() < cutoff)]
    }

    /// Whether a tie has contact on a day in `[from, to)`.
    #[must_use]
    pub fn met(&self, tie: usize, from: Day, to: Day) -> bool {
        let days = self.days.get(tie);
        let next = days.partition_point(|day| day.day() < from);
        days.get(next).is_some_and(|day| day.day() < to)
    }

    /// Days in `[from, to)` on which both received one message of a third, repeats kept.
    #[must_use]
    pub fn together(&self, tie: usize, from: Day, to: Day) -> &[Day] {
        let days = self.together.get(tie);
        let start = days.partition_point(|day| *day < from);
        &days[start..days.partition_point(|day| *day < to).max(start)]
    }
}

/// Ties are in the order of pairs, so every person meets its ties in the order of the other person.
fn by_person(people: usize, ends: &[[u32; 2]]) -> Runs<u32> {
    let mut counts = vec![0_u32; people];
    for person in ends.iter().flatten() {
        counts[*person as usize] += 1;
    }
    let starts = starts(counts.into_iter());
    let mut next = starts.clone();
    let mut items = vec![0; ends.len() * 2];
    for (pair, tie) in ends.iter().zip(0..) {
        for person in pair {
            let at = &mut next[*person as usize];
            items[*at] = tie;
            *at += 1;
        }
    }
    Runs { starts, items }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Histories of `(a, b, days)`.
    pub(crate) fn histories(ties: &[(u32, u32, &[i32])]) -> Histories {
        let mut sorted = ties.to_vec();
        sorted.sort_unstable();
        let people = ties.iter().map(|tie| tie.0.max(tie.1)).max().map_or(0, |most| most + 1);
        let mut part = Part::default();
        for (a, b, days) in sorted {
            part.push([a, b], days.iter().map(|day| Day(*day)));
        }
        Histories::new(people as usize, vec![part])
    }

    #[test]
    fn rows_of_one_day_are_one_contact_day() {
        let all = histories(&[(0, 1, &[3, 3, 9]), (0, 2, &[4])]);
        let days: Vec<(i32, u32)> =
            all.before(0, Day(100)).iter().map(|day| (day.day().0, day.rows())).collect();
        assert_eq!(days, [(3, 2), (9, 1)]);
        assert_eq!(all.before(0, Day(9)).len(), 1);
        assert_eq!(all.span(), Some((Day(3), Day(9))));
        assert_eq!((all.ties_of(0), all.ties_of(2)), (&[0_u32, 1][..], &[1_u32][..]));
        assert_eq!((all.find(2, 0), all.find(1, 2)), (Some(1), None));
        assert!(all.met(0, Day(4), Day(10)) && !all.met(0, Day(4), Day(9)));
    }

    #[test]
    fn days_beyond_the_span_stop_at_its_ends() {
        assert_eq!(ContactDay::new(Day(20_000), 7).day(), Day(20_000));
        assert_eq!(ContactDay::new(Day(-40_000), 1).day(), Day(ORIGIN));
        assert_eq!(ContactDay::new(Day(0), 1 << 20).rows(), 32_767);
    }

    #[test]
    fn days_together_are_cut_by_their_window() {
        let mut all = histories(&[(0, 1, &[3]), (0, 2, &[4])]);
        all.add_together(vec![(1, Day(8)), (1, Day(5)), (0, Day(1)), (1, Day(8)), (9, Day(1))]);
        assert_eq!(all.together(1, Day(5), Day(8)), [Day(5)]);
        assert_eq!(all.together(1, Day(6), Day(9)), [Day(8), Day(8)]);
        assert!(all.together(0, Day(2), Day(9)).is_empty());
    }
}
