//! The settings that speak of reading, in the words of the readers.

use super::Request;
use crate::canonical;
use crate::config::SourceConfig;
use crate::error::Result;
use crate::ingest::{Columns, Noise, Private, Reading, SourceRule};

/// What the user says about reading.
///
/// # Errors
/// [`crate::Error::Usage`] for a zone that does not exist.
pub(super) fn of(request: &Request) -> Result<Reading> {
    let config = &request.config;
    let me = request.me.as_deref().and_then(canonical::email);
    let own = config.me.emails.iter().filter_map(|email| canonical::email(email)).chain(me);
    let zone = config.me.time_zone.is_some().then(|| config.zone()).transpose()?;
    let rules = config.sources.iter().map(|(name, source)| rule(name, source));
    Ok(Reading {
        noise: Noise::new(&config.noise.keep, &config.noise.drop, &config.noise.off),
        private: Private::new(&config.boundaries.never_store),
        own: own.collect(),
        own_names: config.me.names.iter().map(|name| canonical::folded_name(name)).collect(),
        zone,
        rules: rules.collect::<Result<_>>()?,
    })
}

fn rule(name: &str, source: &SourceConfig) -> Result<SourceRule> {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let lower = |list: &[String]| list.iter().map(|text| text.trim().to_lowercase()).collect();
    Ok(SourceRule {
        name: name.to_owned(),
        file: text(&source.file),
        zone: source.zone(name)?,
        day_first: source.day_first,
        columns: Columns {
            timestamp: text(&source.timestamp),
            time: text(&source.time),
            from: text(&source.from),
            to: text(&source.to),
            person: text(&source.person),
            email: text(&source.email),
            channel: text(&source.channel),
            channel_of_all: text(&source.channel_of_all),
            thread: text(&source.thread),
            minutes: text(&source.minutes),
            direction: text(&source.direction),
        },
        people: Private::new(&source.exclude_people),
        folders: lower(&source.exclude_folders),
        labels: lower(&source.exclude_labels),
        since: source.since,
        until: source.until,
    })
}
