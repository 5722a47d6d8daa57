//! The codes of the taxonomy: functions, stages and industries, in the order reports list them.
//!
//! Responsible for which answers exist at all: what is not on these lists can be neither read nor set.

use crate::error::Error;

/// Everything that is ever read about a person from a title and an employer, or set by the user.
///
/// Gender, age, origin, religion, health, orientation and family status are not among them, and a test keeps it so.
pub const ATTRIBUTES: [&str; 3] = ["function", "seniority", "industry"];

/// The code of an answer that is not known.
pub const UNKNOWN: &str = "unknown";

pub use crate::taxonomy::{FUNCTIONS, INDUSTRIES, STAGES};

/// One of the attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attribute {
    /// Field of work.
    Function,
    /// Career level.
    Seniority,
    /// Industry of the employer.
    Industry,
}

impl Attribute {
    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Function => ATTRIBUTES[0],
            Self::Seniority => ATTRIBUTES[1],
            Self::Industry => ATTRIBUTES[2],
        }
    }

    /// Its codes, without `unknown`.
    #[must_use]
    pub fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Function => &FUNCTIONS,
            Self::Seniority => &STAGES,
            Self::Industry => &INDUSTRIES,
        }
    }

    /// The code that `text` spells, whatever its case; `None` within is `unknown`.
    ///
    /// ```
    /// use weaktie::people::attributes::taxonomy::Attribute;
    /// assert_eq!(Attribute::Function.code(" Sales ").unwrap(), Some("sales"));
    /// assert_eq!(Attribute::Industry.code("unknown").unwrap(), None);
    /// assert!(Attribute::Seniority.code("boss").is_err());
    /// ```
    ///
    /// # Errors
    /// [`Error::Usage`] with the nearest code when there is no such code.
    pub fn code(self, text: &str) -> Result<Option<&'static str>, Error> {
        let wanted = text.trim().to_lowercase().replace([' ', '-'], "_");
        if wanted == UNKNOWN {
            return Ok(None);
        }
        let codes = self.codes();
        if let Some(code) = codes.iter().find(|code| **code == wanted) {
            return Ok(Some(code));
        }
        let name = self.name();
        let likeness = |code: &str| strsim::jaro_winkler(code, &wanted);
        let near = codes.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        let hint = match near.filter(|code| likeness(code) > 0.7) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of: {}, unknown", codes.join(", ")),
        };
        Err(Error::usage(format!("there is no {name} `{}`", text.trim()), Some(hint)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::PROTECTED;

    #[test]
    fn no_protected_attribute_is_on_any_list() {
        assert_eq!(ATTRIBUTES, ["function", "seniority", "industry"]);
        assert!(ATTRIBUTES.iter().all(|name| crate::taxonomy::ATTRIBUTES.contains(name)));
        let codes = FUNCTIONS.iter().chain(&STAGES).chain(&INDUSTRIES).chain(&ATTRIBUTES);
        for code in codes {
            let is_protected =
                PROTECTED.iter().any(|word| code.split('_').any(|part| part == *word));
            assert!(!is_protected, "{code}");
        }
    }
}
