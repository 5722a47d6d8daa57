//! Who is drawn on the archipelago: bridges on the shores, the closest on the islands.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rows on an island are few"
)]

use std::collections::BTreeMap;

use crate::audit::Bridge;
use crate::report::figure::{Point, Type};
use crate::report::labels;
use crate::report::view::{View, lost};

use super::islands::Layout;

/// Most islands a line is bent around.
const BENDS: usize = 4;
/// Water between a bent line and the shore it passes.
const CLEAR: f64 = 22.0;

/// One drawn bridge: its dot and where its lines end.
pub(super) struct Span<'a> {
    /// Who.
    pub(super) bridge: &'a Bridge,
    /// The island it stands on.
    pub(super) island: usize,
    /// Where.
    pub(super) dot: Point,
    /// Its lines, each to the shore of another island.
    pub(super) paths: Vec<Vec<Point>>,
}

/// The `most` bridges to draw, only routes first.
pub(super) fn spans<'a>(
    view: &View<'a>,
    index: &BTreeMap<&str, usize>,
    layout: &Layout,
    most: usize,
) -> Vec<Span<'a>> {
    let mut bridges: Vec<&Bridge> = view.audit.findings.bridges.iter().collect();
    bridges.sort_by(|a, b| {
        (!b.only_route.is_empty())
            .cmp(&!a.only_route.is_empty())
            .then_with(|| lost(b).cmp(&lost(a)))
            .then_with(|| b.betweenness.total_cmp(&a.betweenness))
            .then_with(|| a.id.cmp(&b.id))
    });
    let mut spans: Vec<Span<'a>> = Vec::new();
    for bridge in bridges {
        let Some(&own) = view.letter(&bridge.id).and_then(|letter| index.get(letter)) else {
            continue;
        };
        let mut goals: Vec<usize> = bridge
            .only_route
            .iter()
            .flat_map(|(a, b)| [a, b])
            // An accent line says "only route": where there is one, no other line leaves the dot.
            .chain(bridge.reaches.iter().take(usize::from(bridge.only_route.is_empty())))
            .filter_map(|letter| index.get(letter.as_str()).copied())
            .filter(|&goal| goal != own)
            .collect();
        goals.dedup();
        goals.truncate(if bridge.only_route.is_empty() { 1 } else { 2 });
        let Some(&first) = goals.first() else { continue };
        let (centre, radius) = layout.circles[own];
        let towards = layout.circles[first].0;
        let straight = libm::atan2(towards.1 - centre.1, towards.0 - centre.0);
        // Straight at the goal, or the nearest free spot beside it on the shore.
        let spot = (0..24_u32).find_map(|nth| {
            let side = if nth % 2 == 0 { -1.0 } else { 1.0 };
            let turn = side * f64::from(nth.div_ceil(2)) * 11.0 / radius;
            let angle = straight + turn;
            let dot = (centre.0 + radius * libm::cos(angle), centre.1 + radius * libm::sin(angle));
            let free = spans
                .iter()
                .all(|other| libm::hypot(other.dot.0 - dot.0, other.dot.1 - dot.1) >= 22.0);
            free.then_some(dot)
        });
        let Some(dot) = spot else { continue };
        let paths = goals.iter().map(|&goal| path(dot, goal, layout)).collect();
        spans.push(Span { bridge, island: own, dot, paths });
        if spans.len() == most {
            break;
        }
    }
    spans
}

/// The nearest point of an island's shore.
pub(super) fn shore((centre, radius): (Point, f64), towards: Point) -> Point {
    let far = libm::hypot(towards.0 - centre.0, towards.1 - centre.1).max(1.0);
    let at = |c: f64, t: f64| c + (t - c) / far * radius;
    (at(centre.0, towards.0), at(centre.1, towards.1))
}

/// A line from `dot` to the shore of an island: straight, or bent around what lies between.
fn path(dot: Point, goal: usize, layout: &Layout) -> Vec<Point> {
    let end = |from: Point| shore(layout.circles[goal], from);
    let mut stops = vec![dot, end(dot)];
    for _ in 0..BENDS {
        let hit = stops.windows(2).enumerate().find_map(|(nth, pair)| {
            let mut lands = layout.circles.iter().enumerate();
            let (_, &land) = lands.find(|&(other, &(centre, radius))| {
                other != goal && labels::distance_to(pair[0], pair[1], centre) < radius - 1.0
            })?;
            Some((nth, land))
        });
        let Some((nth, (centre, radius))) = hit else { break };
        let (from, to) = (stops[nth], stops[nth + 1]);
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = libm::hypot(dx, dy).max(1.0);
        // The side of the line the island's centre is not on.
        let side =
            if (centre.0 - from.0) * dy - (centre.1 - from.1) * dx > 0.0 { -1.0 } else { 1.0 };
        let out = side * (radius + CLEAR);
        stops.insert(nth + 1, (centre.0 + dy / length * out, centre.1 - dx / length * out));
        let last = stops.len() - 1;
        stops[last] = end(stops[last - 1]);
    }
    if stops.len() > 2 { rounded(&stops) } else { stops }
}

