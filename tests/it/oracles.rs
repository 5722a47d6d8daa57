//! Our measures against values of other libraries on published networks (`data/reference`).

use std::collections::BTreeMap;

use serde_json::Value;
use weaktie::analysis::cut_points::cut_points;
use weaktie::analysis::diversity::hill;
use weaktie::analysis::leiden;
use weaktie::measures::betweenness::{betweenness, normalized};
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
    }
}
