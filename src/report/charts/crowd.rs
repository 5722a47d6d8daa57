//! Thousands of dots on one plate: which are drawn.
//!
//! Dots that lie on one another cannot be told apart, but each costs a hundred bytes of page and time to draw. Above [`MANY`]
//! the plate is cut into cells of [`CELL`]; the largest dot of a cell stands for all in it, and the darker the more there are.

use std::collections::BTreeMap;

use crate::report::figure::Point;

/// Dots up to which all are drawn.
const MANY: usize = 1_200;
/// Width of a cell, in pixels of the plate.
const CELL: f64 = 6.0;
/// Opacity of a dot that stands for itself, and of the fullest cells.
const OPACITY: [f64; 2] = [0.42, 0.85];

/// A dot that is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Drawn {
    /// Its place in the list.
    pub(super) dot: usize,
    /// How dark it is.
    pub(super) opacity: f64,
}

/// What the reader is told where dots stand for others; nothing else.
pub(super) fn note(dots: usize) -> &'static str {
    if dots > MANY {
        " Where many lie on one another the largest is drawn, and darker."
    } else {
        ""
    }
}

/// The dots to draw, in the order of the list; each has its centre and radius. Of equal ones the first stands for the cell.
pub(super) fn drawn(dots: &[(Point, f64)]) -> Vec<Drawn> {
    let [alone, full] = OPACITY;
    if dots.len() <= MANY {
        return (0..dots.len()).map(|dot| Drawn { dot, opacity: alone }).collect();
    }
    let cell = |value: f64| libm::floor(value / CELL).to_bits();
    let mut cells: BTreeMap<[u64; 2], (usize, u32)> = BTreeMap::new();
    for (dot, (at, radius)) in dots.iter().enumerate() {
        let (best, count) = cells.entry([cell(at.0), cell(at.1)]).or_insert((dot, 0));
        *count += 1;
        if *radius > dots[*best].1 {
            *best = dot;
        }
    }
    let mut drawn: Vec<Drawn> = cells
        .into_values()
        .map(|(dot, count)| {
            // Two sheets let through what neither holds back.
            let through = libm::pow(1.0 - alone, f64::from(count));
            Drawn { dot, opacity: ((1.0 - through).min(full) * 1e2).round() / 1e2 }
        })
        .collect();
    drawn.sort_by_key(|one| one.dot);
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_all_drawn_and_many_stand_for_their_cells() {
        let few: Vec<(Point, f64)> = (0..MANY).map(|_| ((1.0, 1.0), 2.0)).collect();
        assert_eq!(drawn(&few).len(), MANY);
        let mut many = few;
        many.push(((2.0, 2.0), 3.0));
        many.push(((100.0, 2.0), 2.0));
        let found = drawn(&many);
        assert_eq!(
            found,
            [Drawn { dot: MANY, opacity: 0.85 }, Drawn { dot: MANY + 1, opacity: 0.42 }]
        );
    }
}
