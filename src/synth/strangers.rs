//! People outside the connections: recruiters, strangers with something to sell, colleagues in town halls.

use super::calendar::{Calendar, days};
use super::life::{Life, Via};
use super::names::{self, Words};
use super::people::{Cast, OWNER};
use crate::random::Stream;

/// The outsiders by kind.
pub(crate) struct Outsiders {
    /// Recruiters and strangers who wrote on LinkedIn.
    pub(crate) writers: Vec<u32>,
    /// Colleagues known from town halls only.
    pub(crate) staff: Vec<u32>,
}

/// Adds the outsiders to the cast.
pub(crate) fn invent(cast: &mut Cast, seed: u64) -> Outsiders {
    let mut stream = Stream::new(seed, "synth-outsiders", 0);
    let mut words = Words::new();
    let mut make = |cast: &mut Cast, mark: &str| {
        let (first, last) = words.name(&mut stream, 0);
        let first = format!("{first} {mark}.");
        let number = cast.people.len();
        let email = format!("{}{number}@brightwater.example.com", names::local_part(&first, &last));
        cast.outsider(&first, &last, email)
    };
    let writers = (0..(cast.contacts / 14).clamp(5, 400)).map(|_| make(cast, "Q")).collect();
    let staff = (0..42).map(|_| make(cast, "W")).collect();
    Outsiders { writers, staff }
}

/// Their messages: mostly cold, some with a polite answer; all older than a month.
pub(crate) fn write(life: &mut Life<'_>, seed: u64, writers: &[u32]) {
    let mut stream = Stream::new(seed, "synth-cold", 0);
    let span = f64::from(life.cast.last_day - life.cast.first_day);
    for &id in writers {
        let ago = days(stream.between(35.0, span - 10.0));
        let day = life.calendar.settle(&mut stream, life.cast.last_day - ago);
        let mut at = Calendar::moment(&mut stream, day);
        life.push(at, id, vec![OWNER], Via::LinkedIn, id);
        if stream.chance(0.35) {
            at = Calendar::soon(&mut stream, at);
            life.push(at, OWNER, vec![id], Via::LinkedIn, id);
            if stream.chance(0.4) {
                at = Calendar::soon(&mut stream, at);
                life.push(at, id, vec![OWNER], Via::LinkedIn, id);
            }
        } else if stream.chance(0.25) {
            let again = life.calendar.settle(&mut stream, day + 6);
            at = Calendar::moment(&mut stream, again);
            life.push(at, id, vec![OWNER], Via::LinkedIn, id);
        }
    }
}
