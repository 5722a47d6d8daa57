//! Arguments, terminal, exit codes. The only room that prints, reads the environment, or knows clap and indicatif.

mod args;
mod commands;
mod error;
mod folder;
mod progress;
mod saved;
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
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    std::panic::set_hook(Box::new(error::panicked));
    std::panic::catch_unwind(|| dispatch(arguments)).unwrap_or(ExitCode::from(error::BUG))
}

fn dispatch(arguments: Vec<OsString>) -> ExitCode {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => return error::usage(&error),
    };
    let outcome = match args.command {
        Command::Audit(args) => commands::audit::run(&args),
        Command::Init(args) => commands::init::run(&args),
        Command::Inspect(args) => commands::inspect::run(&args),
        Command::Ties(args) => commands::ties::run(&args),
        Command::Backtest(args) => commands::backtest::run(&args),
        Command::Demo(args) => commands::demo::run(&args),
        Command::Measure(args) => commands::measure::run(&args),
        Command::Classify(args) => commands::classify::run(&args),
        Command::Match(args) => commands::pairs::run(&args),
        Command::Review(args) => commands::review::run(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Plan(args) => commands::plan::run(&args),
        Command::Report(args) => commands::report::run(&args),
        Command::Export(args) => commands::export::run(&args),
        Command::Completions(args) => commands::packaging::completions(&args),
        Command::Man(args) => commands::packaging::man(&args),
        Command::Show(args) => commands::show::run(&args),
        Command::Compare(args) => commands::compare::run(&args),
        Command::Forget(args) => commands::forget::run(&args),
        Command::Introduce(args) => commands::introduce::run(&args),
        Command::Paths(args) => commands::paths::run(&args),
        Command::Touch(args) => commands::touch::run(&args),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) => error.report(),
    }
}

/// Prints a line to stderr, control characters of names left out.
#[expect(clippy::unnecessary_wraps, reason = "reads like say")]
fn note(line: &str) -> Result<(), error::CliError> {
    use std::io::Write;
    let line: String = line.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    // Nothing is left to be done when stderr is gone.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
    Ok(())
}

/// Prints bytes to stdout as they are: a calendar's line ends must stay.
fn put(bytes: &[u8]) -> Outcome {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(error::CliError::from_stdout)?;
    Ok(0)
}

/// Prints a line to stdout, control characters of names left out; a reader that went away ends the talk quietly.
fn say(line: &str) -> Result<(), error::CliError> {
    use std::io::Write;
    let line: String = line.chars().filter(|c| !c.is_control() || *c == '\n').collect();
    writeln!(std::io::stdout().lock(), "{line}").map_err(error::CliError::from_stdout)
}
