//! Chosen measures of a network -> one table: a column a measure, a row a node, and numbers of the whole.

use std::collections::BTreeSet;

use super::catalogue::{Entry, Kernel, SAMPLED};
use super::{
    betweenness, betweenness_weighted, blocks, clustering, components, cores, distances, leiden,
    mixing, pagerank, path_sampling, roles, structural_holes,
};
use crate::network::Flat;

/// People × ties up to which exact betweenness is computed unasked.
pub const EXACT_LIMIT: u64 = 10_000_000_000;
/// The same with weights, which take longer.
pub const WEIGHTED_LIMIT: u64 = 2_000_000_000;
/// The same for closeness, whose searches run many at once.
pub const DISTANCES_LIMIT: u64 = 500_000_000_000;
/// Normalised error that the estimate of betweenness keeps below.
pub const EPSILON: f64 = 0.005;

/// How to measure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Exact values whatever they cost.
    pub exact: bool,
    /// Seed of the estimate.
    pub seed: u64,
}

/// One measure of all nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The measure's id.
    pub id: &'static str,
    /// By node; `None` = undefined.
    pub values: Vec<Option<f64>>,
}

/// A number, or a list of nodes or ties, of the whole network.
#[derive(Debug, Clone, PartialEq)]
pub enum Whole {
    /// A number; `None` = undefined.
    Number(Option<f64>),
    /// Sizes.
    Sizes(Vec<u32>),
    /// Nodes.
    Nodes(Vec<u32>),
    /// Ties.
    Ties(Vec<(u32, u32)>),
}

/// The measures of a network.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// In the order of the catalogue.
    pub columns: Vec<Column>,
    /// Of the whole, by id.
    pub whole: Vec<(&'static str, Whole)>,
    /// What was estimated or left out, and why.
    pub notes: Vec<String>,
}

/// Measures a network.
///
/// ```
/// use weaktie::measures::{catalogue, table};
/// use weaktie::network::Flat;
/// let path = Flat::new(3, [(0, 1, 1.0), (1, 2, 1.0)]);
/// let chosen = [catalogue::entry("constraint").unwrap()];
/// let found = table::measure(&path, &chosen, table::Options::default());
/// assert_eq!(found.columns[0].values, [Some(1.0), Some(0.5), Some(1.0)]);
/// ```
#[must_use]
pub fn measure(flat: &Flat, chosen: &[&Entry], options: Options) -> Table {
    let kernels: BTreeSet<Kernel> = chosen.iter().map(|entry| entry.kernel).collect();
    // Most kernels never look at weights; only these two would.
    let wants_unit = |kernel: Kernel| matches!(kernel, Kernel::Holes | Kernel::PageRank);
    let unit = kernels.iter().any(|kernel| wants_unit(*kernel)).then(|| flat.unweighted());
    let mut all = Table::default();
    all.number("people", Some(flat.len() as f64));
    all.number("ties", Some(flat.ties() as f64));
    all.number("density", mixing::density(flat));
    all.number("assortativity-degree", mixing::assortativity(flat));
    for kernel in kernels {
        let input = unit.as_ref().filter(|_| wants_unit(kernel)).unwrap_or(flat);
        run(kernel, input, options, &mut all);
    }
    let wanted: BTreeSet<&str> = chosen.iter().map(|entry| entry.id).collect();
    let is_wanted = |id: &str| wanted.contains(id) || SAMPLED.contains(&id);
    all.columns.retain(|column| is_wanted(column.id));
    let place = |id: &str| super::catalogue::CATALOGUE.iter().position(|entry| entry.id == id);
    // Estimates stand where betweenness would.
    all.columns.sort_by_key(|column| place(column.id).or(place("betweenness")));
    all
}

/// Seconds that exact betweenness takes on one core of a laptop, roughly.
#[must_use]
pub fn seconds_exact(flat: &Flat, is_weighted: bool) -> f64 {
    let steps = flat.len() as f64 * flat.ties() as f64;
    steps * if is_weighted { 5e-8 } else { 2e-9 }
}

fn cost(flat: &Flat) -> u64 {
    (flat.len() as u64).saturating_mul(flat.ties() as u64)
}

impl Table {
    fn column(&mut self, id: &'static str, values: impl Iterator<Item = Option<f64>>) {
        self.columns.push(Column { id, values: values.collect() });
    }

    fn numbers(&mut self, id: &'static str, values: impl Iterator<Item = f64>) {
        self.column(id, values.map(Some));
    }

