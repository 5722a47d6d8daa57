//! The parsers of weaktie without the rest of it: the same files, by links.

#![allow(dead_code, missing_docs, clippy::all)]

pub mod canonical;
pub mod config;
pub mod edges;
pub mod error;
pub mod goals;
pub mod ingest;
pub mod network;
pub mod taxonomy;
pub mod units;

pub use error::{Error, Result};

/// Reads bytes as a file and checks that every row is accounted for.
pub fn check(name: &str, bytes: &[u8]) {
    check_with(name, bytes, &ingest::Reading::default());
}

/// [`check`] with settings.
pub fn check_with(name: &str, bytes: &[u8], reading: &ingest::Reading) {
    let Ok(files) = ingest::read_bytes_with(name, bytes.to_vec(), reading) else { return };
    for file in files {
        assert_eq!(file.rows_read, file.rows_used + file.rows_skipped(), "{}", file.file);
        let mentions = u32::try_from(file.mentions.len()).unwrap();
        let threads = u32::try_from(file.threads.len()).unwrap();
        for row in &file.interactions {
            assert!(row.from < mentions && row.to < mentions && row.thread <= threads);
        }
        assert!(file.same.iter().all(|(a, b)| *a < mentions && *b < mentions));
        assert!(file.contacts.iter().all(|contact| contact.who < mentions));
        assert!(file.coverage.iter().all(|(_, rows)| *rows <= file.rows_read));
        assert!(file.problems.iter().all(|problem| problem.line >= 1));
        assert!(file.noise.values().sum::<u64>() <= file.rows_skipped());
    }
}
