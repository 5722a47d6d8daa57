//! Every kind of card, with every field: one by one over audits that hold them all.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::date;
use weaktie::audit::{Action, ActionKind, Audit};
use weaktie::config::Config;
use weaktie::pipeline::{self, Request};
use weaktie::progress::Silent;
use weaktie::report;
use weaktie::synth::quarters::{self, Quarterly};
use weaktie::synth::{self, Plan};
use weaktie::units::{Day, Evidence};

use crate::support::{Sandbox, previous, write_world};

const KINDS: [ActionKind; 15] = [
    ActionKind::ReplyOwed,
    ActionKind::FollowUp,
    ActionKind::Congratulate,
    ActionKind::Thank,
    ActionKind::ProtectBridge,
    ActionKind::RepairStrongTie,
    ActionKind::ReconnectDormant,
    ActionKind::Introduce,
    ActionKind::WidenBridge,
    ActionKind::FillGap,
    ActionKind::AskPath,
    ActionKind::MeetLive,
    ActionKind::GiveForward,
    ActionKind::LetRest,
    ActionKind::Housekeeping,
];

/// A life with goals, and two quarters with changes of position.
fn audits() -> Vec<Audit> {
    let goals = "[goals]\nmentor = true\nfunctions = [\"design\", \"engineering\"]\nindustries = [\"finance\", \"health\"]\nseniorities = [\"director\", \"vp\"]\n";
    let mut found = Vec::new();
    for (seed, text) in [(7, ""), (7, goals), (11, goals)] {
        let sandbox = Sandbox::new();
        let world = synth::generate(&Plan { contacts: 300, seed, ..Plan::default() });
        let mut request =
            Request { sources: write_world(&sandbox, &world), seed: 1, ..Request::default() };
        request.config = Config::parse(text, "t").expect("settings");
        found.push(pipeline::audit(&request, &Silent).expect("an audit"));
    }
    found.push(by_hand());
    let sandbox = Sandbox::new();
    let last_day = date(2026, 9, 30);
    let plan = Quarterly { contacts: 300, seed: 3, changes: true, last_day };
    let two = quarters::generate(&plan);
    let write = |name: &str, files: &quarters::Sources| {
        vec![
            sandbox.file(&format!("{name}/Connections.csv"), &files.connections),
            sandbox.file(&format!("{name}/log.csv"), &files.log),
        ]
    };
    let audit = |name: &str, files, as_of: Option<Day>, earlier: Option<&Audit>| {
        let mut request = Request { sources: write(name, files), seed: 1, ..Request::default() };
        request.me = Some(two.owner.clone());
        request.as_of = as_of.map(Day::date);
        request.previous = earlier.map(|audit| previous(audit.clone()));
        pipeline::audit(&request, &Silent).expect("an audit")
    };
    let before = audit("then", &two.then, Some(Day::from_date(two.earlier)), None);
    found.push(audit("now", &two.now, Some(Day::from_date(plan.last_day)), Some(&before)));
    found
}

