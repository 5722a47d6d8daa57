//! Known graphs, the guarantee, and what several seeds agree upon.

use super::*;

/// Six cliques of five in a ring, joined by single ties.
fn ring_of_cliques() -> Flat {
    let clique =
        |c: usize| (0..5).flat_map(move |a| (a + 1..5).map(move |b| (c * 5 + a, c * 5 + b, 1.0)));
    let ring = (0..6).map(|c| (c * 5, (c * 5 + 6) % 30, 1.0));
    Flat::new(30, (0..6).flat_map(clique).chain(ring))
}

#[test]
fn cliques_are_found_whatever_the_seed() {
    for seed in 0..5 {
        let found = best_of(&ring_of_cliques(), 1.0, seed, 5);
        assert_eq!(found.count, 6);
        assert_eq!(found.of[..5], [0; 5]);
        // 6 · (10/66 − (22/132)²) = 0.7424…
        assert!((found.modularity.unwrap() - (60.0 / 66.0 - 1.0 / 6.0)).abs() < 1e-12);
        assert!(found.stability.iter().all(std::option::Option::is_some));
    }
}

#[test]
fn isolates_stay_alone_and_an_empty_graph_has_no_quality() {
    let found = best_of(&Flat::new(3, []), 1.0, 1, 3);
    assert_eq!((found.count, found.modularity), (3, None));
    assert_eq!(best_of(&Flat::new(0, []), 1.0, 1, 3).count, 0);
}

#[test]
fn every_community_is_connected() {
    for index in 0..400 {
        let mut stream = Stream::new(5, "connected", index);
        let edges: Vec<_> = (0..120)
            .map(|_| {
                let pair = (stream.index(60), stream.index(60));
                (pair.0, pair.1, stream.between(0.1, 2.0))
            })
            .collect();
        let flat = Flat::new(60, edges);
        let found = best_of(&flat, 1.0, index, 1);
        for label in 0..found.count {
            let members: Vec<usize> = (0..60).filter(|node| found.of[*node] == label).collect();
            let mut seen = [false; 60];
            let mut stack = vec![members[0]];
            while let Some(node) = stack.pop() {
                if !std::mem::replace(&mut seen[node], true) {
                    let others = flat.neighbours(node).iter().map(|other| *other as usize);
                    stack.extend(others.filter(|other| found.of[*other] == label));
                }
            }
            assert!(members.iter().all(|node| seen[*node]), "community {label} of {index}");
        }
    }
}
