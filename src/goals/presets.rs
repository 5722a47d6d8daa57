//! The named presets of `data/goals/presets.toml`: starting points, which say that they are presets.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::error::{Error, Result};

use super::{Goals, Wanted};

/// The names, in the order of the settings' documentation.
pub const PRESETS: [&str; 5] =
    ["job-search", "founder-raising", "consultant", "researcher", "new-manager"];

/// One preset.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preset {
    /// What it leans towards, as a phrase.
    pub about: String,
    mentor: Option<bool>,
    industries: Wanted,
    functions: Wanted,
    seniorities: Wanted,
    mix: BTreeMap<String, BTreeMap<String, f64>>,
}

/// The preset of this name.
#[must_use]
pub fn preset(name: &str) -> Option<&'static Preset> {
    all().get(name)
}

fn all() -> &'static BTreeMap<String, Preset> {
    static ALL: OnceLock<BTreeMap<String, Preset>> = OnceLock::new();
    // A file of this crate: a test reads it.
    ALL.get_or_init(|| {
        toml::from_str(include_str!("../../data/goals/presets.toml")).unwrap_or_default()
    })
}

/// The preset as goals of its own.
pub(super) fn find(name: &str) -> Result<(&'static str, Goals)> {
    let wanted = name.trim().to_lowercase().replace([' ', '_'], "-");
    let known = PRESETS.into_iter().find(|known| *known == wanted);
    let Some((known, preset)) = known.and_then(|known| Some((known, preset(known)?))) else {
        let what = format!("goals.preset: there is no preset `{name}`");
        return Err(Error::usage(what, Some(super::nearest(&wanted, &PRESETS))));
    };
    let Preset { about: _, mentor, industries, functions, seniorities, mix } = preset.clone();
    let goals = Goals { mentor, industries, functions, seniorities, mix, ..Goals::default() };
    Ok((known, goals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_sound_and_says_what_it_leans_to() {
        assert_eq!(all().len(), PRESETS.len());
        for name in PRESETS {
            let (_, goals) = find(name).unwrap();
            let aims = goals.aims().unwrap();
            assert!(!aims.is_empty(), "{name}");
            assert!(preset(name).unwrap().about.len() > 20);
        }
    }
}
