//! Where names go beside their dots.
//!
//! Responsible for label placement (`DESIGN.md` part 8): sixteen directions and six distances a label, a cost
//! for everything a label may hide, rounds of re-choosing, leaders for the far ones. No random numbers; the order
//! of the wishes decides, so callers sort by priority and then by id.

use super::figure::{Anchor, Drawing, Paint, Point, Type, text_box};
use super::theme::{self, Token};

const DISTANCES: [f64; 6] = [5.0, 13.0, 24.0, 38.0, 54.0, 74.0];
const ROUNDS: usize = 6;
/// The further cost of covering a dot that carries a name.
const RINGED: f64 = 240.0;

/// Left, top, right, bottom.
pub(crate) type Area = (f64, f64, f64, f64);

/// A label that wants a place.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    /// The dot.
    pub(crate) dot: Point,
    /// Its radius.
    pub(crate) radius: f64,
    /// The words.
    pub(crate) text: String,
    /// Their type.
    pub(crate) style: Type,
    /// A circle the label should keep out of (a bridge's own island).
    pub(crate) avoid: Option<(Point, f64)>,
}

/// What labels should not hide.
#[derive(Debug, Clone, Default)]
pub(crate) struct Field {
    /// The area labels must stay in.
    pub(crate) canvas: Area,
    /// Dots: centre and radius.
    pub(crate) dots: Vec<(Point, f64)>,
    /// Lines with the cost of a covered pixel.
    pub(crate) lines: Vec<(Point, Point, f64)>,
    /// Outlines of circles.
    pub(crate) outlines: Vec<(Point, f64)>,
    /// Fixed texts.
    pub(crate) fixed: Vec<Area>,
}

/// A label in its place.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    at: Point,
    anchor: Anchor,
    area: Area,
    leader: Option<(Point, Point)>,
}

struct Candidate {
    placed: Placed,
    cost: f64,
}

/// Places every wish; `None` where only an overlap was left, lowest priority (last) first.
pub(crate) fn place(wishes: &[Wish], field: &Field) -> Vec<Option<Placed>> {
    let choices: Vec<Vec<Candidate>> = wishes.iter().map(|wish| candidates(wish, field)).collect();
    let mut chosen: Vec<Option<usize>> = vec![None; wishes.len()];
    for _ in 0..ROUNDS {
        let before = chosen.clone();
        for (nth, own) in choices.iter().enumerate() {
            let others: Vec<&Placed> = chosen
                .iter()
                .enumerate()
                .filter(|&(other, _)| other != nth)
                .filter_map(|(other, pick)| pick.map(|pick| &choices[other][pick].placed))
                .collect();
            chosen[nth] = cheapest(own, &others);
        }
        if chosen == before {
            break;
        }
    }
    let mut kept: Vec<Option<Placed>> = Vec::new();
    for (own, pick) in choices.iter().zip(&chosen) {
        let placed = pick.map(|pick| own[pick].placed.clone()).filter(|placed| {
            kept.iter().flatten().all(|other| overlap(placed.area, other.area) <= 0.0)
                && field.fixed.iter().all(|&fixed| overlap(placed.area, fixed) <= 0.0)
        });
        kept.push(placed);
    }
    kept
}

fn cheapest(own: &[Candidate], others: &[&Placed]) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (nth, candidate) in own.iter().enumerate() {
        let mut cost = candidate.cost;
        for other in others {
            cost += 20.0 * overlap(candidate.placed.area, other.area);
            cost += leader_cost(&candidate.placed, other) + leader_cost(other, &candidate.placed);
        }
        if best.is_none_or(|(_, least)| cost < least - 1e-9) {
            best = Some((nth, cost));
        }
    }
    best.map(|(nth, _)| nth)
}

/// A leader through another's label, or across another's leader.
fn leader_cost(one: &Placed, other: &Placed) -> f64 {
    let Some((from, to)) = one.leader else { return 0.0 };
    let crossing = other.leader.is_some_and(|(a, b)| crosses(from, to, a, b));
    6.0 * length_inside(from, to, other.area) + if crossing { 20.0 } else { 0.0 }
}

