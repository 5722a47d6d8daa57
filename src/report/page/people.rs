//! The people of the report as a table: states in words, no scores.

use maud::{Markup, html};

use crate::report::view::View;
use crate::report::words::{self, page};

const MOST: usize = 500;

/// The section; nothing where no people are in the copy.
pub(crate) fn section(view: &View<'_>) -> Markup {
    if view.audit.people.is_empty() {
        return html! {};
    }
    let mut people: Vec<_> =
        view.audit.people.iter().map(|person| (person, view.tie(&person.id))).collect();
    people.sort_by(|a, b| {
        let last = |own: Option<&crate::report::view::Own<'_>>| own.and_then(|own| own.tie.last);
        last(b.1).cmp(&last(a.1)).then_with(|| a.0.id.cmp(&b.0.id))
    });
    let shown = people.len().min(MOST);
    let summary = if shown < people.len() {
        format!("Show the {shown} last in touch; all are in people.csv")
    } else {
        "Show everybody, the last in touch first".to_owned()
    };
    html! {
        section id="people" class="noprint" {
            (super::heading("", "People", &page::people(view)))
            details class="tbl people" {
                summary { (summary) }
                div class="scroll" {
                    table {
                        thead {
                            tr {
                                th scope="col" { "name" }
                                th scope="col" { "function" }
                                th scope="col" { "state" }
                                th scope="col" { "last contact" }
                                th scope="col" { "community" }
                            }
                        }
                        tbody {
                            @for (person, own) in people.iter().take(MOST) {
                                tr {
                                    td { (view.name(&person.id)) }
                                    td { (person.function.as_deref().map_or_else(String::new, words::class)) }
                                    td { (own.map_or("", |own| words::state(own.rhythm.state))) }
                                    td {
                                        (own.and_then(|own| own.tie.last)
                                            .map_or_else(String::new, |day| words::near_day(day, view.audit.as_of)))
                                    }
                                    td { (person.community.as_deref().map_or("", |letter| view.community(letter))) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
