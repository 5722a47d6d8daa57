//! An audit with its people and ties within reach.
//!
//! Responsible for picking and sorting: who is at risk, how a person is named on a narrow chart, what was loaded.
//! Computes no measure.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::audit::{Audit, Bridge, Person, Quarter, Redaction, Rhythm, Tie, TieState};

use super::figure::Type;
use super::theme::Token;

/// One of the owner's ties with its other end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Own<'a> {
    /// The other person's id.
    pub(crate) id: &'a str,
    /// The tie.
    pub(crate) tie: &'a Tie,
    /// Its rhythm.
    pub(crate) rhythm: &'a Rhythm,
}

impl Own<'_> {
    /// Silence over the usual gap, as the audit has it.
    pub(crate) fn overdue(&self) -> Option<f64> {
        self.rhythm.overdue
    }

    /// The last day of contact; the day of a mere connection is none.
    pub(crate) fn last(&self) -> Option<Date> {
        self.tie.last.filter(|_| self.rhythm.contact_days > 0)
    }

    /// Value × risk × reachability, by which silences are ranked; strength at its best where that is undefined.
    pub(crate) fn value_at_risk(&self) -> f64 {
        self.rhythm.at_risk.map_or(self.rhythm.peak_strength, |risk| risk.product())
    }

    /// Whether the tie is slipping, neglected or lapsed.
    pub(crate) fn at_risk(&self) -> bool {
        matches!(self.rhythm.state, TieState::Slipping | TieState::Neglected | TieState::Lapsed)
    }
}

/// The audit, indexed.
#[derive(Debug)]
pub(crate) struct View<'a> {
    /// The audit.
    pub(crate) audit: &'a Audit,
    /// In the order of ids: found by halving, and made at once of people who stand in that order already.
    people: Vec<&'a Person>,
    /// What stands before `@` in the addresses of more than one person.
    alike: BTreeSet<&'a str>,
    /// The owner's ties with a rhythm, in the order of their ids.
    pub(crate) own: Vec<Own<'a>>,
}

impl<'a> View<'a> {
    /// Indexes an audit.
    pub(crate) fn of(audit: &'a Audit) -> Self {
        let mut people: Vec<&Person> = audit.people.iter().collect();
        people.sort_by(|a, b| a.id.cmp(&b.id));
        let mut own: Vec<Own<'a>> = audit
            .ties
            .iter()
            .filter_map(|tie| {
                let id = if tie.a == audit.ego.id {
                    &tie.b
                } else if tie.b == audit.ego.id {
                    &tie.a
                } else {
                    return None;
                };
                tie.rhythm.as_ref().map(|rhythm| Own { id, tie, rhythm })
            })
            .collect();
        own.sort_by(|a, b| a.id.cmp(b.id));
        let locals = audit.people.iter().filter_map(|person| local_part(&person.name));
        let mut locals: Vec<&str> = locals.collect();
        locals.sort_unstable();
        let alike = locals.windows(2).filter(|two| two[0] == two[1]).map(|two| two[0]).collect();
        Self { audit, people, alike, own }
    }

    /// Whether any contact is on record: without it there is no rhythm.
    pub(crate) fn has_log(&self) -> bool {
        self.own.iter().any(|own| own.rhythm.contact_days > 0)
            || self.latest().is_some_and(|quarter| quarter.active_ties > 0)
            || !self.audit.findings.attention.now.is_empty()
    }

    /// Whether people may be named at all.
    pub(crate) fn names_people(&self) -> bool {
        self.audit.redaction != Redaction::Aggregate
    }

