//! What the network is made of and who connects it: communities as islands, bridges on their shores.
//!
//! Ties inside a community are collapsed into the island's area; of all people only the bridges and the closest
//! are dots.

use std::collections::BTreeMap;

use crate::audit::{Audit, Community, Strait};
use crate::report::figure::{Drawing, Empty, Figure, Paint, Point, Shape, Table, Type};
use crate::report::labels::{self, Field, Wish};
use crate::report::metrics::{self, Weight};
use crate::report::theme::{self, Token};
use crate::report::view::View;
use crate::report::words::{self, charts as finding};

use super::islands::{self, Island, Layout};
use super::shore::{Span, closest, shore, spans};
use super::titles::{draw_titles, title_lines};

const ISLANDS: usize = 12;

/// The archipelago map.
pub(super) struct Archipelago;

impl super::Chart for Archipelago {
    fn id(&self) -> &'static str {
        "archipelago"
    }

    fn figure(&self, audit: &Audit) -> Result<Figure, Empty> {
        let view = View::of(audit);
        super::without_names::<()>(&view)?;
        let seen = view.among().count();
        let islands = audit.findings.communities.iter().filter(|community| community.people >= 5);
        if islands.clone().count() < 3 || seen < 30 {
            return Empty::because(match audit.findings.communities.len() {
                0 => "Your data holds no ties among your contacts, so there is no map. Load mail or calendar."
                    .to_owned(),
                n => format!(
                    "Only {} and {} can be seen among your contacts, too few for a map. Load mail or calendar.",
                    words::counted(n, "circle", "circles"),
                    words::counted(seen, "tie", "ties")
                ),
            });
        }
        let active: u32 = audit.findings.communities.iter().map(|community| community.active).sum();
        Ok(Figure {
            id: self.id(),
            finding: title(&view),
            provenance: format!(
                "n{hard}={hard}{} active ties in circles, {} observed ties among them · {} · {}",
                words::thousands(active.into()),
                words::thousands(seen as u64),
                finding::tier(&view),
                words::period(audit),
                hard = words::HARD
            ),
            how_to_read: "each island is a community, its area the number of active ties; a line leaving a dot is \
                          the strait that person spans."
                .to_owned(),
            wide: plot(&view, &Size::WIDE),
            narrow: plot(&view, &Size::NARROW),
            narrow_words: None,
            table: Some(table(audit)),
        })
    }
}

fn title(view: &View<'_>) -> String {
    let only = view.only_routes().into_iter().find_map(|bridge| {
        let own = view.letter(&bridge.id)?;
        // The claim "joins X to anyone else" needs every observed strait of X to be this person's.
        let sole =
            view.audit.findings.straits.iter().filter(|s| s.a == own || s.b == own).all(|s| {
                bridge
                    .only_route
                    .iter()
                    .any(|(a, b)| (a, b) == (&s.a, &s.b) || (a, b) == (&s.b, &s.a))
            });
        sole.then(|| (view.name(&bridge.id), view.community(own)))
    });
    let closest = view.audit.findings.straits.first();
    let closest = closest.map(|strait| (view.community(&strait.a), view.community(&strait.b)));
    match (only, view.only_routes().first(), closest) {
        (None, Some(bridge), _) => {
            let name = view.name(&bridge.id);
            let pair = bridge.only_route.first();
            pair.map_or_else(String::new, |(a, b)| {
                format!("Only {name} joins {} and {}", view.community(a), view.community(b))
            })
        }
        _ => finding::islands(view.audit, only, closest),
    }
}

struct Size {
    width: f64,
    sea: f64,
    bridges: usize,
    closest: usize,
    title: f64,
    short: bool,
}

impl Size {
    const WIDE: Self = Self {
        width: theme::WIDE,
        sea: 600.0,
        bridges: 8,
        closest: 15,
        title: 160.0,
        short: false,
    };
    const NARROW: Self =
        Self { width: theme::PHONE, sea: 520.0, bridges: 6, closest: 8, title: 100.0, short: true };
}

