//! Same inputs, same seed: the same bytes, for any number of threads and any order of rows.

use weaktie::audit::Audit;
use weaktie::random::Stream;
use weaktie::report::{self, Options};
use weaktie::synth::World;

use crate::support::{Sandbox, audit, sample_world, write_world};

/// Everything that is written, but for the numbers of lines.
fn outputs(audit: &Audit) -> Vec<Vec<u8>> {
    let mut audit = audit.clone();
    for input in &mut audit.inputs {
        input.problems.clear();
        input.format.clear();
    }
    let rendered = report::render(&audit, Options::default());
    let mut all = vec![
        serde_json::to_vec(&audit).expect("JSON"),
        rendered.html.into_bytes(),
        report::people_csv(&audit).into_bytes(),
        report::actions_csv(&audit).into_bytes(),
        report::parquet::people(&audit).expect("a table"),
        report::parquet::ties(&audit).expect("a table"),
    ];
    all.extend(rendered.charts.into_iter().map(|(_, svg)| svg.into_bytes()));
    all
}

fn run(world: &World, threads: usize) -> Vec<Vec<u8>> {
    let sandbox = Sandbox::new();
    let sources = write_world(&sandbox, world);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    pool.install(|| outputs(&audit(sources)))
}

#[test]
fn threads_do_not_matter() {
    let world = sample_world();
    let one = run(&world, 1);
    for threads in [2, 8] {
        assert!(run(&world, threads) == one, "{threads} threads give other bytes");
    }
}

/// The records of a CSV with its header (and preamble) kept in place and the rest shuffled.
fn shuffled(content: &[u8], head: usize, seed: u64) -> Vec<u8> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(content);
    let mut records: Vec<csv::ByteRecord> =
        reader.byte_records().map(|record| record.expect("a record")).collect();
    Stream::new(seed, "shuffle", 0).shuffle(&mut records[head..]);
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for record in &records {
        writer.write_byte_record(record).expect("memory");
    }
    writer.into_inner().expect("memory")
}

#[test]
fn row_order_does_not_matter() {
    let world = sample_world();
    let mut mixed = world.clone();
    for (name, content) in &mut mixed.files {
        // Connections.csv has two records of notes above its header.
        let head = if name == "Connections.csv" { 3 } else { 1 };
        *content = shuffled(content, head, 5);
    }
    mixed.log = shuffled(&mixed.log, 1, 5);
    assert!(mixed.log != world.log);
    let (plain, mixed) = (run(&world, 2), run(&mixed, 2));
    assert!(plain == mixed, "shuffled rows give other bytes");
}
