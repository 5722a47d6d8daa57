//! Redaction: the one gate between an audit and anybody who reads it.
//!
//! Writers take a [`Shown`], and only [`redact`] makes one, for a level that was named. A redacted [`Audit`] holds no
//! name, profile link, address, employer or title of anybody, nor a sentence that might quote one. Since reports are
//! drawn from an audit alone, no writer can leak what is not in it. A redacted audit is marked and cannot be the base
//! of a later comparison. Structures are taken apart field by field here: a new field does not compile until somebody
//! has said what becomes of it.

use std::collections::BTreeMap;

use crate::audit::{
    Action, Audit, Changes, Closing, Ego, Findings, GoalsFound, Input, Introductions, LetRest,
    Person, PersonChange, Planning, Position, Reason, Redaction, TargetKind, Tie,
};

/// An audit that may be shown: it went through [`redact`].
#[derive(Debug, Clone, PartialEq)]
pub struct Shown(Audit);

impl Shown {
    /// The audit at its level.
    #[must_use]
    pub fn audit(&self) -> &Audit {
        &self.0
    }
}

/// The audit with no more than `level` shows; one that shows less already stays as it is.
///
/// At [`Redaction::Full`] nothing is changed or copied.
#[must_use]
pub fn redact(mut audit: Audit, level: Redaction) -> Shown {
    if level <= audit.redaction {
        return Shown(audit);
    }
    let labels = Labels::of(&audit, level);
    let Audit {
        ego,
        redaction,
        as_of_from,
        inputs,
        people,
        ties,
        findings,
        actions,
        let_rest,
        planning,
        // Numbers, days and fixed words.
        schema_version: _,
        tool: _,
        as_of: _,
        period: _,
        seed: _,
        settings: _,
        network: _,
        refused: _,
    } = &mut audit;
    *redaction = level;
    // It may be a file's name.
    as_of_from.clear();
    *ego = Ego {
        id: "owner".to_owned(),
        name: "Owner".to_owned(),
        found_by: String::new(),
        profile_url: None,
    };
    for (number, input) in (1..).zip(&mut *inputs) {
        redact_input(input, number);
    }
    for person in &mut *people {
        redact_person(person, &labels);
    }
    for tie in &mut *ties {
        redact_tie(tie, &labels);
    }
    // The order of the file was that of the names.
    people.sort_by_key(|person| number(&person.id));
    ties.sort_by_key(|tie| (number(&tie.a), number(&tie.b)));
    redact_findings(findings, &labels);
    for action in &mut *actions {
        redact_action(action, &labels);
    }
    // Candidates name people whom nobody turned to: a shared copy needs none, and is planned anew from the full one.
    redact_planning(planning);
    for rest in &mut *let_rest {
        redact_resting(rest, &labels);
    }
    if level == Redaction::Aggregate {
        people.clear();
        ties.clear();
        actions.clear();
        let_rest.clear();
        findings.bridges.clear();
        findings.dormant.clear();
        if let Some(all) = &mut findings.introductions {
            all.give.clear();
            all.ways.clear();
            all.ledger.brokers.clear();
            all.ledger.given.clear();
        }
        findings.attention.people.clear();
        findings.bandwidth.clear();
        if let Some(found) = &mut findings.follow_through {
            found.actions.clear();
        }
        if let Some(changes) = &mut findings.changes {
            changes.people.clear();
            changes.jobs.clear();
            changes.companies.clear();
            changes.ties.clear();
            changes.noise.clear();
            changes.bridges.clear();
        }
        if let Some(goals) = &mut findings.goals {
            goals.people.clear();
            goals.closing = None;
        }
        for strait in &mut findings.straits {
            strait.spanned_by.clear();
            strait.joined_by.clear();
            strait.hangs_on.clear();
        }
        findings.constraint_causes.iter_mut().for_each(|causes| causes.people.clear());
        findings.strengthen.iter_mut().for_each(|all| all.ties.clear());
        if let Some(all) = &mut findings.with_inferred {
            all.numbers.retain(|band| band.id.is_none());
        }
    }
    Shown(audit)
}