fn plot(view: &View<'_>, size: &Size) -> Drawing {
    let communities: Vec<&Community> =
        view.audit.findings.communities.iter().take(ISLANDS).collect();
    let index: BTreeMap<&str, usize> =
        communities.iter().enumerate().map(|(nth, c)| (c.letter.as_str(), nth)).collect();
    let titles: Vec<Vec<String>> = communities
        .iter()
        .map(|community| title_lines(community, (size.title, size.short)))
        .collect();
    let straits = straits(view, &index);
    let mut layout = layout(view, &communities, &titles, &straits, size);
    let sea = layout.trim();
    let mut drawing = Drawing::new(size.width, sea + 20.0);
    let mut field = Field {
        canvas: (0.0, 2.0, size.width, sea + 2.0),
        outlines: layout.circles.clone(),
        ..Field::default()
    };
    for &(a, b, weight) in &straits {
        let (from, to) = (
            shore(layout.circles[a], layout.circles[b].0),
            shore(layout.circles[b], layout.circles[a].0),
        );
        let width = (1.2 + 5.8 * weight) * if size.short { 0.7 } else { 1.0 };
        drawing.line(from, to, Paint::stroke(Token::Rule, (width * 10.0).round() / 10.0));
        field.lines.push((from, to, 3.0));
    }
    for (community, &(centre, radius)) in communities.iter().zip(&layout.circles) {
        let token = Token::community(Some(&community.letter));
        drawing.add(Shape::Circle(centre, radius), Paint::fill(token).opacity(0.13));
        drawing.ring(centre, radius, token, theme::OUTLINE);
    }
    let spans = spans(view, &index, &layout, size.bridges);
    // The only routes last, so that no other line hides them.
    for pass in [false, true] {
        for span in spans.iter().filter(|span| span.bridge.only_route.is_empty() != pass) {
            for path in &span.paths {
                let paint = if pass {
                    Paint::stroke(Token::Accent, theme::RING)
                } else {
                    Paint::stroke(Token::Ink, 1.25)
                };
                drawing.add(Shape::Polyline(path.clone()), paint);
                field.lines.extend(path.windows(2).map(|pair| (pair[0], pair[1], 4.0)));
            }
            field.dots.push((span.dot, if pass { 11.0 } else { 7.0 }));
        }
    }
    let near = closest(view, &index, &layout, &spans, (size.closest, size.short));
    field.dots.extend(near.iter().map(|&(_, dot)| (dot, 5.0)));
    field.fixed = draw_titles(&mut drawing, &communities, &titles, &layout, &field);
    people(view, &mut drawing, &layout, &spans, &near, (&field, size));
    key(&mut drawing, &spans, near.is_empty(), sea);
    drawing
}

/// Straits between drawn islands, with weights 0..1 on a square-root scale.
fn straits(view: &View<'_>, index: &BTreeMap<&str, usize>) -> Vec<(usize, usize, f64)> {
    let all = &view.audit.findings.straits;
    let most = all.iter().map(|strait| strait.weight).fold(0.0, f64::max).max(1e-9);
    // Old audits know no backbone: then every strait is drawn.
    let thinned = all.iter().any(|strait| strait.backbone > 0);
    // The heaviest strait of an island stays, as the heaviest tie of a person does in the backbone.
    let heaviest = |letter: &str| {
        let own = all.iter().filter(|strait| strait.a == letter || strait.b == letter);
        own.map(|strait| strait.weight).fold(0.0, f64::max)
    };
    let is_heaviest = |strait: &Strait| {
        [&strait.a, &strait.b].into_iter().any(|end| strait.weight >= heaviest(end))
    };
    all.iter()
        .filter(|strait| strait.ties > 0)
        .filter(|strait| !thinned || strait.backbone > 0 || is_heaviest(strait))
        .filter_map(|strait| {
            let pair = (index.get(strait.a.as_str())?, index.get(strait.b.as_str())?);
            Some((*pair.0, *pair.1, libm::sqrt(strait.weight.max(0.0) / most)))
        })
        .collect()
}

fn layout(
    view: &View<'_>,
    communities: &[&Community],
    titles: &[Vec<String>],
    straits: &[(usize, usize, f64)],
    size: &Size,
) -> Layout {
    let amount = |community: &Community| f64::from(community.active.max(1));
    let total: f64 = communities.iter().map(|community| amount(community)).sum();
    let land = 0.21 * size.width * size.sea;
    let type_size = if size.short { theme::SMALL } else { theme::REGION };
    let islands: Vec<Island> = communities
        .iter()
        .zip(titles)
        .map(|(community, lines)| {
            let radius = libm::sqrt(land * amount(community) / total / std::f64::consts::PI);
            let widest = lines
                .iter()
                .map(|line| metrics::room(line, type_size, Weight::SemiBold))
                .fold(0.0, f64::max);
            Island { radius: radius.min(size.width * 0.2), half_title: widest / 2.0 }
        })
        .collect();
    islands::place(&islands, straits, (size.width, size.sea), view.audit.seed)
}

