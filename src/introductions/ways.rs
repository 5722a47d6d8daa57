//! Warm paths to a person, employer or class (`methods` F.2).
//!
//! A hop succeeds with `ρ = π · s · will`, at most 0.95: that the two know each other, how strong their tie is on the owner's scale,
//! and that somebody who can say a word does. A path is worth the product; the best ones by shortest paths on `−ln ρ` of at most
//! three hops, each through another first broker. Observed ties with `π ≥ 0.2` alone. Suppressed people are in no path; nobody is
//! asked more often than the limits say, or from whom more was received than given.

use std::collections::BTreeSet;

use crate::audit::{Hop, IntroductionLimits, TargetKind, WarmUp, Way, WaysIn};
use crate::measures::paths::{Deviate, Path, Search, best};
use crate::network::{Flat, id};
use crate::units::{Evidence, count};

use super::circle::{Between, Circle, LIKELY};

/// Ways of one answer.
pub const WAYS: usize = 3;
/// Hops of a way.
pub const HOPS: usize = 3;
/// No hop is surer than this.
const SUREST: f64 = 0.95;
/// Strength given to a first step that went cold, so that a warm-up can be found.
const COLD: f64 = 0.01;

/// The network as paths see it.
#[derive(Debug, Clone)]
pub struct Doors<'a> {
    circle: &'a Circle,
    limits: &'a IntroductionLimits,
    /// Contacts by position, then the owner; costs as weights.
    graph: Flat,
    may_pass: Vec<bool>,
    is_suppressed: Vec<bool>,
    /// Asks left this quarter, by position.
    asks: Vec<u32>,
}

impl<'a> Doors<'a> {
    /// Prepares a network for any number of questions. O(n + m).
    #[must_use]
    pub fn new(circle: &'a Circle, limits: &'a IntroductionLimits) -> Self {
        let people = circle.contacts.iter();
        let is_suppressed: Vec<bool> =
            people.clone().map(|one| limits.suppressed.contains_key(&one.id)).collect();
        let asks: Vec<u32> = people
            .clone()
            .map(|one| {
                let asked = limits.load.get(&one.id).map_or(0, |load| load.asked);
                limits.asks.saturating_sub(asked)
            })
            .collect();
        let not_asked: BTreeSet<&str> = limits.not_asked.iter().map(String::as_str).collect();
        let may_pass = people
            .clone()
            .enumerate()
            .map(|(at, one)| asks[at] > 0 && !not_asked.contains(one.id.as_str()))
            .chain([true])
            .collect();
        let mut doors =
            Self { circle, limits, graph: Flat::default(), may_pass, is_suppressed, asks };
        doors.graph = doors.costs(|at| doors.first_step(at, false));
        doors
    }

    /// Costs of all hops that may be used, with these first steps.
    fn costs(&self, first_step: impl Fn(usize) -> Option<f64>) -> Flat {
        let cost = |chance: f64| -libm::log(chance);
        let owner = self.circle.contacts.len();
        let usable = |tie: &&Between| {
            !tie.ends.iter().any(|end| self.is_suppressed[*end as usize]) && self.between(tie) > 0.0
        };
        let among = self.circle.ties.iter().filter(usable);
        let among = among.map(|tie| (tie.ends[0], tie.ends[1], cost(self.between(tie))));
        let own = (0..owner)
            .filter_map(|at| Some((id(at), id(owner), cost(first_step(at).filter(|p| *p > 0.0)?))));
        let hops: Vec<(u32, u32, f64)> = among.chain(own).collect();
        Flat::from_ties(owner + 1, &hops)
    }

    /// Chance of a hop between two contacts; 0 where the tie is too doubtful.
    fn between(&self, tie: &Between) -> f64 {
        if tie.probability < LIKELY {
            return 0.0;
        }
        (tie.probability * self.circle.strength(tie) * self.limits.will).clamp(0.0, SUREST)
    }

    /// Chance of the owner's step to a contact; `cold` ones too where asked for.
    fn first_step(&self, at: usize, cold: bool) -> Option<f64> {
        let contact = &self.circle.contacts[at];
        if self.is_suppressed[at] || !(contact.is_active || cold) {
            return None;
        }
        let strength = if cold { contact.strength.max(COLD) } else { contact.strength };
        Some((strength * self.limits.will).clamp(0.0, SUREST))
    }

