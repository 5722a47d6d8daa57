//! Closeness of two people who are not tied: link predictors of pairs at distance two, on columns that do not depend on the
//! size of the network.
//!
//! **Question** how likely are two people with common neighbours to meet by themselves. **Definition** `k` ties of a person, `w`
//! weight of a tie, `s` sum of a person's weights, over the common neighbours `z` of `a` and `b`: common neighbours `Σ 1`;
//! Adamic–Adar `Σ 1/ln k_z`; resource allocation `Σ 1/k_z`; preferential attachment `k_a·k_b`; the rest see [`NAMES`].
//! **Edge cases** a common neighbour has two ties or more, so no division by zero. **Complexity** `O(Σ_z k_z²)`. **Reference** Newman
//! 2001; Adamic & Adar 2003; Zhou, Lü & Zhang 2009; Barabási & Albert 1999; Liben-Nowell & Kleinberg 2007.

use rayon::prelude::*;

use crate::network::{Flat, id};

/// Number of columns.
pub const COLUMNS: usize = 14;

/// The columns in words. `r` is `2^(−age/h)` of a tie's last contact, `f` of its first, `h` the horizon.
pub const NAMES: [&str; COLUMNS] = [
    "ln(1 + common neighbours)",
    "ln Adamic-Adar",
    "ln resource allocation",
    "ln two-step walk, both ways: sum of w_az/s_a w_zb/s_z",
    "ln weighted resource allocation: sum of w_az w_zb/s_z over the mean weight",
    "ln preferential attachment over the squared mean of ties",
    "ln product of summed weights over the squared mean",
    "freshest common neighbour: largest min(r_az, r_zb)",
    "ln(1 + fresh common neighbours): sum of min(r_az, r_zb)",
    "freshness of the less active: min of largest r",
    "freshness of both: sum of largest r",
    "ln(1 + new ties of a) + ln(1 + new ties of b): sums of f",
    "ln(1 + triads closing now): sum of max(f_az, f_zb)/ln k_z",
    "ln(common neighbours over the smaller number of ties)",
];

/// A network up to a day: ties with decayed weights, and how long ago each began and was last used.
#[derive(Debug, Clone)]
pub struct Past {
    flat: Flat,
    /// By arc: freshness of the last and of the first contact.
    fresh: Vec<[f64; 2]>,
    /// By person: largest freshness, and sum over the first contacts.
    of_person: Vec<[f64; 2]>,
    /// By person: summed weights, above 0.
    sums: Vec<f64>,
    /// By person: `ln k`.
    logs: Vec<f64>,
    mean_ties: f64,
    mean_sum: f64,
    mean_weight: f64,
}

/// A tie of the past: ends, weight above 0, days since the last and since the first contact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PastTie {
    /// The two people, different ones; each pair once.
    pub ends: [u32; 2],
    /// Decayed weight.
    pub weight: f64,
    /// Days since the last contact.
    pub last: f64,
    /// Days since the first contact.
    pub first: f64,
}

/// Two people at distance two.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The smaller number.
    pub a: u32,
    /// The larger.
    pub b: u32,
    /// Common neighbours.
    pub common: f64,
    /// Adamic–Adar.
    pub adamic_adar: f64,
    /// Resource allocation.
    pub resource_allocation: f64,
    /// Preferential attachment.
    pub preferential_attachment: f64,
    /// [`NAMES`].
    pub columns: [f64; COLUMNS],
}

/// Logarithms stop here.
const FLOOR: f64 = 1e-6;

/// The logarithm of a column, from a floor on.
#[must_use]
pub(crate) fn ln(x: f64) -> f64 {
    libm::log(x.max(FLOOR))
}

/// Sums over the common neighbours of a pair.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    common: f64,
    adamic_adar: f64,
    allocation: f64,
    walk: f64,
    weighted: f64,
    freshest: f64,
    fresh: f64,
    closing: f64,
}

impl Past {
    /// The network of `people` people and these ties; freshness halves every `horizon` days.
    #[must_use]
    pub fn new(people: usize, ties: &[PastTie], horizon: f64) -> Self {
        let edges: Vec<(u32, u32, f64)> =
            ties.iter().map(|tie| (tie.ends[0], tie.ends[1], tie.weight)).collect();
        let flat = Flat::from_ties(people, &edges);
        let mut fresh = vec![[0.0; 2]; flat.arcs()];
        let mut of_person = vec![[0.0_f64; 2]; people];
        let decay = |days: f64| libm::exp2(-days.max(0.0) / horizon);
        for tie in ties {
            let value = [decay(tie.last), decay(tie.first)];
            for (from, to) in [(tie.ends[0], tie.ends[1]), (tie.ends[1], tie.ends[0])] {
                let from = from as usize;
                if let Ok(at) = flat.neighbours(from).binary_search(&to) {
                    fresh[flat.row(from).start + at] = value;
                }
                of_person[from][0] = of_person[from][0].max(value[0]);
                of_person[from][1] += value[1];
            }
        }
        let connected = (0..flat.len()).filter(|node| flat.degree(*node) > 0).count().max(1) as f64;
        let sum: f64 = flat.all_weights().iter().sum();
        let sums = (0..people).map(|node| flat.strength(node).max(f64::MIN_POSITIVE)).collect();
        let logs = (0..people).map(|node| libm::log(flat.degree(node) as f64)).collect();
        let arcs = flat.arcs() as f64;
        Self {
            mean_ties: (arcs / connected).max(FLOOR),
            mean_sum: (sum / connected).max(FLOOR),
            mean_weight: (sum / arcs.max(1.0)).max(FLOOR),
            flat,
            fresh,
            of_person,
            sums,
            logs,
        }
    }

