//! Arguments, terminal, exit codes. The only room that prints, reads the environment, or knows clap and indicatif.

mod args;
mod commands;
mod error;
mod folder;
mod progress;
mod settings;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

/// What a command ends with: `Ok(0)` done, `Ok(1)` done but a threshold was crossed.
type Outcome = Result<u8, error::CliError>;

/// Runs the program with these arguments (the first is the program's name).
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => return error::usage(&error),
    };
    let outcome = match args.command {
        Command::Audit(args) => commands::audit::run(&args),
        Command::Inspect(args) => commands::inspect::run(&args),
        Command::Demo(args) => commands::demo::run(&args),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) => error.report(),
    }
}

/// Prints a line to stdout; a reader that went away ends the talk quietly.
fn say(line: &str) -> Result<(), error::CliError> {
    use std::io::Write;
    writeln!(std::io::stdout().lock(), "{line}").map_err(error::CliError::from_stdout)
}
