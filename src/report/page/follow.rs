//! What became of the earlier plan: one block an outcome, the actions under it, answers by kind.

use maud::{Markup, html};

use crate::audit::{FollowThrough, Outcome};
use crate::report::view::View;
use crate::report::words::{follow, plan};

/// Actions listed under one outcome; the rest is counted.
const LISTED: usize = 6;

/// The section; nothing without an earlier plan.
pub(crate) fn section(view: &View<'_>) -> Markup {
    let Some(found) = stands(view) else { return html! {} };
    html! {
        section id="follow" class="follow" {
            (super::heading("3", "Follow-through", &follow::answer(found)))
            p class="lede" { (follow::lede(found)) }
            div class="fates" {
                @for outcome in [Outcome::Done, Outcome::NoLongerNeeded, Outcome::Open, Outcome::NotDone] {
                    (fate(view, found, outcome))
                }
            }
            @if let Some(rates) = follow::rates(found) { p class="rest" { (rates) } }
            @if let Some(effect) = follow::hold_out(found) { p class="rest" { (effect) } }
        }
    }
}

/// The follow-through, where there is something to tell.
pub(crate) fn stands<'a>(view: &View<'a>) -> Option<&'a FollowThrough> {
    view.audit.findings.follow_through.as_ref().filter(|found| !found.actions.is_empty())
}

fn fate(view: &View<'_>, found: &FollowThrough, outcome: Outcome) -> Markup {
    let of: Vec<_> = found.actions.iter().filter(|past| past.outcome == outcome).collect();
    if of.is_empty() {
        return html! {};
    }
    html! {
        div class="fate" {
            h3 { b { (of.len()) } " " (plan::outcome(outcome)) }
            ul {
                @for past in of.iter().take(LISTED) { li { (follow::line(view, past)) } }
                @if of.len() > LISTED { li { (follow::more(of.len() - LISTED)) } }
            }
        }
    }
}
