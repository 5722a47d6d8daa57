//! Turnover against the pattern of attention, and the layers of closeness then and now.
//!
//! People keep a personal pattern of attention over ranks, the social signature, while the people on the ranks are replaced
//! (Saramäki et al. 2014, PNAS 111:942). So both are told: how many of the closest are new, and how far the shares by rank moved
//! (Jensen-Shannon divergence), against how far they move between the quarters of this log.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::layers::jensen_shannon;
use crate::audit::{Audit, Closeness, LayerFlow, Turnover};
use crate::units::count;

use super::side::Side;
use super::who::Matched;

/// Ranks looked at.
const TOP: usize = 15;

/// Who of the closest was replaced; `None` where a quarter has no contact.
pub(super) fn turnover(matched: &Matched, then: &Audit, now: &Audit) -> Option<Turnover> {
    let (old, new) = (&then.findings.attention, &now.findings.attention);
    let top = TOP.min(old.people.len()).min(new.people.len());
    if top == 0 {
        return None;
    }
    let before: BTreeSet<&str> =
        old.people[..top].iter().filter_map(|id| matched.today(id)).collect();
    let replaced = new.people[..top].iter().filter(|id| !before.contains(id.as_str())).count();
    let ranks = old.now.len().max(new.now.len());
    let padded = |shares: &[f64]| {
        let mut all = shares.to_vec();
        all.resize(ranks, 0.0);
        all
    };
    let quarters = now.findings.signature.split_last().map_or(&[][..], |(_, before)| before);
    Some(Turnover {
        top: count(top),
        replaced: count(replaced),
        signature: jensen_shannon(&padded(&old.now), &padded(&new.now)),
        usual: quarters.iter().map(|change| change.by_rank).reduce(f64::max),
    })
}

/// People by layer then and now, in the order of the layers.
pub(super) fn layers(matched: &Matched, then: &Side<'_>, now: &Side<'_>) -> Vec<LayerFlow> {
    let (old, new) = (closeness(then), closeness(now));
    let layer = |of: &BTreeMap<&str, Closeness>, id: &str| {
        of.get(id).copied().unwrap_or(Closeness::Unknown)
    };
    let stayed =
        matched.pairs.iter().map(|pair| (layer(&old, &pair.then[0].id), layer(&new, &pair.now.id)));
    let gone = matched.gone.iter().map(|person| (layer(&old, &person.id), Closeness::Unknown));
    let came = matched.new.iter().map(|person| (Closeness::Unknown, layer(&new, &person.id)));
    let mut flows: BTreeMap<(Closeness, Closeness), u32> = BTreeMap::new();
    for flow in stayed.chain(gone).chain(came) {
        *flows.entry(flow).or_default() += 1;
    }
    flows.into_iter().map(|((from, to), people)| LayerFlow { from, to, people }).collect()
}

/// Everybody's layer: place by strength among the active ties.
fn closeness<'a>(side: &Side<'a>) -> BTreeMap<&'a str, Closeness> {
    let mut active: Vec<(f64, &str)> = Vec::new();
    let mut layers = BTreeMap::new();
    for (id, tie, rhythm) in side.own() {
        if rhythm.active {
            active.push((tie.strength, id));
        } else {
            layers.insert(id, Closeness::Quiet);
        }
    }
    active.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    for (rank, (_, id)) in active.into_iter().enumerate() {
        let layer = match rank {
            0..5 => Closeness::Five,
            5..15 => Closeness::Fifteen,
            15..50 => Closeness::Fifty,
            _ => Closeness::Active,
        };
        layers.insert(id, layer);
    }
    layers
}
