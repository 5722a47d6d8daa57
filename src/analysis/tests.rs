//! Analyses of studies made by hand, whose numbers follow from the definition.

use super::*;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::audit::TieState;
use crate::network::Network;
use crate::note::Note;
use crate::people::{Directory, Person, PersonId, Profile};
use crate::ties::events::tests::events_of;
use crate::ties::strength::{Model, QUARTER};
use crate::ties::{AlterTie, Events, OwnerTie, Rhythm};
use crate::units::{Channel, Day, Evidence};

/// The date of the studies below.
pub(crate) const AS_OF: Day = Day(10_000);

/// A contact with contact so many days ago, active.
pub(crate) fn tie(who: u32, ago: &[i32], strength: f64) -> OwnerTie {
    OwnerTie {
        who: PersonId(who),
        touches: Vec::new(),
        days: ago.iter().map(|days| AS_OF.plus(-days)).collect(),
        connected: None,
        activity: strength,
        strength,
        peak: strength,
        rhythm: Rhythm { state: TieState::OnRhythm, active: true, ..Rhythm::default() },
    }
}

/// A study of these ties, one for each of the people in their order, and of ties among them; the owner comes last.
pub(crate) fn study(ties: Vec<OwnerTie>, people: Vec<Person>, among: &[(u32, u32)]) -> Study {
    let number = u32::try_from(ties.len()).unwrap();
    let alter = |(a, b): &(u32, u32)| AlterTie {
        a: PersonId(*a),
        b: PersonId(*b),
        weight: 1.0,
        evidence: Evidence::Interaction,
        events: 1,
        first: AS_OF.plus(-50),
        last: AS_OF.plus(-50),
        probability: 1.0,
    };
    let among: Vec<AlterTie> = among.iter().map(alter).collect();
    Study {
        people: Arc::new(directory(people, number)),
        events: Arc::new(Events::default()),
        network: Network::new((0..number).map(PersonId).collect(), &among),
        ties,
        as_of: AS_OF,
        seed: 1,
        model: Model::new(&toml::from_str("").unwrap()),
        min_evidence: Evidence::CoPresence,
        midpoint: Some(0.5),
        too_large: 0,
        aims: Arc::default(),
        minutes: [5; Channel::ALL.len()],
    }
}

/// So many contacts, named by their number, of whom some things may be known; the owner comes last.
fn directory(mut people: Vec<Person>, contacts: u32) -> Directory {
    people.resize(contacts as usize + 1, Person::default());
    for (nth, person) in people.iter_mut().enumerate() {
        person.key = format!("p{nth:02}");
        person.name.clone_from(&person.key);
    }
    let (found_by, profile) = (String::new(), Profile::default());
    Directory { people, owner: PersonId(contacts), found_by, profile }
}

/// A row of a log: days ago, sender, recipient, channel. Rows of one day, sender and channel are one event.
pub(crate) type Row = (i32, u32, u32, Channel);

/// The study of a log of so many contacts; the owner is the number after the last.
pub(crate) fn logged(contacts: u32, rows: &[Row]) -> Study {
    let at = |ago: i32| i64::from(AS_OF.plus(-ago).0) * 86_400;
    let rows: Vec<_> =
        rows.iter().map(|(ago, from, to, channel)| (at(*ago), *from, *to, *channel)).collect();
    let (people, events) = (directory(Vec::new(), contacts), events_of(&rows));
    let settings = toml::from_str("").unwrap();
    Study::new(Arc::new(people), Arc::new(events), AS_OF, 1, &settings, None)
}

#[test]
fn another_half_life_is_another_scale() {
    let mail = Channel::Email;
    // The owner is 3. Contact 0 wrote today, 1 ninety days ago, 2 a hundred and eighty.
    let study = logged(3, &[(0, 0, 3, mail), (90, 1, 3, mail), (180, 2, 3, mail)]);
    let shorter =
        study.with_model(crate::ties::strength::Model { half_life: 45.0, ..study.model.clone() });
    let left = |study: &Study| [1, 2].map(|at| study.ties[at].activity / study.ties[0].activity);
    assert!(close(&left(&study), &[0.5, 0.25]), "{:?}", left(&study));
    assert!(close(&left(&shorter), &[0.25, 0.0625]), "{:?}", left(&shorter));
    // A scale of its own: the middle tie stands at one half in both.
    for study in [&study, &shorter] {
        assert!((study.ties[1].strength - 0.5).abs() < 1e-12);
    }
}

fn findings(analysis: &dyn Analysis, study: &Study) -> Findings {
    analysis.measure(study, &Facts::of(study))
}

