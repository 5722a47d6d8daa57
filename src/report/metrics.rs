//! How wide a text is, in the embedded Inter.
//!
//! Responsible for text measuring, the same on every machine: no system font is asked. The page may show another
//! face, so [`room`] adds what another face may need.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, PxScale, ScaleFont};

/// The regular face.
pub(super) static REGULAR: &[u8] = include_bytes!("../../data/fonts/Inter_400Regular.ttf");
/// The semi-bold face.
pub(super) static SEMIBOLD: &[u8] = include_bytes!("../../data/fonts/Inter_600SemiBold.ttf");

/// The two weights of the design.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// 400.
    Regular,
    /// 600.
    SemiBold,
}

fn face(weight: Weight) -> Option<&'static FontRef<'static>> {
    static FACES: [OnceLock<Option<FontRef<'static>>>; 2] = [OnceLock::new(), OnceLock::new()];
    let (slot, bytes) = match weight {
        Weight::Regular => (&FACES[0], REGULAR),
        Weight::SemiBold => (&FACES[1], SEMIBOLD),
    };
    slot.get_or_init(|| FontRef::try_from_slice(bytes).ok()).as_ref()
}

/// The advance width of `text` at `size` px, kerning included.
pub(crate) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let Some(face) = face(weight) else {
        return text.chars().count() as f64 * size * 0.58;
    };
    // ab_glyph's pixel scale is the height of the face, not the em.
    let units = f64::from(face.units_per_em().unwrap_or(2048.0));
    let unscaled = face.as_scaled(PxScale::from(face.height_unscaled()));
    let mut last = None;
    let mut total = 0.0;
    for letter in text.chars() {
        let glyph = unscaled.glyph_id(letter);
        if let Some(before) = last {
            total += f64::from(unscaled.kern(before, glyph));
        }
        // A letter Inter does not have (`.notdef`) comes from another face, often an em wide.
        let own = f64::from(unscaled.h_advance(glyph));
        total += if glyph.0 == 0 { own.max(units) } else { own };
        last = Some(glyph);
    }
    total * size / units
}

/// The width to keep free for `text`: another face may be a little wider.
pub(crate) fn room(text: &str, size: f64, weight: Weight) -> f64 {
    width(text, size, weight) * 1.02 + 3.0
}

/// Breaks `text` into lines no wider than `most`.
pub(crate) fn wrap(text: &str, size: f64, weight: Weight, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        // A word wider than a line is cut into pieces that fit.
        let mut word = word.to_owned();
        while room(&word, size, weight) > most && word.chars().count() > 1 {
            let mut head = word.clone();
            while room(&head, size, weight) > most && head.chars().count() > 1 {
                head.pop();
            }
            word = word.split_off(head.len());
            lines.push(head);
        }
        match lines.last_mut() {
            Some(line) if room(&format!("{line} {word}"), size, weight) <= most => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_scale_with_size_and_grow_with_weight() {
        let small = width("Amira Haddad", 12.0, Weight::Regular);
        assert!((small * 2.0 - width("Amira Haddad", 24.0, Weight::Regular)).abs() < 1e-3);
        assert!(width("Amira Haddad", 12.0, Weight::SemiBold) > small);
        // Inter's widths: about half an em a letter.
        assert!((60.0..90.0).contains(&small), "{small}");
    }
}
