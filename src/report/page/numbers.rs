//! Five numbers with their history, and three sentences.

use maud::{Markup, html};

use crate::audit::{Action, Quarter};
use crate::report::figure::{Drawing, Paint, Point, Shape};
use crate::report::scale::Scale;
use crate::report::svg::{self, Names};
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, percent, tenth};

/// One of the five.
struct Number {
    label: &'static str,
    value: Option<String>,
    unit: &'static str,
    change: Option<(String, bool)>,
    interval: String,
    history: Vec<Option<f64>>,
    band: Option<[f64; 2]>,
    /// One value of the history in words.
    told: fn(f64) -> String,
    missing: &'static str,
}

/// Numbers and sentences.
pub(crate) fn section(view: &View<'_>, this_week: &[&Action]) -> Markup {
    html! {
        section id="five" style="padding-top:48px" {
            h2 class="sr" { "The quarter in five numbers and three sentences" }
            div class="nums" {
                @for (nth, number) in numbers(view).iter().enumerate() { (one(number, nth)) }
            }
            div class="three" {
                p { b { "What changed" } span { (words::page::changed(view)) } }
                p { b { "Why" } span { (words::page::why(view)) } }
                p { b class="do" { "What to do" } span { (words::page::to_do(view, this_week)) } }
            }
        }
    }
}

/// The numbers alone.
pub(crate) fn bare(view: &View<'_>) -> Markup {
    html! {
        section id="five" style="padding-top:48px" {
            h2 class="sr" { "The five numbers and their trend" }
            div class="nums" {
                @for (nth, number) in numbers(view).iter().enumerate() { (one(number, nth)) }
            }
        }
    }
}

/// The five as plain lines for a terminal: the same numbers, the same words.
pub(crate) fn lines(view: &View<'_>) -> Vec<String> {
    let line = |number: &Number| match &number.value {
        Some(value) => {
            let change = number.change.as_ref().map_or_else(String::new, |(change, _)| {
                format!("  ({})", change.replace('\u{a0}', " "))
            });
            format!("{:>8}  {}{change}", format!("{value}{}", number.unit), number.label)
        }
        None => format!("{:>8}  {}: {}", "–", number.label, number.missing),
    };
    numbers(view).iter().map(line).collect()
}

fn one(number: &Number, nth: usize) -> Markup {
    html! {
        div class="num" {
            div class="lab" { (number.label) }
            @if let Some(value) = &number.value {
                b { (value) @if !number.unit.is_empty() { small { (number.unit) } } }
                @match &number.change {
                    Some((change, bad)) => div class=(if *bad { "chg bad" } else { "chg" }) { (change) },
                    None => div class="chg" style="font-weight:400" { "first quarter" },
                }
                div class="iv" { (number.interval) }
                (super::drawn(&sparkline(number, nth)))
            } @else {
                div class="miss" { (number.missing) }
            }
        }
    }
}

fn numbers(view: &View<'_>) -> Vec<Number> {
    let quarters = view.audit.findings.quarters.as_slice();
    let history = |pick: &dyn Fn(&Quarter) -> Option<f64>| -> Vec<Option<f64>> {
        quarters.iter().map(pick).collect()
    };
    let logged = view.has_log();
    let last = view.latest().filter(|_| logged);
    let before = view.previous().filter(|_| logged);
    let functions = view.audit.findings.diversity.iter().find(|d| d.dimension == "function");
    let band = functions.and_then(|data| data.interval);
    let heads = functions.filter(|data| data.headline && !logged).and_then(|data| data.hill_people);
    let pair = |pick: &dyn Fn(&Quarter) -> Option<f64>| {
        last.and_then(pick).map(|now| (now, before.and_then(pick)))
    };
    let effective = pair(&|quarter| quarter.effective_functions);
    let efficiency = pair(&|quarter| quarter.efficiency.map(|share| share * 100.0));
    let followed = pair(&Quarter::follow_up);
    vec![
        Number {
            label: "Ties active within a year or three usual gaps",
            value: last.map(|now| words::thousands(now.active_ties.into())),
            unit: "",
            change: last
                .zip(before)
                .map(|(now, was)| counts(now.active_ties, was.active_ties, false)),
            interval: String::new(),
            history: history(&|quarter| Some(f64::from(quarter.active_ties))),
            band: None,
            told: whole,
            missing: "Load messages, mail or a calendar to see who is active.",
        },
        Number {
            label: if heads.is_some() {
                "Effective functions, by head count"
            } else {
                "Effective functions, by attention"
            },
            value: effective.map(|(now, _)| tenth(now)).or(heads.map(|hill| tenth(hill[2]))),
            unit: "",
            change: effective.and_then(|(now, was)| was.map(|was| amount(now, was, band))),
            interval: band.filter(|_| logged).map_or_else(String::new, |[low, high]| {
                format!("95%: {} to {}", tenth(low), tenth(high))
            }),
            history: history(&|quarter| quarter.effective_functions),
            band: band.filter(|_| logged),
            told: tenth,
            missing: "Too few titles could be classified to say.",
        },
        Number {
            label: "Ties that open doors the others do not",
            value: efficiency.map(|(now, _)| format!("{now:.0}")),
            unit: "%",
            change: efficiency.and_then(|(now, was)| was.map(|was| points(now, was))),
            interval: String::new(),
            history: history(&|quarter| quarter.efficiency),
            band: None,
            told: percent,
            missing: "Load mail or a calendar with attendees: ties among your contacts are needed.",
        },
        Number {
            label: "Ties you valued that are overdue or lapsed",
            value: last.map(|now| words::thousands(now.valued_slipping.into())),
            unit: "",
            change: last
                .zip(before)
                .map(|(now, was)| counts(now.valued_slipping, was.valued_slipping, true)),
            interval: String::new(),
            history: history(&|quarter| Some(f64::from(quarter.valued_slipping))),
            band: None,
            told: whole,
            missing: "Load messages to see each tie’s own rhythm.",
        },
        Number {
            label: "New ties followed up within 7 days",
            value: followed.map(|(now, _)| format!("{:.0}", now * 100.0)),
            unit: "%",
            change: followed.and_then(|(now, was)| was.map(|was| share(now, was))),
            interval: last.map_or_else(String::new, |now| {
                format!("{} of {}", now.followed_up, now.first_meetings)
            }),
            history: history(&Quarter::follow_up),
            band: None,
            told: percent,
            missing: "No new tie of this quarter could be judged yet.",
        },
    ]
}

