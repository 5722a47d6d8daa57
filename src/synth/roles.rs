//! Who plays which part: closeness, joints between circles, planted drift, homonyms, shared addresses.

use super::Plan;
use super::calendar::days;
use super::names;
use super::people::{CIRCLES, Cast, Role};
use crate::random::Stream;

/// The circles that are joined in a ring, each to the next by one or two people.
const RING: [usize; 6] = [0, 1, 3, 2, 4, 6];
/// Whose member is the only route into which circle.
const ONLY_ROUTES: [(usize, usize); 2] = [(0, 5), (4, 7)];

/// Gives everybody a part.
pub(crate) fn assign(cast: &mut Cast, plan: &Plan) {
    let mut stream = Stream::new(plan.seed, "synth-roles", 0);
    let active = closest(cast, &mut stream);
    rhythms(cast, &mut stream, &active);
    joints(cast, &mut stream);
    drift(cast, &mut stream, &active, plan.years);
    newcomers(cast, &mut stream);
    passers_by(cast, &mut stream);
    homonyms(cast, &mut stream);
    addresses(cast, &mut stream);
    once_a_year(cast, plan);
    introductions(cast, plan);
}

/// How many of a kind are planted: one for each `per` contacts, at least one, at most `most`.
fn planted(cast: &Cast, per: usize, most: usize) -> usize {
    (cast.contacts / per).clamp(1, most)
}

/// Draws the ties that have a rhythm, in random order; about 150, more only in very large networks.
fn closest(cast: &mut Cast, stream: &mut Stream) -> Vec<u32> {
    let contacts = cast.contacts as f64;
    let wanted = (contacts * 0.36)
        .max(30.0_f64.min(contacts / 2.0))
        .min(150.0)
        .max((contacts - 2_000.0) * 0.3);
    let mass: f64 = CIRCLES.iter().map(|c| c.share * c.warmth).sum();
    let mut active = Vec::new();
    for (at, circle) in CIRCLES.iter().enumerate() {
        let mut members = cast.select(|p| p.circle == at);
        stream.shuffle(&mut members);
        let share = days(wanted * circle.share * circle.warmth / mass);
        members.truncate(usize::try_from(share).unwrap_or(0).max(4));
        active.extend(members);
    }
    stream.shuffle(&mut active);
    active
}

/// Layers of 5, 15, 50 and 150 people: the closer, the shorter the gap.
fn rhythms(cast: &mut Cast, stream: &mut Stream, active: &[u32]) {
    let scale = (active.len() as f64 / 150.0).max(0.2);
    for (rank, &id) in active.iter().enumerate() {
        let layer = rank as f64 / scale;
        let (low, high) = match layer {
            x if x < 5.0 => (3.0, 5.5),
            x if x < 15.0 => (6.0, 13.0),
            x if x < 50.0 => (14.0, 34.0),
            _ => (32.0, 115.0),
        };
        let person = &mut cast.people[id as usize];
        person.role = Role::Regular;
        person.gap = stream.between(low, high);
        person.in_log = stream.chance(if layer < 50.0 { 0.92 } else { 0.75 });
    }
}

/// The people who take part in another circle's life.
fn joints(cast: &mut Cast, stream: &mut Stream) {
    let each = if cast.contacts < 200 { 1 } else { 2 };
    for (at, &from) in RING.iter().enumerate() {
        let to = RING[(at + 1) % RING.len()];
        for _ in 0..each {
            join(cast, stream, from, to);
        }
    }
    for (from, to) in ONLY_ROUTES {
        join(cast, stream, from, to);
    }
}

fn join(cast: &mut Cast, stream: &mut Stream, from: usize, to: usize) {
    let free = cast.select(|p| p.circle == from && p.role == Role::Regular && !p.linker);
    let Some(&id) = stream.pick(&free) else { return };
    let person = &mut cast.people[id as usize];
    person.linker = true;
    person.in_log = true;
    person.gap = person.gap.clamp(7.0, 26.0);
    cast.guests.push((id, to));
}

