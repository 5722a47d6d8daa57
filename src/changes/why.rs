//! Why the five numbers moved: each change split exactly into ties that ended, attention that moved among those who stayed, ties
//! that began, people who work in another function now, and what the data holds.
//!
//! Counts are split person by person; numbers that are no sums (effective functions, efficiency) by Shapley values
//! ([`super::shapley`]). **Data coverage** takes what is known to come of the data and not of the owner: people seen on channels
//! that cannot be compared ([`super::windows`]) alone; ties and contact that today's data dates before the earlier audit, which did
//! not know them; contact that the earlier audit knew and today's data has lost; several people of then who are one person now;
//! another scale of tie strength.

use std::collections::BTreeMap;

use crate::audit::{Headline, Parts, Quarter, Rhythm, Tie, TieState};

use super::shapley;
use super::side::Side;
use super::who::Matched;
use super::windows::Windows;

/// The parts, as bits of a set.
const LOST: u32 = 1;
const DRIFT: u32 = 2;
const NEW: u32 = 4;
const JOBS: u32 = 8;
const COVERAGE: u32 = 16;

/// The five numbers, in the order of page one; those that one of the audits does not have are left out.
pub(super) fn headlines(
    matched: &Matched,
    then: &Side<'_>,
    now: &Side<'_>,
    windows: &Windows,
) -> Vec<Headline> {
    let people = everybody(matched, then, now, windows);
    let (old, new) = (then.audit.findings.quarters.last(), now.audit.findings.quarters.last());
    let (Some(old), Some(new)) = (old, new) else { return Vec::new() };
    let both = |number: fn(&Quarter) -> Option<f64>| number(old).is_some() && number(new).is_some();
    let mut found = Vec::new();
    found.extend(counted("active-ties", &people, |one| one.active));
    if both(|quarter| quarter.effective_functions) {
        found.extend(functions(&people, then, now));
    }
    if both(|quarter| quarter.efficiency) {
        found.extend(efficiency(&people, then, now));
    }
    found.extend(counted("valued-slipping", &people, |one| one.slipping));
    found.extend(follow_up(old, new));
    found
}

/// Somebody in either audit.
struct Someone<'a> {
    /// Then and now.
    active: [bool; 2],
    /// Valued and late, then and now.
    slipping: [bool; 2],
    /// What a change of `active` counts as.
    presence: u32,
    /// What a change of `slipping` counts as.
    slip: u32,
    /// Raw strength on comparable channels and on the others, then and now.
    activity: [[f64; 2]; 2],
    /// Class of the function, then and now.
    function: [Option<&'a str>; 2],
    /// Ids then and now.
    ids: [Option<&'a str>; 2],
}

impl Someone<'_> {
    /// Whether somebody stands in an active tie once the parts of `set` are taken in.
    fn is_active(&self, set: u32) -> bool {
        let [then, now] = self.active;
        if set & self.presence == 0 { then } else { now }
    }

    fn stays(&self) -> bool {
        self.active == [true, true]
    }
}

