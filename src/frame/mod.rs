//! Tables of plain columns, and how they leave: CSV and Parquet.
//!
//! Responsible for the form, not the content. A missing number is null in Parquet and empty in CSV.

pub mod csv;
pub mod parquet;

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::Date;

/// A column's values.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Text.
    Text(Vec<String>),
    /// Text, some missing.
    MaybeText(Vec<Option<String>>),
    /// Days, some missing.
    MaybeDay(Vec<Option<Date>>),
    /// Yes or no, some missing.
    MaybeFlag(Vec<Option<bool>>),
    /// Text by number into a list.
    Chosen {
        /// The list, shared between tables.
        list: Arc<[String]>,
        /// A number a row.
        rows: Vec<u32>,
    },
    /// Text of which few differ.
    Word(Vec<&'static str>),
    /// Whole numbers.
    Count(Vec<u32>),
    /// Whole numbers, some missing.
    MaybeCount(Vec<Option<u32>>),
    /// Numbers.
    Number(Vec<f64>),
    /// Numbers, some missing.
    MaybeNumber(Vec<Option<f64>>),
    /// Seconds since 1970, UTC.
    Instant(Vec<i64>),
}

/// A named column.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// The column's name.
    pub name: Cow<'static, str>,
    /// Its values, as many as in every other column of a table.
    pub values: Values,
}
