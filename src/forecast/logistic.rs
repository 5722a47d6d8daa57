//! Ridge logistic regression by Newton's method, shrunk towards any point, with signs that coefficients may not cross.
//!
//! **Objective** `Σ w·[ln(1 + eᶻ) − y·z] + ½ Σ λ_j (β_j − c_j)²` with `z = f + β₀ + Σ β_j·(x_j − mean_j)/sd_j` (`f` a part that is
//! known): columns are
//! standardised on the rows given (mean and population standard deviation; a given spread in its place where asked), the
//! result is told in raw columns. The
//! intercept has its own λ. **Newton** at most 50 steps, halved until the objective falls; ends below a gain of 1e-8, or with the
//! step that promises less than 1e-9. The
//! ridge keeps separable data finite.
//!
//! **Many rows** have the Hessian of a part of them (`forecast::blocks`). It only bends the way to the minimum, where the slope of all
//! rows is nothing. Where the part misleads, as of a column that stands in other rows alone, a step has to be halved: from then on the
//! Hessian is that of all.
//!
//! **Signs** while a coefficient has a sign it may not have, the one that is worst (by size in standard deviations)
//! is set to 0 and the rest is fitted again: at most as many fits as signed columns.
//!
//! Sums are taken over chunks in order: the same for any number of threads. Cost: O(rows · columns²) a step.

use super::blocks::{Blocks, Extent, Slope};

const STEPS: usize = 50;
/// A step that promises a smaller fall of the objective is the last.
const NOTHING: f64 = 1e-9;

/// An intercept and a coefficient a column, on raw columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Value where every column is 0.
    pub intercept: f64,
    /// By column.
    pub slopes: Vec<f64>,
}

impl Line {
    /// The log odds of a row; columns beyond the coefficients do not count.
    #[must_use]
    pub fn at(&self, columns: &[f64]) -> f64 {
        self.slopes.iter().zip(columns).fold(self.intercept, |sum, (slope, x)| sum + slope * x)
    }
}

/// What a fit is held by.
#[derive(Debug, Clone, Copy)]
pub struct Hold<'a> {
    /// Ridge on each standardised coefficient.
    pub ridge: f64,
    /// Ridge on the intercept (the log odds of the average row).
    pub of_intercept: f64,
    /// Where the ridge pulls to; 0 without.
    pub towards: Option<&'a Line>,
    /// The spread by which each column is divided, where it is not that of the rows themselves.
    pub spreads: Option<&'a [f64]>,
    /// By column: 1 not below 0, −1 not above, 0 either.
    pub signs: &'a [i8],
}

/// Rows to learn from.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// Row after row, `width` columns each.
    pub columns: &'a [f64],
    /// Columns of a row.
    pub width: usize,
    /// Whether it happened, by row.
    pub labels: &'a [bool],
    /// Weight by row; 1 without.
    pub weights: Option<&'a [f64]>,
    /// A part of the log odds that is known, by row; 0 without.
    pub fixed: Option<&'a [f64]>,
}

/// Fits the rows. Without rows the result is what the ridge pulls to.
#[must_use]
pub fn fit(rows: &Rows<'_>, hold: &Hold<'_>) -> Line {
    let width = rows.width;
    let scales = scales(rows, hold.spreads);
    let problem = Problem::new(rows, hold, &scales);
    let mut is_free = vec![true; width + 1];
    let mut start = problem.centre.clone();
    let beta = loop {
        let beta = problem.minimum(&is_free, &start);
        let worst = (1..=width)
            .filter(|at| is_free[*at] && problem.wrong(*at, beta[*at]))
            .max_by(|a, b| beta[*a].abs().total_cmp(&beta[*b].abs()).then(b.cmp(a)));
        match worst {
            Some(at) => is_free[at] = false,
            None => break beta,
        }
        start = beta;
    };
    let slopes: Vec<f64> = beta[1..].iter().zip(&scales).map(|(b, (_, sd))| b / sd).collect();
    let shift: f64 = slopes.iter().zip(&scales).map(|(slope, (mean, _))| slope * mean).sum();
    Line { intercept: beta[0] - shift, slopes }
}

