//! What can be known at one date: the network, the events up to it, and the people.
//!
//! Responsible for cutting: [`Study::at`] gives the same person's study at an earlier date, seen with the events and
//! connections of that day, so that back-tests, bootstraps and quarter comparisons all read the past the same way.
//! Employers and titles are those of the export: a contact list states today's only.

use std::sync::Arc;

use crate::config::Config;
use crate::goals::Aims;
use crate::network::Network;
use crate::people::{Directory, PersonId};
use crate::ties::strength::Model;
use crate::ties::{Events, OwnerTie, alter_ties, owner_ties, owner_ties_before};
use crate::units::{Channel, Day, Evidence};

/// One owner's network at one date.
#[derive(Debug, Clone)]
pub struct Study {
    /// Everybody in the data, at any date.
    pub people: Arc<Directory>,
    /// Every event, at any date; use [`Study::as_of`] to read those known.
    pub events: Arc<Events>,
    /// The owner's ties at this date, sorted by contact.
    pub ties: Vec<OwnerTie>,
    /// The contacts and the ties among them at this date.
    pub network: Network,
    /// The date.
    pub as_of: Day,
    /// Seed of every random stream.
    pub seed: u64,
    /// How interactions become ties.
    pub model: Model,
    /// Lowest tier of ties among contacts.
    pub min_evidence: Evidence,
    /// The strength midpoint `A50` in use.
    pub midpoint: Option<f64>,
    /// Events left out of the ties among contacts for their size.
    pub too_large: usize,
    /// What the owner wants of the network.
    pub aims: Arc<Aims>,
    /// Minutes that one contact takes, by channel.
    pub minutes: [u32; Channel::ALL.len()],
}

impl Study {
    /// The study at `as_of`. `midpoint` is the frozen one of an earlier audit, if any.
    #[must_use]
    pub fn new(
        people: Arc<Directory>,
        events: Arc<Events>,
        as_of: Day,
        seed: u64,
        config: &Config,
        midpoint: Option<f64>,
    ) -> Self {
        Self::of_model(people, events, as_of, seed, config, Model::new(config), midpoint)
    }

    /// The study at `as_of` with another model than the settings' own.
    #[must_use]
    pub fn of_model(
        people: Arc<Directory>,
        events: Arc<Events>,
        as_of: Day,
        seed: u64,
        config: &Config,
        model: Model,
        midpoint: Option<f64>,
    ) -> Self {
        // Goals were checked when the settings were read.
        let aims = Arc::new(config.goals.aims().unwrap_or_default());
        let minutes = Channel::ALL.map(|channel| config.minutes(channel));
        let least = config.network.min_evidence;
        Self::build(people, events, as_of, seed, (model, aims, minutes), least, (midpoint, None))
    }

    /// The same study with other weights or another half-life, on a scale of its own.
    #[must_use]
    pub fn with_model(&self, model: Model) -> Self {
        let (people, events) = (Arc::clone(&self.people), Arc::clone(&self.events));
        let own = (model, Arc::clone(&self.aims), self.minutes);
        Self::build(people, events, self.as_of, self.seed, own, self.min_evidence, (None, None))
    }

    /// `later` are the ties of a later day, from the same events and model, where they are known.
    fn build(
        people: Arc<Directory>,
        events: Arc<Events>,
        as_of: Day,
        seed: u64,
        (model, aims, minutes): (Model, Arc<Aims>, [u32; Channel::ALL.len()]),
        min_evidence: Evidence,
        (midpoint, later): (Option<f64>, Option<&[OwnerTie]>),
    ) -> Self {
        let (ties, midpoint) = match later {
            Some(later) => owner_ties_before(&people, &events, as_of, &model, midpoint, later),
            None => owner_ties(&people, &events, as_of, &model, midpoint),
        };
        let mut is_contact = vec![false; people.people.len()];
        for tie in &ties {
            is_contact[tie.who.index()] = true;
        }
        let (among, too_large) = alter_ties(&events, &is_contact, as_of, &model, min_evidence);
        let network = Network::new(ties.iter().map(|tie| tie.who).collect(), &among);
        Self {
            people,
            events,
            ties,
            network,
            as_of,
            seed,
            model,
            min_evidence,
            midpoint,
            too_large,
            aims,
            minutes,
        }
    }

    /// The same study as of an earlier day, with the same strength midpoint.
    #[must_use]
    pub fn at(&self, as_of: Day) -> Self {
        let later = Some(self.ties.as_slice()).filter(|_| as_of <= self.as_of);
        Self::build(
            Arc::clone(&self.people),
            Arc::clone(&self.events),
            as_of,
            self.seed,
            (self.model.clone(), Arc::clone(&self.aims), self.minutes),
            self.min_evidence,
            (self.midpoint, later),
        )
    }

    /// The same study of other events, with the same day and strength midpoint.
    #[must_use]
    pub fn with_events(&self, events: Events) -> Self {
        Self::build(
            Arc::clone(&self.people),
            Arc::new(events),
            self.as_of,
            self.seed,
            (self.model.clone(), Arc::clone(&self.aims), self.minutes),
            self.min_evidence,
            (self.midpoint, None),
        )
    }

    /// The position of a contact in `ties` and `network.people`.
    #[must_use]
    pub fn place(&self, who: PersonId) -> Option<usize> {
        self.ties.binary_search_by_key(&who, |tie| tie.who).ok()
    }

    /// The position of the contact with a key: ties stand in the order of people, and people in that of keys.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Option<usize> {
        self.ties.binary_search_by(|tie| self.people.person(tie.who).key.as_str().cmp(key)).ok()
    }

    /// The owner's tie with a contact.
    #[must_use]
    pub fn tie(&self, who: PersonId) -> Option<&OwnerTie> {
        self.place(who).map(|at| &self.ties[at])
    }

    /// The key of the contact at a position.
    #[must_use]
    pub fn key(&self, at: usize) -> &str {
        &self.people.person(self.ties[at].who).key
    }

    /// Whether any interaction is known at this date.
    #[must_use]
    pub fn has_log(&self) -> bool {
        self.ties.iter().any(|tie| !tie.days.is_empty())
    }

    /// Nodes of the network (positions in `ties` and `network.people`) whose tie is active.
    #[must_use]
    pub fn active_nodes(&self) -> Vec<usize> {
        (0..self.ties.len()).filter(|node| self.ties[*node].rhythm.active).collect()
    }
}
