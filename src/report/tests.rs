//! The lint of every chart of every variant, and of the page around them.

use super::metrics::{Weight, width};
use super::theme::{SMALLEST, Token};
use super::{Options, Rendered, render, testing};
use crate::audit::Audit;

/// One text of an SVG: its words, size and box.
#[derive(Debug)]
struct Text {
    words: String,
    size: f64,
    area: (f64, f64, f64, f64),
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name).unwrap().parse().unwrap()
}

fn texts(svg: &str) -> Vec<Text> {
    svg.split("<text")
        .skip(1)
        .map(|piece| {
            let (tag, rest) = piece.split_once('>').unwrap();
            let words = rest.split("</text>").next().unwrap();
            let words = words
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
            let size = number(tag, "font-size");
            let weight =
                if tag.contains("font-weight") { Weight::SemiBold } else { Weight::Regular };
            let wide = width(&words, size, weight);
            let (x, y) = (number(tag, "x"), number(tag, "y"));
            let left = match attribute(tag, "text-anchor") {
                Some("middle") => x - wide / 2.0,
                Some("end") => x - wide,
                _ => x,
            };
            Text { words, size, area: (left, y - size * 0.76, left + wide, y + size * 0.2) }
        })
        .collect()
}

fn svgs(html: &str) -> Vec<&str> {
    html.split("<svg xmlns").skip(1).map(|piece| piece.split("</svg>").next().unwrap()).collect()
}

fn check(variant: &str, svg: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let view: Vec<f64> =
        attribute(svg, "viewBox").unwrap().split(' ').map(|part| part.parse().unwrap()).collect();
    let id = attribute(svg, "id").unwrap();
    let texts = texts(svg);
    for (nth, text) in texts.iter().enumerate() {
        let (left, top, right, bottom) = text.area;
        if left < -0.5 || top < -0.5 || right > view[2] + 0.5 || bottom > view[3] + 0.5 {
            wrong.push(format!(
                "{variant} {id}: “{}” leaves the canvas {:?}",
                text.words, text.area
            ));
        }
        if text.size < SMALLEST {
            wrong.push(format!("{variant} {id}: “{}” is {} px", text.words, text.size));
        }
        for other in &texts[nth + 1..] {
            let over = right.min(other.area.2) - left.max(other.area.0);
            let down = bottom.min(other.area.3) - top.max(other.area.1);
            if over > 0.0 && down > 0.0 {
                wrong.push(format!("{variant} {id}: “{}” meets “{}”", text.words, other.words));
            }
        }
    }
    for piece in svg.split('#').skip(1) {
        let hex: String = piece.chars().take(6).collect();
        let is_hex = hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit());
        if is_hex && !Token::ALL.iter().any(|token| token.light() == format!("#{hex}")) {
            wrong.push(format!("{variant} {id}: #{hex} is no token"));
        }
    }
    if !svg.contains("<title>") || svg.contains("<title></title>") {
        wrong.push(format!("{variant} {id}: no title"));
    }
    if svg.contains("NaN") || svg.contains("inf\"") {
        wrong.push(format!("{variant} {id}: not a number"));
    }
    wrong
}

fn drawn() -> Vec<(&'static str, Audit, Rendered)> {
    testing::variants()
        .into_iter()
        .map(|(name, audit)| {
            let rendered = render(&audit, Options::default());
            (name, audit, rendered)
        })
        .collect()
}

#[test]
fn every_chart_of_every_variant_passes_the_lint() {
    let mut wrong = Vec::new();
    for (name, _, rendered) in drawn() {
        for svg in svgs(&rendered.html) {
            wrong.extend(check(name, svg));
        }
    }
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_page_loads_nothing_and_escapes_everything() {
    for (name, _, rendered) in drawn() {
        let html = &rendered.html;
        let body = html.split("<body>").nth(1).unwrap();
        for load in
            [" src=", "url(", "<link", "<script", "@import", "<iframe", "<object", " onerror="]
        {
            // The one script of our own is held to its hash by a test beside it.
            let text_only = body.replace("&lt;img src=x onerror=1&gt;", "").replacen(
                "<script>\"use strict\";",
                "",
                1,
            );
            assert!(!text_only.contains(load), "{name}: {load}");
        }
        let policy = html.find("Content-Security-Policy").unwrap();
        assert!(policy < html.find("<style").unwrap(), "{name}");
        assert!(
            html.contains("<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\"")
        );
        assert!(html.len() < 700 * 1024, "{name}: {} KB", html.len() / 1024);
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).filter_map(|piece| piece.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}: an id is used twice");
    }
    let hostile = drawn().into_iter().find(|(name, ..)| *name == "hostile").unwrap().2;
    assert!(hostile.html.contains("&lt;script&gt;alert(&quot;x&quot;)"));
    assert!(hostile.charts.iter().all(|(_, svg)| !svg.contains("<script")));
}