fn people(
    view: &View<'_>,
    drawing: &mut Drawing,
    layout: &Layout,
    spans: &[Span<'_>],
    near: &[(&str, Point)],
    (field, size): (&Field, &Size),
) {
    let mut wishes = Vec::new();
    for span in spans {
        let token = view.token(&span.bridge.id);
        let only = !span.bridge.only_route.is_empty();
        drawing.cut_dot(span.dot, 5.5, token);
        if only {
            drawing.ring(span.dot, 10.0, Token::Accent, theme::RING);
        }
        let name = if size.short {
            view.short(&span.bridge.id, 110.0)
        } else {
            view.fitting(&span.bridge.id, 230.0)
        };
        wishes.push(Wish {
            dot: span.dot,
            radius: if only { 11.0 } else { 7.0 },
            text: name,
            style: if size.short {
                Type { size: theme::SMALL, ..Type::NAME.bold() }
            } else {
                Type::NAME.bold()
            },
            avoid: Some(layout.circles[span.island]),
        });
    }
    for &(id, dot) in near {
        drawing.cut_dot(dot, if size.short { 3.5 } else { 4.0 }, view.token(id));
        let name = if size.short { view.given(id, 90.0) } else { view.fitting(id, 200.0) };
        let style = if size.short { Type { size: theme::SMALL, ..Type::NAME } } else { Type::NAME };
        wishes.push(Wish { dot, radius: 4.0, text: name, style, avoid: None });
    }
    let placed = labels::place(&wishes, field);
    labels::draw(drawing, &wishes, &placed);
}

fn key(drawing: &mut Drawing, spans: &[Span<'_>], no_near: bool, sea: f64) {
    let bridge = |drawing: &mut Drawing, (x, y): Point| {
        drawing.line((x + 6.0, y), (x + 26.0, y), Paint::stroke(Token::Ink, 1.25));
        drawing.dot((x + 6.0, y), 5.5, Token::Ink);
    };
    let only = |drawing: &mut Drawing, (x, y): Point| {
        drawing.dot((x + 10.0, y), 5.5, Token::Ink);
        drawing.ring((x + 10.0, y), 9.0, Token::Accent, theme::RING);
    };
    let near = |drawing: &mut Drawing, (x, y): Point| drawing.dot((x + 4.0, y), 4.0, Token::Ink);
    let tie = |drawing: &mut Drawing, (x, y): Point| {
        drawing.line((x, y), (x + 24.0, y), Paint::stroke(Token::Rule, 5.0));
    };
    let mut entries: Vec<(f64, &str, super::Key<'_>)> = Vec::new();
    if !spans.is_empty() {
        entries.push((26.0, "bridge and its strait", &bridge));
    }
    if spans.iter().any(|span| !span.bridge.only_route.is_empty()) {
        entries.push((20.0, "only link", &only));
    }
    if !no_near {
        entries.push((8.0, "among the closest", &near));
    }
    entries.push((24.0, "observed ties", &tie));
    let right = drawing.width;
    let last = super::legend(drawing, (0.0, sea + 22.0), right, &entries);
    drawing.height = last + 10.0;
}

fn table(audit: &Audit) -> Table {
    let rows = audit
        .findings
        .communities
        .iter()
        .take(40)
        .map(|community| {
            let ties: u32 = audit
                .findings
                .straits
                .iter()
                .filter(|s| s.a == community.letter || s.b == community.letter)
                .map(|s| s.ties)
                .sum();
            vec![
                words::circle(community),
                words::thousands(community.people.into()),
                words::thousands(community.active.into()),
                words::thousands(ties.into()),
            ]
        })
        .collect();
    Table {
        summary: "The islands as a table".to_owned(),
        head: vec![
            ("community", false),
            ("people", true),
            ("active ties", true),
            ("ties to other communities", true),
        ],
        rows,
    }
}