/// Everybody of both audits. Of several people of then who are one person now, the others end for want of data.
fn everybody<'a>(
    matched: &Matched<'a>,
    then: &Side<'a>,
    now: &Side<'a>,
    windows: &Windows,
) -> Vec<Someone<'a>> {
    let since = then.audit.as_of;
    let valued = [valued_from(then), valued_from(now)];
    let one = |old: Option<&'a str>, new: Option<&'a str>, merged: bool| -> Someone<'a> {
        let ties = [old.and_then(|id| then.tie(id)), new.and_then(|id| now.tie(id))];
        let active = ties.map(|tie| tie.is_some_and(|(_, rhythm)| rhythm.active));
        let late = |side: usize| {
            ties[side].is_some_and(|(_, rhythm)| {
                let late = matches!(rhythm.state, TieState::Neglected | TieState::Lapsed);
                late && rhythm.peak_strength >= valued[side]
            })
        };
        let lost_data = match ties {
            [Some((old, _)), Some((new, _))] => new.last < old.last,
            _ => merged,
        };
        let unknown = ties[1].is_some_and(|(new, _)| match ties[0] {
            Some(_) => new.last <= Some(since),
            None => new.first.is_some_and(|first| first <= since),
        });
        let apart = |side: usize| {
            windows.is_restricted()
                && ties[side].is_some_and(|(_, rhythm)| windows.only_apart(rhythm))
        };
        let presence = match active {
            [true, false] if lost_data || apart(0) => COVERAGE,
            [true, false] => LOST,
            [false, true] if unknown || apart(1) => COVERAGE,
            _ => NEW,
        };
        let slipping = [late(0), late(1)];
        let slip = match slipping {
            [true, false] if lost_data || apart(1) => COVERAGE,
            [true, false] if ties[1].is_none_or(|(_, now)| is_over(now)) => LOST,
            [false, true] if apart(0) => COVERAGE,
            [false, true] if ties[0].is_none() => {
                if unknown {
                    COVERAGE
                } else {
                    NEW
                }
            }
            _ => DRIFT,
        };
        let middle = [then, now].map(|side| side.audit.settings.strength_midpoint);
        let activity = [0, 1].map(|side| {
            ties[side]
                .map_or([0.0; 2], |(tie, rhythm)| activity(tie, rhythm, middle[side], windows))
        });
        let function = [
            old.and_then(|id| then.person(id)?.function.as_deref()),
            new.and_then(|id| now.person(id)?.function.as_deref()),
        ];
        Someone { active, slipping, presence, slip, activity, function, ids: [old, new] }
    };
    let mut all = Vec::new();
    for pair in &matched.pairs {
        all.push(one(Some(&pair.then[0].id), Some(&pair.now.id), false));
        all.extend(pair.then[1..].iter().map(|old| one(Some(&old.id), None, true)));
    }
    all.extend(matched.gone.iter().map(|old| one(Some(&old.id), None, false)));
    all.extend(matched.new.iter().map(|new| one(None, Some(&new.id), false)));
    all
}

fn is_over(rhythm: &Rhythm) -> bool {
    matches!(rhythm.state, TieState::Dormant | TieState::Gone)
}

/// The peak strength from which a tie counts as valued: the median over ties with contact.
fn valued_from(side: &Side<'_>) -> f64 {
    let with_contact = side.own().filter(|(_, _, rhythm)| rhythm.contact_days > 0);
    let mut peaks: Vec<f64> = with_contact.map(|(_, _, rhythm)| rhythm.peak_strength).collect();
    peaks.sort_by(f64::total_cmp);
    peaks.get(peaks.len() / 2).copied().unwrap_or(0.0)
}

/// Raw strength on comparable channels and on the others.
fn activity(tie: &Tie, rhythm: &Rhythm, middle: Option<f64>, windows: &Windows) -> [f64; 2] {
    // `s = A / (A + A50)`, so `A = A50 s / (1 − s)`.
    let whole = middle.map_or(0.0, |middle| middle * tie.strength / (1.0 - tie.strength));
    let parts = rhythm.exchange.as_ref().map(|exchange| &exchange.strength.contacts);
    let Some(parts) = parts.filter(|_| windows.is_restricted()) else { return [whole, 0.0] };
    let all: f64 = parts.values().sum();
    let shared: f64 =
        parts.iter().filter(|(channel, _)| windows.shares(**channel)).map(|(_, sum)| sum).sum();
    let share = if all > 0.0 { shared / all } else { 1.0 };
    [whole * share, whole * (1.0 - share)]
}

