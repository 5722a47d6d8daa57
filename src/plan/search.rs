//! The choice: lazy greedy by gain and by gain a minute, the best single item, then swaps (`methods` G.3).
//!
//! Greedy reaches `1 − 1/e` of the optimum under a number of items (Nemhauser, Wolsey & Fisher 1978), the best of the three
//! starts a third of it and more under minutes (Khuller, Moss & Naor 1999; Leskovec et al. 2007), half under caps alone
//! (Fisher et al. 1978). Lazy: a gain kept from before is an upper bound, so few are told anew (Minoux 1978). **Ties** larger
//! gain, then the order of the items. **Cost** O(n) heap and, a swap, O(N n) gains.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::objective::{Item, Objective};
use super::rules::{Card, Room, Sense, Used};

/// What may be chosen, from what.
#[derive(Debug, Clone)]
pub struct Problem<'a> {
    /// Worth.
    pub items: &'a [Item],
    /// Limits, item by item.
    pub cards: &'a [Card],
    /// The objective.
    pub objective: &'a Objective,
    /// Items that stand whatever else gains more: they were promised by an earlier plan, and fit.
    pub kept: Vec<usize>,
    /// Positions of the items that may be chosen, rising.
    pub may: Vec<usize>,
    /// What is used up before the choice.
    pub used: Used,
    /// How much may be used in all.
    pub room: Room,
}

/// Gains below this are none.
const NONE: f64 = 1e-12;
/// An exchange, or another start, must gain more than this share of the whole: near equals stay as they stand, so that a day
/// more of silence does not shuffle the list, and rounding never goes in circles.
const MARGIN: f64 = 0.01;
/// Most exchanges.
const ROUNDS: usize = 200;

/// A stale gain in the heap.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stale {
    rate: f64,
    at: usize,
    round: usize,
}

impl Eq for Stale {}

impl Ord for Stale {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rate.total_cmp(&other.rate).then(other.at.cmp(&self.at))
    }
}

impl PartialOrd for Stale {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What another choice must exceed.
fn at_least(value: f64) -> f64 {
    value * (1.0 + MARGIN) + NONE
}

impl Problem<'_> {
    /// The chosen items, in the order of their gain when chosen.
    #[must_use]
    pub fn choose(&self) -> Vec<usize> {
        let anywhere = &mut |_| true;
        let kept = || self.kept.clone();
        let mut starts =
            vec![self.greedy(kept(), false, anywhere), self.greedy(kept(), true, anywhere)];
        if let Some(single) = self.best_single() {
            let with: Vec<usize> = self.kept.iter().copied().chain([single]).collect();
            starts.push(self.greedy(with, false, anywhere));
        }
        let improved = starts.into_iter().map(|set| self.improve(set));
        let best = improved
            .map(|set| (self.value(&set), set))
            .reduce(|best, next| if next.0 > at_least(best.0) { next } else { best });
        best.map_or_else(Vec::new, |(_, set)| self.by_gain(set))
    }

    /// The value of a set.
    #[must_use]
    pub fn value(&self, set: &[usize]) -> f64 {
        self.objective.value(self.items, set)
    }

    /// What is used up with a set chosen.
    #[must_use]
    pub fn with(&self, set: &[usize]) -> Used {
        let mut used = self.used.clone();
        for at in set {
            used.take(&self.cards[*at]);
        }
        used
    }

    /// The set filled up with the items of the largest gain that fit and that `place` finds a place for; it is asked once an
    /// item, at the moment of the choice.
    #[must_use]
    pub fn complete(&self, set: Vec<usize>, place: &mut dyn FnMut(usize) -> bool) -> Vec<usize> {
        self.greedy(set, false, place)
    }

    /// The set without the asks that lack a give, the last of them first.
    #[must_use]
    pub fn balanced(&self, mut set: Vec<usize>) -> Vec<usize> {
        while !self.with(&set).is_balanced() {
            let Some(last) = set.iter().rposition(|at| self.cards[*at].sense == Sense::Ask) else {
                break;
            };
            set.remove(last);
        }
        set
    }

