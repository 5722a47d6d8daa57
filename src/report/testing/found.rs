//! What the analyses would have found in the invented network.

use std::collections::BTreeMap;

use jiff::civil::date;

use crate::audit::{
    Attention, Audit, Backtest, BacktestBin, BacktestGain, BacktestModel, BacktestWindow, Bridge,
    ClassShare, Community, Diversity, DormantTie, Ego, Findings, Forecast, Input, Latency, Layer,
    LayerReplies, Origin, Period, Person, Problem, Quarter, Redaction, Refused, ReplyLayer,
    SCHEMA_VERSION, Settings, Sides, Strait, TieState, Unknowns,
};
use crate::random::Stream;
use crate::units::Evidence;

use super::crowd::{CIRCLES, crowd};
use super::plan::plan;
use super::{AS_OF, LETTERS, days_ago};

/// An audit with that many communities.
pub(super) fn build(circles: usize, salt: u64) -> Audit {
    build_of((260, 260), circles, salt)
}

/// The same of that many people, the first so many of whom ever talked to the owner.
#[expect(clippy::too_many_lines, reason = "one field of an audit after another")]
pub(super) fn build_of(people: (usize, usize), circles: usize, salt: u64) -> Audit {
    let mut stream = Stream::new(20_260_930 + salt, "report-testing", 0);
    let (people, ties) = crowd(&mut stream, circles, people);
    let communities: Vec<Community> = CIRCLES
        .iter()
        .zip(LETTERS)
        .take(circles)
        .map(|(&(name, active), letter)| Community {
            letter: letter.into(),
            name: name.into(),
            people: active + active / 3,
            active,
            ..Community::default()
        })
        .collect();
    let straits = straits(&mut stream, circles);
    let bridges = bridges(&people, circles);
    let (actions, let_rest) = plan(&people);
    let mut states = BTreeMap::new();
    for tie in &ties {
        if let Some(rhythm) = &tie.rhythm {
            *states.entry(rhythm.state).or_insert(0) += 1;
        }
    }
    states.insert(TieState::NeverActive, 712);
    let quarters = [
        (171, 5.4, 0.58, 14, 9, 3),
        (168, 5.3, 0.60, 17, 11, 5),
        (176, 5.6, 0.59, 15, 10, 4),
        (179, 5.2, 0.64, 16, 11, 6),
        (188, 5.5, 0.62, 19, 8, 3),
        (181, 5.0, 0.65, 17, 10, 6),
        (185, 5.1, 0.63, 18, 12, 6),
        (192, 4.6, 0.61, 23, 12, 7),
    ];
    let quarters = (0_i64..8)
        .zip(quarters)
        .map(|(nth, (active, functions, efficiency, slipping, met, followed))| Quarter {
            as_of: days_ago(91 * (7 - nth)),
            active_ties: active,
            effective_functions: Some(functions),
            efficiency: Some(efficiency),
            valued_slipping: slipping,
            first_meetings: met,
            followed_up: followed,
            gained: (nth > 0).then_some(19),
            lost: (nth > 0).then_some(23),
        })
        .collect();
    let now = shares(185, 1.12);
    Audit {
        schema_version: SCHEMA_VERSION,
        tool: "weaktie 0.1.0".into(),
        as_of: AS_OF,
        as_of_from: "messages.csv".into(),
        period: Period { from: date(2026, 7, 2), to: AS_OF },
        seed: 42,
        redaction: Redaction::Full,
        ego: Ego {
            id: "mara-lindqvist".into(),
            name: "Mara Lindqvist".into(),
            found_by: "Profile.csv".into(),
            profile_url: None,
        },
        settings: Settings {
            budget_minutes: 360,
            budget_actions: 12,
            budget_actions_a_week: 3,
            half_life: 180.0,
            half_life_from: Origin::Settings,
            channel_weights: BTreeMap::new(),
            channel_weights_from: Origin::Default,
            group_cap: 25,
            co_presence_discount: None,
            ladder: [1.5, 3.0, 8.0],
            strength_midpoint: Some(4.2),
            min_evidence: Evidence::CoPresence,
            time_zone: "UTC".into(),
        },
        inputs: inputs(),
        network: BTreeMap::new(),
        planning: crate::audit::Planning::default(),
        findings: Findings {
            introductions: super::introductions::found(&people, circles),
            follow_through: None,
            volume: BTreeMap::new(),
            changes: None,
            quarters,
            states,
            diversity: diversity(),
            diversity_change: super::wanted::change(),
            homophily: super::wanted::homophily(),
            joint: Some(super::wanted::joint()),
            goals: Some(super::wanted::goals(&people)),
            bandwidth: super::wanted::bandwidth(&people, circles),
            attention: Attention {
                people: people.iter().take(now.len()).map(|p| p.id.clone()).collect(),
                now,
                before: shares(178, 0.98),
            },
            communities,
            straits,
            bridges,
            constraint_causes: super::linking::causes(&people, circles),
            strengthen: super::linking::strengthen(&people),
            weak_ties: Some(super::linking::weak_ties()),
            with_inferred: None,
            layers: layers(),
            replies: replies(),
            signature: Vec::new(),
            survival: None,
            strength_fit: None,
            dormant: dormant(&people),
            forecast: Some(forecast()),
            identity: crate::audit::Identity::default(),
            notes: vec![
                "14 pairs may be one person; deciding them could change the bridges.".into(),
            ],
        },
        people,
        ties,
        actions,
        let_rest,
        refused: vec![Refused {
            question: "Who can introduce me at Borealis?".into(),
            why: "No observed tie leads there".into(),
            what_to_load: "Load a calendar with attendees".into(),
        }],
    }
}

