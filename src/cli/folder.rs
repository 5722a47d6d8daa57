//! An audit -> the files of its report folder.

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::export;
use crate::output::OutFile;
use crate::privacy::Shown;
use crate::report::{self, Options};

/// Every file of the folder of an audit.
///
/// # Errors
/// [`Error::Bug`] when a file cannot be encoded.
pub(super) fn files(shown: &Shown, brief: bool, png: bool) -> Result<Vec<OutFile>> {
    let audit = shown.audit();
    let rendered = report::render(audit, Options { brief });
    let json = audit.to_json().map_err(|error| Error::Bug(error.to_string()))?;
    let mut files: Vec<OutFile> = vec![
        ("report.html".to_owned(), rendered.html.into_bytes()),
        ("audit.json".to_owned(), json),
        ("people.csv".to_owned(), report::people_csv(audit).into_bytes()),
        ("actions.csv".to_owned(), report::actions_csv(audit).into_bytes()),
        ("actions.ics".to_owned(), report::actions_ics(audit).into_bytes()),
        ("actions.md".to_owned(), report::actions_md(audit).into_bytes()),
        ("people.parquet".to_owned(), export::parquet(export::people(audit))?),
        ("ties.parquet".to_owned(), export::parquet(export::ties(audit))?),
        ("network.gexf".to_owned(), export::gexf(audit)),
    ];
    if png {
        // A picture takes a tenth of a second; the order of the list, not of the threads, is kept.
        let pictures = rendered.charts.par_iter().map(|(name, svg)| {
            let name = name.strip_suffix(".svg").unwrap_or(name);
            Ok((format!("charts/{name}.png"), report::png(svg)?))
        });
        files.extend(pictures.collect::<Result<Vec<OutFile>>>()?);
    }
    let charts = rendered.charts.into_iter();
    files.extend(charts.map(|(name, svg)| (format!("charts/{name}"), svg.into_bytes())));
    Ok(files)
}
