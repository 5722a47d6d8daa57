//! What the data cannot say, what was read of it, and how the numbers came about.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::audit::Input;
use crate::report::Plate;
use crate::report::view::View;
use crate::report::words::{self, page, proof};
use crate::units::Evidence;

use super::cover::share;

/// The section.
pub(crate) fn section(view: &View<'_>, plates: &[Plate]) -> Markup {
    html! {
        section id="data" {
            (super::heading("16", "Can I trust it?", &page::trust(view)))
            (refused(view))
            (forecast(view, plates))
            (inputs(view))
            (tiers(view))
            (method(view))
        }
    }
}

fn refused(view: &View<'_>) -> Markup {
    let refused = &view.audit.refused;
    html! {
        @if !refused.is_empty() {
            h3 class="sub" {
                (words::capital(&words::counted(refused.len(), "question", "questions")))
                " this data cannot answer"
            }
            ul class="ask" {
                @for one in refused {
                    li {
                        b { (one.question) }
                        (page::sentence(&one.why)) " " (page::sentence(&one.what_to_load))
                    }
                }
            }
        }
    }
}

/// What the chance of contact rests on, and how it did on the owner's own past.
fn forecast(view: &View<'_>, plates: &[Plate]) -> Markup {
    let Some(forecast) = &view.audit.findings.forecast else { return html! {} };
    html! {
        h3 class="sub" { "How good is the chance of contact?" }
        p {
            (proof::model(forecast)) " "
            @if let Some(found) = &forecast.backtest {
                (proof::record(found)) " " (proof::decision(found))
            } @else {
                (proof::unverified(forecast))
            }
        }
        @if forecast.backtest.is_some() {
            @for plate in plates.iter().filter(|plate| plate.id == "reliability") {
                (super::sections::plate(plate))
            }
        }
    }
}

