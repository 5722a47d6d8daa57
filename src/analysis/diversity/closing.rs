//! The fewest people who meet a set of demands: whom, of those already known, to bring back so that gaps close.
//!
//! **Definition** A demand is a number of people of some class; a person serves every demand whose class is theirs. Wanted
//! is the smallest set that serves all demands as far as those known allow (set multicover). **Method** greedy, the person
//! who serves most of what is open first, then the one listed first: at most `1 + ln(most demands a person serves)` times
//! the smallest (Dobson 1982). People who serve the same demands are alike, so for few kinds of people the smallest
//! number is found exactly by branch and bound; the answer says which. **Complexity** greedy O(kinds ∙ chosen); the exact
//! check stops after 20,000 steps. **Reference** Chvátal 1979; Dobson 1982, Math. Oper. Res. 7:515.

use std::collections::BTreeMap;

/// Steps after which the exact check gives up.
const STEPS: u32 = 20_000;

/// Who closes the gaps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Closing {
    /// Chosen candidates by place, in the order of choice.
    pub chosen: Vec<usize>,
    /// Whether no smaller set can do it.
    pub is_smallest: bool,
    /// What is left of each demand when everybody known is asked.
    pub short: Vec<u32>,
}

/// The people by what they serve, with how many of them are there.
struct Kinds {
    serves: Vec<Vec<usize>>,
    places: Vec<Vec<usize>>,
}

/// A small set of `candidates` (each the demands it serves, in the order of preference) that meets `demands`.
///
/// ```
/// use weaktie::analysis::diversity::closing::close;
/// // Two of class 0 and one of class 1 are wanted; the second candidate is both.
/// let found = close(&[2, 1], &[vec![0], vec![0, 1], vec![1]]);
/// assert_eq!(found.chosen, [1, 0]);
/// assert!(found.is_smallest && found.short == [0, 0]);
/// ```
#[must_use]
pub fn close(demands: &[u32], candidates: &[Vec<usize>]) -> Closing {
    let mut supply = vec![0_u32; demands.len()];
    for demand in candidates.iter().flatten() {
        supply[*demand] += 1;
    }
    let met: Vec<u32> = demands.iter().zip(&supply).map(|(want, have)| *want.min(have)).collect();
    let short = demands.iter().zip(&met).map(|(want, met)| want - met).collect();
    let kinds = Kinds::of(candidates);
    let chosen = greedy(&kinds, &met);
    let fewest = Search { kinds: &kinds, best: chosen.len(), answer: None, steps: 0 }.run(&met);
    let (chosen, is_smallest) = match fewest {
        (Some(better), proven) => (better, proven),
        (None, proven) => (chosen, proven),
    };
    Closing { chosen, is_smallest, short }
}

impl Kinds {
    fn of(candidates: &[Vec<usize>]) -> Self {
        let mut by_kind: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for (place, serves) in candidates.iter().enumerate() {
            let mut serves = serves.clone();
            serves.sort_unstable();
            serves.dedup();
            if !serves.is_empty() {
                by_kind.entry(serves).or_default().push(place);
            }
        }
        // By the first of each kind, so that preference decides among equals.
        let mut kinds: Vec<(Vec<usize>, Vec<usize>)> = by_kind.into_iter().collect();
        kinds.sort_by_key(|(_, places)| places[0]);
        let (serves, places) = kinds.into_iter().unzip();
        Self { serves, places }
    }

    fn worth(&self, kind: usize, open: &[u32]) -> usize {
        self.serves[kind].iter().filter(|demand| open[**demand] > 0).count()
    }
}

fn greedy(kinds: &Kinds, demands: &[u32]) -> Vec<usize> {
    let mut open = demands.to_vec();
    let mut used = vec![0_usize; kinds.serves.len()];
    let mut chosen = Vec::new();
    loop {
        let best = (0..kinds.serves.len())
            .filter_map(|kind| {
                let place = *kinds.places[kind].get(used[kind])?;
                let worth = kinds.worth(kind, &open);
                (worth > 0).then_some((worth, place, kind))
            })
            .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        let Some((_, place, kind)) = best else { return chosen };
        used[kind] += 1;
        chosen.push(place);
        for demand in &kinds.serves[kind] {
            open[*demand] = open[*demand].saturating_sub(1);
        }
    }
}

