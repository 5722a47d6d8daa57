//! The names of the islands, on the water beside them.

use crate::audit::Community;
use crate::report::figure::{Anchor, Drawing, Type};
use crate::report::labels::{self, Area, Field};
use crate::report::metrics::{self, Weight};
use crate::report::theme;
use crate::report::view::circle_name;
use crate::report::words;

use super::islands::Layout;

/// A community's name in the lines it takes.
pub(super) fn title_lines(community: &Community, (most, short): (f64, bool)) -> Vec<String> {
    let name =
        if short { circle_name(&community.name).to_owned() } else { words::circle(community) };
    let type_size = if short { theme::SMALL } else { theme::REGION };
    if metrics::room(&name, type_size, Weight::SemiBold) <= most * 1.2 {
        return vec![name];
    }
    metrics::wrap(&name, type_size, Weight::SemiBold, most)
}

/// The names of the islands outside their shores; gives the areas they take.
pub(super) fn draw_titles(
    drawing: &mut Drawing,
    communities: &[&Community],
    titles: &[Vec<String>],
    layout: &Layout,
    field: &Field,
) -> Vec<Area> {
    let short = theme::is_phone(drawing.width);
    let mut taken: Vec<Area> = Vec::new();
    for ((community, lines), &(centre, radius)) in
        communities.iter().zip(titles).zip(&layout.circles)
    {
        let bold = if short { Type { size: theme::SMALL, ..Type::REGION } } else { Type::REGION };
        let count = words::figure(
            community.active.into(),
            if short { "tie" } else { "active tie" },
            if short { "ties" } else { "active ties" },
        );
        let width =
            lines.iter().map(|line| bold.room(line)).fold(Type::NOTE.room(&count), f64::max) + 6.0;
        let height = lines.len() as f64 * 16.0 + 18.0;
        let mut best: Option<(f64, Area)> = None;
        for (below, lift) in [(true, 3.0), (false, 3.0), (true, 12.0), (false, 12.0)] {
            for shift in [0.0, -0.5, 0.5, -1.0, 1.0, -1.6, 1.6] {
                let middle = (centre.0 + shift * radius.max(20.0))
                    .clamp(width / 2.0, (drawing.width - width / 2.0).max(width / 2.0));
                let top = if below {
                    centre.1 + radius + lift
                } else {
                    centre.1 - radius - lift - height
                };
                let area = (middle - width / 2.0, top, middle + width / 2.0, top + height);
                let inside = area.1 >= field.canvas.1 && area.3 <= field.canvas.3;
                if !inside || taken.iter().any(|&other| labels::overlap(area, other) > 0.0) {
                    continue;
                }
                let mut cost = lift + shift_cost(shift) + if below { 0.0 } else { 2.0 };
                for &(from, to, _) in &field.lines {
                    cost += 5.0 * labels::length_inside(from, to, area);
                }
                for &(other, rim) in &field.outlines {
                    cost += 6.0 * labels::rim_inside(other, rim, area);
                }
                for &(dot, size) in &field.dots {
                    let grown = (area.0 - size, area.1 - size, area.2 + size, area.3 + size);
                    if dot.0 > grown.0 && dot.0 < grown.2 && dot.1 > grown.1 && dot.1 < grown.3 {
                        cost += 80.0;
                    }
                }
                if best.is_none_or(|(least, _)| cost < least - 1e-9) {
                    best = Some((cost, area));
                }
            }
        }
        let Some((_, area)) = best else { continue };
        let middle = f64::midpoint(area.0, area.2);
        for (nth, line) in lines.iter().enumerate() {
            let at = (middle, area.1 + 13.0 + nth as f64 * 16.0);
            drawing.patched(at, Anchor::Middle, line, bold);
        }
        let at = (middle, area.1 + 13.0 + lines.len() as f64 * 16.0);
        drawing.patched(at, Anchor::Middle, &count, Type::NOTE);
        taken.push(area);
    }
    taken
}

fn shift_cost(shift: f64) -> f64 {
    12.0 * shift.abs()
}
