//! `weaktie demo`: a fictional life, its export and log, and the report made from them.

use crate::audit::Redaction;
use crate::cli::args::Demo;
use crate::cli::{Outcome, folder, progress::Spinner, say, settings};
use crate::error::Error;
use crate::output::{self, Mark, OutFile};
use crate::pipeline::{self, Request};
use crate::privacy;
use crate::progress::Progress;
use crate::synth::{self, after::Past};
use crate::touches;
use crate::units::Day;

use super::audit::summary;

/// Days between the earlier audit and the report.
const QUARTER: i32 = 91;

/// Runs the command.
pub(in crate::cli) fn run(args: &Demo) -> Outcome {
    let data = args.dir.join("data");
    let (report, earlier) = (args.dir.join("report"), args.dir.join("earlier"));
    output::check_target(&report, Mark::Report)?;
    output::check_target(&earlier, Mark::Report)?;
    let progress = Spinner::new();
    progress.stage("inventing a life");
    let plan = synth::Plan {
        contacts: args.contacts as usize,
        years: args.years,
        seed: args.seed,
        ..synth::Plan::default()
    };
    let world = synth::generate(&plan);
    output::write_folder(&data, &data_files(&world, None)?, Mark::Demo)?;
    // A quarter ago there was a plan, and something was done about it.
    let then = Day::from_date(plan.last_day).plus(-QUARTER).date();
    let request = Request {
        sources: vec![data.join(EXPORT), data.join(LOG)],
        as_of: Some(then),
        seed: 1,
        ..Request::default()
    };
    let before = pipeline::audit(&request, &progress)?;
    let after = synth::after::act(
        &Past::of(&before, &world.last_seen),
        &touches::owner_key(&before.ego),
        Day::from_date(then),
        args.seed,
    );
    output::write_folder(&data, &data_files(&world, Some(&after))?, Mark::Demo)?;
    let shown = privacy::redact(before, Redaction::Full);
    output::write_folder(&earlier, &folder::files(&shown, false, false)?, Mark::Report)?;
    let request = Request {
        sources: vec![data.join(EXPORT), data.join(LOG), data.join(AFTER)],
        as_of: None,
        previous: Some(settings::previous(&earlier)?),
        ..request
    };
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
const AFTER: &str = "after-the-plan.csv";

/// The files of the fictional data: the export as LinkedIn sends it, the log, and the planted truth.
fn data_files(
    world: &synth::World,
    after: Option<&synth::after::After>,
) -> Result<Vec<OutFile>, Error> {
    // `tool` is the mark by which the folder may be replaced.
    let truth = serde_json::json!({
        "tool": concat!("weaktie ", env!("CARGO_PKG_VERSION")),
        "truth": &world.truth,
        "after_the_plan": after.map(|after| &after.truth),
    });
    let mut truth =
        serde_json::to_vec_pretty(&truth).map_err(|error| Error::Bug(error.to_string()))?;
    truth.push(b'\n');
    let mut files = vec![
        (EXPORT.to_owned(), synth::zip(&world.files, "")?),
        (LOG.to_owned(), world.log.clone()),
        ("truth.json".to_owned(), truth),
    ];
    files.extend(after.map(|after| (AFTER.to_owned(), after.log.clone())));
    Ok(files)
}
