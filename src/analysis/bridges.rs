//! Bridges: contacts who link circles, and what falls silent with them.
//!
//! **Question** Who connects me to elsewhere, how sure is that, and what if they go quiet? **Definition** a contact
//! bridges when observed ties lead from the own circle into another, or when its absence cuts others off
//! ([`crate::measures::bridging`]), and when that stays so whichever single tie is taken away. *Only route*: every
//! observed tie that leaves a circle touches this one person. **Sureness** rank and people cut off with 90 % intervals,
//! the ties drawn anew ([`crate::measures::resampling`]). **Removal** the owner's holes measured again without the
//! contact ([`crate::measures::what_if`]). **Evidence** observed ties only; said of *your* network, whose rest nobody
//! sees. **Complexity** O(n + m) a draw.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::audit;
use crate::measures::backbone::{ALPHA, backbone};
use crate::measures::betweenness::normalized;
use crate::measures::bridging::{self, Bridging, Gate, Link, Standing};
use crate::measures::resampling::{Firmness, draws_for, firmness};
use crate::measures::roles::{brokerage_of, participation};
use crate::measures::roles_chance::against_chance;
use crate::network::id;
use crate::study::Study;
use crate::units::count;

use super::communities::{self, letter};
use super::{Analysis, Facts, Findings, Measure};

/// Whether a contact is an articulation point.
pub const ARTICULATION: Measure = Measure {
    id: "articulation",
    title: "Contacts cut off from the rest without this one",
    unit: "contacts",
};
/// How evenly a contact's ties spread over the circles.
pub const PARTICIPATION: Measure = Measure {
    id: "participation",
    title: "Spread of a contact's ties over the communities",
    unit: "0..=1 - 1/communities",
};

/// Beyond the hundredth nobody reads on; `people[].measures` hold the rest.
const LISTED: usize = 100;
/// Bridges whose roles are held against chance.
const TESTED: usize = 25;

/// The analysis.
pub struct Bridges;

impl Analysis for Bridges {
    fn id(&self) -> &'static str {
        "bridges"
    }

    fn measures(&self) -> &'static [Measure] {
        const { &[ARTICULATION, PARTICIPATION] }
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
        let spread = participation(flat, &facts.communities.of);
        findings.column(PARTICIPATION, spread.clone());
        let of = communities::lettered(facts);
        findings.tables.straits = straits(study, &of);
        findings.tables.bridges = bridges(study, facts, &of, &spread);
        findings
    }
}

fn straits(study: &Study, of: &[Option<usize>]) -> Vec<audit::Strait> {
    let flat = &study.network.flat;
    let kept = backbone(flat, ALPHA);
    let arc = |(a, b): (usize, usize)| {
        flat.neighbours(a).binary_search(&id(b)).ok().map(|at| flat.row(a).start + at)
    };
    let nearer = |node: usize| study.ties[node].strength;
    let links = bridging::links(flat, of, nearer);
    let mut straits: Vec<audit::Strait> = links
        .iter()
        .filter(|(_, link)| !link.ties.is_empty() || !link.hangs_on.is_empty())
        .map(|((x, y), link)| {
            let Link { ties, between, hangs_on } = link;
            let mut ends: BTreeMap<usize, usize> = BTreeMap::new();
            for end in ties.iter().flat_map(|(a, b)| [*a, *b]) {
                *ends.entry(end).or_default() += 1;
            }
            let mut order: Vec<(usize, usize)> = ends.into_iter().collect();
            order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            let arcs: Vec<usize> = ties.iter().filter_map(|tie| arc(*tie)).collect();
            let keys = |nodes: &[usize]| nodes.iter().map(|at| study.key(*at).to_owned()).collect();
            audit::Strait {
                a: letter(*x),
                b: letter(*y),
                ties: count(ties.len()),
                // From 0 on: an empty sum of floats is −0.
                weight: arcs.iter().fold(0.0, |sum, arc| sum + flat.all_weights()[*arc]),
                backbone: count(arcs.iter().filter(|arc| kept[**arc]).count()),
                spanned_by: order.into_iter().map(|(at, _)| study.key(at).to_owned()).collect(),
                joined_by: keys(between),
                hangs_on: keys(hangs_on),
            }
        })
        .collect();
    straits.sort_by(|s, t| t.weight.total_cmp(&s.weight).then((&s.a, &s.b).cmp(&(&t.a, &t.b))));
    straits
}

