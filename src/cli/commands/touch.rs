//! `weaktie touch`: writes down a contact that no log sees.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::audit::{Audit, Redaction};
use crate::cli::args::Touch;
use crate::cli::{Outcome, note, saved, say};
use crate::error::{Error, Result};
use crate::output;
use crate::touches::{self, Added, Entry};
use crate::units::Channel;
use crate::{canonical, text, who};

/// Runs the command.
pub(in crate::cli) fn run(args: &Touch) -> Outcome {
    let on = day(&args.on)?;
    let channel = channel(&args.channel)?;
    if args.minutes.is_some() && !channel.is_live() {
        let hint = "leave --minutes out, or name --channel meeting or call".to_owned();
        let what = format!("--minutes: the length of a {} counts for nothing", channel.name());
        return Err(Error::usage(what, Some(hint)).into());
    }
    let file = args.file.clone().unwrap_or_else(|| PathBuf::from(touches::DEFAULT_FILE));
    let existing = existing(&file)?;
    let audit = audit(args)?;
    let from = owner(args, audit.as_ref(), existing.as_deref())?;
    let (to, name) = contact(&args.who.join(" "), audit.as_ref())?;
    let entry = Entry { on, from, to, name, channel, minutes: args.minutes };
    let shown = file.display().to_string();
    let with = if entry.name.is_empty() { &entry.to } else { &entry.name };
    let what = format!("{} with {with} on {}", channel.name(), text::full_day(on));
    match touches::add(existing.as_deref(), &entry, &shown)? {
        Added::Already => say(&format!("{shown}: {what} stands there already"))?,
        Added::Row(whole) => {
            output::write_bytes(&file, whole.as_bytes())?;
            say(&format!("{shown}: {what} added"))?;
            note(&format!("name {shown} as a further source of your next audit"))?;
        }
    }
    Ok(0)
}

/// The day, which must have come; somewhere on earth it may be a day later than in UTC.
fn day(text: &str) -> Result<Date> {
    let wrong = |why: &str| {
        let hint = "write the day as year-month-day, such as 2026-09-24".to_owned();
        Err(Error::usage(format!("--on {text}: {why}"), Some(hint)))
    };
    let Ok(on) = text.trim().parse::<Date>() else {
        return wrong("no date of the calendar");
    };
    let now = jiff::Timestamp::now();
    let latest = jiff::tz::Offset::constant(14).to_datetime(now).date();
    match on {
        on if on > latest => wrong("that day is yet to come"),
        on if on < touches::EARLIEST => wrong("days before 1980 are not believed in any log"),
        on => Ok(on),
    }
}

fn channel(text: &str) -> Result<Channel> {
    let can: Vec<&str> = Channel::ALL
        .into_iter()
        .filter(|channel| channel.is_contact())
        .map(Channel::name)
        .collect();
    let hint = Some(format!("name one of {}", can.join(", ")));
    match Channel::from_log(text) {
        Some(channel) if channel.is_contact() => Ok(channel),
        Some(other) => {
            Err(Error::usage(format!("--channel {text}: an {} is no contact", other.name()), hint))
        }
        None => Err(Error::usage(format!("--channel {text}: no such channel"), hint)),
    }
}

/// The text of the file so far, if it is there.
fn existing(file: &Path) -> Result<Option<String>> {
    match std::fs::read(file) {
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|_| {
            let hint = "name another file with --file".to_owned();
            Error::unusable(file.display().to_string(), "not UTF-8 text", Some(hint))
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Read { path: file.to_path_buf(), source }),
    }
}

/// The audit that knows the people: the named one, else the newest full one under `reports/`.
fn audit(args: &Touch) -> Result<Option<Audit>> {
    let Some(folder) = args.audit.clone().or_else(|| saved::newest(Path::new("reports"))) else {
        return Ok(None);
    };
    let audit = saved::read(&folder)?;
    if audit.redaction != Redaction::Full {
        let what = format!("{}: a redacted copy hides who is who", folder.display());
        let hint = "name the folder the copy was made from".to_owned();
        return Err(Error::usage(what, Some(hint)));
    }
    Ok(Some(audit))
}

fn owner(args: &Touch, audit: Option<&Audit>, existing: Option<&str>) -> Result<String> {
    if let Some(me) = &args.me {
        return key(me).ok_or_else(|| {
            let hint = "write your profile link or e-mail address".to_owned();
            Error::usage(format!("--me {me}: neither a link nor an address"), Some(hint))
        });
    }
    let known = audit.map(|audit| touches::owner_key(&audit.ego));
    known.or_else(|| existing.and_then(touches::last_owner)).ok_or_else(|| {
        Error::usage(
            "it is not known who you are",
            Some("name a report folder with --audit, or yourself with --me".to_owned()),
        )
    })
}

/// The contact as a log spells it, and the name.
fn contact(text: &str, audit: Option<&Audit>) -> Result<(String, String)> {
    match (audit, key(text)) {
        (Some(audit), key) => {
            let known = match who::lookup(audit, text)? {
                // Somebody new, whom the last audit did not know yet.
                None if key.is_some() => return Ok((key.unwrap_or_default(), String::new())),
                None => who::find(audit, text)?,
                Some(person) => person,
            };
            Ok((touches::contact_key(known), known.name.clone()))
        }
        (None, Some(key)) => Ok((key, String::new())),
        (None, None) => Err(Error::usage(
            format!("`{text}` is neither a profile link nor an e-mail address"),
            Some("a report folder, named with --audit, knows people by name".to_owned()),
        )),
    }
}

/// A profile link or an address in its one spelling.
fn key(text: &str) -> Option<String> {
    canonical::profile_slug(text)
        .map(|slug| canonical::profile_url(&slug))
        .or_else(|| canonical::email(text))
}
