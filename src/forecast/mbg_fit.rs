//! The MBG/NBD model's parameters from many ties: penalised maximum likelihood with gradients.
//!
//! **Objective** `Σ L − ½|θ − θ₀|²` with `θ = ln(r, α, a, b)` and `θ₀ = ln(½, median gap, 0.9, 1.6)`, θ within ±10 of it. For a tie with
//! `x` repeats in `(0, T]`, the last at `t`: `L = Σ_{i<x} ln(r+i) + r ln α + ln(eᴬ + eᴮ)` with
//! `A = Σ_{i≤x} [ln(b+i) − ln(a+b+i)] − (r+x) ln(α+T)` and `B = ln a + Σ_{i<x} ln(b+i) − Σ_{i≤x} ln(a+b+i) − (r+x) ln(α+t)`:
//! with whole `x` the gamma functions are sums of logarithms, which one table an evaluation holds.
//!
//! **Optimiser** BFGS with backtracking from three starts on a small sample, then from the best on all given ties. Sums
//! are taken over chunks of fixed size in order, so the result does not depend on threads.
//!
//! **Needs** 30 ties, 15 of them with a repeat (`methods` C.4); else there is no fit. `a + b > 100` means that the drop-out
//! rate cannot be told from the data.
//!
//! **Reference** Batislam, Denizel & Filiztekin 2007; anchor: CDNOW (`methods` J).

use rayon::prelude::*;

use super::mbg::{History, Parameters};

/// Fewest ties, and fewest with a repeat.
const FEWEST: (usize, usize) = (30, 15);
/// θ stays within this of the prior.
const CLAMP: f64 = 10.0;
/// Ties in the sample from which the starts are judged.
const SAMPLE: usize = 2_000;
/// Ties summed at a time.
const CHUNK: usize = 1_024;

type Point = [f64; 4];

/// What the fit found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// The parameters, α in days.
    pub parameters: Parameters,
    /// Ties used.
    pub ties: usize,
    /// Whether the drop-out rate can be told from the data (`a + b ≤ 100`).
    pub identified: bool,
}

/// Fits the model to histories in whole days; `None` when there are too few.
#[must_use]
pub fn fit(histories: &[History], prior: Parameters) -> Option<Fit> {
    fit_with(histories, prior, 1.0)
}

/// The same with this weight of the penalty; 0 is plain maximum likelihood, which may run off where drop-out cannot be told.
#[must_use]
pub fn fit_with(histories: &[History], prior: Parameters, penalty: f64) -> Option<Fit> {
    let repeats = histories.iter().filter(|history| history.x >= 1.0).count();
    if histories.len() < FEWEST.0 || repeats < FEWEST.1 {
        return None;
    }
    let centre = [prior.r, prior.alpha, prior.a, prior.b].map(libm::log);
    let all = Objective::new(histories, centre, penalty);
    let step = histories.len().div_ceil(SAMPLE);
    let few: Vec<History> = histories.iter().copied().step_by(step).collect();
    let sample = Objective::new(&few, centre, penalty);
    let starts = [[0.0; 4], [1.0, 1.0, 0.5, 1.0], [-1.0, -1.0, -0.5, -1.0]];
    let best = starts
        .into_iter()
        .map(|shift| maximise(&sample, std::array::from_fn(|at| centre[at] + shift[at])))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    let (_, theta) = if step == 1 { best } else { maximise(&all, best.1) };
    let [r, alpha, a, b] = theta.map(libm::exp);
    let parameters = Parameters { r, alpha, a, b };
    Some(Fit { parameters, ties: histories.len(), identified: a + b <= 100.0 })
}

/// A tie's numbers as table indices.
#[derive(Debug, Clone, Copy)]
struct Tie {
    x: u32,
    last: u32,
    now: u32,
}

struct Objective {
    ties: Vec<Tie>,
    centre: Point,
    penalty: f64,
    most: usize,
    longest: usize,
}

impl Objective {
    fn new(histories: &[History], centre: Point, penalty: f64) -> Self {
        let ties: Vec<Tie> = histories
            .iter()
            .map(|history| Tie {
                x: whole(history.x),
                last: whole(history.last),
                now: whole(history.now),
            })
            .collect();
        let most = ties.iter().map(|tie| tie.x).max().unwrap_or(0) as usize;
        let longest = ties.iter().map(|tie| tie.now.max(tie.last)).max().unwrap_or(0) as usize;
        Self { ties, centre, penalty, most, longest }
    }

