//! The headline numbers at the end of a quarter.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The five numbers of page one at one quarter's end. `null` = the data cannot say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quarter {
    /// The day it speaks of.
    pub as_of: Date,
    /// Active ties.
    pub active_ties: u32,
    /// Effective number of functions by attention (Hill, q = 2).
    pub effective_functions: Option<f64>,
    /// Effective size over degree of the owner (efficiency), 0..1.
    pub efficiency: Option<f64>,
    /// Ties that are neglected or lapsed and were strong (peak strength at or above the owner's median).
    pub valued_slipping: u32,
    /// First meetings in the quarter that could be judged (at least 7 days old).
    pub first_meetings: u32,
    /// Of these, followed up within 7 days.
    pub followed_up: u32,
    /// Ties active now and not a quarter before; `null` for the first quarter shown.
    #[serde(default)]
    pub gained: Option<u32>,
    /// Ties active a quarter before and not now.
    #[serde(default)]
    pub lost: Option<u32>,
}

impl Quarter {
    /// Share of the judged first meetings that were followed up; `None` without any.
    #[must_use]
    pub fn follow_up(&self) -> Option<f64> {
        (self.first_meetings > 0)
            .then(|| f64::from(self.followed_up) / f64::from(self.first_meetings))
    }
}
