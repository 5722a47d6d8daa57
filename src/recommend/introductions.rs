//! Introductions of an audit: limits, pairs to bring together, ways to those the goals name, the ledger, and how likely two meet.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::NodeIndex;

use crate::audit::{
    IntroductionLimits, Introductions, Ledger, Load, Meeting, Rule, Tags, TargetKind, WaysIn,
};
use crate::canonical;
use crate::config::KnownOutcome;
use crate::introductions::circle::{Between, Circle, Contact, LIKELY};
use crate::introductions::give::Ranking;
use crate::introductions::meeting;
use crate::introductions::ways::Doors;
use crate::network::id;
use crate::people::attributes::Class;
use crate::study::Study;
use crate::ties::alter_ties;
use crate::units::{Day, Evidence, count};

use super::limits::{Limits, may_ask};
use super::{Context, ledger};

/// Days of the load.
const LOADED: i32 = 180;
/// Days of a quarter.
const QUARTER: i32 = 91;
/// What is taken for granted of a word said: four of five.
const WILLING: [f64; 2] = [4.0, 1.0];

/// Everything on introductions; `None` without a log.
pub(super) fn of(context: &Context, limits: &Limits) -> Option<Introductions> {
    let study = context.study;
    if !study.has_log() {
        return None;
    }
    let mut ledger = ledger::ledger(context);
    let bounds = bounds(context, limits, &ledger);
    leave_out(&mut ledger, &bounds);
    let now = circle(context);
    let before = study.at(study.as_of.plus(-meeting::HORIZON));
    let meeting: Meeting = meeting::learn(&bare(&before), &now);
    let given = Ranking::new(&now, &bounds, &meeting).given();
    let ways = ways(context, &now, &bounds);
    Some(Introductions {
        limits: Some(bounds),
        meeting,
        give: given.chosen,
        matrix: given.matrix,
        ways,
        ledger,
    })
}

/// Takes out of the ledger whom the owner wants to hear nothing of.
fn leave_out(ledger: &mut Ledger, bounds: &IntroductionLimits) {
    let barred =
        |id: &String| matches!(bounds.suppressed.get(id), Some(Rule::NeverContact | Rule::Private));
    ledger.brokers.retain(|broker| !barred(&broker.id));
    for broker in &mut ledger.brokers {
        broker.opened.retain(|door| !barred(&door.id));
    }
    ledger.brokers.retain(|broker| !broker.opened.is_empty());
    ledger.given.retain(|given| !given.people.iter().any(barred));
}

/// Pairs of `[introductions] apart` of which a side fits nobody: they cannot be kept apart.
pub(super) fn apart_unmatched(context: &Context) -> usize {
    let apart = context.config.introductions.apart.iter();
    apart.filter(|pair| pair.iter().any(|text| ledger::all(context, text).is_empty())).count()
}

fn bounds(context: &Context, limits: &Limits, ledger: &Ledger) -> IntroductionLimits {
    let config = &context.config.introductions;
    let key = |at: usize| context.person(at).key.clone();
    let all = 0..context.study.ties.len();
    let suppressed =
        all.clone().filter_map(|at| Some((key(at), limits.suppresses(context, at)?))).collect();
    let not_asked = all.filter(|at| !may_ask(context, *at)).map(key).collect();
    // Where a name is shared, everybody of that name is kept apart.
    let apart = config.apart.iter().flat_map(|[a, b]| {
        let others = ledger::all(context, b);
        let pairs = ledger::all(context, a);
        pairs
            .into_iter()
            .flat_map(move |a| others.clone().into_iter().map(move |b| [key(a), key(b)]))
    });
    let mut tags: BTreeMap<String, Tags> = BTreeMap::new();
    for (is_need, lists) in [(true, &config.needs), (false, &config.offers)] {
        for (tag, people) in lists {
            for at in people.iter().filter_map(|text| ledger::one(context, text)) {
                let tags = tags.entry(key(at)).or_default();
                let list = if is_need { &mut tags.needs } else { &mut tags.offers };
                list.push(tag.trim().to_lowercase());
            }
        }
    }
    let (met, not) = (f64::from(ledger.asked_met), f64::from(ledger.asked_not));
    IntroductionLimits {
        a_person: config.a_person,
        asks: config.asks,
        will: (WILLING[0] + met) / (WILLING[0] + WILLING[1] + met + not),
        suppressed,
        not_asked,
        apart: apart.collect(),
        acquainted: acquainted(context),
        tags,
        load: load(context, ledger),
    }
}