    /// Value and gradient at θ.
    fn at(&self, theta: Point) -> (f64, Point) {
        let tables = Tables::new(theta.map(libm::exp), self.most, self.longest);
        let parts: Vec<(f64, Point)> = self
            .ties
            .par_chunks(CHUNK)
            .map(|chunk| {
                let (mut value, mut slope) = (0.0, [0.0; 4]);
                for tie in chunk {
                    let (one, toward) = tables.tie(*tie);
                    value += one;
                    for (sum, part) in slope.iter_mut().zip(toward) {
                        *sum += part;
                    }
                }
                (value, slope)
            })
            .collect();
        let (mut value, mut slope) = (0.0, [0.0; 4]);
        for (one, toward) in parts {
            value += one;
            for (sum, part) in slope.iter_mut().zip(toward) {
                *sum += part;
            }
        }
        for at in 0..4 {
            let away = theta[at] - self.centre[at];
            value -= 0.5 * self.penalty * away * away;
            // The slope in ln p is p times that in p.
            slope[at] = slope[at] * tables.p[at] - self.penalty * away;
        }
        (value, slope)
    }
}

fn whole(number: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and positive"
    )]
    let whole = number.max(0.0) as u32;
    whole
}

/// Sums of logarithms and of reciprocals up to every `x`, logarithms for every day.
struct Tables {
    p: Point,
    /// `Σ_{i<x} ln(r+i)` and `Σ_{i<x} 1/(r+i)`; the same for b and a+b, which reach one further.
    of_r: Vec<(f64, f64)>,
    of_b: Vec<(f64, f64)>,
    of_ab: Vec<(f64, f64)>,
    /// `ln(α + day)`.
    days: Vec<f64>,
}

impl Tables {
    fn new(p: Point, most: usize, longest: usize) -> Self {
        let [r, alpha, a, b] = p;
        let sums = |start: f64| {
            let mut sums = vec![(0.0, 0.0)];
            let (mut logs, mut parts) = (0.0, 0.0);
            for i in 0..=most {
                let next = start + i as f64;
                logs += libm::log(next);
                parts += 1.0 / next;
                sums.push((logs, parts));
            }
            sums
        };
        let days = (0..=longest).map(|day| libm::log(alpha + day as f64)).collect();
        Self { p, of_r: sums(r), of_b: sums(b), of_ab: sums(a + b), days }
    }

    /// One tie's log-likelihood and its slope in `(r, α, a, b)`.
    fn tie(&self, tie: Tie) -> (f64, Point) {
        let [r, alpha, a, b] = self.p;
        let x = tie.x as usize;
        let (rate, log_alpha) = (r + f64::from(tie.x), self.days[0]);
        let (log_now, log_last) = (self.days[tie.now as usize], self.days[tie.last as usize]);
        let alive = self.of_b[x + 1].0 - self.of_ab[x + 1].0 - rate * log_now;
        let dead = libm::log(a) + self.of_b[x].0 - self.of_ab[x + 1].0 - rate * log_last;
        // The larger of the two is 1 beside the other.
        let smaller = libm::exp(-(alive - dead).abs());
        let sum = 1.0 + smaller;
        let (more, less) = (1.0 / sum, smaller / sum);
        let (is_alive, is_dead) = if alive >= dead { (more, less) } else { (less, more) };
        let value = self.of_r[x].0 + r * log_alpha + alive.max(dead) + libm::log(sum);
        let (now, last) = (alpha + f64::from(tie.now), alpha + f64::from(tie.last));
        let slope = [
            self.of_r[x].1 + log_alpha - is_alive * log_now - is_dead * log_last,
            r / alpha - rate * (is_alive / now + is_dead / last),
            is_dead / a - self.of_ab[x + 1].1,
            self.of_b[x].1 + is_alive / (b + f64::from(tie.x)) - self.of_ab[x + 1].1,
        ];
        (value, slope)
    }
}

