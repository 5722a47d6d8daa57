//! Shared contacts of the two ends of every tie, summed with weights: what Burt's measures, the weighted clustering
//! coefficients and embeddedness are made of.
//!
//! For a tie i–j and a shared contact q, all of these are sums of `f_q · x_iq · x_jq`, which is symmetric in i and j:
//! one value a tie. The end of higher degree marks its contacts and the other's list is read against the marks.
//!
//! **Complexity** `O(Σ_ties min(deg i, deg j))` time, O(n) memory a chunk.

use super::chunks::fill_rows;
use crate::network::Flat;

/// Sums over the shared contacts of one tie.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Shared {
    /// `Σ_q x_iq · x_jq`; with ties of weight 1, the number of shared contacts.
    pub sum: f64,
    /// `Σ_q factor_q · x_iq · x_jq`.
    pub scaled: f64,
}

/// The sums of every arc; both arcs of a tie hold the same value. `x` has a value an arc, alike at both ends of a
/// tie and above 0; `factor` one a node, above 0.
///
/// ```
/// use weaktie::measures::shared::{of_unit, shared};
/// use weaktie::network::Flat;
/// // A triangle 0-1-2 with a tail 2-3.
/// let flat = Flat::new(4, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (2, 3, 1.0)]);
/// let found = of_unit(&flat, &[1.0; 4]);
/// assert_eq!(found[0].sum, 1.0); // 0-1 share 2
/// assert_eq!(found[flat.row(3).start].sum, 0.0); // 3-2 share nobody
/// assert_eq!(found, shared(&flat, &[1.0; 8], &[1.0; 4]));
/// ```
#[must_use]
pub fn shared(flat: &Flat, x: &[f64], factor: &[f64]) -> Vec<Shared> {
    let fill = |marks: &mut Vec<(f64, f64)>, node: usize, row: &mut [Shared]| {
        let own = &x[flat.row(node)];
        for (other, weight) in flat.neighbours(node).iter().zip(own) {
            marks[*other as usize] = (*weight, weight * factor[*other as usize]);
        }
        for (found, other) in row.iter_mut().zip(flat.neighbours(node)) {
            let other = *other as usize;
            if !marks_for(flat, node, other) {
                continue;
            }
            let (mut sum, mut scaled) = (0.0, 0.0);
            for (third, weight) in flat.neighbours(other).iter().zip(&x[flat.row(other)]) {
                let mark = marks[*third as usize];
                sum += mark.0 * weight;
                scaled += mark.1 * weight;
            }
            *found = Shared { sum, scaled };
        }
        for other in flat.neighbours(node) {
            marks[*other as usize] = (0.0, 0.0);
        }
    };
    let found = fill_rows(flat, |node| work(flat, node), || vec![(0.0, 0.0); flat.len()], fill);
    mirrored(flat, found)
}

/// [`shared`] with `x = 1` everywhere.
#[must_use]
pub fn of_unit(flat: &Flat, factor: &[f64]) -> Vec<Shared> {
    let fill = |marks: &mut Vec<f64>, node: usize, row: &mut [Shared]| {
        for other in flat.neighbours(node) {
            marks[*other as usize] = factor[*other as usize];
        }
        for (found, other) in row.iter_mut().zip(flat.neighbours(node)) {
            let other = *other as usize;
            if marks_for(flat, node, other) {
                *found = marked(marks, flat.neighbours(other));
            }
        }
        for other in flat.neighbours(node) {
            marks[*other as usize] = 0.0;
        }
    };
    let found = fill_rows(flat, |node| work(flat, node), || vec![0.0; flat.len()], fill);
    mirrored(flat, found)
}

/// Four sums side by side: one addition need not wait for the last.
fn marked(marks: &[f64], others: &[u32]) -> Shared {
    let (mut scaled, mut count) = ([0.0; 4], [0_u32; 4]);
    let fours = others.chunks_exact(4);
    let rest = fours.remainder();
    let mut take = |lane: usize, other: u32| {
        let mark = marks[other as usize];
        scaled[lane] += mark;
        count[lane] += u32::from(mark > 0.0);
    };
    for four in fours {
        for (lane, other) in four.iter().enumerate() {
            take(lane, *other);
        }
    }
    for other in rest {
        take(0, *other);
    }
    Shared {
        sum: f64::from(count.iter().sum::<u32>()),
        scaled: (scaled[0] + scaled[1]) + (scaled[2] + scaled[3]),
    }
}

/// Whether the tie is worked out at `node`: the busier end, of two alike the smaller number.
fn marks_for(flat: &Flat, node: usize, other: usize) -> bool {
    (flat.degree(node), other) > (flat.degree(other), node)
}

fn work(flat: &Flat, node: usize) -> usize {
    let others = flat.neighbours(node).iter().map(|other| *other as usize);
    others.filter(|other| marks_for(flat, node, *other)).map(|other| flat.degree(other)).sum()
}

/// Copies each tie's value to its other arc: read by rows, the arcs into a node come in the order of its row.
fn mirrored(flat: &Flat, mut values: Vec<Shared>) -> Vec<Shared> {
    let mut next: Vec<usize> = (0..flat.len()).map(|node| flat.row(node).start).collect();
    for node in 0..flat.len() {
        for (arc, other) in flat.row(node).zip(flat.neighbours(node)) {
            let other = *other as usize;
            let twin = next[other];
            next[other] += 1;
            if marks_for(flat, node, other) {
                values[twin] = values[arc];
            }
        }
    }
    values
}
