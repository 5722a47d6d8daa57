//! The owner, the circles and the people in them: who they are and which part they play.
//!
//! Responsible for everything that is fixed before the first message is written.

use std::collections::BTreeSet;

use super::Plan;
use super::names::{self, Words};
use super::roles;
use crate::random::Stream;
use crate::units::Day;

/// The owner's place in the list of people.
pub(crate) const OWNER: u32 = 0;

/// The part a person plays; most parts are planted so that a report can find them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Connected, never talked.
    Never,
    /// One or two exchanges long ago.
    Brief,
    /// A tie that keeps its rhythm.
    Regular,
    /// A tie a little late.
    Slipping,
    /// A strong tie silent for 3.5 to 7 usual gaps.
    Neglected,
    /// A strong tie silent for far more than 8 usual gaps.
    Lapsed,
    /// A strong tie silent for more than three years.
    Dormant,
    /// Connected lately, and written to within a week.
    NewFollowed,
    /// Connected lately, and nothing since.
    NewIgnored,
    /// Their last message waits for an answer.
    Owed,
    /// The owner wrote twice or more without an answer.
    LetRest,
    /// One talk a year, at about the same time: long silences are the rhythm.
    Yearly,
    /// Not a connection: recruiters, strangers, colleagues in town halls. The owner, too.
    Outsider,
}

impl Role {
    /// Whether the tie has a rhythm of its own.
    pub(crate) fn is_active(self) -> bool {
        matches!(
            self,
            Self::Regular
                | Self::Slipping
                | Self::Neglected
                | Self::Lapsed
                | Self::Dormant
                | Self::Owed
        )
    }
}

/// One person.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) first: String,
    pub(crate) last: String,
    pub(crate) slug: String,
    pub(crate) email: String,
    /// Whether the address stands in Connections.csv.
    pub(crate) shared: bool,
    pub(crate) company: String,
    pub(crate) title: String,
    pub(crate) circle: usize,
    pub(crate) connected: i32,
    pub(crate) role: Role,
    /// The usual gap in days, for active ties.
    pub(crate) gap: f64,
    /// The first day on which contact is possible.
    pub(crate) start: i32,
    /// Whether mails, calls and meetings happen besides LinkedIn.
    pub(crate) in_log: bool,
    /// Joins circles: must keep its rhythm and share its address.
    pub(crate) linker: bool,
}

impl Person {
    /// First and last name.
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }
}

/// One circle of the owner's life.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Circle {
    pub(crate) name: &'static str,
    /// Share of all contacts.
    pub(crate) share: f64,
    /// Share of a tie-rich life: how likely its people are to be close.
    pub(crate) warmth: f64,
    /// Tag of titles and companies.
    pub(crate) tag: &'static str,
    /// The employer that defines the circle, if any, and the chance to still be there.
    pub(crate) employer: Option<(&'static str, f64)>,
    /// Years before the last day between which people connected; the present job counts from its start.
    pub(crate) met: (f64, f64),
    /// Usual days between events of the circle.
    pub(crate) cadence: f64,
    /// Whether one person alone joins it to the others.
    pub(crate) solo: bool,
}

/// The circles. The order matters: the two solo circles are guests of other ones.
pub(crate) const CIRCLES: [Circle; 8] = [
    circle(
        "Brightwater Instruments",
        0.24,
        1.35,
        "any",
        Some(("Brightwater Instruments", 0.94)),
        (0.0, 1.8),
        9.0,
        false,
    ),
    circle(
        "Lindqvist Robotics",
        0.17,
        1.1,
        "any",
        Some(("Lindqvist Robotics", 0.55)),
        (1.8, 6.0),
        20.0,
        false,
    ),
    circle(
        "Calder & Vance Consulting",
        0.13,
        0.7,
        "any",
        Some(("Calder & Vance Consulting", 0.35)),
        (5.5, 9.5),
        60.0,
        false,
    ),
    circle("Norrfjord Business School", 0.14, 0.6, "any", None, (8.0, 13.0), 60.0, false),
    circle("Nordic Product Guild", 0.10, 1.0, "guild", None, (0.3, 5.0), 35.0, false),
    circle("Hospital clients", 0.10, 1.0, "health", None, (0.1, 1.7), 24.0, true),
    circle(
        "Open Transit Maps",
        0.06,
        1.2,
        "volunteer",
        Some(("Open Transit Maps", 0.2)),
        (0.4, 4.5),
        24.0,
        false,
    ),
    circle("Canal Runners", 0.06, 1.2, "founder", None, (0.3, 4.0), 24.0, true),
];

