//! `weaktie ties`: the table, the account of rows, and what a run may never do.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

use serde_json::Value;

use crate::support::{Sandbox, shared};

/// A log of a small office, deterministic and not in the order of time.
fn office(rows: u32) -> String {
    let mut text = "timestamp,from,to,channel\n".to_owned();
    let mut state = 7_u64;
    for n in 0..rows {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(u64::from(n) | 1);
        let (from, to) = ((state >> 33) % 17, (state >> 41) % 23);
        let (day, hour) = (1 + (state >> 20) % 28, (state >> 50) % 24);
        let month = 1 + (state >> 27) % 12;
        let channel = ["email", "meeting", "message", "call"][(state >> 60) as usize % 4];
        let _ = writeln!(
            text,
            "2024-{month:02}-{day:02}T{hour:02}:00:00Z,p{from}@example.org,P{to}@example.org,{channel}"
        );
    }
    text
}

/// The table as rows of cells by column name.
fn table(text: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    reader
        .records()
        .map(|row| names.iter().cloned().zip(row.unwrap().iter().map(str::to_owned)).collect())
        .collect()
}

fn summary(sandbox: &Sandbox, arguments: &[&str]) -> Value {
    let run = sandbox.weaktie(arguments);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    serde_json::from_str(&run.stdout()).unwrap()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

#[test]
fn a_small_log_by_hand() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "log.csv",
        "timestamp,from,to,channel\n\
         2024-01-01T10:00:00Z,ana@example.org,bo@example.org,email\n\
         2024-01-03T10:00:00Z,bo@example.org,ana@example.org,email\n\
         2024-01-03T10:00:00Z,bo@example.org,cleo@example.org,email\n\
         2024-01-05T12:00:00Z,ana@example.org,bo@example.org,meeting\n\
         2024-01-05T12:00:00Z,ana@example.org,ana@example.org,meeting\n",
    );
    let run = sandbox.weaktie(&["ties", "log.csv", "--out", "t.csv", "--as-of", "2024-01-10"]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(run.stdout().contains("5 rows read, 4 used, 1 skipped"), "{}", run.stdout());
    assert!(run.stdout().contains("1 self-loop (line 6)"), "{}", run.stdout());
    assert!(run.stdout().contains("not verified on this log"), "{}", run.stdout());
    let rows = table(&sandbox.read("t.csv"));
    let pairs: Vec<(&str, &str)> =
        rows.iter().map(|row| (row["a"].as_str(), row["b"].as_str())).collect();
    assert_eq!(
        pairs,
        [("ana@example.org", "bo@example.org"), ("bo@example.org", "cleo@example.org")]
    );
    let expect = |row: usize, column: &str, value: &str| {
        assert_eq!(rows[row][column], value, "{column} of row {row}");
    };
    expect(0, "interactions", "3");
    expect(0, "a_to_b", "2");
    expect(0, "b_to_a", "1");
    expect(0, "first", "2024-01-01T10:00:00Z");
    expect(0, "last", "2024-01-05T12:00:00Z");
    expect(0, "contact_days", "3");
    expect(0, "silent_days", "5");
    expect(0, "tenure_days", "9");
    expect(0, "median_gap", "2");
    expect(0, "email", "2");
    expect(0, "meeting", "1");
    expect(0, "state", "on-rhythm");
    // The mail of 3 January went to three people: nobody's private turn.
    expect(0, "last_from", "a");
    expect(1, "b_to_a", "0");
    // Ages in days to the end of 10 January: 9 + 14/24, 7 + 14/24, 5.5.
    let sum: f64 = [9.0_f64 + 14.0 / 24.0, 7.0 + 14.0 / 24.0, 5.5]
        .iter()
        .map(|age| (-age / 90.0_f64).exp2())
        .sum();
    let found: f64 = rows[0]["decay_sum"].parse().unwrap();
    assert!((found - sum).abs() < 1e-12);
    // B.1: mail on day 9 alone; on day 7 in a group of three, ½; the meeting weighs 4. out 1, in 1: r = 1; two channels.
    let raw = 1.15
        * ((-9.0 / 90.0_f64).exp2()
            + 0.5 * (-7.0 / 90.0_f64).exp2()
            + 4.0 * (-5.0 / 90.0_f64).exp2());
    let found: f64 = rows[0]["activity"].parse().unwrap();
    assert!((found - raw).abs() < 1e-12, "{found} {raw}");
}

