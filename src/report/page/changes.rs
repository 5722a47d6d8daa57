//! What moved: lists by kind, and the sentences beside them.

use maud::{Markup, html};

use crate::audit::Changes;
use crate::report::view::View;
use crate::report::words::changes::{self, Group};

/// Lines of a list; the rest is counted.
const LISTED: usize = 8;

/// The changes, where there is an earlier audit.
pub(crate) fn stands<'a>(view: &View<'a>) -> Option<&'a Changes> {
    view.audit.findings.changes.as_ref()
}

/// What was compared, who moved, and what did not.
pub(super) fn lists(view: &View<'_>) -> Markup {
    let Some(found) = stands(view) else { return html! {} };
    let (folded, open): (Vec<Group>, Vec<Group>) =
        changes::groups(view, found).into_iter().partition(|group| group.is_folded);
    html! {
        p class="lede" { (changes::lede(found)) }
        @if let Some(apart) = changes::coverage(found) { p class="lede" { (apart) } }
        div class="fates" {
            @for group in &open {
                div class="fate" {
                    h3 { b { (group.lines.len()) } " " (group.title) }
                    ul {
                        @for line in group.lines.iter().take(LISTED) { li { (line) } }
                        @if group.lines.len() > LISTED {
                            li { details { summary { (changes::more(group.lines.len() - LISTED)) }
                                @for line in &group.lines[LISTED..] { p { (line) } } } }
                        }
                    }
                }
            }
        }
        @for group in &folded {
            details class="tbl" {
                summary { (group.title) " (" (group.lines.len()) ")" }
                ul class="plain" { @for line in &group.lines { li { (line) } } }
            }
        }
        @for told in changes::remarks(found) { p class="rest" { (told) } }
    }
}