fn candidates(wish: &Wish, field: &Field) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (step, &distance) in DISTANCES.iter().enumerate() {
        for direction in 0..16_u32 {
            let angle = std::f64::consts::TAU * f64::from(direction) / 16.0;
            let placed = candidate(wish, distance, step, angle);
            let (left, top, right, bottom) = placed.area;
            let canvas = field.canvas;
            if left < canvas.0 || top < canvas.1 || right > canvas.2 || bottom > canvas.3 {
                continue;
            }
            let cost = 9.0 * step as f64 + side_cost(direction) + hidden(wish, &placed, field);
            all.push(Candidate { placed, cost });
        }
    }
    all
}

fn side_cost(direction: u32) -> f64 {
    match direction {
        0 => 0.0,
        8 => 1.5,
        4 | 12 => 3.0,
        _ => 4.0,
    }
}

fn candidate(wish: &Wish, distance: f64, step: usize, angle: f64) -> Placed {
    let (cosine, sine) = (libm::cos(angle), libm::sin(angle));
    let reach = wish.radius + distance;
    let touch = (wish.dot.0 + cosine * reach, wish.dot.1 + sine * reach);
    let (anchor, x) = match cosine {
        c if c > 0.3 => (Anchor::Start, touch.0),
        c if c < -0.3 => (Anchor::End, touch.0),
        _ => (Anchor::Middle, touch.0),
    };
    // Straight up and down the text stands clear of the dot; at the sides it is centred on it.
    let lift = (sine * 1.3).clamp(-1.0, 1.0);
    let baseline = touch.1 + wish.style.size * (0.35 + 0.5 * lift);
    let at = (x, baseline);
    let area = text_box(at, anchor, &wish.text, wish.style);
    let leader = (step > 0).then(|| {
        let from = (wish.dot.0 + cosine * wish.radius, wish.dot.1 + sine * wish.radius);
        let within = |value: f64, low: f64, high: f64| value.clamp(low.min(high), high.max(low));
        let to = (within(from.0, area.0, area.2), within(from.1, area.1 + 1.0, area.3 - 1.0));
        let gap = libm::hypot(to.0 - from.0, to.1 - from.1);
        let short = if gap > 2.0 { (gap - 2.0) / gap } else { 0.0 };
        (from, (from.0 + (to.0 - from.0) * short, from.1 + (to.1 - from.1) * short))
    });
    Placed { at, anchor, area, leader }
}

fn hidden(wish: &Wish, placed: &Placed, field: &Field) -> f64 {
    let mut cost = 0.0;
    for &(dot, radius) in &field.dots {
        let own = libm::hypot(dot.0 - wish.dot.0, dot.1 - wish.dot.1) < 0.01;
        if touches(placed.area, dot, radius) && !(own && radius <= wish.radius) {
            // A ringed dot is somebody with a name: covering it misleads, so almost any other place is better.
            cost += 25.0 + 4.0 * radius.min(6.0) + if radius > 5.0 { RINGED } else { 0.0 };
        }
        if let (Some((from, to)), false) = (placed.leader, own)
            && distance_to(from, to, dot) < radius + 1.5
        {
            cost += 14.0;
        }
    }
    for &(from, to, weight) in &field.lines {
        cost += weight * length_inside(from, to, placed.area);
    }
    for &(centre, radius) in &field.outlines {
        cost += 2.6 * rim_inside(centre, radius, placed.area);
    }
    for &fixed in &field.fixed {
        cost += 20.0 * overlap(placed.area, fixed);
        if let Some((from, to)) = placed.leader {
            cost += 6.0 * length_inside(from, to, fixed);
        }
    }
    if let Some((centre, radius)) = wish.avoid {
        let middle = (
            f64::midpoint(placed.area.0, placed.area.2),
            f64::midpoint(placed.area.1, placed.area.3),
        );
        if libm::hypot(middle.0 - centre.0, middle.1 - centre.1) < radius {
            cost += 22.0;
        }
    }
    cost
}