fn close(found: &[f64], expected: &[f64]) -> bool {
    found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12)
}

#[test]
fn ids_are_kebab_case_and_told_apart() {
    let mut seen = BTreeSet::new();
    for analysis in ANALYSES {
        assert!(seen.insert(analysis.id()), "{} twice", analysis.id());
        for measure in analysis.measures() {
            assert!(
                measure.id.bytes().all(|b| b.is_ascii_lowercase() || b"-0123456789".contains(&b))
            );
            assert!(seen.insert(measure.id), "{} twice", measure.id);
        }
    }
}

#[test]
fn attention_is_that_of_the_quarter_and_of_the_one_before() {
    let ties = vec![
        tie(0, &[QUARTER + 6, 3], 0.5),
        tie(1, &[2 * QUARTER, 2 * QUARTER - 1, QUARTER], 0.5),
        tie(2, &[QUARTER - 1, 0], 0.5),
    ];
    let found = findings(&attention::Attention, &study(ties, Vec::new(), &[]));
    let attention = found.tables.attention;
    assert_eq!(attention.people, ["p02", "p00"]);
    assert!(close(&attention.now, &[2.0 / 3.0, 1.0 / 3.0]));
    assert!(close(&attention.before, &[2.0 / 3.0, 1.0 / 3.0]));
}

#[test]
fn betweenness_needs_ties_among_contacts() {
    let three = || (0..3).map(|who| tie(who, &[5], 0.5)).collect::<Vec<_>>();
    let star = study(three(), Vec::new(), &[]);
    let question = |study: &Study| {
        refusals(study)
            .iter()
            .filter(|refused| refused.question == "Who bridges your network?")
            .count()
    };
    assert_eq!(question(&star), 1);
    assert_eq!(findings(&betweenness::Betweenness, &star).columns, []);
    let path = study(three(), Vec::new(), &[(0, 1), (1, 2)]);
    assert_eq!(question(&path), 0);
    let found = findings(&betweenness::Betweenness, &path);
    let of = |at| found.value(betweenness::NORMALIZED.id, at);
    assert_eq!([of(0), of(1), of(2), of(3)], [Some(0.0), Some(1.0), Some(0.0), None]);
    assert_eq!(found.value("no-such-measure", 1), None);
}

#[test]
fn each_column_is_found_by_its_id_and_empty_attention_covers_nothing() {
    let mut all = Findings::default();
    let [a, b] = ["a", "b"].map(|id| Measure { id, title: "", unit: "" });
    all.column(a, vec![Some(1.0), None]);
    all.column(b, vec![Some(2.0), Some(f64::NAN)]);
    assert_eq!(
        (all.value("a", 0), all.value("b", 0), all.value("b", 1)),
        (Some(1.0), Some(2.0), None)
    );
    let mut before = Findings::default();
    before.tables.attention.before = vec![1.0];
    all.merge(before);
    all.merge(Findings::default());
    assert_eq!(all.tables.attention.before, [1.0]);
}

#[test]
fn the_strongest_with_contact_come_first() {
    let ties = vec![tie(0, &[9], 0.2), tie(1, &[], 0.99), tie(2, &[9], 0.9)];
    assert_eq!(layers::ranked(&study(ties, Vec::new(), &[])), [2, 0]);
}

#[test]
fn a_dormant_tie_was_strong_from_the_fourth_of_five_peaks_on() {
    let dormant = |who: u32| {
        let mut tie = tie(who, &[900, 800, 790], 0.1 * f64::from(who + 1));
        tie.rhythm = Rhythm { state: TieState::Dormant, ..Rhythm::default() };
        tie
    };
    let found = findings(&dormant::Dormant, &study((0..5).map(dormant).collect(), Vec::new(), &[]));
    let mut ids: Vec<&str> = found.tables.dormant.iter().map(|tie| tie.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["p03", "p04"]);
}

#[test]
fn only_the_valued_who_slip_are_counted() {
    let state = |who: u32, peak: f64, state: TieState| {
        let mut tie = tie(who, &[200], peak);
        tie.rhythm.state = state;
        tie
    };
    // The median peak, from which a tie is valued, is 0.8.
    let ties = vec![
        state(0, 0.9, TieState::Neglected),
        state(1, 0.1, TieState::Neglected),
        state(2, 0.8, TieState::Lapsed),
        state(3, 0.95, TieState::OnRhythm),
        state(4, 0.2, TieState::OnRhythm),
    ];
    let found = quarters::numbers(&study(ties, Vec::new(), &[]), None, None);
    assert_eq!((found.active_ties, found.valued_slipping), (5, 2));
}

