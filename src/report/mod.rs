//! Audit → files to read: the page, its charts and its tables.
//!
//! Responsible for how an audit looks and speaks. It computes no measure and opens no file; the same audit gives
//! the same bytes. A reader new here starts at [`render`], then a chart under `charts/`.

mod changes_text;
mod charts;
mod figure;
mod html;
mod ics;
mod introductions_text;
mod labels;
mod metrics;
mod page;
mod plan_text;
mod png;
pub mod review;
mod scale;
mod svg;
mod tables;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod theme;
mod view;
mod words;

use rayon::prelude::*;

use crate::audit::{Audit, TieState};

pub use changes_text::{changes_text, trend_text};
pub use ics::actions_ics;
pub use introductions_text::{Former, introductions_text, paths_text};
pub use plan_text::{actions_md, plan_text};
pub use png::png;
pub use tables::{actions_csv, people_csv};

use figure::{Empty, Table};
use svg::Names;
use view::View;

/// What to leave out of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Only the cover, the numbers, the sentences and the actions.
    pub brief: bool,
}

/// A drawn report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The page, self-contained.
    pub html: String,
    /// Each drawn chart by itself: file name (`silence.svg`) and SVG.
    pub charts: Vec<(String, String)>,
}

/// A chart ready for the page.
struct Plate {
    id: &'static str,
    drawn: Result<Drawn, Empty>,
}

/// A drawn chart with its words.
struct Drawn {
    finding: String,
    provenance: String,
    how_to_read: String,
    narrow_words: Option<(String, String)>,
    wide: String,
    narrow: String,
    table: Option<Table>,
    alone: String,
}

/// Draws the report of an audit.
#[must_use]
pub fn render(audit: &Audit, options: Options) -> Rendered {
    let plates: Vec<Plate> = if options.brief {
        Vec::new()
    } else {
        // Each chart is drawn by itself; the order of the list, not of the threads, is kept.
        charts::CHARTS.par_iter().map(|chart| plate(*chart, audit)).collect()
    };
    let view = View::of(audit);
    let html = html::page(&view, &plates, options);
    let charts = plates
        .into_iter()
        .filter_map(|plate| Some((format!("{}.svg", plate.id), plate.drawn.ok()?.alone)))
        .collect();
    Rendered { html, charts }
}

/// Draws the page of what moved since the earlier audit, with its charts.
#[must_use]
pub fn comparison(audit: &Audit) -> String {
    let ids = ["alluvial", "waterfall"];
    let charts = charts::CHARTS.iter().filter(|chart| ids.contains(&chart.id()));
    let plates: Vec<Plate> = charts.map(|chart| plate(*chart, audit)).collect();
    html::comparison(&View::of(audit), &plates)
}

fn plate(chart: &dyn charts::Chart, audit: &Audit) -> Plate {
    let drawn = chart.figure(audit).map(|figure| {
        let draw = |drawing, id: &str, class, title: &str| {
            svg::write(drawing, Names { id, class, title, about: &figure.how_to_read })
        };
        let wide = figure.finding.as_str();
        let narrow = figure.narrow_words.as_ref().map_or(wide, |(finding, _)| finding);
        Drawn {
            wide: draw(&figure.wide, &format!("{}-w", figure.id), "w", wide),
            narrow: draw(&figure.narrow, &format!("{}-n", figure.id), "n", narrow),
            alone: draw(&figure.wide, figure.id, "chart", wide),
            narrow_words: figure.narrow_words,
            finding: figure.finding,
            provenance: figure.provenance,
            how_to_read: figure.how_to_read,
            table: figure.table,
        }
    });
    Plate { id: chart.id(), drawn }
}

/// A state in the words of the report.
///
/// ```
/// use weaktie::audit::TieState;
/// assert_eq!(weaktie::report::state_in_words(TieState::Neglected), "overdue");
/// ```
#[must_use]
pub fn state_in_words(state: TieState) -> &'static str {
    words::state(state)
}

/// The five numbers of page one as plain lines.
#[must_use]
pub fn five_numbers(audit: &Audit) -> Vec<String> {
    page::numbers::lines(&View::of(audit))
}
