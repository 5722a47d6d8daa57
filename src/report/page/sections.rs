//! The evidence: a section a group of charts, each headed by its answer.

use maud::{Markup, html};

use crate::report::Plate;
use crate::report::figure::Table;
use crate::report::view::View;
use crate::report::words::{self, changes, diversity, exchange, introductions, linking, page};

use super::cover::Stop;

/// One section: anchor, number, short name, its answer, its charts in rows of one or two.
struct Section {
    id: &'static str,
    number: &'static str,
    name: &'static str,
    answer: fn(&View<'_>) -> String,
    rows: &'static [&'static [&'static str]],
    /// A sentence under the answer that no chart shows.
    remark: fn(&View<'_>) -> Option<String>,
}

/// What falls away with a bridge, and how long bridges last.
fn bridging(view: &View<'_>) -> Option<String> {
    let told: Vec<String> =
        [linking::changes(view), exchange::survival(view)].into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(" "))
}

fn no_remark(_: &View<'_>) -> Option<String> {
    None
}

static SECTIONS: [Section; 11] = [
    Section {
        id: "map",
        number: "4",
        name: "The shape",
        answer: page::shape,
        rows: &[&["archipelago"]],
        remark: no_remark,
    },
    Section {
        id: "attn",
        number: "5",
        name: "Attention",
        answer: page::attention,
        rows: &[&["attention", "states"], &["layers", "turnover"], &["ledger"]],
        remark: exchange::signature,
    },
    Section {
        id: "slip",
        number: "6",
        name: "Rhythm",
        answer: page::rhythm,
        rows: &[&["silence"], &["calendar"]],
        remark: no_remark,
    },
    Section {
        id: "dorm",
        number: "7",
        name: "Dormant",
        answer: exchange::dormant_answer,
        rows: &[&["dormant"]],
        remark: no_remark,
    },
    Section {
        id: "div",
        number: "8",
        name: "Diversity",
        answer: page::diversity,
        rows: &[
            &["spread"],
            &["diversity-function", "diversity-seniority"],
            &["diversity-industry", "diversity-company"],
            &["diversity-relative-seniority", "diversity-relation"],
            &["joint"],
            &["homophily"],
        ],
        remark: no_remark,
    },
    Section {
        id: "band",
        number: "9",
        name: "Bandwidth",
        answer: diversity::bandwidth_section,
        rows: &[&["bandwidth"]],
        remark: no_remark,
    },
    Section {
        id: "brid",
        number: "10",
        name: "Bridges",
        answer: page::bridges,
        rows: &[&["bridges"], &["binds"], &["sweet"]],
        remark: bridging,
    },
    Section {
        id: "intro",
        number: "11",
        name: "Introductions",
        answer: introductions::section,
        rows: &[&["introductions"], &["ways"], &["doors"]],
        remark: introductions::remark,
    },
    Section {
        id: "give",
        number: "12",
        name: "Give and take",
        answer: exchange::give_answer,
        rows: &[&["give"], &["replies", "follow-up"]],
        remark: no_remark,
    },
    Section {
        id: MOVED,
        number: "13",
        name: "What moved",
        answer: |view| super::changes::stands(view).map(changes::answer).unwrap_or_default(),
        rows: &[&["alluvial"], &["waterfall"]],
        remark: no_remark,
    },
    Section {
        id: "resi",
        number: "14",
        name: "Resilience",
        answer: linking::resilience_answer,
        rows: &[&["resilience"]],
        remark: no_remark,
    },
];

/// The section that needs an earlier audit.
const MOVED: &str = "moved";

/// The sections that have something to tell.
fn told<'a>(view: &'a View<'_>) -> impl Iterator<Item = &'static Section> + 'a {
    let compared = super::changes::stands(view).is_some();
    SECTIONS.iter().filter(move |section| compared || section.id != MOVED)
}

/// The stops of the chart sections in the rail.
pub(crate) fn stops(view: &View<'_>) -> Vec<Stop> {
    told(view)
        .map(|section| Stop {
            id: section.id,
            number: section.number,
            name: section.name.to_owned(),
        })
        .collect()
}

/// The stop of what moved, for a page that compares.
pub(crate) fn stop_of_moved(view: &View<'_>) -> Vec<Stop> {
    stops(view).into_iter().filter(|stop| stop.id == MOVED).collect()
}

/// All chart sections.
pub(crate) fn all(view: &View<'_>, plates: &[Plate]) -> Markup {
    html! {
        @for (nth, section) in told(view).enumerate() {
            (one(view, section, nth == 0, plates))
        }
    }
}

/// What moved alone, for a page that compares.
pub(crate) fn moved(view: &View<'_>, plates: &[Plate]) -> Markup {
    let section = told(view).find(|section| section.id == MOVED);
    html! { @if let Some(section) = section { (one(view, section, true, plates)) } }
}

fn one(view: &View<'_>, section: &Section, first: bool, plates: &[Plate]) -> Markup {
    html! {
            section id=(section.id) class=[first.then_some("charts")] {
                (super::heading(section.number, section.name, &(section.answer)(view)))
                @if let Some(remark) = (section.remark)(view) { p class="lede" { (remark) } }
                @if section.id == "slip" { (valued(view)) }
                @if section.id == "div" { (wanted(view)) }
                @if section.id == MOVED { (super::changes::lists(view)) }
                @let silent = sentences(section, plates);
                @if let Some(silent) = &silent {
                    p class="empty" { (silent) }
                }
                @for row in section.rows.iter().filter(|_| silent.is_none()) {
                    @let found: Vec<&Plate> = row
                        .iter()
                        .filter_map(|id| plates.iter().find(|plate| plate.id == *id))
                        .collect();
                    @let all_empty = found.iter().all(|plate| plate.drawn.is_err());
                    @if found.len() > 1 && !all_empty {
                        div class="pair" { @for one in found { (plate(one)) } }
                    } @else {
                        @for one in found { (plate(one)) }
                    }
                }
            }
    }
}

/// What the goals are, how this quarter compares, and whom to turn to first.
fn wanted(view: &View<'_>) -> Markup {
    let closing = view.audit.findings.goals.as_ref().and_then(|goals| goals.closing.as_ref());
    let names = closing.filter(|closing| view.names_people() && !closing.people.is_empty());
    html! {
        @if !view.audit.findings.diversity.is_empty() {
            @if let Some(goals) = diversity::goals(view) { p class="lede" { (goals) } }
            p class="lede" {
                @if let Some(change) = diversity::at_equal_coverage(view) { (change) " " }
                (diversity::HONEST)
            }
        }
        @if let Some(closing) = names {
            (table(&Table {
                summary: diversity::closing_table(closing.people.len(), closing.fewest),
                head: vec![("name", false), ("position", false), ("employer", false)],
                rows: closing
                    .people
                    .iter()
                    .map(|id| {
                        let person = view.person(id);
                        let of = |text: Option<&String>| text.cloned().unwrap_or_default();
                        vec![
                            view.name(id).to_owned(),
                            of(person.and_then(|person| person.position.as_ref())),
                            of(person.and_then(|person| person.company.as_ref())),
                        ]
                    })
                    .collect(),
            }))
        }
    }
}

/// Who page one counts as valued and late, with the move that answers it.
fn valued(view: &View<'_>) -> Markup {
    let late = view.valued_late();
    if late.is_empty() {
        return html! {};
    }
    let planned = |id: &str| {
        let at = view.audit.actions.iter().position(|action| action.people.iter().any(|p| p == id));
        at.map_or_else(String::new, |at| format!("move {}", at + 1))
    };
    let rows = late
        .iter()
        .map(|own| {
            let risk = own.rhythm.at_risk;
            vec![
                view.name(own.id).to_owned(),
                words::state(own.rhythm.state).to_owned(),
                own.rhythm.usual_gap.map_or_else(String::new, words::days),
                own.rhythm.silent.map_or_else(String::new, |days| words::days(days.into())),
                risk.map_or("", |risk| exchange::value(risk.value)).to_owned(),
                risk.map_or_else(String::new, |risk| words::percent(risk.risk)),
                risk.map_or_else(String::new, |risk| words::percent(risk.reachability)),
                planned(own.id),
            ]
        })
        .collect();
    table(&Table {
        summary: page::valued(late.len()),
        head: vec![
            ("name", false),
            ("state", false),
            ("usual gap", true),
            ("silent", true),
            ("value", false),
            ("stays silent", true),
            ("answers", true),
            ("in the plan", false),
        ],
        rows,
    })
}

/// The sentences of a section in which no chart could be drawn, as one paragraph.
fn sentences(section: &Section, plates: &[Plate]) -> Option<String> {
    let mut told: Vec<&str> = Vec::new();
    for id in section.rows.iter().copied().flatten() {
        let plate = plates.iter().find(|plate| plate.id == *id)?;
        let sentence = plate.drawn.as_ref().err()?.sentence.as_str();
        if !told.contains(&sentence) {
            told.push(sentence);
        }
    }
    Some(told.join(" "))
}

pub(super) fn plate(plate: &Plate) -> Markup {
    match &plate.drawn {
        Err(empty) => html! { p class="empty" { (empty.sentence) } },
        Ok(drawn) => html! {
            @let name = format!("h-{}", plate.id);
            figure id=(format!("chart-{}", plate.id)) aria-labelledby=(name) {
                h3 id=(name) { (either(&drawn.finding, drawn.narrow_words.as_ref().map(|(finding, _)| finding))) }
                p class="how" {
                    (either(&drawn.provenance, drawn.narrow_words.as_ref().map(|(_, from)| from)))
                    br;
                    i { "How to read:" } " " (drawn.how_to_read)
                }
                (super::drawn(&drawn.wide))
                (super::drawn(&drawn.narrow))
                @if let Some(values) = &drawn.table { (table(values)) }
            }
        },
    }
}

/// Words for the wide drawing, and other words for the narrow one where it shows less.
fn either(wide: &str, narrow: Option<&String>) -> Markup {
    html! {
        @match narrow.filter(|narrow| *narrow != wide) {
            Some(narrow) => { span class="on-w" { (wide) } span class="on-n" { (narrow) } },
            None => (wide),
        }
    }
}

fn table(table: &Table) -> Markup {
    html! {
        details class="tbl" {
            summary { (table.summary) }
            div class="scroll" tabindex="0" role="region" aria-label=(table.summary) {
                table {
                    caption class="sr" { (table.summary) }
                    thead {
                        tr {
                            @for (name, number) in &table.head {
                                th scope="col" class=[number.then_some("n")] { (name) }
                            }
                        }
                    }
                    tbody {
                        @for row in &table.rows {
                            tr {
                                @for (nth, (cell, (_, number))) in row.iter().zip(&table.head).enumerate() {
                                    @if nth == 0 {
                                        th scope="row" { (cell) }
                                    } @else {
                                        td class=[number.then_some("n")] { (cell) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
