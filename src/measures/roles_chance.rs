//! Whether somebody's brokerage roles are more than the sizes of the groups give by chance.
//!
//! **Question** Is this a liaison, or does anybody with so many open pairs look like one? **Definition** the group labels of
//! everybody with a tie are dealt anew over the same network, and the roles of [`super::roles`] counted again: the expectation in
//! closed form, `p = (1 + draws with as many or more) / (1 + draws)`. A normal approximation (`z`, as in R's `sna`) is not used:
//! counts of pairs that share people are not independent.
//! **Complexity** O(draws × open pairs of the node). **Reference** Gould & Fernandez 1989, Sociological Methodology 19:89.

use super::roles::Brokerage;
use crate::network::Flat;
use crate::random::Stream;

/// Draws, fewer where somebody has very many open pairs.
const DRAWS: usize = 999;
const FEWEST: usize = 99;
/// Open pairs counted over all draws of one node, where more than [`FEWEST`] draws fit.
const WORK: usize = 4_000_000;

/// Counts expected by chance, and how often chance gave as many; both in the order coordinator, itinerant, gatekeeper, liaison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RoleChance {
    /// Draws.
    pub draws: u32,
    /// Expected counts.
    pub expected: [f64; 4],
    /// `(1 + draws with as many or more) / (1 + draws)`.
    pub p: [f64; 4],
}

/// The roles of one node against labels dealt anew; `None` without an open pair.
///
/// ```
/// use weaktie::measures::roles_chance::against_chance;
/// use weaktie::network::Flat;
/// // A star whose middle and three ends are two and two: of the three pairs of ends one shares a group in every deal.
/// let star = Flat::new(4, [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0)]);
/// let found = against_chance(&star, &[0, 0, 1, 1], 0, 1).unwrap();
/// assert_eq!(found.expected.map(|n| n.round()), [0.0, 1.0, 2.0, 0.0]);
/// ```
#[must_use]
pub fn against_chance(flat: &Flat, group: &[usize], node: usize, seed: u64) -> Option<RoleChance> {
    let ends = flat.neighbours(node);
    let pairs = open_pairs(flat, ends);
    if pairs.is_empty() {
        return None;
    }
    let mut labels: Vec<usize> =
        (0..flat.len()).filter(|at| flat.degree(*at) > 0).map(|at| group[at]).collect();
    let expected = expected(&labels, pairs.len());
    let found = counts(&pairs, group[node], |end| group[ends[end] as usize]);
    let draws = (WORK / pairs.len()).clamp(FEWEST, DRAWS);
    let mut stream = Stream::new(seed, "role-labels", node as u64);
    let mut as_many = [0_usize; 4];
    for _ in 0..draws {
        // Only the labels of the node and its neighbours are looked at: deal so many.
        for at in 0..=ends.len() {
            let other = at + stream.index(labels.len() - at);
            labels.swap(at, other);
        }
        let dealt = counts(&pairs, labels[ends.len()], |end| labels[end]);
        for (sum, (dealt, found)) in as_many.iter_mut().zip(dealt.into_iter().zip(found)) {
            *sum += usize::from(dealt >= found);
        }
    }
    Some(RoleChance {
        draws: u32::try_from(draws).unwrap_or(u32::MAX),
        expected,
        p: as_many.map(|n| (1 + n) as f64 / (1 + draws) as f64),
    })
}

/// Pairs of neighbours that are not tied, by position among them.
fn open_pairs(flat: &Flat, ends: &[u32]) -> Vec<(usize, usize)> {
    let all = (0..ends.len()).flat_map(|a| (a + 1..ends.len()).map(move |b| (a, b)));
    all.filter(|(a, b)| !flat.has_tie(ends[*a] as usize, ends[*b] as usize)).collect()
}

fn counts(pairs: &[(usize, usize)], own: usize, of: impl Fn(usize) -> usize) -> [u64; 4] {
    let mut found = Brokerage::default();
    for (a, b) in pairs {
        *found.role(own, of(*a), of(*b)) += 1;
    }
    [found.coordinator, found.itinerant, found.gatekeeper, found.liaison]
}

/// Three labels dealt without putting back: all alike, the ends alike, the middle like one end, all different.
fn expected(labels: &[usize], pairs: usize) -> [f64; 4] {
    let mut sizes = vec![0_u32; labels.iter().max().map_or(0, |last| last + 1)];
    for label in labels {
        sizes[*label] += 1;
    }
    let all = labels.len() as f64;
    let deals = all * (all - 1.0) * (all - 2.0);
    let (mut alike, mut two) = (0.0, 0.0);
    for size in sizes.into_iter().map(f64::from) {
        alike += size * (size - 1.0) * (size - 2.0) / deals;
        two += size * (size - 1.0) * (all - size) / deals;
    }
    let pairs = pairs as f64;
    [alike, two, 2.0 * two, 1.0 - alike - 3.0 * two].map(|share| (pairs * share).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A middle with `a` ends in its own group and `b` in each of two others, in a crowd of pairs.
    fn star(own: usize, others: usize, crowd: usize) -> (Flat, Vec<usize>) {
        let ends = own + 2 * others;
        let mut group = vec![0; 1 + own];
        group.extend(std::iter::repeat_n(1, others));
        group.extend(std::iter::repeat_n(2, others));
        let mut edges: Vec<(usize, usize, f64)> = (1..=ends).map(|end| (0, end, 1.0)).collect();
        for pair in 0..crowd {
            let first = 1 + ends + 2 * pair;
            edges.push((first, first + 1, 1.0));
            group.extend([pair % 3; 2]);
        }
        (Flat::new(group.len(), edges), group)
    }

    #[test]
    fn expectations_are_those_of_every_deal() {
        // Labels A A B C: all 24 deals to the middle, two ends and the rest, told by hand.
        let labels = [0, 0, 1, 2];
        let mut sums = [0.0; 4];
        for v in 0..4 {
            for a in (0..4).filter(|a| *a != v) {
                for b in (0..4).filter(|b| *b != v && *b != a) {
                    let found = counts(&[(0, 1)], labels[v], |end| labels[[a, b][end]]);
                    for (sum, n) in sums.iter_mut().zip(found) {
                        *sum += n as f64 / 24.0;
                    }
                }
            }
        }
        for (closed, by_hand) in expected(&labels, 1).into_iter().zip(sums) {
            assert!((closed - by_hand).abs() < 1e-12);
        }
    }

    #[test]
    fn a_planted_liaison_is_beyond_chance_and_a_shuffled_one_is_not() {
        let (flat, group) = star(0, 8, 60);
        let found = against_chance(&flat, &group, 0, 1).unwrap();
        assert_eq!(found.draws, 999);
        // Its ends lie in two groups that are not its own: half the pairs link these two.
        assert!(found.p[3] < 0.05, "{found:?}");
        // The same network under labels without sense: hardly ever beyond chance.
        let mut beyond = 0;
        for seed in 0..100 {
            let mut dealt = group.clone();
            Stream::new(seed, "deal", 0).shuffle(&mut dealt);
            beyond += usize::from(against_chance(&flat, &dealt, 0, 1).unwrap().p[3] <= 0.05);
        }
        assert!(beyond <= 12, "{beyond} of 100");
        assert_eq!(against_chance(&Flat::new(2, [(0, 1, 1.0)]), &[0, 0], 0, 1), None);
    }
}