    fn number(&mut self, id: &'static str, value: Option<f64>) {
        self.whole.push((id, Whole::Number(value)));
    }
}

fn run(kernel: Kernel, flat: &Flat, options: Options, all: &mut Table) {
    let nodes = 0..flat.len();
    match kernel {
        Kernel::Ties => {
            all.numbers("degree", nodes.clone().map(|node| flat.degree(node) as f64));
            all.numbers("strength", nodes.map(|node| flat.strength(node)));
        }
        Kernel::Betweenness => between(flat, options, all),
        Kernel::BetweennessWeighted => between_weighted(flat, options, all),
        Kernel::Distances => near(flat, options, all),
        Kernel::Holes => {
            holes(flat, all, ["constraint", "effective-size", "efficiency", "hierarchy"]);
        }
        Kernel::HolesWeighted => {
            let ids = [
                "constraint-weighted",
                "effective-size-weighted",
                "efficiency-weighted",
                "hierarchy-weighted",
            ];
            holes(flat, all, ids);
        }
        Kernel::Triangles => closed(flat, all),
        Kernel::Barrat => all.numbers("clustering-barrat", clustering::barrat(flat).into_iter()),
        Kernel::Onnela => all.numbers("clustering-onnela", clustering::onnela(flat).into_iter()),
        Kernel::Embedded => {
            let found = clustering::embedded(flat);
            all.column("embeddedness", found.iter().map(|node| node.embeddedness));
            all.numbers("local-bridges", found.iter().map(|node| node.local_bridges as f64));
            let ends: usize = found.iter().map(|node| node.local_bridges).sum();
            all.number("local-bridges", Some((ends / 2) as f64));
        }
        Kernel::Cores => {
            let found = cores::core_numbers(flat);
            all.number("largest-core-number", found.iter().max().map(|most| f64::from(*most)));
            all.numbers("core-number", found.into_iter().map(f64::from));
        }
        Kernel::PageRank => all.numbers("pagerank", pagerank::pagerank(flat).into_iter()),
        Kernel::PageRankWeighted => {
            all.numbers("pagerank-weighted", pagerank::pagerank(flat).into_iter());
        }
        Kernel::Blocks => parted(flat, all),
        Kernel::Components => {
            let found = components::components(flat);
            all.number("components", Some(found.sizes.len() as f64));
            all.numbers("component", found.of.iter().map(|part| f64::from(*part)));
            let size = |part: &u32| f64::from(found.sizes[*part as usize]);
            all.numbers("component-size", found.of.iter().map(size));
            all.whole.push(("component-sizes", Whole::Sizes(found.sizes)));
        }
        Kernel::Communities => grouped(flat, options, all),
    }
}

fn between(flat: &Flat, options: Options, all: &mut Table) {
    let people = flat.len();
    if options.exact || cost(flat) <= EXACT_LIMIT {
        let found = betweenness::betweenness(flat);
        let normalized = found.iter().map(|raw| betweenness::normalized(*raw, people));
        all.column("betweenness-normalized", normalized);
        all.numbers("betweenness", found.into_iter());
        return;
    }
    let samples = path_sampling::samples_for(EPSILON, path_sampling::vertex_diameter(flat));
    let found = path_sampling::betweenness_by_paths(flat, samples, options.seed);
    all.notes.push(format!(
        "betweenness is estimated from {samples} shortest ways: with 90% confidence all intervals \
         betweenness-sampled-low..-high hold, and every normalised error is below {EPSILON}; --exact would take about \
         {:.0} minutes on one core",
        seconds_exact(flat, false) / 60.0
    ));
    for (id, values) in SAMPLED.into_iter().zip([found.estimate, found.low, found.high]) {
        all.numbers(id, values.into_iter());
    }
}

fn between_weighted(flat: &Flat, options: Options, all: &mut Table) {
    if !options.exact && cost(flat) > WEIGHTED_LIMIT {
        let minutes = seconds_exact(flat, true) / 60.0;
        all.notes.push(format!(
            "betweenness-weighted is left out: it would take about {minutes:.0} minutes on one core; --exact computes it"
        ));
        return;
    }
    let found = betweenness_weighted::betweenness_weighted(flat);
    all.numbers("betweenness-inverse-weight", found.iter().copied());
    all.numbers("betweenness-weighted", found.into_iter());
}

