//! Who of the earlier audit is who of today's.
//!
//! **Certain first** the same key, a key under which an earlier audit knew the person (aliases), a key of a later merge, the same
//! profile link, the same personal address. **Then, among those left on both sides** the same name and day of connecting; the same
//! day, employer, title and first name (a new surname); without a day, the same full name and employer. Each of these only where it
//! fits one person on either side: two namesakes stay two. Several people of then may be one person of now (a late merge).

use std::collections::BTreeMap;

use crate::audit::{Audit, Merge, Person};
use crate::canonical;

/// One person of today with everybody of then who is that person, the one with the same key first.
pub struct Pair<'a> {
    /// Then; never empty.
    pub then: Vec<&'a Person>,
    /// Now.
    pub now: &'a Person,
    /// Place of `now` among today's people.
    pub place: usize,
}

/// The two audits' people side by side.
pub struct Matched<'a> {
    /// In both, in the order of today's people.
    pub pairs: Vec<Pair<'a>>,
    /// Only in the earlier one.
    pub gone: Vec<&'a Person>,
    /// Only in today's.
    pub new: Vec<&'a Person>,
    today: BTreeMap<&'a str, &'a str>,
}

impl<'a> Matched<'a> {
    /// Matches the people of two audits.
    #[must_use]
    pub fn of(then: &'a Audit, now: &'a Audit) -> Self {
        let merges = |audit: &'a Audit| audit.findings.identity.merges.as_slice();
        Self::of_people((&then.people, merges(then)), (&now.people, merges(now)))
    }

    /// Matches two lists of people, each with whom it put together.
    #[must_use]
    pub fn of_people(
        (then, then_merged): (&'a [Person], &'a [Merge]),
        (now, now_merged): (&'a [Person], &'a [Merge]),
    ) -> Self {
        let keys = Keys::of(now, now_merged);
        let merged = by_id(then_merged);
        let mut of: Vec<Option<usize>> = then
            .iter()
            .map(|old| {
                let also = merged.get(old.id.as_str()).copied().unwrap_or_default();
                keys.find(old, also)
            })
            .collect();
        let mut taken = vec![false; now.len()];
        for place in of.iter().flatten() {
            taken[*place] = true;
        }
        for rule in [by_name_and_day, by_all_but_surname, by_name_and_employer] {
            let left = |taken: &[bool]| (0..taken.len()).filter(|at| !taken[*at]).collect();
            let (old_left, new_left): (Vec<usize>, Vec<usize>) =
                ((0..of.len()).filter(|at| of[*at].is_none()).collect(), left(&taken));
            let (old, new) = (alone(then, &old_left, rule), alone(now, &new_left, rule));
            for (key, at) in old {
                if let Some(place) = new.get(&key) {
                    of[at] = Some(*place);
                    taken[*place] = true;
                }
            }
        }
        Self::put_together(then, now, &of)
    }

    fn put_together(then: &'a [Person], now: &'a [Person], of: &[Option<usize>]) -> Self {
        let mut earlier: BTreeMap<usize, Vec<&'a Person>> = BTreeMap::new();
        let (mut gone, mut today) = (Vec::new(), BTreeMap::new());
        for (old, place) in then.iter().zip(of) {
            match place {
                Some(place) => {
                    today.insert(old.id.as_str(), now[*place].id.as_str());
                    earlier.entry(*place).or_default().push(old);
                }
                None => gone.push(old),
            }
        }
        let (mut pairs, mut new) = (Vec::new(), Vec::new());
        for (place, person) in now.iter().enumerate() {
            match earlier.remove(&place) {
                Some(mut then) => {
                    then.sort_by_key(|old| (old.id != person.id, &old.id));
                    pairs.push(Pair { then, now: person, place });
                }
                None => new.push(person),
            }
        }
        Self { pairs, gone, new, today }
    }

    /// Today's id of somebody of then; `None` for those who went.
    #[must_use]
    pub fn today(&self, then: &str) -> Option<&'a str> {
        self.today.get(then).copied()
    }
}

/// Keys of people put together, by id.
fn by_id(merges: &[Merge]) -> BTreeMap<&str, &[String]> {
    merges.iter().map(|merge| (merge.id.as_str(), merge.keys.as_slice())).collect()
}

/// Today's people by every key; a key of two people finds neither.
struct Keys<'a> {
    ids: BTreeMap<&'a str, usize>,
    others: BTreeMap<String, Option<usize>>,
}

impl<'a> Keys<'a> {
    fn of(people: &'a [Person], merges: &[Merge]) -> Self {
        let ids = people.iter().enumerate().map(|(at, person)| (person.id.as_str(), at));
        let also_known = by_id(merges);
        let mut others: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (at, person) in people.iter().enumerate() {
            let also = also_known.get(person.id.as_str()).copied().unwrap_or_default();
            for key in all(person, also) {
                let holder = others.entry(key).or_insert(Some(at));
                if *holder != Some(at) {
                    *holder = None;
                }
            }
        }
        Self { ids: ids.collect(), others }
    }

