//! Diversity of the contacts: effective numbers of classes, by head count and by attention.
//!
//! **Question** Across how many kinds of people does the network, and the owner's attention, really spread?
//!
//! **Definition** Hill numbers `qD = (Σ p_k^q)^(1/(1−q))`: q = 0 richness, q = 1 `exp(−Σ p ln p)`, q = 2 `1/Σ p²`. By head
//! count `p_k` is the share of people, by attention the share of tie strength. **Range and unit** effective number of
//! classes, 1..=richness; never rises with q. **Weights** tie strength for attention.
//!
//! **Edge cases** nobody known: undefined. One class: 1. Unknown is left out of `p` and counted; below 60 % known no
//! headline is given. Gender, ethnicity, age, religion and health are never inferred: no class for them exists.
//!
//! **Interval** 95 % of order 2 by attention: contacts resampled 500 times, ±1.96 standard deviations, not below 1.
//! It says how much hangs on who happens to be in the network; an address book is no random sample. **Complexity**
//! O(500 n). **Reference** Hill 1973; Jost 2006; Aral & Van Alstyne 2011.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::audit;
use crate::note::Note;
use crate::people::Person;
use crate::random::Stream;
use crate::study::Study;

use super::{Analysis, Facts, Findings, Measure};

/// Effective functions by attention.
pub const FUNCTIONS: Measure = Measure {
    id: "effective-functions",
    title: "Effective number of functions, by attention (q = 2)",
    unit: "functions, 1 and up",
};

const RESAMPLES: u64 = 500;
/// Share of known classes below which no headline is given.
const KNOWN_FLOOR: f64 = 0.6;

/// The Hill number of order `q` of non-negative amounts; `None` when all are zero.
///
/// ```
/// use weaktie::analysis::diversity::hill;
/// // Two even classes and one of half their size: shares 2/5, 2/5, 1/5.
/// let amounts = [2.0, 2.0, 1.0];
/// assert_eq!(hill(&amounts, 0.0), Some(3.0));
/// assert!((hill(&amounts, 2.0).unwrap() - 25.0 / 9.0).abs() < 1e-12);
/// assert_eq!(hill(&[], 1.0), None);
/// ```
#[must_use]
#[expect(clippy::float_cmp, reason = "orders 0 and 1 are exact by definition, not by nearness")]
pub fn hill(amounts: &[f64], q: f64) -> Option<f64> {
    let total: f64 = amounts.iter().sum();
    if total.is_nan() || total <= 0.0 {
        return None;
    }
    let shares = amounts.iter().filter(|a| **a > 0.0).map(|a| a / total);
    Some(if q == 0.0 {
        shares.count() as f64
    } else if q == 1.0 {
        libm::exp(-shares.map(|p| p * libm::log(p)).sum::<f64>())
    } else if q == 2.0 {
        1.0 / shares.map(|p| p * p).sum::<f64>()
    } else if q.is_infinite() {
        1.0 / shares.fold(0.0, f64::max)
    } else {
        libm::pow(shares.map(|p| libm::pow(p, q)).sum::<f64>(), 1.0 / (1.0 - q))
    })
}

/// Hill numbers of order 0, 1 and 2.
#[must_use]
pub fn hill_012(amounts: &[f64]) -> Option<[f64; 3]> {
    Some([hill(amounts, 0.0)?, hill(amounts, 1.0)?, hill(amounts, 2.0)?])
}

/// One counted person: class (`None` = unknown) and attention.
type Member = (Option<usize>, f64);

/// What a dimension reads off a person: comparable key and label.
type Read = fn(&Person) -> Option<(String, String)>;

/// The dimensions, in report order.
const DIMENSIONS: [(&str, Read); 4] = [
    ("function", |person| code(person.function.as_ref()?.code)),
    ("seniority", |person| code(person.seniority.as_ref()?.code)),
    ("industry", |person| code(person.industry.as_ref()?.code)),
    ("company", |person| Some((person.company_key.clone()?, person.company.clone()?))),
];

