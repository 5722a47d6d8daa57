//! `weaktie export`: the network of a saved audit for other programs.

use crate::audit::Redaction;
use crate::cli::args::{Export, ExportFormat, ExportTable};
use crate::cli::{Outcome, put, saved};
use crate::error::Error;
use crate::{export, output, privacy};

/// Runs the command.
pub(in crate::cli) fn run(args: &Export) -> Outcome {
    let binary = args.format == ExportFormat::Parquet;
    if binary && args.out.is_none() {
        return Err(Error::usage(
            "Parquet is no text for a terminal",
            Some("name a file: --out ties.parquet".to_owned()),
        )
        .into());
    }
    // A copy keeps the level it was saved with.
    let shown = privacy::redact(saved::read(&args.dir)?, Redaction::Full);
    let audit = shown.audit();
    let table = || match args.table {
        ExportTable::Ties => export::ties(audit),
        ExportTable::People => export::people(audit),
    };
    let bytes = match args.format {
        ExportFormat::Gexf => export::gexf(audit),
        ExportFormat::Graphml => export::graphml(audit),
        ExportFormat::Json => export::node_link(audit)?,
        ExportFormat::Csv => export::csv(table())?,
        ExportFormat::Parquet => export::parquet(table())?,
    };
    let Some(path) = &args.out else { return put(&bytes) };
    output::write_bytes(path, &bytes)?;
    Ok(0)
}