/// Ties that stopped or are late, and answers that are owed.
fn drift(cast: &mut Cast, stream: &mut Stream, active: &[u32], years: u32) {
    let window = f64::from(cast.last_day - cast.first_day);
    let dormant = if years >= 4 { planted(cast, 130, 3) } else { 0 };
    let plans = [
        (Role::Dormant, dormant, 5.0, 8.0, window),
        (
            Role::Lapsed,
            planted(cast, 48, 8).max(2),
            6.0,
            13.0_f64.min(window / 40.0).max(7.0),
            window * 0.7,
        ),
        (
            Role::Neglected,
            planted(cast, 38, 11).max(2),
            8.0,
            26.0_f64.min(window / 26.0),
            window * 0.44,
        ),
        (
            Role::Slipping,
            planted(cast, 34, 12).max(2),
            12.0,
            34.0_f64.min(window / 22.0),
            window * 0.4,
        ),
        (Role::Owed, planted(cast, 80, 5), 9.0, 21.0, window * 0.4),
    ];
    for (role, count, low, high, history) in plans {
        let latest = cast.last_day - days(history * 0.99);
        let mut left = count;
        for &id in active {
            let (first_day, person) = (cast.first_day, &mut cast.people[id as usize]);
            let fits = person.role == Role::Regular
                && !person.linker
                && (person.start <= latest || person.connected <= first_day);
            if left > 0 && fits {
                left -= 1;
                person.role = role;
                person.gap = stream.between(low, high);
            }
        }
    }
}

/// People met in the last quarter.
fn newcomers(cast: &mut Cast, stream: &mut Stream) {
    let last = cast.last_day;
    for (role, count, low, high) in [
        (Role::NewFollowed, planted(cast, 60, 6), 12.0, 80.0),
        (Role::NewIgnored, planted(cast, 70, 5), 17.0, 85.0),
    ] {
        for id in some(cast, stream, count, Role::Never) {
            let person = &mut cast.people[id as usize];
            person.role = role;
            person.connected = last - days(stream.between(low, high));
            person.start = person.connected;
        }
    }
}

/// People met once or twice, and people who never answered.
fn passers_by(cast: &mut Cast, stream: &mut Stream) {
    for id in some(cast, stream, planted(cast, 100, 4), Role::Never) {
        cast.people[id as usize].role = Role::LetRest;
    }
    let brief = cast.select(|p| p.role == Role::Never && p.connected < cast.last_day - 120);
    for id in brief {
        if stream.chance(0.26) {
            let person = &mut cast.people[id as usize];
            person.role = Role::Brief;
            person.in_log = stream.chance(0.25);
        }
    }
}

/// People the owner talks to once a year. A stream of their own: the rest of the life stays as it is.
fn once_a_year(cast: &mut Cast, plan: &Plan) {
    if plan.years < 4 {
        return;
    }
    let mut stream = Stream::new(plan.seed, "synth-yearly", 0);
    let known = cast.first_day;
    let twins: Vec<u32> = cast.homonyms.iter().map(|pair| pair.1).collect();
    let mut free = cast.select(|p| p.role == Role::Never && p.connected < known);
    free.retain(|id| !twins.contains(id));
    stream.shuffle(&mut free);
    free.truncate(planted(cast, 80, 4));
    for id in free {
        let person = &mut cast.people[id as usize];
        (person.role, person.gap) = (Role::Yearly, 365.0);
    }
}

/// Pairs who should meet: one industry that nobody else is in, two sides of it, both close to the owner, in different circles. Each row: employer
/// and title of both.
const SHOULD_MEET: [[(&str, &str); 2]; 2] = [
    [
        ("Hartwell Construction", "Head of Sales"),
        ("Oakline Construction Group", "Research Engineer"),
    ],
    [("Mallory Real Estate", "Sales Director"), ("Fairholm Real Estate", "Legal Counsel")],
];

