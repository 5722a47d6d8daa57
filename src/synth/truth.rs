//! What was planted, so that tests can ask for it back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::calendar::day_of;
use super::days::{self, State};
use super::life::Event;
use super::log;
use super::people::{CIRCLES, Cast, OWNER, Role};
use crate::units::Day;

/// Rows that a reader should skip, by code.
pub type Skipped = BTreeMap<String, usize>;

/// Everything planted in one world. People are named by the slug of their profile link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Truth {
    /// The owner.
    pub owner: Owner,
    /// The circles of the owner's life.
    pub circles: Vec<Circle>,
    /// People who alone join a circle to the other contacts.
    pub only_routes: Vec<OnlyRoute>,
    /// Strong ties silent for 3.5 to 7 usual gaps.
    pub neglected: Vec<String>,
    /// Strong ties silent for far more than 8 usual gaps.
    pub lapsed: Vec<String>,
    /// Ties a little late.
    pub slipping: Vec<String>,
    /// Ties that keep their rhythm.
    pub on_rhythm: Vec<String>,
    /// Once strong ties silent for more than three years.
    pub dormant: Vec<String>,
    /// New connections the owner wrote to within 7 days.
    pub new_followed_up: Vec<String>,
    /// New connections without any contact.
    pub new_not_followed_up: Vec<String>,
    /// People whose last message waits for an answer.
    pub owed_replies: Vec<OwedReply>,
    /// People the owner talks to once a year, the last time five to seven months ago.
    pub yearly: Vec<String>,
    /// People who did not answer twice or more within 180 days.
    pub let_rest: Vec<String>,
    /// People in contact with the owner during the last 7 days.
    pub cool_down: Vec<String>,
    /// Pairs of different people with one full name.
    pub homonyms: Vec<[String; 2]>,
    /// People in the log under an address that Connections.csv does not tell.
    pub duplicates: Vec<Duplicate>,
    /// Pairs of close contacts who should meet: two sides of one industry, in different circles.
    #[serde(default)]
    pub should_meet: Vec<[String; 2]>,
    /// People whose company or title is newer than their messages.
    pub changed_jobs: Vec<String>,
    /// Number of people who are no connections: they wrote, or sat in a town hall.
    pub outsiders: usize,
    /// The state of every tie on which all fair readings of the rules agree (duplicates left out).
    pub states: BTreeMap<String, String>,
    /// Ties near the edge of a state: nothing should be asserted about these.
    pub borderline: Vec<String>,
    /// Rows to skip, by file and code.
    pub skipped: BTreeMap<String, Skipped>,
    /// Connections without any contact day.
    pub never_active: usize,
    /// Events generated (a group mail is one).
    pub interactions: usize,
}

/// The owner of the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Full name.
    pub name: String,
    /// Slug of the profile link.
    pub slug: String,
    /// Main address.
    pub email: String,
    /// All addresses, as in `Email Addresses.csv`.
    pub emails: Vec<String>,
}

/// One circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circle {
    /// Its name.
    pub name: String,
    /// Everybody whose main circle it is.
    pub members: Vec<String>,
    /// Who joins it to the other circles, members or guests.
    pub joined_by: Vec<String>,
}

/// The only route into a circle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnlyRoute {
    /// The person.
    pub person: String,
    /// The circle's name.
    pub circle: String,
}

/// An answer the owner owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwedReply {
    /// To whom.
    pub slug: String,
    /// The day of their last message.
    pub since: String,
}

/// One person under two identities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duplicate {
    /// The connection.
    pub slug: String,
    /// The address in the log.
    pub email: String,
}