#[test]
fn a_tie_of_median_strength_is_not_weak() {
    // The midpoint is 0.5.
    let ties = vec![tie(0, &[5], 0.2), tie(1, &[5, 1], 0.5), tie(2, &[], 0.1), tie(3, &[5], 0.9)];
    let found = findings(&what_if::WhatIf, &study(ties, Vec::new(), &[(0, 1)]));
    let cells = found.tables.weak_ties.unwrap().cells;
    assert_eq!(cells.iter().map(|cell| cell.observed + cell.estimated).sum::<u32>(), 1);
}

#[test]
fn what_is_unknown_of_nobody_is_not_remarked_on() {
    let remarked = |is_active: bool| {
        let mut one = tie(0, &[900], 0.5);
        one.rhythm.active = is_active;
        let found = findings(&diversity::Diversity, &study(vec![one], Vec::new(), &[]));
        let name = |note: &Note| match note {
            Note::TooFewKnown { dimension, known: 0, people: 1 } => *dimension,
            other => panic!("{other:?}"),
        };
        found.notes.iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(remarked(true), ["function", "seniority", "industry", "company"]);
    assert_eq!(remarked(false), Vec::<&str>::new());
}

/// Two circles of five joined by the last contact, who knows one of each.
fn two_circles() -> Vec<(u32, u32)> {
    let circle =
        |from: u32| (from..from + 5).flat_map(move |a| (a + 1..from + 5).map(move |b| (a, b)));
    circle(0).chain(circle(5)).chain([(0, 10), (5, 10)]).collect()
}

#[test]
fn a_circle_is_named_by_the_employer_it_has_more_of_than_the_rest() {
    let ties: Vec<OwnerTie> = (0..11).map(|who| tie(who, &[5], 0.5)).collect();
    let at = |key: &str, name: &str| Person {
        company_key: Some(key.to_owned()),
        company: Some(name.to_owned()),
        ..Person::default()
    };
    let mut people = vec![at("acme", "Acme"); 5];
    people.extend(vec![at("borealis", "Borealis"); 5]);
    let found = findings(&communities::Communities, &study(ties, people, &two_circles()));
    let mut names: Vec<&str> =
        found.tables.communities.iter().map(|circle| circle.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Acme", "Borealis"]);
}

/// Twelve people: eight of Acme, two of Borealis, two of whom nothing is known. The owner is of Acme.
pub(crate) fn firm() -> Study {
    let at = |key: &str, name: &str| Person {
        company_key: Some(key.to_owned()),
        company: Some(name.to_owned()),
        ..Person::default()
    };
    let mut people = vec![at("acme", "Acme"); 8];
    people.extend(vec![at("borealis", "Borealis"); 2]);
    let ties = (0..12).map(|who| tie(who, &[5], 0.5)).collect();
    let mut study = study(ties, people, &[]);
    Arc::get_mut(&mut study.people).unwrap().profile.employers.insert("acme".to_owned());
    study
}

#[test]
fn employers_are_counted_and_compared_with_the_owner_s() {
    let found = findings(&diversity::Diversity, &firm());
    let company = found.tables.diversity.iter().find(|d| d.dimension == "company").unwrap();
    let classes: Vec<(&str, u32)> =
        company.classes.iter().map(|class| (class.class.as_str(), class.people)).collect();
    assert_eq!(classes, [("Acme", 8), ("Borealis", 2), ("unknown", 2)]);
    let shares: Vec<f64> = company.classes.iter().map(|class| class.share_people).collect();
    assert!(close(&shares, &[8.0 / 12.0, 2.0 / 12.0, 2.0 / 12.0]));
    let alike = found.tables.homophily.iter().find(|h| h.dimension == "company").unwrap();
    // Two others and eight of one's own, of ten known.
    assert!((alike.by_people.unwrap() + 0.6).abs() < 1e-12);
}

#[test]
fn a_wanted_mentor_whom_nobody_is_stays_a_demand() {
    let goals: crate::goals::Goals = toml::from_str("mentor = true").unwrap();
    let mut study = firm();
    study.aims = Arc::new(goals.aims().unwrap());
    let closing = findings(&diversity::Diversity, &study).tables.goals.unwrap().closing.unwrap();
    let demands: Vec<(&str, &str, u32)> = closing
        .demands
        .iter()
        .map(|demand| (demand.dimension.as_str(), demand.class.as_str(), demand.wanted))
        .collect();
    assert_eq!(demands, [("relative-seniority", "mentor", 1)]);
    assert_eq!((closing.fewest, closing.demands[0].short), (0, 1));
}
