//! The export as a ZIP: same files, same bytes.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::error::{Error, Result};

/// Packs the files under `prefix`, sorted by name, with one fixed date.
pub fn zip(files: &[(String, Vec<u8>)], prefix: &str) -> Result<Vec<u8>> {
    let bug = |cause: &dyn std::fmt::Display| Error::Bug(format!("packing the demo: {cause}"));
    let mut sorted: Vec<&(String, Vec<u8>)> = files.iter().collect();
    sorted.sort();
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in sorted {
        writer.start_file(format!("{prefix}{name}"), options).map_err(|cause| bug(&cause))?;
        writer.write_all(bytes).map_err(|cause| bug(&cause))?;
    }
    let cursor = writer.finish().map_err(|cause| bug(&cause))?;
    Ok(cursor.into_inner())
}