/// A count, split person by person.
fn counted(
    number: &str,
    people: &[Someone<'_>],
    of: impl Fn(&Someone<'_>) -> [bool; 2],
) -> Option<Headline> {
    let slips = number == "valued-slipping";
    let (mut before, mut now, mut parts) = (0.0, 0.0, Parts::default());
    for one in people {
        let [old, new] = of(one).map(|is| f64::from(u8::from(is)));
        before += old;
        now += new;
        let part = match if slips { one.slip } else { one.presence } {
            LOST => &mut parts.lost,
            NEW => &mut parts.new,
            DRIFT => &mut parts.drift,
            _ => &mut parts.coverage,
        };
        *part += new - old;
    }
    (before + now > 0.0).then(|| Headline { number: number.to_owned(), before, now, parts })
}

/// A number that is no sum, split by Shapley values.
fn split(number: &str, value: impl Fn(u32) -> Option<f64>) -> Option<Headline> {
    let [lost, drift, new, jobs, coverage] = shapley::split(&value)?;
    let (before, now) = (value(0)?, value(LOST | DRIFT | NEW | JOBS | COVERAGE)?);
    let parts = Parts { lost, drift, new, jobs, coverage };
    Some(Headline { number: number.to_owned(), before, now, parts })
}

/// Effective number of functions by attention.
fn functions(people: &[Someone<'_>], then: &Side<'_>, now: &Side<'_>) -> Option<Headline> {
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    for class in people.iter().flat_map(|one| one.function).flatten() {
        let next = classes.len();
        classes.entry(class).or_insert(next);
    }
    let middle = [then.audit.settings.strength_midpoint?, now.audit.settings.strength_midpoint?];
    split("effective-functions", |set| {
        let side = |part: u32| usize::from(set & part != 0);
        let mut amounts = vec![0.0; classes.len()];
        for one in people.iter().filter(|one| one.is_active(set)) {
            let [shared, apart, class] = match one.active {
                [true, true] => [side(DRIFT), side(COVERAGE), side(JOBS)],
                [true, false] => [0; 3],
                _ => [1; 3],
            };
            let Some(class) = one.function[class].and_then(|class| classes.get(class)) else {
                continue;
            };
            let activity = one.activity[shared][0] + one.activity[apart][1];
            amounts[*class] += activity / (activity + middle[side(COVERAGE)]);
        }
        crate::analysis::diversity::hill(&amounts, 2.0)
    })
}

/// Effective size over degree of the owner, unweighted: `1 − 2t / n²` with `t` ties among `n` active contacts (Borgatti 1997).
fn efficiency(people: &[Someone<'_>], then: &Side<'_>, now: &Side<'_>) -> Option<Headline> {
    let place: [BTreeMap<&str, usize>; 2] = [0, 1].map(|side| {
        let ids = people.iter().enumerate().filter_map(|(at, one)| Some((one.ids[side]?, at)));
        ids.collect()
    });
    // Whether the two know each other, then and now, and whether only the data tells the difference.
    let mut ties: BTreeMap<(usize, usize), ([bool; 2], bool)> = BTreeMap::new();
    let since = then.audit.as_of;
    for (side, audit) in [(0, then.audit), (1, now.audit)] {
        for tie in audit.ties.iter().filter(|tie| tie.a != audit.ego.id && tie.b != audit.ego.id) {
            let ends = [&tie.a, &tie.b].map(|id| place[side].get(id.as_str()).copied());
            let [Some(a), Some(b)] = ends else { continue };
            let entry = ties.entry((a.min(b), a.max(b))).or_default();
            entry.0[side] = true;
            entry.1 |= side == 1 && tie.first.is_some_and(|first| first <= since);
        }
    }
    split("efficiency", |set| {
        let present: Vec<bool> = people.iter().map(|one| one.is_active(set)).collect();
        let n = present.iter().filter(|is| **is).count() as f64;
        let known = ties.iter().filter(|((a, b), (known, dated))| {
            if !present[*a] || !present[*b] {
                return false;
            }
            let [then, now] = *known;
            let (a, b) = (&people[*a], &people[*b]);
            if a.stays() && b.stays() {
                let by_data = (!then && now && *dated) || (then && !now);
                let part = if by_data { COVERAGE } else { DRIFT };
                return if set & part == 0 { then } else { now };
            }
            let comes = |one: &Someone<'_>| one.active == [false, true];
            if comes(a) || comes(b) { now } else { then }
        });
        (n > 0.0).then(|| 1.0 - 2.0 * known.count() as f64 / (n * n))
    })
}

/// Share of first meetings followed up: other meetings each quarter, so its whole change is that of new ties.
fn follow_up(old: &Quarter, new: &Quarter) -> Option<Headline> {
    let (before, now) = (old.follow_up()?, new.follow_up()?);
    let parts = Parts { new: now - before, ..Parts::default() };
    Some(Headline { number: "follow-up".to_owned(), before, now, parts })
}
