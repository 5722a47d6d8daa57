//! Edge lists in Parquet. Only files of this name know polars.

use std::fs::File;
use std::path::Path;

use polars::prelude::{Column, DataFrame, DataType, ParquetReader, PolarsError, SerReader};

use super::account::Reason;
use super::header::{HINT, layout};
use super::people::Named;
use super::rows::{Ids, Piece, merged, take};
use crate::error::{Error, Result};

/// Reads the rows; whether there is a weight column.
///
/// # Errors
/// [`Error::Read`] when the file cannot be opened, [`Error::Unusable`] when it is no table of ends and weights.
pub(super) fn read(path: &Path, file: &str) -> Result<(Named, bool)> {
    let failed = |source| Error::Read { path: path.to_owned(), source };
    let broken = |error: PolarsError| {
        Error::unusable(
            file,
            format!("not a readable Parquet table: {error}"),
            Some(HINT.to_owned()),
        )
    };
    let source = File::open(path).map_err(failed)?;
    let table: DataFrame = ParquetReader::new(source).finish().map_err(broken)?;
    let names: Vec<&str> = table.get_column_names().iter().map(|name| name.as_str()).collect();
    let Some(layout) = layout(&names) else {
        return Err(Error::unusable(file, "one column: no edge list", Some(HINT.to_owned())));
    };
    let text = |column: usize| -> Result<Vec<Option<String>>> {
        let column: &Column = &table.columns()[column];
        let text = column.cast(&DataType::String).map_err(broken)?;
        let text = text.str().map_err(broken)?;
        Ok(text.iter().map(|value| value.map(str::to_owned)).collect())
    };
    let (a, b) = (text(layout.a)?, text(layout.b)?);
    let weights = layout.weight.map(text).transpose()?;
    let mut piece = Piece::with_capacity(a.len());
    let mut ids = Ids::default();
    for row in 0..a.len() {
        piece.lines += 1;
        let weight = weights.as_deref().map(|weights| weights[row].as_deref());
        if weight == Some(None) {
            let column = layout.weight.unwrap_or(0) + 1;
            piece.account.skip(piece.lines, column, &Reason::NoNumber(String::new()));
            continue;
        }
        let weight = weight.flatten().unwrap_or("1").as_bytes();
        let [from, to] = [&a, &b].map(|ends| ends[row].as_deref().unwrap_or("").as_bytes());
        let fields = [from, to, weight];
        let _ = take(&mut piece, layout, fields, &mut |text| Some(ids.number(text)));
    }
    Ok((merged(vec![(piece, ids.texts)], 0), weights.is_some()))
}
