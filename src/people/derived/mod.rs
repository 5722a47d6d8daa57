//! Attributes of a contact that follow from others: standing against the owner, time known, relation.
//!
//! One file an attribute, each a pure function that says which rule spoke and how sure it is. Nothing is guessed: what
//! the rules cannot tell is `None`. Places are not among them: no file that is read holds any.

pub mod relation;
pub mod relative;
pub mod time_known;

use super::attributes::Class;

/// A class by a rule, between 0 and 1 sure.
fn class(code: &'static str, confidence: f64, rule: &'static str) -> Class {
    Class { code, confidence, rule, words: "" }
}