/// Pairs who know each other though no tie among the contacts says so, in the order of contacts.
fn acquainted(context: &Context) -> Vec<[String; 2]> {
    let study = context.study;
    let mut found: BTreeSet<[usize; 2]> = BTreeSet::new();
    // A request or an endorsement is no contact, and a channel may weigh nothing; that the two know each other it says.
    for event in study.events.until(study.as_of) {
        if event.channel.is_contact() && study.model.weight(event.channel) > 0.0 {
            continue;
        }
        if let [a, b] = study.events.people(event) {
            found.extend(study.place(*a).zip(study.place(*b)).map(|(a, b)| [a, b]));
        }
    }
    // What the owner told of, unless nothing came of it; one that is under way is not begun again.
    for known in context.config.introductions.known.iter().filter(|known| known.is_own()) {
        let places: Vec<usize> =
            known.people.iter().filter_map(|text| ledger::one(context, text)).collect();
        let has_begun = Day::from_date(known.on) <= study.as_of;
        if let ([a, b], true) = (&places[..], has_begun && known.outcome != KnownOutcome::Declined)
        {
            found.insert([*a, *b]);
        }
    }
    // Ties that the settings leave out of the network are seen all the same.
    if study.min_evidence < Evidence::CoPresence {
        let mut is_contact = vec![false; study.people.people.len()];
        for tie in &study.ties {
            is_contact[tie.who.index()] = true;
        }
        let lowest = Evidence::CoPresence;
        let (all, _) = alter_ties(&study.events, &is_contact, study.as_of, &study.model, lowest);
        let likely = all.iter().filter(|tie| tie.probability >= LIKELY);
        found.extend(likely.filter_map(|tie| Some([study.place(tie.a)?, study.place(tie.b)?])));
    }
    let graph = &study.network.graph;
    let is_tied = |a: usize, b: usize| {
        let edge = graph.find_edge(NodeIndex::new(a), NodeIndex::new(b));
        edge.is_some_and(|edge| graph[edge].probability >= LIKELY)
    };
    let key = |at: usize| context.person(at).key.clone();
    let sorted: BTreeSet<[usize; 2]> =
        found.into_iter().map(|[a, b]| [a.min(b), a.max(b)]).collect();
    let open = sorted.into_iter().filter(|[a, b]| a != b && !is_tied(*a, *b));
    open.map(|pair| pair.map(key)).collect()
}

/// What was asked of people lately.
fn load(context: &Context, ledger: &Ledger) -> BTreeMap<String, Load> {
    let mut load: BTreeMap<String, Load> = BTreeMap::new();
    let as_of = context.study.as_of;
    for given in &ledger.given {
        let ago = as_of.since(Day::from_date(given.on));
        for who in given.people.iter().filter(|_| (0..LOADED).contains(&ago)) {
            let load = load.entry(who.clone()).or_default();
            load.introduced += 1;
            load.in_quarter += u32::from(ago < QUARTER);
        }
    }
    // An ask still open counts like one that was answered; what the log alone shows was not asked for.
    for known in context.config.introductions.known.iter().filter(|known| !known.is_own()) {
        let ago = as_of.since(Day::from_date(known.on));
        let broker = ledger::one(context, &known.by).filter(|_| (0..QUARTER).contains(&ago));
        if let Some(broker) = broker {
            load.entry(context.person(broker).key.clone()).or_default().asked += 1;
        }
    }
    load
}

/// The contacts and ties of a study at an earlier day, without what only today tells.
fn bare(study: &Study) -> Circle {
    let contacts = study
        .ties
        .iter()
        .map(|tie| Contact { id: study.people.person(tie.who).key.clone(), ..Contact::default() });
    with(study, contacts.collect())
}

fn with(study: &Study, contacts: Vec<Contact>) -> Circle {
    let ties = study.network.graph.edge_references().map(|edge| {
        use petgraph::visit::EdgeRef;
        let (a, b) = (edge.source().index(), edge.target().index());
        let tie = edge.weight();
        Between {
            ends: [id(a.min(b)), id(a.max(b))],
            weight: tie.weight,
            probability: tie.probability,
            evidence: tie.evidence,
            events: tie.events,
            first: tie.first,
            last: tie.last,
        }
    });
    let owner = study.people.person(study.people.owner).key.clone();
    Circle::new(owner, study.as_of, contacts, ties.collect(), study.midpoint)
}

fn circle(context: &Context) -> Circle {
    let study = context.study;
    let contacts = study.ties.iter().enumerate().map(|(at, tie)| {
        let person = context.person(at);
        let class = |class: &Option<Class>| class.as_ref().map(|class| class.code.to_owned());
        let chance = context.chance(at);
        Contact {
            id: person.key.clone(),
            strength: tie.strength,
            is_active: tie.rhythm.active,
            interactions: count(tie.touches.len()),
            last: tie.touches.last().map(|touch| touch.day.date()).filter(|_| !tie.days.is_empty()),
            community: context.letter(at),
            function: class(&person.function),
            industry: class(&person.industry),
            seniority: class(&person.seniority),
            company: person.company_key.clone(),
            contact: [chance.map(|chance| chance.now), chance.map(|chance| chance.touched)],
        }
    });
    with(study, contacts.collect())
}

/// Ways to the employers and people of the goals, heaviest goal first; nobody is asked more often than allowed over all of
/// them.
fn ways(context: &Context, circle: &Circle, limits: &IntroductionLimits) -> Vec<WaysIn> {
    let aims = &context.study.aims;
    let people = aims.people.iter().filter_map(|(text, weight)| {
        let at = ledger::one(context, text)?;
        Some((*weight, TargetKind::Person, circle.contacts[at].id.clone(), vec![at]))
    });
    let companies = aims.companies.iter().map(|(name, weight)| {
        let key = canonical::company(name);
        let at = |at: &usize| circle.contacts[*at].company.as_ref() == Some(&key);
        let places = (0..circle.contacts.len()).filter(at).collect();
        (*weight, TargetKind::Company, name.clone(), places)
    });
    let mut wanted: Vec<(f64, TargetKind, String, Vec<usize>)> = people.chain(companies).collect();
    wanted.retain(|one| one.1 != TargetKind::Person || !limits.suppressed.contains_key(&one.2));
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.2.cmp(&b.2)));
    let mut doors = Doors::new(circle, limits);
    wanted
        .iter()
        .map(|(_, kind, name, places)| {
            let found = doors.ways(name, *kind, places);
            doors.spend(&found);
            found
        })
        .collect()
}
