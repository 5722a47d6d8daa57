//! Whether two spellings of a person's name may be one person's.
//!
//! Responsible for the comparison alone: `parse` takes a name apart, `script` reads other scripts, `sound` folds
//! spellings of one sound, `given` knows first names in their languages and short forms, `words` compares two words
//! and `align` two lists of words. Pure functions. A name never says more than "possibly": people share names, so
//! the best lane here is [`Lane::Ask`](super::Lane::Ask).

mod align;
mod given;
mod parse;
mod script;
mod sound;
mod words;

use super::lane::Verdict;

pub use given::is_given_name;
pub use parse::{Name, block_key};

/// Compares two names as people write them.
///
/// Nicknames, initials, credentials, titles, particles, compound and former surnames, either order, other scripts,
/// marks and small slips are allowed for; two full names that contradict each other are different people.
///
/// ```
/// use weaktie::canonical::{Lane, compare_names};
/// let found = compare_names("Dr. Wilhelmina Oosterbaan-Pell, MBA", "Oosterbaan, Wilma");
/// assert_eq!(found.lane, Lane::Ask);
/// assert_eq!(compare_names("Greta Aldous", "Gina Aldous").lane, Lane::Different);
/// ```
#[must_use]
pub fn compare_names(a: &str, b: &str) -> Verdict {
    compare_parsed(&Name::parse(a), &Name::parse(b))
}

/// Compares two names that were taken apart before.
#[must_use]
pub fn compare_parsed(a: &Name, b: &Name) -> Verdict {
    if a.is_placeholder || b.is_placeholder {
        return Verdict::different(0.0, "placeholder");
    }
    if a.forms.is_empty() || b.forms.is_empty() {
        return Verdict::different(0.0, "no-name");
    }
    if let (Some(x), Some(y)) = (a.suffix, b.suffix)
        && x != y
    {
        return Verdict::different(0.3, "suffix");
    }
    let mut best: Option<(f64, &'static str)> = None;
    for (number, x) in a.forms.iter().enumerate() {
        for (other, y) in b.forms.iter().enumerate() {
            let Some(found) = align::compare(x, y) else { continue };
            // A form that rests on a nickname in brackets or a former surname says so.
            let rule = match (found.1, x.note.or(y.note)) {
                ("same-name" | "left-out", Some(note)) => note,
                (rule, _) => rule,
            };
            let score = found.0 * if number + other > 0 { 0.97 } else { 1.0 };
            if best.is_none_or(|(high, _)| score > high) {
                best = Some((score, rule));
            }
        }
    }
    match best {
        Some((score, rule)) => {
            let (score, rule) = match (a.suffix != b.suffix, rule) {
                (true, "same-name") => (score * 0.9, "suffix"),
                (true, rule) => (score * 0.9, rule),
                (false, rule) => (score, rule),
            };
            Verdict::ask(score, rule)
        }
        None => Verdict::different(0.2, "names-differ"),
    }
}

/// The sound of a text in any script, without spaces: for names that are no person's.
pub(in crate::canonical) fn sound_of(text: &str) -> String {
    sound::sound(&script::latin(text))
}

#[cfg(test)]
mod tests;
