//! What does a whole audit cost, from files to the page, as contacts grow?

use std::path::PathBuf;

use divan::Bencher;
use weaktie::pipeline::{self, Request};
use weaktie::progress::Silent;
use weaktie::report::{self, Options};
use weaktie::synth::{self, Plan};

fn main() {
    divan::main();
}

/// A fictional export and log in a throwaway folder.
fn sources(contacts: usize) -> Option<(tempfile::TempDir, Vec<PathBuf>)> {
    let folder = tempfile::tempdir().ok()?;
    let world = synth::generate(&Plan { contacts, ..Plan::default() });
    let export = folder.path().join("export.zip");
    let log = folder.path().join("log.csv");
    std::fs::write(&export, synth::zip(&world.files, "").ok()?).ok()?;
    std::fs::write(&log, world.log).ok()?;
    Some((folder, vec![export, log]))
}

#[divan::bench(args = [150, 420, 2_000, 10_000], sample_count = 5, sample_size = 1)]
fn files_to_audit(bencher: Bencher, contacts: usize) {
    if let Some((_folder, sources)) = sources(contacts) {
        let request = Request { sources, ..Request::default() };
        bencher.bench_local(|| pipeline::audit(&request, &Silent).map(|audit| audit.people.len()));
    }
}

#[divan::bench(args = [150, 420, 2_000, 10_000], sample_count = 5, sample_size = 1)]
fn audit_to_page(bencher: Bencher, contacts: usize) {
    if let Some((_folder, sources)) = sources(contacts) {
        let request = Request { sources, ..Request::default() };
        if let Ok(audit) = pipeline::audit(&request, &Silent) {
            bencher.bench_local(|| report::render(&audit, Options::default()).html.len());
        }
    }
}
