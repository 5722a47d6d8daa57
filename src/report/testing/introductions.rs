//! Invented introductions: pairs, ways in, doors opened.

use jiff::civil::date;

use crate::audit::{
    Broker, Door, EgoChange, Hop, Introduction, Introductions, KnownBy, Ledger, MatrixCell,
    Meeting, Person, Reason, TargetKind, WarmUp, Way, WaysIn,
};
use crate::units::Evidence;

use super::LETTERS;

/// Introductions among these people; `None` without circles.
#[expect(clippy::too_many_lines, reason = "one table of made-up findings")]
pub(super) fn found(people: &[Person], circles: usize) -> Option<Introductions> {
    if circles == 0 || people.len() < 30 {
        return None;
    }
    let id = |nth: usize| people[nth].id.clone();
    let letter = |nth: usize| people[nth].community.clone();
    let give = (0..5).map(|nth| Introduction {
        a: id(2 * nth + 1),
        b: id(2 * nth + 2),
        score: 0.6 - 0.05 * nth as f64,
        feasible: 0.8,
        fit: 0.83,
        unlikely: 0.97,
        rested: 1.0,
        p_meet: 0.03,
        reasons: vec![
            Reason::SameIndustry("health".into()),
            Reason::OtherSide(["sales".into(), "research".into()]),
        ],
        common: u32::from(nth == 3),
        circles: [letter(2 * nth + 1), letter(2 * nth + 2)],
        tier: Evidence::Interaction,
        ego: EgoChange {
            effective_size: 61.2,
            effective_size_after: 61.19,
            is_only_link: nth != 3,
            contact: [Some(0.7), Some(0.4)],
            contact_after: [Some(0.9), Some(0.8)],
        },
    });
    let mut matrix = Vec::new();
    for (b, letter_b) in LETTERS.iter().enumerate().take(circles) {
        for (a, letter_a) in LETTERS.iter().enumerate().take(b + 1) {
            let good = u32::try_from((a * 7 + b * 5) % 24).unwrap_or(0);
            matrix.push(MatrixCell {
                a: (*letter_a).into(),
                b: (*letter_b).into(),
                open: good + 3,
                good,
                best: 0.3 + f64::from(good) / 100.0,
                tied: 2,
            });
        }
    }
    let hop = |from: &str, to: usize, chance: f64, evidence: Evidence| Hop {
        from: from.to_owned(),
        to: id(to),
        chance,
        probability: 0.9,
        strength: chance,
        evidence,
        interactions: 7,
        last: Some(date(2026, 8, 14)),
    };
    let way = |via: usize, to: usize, length: usize| {
        let mut hops = vec![hop("mara-lindqvist", via, 0.7, Evidence::Interaction)];
        if length > 2 {
            hops.push(hop(&id(via), via + 10, 0.5, Evidence::CoPresence));
        }
        let last = if length > 2 { via + 10 } else { via };
        hops.push(hop(&id(last), to, 0.4, Evidence::CoPresence));
        let weakest = u32::try_from(hops.len() - 1).unwrap_or(0);
        Way { value: hops.iter().map(|hop| hop.chance).product(), hops, weakest }
    };
    let ways = vec![
        WaysIn {
            target: "Borealis".into(),
            kind: TargetKind::Company,
            fits: 3,
            ways: vec![way(1, 25, 2), way(2, 26, 3), way(3, 27, 3)],
            warm_up: None,
            at_best: 0.5,
        },
        WaysIn {
            target: id(28),
            kind: TargetKind::Person,
            fits: 1,
            ways: Vec::new(),
            warm_up: Some(WarmUp { id: id(20), is_target: false, last: None, hops: 1 }),
            at_best: 0.0,
        },
    ];
    let broker = |nth: usize, doors: usize, is_thanked: bool| Broker {
        id: id(nth),
        opened: (0..doors)
            .map(|door| Door {
                id: id(nth + door + 5),
                on: date(2026, 3, 9),
                known_by: if door == 0 { KnownBy::Told } else { KnownBy::Log },
            })
            .collect(),
        is_thanked,
    };
    Some(Introductions {
        limits: None,
        meeting: Meeting::default(),
        give: give.collect(),
        matrix,
        ways,
        ledger: Ledger {
            brokers: vec![broker(4, 4, true), broker(6, 2, false), broker(9, 1, true)],
            given: Vec::new(),
            begun: 40,
            by_introduction: 7,
            asked_met: 0,
            asked_not: 0,
        },
    })
}
