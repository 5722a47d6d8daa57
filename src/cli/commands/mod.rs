//! One file a command.

pub(super) mod audit;
pub(super) mod backtest;
pub(super) mod classify;
pub(super) mod compare;
pub(super) mod demo;
pub(super) mod explain;
pub(super) mod export;
pub(super) mod forget;
pub(super) mod init;
pub(super) mod inspect;
pub(super) mod introduce;
pub(super) mod introductions;
pub(super) mod measure;
pub(super) mod packaging;
pub(super) mod pairs;
pub(super) mod paths;
pub(super) mod plan;
pub(super) mod report;
pub(super) mod review;
pub(super) mod show;
pub(super) mod ties;
pub(super) mod touch;
