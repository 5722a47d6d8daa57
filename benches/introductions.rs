//! How long does one question for paths take, in a network of 10,000 contacts and 100,000 ties among them? Loading is left out.

use divan::Bencher;
use weaktie::audit::{IntroductionLimits, TargetKind};
use weaktie::introductions::circle::{Between, Circle, Contact};
use weaktie::introductions::ways::Doors;
use weaktie::random::Stream;
use weaktie::units::{Day, Evidence};

fn main() {
    divan::main();
}

const PEOPLE: u32 = 10_000;

fn circle() -> Circle {
    let mut stream = Stream::new(1, "bench-introductions", 0);
    let contacts = (0..PEOPLE).map(|nth| Contact {
        id: format!("p{nth}"),
        strength: stream.unit(),
        is_active: nth % 3 > 0,
        interactions: 5,
        company: Some(format!("company {}", nth % 400)),
        industry: Some(["software", "health", "finance"][nth as usize % 3].to_owned()),
        ..Contact::default()
    });
    let contacts: Vec<Contact> = contacts.collect();
    let mut ends: Vec<[u32; 2]> = Vec::new();
    while ends.len() < 100_000 {
        let (a, b) = (stream.below_u32(PEOPLE), stream.below_u32(PEOPLE));
        if a != b {
            ends.push([a.min(b), a.max(b)]);
        }
    }
    ends.sort_unstable();
    ends.dedup();
    let tie = |ends: [u32; 2]| Between {
        ends,
        weight: stream.between(0.1, 6.0),
        probability: stream.between(0.1, 1.0),
        evidence: Evidence::CoPresence,
        events: 2,
        first: Day(0),
        last: Day(10),
    };
    let ties = ends.into_iter().map(tie).collect();
    Circle::new("me".to_owned(), Day(20), contacts, ties, Some(2.0))
}

fn limits() -> IntroductionLimits {
    IntroductionLimits {
        a_person: 1,
        asks: 1,
        will: 0.8,
        suppressed: std::collections::BTreeMap::new(),
        not_asked: Vec::new(),
        apart: Vec::new(),
        acquainted: Vec::new(),
        tags: std::collections::BTreeMap::new(),
        load: std::collections::BTreeMap::new(),
    }
}

fn places(circle: &Circle, keep: impl Fn(&Contact) -> bool) -> Vec<usize> {
    (0..circle.contacts.len()).filter(|at| keep(&circle.contacts[*at])).collect()
}

/// What comes before the first question to a network.
#[divan::bench]
fn preparing(bencher: Bencher) {
    let (circle, limits) = (circle(), limits());
    bencher.bench_local(|| Doors::new(&circle, &limits));
}

#[divan::bench(args = ["person", "cold person", "company", "industry", "nobody"])]
fn question(bencher: Bencher, what: &str) {
    let (circle, limits) = (circle(), limits());
    let doors = Doors::new(&circle, &limits);
    let wanted = match what {
        "person" => vec![4_711],
        "cold person" => vec![4_710],
        "nobody" => Vec::new(),
        "company" => places(&circle, |one| one.company.as_deref() == Some("company 7")),
        _ => places(&circle, |one| one.industry.as_deref() == Some("health")),
    };
    bencher.bench_local(|| doors.ways(what, TargetKind::Company, &wanted));
}
