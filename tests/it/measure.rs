//! `weaktie measure` and `weaktie explain` through the program.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;
use weaktie::analysis::ANALYSES;
use weaktie::measures::catalogue::CATALOGUE;
use weaktie::random::Stream;
use weaktie::{glossary, measures::table::EPSILON};

use crate::support::{Sandbox, read, root};

const NETWORKS: [&str; 3] = ["karate", "florentine", "les_mis"];

/// Folders with reference values: ours, and the full ones where they are at hand.
#[expect(clippy::print_stdout, reason = "says why a test did less")]
fn references() -> Vec<PathBuf> {
    let full = root().join("../shared/reference");
    if !full.exists() {
        println!("skipped: {} is not there", full.display());
        return vec![root().join("data/reference")];
    }
    vec![root().join("data/reference"), full]
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// The measures of everybody, by id.
fn people(found: &Value) -> BTreeMap<String, Value> {
    let people = found["people"].as_array().expect("people");
    let one = |person: &Value| {
        (person["id"].as_str().expect("an id").to_owned(), person["measures"].clone())
    };
    people.iter().map(one).collect()
}

/// The id under which the program gives a reference's measure.
fn id_of(key: &str) -> String {
    match key {
        "closeness_wf" => "closeness".to_owned(),
        other => other.replace('_', "-"),
    }
}

fn close(found: &Value, expected: &Value, tolerance: f64) -> bool {
    match (found.as_f64(), expected.as_f64()) {
        (Some(found), Some(expected)) => (found - expected).abs() < tolerance,
        (None, None) => found.is_null() && expected.is_null(),
        _ => false,
    }
}

#[test]
fn every_reference_value_agrees() {
    let sandbox = Sandbox::new();
    for folder in references() {
        for name in NETWORKS {
            let expected = json(
                &std::fs::read_to_string(folder.join(format!("{name}.json"))).expect("a file"),
            );
            let csv = folder.join(format!("{name}.csv")).display().to_string();
            let run = sandbox.weaktie(&["measure", &csv, "--weighted", "--json"]);
            assert_eq!(run.code(), 0, "{}", run.stderr());
            let found = json(&run.stdout());
            let people = people(&found);
            let nodes = expected["nodes"].as_array().expect("nodes");
            assert_eq!(people.len(), nodes.len());
            let measures = expected["measures"].as_object().expect("measures");
            assert!(measures.len() >= 5);
            for (key, measure) in measures {
                let tolerance = if key.starts_with("pagerank") { 1e-8 } else { 1e-9 };
                let values = measure["values"].as_array().expect("values");
                for (node, expected) in nodes.iter().zip(values) {
                    let node = node.as_str().expect("an id");
                    let found = &people[node][id_of(key)];
                    assert!(
                        close(found, expected, tolerance),
                        "{name} {key} of {node}: {found}, not {expected}"
                    );
                }
            }
            of_the_whole(name, &found["network"], &expected);
        }
    }
}

fn of_the_whole(name: &str, found: &Value, expected: &Value) {
    for key in
        ["transitivity", "average_clustering", "triangles", "density", "assortativity_degree"]
    {
        if !expected[key].is_null() {
            assert!(close(&found[id_of(key)], &expected[key], 1e-9), "{name} {key}");
        }
    }
    let sorted = |list: &Value| -> Vec<String> {
        let mut words: Vec<String> =
            list.as_array().expect("a list").iter().map(ToString::to_string).collect();
        words.sort_unstable();
        words
    };
    assert_eq!(sorted(&found["articulation-points"]), sorted(&expected["articulation_points"]));
    if let Some(bridges) = expected["bridges"].as_array() {
        let pair = |pair: &Value| {
            let mut ends = [pair[0].to_string(), pair[1].to_string()];
            ends.sort_unstable();
            ends
        };
        let ours = found["bridges"].as_array().expect("bridges").iter().map(pair);
        let (mut ours, mut theirs): (Vec<_>, Vec<_>) =
            (ours.collect(), bridges.iter().map(pair).collect());
        ours.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(ours, theirs, "{name}");
    }
    if !expected["components"].is_null() {
        assert_eq!(found["components"], expected["components"]["count"]);
        assert_eq!(found["component-sizes"], expected["components"]["sizes"]);
    }
}

/// A network of circles with tails, a second component, a loop, a repeated tie and weights.
fn rows() -> Vec<String> {
    let mut stream = Stream::new(4, "measure", 0);
    let mut rows: Vec<String> = (0..3_000)
        .map(|_| {
            let a = stream.index(700);
            let near = a / 30 * 30 + stream.index(30);
            let b = if stream.chance(0.8) { near } else { stream.index(700) };
            format!("p{a},p{b},{:.2}", stream.between(0.1, 5.0))
        })
        .collect();
    rows.extend((0..40).map(|tail| format!("p{},tail{tail},1", tail * 3)));
    rows.extend(["x,y,1", "y,z,2", "y,x,3", "x,x,1", "p1,p2,0"].map(str::to_owned));
    rows
}

fn table(rows: &[String]) -> String {
    format!("source,target,weight\n{}\n", rows.join("\n"))
}

#[test]
fn threads_and_the_order_of_rows_do_not_matter() {
    let sandbox = Sandbox::new();
    let mut rows = rows();
    sandbox.file("edges.csv", table(&rows));
    let run = |file: &str, threads: &str| {
        let run = sandbox.weaktie(&["measure", file, "--weighted", "--csv", "--threads", threads]);
        assert_eq!(run.code(), 0, "{}", run.stderr());
        run.stdout()
    };
    let one = run("edges.csv", "1");
    assert!(one.lines().count() > 600);
    for threads in ["2", "8"] {
        assert!(run("edges.csv", threads) == one, "{threads} threads give other bytes");
    }
    Stream::new(4, "rows", 0).shuffle(&mut rows);
    sandbox.file("shuffled.csv", table(&rows));
    assert!(run("shuffled.csv", "2") == one, "another order of rows gives other bytes");
}

#[test]
fn other_names_change_nothing() {
    let sandbox = Sandbox::new();
    let rows = rows();
    sandbox.file("edges.csv", table(&rows));
    // The same network under names in the opposite order.
    let renamed = |id: &str| {
        id.bytes().map(|b| format!("{:03}", 255 - u32::from(b))).collect::<Vec<_>>().concat()
    };
    let other: Vec<String> = rows
        .iter()
        .map(|row| {
            let fields: Vec<&str> = row.split(',').collect();
            format!("k{},k{},{}", renamed(fields[0]), renamed(fields[1]), fields[2])
        })
        .collect();
    sandbox.file("other.csv", table(&other));
    let found = |file: &str| {
        people(&json(&sandbox.weaktie(&["measure", file, "--weighted", "--json"]).stdout()))
    };
    let (first, second) = (found("edges.csv"), found("other.csv"));
    assert_eq!(first.len(), second.len());
    for (id, measures) in &first {
        let others = &second[&format!("k{}", renamed(id))];
        for (measure, value) in measures.as_object().expect("measures") {
            // Components of one size are numbered by their first member's name; of several divisions into communities
            // that are nearly as good, which is found hangs on the order of names.
            if ["component", "community", "participation"].contains(&measure.as_str()) {
                continue;
            }
            let size = value.as_f64().unwrap_or(0.0).abs().max(1.0);
            assert!(
                close(value, &others[measure], 1e-12 * size),
                "{measure} of {id}: {value}, renamed {}",
                others[measure]
            );
        }
    }
}

/// Where other libraries go astray (`methods` D.1 and the notes of the reference values).
#[test]
fn traps_of_other_libraries() {
    let sandbox = Sandbox::new();
    let measured = |rows: &str| {
        sandbox.file("edges.csv", format!("source,target,weight\n{rows}"));
        let run = sandbox.weaktie(&["measure", "edges.csv", "--weighted", "--json"]);
        people(&json(&run.stdout()))
    };
    // A loop at the middle of a path changes nothing; neither does a tie of weight 0 between the ends.
    let path = measured("0,1,1\n1,2,1\n1,1,5\n0,2,0\n");
    for (node, constraint) in [("0", 1.0), ("1", 0.5), ("2", 1.0)] {
        assert!(close(&path[node]["constraint"], &constraint.into(), 1e-12));
        assert!(close(&path[node]["constraint-weighted"], &constraint.into(), 1e-12));
    }
    // Contacts who share no tie all count: the effective size of the middle is its degree.
    assert!(close(&path["1"]["effective-size"], &2.0.into(), 1e-12));
    assert!(close(&path["0"]["effective-size"], &1.0.into(), 1e-12));
    // A single contact has no hierarchy. Constraint may exceed 1.
    assert!(path["0"]["hierarchy"].is_null() && !path["1"]["hierarchy"].is_null());
    let triangle = measured("a,b,1\nb,c,1\nc,a,1\n");
    assert!(close(&triangle["a"]["constraint"], &1.125.into(), 1e-12));
    // In effective size m_jq is over the largest tie of j, the contact: at a, b's largest tie is 4 and c's is 4.
    // 1 − p_ac m_bc + 1 − p_ab m_cb = 2 − (1/3)(4/4) − (2/3)(4/4) = 1.
    let uneven = measured("a,b,2\na,c,1\nb,c,4\n");
    assert!(close(&uneven["a"]["effective-size-weighted"], &1.0.into(), 1e-12));
    // At b: 2 − p_bc m_ac − p_ba m_ca = 2 − (4/6)(1/2) − (2/6)(1/4) = 19/12.
    assert!(close(&uneven["b"]["effective-size-weighted"], &(19.0 / 12.0).into(), 1e-12));
    // Ways of equal length 1/10 + 1/5 and 3/10 share the pair.
    let lengths = measured("0,1,10\n1,2,5\n0,2,3.3333333333333335\n");
    assert!(close(&lengths["1"]["betweenness-weighted"], &0.5.into(), 1e-12));
    // In a network in parts closeness is scaled by the part, or not: both are there. An isolate has neither.
    let parts = measured("a,b,1\nc,d,1\nd,e,1\nx,x,1\n");
    assert!(close(&parts["a"]["closeness"], &0.2.into(), 1e-12));
    assert!(close(&parts["a"]["closeness-component"], &1.0.into(), 1e-12));
    assert!(parts["x"]["closeness"].is_null() && parts["x"]["constraint"].is_null());
}

#[test]
fn every_format_says_the_same() {
    let sandbox = Sandbox::new();
    sandbox.file("edges.csv", "a,b\nana,bo\nbo,cy\ncy,ana\ncy,\"dee, x\"\n");
    let arguments = ["measure", "edges.csv", "--measures", "degree,constraint"];
    let run = |more: &[&str]| sandbox.weaktie(&[&arguments[..], more].concat());
    let csv = run(&["--csv"]).stdout();
    assert_eq!(csv.lines().next(), Some("id,degree,constraint"));
    assert!(csv.lines().any(|line| line == "\"dee, x\",1,1"), "{csv}");
    assert_eq!(run(&["--out", "out.csv"]).code(), 0);
    assert_eq!(std::fs::read_to_string(sandbox.path("out.csv")).expect("a file"), csv);
    let found = json(&run(&["--json"]).stdout());
    assert_eq!(people(&found)["dee, x"]["constraint"], 1);
    assert_eq!(run(&["--out", "out.parquet"]).code(), 0);
    // Its own tables are edge lists too: the first two columns.
    let again = sandbox.weaktie(&["measure", "out.parquet", "--csv", "--measures", "degree"]);
    assert!(again.stdout().contains("\"dee, x\",1"), "{}{}", again.stdout(), again.stderr());
    let text = run(&[]).stdout();
    assert!(text.contains("constraint") && text.contains("highest at"), "{text}");
    assert_eq!(sandbox.entries(), ["edges.csv", "out.csv", "out.parquet"]);
}

#[test]
fn weights_come_in_on_request_only() {
    let sandbox = Sandbox::new();
    sandbox.file("edges.csv", "source,target,weight\na,b,2\nb,c,1\nc,a,1\n");
    let columns = |more: &[&str]| {
        let run = sandbox.weaktie(&[&["measure", "edges.csv", "--csv"], more].concat());
        let header = run.stdout().lines().next().expect("a header").to_owned();
        header.split(',').map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(columns(&[]).iter().all(|id| !id.contains("weighted") && id != "strength"));
    assert_eq!(columns(&["--weighted"]).len(), 1 + CATALOGUE.len());
    assert_eq!(
        columns(&["--weighted", "--measures", "pagerank"]),
        ["id", "pagerank", "pagerank-weighted"]
    );
    assert_eq!(columns(&["--measures", "strength, degree"]), ["id", "degree", "strength"]);
}

#[test]
fn rows_are_accounted_for_and_gzip_is_read() {
    use std::io::Write;
    let sandbox = Sandbox::new();
    let text = "source,target,weight\na,b,1\nb,a,1\na,a,1\nb,c,0\nc,d,-1\nc,d\n";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(text.as_bytes()).expect("memory");
    sandbox.file("edges.csv.gz", packed.finish().expect("memory"));
    let run = sandbox.weaktie(&["measure", "edges.csv.gz", "--json"]);
    let input = &json(&run.stdout())["input"];
    let count = |key: &str| input[key].as_u64().expect("a count");
    assert_eq!((count("rows_read"), count("rows_used"), count("rows_skipped")), (6, 2, 4));
    assert_eq!(count("repeated"), 1);
    assert_eq!(input["problems"][0]["line"], 4);
    assert!(run.stderr().contains("skipped as self-loop (line 4)"), "{}", run.stderr());
}

#[test]
fn wrong_calls_get_one_clear_sentence() {
    let sandbox = Sandbox::new();
    sandbox.file("edges.csv", "source,target\na,b\n");
    sandbox.file("loops.csv", "source,target\na,a\n");
    for (arguments, code, says) in [
        (vec!["edges.csv", "--measures", "betweeness"], 2, "did you mean `betweenness`?"),
        (vec!["edges.csv", "--parquet"], 2, "--out"),
        (vec!["edges.csv", "--out", "x.txt"], 2, "format"),
        (vec!["nowhere.csv"], 4, "nowhere.csv"),
        (vec!["loops.csv"], 3, "no row gives a tie"),
        (vec!["edges.csv", "--json", "--csv"], 2, "cannot be used with"),
    ] {
        let run = sandbox.weaktie(&[&["measure"], &arguments[..]].concat());
        assert_eq!(run.code(), code, "{arguments:?}: {}", run.stderr());
        assert!(run.stderr().contains(says) && run.stdout().is_empty(), "{}", run.stderr());
    }
}

/// A ring with chords, too large for the exact answer unasked would take long to measure here; so the library is asked.
#[test]
fn the_estimate_keeps_its_promise() {
    use weaktie::measures::{betweenness, path_sampling};
    use weaktie::network::Flat;
    let mut stream = Stream::new(6, "estimate", 0);
    let ring = (0..400).map(|node| (node, (node + 1) % 400, 1.0));
    let chords: Vec<_> = (0..200).map(|_| (stream.index(400), stream.index(400), 1.0)).collect();
    let flat = Flat::new(400, ring.chain(chords));
    let samples = path_sampling::samples_for(EPSILON, path_sampling::vertex_diameter(&flat));
    let found = path_sampling::betweenness_by_paths(&flat, samples, 1);
    let pairs = 400.0 * 399.0 / 2.0;
    for (node, exact) in betweenness::betweenness(&flat).into_iter().enumerate() {
        assert!((found.estimate[node] - exact).abs() < EPSILON * pairs);
        assert!(found.low[node] <= exact && exact <= found.high[node]);
    }
}

#[test]
fn explain_knows_every_measure_and_points_out_slips() {
    let sandbox = Sandbox::new();
    let analyses = ANALYSES.iter().flat_map(|analysis| analysis.measures()).map(|m| m.id);
    for id in analyses.chain(CATALOGUE.iter().map(|entry| entry.id)) {
        assert!(glossary::find(id).is_some(), "{id} is not explained");
    }
    let run = sandbox.weaktie(&["explain", "constraint"]);
    assert_eq!(run.code(), 0);
    for says in ["Formula: C_i", "Edge cases: ", "9/8", "Burt 1992"] {
        assert!(run.stdout().contains(says), "{}", run.stdout());
    }
    assert!(sandbox.weaktie(&["explain", "active", "tie"]).stdout().starts_with("active-ties"));
    let all = sandbox.weaktie(&["explain"]).stdout();
    assert!(glossary::all().all(|term| all.contains(term.id)), "{all}");
    let slip = sandbox.weaktie(&["explain", "constrant"]);
    assert_eq!(slip.code(), 2);
    assert!(slip.stderr().contains("did you mean `constraint`?"), "{}", slip.stderr());
}

#[test]
fn the_readme_names_the_commands() {
    let readme = String::from_utf8(read("README.md")).expect("UTF-8");
    assert!(readme.contains("weaktie measure") && readme.contains("weaktie explain"));
}
