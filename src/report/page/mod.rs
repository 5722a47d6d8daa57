//! The parts of the page, from top to bottom.
//!
//! Responsible for markup alone: the words come from [`super::words`], the drawings are finished. Everything that
//! comes out of the data passes through maud's escaping.

pub(crate) mod actions;
pub(crate) mod changes;
pub(crate) mod cover;
pub(crate) mod follow;
pub(crate) mod numbers;
pub(crate) mod people;
pub(crate) mod sections;
pub(crate) mod trust;

use maud::{Markup, PreEscaped, html};

/// A bar of coverage, 0..1.
fn coverage(share: f64) -> Markup {
    let share = share.clamp(0.0, 1.0);
    let label = format!("{} used", super::words::percent(share));
    html! {
        svg class="cov" preserveAspectRatio="none" viewBox="0 0 120 10" role="img" aria-label=(label) {
            rect x="0" y="2" width="120" height="6" class="f-grid" {}
            rect x="0" y="2" width=(format!("{:.1}", share * 120.0)) height="6" class="f-me" {}
        }
    }
}

/// A section's small number and its answer.
fn heading(number: &str, label: &str, answer: &str) -> Markup {
    let eyebrow = if number.is_empty() { label.to_owned() } else { format!("{number} · {label}") };
    html! {
        p class="eyebrow" { (eyebrow) }
        h2 { (answer) }
    }
}

/// Finished SVG.
fn drawn(svg: &str) -> Markup {
    PreEscaped(svg.to_owned())
}
