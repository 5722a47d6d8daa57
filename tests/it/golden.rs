//! The committed sample, its report and the schema are what the program writes today.
//!
//! To renew them after a wanted change: `WEAKTIE_RENEW=1 cargo test --locked golden`, then look at the pictures.

use std::path::Path;

use weaktie::audit::{Audit, Redaction};
use weaktie::export;
use weaktie::report::{self, Options};

use crate::support::{audit, read, root, sample_world};

/// Compares a committed file, or renews it when asked to.
fn current(path: &str, expected: &[u8]) {
    if std::env::var_os("WEAKTIE_RENEW").is_some() {
        let path = root().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, expected).expect("a file");
    }
    assert!(read(path) == expected, "{path} is out of date; renew it and look at the change");
}

fn sample_audit() -> Audit {
    audit(vec![root().join("data/sample")])
}

#[test]
fn the_sample_is_what_the_generator_writes() {
    let world = sample_world();
    for (name, bytes) in &world.files {
        current(&format!("data/sample/linkedin-export/{name}"), bytes);
    }
    current("data/sample/mail-and-calendar.csv", &world.log);
    let mut truth = serde_json::to_vec_pretty(&world.truth).expect("JSON");
    truth.push(b'\n');
    current("data/sample/truth.json", &truth);
    the_report_of_the_sample_is_current();
}

fn the_report_of_the_sample_is_current() {
    let audit = sample_audit();
    let rendered = report::render(&audit, Options::default());
    current("reports/sample/report.html", rendered.html.as_bytes());
    current("reports/sample/audit.json", &audit.to_json().expect("JSON"));
    current("reports/sample/people.csv", report::people_csv(&audit).as_bytes());
    current("reports/sample/actions.csv", report::actions_csv(&audit).as_bytes());
    current("reports/sample/actions.ics", report::actions_ics(&audit).as_bytes());
    current("reports/sample/network.gexf", &export::gexf(&audit));
    current("reports/sample/actions.md", report::actions_md(&audit).as_bytes());
    assert!(rendered.charts.len() >= 5, "a report has at least five charts");
    for (name, svg) in &rendered.charts {
        current(&format!("reports/sample/charts/{name}"), svg.as_bytes());
    }
    let kept = std::fs::read_dir(root().join("reports/sample/charts")).expect("charts").count();
    assert_eq!(kept, rendered.charts.len(), "a chart that is no longer drawn is still committed");
    assert_eq!(audit.redaction, Redaction::Full);
}

#[test]
fn the_schema_is_current_and_a_saved_audit_reads_back() {
    let schema = schemars::schema_for!(Audit);
    let mut text = serde_json::to_vec_pretty(&schema).expect("JSON");
    text.push(b'\n');
    current("data/schema/audit.schema.json", &text);
    let audit = sample_audit();
    let saved = serde_json::to_string(&audit).expect("JSON");
    let back: Audit = serde_json::from_str(&saved).expect("an audit");
    assert!(back == audit);
    assert_eq!(
        report::render(&back, Options::default()),
        report::render(&audit, Options::default())
    );
}

#[test]
fn the_guide_says_what_explain_says() {
    use weaktie::glossary::{measures, page, terms};
    let intro = "What `weaktie explain MEASURE` prints, all in one place. An undefined value is null, never 0.";
    current("src/guide/measures.md", page::markdown("Measures", intro, measures()).as_bytes());
    let intro =
        "The words of the report and of the files. `weaktie explain WORD` prints one of them.";
    current("src/guide/terms.md", page::markdown("Terms", intro, terms()).as_bytes());
}

#[test]
fn sample_tables_open_in_polars() {
    use polars::prelude::{ParquetReader, SerReader};
    let audit = sample_audit();
    let people = export::parquet(export::people(&audit)).expect("a table");
    let table = ParquetReader::new(std::io::Cursor::new(people)).finish().expect("Parquet");
    assert_eq!(table.height(), audit.people.len());
    assert!(table.column("constraint").is_ok() && table.column("strength").is_ok());
}

#[test]
fn no_path_of_a_machine_is_in_the_sample_report() {
    let html = String::from_utf8(read("reports/sample/report.html")).expect("UTF-8");
    let root = root().to_string_lossy().into_owned();
    assert!(!html.contains(&root) && Path::new(&root).is_absolute());
}
