//! The generated files, read back by a reader of their own, hold what the truth says.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

mod reader;

use reader::{Read, day, file, gaps, middle, read, rows, state};

/// Checks one world against its own truth.
fn check(plan: &Plan) -> World {
    let world = generate(plan);
    let truth = &world.truth;
    let today = crate::units::Day::from_date(plan.last_day).0;
    let read = read(&world, today);
    // The owner's usual gap in two readings; every state must hold under both, with and without presence.
    let pooled = middle(read.direct.values().flat_map(gaps).collect());
    let of_ties = middle(
        read.direct.values().filter(|days| days.len() > 1).map(|days| middle(gaps(days))).collect(),
    );
    for (slug, expected) in &truth.states {
        for days in [&read.direct, &read.present] {
            for owner in [pooled, of_ties] {
                assert_eq!(
                    state(days.get(slug), owner, today),
                    expected,
                    "{slug} owner {owner} of {pooled} {of_ties}, ends {:?}",
                    days.get(slug).map(|days| (
                        days.len(),
                        middle(gaps(days)),
                        today - days.last().unwrap()
                    ))
                );
            }
        }
    }
    for (list, expected) in [
        (&truth.neglected, "neglected"),
        (&truth.lapsed, "lapsed"),
        (&truth.slipping, "slipping"),
        (&truth.on_rhythm, "on-rhythm"),
        (&truth.dormant, "dormant"),
        (&truth.new_followed_up, "new"),
        (&truth.new_not_followed_up, "never-active"),
    ] {
        assert!(list.iter().all(|slug| truth.states[slug] == expected));
        assert!(!list.is_empty() || (expected == "dormant" && plan.years < 4), "{expected}");
    }
    for owed in &truth.owed_replies {
        let (at, theirs, _) = &read.last[&owed.slug];
        assert!(*theirs && at.starts_with(&owed.since), "{owed:?} {at}");
        assert!((3..=21).contains(&(today - day(&owed.since))));
    }
    // Nobody else waits, and nobody else was written to in vain.
    let split: BTreeSet<&String> = truth.duplicates.iter().map(|d| &d.slug).collect();
    for (slug, (at, theirs, vain)) in &read.last {
        if read.connections.contains_key(slug) && !split.contains(slug) {
            let waits = *theirs && today - day(at) <= 28;
            assert_eq!(waits, truth.owed_replies.iter().any(|o| o.slug == *slug), "{slug} {at}");
            assert_eq!(*vain >= 2, truth.let_rest.contains(slug), "{slug} {at} {vain}");
        }
    }
    for slug in &truth.let_rest {
        assert!(read.direct[slug].iter().filter(|&&on| today - on <= 180).count() >= 2);
        assert!(!read.last[slug].1);
    }
    assert_eq!(read.date_only, truth.skipped["Connections.csv"]["date_only"]);
    assert_eq!(read.connections.len(), plan.contacts.max(read.connections.len()));
    routes(&world, &read);
    for pair in &truth.homonyms {
        let name = |slug: &String| read.connections[slug][..2].to_vec();
        assert_eq!(name(&pair[0]), name(&pair[1]));
    }
    world
}

/// Without the only route's person, the circle is cut off; without any other joint it is not.
fn routes(world: &World, read: &Read) {
    let truth = &world.truth;
    let reaches = |without: &str, inside: &BTreeSet<&String>| -> (bool, usize) {
        let mut seen: BTreeSet<&String> = BTreeSet::new();
        let mut queue: Vec<&String> =
            read.present.keys().filter(|slug| inside.contains(slug) && *slug != without).collect();
        while let Some(one) = queue.pop() {
            if seen.insert(one) {
                for group in read.groups.iter().filter(|group| group.contains(one)) {
                    queue.extend(group.iter().filter(|who| *who != without && *who != one));
                }
            }
        }
        let beyond = seen.iter().filter(|who| !inside.contains(*who)).count();
        (beyond > 0, beyond)
    };
    for circle in &truth.circles {
        let mut inside: BTreeSet<&String> = circle.members.iter().collect();
        // Addresses without a connection belong to the circle of their owner.
        inside.extend(
            truth.duplicates.iter().filter(|d| circle.members.contains(&d.slug)).map(|d| &d.email),
        );
        let only = truth.only_routes.iter().find(|route| route.circle == circle.name);
        assert!(!circle.joined_by.is_empty(), "{}", circle.name);
        for person in &circle.joined_by {
            let beyond = reaches(person, &inside).0;
            assert_eq!(!beyond, only.is_some(), "{} without {person}", circle.name);
        }
        assert!(reaches("", &inside).0, "{} is joined", circle.name);
    }
}

