//! Invented causes of constraint, ties to strengthen, weak ties.

use crate::audit::{
    Addition, ConstraintCause, ConstraintCauses, ConstraintPerson, Person, Strengthen, WeakCell,
    WeakTies,
};
use crate::units::Channel;

use super::LETTERS;

/// Shares of the constraint by community; `None` without communities.
pub(super) fn causes(people: &[Person], circles: usize) -> Option<ConstraintCauses> {
    let shares = [0.34, 0.21, 0.14, 0.1, 0.07, 0.04, 0.02];
    let known: f64 = shares.iter().take(circles).sum();
    let own = shares.iter().zip(LETTERS).take(circles).map(|(share, letter)| ConstraintCause {
        letter: Some(letter.to_owned()),
        people: 12,
        ties: 41,
        share: *share,
        share_before: Some(share * 0.8),
    });
    let outside = ConstraintCause {
        letter: None,
        people: 60,
        ties: 9,
        share: 1.0 - known,
        share_before: None,
    };
    let mut all: Vec<ConstraintCause> = own.chain([outside]).collect();
    all.sort_by(|a, b| b.share.total_cmp(&a.share));
    let people = people
        .iter()
        .take(4)
        .map(|person| ConstraintPerson { id: person.id.clone(), share: 0.05 })
        .collect();
    (circles > 0).then_some(ConstraintCauses {
        constraint: 0.021,
        before: Some(0.024),
        circles: all,
        people,
    })
}

/// Five ties to strengthen.
pub(super) fn strengthen(people: &[Person]) -> Option<Strengthen> {
    let tie = |person: &Person| Addition {
        id: person.id.clone(),
        channel: Channel::Email,
        touches: 2,
        minutes: 20,
        effective_size: 0.31,
        constraint: -0.0004,
    };
    let ties: Vec<Addition> = people.iter().skip(8).take(5).map(tie).collect();
    (!ties.is_empty()).then_some(Strengthen { effective_size: 61.2, constraint: 0.034, ties })
}

/// Weak ties by mutual contacts and contact days.
pub(super) fn weak_ties() -> WeakTies {
    let mutual =
        [(0, Some(0)), (1, Some(2)), (3, Some(5)), (6, Some(10)), (11, Some(20)), (21, None)];
    let days = [(0, Some(0)), (1, Some(2)), (3, Some(11)), (12, None)];
    let cells = (0..).zip(mutual).flat_map(|(x, mutual)| {
        (0..).zip(days).map(move |(y, days)| WeakCell {
            mutual,
            days,
            observed: (x * 7 + y * 3) % 9,
            estimated: if x < 3 { (x + 2 * y) % 5 } else { 0 },
        })
    });
    WeakTies { cells: cells.filter(|cell| cell.observed + cell.estimated > 0).collect() }
}