#[expect(clippy::too_many_arguments, reason = "one row of a table")]
const fn circle(
    name: &'static str,
    share: f64,
    warmth: f64,
    tag: &'static str,
    employer: Option<(&'static str, f64)>,
    met: (f64, f64),
    cadence: f64,
    solo: bool,
) -> Circle {
    Circle { name, share, warmth, tag, employer, met, cadence, solo }
}

/// Everybody, and the days that frame the life.
pub(crate) struct Cast {
    /// The owner first, then the contacts.
    pub(crate) people: Vec<Person>,
    /// Number of contacts.
    pub(crate) contacts: usize,
    /// First day of messages and log.
    pub(crate) first_day: i32,
    /// Last day.
    pub(crate) last_day: i32,
    /// First day in the present job.
    pub(crate) job_day: i32,
    /// Who takes part in another circle's events: person and that circle.
    pub(crate) guests: Vec<(u32, usize)>,
    /// Pairs of different people with one full name.
    pub(crate) homonyms: Vec<(u32, u32)>,
    /// Pairs whom the owner should introduce.
    pub(crate) should_meet: Vec<(u32, u32)>,
}

impl Cast {
    /// Draws everybody.
    pub(crate) fn new(plan: &Plan) -> Self {
        let last_day = Day::from_date(plan.last_day).0;
        let span = i32::try_from(plan.years.clamp(1, 10)).unwrap_or(1) * 365 + 1;
        let first_day = last_day - span;
        let job_day = last_day - (span * 9 / 20).clamp(160, 1_500);
        let mut words = Words::new();
        let mut people = vec![owner(&mut words, last_day)];
        let mut addresses: BTreeSet<String> = BTreeSet::new();
        let sizes = sizes(plan.contacts);
        for (circle, size) in sizes.into_iter().enumerate() {
            for _ in 0..size {
                let number = people.len();
                let mut stream = Stream::new(plan.seed, "synth-person", number as u64);
                let frame = (first_day, last_day, job_day);
                let mut one = contact(&mut stream, &mut words, number, circle, frame);
                if !addresses.insert(one.email.clone()) {
                    one.email = one.email.replacen('@', &format!("{number}@"), 1);
                }
                people.push(one);
            }
        }
        let contacts = people.len() - 1;
        let mut cast = Self {
            people,
            contacts,
            first_day,
            last_day,
            job_day,
            guests: Vec::new(),
            homonyms: Vec::new(),
            should_meet: Vec::new(),
        };
        roles::assign(&mut cast, plan);
        cast
    }

    /// The numbers of all contacts.
    pub(crate) fn ids(&self) -> std::ops::RangeInclusive<u32> {
        1..=u32::try_from(self.contacts).unwrap_or(u32::MAX - 1)
    }

    /// The person with that number.
    pub(crate) fn get(&self, id: u32) -> &Person {
        &self.people[id as usize]
    }

    /// The contacts for whom `keep` holds.
    pub(crate) fn select(&self, keep: impl Fn(&Person) -> bool) -> Vec<u32> {
        self.ids().filter(|&id| keep(self.get(id))).collect()
    }

    /// Adds somebody who is not a connection.
    pub(crate) fn outsider(&mut self, first: &str, last: &str, email: String) -> u32 {
        let number = self.people.len();
        let slug = format!("{}-x{number}", names::local_part(first, last).replace('.', "-"));
        let (first, last) = (first.to_owned(), last.to_owned());
        self.people.push(Person { first, last, slug, email, ..blank(self.last_day) });
        u32::try_from(number).unwrap_or(u32::MAX)
    }
}

fn sizes(contacts: usize) -> Vec<usize> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a count"
    )]
    let mut sizes: Vec<usize> =
        CIRCLES.iter().map(|c| ((c.share * contacts as f64) as usize).max(3)).collect();
    let total: usize = sizes.iter().sum();
    if let Some(first) = sizes.first_mut() {
        *first = (*first + contacts).saturating_sub(total);
    }
    sizes
}

fn blank(day: i32) -> Person {
    Person {
        first: String::new(),
        last: String::new(),
        slug: String::new(),
        email: String::new(),
        shared: false,
        company: String::new(),
        title: String::new(),
        circle: 0,
        connected: day,
        role: Role::Outsider,
        gap: 0.0,
        start: day,
        in_log: false,
        linker: false,
    }
}

fn owner(words: &mut Words, last_day: i32) -> Person {
    let mut stream = Stream::new(0, "synth-owner", 0);
    let _ = words.name(&mut stream, 0);
    Person {
        first: "Maren".to_owned(),
        last: "Holtkamp".to_owned(),
        slug: "maren-holtkamp-k7".to_owned(),
        email: "maren.holtkamp@brightwater.example.com".to_owned(),
        shared: true,
        company: "Brightwater Instruments".to_owned(),
        title: "Product Lead".to_owned(),
        ..blank(last_day)
    }
}

fn contact(
    stream: &mut Stream,
    words: &mut Words,
    number: usize,
    circle: usize,
    (first_day, last_day, job_day): (i32, i32, i32),
) -> Person {
    let kind = &CIRCLES[circle];
    let (first, last) = words.name(stream, number);
    let company = match kind.employer {
        Some((name, stay)) if stream.chance(stay) => names::variant(stream, name),
        _ => words.company(stream, kind.tag),
    };
    let title = words.title(stream, kind.tag, &company);
    let company = if stream.chance(0.04) { String::new() } else { company };
    let years = |y: f64| last_day - super::calendar::days(y * 365.0);
    let connected = match circle {
        0 | 5 => {
            let early = job_day - 20;
            early
                + super::calendar::days(
                    stream.unit() * stream.unit() * f64::from(last_day - 100 - early),
                )
        }
        _ => years(stream.between(kind.met.0.max(0.3), kind.met.1)),
    };
    let home = if company.is_empty() { "mail" } else { company.as_str() };
    let host: String = names::local_part(home, "")
        .split('.')
        .find(|part| part.len() > 3)
        .unwrap_or("mail")
        .to_owned();
    let zone = if host.len().is_multiple_of(2) { "org" } else { "com" };
    let email = format!("{}@{host}.example.{zone}", names::local_part(&first, &last));
    let slug = names::slug(stream, &first, &last, number);
    Person {
        first,
        last,
        slug,
        email,
        shared: stream.chance(0.02),
        company,
        title,
        circle,
        connected,
        role: Role::Never,
        gap: 0.0,
        start: connected.max(first_day),
        in_log: false,
        linker: false,
    }
}
