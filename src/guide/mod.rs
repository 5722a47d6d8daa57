//! The guide: what a user or a newcomer to the code reads beside the commands' help. Pages only; no code.
//!
//! - [`jobs`]: the three jobs, walked through on the sample.
//! - [`architecture`]: how the rooms fit together, and where to change what.
//! - [`data`]: what is read, what is kept of it, what is written, and how to get rid of it.
//! - [`measures`]: every measure with formula, edge cases and reference.
//! - [`terms`]: the words of the report.
//!
//! `cargo doc --open` builds it. The pages of measures and terms are written from the table that `weaktie explain`
//! prints; a test keeps them current.

#[doc = include_str!("jobs.md")]
pub mod jobs {}

#[doc = include_str!("architecture.md")]
pub mod architecture {}

#[doc = include_str!("data.md")]
pub mod data {}

#[doc = include_str!("measures.md")]
pub mod measures {}

#[doc = include_str!("terms.md")]
pub mod terms {}
