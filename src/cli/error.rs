//! Errors at the edge: what happened, a hint, and the exit code.
//!
//! 0 done · 1 done but a threshold was crossed · 2 usage · 3 input unusable · 4 reading or writing failed · 70 a bug.
//! A broken pipe is 0.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use crate::error::Error;

/// The exit code of a bug.
pub(super) const BUG: u8 = 70;
/// The exit code of a run that the user stopped.
pub(super) const INTERRUPTED: u8 = 130;

/// Says where a broken promise was noticed; the data stays out of it.
pub(super) fn panicked(info: &std::panic::PanicHookInfo) {
    let place =
        info.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
    let mut stderr = io::stderr().lock();
    let _ = writeln!(stderr, "error: internal error{place}");
    let _ = writeln!(stderr, "hint: please report this with the command you ran");
}

/// An error with what to do about it.
#[derive(Debug)]
pub(super) struct CliError {
    message: String,
    hints: Vec<String>,
    code: u8,
}

impl CliError {
    /// Writing to stdout failed; a reader that went away is no failure.
    #[expect(clippy::needless_pass_by_value, reason = "the shape of map_err")]
    pub(super) fn from_stdout(error: io::Error) -> Self {
        let code = if error.kind() == ErrorKind::BrokenPipe { 0 } else { 4 };
        Self { message: format!("writing to the terminal: {error}"), hints: Vec::new(), code }
    }

    /// Prints the error and its hints to stderr.
    pub(super) fn report(&self) -> ExitCode {
        if self.code != 0 {
            let mut stderr = io::stderr().lock();
            // Nothing is left to be done when stderr is gone too.
            let _ = writeln!(stderr, "error: {}", self.message);
            for hint in &self.hints {
                let _ = writeln!(stderr, "hint: {hint}");
            }
        }
        ExitCode::from(self.code)
    }
}

impl From<Error> for CliError {
    fn from(error: Error) -> Self {
        let message = error.to_string();
        let (code, hints) = match error {
            Error::Usage { hint, .. } => (2, hint.into_iter().collect()),
            Error::Missing { .. } => {
                (4, vec!["check the path; quote it if it holds spaces".to_owned()])
            }
            Error::Unusable { hint, .. } => (3, hint.into_iter().collect()),
            Error::Owner { candidates, .. } => {
                let mut hints = vec![
                    "name the owner with --me: a profile link, an e-mail address, or an id in the log".to_owned(),
                ];
                if !candidates.is_empty() {
                    hints.push(format!("busiest in the data: {}", candidates.join(", ")));
                }
                (3, hints)
            }
            Error::Occupied { .. } => (4, vec!["choose another folder with --out".to_owned()]),
            Error::Read { source, .. } => (4, of_reading(source.kind())),
            Error::Write { source, .. } => (4, of_writing(source.kind())),
            Error::Interrupted => (INTERRUPTED, Vec::new()),
            Error::Bug(_) => (BUG, vec!["please report this with the command you ran".to_owned()]),
        };
        Self { message, hints, code }
    }
}

/// What to do when reading fails below us.
fn of_reading(kind: ErrorKind) -> Vec<String> {
    let hint = match kind {
        ErrorKind::PermissionDenied => {
            "you may not read it: change its permissions, or leave it out"
        }
        ErrorKind::NotADirectory => "part of the path is a file, not a folder: check the path",
        ErrorKind::IsADirectory => "it is a folder: name the file itself",
        _ => "check that the disk is still there, and copy the file elsewhere if it can be read",
    };
    vec![hint.to_owned()]
}

/// What to do when writing fails below us; nothing was left behind.
fn of_writing(kind: ErrorKind) -> Vec<String> {
    let hint = match kind {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "you may not write there: choose another folder (--out of an audit, DIR of a demo)"
        }
        ErrorKind::NotADirectory => {
            "part of the path is a file, not a folder: choose another folder"
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "make room, or choose a folder on another disk"
        }
        _ => "choose another folder (--out of an audit, DIR of a demo)",
    };
    vec![hint.to_owned()]
}

/// Prints what clap has to say; help and version are no errors.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_is_70_and_a_reader_that_went_away_is_0() {
        let bug = CliError::from(Error::Bug("a promise was broken".to_owned()));
        assert_eq!((bug.code, BUG), (70, 70));
        assert!(bug.hints[0].starts_with("please report this"));
        let gone = CliError::from_stdout(io::Error::from(ErrorKind::BrokenPipe));
        let full = CliError::from_stdout(io::Error::from(ErrorKind::StorageFull));
        assert_eq!((gone.code, full.code), (0, 4));
    }

    #[test]
    fn failing_below_us_is_4_and_says_what_to_do() {
        let path = || std::path::PathBuf::from("log.csv");
        let denied = || io::Error::from(ErrorKind::PermissionDenied);
        let read = CliError::from(Error::Read { path: path(), source: denied() });
        assert!(read.message.starts_with("log.csv: ") && read.hints[0].contains("leave it out"));
        let write = CliError::from(Error::Write { path: path(), source: denied() });
        assert!(write.message.starts_with("log.csv: ") && write.hints[0].contains("--out"));
        assert_eq!((read.code, write.code), (4, 4));
    }
}
