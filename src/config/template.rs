//! A commented `weaktie.toml`: every setting with its default, filled with what the data says of the owner.
//!
//! Lines of words begin with `# `; a setting that stands at its default begins with `#` alone, so that taking the mark away sets
//! it. What the data tells is written without the mark.

use std::fmt::Write as _;

/// What the data tells of the owner.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Full names.
    pub names: Vec<String>,
    /// Addresses.
    pub emails: Vec<String>,
    /// Profile links.
    pub profile_urls: Vec<String>,
    /// Present employer.
    pub company: Option<String>,
    /// Present stage.
    pub level: Option<String>,
    /// Classes that stand out among the contacts, most first: industries, functions, stages.
    pub industries: Vec<String>,
    /// As above.
    pub functions: Vec<String>,
    /// As above.
    pub seniorities: Vec<String>,
    /// Addresses that are busiest in logs, where the owner could not be told.
    pub candidates: Vec<String>,
}

/// The text of the file.
#[must_use]
pub fn template(known: &Known) -> String {
    let mut out = String::from(HEAD);
    let mut line = |key: &str, value: String, is_known: bool| {
        let mark = if is_known { "" } else { "#" };
        let _ = writeln!(out, "{mark}{key} = {value}");
    };
    line("names", list(&known.names), !known.names.is_empty());
    line("emails", list(&known.emails), !known.emails.is_empty());
    line("profile_urls", list(&known.profile_urls), !known.profile_urls.is_empty());
    let text = |value: &Option<String>, other: &str| quoted(value.as_deref().unwrap_or(other));
    line("company", text(&known.company, "Corvane"), known.company.is_some());
    line("level", text(&known.level, "mid"), known.level.is_some());
    line("time_zone", quoted("Europe/Oslo"), false);
    if !known.candidates.is_empty() {
        let _ = writeln!(
            out,
            "# Busiest in your logs; is one of these you? {}",
            known.candidates.join(", ")
        );
    }
    out.push_str(BUDGET);
    let goals = [
        ("industries", &known.industries, "[\"finance\"]"),
        ("functions", &known.functions, "[\"design\"]"),
        ("seniorities", &known.seniorities, "[\"director\"]"),
    ];
    out.push_str(GOALS);
    for (key, found, other) in goals {
        if !found.is_empty() {
            let _ = writeln!(out, "# Most of your contacts: {}.", found.join(", "));
        }
        let value = if found.is_empty() { other.to_owned() } else { list(found) };
        let _ = writeln!(out, "#{key} = {value}");
    }
    out.push_str(REST);
    out
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}

const HEAD: &str = "\
# Settings of weaktie. Everything is optional; a line that begins with # and no blank stands at its default or is an
# example: take the # away to set it. A key that is not known is refused, with the nearest right one.

# Who you are. Filled in where the data says so; correct it, it decides whose network this is.
[me]
";

const BUDGET: &str = "
# How much effort a quarter holds.
[budget]
#minutes = 360
#actions = 12
#actions_a_week = 3
# Minutes a week; as many as the actions a week take in the mean when left out.
#minutes_a_week = 90

# How the plan weighs: gaps narrowed and routes kept open, each beside 1 for contact kept.
[plan]
#diversity = 1.0
#bridging = 1.0
# A share of the picks left out at random (0.1 is usual) lets the next audits measure what a touch does. Off by default.
#hold_out = 0.0

# How much people are worth to you, where you say so: names, addresses, profile links; for none nothing but what is owed or dated.
[plan.value]
#high = []
#medium = []
#low = []
#none = []
";

const GOALS: &str = "
# What you want of your network. A preset is a starting point: job-search, founder-raising, consultant, researcher,
# new-manager. Lists may carry weights: { finance = 2, design = 1 }.
[goals]
#preset = \"consultant\"
#mentor = true
#companies = [\"Helios Clinics\"]
#people = [\"https://www.linkedin.com/in/somebody\"]
";

const REST: &str = "
# A target mix by attribute: shares by class, in any unit.
[goals.mix]
#relative-seniority = { mentor = 20, peer = 60, emerging = 20 }

# Who is left in peace, and when. These are hard limits.
[boundaries]
# Left out before anything is stored: names, addresses, @domains, profile links.
#never_store = []
# Never suggested: names, addresses, profile links.
#never_contact = []
# Private ties: reminded of, but never introduced, asked for favours or used for a goal; with work_only never planned at all.
#private = []
#work_only = false
#weekends = true
# Days of rest after any contact, and after a message without an answer.
#cool_down_days = 14
#cool_down_unanswered_days = 30
# Spans in which nothing is planned.
#[[boundaries.quiet]]
#from = \"2026-12-20\"
#to = \"2027-01-04\"

# People by their role; nobody in the first four is asked for favours or introduced.
[boundaries.roles]
#manager = []
#report = []
#client = []
#vendor = []
#mentor = []
#mentee = []

# Introductions you give, and asks for one.
[introductions]
# How often a quarter one person is introduced, or one broker asked.
#a_person = 1
#asks = 1
# Never introduced to each other: names, addresses, profile links.
#apart = [[\"one@example.org\", \"other@example.org\"]]
# What people need and offer, in your words: the same word on both sides makes a fit.
#needs = { \"a tax adviser\" = [\"one@example.org\"] }
#offers = { \"a tax adviser\" = [\"other@example.org\"] }
# Introductions that no log tells of; by = \"me\" for yours, with two people. Outcome: met, declined, open.
#[[introductions.known]]
#on = \"2026-03-02\"
#by = \"one@example.org\"
#people = [\"other@example.org\"]
#outcome = \"met\"

