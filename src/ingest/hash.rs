//! FNV-1a: what stays of ids and texts by which rows, messages and conversations are told apart.

/// The hash of no bytes.
pub(super) const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of a text.
pub(super) fn of(text: impl AsRef<[u8]>) -> u64 {
    more(START, text)
}

/// The hash of what was hashed so far with a text behind it.
pub(super) fn more(hash: u64, text: impl AsRef<[u8]>) -> u64 {
    text.as_ref()
        .iter()
        .fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The same with a text's end marked by a byte that cannot stand in UTF-8: moving letters between fields changes it.
pub(super) fn field(hash: u64, text: &str) -> u64 {
    more(more(hash, text), [0xff])
}

/// The hash of the fields of a record.
pub(super) fn of_fields<'t>(fields: impl Iterator<Item = &'t str>) -> u64 {
    fields.fold(START, field)
}

/// The hash of a text without its white space: exports of different years break lines differently.
pub(super) fn of_words(text: &str) -> u64 {
    text.split_whitespace().fold(START, more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_fields_and_words() {
        // Of the authors' own test vectors.
        assert_eq!((of(""), of("a")), (START, 0xaf63_dc4c_8601_ec8c));
        assert_eq!(of("foobar"), 0x8594_4171_f739_67e8);
        assert_ne!(of_fields(["ab", "c"].into_iter()), of_fields(["a", "bc"].into_iter()));
        assert_eq!(of_words("a b\r\nc"), of_words("a\tb c"));
    }
}
