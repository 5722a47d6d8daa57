//! How firm a ranking of bridges is: the same measured on networks whose ties are drawn anew.
//!
//! **Definition** in each draw the events of every tie are drawn as a Poisson number of the observed ones, so that a tie
//! of `n` shared events is seen with probability `1 − e^(−n)`: a tie that rests on one event is missing in 37 % of the
//! draws, one of five events in 0.7 %. Groups stay as they are. An interval runs from the 5th to the 95th percentile.
//! **Determinism** every draw has a stream of its own. **Complexity** draws × O(n log n + m). **Reference** the Poisson
//! bootstrap: Hanley & `MacGibbon` 2006, Comput. Methods Programs Biomed. 83:57.

use rayon::prelude::*;

use super::bridging::{Standing, bridging};
use crate::network::{Flat, id};
use crate::quantile;
use crate::random::Stream;

/// Draws where nothing limits them.
pub const DRAWS: u64 = 100;
/// Arcs looked at in all draws.
const WORK: usize = 5_000_000;

/// What the draws say of one node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Firmness {
    /// Place among the bridges, 1 the foremost; equal standings share one.
    pub rank: u32,
    /// 90 % interval of the place.
    pub ranks: [u32; 2],
    /// 90 % interval of the people cut off.
    pub cut_off: [u32; 2],
}

/// Draws that fit the work limit: [`DRAWS`], down to 20.
#[must_use]
pub fn draws_for(flat: &Flat) -> u64 {
    let affordable = WORK / (flat.arcs() + flat.len()).max(1);
    (affordable as u64).clamp(20, DRAWS)
}

/// Rank and people cut off of the nodes `who`, with their intervals. `events` holds the shared events of each tie in
/// the order of [`Flat::edges`], `now` what hangs on every node as things stand.
#[must_use]
pub fn firmness(
    flat: &Flat,
    events: &[u32],
    of: &[Option<usize>],
    (now, who): (&[Standing], &[usize]),
    (draws, seed): (u64, u64),
) -> Vec<Firmness> {
    let ties: Vec<(u32, u32, f64)> =
        flat.edges().zip(events).map(|((a, b, _), n)| (id(a), id(b), f64::from(*n))).collect();
    let chances: Vec<f64> = ties.iter().map(|tie| 1.0 - libm::exp(-tie.2)).collect();
    let found: Vec<Vec<(u32, u32)>> = (0..draws)
        .into_par_iter()
        .map(|draw| {
            let mut stream = Stream::new(seed, "edge-resampling", draw);
            let kept: Vec<(u32, u32, f64)> = ties
                .iter()
                .zip(&chances)
                .filter(|(_, p)| stream.chance(**p))
                .map(|t| *t.0)
                .collect();
            ranked(&bridging(&Flat::from_ties(flat.len(), &kept), of).standings, who)
        })
        .collect();
    let interval = |values: &mut Vec<u32>| {
        values.sort_unstable();
        [0.05, 0.95].map(|share| quantile::nearest(values, share).unwrap_or(0))
    };
    ranked(now, who)
        .into_iter()
        .enumerate()
        .map(|(nth, (rank, _))| Firmness {
            rank,
            ranks: interval(&mut found.iter().map(|draw| draw[nth].0).collect()),
            cut_off: interval(&mut found.iter().map(|draw| draw[nth].1).collect()),
        })
        .collect()
}

/// Place among the bridges and people cut off of each of `who`; who is no bridge comes after them all.
fn ranked(all: &[Standing], who: &[usize]) -> Vec<(u32, u32)> {
    let mut keys: Vec<_> = all.iter().filter(|one| one.is_bridge()).map(Standing::key).collect();
    keys.sort_unstable();
    who.iter()
        .map(|node| {
            let own = all[*node];
            let behind =
                if own.is_bridge() { keys.partition_point(|key| *key <= own.key()) } else { 0 };
            (id(keys.len() - behind + 1), own.cut_off)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three circles of eight, and a broker (24) with three ties into each, every tie of `events` events.
    fn brokered(events: u32) -> (Flat, Vec<u32>, Vec<Option<usize>>) {
        let circle = |c: usize| {
            (0..8).flat_map(move |a| (a + 1..8).map(move |b| (c * 8 + a, c * 8 + b, 1.0)))
        };
        let broker = (0..9).map(|nth| (24, nth / 3 * 8 + nth % 3, 1.0));
        let flat = Flat::new(25, (0..3).flat_map(circle).chain(broker));
        let of = (0..24).map(|node| Some(node / 8)).chain([None]).collect();
        let events = vec![events; flat.ties()];
        (flat, events, of)
    }

    #[test]
    fn a_planted_broker_is_first_and_stays_first() {
        let (flat, events, of) = brokered(5);
        let everybody: Vec<usize> = (0..25).collect();
        let now = bridging(&flat, &of).standings;
        let found = firmness(&flat, &events, &of, (&now, &everybody), (200, 1));
        assert_eq!((found[24].rank, found[24].ranks), (1, [1, 1]));
        assert_eq!(found[24].cut_off, [16, 16]);
        assert!(found[..24].iter().all(|other| other.ranks[0] > 1));
    }

    #[test]
    fn who_bridges_by_one_tie_takes_no_place() {
        // Two circles of eight joined by one tie, and 16 with two ties into the first and three people behind it.
        let circle = |c: usize| {
            (0..8).flat_map(move |a| (a + 1..8).map(move |b| (c * 8 + a, c * 8 + b, 1.0)))
        };
        let behind = [(17, 18), (17, 19), (18, 19)].into_iter().chain((17..20).map(|b| (16, b)));
        let ties = [(0, 8), (16, 1), (16, 2)].into_iter().chain(behind);
        let flat = Flat::new(20, (0..2).flat_map(circle).chain(ties.map(|(a, b)| (a, b, 1.0))));
        let of: Vec<_> = (0..20).map(|node| (node < 16).then_some(node / 8)).collect();
        let now = bridging(&flat, &of).standings;
        // The ends of the one tie part more people, and are no bridges.
        assert!(now[0].key() > now[16].key() && !now[0].is_bridge() && now[16].is_bridge());
        let found = firmness(&flat, &vec![9; flat.ties()], &of, (&now, &[16, 0]), (100, 1));
        assert_eq!((found[0].rank, found[0].ranks), (1, [1, 1]));
        assert!(found[1].rank > 1);
    }

    #[test]
    fn what_rests_on_single_events_is_wide() {
        let (flat, events, of) = brokered(1);
        let now = bridging(&flat, &of).standings;
        let found = firmness(&flat, &events, &of, (&now, &[24]), (200, 1));
        // With every tie seen in 63 % of the draws, a circle may lose its broker.
        assert!(found[0].cut_off[0] < found[0].cut_off[1]);
        assert_eq!(found, firmness(&flat, &events, &of, (&now, &[24]), (200, 1)));
    }
}
