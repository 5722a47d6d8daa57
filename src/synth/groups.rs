//! Events with several people: teams with their projects, circulars, introductions, town halls.
//!
//! Responsible for every tie among contacts. A circle's events hold its own people and its guests only, so
//! the joints between circles are exactly the planted ones.

use super::calendar::{Calendar, days};
use super::life::{Life, Via};
use super::people::{CIRCLES, OWNER, Role};
use crate::random::Stream;

/// People who meet again and again.
struct Team {
    members: Vec<u32>,
    from: i32,
    until: i32,
    cadence: f64,
    thread: u32,
}

/// Plays the group events of all circles.
pub(crate) fn play(life: &mut Life<'_>, seed: u64, staff: &[u32]) {
    for circle in 0..CIRCLES.len() {
        let mut stream = Stream::new(seed, "synth-circle", circle as u64);
        for team in teams(life, &mut stream, circle) {
            gather(life, &mut stream, &team);
        }
    }
    let mut stream = Stream::new(seed, "synth-town-hall", 0);
    town_halls(life, &mut stream, staff);
}

/// The core team with all guests, then further teams that each share one member with the core.
fn teams(life: &mut Life<'_>, stream: &mut Stream, circle: usize) -> Vec<Team> {
    let cast = life.cast;
    let mut members =
        cast.select(|p| p.circle == circle && p.role.is_active() && p.role != Role::Dormant);
    // Joints first, so that the core knows them; then the closest.
    members.sort_by(|&a, &b| {
        let (a, b) = (cast.get(a), cast.get(b));
        b.linker.cmp(&a.linker).then(a.gap.total_cmp(&b.gap))
    });
    let core = members.len().min(6);
    let begin = if matches!(circle, 0 | 5) { cast.job_day } else { cast.first_day };
    let cadence = CIRCLES[circle].cadence;
    let mut first: Vec<u32> = members.drain(..core).collect();
    let anchors = first.clone();
    first.extend(cast.guests.iter().filter(|guest| guest.1 == circle).map(|guest| guest.0));
    let until = cast.last_day;
    let mut all = vec![Team { members: first, from: begin, until, cadence, thread: life.thread() }];
    let size = 3 + stream.below(3);
    for chunk in members.chunks(usize::try_from(size).unwrap_or(4)) {
        let mut team = chunk.to_vec();
        team.extend(stream.pick(&anchors));
        let pace = chunk.iter().map(|&id| cast.get(id).gap).sum::<f64>() / chunk.len() as f64;
        let span = f64::from(until - begin);
        let from = begin + days(span * 0.5 * stream.unit());
        let until = if stream.chance(0.6) { until } else { from + days(span * 0.4) };
        let cadence = cadence.max(pace * 1.3);
        all.push(Team { members: team, from, until, cadence, thread: life.thread() });
    }
    all
}

/// All events of one team: quiet times and project times.
fn gather(life: &mut Life<'_>, stream: &mut Stream, team: &Team) {
    let mut day = team.from + days(team.cadence * stream.unit());
    let mut project_until = 0;
    let mut first = true;
    while day <= team.until {
        if stream.chance(0.04) {
            project_until = day + 50;
        }
        let pace = if day < project_until { 0.45 } else { 1.1 };
        let settled = life.calendar.settle(stream, day);
        // Everybody is there once: a team of which nobody saw all members would not be one.
        let there = present(life, stream, team, settled, if first { 1.0 } else { 0.78 });
        if there.len() >= 2 {
            first = false;
            event(life, stream, team, settled, &there);
        }
        day =
            settled.max(day) + days(team.cadence * pace * libm::exp(0.4 * stream.normal())).max(1);
    }
}

fn present(life: &Life<'_>, stream: &mut Stream, team: &Team, day: i32, share: f64) -> Vec<u32> {
    team.members
        .iter()
        .copied()
        .filter(|&id| stream.chance(share) && life.cast.get(id).start <= day)
        .collect()
}

/// One event: a LinkedIn group thread, a meeting, a circular or a mail with the owner in copy.
fn event(life: &mut Life<'_>, stream: &mut Stream, team: &Team, day: i32, there: &[u32]) {
    let cast = life.cast;
    let logged: Vec<u32> = there.iter().copied().filter(|&id| cast.get(id).in_log).collect();
    let steady: Vec<u32> = logged.iter().copied().filter(|&id| is_steady(life, id)).collect();
    let at = Calendar::moment(stream, day);
    let sender =
        if stream.chance(0.3) { OWNER } else { stream.pick(&steady).copied().unwrap_or(OWNER) };
    let everybody = |from: u32, people: &[u32]| -> Vec<u32> {
        std::iter::once(OWNER).chain(people.iter().copied()).filter(|&id| id != from).collect()
    };
    let kind = if logged.len() < 2 { 0 } else { stream.below(20) };
    if kind < 5 {
        life.push(at, sender, everybody(sender, there), Via::LinkedIn, team.thread);
        let answer = Calendar::soon(stream, at);
        let from =
            if sender == OWNER { stream.pick(&steady).copied().unwrap_or(OWNER) } else { OWNER };
        if from != sender {
            life.push(answer, from, everybody(from, there), Via::LinkedIn, team.thread);
        }
    } else if kind < 14 {
        let thread = life.thread();
        life.push(at, sender, everybody(sender, &logged), Via::Meeting, thread);
    } else if kind < 18 || steady.len() < 2 {
        let thread = life.thread();
        life.push(at, sender, everybody(sender, &logged), Via::Email, thread);
        let from = if sender == OWNER { steady.first().copied().unwrap_or(OWNER) } else { OWNER };
        if from != sender {
            let answer = Calendar::soon(stream, at);
            life.push(answer, from, everybody(from, &logged), Via::Email, thread);
        }
    } else {
        let thread = life.thread();
        let (a, b) = (steady[0], steady[steady.len() - 1]);
        life.push(at, a, vec![b, OWNER], Via::Email, thread);
        let answer = Calendar::soon(stream, at);
        life.push(answer, b, vec![a, OWNER], Via::Email, thread);
    }
}

/// People whose presence is not cut away later may send to groups.
fn is_steady(life: &Life<'_>, id: u32) -> bool {
    life.cast.get(id).role == Role::Regular
}

/// Large meetings of the present employer: forty colleagues and more, called by one of the staff.
fn town_halls(life: &mut Life<'_>, stream: &mut Stream, staff: &[u32]) {
    let cast = life.cast;
    let colleagues = cast.select(|p| p.circle == 0 && p.in_log && p.role == Role::Regular);
    let Some((&host, crowd)) = staff.split_first() else { return };
    let span = cast.last_day - cast.job_day;
    for part in 1..4 {
        let day = life.calendar.previous_work(cast.job_day + span * part / 4);
        let mut people: Vec<u32> =
            colleagues.iter().copied().filter(|&id| cast.get(id).start <= day).collect();
        stream.shuffle(&mut people);
        people.truncate(30);
        let mut to = vec![OWNER];
        to.extend(people);
        to.extend_from_slice(crowd);
        let at = Calendar::moment(stream, day);
        let thread = life.thread();
        life.push(at, host, to, Via::Meeting, thread);
    }
}
