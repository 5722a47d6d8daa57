//! Invented people and their ties.

use std::collections::BTreeMap;

use crate::audit::{
    AtRisk, Exchange, FirstMeeting, Latency, Person, Rhythm, Sides, StrengthParts, Tie, TieState,
    Turn,
};
use crate::random::Stream;
use crate::units::{Channel, Evidence};

use super::{LETTERS, days_ago, silent_rhythm};

const FIRST: [&str; 40] = [
    "Amira",
    "Lukas",
    "Priya",
    "Jonas",
    "Clara",
    "Kwame",
    "Ingrid",
    "Sofia",
    "Tomas",
    "Helena",
    "Mei-Lin",
    "Samir",
    "Piet",
    "Ebba",
    "Rafael",
    "Marcus",
    "Julien",
    "Yuki",
    "Anton",
    "Greta",
    "Dana",
    "Ines",
    "Leila",
    "Vera",
    "Mette",
    "Oluwaseun",
    "Emre",
    "Nora",
    "Paulo",
    "Hanna",
    "Bogdan",
    "Carmen",
    "Theo",
    "Wanda",
    "Idris",
    "Sanne",
    "Viktor",
    "Ruth",
    "Nadia",
    "Farah",
];
const LAST: [&str; 30] = [
    "Haddad",
    "Meier",
    "Raman",
    "Falk",
    "Weiss",
    "Boateng",
    "Solheim",
    "Lindgren",
    "Ferreira",
    "Brandt",
    "Zhou",
    "Patel",
    "van Dam",
    "Nyström",
    "Prieto",
    "Oyelaran",
    "Marchetti",
    "Tanabe",
    "Berg",
    "Holm",
    "Ortiz",
    "Duarte",
    "Karimi",
    "Kolar",
    "Aas",
    "Adeyemi",
    "Kaya",
    "Quist",
    "Teixeira",
    "Sørby",
];
/// Names and active ties of the communities.
pub(super) const CIRCLES: [(&str, u32); 12] = [
    ("Payments clients", 58),
    ("Northwind colleagues", 44),
    ("Data & research", 31),
    ("Riverton alumni", 24),
    ("Civic design", 13),
    ("Nordic founders", 11),
    ("Health tech", 9),
    ("Rowing club", 8),
    ("Translators", 7),
    ("Press", 6),
    ("School board", 6),
    ("Choir", 5),
];

/// So many people, the first so many of whom ever talked to the owner, and the ties to and among them.
pub(super) fn crowd(
    stream: &mut Stream,
    circles: usize,
    (all, talked): (usize, usize),
) -> (Vec<Person>, Vec<Tie>) {
    let mut people = Vec::new();
    let mut ties = Vec::new();
    let functions = ["finance", "software", "research", "sales", "design", "unknown"];
    let stages = ["manager", "senior", "director", "mid", "entry"];
    let employers = ["Corvane", "Northwind", "Helios Clinics", "Borealis", "Riverton University"];
    for nth in 0..all {
        let first = FIRST[nth % 40];
        let last = LAST[(nth * 7 + nth / 40) % 30];
        let id =
            format!("{}-{}-{nth:03}", first.to_lowercase(), last.to_lowercase().replace(' ', "-"));
        let circle = circle_of(nth, circles);
        people.push(Person {
            id: id.clone(),
            aliases: Vec::new(),
            name: format!("{first} {last}"),
            emails: Vec::new(),
            first_name: first.into(),
            profile_url: Some(format!("https://example.org/in/{id}")),
            company: stream.pick(&employers).map(|name| (*name).to_owned()),
            position: Some("Senior analyst".into()),
            joined: None,
            connected_on: Some(days_ago(400 + 3 * i64::try_from(nth % 1_000).unwrap_or(0))),
            function: stream.pick(&functions).map(|name| (*name).to_owned()),
            seniority: stream.pick(&stages).map(|name| (*name).to_owned()),
            industry: Some("financial-services".into()),
            relative_seniority: None,
            time_known: None,
            relation: None,
            community: circle.map(|at| LETTERS[at].into()),
            measures: BTreeMap::new(),
        });
        let mut own = tie(stream, &id, nth);
        if nth >= talked {
            own.evidence = Evidence::Declared;
            own.strength = 0.0;
            own.interactions = 0;
            own.last = None;
            own.rhythm = Some(silent_rhythm());
        }
        ties.push(own);
    }
    for pair in people.windows(2).chain(people.chunks(2).filter(|pair| pair.len() == 2)) {
        ties.push(Tie {
            a: pair[0].id.clone(),
            b: pair[1].id.clone(),
            evidence: Evidence::CoPresence,
            strength: stream.unit(),
            interactions: 3,
            first: Some(days_ago(500)),
            last: Some(days_ago(30)),
            probability: Some(1.0),
            rhythm: None,
        });
    }
    (people, ties)
}

