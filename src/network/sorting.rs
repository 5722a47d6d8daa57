//! Ties in any order -> sorted rows of neighbours, each tie at both ends.
//!
//! Arcs are first dealt out to runs of [`RUN`] nodes, then each run is sorted by itself within the processor's cache.
//! Runs and pieces depend on the input alone, so threads change nothing.

use rayon::prelude::*;

/// Nodes of a run.
const RUN: usize = 1 << 12;
/// Ties that one piece deals out.
const PIECE: usize = 1 << 20;

/// From, to, weight.
type Arc = (u32, u32, f64);

/// The rows of some nodes one after the other: their lengths, then all neighbours and all weights.
pub(super) type Rows = (Vec<u32>, Vec<u32>, Vec<f64>);

/// The rows of all nodes. Loops and weights that are not above 0 are dropped; repeated ties are summed, smallest
/// weight first.
pub(super) fn rows<P: AsRef<[Arc]> + Sync>(nodes: usize, pieces: &[P]) -> Rows {
    let runs = nodes.div_ceil(RUN).max(1);
    let pieces: Vec<&[Arc]> =
        pieces.iter().flat_map(|piece| piece.as_ref().chunks(PIECE)).collect();
    if runs == 1 {
        let pieces: Vec<Dealt> = pieces.into_iter().map(|piece| dealt(1, piece)).collect();
        return of_run(0..nodes, &pieces, 0);
    }
    let pieces: Vec<Dealt> = pieces.into_par_iter().map(|piece| dealt(runs, piece)).collect();
    let parts: Vec<Rows> = (0..runs)
        .into_par_iter()
        .map(|run| of_run(run * RUN..nodes.min((run + 1) * RUN), &pieces, run))
        .collect();
    let arcs = parts.iter().map(|part| part.1.len()).sum();
    let mut all: Rows =
        (Vec::with_capacity(nodes), Vec::with_capacity(arcs), Vec::with_capacity(arcs));
    for (degrees, targets, weights) in parts {
        all.0.extend_from_slice(&degrees);
        all.1.extend_from_slice(&targets);
        all.2.extend_from_slice(&weights);
    }
    all
}

/// The arcs of some ties, run after run.
struct Dealt {
    arcs: Vec<Arc>,
    starts: Vec<usize>,
}

fn dealt(runs: usize, ties: &[Arc]) -> Dealt {
    let kept = || ties.iter().filter(|tie| tie.0 != tie.1 && tie.2 > 0.0);
    let mut starts = vec![0; runs + 1];
    for (a, b, _) in kept() {
        starts[*a as usize / RUN + 1] += 1;
        starts[*b as usize / RUN + 1] += 1;
    }
    for run in 0..runs {
        starts[run + 1] += starts[run];
    }
    let mut arcs = vec![(0, 0, 0.0); starts[runs]];
    let mut next = starts.clone();
    let mut put = |arc: Arc| {
        let at = &mut next[arc.0 as usize / RUN];
        arcs[*at] = arc;
        *at += 1;
    };
    for (a, b, weight) in kept() {
        put((*a, *b, *weight));
        put((*b, *a, *weight));
    }
    Dealt { arcs, starts }
}

fn of_run(nodes: std::ops::Range<usize>, pieces: &[Dealt], run: usize) -> Rows {
    let arcs = || pieces.iter().flat_map(|p| &p.arcs[p.starts[run]..p.starts[run + 1]]);
    let mut starts = vec![0_usize; nodes.len() + 1];
    for (from, _, _) in arcs() {
        starts[*from as usize - nodes.start + 1] += 1;
    }
    for node in 0..nodes.len() {
        starts[node + 1] += starts[node];
    }
    let mut ends = vec![(0_u32, 0.0); starts[nodes.len()]];
    let mut next = starts.clone();
    for (from, to, weight) in arcs() {
        let at = &mut next[*from as usize - nodes.start];
        ends[*at] = (*to, *weight);
        *at += 1;
    }
    let mut rows: Rows = (
        Vec::with_capacity(nodes.len()),
        Vec::with_capacity(ends.len()),
        Vec::with_capacity(ends.len()),
    );
    for node in 0..nodes.len() {
        let row = &mut ends[starts[node]..starts[node + 1]];
        row.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)));
        let before = rows.1.len();
        for same in row.chunk_by(|x, y| x.0 == y.0) {
            rows.1.push(same[0].0);
            rows.2.push(same.iter().map(|end| end.1).sum());
        }
        rows.0.push(super::id(rows.1.len() - before));
    }
    rows
}
