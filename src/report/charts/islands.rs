//! Where the islands of the archipelago lie.
//!
//! Responsible for positions alone: circles of given size on a canvas, joined by straits. Several seeded starts
//! are relaxed, the one with the fewest crossings and no overlap wins.

use rayon::prelude::*;

use crate::random::Stream;
use crate::report::figure::Point;
use crate::report::labels;

const STARTS: u64 = 80;
const STEPS: u32 = 260;

/// An island to place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Island {
    /// Radius before scaling.
    pub(super) radius: f64,
    /// Half the width its title needs.
    pub(super) half_title: f64,
}

/// A layout: centres and radii.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    /// Centre and radius of each island, in the order given.
    pub(super) circles: Vec<(Point, f64)>,
}

impl Layout {
    /// Takes away the empty sea above and below, and gives the height that is left.
    pub(super) fn trim(&mut self) -> f64 {
        let ends = self.circles.iter().fold((f64::INFINITY, 0.0_f64), |ends, &(at, radius)| {
            (ends.0.min(at.1 - radius - TITLE), ends.1.max(at.1 + radius + TITLE))
        });
        if self.circles.is_empty() {
            return TITLE;
        }
        for (at, _) in &mut self.circles {
            at.1 -= ends.0;
        }
        ends.1 - ends.0
    }
}

/// Space above or below an island for its two-line title.
pub(super) const TITLE: f64 = 42.0;
const APART: f64 = 52.0;

/// Places `islands`, joined by `straits` (indices and weights 0..1), in `width` × `height`.
pub(super) fn place(
    islands: &[Island],
    straits: &[(usize, usize, f64)],
    (width, height): (f64, f64),
    seed: u64,
) -> Layout {
    let mut shrink = 1.0;
    loop {
        let sized: Vec<Island> = islands
            .iter()
            .map(|island| Island { radius: (island.radius * shrink).max(9.0), ..*island })
            .collect();
        let found: Vec<(f64, Vec<(Point, f64)>)> = (0..STARTS)
            .into_par_iter()
            .map(|start| relax(&sized, straits, (width, height), seed, start))
            .map(|circles| (cost(&circles, &sized, straits, (width, height)), circles))
            .collect();
        let best = found.into_iter().min_by(|a, b| a.0.total_cmp(&b.0));
        // Islands shrink until they lie apart: many straits, however long, are no reason for it.
        if let Some((_, circles)) = best
            && (!touch(&circles) || shrink < 0.25)
        {
            return Layout { circles };
        }
        shrink *= 0.92;
        if shrink < 0.2 {
            return Layout { circles: Vec::new() };
        }
    }
}

fn relax(
    islands: &[Island],
    straits: &[(usize, usize, f64)],
    (width, height): (f64, f64),
    seed: u64,
    start: u64,
) -> Vec<(Point, f64)> {
    let mut stream = Stream::new(seed, "archipelago", start);
    let mut at: Vec<Point> = islands
        .iter()
        .map(|_| (stream.between(0.1, 0.9) * width, stream.between(0.1, 0.9) * height))
        .collect();
    for step in 0..STEPS {
        let calm = 1.0 - f64::from(step) / f64::from(STEPS);
        let mut push = vec![(0.0, 0.0); at.len()];
        for &(a, b, weight) in straits {
            let (dx, dy) = (at[b].0 - at[a].0, at[b].1 - at[a].1);
            let far = length(dx, dy).max(1.0);
            let want = islands[a].radius + islands[b].radius + APART;
            let pull = 0.06 * (0.3 + weight) * (far - want) / far * calm;
            push[a] = (push[a].0 + dx * pull, push[a].1 + dy * pull);
            push[b] = (push[b].0 - dx * pull, push[b].1 - dy * pull);
        }
        for a in 0..at.len() {
            for b in a + 1..at.len() {
                let (dx, dy) = (at[b].0 - at[a].0, at[b].1 - at[a].1);
                let far = length(dx, dy).max(0.5);
                let least = islands[a].radius + islands[b].radius + APART;
                let near = (least - far).max(0.0) * 0.5 + calm * 900.0 / far;
                let (px, py) = (dx / far * near, dy / far * near);
                push[a] = (push[a].0 - px, push[a].1 - py);
                push[b] = (push[b].0 + px, push[b].1 + py);
            }
        }
        for (nth, island) in islands.iter().enumerate() {
            let side = island.radius.max(island.half_title) + 4.0;
            let upright = island.radius + TITLE;
            at[nth].0 = keep(at[nth].0 + push[nth].0, side, width);
            at[nth].1 = keep(at[nth].1 + push[nth].1, upright, height);
        }
    }
    stretch(&mut at, islands, (width, height));
    at.into_iter().zip(islands).map(|(at, island)| (at, island.radius)).collect()
}