/// Branch and bound over how many of each kind are taken.
struct Search<'a> {
    kinds: &'a Kinds,
    best: usize,
    answer: Option<Vec<usize>>,
    steps: u32,
}

impl Search<'_> {
    /// A smaller answer than the one known, if there is one, and whether the search came to its end.
    fn run(mut self, demands: &[u32]) -> (Option<Vec<usize>>, bool) {
        let mut order: Vec<usize> = (0..self.kinds.serves.len()).collect();
        order.sort_by_key(|kind| std::cmp::Reverse(self.kinds.serves[*kind].len()));
        let ended = self.branch(&order, &mut demands.to_vec(), &mut Vec::new());
        (self.answer, ended)
    }

    fn branch(&mut self, order: &[usize], open: &mut Vec<u32>, taken: &mut Vec<usize>) -> bool {
        self.steps += 1;
        if self.steps > STEPS {
            return false;
        }
        let left: u32 = open.iter().sum();
        if left == 0 {
            if taken.len() < self.best {
                self.best = taken.len();
                self.answer = Some(taken.clone());
            }
            return true;
        }
        let Some((kind, rest)) = order.split_first() else { return true };
        let reach = order.iter().map(|kind| self.kinds.worth(*kind, open)).max().unwrap_or(0);
        if reach == 0 {
            return true;
        }
        // No set can be smaller than the largest demand, nor than all demands over what one person serves.
        let least =
            (left as usize).div_ceil(reach).max(open.iter().copied().max().unwrap_or(0) as usize);
        if taken.len() + least >= self.best {
            return true;
        }
        let serves = self.kinds.serves[*kind].clone();
        let most = serves.iter().map(|demand| open[*demand] as usize).max().unwrap_or(0);
        let most = most.min(self.kinds.places[*kind].len());
        for count in (0..=most).rev() {
            let before = open.clone();
            for demand in &serves {
                open[*demand] =
                    open[*demand].saturating_sub(u32::try_from(count).unwrap_or(u32::MAX));
            }
            let length = taken.len();
            taken.extend_from_slice(&self.kinds.places[*kind][..count]);
            let ended = self.branch(rest, open, taken);
            taken.truncate(length);
            *open = before;
            if !ended {
                return false;
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn greedy_is_mended_where_it_errs() {
        // The greedy trap: the large set first costs three, two do.
        let sets = vec![vec![0, 1, 2, 3], vec![0, 1, 4], vec![2, 3, 5]];
        let found = close(&[1; 6], &sets);
        let mut chosen = found.chosen.clone();
        chosen.sort_unstable();
        assert_eq!(chosen, [1, 2]);
        assert!(found.is_smallest);
    }

    #[test]
    fn what_nobody_serves_is_left_short() {
        let found = close(&[3, 1], &[vec![0], vec![0]]);
        assert_eq!((found.chosen, found.short), (vec![0, 1], vec![1, 1]));
        assert_eq!(close(&[], &[]).chosen, Vec::<usize>::new());
    }

    /// The smallest number over all subsets.
    fn by_force(demands: &[u32], sets: &[Vec<usize>]) -> usize {
        (0_u32..1 << sets.len())
            .filter(|subset| {
                (0..demands.len()).all(|demand| {
                    let serve = (0..sets.len())
                        .filter(|at| subset >> at & 1 == 1 && sets[*at].contains(&demand))
                        .count();
                    let supply = sets.iter().filter(|set| set.contains(&demand)).count();
                    serve >= supply.min(demands[demand] as usize)
                })
            })
            .map(|subset| subset.count_ones() as usize)
            .min()
            .unwrap_or(0)
    }

    proptest! {
        #[test]
        fn the_smallest_is_the_smallest(
            demands in proptest::collection::vec(0_u32..3, 4),
            sets in proptest::collection::vec(proptest::collection::btree_set(0_usize..4, 0..4), 0..9),
        ) {
            let sets: Vec<Vec<usize>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
            let found = close(&demands, &sets);
            prop_assert!(found.is_smallest);
            prop_assert_eq!(found.chosen.len(), by_force(&demands, &sets));
        }
    }
}
