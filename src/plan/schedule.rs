//! Thirteen weeks: earliest deadline first, spread over the quarter (`methods` G.5).
//!
//! A week holds so many actions and minutes; quiet spans leave whole weeks out. What is owed or dated comes first
//! ([`Calendar::put`]); the rest is spread evenly in the order of deadlines ([`Calendar::spread`]), none after it expires.
//! Two actions with one person lie at least 30 days apart.

use jiff::civil::Weekday;

use crate::units::Day;

/// Weeks of a plan.
pub const WEEKS: u8 = 13;
/// Weeks between the starts of two actions with one person: 30 days and more from the end of one to the next.
const APART: usize = 6;
/// Below so many free weeks the quarter counts as quiet, and the plan goes on after it.
const FEWEST_WEEKS: usize = 4;

/// What the schedule reads of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Minutes.
    pub minutes: u32,
    /// People, by number.
    pub people: Vec<u32>,
    /// Not before this day.
    pub from: Day,
    /// The day by which it is wanted: the order of the choice of weeks.
    pub by: Day,
    /// The day after which it makes no sense any more.
    pub expires: Option<Day>,
}

/// How full a week may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Actions.
    pub actions: usize,
    /// Minutes.
    pub minutes: u32,
    /// Whether Saturdays and Sundays count.
    pub weekends: bool,
}

/// First days of the weeks in which something may be planned, from the day after `as_of`: those outside quiet spans. Where
/// nearly all of the quarter is quiet, weeks after it.
#[must_use]
pub fn free_weeks(as_of: Day, quiet: &[(Day, Day)]) -> Vec<Day> {
    let touches_quiet =
        |start: Day| quiet.iter().any(|(from, to)| *from <= start.plus(6) && start <= *to);
    let starts = (0..).map(|week| as_of.plus(7 * week + 1));
    let quarter: Vec<Day> =
        starts.clone().take(WEEKS.into()).filter(|start| !touches_quiet(*start)).collect();
    if quarter.len() >= FEWEST_WEEKS {
        return quarter;
    }
    let later: Vec<Day> = starts
        .take(10 * usize::from(WEEKS))
        .filter(|start| !touches_quiet(*start))
        .take(WEEKS.into())
        .collect();
    // Years of quiet: then the first day after them all.
    let last = quiet.iter().map(|(_, to)| to.plus(1)).max().unwrap_or(as_of);
    if later.is_empty() { vec![last] } else { later }
}

/// Weeks as they fill.
#[derive(Debug, Clone)]
pub struct Calendar<'a> {
    weeks: &'a [Day],
    most: Week,
    used: Vec<(usize, u32)>,
    of: Vec<(u32, usize)>,
}

impl<'a> Calendar<'a> {
    /// Empty weeks, by their first days.
    #[must_use]
    pub fn new(weeks: &'a [Day], most: Week) -> Self {
        Self { weeks, most, used: vec![(0, 0); weeks.len()], of: Vec::new() }
    }

    /// Whether a job could be done in any week, were all of them empty.
    #[must_use]
    pub fn opens(&self, job: &Job) -> bool {
        self.span(job).is_some()
    }

    /// Gives a job its week, as a position: the first with room from the wanted one on, before it expires; else the last before
    /// the wanted one. `None` where no week has room.
    pub fn put(&mut self, job: &Job, wanted: usize) -> Option<usize> {
        let (earliest, last) = self.span(job)?;
        let wanted = wanted.clamp(earliest, last);
        let week = (wanted..=last)
            .chain((earliest..wanted).rev())
            .find(|week| self.has_room(job, *week))?;
        self.used[week].0 += 1;
        self.used[week].1 += job.minutes;
        self.of.extend(job.people.iter().map(|who| (*who, week)));
        Some(week)
    }

    /// Gives each job its week, spread evenly over the quarter in the order of deadlines. The weeks that are filled already
    /// hold the first of them, too.
    pub fn spread(&mut self, jobs: &[&Job]) -> Vec<Option<usize>> {
        let a_week = self.most.actions.max(1);
        let before: usize = self.used.iter().map(|(actions, _)| actions).sum();
        let all = before + jobs.len();
        let early = before.max(a_week.min(all)).div_ceil(a_week);
        let rest = all.saturating_sub(early * a_week).max(1);
        let later = self.weeks.len().saturating_sub(early).max(1);
        let mut order: Vec<usize> = (0..jobs.len()).collect();
        // Stable: equals keep the order of the choice.
        order.sort_by_key(|at| jobs[*at].by);
        let mut found = vec![None; jobs.len()];
        for (nth, at) in (before..).zip(order) {
            let late = nth.checked_sub(early * a_week);
            found[at] = self.put(jobs[at], late.map_or(0, |late| early + late * later / rest));
        }
        found
    }

    /// The first and the last week in which a job may be done.
    fn span(&self, job: &Job) -> Option<(usize, usize)> {
        let opens = |start: &Day| window(*start, job.from, self.most.weekends);
        let earliest = self.weeks.iter().position(|start| opens(start).is_some())?;
        let in_time = |start: &Day| {
            opens(start).is_some_and(|(first, _)| job.expires.is_none_or(|day| first <= day))
        };
        let last = self.weeks.iter().rposition(in_time).filter(|last| *last >= earliest)?;
        Some((earliest, last))
    }

    fn has_room(&self, job: &Job, week: usize) -> bool {
        let (actions, minutes) = self.used[week];
        let near =
            |(who, other): &(u32, usize)| job.people.contains(who) && week.abs_diff(*other) < APART;
        actions < self.most.actions
            // An action longer than any week's minutes has a week of its own.
            && (minutes.saturating_add(job.minutes) <= self.most.minutes || actions == 0)
            && !self.of.iter().any(near)
    }
}

/// The days of an action within its week: not before its window opens, and without `weekends` from the first to the last of the
/// working days; `None` where nothing of the week is left.
#[must_use]
pub fn window(start: Day, from: Day, weekends: bool) -> Option<(Day, Day)> {
    let is_weekend =
        |day: &Day| matches!(day.date().weekday(), Weekday::Saturday | Weekday::Sunday);
    let days = (0..7).map(|nth| start.plus(nth)).filter(|day| *day >= from);
    let mut days = days.filter(|day| weekends || !is_weekend(day));
    let first = days.next()?;
    Some((first, days.next_back().unwrap_or(first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_expires_on_the_first_day_of_a_week_is_done_in_that_week_at_the_latest() {
        let weeks = [Day(10), Day(17), Day(24)];
        let most = Week { actions: 1, minutes: 60, weekends: true };
        for (expires, last) in [(9, None), (10, Some(0)), (16, Some(0)), (17, Some(1))] {
            let job = Job {
                minutes: 5,
                people: vec![1],
                from: Day(0),
                by: Day(0),
                expires: Some(Day(expires)),
            };
            assert_eq!(Calendar::new(&weeks, most).put(&job, 2), last, "{expires}");
        }
    }
}
