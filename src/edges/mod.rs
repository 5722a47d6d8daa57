//! An edge list file -> people and the ties between them, every row accounted for.
//!
//! CSV (plain or gzip; comma, semicolon or tab) or Parquet with the columns `source,target`, `from,to` or `a,b`, else
//! the first two, and `weight` if there is one. Ties are undirected: repeated ones, in either direction, are summed.
//! People stand in the order of their ids, so the order of rows is no matter. Must not know measures, reports or the
//! terminal.

mod account;
mod header;
mod open;
mod parquet;
mod people;
mod quoted;
mod rows;

use std::path::Path;

use crate::error::{Error, Result};
use crate::network::Flat;

pub use account::{Account, Problem};
pub use people::People;

use open::Content;
use people::Named;

/// A network as it stands in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgeList {
    /// Who is in it, by node.
    pub people: People,
    /// The ties; those of a file without weights weigh 1.
    pub flat: Flat,
    /// Whether the file has a weight column.
    pub has_weights: bool,
    /// What became of each row.
    pub account: Account,
}

/// Reads an edge list.
///
/// # Errors
/// [`Error::Missing`] and [`Error::Read`] when the file cannot be read; [`Error::Unusable`] when it is no edge list
/// or holds no tie.
pub fn read(path: &Path) -> Result<EdgeList> {
    let file = path
        .file_name()
        .map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    let (found, has_weights) = match open::open(path, &file)? {
        Content::Parquet => parquet::read(path, &file)?,
        Content::Text(text) => from_text(&text, &file)?,
    };
    let Named { people, ties, mut account } = found;
    if ties.iter().all(Vec::is_empty) {
        let what = match account.first_reason() {
            Some(reason) => format!("no row gives a tie ({reason})"),
            None => "no rows below the header".to_owned(),
        };
        return Err(Error::unusable(file, what, Some(header::HINT.to_owned())));
    }
    let flat = Flat::from_pieces(people.len(), &ties);
    account.file = file;
    account.repeated = account.rows_used - flat.ties() as u64;
    Ok(EdgeList { people, flat, has_weights, account })
}

fn from_text(text: &[u8], file: &str) -> Result<(Named, bool)> {
    let header = header::find(text, file)?;
    let has_weights = header.layout.weight.is_some();
    let found =
        if text.contains(&b'"') { quoted::read(text, &header) } else { rows::read(text, &header) };
    Ok((found, has_weights))
}

#[cfg(test)]
mod tests;
