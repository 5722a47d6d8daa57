//! Introductions: whom to bring together, who can open a door, and whether the two would have met anyway.
//!
//! Responsible for `methods` F. [`give`] ranks pairs of contacts who should meet, [`ways`] finds the best paths to somebody,
//! [`meeting`] tells how likely two meet by themselves, [`backtest`] tries that on a log's own past. All of it reads a
//! [`circle::Circle`]: what a study or a saved audit knows of the contacts, so that a saved audit answers like a fresh one.
//! Nothing rests on an inferred tie, and nobody under a limit appears in any result.

pub mod backtest;
pub mod capacity;
pub mod circle;
pub mod give;
pub mod meeting;
#[cfg(test)]
pub(crate) mod testing;
pub mod ways;