#[expect(clippy::unnecessary_wraps, reason = "the shape of a dimension's reader")]
fn code(code: &str) -> Option<(String, String)> {
    Some((code.to_owned(), code.to_owned()))
}

/// The analysis.
pub struct Diversity;

impl Analysis for Diversity {
    fn id(&self) -> &'static str {
        "diversity"
    }

    fn measures(&self) -> &'static [Measure] {
        const { &[FUNCTIONS] }
    }

    fn measure(&self, study: &Study, facts: &Facts) -> Findings {
        let mut findings = Findings::default();
        findings.tables.diversity =
            DIMENSIONS.par_iter().map(|(name, read)| dimension(study, name, *read)).collect();
        findings.scalar(FUNCTIONS, facts.functions);
        for ((dimension, _), found) in DIMENSIONS.iter().zip(&findings.tables.diversity) {
            if !found.headline && found.people > 0 {
                let (known, people) = (found.known, found.people);
                findings.notes.push(Note::TooFewKnown { dimension, known, people });
            }
        }
        findings
    }
}

/// Effective number of functions by attention over the active ties (q = 2); `None` below 60 % known.
#[must_use]
pub fn effective_functions(study: &Study) -> Option<f64> {
    let (members, _) = members(study, DIMENSIONS[0].1);
    let known = members.iter().filter(|member| member.0.is_some()).count() as f64;
    let enough = study.has_log() && known >= KNOWN_FLOOR * members.len() as f64;
    enough.then(|| hill(&amounts(&members, |member| member.1), 2.0)).flatten()
}

/// The counted people: active ties, or every connection where there is no log; and the labels of the classes.
fn members(study: &Study, read: Read) -> (Vec<Member>, Vec<String>) {
    let has_log = study.has_log();
    let counted = study.ties.iter().filter(|tie| !has_log || tie.rhythm.active);
    let mut keys: BTreeMap<String, usize> = BTreeMap::new();
    let mut labels: Vec<BTreeMap<String, u32>> = Vec::new();
    let mut members = Vec::new();
    for tie in counted {
        let class = read(study.people.person(tie.who)).map(|(key, label)| {
            let next = keys.len();
            let class = *keys.entry(key).or_insert(next);
            if class == labels.len() {
                labels.push(BTreeMap::new());
            }
            *labels[class].entry(label).or_default() += 1;
            class
        });
        members.push((class, tie.strength));
    }
    let most_used = |spellings: BTreeMap<String, u32>| {
        let best = spellings.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        best.map(|(label, _)| label).unwrap_or_default()
    };
    (members, labels.into_iter().map(most_used).collect())
}

fn amounts(members: &[Member], amount: fn(&Member) -> f64) -> Vec<f64> {
    let classes = members.iter().filter_map(|member| member.0).max().map_or(0, |last| last + 1);
    let mut sums = vec![0.0; classes];
    for member in members {
        if let Some(class) = member.0 {
            sums[class] += amount(member);
        }
    }
    sums
}

