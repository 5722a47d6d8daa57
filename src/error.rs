//! What can stop a run. Bad rows are not errors: they are [`crate::ingest::Problem`]s.
//!
//! One enum, one variant a cause, fields instead of formatted text. A message says what happened; what to do
//! next is a hint, added where the words are printed (`cli/error.rs`) or carried in `hint`.

use std::path::PathBuf;

/// The result of anything that can stop a run.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a run stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An option or a configuration value cannot be used.
    #[error("{what}")]
    Usage {
        /// What is wrong, as one sentence without a full stop.
        what: String,
        /// What to do, if known.
        hint: Option<String>,
    },
    /// A source does not exist.
    #[error("{}: no such file or folder", path.display())]
    Missing {
        /// The path as given.
        path: PathBuf,
    },
    /// A file was read but holds nothing that can be used.
    #[error("{file}: {what}")]
    Unusable {
        /// The file as the user would name it (`export.zip/Connections.csv`).
        file: String,
        /// What was found instead.
        what: String,
        /// What to do, if known.
        hint: Option<String>,
    },
    /// The owner of the network could not be told from the data.
    #[error("{what}")]
    Owner {
        /// What was tried.
        what: String,
        /// Candidates, best first.
        candidates: Vec<String>,
    },
    /// Reading failed below us.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// Writing failed; nothing was left behind.
    #[error("{}: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The output folder is not ours to replace.
    #[error("{}: {what}", path.display())]
    Occupied {
        /// The folder.
        path: PathBuf,
        /// Why it was left alone.
        what: String,
    },
    /// The user stopped the run; nothing was written.
    #[error("stopped; nothing was written")]
    Interrupted,
    /// A promise of the program was broken: please report it.
    #[error("internal error: {0}")]
    Bug(String),
}

impl Error {
    /// A usage error with a hint.
    #[must_use]
    pub fn usage(what: impl Into<String>, hint: Option<String>) -> Self {
        Self::Usage { what: what.into(), hint }
    }

    /// An input file that cannot be used.
    #[must_use]
    pub fn unusable(
        file: impl Into<String>,
        what: impl Into<String>,
        hint: Option<String>,
    ) -> Self {
        Self::Unusable { file: file.into(), what: what.into(), hint }
    }
}