/// Mean and standard deviation (or the spread given) by column; a spread of 1 where it does not vary: divided by next to
/// nothing, the rounding of its mean would become a column of its own.
fn scales(rows: &Rows<'_>, spreads: Option<&[f64]>) -> Vec<(f64, f64)> {
    if rows.labels.is_empty() {
        let given = |column: usize| spreads.and_then(|all| all.get(column).copied());
        return (0..rows.width).map(|column| (0.0, given(column).unwrap_or(1.0))).collect();
    }
    let count = rows.labels.len() as f64;
    let mean_of = |of: &dyn Fn(usize, f64) -> f64| -> Vec<f64> {
        let mut sums = vec![0.0; rows.width];
        for row in rows.columns.chunks_exact(rows.width) {
            for (column, (sum, x)) in sums.iter_mut().zip(row).enumerate() {
                *sum += of(column, *x);
            }
        }
        sums.iter().map(|sum| sum / count).collect()
    };
    let means = mean_of(&|_, x| x);
    let squares = mean_of(&|column, x| (x - means[column]) * (x - means[column]));
    let own = squares.iter().map(|mean| libm::sqrt(*mean));
    let own = own.map(|spread| if spread > 1e-6 { spread } else { 1.0 });
    let given = |column: usize| spreads.and_then(|all| all.get(column).copied());
    let spreads = own.enumerate().map(|(column, own)| given(column).unwrap_or(own));
    means.iter().copied().zip(spreads).collect()
}

struct Problem<'a> {
    blocks: Blocks,
    centre: Vec<f64>,
    ridge: Vec<f64>,
    signs: &'a [i8],
}

impl<'a> Problem<'a> {
    fn new(rows: &Rows<'a>, hold: &Hold<'a>, scales: &[(f64, f64)]) -> Self {
        let mut centre = vec![0.0; rows.width + 1];
        if let Some(towards) = hold.towards {
            let means: Vec<f64> = scales.iter().map(|(mean, _)| *mean).collect();
            centre[0] = towards.at(&means);
            for ((own, slope), (_, sd)) in centre[1..].iter_mut().zip(&towards.slopes).zip(scales) {
                *own = slope * sd;
            }
        }
        let mut ridge = vec![hold.ridge; rows.width + 1];
        ridge[0] = hold.of_intercept;
        Self { blocks: Blocks::of(rows, scales), centre, ridge, signs: hold.signs }
    }

    fn wrong(&self, at: usize, beta: f64) -> bool {
        match self.signs.get(at - 1) {
            Some(1) => beta < 0.0,
            Some(-1) => beta > 0.0,
            _ => false,
        }
    }

    /// The minimum over the free coefficients, searched from `start`; the rest is 0.
    fn minimum(&self, is_free: &[bool], start: &[f64]) -> Vec<f64> {
        let mut beta: Vec<f64> = start.to_vec();
        for (own, is_free) in beta.iter_mut().zip(is_free) {
            *own = if *is_free { *own } else { 0.0 };
        }
        let mut extent = Extent::Part;
        let mut here = self.look(&beta, extent);
        for _ in 0..STEPS {
            let size = beta.len();
            for at in (0..size).filter(|at| !is_free[*at]) {
                here.gradient[at] = 0.0;
                for other in 0..size {
                    here.hessian[at.max(other) * size + at.min(other)] =
                        f64::from(u8::from(other == at));
                }
            }
            let gradient = here.gradient.clone();
            let Some(step) = solve(here.hessian, here.gradient) else { break };
            let moved = |length: f64| -> Vec<f64> {
                beta.iter().zip(&step).map(|(b, step)| b - length * step).collect()
            };
            // So near the minimum Newton's step is the minimum: nothing is left to look at.
            if 0.5 * dot(&gradient, &step) < NOTHING {
                return moved(1.0);
            }
            let mut length = 1.0;
            let next = loop {
                let there = moved(length);
                let reached = self.look(&there, extent);
                if reached.value <= here.value + 1e-12 {
                    break Some((there, reached));
                }
                length *= 0.5;
                if extent == Extent::Part || length < 1e-4 {
                    break None;
                }
            };
            let Some((there, reached)) = next else {
                if extent == Extent::All {
                    break;
                }
                extent = Extent::All;
                here = self.look(&beta, extent);
                continue;
            };
            let gain = here.value - reached.value;
            (beta, here) = (there, reached);
            if gain < 1e-8 {
                break;
            }
        }
        beta
    }

