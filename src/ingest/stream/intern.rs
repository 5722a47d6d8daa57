//! Texts to values, many look-ups at a time.
//!
//! Responsible for the hottest look-up of the crate: two people a row. A table of 200,000 spellings does not fit into a
//! core's cache, so one look-up after another would wait for memory twice a row. [`Table::get_all`] first asks for
//! the slots of a whole batch, each load independent of the others, and compares afterwards: the waits overlap.
//!
//! A slot holds 96 bits of a 128-bit hash and the value, sixteen bytes, so a look-up touches one cache line and never
//! the text. Two of a million different texts share 96 bits with a chance of 1 in 10^17, less than that of a fault
//! of the machine while it runs; the hash has no zero that would let a crafted text erase what came before it.

/// The hash of a text: where to look, and what to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hash {
    place: u64,
    check: u32,
}

/// Value of a text that is not in the table.
pub(super) const MISSING: u32 = u32::MAX;

#[derive(Debug, Clone, Copy)]
struct Slot {
    place: u64,
    check: u32,
    value: u32,
}

const EMPTY: Slot = Slot { place: 0, check: 0, value: MISSING };

/// Texts, known by their hashes, with a value each.
#[derive(Debug)]
pub(super) struct Table {
    /// The length is a power of two, more than twice the number of texts.
    slots: Vec<Slot>,
    len: usize,
}

impl Default for Table {
    fn default() -> Self {
        Self { slots: vec![EMPTY; 1 << 10], len: 0 }
    }
}

impl Table {
    /// The value of each text, [`MISSING`] for those not in the table. `hashes` is filled on the way.
    pub(super) fn get_all(&self, texts: &[&[u8]], hashes: &mut Vec<Hash>, values: &mut Vec<u32>) {
        hashes.clear();
        hashes.extend(texts.iter().map(|text| hash(text)));
        // Only loads and selects, nothing that depends on a load: the processor has many of them under way.
        values.clear();
        values.extend(hashes.iter().map(|hash| {
            let slot = self.slots[self.home(*hash)];
            if slot.place == hash.place && slot.check == hash.check { slot.value } else { MISSING }
        }));
        for (value, hash) in values.iter_mut().zip(hashes.iter()) {
            if *value == MISSING {
                *value = self.get(*hash);
            }
        }
    }