fn near(flat: &Flat, options: Options, all: &mut Table) {
    if !options.exact && cost(flat) > DISTANCES_LIMIT {
        let note = "closeness, closeness-component and harmonic are left out: the network is too large; --exact \
                    computes them";
        all.notes.push(note.to_owned());
        return;
    }
    let found = distances::distances(flat);
    all.column("closeness", found.iter().map(|node| node.closeness(flat.len())));
    all.column("closeness-component", found.iter().map(distances::Distances::within));
    all.numbers("harmonic", found.iter().map(|node| node.harmonic));
}

fn holes(flat: &Flat, all: &mut Table, ids: [&'static str; 4]) {
    let found = structural_holes::structural_holes(flat);
    all.column(ids[0], found.iter().map(|node| node.constraint));
    all.column(ids[1], found.iter().map(|node| node.effective_size));
    all.column(ids[2], found.iter().map(|node| node.efficiency));
    all.column(ids[3], found.iter().map(|node| node.hierarchy));
}

fn closed(flat: &Flat, all: &mut Table) {
    let triangles = clustering::triangles(flat);
    let local = clustering::local(flat, &triangles);
    let mean = local.iter().sum::<f64>() / local.len().max(1) as f64;
    all.number("triangles", Some(triangles.iter().sum::<u64>() as f64 / 3.0));
    all.number("transitivity", clustering::transitivity(flat, &triangles));
    all.number("average-clustering", (!local.is_empty()).then_some(mean));
    all.numbers("clustering", local.into_iter());
    all.numbers("triangles", triangles.into_iter().map(|count| count as f64));
}

fn grouped(flat: &Flat, options: Options, all: &mut Table) {
    let runs = leiden::runs_for(flat);
    let found = leiden::best_of(flat, 1.0, options.seed, runs);
    if runs < leiden::RUNS {
        all.notes.push(format!(
            "communities are the best of {runs} seeds, not of {}: the network is large",
            leiden::RUNS
        ));
    }
    all.number("communities", Some(found.count as f64));
    all.number("modularity", found.modularity);
    all.column("participation", roles::participation(flat, &found.of).into_iter());
    all.numbers("community", found.of.iter().map(|label| *label as f64));
}

fn parted(flat: &Flat, all: &mut Table) {
    let found = blocks::blocks(flat);
    let bridges = found.bridges();
    let mut ends = vec![0_u32; flat.len()];
    for (a, b) in &bridges {
        ends[*a as usize] += 1;
        ends[*b as usize] += 1;
    }
    let points = (0..).zip(&found.cut_off).filter(|(_, cut)| **cut > 0).map(|(node, _)| node);
    all.whole.push(("articulation-points", Whole::Nodes(points.collect())));
    all.whole.push(("bridges", Whole::Ties(bridges)));
    all.numbers("articulation", found.cut_off.iter().map(|people| f64::from(*people)));
    all.numbers("bridges", ends.into_iter().map(f64::from));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::catalogue::CATALOGUE;

    #[test]
    fn the_time_told_of_exact_betweenness_grows_with_people_times_ties() {
        let flat = Flat::new(4, [(0, 1, 2.0), (1, 2, 1.0), (0, 2, 1.0)]);
        assert!((seconds_exact(&flat, false) - 12.0 * 2e-9).abs() < 1e-18);
        assert!((seconds_exact(&flat, true) - 12.0 * 5e-8).abs() < 1e-18);
    }

    #[test]
    fn every_measure_has_a_column_and_stands_in_order() {
        let flat = Flat::new(4, [(0, 1, 2.0), (1, 2, 1.0), (0, 2, 1.0)]);
        let chosen: Vec<&Entry> = CATALOGUE.iter().collect();
        let found = measure(&flat, &chosen, Options::default());
        let ids: Vec<&str> = found.columns.iter().map(|column| column.id).collect();
        assert_eq!(ids, CATALOGUE.iter().map(|entry| entry.id).collect::<Vec<_>>());
        let values = found.columns.iter().flat_map(|column| &column.values);
        assert!(values.flatten().all(|value| value.is_finite()));
        assert!(found.columns.iter().all(|column| column.values.len() == 4));
        // The isolate has no constraint, no closeness; its clustering and harmonic centrality are 0.
        let last = |id: &str| {
            found.columns.iter().find(|column| column.id == id).and_then(|column| column.values[3])
        };
        assert_eq!((last("constraint"), last("closeness")), (None, None));
        assert_eq!((last("clustering"), last("harmonic")), (Some(0.0), Some(0.0)));
    }
}