/// A small life in which somebody close was not met for long and knows somebody wanted, and a broker was not thanked.
fn by_hand() -> Audit {
    let mut log = String::from("timestamp,from,to,channel,thread\n");
    let mut row = |day: Day, from: &str, to: &str, channel: &str, thread: &str| {
        let _ = writeln!(
            log,
            "{}T09:00:00Z,{from}@example.org,{to}@example.org,{channel},{thread}",
            day.date()
        );
    };
    let last = Day::from_date(date(2026, 9, 30));
    row(last.plus(-400), "me", "ana", "meeting", "m");
    for week in 0..100 {
        let (day, thread) = (last.plus(-7 * week - 2), format!("w{week}"));
        row(day, "me", "ana", "email", &thread);
        row(day.plus(1), "ana", "me", "email", &thread);
        if week % 9 == 0 {
            // Ana writes to Nora with a copy to the owner, who never talks to Nora.
            row(day.plus(1), "ana", "nora", "email", &format!("n{week}"));
            row(day.plus(1), "ana", "me", "email", &format!("n{week}"));
        }
        if week % 12 == 6 {
            for other in ["ben", "dov", "eli", "fay"] {
                row(day, other, "me", "email", &format!("{other}{week}"));
                row(day.plus(-1), "me", other, "email", &format!("{other}{week}"));
            }
        }
    }
    // Ben brings the owner together with Cai.
    row(last.plus(-40), "ben", "me", "email", "b");
    row(last.plus(-40), "ben", "cai", "email", "b");
    for day in [-35, -28] {
        row(last.plus(day), "cai", "me", "email", "c");
        row(last.plus(day + 1), "me", "cai", "email", "c");
    }
    let mut connections =
        String::from("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
    for (first, name, title) in [
        ("Ana", "Lopes", "Head of Finance"),
        ("Ben", "Osei", "Engineer"),
        ("Cai", "Wen", "Engineer"),
        ("Dov", "Levi", "Engineer"),
        ("Eli", "Roth", "Engineer"),
        ("Fay", "Moss", "Engineer"),
        ("Nora", "Vik", "Product Designer"),
    ] {
        let key = first.to_lowercase();
        let _ = writeln!(
            connections,
            "{first},{name},https://www.linkedin.com/in/{key},{key}@example.org,Corvane,{title},01 Mar 2022"
        );
    }
    let sandbox = Sandbox::new();
    let sources =
        vec![sandbox.file("Connections.csv", &connections), sandbox.file("log.csv", &log)];
    let text = "[me]\nemails = [\"me@example.org\"]\n[goals]\nfunctions = [\"design\"]\n";
    let config = Config::parse(text, "t").expect("settings");
    let request = Request { sources, seed: 1, config, ..Request::default() };
    pipeline::audit(&request, &Silent).expect("an audit")
}

/// What every card must say, whatever its kind.
fn check(action: &Action, audit: &Audit) {
    let id = &action.id;
    let kind = action.kind;
    assert!(id.starts_with(kind.name()), "{id}");
    assert_eq!(action.people.is_empty(), kind == ActionKind::Housekeeping, "{id}: people");
    let pair = matches!(kind, ActionKind::Introduce | ActionKind::AskPath);
    assert_eq!(
        action.people.len(),
        if kind == ActionKind::Housekeeping { 0 } else { 1 + usize::from(pair) },
        "{id}"
    );
    for (field, text) in [
        ("reason", &action.reason),
        ("goal", &action.goal),
        ("first move", &action.first_move),
        ("skip if", &action.skip_if),
        ("judged by", &action.judged_by),
    ] {
        assert!(text.trim().chars().count() > 5, "{id}: {field} is \"{text}\"");
    }
    assert!(action.evidence.iter().any(|fact| !fact.trim().is_empty()), "{id}: evidence");
    // No action rests on inferred ties alone.
    assert_ne!(action.tier, Evidence::Inferred, "{id}");
    let rests = kind == ActionKind::LetRest;
    assert_eq!(
        action.channel.is_none(),
        rests || kind == ActionKind::Housekeeping,
        "{id}: channel"
    );
    assert_eq!(action.minutes == 0, rests, "{id}: minutes");
    assert!(action.not_before > audit.as_of && action.not_before <= action.do_by, "{id}: days");
    assert!(action.expires.is_none_or(|day| day >= audit.as_of), "{id}: expires");
    let dated = matches!(
        kind,
        ActionKind::FollowUp | ActionKind::Congratulate | ActionKind::Thank | ActionKind::LetRest
    );
    assert_eq!(action.expires.is_some(), dated, "{id}: expires");
    assert_eq!(action.expected.is_none(), kind == ActionKind::Housekeeping, "{id}: expected");
}

#[test]
fn every_kind_of_card_has_every_field() {
    let audits = audits();
    let mut seen: BTreeMap<ActionKind, usize> = BTreeMap::new();
    for audit in &audits {
        let candidates = audit.planning.candidates.iter().map(|one| &one.action);
        let resting = audit.let_rest.iter().filter_map(|rest| rest.card.as_deref());
        for action in candidates.chain(resting) {
            check(action, audit);
            *seen.entry(action.kind).or_default() += 1;
        }
    }
    let missing: Vec<&str> =
        KINDS.iter().filter(|kind| !seen.contains_key(kind)).map(|kind| kind.name()).collect();
    assert!(missing.is_empty(), "no card of {missing:?}; seen {seen:?}");
    // What rests stands as a card on the page and among the Markdown, and takes no place of the plan.
    let audit = audits.iter().find(|audit| !audit.let_rest.is_empty()).expect("somebody rests");
    let card = audit.let_rest[0].card.as_deref().expect("a card");
    let html = report::render(audit, report::Options::default()).html;
    assert!(html.contains(card.judged_by.as_str()) && html.contains("Let rest"));
    assert!(report::actions_md(audit).contains("not acting is the move"));
    assert!(audit.actions.iter().all(|action| action.kind != ActionKind::LetRest));
}
