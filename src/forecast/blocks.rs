//! The sums of a logistic regression over many rows: objective, gradient, Hessian.
//!
//! **Rows in blocks of 64**, whose columns stand one after another: every sum runs over neighbours in memory, several numbers a step.
//!
//! **Objective and gradient** are always those of all rows. From 8,192 rows on the **Hessian** may be that of every fourth block, brought
//! to the spread `Σ w·p(1 − p)` of all.
//!
//! Sums are taken over chunks of fixed size in order: the same for any number of threads.

use rayon::prelude::*;

use super::logistic::Rows;

/// Rows of a block.
const BLOCK: usize = 64;
/// Blocks summed at a time.
const CHUNK: usize = 32;
/// From so many rows on every [`EVERY`]th block may stand for all in the Hessian.
pub(super) const MANY: usize = 8_192;
const EVERY: usize = 4;
/// Lanes of a block before those of the design.
const BEFORE: usize = 3;

/// One column of a block.
type Lane = [f64; BLOCK];

/// Rows in blocks.
pub(super) struct Blocks {
    /// By block: the known part, the label, the weight, then 1 and the standardised columns. The last block is filled up with rows
    /// of weight 0.
    lanes: Vec<Lane>,
    /// A part of the Hessian reads one block of so many.
    every: usize,
    is_weighted: bool,
}

/// How many rows the Hessian is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// Every row.
    All,
    /// Of many rows a part.
    Part,
}

/// The objective, its gradient, and the lower triangle of its Hessian.
pub(super) struct Slope {
    pub(super) value: f64,
    /// Sum of weights times `p(1 − p)`.
    spread: f64,
    pub(super) gradient: Vec<f64>,
    pub(super) hessian: Vec<f64>,
}

impl Blocks {
    /// Rows standardised by mean and spread of each column.
    pub(super) fn of(rows: &Rows<'_>, scales: &[(f64, f64)]) -> Self {
        let lanes = rows.width + 1 + BEFORE;
        let mut blocks = vec![[0.0; BLOCK]; rows.labels.len().div_ceil(BLOCK) * lanes];
        for (nth, label) in rows.labels.iter().enumerate() {
            let (block, at) = (nth / BLOCK * lanes, nth % BLOCK);
            let row = &rows.columns[nth * rows.width..(nth + 1) * rows.width];
            let block = &mut blocks[block..block + lanes];
            block[0][at] = rows.fixed.map_or(0.0, |fixed| fixed[nth]);
            block[1][at] = f64::from(u8::from(*label));
            block[2][at] = rows.weights.map_or(1.0, |weights| weights[nth]);
            block[BEFORE][at] = 1.0;
            for ((lane, x), (mean, sd)) in block[BEFORE + 1..].iter_mut().zip(row).zip(scales) {
                lane[at] = (x - mean) / sd;
            }
        }
        let every = if rows.labels.len() < MANY { 1 } else { EVERY };
        Self { lanes: blocks, every, is_weighted: rows.weights.is_some() }
    }

    /// The sums at a point, with the Hessian of all rows or of a part.
    pub(super) fn look(&self, beta: &[f64], extent: Extent) -> Slope {
        let size = beta.len();
        let lanes = size + BEFORE;
        let every = if extent == Extent::All { 1 } else { self.every };
        let parts: Vec<Slope> = self
            .lanes
            .par_chunks(CHUNK * lanes)
            .map(|chunk| {
                let mut sum = Slope::new(size);
                for (nth, block) in chunk.chunks_exact(lanes).enumerate() {
                    sum.add_block(block, beta, self.is_weighted, nth % every == 0);
                }
                sum
            })
            .collect();
        let mut sum = Slope::new(size);
        for part in parts {
            sum.value += part.value;
            sum.spread += part.spread;
            add(&mut sum.gradient, &part.gradient);
            add(&mut sum.hessian, &part.hessian);
        }
        // Of the intercept it is the sum of spreads.
        if every > 1 && sum.hessian[0] > 0.0 {
            let all = sum.spread / sum.hessian[0];
            sum.hessian.iter_mut().for_each(|cell| *cell *= all);
        }
        sum
    }
}

impl Slope {
    fn new(size: usize) -> Self {
        Self { value: 0.0, spread: 0.0, gradient: vec![0.0; size], hessian: vec![0.0; size * size] }
    }