/// One bridge before it is named.
struct Found {
    at: usize,
    standing: Standing,
    firmness: Firmness,
}

fn bridges(
    study: &Study,
    facts: &Facts,
    of: &[Option<usize>],
    spread: &[Option<f64>],
) -> Vec<audit::Bridge> {
    let flat = &study.network.flat;
    let raw = &facts.betweenness.raw;
    let Bridging { standings, gates: only_routes } = bridging::bridging(flat, of);
    let mut order: Vec<usize> = (0..flat.len()).filter(|at| standings[*at].is_bridge()).collect();
    order.sort_by(|a, b| {
        (standings[*b].key().cmp(&standings[*a].key()))
            .then(raw[*b].total_cmp(&raw[*a]))
            .then_with(|| study.key(*a).cmp(study.key(*b)))
    });
    order.truncate(LISTED);
    let events = events(study);
    let draws = (draws_for(flat), study.seed);
    let firm = firmness(flat, &events, of, (&standings, &order), draws);
    let found = order.iter().zip(firm).map(|(at, firmness)| Found {
        at: *at,
        standing: standings[*at],
        firmness,
    });
    let mut gates: BTreeMap<usize, Vec<(usize, Gate)>> = BTreeMap::new();
    for (group, gate) in only_routes.into_iter().enumerate() {
        if let Some(gate) = gate {
            gates.entry(gate.node).or_default().push((group, gate));
        }
    }
    let cut: BTreeMap<usize, &[usize]> =
        facts.cut_points.iter().map(|point| (point.node, point.cut_off.as_slice())).collect();
    let ego = facts.ego();
    let by_chance: BTreeMap<usize, audit::RolesChance> = order
        .par_iter()
        .take(TESTED)
        .filter_map(|at| Some((*at, roles_chance(study, facts, *at)?)))
        .collect();
    found
        .map(|Found { at, standing, firmness }| {
            let routes = gates.get(&at).map(Vec::as_slice).unwrap_or_default();
            let cut_off = cut.get(&at).copied().unwrap_or_default();
            let pairs = routes.iter().flat_map(|(group, gate)| {
                gate.reaches.iter().map(|other| (letter(*group), letter(*other)))
            });
            let reaches: BTreeSet<usize> =
                flat.neighbours(at).iter().filter_map(|other| of[*other as usize]).collect();
            let changes = (facts.active[at] > 0.0).then(|| (ego.holes(), ego.with(at, 0.0)));
            let change = |read: fn(&crate::measures::what_if::EgoHoles) -> Option<f64>| {
                let (before, after) = changes.as_ref()?;
                Some([read(before)?, read(after)?])
            };
            let roles = brokerage_of(flat, &facts.communities.of, at);
            audit::Bridge {
                id: study.key(at).to_owned(),
                cut_off: by_letter(cut_off, of),
                cut_off_interval: Some(firmness.cut_off),
                reaches: reaches
                    .into_iter()
                    .filter(|group| of[at] != Some(*group))
                    .map(letter)
                    .collect(),
                only_route: pairs.collect(),
                betweenness: normalized(raw[at], flat.len()).unwrap_or(0.0),
                silent: study.ties[at].rhythm.silent,
                rank: Some(audit::Rank { place: firmness.rank, interval: firmness.ranks }),
                participation: spread[at],
                roles: audit::Roles {
                    coordinator: roles.coordinator,
                    itinerant: roles.itinerant,
                    gatekeeper: roles.gatekeeper,
                    liaison: roles.liaison,
                },
                roles_chance: by_chance.get(&at).copied(),
                removal: (standing.cut_off > 0 || standing.only_routes > 0 || changes.is_some())
                    .then(|| audit::Removal {
                        communities: routes.iter().map(|(group, _)| letter(*group)).collect(),
                        people: count(cut_off.len()),
                        efficiency: change(|holes| holes.efficiency),
                        effective_size: change(|holes| holes.effective_size),
                        constraint: change(|holes| holes.constraint),
                    }),
            }
        })
        .collect()
}

