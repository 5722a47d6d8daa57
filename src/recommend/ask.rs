//! Asking for a path: a close contact's word with somebody a goal wants and the owner never talked to (`methods` F.2).
//!
//! One hop, on an observed tie alone: success `ρ = s·will`, `will = 0.8`. Only with goals; one ask a connector.

use std::collections::BTreeSet;

use crate::audit::{ActionKind, Confidence};
use crate::text;
use crate::units::{Channel, Evidence};

use super::candidate::{Candidate, Worth};
use super::{Context, Recommender};

/// Chance that a close contact who can say a word does.
const WILL: f64 = 0.8;
/// Strength from which somebody may be asked.
const CLOSE: f64 = 0.5;
/// Gaps below this are no reason to ask.
const SMALLEST: f64 = 0.02;
/// Most asks suggested.
const MOST: usize = 5;

/// Ways to somebody wanted.
pub(super) struct Ask;

impl Recommender for Ask {
    fn candidates(&self, context: &Context) -> Vec<Candidate> {
        if !context.gaps.are_goals || !context.study.has_log() {
            return Vec::new();
        }
        let flat = &context.study.network.flat;
        let limits = context.introductions.as_ref().and_then(|all| all.limits.as_ref());
        let asks_left = |at: usize| {
            limits.is_none_or(|limits| {
                let asked = limits.load.get(&context.person(at).key).map_or(0, |load| load.asked);
                asked < limits.asks
            })
        };
        let mut ways: Vec<(f64, usize, usize)> = Vec::new();
        for to in (0..flat.len()).filter(|at| context.tie(*at).days.is_empty()) {
            let served = context.gaps.served_by(context.study, to);
            let gap = served.iter().map(|gap| context.gaps.size(gap)).fold(0.0, f64::max);
            if gap < SMALLEST {
                continue;
            }
            let via = flat.neighbours(to).iter().map(|via| *via as usize).filter(|via| {
                let tie = context.tie(*via);
                tie.rhythm.active && tie.strength >= CLOSE && asks_left(*via)
            });
            ways.extend(via.map(|via| (context.tie(via).strength * gap, via, to)));
        }
        ways.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let (mut asked, mut reached) = (BTreeSet::new(), BTreeSet::new());
        ways.into_iter()
            .filter(|(_, via, to)| {
                let free = !asked.contains(via) && !reached.contains(to);
                free && asked.insert(*via) && reached.insert(*to)
            })
            .take(MOST)
            .map(|(_, via, to)| ask(context, via, to))
            .collect()
    }
}

fn ask(context: &Context, via: usize, to: usize) -> Candidate {
    let (broker, target) = (context.person(via), context.person(to));
    let channel = Channel::Email;
    let work = match (&target.position, &target.company) {
        (Some(title), Some(company)) => format!(" ({title}, {company})"),
        (Some(only), None) | (None, Some(only)) => format!(" ({only})"),
        (None, None) => String::new(),
    };
    let known = context
        .study
        .network
        .node(context.tie(via).who)
        .zip(context.study.network.node(context.tie(to).who));
    let seen = known.and_then(|(a, b)| {
        use petgraph::graph::NodeIndex;
        let graph = &context.study.network.graph;
        let edge = graph.find_edge(NodeIndex::new(a), NodeIndex::new(b))?;
        Some(graph[edge])
    });
    let fact = seen.map_or_else(String::new, |tie| {
        format!(
            "{} and {} were in {}, last {}",
            broker.name,
            target.name,
            text::count(u64::from(tie.events), "shared event"),
            text::full_day(tie.last.date())
        )
    });
    Candidate {
        kind: ActionKind::AskPath,
        people: vec![via, to],
        reason: format!(
            "{}{work} would serve a goal and you have never talked; {} knows both of you.",
            target.name, broker.name
        ),
        evidence: vec![context.contact_days(via), fact],
        tier: seen.map_or(Evidence::CoPresence, |tie| tie.evidence),
        goal: "Your goal: a way in",
        first_move: "ask whether they would say a word, and make it easy to say no.".to_owned(),
        channel,
        minutes: context.config.minutes(channel).max(15),
        confidence: Confidence::Tentative,
        skip_if: "you owe them already, or they hardly know each other.",
        judged_by: "a first exchange with the person asked for.",
        expires: None,
        worth: Worth::Gain {
            own: 0.0,
            answer: (context.tie(via).strength * WILL).clamp(0.0, 0.95),
            straits: std::collections::BTreeMap::new(),
            classes: context.gaps.served_by(context.study, to),
        },
    }
}