    /// The best ways to any of `places`, positions of contacts; suppressed ones are left out.
    #[must_use]
    pub fn ways(&self, target: &str, kind: TargetKind, places: &[usize]) -> WaysIn {
        let owner = self.circle.contacts.len();
        let mut is_target = vec![false; owner + 1];
        for place in places.iter().filter(|place| !self.is_suppressed[**place]) {
            is_target[*place] = true;
        }
        let fits = is_target.iter().filter(|is| **is).count();
        let search = Search {
            graph: &self.graph,
            is_target: &is_target,
            may_pass: &self.may_pass,
            hops: HOPS,
        };
        let found = best(&search, owner, WAYS, Deviate::AtSource);
        let ways: Vec<Way> = found.iter().map(|path| self.way(path)).collect();
        WaysIn {
            target: target.to_owned(),
            kind,
            fits: count(fits),
            warm_up: if ways.is_empty() { self.warm_up(&is_target) } else { None },
            at_best: at_best(&found),
            ways,
        }
    }

    /// Takes the asks of these ways from their first brokers, so that the next question finds others.
    pub fn spend(&mut self, found: &WaysIn) {
        for way in found.ways.iter().filter(|way| way.hops.len() > 1) {
            let Some(broker) = way.hops.first().and_then(|hop| self.circle.place(&hop.to)) else {
                continue;
            };
            self.asks[broker] = self.asks[broker].saturating_sub(1);
            self.may_pass[broker] &= self.asks[broker] > 0;
        }
    }

    fn way(&self, path: &Path) -> Way {
        let hops: Vec<Hop> = path
            .nodes
            .windows(2)
            .map(|pair| self.hop(pair[0] as usize, pair[1] as usize))
            .collect();
        let weakest = (0..hops.len())
            .min_by(|a, b| hops[*a].chance.total_cmp(&hops[*b].chance).then(a.cmp(b)))
            .unwrap_or(0);
        Way {
            value: hops.iter().map(|hop| hop.chance).product(),
            hops,
            weakest: u32::try_from(weakest).unwrap_or(0),
        }
    }

    fn hop(&self, from: usize, to: usize) -> Hop {
        let circle = self.circle;
        let name = |at: usize| {
            circle.contacts.get(at).map_or_else(|| circle.owner.clone(), |one| one.id.clone())
        };
        let bare = Hop {
            from: name(from),
            to: name(to),
            chance: 0.0,
            probability: 1.0,
            strength: 0.0,
            evidence: Evidence::Interaction,
            interactions: 0,
            last: None,
        };
        if from == circle.contacts.len() {
            let contact = &circle.contacts[to];
            return Hop {
                chance: self.first_step(to, false).unwrap_or(0.0),
                strength: contact.strength,
                interactions: contact.interactions,
                last: contact.last,
                ..bare
            };
        }
        let Some(tie) = circle.tie(from, to) else { return bare };
        Hop {
            chance: self.between(tie),
            probability: tie.probability,
            strength: circle.strength(tie),
            evidence: tie.evidence,
            interactions: tie.events,
            last: Some(tie.last.date()),
            ..bare
        }
    }

    /// Whom to warm up: one of those looked for with whom there was contact, else the first step of a path through ties that
    /// went cold.
    fn warm_up(&self, is_target: &[bool]) -> Option<WarmUp> {
        let circle = self.circle;
        let known = (0..circle.contacts.len())
            .filter(|at| is_target[*at] && circle.contacts[*at].interactions > 0)
            .max_by(|a, b| {
                let (x, y) = (&circle.contacts[*a], &circle.contacts[*b]);
                x.strength
                    .total_cmp(&y.strength)
                    .then(x.interactions.cmp(&y.interactions))
                    .then(b.cmp(a))
            });
        let warm = |at: usize, hops: usize| WarmUp {
            id: circle.contacts[at].id.clone(),
            is_target: is_target[at],
            last: circle.contacts[at].last,
            hops: u32::try_from(hops).unwrap_or(0),
        };
        if let Some(at) = known {
            return Some(warm(at, 0));
        }
        // The step to somebody looked for is no warm-up of a path: they were never in touch.
        let graph = self.costs(|at| self.first_step(at, true).filter(|_| !is_target[at]));
        let may_pass = &self.may_pass;
        let owner = circle.contacts.len();
        let search = Search { graph: &graph, is_target, may_pass, hops: HOPS };
        match best(&search, owner, 1, Deviate::AtSource).first() {
            Some(path) => Some(warm(path.nodes[1] as usize, path.nodes.len() - 2)),
            None => is_target.iter().position(|is| *is).map(|at| warm(at, 0)),
        }
    }
}

