//! The people of the report as a table: states in words, no scores.
//!
//! Responsible for the first rows alone; every contact is in `people.csv`. Sorting and finding are the script's
//! (`script.js`), which reads `data-k` where the words do not sort.

use maud::{Markup, html};

use crate::report::view::{Own, View};
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
        let last = |own: Option<&Own<'_>>| own.and_then(Own::last);
        last(b.1).cmp(&last(a.1)).then_with(|| a.0.id.cmp(&b.0.id))
    });
    let shown = people.len().min(MOST);
    let summary = page::people_shown(shown, people.len());
    html! {
        section id="people" class="noprint" {
            (super::heading("", "People", &page::people(view)))
            details class="tbl people" {
                summary { (summary) }
                div class="seek" hidden {
                    label for="seek" { "Find in this table" }
                    input id="seek" type="search" autocomplete="off" spellcheck="false";
                    output for="seek" {}
                }
                div class="scroll" tabindex="0" role="region" aria-label="People" {
                    table {
                        caption class="sr" { (summary) }
                        thead {
                            tr {
                                th scope="col" { "name" }
                                th scope="col" { "function" }
                                th scope="col" { "state" }
                                th scope="col" data-first="1" { "last contact" }
                                th scope="col" { "community" }
                            }
                        }
                        tbody {
                            @for (person, own) in people.iter().take(MOST) {
                                @let last = own.and_then(Own::last);
                                tr {
                                    th scope="row" { (view.full_name(&person.id)) }
                                    td { (person.function.as_deref().map_or_else(String::new, words::class)) }
                                    td data-k=[own.map(|own| own.rhythm.state as u8)] {
                                        (own.map_or("", |own| words::state(own.rhythm.state)))
                                    }
                                    td data-k=[last] {
                                        (last.map_or_else(String::new, |day| words::near_day(day, view.audit.as_of)))
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
