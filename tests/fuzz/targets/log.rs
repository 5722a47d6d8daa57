//! Logs, by the audit's reader and by the streaming one: both give the same account.
#![no_main]

use std::path::Path;

use weaktie_fuzz::ingest::{self, stream};
use weaktie_fuzz::units::Day;

const HEADERS: &[&str] = &[
    "timestamp,from,to,channel,thread\n",
    "timestamp,from,to\n",
    "date;sender;recipient;type\n",
    "when\tfrom\tto\tsubject\n",
    "",
];

#[derive(Default)]
struct Count(usize);

impl stream::Sink for Count {
    fn take(&mut self, rows: &[stream::Row]) {
        self.0 += rows.len();
    }
}

struct Quiet;

impl stream::Watch for Quiet {
    fn read(&self, _: u64, _: u64) {}

    fn stop(&self) -> bool {
        false
    }
}

fn no_parquet(
    path: &Path,
    _: fn(&str) -> bool,
) -> weaktie_fuzz::Result<Box<dyn std::io::Read + Send>> {
    Err(weaktie_fuzz::Error::unusable(path.display().to_string(), "Parquet", None))
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [header, rows @ ..] = data else { return };
    let bytes = [HEADERS[usize::from(*header) % HEADERS.len()].as_bytes(), rows].concat();
    weaktie_fuzz::check("log.csv", &bytes);
    let folder = std::env::temp_dir().join(format!("weaktie-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("log.csv");
    std::fs::write(&path, &bytes).unwrap();
    let last = Some(Day(80_000));
    let reading = ingest::Reading::default();
    let Ok(streamed) = stream::read(&[path], last, &reading, no_parquet, Count::default, &Quiet) else {
        return;
    };
    for ledger in &streamed.ledgers {
        assert_eq!(ledger.rows_read, ledger.rows_used + ledger.skipped.len() as u64);
    }
    let Ok(files) = ingest::read_bytes("log.csv", bytes) else {
        panic!("only the stream reads it")
    };
    let (file, ledger) = (&files[0], &streamed.ledgers[0]);
    assert_eq!(file.rows_read, ledger.rows_read);
});
