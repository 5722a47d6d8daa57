//! Redaction: one function every shared copy passes through.
//!
//! A redacted [`Audit`] holds no name, profile link, address, employer or title of anybody, nor a sentence that might
//! quote one. Since reports are drawn from an audit alone, no writer can leak what is not in it. A redacted audit is
//! marked and cannot be the base of a later comparison.

use std::collections::BTreeMap;

use crate::audit::{Action, Audit, Redaction};

/// A copy of the audit that shows no more than `level`.
#[must_use]
pub fn redact(audit: &Audit, level: Redaction) -> Audit {
    if level == Redaction::Full {
        return audit.clone();
    }
    let mut copy = audit.clone();
    copy.redaction = level;
    let labels = Labels::of(audit, level);
    "owner".clone_into(&mut copy.ego.id);
    "Owner".clone_into(&mut copy.ego.name);
    copy.ego.found_by = String::new();
    for (number, input) in (1..).zip(&mut copy.inputs) {
        // File names may hold the owner's name; problems may quote a cell.
        input.file = format!("source {number}");
        input.format = String::new();
        input.problems.clear();
    }
    copy.as_of_from = String::new();
    for person in &mut copy.people {
        let (id, name) = labels.of_person(&person.id);
        person.id = id;
        person.first_name.clone_from(&name);
        person.name = name;
        person.profile_url = None;
        person.company = None;
        person.position = None;
        person.connected_on = None;
    }
    for tie in &mut copy.ties {
        tie.a = labels.id(&tie.a);
        tie.b = labels.id(&tie.b);
    }
    // The order of the file was that of the names.
    copy.people.sort_by_key(|person| number(&person.id));
    copy.ties.sort_by_key(|tie| (number(&tie.a), number(&tie.b)));
    let findings = &mut copy.findings;
    for id in &mut findings.attention.people {
        *id = labels.id(id);
    }
    for community in &mut findings.communities {
        community.name = format!("Circle {}", community.letter);
    }
    for strait in &mut findings.straits {
        for id in &mut strait.spanned_by {
            *id = labels.id(id);
        }
    }
    for bridge in &mut findings.bridges {
        bridge.id = labels.id(&bridge.id);
    }
    for found in findings.diversity.iter_mut().filter(|found| found.dimension == "company") {
        for (number, class) in (1..).zip(&mut found.classes) {
            if class.class != "unknown" {
                class.class = format!("Employer {number}");
            }
        }
    }
    for action in &mut copy.actions {
        redact_action(action, &labels);
    }
    for rest in &mut copy.let_rest {
        let (id, name) = labels.of_person(&rest.id);
        rest.id = id;
        rest.reason = format!("{name} has not answered.");
    }
    if level == Redaction::Aggregate {
        copy.people.clear();
        copy.ties.clear();
        copy.actions.clear();
        copy.let_rest.clear();
        copy.findings.bridges.clear();
        copy.findings.attention.people.clear();
        copy.findings.straits.iter_mut().for_each(|strait| strait.spanned_by.clear());
    }
    copy
}

/// The number of a label's id; the owner comes first.
fn number(id: &str) -> u32 {
    id.strip_prefix("contact-").and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn redact_action(action: &mut Action, labels: &Labels) {
    let names: Vec<String> = action.people.iter().map(|id| labels.of_person(id).1).collect();
    action.people = action.people.iter().map(|id| labels.id(id)).collect();
    let kind = action.id.split(':').next().unwrap_or("action").to_owned();
    action.id = format!("{kind}:{}", action.people.join("+"));
    action.reason = format!("{} with {}.", kind.replace('-', " "), names.join(" and "));
    action.evidence.clear();
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
