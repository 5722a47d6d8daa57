//! Union-find with a bar: two classes that each hold a profile slug never join.
//!
//! Responsible for merging alone; it does not know what the keys mean beyond "has a slug".

/// Disjoint classes of mentions.
#[derive(Debug)]
pub(super) struct Classes {
    parent: Vec<usize>,
    /// The slug of a class, at its root.
    slug: Vec<Option<usize>>,
}

impl Classes {
    /// One class each; `slug[i]` is the interned slug of mention `i`.
    pub(super) fn new(slug: Vec<Option<usize>>) -> Self {
        Self { parent: (0..slug.len()).collect(), slug }
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

    /// Joins two classes whatever their slugs: only for what the user says is one person.
    pub(super) fn join_named(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        if low != high {
            self.parent[high] = low;
            self.slug[low] = self.slug[low].or(self.slug[high]);
        }
    }

    /// Joins two classes; `false` when both hold a slug and the slugs differ.
    pub(super) fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return true;
        }
        match (self.slug[a], self.slug[b]) {
            (Some(x), Some(y)) if x != y => return false,
            _ => {}
        }
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = low;
        self.slug[low] = self.slug[low].or(self.slug[high]);
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
}