fn layers() -> Vec<Layer> {
    [(5, 7, 4, 0.41), (15, 30, 22, 0.63), (50, 182, 71, 0.84), (150, 365, 166, 0.99)]
        .into_iter()
        .map(|(reference, every_days, people, share)| Layer {
            reference,
            every_days,
            people,
            share,
        })
        .collect()
}

fn replies() -> Vec<LayerReplies> {
    [
        (ReplyLayer::All, 180, 0.2, 0.4),
        (ReplyLayer::Inner, 5, 0.1, 0.06),
        (ReplyLayer::Close, 10, 0.19, 0.16),
        (ReplyLayer::Active, 35, 0.8, 0.4),
        (ReplyLayer::Wider, 100, 2.4, 1.4),
        (ReplyLayer::Further, 30, 3.0, 9.0),
        (ReplyLayer::NewThisYear, 12, 4.0, 0.8),
    ]
    .into_iter()
    .map(|(layer, ties, yours, theirs)| {
        let latency = |days: f64| Latency {
            turns: ties * 9,
            median_days: Some(days),
            within_week: Some(0.7),
        };
        LayerReplies {
            layer,
            ties,
            replies: Sides { yours: latency(yours), theirs: latency(theirs) },
        }
    })
    .collect()
}

fn dormant(people: &[Person]) -> Vec<DormantTie> {
    (0_u32..30)
        .zip(people.iter().skip(40))
        .map(|(nth, person)| {
            let spread = f64::from(nth * 37 % 30) / 30.0;
            DormantTie {
                id: person.id.clone(),
                together: 150 - nth * 5 + nth % 4,
                novelty: (nth % 9 != 4)
                    .then_some((0.25 + f64::from(nth) / 45.0 + spread / 5.0).min(1.0)),
                reachability: 0.1 + spread / 2.0,
                easy: (nth < 6).then_some(nth + 1),
                useful: (nth > 23 && nth % 9 != 4).then(|| nth - 23),
            }
        })
        .collect()
}

fn shares(n: u32, steep: f64) -> Vec<f64> {
    let raw: Vec<f64> = (1..=n)
        .map(|rank| libm::pow(f64::from(rank), -steep) * libm::exp(-f64::from(rank) / 120.0))
        .collect();
    let total: f64 = raw.iter().sum();
    raw.into_iter().map(|share| share / total).collect()
}

fn straits(stream: &mut Stream, circles: usize) -> Vec<Strait> {
    let pairs = [
        (0, 1, 9.0),
        (1, 2, 6.5),
        (1, 3, 6.0),
        (0, 3, 3.0),
        (2, 3, 2.2),
        (2, 4, 1.4),
        (3, 4, 2.0),
        (0, 5, 3.5),
        (2, 6, 1.2),
        (1, 7, 2.0),
        (7, 8, 1.0),
        (3, 9, 1.0),
        (0, 10, 0.8),
        (5, 11, 1.0),
    ];
    pairs
        .into_iter()
        .filter(|&(a, b, _)| a < circles && b < circles)
        .map(|(a, b, weight)| Strait {
            a: LETTERS[a].into(),
            b: LETTERS[b].into(),
            ties: 2 + u32::try_from(stream.below(20)).unwrap_or(0),
            weight,
            backbone: 2,
            ..Strait::default()
        })
        .collect()
}

