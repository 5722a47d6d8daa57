//! Arguments -> a resolved request: the settings file read and merged, threads fixed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::audit::Redaction;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::people::Decisions;
use crate::people::attributes::Overrides;
use crate::pipeline::{Previous, Request};
use crate::units::Evidence;

use super::args::{Audit, Reading, Redact, Tier};
use super::saved;

/// The request of a command that reads sources.
///
/// # Errors
/// [`Error::Usage`] for a settings file that cannot be used, [`Error::Missing`] for one that is not there.
pub(super) fn request(reading: &Reading) -> Result<Request> {
    let config = config_or_default(reading.config.as_deref())?;
    let mut classes = classes(reading.config.as_deref(), &config)?;
    let decisions = decided(reading.config.as_deref(), &config)?;
    classes.extend(decisions.classes.clone());
    Ok(Request {
        sources: reading.sources.clone(),
        config,
        me: reading.me.clone(),
        as_of: reading.as_of,
        seed: 1,
        previous: None,
        thorough: false,
        classes,
        decisions,
    })
}

/// The settings of a file, or every default.
///
/// # Errors
/// As [`request`].
pub(super) fn config_or_default(path: Option<&Path>) -> Result<Config> {
    Ok(path.map(config).transpose()?.unwrap_or_default())
}

/// The classes of `[classes] file`, a path beside the settings file unless it is absolute.
fn classes(settings: Option<&Path>, config: &Config) -> Result<Overrides> {
    let Some(file) = &config.classes.file else {
        return Ok(Overrides::default());
    };
    let folder = settings.and_then(Path::parent).unwrap_or(Path::new(""));
    overrides(&folder.join(file))
}

/// The decisions of `[identity] decisions`, likewise.
fn decided(settings: Option<&Path>, config: &Config) -> Result<Decisions> {
    let Some(file) = &config.identity.decisions else {
        return Ok(Decisions::default());
    };
    let folder = settings.and_then(Path::parent).unwrap_or(Path::new(""));
    decisions(&folder.join(file))
}

/// The decisions of one file.
///
/// # Errors
/// [`Error::Missing`] or [`Error::Read`] when it cannot be read, [`Error::Usage`] when it cannot be used.
pub(super) fn decisions(path: &Path) -> Result<Decisions> {
    Decisions::parse(&text(path)?, &path.display().to_string())
}

/// The classes of one file.
///
/// # Errors
/// [`Error::Missing`] or [`Error::Read`] when it cannot be read, [`Error::Usage`] when it cannot be used.
pub(super) fn overrides(path: &Path) -> Result<Overrides> {
    Overrides::parse(&text(path)?, &path.display().to_string())
}

/// The request of an audit.
///
/// # Errors
/// As [`request`], and for an earlier audit that cannot be read or is redacted.
pub(super) fn audit(args: &Audit) -> Result<Request> {
    let mut request = request(&args.reading)?;
    request.seed = args.seed;
    request.thorough = args.thorough;
    if let Some(tier) = args.min_evidence {
        request.config.network.min_evidence = match tier {
            Tier::Interaction => Evidence::Interaction,
            Tier::CoPresence => Evidence::CoPresence,
        };
    }
    request.previous = args.previous.as_deref().map(previous).transpose()?;
    Ok(request)
}

fn config(path: &Path) -> Result<Config> {
    Config::parse(&text(path)?, &path.display().to_string())
}

/// The text of a file that the user writes by hand.
pub(super) fn text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(|source| read_error(path, source))?;
    let file = path.display();
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].split(|byte| *byte == b'\n').count();
        Error::usage(
            format!("{file}, line {line}: not UTF-8 text"),
            Some("save the settings as plain text in UTF-8".to_owned()),
        )
    })
}

/// What an earlier audit hands on.
///
/// # Errors
/// [`Error::Usage`] for a redacted copy, and as [`saved::read`].
pub(super) fn previous(folder: &Path) -> Result<Previous> {
    let saved = saved::read(folder)?;
    if saved.redaction != Redaction::Full {
        return Err(Error::usage(
            format!(
                "{}: a redacted copy cannot be compared with",
                folder.join("audit.json").display()
            ),
            Some("name the folder the copy was made from".to_owned()),
        ));
    }
    Ok(Previous {
        folder: folder.to_path_buf(),
        as_of: saved.as_of,
        midpoint: saved.settings.strength_midpoint,
        half_life: saved.settings.half_life,
        weights: saved.settings.channel_weights.clone(),
        saved: Arc::new(saved),
    })
}

fn read_error(path: &Path, source: std::io::Error) -> Error {
    match source.kind() {
        std::io::ErrorKind::NotFound => Error::Missing { path: path.to_path_buf() },
        _ => Error::Read { path: path.to_path_buf(), source },
    }
}

/// The redaction a flag means.
pub(super) fn redaction(flag: Option<Redact>) -> Redaction {
    match flag {
        None => Redaction::Full,
        Some(Redact::Initials) => Redaction::Initials,
        Some(Redact::Pseudonym) => Redaction::Pseudonym,
        Some(Redact::Aggregate) => Redaction::Aggregate,
    }
}

/// Fixes the number of threads for the rest of the run.
///
/// # Errors
/// [`Error::Bug`] when the pool stands already.
pub(super) fn fix_threads(threads: Option<u16>) -> Result<()> {
    let Some(threads) = threads else {
        return Ok(());
    };
    rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(threads))
        .build_global()
        .map_err(|error| Error::Bug(error.to_string()))
}

/// Refuses to write over a log that is being read.
pub(super) fn keep_inputs(logs: &[PathBuf], out: &Path) -> Result<()> {
    let Ok(there) = out.canonicalize() else { return Ok(()) };
    let is_input = logs
        .iter()
        .filter_map(|log| log.canonicalize().ok())
        .any(|log| log == there || (log.is_dir() && there.starts_with(&log)));
    if is_input {
        return Err(Error::Occupied {
            path: out.to_owned(),
            what: "this file is one of the logs and is left as it is".to_owned(),
        });
    }
    Ok(())
}