fn redact_input(input: &mut Input, number: u32) {
    let Input {
        file,
        format,
        problems,
        // Counts, days and codes.
        kind: _,
        rows_read: _,
        rows_used: _,
        rows_skipped: _,
        first: _,
        last: _,
        counts: _,
        remarks: _,
        noise: _,
        coverage: _,
    } = input;
    // File names may hold the owner's name; problems and formats may quote the file.
    *file = format!("source {number}");
    format.clear();
    problems.clear();
}

fn redact_tie(tie: &mut Tie, labels: &Labels) {
    tie.a = labels.id(&tie.a);
    tie.b = labels.id(&tie.b);
    let Some(rhythm) = &mut tie.rhythm else { return };
    // What the owner wants of whom is the owner's.
    rhythm.wanted_gap = None;
    if let Some(met) = rhythm.exchange.as_mut().and_then(|exchange| exchange.met.as_mut()) {
        // The day of connecting may be known to others: the month is enough.
        met.on = met.on.first_of_month();
    }
}

fn redact_person(person: &mut Person, labels: &Labels) {
    let Person {
        id,
        aliases,
        name,
        emails,
        first_name,
        profile_url,
        company,
        position,
        connected_on,
        joined,
        // Classes, letters and numbers.
        function: _,
        seniority: _,
        industry: _,
        relative_seniority: _,
        time_known: _,
        relation: _,
        community: _,
        measures: _,
    } = person;
    (*id, *name) = labels.of_person(id);
    first_name.clone_from(name);
    aliases.clear();
    emails.clear();
    *profile_url = None;
    *company = None;
    *position = None;
    *connected_on = None;
    *joined = None;
}

fn redact_findings(findings: &mut Findings, labels: &Labels) {
    let Findings {
        attention,
        communities,
        straits,
        bridges,
        diversity,
        dormant,
        identity,
        homophily,
        goals,
        bandwidth,
        constraint_causes,
        strengthen,
        with_inferred,
        follow_through,
        changes,
        introductions,
        // Classes, numbers and fixed words.
        volume: _,
        weak_ties: _,
        diversity_change: _,
        joint: _,
        layers: _,
        replies: _,
        signature: _,
        survival: _,
        strength_fit: _,
        quarters: _,
        states: _,
        notes: _,
        // Counts and rates alone.
        forecast: _,
    } = findings;
    for id in &mut attention.people {
        *id = labels.id(id);
    }
    // Keys, names and employers of both sides; the counts stay.
    identity.merges.clear();
    identity.asks.clear();
    for community in communities {
        community.name = format!("Circle {}", community.letter);
    }
    for strait in straits {
        for id in
            strait.spanned_by.iter_mut().chain(&mut strait.joined_by).chain(&mut strait.hangs_on)
        {
            *id = labels.id(id);
        }
    }
    let causes = constraint_causes.iter_mut().flat_map(|causes| &mut causes.people);
    let added = strengthen.iter_mut().flat_map(|all| &mut all.ties).map(|tie| &mut tie.id);
    let bands = with_inferred.iter_mut().flat_map(|all| &mut all.numbers);
    for id in causes
        .map(|person| &mut person.id)
        .chain(added)
        .chain(bands.filter_map(|band| band.id.as_mut()))
    {
        *id = labels.id(id);
    }
    for bridge in bridges {
        bridge.id = labels.id(&bridge.id);
    }
    for tie in dormant {
        tie.id = labels.id(&tie.id);
    }
    for found in diversity.iter_mut().filter(|found| found.dimension == "company") {
        for (number, class) in (1..).zip(&mut found.classes) {
            if class.class != "unknown" {
                class.class = format!("Employer {number}");
            }
        }
    }
    for found in homophily.iter_mut().filter(|found| found.dimension == "company") {
        found.own = found.own.as_ref().map(|_| "own employer".to_owned());
    }
    for contact in bandwidth {
        contact.id = labels.id(&contact.id);
    }
    for past in follow_through.iter_mut().flat_map(|found| &mut found.actions) {
        past.people = past.people.iter().map(|id| labels.id(id)).collect();
        past.id = format!("{}:{}", past.kind.name(), past.people.join("+"));
    }
    if let Some(goals) = goals {
        redact_goals(goals, labels);
    }
    if let Some(changes) = changes {
        redact_changes(changes, labels);
    }
    if let Some(all) = introductions {
        redact_introductions(all, labels);
    }
}

