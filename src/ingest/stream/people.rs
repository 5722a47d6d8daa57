//! Spellings of people to persons, the same for all threads.
//!
//! Responsible for asking once a spelling what it means: every thread remembers the spellings it has met, and only a
//! new one takes the lock to find its person. Numbers of persons depend on which thread came first; whoever uses them
//! must put persons in the order of their keys before anything is shown.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use super::intern::{Hash, MISSING, Table, hash};
use crate::canonical;
use crate::ingest::reading::Reading;
use crate::ingest::record::Mention;
use crate::ingest::{log, plain};

/// A person's number with flags above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Who(u32);

const PLACEHOLDER: u32 = 1 << 31;
const MACHINE: u32 = 1 << 30;
const PRIVATE: u32 = 1 << 29;
/// Flags and the highest number together would be [`MISSING`], so that number is never given.
const LIMIT: u32 = PRIVATE - 1;

impl Who {
    /// The person.
    pub(super) fn person(self) -> u32 {
        self.0 & LIMIT
    }

    /// Only "LinkedIn Member".
    pub(super) fn is_placeholder(self) -> bool {
        self.0 & PLACEHOLDER != 0
    }

    /// A no-reply or newsletter address, or whom the user calls noise.
    pub(super) fn is_machine(self) -> bool {
        self.0 & MACHINE != 0
    }

    /// Whoever is never stored: the person has no number.
    pub(super) fn is_private(self) -> bool {
        self.0 & PRIVATE != 0
    }
}

/// All persons met so far, by key: a letter for the kind of key, then the key.
#[derive(Debug, Default)]
pub(super) struct Persons(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    numbers: Table,
    /// The keys one after another, and where each ends.
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Persons {
    /// The person with this key.
    fn find(&self, key: &[u8]) -> Option<u32> {
        let hash = hash(key);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let value = known.numbers.get(hash);
        if value != MISSING {
            return Some(value);
        }
        let id = u32::try_from(known.ends.len()).ok().filter(|id| *id < LIMIT)?;
        known.bytes.extend_from_slice(key);
        let end = known.bytes.len();
        known.ends.push(end);
        known.numbers.add(hash, id);
        Some(id)
    }

    /// The keys by number.
    pub(super) fn into_keys(self) -> Vec<Key> {
        let known = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut start = 0;
        known
            .ends
            .iter()
            .map(|end| {
                let key = Key::of(known.bytes.get(start..*end).unwrap_or_default());
                start = *end;
                key
            })
            .collect()
    }
}

/// Who a person of a log is: an address, a profile slug, the log's own id, or a name, in the order of how much each
/// tells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The canonical address, slug, id or name.
    pub text: String,
    /// `e`, `s`, `h` or `n`: tells an id from an equal name.
    pub kind: u8,
}

impl Key {
    fn of(bytes: &[u8]) -> Self {
        let (kind, text) = bytes.split_first().map_or((b'h', &[][..]), |(k, t)| (*k, t));
        Self { text: String::from_utf8_lossy(text).into_owned(), kind }
    }

    /// The key as it may be shown. Persons are put in order before: two keys may look the same.
    #[must_use]
    pub fn shown(mut self) -> Self {
        plain::plain(&mut self.text);
        self
    }
}

/// The spellings that one thread has met.
#[derive(Debug)]
pub(super) struct Spellings<'p> {
    persons: &'p Persons,
    reading: &'p Reading,
    spelled: Table,
    hashes: Vec<Hash>,
    values: Vec<u32>,
}

impl<'p> Spellings<'p> {
    /// None yet.
    pub(super) fn new(persons: &'p Persons, reading: &'p Reading) -> Self {
        let (spelled, hashes, values) = (Table::default(), Vec::new(), Vec::new());
        Self { persons, reading, spelled, hashes, values }
    }

