//! Will there be contact? P(at least one contact within a horizon) of any tie, from plain histories of contact days.
//!
//! Responsible for the contact model and for proving it on the past: the audit, the table of ties and the back-test share it.
//! Knows no files, owners' names, channels or reports; [`saved`] alone knows the saved form.
//!
//! ```text
//! history -> people, columns -> logistic, mbg, mbg_fit -> plain, model -> outlook (ties)
//!                               coefficients                           -> backtest -> report -> choose (backtest, audit)
//!                                                                                  metrics, bootstrap, saved
//! ```
//!
//! # The choice
//!
//! One score a tie, the same from both ends: a logistic of 17 scale-free columns, pretrained on six logs, pulled to the log at
//! hand by a ridge around the pretrained values, stacked 2:1 in log odds with the blend of MBG/NBD and a two-column logistic
//! ([`model`]). A log of one person's ties has the 14 columns that it can show. The gate of [`choose`] stands behind it.
//!
//! Tried on prototypes (leave one log out, mean AUC over cut-offs; EU, Enron, factory at 30 days, `MathOverflow`, r-devel,
//! watchdog):
//!
//! | all pairs (≥ 3 interactions, ≤ 365 days) | eu | enron | fact. | mo | r-dev | watch |
//! |---|---|---|---|---|---|---|
//! | blend | .819 | .807 | .821 | .744 | .771 | .798 |
//! | pretrained, not pulled | .826 | .818 | .821 | .757 | .777 | .801 |
//! | pulled, one window | .827 | .831 | .833 | .791 | .787 | .810 |
//! | stacked, one window | .830 | .831 | .835 | .790 | .791 | .815 |
//! | **stacked, two windows** | .830 | .830 | .836 | .791 | .803 | .815 |
//!
//! | each owner, same cut-offs | eu | enron | fact. | watch |
//! |---|---|---|---|---|
//! | recency / frequency | .760 / .803 | .799 / .783 | .788 / .846 | .796 / .741 |
//! | blend of the owner | .813 | .831 | .851 | .831 |
//! | 17 columns seen from the owner, not pulled | .830 | .845 | .860 | .866 |
//! | **one score a tie, pulled, stacked** | .831 | .850 | .868 | .866 |
//!
//! # The losers
//!
//! - *Drift by the newest month* (odds shifted so that MBG/NBD, fitted a month earlier, expects what that month held): Brier
//!   worse on all six logs (eu .158 to .169, watchdog .0467 to .0481), half the shift also on five. Two windows to learn from
//!   do what can be done: expected over observed 0.89 to 1.19.
//! - *Boosted trees on 22 columns of the log itself*: AUC .03 below the stack on Enron, .016 on r-devel.
//! - *A partner's own rate of keeping ties* as a column: −.007 on the factory log, nothing elsewhere; *means and differences* of
//!   both people beside maximum and minimum: ±.002.
//! - *A log's own spread* as the unit of the ridge: a column that hardly varied in one window took any coefficient (owners
//!   on watchdog: AUC .84 to .80, Brier .099 to .170). Hence [`columns::SPREADS`].
//! - *The owner's own blend* in the stack in place of the pooled one: AUC equal within .001.
//! - *Intercept and slope alone* pulled (`methods` C.8): equal for one person's log, AUC .03 lower for all pairs of a forum.
//! - *Owners with 10 to 29 ties*: the pretrained model beats their own blend by .01 to .10 AUC (.827 and .809 Enron, .834 and
//!   .820 EU, .868 and .844 factory); so few ties are no reason to fall back.
//! - *Signs free*: R1 and lrec took the wrong sign beside R4 and the silence, and one more contact could lower the chance; held,
//!   they are 0, and it cannot.
//!
//! Measured with this code and coefficients that have not seen the log: `benches/results/backtest.md`.

pub mod backtest;
mod blocks;
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