fn bridges(people: &[Person], circles: usize) -> Vec<Bridge> {
    let spans = [
        (6, 2, 9, true, 133),
        (5, 0, 6, true, 6),
        (4, 2, 8, false, 140),
        (3, 4, 7, false, 98),
        (2, 1, 5, false, 3),
        (3, 1, 4, false, 49),
        (0, 1, 4, false, 8),
        (2, 3, 3, false, 6),
        (3, 0, 2, false, 42),
        (1, 0, 2, false, 70),
        (9, 3, 2, true, 11),
    ];
    let mut used = Vec::new();
    spans
        .into_iter()
        .filter(|&(own, to, ..)| own < circles && to < circles)
        .filter_map(|(own, to, lost, only, silent)| {
            let person = people.iter().find(|person| {
                person.community.as_deref() == Some(LETTERS[own]) && !used.contains(&person.id)
            })?;
            used.push(person.id.clone());
            let mut cut_off = BTreeMap::from([(LETTERS[own].to_owned(), lost - 1)]);
            *cut_off.entry(LETTERS[to].to_owned()).or_insert(0) += 1;
            Some(Bridge {
                id: person.id.clone(),
                cut_off,
                reaches: vec![LETTERS[to].to_owned()],
                only_route: if only {
                    vec![(LETTERS[own.min(to)].to_owned(), LETTERS[own.max(to)].to_owned())]
                } else {
                    Vec::new()
                },
                betweenness: f64::from(lost) / 20.0,
                silent: Some(silent),
                cut_off_interval: Some([lost - 1, lost + lost / 3]),
                ..Bridge::default()
            })
        })
        .collect()
}

