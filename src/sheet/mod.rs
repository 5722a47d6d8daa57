//! A table of measures -> JSON, CSV or Parquet, one row a person.
//!
//! Written as a stream: a million people need no second copy. Must not know how anything was measured.

mod parquet;

use std::io::{self, Write};

use serde::Serialize;

use crate::edges::{Account, People};
use crate::measures::table::{Table, Whole};
use crate::text::guarded;

pub use parquet::parquet;

/// `{people[{id,measures{…}}],network{…},notes[…],input{…}}`, one person a line.
///
/// # Errors
/// Those of the writer.
pub fn json(
    out: &mut impl Write,
    people: &People,
    table: &Table,
    account: &Account,
) -> io::Result<()> {
    let keys =
        table.columns.iter().map(|column| text(column.id)).collect::<io::Result<Vec<_>>>()?;
    out.write_all(b"{\"people\":[")?;
    for (node, id) in people.iter().enumerate() {
        out.write_all(if node == 0 { b"\n" } else { b",\n" })?;
        out.write_all(b"{\"id\":")?;
        value(out, &id)?;
        out.write_all(b",\"measures\":{")?;
        for (at, (column, key)) in table.columns.iter().zip(&keys).enumerate() {
            if at > 0 {
                out.write_all(b",")?;
            }
            out.write_all(key)?;
            out.write_all(b":")?;
            match column.values[node] {
                Some(found) => number(out, found)?,
                None => out.write_all(b"null")?,
            }
        }
        out.write_all(b"}}")?;
    }
    out.write_all(b"\n],\n\"network\":{")?;
    for (at, (id, found)) in table.whole.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        value(out, id)?;
        out.write_all(b":")?;
        whole(out, people, found)?;
    }
    out.write_all(b"\n},\n\"notes\":")?;
    value(out, &table.notes)?;
    out.write_all(b",\n\"input\":")?;
    value(out, account)?;
    out.write_all(b"}\n")
}

/// A header `id,…` and one row a person; undefined is empty. An id that a spreadsheet would run is led by an apostrophe.
///
/// # Errors
/// Those of the writer.
pub fn csv(out: &mut impl Write, people: &People, table: &Table) -> io::Result<()> {
    let mut line = Vec::new();
    let mut writer = csv::Writer::from_writer(out);
    writer.write_field("id")?;
    for column in &table.columns {
        writer.write_field(column.id)?;
    }
    writer.write_record(None::<&[u8]>)?;
    for (node, id) in people.iter().enumerate() {
        writer.write_field(guarded(id).as_bytes())?;
        for column in &table.columns {
            line.clear();
            if let Some(found) = column.values[node] {
                number(&mut line, found)?;
            }
            writer.write_field(&line)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

fn value(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(out, value).map_err(io::Error::from)
}

fn text(text: &str) -> io::Result<Vec<u8>> {
    serde_json::to_vec(text).map_err(io::Error::from)
}

/// The shortest text that reads back to the bit; whole numbers without a point.
#[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
fn number(out: &mut impl Write, found: f64) -> io::Result<()> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if found.fract().abs() <= 0.0 && found.abs() < EXACT {
        value(out, &(found as i64))
    } else {
        value(out, &found)
    }
}

fn whole(out: &mut impl Write, people: &People, found: &Whole) -> io::Result<()> {
    let id = |node: &u32| people.id(*node as usize);
    match found {
        Whole::Number(None) => out.write_all(b"null"),
        Whole::Number(Some(found)) => number(out, *found),
        Whole::Sizes(sizes) => value(out, sizes),
        Whole::Nodes(nodes) => value(out, &nodes.iter().map(id).collect::<Vec<_>>()),
        Whole::Ties(ties) => {
            value(out, &ties.iter().map(|(a, b)| [id(a), id(b)]).collect::<Vec<_>>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::table::Column;

    fn example() -> (People, Table, Account) {
        let columns = vec![
            Column { id: "degree", values: vec![Some(1.0), Some(0.0)] },
            Column { id: "constraint", values: vec![Some(0.1), None] },
        ];
        let table = Table {
            columns,
            whole: vec![("ties", Whole::Number(Some(1.0))), ("bridges", Whole::Ties(vec![(0, 1)]))],
            notes: vec!["a \"note\"".to_owned()],
        };
        (["a,\"x\"", "b"].into_iter().collect(), table, Account::default())
    }

    #[test]
    fn json_parses_and_undefined_is_null() {
        let (people, table, account) = example();
        let mut out = Vec::new();
        json(&mut out, &people, &table, &account).unwrap();
        let found: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(found["people"][0]["id"], "a,\"x\"");
        assert_eq!(found["people"][0]["measures"]["constraint"], 0.1);
        assert!(found["people"][1]["measures"]["constraint"].is_null());
        assert_eq!(found["network"]["bridges"][0][1], "b");
        assert_eq!(found["network"]["ties"], 1);
    }

    #[test]
    fn csv_quotes_ids_and_leaves_undefined_empty() {
        let (people, table, _) = example();
        let mut out = Vec::new();
        csv(&mut out, &people, &table).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "id,degree,constraint\n\"a,\"\"x\"\"\",1,0.1\nb,0,\n");
    }
}
