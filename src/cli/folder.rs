//! An audit -> the files of its report folder.

use rayon::prelude::*;

use crate::audit::Audit;
use crate::error::{Error, Result};
use crate::export;
use crate::output::OutFile;
use crate::privacy::Shown;
use crate::report::{self, Options};

/// What makes a file's bytes of an audit.
type Write = fn(&Audit) -> Result<Vec<u8>>;

/// The files beside the page, in the order of the folder; each is written by itself.
const TABLES: &[(&str, Write)] = &[
    ("audit.json", |audit| audit.to_json().map_err(|error| Error::Bug(error.to_string()))),
    ("people.csv", |audit| Ok(report::people_csv(audit).into_bytes())),
    ("actions.csv", |audit| Ok(report::actions_csv(audit).into_bytes())),
    ("actions.ics", |audit| Ok(report::actions_ics(audit).into_bytes())),
    ("actions.md", |audit| Ok(report::actions_md(audit).into_bytes())),
    ("people.parquet", |audit| export::parquet(export::people(audit))),
    ("ties.parquet", |audit| export::parquet(export::ties(audit))),
    ("network.gexf", |audit| Ok(export::gexf(audit))),
];

/// Every file of the folder of an audit.
///
/// # Errors
/// [`Error::Bug`] when a file cannot be encoded.
pub(super) fn files(shown: &Shown, brief: bool, png: bool) -> Result<Vec<OutFile>> {
    let audit = shown.audit();
    let (rendered, tables) = rayon::join(
        || report::render(audit, Options { brief }),
        || TABLES.par_iter().map(|(_, write)| write(audit)).collect::<Result<Vec<_>>>(),
    );
    let names = TABLES.iter().map(|(name, _)| (*name).to_owned());
    let mut files: Vec<OutFile> = vec![("report.html".to_owned(), rendered.html.into_bytes())];
    files.extend(names.zip(tables?));
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
