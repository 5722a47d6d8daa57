//! Thirteen weeks: earliest deadline first, spread over the quarter (`methods` G.5).
//!
//! A week holds so many actions and minutes; quiet spans leave whole weeks out. What is owed or dated comes first; the rest is
//! spread evenly in the order of deadlines, none after it expires. Two actions with one person lie at least 30 days apart.

use jiff::civil::Weekday;

use crate::units::Day;

/// Weeks of a plan.
pub const WEEKS: usize = 13;
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
    /// Owed or dated: as early as can be.
    pub due: bool,
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
        starts.clone().take(WEEKS).filter(|start| !touches_quiet(*start)).collect();
    if quarter.len() >= FEWEST_WEEKS {
        return quarter;
    }
    let later: Vec<Day> =
        starts.take(10 * WEEKS).filter(|start| !touches_quiet(*start)).take(WEEKS).collect();
    // Years of quiet: then the first day after them all.
    let last = quiet.iter().map(|(_, to)| to.plus(1)).max().unwrap_or(as_of);
    if later.is_empty() { vec![last] } else { later }
}

/// The week of each job, as a position in `weeks`; `None` where no week has room.
#[must_use]
pub fn schedule(jobs: &[Job], weeks: &[Day], most: Week) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    // Stable: equals keep the order of the plan.
    order.sort_by_key(|at| (!jobs[*at].due, if jobs[*at].due { Day(0) } else { jobs[*at].by }));
    let due = jobs.iter().filter(|job| job.due).count();
    // The weeks that what is owed fills hold the first of the rest, too.
    let early = due.max(most.actions.min(jobs.len())).div_ceil(most.actions.max(1));
    let rest = jobs.len().saturating_sub(early * most.actions).max(1);
    let later = weeks.len().saturating_sub(early).max(1);
    let mut plan = Filling { weeks, most, used: vec![(0, 0); weeks.len()], of: Vec::new() };
    let mut found = vec![None; jobs.len()];
    for (nth, at) in order.into_iter().enumerate() {
        let wanted = match nth {
            first if first < early * most.actions => 0,
            late => early + (late - early * most.actions) * later / rest,
        };
        let job = &jobs[at];
        let week = plan.place(job, if job.due { 0 } else { wanted });
        if let Some(week) = week {
            plan.fill(job, week);
        }
        found[at] = week;
    }
    found
}

/// Weeks as they fill.
struct Filling<'a> {
    weeks: &'a [Day],
    most: Week,
    used: Vec<(usize, u32)>,
    of: Vec<(u32, usize)>,
}

impl Filling<'_> {
    /// The first week with room from the wanted one on, before it expires; else the last before it.
    fn place(&self, job: &Job, wanted: usize) -> Option<usize> {
        let opens = |start: &Day| window(*start, job.from, self.most.weekends);
        let earliest = self.weeks.iter().position(|start| opens(start).is_some())?;
        let in_time = |start: &Day| {
            opens(start).is_some_and(|(first, _)| job.expires.is_none_or(|day| first <= day))
        };
        let last = self.weeks.iter().rposition(in_time).filter(|last| *last >= earliest)?;
        let wanted = wanted.clamp(earliest, last);
        let mut tried = (wanted..=last).chain((earliest..wanted).rev());
        tried.find(|week| self.has_room(job, *week))
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

    fn fill(&mut self, job: &Job, week: usize) {
        self.used[week].0 += 1;
        self.used[week].1 += job.minutes;
        self.of.extend(job.people.iter().map(|who| (*who, week)));
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
