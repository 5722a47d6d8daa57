//! Our measures against values of other libraries on published networks (`data/reference`).

use std::collections::BTreeMap;

use serde_json::Value;
use weaktie::analysis::cut_points::cut_points;
use weaktie::analysis::diversity::{hill, indices};
use weaktie::measures::betweenness::{betweenness, normalized};
use weaktie::measures::leiden;
use weaktie::measures::likeness::likeness;
use weaktie::measures::mixing::ei_index;
use weaktie::measures::structural_holes::{Holes, structural_holes};
use weaktie::network::Flat;

use crate::support::read;

const NETWORKS: [&str; 3] = ["karate", "florentine", "les_mis"];

struct Reference {
    flat: Flat,
    nodes: Vec<String>,
    json: Value,
}

fn reference(name: &str) -> Reference {
    let json: Value =
        serde_json::from_slice(&read(&format!("data/reference/{name}.json"))).expect("JSON");
    let nodes: Vec<String> = json["nodes"]
        .as_array()
        .expect("nodes")
        .iter()
        .map(|node| node.as_str().expect("an id").to_owned())
        .collect();
    let place: BTreeMap<&str, usize> =
        nodes.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    let csv = read(&format!("data/reference/{name}.csv"));
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let edges: Vec<(usize, usize, f64)> = reader
        .records()
        .map(|record| {
            let record = record.expect("a row");
            (place[&record[0]], place[&record[1]], record[2].parse().expect("a weight"))
        })
        .collect();
    assert_eq!(edges.len(), usize::try_from(json["m"].as_u64().expect("m")).expect("small"));
    Reference { flat: Flat::new(nodes.len(), edges), nodes, json }
}

impl Reference {
    fn check(&self, measure: &str, found: impl Iterator<Item = Option<f64>>) {
        let values = &self.json["measures"][measure]["values"];
        let Some(expected) = values.as_array() else {
            return;
        };
        let mut compared = 0;
        for ((expected, found), node) in expected.iter().zip(found).zip(&self.nodes) {
            match (expected.as_f64(), found) {
                (Some(expected), Some(found)) => {
                    assert!(
                        (expected - found).abs() < 1e-9,
                        "{measure} of {node}: {found}, not {expected}"
                    );
                }
                (None, None) => {}
                other => panic!("{measure} of {node}: {other:?}"),
            }
            compared += 1;
        }
        assert_eq!(compared, self.nodes.len());
    }
}

