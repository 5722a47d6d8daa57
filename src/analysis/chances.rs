//! P(contact within 90 days) of every tie, and how well it was told on this owner's own past.
//!
//! **Question** Will there be contact without anybody's doing, and does one more contact change that? **Definition**
//! [`crate::forecast`]: the stack of a pretrained logistic, learned further on this data, with MBG/NBD and a two-column logistic;
//! the model that up to six back-test windows speak for ([`crate::forecast::choose`]). **What counts** contact days as the ties
//! have them: the owner wrote, was written to, met or called, in events up to the group cap. A log in which most events are
//! without the owner also shows when contacts were last seen with others. **Edge cases** a tie without a contact day has no
//! chance; too short a past is told as "not verified". **Cost** O(contact days) a window.

use rayon::prelude::*;

use crate::audit;
use crate::forecast::backtest::{self, Who};
use crate::forecast::choose;
use crate::forecast::coefficients::Coefficients;
use crate::forecast::columns::{self, At, Scope, Which};
use crate::forecast::history::{Histories, Part};
use crate::forecast::mbg::Parameters;
use crate::forecast::model::{self, Model};
use crate::forecast::{Chance, report, saved};
use crate::study::Study;
use crate::ties::Event;
use crate::units::Day;

/// Days ahead.
pub const HORIZON: i32 = 90;
/// Most people of a message whose recipients know of each other, the sender included.
const FEW: usize = 9;

/// The chances and what stands behind them.
#[derive(Debug, Clone)]
pub struct Chances {
    /// By position in [`Study::ties`]; `None` without a contact day.
    pub by_tie: Vec<Option<Chance>>,
    /// The model and its back-test; `None` without any contact.
    pub found: Option<audit::Forecast>,
    /// MBG/NBD as fitted on these ties, for what a closed form can say; `None` without any contact.
    pub mbg: Option<Parameters>,
}

/// Tells the chance of every tie of a study.
#[must_use]
pub fn of(study: &Study) -> Chances {
    let owner = study.people.owner.0;
    let is_whole = is_whole_log(study);
    let histories = histories(study, is_whole);
    let Some((first, _)) = histories.span() else {
        return Chances { by_tie: vec![None; study.ties.len()], found: None, mbg: None };
    };
    let scope = if is_whole { Scope::Whole } else { Scope::Own(owner) };
    let cutoff = model::cutoff_after(study.as_of);
    let at = At { histories: &histories, scope, cutoff, horizon: HORIZON };
    let pretrained = Coefficients::shipped();
    let cutoffs = backtest::cutoffs(first, study.as_of, HORIZON);
    let trials = backtest::run(&at, &cutoffs, Who::One(owner), &pretrained);
    let kind = choose::decide(&trials).chosen;
    let model = Model::fit(&at, &pretrained);
    let mut by_tie = vec![None; study.ties.len()];
    let told = columns::each_touched(&at, Which::All, |row, after| {
        (row.past.tie, model.chance(&row, &after, kind))
    });
    for (tie, chance) in told {
        let ends = histories.ends(tie as usize);
        let Some(other) = ends.into_iter().find(|person| *person != owner) else { continue };
        if let Some(position) = study.place(crate::people::PersonId(other))
            && ends.contains(&owner)
        {
            by_tie[position] = Some(chance);
        }
    }
    let found = audit::Forecast {
        horizon_days: HORIZON.unsigned_abs(),
        model: kind.name().to_owned(),
        whole_log: is_whole,
        learned_from: u32::try_from(model.learned_from).unwrap_or(u32::MAX),
        backtest: report::of(&trials, HORIZON).map(|report| saved::backtest(&report)),
    };
    Chances { by_tie, found: Some(found), mbg: Some(model.plain.parameters()) }
}

/// Whether most events are without the owner.
fn is_whole_log(study: &Study) -> bool {
    let all = study.events.until(study.as_of);
    let owner = study.people.owner;
    let with = |event: &&Event| study.events.people(event).binary_search(&owner).is_ok();
    all.iter().filter(with).count() * 2 < all.len()
}

/// The owner's ties as the study has them; with `is_whole` also those among everybody else, by the same rules.
fn histories(study: &Study, is_whole: bool) -> Histories {
    let owner = study.people.owner.0;
    let mut met: Vec<([u32; 2], Day)> = study
        .ties
        .iter()
        .flat_map(|tie| {
            let contact = tie.touches.iter().filter(|touch| touch.channel.is_contact());
            let ends = [owner.min(tie.who.0), owner.max(tie.who.0)];
            contact.map(move |touch| (ends, touch.day))
        })
        .collect();
    let mut together: Vec<([u32; 2], Day)> = Vec::new();
    for event in study.events.until(study.as_of) {
        let people = study.events.people(event);
        let is_small = people.len() <= study.model.group_cap as usize;
        if !event.channel.is_contact() || !is_small {
            continue;
        }
        let live = event.channel.is_live();
        let is_few = (3..=FEW).contains(&people.len()) && !live;
        if !is_whole && (!is_few || people.binary_search(&study.people.owner).is_err()) {
            continue;
        }
        for (nth, a) in people.iter().enumerate() {
            for b in &people[nth + 1..] {
                let ends = [a.0, b.0];
                let direct = live || event.from == *a || event.from == *b;
                let is_own = ends.contains(&owner);
                match () {
                    () if direct && is_whole && !is_own => met.push((ends, event.day)),
                    () if !direct && is_few && (is_whole || is_own) => {
                        together.push((ends, event.day));
                    }
                    () => {}
                }
            }
        }
    }
    met.par_sort_unstable();
    let mut part = Part::default();
    for tie in met.chunk_by(|a, b| a.0 == b.0) {
        part.push(tie[0].0, tie.iter().map(|(_, day)| *day));
    }
    let mut histories = Histories::new(study.people.people.len(), vec![part]);
    let seen = together.iter().filter_map(|([a, b], day)| {
        histories.find(*a, *b).and_then(|tie| Some((u32::try_from(tie).ok()?, *day)))
    });
    let seen: Vec<(u32, Day)> = seen.collect();
    histories.add_together(seen);
    histories
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::logged;
    use crate::units::Channel;

    #[test]
    fn a_log_is_whole_when_most_events_are_without_the_owner() {
        let mail = Channel::Email;
        let (own, other) = ((9, 3, 0, mail), (8, 0, 1, mail));
        assert!(is_whole_log(&logged(3, &[own, other, (7, 1, 2, mail)])));
        assert!(!is_whole_log(&logged(3, &[own, other])));
        assert_eq!(
            of(&logged(3, &[own, other, (7, 1, 2, mail)])).found.map(|found| found.whole_log),
            Some(true)
        );
    }

    #[test]
    fn others_have_a_history_of_contact_and_not_of_requests() {
        let rows = [
            (30, 0, 1, Channel::Email),
            (20, 1, 0, Channel::Meeting),
            (15, 1, 2, Channel::Invitation),
            (10, 0, 2, Channel::Endorsement),
        ];
        let found = histories(&logged(3, &rows), true);
        let ties: Vec<[u32; 2]> = (0..found.len()).map(|tie| found.ends(tie)).collect();
        assert_eq!(ties, [[0, 1]]);
        let days = found.before(0, model::cutoff_after(crate::analysis::tests::AS_OF));
        let ago = days.iter().map(|day| crate::analysis::tests::AS_OF.since(day.day()));
        assert_eq!(ago.collect::<Vec<_>>(), [30, 20]);
        assert!(histories(&logged(3, &rows), false).is_empty());
    }
}
