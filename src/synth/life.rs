//! The exchanges of single ties: rhythm, bursts, two-way conversations with reply lags.
//!
//! Responsible for the events between the owner and one other person. Groups are in `groups`.

use super::calendar::{Calendar, day_of, days};
use super::people::{Cast, OWNER, Person, Role};
use crate::random::Stream;

/// How an event took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Via {
    /// A LinkedIn message: goes to messages.csv. All others go to the log.
    LinkedIn,
    Email,
    Meeting,
    Call,
}

impl Via {
    /// Whether it is a text that can be answered.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::LinkedIn | Self::Email)
    }
}

/// One message, mail, call or meeting. Without recipients it never happened.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) at: i64,
    pub(crate) from: u32,
    pub(crate) to: Vec<u32>,
    pub(crate) via: Via,
    pub(crate) thread: u32,
}

impl Event {
    /// Whether only two people take part.
    pub(crate) fn is_pair(&self) -> bool {
        self.to.len() == 1
    }
}

/// The first thread number that is not a person's own conversation.
pub(crate) const THREADS: u32 = 1 << 24;

/// A life in the making.
pub(crate) struct Life<'a> {
    pub(crate) cast: &'a Cast,
    pub(crate) calendar: &'a Calendar,
    pub(crate) events: Vec<Event>,
    threads: u32,
}

impl<'a> Life<'a> {
    /// Nothing has happened yet.
    pub(crate) fn new(cast: &'a Cast, calendar: &'a Calendar) -> Self {
        Self { cast, calendar, events: Vec::new(), threads: THREADS }
    }

    /// A thread number nobody uses.
    pub(crate) fn thread(&mut self) -> u32 {
        self.threads += 1;
        self.threads
    }

    /// Adds an event, unless it would lie outside the life.
    pub(crate) fn push(&mut self, at: i64, from: u32, to: Vec<u32>, via: Via, thread: u32) -> bool {
        let day = day_of(at);
        let inside = day >= self.cast.first_day && day <= self.cast.last_day && !to.is_empty();
        if inside {
            self.events.push(Event { at, from, to, via, thread });
        }
        inside
    }

    /// The way of the next exchange with a person.
    pub(crate) fn way(stream: &mut Stream, person: &Person) -> Via {
        let logged = if person.gap < 35.0 { 0.62 } else { 0.45 };
        if !person.in_log || !stream.chance(logged) {
            return Via::LinkedIn;
        }
        match stream.below(20) {
            0..=12 => Via::Email,
            13..=16 => Via::Meeting,
            _ => Via::Call,
        }
    }

    /// One exchange with `id` on `day`; with `closed` it ends on the same day with the owner's words.
    pub(crate) fn exchange(&mut self, stream: &mut Stream, id: u32, day: i32, closed: bool) {
        let person = self.cast.get(id);
        let via = Self::way(stream, person);
        let initiative = 0.34 + f64::from(id % 32) / 100.0;
        let mine = stream.chance(initiative);
        let (from, to) = if mine { (OWNER, id) } else { (id, OWNER) };
        let thread = if via == Via::LinkedIn { id } else { self.thread() };
        let mut at = Calendar::moment(stream, day);
        self.push(at, from, vec![to], via, thread);
        if !via.is_text() {
            return;
        }
        if closed {
            if mine {
                at = Calendar::soon(stream, at);
                self.push(at, to, vec![from], via, thread);
            }
            at = Calendar::soon(stream, at);
            self.push(at, OWNER, vec![id], via, thread);
            return;
        }
        let close = person.gap < 14.0;
        let (mut from, mut to, mut chance) = (from, to, if close { 0.93 } else { 0.84 });
        while stream.chance(chance) {
            let slow = if close { 0.9 } else { 2.0 };
            let lag = slow * libm::exp(0.95 * stream.normal());
            at = self.calendar.later(stream, at, lag);
            std::mem::swap(&mut from, &mut to);
            if !self.push(at, from, vec![to], via, thread) {
                return;
            }
            chance = 0.38;
        }
    }

