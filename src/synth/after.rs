//! What a fictional owner did about a plan: some of it done and answered, some done in vain, some overtaken, some left undone.
//!
//! Rows come after the plan's day in the form of any log. Who was in touch anyway is not touched, so what is planted can be told
//! from the rows alone.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::audit::Audit;
use crate::random::Stream;
use crate::touches;
use crate::units::Day;

/// What was planted about one action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Planted {
    /// The owner wrote and was answered three days later.
    DoneAndAnswered,
    /// The owner wrote and was not answered.
    Done,
    /// The other wrote first.
    Overtaken,
    /// Nothing.
    NotDone,
}

/// An action to do something about: its id, and the keys of its people as a log spells them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Its id.
    pub id: String,
    /// Its people.
    pub people: Vec<String>,
    /// Whether the other side may come first and so end it.
    pub may_be_overtaken: bool,
    /// Whether nobody of it was in touch by other means.
    pub is_quiet: bool,
}

impl Past {
    /// The plan of an audit; `last_seen` is the last day of each connection in the whole life, by slug.
    #[must_use]
    pub fn of(before: &Audit, last_seen: &BTreeMap<String, Date>) -> Vec<Self> {
        let key = |id: &String| {
            let person = before.people.iter().find(|person| person.id == *id);
            person.map_or_else(|| id.clone(), touches::contact_key)
        };
        // Somebody known by an address alone stands in the life under another key.
        let is_quiet = |id: &String| {
            !id.contains('@') && last_seen.get(id).is_none_or(|last| *last <= before.as_of)
        };
        let plan = before.actions.iter().map(|action| Self {
            id: action.id.clone(),
            people: action.people.iter().map(key).collect(),
            may_be_overtaken: action.kind.ends_silence(),
            is_quiet: action.people.iter().all(is_quiet),
        });
        plan.collect()
    }
}

/// What was done: the log as CSV, and the planted outcome by action id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct After {
    /// `timestamp,from,to,channel,thread`.
    pub log: Vec<u8>,
    /// By action id; those with contact by other means are left out.
    pub truth: BTreeMap<String, Planted>,
}

/// Acts on a plan of `day`; `owner` is the owner's key.
#[must_use]
pub fn act(plan: &[Past], owner: &str, day: Day, seed: u64) -> After {
    let mut stream = Stream::new(seed, "synth-after", 0);
    let mut rows: Vec<(Day, String)> = Vec::new();
    let mut truth = BTreeMap::new();
    let quiet = plan.iter().filter(|past| past.is_quiet && !past.people.is_empty());
    for (nth, past) in quiet.enumerate() {
        let planted = match nth % 4 {
            1 => Planted::NotDone,
            2 if past.may_be_overtaken => Planted::Overtaken,
            3 => Planted::Done,
            _ => Planted::DoneAndAnswered,
        };
        let on = day.plus(10 + i32::try_from(stream.index(30)).unwrap_or(0));
        let mut row = |on: Day, from: &str, to: &str, turn: u32| {
            let hour = 9 + turn;
            rows.push((on, format!("{}T{hour:02}:00:00Z,{from},{to},email,p{nth}\n", on.date())));
        };
        match planted {
            Planted::DoneAndAnswered | Planted::Done => {
                past.people.iter().for_each(|to| row(on, owner, to, 0));
                if planted == Planted::DoneAndAnswered {
                    row(on.plus(3), &past.people[0], owner, 1);
                }
            }
            Planted::Overtaken => {
                row(on, &past.people[0], owner, 0);
                row(on.plus(1), owner, &past.people[0], 1);
            }
            Planted::NotDone => {}
        }
        truth.insert(past.id.clone(), planted);
    }
    rows.sort();
    let mut log = b"timestamp,from,to,channel,thread\n".to_vec();
    for (_, row) in &rows {
        log.extend(row.as_bytes());
    }
    After { log, truth }
}
