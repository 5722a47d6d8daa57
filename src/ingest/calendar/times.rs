//! When an entry takes place: its rule, its further dates, its exceptions, and what other entries replace.
//!
//! An entry with a `RECURRENCE-ID` stands for one meeting of a series, or with `RANGE=THISANDFUTURE` for that one and all
//! after it, moved by as much as the one is moved, up to the next entry of its kind.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, DateTime};

use super::super::problem::{Code, Problem};
use super::super::source::Skip;
use super::entry::{Entry, Moment};
use super::series;
use crate::units::Instant;

/// Times that stay out of a series.
#[derive(Debug, Default)]
struct Gone {
    times: BTreeSet<Instant>,
    days: BTreeSet<Date>,
}

impl Gone {
    fn add(&mut self, moment: &Moment) {
        if moment.is_day {
            self.days.insert(moment.local.date());
        } else {
            self.times.extend(moment.instant());
        }
    }

    fn has(&self, at: Instant, local: DateTime) -> bool {
        self.times.contains(&at) || self.days.contains(&local.date())
    }
}

/// The entries of one id.
#[derive(Debug, Default)]
struct Series<'e> {
    /// The entry that holds the rule.
    base: Option<&'e Entry>,
    /// Single meetings that entries of their own replace.
    replaced: Gone,
    /// From where on entries of their own stand for the rest.
    from: BTreeSet<Instant>,
}

/// All series of a calendar.
#[derive(Debug)]
pub(super) struct Plan<'e> {
    series: BTreeMap<&'e str, Series<'e>>,
    horizon: DateTime,
}

impl<'e> Plan<'e> {
    /// Of the newest versions of a calendar's entries.
    pub(super) fn of(entries: impl Iterator<Item = &'e Entry>, horizon: DateTime) -> Self {
        let mut all: BTreeMap<&str, Series<'e>> = BTreeMap::new();
        for entry in entries.filter(|entry| !entry.uid.is_empty()) {
            let series = all.entry(&entry.uid).or_default();
            match &entry.replaces {
                None => series.base = Some(entry),
                Some(moment) if entry.is_future => series.from.extend(moment.instant()),
                Some(moment) => series.replaced.add(moment),
            }
        }
        Self { series: all, horizon }
    }

    /// Every time at which an entry takes place; what is odd goes to `problems`.
    pub(super) fn times(
        &self,
        entry: &Entry,
        problems: &mut Vec<Problem>,
    ) -> Result<Vec<Instant>, Skip> {
        let none = Series::default();
        let series = self.series.get(entry.uid.as_str()).unwrap_or(&none);
        let times = match &entry.replaces {
            Some(moment) if entry.is_future => self.rest(entry, moment, series),
            Some(_) => entry.start.iter().filter_map(Moment::instant).collect(),
            None => {
                let mut all = self.occurrences(entry, problems);
                if let Some(first) = series.from.first() {
                    all.split_off(first);
                }
                all.retain(|at, local| !series.replaced.has(*at, *local));
                all.into_keys().collect()
            }
        };
        if !times.is_empty() {
            return Ok(times);
        }
        if entry.start.as_ref().and_then(Moment::instant).is_none() {
            return Err(Skip::new(Code::BadDate, "the time is not possible; entry left out"));
        }
        Err(Skip::new(Code::Cancelled, "no meeting of the series is left; entry left out"))
    }

    /// The meetings of a series from one on, moved as that one is.
    fn rest(&self, entry: &Entry, moment: &Moment, series: &Series<'_>) -> Vec<Instant> {
        let (Some(start), Some(first)) =
            (entry.start.as_ref().and_then(Moment::instant), moment.instant())
        else {
            return Vec::new();
        };
        let next = series.from.range(Instant(first.0 + 1)..).next();
        let is_left = |at: Instant, local: DateTime| {
            next.is_none_or(|next| at < *next) && !series.replaced.has(at, local)
        };
        let mut unsaid = Vec::new();
        if entry.rule.is_some() {
            let all = self.occurrences(entry, &mut unsaid).into_iter();
            return all.filter(|(at, local)| is_left(*at, *local)).map(|(at, _)| at).collect();
        }
        // Moved on the clock of the series, so that summer time changes nothing.
        let clock = series.base.and_then(|base| base.start.as_ref());
        let moved = clock.and_then(|clock| {
            clock.local_of(first)?.until(clock.local_of(start)?).ok().map(|moved| (clock, moved))
        });
        let (Some(base), Some((clock, moved))) = (series.base, moved) else { return vec![start] };
        let all = self.occurrences(base, &mut unsaid);
        all.into_iter()
            .filter(|(at, local)| *at >= first && is_left(*at, *local))
            .filter_map(|(_, local)| clock.instant_of(local.checked_add(moved).ok()?))
            .collect()
    }

    /// The times of an entry by its own rule, dates and exceptions, each with its local time.
    fn occurrences(
        &self,
        entry: &Entry,
        problems: &mut Vec<Problem>,
    ) -> BTreeMap<Instant, DateTime> {
        let Some(start) = &entry.start else { return BTreeMap::new() };
        let by_rule = entry
            .rule
            .as_ref()
            .map(|rule| series::expand(start.local, rule, self.horizon, &start.zone));
        let mut odd = |what| problems.push(Problem::new(entry.line, Code::SeriesCut, what));
        let local = match by_rule {
            None => vec![start.local],
            Some(None) => {
                odd("the rule of the series cannot be read; its first meeting is kept");
                vec![start.local]
            }
            Some(Some((local, is_cut))) => {
                if is_cut {
                    odd("the series is longer than 4,000 meetings and followed so far");
                }
                local
            }
        };
        let mut except = Gone::default();
        entry.except.iter().for_each(|moment| except.add(moment));
        let more = entry.more.iter().filter_map(|moment| {
            let at = moment.instant()?;
            Some((at, start.local_of(at)?))
        });
        local
            .into_iter()
            .filter_map(|local| Some((start.instant_of(local)?, local)))
            .chain(more)
            .filter(|(at, local)| !except.has(*at, *local))
            .collect()
    }
}
