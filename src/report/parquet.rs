//! `people.parquet` and `ties.parquet`: the tables for pandas, polars, `DuckDB` and Spark. Beside
//! `frame`, `edges` and `sheet`, each with a `parquet` file of its own, the only place that knows polars.

use std::collections::BTreeSet;

use polars::prelude::{Column, DataFrame, NamedFrom, ParquetWriter, Series};

use crate::audit::{Audit, Person, Tie};
use crate::error::{Error, Result};

/// One row a contact: what is known, then one column a measure (undefined is null).
///
/// # Errors
/// [`Error::Bug`] if the table cannot be encoded.
pub fn people(audit: &Audit) -> Result<Vec<u8>> {
    let text = |name: &str, read: fn(&Person) -> Option<String>| {
        column(name, audit.people.iter().map(read).collect::<Vec<Option<String>>>())
    };
    let mut columns = vec![
        text("id", |p| Some(p.id.clone())),
        text("name", |p| Some(p.name.clone())),
        text("profile_url", |p| p.profile_url.clone()),
        text("company", |p| p.company.clone()),
        text("position", |p| p.position.clone()),
        text("connected_on", |p| p.connected_on.map(|date| date.to_string())),
        text("function", |p| p.function.clone()),
        text("seniority", |p| p.seniority.clone()),
        text("industry", |p| p.industry.clone()),
        text("community", |p| p.community.clone()),
    ];
    let measures: BTreeSet<&String> = audit.people.iter().flat_map(|p| p.measures.keys()).collect();
    for id in measures {
        let values: Vec<Option<f64>> =
            audit.people.iter().map(|p| p.measures.get(id).copied().flatten()).collect();
        columns.push(column(id, values));
    }
    encode(audit.people.len(), columns)
}

/// One row a tie: the owner's first, then those among contacts.
///
/// # Errors
/// [`Error::Bug`] if the table cannot be encoded.
pub fn ties(audit: &Audit) -> Result<Vec<u8>> {
    let ties = &audit.ties;
    let text = |name: &str, read: fn(&Tie) -> Option<String>| {
        column(name, ties.iter().map(read).collect::<Vec<Option<String>>>())
    };
    let number = |name: &str, read: fn(&Tie) -> Option<f64>| {
        column(name, ties.iter().map(read).collect::<Vec<Option<f64>>>())
    };
    let counts = |name: &str, read: fn(&Tie) -> Option<u32>| {
        column(name, ties.iter().map(read).collect::<Vec<Option<u32>>>())
    };
    let columns = vec![
        text("a", |t| Some(t.a.clone())),
        text("b", |t| Some(t.b.clone())),
        text("evidence", |t| Some(t.evidence.name().to_owned())),
        number("strength", |t| Some(t.strength)),
        counts("interactions", |t| Some(t.interactions)),
        counts("a_to_b", |t| t.rhythm.as_ref().map(|r| r.out)),
        counts("b_to_a", |t| t.rhythm.as_ref().map(|r| r.incoming)),
        text("first", |t| t.first.map(|date| date.to_string())),
        text("last", |t| t.last.map(|date| date.to_string())),
        counts("contact_days", |t| t.rhythm.as_ref().map(|r| r.contact_days)),
        number("usual_gap", |t| t.rhythm.as_ref()?.usual_gap),
        counts("silent", |t| t.rhythm.as_ref()?.silent),
        number("p_contact", |t| t.rhythm.as_ref()?.p_contact),
        number("burstiness", |t| t.rhythm.as_ref()?.burstiness),
        number("value", |t| Some(t.rhythm.as_ref()?.at_risk?.value)),
        number("risk", |t| Some(t.rhythm.as_ref()?.at_risk?.risk)),
        number("reachability", |t| Some(t.rhythm.as_ref()?.at_risk?.reachability)),
    ];
    encode(ties.len(), columns)
}

/// Values that polars takes as one column.
trait Values {
    fn series(self, name: &str) -> Series;
}

impl Values for Vec<Option<String>> {
    fn series(self, name: &str) -> Series {
        Series::new(name.into(), self)
    }
}

impl Values for Vec<Option<f64>> {
    fn series(self, name: &str) -> Series {
        Series::new(name.into(), self)
    }
}

impl Values for Vec<Option<u32>> {
    fn series(self, name: &str) -> Series {
        Series::new(name.into(), self)
    }
}

fn column(name: &str, values: impl Values) -> Column {
    values.series(name).into()
}

fn encode(rows: usize, columns: Vec<Column>) -> Result<Vec<u8>> {
    let bug = |error: polars::error::PolarsError| Error::Bug(format!("encoding a table: {error}"));
    let mut table = DataFrame::new(rows, columns).map_err(bug)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut table).map_err(bug)?;
    Ok(bytes)
}