/// Who came, went, moved; employers and titles are left out, so a changed position says its kind alone.
fn redact_changes(changes: &mut Changes, labels: &Labels) {
    let Changes {
        people,
        jobs,
        companies,
        ties,
        noise,
        bridges,
        // Days, channels and numbers.
        since: _,
        to: _,
        weeks: _,
        coverage: _,
        tested: _,
        headlines: _,
        turnover: _,
        diversity: _,
        circles: _,
        layers: _,
        graph: _,
    } = changes;
    for PersonChange { id, name, from, kind: _ } in people {
        (*id, *name) = labels.of_person(id);
        *from = None;
    }
    for job in jobs {
        (job.id, job.from, job.to) = (labels.id(&job.id), Position::default(), Position::default());
    }
    for (number, company) in (1..).zip(companies) {
        company.from = format!("Employer {number}, then");
        company.to = format!("Employer {number}, now");
        company.people.clear();
    }
    for tie in ties.iter_mut().chain(noise) {
        tie.id = labels.id(&tie.id);
    }
    for bridge in bridges {
        bridge.id = labels.id(&bridge.id);
    }
}

/// People by label; limits and what the owner wrote down of people go altogether.
fn redact_introductions(all: &mut Introductions, labels: &Labels) {
    let Introductions { limits, meeting: _, give, matrix: _, ways, ledger } = all;
    *limits = None;
    let relabel = |id: &mut String| *id = labels.id(id);
    for pair in give {
        relabel(&mut pair.a);
        relabel(&mut pair.b);
        // What somebody needs is said in the owner's words.
        for reason in &mut pair.reasons {
            if let Reason::NeedMet(what) = reason {
                what.clear();
            }
        }
    }
    for (number, way) in (1..).zip(ways) {
        way.target = match way.kind {
            TargetKind::Person => labels.id(&way.target),
            TargetKind::Company => format!("Wanted employer {number}"),
            TargetKind::Industry | TargetKind::Function | TargetKind::Seniority => {
                std::mem::take(&mut way.target)
            }
        };
        for hop in way.ways.iter_mut().flat_map(|way| &mut way.hops) {
            relabel(&mut hop.from);
            relabel(&mut hop.to);
        }
        if let Some(warm) = &mut way.warm_up {
            relabel(&mut warm.id);
        }
    }
    for broker in &mut ledger.brokers {
        relabel(&mut broker.id);
        for door in &mut broker.opened {
            relabel(&mut door.id);
            door.on = door.on.first_of_month();
        }
    }
    for given in &mut ledger.given {
        given.people.iter_mut().for_each(relabel);
        given.on = given.on.first_of_month();
    }
}

/// Employers and people named as goals.
fn redact_goals(goals: &mut GoalsFound, labels: &Labels) {
    let GoalsFound { companies, people, closing, preset: _, mentor: _ } = goals;
    for (number, company) in (1..).zip(companies) {
        company.name = format!("Wanted employer {number}");
    }
    for person in people {
        person.name = labels.id(&person.name);
    }
    let Some(Closing { people, demands, fewest: _, is_smallest: _ }) = closing else { return };
    for id in people {
        *id = labels.id(id);
    }
    for (number, demand) in (1..).zip(demands) {
        match demand.dimension.as_str() {
            "company" => demand.class = format!("Wanted employer {number}"),
            "people" => demand.class = labels.id(&demand.class),
            _ => {}
        }
    }
}

