//! Asking for a path: a close contact's word with somebody a goal wants and the owner never talked to (`methods` F.2).
//!
//! One hop, on an observed tie that is likely one (π ≥ 0.2): success `ρ = s·will`. Only with goals; connectors within the same
//! limits and budget as every other path, those whom a way in asks already counted.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::{ActionKind, Confidence};
use crate::text;
use crate::units::{Channel, Evidence};

use crate::introductions::circle::LIKELY;
use crate::ties::among::AlterTie;

use super::candidate::{Candidate, Worth};
use super::{Context, Recommender};

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
        let Some(limits) = limits else { return Vec::new() };
        let not_asked: BTreeSet<&String> = limits.not_asked.iter().collect();
        let named = |at: usize| !limits.suppressed.contains_key(&context.person(at).key);
        // Whoever a way in turns to first is asked for that already.
        let mut in_ways: BTreeMap<&str, u32> = BTreeMap::new();
        let ways = context.introductions.iter().flat_map(|all| &all.ways);
        for way in ways.flat_map(|target| &target.ways).filter(|way| way.hops.len() > 1) {
            *in_ways.entry(way.hops[0].to.as_str()).or_default() += 1;
        }
        let may_ask = |at: usize| {
            let key = &context.person(at).key;
            let before = limits.load.get(key).map_or(0, |load| load.asked);
            let asked = before + in_ways.get(key.as_str()).copied().unwrap_or(0);
            named(at) && !not_asked.contains(key) && asked < limits.asks
        };
        let mut ways: Vec<(f64, usize, usize)> = Vec::new();
        for to in (0..flat.len()).filter(|at| context.tie(*at).days.is_empty() && named(*at)) {
            let served = context.gaps.served_by(context.study, to);
            let gap = served.iter().map(|gap| context.gaps.size(gap)).fold(0.0, f64::max);
            if gap < SMALLEST {
                continue;
            }
            let via = flat.neighbours(to).iter().map(|via| *via as usize).filter(|via| {
                let tie = context.tie(*via);
                let is_close = tie.rhythm.active && tie.strength >= CLOSE;
                is_close && seen(context, *via, to).is_some() && may_ask(*via)
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
            .map(|(_, via, to)| ask(context, via, to, limits.will))
            .collect()
    }
}

/// The observed tie of two contacts that is likely one.
fn seen<'s>(context: &Context<'s>, via: usize, to: usize) -> Option<&'s AlterTie> {
    use petgraph::graph::NodeIndex;
    let network = &context.study.network;
    let [a, b] = [via, to].map(|at| network.node(context.tie(at).who));
    let edge = network.graph.find_edge(NodeIndex::new(a?), NodeIndex::new(b?))?;
    let tie = &network.graph[edge];
    (tie.probability >= LIKELY && tie.evidence <= Evidence::CoPresence).then_some(tie)
}

fn ask(context: &Context, via: usize, to: usize, will: f64) -> Candidate {
    let (broker, target) = (context.person(via), context.person(to));
    let channel = Channel::Email;
    let work = match (&target.position, &target.company) {
        (Some(title), Some(company)) => format!(" ({title}, {company})"),
        (Some(only), None) | (None, Some(only)) => format!(" ({only})"),
        (None, None) => String::new(),
    };
    let seen = seen(context, via, to);
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
            answer: (context.tie(via).strength * will).clamp(0.0, 0.95),
            straits: std::collections::BTreeMap::new(),
            classes: context.gaps.served_by(context.study, to),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Desk;
    use super::*;
    use crate::analysis::tests::logged;
    use crate::study::Study;

    #[test]
    fn a_likely_tie_is_seen_where_something_shows_it() {
        let mail = Channel::Email;
        // A mail to 0 and 1, one to 2 to 9, and one from 1 to 2.
        let (owner, mut rows) = (10, vec![(30, 10, 0, mail), (30, 10, 1, mail), (10, 1, 2, mail)]);
        rows.extend((2..10).map(|who| (20, owner, who, mail)));
        let mut study = logged(owner, &rows);
        let tier = |study: &Study, a: usize, b: usize| {
            let desk = Desk::of(study.clone(), "");
            seen(&desk.context(), a, b).map(|tie| tie.evidence)
        };
        assert_eq!(tier(&study, 0, 1), Some(Evidence::CoPresence));
        assert_eq!(tier(&study, 2, 1), Some(Evidence::Interaction));
        // Eight recipients need not know each other; 0 and 2 were never together.
        assert_eq!((tier(&study, 3, 4), tier(&study, 0, 2)), (None, None));
        for tie in study.network.graph.edge_weights_mut() {
            tie.evidence = Evidence::Inferred;
        }
        assert_eq!((tier(&study, 0, 1), tier(&study, 2, 1)), (None, None));
    }
}