#[test]
fn packing_order_and_threads_do_not_change_a_byte() {
    let sandbox = Sandbox::new();
    let text = office(20_000);
    sandbox.file("log.csv", &text);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    sandbox.file("log.csv.gz", gzip.finish().unwrap());
    sandbox.file("log.csv.zst", zstd::encode_all(text.as_bytes(), 1).unwrap());
    let mut lines: Vec<&str> = text.lines().skip(1).collect();
    lines.reverse();
    sandbox.file("turned.csv", format!("timestamp,from,to,channel\n{}\n", lines.join("\n")));
    let run = |log: &str, out: &str, threads: &str| {
        let run = sandbox.weaktie(&["ties", log, "--out", out, "--threads", threads]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        fs::read(sandbox.path(out)).unwrap()
    };
    let csv = run("log.csv", "t.csv", "1");
    assert!(csv.len() > 30_000);
    for (log, threads) in [
        ("log.csv", "2"),
        ("log.csv", "8"),
        ("log.csv.gz", "2"),
        ("log.csv.zst", "3"),
        ("turned.csv", "2"),
    ] {
        assert!(run(log, "other.csv", threads) == csv, "{log} {threads}");
    }
    let parquet = run("log.csv", "t.parquet", "1");
    assert!(run("turned.csv", "other.parquet", "8") == parquet);
}

#[test]
fn a_table_written_as_parquet_reads_back_as_a_log() {
    // The table of ties is no log; a log as Parquet is made of its own columns.
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", office(500));
    let done = sandbox.weaktie(&["ties", "log.csv", "--out", "t.parquet"]);
    assert_eq!(done.code(), 0, "{}", done.stderr());
    let refused = sandbox.weaktie(&["ties", "t.parquet", "--out", "u.csv"]);
    assert_eq!(refused.code(), 3);
    assert!(refused.stderr().contains("not a known table"), "{}", refused.stderr());
}

#[test]
fn strength_is_that_of_the_audit() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", office(3_000));
    let audit = sandbox.weaktie(&["audit", "log.csv", "--me", "p3@example.org", "--out", "r"]);
    assert_eq!(audit.code(), 0, "{}", audit.stderr());
    let saved: Value = serde_json::from_str(&sandbox.read("r/audit.json")).unwrap();
    let as_of = saved["as_of"].as_str().unwrap();
    let done = sandbox.weaktie(&["ties", "log.csv", "--out", "t.csv", "--as-of", as_of]);
    assert_eq!(done.code(), 0, "{}", done.stderr());
    let midpoint = saved["settings"]["strength_midpoint"].as_f64().unwrap();
    let rows = table(&sandbox.read("t.csv"));
    let mut compared = 0;
    for tie in saved["ties"].as_array().unwrap() {
        let Some(rhythm) = tie["rhythm"].as_object() else { continue };
        let ends = [tie["a"].as_str().unwrap(), tie["b"].as_str().unwrap()];
        let row = rows
            .iter()
            .find(|row| ends.contains(&row["a"].as_str()) && ends.contains(&row["b"].as_str()))
            .unwrap();
        let activity: f64 = row["activity"].parse().unwrap();
        let strength = tie["strength"].as_f64().unwrap();
        // Contacts of the owner through a third person's message are no interactions of the pair.
        assert!((activity / (activity + midpoint) - strength).abs() < 1e-9, "{ends:?}");
        assert_eq!(row["contact_days"].parse::<u64>().unwrap(), number(&rhythm["contact_days"]));
        compared += 1;
    }
    assert!(compared >= 15, "{compared}");
}

#[test]
fn wrong_use_is_refused_and_leaves_nothing_behind() {
    let sandbox = Sandbox::new();
    let log = office(50);
    sandbox.file("log.csv", &log);
    sandbox.file("people.csv", "name,town\nAna,Oslo\n");
    sandbox.file("cut.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x01");
    let refused = |arguments: &[&str], code: i32, says: &str| {
        let before = sandbox.entries();
        let run = sandbox.weaktie(arguments);
        assert_eq!(run.code(), code, "{arguments:?}: {}", run.stderr());
        assert!(run.stderr().contains(says), "{arguments:?}: {}", run.stderr());
        assert_eq!(sandbox.entries(), before);
    };
    refused(&["ties", "log.csv"], 2, "--out");
    refused(&["ties", "log.csv", "--out", "t.xlsx"], 2, ".parquet or .csv");
    refused(&["ties", "log.csv", "--out", "log.csv"], 4, "one of the logs");
    refused(&["ties", "none.csv", "--out", "t.csv"], 4, "none.csv");
    refused(&["ties", "people.csv", "--out", "t.csv"], 3, "columns found: name, town");
    refused(&["ties", "cut.csv.gz", "--out", "t.csv"], 3, "cut short");
    refused(&["ties", "log.csv", "--out", "t.csv", "--horizon", "0"], 2, "horizon");
    refused(&["ties", "log.csv", "--out", "t.csv", "--as-of", "2001-01-01"], 3, "after-as-of");
    assert_eq!(sandbox.read("log.csv"), log);
}

