//! Mentions in files -> one [`Person`] each, with a stable key and what is known of them.
//!
//! Responsible for identity. Must not know ties or graphs.

mod asks;
pub mod attributes;
pub mod cadence;
mod decisions;
pub mod derived;
mod identity;
mod owner;
mod profile;
mod resolve;
pub mod roles;
mod same;
mod union;

use jiff::civil::Date;

pub use decisions::{Decisions, Pair, key as decision_key};
pub use identity::{Ask, Identity, Merge, Rule};
pub use owner::{Me, Said};
pub use profile::Profile;
pub use resolve::{Resolved, resolve};

/// Index of a person inside one run; follows the sort order of the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub u32);

impl PersonId {
    /// As an index into vectors by person.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// Stable between quarters: profile slug, else e-mail, else a log's id, else the folded name.
    pub key: String,
    /// Full name; the key where no name is known.
    pub name: String,
    /// First name where a file states it, else the first word of the name.
    pub first_name: String,
    /// Canonical profile slug.
    pub slug: Option<String>,
    /// Further slugs, where the user said that several are one person's.
    pub other_slugs: Vec<String>,
    /// Canonical addresses, sorted.
    pub emails: Vec<String>,
    /// Ids in logs, sorted.
    pub handles: Vec<String>,
    /// Employer as stated in the contact list.
    pub company: Option<String>,
    /// Comparable key of the employer; `None` for no employer and for words that name none ("freelance").
    pub company_key: Option<String>,
    /// Title as stated in the contact list.
    pub position: Option<String>,
    /// The day the two connected.
    pub connected_on: Option<Date>,
    /// Whether a contact list names this person.
    pub is_connection: bool,
    /// Function class of the title.
    pub function: Option<attributes::Class>,
    /// Seniority class of the title.
    pub seniority: Option<attributes::Class>,
    /// Industry class of the employer.
    pub industry: Option<attributes::Class>,
    /// Roles that the user gives to this person.
    pub roles: Vec<roles::Role>,
    /// Days between contacts that the user wants with this person.
    pub cadence: Option<f64>,
}

/// Everybody in the data, sorted by key.
#[derive(Debug, Clone, PartialEq)]
pub struct Directory {
    /// People; the position is the [`PersonId`].
    pub people: Vec<Person>,
    /// The owner.
    pub owner: PersonId,
    /// How the owner was told from the data, in words.
    pub found_by: String,
    /// What the owner is: the other end of every comparison.
    pub profile: Profile,
}

impl Directory {
    /// The person with this id.
    #[must_use]
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.index()]
    }

    /// Every id, in order.
    pub fn ids(&self) -> impl Iterator<Item = PersonId> + use<> {
        (0..u32::try_from(self.people.len()).unwrap_or(u32::MAX)).map(PersonId)
    }

    /// The people that `text` (a name, an address, a profile link or a key) means; several for a shared name.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<PersonId> {
        let wanted = owner::Me::from_text(text);
        self.ids().filter(|id| wanted.matches(self.person(*id))).collect()
    }
}