    /// The value of the text with this hash, [`MISSING`] if not in the table.
    pub(super) fn get(&self, hash: Hash) -> u32 {
        let mut at = self.home(hash);
        loop {
            let slot = self.slots[at];
            if slot.value == MISSING || (slot.place == hash.place && slot.check == hash.check) {
                return slot.value;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Adds a text that is not in the table; `value` must not be [`MISSING`].
    pub(super) fn add(&mut self, hash: Hash, value: u32) {
        if (self.len + 1) * 2 >= self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![EMPTY; old.len() * 2];
            for slot in old.into_iter().filter(|slot| slot.value != MISSING) {
                self.put(slot);
            }
        }
        self.put(Slot { place: hash.place, check: hash.check, value });
        self.len += 1;
    }

    fn put(&mut self, slot: Slot) {
        let mut at = self.home(Hash { place: slot.place, check: slot.check });
        while self.slots[at].value != MISSING {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = slot;
    }

    fn home(&self, hash: Hash) -> usize {
        usize::try_from(hash.place & (self.slots.len() as u64 - 1)).unwrap_or(0)
    }
}

const ODD: [u64; 4] =
    [0x9e37_79b9_7f4a_7c15, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb, 0xd6e8_feb8_6659_fd93];

/// A hash by multiplication with a state of 128 bits, sixteen bytes a step; the same on every machine.
pub(super) fn hash(text: &[u8]) -> Hash {
    let mut state = (ODD[0] ^ text.len() as u64, ODD[3]);
    let (pairs, rest) = text.as_chunks::<16>();
    for pair in pairs {
        state = step(state, *pair);
    }
    if !rest.is_empty() {
        // The last sixteen bytes where there are as many, so that the tail takes one step of fixed length.
        let tail = match text.last_chunk::<16>() {
            Some(tail) => *tail,
            None => short(rest),
        };
        state = step(state, tail);
    }
    let (low, high) = step(state, [0x5a; 16]);
    Hash { place: low ^ high.rotate_left(32), check: narrow(high ^ low >> 32) }
}

/// Fewer than sixteen bytes, filled up with zeros; the length is part of the hash.
fn short(text: &[u8]) -> [u8; 16] {
    let mut all = [0; 16];
    for (to, from) in all.iter_mut().zip(text) {
        *to = *from;
    }
    all
}

/// Multiplies and keeps both halves; adding the factors keeps a zero factor from erasing the other.
fn step((low, high): (u64, u64), bytes: [u8; 16]) -> (u64, u64) {
    let both = u128::from_le_bytes(bytes);
    let (a, b) = (half(both) ^ low ^ ODD[1], half(both >> 64) ^ high ^ ODD[2]);
    let product = u128::from(a) * u128::from(b);
    (half(product) ^ b, half(product >> 64) ^ a)
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is wanted")]
fn half(wide: u128) -> u64 {
    wide as u64
}

#[expect(clippy::cast_possible_truncation, reason = "the low half is what is wanted")]
fn narrow(wide: u64) -> u32 {
    wide as u32
}

impl Hash {
    /// 27 bits of it, from 1.
    pub(super) fn small(self) -> u32 {
        1 + self.check % ((1 << 27) - 1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hashes_differ_in_every_byte_and_length() {
        let base = b"anna.keller17@example.org-and-more";
        let mut seen: Vec<(u64, u32)> = Vec::new();
        let mut add = |text: &[u8]| {
            let hash = hash(text);
            seen.push((hash.place, hash.check));
        };
        for n in 0..=base.len() {
            add(&base[..n]);
        }
        for at in 0..base.len() {
            for bit in 0..8 {
                let mut other = base.to_vec();
                other[at] ^= 1 << bit;
                add(&other);
            }
        }
        let all = seen.len();
        let (mut places, mut checks): (Vec<u64>, Vec<u32>) = seen.into_iter().unzip();
        places.sort_unstable();
        places.dedup();
        checks.sort_unstable();
        checks.dedup();
        assert_eq!((places.len(), checks.len()), (all, all));
    }

    #[test]
    fn a_factor_of_zero_erases_nothing() {
        // A text made so that the first factor of its second step is zero.
        let crafted = |first: &[u8; 16], second: u64| {
            let state = step((ODD[0] ^ 32, ODD[3]), *first);
            let mut text = first.to_vec();
            text.extend_from_slice(&(state.0 ^ ODD[1]).to_le_bytes());
            text.extend_from_slice(&second.to_le_bytes());
            hash(&text)
        };
        let one = crafted(b"aaaaaaaaaaaaaaaa", 1);
        assert_ne!(one, crafted(b"aaaaaaaaaaaaaaaa", 2));
        assert_ne!(one, crafted(b"bbbbbbbbbbbbbbbb", 1));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20))]
        #[test]
        fn values_are_those_of_a_map(texts in prop::collection::vec("[ab]{0,20}", 0..3000)) {
            let mut table = Table::default();
            let mut map: BTreeMap<&str, u32> = BTreeMap::new();
            for text in &texts {
                let next = u32::try_from(map.len()).unwrap();
                let expected = *map.entry(text).or_insert(next);
                let hash = hash(text.as_bytes());
                if table.get(hash) == MISSING {
                    table.add(hash, next);
                }
                prop_assert_eq!(table.get(hash), expected);
            }
            let bytes: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
            let (mut hashes, mut values) = (Vec::new(), Vec::new());
            table.get_all(&bytes, &mut hashes, &mut values);
            for (text, value) in texts.iter().zip(values) {
                prop_assert_eq!(map[text.as_str()], value);
            }
        }
    }
}
