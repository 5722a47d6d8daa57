//! `weaktie completions` and `weaktie man`: what packagers ship beside the program, made from the same arguments.

use clap::CommandFactory;

use crate::cli::args::{Args, Completions, Man};
use crate::cli::{Outcome, put};
use crate::error::Error;
use crate::output;

/// Prints the completions of a shell.
pub(in crate::cli) fn completions(args: &Completions) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "weaktie", &mut script);
    put(&script)
}

/// Prints the manual page of the program, or writes that of every command.
pub(in crate::cli) fn man(args: &Man) -> Outcome {
    let mut command = Args::command();
    command.build();
    let Some(folder) = &args.out else {
        return put(&page(&command)?);
    };
    if !folder.is_dir() {
        return Err(Error::Missing { path: folder.clone() }.into());
    }
    let whole = (page(&command)?, "weaktie.1".to_owned());
    let mut pages = vec![whole];
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        pages.push((page(sub)?, format!("weaktie-{}.1", sub.get_name())));
    }
    for (bytes, name) in pages {
        let path = folder.join(name);
        output::write_bytes(&path, &bytes)?;
    }
    Ok(0)
}

fn page(command: &clap::Command) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let rendered = clap_mangen::Man::new(command.clone()).render(&mut bytes);
    rendered.map_err(|error| Error::Bug(error.to_string()))?;
    Ok(bytes)
}
