//! Communities among the contacts: who belongs together, and what to call it.
//!
//! **Question** What circles is the network made of? **Definition** [`crate::measures::leiden`] on the ties among contacts,
//! without the owner. A circle needs five people; smaller groups and isolates are in none. Letters go by size.
//! The whole graph, not its disparity backbone: thinned, every graph with known groups was recovered less well
//! (`benches/results/communities.md`); pictures alone are thinned. **Stability** a person who stays with less than 70 % of the circle over the seeds stands between groups.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit;
use crate::people::Person;
use crate::study::Study;
use crate::text;
use crate::units::count;

use super::{Analysis, Facts, Findings, Measure, refused_without_alter_ties};

/// Modularity of the partition.
pub const MODULARITY: Measure =
    Measure { id: "modularity", title: "Modularity of the communities", unit: "-1/2..1" };
/// Stability of a contact's membership.
pub const STABILITY: Measure = Measure {
    id: "community-stability",
    title: "Share of the community that stays together over all seeds",
    unit: "0..=1",
};

/// Fewest people of a community that gets a letter.
pub const SMALLEST: usize = 5;

/// Share of the community that must stay with a member over the seeds; below, the member stands between groups.
const FIRM: f64 = 0.7;
/// Least Jaccard index by which a community goes on from one of the earlier audit.
const SAME: f64 = 0.3;

