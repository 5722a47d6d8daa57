//! How fast a plan is made from a saved audit's candidates. `cargo bench --bench plan`.
//!
//! 30,000 contacts, each with one or two possible actions, 40 circles, 60 gaps and straits: far more candidates than an audit
//! keeps. The choice, the certificate and the weeks.

use std::collections::BTreeMap;

use divan::Bencher;
use jiff::civil::date;
use weaktie::audit::{Action, ActionKind, Candidate, Confidence, Planning};
use weaktie::plan::{self, Budget};
use weaktie::random::Stream;
use weaktie::units::{Channel, Evidence};

fn main() {
    divan::main();
}

fn candidate(stream: &mut Stream, person: usize, kind: ActionKind) -> Candidate {
    let id = format!("person-{person:05}");
    let due = matches!(kind, ActionKind::ReplyOwed).then(|| stream.unit());
    Candidate {
        promised: false,
        action: Action {
            id: format!("{}:{id}", kind.name()),
            kind,
            people: vec![id],
            reason: "Usually in touch every 9 days; silent now for 11 weeks.".to_owned(),
            evidence: vec!["31 contact days".to_owned()],
            tier: Evidence::Interaction,
            goal: "Keep the core close".to_owned(),
            first_move: "suggest two dates and leave the choice.".to_owned(),
            talking_point: None,
            channel: Some(Channel::Email),
            minutes: [5, 10, 30, 60][stream.index(4)],
            not_before: date(2026, 10, 1),
            do_by: date(2026, 10, 1 + i8::try_from(stream.below_u32(30)).unwrap_or(0)),
            expires: None,
            confidence: Confidence::Fair,
            skip_if: String::new(),
            judged_by: String::new(),
            gain: BTreeMap::new(),
            expected: None,
            effects: Vec::new(),
        },
        due,
        own: stream.unit() * stream.unit(),
        answer: stream.unit(),
        circle: stream.chance(0.8).then(|| format!("C{}", stream.below_u32(40))),
        gaps: (0..2).map(|_| format!("function:{:02}", stream.below_u32(60))).collect(),
        straits: (0..2)
            .map(|_| (stream.chance(0.05), stream.below_u32(60)))
            .filter(|(stands, _)| *stands)
            .map(|(_, which)| format!("A-{which:02}"))
            .collect(),
    }
}

fn planning(contacts: usize) -> Planning {
    let mut stream = Stream::new(1, "bench-plan", 0);
    let mut candidates = Vec::new();
    for person in 0..contacts {
        let kind = [ActionKind::RepairStrongTie, ActionKind::WidenBridge, ActionKind::ReplyOwed]
            [stream.index(3)];
        candidates.push(candidate(&mut stream, person, kind));
        if stream.chance(0.5) {
            candidates.push(candidate(&mut stream, person, ActionKind::FillGap));
        }
    }
    candidates.sort_by(|a, b| (a.action.kind, &a.action.id).cmp(&(b.action.kind, &b.action.id)));
    Planning {
        candidates,
        gaps: (0..60).map(|n| (format!("function:{n:02}"), f64::from(n) / 100.0)).collect(),
        straits: (0..60).map(|n| (format!("A-{n:02}"), 1.0)).collect(),
        diversity: 1.0,
        bridging: 1.0,
        weekends: true,
        ..Planning::default()
    }
}

fn budget(minutes: u32, actions: u32) -> Budget {
    Budget { minutes, actions, a_week: 3, from: date(2026, 9, 30), seed: 1 }
}

#[divan::bench(args = [(360, 12), (1_200, 39)])]
fn thirty_thousand_contacts(bencher: Bencher, (minutes, actions): (u32, u32)) {
    let planning = planning(30_000);
    bencher.bench(|| plan::choose(&planning, &budget(minutes, actions)));
}