/// BFGS with backtracking; returns the best value and where it is.
fn maximise(objective: &Objective, start: Point) -> (f64, Point) {
    let mut theta = start;
    let (mut value, mut slope) = objective.at(theta);
    let mut inverse = identity();
    for _ in 0..200 {
        let mut direction = product(&inverse, slope);
        if dot(direction, slope) <= 0.0 {
            inverse = identity();
            direction = slope;
        }
        // No step is longer than 1 in any coordinate.
        let longest = direction.iter().fold(0.0_f64, |most, d| most.max(d.abs()));
        let mut length = 1.0 / longest.max(1.0);
        let rise = dot(direction, slope);
        let next = loop {
            let point: Point = std::array::from_fn(|at| {
                let low = objective.centre[at] - CLAMP;
                (theta[at] + length * direction[at]).clamp(low, low + 2.0 * CLAMP)
            });
            let (there, gradient) = objective.at(point);
            if there.is_finite() && there >= value + 1e-4 * length * rise {
                break Some((point, there, gradient));
            }
            length *= 0.5;
            if length < 1e-10 {
                break None;
            }
        };
        let Some((point, there, gradient)) = next else { break };
        let moved: Point = std::array::from_fn(|at| point[at] - theta[at]);
        // Of the negated objective, which is convex where it matters.
        let change: Point = std::array::from_fn(|at| slope[at] - gradient[at]);
        update(&mut inverse, moved, change);
        let gain = there - value;
        (theta, value, slope) = (point, there, gradient);
        let steep = slope.iter().fold(0.0_f64, |most, s| most.max(s.abs()));
        if steep < 1e-6 || gain < 1e-10 * value.abs() {
            break;
        }
    }
    (value, theta)
}

type Matrix = [Point; 4];

fn identity() -> Matrix {
    std::array::from_fn(|row| std::array::from_fn(|column| f64::from(u8::from(row == column))))
}

fn dot(a: Point, b: Point) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn product(matrix: &Matrix, vector: Point) -> Point {
    std::array::from_fn(|row| dot(matrix[row], vector))
}

