//! Keys, names, decisions and owners.

use super::*;
use crate::error::Error;
use crate::ingest::{Kind, RawInteraction};
use crate::people::Decisions;
use crate::units::{Channel, Instant};

fn mention(name: &str, slug: &str, email: &str, handle: &str) -> Mention {
    let own = |text: &str| text.to_owned();
    Mention { name: own(name), slug: own(slug), email: own(email), handle: own(handle) }
}

fn log(mentions: Vec<Mention>, rows: &[(u32, u32)]) -> FileRecords {
    let mut file = FileRecords::new("log.csv", Kind::Log);
    file.mentions = mentions;
    file.interactions = rows
        .iter()
        .zip(0..)
        .map(|((from, to), day)| RawInteraction {
            line: 2,
            at: Instant(day * 86_400),
            channel: Channel::Email,
            from: *from,
            to: *to,
            thread: 0,
            message: 0,
            minutes: 0,
        })
        .collect();
    file
}

#[test]
fn a_slug_and_an_address_in_one_row_join_the_files() {
    let mut list = FileRecords::new("Connections.csv", Kind::Connections);
    list.mentions = vec![mention("Ana Lopes", "ana-k42", "ana@example.org", "")];
    let rows = [(0, 1); 30];
    let log = log(
        vec![mention("", "", "me@example.org", ""), mention("", "", "ana@example.org", "")],
        &rows,
    );
    let said = Said { me: Me::from_text("me@example.org"), ..Said::default() };
    let resolved = resolve(&[list, log], &said).unwrap();
    assert_eq!(resolved.of[0][0], resolved.of[1][1]);
    assert_eq!(resolved.directory.person(resolved.of[0][0]).key, "ana-k42");
    assert_eq!(resolved.directory.owner, resolved.of[1][0]);
}

#[test]
fn namesakes_with_two_slugs_stay_two() {
    let mut list = FileRecords::new("Connections.csv", Kind::Connections);
    list.mentions = vec![
        mention("Ana Lopes", "ana-k42", "", ""),
        mention("Ana Lopes", "ana-k43", "", ""),
        mention("Ana Lopes", "", "", ""),
        mention("Tom Ek", "tom-k1", "", ""),
        mention("Tom Ek", "", "", ""),
    ];
    let resolved = resolve(&[list], &Said::default()).unwrap();
    let of = &resolved.of[0];
    assert_ne!(of[0], of[1]);
    assert!(of[2] != of[0] && of[2] != of[1]);
    assert_eq!(of[3], of[4]);
    let rules: Vec<_> = resolved.identity.merges.iter().map(|(_, m)| &m.rules).collect();
    assert_eq!(
        rules,
        [&BTreeSet::from([Rule::OnlyName])],
        "only the bare Tom Ek was put with another"
    );
}

#[test]
fn a_name_alone_never_joins_a_log_to_a_contact() {
    let mut list = FileRecords::new("Connections.csv", Kind::Connections);
    list.mentions = vec![mention("Tom Ek", "tom-k1", "", "")];
    let rows = [(0, 1); 30];
    let log =
        log(vec![mention("", "", "me@example.org", ""), mention("Tom Ek", "", "", "")], &rows);
    let said = Said { me: Me::from_text("me@example.org"), ..Said::default() };
    let resolved = resolve(&[list, log], &said).unwrap();
    assert_ne!(resolved.of[0][0], resolved.of[1][1]);
    let asks = &resolved.identity.asks;
    assert_eq!((asks.len(), asks[0].rule), (1, "same-name"));
}

#[test]
fn a_first_name_alone_is_nobody_in_particular() {
    let mut list = FileRecords::new("Connections.csv", Kind::Connections);
    list.mentions = vec![mention("Madhu", "madhu-k1", "", ""), mention("Madhu", "", "", "")];
    let resolved = resolve(&[list], &Said::default()).unwrap();
    assert_ne!(resolved.of[0][0], resolved.of[0][1]);
}

#[test]
fn one_link_is_one_person_whatever_the_name_or_employer() {
    let mut old = FileRecords::new("2025/Connections.csv", Kind::Connections);
    old.mentions = vec![mention("Greta Ostergren", "greta-k1", "", "")];
    let mut new = FileRecords::new("2026/Connections.csv", Kind::Connections);
    new.mentions = vec![mention("Greta Pell, MBA", "greta-k1", "greta@example.org", "")];
    let resolved = resolve(&[old, new], &Said::default()).unwrap();
    assert_eq!(resolved.of[0][0], resolved.of[1][0]);
    let (_, merge) = &resolved.identity.merges[0];
    assert_eq!(merge.names, ["Greta Ostergren", "Greta Pell, MBA"]);
    assert_eq!(merge.rules, BTreeSet::from([Rule::SameLink, Rule::OneRow]));
}

