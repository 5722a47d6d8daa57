//! A person taken out of saved audits and decision files.
//!
//! Responsible for what an audit holds of somebody: the person, their ties, every list that names them, every sentence that does.
//! Numbers that were told stay as they were told: they count people and name nobody. The audit is taken apart field by field, so a
//! new field does not compile until somebody has said what becomes of it. The sources are not touched: they are the user's own.

mod decisions;
mod keys;

pub use decisions::from_decisions;
pub use keys::Keys;

use crate::audit::{
    Action, Audit, Changes, Closing, Findings, FollowThrough, GoalsFound, Identity, Introductions,
    Planning, Reason,
};

/// Stands where a name stood in a sentence about others.
const SOMEBODY: &str = "somebody";

/// The audit without the person of these keys, and how many entries named them; `None` where it never did.
#[must_use]
pub fn from_audit(mut audit: Audit, keys: &Keys) -> Option<(Audit, usize)> {
    let mut removed = 0;
    let Audit {
        people,
        ties,
        findings,
        actions,
        let_rest,
        planning,
        inputs,
        as_of_from,
        // Days, settings, numbers and fixed words; the owner is not forgotten.
        schema_version: _,
        tool: _,
        as_of: _,
        period: _,
        seed: _,
        redaction: _,
        ego: _,
        settings: _,
        network: _,
        refused: _,
    } = &mut audit;
    drop_from(people, &mut removed, |person| keys.is(&person.id));
    drop_from(ties, &mut removed, |tie| keys.is(&tie.a) || keys.is(&tie.b));
    drop_from(actions, &mut removed, |action| names(action, keys));
    drop_from(let_rest, &mut removed, |rest| keys.is(&rest.id));
    for person in people {
        // An employer may be named after them, and so may a title: "Assistant to …".
        for text in [&mut person.company, &mut person.position] {
            if text.as_ref().is_some_and(|text| keys.is_namesake(text)) {
                *text = None;
                removed += 1;
            }
        }
    }
    for action in actions {
        removed += scrub_action(action, keys);
    }
    for rest in let_rest {
        removed += keys.scrub(&mut rest.reason, SOMEBODY);
        removed += rest.card.iter_mut().map(|card| scrub_action(card, keys)).sum::<usize>();
    }
    removed += from_planning(planning, keys) + from_findings(findings, keys);
    for input in inputs {
        // A remark may quote the row.
        drop_from(&mut input.problems, &mut removed, |problem| keys.is_in(&problem.message));
        removed += keys.scrub(&mut input.file, SOMEBODY) + keys.scrub(&mut input.format, SOMEBODY);
    }
    // It may be a file's name.
    removed += keys.scrub(as_of_from, SOMEBODY);
    (removed > 0).then_some((audit, removed))
}

fn drop_from<T>(list: &mut Vec<T>, removed: &mut usize, is: impl Fn(&T) -> bool) {
    let before = list.len();
    list.retain(|one| !is(one));
    *removed += before - list.len();
}

fn names(action: &Action, keys: &Keys) -> bool {
    action.people.iter().any(|id| keys.is(id))
}

fn scrub_action(action: &mut Action, keys: &Keys) -> usize {
    let texts =
        [&mut action.reason, &mut action.first_move].into_iter().chain(&mut action.evidence);
    texts.chain(&mut action.talking_point).map(|text| keys.scrub(text, SOMEBODY)).sum()
}

fn scrub_employer(name: &mut String, keys: &Keys) -> usize {
    if keys.is_namesake(name) { keys.scrub(name, SOMEBODY) } else { 0 }
}

