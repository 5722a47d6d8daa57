//! The ends of the ties: planted silences, owed replies, last contacts that keep a rhythm, tidy endings.
//!
//! Responsible for making the planted states true in the finished data, whatever chance did before.

use super::calendar::{Calendar, day_of, days as whole};
use super::days::{self, Days, State};
use super::life::{Event, Life, Via};
use super::people::{OWNER, Role};
use crate::random::Stream;

/// The events of each person, by number.
type Index = Vec<Vec<u32>>;

/// Ends every tie as its part demands.
pub(crate) fn finish(life: &mut Life<'_>, seed: u64) {
    let count = life.cast.people.len();
    let [least, most] = days::owner_gaps(&days::all(&life.events, count));
    // Ending some ties moves the owner's usual gap a little: leave room.
    let owner = [least * 0.9, most * 1.1];
    let events = index(life);
    for id in life.cast.ids() {
        let mut stream = Stream::new(seed, "synth-end", u64::from(id));
        let own = &events[id as usize];
        match life.cast.get(id).role {
            Role::Dormant => {
                let day = life.cast.last_day - 1_095 - whole(stream.between(25.0, 110.0));
                stop(life, &mut stream, own, id, day);
            }
            Role::Lapsed => drift(life, &mut stream, own, id, owner, State::Lapsed),
            Role::Neglected => drift(life, &mut stream, own, id, owner, State::Neglected),
            Role::Slipping => drift(life, &mut stream, own, id, owner, State::Slipping),
            Role::Owed => owed(life, &mut stream, own, id),
            _ => {}
        }
    }
    keep_rhythm(life, seed);
    tidy_endings(life, seed);
    life.events.retain(|event| !event.to.is_empty());
    life.events.sort_by_key(|event| event.at);
}

fn index(life: &Life<'_>) -> Index {
    let mut index: Index = vec![Vec::new(); life.cast.people.len()];
    for (number, event) in (0_u32..).zip(&life.events) {
        index[event.from as usize].push(number);
        for &id in &event.to {
            index[id as usize].push(number);
        }
    }
    index
}

/// Takes a person out of everything after `day`.
fn cut(life: &mut Life<'_>, own: &[u32], id: u32, day: i32) {
    for &number in own {
        let event = &mut life.events[number as usize];
        if day_of(event.at) > day {
            if event.from == id {
                event.to.clear();
            } else {
                event.to.retain(|&other| other != id);
            }
        }
    }
}

/// Ends a tie on a working day near `day`, with a last exchange.
fn stop(life: &mut Life<'_>, stream: &mut Stream, own: &[u32], id: u32, day: i32) {
    let day = life.calendar.previous_work(day);
    cut(life, own, id, day);
    life.exchange(stream, id, day, true);
}

/// Ends a tie as many usual gaps ago as the wanted state needs.
fn drift(
    life: &mut Life<'_>,
    stream: &mut Stream,
    own: &[u32],
    id: u32,
    owner: [f64; 2],
    wanted: State,
) {
    let mut factors = match wanted {
        State::Neglected => vec![4.6, 5.2, 4.0, 5.8, 4.9, 6.4, 3.8],
        State::Lapsed => vec![11.5, 14.0, 12.5, 17.0, 20.0],
        _ => vec![2.0, 2.2, 2.1, 1.9, 2.4, 1.8],
    };
    let least = match wanted {
        State::Neglected => 24,
        State::Lapsed => 75,
        _ => 16,
    };
    stream.shuffle(&mut factors);
    let history = days::of(&life.events, own, id);
    let today = life.cast.last_day;
    let usual = life.cast.get(id).gap;
    let end = |factor: f64| {
        let mut rec = whole(factor * usual);
        for _ in 0..12 {
            let day = life.calendar.previous_work(today - rec.max(least));
            let gaps = history.ending(day).gaps(owner);
            let middle = libm::sqrt(
                gaps.iter().copied().fold(f64::MAX, f64::min)
                    * gaps.iter().copied().fold(0.0, f64::max),
            );
            rec = whole(factor * middle);
        }
        life.calendar.previous_work(today - rec.max(least))
    };
    let fits = |day: &i32| days::robust(&history.ending(*day), owner, today) == Some(wanted);
    let planned = factors.iter().map(|&factor| end(factor)).find(fits);
    let any = || -> Option<i32> {
        let days = (least..600).map(|rec| life.calendar.previous_work(today - rec));
        let fit: Vec<i32> = days.filter(fits).collect();
        fit.get(fit.len() / 2).copied()
    };
    let day = planned.or_else(any).unwrap_or_else(|| end(factors[0]));
    stop(life, stream, own, id, day);
}

