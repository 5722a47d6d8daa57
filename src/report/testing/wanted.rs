//! Goals, homophily, holes and reach of the invented network.

use crate::audit::{
    Bandwidth, Chance, Closing, Demand, DiversityChange, GoalMix, GoalShare, GoalsFound, Homophily,
    Joint, JointCell, Person, Sought,
};

use super::LETTERS;

pub(super) fn change() -> Vec<DiversityChange> {
    vec![DiversityChange {
        dimension: "function".into(),
        coverage: 0.98,
        before: [10.0, 6.4, 5.6],
        now: [10.0, 6.3, 5.4],
    }]
}

/// Class, its target, its share of people and of attention, and its people to add.
type Wanted = (&'static str, f64, f64, f64, u32);

/// Goals for industry, as a mix, and for standing, from a preset.
pub(super) fn goal(dimension: &str) -> Option<GoalMix> {
    let (is_preset, classes): (bool, &[Wanted]) = match dimension {
        "industry" => (
            false,
            &[
                ("health-care", 0.20, 0.07, 0.05, 14),
                ("energy", 0.10, 0.0, 0.0, 9),
                ("education", 0.15, 0.13, 0.11, 2),
                ("software", 0.25, 0.27, 0.24, 0),
                ("financial-services", 0.30, 0.44, 0.55, 0),
            ],
        ),
        "relative-seniority" => (
            true,
            &[
                ("mentor", 0.35, 0.18, 0.20, 22),
                ("emerging", 0.15, 0.13, 0.13, 0),
                ("peer", 0.50, 0.69, 0.67, 0),
            ],
        ),
        _ => return None,
    };
    let share = |&(class, goal, people, attention, to_add): &Wanted| GoalShare {
        class: class.into(),
        goal,
        people,
        attention: Some(attention),
        gap: goal - attention,
        to_add,
        known: 12,
    };
    Some(GoalMix {
        is_mix: true,
        is_preset,
        divergence_people: Some(0.04),
        divergence_attention: Some(0.08),
        classes: classes.iter().map(share).collect(),
    })
}

pub(super) fn goals(people: &[Person]) -> GoalsFound {
    GoalsFound {
        preset: Some("job-search".into()),
        mentor: Some(Sought { name: "mentor".into(), known: 12, active: 0 }),
        companies: vec![
            Sought { name: "Helios Clinics".into(), known: 3, active: 0 },
            Sought { name: "Corvane".into(), known: 40, active: 21 },
        ],
        people: vec![],
        closing: Some(Closing {
            people: people.iter().rev().take(7).map(|person| person.id.clone()).collect(),
            fewest: 7,
            is_smallest: true,
            demands: vec![Demand {
                dimension: "industry".into(),
                class: "energy".into(),
                wanted: 9,
                short: 2,
            }],
        }),
    }
}

pub(super) fn homophily() -> Vec<Homophily> {
    let chance =
        |index: f64, mean: f64| Chance { index, mean, interval: [mean - 0.17, mean + 0.16] };
    [("function", 0.12, 0.41), ("industry", -0.31, 0.02), ("company", 0.55, 0.49)]
        .into_iter()
        .map(|(dimension, attention, people)| Homophily {
            dimension: dimension.into(),
            own: Some(if dimension == "company" { "Corvane" } else { "finance" }.into()),
            people: 170,
            by_people: Some(people),
            by_attention: Some(chance(attention, people)),
            inbreeding: Some(0.3),
            reference: "contacts".into(),
            among: (dimension != "company").then(|| chance(attention - 0.4, 0.6)),
        })
        .collect()
}

pub(super) fn joint() -> Joint {
    let industries = [
        "finance",
        "software",
        "professional",
        "government",
        "health",
        "energy",
        "realestate",
        "unknown",
    ];
    let bands = ["starting", "working", "leading", "heading", "unknown"];
    let counts: [[(u32, u32); 5]; 8] = [
        [(2, 3), (31, 40), (14, 20), (8, 9), (1, 4)],
        [(9, 9), (27, 33), (9, 12), (3, 3), (1, 1)],
        [(4, 6), (11, 11), (5, 6), (0, 1), (0, 0)],
        [(1, 2), (5, 5), (0, 1), (0, 0), (2, 2)],
        [(0, 1), (5, 5), (2, 2), (0, 0), (0, 0)],
        [(0, 0), (4, 4), (1, 1), (0, 0), (0, 0)],
        [(3, 3), (5, 6), (1, 1), (0, 1), (0, 0)],
        [(2, 2), (12, 14), (4, 4), (1, 1), (12, 30)],
    ];
    let mut cells = Vec::new();
    for (industry, row) in industries.iter().zip(counts) {
        for (band, (active, known)) in bands.iter().zip(row) {
            let is_goal = ["government", "health"].contains(industry) && *band != "unknown";
            cells.push(JointCell {
                industry: (*industry).to_owned(),
                band: (*band).to_owned(),
                active,
                known,
                expected: 2.0,
                is_goal,
                is_gap: is_goal && active == 0,
            });
        }
    }
    Joint {
        people: 192,
        industries: industries.map(str::to_owned).to_vec(),
        bands: bands.map(str::to_owned).to_vec(),
        cells,
    }
}

/// Every third of the first 171 people; four of them reach far and hear little.
pub(super) fn bandwidth(people: &[Person], circles: usize) -> Vec<Bandwidth> {
    if circles < 2 || circles > LETTERS.len() {
        return Vec::new();
    }
    let chosen = people.iter().step_by(3).take(57).enumerate();
    let mut dots: Vec<Bandwidth> = chosen
        .map(|(nth, person)| {
            let step = f64::from(u32::try_from(nth).unwrap_or(0));
            let far = nth % 14 == 3;
            Bandwidth {
                id: person.id.clone(),
                reach: if far { 1.9 + step / 40.0 } else { 1.0 + (step * 0.37) % 0.9 },
                monthly: if far { 0.25 + step / 120.0 } else { 0.3 + (step * 1.7) % 7.0 },
            }
        })
        .collect();
    dots.sort_by(|a, b| b.reach.total_cmp(&a.reach).then(a.id.cmp(&b.id)));
    dots
}