#[test]
fn a_report_repeats_to_the_byte() {
    let audit = testing::rich();
    assert_eq!(render(&audit, Options::default()), render(&audit, Options::default()));
}

#[test]
fn thirty_thousand_people_fit_a_page_of_five_megabytes() {
    let audit = testing::large();
    let active = audit.ties.iter().filter_map(|tie| tie.rhythm.as_ref()).filter(|r| r.active);
    assert_eq!(audit.people.len(), 30_000);
    assert!((1_500..1_520).contains(&active.count()));
    let once = render(&audit, Options::default());
    assert!(once.html.len() < 5_000_000, "{} KB", once.html.len() / 1_000);
    assert!(once.html.matches("<tr><th scope=\"row\">").count() > 500);
    assert!(once.html.contains("Show the 500 last in touch; the other 29,500 are in people.csv"));
    assert_eq!(super::people_csv(&audit).lines().count(), 30_001);
    let wrong: Vec<String> =
        svgs(&once.html).into_iter().flat_map(|svg| check("large", svg)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(once, render(&audit, Options::default()));
}

#[test]
fn what_is_left_out_is_left_out() {
    let (_, audit, rendered) = drawn().into_iter().find(|(name, ..)| *name == "aggregate").unwrap();
    assert!(rendered.html.contains("counts only"));
    assert!(!rendered.html.contains(&audit.ego.name));
    let rich = testing::rich();
    assert!(rich.people.iter().all(|person| !rendered.html.contains(&person.name)));
    let brief = render(&rich, Options { brief: true });
    assert!(brief.charts.is_empty() && !brief.html.contains("id=\"map\""));
    assert!(brief.html.contains("Your next 12 moves"));
}

#[test]
fn the_valued_ties_that_are_counted_are_listed() {
    let mut audit = testing::rich();
    let view = super::View::of(&audit);
    let late = view.at_risk().iter().filter(|own| own.overdue().is_some_and(|by| by > 3.0)).count();
    assert!(late >= 2, "{late}");
    audit.findings.quarters.last_mut().unwrap().valued_slipping = 2;
    let html = render(&audit, Options::default()).html;
    assert!(html.contains("The two ties you valued that are overdue or lapsed"));
    let view = super::View::of(&audit);
    for own in view.valued_late() {
        let row = format!("<tr><th scope=\"row\">{}</th><td>", view.name(own.id));
        assert!(html.contains(&row), "{row}");
    }
    assert_eq!(view.valued_late().len(), 2);
}

#[test]
fn titles_are_true_of_what_is_plotted() {
    let audit = testing::rich();
    let html = render(&audit, Options::default()).html;
    let top: f64 = audit.findings.attention.now.iter().take(5).sum();
    let was: f64 = audit.findings.attention.before.iter().take(5).sum();
    assert!(html.contains(&format!(
        "Your top five rose from {:.0}% to {:.0}%",
        was * 100.0,
        top * 100.0
    )));
    let most =
        audit.findings.bridges.iter().max_by_key(|b| b.cut_off.values().sum::<u32>()).unwrap();
    let name = &audit.people.iter().find(|person| person.id == most.id).unwrap().name;
    assert!(html.contains(&format!("Besides you, only {name} links nine people to the rest")));
}

#[test]
fn titles_of_diversity_are_true_of_what_is_plotted() {
    let audit = testing::rich();
    let html = render(&audit, Options::default()).html;
    let of = |name: &str| {
        let found = audit.findings.diversity.iter().find(|found| found.dimension == name);
        found.and_then(|found| Some((found.hill_people?[2], found.hill_attention?[2]))).unwrap()
    };
    let (people, attention) = of("company");
    let spread = format!("Your contacts span {people:.1} employers, your attention {attention:.1}");
    assert!(html.contains(&spread), "{spread}");
    let gaps = || audit.findings.joint.as_ref().unwrap().cells.iter().filter(|cell| cell.is_gap);
    assert_eq!((gaps().count(), gaps().filter(|cell| cell.known > 0).count()), (4, 2));
    assert!(
        html.contains(
            "Four combinations of your goals hold nobody active; in two you know somebody"
        )
    );
    assert!(html.contains("Financial services takes 55% of attention against a goal of 30%"));
    let rich = audit.findings.bandwidth.iter().filter(|dot| dot.reach >= 1.5 && dot.monthly < 1.0);
    let words = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    let named = format!("{} people reach far", words[rich.count()]);
    assert!(html.contains(&named), "{named}");
    assert!(html.contains("other protected attributes are never inferred"));
}
