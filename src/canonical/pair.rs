//! Two records of people side by side: keys first, then names with what stands beside them.

use super::lane::{Lane, Verdict};
use super::names::{Name, compare_parsed};
use super::{compare_companies, is_role_address};

/// What a record says of a person; empty where it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonFacts {
    /// The name, taken apart.
    pub name: Name,
    /// Canonical profile slug.
    pub slug: String,
    /// Canonical e-mail address.
    pub email: String,
    /// Employer as stated.
    pub company: String,
}

/// Whether two records may be one person's.
///
/// One profile link or one personal address is *certain*, two profile links are two people; names are at best *ask*.
/// A common employer raises the score, another one lowers it and decides nothing: employers go stale.
///
/// ```
/// use weaktie::canonical::{Lane, Name, PersonFacts, compare_people};
/// let facts = |name: &str, email: &str| PersonFacts {
///     name: Name::parse(name),
///     email: email.to_owned(),
///     ..PersonFacts::default()
/// };
/// let (a, b) = (facts("Una Kestrel", "una@example.org"), facts("U. Pell", "una@example.org"));
/// assert_eq!(compare_people(&a, &b).lane, Lane::Certain);
/// ```
#[must_use]
pub fn compare_people(a: &PersonFacts, b: &PersonFacts) -> Verdict {
    if !a.slug.is_empty() && !b.slug.is_empty() {
        return if a.slug == b.slug {
            Verdict::certain("same-link")
        } else {
            Verdict::different(0.0, "two-links")
        };
    }
    if !a.email.is_empty() && a.email == b.email && !is_role_address(&a.email) {
        return Verdict::certain("same-address");
    }
    let names = compare_parsed(&a.name, &b.name);
    if names.lane == Lane::Different || a.company.is_empty() || b.company.is_empty() {
        return names;
    }
    match compare_companies(&a.company, &b.company).lane {
        Lane::Certain => Verdict::ask(f64::midpoint(names.score, 1.0), "name-and-company"),
        Lane::Ask => Verdict { score: (names.score * 2.0 + 1.0) / 3.0, ..names },
        Lane::Different => Verdict { score: names.score * 0.8, ..names },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(name: &str, slug: &str, email: &str, company: &str) -> PersonFacts {
        PersonFacts {
            name: Name::parse(name),
            slug: slug.to_owned(),
            email: email.to_owned(),
            company: company.to_owned(),
        }
    }

    #[test]
    fn keys_come_before_names() {
        let pell = facts("Una Pell", "una-k1", "", "Corwick");
        let rule = |other: &PersonFacts| {
            let found = compare_people(&pell, other);
            (found.lane, found.rule)
        };
        // Same link, another surname and employer.
        let later = facts("Una Kestrel", "una-k1", "", "Thorvik");
        assert_eq!(rule(&later), (Lane::Certain, "same-link"));
        let namesake = facts("Una Pell", "una-k2", "", "Corwick");
        assert_eq!(rule(&namesake), (Lane::Different, "two-links"));
        let colleague = facts("U. Pell", "", "", "Corwick Ltd");
        assert_eq!(rule(&colleague), (Lane::Ask, "name-and-company"));
        let elsewhere = facts("Una Pell", "", "", "Thorvik");
        assert_eq!(rule(&elsewhere), (Lane::Ask, "same-name"));
        assert!(
            compare_people(&pell, &colleague).score
                > compare_people(&pell, &facts("U. Pell", "", "", "")).score
        );
    }

    #[test]
    fn a_shared_mailbox_is_nobody() {
        let (a, b) = (
            facts("Una Pell", "", "info@example.org", ""),
            facts("Bo Ek", "", "info@example.org", ""),
        );
        assert_eq!(compare_people(&a, &b).lane, Lane::Different);
    }
}