#[test]
fn decisions_win_over_rules() {
    let mut list = FileRecords::new("Connections.csv", Kind::Connections);
    list.mentions = vec![
        mention("Ana Lopes", "ana-k1", "ana@example.org", ""),
        mention("Ana L", "ana-k2", "", ""),
        mention("", "", "ana@example.org", ""),
    ];
    let decide = |text: &str| Said {
        decisions: Decisions::parse(text, "d.toml").unwrap(),
        ..Said::default()
    };
    let of = |said: &Said| resolve(&[list.clone()], said).unwrap().of.remove(0);
    let plain = of(&Said::default());
    assert!(plain[0] == plain[2] && plain[0] != plain[1]);
    let apart = of(&decide("[[different]]\na = \"ana-k1\"\nb = \"ana@example.org\"\n"));
    assert!(apart[0] != apart[2] && apart[0] != apart[1]);
    let one = of(&decide("[[same]]\na = \"ana-k1\"\nb = \"ana-k2\"\n"));
    assert!(one[0] == one[1] && one[0] == one[2]);
    let moved = "[[different]]\na = \"ana-k1\"\nb = \"ana@example.org\"\n\
        [[same]]\na = \"ana@example.org\"\nb = \"ana-k2\"\n";
    let moved = of(&decide(moved));
    assert!(moved[0] != moved[1] && moved[1] == moved[2]);
}

#[test]
fn the_same_data_twice_or_in_parts_gives_the_same_people() {
    let mut list = FileRecords::new("Connections.csv", Kind::Connections);
    list.mentions = vec![
        mention("Ana Lopes", "ana-k1", "ana@example.org", ""),
        mention("Ana L.", "", "ana@example.org", ""),
        mention("Bo Ek", "bo-k2", "", "17"),
        mention("Bo Ek", "", "bo@example.org", "17"),
        mention("Una Pell", "una-k3", "shared@example.org", ""),
        mention("Ivo Pell", "ivo-k4", "shared@example.org", ""),
        mention("Bo Ek", "", "", ""),
    ];
    let whole = resolve(&[list.clone()], &Said::default()).unwrap();
    let twice = resolve(&[list.clone(), list.clone()], &Said::default()).unwrap();
    let mut parts = [list.clone(), list.clone()];
    let kept = parts[0].mentions.split_off(3);
    parts[1].mentions = kept.into_iter().rev().collect();
    let parts = resolve(&parts, &Said::default()).unwrap();
    assert_eq!(whole.directory, twice.directory);
    assert_eq!(whole.directory, parts.directory);
    assert_eq!(whole.identity, twice.identity);
    assert_eq!(whole.identity, parts.identity);
}

#[test]
fn row_order_does_not_matter() {
    let mut list = FileRecords::new("Connections.csv", Kind::Connections);
    list.mentions = vec![
        mention("Ana Lopes", "ana-k42", "a@example.org", ""),
        mention("A Lopes", "", "a@example.org", ""),
        mention("Bo Ek", "bo-k1", "", ""),
    ];
    let forward = resolve(&[list.clone()], &Said::default()).unwrap().directory;
    list.mentions.reverse();
    assert_eq!(forward, resolve(&[list], &Said::default()).unwrap().directory);
}

#[test]
fn an_unknown_me_names_candidates() {
    let log = log(vec![mention("", "", "", "17"), mention("", "", "", "4")], &[(0, 1); 3]);
    let Err(Error::Owner { candidates, .. }) =
        resolve(&[log], &Said { me: Me::from_text("99"), ..Said::default() })
    else {
        panic!("accepted an unknown owner");
    };
    assert_eq!(candidates, ["17", "4"]);
}

#[test]
fn a_personal_log_shows_its_owner() {
    let mentions =
        ["me", "a", "b", "c"].map(|handle| mention("", "", "", handle)).into_iter().collect();
    let rows: Vec<(u32, u32)> = (0..30).map(|n| (0, n % 3 + 1)).collect();
    let resolved = resolve(&[log(mentions, &rows)], &Said::default()).unwrap();
    assert_eq!(resolved.directory.person(resolved.directory.owner).key, "me");
}
