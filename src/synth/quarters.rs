//! Two quarters of one fictional network, with known changes between them.
//!
//! Responsible for what a comparison must find and must not find: new jobs, promotions, other titles, renamed employers, people who
//! came and went, ties that fell and came back, a mailbox that appears; and what looks like a change and is none (punctuation, legal
//! form and language of an employer, short forms of a title, a new profile link). All other contact goes on at each tie's own rate.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::names::Words;
use super::table;
use crate::random::Stream;
use crate::units::Day;

/// Weeks of a quarter.
const QUARTER: i32 = 13;
/// Weeks of the log before the earlier audit.
const HISTORY: i32 = 65;

/// What to generate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarterly {
    /// Connections of the earlier quarter, 200 or more.
    pub contacts: usize,
    /// The seed of everything.
    pub seed: u64,
    /// Whether anything is planted; without it the two quarters are one process.
    pub changes: bool,
    /// The day of the later audit, a quarter after the earlier one.
    pub last_day: Date,
}

/// The files of one quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// `Connections.csv`.
    pub connections: Vec<u8>,
    /// The log of messages, mail and meetings.
    pub log: Vec<u8>,
    /// The log of another mailbox; empty where there is none.
    pub mailbox: Vec<u8>,
}

/// What was planted; people by the slug of their profile link of the later quarter, those who went by that of the earlier one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Planted {
    /// Another employer.
    pub moved: BTreeSet<String>,
    /// A higher stage at the same employer.
    pub promoted: BTreeSet<String>,
    /// Other words for a title.
    pub retitled: BTreeSet<String>,
    /// Employers by their new names.
    pub companies: BTreeSet<String>,
    /// People who came.
    pub new: BTreeSet<String>,
    /// People who went.
    pub gone: BTreeSet<String>,
    /// Ties that fell.
    pub weakened: BTreeSet<String>,
    /// Ties that came back.
    pub revived: BTreeSet<String>,
    /// People with a new profile link.
    pub rekeyed: BTreeSet<String>,
}

/// Two quarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoQuarters {
    /// The owner's address in the logs.
    pub owner: String,
    /// The day of the earlier audit.
    pub earlier: Date,
    /// Its files.
    pub then: Sources,
    /// The files of the later quarter.
    pub now: Sources,
    /// What moved.
    pub planted: Planted,
}

/// Steps up at one employer.
const PROMOTIONS: [(&str, &str); 5] = [
    ("Software Engineer", "Senior Software Engineer"),
    ("Marketing Manager", "Director of Marketing"),
    ("Senior Accountant", "Finance Manager"),
    ("Sales Director", "VP of Sales"),
    ("Product Manager", "Head of Product"),
];
/// Other words at one stage.
const EDITS: [(&str, &str); 8] = [
    ("Data Analyst", "Insights Analyst"),
    ("Recruiter", "Talent Acquisition Partner"),
    ("Backend Developer", "Platform Developer"),
    ("Copywriter", "Content Writer"),
    ("Project Manager", "Delivery Manager"),
    ("Graphic Designer", "Visual Designer"),
    ("Payroll Specialist", "Compensation Specialist"),
    ("Technical Writer", "Documentation Writer"),
];
/// The same title, written otherwise.
const SPELLINGS: [(&str, &str); 6] = [
    ("Senior Data Engineer", "Sr. Data Engineer"),
    ("Head of Design", "Head, Design"),
    ("VP Operations", "Vice President, Operations"),
    ("UX Researcher", "UX RESEARCHER"),
    ("Account Manager", "Account manager"),
    ("Research & Development Lead", "Research and Development Lead"),
];
/// The same employer, written otherwise.
const HOUSES: [(&str, &str); 6] = [
    ("Müllenhoff & Söhne GmbH", "Müllenhoff und Söhne"),
    ("Università degli Studi di Padova", "University of Padua"),
    ("Fjelltinde AS", "FJELLTINDE"),
    ("Casa Verde, S.A. de C.V.", "Casa Verde"),
    ("Ravensholt Optics, Inc.", "Ravensholt Optics"),
    ("Universität Wien", "University of Vienna"),
];
/// Employers that go by another name.
const RENAMED: [(&str, &str); 3] = [
    ("Corwick Mills", "Pellworm Dynamics"),
    ("Brackenridge Tolls", "Aldermoor Mobility"),
    ("Thorvik Paper", "Quillan Packaging"),
];
const PLAIN: [&str; 6] =
    ["Consultant", "Operations Manager", "Lawyer", "Data Scientist", "Sales Manager", "Nurse"];

