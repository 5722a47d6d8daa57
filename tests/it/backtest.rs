//! `weaktie backtest`: labels, figures, files, and what a run may never do.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;

use serde_json::Value;

use crate::support::{Sandbox, shared};

/// Nearly three years of an office of 45: every pair has its own rate, a third of the pairs end.
fn office() -> String {
    let mut text = "timestamp,from,to,channel\n".to_owned();
    let mut state = 11_u64;
    let mut next = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut rows = Vec::new();
    for a in 0..45_u64 {
        for b in a + 1..45 {
            let (gap, end) =
                (4 + next(90) * next(4), if next(3) == 0 { next(1_000) } else { 1_000 });
            let mut day = next(200);
            while day < end {
                rows.push((day, if next(2) == 0 { (a, b) } else { (b, a) }));
                day += 1 + next(2 * gap);
            }
        }
    }
    rows.sort_unstable();
    for (day, (from, to)) in rows {
        let date =
            jiff::civil::date(2021, 1, 1) + jiff::Span::new().days(i64::try_from(day).unwrap());
        let _ = writeln!(text, "{date}T10:00:00Z,p{from}@example.org,p{to}@example.org,email");
    }
    text
}

fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect::<Vec<_>>();
    reader.records().map(|row| names.iter().cloned().zip(cells(row.unwrap())).collect()).collect()
}

#[test]
fn everyone_one_person_and_all_pairs() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", office());
    let json = |arguments: &[&str]| -> Value {
        let run = sandbox.weaktie(arguments);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        serde_json::from_str(&run.stdout()).unwrap()
    };
    let everyone = json(&["backtest", "log.csv", "--json"]);
    assert!(everyone["owners"].as_u64().unwrap() > 20, "{everyone}");
    assert_eq!(everyone["horizon_days"], 90);
    let auc = |found: &Value, model: usize| found["models"][model]["auc"].as_f64().unwrap();
    assert!(auc(&everyone, 0) > auc(&everyone, 2) && (auc(&everyone, 4) - 0.5).abs() < 1e-12);
    let gain = &everyone["gains"][0];
    let value = |key: &str| gain[key].as_f64().unwrap();
    assert!(value("low") <= value("value") && value("value") <= value("high"));
    let one = json(&["backtest", "log.csv", "--me", "P7@example.org", "--json"]);
    assert_eq!(one["owners"], 1);
    let pairs = json(&["backtest", "log.csv", "--pairs", "--horizon", "60", "--json"]);
    assert_eq!(pairs["owners"], 0);
    assert_eq!(pairs["windows"].as_array().unwrap().len(), 6);
    let bins = pairs["reliability"].as_array().unwrap();
    assert_eq!(bins.len(), 10);
}