fn from_planning(planning: &mut Planning, keys: &Keys) -> usize {
    let Planning {
        candidates,
        barred,
        trial,
        // Numbers, days and names of classes and circles.
        gaps,
        straits: _,
        diversity: _,
        bridging: _,
        quiet: _,
        weekends: _,
        minutes_a_week: _,
        hold_out: _,
        from: _,
        choice: _,
        together: _,
    } = planning;
    let mut removed = 0;
    drop_from(candidates, &mut removed, |candidate| names(&candidate.action, keys));
    drop_from(barred, &mut removed, |barred| keys.is(&barred.id));
    // A gap may be a person the owner wants to know, `people:` and the id, or an employer named after them.
    let is_theirs = |gap: &str| match gap.split_once(':') {
        Some(("people", id)) => keys.is(id),
        Some(("company", name)) => keys.is_namesake(name),
        _ => false,
    };
    let before = gaps.len();
    gaps.retain(|gap, _| !is_theirs(gap));
    removed += before - gaps.len();
    for candidate in candidates {
        removed += scrub_action(&mut candidate.action, keys);
        candidate.gaps.retain(|gap| !is_theirs(gap));
    }
    if let Some(trial) = trial {
        drop_from(&mut trial.held_out, &mut removed, |id| keys.is(id));
        drop_from(&mut trial.suggested, &mut removed, |id| keys.is(id));
    }
    removed
}

fn from_findings(findings: &mut Findings, keys: &Keys) -> usize {
    let Findings {
        attention,
        communities,
        straits,
        bridges,
        dormant,
        identity,
        goals,
        bandwidth,
        constraint_causes,
        strengthen,
        with_inferred,
        follow_through,
        changes,
        introductions,
        diversity,
        homophily,
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
        forecast: _,
    } = findings;
    let mut removed = 0;
    // Shares and people stand side by side: both go.
    while let Some(at) = attention.people.iter().position(|id| keys.is(id)) {
        attention.people.remove(at);
        if at < attention.now.len() {
            attention.now.remove(at);
        }
        removed += 1;
    }
    for community in communities {
        removed += keys.scrub(&mut community.name, SOMEBODY);
    }
    for strait in straits {
        for list in [&mut strait.spanned_by, &mut strait.joined_by, &mut strait.hangs_on] {
            drop_from(list, &mut removed, |id| keys.is(id));
        }
    }
    drop_from(bridges, &mut removed, |bridge| keys.is(&bridge.id));
    drop_from(dormant, &mut removed, |tie| keys.is(&tie.id));
    drop_from(bandwidth, &mut removed, |one| keys.is(&one.id));
    if let Some(causes) = constraint_causes {
        drop_from(&mut causes.people, &mut removed, |one| keys.is(&one.id));
    }
    if let Some(all) = strengthen {
        drop_from(&mut all.ties, &mut removed, |one| keys.is(&one.id));
    }
    if let Some(all) = with_inferred {
        let of = |id: &Option<String>| id.as_ref().is_some_and(|id| keys.is(id));
        drop_from(&mut all.numbers, &mut removed, |band| of(&band.id));
    }
    // Shares of employers stay; the name of one goes.
    for found in diversity.iter_mut().filter(|found| found.dimension == "company") {
        let wanted = found.goal.iter_mut().flat_map(|goal| &mut goal.classes);
        let classes = found.classes.iter_mut().map(|one| &mut one.class);
        for class in classes.chain(wanted.map(|one| &mut one.class)) {
            removed += scrub_employer(class, keys);
        }
    }
    for found in homophily.iter_mut().filter(|found| found.dimension == "company") {
        removed += found.own.as_mut().map_or(0, |own| scrub_employer(own, keys));
    }
    removed += from_identity(identity, keys);
    removed += goals.as_mut().map_or(0, |goals| from_goals(goals, keys));
    removed += follow_through.as_mut().map_or(0, |found| from_follow_through(found, keys));
    removed += introductions.as_mut().map_or(0, |all| from_introductions(all, keys));
    removed + changes.as_mut().map_or(0, |changes| from_changes(changes, keys))
}