    /// All exchanges of one tie from its start to the last day.
    pub(crate) fn tie(&mut self, stream: &mut Stream, id: u32) {
        let person = self.cast.get(id);
        let (gap, start) = (person.gap, person.start);
        let left =
            (person.circle == 1 && person.role == Role::Regular).then_some(self.cast.job_day);
        let mut day = start + days(gap * stream.unit());
        while day <= self.cast.last_day {
            let settled = self.calendar.settle(stream, day);
            self.exchange(stream, id, settled, false);
            // Former colleagues are met less often after the owner moved on.
            let slow = if left.is_some_and(|since| settled > since) { 1.6 } else { 1.0 };
            day = settled.max(day) + days(gap * slow * libm::exp(0.5 * stream.normal())).max(1);
            if stream.chance(0.07) {
                day = self.burst(stream, id, settled) + days(gap).max(1);
            }
        }
    }

    /// A small project: some exchanges within days.
    fn burst(&mut self, stream: &mut Stream, id: u32, from: i32) -> i32 {
        let mut day = from;
        for _ in 0..=stream.below(3) {
            day += 1 + i32::try_from(stream.below(4)).unwrap_or(0);
            let settled = self.calendar.settle(stream, day);
            if settled <= self.cast.last_day {
                self.exchange(stream, id, settled, false);
            }
        }
        day
    }

    /// One or two talks with somebody met in passing.
    pub(crate) fn brief(&mut self, stream: &mut Stream, id: u32) {
        let (first, last) = (self.cast.get(id).start, self.cast.last_day);
        let until = if stream.chance(0.85) { last - 330 } else { last - 40 };
        let near = first + days(stream.exponential(40.0));
        let day = if near < until { near } else { first.max(self.cast.first_day) };
        for n in 0..=i32::from(stream.chance(0.3)) {
            let settled = self.calendar.settle(stream, day + 1 + 6 * n);
            self.exchange(stream, id, settled, true);
        }
    }

    /// The first talk with a new connection, within a week, on one day.
    pub(crate) fn followed_up(&mut self, stream: &mut Stream, id: u32) {
        let day = self.cast.get(id).connected + 1 + i32::try_from(stream.below(4)).unwrap_or(0);
        let at = Calendar::moment(stream, self.calendar.next_work(day));
        self.push(at, OWNER, vec![id], Via::LinkedIn, id);
        let reply = Calendar::soon(stream, at);
        self.push(reply, id, vec![OWNER], Via::LinkedIn, id);
        let thanks = Calendar::soon(stream, reply);
        self.push(thanks, OWNER, vec![id], Via::LinkedIn, id);
    }

    /// One talk a year, the last of them five to seven months ago.
    pub(crate) fn yearly(&mut self, stream: &mut Stream, id: u32) {
        let mut day = self.cast.last_day - days(stream.between(150.0, 215.0));
        while day > self.cast.first_day {
            let settled = self.calendar.settle(stream, day);
            self.exchange(stream, id, settled, true);
            day -= days(stream.between(355.0, 375.0));
        }
    }

    /// Two or three messages within half a year that nobody answered.
    pub(crate) fn unanswered(&mut self, stream: &mut Stream, id: u32) {
        let mut ago = stream.between(95.0, 150.0);
        let times = 2 + stream.below(2);
        for _ in 0..times {
            let day = self.calendar.previous_work(self.cast.last_day - days(ago));
            let at = Calendar::moment(stream, day);
            self.push(at, OWNER, vec![id], Via::LinkedIn, id);
            ago -= stream.between(22.0, 34.0);
        }
    }
}

/// Plays the ties of everybody.
pub(crate) fn ties(life: &mut Life<'_>, seed: u64) {
    for id in life.cast.ids() {
        let mut stream = Stream::new(seed, "synth-tie", u64::from(id));
        match life.cast.get(id).role {
            role if role.is_active() => life.tie(&mut stream, id),
            Role::Brief => life.brief(&mut stream, id),
            Role::NewFollowed => life.followed_up(&mut stream, id),
            Role::LetRest => life.unanswered(&mut stream, id),
            Role::Yearly => life.yearly(&mut stream, id),
            _ => {}
        }
    }
}
