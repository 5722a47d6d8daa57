//! Who is counted, and the class of each by attribute.

use std::collections::BTreeMap;

use crate::people::Person;
use crate::people::derived::{relation::relation, relative::relative, time_known::time_known};
use crate::study::Study;

use super::sampling::Classed;

/// Key and label of a class.
type Read = for<'a> fn(&Source<'a>, usize) -> Option<(&'a str, &'a str)>;

/// The attributes, in report order.
pub(super) const DIMENSIONS: [(&str, Read); 8] = [
    ("function", |source, at| code(source.person(at).function.as_ref()?.code)),
    ("seniority", |source, at| code(source.person(at).seniority.as_ref()?.code)),
    ("industry", |source, at| code(source.person(at).industry.as_ref()?.code)),
    ("company", |source, at| {
        let person = source.person(at);
        Some((person.company_key.as_deref()?, person.company.as_deref()?))
    }),
    ("relative-seniority", |source, at| {
        let own = source.study.people.profile.seniority.as_ref();
        code(relative(source.person(at), own)?.code)
    }),
    ("time-known", |source, at| {
        let tie = &source.study.ties[at];
        let first = tie.touches.first().map(|touch| touch.day);
        code(time_known(tie.connected, first, source.study.as_of)?.code)
    }),
    ("relation", |source, at| {
        code(relation(source.person(at), &source.study.people.profile)?.code)
    }),
    ("community", |source, at| {
        let letter = source.circles.get(at)?.as_deref()?;
        Some((letter, letter))
    }),
];

#[expect(clippy::unnecessary_wraps, reason = "the shape of an attribute's reader")]
fn code<'a>(code: &'static str) -> Option<(&'a str, &'a str)> {
    Some((code, code))
}

/// What attributes are read from.
pub(super) struct Source<'a> {
    pub(super) study: &'a Study,
    /// Letter of the circle by position; empty where circles are not asked for.
    pub(super) circles: &'a [Option<String>],
}

impl<'a> Source<'a> {
    fn person(&self, at: usize) -> &'a Person {
        self.study.people.person(self.study.ties[at].who)
    }

    /// The class of one contact.
    pub(super) fn class(&self, attribute: &str, at: usize) -> Option<&'a str> {
        let (_, read) = DIMENSIONS.iter().find(|(name, _)| *name == attribute)?;
        read(self, at).map(|(key, _)| key)
    }
}

/// The counted people: active ties, or every connection where there is no log.
pub(super) fn counted(study: &Study) -> Vec<usize> {
    let has_log = study.has_log();
    (0..study.ties.len()).filter(|at| !has_log || study.ties[*at].rhythm.active).collect()
}

/// One attribute of the counted people.
pub(super) struct Members<'a> {
    pub(super) name: &'static str,
    /// Class by person; `None` = unknown.
    pub(super) class: Vec<Option<u32>>,
    /// Comparable key of each class.
    pub(super) keys: Vec<&'a str>,
    /// The spelling used most often.
    pub(super) labels: Vec<&'a str>,
    /// People who share one class by nature: those of one employer their industry.
    pub(super) tied: Vec<Option<u32>>,
}

impl<'a> Members<'a> {
    /// Reads one attribute of `people` (positions).
    pub(super) fn of(
        source: &Source<'a>,
        (name, read): &(&'static str, Read),
        people: &[usize],
    ) -> Self {
        let mut of: BTreeMap<&str, u32> = BTreeMap::new();
        let (mut keys, mut spellings) = (Vec::new(), Vec::new());
        let class = people
            .iter()
            .map(|at| {
                let (key, label) = read(source, *at)?;
                let class = *of.entry(key).or_insert_with(|| {
                    keys.push(key);
                    spellings.push(BTreeMap::new());
                    u32::try_from(keys.len() - 1).unwrap_or(u32::MAX)
                });
                *spellings[class as usize].entry(label).or_insert(0_u32) += 1;
                Some(class)
            })
            .collect();
        let most_used = |spellings: BTreeMap<&'a str, u32>| {
            let best = spellings.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
            best.map_or("", |(label, _)| label)
        };
        let tied =
            if *name == "industry" { employers(source, people) } else { vec![None; people.len()] };
        Self { name, class, keys, labels: spellings.into_iter().map(most_used).collect(), tied }
    }

    /// For resampling.
    pub(super) fn classed(&self) -> Classed<'_> {
        Classed { class: &self.class, classes: self.keys.len() }
    }

    /// Summed amounts by class, one amount a person.
    pub(super) fn sums(&self, amount: impl Fn(usize) -> f64) -> Vec<f64> {
        let mut sums = vec![0.0; self.keys.len()];
        for (person, class) in self.class.iter().enumerate() {
            if let Some(class) = class {
                sums[*class as usize] += amount(person);
            }
        }
        sums
    }

    /// People by class.
    pub(super) fn heads(&self) -> Vec<u32> {
        let mut heads = vec![0; self.keys.len()];
        for class in self.class.iter().flatten() {
            heads[*class as usize] += 1;
        }
        heads
    }

    /// People of known class.
    pub(super) fn known(&self) -> usize {
        self.class.iter().flatten().count()
    }
}

/// A number for each employer.
fn employers(source: &Source<'_>, people: &[usize]) -> Vec<Option<u32>> {
    let mut of: BTreeMap<&str, u32> = BTreeMap::new();
    people
        .iter()
        .map(|at| {
            let key = source.person(*at).company_key.as_deref()?;
            let next = u32::try_from(of.len()).unwrap_or(u32::MAX);
            Some(*of.entry(key).or_insert(next))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::firm;

    #[test]
    fn colleagues_share_an_industry_and_no_other_class() {
        let study = firm();
        let source = Source { study: &study, circles: &[] };
        for dimension in &DIMENSIONS {
            let tied = Members::of(&source, dimension, &[0, 7, 8, 11]).tied;
            let expected = match dimension.0 {
                "industry" => [Some(0), Some(0), Some(1), None],
                _ => [None; 4],
            };
            assert_eq!(tied, expected, "{}", dimension.0);
        }
    }
}