/// The BFGS update of the inverse Hessian; skipped where the curvature is not positive.
fn update(inverse: &mut Matrix, moved: Point, change: Point) {
    let curvature = dot(moved, change);
    if curvature <= 1e-12 {
        return;
    }
    let turned = product(inverse, change);
    let scale = 1.0 + dot(change, turned) / curvature;
    for row in 0..4 {
        for column in 0..4 {
            inverse[row][column] += (scale * moved[row] * moved[column]
                - turned[row] * moved[column]
                - moved[row] * turned[column])
                / curvature;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    /// Ties drawn from the model: contact days in a window of `days`.
    fn drawn(count: usize, p: Parameters, days: f64) -> Vec<History> {
        drawn_on(count, p, days, 0.0).into_iter().map(|(history, _)| history).collect()
    }

    /// The same with continuous times, and whether contact follows within a horizon after the window.
    fn drawn_on(count: usize, p: Parameters, days: f64, horizon: f64) -> Vec<(History, bool)> {
        let mut stream = Stream::new(5, "contact-fit-test", 0);
        let mut uniform = || stream.unit() + 1e-12;
        let mut gamma = |shape: f64| {
            // Sum of exponentials for the whole part, Johnk's method for the rest.
            let mut sum = 0.0;
            let mut left = shape;
            while left >= 1.0 {
                sum -= uniform().ln();
                left -= 1.0;
            }
            if left > 0.0 {
                loop {
                    let (u, v) = (uniform().powf(1.0 / left), uniform().powf(1.0 / (1.0 - left)));
                    if u + v <= 1.0 {
                        sum -= u / (u + v) * uniform().ln();
                        break;
                    }
                }
            }
            sum
        };
        (0..count)
            .map(|_| {
                let rate = gamma(p.r) / p.alpha;
                let (ga, gb) = (gamma(p.a), gamma(p.b));
                let drop = ga / (ga + gb);
                let (mut at, mut x, mut follows) = (0.0, 0.0, false);
                // Death may follow every contact, the first included.
                // e^−E is uniform for an exponential E.
                while (-gamma(1.0)).exp() > drop {
                    let next = at + gamma(1.0) / rate.max(1e-12);
                    if next > days {
                        follows = next <= days + horizon;
                        break;
                    }
                    (at, x) = (next, x + 1.0);
                }
                let last = if horizon > 0.0 { at } else { at.floor() };
                (History { x, last, now: days }, follows)
            })
            .collect()
    }

    #[test]
    fn slopes_are_those_of_differences() {
        let truth = Parameters { r: 0.6, alpha: 12.0, a: 0.8, b: 2.0 };
        let ties = drawn(200, truth, 300.0);
        let centre = [0.5, 10.0, 0.9, 1.6].map(libm::log);
        let objective = Objective::new(&ties, centre, 1.0);
        let theta = [-0.4, 2.6, 0.1, 0.3];
        let (_, slope) = objective.at(theta);
        for at in 0..4 {
            let shifted = |by: f64| {
                let mut theta = theta;
                theta[at] += by;
                objective.at(theta).0
            };
            let difference = (shifted(1e-5) - shifted(-1e-5)) / 2e-5;
            assert!((slope[at] - difference).abs() < 1e-4 * difference.abs().max(1.0), "{at}");
        }
    }

    #[test]
    fn parameters_of_drawn_ties_are_found_again() {
        let truth = Parameters { r: 0.6, alpha: 12.0, a: 0.8, b: 2.0 };
        let ties = drawn(20_000, truth, 400.0);
        let found = fit(&ties, Parameters::prior(10.0)).unwrap();
        let p = found.parameters;
        assert!(found.identified);
        assert!((p.r - 0.6).abs() < 0.06 && (p.alpha - 12.0).abs() < 2.0, "{p:?}");
        assert!((p.a / (p.a + p.b) - 0.8 / 2.8).abs() < 0.03, "{p:?}");
    }

    #[test]
    fn the_closed_form_is_what_drawn_ties_do() {
        // Methods C.4: calibrated within 0.01 in each of five bins.
        let truth = Parameters { r: 0.52, alpha: 6.18, a: 0.89, b: 1.61 };
        let mut ties: Vec<(f64, bool)> = drawn_on(200_000, truth, 52.0, 13.0)
            .into_iter()
            .map(|(history, follows)| (super::super::mbg::p_contact(history, truth, 13.0), follows))
            .collect();
        // Stable: what followed does not decide the order of equal chances.
        ties.sort_by(|a, b| a.0.total_cmp(&b.0));
        for bin in ties.chunks(40_000) {
            let told = bin.iter().map(|(p, _)| p).sum::<f64>() / 40_000.0;
            let seen = bin.iter().filter(|(_, follows)| *follows).count() as f64 / 40_000.0;
            assert!((told - seen).abs() < 0.01, "{told} {seen}");
        }
    }

    /// Repeat purchases of CDNOW customers in weeks; the published fit of MBG/NBD is r 0.5248, α 6.183 weeks, a 0.8914, b 1.614.
    #[test]
    fn cdnow_is_fitted_as_published() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/reference/cdnow.csv");
        let Ok(text) = std::fs::read_to_string(path) else {
            println!("skipped: the CDNOW data is not here");
            return;
        };
        let ties: Vec<History> = text
            .lines()
            .skip(1)
            .map(|line| {
                let cell: Vec<f64> =
                    line.split(',').skip(1).take(3).map(|cell| cell.parse().unwrap()).collect();
                History { x: cell[0], last: (cell[1] * 7.0).round(), now: (cell[2] * 7.0).round() }
            })
            .collect();
        assert_eq!(ties.len(), 2_357);
        let published = [0.5248, 6.183, 0.8914, 1.614];
        let prior = Parameters::prior(6.183 * 7.0);
        let near = |p: Parameters, within: f64| {
            for (found, published) in [p.r, p.alpha / 7.0, p.a, p.b].into_iter().zip(published) {
                assert!((found / published - 1.0).abs() < within, "{p:?}");
            }
        };
        near(fit_with(&ties, prior, 0.0).unwrap().parameters, 5e-4);
        // The penalty moves them by less than two percent.
        near(fit(&ties, prior).unwrap().parameters, 0.02);
        let centre = [0.5248, 6.183 * 7.0, 0.8914, 1.614].map(libm::log);
        let objective = Objective::new(&ties, centre, 0.0);
        // Told in weeks: a density of each repeat a week, not a day.
        let repeats: f64 = ties.iter().map(|tie| tie.x).sum();
        let value = objective.at(centre).0 + repeats * libm::log(7.0);
        assert!((value + 9_582.13).abs() < 0.01, "{value}");
    }

    #[test]
    fn few_ties_have_no_fit_and_order_matters_little() {
        let truth = Parameters { r: 0.6, alpha: 12.0, a: 0.8, b: 2.0 };
        let ties = drawn(400, truth, 400.0);
        assert_eq!(fit(&ties[..29], Parameters::prior(10.0)), None);
        let single = vec![History { x: 0.0, last: 0.0, now: 9.0 }; 100];
        assert_eq!(fit(&single, Parameters::prior(10.0)), None);
        let one = fit(&ties, Parameters::prior(10.0)).unwrap().parameters;
        let mut reversed = ties.clone();
        reversed.reverse();
        let other = fit(&reversed, Parameters::prior(10.0)).unwrap().parameters;
        assert!((one.r - other.r).abs() < 1e-5 && (one.alpha - other.alpha).abs() < 1e-3);
    }
}