    fn find(&self, old: &Person, also: &[String]) -> Option<usize> {
        if let Some(at) = self.ids.get(old.id.as_str()) {
            return Some(*at);
        }
        all(old, also).into_iter().find_map(|key| self.others.get(&key).copied().flatten())
    }
}

/// Every key of somebody: id, aliases, profile slug, keys put together, personal addresses.
fn all(person: &Person, also: &[String]) -> Vec<String> {
    let slug = person.profile_url.as_deref().and_then(canonical::profile_slug);
    let addresses = person.emails.iter().filter(|email| !canonical::is_role_address(email));
    let keys = [&person.id].into_iter().chain(&person.aliases).chain(also).chain(addresses);
    let mut keys: Vec<String> = keys.cloned().chain(slug).collect();
    keys.dedup();
    keys
}

type Rule = fn(&Person) -> Option<String>;

fn by_name_and_day(person: &Person) -> Option<String> {
    Some(format!("{} {}", full_name(person)?, person.connected_on?))
}

fn by_all_but_surname(person: &Person) -> Option<String> {
    let company = canonical::company(person.company.as_deref()?);
    let title = canonical::plain(person.position.as_deref()?);
    let first = canonical::plain(&person.first_name);
    let told = !company.is_empty() && !title.is_empty() && !first.is_empty();
    told.then_some(())?;
    Some(format!("{}|{first}|{company}|{title}", person.connected_on?))
}

fn by_name_and_employer(person: &Person) -> Option<String> {
    let company = canonical::company(person.company.as_deref()?);
    (person.connected_on.is_none() && !company.is_empty()).then_some(())?;
    Some(format!("{}|{company}", full_name(person)?))
}

/// The folded name where it has two words or more and is a name.
fn full_name(person: &Person) -> Option<String> {
    let name = canonical::plain(&person.name);
    (name.contains(' ') && person.name != person.id).then_some(name)
}

/// People of a list by a rule, where it fits one of them alone.
fn alone(people: &[Person], of: &[usize], rule: Rule) -> BTreeMap<String, usize> {
    let mut found: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for at in of {
        if let Some(key) = rule(&people[*at]) {
            found.entry(key).and_modify(|one| *one = None).or_insert(Some(*at));
        }
    }
    found.into_iter().filter_map(|(key, at)| Some((key, at?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::fixture::small;

    fn today(then: &Audit, now: &Audit, id: &str) -> Option<String> {
        Matched::of(then, now).today(id).map(str::to_owned)
    }

    #[test]
    fn keys_names_and_days_find_people_again() {
        let then = small();
        let mut now = small();
        // A new slug: name and day of connecting are left.
        now.people[0].id = "iris-v".into();
        now.people[0].profile_url = None;
        assert_eq!(today(&then, &now, "iris-vale").as_deref(), Some("iris-v"));
        // A new surname under a new slug: the rest is the same.
        now.people[3].name = "Zoë Lund".into();
        now.people[3].id = "zoe-lund".into();
        now.people[3].emails.clear();
        now.people[3].profile_url = None;
        assert_eq!(today(&then, &now, "zoe-ek"), None, "no title: too little to tell");
        let mut titled = then.clone();
        for person in [&mut titled.people[3], &mut now.people[3]] {
            person.position = Some("Designer".into());
        }
        assert_eq!(today(&titled, &now, "zoe-ek").as_deref(), Some("zoe-lund"));
        // Namesakes with one day each: nobody is guessed.
        for person in &mut now.people[1..3] {
            person.id.push('x');
            person.profile_url = None;
        }
        assert_eq!(today(&then, &now, "tom-berg-1"), None);
    }

    #[test]
    fn a_late_merge_is_two_of_then() {
        let then = small();
        let mut now = small();
        now.people.remove(2);
        now.findings.identity.merges.push(Merge {
            id: "tom-berg-1".into(),
            keys: vec!["tom-berg-1".into(), "tom-berg-2".into()],
            names: Vec::new(),
            rules: Vec::new(),
        });
        let matched = Matched::of(&then, &now);
        assert_eq!(matched.today("tom-berg-2"), Some("tom-berg-1"));
        assert_eq!(matched.pairs[1].then.len(), 2);
        assert!(matched.gone.is_empty() && matched.new.is_empty());
        // The next audit knows the earlier key without the merge.
        super::super::hand_on(&then, &mut now);
        assert_eq!(now.people[1].aliases, ["tom-berg-2"]);
    }
}
