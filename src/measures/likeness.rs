//! How alike two people's contacts are: what link prediction and introductions rest on.
//!
//! **Definition** over the shared contacts z: common neighbours, their number; Adamic–Adar `Σ 1/ln k_z`; resource
//! allocation `Σ 1/k_z`; Jaccard, their number over that of all contacts of the two. **Range** 0 and up, Jaccard
//! 0..=1. **Edge cases** nobody shared: 0; Jaccard of two isolates is undefined. A shared contact has two ties at
//! least, so nothing is divided by 0. **Complexity** O(deg a + deg b). **Reference** Adamic & Adar 2003; Zhou, Lü &
//! Zhang 2009, EPJ B 71:623; Liben-Nowell & Kleinberg 2007.

use std::cmp::Ordering;

use crate::network::Flat;

/// How alike two people's contacts are.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Likeness {
    /// Shared contacts.
    pub common: usize,
    /// `Σ 1/ln k_z`.
    pub adamic_adar: f64,
    /// `Σ 1/k_z`.
    pub resource_allocation: f64,
    /// Shared contacts over all contacts of the two; `None` when they have none.
    pub jaccard: Option<f64>,
}

/// The likeness of two people.
///
/// ```
/// use weaktie::measures::likeness::likeness;
/// use weaktie::network::Flat;
/// // 0 and 2 share 1, who has three ties; 0 has no other contact, 2 has one.
/// let flat = Flat::new(5, [(0, 1, 1.0), (1, 2, 1.0), (1, 3, 1.0), (2, 4, 1.0)]);
/// let found = likeness(&flat, 0, 2);
/// assert_eq!((found.common, found.jaccard), (1, Some(0.5)));
/// assert_eq!(found.resource_allocation, 1.0 / 3.0);
/// ```
#[must_use]
pub fn likeness(flat: &Flat, a: usize, b: usize) -> Likeness {
    let (mut left, mut right) = (flat.neighbours(a), flat.neighbours(b));
    let mut found = Likeness::default();
    while let (Some(x), Some(y)) = (left.first(), right.first()) {
        match x.cmp(y) {
            Ordering::Less => left = &left[1..],
            Ordering::Greater => right = &right[1..],
            Ordering::Equal => {
                let degree = flat.degree(*x as usize) as f64;
                found.common += 1;
                found.adamic_adar += 1.0 / libm::log(degree);
                found.resource_allocation += 1.0 / degree;
                (left, right) = (&left[1..], &right[1..]);
            }
        }
    }
    let all = flat.degree(a) + flat.degree(b) - found.common;
    found.jaccard = (all > 0).then(|| found.common as f64 / all as f64);
    found
}