#[test]
fn structural_holes_agree() {
    type Part = (&'static str, fn(&Holes) -> Option<f64>);
    let parts: [Part; 4] = [
        ("constraint", |holes| holes.constraint),
        ("effective_size", |holes| holes.effective_size),
        ("efficiency", |holes| holes.efficiency),
        ("hierarchy", |holes| holes.hierarchy),
    ];
    for name in NETWORKS {
        let reference = reference(name);
        for (suffix, flat) in
            [("", reference.flat.unweighted()), ("_weighted", reference.flat.clone())]
        {
            let holes = structural_holes(&flat);
            for (measure, part) in parts {
                reference.check(&format!("{measure}{suffix}"), holes.iter().map(part));
            }
        }
    }
}

#[test]
fn betweenness_agrees() {
    for name in NETWORKS {
        let reference = reference(name);
        let raw = betweenness(&reference.flat);
        reference.check("betweenness", raw.iter().copied().map(Some));
        let n = reference.nodes.len();
        reference.check("betweenness_normalized", raw.iter().map(|value| normalized(*value, n)));
        let degree = (0..n).map(|node| Some(reference.flat.degree(node) as f64));
        reference.check("degree", degree);
    }
}

#[test]
fn articulation_points_agree() {
    for name in NETWORKS {
        let reference = reference(name);
        let mut expected: Vec<&str> = reference.json["articulation_points"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        expected.sort_unstable();
        let points = cut_points(&reference.flat);
        let mut found: Vec<&str> =
            points.iter().map(|p| reference.nodes[p.node].as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn leiden_comes_within_a_hundredth_of_the_best_known_modularity() {
    for name in NETWORKS {
        let reference = reference(name);
        let best = reference.json["best_found_modularity"]["value"].as_f64().expect("a value");
        let found = leiden::best_of(&reference.flat.unweighted(), 1.0, 1, leiden::RUNS);
        let quality = found.modularity.expect("ties");
        assert!(quality > best - 0.01 && quality <= best + 1e-9, "{name}: {quality}, best {best}");
    }
}

/// The full reference values, where they are at hand.
#[expect(clippy::print_stdout, reason = "says why a test did nothing")]
fn full(name: &str) -> Option<Reference> {
    let path = crate::support::root().join(format!("../shared/reference/{name}.json"));
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} is not there", path.display());
        return None;
    };
    Some(Reference { json: serde_json::from_str(&text).expect("JSON"), ..reference(name) })
}

#[test]
fn a_given_partition_has_the_published_modularity_and_ei_index() {
    let Some(reference) = full("karate") else { return };
    let partition = &reference.json["partition"];
    let labels: Vec<usize> = partition["labels"]
        .as_array()
        .expect("labels")
        .iter()
        .map(|label| usize::try_from(label.as_u64().expect("a label")).expect("small"))
        .collect();
    let unit = reference.flat.unweighted();
    for (key, found) in [
        ("modularity", leiden::modularity(&unit, &labels, 1.0)),
        ("modularity_weighted", leiden::modularity(&reference.flat, &labels, 1.0)),
        ("ei_index", ei_index(&unit, &labels)),
    ] {
        let expected = partition[key].as_f64().expect("a value");
        assert!((found.expect("ties") - expected).abs() < 1e-9, "{key}");
    }
}

#[test]
fn likeness_of_pairs_agrees() {
    for name in NETWORKS {
        let Some(reference) = full(name) else { return };
        let node = |id: &Value| {
            reference
                .nodes
                .iter()
                .position(|node| Some(node.as_str()) == id.as_str())
                .expect("a node")
        };
        let rows = reference.json["link_prediction"]["rows"].as_array().expect("rows");
        assert!(rows.len() > 50);
        for row in rows {
            let found = likeness(&reference.flat, node(&row[0]), node(&row[1]));
            let scores = [
                found.common as f64,
                found.adamic_adar,
                found.resource_allocation,
                found.jaccard.unwrap_or(0.0),
            ];
            for (score, expected) in scores.iter().zip(&row.as_array().expect("a row")[2..]) {
                let expected = expected.as_f64().expect("a score");
                assert!((score - expected).abs() < 1e-9, "{name} {row}: {score}");
            }
        }
    }
}

#[test]
fn hill_numbers_agree() {
    let json: Value = serde_json::from_slice(&read("data/reference/diversity.json")).expect("JSON");
    let orders = [
        ("hill_0", 0.0),
        ("hill_0.5", 0.5),
        ("hill_1", 1.0),
        ("hill_2", 2.0),
        ("hill_inf", f64::INFINITY),
    ];
    let vectors = json["vectors"].as_array().expect("vectors");
    assert!(vectors.len() > 10);
    for vector in vectors {
        let counts: Vec<f64> =
            vector["counts"].as_array().expect("counts").iter().filter_map(Value::as_f64).collect();
        for (key, q) in orders {
            match (vector[key].as_f64(), hill(&counts, q)) {
                (Some(expected), Some(found)) => {
                    assert!((expected - found).abs() < 1e-9, "{} {key}: {found}", vector["label"]);
                }
                // No classes at all: undefined here.
                (None, found) => assert!(found.is_none(), "{} {key}: {found:?}", vector["label"]),
                (Some(_), None) => {
                    assert!(counts.iter().sum::<f64>() <= 0.0, "{}", vector["label"]);
                }
            }
        }
        older_indices(vector, &counts);
    }
}

/// The indices of the literature, by the same vector; undefined where the reference has null.
fn older_indices(vector: &Value, counts: &[f64]) {
    type Index = fn(&[f64]) -> Option<f64>;
    let all: [(&str, Index); 8] = [
        ("shannon", indices::shannon),
        ("simpson", indices::gini_simpson),
        ("simpson_unbiased", indices::simpson_unbiased),
        ("pielou", indices::pielou),
        ("iqv", indices::qualitative_variation),
        ("gini", indices::gini),
        ("gini_unbiased", indices::gini_unbiased),
        ("berger_parker", indices::berger_parker),
    ];
    for (key, index) in all {
        let label = &vector["label"];
        match (vector[key].as_f64(), index(counts)) {
            (Some(expected), Some(found)) => {
                assert!((expected - found).abs() < 1e-9, "{label} {key}: {found}, not {expected}");
            }
            (expected, found) => assert_eq!(expected, found, "{label} {key}"),
        }
    }
}
