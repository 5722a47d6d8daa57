//! Where fields and lines end, found for a whole block at once.
//!
//! Responsible for the first touch of every byte. Sixteen bytes are compared at a time and the hits written down as
//! positions; lines are then read from the positions without looking at the bytes between them. Lines with a quote
//! are not for this file: the quoted reader takes them.

use wide::i8x16;

/// Positions of delimiters and line ends in a block.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// All marks, in order.
    pub(super) positions: Vec<u32>,
    /// Which of them are line ends, as indices into `positions`.
    pub(super) line_ends: Vec<u32>,
}

impl Marks {
    /// Finds all marks of `bytes`, which must be shorter than 4 GiB.
    pub(super) fn find(&mut self, bytes: &[u8], delimiter: u8) {
        let Self { positions, line_ends } = self;
        positions.clear();
        line_ends.clear();
        let (delimiters, ends) = (splat(delimiter), splat(b'\n'));
        let (blocks, rest) = bytes.as_chunks::<64>();
        let mut base = 0_u32;
        for block in blocks {
            let (quarters, _) = block.as_chunks::<16>();
            let (mut hits, mut ends_here) = (0_u64, 0_u64);
            for (quarter, shift) in quarters.iter().zip([0, 16, 32, 48]) {
                let values = i8x16::from(quarter.map(u8::cast_signed));
                let line_end = values.simd_eq(ends);
                let found = values.simd_eq(delimiters) | line_end;
                hits |= u64::from(found.to_bitmask() & 0xffff) << shift;
                ends_here |= u64::from(line_end.to_bitmask() & 0xffff) << shift;
            }
            while hits != 0 {
                if hits & ends_here & hits.wrapping_neg() != 0 {
                    line_ends.push(index(positions));
                }
                positions.push(base + hits.trailing_zeros());
                hits &= hits - 1;
            }
            base += 64;
        }
        for byte in rest {
            if *byte == b'\n' {
                line_ends.push(index(positions));
            }
            if *byte == delimiter || *byte == b'\n' {
                positions.push(base);
            }
            base += 1;
        }
    }
}

/// The index of the next position; a block has fewer than 2^32.
fn index(positions: &[u32]) -> u32 {
    u32::try_from(positions.len()).unwrap_or(u32::MAX)
}

fn splat(byte: u8) -> i8x16 {
    i8x16::splat(byte.cast_signed())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn marks_are_those_of_a_plain_scan(bytes in prop::collection::vec(prop::sample::select(
            vec![b'a', b',', b'\n', 0xac, 0x8a, b';']), 0..300)) {
            let mut marks = Marks::default();
            marks.find(&bytes, b',');
            let expected: Vec<u32> = (0_u32..)
                .zip(&bytes)
                .filter(|(_, byte)| **byte == b',' || **byte == b'\n')
                .map(|(at, _)| at)
                .collect();
            prop_assert_eq!(&marks.positions, &expected);
            let ends: Vec<u32> = expected.into_iter().filter(|at| bytes[*at as usize] == b'\n').collect();
            let found: Vec<u32> =
                marks.line_ends.iter().map(|at| marks.positions[*at as usize]).collect();
            prop_assert_eq!(found, ends);
        }
    }
}