    fn held(&self, beta: &[f64]) -> f64 {
        let away = beta.iter().zip(&self.centre).zip(&self.ridge);
        away.map(|((b, c), ridge)| 0.5 * ridge * (b - c) * (b - c)).sum()
    }

    /// The objective and its slope at a point.
    fn look(&self, beta: &[f64], extent: Extent) -> Slope {
        let size = beta.len();
        let mut sum = self.blocks.look(beta, extent);
        sum.value += self.held(beta);
        let held = self.ridge.iter().zip(beta.iter().zip(&self.centre));
        for (at, (ridge, (beta, centre))) in held.enumerate().take(size) {
            sum.gradient[at] += ridge * (beta - centre);
            sum.hessian[at * size + at] += ridge + 1e-9;
        }
        sum
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// `1 / (1 + e^−z)`.
#[must_use]
pub fn logistic(z: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-z))
}

/// `ln(p / (1 − p))`, `p` kept within 1e-9 of 0 and 1.
#[must_use]
pub fn log_odds(p: f64) -> f64 {
    let p = p.clamp(1e-9, 1.0 - 1e-9);
    libm::log(p / (1.0 - p))
}

/// Solves `H·x = g` by Cholesky's factors of the lower triangle of `H`; `None` if it is not positive definite.
fn solve(mut h: Vec<f64>, mut g: Vec<f64>) -> Option<Vec<f64>> {
    let size = g.len();
    for row in 0..size {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| h[row * size + k] * h[column * size + k]).sum();
            let rest = h[row * size + column] - known;
            h[row * size + column] = if row == column {
                if rest <= 0.0 || !rest.is_finite() {
                    return None;
                }
                libm::sqrt(rest)
            } else {
                rest / h[column * size + column]
            };
        }
    }
    for row in 0..size {
        let known: f64 = (0..row).map(|k| h[row * size + k] * g[k]).sum();
        g[row] = (g[row] - known) / h[row * size + row];
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|k| h[k * size + row] * g[k]).sum();
        g[row] = (g[row] - known) / h[row * size + row];
    }
    Some(g)
}

#[cfg(test)]
mod tests {
    use super::super::blocks::MANY;
    use super::*;
    use crate::random::Stream;

    const FREE: Hold<'static> =
        Hold { ridge: 1.0, of_intercept: 0.0, towards: None, spreads: None, signs: &[] };

    /// Twelve rows of two columns.
    const X: [f64; 24] = [
        0.5, 1.0, 1.5, 0.2, 2.5, 3.0, 0.1, 0.9, 3.1, 0.4, 2.2, 2.2, 1.1, 1.7, 0.3, 2.9, 2.8, 0.6,
        1.9, 1.4, 0.7, 0.8, 2.0, 2.6,
    ];
    const Y: [bool; 12] =
        [false, true, true, false, true, false, false, false, true, true, false, true];