/// The same line with its corners cut, three times over (Chaikin).
fn rounded(stops: &[Point]) -> Vec<Point> {
    let mut line = stops.to_vec();
    for _ in 0..3 {
        let mut next = vec![line[0]];
        for (nth, pair) in line.windows(2).enumerate() {
            let part = |t: f64| {
                (pair[0].0 + (pair[1].0 - pair[0].0) * t, pair[0].1 + (pair[1].1 - pair[0].1) * t)
            };
            if nth > 0 {
                next.push(part(0.25));
            }
            if nth + 2 < line.len() {
                next.push(part(0.75));
            }
        }
        next.extend(line.last());
        line = next;
    }
    line
}

/// The closest ties that are no drawn bridge, each with a place on its island.
pub(super) fn closest<'a>(
    view: &View<'a>,
    index: &BTreeMap<&str, usize>,
    layout: &Layout,
    spans: &[Span<'_>],
    (most, short): (usize, bool),
) -> Vec<(&'a str, Point)> {
    let mut ties: Vec<_> = view.own.iter().filter(|own| own.rhythm.active).collect();
    ties.sort_by(|a, b| b.tie.strength.total_cmp(&a.tie.strength).then_with(|| a.id.cmp(b.id)));
    let mut on_island: BTreeMap<usize, Vec<&'a str>> = BTreeMap::new();
    let free = ties.iter().filter(|own| spans.iter().all(|span| span.bridge.id != own.id));
    for own in free.take(most) {
        if let Some(&nth) = view.letter(own.id).and_then(|letter| index.get(letter)) {
            on_island.entry(nth).or_default().push(own.id);
        }
    }
    let mut dots = Vec::new();
    for (island, ids) in on_island {
        let (centre, radius) = layout.circles[island];
        let most = ((radius * 1.5 / 19.0).floor().max(1.0) as usize).min(ids.len());
        let n = most as f64;
        let pitch = (radius * 1.5 / n).min(30.0);
        let mut outside = 0;
        for (nth, id) in ids.into_iter().take(most).enumerate() {
            let down = (nth as f64 - (n - 1.0) / 2.0) * pitch;
            let half = libm::sqrt((radius * radius - down * down).max(0.0));
            // Dot and name together stand in the middle of their row, a little to one side in turn.
            let name = if short { view.given(id, 90.0) } else { view.fitting(id, 200.0) };
            let room = Type::NAME.room(&name) + 14.0;
            let slack = (half - 4.0 - room / 2.0).max(0.0);
            let turn = if n < 2.0 {
                0.0
            } else if nth % 2 == 0 {
                -0.5
            } else {
                0.5
            };
            if room / 2.0 + 4.0 >= half {
                // A small island has room for one name on the water beside it.
                outside += 1;
                if outside > 1 {
                    continue;
                }
            }
            let shift = if room / 2.0 + 4.0 < half { slack * turn - room / 2.0 + 5.0 } else { 0.0 };
            dots.push((id, (centre.0 + shift, centre.1 + down)));
        }
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_goes_around_the_island_between() {
        let circles = vec![((0.0, 0.0), 20.0), ((100.0, 4.0), 20.0), ((200.0, 0.0), 20.0)];
        let layout = Layout { circles };
        let straight = path((20.0, 0.0), 1, &layout);
        assert_eq!(straight.len(), 2);
        let bent = path((20.0, 0.0), 2, &layout);
        let clear = bent
            .windows(2)
            .map(|pair| labels::distance_to(pair[0], pair[1], (100.0, 4.0)))
            .fold(f64::INFINITY, f64::min);
        assert!(bent.len() > 4 && clear > 20.0, "{clear}");
        // It ends on the shore it is meant for.
        let end = bent[bent.len() - 1];
        assert!((libm::hypot(end.0 - 200.0, end.1) - 20.0).abs() < 1e-6);
    }
}