/// Gives two pairs of close contacts work that makes them a fit. No stream: the rest of the life stays as it is.
fn introductions(cast: &mut Cast, plan: &Plan) {
    if plan.contacts < 200 {
        return;
    }
    let twins: Vec<u32> = cast.homonyms.iter().flat_map(|pair| [pair.0, pair.1]).collect();
    let mut close = cast.select(|p| {
        p.role == Role::Regular && !p.linker && p.in_log && p.shared && !CIRCLES[p.circle].solo
    });
    close.retain(|id| !twins.contains(id) && id % 37 != 5);
    close.sort_by(|a, b| cast.get(*a).gap.total_cmp(&cast.get(*b).gap).then(a.cmp(b)));
    for work in SHOULD_MEET {
        let Some(&one) = close.first() else { return };
        let apart = |id: &&u32| cast.get(**id).circle != cast.get(one).circle;
        let Some(&other) = close.iter().find(apart) else { return };
        close.retain(|id| ![one, other].contains(id));
        for (id, (company, title)) in [one, other].into_iter().zip(work) {
            let person = &mut cast.people[id as usize];
            company.clone_into(&mut person.company);
            title.clone_into(&mut person.title);
        }
        cast.should_meet.push((one, other));
    }
}

/// Some people of a role, at random.
fn some(cast: &Cast, stream: &mut Stream, count: usize, role: Role) -> Vec<u32> {
    let mut free = cast.select(|p| p.role == role);
    stream.shuffle(&mut free);
    free.truncate(count);
    free
}

/// Pairs of different people with the same name: two, and more in large lives, as lists of real contacts have them.
fn homonyms(cast: &mut Cast, stream: &mut Stream) {
    let more = (cast.contacts / 250).saturating_sub(2);
    for circle in [1, 4].into_iter().chain([0, 2, 3].into_iter().cycle().take(more)) {
        let one = cast.select(|p| p.circle == circle && p.role == Role::Regular && !p.linker);
        let other = cast.select(|p| p.circle != circle && p.role == Role::Never && !p.linker);
        let (Some(&a), Some(&b)) = (stream.pick(&one), stream.pick(&other)) else { continue };
        if cast.homonyms.iter().any(|&(x, y)| [x, y].contains(&a) || [x, y].contains(&b)) {
            continue;
        }
        let (first, last) = (cast.get(a).first.clone(), cast.get(a).last.clone());
        let person = &mut cast.people[b as usize];
        person.slug = names::slug(stream, &first, &last, b as usize);
        let host = person.email.split_once('@').map_or("", |parts| parts.1).to_owned();
        person.email = format!("{}{b}@{host}", names::local_part(&first, &last));
        (person.first, person.last) = (first, last);
        cast.homonyms.push((a, b));
    }
}

/// Four in five of the people in the log share their address; the others become planted duplicates.
fn addresses(cast: &mut Cast, stream: &mut Stream) {
    let logged = cast.select(|p| p.in_log);
    let twins: Vec<u32> = cast.homonyms.iter().map(|pair| pair.0).collect();
    let mut free = cast.select(|p| p.in_log && p.role == Role::Regular && !p.linker);
    free.retain(|id| !twins.contains(id));
    stream.shuffle(&mut free);
    free.truncate((logged.len() / 5).max(1));
    free.sort_unstable();
    for id in logged {
        cast.people[id as usize].shared = free.binary_search(&id).is_err();
    }
    decorate(cast, stream);
}

/// Names as people write them: credentials, pronouns, emoji, stray spaces.
fn decorate(cast: &mut Cast, stream: &mut Stream) {
    let twins: Vec<u32> = cast.homonyms.iter().flat_map(|pair| [pair.0, pair.1]).collect();
    for id in cast.ids() {
        if twins.contains(&id) {
            continue;
        }
        let person = &mut cast.people[id as usize];
        match stream.below(100) {
            0..=2 => person.last.push_str(", PhD"),
            3 => person.last.push_str(", PMP®"),
            4 => person.last.push_str(", PhD, MBA"),
            5 => person.first.push_str(" 🚀"),
            6 => person.last.push(' '),
            7 => person.first.push_str(" (she/her)"),
            _ => {}
        }
    }
}
