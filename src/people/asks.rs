//! Who may be whom: pairs of people with alike names that only the user can tell.
//!
//! Responsible for finding the pairs in near-linear time and for putting the most useful first. Nobody is joined here.
//! People are compared only within a block (a surname's sound with a first name's letter or row of short forms, the
//! whole name, or an address's letters); a block of more than [`CROWD`] people is a common name and is left alone.
//! Cost: O(n log n) in people, plus [`CROWD`] comparisons a person at most.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::canonical::{self, Lane, Name, Verdict, block_key, compare_companies, compare_parsed};
use crate::ingest::FileRecords;

use super::identity::{Ask, Identity};
use super::{Directory, Person, PersonId};

/// People of one block above which nobody is asked about it.
const CROWD: usize = 40;
/// The bit that marks the block of a whole name.
const WHOLE: u64 = 1;
/// Questions about one person at most.
const EACH: usize = 3;
/// Lowest score of a pair worth a question, with one of the two in a contact list and with neither.
const LEAST: (f64, f64) = (0.6, 0.85);
/// Rules that say little of a name: they need an employer or a mail domain beside them.
const WEAK: &[&str] = &["initial", "two-nicknames", "middle-name", "first-name-alone", "typo"];

/// Mail domains that say nothing of an employer.
const FREE_MAIL: &str = "\
    gmail googlemail outlook hotmail live msn yahoo ymail gmx web icloud me mac aol proton protonmail pm fastmail zoho \
    mail yandex qq 163 126 naver daum hanmail orange wanadoo free laposte libero virgilio tiscali t-online freenet arcor \
    bluewin hey tutanota tuta posteo mailbox comcast verizon att sbcglobal btinternet sky virginmedia rediffmail uol bol \
    terra wp o2 onet interia seznam abv ukr rambler bk list inbox bigpond optusnet telenet skynet ziggo kpnmail xs4all \
    telia online";

/// What comparing needs to know of a person.
struct Known<'a> {
    id: PersonId,
    person: &'a Person,
    name: Name,
    /// Whether the name was read from an address.
    from_address: bool,
    /// Whether a contact list or a profile link names the person, or it is the owner.
    is_listed: bool,
}

/// Finds the pairs and writes them, with the counts beside them, into `identity`.
pub(super) fn find(
    directory: &Directory,
    files: &[FileRecords],
    of: &[Vec<PersonId>],
    apart: &BTreeSet<(PersonId, PersonId)>,
    identity: &mut Identity,
) {
    let ids: Vec<PersonId> = directory.ids().collect();
    let known: Vec<Known> = ids.par_iter().filter_map(|id| know(directory, *id)).collect();
    let (pairs, crowded) = pairs(&known);
    let interactions = interactions(files, of, directory.people.len());
    let lists = lists_of(files, of, directory.people.len());
    let mut asks: Vec<Ask> = pairs
        .par_iter()
        .filter_map(|(x, y)| {
            let (x, y) = (&known[*x as usize], &known[*y as usize]);
            if apart.contains(&(x.id.min(y.id), x.id.max(y.id))) {
                return None;
            }
            let found = judge(x, y, &lists)?;
            let (a, b) = if (y.is_listed, x.id) > (x.is_listed, y.id) { (y, x) } else { (x, y) };
            let interactions = interactions[b.id.index()];
            Some(Ask { a: a.id, b: b.id, score: found.score, rule: found.rule, interactions })
        })
        .collect();
    let use_of = |ask: &Ask| ask.score * (1.0 + libm::log1p(f64::from(ask.interactions)));
    asks.sort_by(|p, q| use_of(q).total_cmp(&use_of(p)).then_with(|| (p.a, p.b).cmp(&(q.a, q.b))));
    let mut asked: BTreeMap<PersonId, usize> = BTreeMap::new();
    asks.retain(|ask| {
        let count = asked.entry(ask.b).or_default();
        *count += 1;
        *count <= EACH
    });
    let sides = asks.iter().flat_map(|ask| [ask.a, ask.b]);
    identity.interactions = sides.map(|id| (id, interactions[id.index()])).collect();
    identity.asks = asks;
    identity.crowded = crowded;
    identity.namesakes = namesakes(directory);
}

fn know(directory: &Directory, id: PersonId) -> Option<Known<'_>> {
    let person = directory.person(id);
    let is_listed = id == directory.owner || person.is_connection || person.slug.is_some();
    let is_named = person.name != person.key && canonical::email(&person.name).is_none();
    let only_name = person.slug.is_none() && person.emails.is_empty() && person.handles.is_empty();
    if is_named || only_name {
        let name = Name::parse(&person.name);
        let is_known = name.plain_words().len() > 1;
        return is_known.then_some(Known { id, person, name, from_address: false, is_listed });
    }
    let address = person.emails.first().filter(|address| !canonical::is_role_address(address))?;
    let local = address.split('@').next().unwrap_or_default();
    let words: Vec<String> = local
        .split(['.', '_', '-'])
        .map(|word| word.chars().filter(char::is_ascii_alphabetic).collect::<String>())
        .filter(|word: &String| !word.is_empty())
        .collect();
    let letters: usize = words.iter().map(String::len).sum();
    (letters >= 4 && words.len() <= 4).then(|| {
        let name = Name::from_words(&words);
        Known { id, person, name, from_address: true, is_listed }
    })
}

