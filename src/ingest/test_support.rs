//! Small helpers for the tests of this room.

use std::sync::Arc;

use super::problem::Problem;
use super::reading::Scope;
use super::recognise::recognise;
use super::record::FileRecords;
use super::source::Source;

/// A recognised table with this text.
pub(super) fn source(file: &str, text: &str) -> Source {
    let found = recognise(text).unwrap();
    Source {
        file: file.to_owned(),
        text: text.to_owned(),
        encoding: "UTF-8",
        damage: None,
        noise: Arc::default(),
        scope: Scope::default(),
        section: None,
        found,
    }
}

/// The codes of a file's problems, in order, in one line.
pub(super) fn codes(records: &FileRecords) -> String {
    let names: Vec<&str> =
        records.problems.iter().map(|Problem { code, .. }| code.name()).collect();
    names.join(" ")
}