#[test]
fn rows_left_out_are_listed() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "a.csv",
        "date,from,to\n2024-01-01,a,b\nx,a,b\n2024-01-02,,b\n2024-01-03,a,b,c\n2024-01-04,d,d\n",
    );
    let arguments = ["ties", "a.csv", "--out", "t.csv", "--skipped", "s.csv", "--json"];
    let found = summary(&sandbox, &arguments);
    assert_eq!(found["people"], 2, "somebody of a skipped row alone has no tie");
    assert_eq!(found["inputs"][0]["rows_read"], 5);
    assert_eq!(found["inputs"][0]["rows_used"], 1);
    assert_eq!(found["inputs"][0]["skipped"][0]["code"], "bad-date");
    let expected = "file,line,reason\na.csv,3,bad-date\na.csv,4,no-counterpart\na.csv,5,malformed\na.csv,6,self-loop\n";
    assert_eq!(sandbox.read("s.csv"), expected);
}

/// All real logs: every row accounted for. `enron_igraph` holds repeats, self-loops and the year 1979.
#[test]
fn real_logs_are_read_to_the_last_row() {
    let Some(data) = shared("data") else { return };
    let sandbox = Sandbox::new();
    let mut logs = Vec::new();
    for folder in fs::read_dir(data).unwrap() {
        let Ok(files) = fs::read_dir(folder.unwrap().path()) else { continue };
        logs.extend(files.map(|file| file.unwrap().path()).filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            let is_log = name.starts_with("messages") || name.starts_with("interactions");
            is_log && name.contains(".csv")
        }));
    }
    logs.sort();
    assert!(logs.len() >= 8, "{logs:?}");
    for log in logs {
        let shown = log.to_string_lossy();
        let found = summary(&sandbox, &["ties", &shown, "--out", "t.csv", "--json"]);
        let input = &found["inputs"][0];
        let (read, used) = (number(&input["rows_read"]), number(&input["rows_used"]));
        assert_eq!(read, used + number(&input["rows_skipped"]), "{shown}");
        let rows = table(&sandbox.read("t.csv"));
        let sum =
            |column: &str| rows.iter().map(|row| row[column].parse::<u64>().unwrap()).sum::<u64>();
        assert_eq!(sum("interactions"), used, "{shown}");
        assert_eq!(sum("a_to_b") + sum("b_to_a"), used, "{shown}");
        if shown.contains("enron_igraph") {
            let codes: Vec<&str> = input["skipped"]
                .as_array()
                .unwrap()
                .iter()
                .map(|reason| reason["code"].as_str().unwrap())
                .collect();
            assert!(codes.contains(&"self-loop") && codes.contains(&"bad-date"), "{codes:?}");
            assert!(number(&found["repeated_rows"]) > 0);
        }
    }
}

#[test]
fn whoever_is_never_stored_is_in_no_table() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "log.csv",
        "timestamp,from,to,channel\n\
         2024-01-01T10:00:00Z,ana@example.org,bo@example.org,email\n\
         2024-01-02T10:00:00Z,ana@example.org,Dr <ana@clinic.example.org>,email\n\
         2024-01-03T10:00:00Z,https://www.linkedin.com/in/uma-k1,ana@example.org,email\n\
         2024-01-04T10:00:00Z,news@example.org,ana@example.org,email\n\
         2024-01-05T10:00:00Z,drop@example.org,ana@example.org,email\n",
    );
    sandbox.file(
        "weaktie.toml",
        "[boundaries]\nnever_store = [\"@clinic.example.org\", \"https://www.linkedin.com/in/uma-k1\"]\n\
         [noise]\nkeep = [\"news@example.org\"]\ndrop = [\"drop@example.org\"]\n",
    );
    let run = ["ties", "log.csv", "--out", "t.csv", "--skipped", "s.csv", "--json", "--config"];
    let told = summary(&sandbox, &[&run[..], &["weaktie.toml"]].concat());
    assert_eq!(number(&told["people"]), 3, "{told}");
    let input = &told["inputs"][0];
    assert_eq!((number(&input["rows_used"]), number(&input["rows_skipped"])), (2, 3));
    let all = sandbox.read("t.csv") + &sandbox.read("s.csv") + &told.to_string();
    for secret in ["clinic", "uma-k1", "drop@"] {
        assert!(!all.contains(secret), "{secret}");
    }
    let skipped = sandbox.read("s.csv");
    for line in ["log.csv,3,out-of-scope", "log.csv,4,out-of-scope", "log.csv,6,automated"] {
        assert!(skipped.contains(line), "{skipped}");
    }
}
