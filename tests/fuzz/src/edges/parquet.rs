//! Parquet is polars' own reader, which is not part of this package.

use std::path::Path;

use super::header::HINT;
use super::people::Named;
use crate::error::{Error, Result};

pub(super) fn read(_: &Path, file: &str) -> Result<(Named, bool)> {
    Err(Error::unusable(file, "Parquet", Some(HINT.to_owned())))
}
