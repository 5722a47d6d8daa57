//! Will there be contact? P(at least one contact within a horizon) of any tie, from plain histories of contact days.
//!
//! Responsible for the contact model and for proving it on the past. Knows no files, owners, channels or reports.

pub mod mbg;
pub mod mbg_fit;

/// The chance of contact within the horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// As things stand, 0..=1.
    pub now: f64,
    /// After one more contact today; never below `now`.
    pub touched: f64,
}