fn inputs(view: &View<'_>) -> Markup {
    // What was used first; files that were not read last.
    let (read, not): (Vec<&Input>, Vec<&Input>) =
        view.audit.inputs.iter().partition(|input| input.rows_read > 0);
    let files = read.into_iter().chain(not);
    html! {
        @if !view.audit.inputs.is_empty() {
            h3 class="sub" { "What was read, and what was left out" }
            div class="scroll read" tabindex="0" role="region" aria-label="What was read" {
                table {
                    caption class="sr" { "Every file with its rows read, used and left out" }
                    thead {
                        tr {
                            th scope="col" { "file" }
                            th scope="col" class="n" { "read" }
                            th scope="col" class="n" { "used" }
                            th scope="col" class="hide-n" { span class="sr" { "share used" } }
                            th scope="col" { "left out, and why" }
                        }
                    }
                    tbody {
                        @for input in files {
                            tr {
                                th scope="row" {
                                    (input.file)
                                    @if let (Some(first), Some(last)) = (input.first, input.last) {
                                        br;
                                        small { (words::span(first, last)) }
                                    }
                                }
                                @if input.rows_read > 0 {
                                    td class="n" { (words::thousands(input.rows_read)) }
                                    td class="n" { (words::thousands(input.rows_used)) }
                                    td class="hide-n" { (super::coverage(share(input.rows_used, input.rows_read))) }
                                } @else {
                                    td class="n" { "–" }
                                    td class="n" { "–" }
                                    td class="hide-n" {}
                                }
                                td {
                                    (reasons(input))
                                    @if let Some(lines) = lines(input) { br; small { (lines) } }
                                    @if let Some(rules) = by_rule(input) { br; small { (rules) } }
                                    @if let Some(filled) = filled(input) { br; small { (filled) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Why rows were left out (`342 sponsored, 3 malformed`, most first); then what was odd about rows that were kept.
fn reasons(input: &Input) -> String {
    if input.rows_read == 0 {
        return format!("not read: {}", input.format);
    }
    let told = |counts: &BTreeMap<String, u64>| {
        let mut counts: Vec<(&String, u64)> = counts.iter().map(|(code, n)| (code, *n)).collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let told: Vec<String> =
            counts.into_iter().map(|(code, n)| words::problem(code, n)).collect();
        told.join(", ")
    };
    match (input.counts.is_empty(), input.remarks.is_empty()) {
        (true, true) => "nothing".to_owned(),
        (false, true) => told(&input.counts),
        (true, false) => format!("nothing; kept: {}", told(&input.remarks)),
        (false, false) => format!("{}; kept: {}", told(&input.counts), told(&input.remarks)),
    }
}

/// Lines named of each reason.
const LINES: usize = 3;

/// Where the first rows of each reason stand.
fn lines(input: &Input) -> Option<String> {
    let told: Vec<String> = input
        .counts
        .keys()
        .chain(input.remarks.keys())
        .filter_map(|code| {
            let lines: Vec<String> = input
                .problems
                .iter()
                .filter(|problem| &problem.code == code)
                .take(LINES)
                .map(|problem| words::thousands(problem.line))
                .collect();
            (!lines.is_empty()).then(|| format!("{} {}", words::reason(code), lines.join(" · ")))
        })
        .collect();
    (!told.is_empty()).then(|| format!("first lines: {}", told.join("; ")))
}

/// The noise rules that left rows out.
fn by_rule(input: &Input) -> Option<String> {
    let told: Vec<String> = input
        .noise
        .iter()
        .map(|(rule, rows)| format!("{rule} {}", words::thousands(*rows)))
        .collect();
    (!told.is_empty()).then(|| format!("noise rules: {}", told.join(", ")))
}

/// How full the known columns are.
fn filled(input: &Input) -> Option<String> {
    let told: Vec<String> = input
        .coverage
        .iter()
        .filter(|_| input.rows_read > 0)
        .map(|(column, rows)| format!("{column} {}", words::percent(share(*rows, input.rows_read))))
        .collect();
    (!told.is_empty()).then(|| format!("filled: {}", told.join(", ")))
}

fn tiers(view: &View<'_>) -> Markup {
    let audit = view.audit;
    let rows: Vec<(Evidence, usize, usize)> =
        [Evidence::Interaction, Evidence::CoPresence, Evidence::Declared, Evidence::Inferred]
            .into_iter()
            .map(|tier| {
                let of = |own: bool| {
                    let ties = audit.ties.iter().filter(|tie| tie.evidence == tier);
                    ties.filter(|tie| (tie.a == audit.ego.id || tie.b == audit.ego.id) == own)
                        .count()
                };
                (tier, of(true), of(false))
            })
            .filter(|(_, own, among)| own + among > 0)
            .collect();
    html! {
        @if !rows.is_empty() {
            h3 class="sub" { "Ties by the tier of their evidence, best first" }
            table class="slim" {
                caption class="sr" { "Ties by tier of evidence" }
                thead {
                    tr {
                        th scope="col" { "tier" }
                        th scope="col" class="n" { "your ties" }
                        th scope="col" class="n" { "among your contacts" }
                    }
                }
                tbody {
                    @for (tier, own, among) in rows {
                        tr {
                            th scope="row" { (tier.name()) }
                            td class="n" { (words::thousands(own as u64)) }
                            td class="n" { (words::thousands(among as u64)) }
                        }
                    }
                }
            }
        }
    }
}

fn method(view: &View<'_>) -> Markup {
    let audit = view.audit;
    let settings = &audit.settings;
    let [slipping, overdue, lapsed] = settings.ladder;
    html! {
        @if !audit.findings.notes.is_empty() {
            h3 class="sub" { "Remarks" }
            ul class="ask" { @for note in &audit.findings.notes { li { (page::sentence(note)) } } }
        }
        h3 class="sub" { "How the numbers came about" }
        dl class="defs" {
            dt { "Active tie" }
            dd { "The last contact is within a year, or within three usual gaps where that is longer." }
            dt { "Usual gap" }
            dd { "The median number of days between two contact days of a tie, drawn towards your own median where there are few." }
            dt { "States" }
            dd {
                "Silence over the tie’s own usual gap: on rhythm, slipping from " (slipping) "×, overdue from " (overdue)
                "× (“neglected” in audit.json and the settings), lapsed from " (lapsed)
                "×. Dormant: silent for three years. New: begun within 90 days. Silent to everybody (“gone”): nobody in the log hears from them. Connected, never talked (“never-active”): no silence, and not counted as one."
            }
            dt { "Effective number" }
            dd { "How many equally large classes would be as varied (Hill number of order 2)." }
            dt { "Evidence" }
            dd { "Interaction: the two wrote, called or met. Co-presence: seen in one thread or meeting of at most " (settings.group_cap) ". Declared: a list says so. Inferred: concluded from something else." }
            dt { "Bands" }
            dd { "Firm rests on many direct interactions, fair on some, tentative on few or on a model." }
            dt { "Settings" }
            dd {
                "Half-life " (format!("{:.0}", settings.half_life)) " days; lowest tier for ties among contacts: "
                (settings.min_evidence.name()) "; days in " (settings.time_zone)
                @if !audit.as_of_from.is_empty() { "; day of the audit from " (audit.as_of_from) }
                "; seed " (audit.seed) "; " (audit.tool) "."
            }
            dt { "Never inferred" }
            dd { "Gender, ethnicity, age, religion, health and other protected attributes." }
            dt { "Do not use for" }
            dd { "Hiring, promoting, ranking or judging staff or anybody else. It describes one person’s records of contact, and nobody’s worth." }
        }
    }
}
