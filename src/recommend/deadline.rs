//! By when: the first of the quarter's weeks in which contact has become half as likely as it is now (`methods` G.5), or the day on which the
//! owner's own pace is passed, where that is sooner.

use crate::forecast::mbg::{self, History};
use crate::plan::schedule::WEEKS;
use crate::units::Day;

use super::Context;

/// Days ahead in which contact is looked for.
const AHEAD: f64 = 30.0;

/// The deadline of a tie: the last day of that week, else of the quarter's last. Without any contact the quarter's last.
pub(super) fn of(context: &Context, at: usize) -> Day {
    let weeks = i32::from(WEEKS);
    let as_of = context.study.as_of;
    let week = context.mbg.and_then(|parameters| {
        let now = History::of(&context.tie(at).days, as_of)?;
        let chance = |week: i32| {
            let later = History { now: now.now + f64::from(7 * week), ..now };
            mbg::p_contact(later, parameters, AHEAD)
        };
        let half = 0.5 * chance(0);
        (1..weeks).find(|week| chance(*week) < half)
    });
    let half = as_of.plus(7 * week.unwrap_or(weeks));
    // Where the owner says how often, the day on which that is passed.
    let tie = context.tie(at);
    let wanted = tie.rhythm.wanted.zip(tie.days.last());
    #[expect(clippy::cast_possible_truncation, reason = "1 to 3,650 by the settings")]
    let passed = wanted.map(|(days, last)| last.plus(days.ceil() as i32));
    passed.map_or(half, |day| day.clamp(as_of.plus(7), half))
}
