//! A small reader of the generated files, and the rules of C.2 and C.9 written a second time.

use std::collections::{BTreeMap, BTreeSet};

use super::super::World;

/// What the independent reader found.
pub(super) struct Read {
    /// Slug to connection record (first, last, e-mail, company, title, date).
    pub(super) connections: BTreeMap<String, Vec<String>>,
    pub(super) date_only: usize,
    /// Contact days by slug or address: written to each other; and present in one event, too.
    pub(super) direct: BTreeMap<String, BTreeSet<i32>>,
    pub(super) present: BTreeMap<String, BTreeSet<i32>>,
    /// Groups of people (without the owner) seen in one event of at most 25.
    pub(super) groups: BTreeSet<BTreeSet<String>>,
    /// Last 1:1 text with each person: moment, from them, messages in vain within 180 days.
    pub(super) last: BTreeMap<String, (String, bool, usize)>,
    pub(super) rows: BTreeMap<String, usize>,
}

pub(super) fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

pub(super) fn slug_of(url: &str) -> String {
    decode(url.rsplit('/').next().unwrap())
}

pub(super) fn day(text: &str) -> i32 {
    crate::units::Day::from_date(text[..10].parse().unwrap()).0
}

pub(super) fn file<'a>(world: &'a World, name: &str) -> &'a [u8] {
    &world.files.iter().find(|f| f.0 == name).unwrap().1
}

pub(super) fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(bytes)
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

pub(super) fn read(world: &World, today: i32) -> Read {
    let me = &world.truth.owner.slug;
    let mut out = Read {
        connections: BTreeMap::new(),
        date_only: 0,
        direct: BTreeMap::new(),
        present: BTreeMap::new(),
        groups: BTreeSet::new(),
        last: BTreeMap::new(),
        rows: BTreeMap::new(),
    };
    let mut by_mail = BTreeMap::new();
    let table = rows(file(world, "Connections.csv"));
    out.rows.insert("Connections.csv".into(), table.len() - 3);
    for row in table.into_iter().skip(3) {
        assert_eq!(row.len(), 7);
        if row[..6].iter().all(String::is_empty) {
            out.date_only += 1;
            continue;
        }
        if !row[3].is_empty() {
            by_mail.insert(row[3].clone(), slug_of(&row[2]));
        }
        assert!(out.connections.insert(slug_of(&row[2]), row).is_none(), "slugs are unique");
    }
    let mut events: BTreeSet<(String, String, Vec<String>, String)> = BTreeSet::new();
    let table = rows(file(world, "messages.csv"));
    out.rows.insert("messages.csv".into(), table.len() - 1);
    for row in table.into_iter().skip(1) {
        assert_eq!(row.len(), 11);
        if row[3].is_empty() || row[5].is_empty() || row[9] == "SPAM" {
            continue;
        }
        let name = |url: &str| if slug_of(url) == *me { "me".to_owned() } else { slug_of(url) };
        let mut to: Vec<String> = row[5].split(',').map(name).collect();
        to.sort();
        let at = row[6].replace(" UTC", "Z").replace(' ', "T");
        events.insert((at, name(&row[3]), to, "message".to_owned()));
    }
    let mut grouped: BTreeMap<(String, String, String, String), BTreeSet<String>> = BTreeMap::new();
    let table = rows(&world.log);
    out.rows.insert("log".into(), table.len() - 1);
    for row in table.into_iter().skip(1) {
        let name = |mail: &str| {
            if world.truth.owner.emails.iter().any(|own| own == mail) {
                "me".to_owned()
            } else {
                by_mail.get(mail).cloned().unwrap_or_else(|| mail.to_owned())
            }
        };
        let automated = ["no-reply", "noreply", "newsletter", "notifications"];
        if automated.iter().any(|a| row[1].starts_with(a)) || !row[0].ends_with('Z') {
            continue;
        }
        let (from, to) = (name(&row[1]), name(&row[2]));
        if from != to && !row[0].contains("-13-") {
            let key = (row[0].clone(), from, row[4].clone(), row[3].clone());
            grouped.entry(key).or_default().insert(to);
        }
    }
    for ((at, from, _, channel), to) in grouped {
        events.insert((at, from, to.into_iter().collect(), channel));
    }
    for (at, from, to, channel) in events {
        let on = day(&at);
        let mut note = |who: &str, direct: bool| {
            if direct {
                out.direct.entry(who.to_owned()).or_default().insert(on);
            }
            if direct || to.len() < 25 {
                out.present.entry(who.to_owned()).or_default().insert(on);
            }
        };
        for who in &to {
            if who != "me" {
                note(who, from == "me");
            }
        }
        if from != "me" {
            note(&from, to.iter().any(|who| who == "me"));
        }
        if to.len() == 1 {
            let (who, theirs) = if from == "me" { (&to[0], false) } else { (&from, true) };
            let vain = out.last.get(who).map_or(0, |last| last.2);
            let vain = if theirs { 0 } else { vain + usize::from(today - on <= 180) };
            if matches!(channel.as_str(), "email" | "message") || !theirs {
                out.last.insert(who.clone(), (at.clone(), theirs, vain));
            } else if let Some(last) = out.last.get_mut(who) {
                last.2 = 0;
            }
        } else if to.len() < 25 {
            let mut group: BTreeSet<String> = to.into_iter().collect();
            group.insert(from);
            group.remove("me");
            out.groups.insert(group);
        }
    }
    out
}

pub(super) fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    if n == 0 { 30.0 } else { f64::midpoint(values[(n - 1) / 2], values[n / 2]) }
}

pub(super) fn gaps(days: &BTreeSet<i32>) -> Vec<f64> {
    days.iter().zip(days.iter().skip(1)).map(|(a, b)| f64::from(b - a)).collect()
}

/// C.2 and C.9, written a second time.
pub(super) fn state(days: Option<&BTreeSet<i32>>, owner: f64, today: i32) -> &'static str {
    let Some(days) = days else { return "never-active" };
    let own = gaps(days);
    let x = f64::from(u32::try_from(own.len()).unwrap());
    let m = if own.is_empty() {
        owner
    } else {
        ((x * middle(own).ln() + 2.0 * owner.ln()) / (x + 2.0)).exp()
    };
    let rec = f64::from(today - days.last().unwrap());
    if today - days.first().unwrap() < 90 && days.len() < 3 {
        "new"
    } else if rec >= 1_095.0 {
        "dormant"
    } else if rec > 8.0 * m && rec >= 60.0 {
        "lapsed"
    } else if rec > 3.0 * m && rec >= 21.0 {
        "neglected"
    } else if rec > 1.5 * m && rec >= 14.0 {
        "slipping"
    } else {
        "on-rhythm"
    }
}
