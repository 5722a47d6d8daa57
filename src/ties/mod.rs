//! Interactions -> pairwise ties: the owner's own and those among contacts.
//!
//! Responsible for events, tie strength and rhythm. Must not know graphs or analyses.

pub mod among;
pub mod events;
pub mod latency;
pub mod owner;
pub mod rhythm;
pub mod strength;
pub mod turns;

pub use among::{AlterTie, alter_ties};
pub use events::{Event, Events};
pub use owner::{Direction, OwnerTie, Touch, owner_ties, owner_ties_before};
pub use rhythm::Rhythm;