fn from_introductions(all: &mut Introductions, keys: &Keys) -> usize {
    let Introductions { limits, meeting: _, give, matrix: _, ways, ledger } = all;
    let mut removed = 0;
    let is = |id: &String| keys.is(id);
    if let Some(limits) = limits {
        drop_from(&mut limits.not_asked, &mut removed, is);
        for pairs in [&mut limits.apart, &mut limits.acquainted] {
            drop_from(pairs, &mut removed, |pair| pair.iter().any(is));
        }
        limits.suppressed.retain(|id, _| !keys.is(id));
        limits.tags.retain(|id, _| !keys.is(id));
        limits.load.retain(|id, _| !keys.is(id));
        for tags in limits.tags.values_mut() {
            for text in tags.needs.iter_mut().chain(&mut tags.offers) {
                removed += keys.scrub(text, SOMEBODY);
            }
        }
    }
    drop_from(give, &mut removed, |pair| is(&pair.a) || is(&pair.b));
    for reason in give.iter_mut().flat_map(|pair| &mut pair.reasons) {
        if let Reason::NeedMet(what) = reason {
            removed += keys.scrub(what, SOMEBODY);
        }
    }
    drop_from(ways, &mut removed, |way| is(&way.target) || keys.is_namesake(&way.target));
    for way in ways {
        drop_from(&mut way.ways, &mut removed, |way| {
            way.hops.iter().any(|hop| is(&hop.from) || is(&hop.to))
        });
        way.warm_up = way.warm_up.take().filter(|warm| !is(&warm.id));
    }
    drop_from(&mut ledger.brokers, &mut removed, |broker| is(&broker.id));
    for broker in &mut ledger.brokers {
        drop_from(&mut broker.opened, &mut removed, |door| is(&door.id));
    }
    ledger.brokers.retain(|broker| !broker.opened.is_empty());
    drop_from(&mut ledger.given, &mut removed, |given| given.people.iter().any(is));
    removed
}

fn from_identity(identity: &mut Identity, keys: &Keys) -> usize {
    let mut removed = 0;
    drop_from(&mut identity.merges, &mut removed, |merge| {
        keys.is(&merge.id) || merge.keys.iter().any(|key| keys.is(key))
    });
    drop_from(&mut identity.asks, &mut removed, |ask| keys.is(&ask.a.id) || keys.is(&ask.b.id));
    removed
}

fn from_goals(goals: &mut GoalsFound, keys: &Keys) -> usize {
    let mut removed = 0;
    drop_from(&mut goals.people, &mut removed, |person| keys.is(&person.name));
    drop_from(&mut goals.companies, &mut removed, |company| keys.is_namesake(&company.name));
    if let Some(Closing { people, demands, fewest: _, is_smallest: _ }) = &mut goals.closing {
        drop_from(people, &mut removed, |id| keys.is(id));
        drop_from(demands, &mut removed, |demand| {
            let (dimension, class) = (demand.dimension.as_str(), &demand.class);
            dimension == "people" && keys.is(class)
                || dimension == "company" && keys.is_namesake(class)
        });
    }
    removed
}

fn from_follow_through(found: &mut FollowThrough, keys: &Keys) -> usize {
    let mut removed = 0;
    drop_from(&mut found.actions, &mut removed, |past| past.people.iter().any(|id| keys.is(id)));
    removed
}

