//! The table as Parquet: one row a person, one column a measure, undefined null.

use polars::prelude::{Column, DataFrame, NamedFrom, ParquetWriter, PolarsError, Series};

use crate::edges::People;
use crate::error::{Error, Result};
use crate::measures::table::Table;

/// Encodes the table.
///
/// # Errors
/// [`Error::Bug`] if it cannot be encoded.
pub fn parquet(people: &People, table: &Table) -> Result<Vec<u8>> {
    let bug = |error: PolarsError| Error::Bug(format!("encoding a table: {error}"));
    let ids: Vec<&str> = people.iter().collect();
    let mut columns: Vec<Column> = vec![Series::new("id".into(), ids).into()];
    for column in &table.columns {
        columns.push(Series::new(column.id.into(), column.values.as_slice()).into());
    }
    let mut table = DataFrame::new(people.len(), columns).map_err(bug)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut table).map_err(bug)?;
    Ok(bytes)
}