/// A change of a count; `worse_up` where more is against the owner. Noise is the square root of the count.
fn counts(now: u32, was: u32, worse_up: bool) -> (String, bool) {
    let by = now.abs_diff(was);
    let beyond = f64::from(by) > libm::sqrt(f64::from(was.max(1)));
    match now.cmp(&was) {
        std::cmp::Ordering::Equal => ("as before".to_owned(), false),
        std::cmp::Ordering::Greater => (format!("▲ {by} more"), worse_up && beyond),
        std::cmp::Ordering::Less => (format!("▼ {by} fewer"), !worse_up && beyond),
    }
}

/// A change of the effective number; beyond the noise when last quarter's lies outside the interval or moved by 0.5.
fn amount(now: f64, was: f64, band: Option<[f64; 2]>) -> (String, bool) {
    let outside = band.map_or((was - now).abs() >= 0.5, |[low, high]| was < low || was > high);
    if (now - was).abs() < 0.05 {
        ("as before".to_owned(), false)
    } else if now > was {
        (format!("▲ {} more", tenth(now - was)), false)
    } else {
        (format!("▼ {} fewer", tenth(was - now)), outside)
    }
}

fn points(now: f64, was: f64) -> (String, bool) {
    let by = now.round() - was.round();
    if by.abs() < 0.5 {
        ("as before".to_owned(), false)
    } else {
        (format!("{} from {was:.0}%", if by > 0.0 { "▲" } else { "▼" }), by <= -5.0)
    }
}

fn share(now: f64, was: f64) -> (String, bool) {
    if (now - was).abs() < 0.005 {
        ("as before".to_owned(), false)
    } else {
        (format!("{} from {}", if now > was { "▲" } else { "▼" }, percent(was)), now < was - 0.25)
    }
}

/// Eight quarters as a line: last quarter hollow, this one filled, the interval as a bar at its end.
fn sparkline(number: &Number, nth: usize) -> String {
    const SIZE: Point = (136.0, 36.0);
    let known: Vec<(usize, f64)> = number
        .history
        .iter()
        .enumerate()
        .filter_map(|(nth, value)| value.map(|value| (nth, value)))
        .collect();
    if known.len() < 2 || number.change.is_none() {
        return String::new();
    }
    let ends = number.band.unwrap_or([f64::NAN; 2]);
    let values =
        known.iter().map(|(_, value)| *value).chain(ends.into_iter().filter(|v| v.is_finite()));
    let low = values.clone().fold(f64::INFINITY, f64::min);
    let high = values.fold(f64::NEG_INFINITY, f64::max);
    let room = (high - low).max(1e-9);
    let y = Scale::linear((low - room * 0.05, high + room * 0.05), (31.0, 5.0));
    let x = Scale::linear((0.0, (number.history.len() - 1) as f64), (5.0, 125.0));
    let at = |&(nth, value): &(usize, f64)| (x.at(nth as f64), y.at(value));
    let mut drawing = Drawing::new(SIZE.0, SIZE.1);
    if let Some([low, high]) = number.band {
        let paint = Paint::stroke(Token::Ink3, 5.0).opacity(0.35);
        drawing.line((125.0, y.at(low)), (125.0, y.at(high)), paint);
    }
    let points: Vec<Point> = known.iter().map(at).collect();
    drawing.add(Shape::Polyline(points), Paint::stroke(Token::Ink2, theme::OUTLINE));
    if let [.., was, now] = known.as_slice() {
        drawing.hollow(at(was), 3.0, Token::Ink2);
        drawing.dot(at(now), 3.5, Token::Ink);
    }
    let told: Vec<String> = known.iter().map(|(_, value)| (number.told)(*value)).collect();
    let title = format!("By quarter: {}", told.join(", "));
    let id = format!("spark-{}", nth + 1);
    svg::write(&drawing, Names { id: &id, class: "sp", title: &title, about: "" })
}

fn whole(value: f64) -> String {
    format!("{value:.0}")
}
