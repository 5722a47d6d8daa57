//! How do the graph measures grow with the network, and what do two threads give?
//!
//! Networks of the size of 150 to 5,000 contacts with about six ties each; the same network in each column.

use divan::Bencher;
use weaktie::analysis::cut_points::cut_points;
use weaktie::analysis::diversity::sampling::{Classed, intervals};
use weaktie::analysis::diversity::unknowns::unknowns;
use weaktie::measures::betweenness::{betweenness, betweenness_within};
use weaktie::measures::leiden::best_of;
use weaktie::measures::structural_holes::structural_holes;
use weaktie::network::Flat;
use weaktie::random::Stream;

const SIZES: [usize; 4] = [150, 1_000, 2_000, 5_000];
const THREADS: [usize; 2] = [1, 2];

fn main() {
    divan::main();
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

fn with_threads<T: Send>(bencher: Bencher, threads: usize, people: usize, run: fn(&Flat) -> T) {
    let flat = network(people);
    if let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        bencher.bench_local(|| pool.install(|| run(&flat)));
    }
}

#[divan::bench(args = SIZES, consts = THREADS, max_time = 2)]
fn exact_betweenness<const T: usize>(bencher: Bencher, people: usize) {
    with_threads(bencher, T, people, betweenness);
}

#[divan::bench(args = SIZES, consts = THREADS, max_time = 2)]
fn sampled_betweenness<const T: usize>(bencher: Bencher, people: usize) {
    with_threads(bencher, T, people, |flat| betweenness_within(flat, (0, 100 * flat.ties()), 1));
}

#[divan::bench(args = SIZES, consts = THREADS, max_time = 2)]
fn burt<const T: usize>(bencher: Bencher, people: usize) {
    with_threads(bencher, T, people, structural_holes);
}

#[divan::bench(args = SIZES, consts = THREADS, max_time = 2)]
fn leiden_of_20_seeds<const T: usize>(bencher: Bencher, people: usize) {
    with_threads(bencher, T, people, |flat| best_of(flat, 1.0, 1, 20));
}

#[divan::bench(args = SIZES, max_time = 2)]
fn articulation_points(bencher: Bencher, people: usize) {
    with_threads(bencher, 1, people, cut_points);
}

/// People with one of `classes` kinds, three in ten of them unknown, and skewed attention.
fn classed(people: usize, classes: u32) -> (Vec<Option<u32>>, Vec<f64>) {
    let mut stream = Stream::new(1, "bench-classes", people as u64);
    let class = (0..people).map(|_| {
        let known = stream.chance(0.7);
        known.then(|| stream.below_u32(classes))
    });
    let class: Vec<Option<u32>> = class.collect();
    let attention = (0..people).map(|_| libm::exp(stream.normal())).collect();
    (class, attention)
}

/// Intervals of eight attributes by heads and by attention: 500 resamples.
#[divan::bench(args = [1_000, 30_000], consts = THREADS, max_time = 4)]
fn intervals_of_eight_attributes<const T: usize>(bencher: Bencher, people: usize) {
    let (class, attention) = classed(people, 24);
    let attributes = [Classed { class: &class, classes: 24 }; 8];
    if let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(T).build() {
        bencher.bench_local(|| pool.install(|| intervals(&attention, &attributes, 1)));
    }
}

/// What three unknown in ten could change: 500 completions.
#[divan::bench(args = [1_000, 30_000], consts = THREADS, max_time = 4)]
fn unknown_classes<const T: usize>(bencher: Bencher, people: usize) {
    let (class, attention) = classed(people, 24);
    let tied = vec![None; people];
    if let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(T).build() {
        let attribute = Classed { class: &class, classes: 24 };
        bencher
            .bench_local(|| pool.install(|| unknowns(&attention, &attribute, &tied, (1, "bench"))));
    }
}
