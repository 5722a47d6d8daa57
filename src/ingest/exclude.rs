//! Private people, and what a section of the settings keeps out, taken out of a file's records before anybody sees them.
//!
//! Nothing of whoever is kept out stays behind: rows that are theirs alone are skipped as out of scope, larger meetings
//! lose them, names of files that name them are struck, and mentions and conversations that no row speaks of any more are
//! forgotten.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::crop;
use super::problem::Code;
use super::reading::{Reading, Scope};
use super::record::{FileRecords, MentionId, RawInteraction};
use super::source::Skip;
use crate::units::Channel;

/// The rules under which such rows stand in the account.
pub(super) const PRIVATE: &str = "never-store";
pub(super) const EXCLUDED: &str = "excluded";

/// What is said of a folder that stays out.
pub(super) const SHUT: &str = "in a folder that you keep out ([sources] exclude_folders)";
const LABEL: &str =
    "under a label or in a category that you keep out ([sources] exclude_labels); left out";
const DAYS: &str = "outside the days that you read ([sources] since, until); left out";
const PEOPLE: &str = "somebody whom you keep out; row left out";

/// Why a row in a folder that stays out is left out.
pub(super) fn by_folder() -> Skip {
    let what = "in a folder that you keep out ([sources] exclude_folders); left out";
    Skip::by_rule(Code::OutOfScope, what, EXCLUDED)
}

/// Why a row under a label that stays out is left out.
pub(super) fn by_label() -> Skip {
    Skip::by_rule(Code::OutOfScope, LABEL, EXCLUDED)
}

/// Why a row of a day that stays out is left out.
pub(super) fn by_day() -> Skip {
    Skip::by_rule(Code::OutOfScope, DAYS, EXCLUDED)
}

/// Why a row that is somebody's who stays out is left out.
pub(super) fn by_person(rule: &'static str) -> Skip {
    Skip::by_rule(Code::OutOfScope, PEOPLE, rule)
}

/// Takes out of all files what is to stay out, and puts them in the order of their names.
pub(super) fn apply(files: &mut [FileRecords], reading: &Reading) {
    let struck: Vec<Option<String>> =
        files.par_iter_mut().map(|file| of_file(file, &reading.scope(&file.file))).collect();
    let struck: BTreeMap<String, String> = files
        .iter()
        .zip(struck)
        .filter_map(|(file, name)| Some((file.file.clone(), name?)))
        .collect();
    if !struck.is_empty() {
        for file in files.iter_mut() {
            strike_name(file, &struck);
        }
    }
    // Stable: files of one name stay in the order of their sources.
    files.sort_by(|a, b| a.file.cmp(&b.file));
}

/// Takes out of a file what is to stay out; the name that it shall have, where its own one names somebody.
pub(super) fn of_file(file: &mut FileRecords, scope: &Scope) -> Option<String> {
    let hidden = spread(file, file.mentions.iter().map(|who| scope.hides(who)).collect());
    let mut is_less = false;
    if hidden.iter().any(Option::is_some) {
        is_less = true;
        let rule = |id: MentionId| hidden.get(id as usize).copied().flatten();
        host_anew(&mut file.interactions, |id| rule(id).is_some());
        let of_row = |row: &RawInteraction| rule(row.from).or(rule(row.to));
        crop::leave_out(file, (Code::OutOfScope, PEOPLE), of_row, |row| rule(row.who));
        file.same.retain(|(a, b)| rule(*a).is_none() && rule(*b).is_none());
    }
    if scope.has_bounds() {
        let zone = scope.zone();
        let out = |is_in: bool| (!is_in).then_some(EXCLUDED);
        is_less |= crop::leave_out(
            file,
            (Code::OutOfScope, DAYS),
            |row| out(scope.admits(row.at, &zone)),
            |row| out(row.connected_on.is_none_or(|day| scope.admits_day(day))),
        );
    }
    if is_less {
        forget_unused(file);
    }
    let is_named = file.file.split('/').any(|part| scope.hides_name(part));
    is_named.then(|| {
        let parts = file.file.split('/');
        let parts: Vec<String> = parts
            .map(|part| if scope.hides_name(part) { struck(part) } else { part.to_owned() })
            .collect();
        parts.join("/")
    })
}

/// What stands for a name that names somebody: no more than its ending.
fn struck(part: &str) -> String {
    let ending = part.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_ending =
        (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_ending { format!("kept-out.{ending}") } else { "kept-out".to_owned() }
}

/// Writes the struck name in place of the file's own, and of the earlier files that its problems speak of.
fn strike_name(file: &mut FileRecords, struck: &BTreeMap<String, String>) {
    if let Some(name) = struck.get(&file.file) {
        file.file.clone_from(name);
    }
    for problem in &mut file.problems {
        let named = struck.iter().find(|(name, _)| problem.message.contains(name.as_str()));
        if let Some((name, instead)) = named {
            problem.message = problem.message.replace(name.as_str(), instead).into();
        }
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

/// A meeting whose organiser is kept out is still one of the others: the first of them takes the organiser's place.
fn host_anew(rows: &mut [RawInteraction], is_hidden: impl Fn(MentionId) -> bool) {
    let one_meeting = |a: &RawInteraction, b: &RawInteraction| {
        (a.line, a.message, a.at) == (b.line, b.message, b.at) && a.message != 0
    };
    for meeting in rows.chunk_by_mut(one_meeting) {
        let is_orphan =
            meeting.iter().all(|row| row.channel == Channel::Meeting && is_hidden(row.from));
        let host = meeting.iter().map(|row| row.to).find(|to| !is_hidden(*to));
        if let Some(host) = host.filter(|_| is_orphan) {
            for row in meeting.iter_mut().filter(|row| row.to != host) {
                row.from = host;
            }
        }
    }
}

/// Forgets mentions and conversations that no row speaks of.
pub(super) fn forget_unused(file: &mut FileRecords) {
    let rows = file.interactions.iter().flat_map(|row| [row.from, row.to]);
    let mut used = vec![false; file.mentions.len()];
    for id in rows
        .chain(file.contacts.iter().map(|row| row.who))
        .chain(file.same.iter().flat_map(|(a, b)| [*a, *b]))
    {
        used[id as usize] = true;
    }
    let place = rewritten(&mut file.mentions, |id| used[id as usize]);
    for row in &mut file.interactions {
        (row.from, row.to) = (place[row.from as usize], place[row.to as usize]);
    }
    for contact in &mut file.contacts {
        contact.who = place[contact.who as usize];
    }
    for (a, b) in &mut file.same {
        (*a, *b) = (place[*a as usize], place[*b as usize]);
    }
    let mut used = vec![false; file.threads.len() + 1];
    for row in &file.interactions {
        used[row.thread as usize] = true;
    }
    let place = rewritten(&mut file.threads, |number| used[number as usize + 1]);
    for row in file.interactions.iter_mut().filter(|row| row.thread > 0) {
        row.thread = place[row.thread as usize - 1] + 1;
    }
}

/// Keeps some entries of a list; where each of them now stands.
fn rewritten<T>(list: &mut Vec<T>, is_kept: impl Fn(u32) -> bool) -> Vec<u32> {
    let mut place = Vec::with_capacity(list.len());
    let (mut at, mut next) = (0, 0);
    list.retain(|_| {
        let keep = is_kept(at);
        place.push(if keep { next } else { u32::MAX });
        at += 1;
        next += u32::from(keep);
        keep
    });
    place
}
