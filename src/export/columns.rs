//! What is known of people and ties, as columns.

use crate::audit::{Audit, Person, Rhythm, Tie};
use crate::frame::{Named, Values};

/// The contacts, one row each: `id, name, profile_url, company, position, connected_on, function, seniority, industry,
/// community`, then one column a measure id.
#[must_use]
pub fn people(audit: &Audit) -> Vec<Named> {
    let people: Vec<Option<&Person>> = audit.people.iter().map(Some).collect();
    let mut columns = vec![
        text("id", &people, |person| Some(person.id.clone())),
        text("name", &people, |person| Some(person.name.clone())),
        text("profile_url", &people, |person| person.profile_url.clone()),
    ];
    columns.extend(known(audit, &people));
    columns
}

/// The ties, one row each, the owner's first: `a, b, evidence, strength, interactions, a_to_b, b_to_a, first, last,
/// contact_days, …`. Days of the owner's ties with nothing but a connection are that of connecting.
#[must_use]
pub fn ties(audit: &Audit) -> Vec<Named> {
    let ties: Vec<&Tie> = audit.ties.iter().collect();
    let mut columns = vec![
        column("a", Values::Text(ties.iter().map(|tie| tie.a.clone()).collect())),
        column("b", Values::Text(ties.iter().map(|tie| tie.b.clone()).collect())),
    ];
    let mut rest = of_ties(&ties);
    let strength = Values::Number(ties.iter().map(|tie| tie.strength).collect());
    rest.insert(1, column("strength", strength));
    columns.extend(rest);
    columns
}

/// What is known of the owner and the contacts beside id and name.
pub(super) fn of_nodes(audit: &Audit) -> Vec<Named> {
    let nodes: Vec<Option<&Person>> =
        std::iter::once(None).chain(audit.people.iter().map(Some)).collect();
    let owner = nodes.iter().map(|node| Some(node.is_none())).collect();
    let mut columns = vec![column("owner", Values::MaybeFlag(owner))];
    columns.extend(known(audit, &nodes));
    columns
}

fn known(audit: &Audit, people: &[Option<&Person>]) -> Vec<Named> {
    let connected = people.iter().map(|person| person.and_then(|person| person.connected_on));
    let mut columns = vec![
        text("company", people, |person| person.company.clone()),
        text("position", people, |person| person.position.clone()),
        column("connected_on", Values::MaybeDay(connected.collect())),
        text("function", people, |person| person.function.clone()),
        text("seniority", people, |person| person.seniority.clone()),
        text("industry", people, |person| person.industry.clone()),
        text("community", people, |person| person.community.clone()),
    ];
    columns.extend(measures(audit, people));
    columns
}

/// The measures anybody has, sorted. Nearly all people have the same ones, so each person's are compared with those known.
fn ids(audit: &Audit) -> Vec<&String> {
    let mut ids: Vec<&String> = Vec::new();
    for person in &audit.people {
        let mut at = 0;
        for id in person.measures.keys() {
            at += ids[at..].iter().take_while(|known| **known < id).count();
            if ids.get(at).is_none_or(|known| *known != id) {
                ids.insert(at, id);
            }
            at += 1;
        }
    }
    ids
}

/// A column a measure: each person's measures, sorted as the ids are, are walked once.
fn measures(audit: &Audit, people: &[Option<&Person>]) -> Vec<Named> {
    let ids = ids(audit);
    let mut columns: Vec<Vec<Option<f64>>> = vec![vec![None; people.len()]; ids.len()];
    for (at, person) in people.iter().enumerate() {
        let Some(person) = person else { continue };
        let mut own = person.measures.iter().peekable();
        for (id, column) in ids.iter().zip(&mut columns) {
            if let Some((_, value)) = own.next_if(|(own, _)| own == id) {
                column[at] = *value;
            }
        }
    }
    let named = ids.into_iter().zip(columns);
    let column = |(id, values): (&String, _)| Named {
        name: id.clone().into(),
        values: Values::MaybeNumber(values),
    };
    named.map(column).collect()
}

/// What is known of ties beside ends and strength.
pub(super) fn of_ties(ties: &[&Tie]) -> Vec<Named> {
    let count = |name, read: fn(&Rhythm) -> Option<u32>| {
        let values = ties.iter().map(|tie| tie.rhythm.as_ref().and_then(read)).collect();
        column(name, Values::MaybeCount(values))
    };
    let number = |name, read: fn(&Rhythm) -> Option<f64>| {
        let values = ties.iter().map(|tie| tie.rhythm.as_ref().and_then(read)).collect();
        column(name, Values::MaybeNumber(values))
    };
    let state = |tie: &&Tie| tie.rhythm.as_ref().map(|rhythm| rhythm.state.name().to_owned());
    let active = |tie: &&Tie| tie.rhythm.as_ref().map(|rhythm| rhythm.active);
    vec![
        column("evidence", Values::Word(ties.iter().map(|tie| tie.evidence.name()).collect())),
        column("interactions", Values::Count(ties.iter().map(|tie| tie.interactions).collect())),
        count("a_to_b", |r| Some(r.out)),
        count("b_to_a", |r| Some(r.incoming)),
        column("first", Values::MaybeDay(ties.iter().map(|tie| tie.first).collect())),
        column("last", Values::MaybeDay(ties.iter().map(|tie| tie.last).collect())),
        count("contact_days", |r| Some(r.contact_days)),
        number("usual_gap", |r| r.usual_gap),
        number("wanted_gap", |r| r.wanted_gap),
        count("silent", |r| r.silent),
        number("p_contact", |r| r.p_contact),
        number("burstiness", |r| r.burstiness),
        number("value", |r| Some(r.at_risk?.value)),
        number("risk", |r| Some(r.at_risk?.risk)),
        number("reachability", |r| Some(r.at_risk?.reachability)),
        column("state", Values::MaybeText(ties.iter().map(state).collect())),
        column("active", Values::MaybeFlag(ties.iter().map(active).collect())),
        column(
            "probability",
            Values::MaybeNumber(ties.iter().map(|tie| tie.probability).collect()),
        ),
    ]
}

fn column(name: &'static str, values: Values) -> Named {
    Named { name: name.into(), values }
}

fn text(
    name: &'static str,
    people: &[Option<&Person>],
    read: fn(&Person) -> Option<String>,
) -> Named {
    let values = people.iter().map(|person| person.and_then(read)).collect();
    column(name, Values::MaybeText(values))
}