/// `1 − Π (1 − value)` over paths that share nobody on the way: at best, since nothing is independent in life.
fn at_best(found: &[Path]) -> f64 {
    let mut used: BTreeSet<u32> = BTreeSet::new();
    let mut missed = 1.0;
    for path in found {
        let inner = &path.nodes[1..path.nodes.len() - 1];
        if inner.iter().any(|node| used.contains(node)) {
            continue;
        }
        used.extend(inner);
        missed *= 1.0 - libm::exp(-path.cost);
    }
    1.0 - missed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Load, Rule};
    use crate::introductions::circle::Contact;
    use crate::introductions::testing::{between, contact, limits};
    use crate::units::Day;

    /// Ana (warm), Ben (warm), Cy (cold), Dee (never talked): Dee is seen with Ana and with Ben, Eve with Cy alone.
    fn circle() -> Circle {
        let mut cold = contact("cy", 0.05);
        cold.is_active = false;
        let never = |id: &str| Contact { id: id.to_owned(), ..Contact::default() };
        let contacts =
            vec![contact("ana", 0.8), contact("ben", 0.6), cold, never("dee"), never("eve")];
        let ties = vec![
            between(0, 3, 2.0, 0.9),
            between(1, 3, 6.0, 1.0),
            between(2, 4, 2.0, 1.0),
            between(0, 4, 9.0, 0.1),
        ];
        Circle::new("me".to_owned(), Day(0), contacts, ties, Some(2.0))
    }

    fn named(way: &Way) -> Vec<&str> {
        way.hops.iter().map(|hop| hop.to.as_str()).collect()
    }

    #[test]
    fn the_better_product_comes_first_and_the_weakest_hop_is_marked() {
        let (circle, limits) = (circle(), limits());
        let found = Doors::new(&circle, &limits).ways("dee", TargetKind::Person, &[3]);
        // Ben: 0.6·0.8 · (6/8)·0.8 = 0.288; Ana: 0.8·0.8 · 0.9·(2/4)·0.8 = 0.2304.
        assert_eq!(found.ways.len(), 2);
        assert_eq!(named(&found.ways[0]), ["ben", "dee"]);
        assert!((found.ways[0].value - 0.288).abs() < 1e-12);
        assert!((found.ways[1].value - 0.230_4).abs() < 1e-12);
        assert_eq!((found.ways[0].weakest, found.ways[1].weakest), (0, 1));
        assert!((found.at_best - (1.0 - (1.0 - 0.288) * (1.0 - 0.230_4))).abs() < 1e-12);
        assert_eq!(found.warm_up, None);
    }

    #[test]
    fn no_doubtful_tie_is_used_and_the_warm_up_is_named() {
        let (circle, limits) = (circle(), limits());
        let found = Doors::new(&circle, &limits).ways("eve", TargetKind::Person, &[4]);
        assert!(found.ways.is_empty());
        let warm = found.warm_up.unwrap();
        assert_eq!((warm.id.as_str(), warm.is_target, warm.hops), ("cy", false, 1));
        // Somebody who went cold is warmed up directly.
        let found = Doors::new(&circle, &limits).ways("cy", TargetKind::Person, &[2]);
        let warm = found.warm_up.unwrap();
        assert_eq!((warm.id.as_str(), warm.is_target), ("cy", true));
    }

    #[test]
    fn limits_keep_brokers_and_targets_out() {
        let circle = circle();
        let ways = |limits: &IntroductionLimits| {
            Doors::new(&circle, limits).ways("dee", TargetKind::Person, &[3])
        };
        let mut bound = limits();
        bound.suppressed.insert("ben".to_owned(), Rule::NeverContact);
        assert_eq!(ways(&bound).ways.len(), 1);
        bound.not_asked.push("ana".to_owned());
        assert!(ways(&bound).ways.is_empty());
        let mut bound = limits();
        bound.load.insert("ben".to_owned(), Load { asked: 1, ..Load::default() });
        assert_eq!(named(&ways(&bound).ways[0]), ["ana", "dee"]);
        bound.suppressed.insert("dee".to_owned(), Rule::Private);
        let hidden = ways(&bound);
        assert_eq!((hidden.fits, hidden.ways.len(), hidden.warm_up), (0, 0, None));
    }

    #[test]
    fn nobody_is_asked_twice_over_several_questions() {
        let (circle, limits) = (circle(), limits());
        let mut doors = Doors::new(&circle, &limits);
        let first = doors.ways("dee", TargetKind::Person, &[3]);
        doors.spend(&first);
        assert_eq!(doors.asks.iter().filter(|left| **left == 0).count(), 2);
        assert!(doors.ways("dee", TargetKind::Person, &[3]).ways.is_empty());
        // A direct tie asks nobody.
        assert_eq!(doors.ways("ana", TargetKind::Person, &[0]).ways.len(), 1);
    }
}
