//! `weaktie.toml`: every setting with its default. Parsing text only; no file is opened here.
//!
//! A key that is not known is refused with the nearest right one. A setting exists only if something reads it.

mod errors;
mod introductions;
mod sources;
pub mod template;

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::canonical::noise;
use crate::error::{Error, Result};
use crate::goals::Goals;
use crate::taxonomy;
use crate::units::{Channel, Evidence};

pub use introductions::{Introductions, Known, KnownOutcome};
pub use sources::SourceConfig;

/// All settings.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Who the owner is.
    pub me: Me,
    /// How much effort a quarter holds.
    pub budget: Budget,
    /// What the owner wants of the network.
    pub goals: Goals,
    /// Who is left in peace, and when.
    pub boundaries: Boundaries,
    /// How the plan weighs, and whether it experiments.
    pub plan: PlanConfig,
    /// Weight and minutes by channel name; channels left out keep their defaults.
    pub channels: BTreeMap<Channel, ChannelConfig>,
    /// How interactions become ties.
    pub network: NetworkConfig,
    /// When a tie counts as slipping, neglected or lapsed.
    pub neglect: Neglect,
    /// Who is one person.
    pub identity: Identity,
    /// What titles and companies are, where the rules err.
    pub classes: Classes,
    /// What is left out because no person wrote it.
    pub noise: Noise,
    /// Who is introduced, how often, and what happened.
    pub introductions: Introductions,
    /// How single sources are read, and what of them stays out, by any name.
    pub sources: BTreeMap<String, SourceConfig>,
}

/// What titles and companies are, where the rules err.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Classes {
    /// TOML or CSV file of classes that win over the rules; beside the settings file unless the path is absolute.
    pub file: Option<PathBuf>,
}

/// What is left out because no person wrote it: the user's word on the published rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Noise {
    /// Never noise: addresses, `@domain`, profile links, names.
    pub keep: Vec<String>,
    /// Always noise.
    pub drop: Vec<String>,
    /// Names of rules that do not apply.
    pub off: Vec<String>,
}

/// Who is one person, where the data cannot tell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Identity {
    /// Each entry: two or more profile links, addresses or log ids of one person.
    pub same: Vec<Vec<String>>,
    /// TOML or CSV file of decisions, as `weaktie review` writes it; beside the settings file unless the path is
    /// absolute.
    pub decisions: Option<PathBuf>,
}

/// Who the owner is, when the data does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Me {
    /// Full names the owner goes by.
    pub names: Vec<String>,
    /// The owner's addresses.
    pub emails: Vec<String>,
    /// The owner's profile links.
    pub profile_urls: Vec<String>,
    /// Present employer; that of the present position when left out.
    pub company: Option<String>,
    /// Present stage (`mid`, `director`, …); that of the present title when left out.
    pub level: Option<String>,
    /// IANA zone in which days and quarters are counted; UTC when left out.
    pub time_zone: Option<String>,
}

/// How much effort a quarter holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Budget {
    /// Minutes a quarter.
    pub minutes: u32,
    /// Most actions a quarter.
    pub actions: u32,
    /// Most actions a week.
    pub actions_a_week: u32,
    /// Most minutes a week; as many as the actions a week take in the mean, and an hour at least, when left out.
    pub minutes_a_week: Option<u32>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { minutes: 360, actions: 12, actions_a_week: 3, minutes_a_week: None }
    }
}

/// How the plan weighs, and whether it experiments.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlanConfig {
    /// Weight of gaps narrowed, beside 1 for contact kept.
    pub diversity: f64,
    /// Weight of routes kept open, beside 1 for contact kept.
    pub bridging: f64,
    /// Share of the picks that are left out at random, to measure what a touch does.
    pub hold_out: f64,
    /// How much people are worth to the owner, where the owner says so: names, addresses, profile links or ids.
    pub value: BTreeMap<Value, Vec<String>>,
}

impl Default for PlanConfig {
    fn default() -> Self {
        Self { diversity: 1.0, bridging: 1.0, hold_out: 0.0, value: BTreeMap::new() }
    }
}

/// How much somebody is worth to the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// No effort: nothing is suggested but what is owed or dated.
    None,
    /// Some.
    Low,
    /// More.
    Medium,
    /// Most.
    High,
}

impl Value {
    /// As a number, 0..1.
    #[must_use]
    pub fn share(self) -> f64 {
        match self {
            Self::None => 0.0,
            Self::Low => 1.0 / 3.0,
            Self::Medium => 2.0 / 3.0,
            Self::High => 1.0,
        }
    }
}

