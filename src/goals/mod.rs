//! What the owner wants of the network: `[goals]` of `weaktie.toml`, and the presets.
//!
//! Foundation: knows classes by name, nobody and no number. Attributes with a goal are *aims*: a target mix, or a list of
//! targets, which stands for half of one's attention by weight and the other half as the people fall.

mod presets;

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use crate::error::{Error, Result};
use crate::taxonomy;

pub use presets::{PRESETS, preset};

/// Attributes that a mix may be set for.
pub const MIXED: [&str; 6] =
    ["industry", "function", "seniority", "relative-seniority", "relation", "time-known"];

/// The part of one's attention that a list of targets stands for; the rest as the people fall.
pub const TARGETED: f64 = 0.5;

/// `[goals]` as written.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Goals {
    /// A named starting point; what is written beside it wins, attribute by attribute.
    pub preset: Option<String>,
    /// Whether somebody on the mentor side is sought.
    pub mentor: Option<bool>,
    /// Industries wanted.
    pub industries: Wanted,
    /// Functions wanted.
    pub functions: Wanted,
    /// Stages wanted.
    pub seniorities: Wanted,
    /// Employers at which somebody is wanted.
    pub companies: Wanted,
    /// People wanted: names, addresses or profile links.
    pub people: Wanted,
    /// Target mix by attribute: shares by class, in any unit.
    pub mix: BTreeMap<String, BTreeMap<String, f64>>,
}

/// Names with weights; a plain list gives each the weight 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wanted(pub BTreeMap<String, f64>);

/// Goals with the preset filled in and classes spelled as in the taxonomy.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Aims {
    /// The preset in use.
    pub preset: Option<&'static str>,
    /// Whether a mentor is sought.
    pub mentor: bool,
    /// Aims by attribute, in the order of [`MIXED`].
    pub mixes: Vec<Aim>,
    /// Employers with weights.
    pub companies: BTreeMap<String, f64>,
    /// People with weights.
    pub people: BTreeMap<String, f64>,
}

/// What is wanted of one attribute.
#[derive(Debug, Clone, PartialEq)]
pub struct Aim {
    /// The attribute.
    pub attribute: &'static str,
    /// Weights by class, which sum to 1.
    pub weights: BTreeMap<&'static str, f64>,
    /// A whole mix, rather than a list of targets.
    pub is_mix: bool,
    /// Whether it comes from the preset.
    pub is_preset: bool,
}

impl Aim {
    /// The goal share of a class whose share of the known people is `people`.
    #[must_use]
    pub fn share(&self, class: &str, people: f64) -> f64 {
        let weight = self.weights.get(class).copied().unwrap_or(0.0);
        if self.is_mix { weight } else { TARGETED * weight + (1.0 - TARGETED) * people }
    }
}

impl Aims {
    /// Whether nothing is wanted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.mentor && self.mixes.is_empty() && self.companies.is_empty() && self.people.is_empty()
    }

    /// The aim of an attribute.
    #[must_use]
    pub fn of(&self, attribute: &str) -> Option<&Aim> {
        self.mixes.iter().find(|aim| aim.attribute == attribute)
    }
}

impl Goals {
    /// Checks names and numbers and fills in the preset.
    ///
    /// # Errors
    /// [`Error::Usage`] that begins with the key at fault, with the nearest right name.
    pub fn aims(&self) -> Result<Aims> {
        let base = match &self.preset {
            None => Aims::default(),
            Some(name) => {
                let (name, goals) = presets::find(name)?;
                let mut aims = goals.aims()?;
                aims.preset = Some(name);
                for aim in &mut aims.mixes {
                    aim.is_preset = true;
                }
                aims
            }
        };
        let mut mixes: BTreeMap<&str, Aim> =
            base.mixes.into_iter().map(|aim| (aim.attribute, aim)).collect();
        for (attribute, key, wanted) in [
            ("industry", "goals.industries", &self.industries),
            ("function", "goals.functions", &self.functions),
            ("seniority", "goals.seniorities", &self.seniorities),
        ] {
            if let Some(weights) = weights(attribute, key, &wanted.0)? {
                let aim = Aim { attribute, weights, is_mix: false, is_preset: false };
                mixes.insert(attribute, aim);
            }
        }
        for (name, shares) in &self.mix {
            let attribute = MIXED.into_iter().find(|known| known == name).ok_or_else(|| {
                let hint = nearest(name, &MIXED);
                Error::usage(format!("goals.mix: there is no attribute `{name}`"), Some(hint))
            })?;
            if let Some(weights) = weights(attribute, &format!("goals.mix.{attribute}"), shares)? {
                let aim = Aim { attribute, weights, is_mix: true, is_preset: false };
                mixes.insert(attribute, aim);
            }
        }
        for (key, wanted) in [("goals.companies", &self.companies), ("goals.people", &self.people)]
        {
            for (name, weight) in &wanted.0 {
                check_weight(key, name, *weight)?;
            }
        }
        Ok(Aims {
            preset: base.preset,
            mentor: self.mentor.unwrap_or(base.mentor),
            mixes: MIXED.iter().filter_map(|attribute| mixes.remove(attribute)).collect(),
            companies: self.companies.0.clone(),
            people: self.people.0.clone(),
        })
    }
}

