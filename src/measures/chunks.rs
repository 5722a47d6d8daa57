//! Splitting work by nodes so that the pieces, and therefore the bits, do not depend on the number of threads.

use std::ops::Range;

use rayon::prelude::*;

use crate::network::Flat;

/// Most pieces, whatever the machine.
pub(super) const CHUNKS: usize = 64;
/// Below this many steps threads cost more than they give.
const WORTH_THREADS: usize = 400_000;

/// Runs of nodes with about equal `work` each; one run when the whole is not worth threads.
fn runs(flat: &Flat, work: impl Fn(usize) -> usize, most: usize) -> Vec<Range<usize>> {
    let all: usize = (0..flat.len()).map(&work).sum();
    let share = if all < WORTH_THREADS { usize::MAX } else { all.div_ceil(most) };
    let (mut runs, mut from, mut sum) = (Vec::new(), 0, 0);
    for node in 0..flat.len() {
        sum += work(node);
        if sum >= share {
            runs.push(from..node + 1);
            (from, sum) = (node + 1, 0);
        }
    }
    if from < flat.len() {
        runs.push(from..flat.len());
    }
    runs
}

/// `job` on every run of nodes, in parallel where it is worth it; results in the order of nodes.
pub(super) fn by_nodes<T: Send>(
    flat: &Flat,
    work: impl Fn(usize) -> usize,
    most: usize,
    job: impl Fn(Range<usize>) -> T + Sync + Send,
) -> Vec<T> {
    let runs = runs(flat, work, most);
    match runs.as_slice() {
        [] => Vec::new(),
        [only] => vec![job(only.clone())],
        _ => runs.into_par_iter().map(job).collect(),
    }
}

/// `fill(node, row)` for every node, `row` being its arcs' places in a new vector; in parallel where worth it.
pub(super) fn fill_rows<T: Send + Default + Clone, S>(
    flat: &Flat,
    work: impl Fn(usize) -> usize,
    start: impl Fn() -> S + Sync,
    fill: impl Fn(&mut S, usize, &mut [T]) + Sync,
) -> Vec<T> {
    let mut all = vec![T::default(); flat.arcs()];
    let mut pieces = Vec::new();
    let mut rest = all.as_mut_slice();
    for nodes in runs(flat, work, CHUNKS) {
        let arcs = flat.row(nodes.end - 1).end - flat.row(nodes.start).start;
        let (piece, left) = rest.split_at_mut(arcs);
        pieces.push((nodes, piece));
        rest = left;
    }
    let run = |(nodes, mut piece): (Range<usize>, &mut [T])| {
        let mut state = start();
        for node in nodes {
            let (row, left) = piece.split_at_mut(flat.degree(node));
            fill(&mut state, node, row);
            piece = left;
        }
    };
    if pieces.len() > 1 {
        pieces.into_par_iter().for_each(run);
    } else {
        pieces.into_iter().for_each(run);
    }
    all
}