#[test]
fn predictions_are_written_and_are_what_the_table_says() {
    let sandbox = Sandbox::new();
    sandbox.file("log.csv", office());
    let run = sandbox.weaktie(&[
        "backtest",
        "log.csv",
        "--pairs",
        "--split",
        "2023-03-01",
        "--predictions",
        "p.csv",
    ]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    assert!(run.stdout().contains("Decision: p_contact stands"), "{}", run.stdout());
    let text = sandbox.read("p.csv");
    assert!(text.starts_with("a,b,n_before,active,p_contact,p_blend,p_recency,p_frequency\n"));
    let all = rows(&text);
    assert!(all.len() > 400);
    for row in &all {
        assert!(row["a"] < row["b"] && row["n_before"].parse::<u32>().unwrap() >= 3);
        for column in ["p_contact", "p_blend", "p_recency", "p_frequency"] {
            let p: f64 = row[column].parse().unwrap();
            assert!((0.0..=1.0).contains(&p));
        }
    }
    // The table of ties as of the day before tells the same chance: nothing of the window is read.
    let known: String = office()
        .lines()
        .filter(|line| line.starts_with("timestamp") || *line < "2023-03-01")
        .fold(String::new(), |text, line| text + line + "\n");
    sandbox.file("known.csv", known);
    let run = sandbox.weaktie(&[
        "ties",
        "known.csv",
        "--as-of",
        "2023-02-28",
        "--out",
        "ties.csv",
        "--json",
    ]);
    assert_eq!(run.code(), 0, "{}", run.stderr());
    let summary: Value = serde_json::from_str(&run.stdout()).unwrap();
    // The table tells the model that earlier windows speak for.
    let column = match summary["model"]["name"].as_str() {
        Some("stack") => "p_contact",
        Some("blend") => "p_blend",
        other => panic!("{other:?}"),
    };
    let ties: BTreeMap<(String, String), String> = rows(&sandbox.read("ties.csv"))
        .into_iter()
        .map(|row| ((row["a"].clone(), row["b"].clone()), row["p_contact"].clone()))
        .collect();
    for row in &all {
        let told: f64 = row[column].parse().unwrap();
        let known: f64 = ties[&(row["a"].clone(), row["b"].clone())].parse().unwrap();
        assert!((told - known).abs() < 1e-12, "{row:?} {known}");
    }
}

#[test]
fn the_figures_do_not_depend_on_threads_or_row_order() {
    let sandbox = Sandbox::new();
    let text = office();
    let mut lines: Vec<&str> = text.lines().skip(1).collect();
    lines.reverse();
    sandbox.file("turned.csv", format!("timestamp,from,to,channel\n{}\n", lines.join("\n")));
    sandbox.file("log.csv", &text);
    let run = |log: &str, threads: &str| {
        let run = sandbox.weaktie(&["backtest", log, "--everyone", "--threads", threads]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        run.stdout()
    };
    let one = run("log.csv", "1");
    assert_eq!(run("log.csv", "3"), one);
    assert_eq!(run("turned.csv", "2"), one);
}

#[test]
fn a_short_log_is_no_back_test_and_a_wrong_word_is_helped() {
    let sandbox = Sandbox::new();
    let text = office();
    sandbox.file("short.csv", text.lines().take(200).collect::<Vec<_>>().join("\n"));
    sandbox.file("log.csv", &text);
    let run = sandbox.weaktie(&["backtest", "short.csv", "--everyone"]);
    assert_eq!(run.code(), 3);
    assert!(run.stderr().contains("no back-test"), "{}", run.stderr());
    let run = sandbox.weaktie(&["backtest", "log.csv", "--me", "p46@example.org"]);
    assert_eq!(run.code(), 2);
    assert!(run.stderr().contains("did you mean `p4"), "{}", run.stderr());
    let run = sandbox.weaktie(&["backtest", "log.csv", "--split", "2030-01-01"]);
    assert_eq!(run.code(), 2);
    let run = sandbox.weaktie(&["backtest", "log.csv", "--predictions", "log.csv"]);
    assert_eq!(run.code(), 4);
    assert_eq!(sandbox.read("log.csv"), text);
}

/// The published labels of six splits, and that the chance ranks no worse there than silence or frequency. The shipped
/// coefficients have seen these logs; `benches/results/backtest.md` measures with coefficients that have not.
#[test]
fn the_published_labels_are_reproduced_and_no_baseline_is_better() {
    let sets = [
        ("email_eu_core_temporal/messages.csv.gz", "2004-12-15"),
        ("enron_perry_wolfe/messages.csv.gz", "2001-08-01"),
        ("linux_watchdog_list/messages_before_2025-07-01.csv.gz", "2024-07-01"),
        ("manufacturing_email/messages_before_2010-07-02.csv.gz", "2010-04-02"),
        ("r_devel_list/messages_before_2013-07-01.csv.gz", "2011-07-01"),
    ];
    for (file, split) in sets {
        let Some(data) = shared("data") else { return };
        let sandbox = Sandbox::new();
        let log = data.join(file);
        let run = sandbox.weaktie(&[
            "backtest",
            log.to_str().unwrap(),
            "--pairs",
            "--split",
            split,
            "--predictions",
            "p.csv",
        ]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        let name = file.split('/').next().unwrap();
        let labels = data.join(format!("splits/{name}_{split}/labels.csv.gz"));
        let mut text = String::new();
        let bytes = std::fs::File::open(labels).unwrap();
        flate2::read::GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
        let key = |row: &BTreeMap<String, String>| {
            (row["a"].clone(), row["b"].clone(), row["n_before"].clone(), row["active"].clone())
        };
        let mut published: Vec<_> = rows(&text).iter().map(key).collect();
        let told = rows(&sandbox.read("p.csv"));
        let mut found: Vec<_> = told.iter().map(key).collect();
        published.sort();
        found.sort();
        assert_eq!(found, published, "{file}");
        let met: Vec<bool> = told.iter().map(|row| row["active"] == "1").collect();
        let auc = |column: &str| {
            let p: Vec<f64> = told.iter().map(|row| row[column].parse().unwrap()).collect();
            weaktie::forecast::metrics::measure(&met, &p).unwrap().auc
        };
        let ours = auc("p_contact");
        for column in ["p_blend", "p_recency", "p_frequency"] {
            assert!(ours > auc(column), "{file}: {ours} against {column} {}", auc(column));
        }
    }
}
