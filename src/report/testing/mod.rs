//! Invented audits for development and tests: one rich, and the edges.
//!
//! Responsible for data that no real person appears in, the same on every run: here the variants, the people in
//! [`crowd`], what the analyses would find in [`found`], the actions in [`plan`].

mod crowd;
mod found;
mod introductions;
mod linking;
mod plan;
mod wanted;

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use crate::audit::{
    ActionKind, Attention, Audit, ClassShare, Findings, Quarter, Redaction, Refused, Rhythm,
    TieState, Turn,
};
use crate::units::Evidence;

use found::build;

/// The letters of communities.
const LETTERS: [&str; 12] = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"];

/// The day of every invented audit.
const AS_OF: Date = date(2026, 9, 30);

/// A rich audit: 190 active ties, seven communities, twelve actions, eight quarters.
pub(crate) fn rich() -> Audit {
    build(7, 0)
}

/// 30,000 contacts, 1,500 of them active: the largest network the report is made for.
pub(crate) fn large() -> Audit {
    let mut audit = found::build_of((30_000, 1_550), 7, 17);
    let active = audit.ties.iter().filter_map(|tie| tie.rhythm.as_ref()).filter(|r| r.active);
    let active = u32::try_from(active.count()).unwrap_or(0);
    if let Some(now) = audit.findings.quarters.last_mut() {
        now.active_ties = active;
    }
    audit
}

/// Every variant the lint walks through, with its name.
pub(crate) fn variants() -> Vec<(&'static str, Audit)> {
    let mut long = rich();
    for (nth, person) in long.people.iter_mut().enumerate() {
        person.first_name = format!("Maximiliane{nth:03}");
        person.name = format!("Maximiliane{nth:03} Constantinopel");
        assert_eq!(person.name.chars().count(), 29);
        if nth % 3 == 0 {
            person.name = format!("maximiliane.constantinopel{nth}@harbour.example.org");
            person.first_name.clear();
        }
    }
    for community in &mut long.findings.communities {
        community.name = "International Harbour Logistic".into();
    }
    long.findings.diversity[2].classes[2].class = "Harbour".repeat(14);
    long.findings.diversity[2].classes[1].class =
        "Association of Northern Harbour and Inland Waterway Operators".into();
    let mut hostile = rich();
    for person in hostile.people.iter_mut().take(60) {
        person.name = "<script>alert(\"x\")</script> & 'co'".into();
        person.first_name = "<b>\"".into();
        person.function = Some("<img src=x onerror=1>".into());
    }
    hostile.findings.communities[0].name = "\"><script>".into();
    hostile.findings.diversity[2].classes[0].class = "<script>\"Ltd\"</script>".into();
    hostile.actions[0].reason = "</p><script>alert(1)</script>".into();
    hostile.inputs[0].kind = "<script>".into();
    let mut unknown = rich();
    for diversity in &mut unknown.findings.diversity {
        diversity.known = 0;
        diversity.headline = false;
        diversity.hill_people = None;
        diversity.hill_attention = None;
        diversity.interval = None;
        diversity.interval_people = None;
        diversity.unknown_attention = None;
        diversity.similar_attention = None;
        diversity.goal = None;
        diversity.classes = vec![ClassShare {
            class: "unknown".into(),
            people: diversity.people,
            share_people: 1.0,
            share_attention: Some(1.0),
        }];
    }
    unknown.findings.joint = None;
    unknown.findings.homophily.clear();
    let mut first = rich();
    first.findings.quarters.drain(..7);
    first.findings.attention.before.clear();
    let mut safe = rich();
    for bridge in &mut safe.findings.bridges {
        bridge.cut_off.clear();
        bridge.only_route.clear();
    }
    vec![
        ("rich", rich()),
        ("connections", connections_only()),
        ("one-community", build(1, 11)),
        ("three-communities", build(3, 3)),
        ("twelve-communities", build(12, 5)),
        ("all-unknown", unknown),
        ("long-names", long),
        ("hostile", hostile),
        ("first-quarter", first),
        ("nobody-cut-off", safe),
        ("aggregate", aggregate()),
        ("initials", initials()),
        ("empty", empty()),
    ]
}