/// Who is left in peace, and when. Hard limits: they filter, they never merely weigh.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Boundaries {
    /// People who are left out before anything is stored: names, addresses, `@domain`s, profile links.
    pub never_store: Vec<String>,
    /// People never to suggest: names, addresses, profile links or ids.
    pub never_contact: Vec<String>,
    /// Days of rest after any contact.
    pub cool_down_days: u32,
    /// Days of rest after a message that was not answered.
    pub cool_down_unanswered_days: u32,
    /// Spans in which nothing is planned.
    pub quiet: Vec<Quiet>,
    /// People of the owner's private life: reminded of, but never introduced, asked for favours or used for a goal.
    pub private: Vec<String>,
    /// Whether private people are left out of the plan altogether.
    pub work_only: bool,
    /// Whether actions may be dated on Saturdays and Sundays.
    pub weekends: bool,
    /// People by the role they have for the owner: names, addresses, profile links or ids.
    pub roles: BTreeMap<Role, Vec<String>>,
}

/// What somebody is to the owner, where the user says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The owner reports to them.
    Manager,
    /// They report to the owner.
    Report,
    /// Buys from the owner.
    Client,
    /// Sells to the owner.
    Vendor,
    /// Gives advice to the owner.
    Mentor,
    /// Gets advice from the owner.
    Mentee,
}

impl Default for Boundaries {
    fn default() -> Self {
        Self {
            never_store: Vec::new(),
            never_contact: Vec::new(),
            cool_down_days: 14,
            cool_down_unanswered_days: 30,
            quiet: Vec::new(),
            private: Vec::new(),
            work_only: false,
            weekends: true,
            roles: BTreeMap::new(),
        }
    }
}

/// A span of days in which nothing is planned, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

/// One channel's settings; what is left out keeps its default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChannelConfig {
    /// Weight of one interaction in tie strength.
    pub weight: Option<f64>,
    /// Minutes one action on this channel takes.
    pub minutes: Option<u32>,
}

/// How interactions become ties.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NetworkConfig {
    /// Events with more people than this make no ties.
    pub group_cap: u32,
    /// How much less the pairs of a larger event count: an event of `k` people counts `1 / (k − 1)^discount` a pair.
    pub co_presence_discount: f64,
    /// Days after which an interaction counts half; 90, or what the owner's past speaks for, when left out.
    pub half_life: Option<f64>,
    /// Lowest evidence tier used for ties among contacts.
    pub min_evidence: Evidence,
}

impl Default for NetworkConfig {
    fn default() -> Self {
        Self {
            group_cap: 25,
            co_presence_discount: 1.0,
            half_life: None,
            min_evidence: Evidence::CoPresence,
        }
    }
}

/// When a tie counts as slipping, neglected or lapsed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Neglect {
    /// Silence over the usual gap from which a tie is slipping, neglected, lapsed.
    pub ladder: [f64; 3],
    /// How often the owner wants to be in touch.
    pub cadence: Cadence,
}

/// Days between contacts, as the owner wants them.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cadence {
    /// Taken for the usual gap where the data holds none, neither of the tie nor of the owner.
    pub fallback: Option<f64>,
    /// By role of `[boundaries.roles]`, in place of the usual gap.
    pub roles: BTreeMap<Role, f64>,
    /// By employer, in place of the usual gap.
    pub companies: BTreeMap<String, f64>,
    /// By person (name, address, profile link or id), in place of the usual gap.
    pub people: BTreeMap<String, f64>,
}

impl Cadence {
    /// Every number with the key it stands under.
    fn all(&self) -> impl Iterator<Item = (&'static str, f64)> {
        let roles = self.roles.values().map(|days| ("roles", *days));
        let companies = self.companies.values().map(|days| ("companies", *days));
        let people = self.people.values().map(|days| ("people", *days));
        self.fallback
            .map(|days| ("fallback", days))
            .into_iter()
            .chain(roles)
            .chain(companies)
            .chain(people)
    }
}

impl Default for Neglect {
    fn default() -> Self {
        Self { ladder: [1.5, 3.0, 8.0], cadence: Cadence::default() }
    }
}

