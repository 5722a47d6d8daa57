//! Edge lists: every row accounted for, ties and people whole, and the same whatever the order of the rows.
#![no_main]

use weaktie_fuzz::edges::{self, EdgeList};

const HEADERS: &[&str] = &[
    "source,target\n",
    "source,target,weight\n",
    "a;b;weight\n",
    "from\tto\n",
    "weight,x,target,source\n",
    "",
    "1,2,0.5\n",
];

fn read(bytes: &[u8], name: &str) -> Option<EdgeList> {
    let folder = std::env::temp_dir().join(format!("weaktie-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    edges::read(&path).ok()
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [header, rows @ ..] = data else { return };
    let header = HEADERS[usize::from(*header) % HEADERS.len()];
    let Some(list) = read(&[header.as_bytes(), rows].concat(), "edges.csv") else { return };
    let account = &list.account;
    assert_eq!(account.rows_read, account.rows_used + account.rows_skipped);
    assert_eq!(account.counts.values().sum::<u64>(), account.rows_skipped);
    assert!(account.problems.iter().all(|problem| problem.line >= 1 && problem.column >= 1));
    assert_eq!(list.flat.len(), list.people.len());
    assert_eq!(list.flat.ties() as u64 + account.repeated, account.rows_used);
    assert!(list.flat.all_weights().iter().all(|weight| *weight > 0.0 && weight.is_finite()));
    for node in 0..list.flat.len() {
        let (neighbours, weights) = (list.flat.neighbours(node), list.flat.weights(node));
        assert!(neighbours.is_sorted_by(|a, b| a < b));
        for (other, weight) in neighbours.iter().zip(weights) {
            let back = list.flat.neighbours(*other as usize).binary_search(&(node as u32)).unwrap();
            assert!(list.flat.weights(*other as usize)[back].to_bits() == weight.to_bits());
        }
    }
    // Lines in the opposite order, where lines are rows: packed, wide and quoted text are other things.
    let is_plain = !header.is_empty() && !rows.contains(&b'"') && !rows.contains(&0);
    if is_plain && std::str::from_utf8(rows).is_ok() {
        let mut lines: Vec<&[u8]> = rows.split(|byte| *byte == b'\n').collect();
        lines.reverse();
        let mut other = header.as_bytes().to_vec();
        for line in lines {
            other.extend_from_slice(line);
            other.push(b'\n');
        }
        let other = read(&other, "edges.csv").expect("the same rows");
        assert!(other.people == list.people && other.account.counts == account.counts);
        assert_eq!(other.account.rows_used, account.rows_used);
    }
});