/// Draws the labels that found a place, leaders first.
pub(crate) fn draw(drawing: &mut Drawing, wishes: &[Wish], placed: &[Option<Placed>]) {
    for (from, to) in placed.iter().flatten().filter_map(|placed| placed.leader) {
        if libm::hypot(to.0 - from.0, to.1 - from.1) > 3.0 {
            drawing.line(from, to, Paint::stroke(Token::Ink3, theme::LEADER));
        }
    }
    for (wish, placed) in wishes.iter().zip(placed) {
        if let Some(placed) = placed {
            drawing.text(placed.at, placed.anchor, &wish.text, wish.style);
        }
    }
}

/// Common area of two boxes.
pub(crate) fn overlap(a: Area, b: Area) -> f64 {
    let width = a.2.min(b.2) - a.0.max(b.0);
    let height = a.3.min(b.3) - a.1.max(b.1);
    if width > 0.0 && height > 0.0 { width * height } else { 0.0 }
}

fn touches(area: Area, dot: Point, radius: f64) -> bool {
    let near = (dot.0.clamp(area.0, area.2), dot.1.clamp(area.1, area.3));
    libm::hypot(dot.0 - near.0, dot.1 - near.1) < radius
}

/// Length of the part of a segment inside a box (Liang–Barsky).
pub(crate) fn length_inside(from: Point, to: Point, area: Area) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let edges = [
        (-dx, from.0 - area.0),
        (dx, area.2 - from.0),
        (-dy, from.1 - area.1),
        (dy, area.3 - from.1),
    ];
    for (step, room) in edges {
        if step.abs() < 1e-12 {
            if room < 0.0 {
                return 0.0;
            }
        } else if step < 0.0 {
            enter = enter.max(room / step);
        } else {
            leave = leave.min(room / step);
        }
    }
    if leave > enter { (leave - enter) * libm::hypot(dx, dy) } else { 0.0 }
}

/// Length of a circle's rim inside a box, by 48 chords.
pub(crate) fn rim_inside(centre: Point, radius: f64, area: Area) -> f64 {
    if !touches(area, centre, radius) {
        return 0.0;
    }
    let on = |nth: u32| {
        let angle = std::f64::consts::TAU * f64::from(nth) / 48.0;
        (centre.0 + radius * libm::cos(angle), centre.1 + radius * libm::sin(angle))
    };
    (0..48).map(|nth| length_inside(on(nth), on(nth + 1), area)).sum()
}

/// Distance of a point from a segment.
pub(crate) fn distance_to(from: Point, to: Point, point: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx * dx + dy * dy;
    let part = if length > 0.0 {
        (((point.0 - from.0) * dx + (point.1 - from.1) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    libm::hypot(from.0 + dx * part - point.0, from.1 + dy * part - point.1)
}

/// Whether two segments cross.
pub(crate) fn crosses(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |p: Point, q: Point, r: Point| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(x: f64, y: f64) -> Wish {
        let style = Type::NAME;
        Wish { dot: (x, y), radius: 4.0, text: "Amira Haddad".into(), style, avoid: None }
    }

    #[test]
    fn a_lone_label_stands_right_and_a_crowd_does_not_overlap() {
        let field = Field { canvas: (0.0, 0.0, 400.0, 300.0), ..Field::default() };
        let placed = place(&[wish(100.0, 100.0)], &field);
        assert_eq!(placed[0].as_ref().unwrap().anchor, Anchor::Start);
        let crowd: Vec<Wish> =
            (0..8).map(|nth| wish(100.0 + f64::from(nth) * 6.0, 100.0)).collect();
        let placed = place(&crowd, &field);
        let areas: Vec<Area> = placed.iter().flatten().map(|placed| placed.area).collect();
        assert!(areas.len() >= 6, "{}", areas.len());
        for (nth, &a) in areas.iter().enumerate() {
            assert!(areas[nth + 1..].iter().all(|&b| overlap(a, b) <= 0.0));
        }
    }
}
