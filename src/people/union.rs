//! Union-find with bars: two classes that each hold a profile slug never join, nor two that the user holds apart.
//!
//! Responsible for merging alone; it does not know what the keys mean beyond "has a slug" and "stands on a side".

use std::collections::{BTreeMap, BTreeSet};

/// Disjoint classes of mentions.
#[derive(Debug)]
pub(super) struct Classes {
    parent: Vec<usize>,
    /// The slug of a class, at its root.
    slug: Vec<Option<usize>>,
    /// Sides of the user's "different" entries in a class, at its root: entry and side.
    sides: BTreeMap<usize, BTreeSet<(usize, bool)>>,
}

impl Classes {
    /// One class each; `slug[i]` is the interned slug of mention `i`.
    pub(super) fn new(slug: Vec<Option<usize>>) -> Self {
        Self { parent: (0..slug.len()).collect(), slug, sides: BTreeMap::new() }
    }

    /// Puts a mention, still alone, on one side of an entry: it will not join the other side.
    pub(super) fn put_on_side(&mut self, node: usize, entry: usize, side: bool) {
        self.sides.entry(node).or_default().insert((entry, side));
    }

    /// The root of the class of `node`: always its smallest member.
    pub(super) fn root(&mut self, node: usize) -> usize {
        let mut root = node;
        while self.parent[root] != root {
            root = self.parent[root];
        }
        let mut at = node;
        while self.parent[at] != root {
            at = std::mem::replace(&mut self.parent[at], root);
        }
        root
    }

    /// Whether the user holds the two classes apart.
    pub(super) fn are_apart(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        match (self.sides.get(&a), self.sides.get(&b)) {
            (Some(x), Some(y)) => x.iter().any(|(entry, side)| y.contains(&(*entry, !side))),
            _ => false,
        }
    }

    fn merge(&mut self, low: usize, high: usize) {
        self.parent[high] = low;
        self.slug[low] = self.slug[low].or(self.slug[high]);
        if let Some(sides) = self.sides.remove(&high) {
            self.sides.entry(low).or_default().extend(sides);
        }
    }

    /// Joins two classes whatever their slugs: only for what the user says is one person. `false` when another entry
    /// holds them apart.
    pub(super) fn join_named(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a != b {
            if self.are_apart(a, b) {
                return false;
            }
            self.merge(a.min(b), a.max(b));
        }
        true
    }

    /// Joins two classes; `false` when both hold a slug and the slugs differ, or when the user holds them apart.
    pub(super) fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return true;
        }
        match (self.slug[a], self.slug[b]) {
            (Some(x), Some(y)) if x != y => return false,
            _ => {}
        }
        if self.are_apart(a, b) {
            return false;
        }
        self.merge(a.min(b), a.max(b));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_slugs_never_join_even_through_a_third() {
        let mut classes = Classes::new(vec![Some(1), None, Some(2)]);
        assert!(classes.join(0, 1));
        assert!(!classes.join(1, 2));
        assert_ne!(classes.root(0), classes.root(2));
    }

    #[test]
    fn the_sides_of_an_entry_never_join_even_through_a_third() {
        let mut classes = Classes::new(vec![None, None, None]);
        classes.put_on_side(0, 7, false);
        classes.put_on_side(2, 7, true);
        assert!(classes.join(0, 1));
        assert!(!classes.join(1, 2) && !classes.join_named(2, 0));
        assert!(classes.are_apart(1, 2));
    }
}
