//! Thin straits: pairs of circles whose every observed link touches one person, or two (`methods` D.4, G.2).

use std::collections::BTreeMap;

use crate::analysis::communities::letter;
use crate::network::Flat;

/// For each person on whom a strait hangs, the straits by circle letters: 1 where every tie across touches this one, ½ where
/// this one and one other cover them all.
pub(super) fn straits(
    flat: &Flat,
    community: &[Option<usize>],
) -> BTreeMap<usize, BTreeMap<(String, String), f64>> {
    let mut across: BTreeMap<(usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for (a, b, _) in flat.edges() {
        if let (Some(x), Some(y)) = (community[a], community[b])
            && x != y
        {
            across.entry((x.min(y), x.max(y))).or_default().push((a, b));
        }
    }
    let mut found: BTreeMap<usize, BTreeMap<(String, String), f64>> = BTreeMap::new();
    for ((x, y), ties) in across {
        let (who, thin) = cover(&ties);
        for at in who {
            found.entry(at).or_default().insert((letter(x), letter(y)), thin);
        }
    }
    found
}

/// The people of every smallest cover of one or two, with the thinness; nobody where more are needed.
fn cover(ties: &[(usize, usize)]) -> (Vec<usize>, f64) {
    let Some((a, b)) = ties.first() else { return (Vec::new(), 0.0) };
    let free =
        |of: &[usize]| ties.iter().find(|(x, y)| !of.contains(x) && !of.contains(y)).copied();
    let alone: Vec<usize> = [*a, *b].into_iter().filter(|one| free(&[*one]).is_none()).collect();
    if !alone.is_empty() {
        return (alone, 1.0);
    }
    let mut pairs: Vec<usize> = Vec::new();
    for one in [*a, *b] {
        let Some((x, y)) = free(&[one]) else { continue };
        for other in [x, y].into_iter().filter(|other| free(&[one, *other]).is_none()) {
            pairs.extend([one, other]);
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    (pairs, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_covers_every_tie_across() {
        // A star across hangs on its centre; a single tie on both its ends.
        assert_eq!(cover(&[(0, 5), (0, 6), (0, 7)]), (vec![0], 1.0));
        assert_eq!(cover(&[(0, 5)]), (vec![0, 5], 1.0));
        assert_eq!(cover(&[(0, 5), (1, 6), (0, 7), (1, 5)]), (vec![0, 1], 0.5));
        assert!(cover(&[(0, 5), (1, 6), (2, 7)]).0.is_empty());
    }

    #[test]
    fn straits_are_named_by_their_circles() {
        let flat = Flat::new(5, [(0, 1, 1.0), (0, 2, 1.0), (0, 3, 1.0), (3, 4, 1.0)]);
        let community = [Some(0), Some(0), Some(1), Some(1), None];
        let found = straits(&flat, &community);
        let key = ("A".to_owned(), "B".to_owned());
        assert_eq!(found.keys().copied().collect::<Vec<_>>(), [0]);
        assert!((found[&0][&key] - 1.0).abs() < 1e-12);
    }
}
