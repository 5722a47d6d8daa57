//! `[identity] same`: keys that the user says are one person's.
//!
//! Responsible for joining them, two profile links included, and for counting entries that the data does not bear out.

use crate::ingest::Mention;
use crate::note::Note;

use super::owner::Me;
use super::union::Classes;

/// Joins the mentions of each entry: links, addresses or ids of one person; names do not count. An entry with a key that
/// nobody has is told in the note; its other keys are joined all the same.
pub(super) fn join_same(
    classes: &mut Classes,
    mentions: &[&Mention],
    same: &[Vec<String>],
) -> Option<Note> {
    let mut unmatched: Vec<usize> = Vec::new();
    for (number, entry) in (1..).zip(same) {
        let mut leader = None;
        let mut all_found = true;
        for key in entry.iter().map(|text| Me::from_text(text)) {
            let mut found = false;
            for (node, _) in mentions.iter().enumerate().filter(|(_, m)| key.has_key_of(m)) {
                classes.join_named(*leader.get_or_insert(node), node);
                found = true;
            }
            all_found &= found;
        }
        if !all_found {
            unmatched.push(number);
        }
    }
    let first = *unmatched.first()?;
    Some(Note::SameUnmatched { entries: unmatched.len(), first })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_keys_join_and_unknown_ones_are_counted() {
        let slug = |slug: &str| Mention { slug: slug.to_owned(), ..Mention::default() };
        let email = |email: &str| Mention { email: email.to_owned(), ..Mention::default() };
        let mentions = [slug("ana-k1"), email("ana@example.org"), slug("ana-k2"), slug("bo-k3")];
        let mentions: Vec<&Mention> = mentions.iter().collect();
        let mut classes = Classes::new(vec![Some(0), None, Some(1), Some(2)]);
        let same = [
            ["https://www.linkedin.com/in/ana-k1", "Ana@Example.org", "ana-k2"].as_slice(),
            ["bo-k3", "bo@example.org"].as_slice(),
        ];
        let same: Vec<Vec<String>> =
            same.iter().map(|entry| entry.iter().map(|&key| key.to_owned()).collect()).collect();
        let note = join_same(&mut classes, &mentions, &same);
        assert_eq!(note, Some(Note::SameUnmatched { entries: 1, first: 2 }));
        let roots: Vec<usize> = (0..4).map(|node| classes.root(node)).collect();
        assert_eq!(roots, [0, 0, 0, 3]);
        assert_eq!(join_same(&mut classes, &mentions, &same[..1]), None);
    }
}