    /// Who each spelling is; `None` when there are more persons than numbers.
    pub(super) fn find_all(&mut self, texts: &[&[u8]], found: &mut Vec<Who>) -> Option<()> {
        let (mut hashes, mut values) =
            (std::mem::take(&mut self.hashes), std::mem::take(&mut self.values));
        self.spelled.get_all(texts, &mut hashes, &mut values);
        found.clear();
        found.extend(values.iter().map(|value| Who(*value)));
        // Nearly none is new once a log is under way.
        for (nth, who) in found.iter_mut().enumerate().filter(|(_, who)| who.0 == MISSING) {
            *who = self.find_new(texts[nth], hashes[nth])?;
        }
        (self.hashes, self.values) = (hashes, values);
        Some(())
    }

    /// Who a spelling is that was not known when its batch began.
    fn find_new(&mut self, text: &[u8], hash: Hash) -> Option<Who> {
        // An earlier row of the batch may have asked already.
        let value = self.spelled.get(hash);
        if value != MISSING {
            return Some(Who(value));
        }
        let who = self.ask(text)?;
        self.spelled.add(hash, who.0);
        Some(who)
    }

    fn ask(&self, spelling: &[u8]) -> Option<Who> {
        let text = decode(spelling);
        let (cell, name) = text.split_once(NAME_FOLLOWS).unwrap_or((&text, ""));
        let mention = if name.is_empty() && canonical::is_plain_email(cell) {
            Mention { email: cell.to_owned(), ..Mention::default() }
        } else {
            log::mention(cell, name)
        };
        if self.reading.private.has(&mention) {
            return Some(Who(PRIVATE));
        }
        let who = self.persons.find(&key_of(&mention))?;
        // Told by the spelling, not kept with the person: an id may stand beside a name in one row and beside another or
        // a placeholder in the next, and which row comes first is chance.
        let machine = if self.reading.noise.about(&mention).is_some() { MACHINE } else { 0 };
        let placeholder = if log::is_placeholder(&mention) { PLACEHOLDER } else { 0 };
        Some(Who(who | machine | placeholder))
    }
}

/// Stands between a cell and the name beside it in a spelling.
pub(super) const NAME_FOLLOWS: char = '\u{1f}';

fn key_of(mention: &Mention) -> Vec<u8> {
    let Mention { name, slug, email, handle } = mention;
    let keys = [(b's', slug), (b'e', email), (b'h', handle), (b'n', name)];
    let found = keys.into_iter().find(|(_, text)| !text.is_empty()).unwrap_or((b'n', name));
    key(found.0, found.1)
}

fn key(kind: u8, text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() + 1);
    key.push(kind);
    key.extend_from_slice(text.as_bytes());
    key
}

/// UTF-8, or windows-1252 where it is not.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Private;

    #[test]
    fn spellings_of_one_person_share_a_number() {
        let persons = Persons::default();
        let reading = Reading {
            private: Private::new(&["@clinic.example.org".to_owned(), "k9".to_owned()]),
            ..Reading::default()
        };
        let new = || Spellings::new(&persons, &reading);
        let (mut one, mut two) = (new(), new());
        let mut found = Vec::new();
        let texts: [&[u8]; 4] =
            [b"Tom@Example.org", b"tom@example.org", b"no-reply@example.org", b"k7"];
        one.find_all(&texts, &mut found).unwrap();
        assert_eq!(found[0], found[1]);
        assert!(found[2].is_machine() && !found[3].is_machine());
        let first = found.clone();
        two.find_all(&texts, &mut found).unwrap();
        assert_eq!(first, found);
        two.find_all(&[b"LinkedIn Member", b"M\xfcller"], &mut found).unwrap();
        assert!(found[0].is_placeholder());
        two.find_all(&[b"Dr <a@Clinic.example.org>", b"K9"], &mut found).unwrap();
        assert!(found.iter().all(|who| who.is_private()));
        drop((one, two));
        let keys = persons.into_keys();
        assert!(keys.iter().all(|key| !key.text.contains("clinic") && key.text != "K9"));
        assert_eq!(keys[0], Key { text: "tom@example.org".into(), kind: b'e' });
        assert_eq!(keys.last().unwrap(), &Key { text: "Müller".into(), kind: b'h' });
    }
}