    /// Adds one block's part; of the Hessian only if told to.
    fn add_block(&mut self, block: &[Lane], beta: &[f64], is_weighted: bool, and_hessian: bool) {
        let Some(([known, met, weight], design)) = block.split_first_chunk::<BEFORE>() else {
            return;
        };
        let mut z = *known;
        for (lane, b) in design.iter().zip(beta) {
            for (z, x) in z.iter_mut().zip(lane) {
                *z += b * x;
            }
        }
        let mut e = z.map(|z| -z.abs());
        exp_all(&mut e);
        let (mut off, mut spread) = ([0.0; BLOCK], [0.0; BLOCK]);
        for at in 0..BLOCK {
            let whole = 1.0 / (1.0 + e[at]);
            let p = if z[at] < 0.0 { e[at] * whole } else { whole };
            off[at] = weight[at] * (p - met[at]);
            spread[at] = weight[at] * p * (1.0 - p);
        }
        let linear: Lane = std::array::from_fn(|at| z[at].max(0.0) - met[at] * z[at]);
        self.value += inner(&linear, weight) + logs(&e, weight, is_weighted);
        self.spread += spread.iter().sum::<f64>();
        for (sum, lane) in self.gradient.iter_mut().zip(design) {
            *sum += inner(&off, lane);
        }
        if and_hessian {
            let size = beta.len();
            for (i, lane) in design.iter().enumerate() {
                let scaled: Lane = std::array::from_fn(|at| spread[at] * lane[at]);
                for (cell, other) in self.hessian[i * size..=i * size + i].iter_mut().zip(design) {
                    *cell += inner(&scaled, other);
                }
            }
        }
    }
}

/// `Σ w·ln(1 + e)`. Without weights of their own it is one logarithm a block: no product of 64 numbers up to 2 overflows.
fn logs(e: &Lane, weight: &Lane, is_weighted: bool) -> f64 {
    if is_weighted {
        return e.iter().zip(weight).map(|(e, weight)| weight * libm::log1p(*e)).sum();
    }
    let mut products = [1.0; LANES];
    for (e, weight) in e.as_chunks::<LANES>().0.iter().zip(weight.as_chunks::<LANES>().0) {
        for at in 0..LANES {
            products[at] *= 1.0 + weight[at] * e[at];
        }
    }
    libm::log(products.iter().product())
}

/// Sums kept apart, so that they need not wait for each other.
const LANES: usize = 8;

/// `Σ a·b`.
fn inner(a: &Lane, b: &Lane) -> f64 {
    let mut sums = [0.0; LANES];
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        for at in 0..LANES {
            sums[at] += a[at] * b[at];
        }
    }
    sums.iter().sum()
}

/// `eˣ` of numbers not above 0, to two units in the last place; 0 below −700. Sixty-four at a time, without a branch, so that the
/// compiler takes several in one step.
fn exp_all(lane: &mut Lane) {
    /// Added and taken away, it rounds to a whole number, which then stands in the low bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    /// ln 2 in two parts; a whole number times the first is exact.
    const LN_2: [f64; 2] = [0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10];
    for x in lane.iter_mut() {
        let kept = x.max(-700.0);
        let shifted = kept * std::f64::consts::LOG2_E + ROUND;
        let whole = shifted - ROUND;
        let rest = (kept - whole * LN_2[0]) - whole * LN_2[1];
        let mut sum = 1.0 / 6_227_020_800.0;
        for part in TAYLOR {
            sum = sum * rest + part;
        }
        let power = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1023 << 52));
        *x = if *x < -700.0 { 0.0 } else { sum * power };
    }
}

/// 1/n! for n from 12 to 0.
const TAYLOR: [f64; 13] = [
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
    1.0,
    1.0,
];

fn add(sum: &mut [f64], part: &[f64]) {
    for (sum, part) in sum.iter_mut().zip(part) {
        *sum += part;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_e_are_those_of_the_library() {
        let mut lane: Lane = std::array::from_fn(|at| -libm::pow(1.17, at as f64) + 1.0);
        lane[63] = -f64::INFINITY;
        lane[62] = -709.0;
        let expected = lane.map(libm::exp);
        exp_all(&mut lane);
        for (found, expected) in lane.iter().zip(expected) {
            assert!((found - expected).abs() <= 4e-16 * expected + 1e-300, "{found} {expected}");
        }
        assert!(lane[63].abs() < 1e-300);
    }
}
