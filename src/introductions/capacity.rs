//! Greedy choice of pairs under a capacity a person.
//!
//! Best pair first, while both still have room: at least half of the best possible sum (a matroid intersection of pairs under
//! capacities; `methods` F.1). Ties keep the order given.

/// The chosen pairs, as positions in `pairs`, which stand best first. `capacity` by person; `most` pairs in all.
///
/// ```
/// use weaktie::introductions::capacity::choose;
/// // 1 may be introduced once, the others twice.
/// assert_eq!(choose(&[[0, 1], [1, 2], [0, 2]], &[2, 1, 2], 9), [0, 2]);
/// ```
#[must_use]
pub fn choose(pairs: &[[usize; 2]], capacity: &[u32], most: usize) -> Vec<usize> {
    let mut left = capacity.to_vec();
    let takes = |left: &mut Vec<u32>, [a, b]: [usize; 2]| {
        let free = left[a] > 0 && left[b] > 0;
        if free {
            left[a] -= 1;
            left[b] -= 1;
        }
        free
    };
    pairs
        .iter()
        .enumerate()
        .filter(|(_, pair)| takes(&mut left, **pair))
        .map(|(at, _)| at)
        .take(most)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    fn best(pairs: &[([usize; 2], f64)], left: &mut Vec<u32>) -> f64 {
        let Some((([a, b], worth), rest)) = pairs.split_first() else { return 0.0 };
        let without = best(rest, left);
        if left[*a] == 0 || left[*b] == 0 {
            return without;
        }
        left[*a] -= 1;
        left[*b] -= 1;
        let with = worth + best(rest, left);
        left[*a] += 1;
        left[*b] += 1;
        with.max(without)
    }

    #[test]
    fn at_least_half_of_the_best_sum_and_nobody_over_capacity() {
        for index in 0..300 {
            let mut stream = Stream::new(2, "capacity", index);
            let mut pairs: Vec<([usize; 2], f64)> = Vec::new();
            for a in 0..6 {
                for b in a + 1..6 {
                    if stream.chance(0.6) {
                        pairs.push(([a, b], stream.unit()));
                    }
                }
            }
            pairs.sort_by(|x, y| y.1.total_cmp(&x.1));
            let capacity: Vec<u32> = (0..6).map(|_| u32::from(stream.chance(0.3)) + 1).collect();
            let bare: Vec<[usize; 2]> = pairs.iter().map(|pair| pair.0).collect();
            let chosen = choose(&bare, &capacity, usize::MAX);
            let sum: f64 = chosen.iter().map(|at| pairs[*at].1).sum();
            let optimum = best(&pairs, &mut capacity.clone());
            assert!(sum <= optimum + 1e-12 && sum * 2.0 >= optimum - 1e-12);
            for (person, room) in capacity.iter().enumerate() {
                let times = chosen.iter().filter(|at| bare[**at].contains(&person)).count();
                assert!(times <= *room as usize);
            }
        }
    }

    #[test]
    fn no_more_than_asked_for() {
        assert_eq!(choose(&[[0, 1], [2, 3], [4, 5]], &[1; 6], 2), [0, 1]);
    }
}
