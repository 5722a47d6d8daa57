//! What does a row of a log cost, from the file to the table of ties, as logs grow?
//!
//! Items are rows, so that the cost a row can be read off for every size. The log is like a team's mail: few senders with
//! many contacts each, activity by rank, in the order of time. `WEAKTIE_BENCH_ROWS` sets the largest size (10,000,000 needs
//! a gigabyte of disk); the comparison with other engines is `peers_ties.py`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::ItemsCount;
use weaktie::dyads::{self, Request, table};
use weaktie::frame;
use weaktie::ingest::stream::Watch;
use weaktie::random::Stream;

const SIZES: [u32; 4] = [10_000, 100_000, 1_000_000, 10_000_000];

fn main() {
    divan::main();
}

struct Quiet;

impl Watch for Quiet {
    fn read(&self, _: u64, _: u64) {}

    fn stop(&self) -> bool {
        false
    }
}

/// Sizes up to the largest one asked for.
fn sizes() -> impl Iterator<Item = u32> {
    #[expect(clippy::disallowed_methods, reason = "a bench's own switch")]
    let largest = std::env::var("WEAKTIE_BENCH_ROWS").ok().and_then(|text| text.parse().ok());
    let largest = largest.unwrap_or(1_000_000);
    SIZES.into_iter().filter(move |rows| *rows <= largest)
}

/// A log of so many rows: a sender for each 5,000 of them, 150 contacts a sender, near ones met more often.
fn log(folder: &Path, rows: u32) -> Option<PathBuf> {
    let mut random = Stream::new(1, "bench-ties", 0);
    let senders = u64::from(rows / 5_000).max(8);
    let mut text = String::from("timestamp,from,to,channel\n");
    let (first, span) = (1_577_836_800_u64, 157_766_400_u64);
    for row in 0..u64::from(rows) {
        let sender = random.below(senders);
        let (near, far) = (random.below(150), random.below(150));
        // Neighbours share contacts: half of the contacts are also their neighbour's.
        let contact = senders + (sender + near.min(far) % 4 / 2) * 150 + near.min(far);
        let (from, to) = if random.below(2) == 0 { (sender, contact) } else { (contact, sender) };
        let at = i64::try_from(first + span * row / u64::from(rows)).ok()?;
        let at = jiff::Timestamp::from_second(at).ok()?;
        let channel = ["email", "meeting", "message"][random.index(3)];
        writeln!(text, "{at},person{from}@example.org,person{to}@example.org,{channel}").ok()?;
    }
    let path = folder.join(format!("log{rows}.csv"));
    std::fs::write(&path, text).ok()?;
    Some(path)
}

#[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
fn log_to_table(bencher: Bencher, rows: u32) {
    let Ok(folder) = tempfile::tempdir() else { return };
    let Some(path) = log(folder.path(), rows) else { return };
    let out = folder.path().join("ties.parquet");
    let request = Request {
        logs: vec![path],
        as_of: None,
        horizon: 90,
        config: weaktie::config::Config::default(),
    };
    bencher.counter(ItemsCount::new(rows)).bench_local(|| {
        let dyads = dyads::run(&request, frame::parquet::as_csv, &Quiet)?;
        weaktie::output::write_file(&out, |file| {
            frame::parquet::write_parquet(table::tables(&dyads), file, &out)
        })
    });
}