fn dimension(study: &Study, name: &str, read: Read) -> audit::Diversity {
    let (members, labels) = members(study, read);
    let heads = amounts(&members, |_| 1.0);
    let counts = head_counts(&members, heads.len());
    let attention = amounts(&members, |member| member.1);
    let known = members.iter().filter(|member| member.0.is_some()).count();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let whole: f64 = members.iter().map(|member| member.1).sum();
    let share = |part: f64| (whole > 0.0).then(|| part / whole);
    let people = members.len().max(1) as f64;
    let mut classes: Vec<audit::ClassShare> = labels
        .into_iter()
        .zip(counts.iter().zip(&attention))
        .map(|(class, (heads, attention))| audit::ClassShare {
            class,
            people: *heads,
            share_people: f64::from(*heads) / people,
            share_attention: share(*attention),
        })
        .collect();
    classes.sort_by(|a, b| {
        let by = |c: &audit::ClassShare| c.share_attention.unwrap_or(0.0);
        by(b).total_cmp(&by(a)).then(b.people.cmp(&a.people)).then(a.class.cmp(&b.class))
    });
    let unknown: Vec<&Member> = members.iter().filter(|member| member.0.is_none()).collect();
    if !unknown.is_empty() {
        classes.push(audit::ClassShare {
            class: "unknown".to_owned(),
            people: count(unknown.len()),
            share_people: unknown.len() as f64 / people,
            share_attention: share(unknown.iter().map(|member| member.1).sum()),
        });
    }
    let hill_attention = hill_012(&attention);
    audit::Diversity {
        dimension: name.to_owned(),
        people: count(members.len()),
        known: count(known),
        headline: known > 0 && known as f64 >= KNOWN_FLOOR * members.len() as f64,
        hill_people: hill_012(&heads),
        interval: hill_attention.and_then(|hill| interval(&members, hill[2], study.seed, name)),
        hill_attention,
        classes,
    }
}

fn head_counts(members: &[Member], classes: usize) -> Vec<u32> {
    let mut counts = vec![0; classes];
    for class in members.iter().filter_map(|member| member.0) {
        counts[class] += 1;
    }
    counts
}

/// 95 % interval of order 2 by attention, contacts resampled; `None` below 10 known contacts.
fn interval(members: &[Member], centre: f64, seed: u64, name: &str) -> Option<[f64; 2]> {
    let known: Vec<&Member> = members.iter().filter(|member| member.0.is_some()).collect();
    if known.len() < 10 {
        return None;
    }
    let draws: Vec<f64> = (0..RESAMPLES)
        .into_par_iter()
        .filter_map(|draw| {
            let mut stream = Stream::new(seed, name, draw);
            let sample: Vec<Member> =
                known.iter().filter_map(|_| stream.pick(&known).map(|member| **member)).collect();
            hill(&amounts(&sample, |member| member.1), 2.0)
        })
        .collect();
    let n = draws.len() as f64;
    let mean = draws.iter().sum::<f64>() / n;
    let variance = draws.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / (n - 1.0);
    let half = 1.96 * libm::sqrt(variance);
    Some([(centre - half).max(1.0), centre + half])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn even_classes_count_fully_and_one_class_is_one() {
        for q in [0.0, 0.5, 1.0, 2.0, f64::INFINITY] {
            assert!((hill(&[3.0; 4], q).unwrap() - 4.0).abs() < 1e-12);
            assert!((hill(&[7.0, 0.0], q).unwrap() - 1.0).abs() < 1e-12);
        }
        assert_eq!(hill(&[0.0, 0.0], 2.0), None);
    }

    #[test]
    fn spider_anchors() {
        // Chao et al. 2014, Girdled: 26 species of 168; D = 26 / 12.060 / 7.840.
        let mut girdled = vec![46.0, 22.0, 17.0, 15.0, 15.0, 9.0, 8.0, 6.0, 6.0, 4.0];
        girdled.extend([2.0; 4]);
        girdled.extend([1.0; 12]);
        let [d0, d1, d2] = hill_012(&girdled).unwrap();
        assert!((d0 - 26.0).abs() < 1e-12);
        assert!((d1 - 12.060).abs() < 5e-4 && (d2 - 7.840).abs() < 5e-4);
    }

    proptest! {
        #[test]
        fn never_rises_with_the_order(amounts in proptest::collection::vec(0.0..50.0_f64, 1..30)) {
            prop_assume!(amounts.iter().sum::<f64>() > 0.0);
            let at: Vec<f64> = [0.0, 0.5, 1.0, 2.0, 5.0].iter().map(|q| hill(&amounts, *q).unwrap()).collect();
            for pair in at.windows(2) {
                prop_assert!(pair[1] <= pair[0] + 1e-9);
            }
            prop_assert!(at[4] >= 1.0 - 1e-9);
        }
    }
}