    /// The ties as a graph.
    #[must_use]
    pub fn flat(&self) -> &Flat {
        &self.flat
    }

    /// Every pair at distance two that `keep` keeps, in the order of pairs.
    #[must_use]
    pub fn at_distance_two(&self, keep: impl Fn(u32, u32) -> bool + Sync) -> Vec<Pair> {
        self.each_at_distance_two(keep, |pair| pair)
    }

    /// What `told` keeps of every pair at distance two that `keep` keeps, in the order of pairs: of millions of pairs only
    /// what is needed stays in memory.
    #[must_use]
    pub fn each_at_distance_two<T: Send>(
        &self,
        keep: impl Fn(u32, u32) -> bool + Sync,
        told: impl Fn(Pair) -> T + Sync,
    ) -> Vec<T> {
        let nodes = self.flat.len();
        let rows: Vec<Vec<T>> = (0..nodes)
            .into_par_iter()
            .map_init(|| Scratch::new(nodes), |scratch, a| self.of(a, scratch, &keep, &told))
            .collect();
        rows.into_iter().flatten().collect()
    }

    /// The pair of two people; `None` for tied ones and those without a common neighbour.
    #[must_use]
    pub fn pair(&self, a: usize, b: usize) -> Option<Pair> {
        let (a, b) = (a.min(b), a.max(b));
        if a == b || self.flat.has_tie(a, b) {
            return None;
        }
        let mut sums = Sums::default();
        for (at, z) in self.flat.neighbours(a).iter().enumerate() {
            let z = *z as usize;
            if let Ok(to) = self.flat.neighbours(z).binary_search(&id(b)) {
                self.add(
                    &mut sums,
                    (a, self.flat.row(a).start + at),
                    z,
                    self.flat.row(z).start + to,
                );
            }
        }
        (sums.common > 0.0).then(|| self.told(a, b, &sums))
    }

    fn add(&self, sums: &mut Sums, (a, there): (usize, usize), z: usize, on: usize) {
        let weights = self.flat.all_weights();
        let ties = self.flat.degree(z) as f64;
        let product = weights[there] * weights[on] / self.sums[z];
        let (one, other) = (self.fresh[there], self.fresh[on]);
        let fresh = one[0].min(other[0]);
        sums.common += 1.0;
        sums.adamic_adar += 1.0 / self.logs[z];
        sums.allocation += 1.0 / ties;
        sums.weighted += product;
        sums.walk += product / self.sums[a];
        sums.freshest = sums.freshest.max(fresh);
        sums.fresh += fresh;
        sums.closing += one[1].max(other[1]) / self.logs[z];
    }

    fn of<T>(
        &self,
        a: usize,
        scratch: &mut Scratch,
        keep: &impl Fn(u32, u32) -> bool,
        told: &impl Fn(Pair) -> T,
    ) -> Vec<T> {
        let row = self.flat.row(a);
        for neighbour in self.flat.neighbours(a) {
            scratch.is_tied[*neighbour as usize] = true;
        }
        for (there, z) in row.clone().zip(self.flat.neighbours(a)) {
            let z = *z as usize;
            for (on, b) in self.flat.row(z).zip(self.flat.neighbours(z)) {
                let b = *b as usize;
                if b <= a || scratch.is_tied[b] {
                    continue;
                }
                if scratch.place[b] == 0 {
                    if !keep(id(a), id(b)) {
                        scratch.place[b] = SKIP;
                        scratch.skipped.push(b);
                        continue;
                    }
                    scratch.sums.push((b, Sums::default()));
                    scratch.place[b] = id(scratch.sums.len());
                }
                if scratch.place[b] != SKIP {
                    let sums = &mut scratch.sums[scratch.place[b] as usize - 1].1;
                    self.add(sums, (a, there), z, on);
                }
            }
        }
        for neighbour in self.flat.neighbours(a) {
            scratch.is_tied[*neighbour as usize] = false;
        }
        for b in scratch.skipped.drain(..) {
            scratch.place[b] = 0;
        }
        let mut found = std::mem::take(&mut scratch.sums);
        for (b, _) in &found {
            scratch.place[*b] = 0;
        }
        found.sort_unstable_by_key(|(b, _)| *b);
        found.iter().map(|(b, sums)| told(self.told(a, *b, sums))).collect()
    }