    /// The person with this id.
    pub(crate) fn person(&self, id: &str) -> Option<&'a Person> {
        let at = self.people.binary_search_by(|person| person.id.as_str().cmp(id)).ok()?;
        Some(self.people[at])
    }

    /// The name to print for an id. Where an address stands for it, the part before `@`, if nobody shares that.
    pub(crate) fn name(&self, id: &'a str) -> &'a str {
        let name = self.full_name(id);
        local_part(name).filter(|local| !self.alike.contains(local)).unwrap_or(name)
    }

    /// The name as the audit has it.
    pub(crate) fn full_name(&self, id: &'a str) -> &'a str {
        self.person(id).map_or(id, |person| {
            let name = person.name.trim();
            if name.is_empty() { id } else { name }
        })
    }

    /// A text of the audit with addresses printed as [`View::name`] prints them.
    pub(crate) fn told(&self, text: &str) -> String {
        let word = |word: &str| {
            let address = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            match local_part(address).filter(|local| !self.alike.contains(local)) {
                Some(local) => format!("{local}{}", &word[address.len()..]),
                None => word.to_owned(),
            }
        };
        text.split(' ').map(word).collect::<Vec<String>>().join(" ")
    }

    /// The first name, or the whole name where there is none.
    pub(crate) fn first(&self, id: &'a str) -> &'a str {
        let first = self.person(id).map_or("", |person| person.first_name.as_str());
        // "Ana (she/her)" is addressed as Ana.
        let first = first.split_once(" (").map_or(first, |(name, _)| name).trim();
        if first.is_empty() || self.audit.redaction != Redaction::Full {
            self.name(id)
        } else {
            first
        }
    }

    /// The first name, cut to `most` px where an address stands for it.
    pub(crate) fn given(&self, id: &'a str, most: f64) -> String {
        cut(self.first(id), most)
    }

    /// A short name that fits `most` px: the name, "Amira H.", or initials.
    pub(crate) fn short(&self, id: &'a str, most: f64) -> String {
        let name = self.name(id);
        let words: Vec<&str> = name.split_whitespace().collect();
        let initial = |word: &str| word.chars().next().map(|letter| format!("{letter}."));
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return name.to_owned();
        };
        if self.audit.redaction != Redaction::Full || words.len() < 2 {
            return cut(name, most);
        }
        let short = format!("{first} {}", initial(last).unwrap_or_default());
        if Type::NAME.bold().room(&short) <= most {
            return short;
        }
        format!("{} {}", initial(first).unwrap_or_default(), initial(last).unwrap_or_default())
    }

    /// The name if it fits `most` px, else a shorter form.
    pub(crate) fn fitting(&self, id: &'a str, most: f64) -> String {
        let name = self.name(id);
        if Type::NAME.bold().room(name) <= most { name.to_owned() } else { self.short(id, most) }
    }

    /// The letter of a person's community.
    pub(crate) fn letter(&self, id: &str) -> Option<&'a str> {
        self.person(id).and_then(|person| person.community.as_deref())
    }

    /// The colour of a person's community.
    pub(crate) fn token(&self, id: &str) -> Token {
        Token::community(self.letter(id))
    }

    /// A community's name by its letter.
    pub(crate) fn community(&self, letter: &'a str) -> &'a str {
        self.audit
            .findings
            .communities
            .iter()
            .find(|community| community.letter == letter)
            .map_or(letter, |community| circle_name(&community.name))
    }

    /// The owner's tie with a person.
    pub(crate) fn tie(&self, id: &str) -> Option<&Own<'a>> {
        let at = self.own.binary_search_by(|own| own.id.cmp(id)).ok()?;
        self.own.get(at)
    }

    /// The ties among contacts that the analyses used: at or above the lowest tier of the settings.
    pub(crate) fn among(&self) -> impl Iterator<Item = &'a Tie> {
        let (audit, ego) = (self.audit, self.audit.ego.id.as_str());
        let least = audit.settings.min_evidence;
        audit.ties.iter().filter(move |tie| tie.a != ego && tie.b != ego && tie.evidence <= least)
    }

    /// Slipping, neglected and lapsed ties, most value at risk first.
    pub(crate) fn at_risk(&self) -> Vec<Own<'a>> {
        let mut ties: Vec<Own<'a>> = self.own.iter().copied().filter(Own::at_risk).collect();
        ties.sort_by(|a, b| {
            b.value_at_risk().total_cmp(&a.value_at_risk()).then_with(|| a.id.cmp(b.id))
        });
        ties
    }

    /// The ties that page one counts as valued and late: of the overdue and lapsed, the strongest at their best,
    /// as many as the audit counted.
    pub(crate) fn valued_late(&self) -> Vec<Own<'a>> {
        let counted = self.latest().map_or(0, |now| now.valued_slipping as usize);
        let late =
            |own: &Own<'_>| matches!(own.rhythm.state, TieState::Neglected | TieState::Lapsed);
        let mut ties: Vec<Own<'a>> = self.own.iter().copied().filter(late).collect();
        ties.sort_by(|a, b| {
            b.rhythm.peak_strength.total_cmp(&a.rhythm.peak_strength).then_with(|| a.id.cmp(b.id))
        });
        ties.truncate(counted);
        ties.sort_by(|a, b| {
            b.value_at_risk().total_cmp(&a.value_at_risk()).then_with(|| a.id.cmp(b.id))
        });
        ties
    }

    /// This quarter.
    pub(crate) fn latest(&self) -> Option<&'a Quarter> {
        self.audit.findings.quarters.last()
    }

    /// The quarter before, if any.
    pub(crate) fn previous(&self) -> Option<&'a Quarter> {
        let quarters = &self.audit.findings.quarters;
        quarters.len().checked_sub(2).and_then(|at| quarters.get(at))
    }

    /// The bridges that are the only observed route between some communities.
    pub(crate) fn only_routes(&self) -> Vec<&'a Bridge> {
        let bridges = self.audit.findings.bridges.iter();
        bridges.filter(|bridge| !bridge.only_route.is_empty()).collect()
    }
}

