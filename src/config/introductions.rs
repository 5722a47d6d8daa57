//! `[introductions]`: how often people are introduced or asked, who is kept apart, what people need and offer, and introductions
//! that no log tells of.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Introductions {
    /// Introductions of one person a quarter.
    pub a_person: u32,
    /// Asks of one broker a quarter.
    pub asks: u32,
    /// Pairs who are never introduced: names, addresses, profile links or ids.
    pub apart: Vec<[String; 2]>,
    /// People by what they need, in the owner's words.
    pub needs: BTreeMap<String, Vec<String>>,
    /// People by what they offer; the same word meets the need.
    pub offers: BTreeMap<String, Vec<String>>,
    /// Introductions and asks that happened.
    pub known: Vec<Known>,
}

/// An introduction or ask that happened.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// When.
    pub on: Date,
    /// Who introduced or was asked; `me` for the owner.
    pub by: String,
    /// To whom the owner was introduced; the two whom the owner introduced.
    pub people: Vec<String>,
    /// What came of it.
    #[serde(default)]
    pub outcome: KnownOutcome,
}

/// What came of an introduction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KnownOutcome {
    /// They met.
    #[default]
    Met,
    /// It was declined, or nothing came.
    Declined,
    /// Still open.
    Open,
}

impl Default for Introductions {
    fn default() -> Self {
        Self {
            a_person: 1,
            asks: 1,
            apart: Vec::new(),
            needs: BTreeMap::new(),
            offers: BTreeMap::new(),
            known: Vec::new(),
        }
    }
}

impl Introductions {
    /// What is wrong with the section; the message begins with the key at fault.
    pub(super) fn check(&self) -> Result<(), String> {
        for known in &self.known {
            let wanted = if known.is_own() { 2 } else { 1 };
            if known.people.len() != wanted {
                return Err(format!(
                    "introductions.known, {}: people must hold {}",
                    known.on,
                    if wanted == 2 {
                        "the two whom you introduced"
                    } else {
                        "the one to whom you were introduced"
                    }
                ));
            }
        }
        Ok(())
    }
}

impl Known {
    /// Whether the owner introduced.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.by.trim().eq_ignore_ascii_case("me")
    }
}
