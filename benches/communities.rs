//! How good and how fast are the communities, and what do the what-ifs and intervals cost?
//!
//! Without a file: divan over generated networks. With an edge list (`cargo bench --bench communities -- FILE u|w RUNS
//! [LABELS]`, `u` = every tie alike): single seeds, then the best of RUNS, as JSON lines with wall and CPU seconds and
//! modularity, which `peers_communities.py` sets beside other libraries; the labels of the best go to LABELS.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use divan::Bencher;
use weaktie::edges;
use weaktie::measures::bridging::bridging;
use weaktie::measures::leiden::{Partition, best_of};
use weaktie::measures::resampling::firmness;
use weaktie::measures::what_if::Ego;
use weaktie::network::Flat;
use weaktie::random::Stream;

const SIZES: [usize; 3] = [1_000, 5_000, 30_000];
/// Single seeds timed.
const SEEDS: u64 = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.as_slice() {
        [file, weights, runs, labels @ ..] if Path::new(file).is_file() => {
            once(file, weights, runs.parse().unwrap_or(20), labels.first().map(String::as_str))
        }
        _ => {
            divan::main();
            ExitCode::SUCCESS
        }
    }
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "the result")]
fn once(file: &str, weights: &str, runs: u64, labels: Option<&str>) -> ExitCode {
    let list = match edges::read(Path::new(file)) {
        Ok(list) => list,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(3);
        }
    };
    let flat = if weights == "w" { list.flat } else { list.flat.unweighted() };
    for seed in 0..SEEDS.min(runs) {
        println!("{}", timed("one", 1, || best_of(&flat, 1.0, seed, 1)).1);
    }
    let (found, line) = timed("best", runs, || best_of(&flat, 1.0, 1, runs));
    println!("{line}");
    if let Some(path) = labels {
        let rows =
            list.people.iter().zip(&found.of).map(|(name, label)| format!("{name},{label}\n"));
        let text: String = std::iter::once("node,label\n".to_owned()).chain(rows).collect();
        if let Err(error) = std::fs::write(path, text) {
            eprintln!("{path}: {error}");
            return ExitCode::from(3);
        }
    }
    ExitCode::SUCCESS
}

#[expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
fn timed(job: &str, runs: u64, run: impl Fn() -> Partition) -> (Partition, String) {
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let found = divan::black_box(run());
    let (wall, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let quality = found.modularity.unwrap_or(0.0);
    let line = format!(
        "{{\"job\":\"{job}\",\"runs\":{runs},\"wall\":{wall:.5},\"cpu\":{cpu:.5},\"modularity\":{quality:.6},\
         \"communities\":{}}}",
        found.count
    );
    (found, line)
}

/// CPU seconds of this process so far, all threads that run still, by the scheduler's account in nanoseconds; 0 where the system
/// does not say.
fn cpu_seconds() -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let spent = tasks.filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    });
    spent.sum::<f64>() / 1e9
}

/// Circles of 25 with two ties in three inside and a few across.
fn network(people: usize) -> Flat {
    let mut stream = Stream::new(1, "bench", people as u64);
    let edges: Vec<(usize, usize, f64)> = (0..people * 3)
        .map(|_| {
            let a = stream.index(people);
            let near = (a / 25 * 25 + stream.index(25)).min(people - 1);
            let b = if stream.chance(0.9) { near } else { stream.index(people) };
            (a, b, stream.between(0.1, 2.0))
        })
        .collect();
    Flat::new(people, edges)
}

fn circles(people: usize) -> Vec<Option<usize>> {
    (0..people).map(|node| Some(node / 25)).collect()
}

#[divan::bench(args = SIZES, max_time = 2)]
fn best_of_20(bencher: Bencher, people: usize) {
    let flat = network(people);
    bencher.bench_local(|| best_of(&flat, 1.0, 1, 20));
}

#[divan::bench(args = SIZES, max_time = 2)]
fn bridges(bencher: Bencher, people: usize) {
    let (flat, of) = (network(people), circles(people));
    bencher.bench_local(|| bridging(&flat, &of));
}

#[divan::bench(args = SIZES, max_time = 2)]
fn intervals_of_100_bridges(bencher: Bencher, people: usize) {
    let (flat, of) = (network(people), circles(people));
    let (events, who) = (vec![3; flat.ties()], (0..100).collect::<Vec<usize>>());
    let now = bridging(&flat, &of).standings;
    bencher.bench_local(|| firmness(&flat, &events, &of, (&now, &who), (100, 1)));
}

#[divan::bench(args = SIZES, max_time = 2)]
fn every_tie_strengthened(bencher: Bencher, people: usize) {
    let flat = network(people);
    let weights: Vec<f64> = (0..people).map(|node| 0.5 + (node % 7) as f64 / 3.0).collect();
    bencher.bench_local(|| {
        let ego = Ego::new(&flat, &weights);
        (0..people).filter_map(|node| ego.with(node, 3.0).effective_size).sum::<f64>()
    });
}

#[divan::bench(args = SIZES, max_time = 2)]
fn a_hundred_removals(bencher: Bencher, people: usize) {
    let flat = network(people);
    let ego = Ego::new(&flat, &vec![1.0; people]);
    bencher.bench_local(|| (0..100).filter_map(|node| ego.with(node, 0.0).constraint).sum::<f64>());
}