    /// Adds the item of the largest gain (a minute, if asked) until nothing fits, gains or has a place.
    fn greedy(
        &self,
        mut set: Vec<usize>,
        by_minute: bool,
        place: &mut dyn FnMut(usize) -> bool,
    ) -> Vec<usize> {
        let mut open = self.objective.open();
        for at in &set {
            Objective::take(&self.items[*at], &mut open);
        }
        let mut used = self.with(&set);
        let rate = |at: usize, gain: f64| {
            if by_minute { gain / f64::from(self.cards[at].minutes.max(1)) } else { gain }
        };
        let mut heap: BinaryHeap<Stale> = (self.may.iter().copied())
            .filter(|at| !set.contains(at))
            .map(|at| Stale { rate: f64::INFINITY, at, round: usize::MAX })
            .collect();
        // Asks wait until a give stands against them.
        let mut waiting: Vec<Stale> = Vec::new();
        while let Some(top) = heap.pop() {
            let (item, card) = (&self.items[top.at], &self.cards[top.at]);
            if !used.admits(card, self.room) {
                // Nothing that is taken is ever given back: it will not fit later either.
                continue;
            }
            if top.round != set.len() {
                let gain = self.objective.gain(item, &open);
                if gain > NONE {
                    heap.push(Stale { rate: rate(top.at, gain), at: top.at, round: set.len() });
                }
                continue;
            }
            if !used.fits(card, self.room) {
                waiting.push(top);
                continue;
            }
            if !place(top.at) {
                continue;
            }
            Objective::take(item, &mut open);
            used.take(card);
            set.push(top.at);
            heap.extend(waiting.drain(..));
        }
        set
    }

    fn best_single(&self) -> Option<usize> {
        let open = self.objective.open();
        let used = self.with(&self.kept);
        let open_to =
            |at: &&usize| !self.kept.contains(at) && used.fits(&self.cards[**at], self.room);
        let fits = self.may.iter().filter(open_to);
        let gains = fits.map(|at| (self.objective.gain(&self.items[*at], &open), *at));
        gains.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|best| best.1)
    }

    /// Exchanges one chosen item for another, or adds one, while that gains.
    fn improve(&self, mut set: Vec<usize>) -> Vec<usize> {
        for _ in 0..ROUNDS {
            set = self.greedy(set, false, &mut |_| true);
            let Some((out, enters)) = self.best_swap(&set) else { break };
            set.remove(out);
            set.push(enters);
        }
        set
    }

    /// The exchange that gains most: a place in the set and the item that enters.
    fn best_swap(&self, set: &[usize]) -> Option<(usize, usize)> {
        let all = self.value(set);
        let open = self.objective.open();
        let alone: Vec<(usize, f64)> = (self.may.iter())
            .map(|at| (*at, self.objective.gain(&self.items[*at], &open)))
            .collect();
        let mut best: Option<(f64, usize, usize)> = None;
        for out in (0..set.len()).filter(|out| !self.kept.contains(&set[*out])) {
            let rest: Vec<usize> =
                set.iter().enumerate().filter(|(nth, _)| *nth != out).map(|(_, at)| *at).collect();
            let kept = self.value(&rest);
            let mut open = self.objective.open();
            for at in &rest {
                Objective::take(&self.items[*at], &mut open);
            }
            let used = self.with(&rest);
            let mut least = best.map_or(at_least(all), |best| best.0);
            for &(enters, alone) in &alone {
                // Alone an item gains at least as much as beside others.
                if kept + alone <= least || set.contains(&enters) {
                    continue;
                }
                let card = &self.cards[enters];
                if !used.admits(card, self.room) {
                    continue;
                }
                let value = kept + self.objective.gain(&self.items[enters], &open);
                if value <= least {
                    continue;
                }
                let mut after = used.clone();
                after.take(card);
                if after.is_balanced() {
                    least = value;
                    best = Some((value, out, enters));
                }
            }
        }
        best.map(|(_, out, enters)| (out, enters))
    }

    /// The same set, largest gain first.
    fn by_gain(&self, mut set: Vec<usize>) -> Vec<usize> {
        let mut open = self.objective.open();
        let mut order = Vec::with_capacity(set.len());
        set.sort_unstable();
        while !set.is_empty() {
            let gains = set.iter().enumerate();
            let gains = gains.map(|(nth, at)| (self.objective.gain(&self.items[*at], &open), nth));
            let best = gains.reduce(|best, next| if next.0 > best.0 { next } else { best });
            let at = set.remove(best.map_or(0, |best| best.1));
            Objective::take(&self.items[at], &mut open);
            order.push(at);
        }
        order
    }
}