/// What stands before `@` in a text that is an e-mail address and nothing else.
fn local_part(text: &str) -> Option<&str> {
    let (local, domain) = text.split_once('@')?;
    let address = !local.is_empty() && domain.contains('.') && !text.contains(char::is_whitespace);
    address.then_some(local)
}

/// The name of a circle; one that is called after an address (`Around ana@example.org`) without its domain.
pub(crate) fn circle_name(name: &str) -> &str {
    let from = name.rfind(' ').map_or(0, |space| space + 1);
    match local_part(&name[from..]) {
        Some(local) => &name[..from + local.len()],
        None => name,
    }
}

/// One long word, such as an address that stands for a name: its part before `@`, cut where it must be. The
/// table under the chart has it in full.
fn cut(name: &str, most: f64) -> String {
    let style = Type::NAME.bold();
    if style.room(name) <= most {
        return name.to_owned();
    }
    style.cut(name.split('@').next().unwrap_or(name), most)
}

/// People cut off without a bridge, in all.
pub(crate) fn lost(bridge: &Bridge) -> u32 {
    bridge.cut_off.values().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn addresses_are_printed_without_their_domain_where_that_names_one_person() {
        let mut audit = testing::rich();
        let ids: Vec<String> = audit.people.iter().take(3).map(|p| p.id.clone()).collect();
        let names = ["ana@example.org", "bo@example.org", "bo@example.com"];
        for (person, name) in audit.people.iter_mut().zip(names) {
            person.name = name.to_owned();
        }
        let view = View::of(&audit);
        let shown: Vec<&str> = ids.iter().map(|id| view.name(id)).collect();
        assert_eq!(shown, ["ana", "bo@example.org", "bo@example.com"]);
        assert_eq!(view.full_name(&ids[0]), "ana@example.org");
        assert_eq!(
            view.told("ana@example.org, bo@example.org and work @ home."),
            "ana, bo@example.org and work @ home."
        );
        assert_eq!(circle_name("Around ana@example.org"), "Around ana");
        assert_eq!(circle_name("Work @ Home"), "Work @ Home");
        assert_eq!(circle_name("Corvane"), "Corvane");
    }
}