/// Name, people, share of attention.
type Class = (&'static str, u32, f64);

#[expect(clippy::too_many_lines, reason = "a table of made-up classes")]
fn diversity() -> Vec<Diversity> {
    let table: [(&str, &[Class]); 6] = [
        (
            "function",
            &[
                ("finance", 60, 0.44),
                ("software", 45, 0.21),
                ("research", 17, 0.11),
                ("public", 14, 0.05),
                ("health", 8, 0.04),
                ("design", 9, 0.03),
                ("sales", 8, 0.02),
                ("hr", 6, 0.01),
                ("legal", 5, 0.01),
                ("media", 4, 0.01),
                ("unknown", 16, 0.07),
            ],
        ),
        (
            "seniority",
            &[
                ("senior", 56, 0.34),
                ("manager", 44, 0.27),
                ("director", 30, 0.18),
                ("mid", 28, 0.10),
                ("entry", 14, 0.02),
                ("unknown", 20, 0.09),
            ],
        ),
        (
            "company",
            &[
                ("Corvane", 42, 0.31),
                ("Northwind", 30, 0.17),
                ("Riverton University", 18, 0.06),
                ("Helios Clinics", 9, 0.04),
                ("Borealis", 6, 0.03),
                ("Alder & Finch", 5, 0.03),
                ("City of Riverton", 4, 0.02),
                ("Tessel", 3, 0.02),
                ("Ostrava Works", 3, 0.02),
                ("Lumen", 2, 0.01),
                ("unknown", 70, 0.29),
            ],
        ),
        (
            "industry",
            &[
                ("financial-services", 66, 0.47),
                ("software", 40, 0.20),
                ("education", 20, 0.09),
                ("government", 14, 0.05),
                ("health-care", 10, 0.04),
                ("unknown", 42, 0.15),
            ],
        ),
        (
            "relative-seniority",
            &[
                ("peer", 117, 0.61),
                ("mentor", 30, 0.18),
                ("emerging", 22, 0.12),
                ("unknown", 23, 0.09),
            ],
        ),
        (
            "relation",
            &[
                ("internal", 60, 0.46),
                ("alum", 40, 0.24),
                ("industry", 45, 0.20),
                ("outside", 30, 0.06),
                ("client", 17, 0.04),
            ],
        ),
    ];
    table
        .into_iter()
        .map(|(dimension, classes)| {
            let people = classes.iter().map(|class| class.1).sum::<u32>();
            let unknown =
                classes.iter().filter(|class| class.0 == "unknown").map(|c| c.1).sum::<u32>();
            Diversity {
                dimension: dimension.into(),
                people,
                known: people - unknown,
                headline: dimension != "company" || people > 2 * unknown,
                hill_people: Some([9.0, 6.3, 5.4]),
                hill_attention: Some([9.0, 5.6, 4.6]),
                interval: Some([4.1, 5.2]),
                interval_people: Some([4.9, 6.2]),
                unknown_people: None,
                unknown_attention: (unknown > 0).then_some(Unknowns {
                    share: 0.09,
                    low: 3.6,
                    high: 7.9,
                    interval: [4.3, 4.9],
                }),
                similar_people: None,
                similar_attention: Some(3.1),
                coverage: Some(0.99),
                goal: super::wanted::goal(dimension),
                classes: classes
                    .iter()
                    .map(|&(class, n, attention)| ClassShare {
                        class: class.into(),
                        people: n,
                        share_people: f64::from(n) / f64::from(people),
                        share_attention: Some(attention),
                    })
                    .collect(),
            }
        })
        .collect()
}

fn inputs() -> Vec<Input> {
    let files = [
        ("export.zip/Connections.csv", "linkedin-connections", 1_284, 1_251, "date-only"),
        ("export.zip/messages.csv", "linkedin-messages", 9_412, 9_067, "sponsored"),
        ("mail-2024.csv", "log", 41_906, 35_218, "automated"),
        ("calendar.ics", "calendar", 2_310, 2_188, "declined"),
    ];
    files
        .into_iter()
        .map(|(file, kind, read, used, code)| Input {
            file: file.into(),
            kind: kind.into(),
            format: "CSV".into(),
            rows_read: read,
            rows_used: used,
            rows_skipped: read - used,
            first: Some(date(2021, 3, 4)),
            last: Some(AS_OF),
            problems: vec![Problem { line: 12, code: code.into(), message: "left out".into() }],
            counts: BTreeMap::from([
                (code.to_owned(), read - used - 3),
                ("malformed".to_owned(), 3),
            ]),
            remarks: BTreeMap::new(),
            noise: BTreeMap::new(),
            coverage: BTreeMap::from([("URL".to_owned(), used)]),
        })
        .collect()
}

/// A back-test of two windows that speaks for the stack.
fn forecast() -> Forecast {
    let model = |model: &str, auc: f64, brier: f64| BacktestModel {
        model: model.into(),
        auc,
        average_precision: auc - 0.1,
        brier,
        brier_skill: 1.0 - brier / 0.24,
        log_loss: 3.0 * brier,
        expected_over_observed: 1.04,
    };
    let gain = |over: &str, measure: &str, value: f64| BacktestGain {
        over: over.into(),
        measure: measure.into(),
        value,
        low: value - 0.01,
        high: value + 0.01,
    };
    let bin = |nth: u32| {
        let met = nth * 4 + 1;
        let seen = f64::from(met) / 42.0;
        BacktestBin {
            ties: 42,
            met,
            expected: 0.03 + 0.095 * f64::from(nth),
            interval: [(seen - 0.12).max(0.0), (seen + 0.12).min(1.0)],
        }
    };
    let window = |from: i8, to: i8, met: u32| BacktestWindow {
        from: date(2026, from, 1),
        to: date(2026, to, 29),
        trials: 1,
        ties: 210,
        met,
    };
    Forecast {
        horizon_days: 90,
        model: "stack".into(),
        whole_log: false,
        learned_from: 400,
        backtest: Some(Backtest {
            horizon_days: 90,
            chosen: "stack".into(),
            owners: 1,
            windows: vec![window(1, 3, 95), window(4, 6, 95)],
            models: vec![
                model("stack", 0.84, 0.15),
                model("blend", 0.83, 0.16),
                model("recency", 0.79, 0.18),
                model("frequency", 0.81, 0.17),
                model("base-rate", 0.5, 0.24),
            ],
            gains: vec![
                gain("blend", "auc", 0.01),
                gain("better-baseline", "auc", 0.03),
                gain("better-baseline", "brier", -0.02),
            ],
            lost_windows: [0, 0],
            better_baseline: "frequency".into(),
            reliability: (0..10).map(bin).collect(),
        }),
    }
}
