//! A seeded, fictional professional's life: the export, the log, and what was planted in them.
//!
//! Responsible for believable data with known answers, for the demo, the tests and the benches. Same plan,
//! same bytes. Nobody in here exists: names are invented, addresses lie in reserved domains, and profile
//! links end in a mark such as `-k42`.
//!
//! Order: `people` and `roles` fix who is who, `life` plays single ties, `groups` plays events with
//! several people, `finish` ends every tie as planned, the writers print, `truth` records.

pub mod after;
mod calendar;
mod days;
mod export;
mod finish;
mod groups;
pub mod identities;
mod life;
mod log;
mod messages;
mod names;
mod pack;
mod people;
mod personal;
pub mod quarters;
mod roles;
mod strangers;
mod table;
mod truth;

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

pub use pack::zip;
pub use personal::personal_files;
pub use truth::{Circle, Duplicate, OnlyRoute, OwedReply, Owner, Skipped, Truth};

/// What to generate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Number of connections, 50 to 30,000.
    pub contacts: usize,
    /// Years of messages and log, 1 to 10.
    pub years: u32,
    /// The seed of everything.
    pub seed: u64,
    /// The last day of messages and log.
    pub last_day: Date,
}

impl Default for Plan {
    fn default() -> Self {
        Self { contacts: 420, years: 4, seed: 7, last_day: date(2026, 9, 30) }
    }
}

/// A generated life.
#[derive(Debug, Clone)]
pub struct World {
    /// The files of the export, by name.
    pub files: Vec<(String, Vec<u8>)>,
    /// The interaction log as CSV.
    pub log: Vec<u8>,
    /// What was planted.
    pub truth: Truth,
    /// The last day on which each connection was seen with the owner, by slug; never seen ones are left out.
    pub last_seen: BTreeMap<String, Date>,
}

/// Generates the life of a plan.
///
/// ```
/// use weaktie::synth::{Plan, generate};
/// let world = generate(&Plan { contacts: 60, years: 1, ..Plan::default() });
/// assert_eq!(world.truth.only_routes.len(), 2);
/// assert!(world.log.starts_with(b"timestamp,from,to,channel,thread\n"));
/// ```
#[must_use]
pub fn generate(plan: &Plan) -> World {
    let Played { life, outsiders } = play_all(plan);
    let (seed, Life { cast, calendar, events }) = (plan.seed, life);

    let (connections, no_person) = export::connections(&cast, seed);
    let (messages, no_message) =
        messages::write(&cast, &calendar, &events, &outsiders.writers, seed);
    let (log, no_row) = log::write(&cast, &calendar, &events, seed);
    let invitations = export::invitations(&cast, &outsiders.writers, seed);
    let mut files = export::owner(&cast);
    files.push(("Connections.csv".to_owned(), connections));
    files.push(("Invitations.csv".to_owned(), invitations));
    files.push(("messages.csv".to_owned(), messages));
    files.sort();
    let skipped = BTreeMap::from([
        ("Connections.csv".to_owned(), no_person),
        ("messages.csv".to_owned(), no_message),
        ("log".to_owned(), no_row),
    ]);
    let truth = truth::collect(&cast, &events, skipped);
    let met = days::all(&events, cast.people.len());
    let last_seen = cast.ids().filter_map(|id| {
        let last = met[id as usize].present.last()?;
        Some((cast.get(id).slug.clone(), crate::units::Day(*last).date()))
    });
    let last_seen = last_seen.collect();
    World { files, log, truth, last_seen }
}

/// A life that was played.
struct Life {
    cast: people::Cast,
    calendar: calendar::Calendar,
    events: Vec<life::Event>,
}

/// A life, and who stands outside it.
struct Played {
    life: Life,
    outsiders: strangers::Outsiders,
}

fn play(plan: &Plan) -> Life {
    play_all(plan).life
}

fn play_all(plan: &Plan) -> Played {
    let seed = plan.seed;
    let mut cast = people::Cast::new(plan);
    let outsiders = strangers::invent(&mut cast, seed);
    let calendar = calendar::Calendar::new(cast.first_day - 5, cast.last_day);
    let mut life = life::Life::new(&cast, &calendar);
    life::ties(&mut life, seed);
    groups::play(&mut life, seed, &outsiders.staff);
    strangers::write(&mut life, seed, &outsiders.writers);
    finish::finish(&mut life, seed);
    let events = life.events;
    Played { life: Life { cast, calendar, events }, outsiders }
}

#[cfg(test)]
mod tests;
