//! Same inputs, same seed: the same bytes, for any number of threads and any order of rows.

use weaktie::audit::Audit;
use weaktie::export;
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
        export::parquet(export::people(&audit)).expect("a table"),
        export::parquet(export::ties(&audit)).expect("a table"),
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

/// Rows that speak of one person twice, share an address between two people, or have no link at all.
#[test]
fn the_order_of_conflicting_rows_does_not_matter() {
    let head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On";
    let link = "https://www.linkedin.com/in";
    let rows = [
        format!("Ana,Lopes,{link}/ana-k1,,Bolt,Nurse,05 Nov 2024"),
        format!("Ana,Lopes,{link}/ana-k1,,Nord,Director,06 Nov 2025"),
        format!("Bo,Ek,{link}/bo-k2,shared@example.org,Bolt,Cook,05 Nov 2024"),
        format!("Cy,Ek,{link}/cy-k3,shared@example.org,Bolt,Pilot,05 Nov 2024"),
        "John,Smith,,,Bolt,Welder,05 Nov 2024".to_owned(),
        "John,Smith,,,Nord,Teacher,05 Nov 2024".to_owned(),
    ];
    let log = "timestamp,from,to,channel\n\
        2025-10-01T10:00:00Z,me@example.org,shared@example.org,email\n\
        2025-10-02T10:00:00Z,shared@example.org,me@example.org,email\n";
    let run = |rows: Vec<&String>| {
        let sandbox = Sandbox::new();
        let lines: Vec<&str> = rows.into_iter().map(String::as_str).collect();
        let sources = vec![
            sandbox.file("Connections.csv", format!("{head}\n{}\n", lines.join("\n"))),
            sandbox.file("log.csv", log),
        ];
        let me = Some("me@example.org".to_owned());
        let request = weaktie::pipeline::Request { sources, me, ..Default::default() };
        weaktie::pipeline::audit(&request, &weaktie::progress::Silent).expect("an audit")
    };
    let (forward, backward) = (run(rows.iter().collect()), run(rows.iter().rev().collect()));
    assert!(outputs(&forward) == outputs(&backward));
    let ana = forward.people.iter().find(|person| person.id == "ana-k1").expect("Ana");
    assert_eq!(ana.company.as_deref(), Some("Nord"), "the newer row wins");
    assert_eq!(forward.people.iter().filter(|person| person.name == "John Smith").count(), 2);
    let touched = forward.ties.iter().find(|tie| tie.interactions == 2).expect("the mail");
    assert_eq!(touched.b, "shared@example.org", "a shared address is neither's");
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