/// Their last message came days ago and waits.
fn owed(life: &mut Life<'_>, stream: &mut Stream, own: &[u32], id: u32) {
    let ago = 3 + i32::try_from(stream.below(14)).unwrap_or(0);
    let day = life.calendar.previous_work(life.cast.last_day - ago);
    cut(life, own, id, day - 1);
    let before = life.calendar.previous_work(day - whole(life.cast.get(id).gap * 0.8).max(2));
    cut(life, own, id, before);
    life.exchange(stream, id, before, true);
    let at = Calendar::moment(stream, day);
    if life.cast.get(id).in_log && stream.chance(0.5) {
        let thread = life.thread();
        life.push(at, id, vec![OWNER], Via::Email, thread);
    } else {
        life.push(at, id, vec![OWNER], Via::LinkedIn, id);
    }
}

/// Regular ties that chance left silent get one more exchange.
fn keep_rhythm(life: &mut Life<'_>, seed: u64) {
    let all = days::all(&life.events, life.cast.people.len());
    let owner = days::owner_gaps(&all);
    let today = life.cast.last_day;
    for id in life.cast.ids() {
        if life.cast.get(id).role != Role::Regular {
            continue;
        }
        let mut stream = Stream::new(seed, "synth-rhythm", u64::from(id));
        let own: &Days = &all[id as usize];
        if days::robust(own, owner, today) == Some(State::OnRhythm) {
            continue;
        }
        let usual = own.gaps(owner).into_iter().fold(f64::MAX, f64::min);
        let day = today - whole(usual * stream.between(0.1, 1.0)).max(1);
        let day = life.calendar.next_work(day.max(life.cast.get(id).start));
        life.exchange(&mut stream, id, day, true);
    }
}

/// Nobody but the planted people waits for an answer, and nobody else was written to in vain: once looking
/// at exchanges of two, then at all events, then at those of two again.
fn tidy_endings(life: &mut Life<'_>, seed: u64) {
    for (pass, pairs_only) in (0_u64..).zip([true, false, true]) {
        let index = index(life);
        for id in life.cast.ids() {
            let role = life.cast.get(id).role;
            if !matches!(role, Role::Owed | Role::LetRest) && !index[id as usize].is_empty() {
                let mut stream = Stream::new(seed, "synth-tidy", u64::from(id) * 4 + pass);
                tidy(life, &mut stream, &index[id as usize], id, pairs_only);
            }
        }
    }
}

/// Answers the last words of one tie where they would hang in the air.
fn tidy(life: &mut Life<'_>, stream: &mut Stream, own: &[u32], id: u32, pairs_only: bool) {
    let today = life.cast.last_day;
    let between = |event: &&Event| {
        let ours = event.from == id && event.to.contains(&OWNER)
            || event.from == OWNER && event.to.contains(&id);
        ours && (event.is_pair() || !pairs_only)
    };
    let mut seen: Vec<&Event> =
        own.iter().map(|&number| &life.events[number as usize]).filter(between).collect();
    seen.sort_by_key(|event| std::cmp::Reverse(event.at));
    let Some(&last) = seen.first() else { return };
    let waiting = seen.iter().take_while(|e| e.from == id).find(|e| e.via.is_text());
    let vain = seen.iter().take_while(|e| e.from == OWNER && today - day_of(e.at) <= 180).count();
    let asked = waiting.copied().unwrap_or(last);
    let (via, thread) = match asked.via {
        Via::Email if asked.is_pair() => (Via::Email, asked.thread),
        _ => (Via::LinkedIn, id),
    };
    let recent = waiting.is_some_and(|event| today - day_of(event.at) <= 45);
    let mut at = Calendar::soon(stream, last.at);
    if vain >= 2 {
        life.push(at, id, vec![OWNER], via, thread);
        at = Calendar::soon(stream, at);
    } else if !recent {
        return;
    }
    life.push(at, OWNER, vec![id], via, thread);
}