/// Collects the truth about a finished life.
pub(crate) fn collect(cast: &Cast, events: &[Event], skipped: BTreeMap<String, Skipped>) -> Truth {
    let all = days::all(events, cast.people.len());
    let gaps = days::owner_gaps(&all);
    let slug = |id: u32| cast.get(id).slug.clone();
    let logged_only = |id: u32| cast.get(id).in_log && !cast.get(id).shared;
    let mut states: BTreeMap<u32, State> = BTreeMap::new();
    let mut borderline = Vec::new();
    for id in cast.ids().filter(|&id| !logged_only(id)) {
        match days::robust(&all[id as usize], gaps, cast.last_day) {
            Some(state) => drop(states.insert(id, state)),
            None => borderline.push(slug(id)),
        }
    }
    let found = |role: Role, state: Option<State>| -> Vec<String> {
        cast.select(|p| p.role == role)
            .into_iter()
            .filter(|id| state.is_none_or(|state| states.get(id) == Some(&state)))
            .map(slug)
            .collect()
    };
    let owner = cast.get(OWNER);
    let recent = |id: u32| all[id as usize].direct.last().is_some_and(|d| cast.last_day - d <= 7);
    Truth {
        owner: Owner {
            name: owner.full_name(),
            slug: owner.slug.clone(),
            email: owner.email.clone(),
            emails: vec![owner.email.clone(), log::FORMER.into(), log::PRIVATE.into()],
        },
        circles: circles(cast),
        only_routes: CIRCLES
            .iter()
            .enumerate()
            .filter(|(_, circle)| circle.solo)
            .filter_map(|(at, circle)| {
                let guest = cast.guests.iter().find(|guest| guest.1 == at)?;
                Some(OnlyRoute { person: slug(guest.0), circle: circle.name.to_owned() })
            })
            .collect(),
        neglected: found(Role::Neglected, Some(State::Neglected)),
        lapsed: found(Role::Lapsed, Some(State::Lapsed)),
        slipping: found(Role::Slipping, Some(State::Slipping)),
        on_rhythm: found(Role::Regular, Some(State::OnRhythm)),
        dormant: found(Role::Dormant, Some(State::Dormant)),
        new_followed_up: found(Role::NewFollowed, Some(State::New)),
        new_not_followed_up: found(Role::NewIgnored, Some(State::Never)),
        owed_replies: owed(cast, events),
        yearly: found(Role::Yearly, None),
        let_rest: found(Role::LetRest, None),
        cool_down: cast.ids().filter(|&id| recent(id)).map(slug).collect(),
        homonyms: cast.homonyms.iter().map(|&(a, b)| [slug(a), slug(b)]).collect(),
        should_meet: cast.should_meet.iter().map(|&(a, b)| [slug(a), slug(b)]).collect(),
        duplicates: cast
            .ids()
            .filter(|&id| logged_only(id))
            .map(|id| Duplicate { slug: slug(id), email: cast.get(id).email.clone() })
            .collect(),
        changed_jobs: cast
            .ids()
            .filter(|&id| cast.get(id).role == Role::Dormant || id % 37 == 5)
            .map(slug)
            .collect(),
        outsiders: cast.people.len() - 1 - cast.contacts,
        states: states.iter().map(|(&id, state)| (slug(id), state.name().to_owned())).collect(),
        borderline,
        skipped,
        never_active: cast.ids().filter(|&id| all[id as usize].present.is_empty()).count(),
        interactions: events.len(),
    }
}

fn circles(cast: &Cast) -> Vec<Circle> {
    CIRCLES
        .iter()
        .enumerate()
        .map(|(at, circle)| {
            let slug = |id: u32| cast.get(id).slug.clone();
            let joins = |&&(id, to): &&(u32, usize)| {
                // A solo circle's own members never leave it; the others' go out as guests, too.
                to == at || cast.get(id).circle == at
            };
            let mut joined_by: Vec<u32> =
                cast.guests.iter().filter(joins).map(|guest| guest.0).collect();
            joined_by.sort_unstable();
            Circle {
                name: circle.name.to_owned(),
                members: cast.select(|p| p.circle == at).into_iter().map(slug).collect(),
                joined_by: joined_by.into_iter().map(slug).collect(),
            }
        })
        .collect()
}

fn owed(cast: &Cast, events: &[Event]) -> Vec<OwedReply> {
    let mut since: BTreeMap<u32, i64> = BTreeMap::new();
    for event in events.iter().filter(|event| event.is_pair()) {
        if cast.get(event.from).role == Role::Owed {
            since.insert(event.from, event.at);
        }
    }
    since
        .into_iter()
        .map(|(id, at)| OwedReply {
            slug: cast.get(id).slug.clone(),
            since: Day(day_of(at)).date().to_string(),
        })
        .collect()
}
