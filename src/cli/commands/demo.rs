//! `weaktie demo`: a fictional life, its export and log, and the report made from them.

use crate::audit::Redaction;
use crate::cli::args::Demo;
use crate::cli::{Outcome, folder, progress::Spinner, say};
use crate::error::Error;
use crate::output::{self, Mark, OutFile};
use crate::pipeline::{self, Request};
use crate::privacy;
use crate::progress::Progress;
use crate::synth;

use super::audit::summary;

/// Runs the command.
pub(in crate::cli) fn run(args: &Demo) -> Outcome {
    let data = args.dir.join("data");
    let report = args.dir.join("report");
    output::check_target(&report, Mark::Report)?;
    let progress = Spinner::new();
    progress.stage("inventing a life");
    let plan = synth::Plan {
        contacts: args.contacts as usize,
        years: args.years,
        seed: args.seed,
        ..synth::Plan::default()
    };
    let world = synth::generate(&plan);
    output::write_folder(&data, &data_files(&world)?, Mark::Demo)?;
    let request =
        Request { sources: vec![data.join(EXPORT), data.join(LOG)], seed: 1, ..Request::default() };
    // Everybody in it is invented.
    let shown = privacy::redact(pipeline::audit(&request, &progress)?, Redaction::Full);
    output::write_folder(&report, &folder::files(&shown, false, false)?, Mark::Report)?;
    drop(progress);
    summary(&shown, &report)?;
    say("")?;
    say(&format!(
        "Everybody here is invented. The data is in {}; try the same on your own export:",
        data.display()
    ))?;
    say("  weaktie audit path/to/LinkedInDataExport.zip")?;
    Ok(0)
}

const EXPORT: &str = "linkedin-export.zip";
const LOG: &str = "mail-and-calendar.csv";

/// The files of the fictional data: the export as LinkedIn sends it, the log, and the planted truth.
fn data_files(world: &synth::World) -> Result<Vec<OutFile>, Error> {
    // `tool` is the mark by which the folder may be replaced.
    let truth = serde_json::json!({
        "tool": concat!("weaktie ", env!("CARGO_PKG_VERSION")),
        "truth": &world.truth,
    });
    let mut truth =
        serde_json::to_vec_pretty(&truth).map_err(|error| Error::Bug(error.to_string()))?;
    truth.push(b'\n');
    Ok(vec![
        (EXPORT.to_owned(), synth::zip(&world.files, "")?),
        (LOG.to_owned(), world.log.clone()),
        ("truth.json".to_owned(), truth),
    ])
}
