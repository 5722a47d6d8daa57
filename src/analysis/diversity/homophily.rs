//! Whether the owner is among their own: E–I index, chance, and inbreeding homophily.
//!
//! **Definition** *E–I* `(E − I) / (E + I)` over ties, E to people of another class than the owner, I to people of the
//! same; by head count, and by attention. *Chance*: the same by attention with the classes dealt anew among the people,
//! their attention kept (label permutation), mean and middle 95 %: what the owner's own address book would give if
//! attention did not look at the class. *Inbreeding* (Coleman): `(H − w)/(1 − w)` if H ≥ w, else `(H − w)/w`, H the share
//! of attention on one's own class, w the share of that class in a reference: the goal's where one is set, else the
//! owner's contacts by head count; never "the population". *Among contacts*: E–I over the ties among contacts with the
//! same reference. **Range** −1 all within .. +1 all across. **Edge cases** nobody of known class, the owner's class not
//! known, w of 0 or 1: undefined. **Reference** Krackhardt & Stern 1988, Social Psychology Quarterly 51:123; Coleman 1958.

use rayon::prelude::*;

use crate::random::Stream;

use super::unknowns::interval;

/// Permutations of the owner's people.
const DEALS: u64 = 500;

/// An index with what chance would give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// The index, −1..1.
    pub index: f64,
    /// Mean over permuted labels.
    pub mean: f64,
    /// Middle 95 % over permuted labels.
    pub interval: [f64; 2],
}

/// E–I of amounts: to another class, and to the same; `None` without any.
///
/// ```
/// use weaktie::analysis::diversity::homophily::ei;
/// assert_eq!(ei(3.0, 1.0), Some(0.5));
/// assert_eq!(ei(0.0, 0.0), None);
/// ```
#[must_use]
pub fn ei(across: f64, within: f64) -> Option<f64> {
    let all = across + within;
    (all > 0.0).then(|| (across - within) / all)
}

/// Coleman's inbreeding homophily of a share `own` against the share `reference`; `None` where the reference is 0 or 1.
///
/// ```
/// use weaktie::analysis::diversity::homophily::inbreeding;
/// assert_eq!(inbreeding(0.75, 0.5), Some(0.5));
/// assert_eq!(inbreeding(0.25, 0.5), Some(-0.5));
/// assert_eq!(inbreeding(0.5, 1.0), None);
/// ```
#[must_use]
pub fn inbreeding(own: f64, reference: f64) -> Option<f64> {
    if reference <= 0.0 || reference >= 1.0 {
        return None;
    }
    let over = own - reference;
    Some(if over >= 0.0 { over / (1.0 - reference) } else { over / reference })
}

/// E–I of the owner by attention, with the classes dealt anew among the people. `same` says who shares the owner's
/// class, over people of known class only.
#[must_use]
pub fn of_owner(same: &[bool], attention: &[f64], (seed, task): (u64, &str)) -> Option<Chance> {
    let whole: f64 = attention.iter().sum();
    let held = |within: f64| ei(whole - within, within);
    let index = held(attention.iter().zip(same).filter(|(_, same)| **same).map(|(a, _)| a).sum())?;
    let own = same.iter().filter(|same| **same).count();
    // The smaller side is dealt: the other one has the rest.
    let (few, is_own) = if own * 2 <= same.len() { (own, true) } else { (same.len() - own, false) };
    let deals: Vec<f64> = (0..DEALS)
        .into_par_iter()
        .map_init(
            || attention.to_vec(),
            |left, deal| {
                left.copy_from_slice(attention);
                let mut stream = Stream::new(seed, task, deal);
                let mut drawn = 0.0;
                for place in 0..few {
                    let rest = u32::try_from(left.len() - place).unwrap_or(u32::MAX);
                    left.swap(place, place + stream.below_u32(rest) as usize);
                    drawn += left[place];
                }
                held(if is_own { drawn } else { whole - drawn }).unwrap_or(0.0)
            },
        )
        .collect();
    Some(chance(index, deals))
}

/// E–I over ties among people of known class, with the labels dealt anew; `ties` are places in `class`.
#[must_use]
pub fn among(class: &[u32], ties: &[(u32, u32)], (seed, task): (u64, &str)) -> Option<Chance> {
    let index = |class: &[u32]| {
        let across = ties.iter().filter(|(a, b)| class[*a as usize] != class[*b as usize]).count();
        ei(across as f64, (ties.len() - across) as f64)
    };
    let found = index(class)?;
    // Fewer deals for very many ties, whose index varies less: a number that depends on the data alone.
    let deals = if ties.len() > 20_000 { 99 } else { 499 };
    let shuffled: Vec<f64> = (0..deals)
        .into_par_iter()
        .map_init(
            || class.to_vec(),
            |labels, deal| {
                labels.copy_from_slice(class);
                Stream::new(seed, task, deal).shuffle(labels);
                index(labels).unwrap_or(0.0)
            },
        )
        .collect();
    Some(chance(found, shuffled))
}

fn chance(index: f64, mut dealt: Vec<f64>) -> Chance {
    dealt.sort_by(f64::total_cmp);
    let mean = dealt.iter().sum::<f64>() / dealt.len().max(1) as f64;
    Chance { index, mean, interval: interval(&dealt, [0.025, 0.975]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_ties_against_chance() {
        // Two groups of twelve, every tie inside.
        let class: Vec<u32> = (0..24).map(|at| at / 12).collect();
        let ties: Vec<(u32, u32)> = (0..24)
            .flat_map(|a| (a + 1..24).map(move |b| (a, b)))
            .filter(|(a, b)| a / 12 == b / 12)
            .collect();
        let found = among(&class, &ties, (1, "t")).unwrap();
        assert!((found.index + 1.0).abs() < 1e-12);
        // A random pair differs with chance 12·12 / (24·23/2) = 144/276.
        assert!((found.mean - (2.0 * 144.0 / 276.0 - 1.0)).abs() < 0.02, "{}", found.mean);
        assert!(found.interval[0] > -0.5);
        assert_eq!(among(&class, &[], (1, "t")), None);
    }

    #[test]
    fn attention_on_ones_own_is_told_from_a_crowd_of_ones_own() {
        // Eight of ten share the class: by heads −0.6. Attention does not look at it: chance is the same.
        let same: Vec<bool> = (0..10).map(|at| at < 8).collect();
        let even = of_owner(&same, &[1.0; 10], (1, "t")).unwrap();
        assert!((even.index + 0.6).abs() < 1e-12 && (even.mean + 0.6).abs() < 1e-12);
        let attention: Vec<f64> = (0..10).map(|at| if at < 8 { 1.0 } else { 8.0 }).collect();
        let across = of_owner(&same, &attention, (1, "t")).unwrap();
        assert!((across.index - (16.0 - 8.0) / 24.0).abs() < 1e-12);
        assert!(across.mean < across.index && across.interval[1] <= across.index + 1e-12);
        assert_eq!(of_owner(&same, &[0.0; 10], (1, "t")), None);
    }
}