    fn told(&self, a: usize, b: usize, sums: &Sums) -> Pair {
        let ties = [a, b].map(|node| self.flat.degree(node) as f64);
        let weights = [a, b].map(|node| self.sums[node]);
        let [one, other] = [a, b].map(|node| self.of_person[node]);
        let attachment = ties[0] * ties[1];
        // Both ways: w_az/s_a · w_zb/s_z and w_bz/s_b · w_za/s_z differ in s_a and s_b alone.
        let walk = sums.walk * (1.0 + weights[0] / weights[1]);
        Pair {
            a: id(a),
            b: id(b),
            common: sums.common,
            adamic_adar: sums.adamic_adar,
            resource_allocation: sums.allocation,
            preferential_attachment: attachment,
            columns: [
                libm::log1p(sums.common),
                ln(sums.adamic_adar),
                ln(sums.allocation),
                ln(walk),
                ln(sums.weighted / self.mean_weight),
                ln(attachment / (self.mean_ties * self.mean_ties)),
                ln(weights[0] * weights[1] / (self.mean_sum * self.mean_sum)),
                sums.freshest,
                libm::log1p(sums.fresh),
                one[0].min(other[0]),
                one[0] + other[0],
                libm::log1p(one[1]) + libm::log1p(other[1]),
                libm::log1p(sums.closing),
                ln(sums.common / ties[0].min(ties[1])),
            ],
        }
    }
}

/// Marks a pair that is not wanted.
const SKIP: u32 = u32::MAX;

/// Arrays by node, empty between two people.
struct Scratch {
    is_tied: Vec<bool>,
    place: Vec<u32>,
    skipped: Vec<usize>,
    sums: Vec<(usize, Sums)>,
}

impl Scratch {
    fn new(nodes: usize) -> Self {
        Self {
            is_tied: vec![false; nodes],
            place: vec![0; nodes],
            skipped: Vec::new(),
            sums: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    fn tie(a: u32, b: u32, weight: f64, last: f64, first: f64) -> PastTie {
        PastTie { ends: [a, b], weight, last, first }
    }

    #[test]
    fn two_ends_of_a_square_by_hand() {
        // 0 and 3 share 1 (three ties) and 2 (two ties).
        let ties = [
            tie(0, 1, 1.0, 0.0, 90.0),
            tie(0, 2, 2.0, 90.0, 180.0),
            tie(1, 3, 3.0, 90.0, 90.0),
            tie(2, 3, 4.0, 0.0, 0.0),
            tie(1, 4, 5.0, 0.0, 0.0),
        ];
        let past = Past::new(5, &ties, 90.0);
        let found = past.pair(3, 0).unwrap();
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12);
        close(found.common, 2.0);
        close(found.resource_allocation, 1.0 / 3.0 + 0.5);
        close(found.adamic_adar, 1.0 / 3.0_f64.ln() + 1.0 / 2.0_f64.ln());
        close(found.preferential_attachment, 4.0);
        // Weighted: 1·3/9 + 2·4/6; mean weight 3.
        let weighted: f64 = 1.0 / 3.0 + 4.0 / 3.0;
        close(found.columns[4], (weighted / 3.0).ln());
        // s_0 = 3, s_3 = 7.
        close(found.columns[3], (weighted / 3.0 + weighted / 7.0).ln());
        // min(1, ½) and min(½, 1).
        close(found.columns[7], 0.5);
        close(found.columns[8], 1.0_f64.ln_1p());
        // max(½, ½)/ln 3 + max(¼, 1)/ln 2.
        close(found.columns[12], (0.5 / 3.0_f64.ln() + 1.0 / 2.0_f64.ln()).ln_1p());
        assert_eq!(past.pair(0, 1), None);
        assert_eq!(past.pair(2, 2), None);
        // 2 and 4 are at distance three.
        assert_eq!(past.pair(2, 4), None);
    }

    #[test]
    fn all_pairs_are_those_one_by_one() {
        let mut stream = Stream::new(9, "closeness", 0);
        let mut ties = Vec::new();
        for a in 0..40 {
            for b in a + 1..40 {
                if stream.chance(0.1) {
                    let last = stream.between(0.0, 400.0);
                    ties.push(tie(a, b, stream.between(0.1, 3.0), last, last + 50.0));
                }
            }
        }
        let past = Past::new(40, &ties, 90.0);
        let found = past.at_distance_two(|a, b| (a + b) % 5 != 0);
        let mut expected = Vec::new();
        for a in 0..40 {
            for b in (a + 1..40).filter(|b| (a + b) % 5 != 0) {
                expected.extend(past.pair(a, b));
            }
        }
        assert!(found.len() > 50);
        assert_eq!(found.len(), expected.len());
        for (one, other) in found.iter().zip(&expected) {
            assert_eq!((one.a, one.b), (other.a, other.b));
            for (x, y) in one.columns.iter().zip(&other.columns) {
                assert!(x.is_finite() && (x - y).abs() < 1e-9);
            }
        }
    }
}