/// The roles of a bridge against communities dealt anew.
fn roles_chance(study: &Study, facts: &Facts, at: usize) -> Option<audit::RolesChance> {
    let found = against_chance(&study.network.flat, &facts.communities.of, at, study.seed)?;
    let of = |nth: usize| audit::AgainstChance { expected: found.expected[nth], p: found.p[nth] };
    Some(audit::RolesChance {
        draws: found.draws,
        coordinator: of(0),
        itinerant: of(1),
        gatekeeper: of(2),
        liaison: of(3),
    })
}

/// People by the letter of their circle, `-` outside every one.
fn by_letter(nodes: &[usize], of: &[Option<usize>]) -> BTreeMap<String, u32> {
    let mut all: BTreeMap<String, u32> = BTreeMap::new();
    for node in nodes {
        *all.entry(of[*node].map_or_else(|| "-".to_owned(), letter)).or_default() += 1;
    }
    all
}

/// Shared events of every tie, in the order of [`crate::network::Flat::edges`].
fn events(study: &Study) -> Vec<u32> {
    let mut events: Vec<(usize, usize, u32)> = study
        .network
        .graph
        .edge_indices()
        .filter_map(|edge| {
            let (a, b) = study.network.graph.edge_endpoints(edge)?;
            let (a, b) = (a.index().min(b.index()), a.index().max(b.index()));
            Some((a, b, study.network.graph.edge_weight(edge)?.events))
        })
        .collect();
    events.sort_unstable();
    events.into_iter().map(|(_, _, events)| events).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::{study, tie};

    /// Contacts 0 to 4 and 5 to 9, each circle a ring, and others with two ties into both; those named are active.
    fn between_rings(others: u32, active: &[u32]) -> Study {
        let ring = |from: u32| (0..5).map(move |nth| (from + nth, from + (nth + 1) % 5));
        let joins = (10..10 + others).flat_map(|who| [0, 1, 5, 6].map(|end| (end, who)));
        let among: Vec<(u32, u32)> = ring(0).chain(ring(5)).chain(joins).collect();
        let ties = (0..10 + others).map(|who| {
            let mut tie = tie(who, &[5], 0.5);
            tie.rhythm.active = active.contains(&who);
            tie
        });
        study(ties.collect(), Vec::new(), &among)
    }

    /// The circle of every contact between the rings, who are in none themselves.
    fn rings(study: &Study) -> Vec<Option<usize>> {
        (0..study.ties.len()).map(|at| Some(at / 5).filter(|ring| *ring < 2)).collect()
    }

    #[test]
    fn circles_without_a_tie_are_linked_where_they_hang_on_people() {
        let found = |others: u32| {
            let study = between_rings(others, &[]);
            straits(&study, &rings(&study))
        };
        let [only] = &found(1)[..] else { panic!("one strait") };
        assert_eq!((only.a.as_str(), only.b.as_str(), only.ties), ("A", "B", 0));
        assert_eq!(
            (&only.joined_by[..], &only.hangs_on[..]),
            (&["p10".to_owned()][..], &["p10".to_owned()][..])
        );
        assert_eq!(found(2)[0].hangs_on, ["p10", "p11"]);
        // Three make it no strait.
        assert_eq!(found(3), []);
    }

    fn removal_of_p10(others: u32, active: &[u32]) -> Option<audit::Removal> {
        let study = between_rings(others, active);
        let (of, facts) = (rings(&study), Facts::of(&study));
        let found = bridges(&study, &facts, &of, &vec![None; of.len()]);
        found.into_iter().find(|bridge| bridge.id == "p10").expect("a bridge").removal
    }

    #[test]
    fn a_removal_tells_of_people_of_an_inactive_bridge_and_of_holes_of_an_active_one() {
        let of = |removal: audit::Removal| {
            (removal.people, removal.communities.len(), removal.efficiency.is_some())
        };
        // Alone between the rings, p10 cuts five off, with contact or without. In no circle, it is no circle's route.
        assert_eq!(removal_of_p10(1, &[0]).map(of), Some((5, 0, false)));
        assert_eq!(removal_of_p10(1, &[0, 10]).map(of), Some((5, 0, true)));
        // Beside another, nothing hangs on p10 but the owner's own holes.
        assert_eq!(removal_of_p10(2, &[0, 10]).map(of), Some((0, 0, true)));
        assert_eq!(removal_of_p10(2, &[0]).map(of), None);
    }
}
