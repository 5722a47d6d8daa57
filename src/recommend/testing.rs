//! A context of a study made by hand.

use crate::analysis::{Facts, Findings, run_all};
use crate::config::Config;
use crate::study::Study;

use super::Context;

/// What a context borrows.
pub(super) struct Desk {
    study: Study,
    findings: Findings,
    facts: Facts,
    config: Config,
}

impl Desk {
    /// A study with everything found of it, under settings as they would stand in a file.
    pub(super) fn of(study: Study, settings: &str) -> Self {
        let (findings, facts) = run_all(&study);
        Self { study, findings, facts, config: toml::from_str(settings).unwrap() }
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context::new(&self.study, &self.findings, &self.facts, &self.config, None)
    }
}
