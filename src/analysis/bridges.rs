//! Bridges: contacts who link circles, and what falls silent with them.
//!
//! **Question** Who connects me to elsewhere, and how fragile is it? **Definition** a contact bridges when observed
//! ties lead from the own circle into another, or when its absence cuts others off ([`super::cut_points`]). *Only
//! route*: every observed tie that leaves a circle touches this one person. **Evidence** observed ties only; said of
//! *your* network, whose rest nobody sees. **Complexity** O(n + m).

use std::collections::{BTreeMap, BTreeSet};

use crate::audit;
use crate::measures::betweenness::normalized;
use crate::network::id;
use crate::study::Study;

use super::communities::{self, letter};
use super::{Analysis, Facts, Findings, Measure};

/// Whether a contact is an articulation point.
pub const ARTICULATION: Measure = Measure {
    id: "articulation",
    title: "Contacts cut off from the rest without this one",
    unit: "contacts",
};

/// A tie from one lettered community to another.
type Crossing = (usize, usize);

/// The analysis.
pub struct Bridges;

impl Analysis for Bridges {
    fn id(&self) -> &'static str {
        "bridges"
    }

    fn measures(&self) -> &'static [Measure] {
        const { &[ARTICULATION] }
    }

    fn measure(&self, study: &Study, facts: &Facts) -> Findings {
        let mut findings = Findings::default();
        let flat = &study.network.flat;
        if !Facts::has_alter_ties(study) {
            return findings;
        }
        let mut cut = vec![0.0; flat.len()];
        for point in &facts.cut_points {
            cut[point.node] = point.cut_off.len() as f64;
        }
        findings.column(ARTICULATION, cut.into_iter().map(Some).collect());
        let of = communities::lettered(facts);
        let crossings: Vec<Crossing> = flat
            .edges()
            .map(|(a, b, _)| (a, b))
            .filter(|(a, b)| matches!((of[*a], of[*b]), (Some(x), Some(y)) if x != y))
            .collect();
        findings.tables.straits = straits(study, &of, &crossings);
        findings.tables.bridges = bridges(study, facts, &of, &crossings);
        findings
    }
}

fn straits(study: &Study, of: &[Option<usize>], crossings: &[Crossing]) -> Vec<audit::Strait> {
    let mut pairs: BTreeMap<(usize, usize), Vec<Crossing>> = BTreeMap::new();
    for (a, b) in crossings {
        if let (Some(x), Some(y)) = (of[*a], of[*b]) {
            pairs.entry((x.min(y), x.max(y))).or_default().push((*a, *b));
        }
    }
    let flat = &study.network.flat;
    let weight_of = |(a, b): &Crossing| {
        flat.neighbours(*a).binary_search(&id(*b)).map_or(0.0, |at| flat.weights(*a)[at])
    };
    let mut straits: Vec<audit::Strait> = pairs
        .iter()
        .map(|((x, y), ties)| {
            let mut ends: BTreeMap<usize, usize> = BTreeMap::new();
            for end in ties.iter().flat_map(|(a, b)| [*a, *b]) {
                *ends.entry(end).or_default() += 1;
            }
            let mut order: Vec<(usize, usize)> = ends.into_iter().collect();
            order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            audit::Strait {
                a: letter(*x),
                b: letter(*y),
                ties: u32::try_from(ties.len()).unwrap_or(u32::MAX),
                weight: ties.iter().map(weight_of).sum(),
                spanned_by: order.into_iter().map(|(at, _)| key(study, at)).collect(),
            }
        })
        .collect();
    straits.sort_by(|s, t| t.weight.total_cmp(&s.weight).then((&s.a, &s.b).cmp(&(&t.a, &t.b))));
    straits
}

fn key(study: &Study, position: usize) -> String {
    study.people.person(study.ties[position].who).key.clone()
}

/// For each community the one person whom every tie that leaves it touches, with the communities reached.
fn gates(study: &Study, of: &[Option<usize>]) -> BTreeMap<usize, Vec<(usize, usize)>> {
    // Every tie that leaves, those to people outside every circle too: any of them may be a way round.
    let mut leaving: BTreeMap<usize, Vec<Crossing>> = BTreeMap::new();
    for (a, b, _) in study.network.flat.edges() {
        for (inside, outside) in [(a, b), (b, a)] {
            if let Some(label) = of[inside].filter(|label| of[outside] != Some(*label)) {
                leaving.entry(label).or_default().push((inside, outside));
            }
        }
    }
    let mut gates: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (label, ties) in &leaving {
        let (inside, outside) = ties[0];
        let candidates = [inside, outside];
        let touches_all = |who: &usize| ties.iter().all(|(a, b)| a == who || b == who);
        // With a single tie both its ends qualify: the one closer to the owner, then the one inside.
        let gate = candidates.into_iter().filter(touches_all).max_by(|a, b| {
            let strength = |at: &usize| study.ties[*at].strength;
            strength(a).total_cmp(&strength(b)).then(b.cmp(a))
        });
        let others: BTreeSet<usize> = ties.iter().filter_map(|(_, out)| of[*out]).collect();
        if let Some(gate) = gate.filter(|_| !others.is_empty()) {
            gates.entry(gate).or_default().extend(others.into_iter().map(|other| (*label, other)));
        }
    }
    gates
}

fn bridges(
    study: &Study,
    facts: &Facts,
    of: &[Option<usize>],
    crossings: &[Crossing],
) -> Vec<audit::Bridge> {
    let flat = &study.network.flat;
    let name = |label: Option<usize>| label.map_or_else(|| "-".to_owned(), letter);
    let mut reaches: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (a, b) in crossings {
        reaches.entry(*a).or_default().extend(of[*b]);
        reaches.entry(*b).or_default().extend(of[*a]);
    }
    let gates = gates(study, of);
    let mut cut: BTreeMap<usize, BTreeMap<String, u32>> = BTreeMap::new();
    for point in &facts.cut_points {
        let lost = cut.entry(point.node).or_default();
        for node in &point.cut_off {
            *lost.entry(name(of[*node])).or_default() += 1;
        }
    }
    let everybody: BTreeSet<usize> = reaches.keys().chain(cut.keys()).copied().collect();
    let mut found: Vec<(u32, audit::Bridge)> = everybody
        .into_iter()
        .map(|at| {
            let cut_off = cut.get(&at).cloned().unwrap_or_default();
            let only_route = gates.get(&at).into_iter().flatten();
            let bridge = audit::Bridge {
                id: key(study, at),
                reaches: reaches.get(&at).into_iter().flatten().map(|l| letter(*l)).collect(),
                only_route: only_route.map(|(a, b)| (letter(*a), letter(*b))).collect(),
                betweenness: normalized(facts.betweenness.raw[at], flat.len()).unwrap_or(0.0),
                silent: study.ties[at].rhythm.silent,
                cut_off,
            };
            (bridge.cut_off.values().sum(), bridge)
        })
        .collect();
    found.sort_by(|(lost_a, a), (lost_b, b)| {
        (a.only_route.is_empty().cmp(&b.only_route.is_empty()))
            .then(lost_b.cmp(lost_a))
            .then(b.reaches.len().cmp(&a.reaches.len()))
            .then(b.betweenness.total_cmp(&a.betweenness))
            .then(a.id.cmp(&b.id))
    });
    // Beyond the hundredth nobody reads on; `people[].measures` hold the rest.
    found.into_iter().map(|(_, bridge)| bridge).take(100).collect()
}
