//! The charts of the report.
//!
//! Responsible for the list of charts and what each promises: from an audit alone, a figure or the sentence that
//! stands in its place. A new chart is one file and one line in [`CHARTS`].

mod alluvial;
mod archipelago;
mod attention;
mod bandwidth;
mod binds;
mod bridges;
mod calendar;
mod crowd;
mod diversity;
mod doors;
mod dormant;
mod follow_up;
mod give;
mod homophily;
mod introductions;
mod islands;
mod joint;
mod layers;
mod ledger;
mod reliability;
mod replies;
mod resilience;
mod shore;
mod silence;
mod spread;
mod states;
mod sweet;
mod titles;
mod turnover;
mod waterfall;
mod ways;

use crate::audit::Audit;

use super::figure::{Drawing, Empty, Figure, Point, Type};
use super::view::View;

/// A chart.
pub(crate) trait Chart: Sync {
    /// Stable name: the file name and the anchor on the page.
    fn id(&self) -> &'static str;
    /// The figure, or the sentence in its place.
    fn figure(&self, audit: &Audit) -> Result<Figure, Empty>;
}

/// Every chart, in the order of the report.
pub(crate) static CHARTS: &[&dyn Chart] = &[
    &archipelago::Archipelago,
    &attention::Attention,
    &states::States,
    &layers::Layers,
    &ledger::Ledger,
    &turnover::Turnover,
    &silence::Silence,
    &calendar::Calendar,
    &dormant::Dormant,
    &spread::Spread,
    &diversity::FUNCTION,
    &diversity::SENIORITY,
    &diversity::INDUSTRY,
    &diversity::COMPANY,
    &diversity::RELATIVE,
    &diversity::RELATION,
    &joint::Joint,
    &homophily::Homophily,
    &bandwidth::Bandwidth,
    &bridges::Bridges,
    &binds::Binds,
    &sweet::Sweet,
    &resilience::Resilience,
    &introductions::Introductions,
    &ways::Ways,
    &doors::Doors,
    &give::Give,
    &replies::Replies,
    &follow_up::FollowUp,
    &alluvial::Alluvial,
    &waterfall::Waterfall,
    &reliability::Reliability,
];

/// The sentence of a chart that names people, where they are left out.
fn without_names<T>(view: &View<'_>) -> Result<Option<T>, Empty> {
    if view.names_people() {
        Ok(None)
    } else {
        Empty::because(
            "This copy leaves people out, so this chart, which names them, is left out too.",
        )
    }
}

/// One row of legend entries from `at`: a mark drawn by the closure, then its words; wraps at `right`.
/// Gives the baseline of the last row.
fn legend(drawing: &mut Drawing, at: Point, right: f64, entries: &[(f64, &str, Key<'_>)]) -> f64 {
    let (mut x, mut y) = at;
    for &(width, words, key) in entries {
        let room = width + 8.0 + Type::NOTE.room(words);
        if x > at.0 && x + room > right {
            x = at.0;
            y += 20.0;
        }
        key(drawing, (x, y - 4.0));
        drawing.text((x + width + 8.0, y), super::figure::Anchor::Start, words, Type::NOTE);
        x += room + 20.0;
    }
    y
}

/// Draws the mark of a legend entry; the point is its left end, at mid-height.
type Key<'a> = &'a dyn Fn(&mut Drawing, Point);