/// A copy without people.
fn aggregate() -> Audit {
    let mut audit = rich();
    audit.redaction = Redaction::Aggregate;
    audit.people.clear();
    audit.ties.clear();
    audit.actions.clear();
    audit.let_rest.clear();
    audit.findings.attention.people.clear();
    audit.findings.bridges.clear();
    audit.findings.constraint_causes.iter_mut().for_each(|causes| causes.people.clear());
    audit.findings.strengthen.iter_mut().for_each(|all| all.ties.clear());
    audit.findings.dormant.clear();
    audit.findings.bandwidth.clear();
    audit.findings.diversity.retain(|diversity| diversity.dimension != "company");
    audit
}

fn initials() -> Audit {
    let mut audit = rich();
    audit.redaction = Redaction::Initials;
    for person in &mut audit.people {
        person.name = person
            .name
            .split_whitespace()
            .filter_map(|word| word.chars().next())
            .flat_map(|letter| [letter, '.'])
            .collect();
        person.first_name.clear();
        person.company = None;
        person.profile_url = None;
    }
    audit
}

/// Nothing at all.
pub(crate) fn empty() -> Audit {
    Audit {
        people: Vec::new(),
        ties: Vec::new(),
        network: BTreeMap::new(),
        findings: Findings::default(),
        actions: Vec::new(),
        let_rest: Vec::new(),
        refused: Vec::new(),
        inputs: Vec::new(),
        ..rich()
    }
}

/// Connections.csv alone.
fn connections_only() -> Audit {
    let mut audit = rich();
    for tie in &mut audit.ties {
        tie.evidence = Evidence::Declared;
        tie.strength = 0.0;
        tie.interactions = 0;
        tie.last = None;
        if let Some(rhythm) = &mut tie.rhythm {
            *rhythm = silent_rhythm();
        }
    }
    audit.ties.retain(|tie| tie.rhythm.is_some());
    for person in &mut audit.people {
        person.community = None;
    }
    let findings = &mut audit.findings;
    findings.quarters = vec![Quarter {
        as_of: AS_OF,
        active_ties: 0,
        effective_functions: None,
        efficiency: None,
        valued_slipping: 0,
        first_meetings: 0,
        followed_up: 0,
        gained: None,
        lost: None,
    }];
    findings.states = BTreeMap::from([(TieState::NeverActive, 260)]);
    findings.attention = Attention::default();
    findings.communities.clear();
    findings.straits.clear();
    findings.bridges.clear();
    findings.constraint_causes = None;
    findings.strengthen = None;
    findings.weak_ties = None;
    findings.layers.clear();
    findings.replies.clear();
    findings.dormant.clear();
    findings.bandwidth.clear();
    findings.homophily.clear();
    findings.diversity_change.clear();
    findings.goals = None;
    for diversity in &mut findings.diversity {
        diversity.hill_attention = None;
        diversity.interval = None;
        diversity.unknown_attention = None;
        diversity.goal = None;
        for class in &mut diversity.classes {
            class.share_attention = None;
        }
    }
    audit.actions.retain(|action| action.kind == ActionKind::FollowUp);
    audit.let_rest.clear();
    audit.inputs.truncate(1);
    audit.settings.strength_midpoint = None;
    audit.refused = vec![
        Refused {
            question: "Who bridges my communities?".into(),
            why: "A connection list is a star: it holds no ties among contacts".into(),
            what_to_load: "Load a mail log or a calendar with attendees".into(),
        },
        Refused {
            question: "Which ties are slipping?".into(),
            why: "No message, mail or meeting is on record".into(),
            what_to_load: "Load messages.csv from the same export".into(),
        },
    ];
    audit
}

fn silent_rhythm() -> Rhythm {
    Rhythm {
        state: TieState::NeverActive,
        active: false,
        contact_days: 0,
        contact_days_in_period: 0,
        contact_days_before: 0,
        usual_gap: None,
        wanted_gap: None,
        silent: None,
        overdue: None,
        overdue_quantile: None,
        out: 0,
        incoming: 0,
        channels: BTreeMap::new(),
        peak_strength: 0.0,
        p_contact: None,
        p_contact_after_touch: None,
        weeks: Vec::new(),
        seen: BTreeMap::new(),
        unanswered: 0,
        owed_since: None,
        burstiness: None,
        turn: Turn::Nobody,
        at_risk: None,
        exchange: None,
    }
}

fn days_ago(days: i64) -> Date {
    AS_OF.saturating_sub(jiff::Span::new().days(days))
}