#[test]
fn the_default_life_holds_what_it_says() {
    let world = check(&Plan::default());
    let truth = &world.truth;
    assert!(truth.neglected.len() >= 8, "{}", truth.neglected.len());
    assert!(truth.lapsed.len() >= 6, "{}", truth.lapsed.len());
    assert_eq!(truth.dormant.len(), 3);
    assert!((4..=6).contains(&truth.owed_replies.len()));
    assert!((3..=4).contains(&truth.let_rest.len()));
    assert_eq!((truth.only_routes.len(), truth.homonyms.len()), (2, 2));
    assert!(truth.borderline.len() < 60, "{}", truth.borderline.len());
    let found = read(&world, 0);
    println!("rows {:?}, events {}", found.rows, truth.interactions);
    println!(
        "neglected {} lapsed {} slipping {} dormant {} on rhythm {} new {}+{} owed {} rest {}",
        truth.neglected.len(),
        truth.lapsed.len(),
        truth.slipping.len(),
        truth.dormant.len(),
        truth.on_rhythm.len(),
        truth.new_followed_up.len(),
        truth.new_not_followed_up.len(),
        truth.owed_replies.len(),
        truth.let_rest.len(),
    );
    let mut states: BTreeMap<&String, usize> = BTreeMap::new();
    truth.states.values().for_each(|state| *states.entry(state).or_default() += 1);
    println!(
        "{states:?} borderline {} duplicates {} never {} cool {}",
        truth.borderline.len(),
        truth.duplicates.len(),
        truth.never_active,
        truth.cool_down.len()
    );
}

#[test]
fn other_seeds_and_sizes_hold_it_too() {
    for (contacts, years, seed) in [(60, 1, 1), (60, 4, 2), (150, 2, 3), (420, 4, 8), (900, 3, 4)] {
        println!("{contacts} {years} {seed}");
        check(&Plan { contacts, years, seed, ..Plan::default() });
    }
}

#[test]
fn extremes_do_not_panic() {
    for (contacts, years) in [(50, 1), (50, 10), (3_000, 1)] {
        let world = generate(&Plan { contacts, years, ..Plan::default() });
        assert!(!world.log.is_empty());
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let plan = Plan { contacts: 120, ..Plan::default() };
    let (a, b) = (generate(&plan), generate(&plan));
    assert_eq!(zip(&a.files, "x/").unwrap(), zip(&b.files, "x/").unwrap());
    assert_eq!((a.log, a.truth), (b.log, b.truth));
    let other = generate(&Plan { seed: 8, ..plan });
    assert_ne!(a.files, other.files);
}

#[test]
fn only_reserved_domains_and_marked_profiles_appear() {
    let world = generate(&Plan::default());
    let mut text = String::from_utf8(world.log.clone()).unwrap();
    for (_, bytes) in &world.files {
        text.push_str(std::str::from_utf8(bytes).unwrap());
    }
    for part in text.split('@').skip(1) {
        let host: String =
            part.chars().take_while(|c| c.is_alphanumeric() || *c == '.' || *c == '-').collect();
        let reserved = host.ends_with("example.org") || host.ends_with("example.com");
        assert!(reserved || host.is_empty(), "{host}");
    }
    for slug in world.truth.states.keys() {
        let mark = slug.rsplit('-').next().unwrap();
        assert!(mark.starts_with('k') && mark[1..].parse::<u32>().is_ok(), "{slug}");
    }
    let messages = rows(file(&world, "messages.csv"));
    assert!(messages.iter().skip(1).all(|row| row[8].is_empty() || row[8].contains("zqxcanary")));
    assert!(!file(&world, "Connections.csv").ends_with(b"\n"));
}
