//! Ids as written -> nodes in the order of the ids.
//!
//! Whole numbers come by value, before everything else, which comes by bytes: the order, and with it every sum of
//! floats, does not depend on the order of the rows or on how they were read.

use std::cmp::Ordering;

use super::account::Account;

/// Ids of all nodes, in one piece of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    text: String,
    ends: Vec<usize>,
}

impl People {
    /// Number of people.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The id of a node.
    #[must_use]
    pub fn id(&self, node: usize) -> &str {
        let start = if node == 0 { 0 } else { self.ends[node - 1] };
        &self.text[start..self.ends[node]]
    }

    /// Every id, by node.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|node| self.id(node))
    }
}

impl<S: AsRef<str>> FromIterator<S> for People {
    fn from_iter<I: IntoIterator<Item = S>>(ids: I) -> Self {
        let mut people = Self::default();
        for id in ids {
            people.text.push_str(id.as_ref());
            people.ends.push(people.text.len());
        }
        people
    }
}

/// What the rows of a file gave: ties between nodes in the order of their ids.
pub(super) struct Named {
    pub(super) people: People,
    /// In pieces, in no order that matters.
    pub(super) ties: Vec<Vec<(u32, u32, f64)>>,
    pub(super) account: Account,
}

/// The order of ids.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    match (is_number(a), is_number(b)) {
        (true, true) => a.len().cmp(&b.len()).then(a.cmp(b)),
        (a_is, b_is) => b_is.cmp(&a_is).then(a.cmp(b)),
    }
}

/// A whole number as it is usually written.
fn is_number(id: &str) -> bool {
    let digits = id.bytes().all(|byte| byte.is_ascii_digit());
    digits && !id.is_empty() && (id.len() == 1 || !id.starts_with('0'))
}