/// The number of a label's id; the owner comes first.
fn number(id: &str) -> u32 {
    id.strip_prefix("contact-").and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn redact_planning(planning: &mut Planning) {
    *planning = Planning {
        from: planning.from,
        choice: planning.choice,
        together: std::mem::take(&mut planning.together),
        ..Planning::default()
    };
}

fn redact_resting(rest: &mut LetRest, labels: &Labels) {
    let LetRest { id, reason, until: _, card } = rest;
    let (label, name) = labels.of_person(id);
    *id = label;
    *reason = format!("{name} has not answered.");
    if let Some(card) = card {
        redact_action(card, labels);
        card.reason.clone_from(reason);
    }
}

fn redact_action(action: &mut Action, labels: &Labels) {
    let Action {
        id,
        people,
        reason,
        evidence,
        kind,
        talking_point,
        // Fixed words, days and numbers.
        expires: _,
        expected: _,
        effects: _,
        tier: _,
        goal: _,
        first_move: _,
        channel: _,
        minutes: _,
        not_before: _,
        do_by: _,
        confidence: _,
        skip_if: _,
        judged_by: _,
        gain: _,
    } = action;
    *talking_point = None;
    let names: Vec<String> = people.iter().map(|id| labels.of_person(id).1).collect();
    *people = people.iter().map(|id| labels.id(id)).collect();
    let kind = kind.name();
    *id = format!("{kind}:{}", people.join("+"));
    let sentence = format!("{} with {}", kind.replace('-', " "), names.join(" and "));
    // Initials end with a full stop of their own.
    *reason = if sentence.ends_with('.') { sentence } else { sentence + "." };
    evidence.clear();
}

/// Labels in place of people.
struct Labels {
    by_id: BTreeMap<String, (String, String)>,
}

impl Labels {
    fn of(audit: &Audit, level: Redaction) -> Self {
        let mut by_id = BTreeMap::new();
        by_id.insert(audit.ego.id.clone(), ("owner".to_owned(), "Owner".to_owned()));
        // Numbered by strength, so that a label says nothing about the alphabet.
        let mut order: Vec<(f64, &str, &str)> = audit
            .people
            .iter()
            .map(|person| {
                let strength = person.measures.get("strength").copied().flatten().unwrap_or(0.0);
                (strength, person.id.as_str(), person.name.as_str())
            })
            .collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        for (number, (_, id, name)) in (1..).zip(order) {
            let label = match level {
                Redaction::Initials => initials(name),
                _ => format!("Contact {number}"),
            };
            by_id.insert(id.to_owned(), (format!("contact-{number}"), label));
        }
        Self { by_id }
    }

    /// Id and name; anybody unknown here (left out of the people) gets a blank label.
    fn of_person(&self, id: &str) -> (String, String) {
        let blank = || ("contact".to_owned(), "Contact".to_owned());
        self.by_id.get(id).cloned().unwrap_or_else(blank)
    }

    fn id(&self, id: &str) -> String {
        self.of_person(id).0
    }
}

/// `A. L.` of "Ana Lopes"; at most two letters, so that no rare name is spelled out.
fn initials(name: &str) -> String {
    let words: Vec<char> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .filter(|first| first.is_alphabetic())
        .collect();
    let (first, last) = (words.first(), words.last());
    match (first, last) {
        (Some(a), Some(b)) if words.len() > 1 => {
            format!("{}. {}.", a.to_uppercase(), b.to_uppercase())
        }
        (Some(a), _) => format!("{}.", a.to_uppercase()),
        _ => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_of_odd_names() {
        assert_eq!(initials("Ana Maria Lopes"), "A. L.");
        assert_eq!(initials("Madhu"), "M.");
        assert_eq!(initials("…"), "–");
        assert_eq!(initials("émile"), "É.");
    }
}