    #[test]
    fn a_fit_is_where_the_slope_is_flat() {
        let rows = Rows { columns: &X, width: 2, labels: &Y, weights: None, fixed: None };
        let line = fit(&rows, &FREE);
        // The mean of predictions is the mean of labels: the intercept is free.
        let sum: f64 = X.chunks(2).map(|row| logistic(line.at(row))).sum();
        assert!((sum - 6.0).abs() < 1e-6);
        // scikit-learn 1.9 `LogisticRegression(C=1)` on the standardised columns, told in raw ones.
        let expected = [SKLEARN.0, SKLEARN.1[0], SKLEARN.1[1]];
        let found = [line.intercept, line.slopes[0], line.slopes[1]];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-5, "{found} {expected}");
        }
    }

    /// Intercept and slopes by scikit-learn.
    const SKLEARN: (f64, [f64; 2]) = (-1.790_627_406, [1.401_442_615, -0.261_634_987]);

    #[test]
    fn a_strong_ridge_stays_where_it_is_told() {
        let towards = Line { intercept: -2.0, slopes: vec![0.7, 0.3] };
        let rows = Rows { columns: &X, width: 2, labels: &Y, weights: None, fixed: None };
        let hold = Hold {
            ridge: 1e9,
            of_intercept: 1e9,
            towards: Some(&towards),
            spreads: None,
            signs: &[],
        };
        let line = fit(&rows, &hold);
        assert!((line.intercept + 2.0).abs() < 1e-5 && (line.slopes[0] - 0.7).abs() < 1e-6);
        let none = Rows { columns: &[], width: 2, labels: &[], weights: None, fixed: None };
        let line = fit(&none, &Hold { ridge: 1.0, of_intercept: 1.0, ..hold });
        assert!((line.intercept + 2.0).abs() < 1e-9 && (line.slopes[1] - 0.3).abs() < 1e-9);
    }

    #[test]
    fn signs_hold_and_separable_rows_stay_finite() {
        let rows = Rows { columns: &X, width: 2, labels: &Y, weights: None, fixed: None };
        let line = fit(&rows, &Hold { signs: &[-1, 0], ..FREE });
        assert!(line.slopes[0].abs() < 1e-15 && line.slopes[1].is_finite());
        let labels: Vec<bool> = X.chunks(2).map(|row| row[0] > 1.2).collect();
        let apart = Rows { columns: &X, width: 2, labels: &labels, weights: None, fixed: None };
        assert!(fit(&apart, &FREE).slopes[0] < 50.0);
    }

    #[test]
    fn a_known_part_is_what_another_column_gave() {
        let hold = Hold { ridge: 0.0, ..FREE };
        let rows = Rows { columns: &X, width: 2, labels: &Y, weights: None, fixed: None };
        let both = fit(&rows, &hold);
        let first: Vec<f64> = X.chunks(2).map(|row| row[0]).collect();
        let known: Vec<f64> = X.chunks(2).map(|row| both.slopes[1] * row[1]).collect();
        let rows = Rows { columns: &first, width: 1, fixed: Some(&known), ..rows };
        let one = fit(&rows, &hold);
        assert!((one.slopes[0] - both.slopes[0]).abs() < 1e-5, "{one:?} {both:?}");
        assert!((one.intercept - both.intercept).abs() < 1e-5, "{one:?} {both:?}");
        // One more everywhere is one less of the intercept.
        let more: Vec<f64> = known.iter().map(|known| known + 1.0).collect();
        let less = fit(&Rows { fixed: Some(&more), ..rows }, &hold);
        assert!((less.intercept + 1.0 - both.intercept).abs() < 1e-5, "{less:?} {both:?}");
    }

    /// Rows with correlated columns, more than the Hessian reads.
    fn many() -> (Vec<f64>, Vec<bool>) {
        let mut stream = Stream::new(3, "logistic-many", 0);
        let mut columns = Vec::new();
        let mut labels = Vec::new();
        for _ in 0..MANY + 1_000 {
            let (a, b) = (stream.normal(), stream.normal());
            let row = [a, 0.9 * a + 0.4 * b, if b > 1.5 { 3.0 } else { 0.0 }];
            labels.push(stream.chance(logistic(row[0] - 2.0 * row[1] + 0.3 * row[2] - 1.0)));
            columns.extend(row);
        }
        (columns, labels)
    }

    /// The slope of the objective under [`FREE`], by its definition, in the direction in which it is greatest: nothing at the minimum.
    fn steepest(rows: &Rows<'_>, found: &Line) -> f64 {
        let scales = scales(rows, None);
        let slope = |column: Option<usize>| -> f64 {
            let parts = rows.columns.chunks(rows.width).zip(rows.labels).map(|(row, met)| {
                let x = column.map_or(1.0, |at| (row[at] - scales[at].0) / scales[at].1);
                (logistic(found.at(row)) - f64::from(u8::from(*met))) * x
            });
            let held = column.map_or(0.0, |at| found.slopes[at] * scales[at].1);
            parts.sum::<f64>() + held
        };
        let columns = std::iter::once(None).chain((0..rows.width).map(Some));
        columns.map(|column| slope(column).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn a_part_of_the_hessian_that_misleads_is_given_up() {
        let mut stream = Stream::new(5, "logistic-misled", 0);
        let (mut columns, mut labels) = (Vec::new(), Vec::new());
        for nth in 0..4 * MANY {
            // The second column is nothing in every fourth block of 64 rows.
            let second = if nth / 64 % 4 == 0 { 0.0 } else { stream.normal() };
            let row = [stream.normal(), second];
            labels.push(stream.chance(logistic(row[0] + 3.0 * second - 1.0)));
            columns.extend(row);
        }
        let rows =
            Rows { columns: &columns, width: 2, labels: &labels, weights: None, fixed: None };
        let found = fit(&rows, &FREE);
        assert!((found.slopes[1] - 3.0).abs() < 0.2, "{found:?}");
        assert!(steepest(&rows, &found) < 1e-4, "{}", steepest(&rows, &found));
    }

    #[test]
    fn a_part_of_the_hessian_leads_to_the_same_minimum() {
        let (columns, labels) = many();
        let rows =
            Rows { columns: &columns, width: 3, labels: &labels, weights: None, fixed: None };
        let found = fit(&rows, &FREE);
        assert!(steepest(&rows, &found) < 1e-4, "{}", steepest(&rows, &found));
        // Weights of 1 take the other way to the objective.
        let ones = vec![1.0; labels.len()];
        let weighted = fit(&Rows { weights: Some(&ones), ..rows }, &FREE);
        for (a, b) in found.slopes.iter().zip(&weighted.slopes) {
            assert!((a - b).abs() < 1e-9, "{a} {b}");
        }
    }

    #[test]
    fn weights_are_repetitions() {
        let mut stream = Stream::new(1, "logistic", 0);
        let columns: Vec<f64> = (0..300).map(|_| stream.normal()).collect();
        let labels: Vec<bool> =
            columns.chunks(3).map(|row| stream.chance(logistic(row[0] - row[1]))).collect();
        let times: Vec<u32> = (0..100).map(|n| n % 3).collect();
        let weights: Vec<f64> = times.iter().map(|n| f64::from(*n)).collect();
        let (mut many, mut told) = (Vec::new(), Vec::new());
        for ((row, label), times) in columns.chunks(3).zip(&labels).zip(&times) {
            for _ in 0..*times {
                many.extend_from_slice(row);
                told.push(*label);
            }
        }
        let towards = Line { intercept: 0.0, slopes: vec![0.0; 3] };
        // Means and deviations differ between the two, so only a fit without a ridge is the same.
        let hold = Hold {
            ridge: 0.0,
            of_intercept: 0.0,
            towards: Some(&towards),
            spreads: None,
            signs: &[],
        };
        let weighted = fit(
            &Rows {
                columns: &columns,
                width: 3,
                labels: &labels,
                weights: Some(&weights),
                fixed: None,
            },
            &hold,
        );
        let repeated = fit(
            &Rows { columns: &many, width: 3, labels: &told, weights: None, fixed: None },
            &hold,
        );
        for (a, b) in weighted.slopes.iter().zip(&repeated.slopes) {
            assert!((a - b).abs() < 1e-4, "{a} {b}");
        }
    }
}
