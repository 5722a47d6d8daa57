//! Errors at the edge: what happened, a hint, and the exit code.
//!
//! 0 done · 1 done but a threshold was crossed · 2 usage · 3 input unusable · 4 reading or writing failed · 70 a bug.
//! A broken pipe is 0.

use std::io::{self, Write};
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
        let code = if error.kind() == io::ErrorKind::BrokenPipe { 0 } else { 4 };
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
            Error::Read { .. } | Error::Write { .. } => (4, Vec::new()),
            Error::Interrupted => (INTERRUPTED, Vec::new()),
            Error::Bug(_) => (BUG, vec!["please report this with the command you ran".to_owned()]),
        };
        Self { message, hints, code }
    }
}

/// Prints what clap has to say; help and version are no errors.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}
