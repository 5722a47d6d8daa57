//! The two ends of a message: who sent it and whom it went to, each spelling worked out once a file.
//!
//! A file of messages names few people very often. What costs (links, folded names, rules) is asked once for each distinct pair
//! of cells; a row then costs two look-ups.

use std::cell::Cell;
#[expect(clippy::disallowed_types, reason = "lookups only")]
use std::collections::HashMap;
use std::rc::Rc;

use foldhash::fast::FixedState;

use super::super::mentions::Mentions;
use super::super::record::{Mention, MentionId};

/// Somebody at one end, with the number that the file's list gave.
#[derive(Debug, Default)]
pub(super) struct Party {
    /// As written.
    pub(super) mention: Mention,
    id: Cell<Option<MentionId>>,
}

impl Party {
    /// Of a mention that has no number yet.
    pub(super) fn new(mention: Mention) -> Self {
        Self { mention, id: Cell::new(None) }
    }

    /// The number in the list, given at first sight.
    pub(super) fn id(&self, mentions: &mut Mentions) -> MentionId {
        let id = self.id.get().unwrap_or_else(|| mentions.id(self.mention.clone()));
        self.id.set(Some(id));
        id
    }

    /// Whether both are one person, by their links, else by their names.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let (a, b) = (&self.mention, &other.mention);
        if a.slug.is_empty() && b.slug.is_empty() { a.name == b.name } else { a.slug == b.slug }
    }
}

/// Who sent it.
#[derive(Debug, Default)]
pub(super) struct Sender {
    /// The person; nothing where the name is hidden and there is no link.
    pub(super) party: Party,
    /// Whether the name stands for a hidden or deleted member.
    pub(super) hidden: bool,
    /// Whether the user says that this person is no noise.
    pub(super) kept: bool,
    /// The rule by which the person's rows are left out.
    pub(super) left_out: Option<&'static str>,
    /// Whether the name is the profile's, and a link stands beside it.
    pub(super) is_owner: bool,
    /// Messages counted so far.
    pub(super) written: Cell<u32>,
}

/// Whom it went to.
#[derive(Debug, Default)]
pub(super) struct Receivers {
    /// Those who can be told, perhaps the sender among them.
    pub(super) people: Vec<Party>,
    /// Whether a hidden or deleted member was among them.
    pub(super) placeholder: bool,
}

impl Receivers {
    /// All but the sender.
    pub(super) fn without<'a>(&'a self, sender: &'a Sender) -> impl Iterator<Item = &'a Party> {
        self.people.iter().filter(|party| !party.is_same(&sender.party))
    }
}

/// What was worked out for a pair of cells.
pub(super) struct Memo<T> {
    #[expect(clippy::disallowed_types, reason = "lookups only")]
    found: HashMap<String, Rc<T>, FixedState>,
    key: String,
}

impl<T> Default for Memo<T> {
    #[expect(clippy::disallowed_types, reason = "lookups only")]
    fn default() -> Self {
        Self { found: HashMap::default(), key: String::new() }
    }
}

impl<T> Memo<T> {
    /// What `work` makes of the two cells, worked out at their first sight. Records hold no NUL: it parts them.
    pub(super) fn of(&mut self, cells: [&str; 2], work: impl FnOnce() -> T) -> Rc<T> {
        self.key.clear();
        self.key.push_str(cells[0]);
        self.key.push('\0');
        self.key.push_str(cells[1]);
        if let Some(found) = self.found.get(&self.key) {
            return Rc::clone(found);
        }
        let made = Rc::new(work());
        self.found.insert(self.key.clone(), Rc::clone(&made));
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_of_cells_is_worked_out_once() {
        let mut memo = Memo::default();
        let mut asked = 0;
        for cells in [["a", "b"], ["ab", ""], ["a", "b"], ["", "ab"], ["ab", ""]] {
            let made = memo.of(cells, || {
                asked += 1;
                cells.concat().len() + cells[0].len()
            });
            assert_eq!(*made, 2 + cells[0].len());
        }
        assert_eq!(asked, 3);
    }

    #[test]
    fn a_party_has_one_number() {
        let mut mentions = Mentions::default();
        let party =
            |slug: &str| Party::new(Mention { slug: slug.to_owned(), ..Mention::default() });
        let (tom, uma, again) = (party("tom"), party("uma"), party("tom"));
        let ids = [&tom, &uma, &tom, &again].map(|one| one.id(&mut mentions));
        assert_eq!((ids, mentions.into_list().len()), ([0, 1, 0, 0], 2));
    }
}
