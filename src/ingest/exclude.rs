//! Private people, and what a section of the settings keeps out, taken out of a file's records before anybody sees them.
//!
//! Nothing of whoever is kept out stays behind: rows that are theirs alone are skipped as out of scope, larger events
//! lose them, and the list of mentions is written anew without them.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use super::crop;
use super::problem::Code;
use super::reading::{Reading, SourceRule};
use super::record::{FileRecords, Kind, MentionId};
use crate::units::Day;

/// The rule under which such rows stand in the account.
const PRIVATE: &str = "never-store";
const EXCLUDED: &str = "excluded";

/// Takes out what is to stay out.
pub(super) fn apply(file: &mut FileRecords, reading: &Reading) {
    let rules = reading.rules_of(&file.file);
    let hidden: Vec<Option<&'static str>> = file
        .mentions
        .iter()
        .map(|who| {
            if reading.private.has(who) {
                Some(PRIVATE)
            } else {
                rules.iter().any(|rule| rule.people.has(who)).then_some(EXCLUDED)
            }
        })
        .collect();
    let hidden = spread(file, hidden);
    if hidden.iter().any(Option::is_some) {
        leave_out_people(file, &hidden);
    }
    // Mail and calendars look at days themselves, and at folders: their rows say why.
    if !matches!(file.kind, Kind::Mail | Kind::Calendar) {
        leave_out_days(file, &rules, reading.zone.as_ref().unwrap_or(&TimeZone::UTC));
    }
}

/// A card's other addresses are kept out with the one that is named.
fn spread(file: &FileRecords, mut hidden: Vec<Option<&'static str>>) -> Vec<Option<&'static str>> {
    let place = |id: MentionId| usize::try_from(id).unwrap_or(usize::MAX);
    for _ in 0..2 {
        for (a, b) in &file.same {
            let either = hidden[place(*a)].or(hidden[place(*b)]);
            (hidden[place(*a)], hidden[place(*b)]) = (either, either);
        }
    }
    hidden
}

fn leave_out_people(file: &mut FileRecords, hidden: &[Option<&'static str>]) {
    let rule = |id: MentionId| hidden.get(id as usize).copied().flatten();
    let (mut gone, mut kept): (Vec<(u64, &'static str)>, BTreeSet<u64>) =
        (Vec::new(), BTreeSet::new());
    file.interactions.retain(|row| {
        let why = rule(row.from).or(rule(row.to));
        match why {
            None => kept.insert(row.line),
            Some(why) => {
                gone.push((row.line, why));
                true
            }
        };
        why.is_none()
    });
    file.contacts.retain(|row| match rule(row.who) {
        None => true,
        Some(why) => {
            gone.push((row.line, why));
            false
        }
    });
    gone.sort_unstable();
    gone.dedup_by_key(|(line, _)| *line);
    gone.retain(|(line, _)| !kept.contains(line));
    for (_, why) in &gone {
        *file.noise.entry(why).or_default() += 1;
    }
    let lines: Vec<u64> = gone.into_iter().map(|(line, _)| line).collect();
    crop::skip_lines(file, &lines, Code::OutOfScope, "somebody whom you keep out; row left out");
    rewrite_mentions(file, hidden);
}

/// Writes the mentions anew without those who are hidden.
fn rewrite_mentions(file: &mut FileRecords, hidden: &[Option<&'static str>]) {
    let mut place = vec![MentionId::MAX; file.mentions.len()];
    let mut left = Vec::new();
    for (number, who) in std::mem::take(&mut file.mentions).into_iter().enumerate() {
        if hidden[number].is_none() {
            place[number] = MentionId::try_from(left.len()).unwrap_or(MentionId::MAX);
            left.push(who);
        }
    }
    file.mentions = left;
    for row in &mut file.interactions {
        (row.from, row.to) = (place[row.from as usize], place[row.to as usize]);
    }
    for contact in &mut file.contacts {
        contact.who = place[contact.who as usize];
    }
    file.same = std::mem::take(&mut file.same)
        .into_iter()
        .map(|(a, b)| (place[a as usize], place[b as usize]))
        .filter(|(a, b)| *a != MentionId::MAX && *b != MentionId::MAX)
        .collect();
}

fn leave_out_days(file: &mut FileRecords, rules: &[&SourceRule], zone: &TimeZone) {
    let is_in_folder = |rule: &&SourceRule| {
        let parts: Vec<String> = file.file.split('/').map(str::to_lowercase).collect();
        rule.folders.iter().any(|folder| parts.contains(folder))
    };
    let whole = rules.iter().any(is_in_folder);
    let bounds: Vec<(Option<Day>, Option<Day>)> = rules
        .iter()
        .map(|rule| (rule.since.map(Day::from_date), rule.until.map(Day::from_date)))
        .filter(|(since, until)| since.is_some() || until.is_some())
        .collect();
    if !whole && bounds.is_empty() {
        return;
    }
    let is_in = |day: Day| {
        !whole
            && bounds.iter().all(|(since, until)| {
                since.is_none_or(|since| day >= since) && until.is_none_or(|until| day <= until)
            })
    };
    let (mut gone, mut kept): (Vec<u64>, BTreeSet<u64>) = (Vec::new(), BTreeSet::new());
    file.interactions.retain(|row| {
        let keep = is_in(row.at.day(zone));
        if keep {
            kept.insert(row.line);
        } else {
            gone.push(row.line);
        }
        keep
    });
    if whole {
        gone.extend(file.contacts.iter().map(|row| row.line));
        file.contacts.clear();
    }
    gone.sort_unstable();
    gone.dedup();
    gone.retain(|line| !kept.contains(line));
    if gone.is_empty() {
        return;
    }
    *file.noise.entry(EXCLUDED).or_default() += gone.len() as u64;
    let what = "outside the days or folders that you read ([sources]); row left out";
    crop::skip_lines(file, &gone, Code::OutOfScope, what);
    let used: BTreeSet<MentionId> = file
        .interactions
        .iter()
        .flat_map(|row| [row.from, row.to])
        .chain(file.contacts.iter().map(|row| row.who))
        .chain(file.same.iter().flat_map(|(a, b)| [*a, *b]))
        .collect();
    let hidden: Vec<Option<&'static str>> = (0..file.mentions.len())
        .map(|number| {
            let id = MentionId::try_from(number).unwrap_or(MentionId::MAX);
            (!used.contains(&id)).then_some(EXCLUDED)
        })
        .collect();
    rewrite_mentions(file, &hidden);
}