/// Somebody.
#[derive(Debug, Clone)]
struct One {
    first: String,
    last: String,
    slug: [String; 2],
    email: String,
    company: [String; 2],
    title: [String; 2],
    connected: i32,
    /// Chance of contact a week.
    rate: f64,
    fate: Fate,
    /// Whether in the earlier and in the later list.
    listed: [bool; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Steady,
    Weakened,
    Revived,
}

/// Generates two quarters.
///
/// ```
/// use weaktie::synth::quarters::{Quarterly, generate};
/// let plan = Quarterly { contacts: 200, seed: 3, changes: true, last_day: jiff::civil::date(2026, 9, 30) };
/// let world = generate(&plan);
/// assert_eq!((world.planted.moved.len(), world.planted.companies.len()), (30, 3));
/// ```
#[must_use]
pub fn generate(plan: &Quarterly) -> TwoQuarters {
    let last = Day::from_date(plan.last_day);
    let earlier = last.plus(-7 * QUARTER);
    let mut stream = Stream::new(plan.seed, "quarters", 0);
    let mut planted = Planted::default();
    let mut people = cast(plan, earlier, &mut stream);
    if plan.changes {
        plant(&mut people, &mut planted, earlier, &mut stream);
    }
    let owner = "mara.lindqvist@example.org".to_owned();
    let rows = contacts(&people, earlier, &mut stream);
    let (before, all): (Vec<Row>, Vec<Row>) =
        (rows.iter().filter(|row| row.day <= earlier.0).cloned().collect(), rows);
    let mailbox = if plan.changes { mailbox(&people, earlier, &mut stream) } else { Vec::new() };
    TwoQuarters {
        earlier: earlier.date(),
        then: Sources {
            connections: connections(&people, 0),
            log: log(&owner, &before),
            mailbox: Vec::new(),
        },
        now: Sources {
            connections: connections(&people, 1),
            log: log(&owner, &all),
            mailbox: if mailbox.is_empty() { Vec::new() } else { log(&owner, &mailbox) },
        },
        owner,
        planted,
    }
}

fn cast(plan: &Quarterly, earlier: Day, stream: &mut Stream) -> Vec<One> {
    let mut words = Words::new();
    let people = (0..plan.contacts).map(|nth| person(nth, &mut words, earlier, stream));
    people.collect()
}

fn person(nth: usize, words: &mut Words, earlier: Day, stream: &mut Stream) -> One {
    // From 100 on: the word list keeps two numbers for other scripts.
    let (first, last) = words.name(stream, nth + 100);
    let plain = deunicode::deunicode(&format!("{first}-{last}")).to_lowercase();
    let plain: String = plain.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let slug = format!("{plain}-q{nth}");
    let company = format!("{} Works {}", last, nth % 60);
    let title = PLAIN[nth % PLAIN.len()].to_owned();
    One {
        email: format!("{slug}@example.org"),
        slug: [slug.clone(), slug],
        company: [company.clone(), company],
        title: [title.clone(), title],
        connected: earlier.0 - 200 - i32::try_from(stream.below(1_500)).unwrap_or(0),
        rate: if stream.chance(0.3) { stream.between(0.05, 0.9) } else { 0.02 },
        fate: Fate::Steady,
        listed: [true, true],
        first,
        last,
    }
}

fn plant(people: &mut Vec<One>, planted: &mut Planted, earlier: Day, stream: &mut Stream) {
    let mut free: Vec<usize> = (0..people.len()).collect();
    stream.shuffle(&mut free);
    let mut take = |n: usize| free.split_off(free.len() - n);
    for (nth, at) in take(30).into_iter().enumerate() {
        people[at].company[1] = format!("Helios {} Group {nth}", people[at].last);
        if nth % 2 == 0 {
            "Programme Lead".clone_into(&mut people[at].title[1]);
        }
        planted.moved.insert(people[at].slug[1].clone());
    }
    let titled = |people: &mut Vec<One>, at: usize, (then, now): (&str, &str)| {
        people[at].title = [then.to_owned(), now.to_owned()];
        people[at].slug[1].clone()
    };
    for (at, pair) in take(5).into_iter().zip(PROMOTIONS) {
        planted.promoted.insert(titled(people, at, pair));
    }
    for (at, pair) in take(8).into_iter().zip(EDITS) {
        planted.retitled.insert(titled(people, at, pair));
    }
    for (at, pair) in take(6).into_iter().zip(SPELLINGS) {
        titled(people, at, pair);
    }
    for (at, (then, now)) in take(6).into_iter().zip(HOUSES) {
        people[at].company = [then.to_owned(), now.to_owned()];
    }
    for (then, now) in RENAMED {
        for at in take(4) {
            people[at].company = [then.to_owned(), now.to_owned()];
        }
        planted.companies.insert(now.to_owned());
    }
    for at in take(10) {
        people[at].listed = [true, false];
        people[at].rate = 0.0;
        planted.gone.insert(people[at].slug[0].clone());
    }
    for (fate, n) in [(Fate::Weakened, 12), (Fate::Revived, 6)] {
        for at in take(n) {
            people[at].fate = fate;
            let list =
                if fate == Fate::Weakened { &mut planted.weakened } else { &mut planted.revived };
            list.insert(people[at].slug[1].clone());
        }
    }
    for at in take(4) {
        people[at].slug[1] = format!("{}-new", people[at].slug[0]);
        people[at].email.clear();
        people[at].rate = 0.0;
        planted.rekeyed.insert(people[at].slug[1].clone());
    }
    let mut words = Words::new();
    let mut fresh = Stream::new(stream.below(u64::MAX), "quarters-new", 0);
    for nth in 0..20 {
        let mut one = person(people.len() + nth, &mut words, earlier, &mut fresh);
        one.first = format!("{} Q.", one.first);
        one.listed = [false, true];
        one.rate = 0.0;
        one.connected = earlier.0 + 3 + i32::try_from(nth).unwrap_or(0) * 4;
        planted.new.insert(one.slug[1].clone());
        people.push(one);
    }
}

/// A line of a log.
#[derive(Debug, Clone)]
struct Row {
    day: i32,
    minute: u64,
    outward: bool,
    email: String,
    channel: &'static str,
}

fn contacts(people: &[One], earlier: Day, stream: &mut Stream) -> Vec<Row> {
    let mut rows = Vec::new();
    for one in people.iter().filter(|one| !one.email.is_empty()) {
        for week in -HISTORY..QUARTER {
            let rate = match (one.fate, week) {
                (Fate::Steady, _) => one.rate,
                (Fate::Weakened, week) if week < 0 => 0.9,
                (Fate::Weakened, _) => 0.04,
                (Fate::Revived, week) if week < -39 => 0.8,
                (Fate::Revived, week) if week < 0 => 0.0,
                (Fate::Revived, _) => 0.85,
            };
            if !stream.chance(rate) {
                continue;
            }
            // Weeks are counted from the day after the earlier audit.
            let day = earlier.0 + 1 + week * 7 + i32::try_from(stream.below(7)).unwrap_or(0);
            let channel = match stream.below(10) {
                0..6 => "message",
                6..8 => "meeting",
                _ if one.fate == Fate::Steady => "email",
                _ => "message",
            };
            rows.push(Row {
                day,
                minute: 480 + stream.below(600),
                outward: stream.chance(0.5),
                email: one.email.clone(),
                channel,
            });
        }
    }
    rows.sort_by(|a, b| (a.day, a.minute, &a.email).cmp(&(b.day, b.minute, &b.email)));
    rows
}

/// Another mailbox that begins with the later quarter: much mail with people whose ties are as they were.
fn mailbox(people: &[One], earlier: Day, stream: &mut Stream) -> Vec<Row> {
    let with = people.iter().filter(|one| one.fate == Fate::Steady && one.rate > 0.1);
    let mut rows = Vec::new();
    for one in with.take(60) {
        for week in 0..QUARTER {
            rows.push(Row {
                day: earlier.0 + 1 + week * 7 + i32::try_from(stream.below(7)).unwrap_or(0),
                minute: stream.below(1_440),
                outward: stream.chance(0.5),
                email: one.email.clone(),
                channel: "email",
            });
        }
    }
    rows.sort_by(|a, b| (a.day, a.minute, &a.email).cmp(&(b.day, b.minute, &b.email)));
    rows
}

fn log(owner: &str, rows: &[Row]) -> Vec<u8> {
    let mut out = b"timestamp,from,to,channel\n".to_vec();
    for row in rows {
        let day = Day(row.day).date();
        let at = format!("{day}T{:02}:{:02}:00Z", row.minute / 60, row.minute % 60);
        let (from, to) =
            if row.outward { (owner, row.email.as_str()) } else { (row.email.as_str(), owner) };
        table::record(&mut out, &[&at, from, to, row.channel], false);
    }
    out
}

fn connections(people: &[One], quarter: usize) -> Vec<u8> {
    let mut out =
        b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n".to_vec();
    for one in people.iter().filter(|one| one.listed[quarter]) {
        let on = Day(one.connected).date().strftime("%d %b %Y").to_string();
        let link = table::encoded_link(&one.slug[quarter]);
        let (company, title) = (&one.company[quarter], &one.title[quarter]);
        table::record(
            &mut out,
            &[&one.first, &one.last, &link, &one.email, company, title, &on],
            false,
        );
    }
    out
}
