//! The three phases of the Leiden algorithm on one level: move, refine, merge; and passes of them.

use std::collections::VecDeque;

use super::level::{Around, Level, compact, count, shuffled};
use crate::network::id;
use crate::random::Stream;

/// Gains below this are rounding.
const NOISE: f64 = 1e-12;
/// A pass that gains less modularity than this is the last.
const ENOUGH: f64 = 1e-6;

/// Passes over all levels from the partition `of` on, until one gains nothing, at most `most` of them. `price` is the
/// resolution over twice the weight of all ties.
pub(super) fn passes(
    base: &Level,
    price: f64,
    stream: &mut Stream,
    of: &mut Vec<u32>,
    most: usize,
) {
    let twice_m = base.twice_m();
    for _ in 0..most {
        if pass(base, price, stream, of) < ENOUGH * twice_m {
            break;
        }
    }
}

/// One pass: what is moved on a level is refined and merged into the next. Gives the gain, times twice the weight.
fn pass(base: &Level, price: f64, stream: &mut Stream, of: &mut Vec<u32>) -> f64 {
    *of = compact(of);
    let mut gain = move_nodes(base, price, stream, of);
    let mut refined = refine(base, price, stream, of);
    // The merged node that holds each node of the base.
    let mut node_of = refined.clone();
    let mut labels = of.clone();
    let mut merged: Option<Level> = None;
    loop {
        let level = merged.as_ref().unwrap_or(base);
        let nodes = count(&refined);
        if nodes == level.len() {
            return gain;
        }
        let mut parent = vec![0; nodes];
        for (label, new) in labels.iter().zip(&refined) {
            parent[*new as usize] = *label;
        }
        let next = level.merged(&refined, nodes);
        labels = compact(&parent);
        gain += move_nodes(&next, price, stream, &mut labels);
        refined = refine(&next, price, stream, &labels);
        for (label, node) in of.iter_mut().zip(&mut node_of) {
            *label = labels[*node as usize];
            *node = refined[*node as usize];
        }
        merged = Some(next);
    }
}

/// Moves nodes to the best neighbouring community, or to one of their own, until no move gains. Of equal gains the
/// lowest community is taken. Gives the gain.
fn move_nodes(level: &Level, price: f64, stream: &mut Stream, labels: &mut [u32]) -> f64 {
    let nodes = level.len();
    let (mut total, mut size) = (vec![0.0; nodes], vec![0_u32; nodes]);
    for (node, label) in labels.iter().enumerate() {
        total[*label as usize] += level.degree[node];
        size[*label as usize] += 1;
    }
    let mut free: Vec<u32> = (0..nodes).rev().filter(|label| size[*label] == 0).map(id).collect();
    let mut queue: VecDeque<u32> = shuffled(nodes, stream).into();
    let mut waiting = vec![true; nodes];
    let mut around = Around::new(nodes);
    let mut gained = 0.0;
    while let Some(node) = queue.pop_front().map(|node| node as usize) {
        waiting[node] = false;
        let (own, degree) = (labels[node], level.degree[node]);
        for (other, weight) in level.row(node) {
            around.add(labels[other as usize], weight);
        }
        let cost = price * degree;
        let stay = around.weight(own) - cost * (total[own as usize] - degree);
        let (mut best, mut most) = (own, stay);
        around.drain(|community, weight| {
            let gain = weight - cost * total[community as usize];
            let equal = best != own && gain > most - NOISE && community < best;
            if community != own && (gain > most + NOISE || equal) {
                (best, most) = (community, gain);
            }
        });
        if most < -NOISE
            && size[own as usize] > 1
            && let Some(empty) = free.pop()
        {
            (best, most) = (empty, 0.0);
        }
        if best == own {
            continue;
        }
        gained += 2.0 * (most - stay);
        for (label, sign) in [(own, -1.0), (best, 1.0)] {
            total[label as usize] += sign * degree;
        }
        size[own as usize] -= 1;
        size[best as usize] += 1;
        if size[own as usize] == 0 {
            free.push(own);
        }
        labels[node] = best;
        for (other, _) in level.row(node) {
            let at = other as usize;
            if labels[at] != best && !std::mem::replace(&mut waiting[at], true) {
                queue.push_back(other);
            }
        }
    }
    gained
}

/// Splits each community into well-connected parts, merged greedily by best gain; labels `0..`.
fn refine(level: &Level, price: f64, stream: &mut Stream, labels: &[u32]) -> Vec<u32> {
    let nodes = level.len();
    let mut community = vec![0.0; count(labels)];
    for (label, degree) in labels.iter().zip(&level.degree) {
        community[*label as usize] += degree;
    }
    let mut part: Vec<u32> = (0..nodes).map(id).collect();
    let mut total = level.degree.clone();
    let mut alone = vec![true; nodes];
    let within = |node: usize| {
        level.row(node).filter(move |(other, _)| labels[*other as usize] == labels[node])
    };
    // Weight from a part to the rest of its community.
    let mut outward: Vec<f64> =
        (0..nodes).map(|node| within(node).map(|(_, weight)| weight).sum()).collect();
    let mut around = Around::new(nodes);
    for node in shuffled(nodes, stream).into_iter().map(|node| node as usize) {
        let (degree, whole) = (level.degree[node], community[labels[node] as usize]);
        if !alone[node] || outward[node] < price * degree * (whole - degree) {
            continue;
        }
        for (other, weight) in within(node) {
            around.add(part[other as usize], weight);
        }
        let (mut best, mut most, mut to_best) = (node, 0.0, 0.0);
        around.drain(|candidate, weight| {
            let at = candidate as usize;
            let gain = weight - price * degree * total[at];
            let is_connected = outward[at] >= price * total[at] * (whole - total[at]);
            if is_connected && gain > most + NOISE {
                (best, most, to_best) = (at, gain, weight);
            }
        });
        if best != node {
            total[best] += degree;
            outward[best] += outward[node] - 2.0 * to_best;
            part[node] = id(best);
            alone[best] = false;
            alone[node] = false;
        }
    }
    compact(&part)
}