# Weight of one interaction in tie strength, and minutes of one action, by channel: email, message, meeting, call, chat,
# invitation, recommendation, endorsement, comment, other.
#[channels.meeting]
#weight = 4.0
#minutes = 60

# How interactions become ties.
[network]
# Events with more people than this make no ties.
#group_cap = 25
# How much less the pairs of a larger event count: 1 / (people - 1) to this power; 0 counts every event in full.
#co_presence_discount = 1.0
# Days after which an interaction counts half; 90, or what your past speaks for, when left out.
#half_life = 90.0
# Lowest evidence for ties among contacts: interaction, co-presence.
#min_evidence = \"co-presence\"

# Silence over the usual gap from which a tie is slipping, neglected, lapsed.
[neglect]
#ladder = [1.5, 3.0, 8.0]

# Days between contacts. The fallback is taken where nobody was met twice; what you want of a role, an employer or a person (the
# nearest word wins) counts in place of the usual gap of the data.
[neglect.cadence]
#fallback = 30
#roles = { client = 30, mentor = 60 }
#companies = { \"Helios Clinics\" = 45 }
#people = { \"https://www.linkedin.com/in/somebody\" = 21 }

# Who is one person, where the data cannot tell: each entry holds two or more links or addresses of one person. `weaktie
# review` writes the open questions to a file; name it here once answered.
[identity]
#same = [[\"https://www.linkedin.com/in/somebody\", \"somebody@example.org\"]]
#decisions = \"decisions.toml\"

# Your own classes of titles, companies or people, where the rules err.
[classes]
#file = \"classes.toml\"

# How a table of your own is laid out, and what of a source stays out; one section a source, by any name. A column is named as
# in the file's header; file may hold * for any letters; every file is meant when it is left out.
#[sources.crm]
#file = \"crm.csv\"
#time_zone = \"Europe/Oslo\"
#day_first = true
#timestamp = \"Date\"
#time = \"Time\"
#from = \"From\"
#to = \"To\"
#person = \"Contact\"
#email = \"Address\"
#channel = \"Kind\"
#channel_of_all = \"call\"
#thread = \"Conversation\"
#minutes = \"Length\"
#direction = \"Direction\"
#exclude_people = []
#exclude_folders = []
#exclude_labels = []
#since = \"2020-01-01\"
#until = \"2026-12-31\"

# What is left out because no person wrote it: addresses, @domains, links, names; and rules that do not apply.
[noise]
#keep = []
#drop = []
#off = []
";

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    /// The file with every setting set.
    fn whole(text: &str) -> String {
        let set = |line: &str| match line.strip_prefix('#') {
            Some(rest) if !rest.starts_with(' ') => format!("{rest}\n"),
            _ => format!("{line}\n"),
        };
        text.lines().map(set).collect()
    }

    #[test]
    fn what_is_written_is_every_default() {
        assert_eq!(Config::parse(&template(&Known::default()), "t").unwrap(), Config::default());
        let known = Known {
            names: vec!["Mara \"Mo\" Lindqvist".into()],
            emails: vec!["mara@example.org".into()],
            company: Some("Corvane".into()),
            level: Some("director".into()),
            ..Known::default()
        };
        let config = Config::parse(&template(&known), "t").unwrap();
        assert_eq!(config.me.names, known.names);
        assert_eq!((config.me.company, config.me.level), (known.company, known.level));
    }

    #[test]
    fn every_setting_stands_in_it_and_can_be_set() {
        let text = whole(&template(&Known::default()));
        let config = Config::parse(&text, "t").unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(
            config.budget,
            super::super::Budget { minutes_a_week: Some(90), ..Default::default() }
        );
        let sections = [
            "",
            "me",
            "budget",
            "plan",
            "goals",
            "boundaries",
            "introductions",
            "network",
            "neglect",
            "neglect.cadence",
            "identity",
            "classes",
            "noise",
            "channels.meeting",
            "boundaries.roles",
            "plan.value",
            "sources.crm",
        ];
        for section in sections {
            let head = if section.is_empty() { String::new() } else { format!("[{section}]\n") };
            let value =
                if section.ends_with("roles") || section.ends_with("value") { "[]" } else { "1" };
            let error = toml::from_str::<Config>(&format!("{head}zzz = {value}\n")).unwrap_err();
            let message = error.message().to_owned();
            let (_, keys) = message.split_once("expected").unwrap_or_else(|| panic!("{message}"));
            let keys: Vec<&str> = keys.split('`').skip(1).step_by(2).collect();
            assert!(!keys.is_empty(), "{message}");
            for key in keys {
                let is_set = |line: &str| {
                    line.starts_with(&format!("{key} ="))
                        || line.trim_start_matches('[').starts_with(&format!("{key}]"))
                        || line.trim_start_matches('[').starts_with(&format!("{key}."))
                        || line.trim_start_matches('[').starts_with(&format!("{section}.{key}]"))
                };
                assert!(text.lines().any(is_set), "[{section}] {key} is not in the template");
            }
        }
    }
}