impl Config {
    /// Parses and checks the text of a `weaktie.toml`; `file` names it in errors.
    ///
    /// # Errors
    /// [`Error::Usage`] with file, line and what to write instead.
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        let config: Self =
            toml::from_str(text).map_err(|error| errors::of_toml(&error, text, file))?;
        config.check().map_err(|error| errors::placed(error, text, file))?;
        Ok(config)
    }

    /// Every message begins with the key at fault.
    fn check(&self) -> Result<()> {
        let wrong = |what: String| Err(Error::usage(what, None));
        let network = &self.network;
        if let Some(days) = network.half_life.filter(|days| !(1.0..=36_500.0).contains(days)) {
            return wrong(format!(
                "network.half_life must be between 1 and 36,500 days, found {days}",
            ));
        }
        if network.group_cap < 2 {
            return wrong(format!(
                "network.group_cap must be at least 2, found {}",
                network.group_cap
            ));
        }
        if !(0.0..=3.0).contains(&network.co_presence_discount) {
            return wrong(format!(
                "network.co_presence_discount must be between 0 and 3, found {}",
                network.co_presence_discount
            ));
        }
        if network.min_evidence > Evidence::CoPresence {
            return wrong(format!(
                "network.min_evidence: no reader yields {} ties among contacts yet; \
                 write \"interaction\" or \"co-presence\"",
                network.min_evidence.name()
            ));
        }
        let [slipping, neglected, lapsed] = self.neglect.ladder;
        if !(slipping >= 1.0 && slipping < neglected && neglected < lapsed && lapsed.is_finite()) {
            return wrong("neglect.ladder must be three rising numbers from 1 up".to_owned());
        }
        if let Some((key, days)) =
            self.neglect.cadence.all().find(|(_, d)| !(1.0..=3_650.0).contains(d))
        {
            return wrong(format!(
                "neglect.cadence.{key} must be between 1 and 3,650 days, found {days}"
            ));
        }
        for (channel, set) in &self.channels {
            let name = channel.name();
            if set.weight.is_some_and(|weight| !(0.0..=1_000.0).contains(&weight)) {
                return wrong(format!("channels.{name}.weight must be between 0 and 1,000"));
            }
            if set.minutes.is_some_and(|minutes| minutes > 1_440) {
                return wrong(format!("channels.{name}.minutes must be at most a day (1,440)"));
            }
        }
        for (number, entry) in (1..).zip(&self.identity.same) {
            if entry.len() < 2 || entry.iter().any(|key| key.trim().is_empty()) {
                return wrong(format!(
                    "identity.same, entry {number}: write at least two links or addresses of one person"
                ));
            }
        }
        self.check_noise()?;
        for (name, source) in &self.sources {
            source.check(name)?;
        }
        let shares = [("diversity", self.plan.diversity), ("bridging", self.plan.bridging)];
        if let Some((name, _)) = shares.iter().find(|(_, v)| !(0.0..=100.0).contains(v)) {
            return wrong(format!("plan.{name} must be between 0 and 100"));
        }
        if !(0.0..=0.5).contains(&self.plan.hold_out) {
            return wrong(format!(
                "plan.hold_out must be between 0 and 0.5, found {}: a tenth (0.1) is usual",
                self.plan.hold_out
            ));
        }
        if self.budget.actions_a_week == 0 {
            return wrong("budget.actions_a_week must be at least 1".to_owned());
        }
        for quiet in &self.boundaries.quiet {
            if quiet.to < quiet.from {
                return wrong(format!("boundaries.quiet: {} is before {}", quiet.to, quiet.from));
            }
        }
        if let Some(level) = &self.me.level
            && let Err(near) = taxonomy::find("seniority", level)
        {
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write one of: {}", taxonomy::STAGES.join(", ")),
            };
            return Err(Error::usage(format!("me.level: there is no stage `{level}`"), Some(hint)));
        }
        if let Err(what) = self.introductions.check() {
            return wrong(what);
        }
        self.goals.aims()?;
        self.zone().map(|_| ())
    }

    fn check_noise(&self) -> Result<()> {
        let rules = || noise::rules().iter().map(|rule| rule.id);
        if let Some(unknown) = self.noise.off.iter().find(|id| !rules().any(|rule| rule == *id)) {
            let score = |rule: &&str| strsim::jaro_winkler(unknown, rule);
            let best = rules().max_by(|a, b| score(a).total_cmp(&score(b)));
            let hint = best.map(|rule| format!("did you mean `{rule}`?"));
            let what = format!("noise.off: no rule is called \"{unknown}\"");
            return Err(Error::usage(what, hint));
        }
        let lists = [("keep", &self.noise.keep), ("drop", &self.noise.drop)];
        for (name, list) in lists {
            if list.iter().any(|entry| entry.trim().trim_start_matches('@').is_empty()) {
                let what = format!("noise.{name} holds an empty entry");
                return Err(Error::usage(what, None));
            }
        }
        Ok(())
    }

    /// The zone in which days are counted.
    ///
    /// # Errors
    /// [`Error::Usage`] when the name is not an IANA zone.
    pub fn zone(&self) -> Result<TimeZone> {
        let Some(name) = &self.me.time_zone else {
            return Ok(TimeZone::UTC);
        };
        TimeZone::get(name).map_err(|_| {
            Error::usage(
                format!("me.time_zone: no zone is called \"{name}\""),
                Some("write an IANA name such as \"Europe/Oslo\"".to_owned()),
            )
        })
    }

    /// Weight of one interaction on a channel (`methods` B.1: starting weights).
    #[must_use]
    pub fn weight(&self, channel: Channel) -> f64 {
        let set = self.channels.get(&channel).and_then(|set| set.weight);
        set.unwrap_or(match channel {
            Channel::Meeting => 4.0,
            Channel::Call | Channel::Recommendation => 3.0,
            Channel::Email | Channel::Message | Channel::Chat | Channel::Other => 1.0,
            Channel::Endorsement => 0.2,
            Channel::Comment => 0.1,
            Channel::Invitation => 0.0,
        })
    }

    /// Minutes one action on a channel takes.
    #[must_use]
    pub fn minutes(&self, channel: Channel) -> u32 {
        let set = self.channels.get(&channel).and_then(|set| set.minutes);
        set.unwrap_or(match channel {
            Channel::Meeting => 60,
            Channel::Call => 30,
            Channel::Email => 10,
            _ => 5,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_file_is_all_defaults() {
        let config = Config::parse("", "weaktie.toml").unwrap();
        assert_eq!(config, Config::default());
        assert_eq!((config.budget.minutes, config.budget.actions), (360, 12));
        assert!((config.weight(Channel::Meeting) - 4.0).abs() < 1e-12);
    }

    #[test]
    fn an_unknown_key_names_its_line_and_the_nearest_right_one() {
        let text = "[budget]\nactions = 6\nminuts = 100\n";
        let Err(Error::Usage { what, hint }) = Config::parse(text, "weaktie.toml") else {
            panic!("accepted an unknown key");
        };
        assert!(what.contains("weaktie.toml, line 3, column 1: "), "{what}");
        assert_eq!(hint.as_deref(), Some("did you mean `minutes`?"));
    }

    #[test]
    fn impossible_values_are_refused() {
        for text in [
            "[network]\nhalf_life = 0",
            "[network]\nmin_evidence = \"inferred\"",
            "[channels.email]\nminutes = 4000000000",
            "[network]\ngroup_cap = 1",
            "[network]\nco_presence_discount = -1",
            "[network]\nco_presence_discount = nan",
            "[neglect]\nladder = [3, 2, 8]",
            "[neglect.cadence]\nfallback = 0",
            "[neglect.cadence]\nroles = { clint = 30 }",
            "[neglect.cadence]\npeople = { \"ana@example.org\" = 9000 }",
            "[me]\ntime_zone = \"Mars/Olympus\"",
            "[channels.email]\nweight = -1",
            "[identity]\nsame = [[\"ana@example.org\"]]",
            "[noise]\noff = [\"newsleter\"]",
            "[noise]\nkeep = [\"@\"]",
            "[plan]\nhold_out = 0.9",
            "[plan]\ndiversity = -1",
            "[plan.value]\nhuge = []",
            "[budget]\nactions_a_week = 0",
            "[[boundaries.quiet]]\nfrom = \"2026-02-02\"\nto = \"2026-01-01\"",
        ] {
            assert!(Config::parse(text, "t").is_err(), "{text}");
        }
    }

    #[test]
    fn a_goal_that_is_none_names_its_line_and_the_nearest() {
        let text = "[goals]\nmentor = true\nindustries = [\"finanse\"]\n";
        let Err(Error::Usage { what, hint }) = Config::parse(text, "t.toml") else {
            panic!("accepted an industry that is none");
        };
        assert_eq!(
            what,
            "t.toml, line 3, column 1: goals.industries: there is no industry `finanse`"
        );
        assert_eq!(hint.as_deref(), Some("did you mean `finance`?"));
        assert!(Config::parse("[me]\nlevel = \"bos\"", "t").is_err());
        let roles = "[boundaries.roles]\nclient = [\"Ana Lopes\"]\n";
        assert_eq!(Config::parse(roles, "t").unwrap().boundaries.roles[&Role::Client].len(), 1);
        assert!(Config::parse(&roles.replace("client", "clint"), "t").is_err());
    }

    #[test]
    fn an_impossible_value_names_its_line() {
        let says = |text: &str| Config::parse(text, "t.toml").unwrap_err().to_string();
        let zone = says("[budget]\nminutes = 60\n\n[me]\ntime_zone = \"Mars/Olympus\"\n");
        assert!(zone.starts_with("t.toml, line 5, column 1: me.time_zone: "), "{zone}");
        let dotted = says("network.half_life = 0\n");
        assert!(dotted.starts_with("t.toml, line 1, column 1: network.half_life "), "{dotted}");
        let quiet = "[[boundaries.quiet]]\nfrom = \"2026-02-02\"\nto = \"2026-02-03\"\n";
        let twice = says(&format!("{quiet}{}", quiet.replace("02-03", "01-01")));
        assert!(twice.starts_with("t.toml: boundaries.quiet: "), "{twice}");
    }
}
