//! One self-contained page.
//!
//! Responsible for the frame: the policy that forbids every outside request, the style sheet, the order of the
//! parts. No script, no link that loads, no font file.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::page::cover::Stop;
use super::page::{actions, cover, numbers, people, sections, trust};
use super::view::View;
use super::{Options, Plate, theme, words};

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
const STYLE: &str = include_str!("page/style.css");

/// The page of an audit with its finished charts.
pub(crate) fn page(view: &View<'_>, plates: &[Plate], options: Options) -> String {
    let (now, later) = actions::split(view.audit);
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (title(view)) }
                style { (PreEscaped(theme::css())) (PreEscaped(STYLE)) }
            }
            body {
                a class="skip" href="#act" { "Skip to your next moves" }
                div class="page" {
                    (cover::cover(view))
                    (rail(view, options))
                    main {
                        (numbers::section(view, &now))
                        (actions::section(view, &now, &later))
                        @if !options.brief {
                            (sections::all(view, plates))
                            (people::section(view))
                            (trust::section(view))
                        }
                    }
                    (footer(view))
                }
            }
        }
    };
    markup.into_string()
}

fn title(view: &View<'_>) -> String {
    let day = words::full_day(view.audit.as_of).replace(words::HARD, " ");
    let name = view.audit.ego.name.trim();
    if name.is_empty() || !view.names_people() {
        format!("Network report, {day}")
    } else {
        format!("Network report, {day}: {name}")
    }
}

fn rail(view: &View<'_>, options: Options) -> Markup {
    let moves = match view.audit.actions.len() {
        0 => "Your next moves".to_owned(),
        1 => "Your next move".to_owned(),
        n => format!("Your next {n} moves"),
    };
    let decide = [
        Stop { id: "five", number: "1", name: "Five numbers".to_owned() },
        Stop { id: "act", number: "2", name: moves },
    ];
    let mut evidence = Vec::new();
    if !options.brief {
        evidence = sections::stops();
        if !view.audit.people.is_empty() {
            evidence.push(Stop { id: "people", number: "", name: "People".to_owned() });
        }
        evidence.push(Stop { id: "data", number: "16", name: "Can I trust it?".to_owned() });
    }
    cover::rail(&decide, &evidence)
}

fn footer(view: &View<'_>) -> Markup {
    html! {
        footer {
            (view.audit.tool) " · as of " (words::full_day(view.audit.as_of)) " · seed " (view.audit.seed)
            ". For your own use: not for hiring, promoting or ranking anybody. Protected attributes are never inferred."
        }
    }
}