/// Weights by class, scaled to sum to 1; `None` for an empty list.
fn weights(
    attribute: &str,
    key: &str,
    wanted: &BTreeMap<String, f64>,
) -> Result<Option<BTreeMap<&'static str, f64>>> {
    let mut found: BTreeMap<&'static str, f64> = BTreeMap::new();
    for (name, weight) in wanted {
        let class = taxonomy::find(attribute, name).map_err(|near| {
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of: {}", taxonomy::classes(attribute).join(", ")),
            };
            Error::usage(format!("{key}: there is no {attribute} `{name}`"), Some(hint))
        })?;
        check_weight(key, name, *weight)?;
        *found.entry(class).or_default() += weight;
    }
    let sum: f64 = found.values().sum();
    if !found.is_empty() && sum <= 0.0 {
        let what = format!("{key}: the shares add up to nothing");
        return Err(Error::usage(what, Some("give at least one class a share above 0".to_owned())));
    }
    for weight in found.values_mut() {
        *weight /= sum;
    }
    Ok((!found.is_empty()).then_some(found))
}

fn check_weight(key: &str, name: &str, weight: f64) -> Result<()> {
    if (0.0..=1_000_000.0).contains(&weight) {
        return Ok(());
    }
    Err(Error::usage(
        format!("{key}: the weight of `{name}` must be 0 or more, found {weight}"),
        None,
    ))
}

fn nearest(word: &str, known: &[&str]) -> String {
    let likeness = |name: &str| strsim::jaro_winkler(name, word);
    let near = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)).then(b.cmp(a)));
    match near.filter(|name| likeness(name) > 0.7) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write one of: {}", known.join(", ")),
    }
}

impl<'de> Deserialize<'de> for Wanted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Wanted;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a list of names (`[\"a\", \"b\"]`) or names with weights (`{ a = 2, b = 1 }`)",
                )
            }

            fn visit_seq<A: SeqAccess<'de>>(
                self,
                mut names: A,
            ) -> std::result::Result<Wanted, A::Error> {
                let mut wanted = BTreeMap::new();
                while let Some(name) = names.next_element::<String>()? {
                    if wanted.insert(name.clone(), 1.0).is_some() {
                        return Err(A::Error::custom(format!("`{name}` stands twice")));
                    }
                }
                Ok(Wanted(wanted))
            }

            fn visit_map<A: MapAccess<'de>>(
                self,
                mut names: A,
            ) -> std::result::Result<Wanted, A::Error> {
                let mut wanted = BTreeMap::new();
                while let Some((name, weight)) = names.next_entry::<String, f64>()? {
                    wanted.insert(name, weight);
                }
                Ok(Wanted(wanted))
            }
        }
        deserializer.deserialize_any(Names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aims(text: &str) -> Result<Aims> {
        toml::from_str::<Goals>(text).expect("TOML").aims()
    }

    #[test]
    fn lists_and_weights_mean_targets_and_tables_mean_a_mix() {
        let found = aims(
            "industries = [\"finance\", \"IT services\"]\nfunctions = { product = 3, design = 1 }\n\
             [mix.seniority]\nmid = 50\nsenior = 50\n",
        )
        .unwrap();
        assert_eq!(found.mixes.len(), 3);
        let industry = found.of("industry").unwrap();
        assert!((industry.weights["it_services"] - 0.5).abs() < 1e-12 && !industry.is_mix);
        // Half by weight, half as the people fall.
        assert!((industry.share("finance", 0.2) - 0.35).abs() < 1e-12);
        assert!((found.of("function").unwrap().weights["product"] - 0.75).abs() < 1e-12);
        let seniority = found.of("seniority").unwrap();
        assert!(seniority.is_mix && (seniority.share("mid", 0.9) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn slips_get_the_nearest_right_name() {
        for (text, what, hint) in [
            (
                "industries = [\"finanse\"]",
                "goals.industries: there is no industry `finanse`",
                "`finance`",
            ),
            (
                "[mix.senority]\nmid = 1",
                "goals.mix: there is no attribute `senority`",
                "`seniority`",
            ),
            (
                "[mix.relation]\nclints = 1",
                "goals.mix.relation: there is no relation `clints`",
                "`client`",
            ),
            (
                "preset = \"job-serch\"",
                "goals.preset: there is no preset `job-serch`",
                "`job-search`",
            ),
            (
                "functions = [\"zzz\"]",
                "goals.functions: there is no function `zzz`",
                "exec, software",
            ),
        ] {
            let Err(Error::Usage { what: told, hint: shown }) = aims(text) else {
                panic!("accepted {text}");
            };
            assert_eq!(told, what);
            assert!(shown.as_deref().unwrap_or_default().contains(hint), "{shown:?}");
        }
        assert!(aims("functions = { hr = -1 }").is_err());
        assert!(aims("[mix.function]\nhr = 0").is_err());
        let wrong = toml::from_str::<Goals>("people = 4").unwrap_err().to_string();
        assert!(wrong.contains("a list of names"), "{wrong}");
    }

    #[test]
    fn what_is_written_beside_a_preset_wins() {
        let found = aims("preset = \"job-search\"\nmentor = false\n[mix.relation]\ninternal = 1\n")
            .unwrap();
        assert_eq!((found.preset, found.mentor), (Some("job-search"), false));
        assert!(!found.of("relation").unwrap().is_preset);
        assert!(found.of("function").unwrap().is_preset);
        assert!(aims("").unwrap().is_empty());
    }
}
