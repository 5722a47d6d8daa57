//! Will there be contact? P(at least one contact within a horizon) of any tie, from plain histories of contact days.
//!
//! Responsible for the contact model and for proving it on the past. Knows no files, owners, channels or reports.

pub mod backtest;
pub mod bootstrap;
pub mod choose;
pub mod coefficients;
pub mod columns;
pub mod history;
pub mod logistic;
pub mod mbg;
pub mod mbg_fit;
pub mod metrics;
pub mod model;
pub mod outlook;
mod people;
pub mod plain;
pub mod report;
pub mod saved;

/// The chance of contact within the horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// As things stand, 0..=1.
    pub now: f64,
    /// After one more contact today; never below `now`.
    pub touched: f64,
}
