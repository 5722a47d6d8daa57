//! How fast is each kernel against its sequential self, and how does it grow?
//!
//! Without a file: divan over generated networks, each kernel on one thread and on two. With an edge list and the
//! name of a kernel (`cargo bench --bench kernels -- FILE JOB`): one run on that network, as a JSON line with wall and
//! CPU seconds, which `peers_measure.py` sets beside other libraries. `RAYON_NUM_THREADS` sets the threads.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use divan::Bencher;
use weaktie::edges;
use weaktie::measures::betweenness::betweenness;
use weaktie::measures::betweenness_weighted::betweenness_weighted;
use weaktie::measures::blocks::blocks;
use weaktie::measures::clustering::{local, triangles};
use weaktie::measures::components::components;
use weaktie::measures::cores::core_numbers;
use weaktie::measures::distances::distances;
use weaktie::measures::pagerank::pagerank;
use weaktie::measures::path_sampling::betweenness_by_paths;
use weaktie::measures::structural_holes::structural_holes;
use weaktie::network::Flat;
use weaktie::random::Stream;

const SIZES: [usize; 3] = [1_000, 5_000, 20_000];
const THREADS: [usize; 2] = [1, 2];

/// A kernel by name; what it returns only keeps it from being optimised away.
type Kernel = (&'static str, fn(&Flat) -> usize);

const KERNELS: [Kernel; 11] = [
    ("betweenness", |flat| betweenness(flat).len()),
    ("betweenness-weighted", |flat| betweenness_weighted(flat).len()),
    ("betweenness-sampled", |flat| betweenness_by_paths(flat, 20_000, 1).samples),
    ("structural-holes", |flat| structural_holes(flat).len()),
    ("structural-holes-weighted", |flat| structural_holes(flat).len()),
    ("closeness", |flat| distances(flat).len()),
    ("clustering", |flat| local(flat, &triangles(flat)).len()),
    ("core-number", |flat| core_numbers(flat).len()),
    ("components", |flat| components(flat).sizes.len()),
    ("pagerank", |flat| pagerank(flat).len()),
    ("articulation", |flat| blocks(flat).ends.len()),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    match arguments.as_slice() {
        [file, job] if Path::new(file).is_file() => once(file, job),
        _ => {
            divan::main();
            ExitCode::SUCCESS
        }
    }
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "the result")]
#[expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
fn once(file: &str, job: &str) -> ExitCode {
    let Some((_, kernel)) = KERNELS.iter().find(|kernel| kernel.0 == job) else {
        eprintln!("no kernel {job}");
        return ExitCode::from(2);
    };
    let list = match edges::read(Path::new(file)) {
        Ok(list) => list,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(3);
        }
    };
    let flat = if job.ends_with("weighted") { list.flat } else { list.flat.unweighted() };
    // Short kernels are repeated, so that the clock of the CPU can tell them.
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let mut runs = 0;
    while runs == 0 || (start.elapsed().as_secs_f64() < 1.0 && runs < 10_000) {
        divan::black_box(kernel(divan::black_box(&flat)));
        runs += 1;
    }
    let (wall, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let runs = f64::from(runs);
    println!("{{\"job\":\"{job}\",\"wall\":{:.6},\"cpu\":{:.6}}}", wall / runs, cpu / runs);
    ExitCode::SUCCESS
}

/// CPU seconds of this process so far, all threads, in steps of 1/100; 0 where the system does not say.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(')').next().unwrap_or_default();
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Circles of 25 with two ties in three inside and a few across, tails here and there.
fn network(people: usize) -> Flat {
    let mut stream = Stream::new(1, "bench", people as u64);
    let edges: Vec<(usize, usize, f64)> = (0..people * 6)
        .map(|_| {
            let a = stream.index(people);
            let near = (a / 25 * 25 + stream.index(25)).min(people - 1);
            let b = if stream.chance(0.9) { near } else { stream.index(people) };
            (a, b, stream.between(0.1, 2.0))
        })
        .filter(|(a, b, _)| a % 7 > 0 || b % 3 > 0)
        .collect();
    Flat::new(people, edges)
}

fn kernel<const T: usize>(bencher: Bencher, people: usize, name: &str) {
    let flat = network(people);
    let flat = if name.ends_with("weighted") { flat } else { flat.unweighted() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(T).build();
    let found = KERNELS.iter().find(|kernel| kernel.0 == name);
    if let (Ok(pool), Some((_, run))) = (pool, found) {
        bencher.bench_local(|| pool.install(|| run(&flat)));
    }
}

/// One bench a kernel: sizes down, one and two threads across.
macro_rules! paired {
    ($($function:ident = $name:literal),* $(,)?) => {
        $(
            #[divan::bench(args = SIZES, consts = THREADS, max_time = 1)]
            fn $function<const T: usize>(bencher: Bencher, people: usize) {
                kernel::<T>(bencher, people, $name);
            }
        )*
    };
}

paired!(
    exact = "betweenness",
    weighted = "betweenness-weighted",
    sampled = "betweenness-sampled",
    burt = "structural-holes",
    burt_weighted = "structural-holes-weighted",
    closeness = "closeness",
    clustering = "clustering",
    cores = "core-number",
    parts = "components",
    page_rank = "pagerank",
    cut_points = "articulation",
);
