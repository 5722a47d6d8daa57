//! What introductions read: the contacts, how the owner stands with each, and the observed ties among them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::audit::Audit;
use crate::canonical;
use crate::measures::closeness::{Past, PastTie};
use crate::network::{Flat, id};
use crate::units::{Day, Evidence};

/// Ties less likely than this are not used.
pub const LIKELY: f64 = 0.2;

/// One contact.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contact {
    /// Stable key.
    pub id: String,
    /// Strength of the owner's tie, 0..1.
    pub strength: f64,
    /// Last contact within max(365 days, 3 usual gaps).
    pub is_active: bool,
    /// Recorded interactions with the owner.
    pub interactions: u32,
    /// Last contact day; `None` without any.
    pub last: Option<Date>,
    /// Community letter.
    pub community: Option<String>,
    /// Function class.
    pub function: Option<String>,
    /// Industry class.
    pub industry: Option<String>,
    /// Seniority class.
    pub seniority: Option<String>,
    /// Key of the employer; `None` for none and for words that name none.
    pub company: Option<String>,
    /// P(contact within 90 days), as it is and after one exchange.
    pub contact: [Option<f64>; 2],
}

/// An observed tie between two contacts, by position.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Between {
    /// The two, `a < b`.
    pub ends: [u32; 2],
    /// Summed, discounted, decayed weight.
    pub weight: f64,
    /// Probability that the two know each other.
    pub probability: f64,
    /// Best evidence.
    pub evidence: Evidence,
    /// Shared events.
    pub events: u32,
    /// First shared day.
    pub first: Day,
    /// Last shared day.
    pub last: Day,
}

/// The owner's contacts and the ties among them.
#[derive(Debug, Clone)]
pub struct Circle {
    /// The owner's id.
    pub owner: String,
    /// The day it speaks of.
    pub as_of: Day,
    /// By position.
    pub contacts: Vec<Contact>,
    /// In the order of ends; nothing inferred is among them.
    pub ties: Vec<Between>,
    /// The raw strength at which `s` = ½; `None` without interactions.
    pub midpoint: Option<f64>,
    places: BTreeMap<String, usize>,
    /// By contact: where the ties begin of which it is the smaller end, and where the last of all end.
    starts: Vec<usize>,
}

impl Circle {
    /// Puts contacts and ties together; inferred and declared ties are left out.
    #[must_use]
    pub fn new(
        owner: String,
        as_of: Day,
        contacts: Vec<Contact>,
        mut ties: Vec<Between>,
        midpoint: Option<f64>,
    ) -> Self {
        ties.retain(|tie| tie.evidence <= Evidence::CoPresence && tie.ends[0] != tie.ends[1]);
        ties.sort_by_key(|tie| tie.ends);
        let places = contacts.iter().enumerate().map(|(at, one)| (one.id.clone(), at)).collect();
        let starts = (0..=contacts.len())
            .map(|at| ties.partition_point(|tie| (tie.ends[0] as usize) < at))
            .collect();
        Self { owner, as_of, contacts, ties, midpoint, places, starts }
    }

    /// What a saved audit knows.
    #[must_use]
    pub fn of_audit(audit: &Audit) -> Self {
        let companies = audit.people.iter().map(|person| person.company.as_deref());
        let mut contacts: Vec<Contact> = audit
            .people
            .iter()
            .zip(canonical::employers(companies))
            .map(|(person, company)| Contact {
                id: person.id.clone(),
                community: person.community.clone(),
                function: person.function.clone(),
                industry: person.industry.clone(),
                seniority: person.seniority.clone(),
                company,
                ..Contact::default()
            })
            .collect();
        let places: BTreeMap<&str, usize> =
            audit.people.iter().enumerate().map(|(at, person)| (person.id.as_str(), at)).collect();
        let mut ties = Vec::new();
        for tie in &audit.ties {
            match (places.get(tie.a.as_str()), places.get(tie.b.as_str())) {
                (None, Some(at)) if tie.a == audit.ego.id => {
                    let Some(rhythm) = &tie.rhythm else { continue };
                    let contact = &mut contacts[*at];
                    contact.strength = tie.strength;
                    contact.is_active = rhythm.active;
                    contact.interactions = tie.interactions;
                    contact.last = tie.last.filter(|_| rhythm.contact_days > 0);
                    contact.contact = [rhythm.p_contact, rhythm.p_contact_after_touch];
                }
                (Some(a), Some(b)) => {
                    let days = tie.first.zip(tie.last);
                    let Some(((first, last), probability)) = days.zip(tie.probability) else {
                        continue;
                    };
                    ties.push(Between {
                        ends: [id(*a.min(b)), id(*a.max(b))],
                        weight: tie.strength,
                        probability,
                        evidence: tie.evidence,
                        events: tie.interactions,
                        first: Day::from_date(first),
                        last: Day::from_date(last),
                    });
                }
                _ => {}
            }
        }
        let as_of = Day::from_date(audit.as_of);
        Self::new(audit.ego.id.clone(), as_of, contacts, ties, audit.settings.strength_midpoint)
    }

    /// The position of a contact.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The tie of two contacts.
    #[must_use]
    pub fn tie(&self, a: usize, b: usize) -> Option<&Between> {
        let own = &self.ties[*self.starts.get(a.min(b))?..*self.starts.get(a.min(b) + 1)?];
        own.binary_search_by_key(&id(a.max(b)), |tie| tie.ends[1]).ok().map(|at| &own[at])
    }

    /// Strength of a tie among contacts, 0..1, on the scale of the owner's: `w / (w + A50)`.
    #[must_use]
    pub fn strength(&self, tie: &Between) -> f64 {
        self.midpoint.map_or(0.0, |midpoint| tie.weight / (tie.weight + midpoint))
    }

    /// The ties as a graph of 1s.
    #[must_use]
    pub fn graph(&self) -> Flat {
        let ties: Vec<(u32, u32, f64)> =
            self.ties.iter().map(|tie| (tie.ends[0], tie.ends[1], 1.0)).collect();
        Flat::from_ties(self.contacts.len(), &ties)
    }

    /// The ties as the link predictors read them.
    #[must_use]
    pub fn past(&self, horizon: f64) -> Past {
        // Two who were seen together once are not tied yet: they may still meet.
        let sure = self.ties.iter().filter(|tie| tie.probability >= LIKELY);
        let ties: Vec<PastTie> = sure.map(|tie| past_tie(tie, self.as_of)).collect();
        Past::new(self.contacts.len(), &ties, horizon)
    }
}

/// A tie as the link predictors read it.
#[must_use]
pub fn past_tie(tie: &Between, as_of: Day) -> PastTie {
    PastTie {
        ends: tie.ends,
        weight: tie.weight,
        last: f64::from(as_of.since(tie.last)),
        first: f64::from(as_of.since(tie.first)),
    }
}
