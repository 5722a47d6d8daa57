//! Numbers with inferred ties beside the observed ones (`audit --thorough`).
//!
//! **Question** How would the bridges look if colleagues nobody saw together knew each other? **Definition** in each of
//! [`DRAWS`] draws every pair of contacts of one employer is tied by its chance ([`Inferred`]) on top of the observed
//! ties, and the owner's structural holes, the people cut off by each bridge and its betweenness are measured again; the band runs from
//! the 5th to the 95th percentile. **Edge cases** no two contacts of one employer: nothing to add, no band. The prior is
//! an assumption, not an estimate; nothing else in an audit rests on it. **Complexity** draws × O(n + m); with betweenness draws × O(n · m).

use rayon::prelude::*;

use crate::audit;
use crate::measures::betweenness::{betweenness, normalized};
use crate::measures::blocks::blocks;
use crate::measures::what_if::Ego;
use crate::network::{CHANCE, Flat, Inferred};
use crate::quantile;
use crate::random::Stream;
use crate::study::Study;

/// Draws.
pub const DRAWS: u32 = 200;
/// Bridges measured again.
const BRIDGES: usize = 25;
/// People times ties up to which betweenness is measured in every draw.
const MOST_WORK: f64 = 5e7;

/// The numbers with inferred ties; `bridges` are those of the observed network. `None` where no two contacts share an
/// employer.
#[must_use]
pub fn with_inferred(study: &Study, bridges: &[audit::Bridge]) -> Option<audit::WithInferred> {
    let people = &study.people;
    let observed = &study.network.flat;
    let inferred = Inferred::of(&study.network, |who| people.person(who).company_key.as_deref());
    if inferred.groups.is_empty() {
        return None;
    }
    let active = study.active_nodes();
    let key = |at: usize| study.key(at);
    let mut at_of: Vec<(&str, usize)> = (0..observed.len()).map(|at| (key(at), at)).collect();
    at_of.sort_unstable();
    let nodes: Vec<(String, usize)> = bridges
        .iter()
        .take(BRIDGES)
        .filter_map(|bridge| {
            let place = at_of.binary_search_by(|(key, _)| (*key).cmp(bridge.id.as_str())).ok()?;
            Some((bridge.id.clone(), at_of[place].1))
        })
        .collect();
    let between = is_cheap(observed, inferred.expected(observed));
    let now = numbers(observed, &active, &nodes, between);
    let draws: Vec<Vec<Option<f64>>> = (0..u64::from(DRAWS))
        .into_par_iter()
        .map(|draw| {
            let mut stream = Stream::new(study.seed, "inferred-ties", draw);
            numbers(&inferred.added_to(observed, || stream.unit()), &active, &nodes, between)
        })
        .collect();
    let owner = ["constraint", "effective-size", "efficiency"].map(|id| (id, None));
    let each = |measure| nodes.iter().map(move |(id, _)| (measure, Some(id)));
    let measured = each(super::betweenness::NORMALIZED.id).filter(|_| between);
    let ids = owner.into_iter().chain(each("articulation")).chain(measured);
    let numbers = ids.enumerate().filter_map(|(nth, (measure, id))| {
        let mut values: Vec<f64> = draws.iter().filter_map(|draw| draw[nth]).collect();
        values.sort_by(f64::total_cmp);
        let [low, median, high] = [0.05, 0.5, 0.95].map(|share| quantile::nearest(&values, share));
        Some(audit::Band {
            measure: measure.to_owned(),
            id: id.cloned(),
            observed: now[nth],
            low: low?,
            median: median?,
            high: high?,
        })
    });
    Some(audit::WithInferred {
        draws: DRAWS,
        expected_ties: inferred.expected(observed),
        prior: CHANCE,
        numbers: numbers.collect(),
    })
}

/// Whether betweenness is measured in every draw: people times ties within the limit (`methods` A.4).
fn is_cheap(observed: &Flat, expected: f64) -> bool {
    observed.len() as f64 * (observed.ties() as f64 + expected) <= MOST_WORK
}

/// The owner's three numbers over active contacts, then the people cut off by each node, then, where asked, the betweenness of each.
fn numbers(
    flat: &Flat,
    active: &[usize],
    nodes: &[(String, usize)],
    between: bool,
) -> Vec<Option<f64>> {
    let among = flat.induced(active).unweighted();
    let own = Ego::new(&among, &vec![1.0; active.len()]).holes();
    let cut = blocks(flat).cut_off;
    let bridges = nodes.iter().map(|(_, at)| Some(f64::from(cut[*at])));
    let raw = if between { betweenness(flat) } else { Vec::new() };
    let shares = nodes.iter().filter(|_| between).map(|(_, at)| normalized(raw[*at], flat.len()));
    let own = [own.constraint, own.effective_size, own.efficiency];
    own.into_iter().chain(bridges).chain(shares).collect()
}
