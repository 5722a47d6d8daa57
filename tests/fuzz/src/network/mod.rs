//! The one part of a network that edge lists need.

mod flat;
mod sorting;

pub use flat::{Flat, id};