/// Tells which community goes on from which of the earlier audit: pairs by most members in common (Jaccard index from
/// 0.3), each once. A community that goes on keeps its name, unless that is taken.
pub fn carry_on(found: &mut [audit::Community], people: &[audit::Person], earlier: &audit::Audit) {
    let members_then = |letter: &str| -> BTreeSet<&str> {
        let own = earlier.people.iter().filter(|p| p.community.as_deref() == Some(letter));
        own.map(|person| person.id.as_str()).collect()
    };
    let before = &earlier.findings.communities;
    let members: Vec<BTreeSet<&str>> = before.iter().map(|old| members_then(&old.letter)).collect();
    let place = |letter: &String| found.iter().position(|now| now.letter == *letter);
    let mut common = vec![vec![0_u32; before.len()]; found.len()];
    for person in people {
        let Some(now) = person.community.as_ref().and_then(place) else { continue };
        for (then, old) in members.iter().enumerate() {
            common[now][then] += u32::from(old.contains(person.id.as_str()));
        }
    }
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (now, row) in common.iter().enumerate() {
        for (then, both) in row.iter().enumerate() {
            let either = f64::from(found[now].people) + members[then].len() as f64;
            let jaccard = f64::from(*both) / (either - f64::from(*both)).max(1.0);
            if jaccard >= SAME {
                pairs.push((jaccard, now, then));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut taken = vec![false; before.len()];
    for (jaccard, now, then) in pairs {
        if found[now].before.is_some() || std::mem::replace(&mut taken[then], true) {
            continue;
        }
        let old = &before[then];
        found[now].before = Some(audit::CommunityBefore { letter: old.letter.clone(), jaccard });
        if found.iter().all(|other| other.name != old.name) {
            found[now].name.clone_from(&old.name);
        }
    }
}

/// Sets beside each community's part of the owner's constraint that of the community it goes on from; run after [`carry_on`].
pub fn causes_before(found: &mut audit::Findings, earlier: &audit::Audit) {
    let Some((now, then)) =
        found.constraint_causes.as_mut().zip(earlier.findings.constraint_causes.as_ref())
    else {
        return;
    };
    now.before = Some(then.constraint);
    let before = |letter: &String| {
        let own = found.communities.iter().find(|community| community.letter == *letter)?;
        Some(own.before.as_ref()?.letter.clone())
    };
    for circle in &mut now.circles {
        let old = match &circle.letter {
            None => None,
            Some(letter) => match before(letter) {
                None => continue,
                old => old,
            },
        };
        circle.share_before = then.circles.iter().find(|c| c.letter == old).map(|c| c.share);
    }
}

/// Letter of a community label: `A`…`Z`, then `AA`…
#[must_use]
pub fn letter(label: usize) -> String {
    let digit = |n: usize| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
    match label / 26 {
        0 => digit(label).to_string(),
        more => format!("{}{}", letter(more - 1), digit(label)),
    }
}

/// Members of each lettered community, as positions, largest first.
#[must_use]
pub fn members(facts: &Facts) -> Vec<Vec<usize>> {
    let mut groups = vec![Vec::new(); facts.communities.count];
    for (position, label) in facts.communities.of.iter().enumerate() {
        groups[*label].push(position);
    }
    groups.retain(|group| group.len() >= SMALLEST);
    groups
}

/// Community of each position among the lettered ones.
#[must_use]
pub fn lettered(facts: &Facts) -> Vec<Option<usize>> {
    let groups = members(facts);
    let mut of = vec![None; facts.communities.of.len()];
    for (label, group) in groups.iter().enumerate() {
        for position in group {
            of[*position] = Some(label);
        }
    }
    of
}

/// The analysis.
pub struct Communities;

impl Analysis for Communities {
    fn id(&self) -> &'static str {
        "communities"
    }

    fn measures(&self) -> &'static [Measure] {
        const { &[MODULARITY, STABILITY] }
    }

    fn refuses(&self, study: &Study) -> Option<audit::Refused> {
        refused_without_alter_ties(study, "What circles is your network made of?")
    }

    fn measure(&self, study: &Study, facts: &Facts) -> Findings {
        let mut findings = Findings::default();
        if !Facts::has_alter_ties(study) {
            return findings;
        }
        findings.scalar(MODULARITY, facts.communities.modularity);
        findings.column(STABILITY, facts.communities.stability.clone());
        let groups = members(facts);
        let names = names(study, &groups);
        findings.tables.communities = groups
            .iter()
            .zip(names)
            .enumerate()
            .map(|(label, (group, name))| {
                let active = group.iter().filter(|at| study.ties[**at].rhythm.active).count();
                let shaky =
                    |at: &&usize| facts.communities.stability[**at].is_some_and(|s| s < FIRM);
                audit::Community {
                    letter: letter(label),
                    name,
                    people: count(group.len()),
                    active: count(active),
                    between: count(group.iter().filter(shaky).count()),
                    before: None,
                }
            })
            .collect();
        findings
    }
}

/// A name for each community: the employer, industry or function that is most over-represented in it, else the
/// member with the most ties inside. Names are told apart.
fn names(study: &Study, groups: &[Vec<usize>]) -> Vec<String> {
    let dimensions = [
        Classes::of(study, 0.25, |person| {
            Some((person.company_key.clone()?, person.company.clone()?))
        }),
        Classes::of(study, 0.4, |person| {
            let code = person.industry.as_ref()?.code;
            Some((code.to_owned(), text::class(code)))
        }),
        Classes::of(study, 0.4, |person| {
            let code = person.function.as_ref()?.code;
            Some((code.to_owned(), format!("{} people", text::class(code))))
        }),
    ];
    let mut names: Vec<String> = Vec::with_capacity(groups.len());
    for group in groups {
        let name = dimensions
            .iter()
            .filter_map(|classes| classes.over_represented(group))
            .find(|name| !names.contains(name))
            .unwrap_or_else(|| format!("Around {}", hub(study, group)));
        names.push(name);
    }
    names
}

/// One attribute of all contacts, read once.
struct Classes {
    /// Key and label by position.
    of: Vec<Option<(String, String)>>,
    everywhere: BTreeMap<String, f64>,
    /// Share of a group that a class must hold to name it.
    floor: f64,
}

impl Classes {
    fn of(study: &Study, floor: f64, read: fn(&Person) -> Option<(String, String)>) -> Self {
        let of: Vec<_> = study.ties.iter().map(|tie| read(study.people.person(tie.who))).collect();
        let mut everywhere: BTreeMap<String, f64> = BTreeMap::new();
        for (key, _) in of.iter().flatten() {
            *everywhere.entry(key.clone()).or_default() += 1.0;
        }
        Self { of, everywhere, floor }
    }

    /// The class with the largest log-odds against the rest of the network, if it holds the floor; with the next one
    /// where that does, too.
    fn over_represented(&self, group: &[usize]) -> Option<String> {
        let mut here: BTreeMap<&String, BTreeMap<&String, u32>> = BTreeMap::new();
        for (key, label) in group.iter().filter_map(|position| self.of[*position].as_ref()) {
            *here.entry(key).or_default().entry(label).or_default() += 1;
        }
        let (inside, whole) = (group.len() as f64, self.of.len() as f64);
        let odds = |count: f64, of: f64| libm::log((count + 0.5) / (of - count + 0.5));
        let mut found: Vec<(f64, &String)> = here
            .iter()
            .filter_map(|(key, labels)| {
                let count = f64::from(labels.values().sum::<u32>());
                let rest = self.everywhere.get(*key)? - count;
                let lift = odds(count, inside) - odds(rest, whole - inside);
                // The spelling used most often, the smallest of equals.
                let label = *labels.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))?.0;
                let enough = count >= 2.0 && count >= self.floor * inside;
                (enough && lift > 0.0).then_some((lift, label))
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        match found.as_slice() {
            [] => None,
            [(_, only)] => Some((*only).clone()),
            [(_, first), (_, second), ..] => Some(format!("{first} and {second}")),
        }
    }
}

/// The member with the most tie weight inside the group.
fn hub(study: &Study, group: &[usize]) -> String {
    let flat = &study.network.flat;
    let inside = |position: usize| -> f64 {
        let ends = flat.neighbours(position).iter().zip(flat.weights(position));
        ends.filter(|(other, _)| group.binary_search(&(**other as usize)).is_ok())
            .map(|(_, weight)| weight)
            .sum()
    };
    group
        .iter()
        .copied()
        .max_by(|a, b| inside(*a).total_cmp(&inside(*b)).then(b.cmp(a)))
        .map_or_else(String::new, |position| {
            study.people.person(study.ties[position].who).name.clone()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!(letter(0), "A");
        assert_eq!(letter(25), "Z");
        assert_eq!(letter(26), "AA");
        assert_eq!(letter(27), "AB");
    }

    #[test]
    fn a_cause_stands_beside_that_of_the_community_it_goes_on_from() {
        let cause = |letter: Option<&str>, share: f64| audit::ConstraintCause {
            letter: letter.map(str::to_owned),
            people: 3,
            ties: 1,
            share,
            share_before: None,
        };
        let causes = |constraint: f64, circles| {
            Some(audit::ConstraintCauses { constraint, before: None, circles, people: Vec::new() })
        };
        let mut earlier = crate::audit::fixture::small();
        earlier.findings.constraint_causes =
            causes(0.4, vec![cause(Some("B"), 0.7), cause(None, 0.3)]);
        let went_on = audit::CommunityBefore { letter: "B".to_owned(), jaccard: 0.8 };
        let community = |letter: &str, before| audit::Community {
            letter: letter.to_owned(),
            before,
            ..audit::Community::default()
        };
        let mut now = audit::Findings {
            communities: vec![community("A", Some(went_on)), community("C", None)],
            constraint_causes: causes(
                0.3,
                vec![cause(Some("A"), 0.5), cause(Some("C"), 0.3), cause(None, 0.2)],
            ),
            ..audit::Findings::default()
        };
        causes_before(&mut now, &earlier);
        let found = now.constraint_causes.unwrap();
        assert_eq!(found.before, Some(0.4));
        let before: Vec<Option<f64>> = found.circles.iter().map(|c| c.share_before).collect();
        assert_eq!(before, [Some(0.7), None, Some(0.3)]);
    }

    #[test]
    fn a_community_goes_on_from_the_one_it_shares_most_with() {
        let mut people = crate::audit::fixture::small().people;
        for (person, letter) in people.iter_mut().zip(["A", "A", "B", "B"]) {
            person.community = Some(letter.to_owned());
        }
        let community = |letter: &str| audit::Community {
            letter: letter.to_owned(),
            name: format!("New {letter}"),
            people: 2,
            ..audit::Community::default()
        };
        let mut now = [community("A"), community("B")];
        // X shares one of three with A; Y is B; Z shares nobody with anybody.
        let mut earlier = crate::audit::fixture::small();
        let gone = crate::audit::Person { id: "gone".to_owned(), ..people[0].clone() };
        earlier.people.push(gone);
        for (person, letter) in earlier.people.iter_mut().zip(["X", "Z", "Y", "Y", "X"]) {
            person.community = Some(letter.to_owned());
        }
        earlier.people[1].id = "also-gone".to_owned();
        earlier.findings.communities = ["X", "Y", "Z"].map(&community).to_vec();
        for old in &mut earlier.findings.communities {
            old.name = format!("Old {}", old.letter);
        }
        carry_on(&mut now, &people, &earlier);
        let told: Vec<_> = now.iter().map(|c| c.before.as_ref().map(|b| &b.letter[..])).collect();
        assert_eq!(told, [Some("X"), Some("Y")]);
        assert_eq!(now[1].name, "Old Y");
        assert!((now[0].before.as_ref().unwrap().jaccard - 1.0 / 3.0).abs() < 1e-12);
    }
}