fn from_changes(changes: &mut Changes, keys: &Keys) -> usize {
    let mut removed = 0;
    drop_from(&mut changes.people, &mut removed, |one| {
        keys.is(&one.id) || one.from.as_ref().is_some_and(|from| keys.is(from))
    });
    drop_from(&mut changes.jobs, &mut removed, |one| keys.is(&one.id));
    drop_from(&mut changes.ties, &mut removed, |one| keys.is(&one.id));
    drop_from(&mut changes.noise, &mut removed, |one| keys.is(&one.id));
    drop_from(&mut changes.bridges, &mut removed, |one| keys.is(&one.id));
    for job in &mut changes.jobs {
        for text in [&mut job.from, &mut job.to]
            .into_iter()
            .flat_map(|at| [&mut at.company, &mut at.title])
            .filter(|text| text.as_ref().is_some_and(|text| keys.is_namesake(text)))
        {
            *text = None;
            removed += 1;
        }
    }
    drop_from(&mut changes.companies, &mut removed, |one| {
        keys.is_namesake(&one.from) || keys.is_namesake(&one.to)
    });
    for company in &mut changes.companies {
        drop_from(&mut company.people, &mut removed, |id| keys.is(id));
    }
    removed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::fixture::small;

    #[test]
    fn nothing_of_a_forgotten_person_is_left() {
        let mut audit = small();
        audit.people[0].name = "Iris Vale".into();
        audit.findings.attention.people = vec!["iris-vale".into(), "zoe-ek".into()];
        audit.findings.attention.now = vec![0.7, 0.3];
        audit.findings.communities.push(crate::audit::Community {
            letter: "A".into(),
            name: "Around Zoë Ek".into(),
            ..Default::default()
        });
        let mut keys = Keys::default();
        keys.learn(&audit, "zoe-ek");
        let (left, removed) = from_audit(audit.clone(), &keys).unwrap();
        let text = String::from_utf8(left.to_json().unwrap()).unwrap();
        for secret in ["zoe-ek", "Zoë", "zoe@example.org"] {
            assert!(!text.contains(secret), "{secret}");
        }
        assert_eq!((left.people.len(), left.ties.len(), removed), (3, 3, 5));
        assert_eq!(left.findings.attention.now, [0.7]);
        assert_eq!(left.findings.communities[0].name, "Around somebody");
        assert_eq!(from_audit(left, &keys), None, "nothing is left to forget");
    }

    #[test]
    fn an_employer_named_after_them_goes_too() {
        let mut audit = small();
        audit.people[0].company = Some("Zoe Ek Consulting GmbH".into());
        audit.people[0].position = Some("Assistant to Zoë Ek".into());
        let class =
            serde_json::json!({"class": "zoe ek consulting", "people": 1, "share_people": 1.0});
        let found = serde_json::json!({
            "dimension": "company", "people": 1, "known": 1, "headline": true, "classes": [class]
        });
        audit.findings.diversity = vec![serde_json::from_value(found).unwrap()];
        audit.planning.gaps.insert("company:Zoë Ek Consulting".into(), 0.5);
        let mut changes = Changes::default();
        let now = crate::audit::Position {
            company: Some("Zoë Ek Consulting".into()),
            title: Some("Analyst".into()),
        };
        changes.jobs.push(crate::audit::JobChange {
            id: audit.people[0].id.clone(),
            kind: crate::audit::JobChangeKind::Moved,
            from: crate::audit::Position::default(),
            to: now,
        });
        audit.findings.changes = Some(changes);
        let mut keys = Keys::default();
        keys.learn(&audit, "zoe-ek");
        let (left, _) = from_audit(audit, &keys).unwrap();
        let text = String::from_utf8(left.to_json().unwrap()).unwrap().to_lowercase();
        for secret in ["zoe ek", "zoë"] {
            assert!(!text.contains(secret), "{secret}");
        }
        assert_eq!(left.findings.diversity[0].classes[0].class, "somebody consulting");
        let jobs = &left.findings.changes.as_ref().unwrap().jobs;
        assert_eq!(jobs[0].to.title.as_deref(), Some("Analyst"));
    }

    #[test]
    fn a_namesake_stays() {
        let audit = small();
        let mut keys = Keys::default();
        keys.learn(&audit, "tom-berg-1");
        let (left, _) = from_audit(audit, &keys).unwrap();
        assert_eq!(left.people[1].name, "Tom Berg");
        let text = String::from_utf8(left.to_json().unwrap()).unwrap();
        assert!(!text.contains("tom-berg-1") && text.contains("tom-berg-2"));
    }
}
