//! The tests of the whole program, in one binary: each further one would link polars again.

#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

mod architecture;
mod audit;
mod backtest;
mod bridges;
mod browser;
mod canaries;
mod cards;
mod classify;
mod cli;
mod compare;
mod contacts;
mod contract;
mod coverage;
mod determinism;
mod exports;
mod faults;
mod formats;
mod goals;
mod golden;
mod hardship;
mod identity;
mod introductions;
mod limits;
mod measure;
mod oracles;
mod plan;
mod plan_days;
mod planted;
mod privacy;
mod random;
mod settings;
mod shared_data;
mod sources;
mod supply;
mod support;
mod ties;
mod travel;
mod trust;