/// Spreads the islands over the canvas: moving apart along an axis brings no two closer.
fn stretch(at: &mut [Point], islands: &[Island], (width, height): (f64, f64)) {
    let axis = |values: Vec<f64>, margins: Vec<f64>, size: f64| -> Vec<f64> {
        let low = values.iter().zip(&margins).map(|(v, m)| v - m).fold(f64::INFINITY, f64::min);
        let high =
            values.iter().zip(&margins).map(|(v, m)| v + m).fold(f64::NEG_INFINITY, f64::max);
        let factor = (size / (high - low).max(1.0)).clamp(1.0, 1.45);
        let middle = f64::midpoint(low, high);
        values
            .into_iter()
            .zip(margins)
            .map(|(value, margin)| keep(size / 2.0 + (value - middle) * factor, margin, size))
            .collect()
    };
    let sides = islands.iter().map(|i| i.radius.max(i.half_title) + 4.0).collect();
    let uprights = islands.iter().map(|i| i.radius + TITLE).collect();
    let across = axis(at.iter().map(|p| p.0).collect(), sides, width);
    let down = axis(at.iter().map(|p| p.1).collect(), uprights, height);
    for (point, (x, y)) in at.iter_mut().zip(across.into_iter().zip(down)) {
        *point = (x, y);
    }
}

/// Length of a vector of pixels, whose squares neither overflow nor vanish: much cheaper than `hypot`, which guards against that.
fn length(across: f64, down: f64) -> f64 {
    libm::sqrt(across * across + down * down)
}

fn keep(value: f64, margin: f64, size: f64) -> f64 {
    if margin * 2.0 >= size { size / 2.0 } else { value.clamp(margin, size - margin) }
}

/// Least water between two islands.
const WATER: f64 = 30.0;

/// Water between two islands; less than 0 where they overlap.
fn water((a, of_a): (Point, f64), (b, of_b): (Point, f64)) -> f64 {
    length(a.0 - b.0, a.1 - b.1) - of_a - of_b
}

/// Whether any two islands lie too close.
fn touch(circles: &[(Point, f64)]) -> bool {
    let mut each = circles.iter().enumerate();
    each.any(|(nth, a)| circles[nth + 1..].iter().any(|b| water(*a, *b) < WATER))
}

fn cost(
    circles: &[(Point, f64)],
    islands: &[Island],
    straits: &[(usize, usize, f64)],
    (width, height): (f64, f64),
) -> f64 {
    let mut cost = 0.0;
    for a in 0..circles.len() {
        for b in a + 1..circles.len() {
            let gap = water(circles[a], circles[b]);
            cost += if gap < WATER { 6_000.0 } else { (APART - gap).max(0.0) * 2.0 };
        }
    }
    // The land should not lean to one side of the sea.
    let land: f64 = circles.iter().map(|(_, radius)| radius * radius).sum();
    let lean = circles.iter().fold((0.0, 0.0), |sum, (at, radius)| {
        let part = radius * radius / land.max(1.0);
        (sum.0 + (at.0 - width / 2.0) * part, sum.1 + (at.1 - height / 2.0) * part)
    });
    cost += 1.5 * length(lean.0, lean.1);
    // Nor should a corner of it lie empty.
    for column in [1.0, 3.0, 5.0] {
        for row in [1.0, 3.0, 5.0] {
            let spot = (width * column / 6.0, height * row / 6.0);
            let near = circles
                .iter()
                .map(|(at, radius)| length(at.0 - spot.0, at.1 - spot.1) - radius)
                .fold(f64::INFINITY, f64::min);
            cost += (near - width / 6.0).clamp(0.0, width);
        }
    }
    for (nth, &(a, b, _)) in straits.iter().enumerate() {
        let (from, to) = (circles[a].0, circles[b].0);
        let far = length(from.0 - to.0, from.1 - to.1);
        cost += far * 0.6 - (islands[a].radius + islands[b].radius) * 0.6;
        for (other, &(centre, radius)) in circles.iter().enumerate() {
            if other != a && other != b {
                let clear = labels::distance_to(from, to, centre) - radius;
                cost += if clear < 0.0 { 700.0 } else { (20.0 - clear).max(0.0) * 8.0 };
            }
        }
        for &(c, d, _) in &straits[nth + 1..] {
            let apart = a != c && a != d && b != c && b != d;
            if apart && labels::crosses(from, to, circles[c].0, circles[d].0) {
                cost += 260.0;
            }
        }
    }
    cost
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_straits_do_not_shrink_the_islands() {
        let islands = [Island { radius: 40.0, half_title: 60.0 }; 8];
        let straits: Vec<(usize, usize, f64)> =
            (0..8).flat_map(|a| (a + 1..8).map(move |b| (a, b, 1.0))).collect();
        let layout = place(&islands, &straits, (1_200.0, 800.0), 7);
        assert!(layout.circles.iter().all(|(_, radius)| (radius - 40.0).abs() < 1e-12));
        assert!(!touch(&layout.circles));
    }

    #[test]
    fn too_little_sea_does() {
        let islands = [Island { radius: 90.0, half_title: 60.0 }; 12];
        let layout = place(&islands, &[], (800.0, 500.0), 7);
        assert!(layout.circles.iter().all(|(_, radius)| *radius < 90.0));
        assert!(!touch(&layout.circles));
    }
}