fn circle_of(nth: usize, circles: usize) -> Option<usize> {
    let mut left = u32::try_from(nth % 200).ok()?;
    for (at, &(_, size)) in CIRCLES.iter().take(circles).enumerate() {
        if left < size {
            return Some(at);
        }
        left -= size;
    }
    None
}

fn tie(stream: &mut Stream, id: &str, nth: usize) -> Tie {
    let gap = libm::exp(stream.normal() * 0.8 + 2.9).clamp(2.0, 200.0);
    let factor = libm::exp(stream.normal() * 1.15 - 0.35).clamp(0.03, 20.0);
    let mut silent = (gap * factor).round().clamp(0.0, 1_000.0);
    if nth % 41 == 5 {
        silent += 1_200.0;
    }
    let over = silent / gap;
    let contact_days =
        if nth % 6 == 5 { 3 } else { 8 + u32::try_from(stream.below(60)).unwrap_or(0) };
    let state = match over {
        _ if silent >= 1_095.0 => TieState::Dormant,
        o if o > 8.0 && silent >= 60.0 => TieState::Lapsed,
        o if o > 3.0 && silent >= 21.0 => TieState::Neglected,
        o if o > 1.5 && silent >= 14.0 => TieState::Slipping,
        _ if contact_days == 3 && nth % 12 == 5 => TieState::New,
        _ => TieState::OnRhythm,
    };
    let peak = (stream.unit() * 0.9 + 0.05).min(1.0);
    let quiet_weeks = (silent / 7.0).floor();
    let mut weeks = Vec::new();
    for ago in 0..39_u32 {
        if f64::from(ago) >= quiet_weeks && stream.chance((7.0 / gap).min(0.9)) {
            weeks.push((ago, 1 + u32::try_from(stream.below(5)).unwrap_or(0)));
        }
    }
    if quiet_weeks < 39.0 && weeks.iter().all(|week| f64::from(week.0) > quiet_weeks) {
        weeks.insert(0, ((0..39).find(|ago| f64::from(*ago) >= quiet_weeks).unwrap_or(0), 1));
    }
    let silent_days = (0..3_000_u32).find(|days| f64::from(*days) >= silent).unwrap_or(0);
    Tie {
        a: "mara-lindqvist".into(),
        b: id.into(),
        evidence: Evidence::Interaction,
        strength: peak * if over > 3.0 { 0.3 } else { 0.9 },
        interactions: contact_days * 3,
        first: Some(days_ago(900)),
        last: Some(days_ago(i64::from(silent_days))),
        probability: None,
        rhythm: Some(Rhythm {
            state,
            active: silent < 365.0,
            contact_days,
            contact_days_in_period: u32::from(silent < 91.0) * 4,
            contact_days_before: 5,
            usual_gap: Some(gap),
            wanted_gap: None,
            silent: Some(silent_days),
            overdue: Some(over),
            overdue_quantile: Some(0.9),
            out: contact_days,
            incoming: contact_days,
            channels: BTreeMap::from([(Channel::Email, contact_days)]),
            peak_strength: peak,
            p_contact: Some(0.5),
            p_contact_after_touch: Some(0.7),
            weeks,
            seen: BTreeMap::new(),
            unanswered: 0,
            owed_since: None,
            burstiness: None,
            turn: Turn::Nobody,
            at_risk: Some(AtRisk { value: peak, risk: 0.5, reachability: 0.6 }),
            exchange: Some(exchange(contact_days, silent_days)),
        }),
    }
}

/// An invented history of who wrote, answered and gave.
fn exchange(contact_days: u32, silent: u32) -> Exchange {
    let yours = (contact_days * 7 + silent) % 15;
    let first_steps = Sides { yours, theirs: 14 - yours + silent % 5 };
    let latency =
        |days: f64| Latency { turns: 12, median_days: Some(days), within_week: Some(0.8) };
    let after = (!contact_days.is_multiple_of(3)).then_some(contact_days % 9);
    Exchange {
        months: vec![(silent / 30, 2), (silent / 30 + 3, contact_days)],
        first_steps,
        replies: Sides { yours: latency(0.4), theirs: latency(1.2) },
        favours: Vec::new(),
        met: Some(FirstMeeting {
            on: days_ago(i64::from(100 + contact_days * 20)),
            followed_after: after,
        }),
        strength: StrengthParts::default(),
    }
}
