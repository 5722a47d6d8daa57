//! Ties that nobody observed and that are only likely: contacts of one employer.
//!
//! **Definition** two contacts who state the same employer know each other with probability
//! `π = π₀ · min(1, (k₀ − 1)/(n − 1))`, `n` the owner's contacts there: whatever the employer's size, each person gets at
//! most `π₀ (k₀ − 1) = 1.75` expected ties. The cap matters: counted like observed ties, inferred ones turn every
//! ranking over. A draw keeps each pair by its chance; what it adds has no weight of its own, so it serves unweighted measures.
//! Never part of [`super::Network`]: inferred and observed are measured apart.

use std::collections::BTreeMap;

use crate::people::PersonId;

use super::Network;
use super::flat::{Flat, id};

/// `π₀`: the chance in a small firm.
pub const CHANCE: f64 = 0.25;
/// `k₀`: contacts at one employer above which the chance falls.
const CAP: f64 = 8.0;

/// Contacts of one employer.
#[derive(Debug, Clone, PartialEq)]
pub struct Colleagues {
    /// Nodes, sorted; two or more.
    pub members: Vec<u32>,
    /// Probability that two of them know each other.
    pub probability: f64,
}

/// All likely ties of a network.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inferred {
    /// Groups of contacts, in the order of employers.
    pub groups: Vec<Colleagues>,
}

impl Inferred {
    /// The likely ties of contacts with the same `employer` (its key; `None` = unknown or no employer).
    #[must_use]
    pub fn of<'a>(network: &Network, employer: impl Fn(PersonId) -> Option<&'a str>) -> Self {
        let mut groups: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for (node, who) in network.people.iter().enumerate() {
            if let Some(key) = employer(*who) {
                groups.entry(key).or_default().push(id(node));
            }
        }
        let groups = groups.into_values().filter(|members| members.len() > 1);
        let group = |members: Vec<u32>| {
            let probability = CHANCE * ((CAP - 1.0) / (members.len() - 1) as f64).min(1.0);
            Colleagues { members, probability }
        };
        Self { groups: groups.map(group).collect() }
    }

    /// Ties that a draw is expected to add to the observed ones.
    #[must_use]
    pub fn expected(&self, observed: &Flat) -> f64 {
        let open = |members: &[u32]| {
            let known = |node: &u32| {
                let others = observed.neighbours(*node as usize).iter();
                others
                    .filter(|other| **other > *node && members.binary_search(other).is_ok())
                    .count()
            };
            members.len() * (members.len() - 1) / 2 - members.iter().map(known).sum::<usize>()
        };
        self.groups.iter().map(|group| open(&group.members) as f64 * group.probability).sum()
    }

    /// One draw: every likely pair by its chance. `uniform` gives numbers in `[0, 1)`. Cost: O(ties drawn).
    #[must_use]
    pub fn draw(&self, mut uniform: impl FnMut() -> f64) -> Vec<(usize, usize)> {
        let mut ties = Vec::new();
        for Colleagues { members, probability } in &self.groups {
            // From one kept pair to the next in one step (Batagelj & Brandes 2005).
            let miss = libm::log(1.0 - probability.min(1.0 - 1e-12));
            let (mut row, mut column) = (1_usize, -1.0_f64);
            loop {
                column += 1.0 + (libm::log(1.0 - uniform()) / miss).floor();
                while row < members.len() && column >= row as f64 {
                    column -= row as f64;
                    row += 1;
                }
                if row >= members.len() {
                    break;
                }
                let other = (0..row).nth(whole(column)).unwrap_or(0);
                ties.push((members[row] as usize, members[other] as usize));
            }
        }
        ties
    }

    /// The observed ties and one draw of the likely ones, each counting 1.
    #[must_use]
    pub fn added_to(&self, observed: &Flat, uniform: impl FnMut() -> f64) -> Flat {
        let drawn = self.draw(uniform).into_iter().map(|(a, b)| (a, b, 1.0));
        Flat::new(observed.len(), observed.edges().chain(drawn)).unweighted()
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ column < row")]
fn whole(column: f64) -> usize {
    column as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    fn firm(people: u32) -> Inferred {
        let network = Network::new((0..people).map(PersonId).collect(), &[]);
        Inferred::of(&network, |_| Some("firm"))
    }

    #[test]
    fn each_person_gets_at_most_a_few_expected_ties() {
        assert!((firm(2).groups[0].probability - 0.25).abs() < 1e-12);
        let nobody = |people: u32| Flat::new(people as usize, []);
        assert!((firm(8).expected(&nobody(8)) * 2.0 / 8.0 - 1.75).abs() < 1e-12);
        for people in [9, 40, 900] {
            let expected = firm(people).expected(&nobody(people));
            assert!((expected * 2.0 / f64::from(people) - 1.75).abs() < 1e-9);
        }
        // Two of three who are seen together add nothing.
        let seen = Flat::new(3, [(0, 2, 1.0)]);
        assert!((firm(3).expected(&seen) - 2.0 * 0.25).abs() < 1e-12);
        assert!(firm(1).groups.is_empty());
    }

    #[test]
    fn draws_hold_as_many_ties_as_expected_and_each_pair_once() {
        let firm = firm(30);
        let mut drawn = 0;
        for index in 0..400 {
            let mut stream = Stream::new(3, "colleagues", index);
            let mut ties = firm.draw(|| stream.unit());
            drawn += ties.len();
            assert!(ties.iter().all(|(a, b)| b < a && *a < 30));
            let all = ties.len();
            ties.sort_unstable();
            ties.dedup();
            assert_eq!(ties.len(), all);
        }
        let mean = f64::from(u32::try_from(drawn).unwrap()) / 400.0;
        let expected = firm.expected(&Flat::new(30, []));
        assert!((mean - expected).abs() < 1.5, "{mean} is not {expected}");
    }
}
