//! Plain columns to and from Parquet. Knows polars so that nothing else has to.
//!
//! Logs come in as CSV text, so that one reader judges every row whatever it was packed in; of columns that are not
//! wanted only the names are read.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, NamedFrom, ParquetCompression, ParquetReader,
    ParquetWriter, SerReader, Series, StatisticsOptions, TimeUnit,
};

use rayon::prelude::*;

use super::{Named, Values};
use crate::error::{Error, Result};
use crate::units::Day;

/// Writes tables of the same columns as the row groups of one Parquet file. There must be at least one table. The next table is
/// made while one is written.
///
/// # Errors
/// [`Error::Write`] when the stream fails, [`Error::Bug`] when a table cannot be encoded.
pub fn write_parquet(
    tables: impl Iterator<Item = Vec<Named>> + Send,
    to: &mut (impl Write + Send),
    path: &Path,
) -> Result<()> {
    let mut watched = Watched { to, failed: None };
    let written = write_groups(tables, &mut watched);
    match (written, watched.failed) {
        (_, Some(source)) => Err(Error::Write { path: path.to_owned(), source }),
        (Err(error), None) => Err(Error::Bug(format!("encoding a table: {error}"))),
        (Ok(()), None) => Ok(()),
    }
}

fn write_groups(
    mut tables: impl Iterator<Item = Vec<Named>> + Send,
    to: impl Write + Send,
) -> polars::error::PolarsResult<()> {
    let frame = |columns: Vec<Named>| {
        let columns: Vec<Column> = columns.into_par_iter().map(series).collect();
        DataFrame::new(columns.first().map_or(0, Column::len), columns)
    };
    let mut now = frame(tables.next().unwrap_or_default())?;
    let mut writer = ParquetWriter::new(to)
        .with_compression(ParquetCompression::Snappy)
        .with_statistics(StatisticsOptions::empty())
        .batched(now.schema())?;
    loop {
        let (written, next) = rayon::join(|| writer.write_batch(&now), || tables.next().map(frame));
        written?;
        match next {
            Some(next) => now = next?,
            None => return writer.finish().map(|_| ()),
        }
    }
}

fn series(column: Named) -> Column {
    let name = column.name.as_ref().into();
    match column.values {
        Values::Text(values) => Series::new(name, values),
        Values::MaybeText(values) => Series::new(name, values),
        Values::MaybeFlag(values) => Series::new(name, values),
        Values::MaybeDay(values) => {
            let days = values.into_iter().map(|day| Some(Day::from_date(day?).0));
            let plain = Series::new(name, days.collect::<Vec<Option<i32>>>());
            plain.cast(&DataType::Date).unwrap_or(plain)
        }
        Values::Chosen { list, rows } => {
            let texts = rows.iter().map(|row| list.get(*row as usize).map(String::as_str));
            Series::new(name, texts.collect::<Vec<Option<&str>>>())
        }
        Values::Word(values) => Series::new(name, values),
        Values::Count(values) => Series::new(name, values),
        Values::MaybeCount(values) => Series::new(name, values),
        Values::Number(values) => Series::new(name, values),
        Values::MaybeNumber(values) => Series::new(name, values),
        Values::Instant(values) => {
            let millis: Vec<i64> = values.into_iter().map(|second| second * 1_000).collect();
            let plain = Series::new(name, millis);
            let stamp = DataType::Datetime(TimeUnit::Milliseconds, None);
            plain.cast(&stamp).unwrap_or(plain)
        }
    }
    .into_column()
}

/// Remembers why a stream failed: polars keeps only words.
struct Watched<'w, W> {
    to: &'w mut W,
    failed: Option<io::Error>,
}

impl<W: Write> Write for Watched<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to.write(bytes).map_err(|error| self.keep(error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush().map_err(|error| self.keep(error))
    }
}

impl<W> Watched<'_, W> {
    fn keep(&mut self, error: io::Error) -> io::Error {
        let copy = io::Error::new(error.kind(), error.to_string());
        self.failed.get_or_insert(error);
        copy
    }
}

/// Rows of a Parquet file turned into text at a time.
const SLICE: usize = 500_000;

/// A Parquet file as CSV text with a header; columns that `wanted` does not name stay empty. Times become milliseconds
/// since 1970.
///
/// # Errors
/// [`Error::Missing`] and [`Error::Read`] for the file, [`Error::Unusable`] when it is not Parquet as polars knows it.
pub fn as_csv(path: &Path, wanted: fn(&str) -> bool) -> Result<Box<dyn Read + Send>> {
    let damaged = |_| {
        let hint = Some("save it as CSV, or write it again".to_owned());
        Error::unusable(path.display().to_string(), "the Parquet file is damaged", hint)
    };
    let mut reader = ParquetReader::new(open(path)?);
    let schema = reader.schema().map_err(damaged)?;
    let rows = reader.num_rows().map_err(damaged)?;
    let names: Vec<String> = schema.iter_names().map(ToString::to_string).collect();
    let mut text = Vec::new();
    write_fields(&mut text, names.iter().map(|name| Some(name.as_str())));
    let kept = names.iter().filter(|name| wanted(name)).cloned().collect();
    Ok(Box::new(AsCsv { path: path.to_owned(), names, kept, rows, next: 0, text, at: 0 }))
}

fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => Error::Missing { path: path.to_owned() },
        _ => Error::Read { path: path.to_owned(), source },
    })
}

struct AsCsv {
    path: std::path::PathBuf,
    names: Vec<String>,
    kept: Vec<String>,
    rows: usize,
    next: usize,
    text: Vec<u8>,
    at: usize,
}

impl AsCsv {
    fn fill(&mut self) -> io::Result<()> {
        let failed = |error: polars::error::PolarsError| io::Error::other(error.to_string());
        let slice = (self.next, SLICE.min(self.rows - self.next));
        let table = ParquetReader::new(File::open(&self.path)?)
            .with_columns(Some(self.kept.clone()))
            .with_slice(Some(slice))
            .finish()
            .map_err(failed)?;
        let columns: Vec<Option<Column>> = self
            .names
            .iter()
            .map(|name| table.column(name).ok().map(as_text).transpose().map_err(failed))
            .collect::<io::Result<_>>()?;
        self.text.clear();
        self.at = 0;
        let mut texts = Vec::new();
        for column in &columns {
            texts.push(match column {
                Some(column) => Some(column.str().map_err(failed)?.iter()),
                None => None,
            });
        }
        for _ in 0..slice.1 {
            let fields = texts.iter_mut().map(|text| text.as_mut()?.next().flatten());
            write_fields(&mut self.text, fields);
        }
        self.next += slice.1;
        Ok(())
    }
}

impl Read for AsCsv {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.text.len() && self.next < self.rows {
            self.fill()?;
        }
        let read = (&self.text[self.at..]).read(into)?;
        self.at += read;
        Ok(read)
    }
}

fn as_text(column: &Column) -> polars::error::PolarsResult<Column> {
    match column.dtype() {
        DataType::Datetime(..) | DataType::Date => column
            .cast(&DataType::Datetime(TimeUnit::Milliseconds, None))?
            .cast(&DataType::Int64)?
            .cast(&DataType::String),
        _ => column.cast(&DataType::String),
    }
}

/// Appends a record; text that would not stand by itself is quoted.
fn write_fields<'f>(to: &mut Vec<u8>, fields: impl Iterator<Item = Option<&'f str>>) {
    for (nth, field) in fields.enumerate() {
        if nth > 0 {
            to.push(b',');
        }
        let field = field.unwrap_or_default();
        if field.bytes().any(|byte| b",\"\r\n".contains(&byte)) {
            to.push(b'"');
            to.extend(
                field
                    .bytes()
                    .flat_map(|byte| if byte == b'"' { vec![byte; 2] } else { vec![byte] }),
            );
            to.push(b'"');
        } else {
            to.extend_from_slice(field.as_bytes());
        }
    }
    to.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_back_as_text() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.parquet");
        let table = vec![
            Named {
                name: "timestamp".into(),
                values: Values::Instant(vec![1_706_709_911, 1_706_709_912]),
            },
            Named {
                name: "from".into(),
                values: Values::Text(vec!["a".into(), "\"E, S\" <s@x.org>".into()]),
            },
            Named {
                name: "body".into(),
                values: Values::Text(vec!["never".into(), "read".into()]),
            },
            Named { name: "to".into(), values: Values::MaybeCount(vec![Some(7), None]) },
        ];
        let mut file = File::create(&path).unwrap();
        write_parquet([table].into_iter(), &mut file, &path).unwrap();
        let mut text = String::new();
        as_csv(&path, |name| name != "body").unwrap().read_to_string(&mut text).unwrap();
        let expected = "timestamp,from,body,to\n1706709911000,a,,7\n\
                        1706709912000,\"\"\"E, S\"\" <s@x.org>\",,\n";
        assert_eq!(text, expected);
        std::fs::write(&path, b"PAR1 nothing more PAR1").unwrap();
        let refused = as_csv(&path, |_| true).err().unwrap();
        assert!(refused.to_string().contains("damaged"));
    }

    #[test]
    fn a_stream_that_fails_is_a_writing_error() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::from(io::ErrorKind::StorageFull))
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let table = vec![Named { name: "n".into(), values: Values::Count(vec![1; 100_000]) }];
        let error =
            write_parquet([table].into_iter(), &mut Full, Path::new("x.parquet")).unwrap_err();
        assert!(
            matches!(error, Error::Write { source, .. } if source.kind() == io::ErrorKind::StorageFull)
        );
    }
}
