//! The randomised hold-out: some of the first picks are left out at random, and others take their places.
//!
//! Drawn once a person and day from the seed. Those who were kept stay in the plan, so the two sides differ by chance alone; who
//! fills a freed place takes no part. A kept one that finds no week any more is on neither side.

use crate::audit::Trial;
use crate::random::Stream;

use super::Budget;
use super::table::{Placed, Table};

/// The two sides as drawn, sorted.
#[derive(Debug)]
pub(super) struct Drawn(Trial);

/// Draws among the picks that turn to one person.
pub(super) fn draw(table: &Table, picks: &[Placed], budget: &Budget, share: f64) -> Drawn {
    let mut trial = Trial::default();
    for (_, at) in picks {
        // Of what an earlier plan promised the owner knows already.
        let Some(who) = alone(table, *at).filter(|_| !table.candidates[*at].promised) else {
            continue;
        };
        let task = format!("hold-out {who} {}", budget.from);
        let is_out = Stream::new(budget.seed, &task, 0).chance(share);
        let side = if is_out { &mut trial.held_out } else { &mut trial.suggested };
        side.push(who.to_owned());
    }
    trial.held_out.sort();
    trial.suggested.sort();
    Drawn(trial)
}

impl Drawn {
    /// Whether a candidate turns to somebody who is left out.
    pub(super) fn is_out(&self, table: &Table, at: usize) -> bool {
        let people = &table.candidates[at].action.people;
        people.iter().any(|who| self.0.held_out.binary_search(who).is_ok())
    }

    /// The trial of the plan that came of it.
    pub(super) fn of_plan(self, table: &Table, picks: &[Placed]) -> Trial {
        let planned = |who: &String| picks.iter().any(|(_, at)| alone(table, *at) == Some(who));
        let mut trial = self.0;
        trial.suggested.retain(planned);
        trial
    }
}

/// The one person whom a candidate turns to.
fn alone<'a>(table: &'a Table, at: usize) -> Option<&'a str> {
    match table.candidates[at].action.people.as_slice() {
        [who] => Some(who),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::ActionKind;
    use crate::plan::objective::Objective;
    use crate::plan::tests::candidate;

    #[test]
    fn who_finds_no_week_any_more_is_on_neither_side() {
        let all = ["a", "b"].map(|who| candidate(ActionKind::RepairStrongTie, &[who], 1.0, 1));
        let table = Table {
            candidates: all.iter().collect(),
            items: Vec::new(),
            cards: Vec::new(),
            jobs: Vec::new(),
            objective: Objective::new(&[], &[], &[], [1.0, 1.0]),
        };
        let suggested = vec!["a".to_owned(), "b".to_owned()];
        let drawn = Drawn(Trial { suggested, held_out: vec!["c".to_owned()] });
        let found = drawn.of_plan(&table, &[(0, 1)]);
        assert_eq!((found.suggested, found.held_out), (vec!["b".to_owned()], vec!["c".to_owned()]));
    }
}
