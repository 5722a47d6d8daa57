//! Saved audits: the `audit.json` of a report folder.

use std::fs;
use std::path::Path;

use crate::audit::Audit;
use crate::error::{Error, Result};

/// Reads the audit of a report folder.
///
/// # Errors
/// [`Error::Missing`] or [`Error::Read`] when there is none to read, [`Error::Usage`] for something else in its place.
pub(super) fn read(folder: &Path) -> Result<Audit> {
    let path = folder.join("audit.json");
    let text = fs::read(&path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => Error::Missing { path: path.clone() },
        _ => Error::Read { path: path.clone(), source },
    })?;
    serde_json::from_slice(&text).map_err(|error| {
        let hint = "name the report folder of an earlier audit (the one with audit.json in it)";
        let what = format!("{}: not a saved audit: {error}", path.display());
        Error::usage(what, Some(hint.to_owned()))
    })
}