/// Pairs that share a block, each once, and the number of crowded blocks.
///
/// In a block of one whole name everybody is paired; in a looser one only somebody listed with somebody who is not.
fn pairs(known: &[Known]) -> (Vec<(u32, u32)>, usize) {
    let mut blocks: Vec<(u64, u32)> = known
        .par_iter()
        .zip(0..u32::try_from(known.len()).unwrap_or(u32::MAX))
        .flat_map_iter(|(one, at)| {
            let mut keys: Vec<u64> =
                one.name.blocks().into_iter().map(|key| key & !WHOLE).collect();
            let words = one.name.plain_words();
            keys.push(block_key(&[&words.concat()]) | WHOLE);
            if let ([first, .., last], false) = (words.as_slice(), one.from_address) {
                // The ways in which an address may spell a name without a break.
                let initial = &first[..1];
                for spelled in [[*last, *first], [initial, *last], [*first, &last[..1]]] {
                    keys.push(block_key(&[&spelled.concat()]) | WHOLE);
                }
            }
            keys.into_iter().map(move |key| (key, at))
        })
        .collect();
    blocks.par_sort_unstable();
    blocks.dedup();
    let mut pairs = Vec::new();
    let mut crowded = 0;
    for block in blocks.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1) {
        let is_whole = block[0].0 & WHOLE != 0;
        let listed = |at: &u32| known[*at as usize].is_listed;
        let (ins, outs): (Vec<u32>, Vec<u32>) = block.iter().map(|(_, at)| *at).partition(listed);
        if !is_whole && (ins.is_empty() || outs.is_empty()) {
            continue;
        }
        if block.len() > CROWD {
            crowded += usize::from(is_whole);
            continue;
        }
        pairs.extend(ins.iter().flat_map(|x| outs.iter().map(move |y| (*x.min(y), *x.max(y)))));
        if is_whole {
            for side in [&ins, &outs] {
                for (number, x) in side.iter().enumerate() {
                    pairs.extend(side[number + 1..].iter().map(|y| (*x.min(y), *x.max(y))));
                }
            }
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    (pairs, crowded)
}

/// Whether a pair is worth a question.
fn judge(x: &Known, y: &Known, lists: &[Vec<u32>]) -> Option<Verdict> {
    let (one, other) = (x.person, y.person);
    if one.slug.is_some() && other.slug.is_some() {
        return renamed_link(x, y, lists);
    }
    let names = compare_parsed(&x.name, &y.name);
    let names = if names.lane == Lane::Ask { names } else { spelled(x, y)? };
    let backed = if at_employer(one, other) || at_employer(other, one) {
        Some("name-and-domain")
    } else {
        let employers = one.company.as_deref().zip(other.company.as_deref());
        let same = employers.is_some_and(|(a, b)| compare_companies(a, b).lane == Lane::Certain);
        same.then_some("name-and-company")
    };
    let score = names.score * if x.from_address || y.from_address { 0.95 } else { 1.0 };
    if let Some(rule) = backed {
        return Some(Verdict::ask(f64::midpoint(score, 1.0), rule));
    }
    let least = if x.is_listed || y.is_listed { LEAST.0 } else { LEAST.1 };
    let weak = WEAK.contains(&names.rule) && (x.from_address || y.from_address);
    (score >= least && !weak).then_some(Verdict { score, ..names })
}

/// An address without a break in it that spells the other's name.
fn spelled(x: &Known, y: &Known) -> Option<Verdict> {
    let (address, other) = match (x.from_address, y.from_address) {
        (true, false) => (x, y),
        (false, true) => (y, x),
        _ => return None,
    };
    let words = address.name.plain_words();
    let [word] = words.as_slice() else { return None };
    let other = other.name.plain_words();
    let [first, .., last] = other.as_slice() else { return None };
    let is = |a: &str, b: &str| word.strip_prefix(a) == Some(b);
    if is(first, last) || is(last, first) {
        Some(Verdict::ask(0.85, "address-spells-name"))
    } else if is(&first[..1], last) || is(first, &last[..1]) {
        Some(Verdict::ask(0.6, "initial"))
    } else {
        None
    }
}

/// One person whose profile link changed between two exports: the same name and the same day of connecting, never in
/// one list together.
fn renamed_link(x: &Known, y: &Known, lists: &[Vec<u32>]) -> Option<Verdict> {
    let day = x.person.connected_on;
    let same_day = day.is_some() && day == y.person.connected_on;
    let (one, other) = (&lists[x.id.index()], &lists[y.id.index()]);
    if !same_day
        || one.is_empty()
        || other.is_empty()
        || one.iter().any(|file| other.contains(file))
    {
        return None;
    }
    let names = compare_parsed(&x.name, &y.name);
    (names.score >= 0.8).then_some(Verdict::ask(names.score * 0.9, "renamed-link"))
}

/// Whether an address of `one` lies at the employer of the other.
fn at_employer(one: &Person, other: &Person) -> bool {
    let Some(company) = &other.company_key else { return false };
    let words: Vec<&str> = company.split(' ').collect();
    let whole = words.concat();
    let first = words[0];
    one.emails.iter().any(|address| {
        let domain = address.split('@').nth(1).unwrap_or_default();
        let mut labels: Vec<&str> = domain.split('.').collect();
        labels.pop();
        labels.iter().any(|label| {
            let plain: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
            let is_free = FREE_MAIL.split_whitespace().any(|free| free == *label);
            !is_free
                && plain.len() > 1
                && (plain == whole
                    || (plain == first && first.len() > 3)
                    || canonical::is_acronym(&plain, company))
        })
    })
}

/// Recorded interactions by person.
fn interactions(files: &[FileRecords], of: &[Vec<PersonId>], people: usize) -> Vec<u32> {
    let mut counts = vec![0_u32; people];
    for (file, ids) in files.iter().zip(of) {
        for row in &file.interactions {
            counts[ids[row.from as usize].index()] += 1;
            counts[ids[row.to as usize].index()] += 1;
        }
    }
    counts
}

/// The contact lists each person stands in; two lists with the same rows are one.
fn lists_of(files: &[FileRecords], of: &[Vec<PersonId>], people: usize) -> Vec<Vec<u32>> {
    let mut lists = vec![Vec::new(); people];
    for (number, (file, ids)) in (0..).zip(files.iter().zip(of)) {
        for contact in &file.contacts {
            let own: &mut Vec<u32> = &mut lists[ids[contact.who as usize].index()];
            if own.last() != Some(&number) {
                own.push(number);
            }
        }
    }
    lists
}

/// Pairs of people with one folded name and two profile links.
fn namesakes(directory: &Directory) -> usize {
    let mut names: Vec<String> = directory
        .people
        .par_iter()
        .filter(|person| person.slug.is_some())
        .map(|person| canonical::folded_name(&person.name))
        .filter(|name| !name.is_empty())
        .collect();
    names.par_sort_unstable();
    let groups = names.chunk_by(|a, b| a == b);
    groups.map(|group| group.len() * (group.len() - 1) / 2).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(key: &str, name: &str, email: &str, company: &str) -> Person {
        let is_slug = !key.contains('@');
        Person {
            key: key.to_owned(),
            name: name.to_owned(),
            slug: is_slug.then(|| key.to_owned()),
            emails: Some(email.to_owned()).filter(|text| !text.is_empty()).into_iter().collect(),
            company: Some(company.to_owned()).filter(|text| !text.is_empty()),
            company_key: Some(canonical::company(company)).filter(|text| !text.is_empty()),
            is_connection: is_slug,
            ..Person::default()
        }
    }

    fn asks(people: Vec<Person>) -> Vec<(String, String, &'static str)> {
        let directory = Directory {
            people,
            owner: PersonId(0),
            found_by: String::new(),
            profile: crate::people::Profile::default(),
        };
        let mut identity = Identity::default();
        find(&directory, &[], &[], &BTreeSet::new(), &mut identity);
        let key = |id: PersonId| directory.person(id).key.clone();
        identity.asks.iter().map(|ask| (key(ask.a), key(ask.b), ask.rule)).collect()
    }

    fn address(text: &str) -> Person {
        person(text, text, text, "")
    }

    #[test]
    fn addresses_are_asked_about_with_the_employer_first() {
        let found = asks(vec![
            person("you", "Maren Holt", "", ""),
            person("una-k1", "Una Kestrel", "", "Corwick Mills Ltd"),
            address("una.kestrel@corwick.example.com"),
            address("una.kestrel@gmail.com"),
            address("ukestrel@corwick.example.com"),
            address("ukestrel@gmail.com"),
            address("ivo.kestrel@corwick.example.com"),
            address("info@corwick.example.com"),
        ]);
        let about: Vec<(&str, &str)> = found
            .iter()
            .filter(|(a, _, _)| a == "una-k1")
            .map(|(_, b, rule)| (b.as_str(), *rule))
            .collect();
        assert_eq!(
            about,
            [
                ("una.kestrel@corwick.example.com", "name-and-domain"),
                ("una.kestrel@gmail.com", "same-name"),
                ("ukestrel@corwick.example.com", "name-and-domain"),
            ]
        );
    }

    #[test]
    fn two_addresses_of_a_stranger_are_asked_about_and_two_links_are_not() {
        let found = asks(vec![
            person("you", "Maren Holt", "", ""),
            person("una-k1", "Una Kestrel", "", "Corwick"),
            person("una-k2", "Una Kestrel", "", "Corwick"),
            address("bo.ek@example.org"),
            address("bo.ek@example.com"),
        ]);
        let pair = ("bo.ek@example.org".to_owned(), "bo.ek@example.com".to_owned(), "same-name");
        assert_eq!(found, [pair]);
    }
}
