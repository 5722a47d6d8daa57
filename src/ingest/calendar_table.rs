//! Outlook's calendar as CSV: local times, and people by their names alone. The subject and the description are not read.

use super::mentions::Mentions;
use super::problem::Code;
use super::recognise::{Column, Shape};
use super::record::{FileRecords, Kind, Mention, MentionId, RawInteraction};
use super::source::{Skip, Source};
use super::zoned::instant;
use super::{exclude, hash};
use crate::canonical;
use crate::units::Channel;

const START_DATE: usize = 0;
const START_TIME: usize = 1;
const END_DATE: usize = 2;
const END_TIME: usize = 3;
const ALL_DAY: usize = 4;
const ORGANIZER: usize = 5;
const REQUIRED: usize = 6;
const OPTIONAL: usize = 7;
const SHOW_AS: usize = 8;
const CATEGORIES: usize = 9;

pub(super) static SHAPE: Shape = Shape {
    kind: Kind::Calendar,
    title: "Outlook's calendar (CSV)",
    columns: &[
        Column { name: "Start Date", aliases: &["beginntam", "fechadecomienzo", "datededébut"] },
        Column { name: "Start Time", aliases: &["beginntum", "comienzo", "début"] },
        Column { name: "End Date", aliases: &["endetam", "fechadefinalización", "datedefin"] },
        Column { name: "End Time", aliases: &["endetum", "finalización", "fin"] },
        Column {
            name: "All day event",
            aliases: &["ganztägigesereignis", "todoeldía", "journéeentière"],
        },
        Column {
            name: "Meeting Organizer",
            aliases: &["besprechungsplanung", "organizadordelareunión", "organisateurdelaréunion"],
        },
        Column {
            name: "Required Attendees",
            aliases: &[
                "erforderlicheteilnehmer",
                "asistentesnecesarios",
                "participantsobligatoires",
            ],
        },
        Column {
            name: "Optional Attendees",
            aliases: &["optionaleteilnehmer", "asistentesopcionales", "participantsfacultatifs"],
        },
        Column { name: "Show time as", aliases: &["zeitspannezeigenals", "mostrarhoracomo"] },
        Column { name: "Categories", aliases: &["kategorien", "categorías", "catégories"] },
    ],
    required: &[START_DATE, ORGANIZER, REQUIRED],
    date: None,
};

/// Reads the entries.
pub(super) fn read(
    source: &Source,
    owners: &std::collections::BTreeSet<String>,
    seen: &mut std::collections::BTreeSet<u64>,
) -> FileRecords {
    let zone = source.scope.zone();
    let order = source.order(START_DATE, false);
    let mut mentions = Mentions::default();
    let mut out = source.read(false, |out, row| {
        let get = |column: usize| row.get(source.found.at[column]);
        let Some(at) = instant(get(START_DATE), get(START_TIME), order, &zone) else {
            return Err(Skip::new(Code::BadDate, "Start Date is not a possible day; row left out"));
        };
        let categories = get(CATEGORIES).to_lowercase();
        let categories: Vec<&str> = categories.split([';', ',']).map(str::trim).collect();
        if source.scope.has_label(&categories) {
            return Err(exclude::by_label());
        }
        if !source.scope.admits(at, &zone) {
            return Err(exclude::by_day());
        }
        let mut who: Vec<Mention> = Vec::new();
        for cell in [get(ORGANIZER), get(REQUIRED), get(OPTIONAL)] {
            for part in cell.split(';').map(str::trim).filter(|part| !part.is_empty()) {
                let email = canonical::email(part).unwrap_or_default();
                let name = if email.is_empty() { part.to_owned() } else { String::new() };
                let is_own = owners.contains(&canonical::folded_name(&name));
                let named = Mention { name, email, ..Mention::default() };
                let one = if is_own { Mention::owner() } else { named };
                if source.noise.nobody(&one).is_none() && !who.contains(&one) {
                    who.push(one);
                }
            }
        }
        if who.len() < 2 {
            return Err(Skip::new(Code::NoCounterpart, "nobody else is invited; row left out"));
        }
        let is_yes = |text: &str| {
            ["true", "yes", "1", "wahr", "ja", "vrai", "verdadero"]
                .contains(&text.to_lowercase().as_str())
        };
        if is_yes(get(ALL_DAY)) {
            let what = "an entry for whole days, not a meeting; row left out";
            return Err(Skip::new(Code::OutOfScope, what));
        }
        // 3 is free time.
        if ["3", "free", "frei", "libre"].contains(&get(SHOW_AS).to_lowercase().as_str()) {
            let what = "marked as free time, not a meeting; row left out";
            return Err(Skip::new(Code::OutOfScope, what));
        }
        if !seen.insert(hash::of(format!("{} {who:?}", at.0))) {
            return Err(Skip::new(
                Code::ExactDuplicate,
                "the same meeting stands earlier; row left out",
            ));
        }
        let end = instant(get(END_DATE), get(END_TIME), order, &zone);
        let minutes = end.map_or(0, |end| (end.0 - at.0) / 60);
        let minutes = u16::try_from(minutes).ok().filter(|m| *m <= 7 * 24 * 60).unwrap_or(0);
        let ids: Vec<MentionId> = who.into_iter().map(|one| mentions.id(one)).collect();
        let message = u32::try_from(out.rows_read).unwrap_or(u32::MAX);
        out.interactions.extend(ids.iter().skip(1).map(|to| RawInteraction {
            line: row.mark.line,
            at,
            channel: Channel::Meeting,
            from: ids[0],
            to: *to,
            thread: 0,
            message,
            minutes,
        }));
        Ok(())
    });
    out.mentions = mentions.into_list();
    out
}
