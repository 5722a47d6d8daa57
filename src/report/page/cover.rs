//! The cover strip and the rail: what this is based on, and where things are.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::audit::Redaction;
use crate::report::view::View;
use crate::report::words;

/// Kinds of files that are about the owner alone.
const ABOUT_OWNER: [&str; 3] =
    ["linkedin-profile", "linkedin-positions", "linkedin-email-addresses"];

/// One section in the rail.
pub(crate) struct Stop {
    /// Anchor.
    pub(crate) id: &'static str,
    /// Number, may be empty.
    pub(crate) number: &'static str,
    /// Short name.
    pub(crate) name: String,
}

/// The cover strip.
pub(crate) fn cover(view: &View<'_>) -> Markup {
    let audit = view.audit;
    let mut kinds: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    // What was not read, and the few rows about the owner, say nothing here; the data quality table lists them.
    let told = |kind: &str| !ABOUT_OWNER.contains(&kind);
    for input in audit.inputs.iter().filter(|input| input.rows_read > 0 && told(&input.kind)) {
        let entry = kinds.entry(input.kind.as_str()).or_default();
        *entry = (entry.0 + input.rows_read, entry.1 + input.rows_used);
    }
    let mut kinds: Vec<(&str, (u64, u64))> = kinds.into_iter().collect();
    kinds.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(b.0)));
    let (rest, told) = (kinds.split_off(kinds.len().min(4)), kinds);
    let (shown, meaning) = words::redaction(audit.redaction);
    html! {
        header class="cover" {
            p class="brand" { "weaktie" span { "Made on this machine; nothing was sent anywhere" } }
            h1 { (words::page::headline(view)) }
            p class="sub" { (words::page::sub(view)) }
            dl class="prov" {
                div {
                    dt { "Period" }
                    dd { (words::period(audit)) small { "as of " (words::full_day(audit.as_of)) } }
                }
                @for (kind, (read, used)) in &told {
                    div {
                        dt { (words::input_kind(kind)) }
                        dd {
                            (words::thousands(*used)) " of " (words::thousands(*read))
                            (super::coverage(share(*used, *read)))
                        }
                    }
                }
                @if !rest.is_empty() {
                    @let read: u64 = rest.iter().map(|(_, (read, _))| read).sum();
                    @let used: u64 = rest.iter().map(|(_, (_, used))| used).sum();
                    div {
                        dt { (words::capital(&words::counted(rest.len(), "other kind", "other kinds"))) }
                        dd { (words::thousands(used)) " of " (words::thousands(read)) (super::coverage(share(used, read))) }
                    }
                }
                div {
                    dt { "Names" }
                    dd class=[(audit.redaction != Redaction::Full).then_some("redacted")] {
                        (shown) small { (meaning) }
                    }
                }
            }
        }
    }
}

/// Part of a whole; 0 of 0 is nothing.
pub(super) fn share(used: u64, read: u64) -> f64 {
    if read == 0 { 0.0 } else { used as f64 / read as f64 }
}

/// The rail.
pub(crate) fn rail(decide: &[Stop], evidence: &[Stop]) -> Markup {
    html! {
        nav aria-label="Sections" {
            p class="hd" style="margin-top:0" { "Decide" }
            (stops(decide))
            @if !evidence.is_empty() {
                p class="hd" { "Evidence" }
                (stops(evidence))
            }
        }
    }
}

fn stops(stops: &[Stop]) -> Markup {
    html! {
        ol {
            @for stop in stops {
                li { a href=(format!("#{}", stop.id)) { i { (stop.number) } (stop.name) } }
            }
        }
    }
}
