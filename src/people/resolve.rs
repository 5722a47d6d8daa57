//! Who is the same person: the user's decisions, then exact keys, and every merge explains itself.
//!
//! Tiers, in order: what the user decided; the same profile slug; the same e-mail address (a role address never
//! counts); the same id in logs. Two slugs are two people unless the user says otherwise. A name alone never makes two
//! people one: only rows of a LinkedIn export that hold nothing but a name (old message files) are given to the one
//! person of that full name in all sources, if there is just one. Names that are alike are asked about
//! ([`super::asks`]).
//!
//! The mentions of all files are sorted and taken once before anything is joined: the same data twice, in parts or in
//! another order gives the same people.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::canonical;
use crate::error::Result;
use crate::ingest::{FileRecords, Kind, Mention, RawContact};
use crate::note::Note;

use super::asks;
use super::attributes::Overrides;
use super::identity::{Identity, Merge, Rule};
use super::owner::{self, LogOwners, Me, Said};
use super::same::{self, Named};
use super::union::Classes;
use super::{Directory, Person, PersonId, Profile};

/// People, and where each mention went.
#[derive(Debug)]
pub struct Resolved {
    /// Everybody.
    pub directory: Directory,
    /// By file and mention: the person.
    pub of: Vec<Vec<PersonId>>,
    /// What was left apart or merged on weak grounds.
    pub notes: Vec<Note>,
    /// Who was put together, and who may be.
    pub identity: Identity,
    /// Number of logs in which nobody is the owner.
    pub without_owner: usize,
    /// What was found about the owner in single files: the file's place and words that may quote addresses.
    pub about_files: Vec<(usize, String)>,
}

/// Merges the mentions of all files into people and finds the owner.
///
/// With contact lists alone nobody is named as the owner, and none is needed: the owner is "You".
///
/// Cost: O(M log M) in the number of distinct mentions.
///
/// # Errors
/// [`crate::Error::Owner`] when there are interactions and the owner cannot be told, or `--me` matches nobody.
pub fn resolve(files: &[FileRecords], said: &Said) -> Result<Resolved> {
    let Distinct { mentions: mut all, of: places, bare_may_link } = distinct(files);
    same::without_denied_addresses(&said.decisions, &mut all);
    let mentions: Vec<&Mention> = all.iter().collect();
    let mut notes = Vec::new();
    let mut merges = Merges::default();
    let mut classes = Classes::new(intern(&mentions, |mention| &mention.slug));
    let named = Named::new(&said.decisions, &mentions);
    same::hold_apart(&mut classes, &named, &said.decisions);
    let (decided, remarks) = same::join_same(&mut classes, &named, &said.decisions)?;
    merges.extend(decided.into_iter().map(|node| (node, Rule::Decided)));
    notes.extend(remarks);
    join_by_key(&mut classes, &mentions, &mut notes, &mut merges);
    same::check_apart(&mut classes, &named, &said.decisions)?;
    for (file, places) in files.iter().zip(&places) {
        for (a, b) in &file.same {
            let (a, b) = (places[*a as usize] as usize, places[*b as usize] as usize);
            if classes.join(a, b) {
                merges.push((b, Rule::OneRow));
            }
        }
    }
    join_by_name(&mut classes, &mentions, &bare_may_link, &mut notes, &mut merges);

    let mut chosen = owner::choose(files, &mentions, said)?;
    let LogOwners { without: without_owner, by_presence, about_files } =
        owner::of_logs(files, &mut chosen.me);
    notes.extend((by_presence > 0).then_some(Note::OwnerByPresence(by_presence)));
    let owner_root = join_owner(&mut classes, &mentions, &chosen.me);

    let root_of: Vec<usize> = (0..mentions.len()).map(|node| classes.root(node)).collect();
    let mut drafts: BTreeMap<usize, Draft> = BTreeMap::new();
    for (mention, root) in mentions.iter().zip(&root_of) {
        drafts.entry(*root).or_default().add(mention);
    }
    let owner_draft = owner_root.unwrap_or(usize::MAX);
    drafts.entry(owner_draft).or_default().add_owner(&chosen.me, chosen.name.as_deref());
    let mut reasons: BTreeMap<usize, BTreeSet<Rule>> = BTreeMap::new();
    for (node, rule) in merges {
        reasons.entry(root_of[node]).or_default().insert(rule);
    }
    let mut joined: BTreeMap<usize, Merge> = drafts
        .iter()
        .filter(|(root, _)| **root != owner_draft)
        .filter_map(|(root, draft)| {
            let rules = reasons.remove(root).unwrap_or_default();
            Some((*root, draft.merge(rules)?))
        })
        .collect();

    let drafts: Vec<(usize, Draft)> = drafts.into_iter().collect();
    let mut order: Vec<(Person, usize)> =
        drafts.into_par_iter().map(|(root, draft)| (draft.person(), root)).collect();
    tell_keys_apart(&mut order);
    let mut id_of_root = BTreeMap::new();
    let mut people: Vec<Person> = Vec::with_capacity(order.len());
    let mut identity = Identity::default();
    for (index, (person, root)) in order.into_iter().enumerate() {
        people.push(person);
        let id = PersonId(u32::try_from(index).unwrap_or(u32::MAX));
        if let Some(merge) = joined.remove(&root) {
            identity.merges.push((id, merge));
        }
        id_of_root.insert(root, id);
    }
    let id = |root: &usize| id_of_root.get(root).copied().unwrap_or(PersonId(0));
    let id_of: Vec<PersonId> = root_of.iter().map(id).collect();
    let of: Vec<Vec<PersonId>> = places
        .iter()
        .map(|places| places.iter().map(|node| id_of[*node as usize]).collect())
        .collect();
    let owner = id(&owner_draft);
    let mut directory =
        Directory { people, owner, found_by: chosen.how, profile: Profile::default() };
    add_contact_facts(&mut directory, files, &of, &said.classes);
    let apart = same::sides(&named, &said.decisions, &id_of);
    identity.decided_same = said.decisions.same.len();
    identity.decided_different = said.decisions.different.len();
    asks::find(&directory, files, &of, &apart, &mut identity);
    Ok(Resolved { directory, of, notes, identity, without_owner, about_files })
}

/// What joined which mention, in the order it happened.
type Merges = Vec<(usize, Rule)>;

/// The different mentions of all files, sorted, and where each mention of a file went.
struct Distinct {
    mentions: Vec<Mention>,
    of: Vec<Vec<u32>>,
    /// Of each: whether it stands in a LinkedIn file.
    bare_may_link: Vec<bool>,
}

fn distinct(files: &[FileRecords]) -> Distinct {
    let mut all: Vec<(&Mention, u32, u32)> = Vec::new();
    for (file, number) in files.iter().zip(0..) {
        all.extend(file.mentions.iter().zip(0..).map(|(mention, at)| (mention, number, at)));
    }
    all.par_sort_unstable();
    let mut of: Vec<Vec<u32>> = files.iter().map(|file| vec![0; file.mentions.len()]).collect();
    let (mut mentions, mut bare_may_link): (Vec<Mention>, Vec<bool>) = (Vec::new(), Vec::new());
    for (mention, file, at) in all {
        if mentions.last() != Some(mention) {
            mentions.push(mention.clone());
            bare_may_link.push(false);
        }
        let last = mentions.len() - 1;
        bare_may_link[last] |= files[file as usize].kind.name().starts_with("linkedin-");
        of[file as usize][at as usize] = u32::try_from(last).unwrap_or(u32::MAX);
    }
    Distinct { mentions, of, bare_may_link }
}

/// Sorts by key; a key that several people have (a log's id spelled like somebody's slug) gets a number.
fn tell_keys_apart(order: &mut [(Person, usize)]) {
    let by_key = |a: &(Person, usize), b: &(Person, usize)| {
        // Which of two with one key comes first must not hang on the order of rows.
        let content = |p: &Person| (p.slug.clone(), p.emails.clone(), p.name.clone());
        a.0.key.cmp(&b.0.key).then_with(|| content(&a.0).cmp(&content(&b.0))).then(a.1.cmp(&b.1))
    };
    order.sort_by(by_key);
    for same in order.chunk_by_mut(|a, b| a.0.key == b.0.key) {
        for (number, (person, _)) in (2..).zip(same.iter_mut().skip(1)) {
            person.key = format!("{}~{number}", person.key);
        }
    }
    order.sort_by(by_key);
}

/// Interned key of each mention; `None` where the key is empty.
fn intern<'a>(
    mentions: &[&'a Mention],
    key: impl Fn(&'a Mention) -> &'a str,
) -> Vec<Option<usize>> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    mentions
        .iter()
        .map(|mention| {
            let next = seen.len();
            let text = key(mention);
            (!text.is_empty()).then(|| *seen.entry(text).or_insert(next))
        })
        .collect()
}

/// Joins mentions with the same slug, address or log id. An address that stands beside two slugs is neither's.
fn join_by_key(
    classes: &mut Classes,
    mentions: &[&Mention],
    notes: &mut Vec<Note>,
    merges: &mut Merges,
) {
    let mut slugs_of: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for mention in mentions.iter().filter(|m| !m.email.is_empty() && !m.slug.is_empty()) {
        slugs_of.entry(&mention.email).or_default().insert(&mention.slug);
    }
    let shared = |email: &str| slugs_of.get(email).is_some_and(|slugs| slugs.len() > 1);
    let mut first: BTreeMap<(u8, &str), usize> = BTreeMap::new();
    for tier in 0..3_u8 {
        for (node, mention) in mentions.iter().enumerate() {
            let key = match tier {
                0 => &mention.slug,
                1 => &mention.email,
                _ => &mention.handle,
            };
            let identifies = tier != 1 || !(canonical::is_role_address(key) || shared(key));
            // An address that identifies nobody still makes one person of its own mentions.
            let alone = tier == 1 && mention.slug.is_empty();
            if !key.is_empty() && (identifies || alone) {
                let leader = *first.entry((tier, key)).or_insert(node);
                if leader != node && classes.join(leader, node) {
                    let rule = [Rule::SameLink, Rule::SameAddress, Rule::SameId];
                    merges.push((node, rule[usize::from(tier)]));
                }
            }
        }
    }
    let shared = slugs_of.values().filter(|slugs| slugs.len() > 1).count();
    if shared > 0 {
        notes.push(Note::SharedAddresses(shared));
    }
}

/// Gives a LinkedIn row that holds only a name to the one class of that full name, if there is just one. Rows of other
/// files with nothing but a name stand for themselves: one person a spelling.
fn join_by_name(
    classes: &mut Classes,
    mentions: &[&Mention],
    may_link: &[bool],
    notes: &mut Vec<Note>,
    merges: &mut Merges,
) {
    let mut by_name: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut bare: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (node, mention) in mentions.iter().enumerate() {
        let name = canonical::folded_name(&mention.name);
        if name.is_empty() {
            continue;
        }
        if mention.slug.is_empty() && mention.email.is_empty() && mention.handle.is_empty() {
            bare.entry(name).or_default().push(node);
        } else {
            let root = classes.root(node);
            by_name.entry(name).or_default().insert(root);
        }
    }
    let (mut joined, mut apart) = (0, 0);
    for (name, nodes) in &bare {
        let known = by_name.get(name);
        // A first name or an initial is no full name.
        let is_full = name.split(' ').filter(|word| word.chars().count() > 1).count() > 1;
        let links = is_full && nodes.iter().any(|node| may_link[*node]);
        let single = known
            .filter(|roots| links && roots.len() == 1)
            .and_then(|roots| roots.first())
            .filter(|root| !classes.are_apart(**root, nodes[0]));
        let leader = single.copied().unwrap_or(nodes[0]);
        if known.is_some_and(|roots| roots.len() > 1) {
            apart += 1;
        } else if single.is_some() {
            joined += 1;
            merges.push((nodes[0], Rule::OnlyName));
        }
        for node in nodes {
            classes.join(leader, *node);
        }
    }
    if joined > 0 {
        notes.push(Note::JoinedByName(joined));
    }
    if apart > 0 {
        notes.push(Note::ApartByName(apart));
    }
}

/// Joins everything that is the owner; returns the root, if the owner is mentioned at all.
fn join_owner(classes: &mut Classes, mentions: &[&Mention], me: &Me) -> Option<usize> {
    let mut leader: Option<usize> = None;
    for (node, mention) in mentions.iter().enumerate() {
        // A namesake with an own profile link is somebody else.
        let only_name = mention.slug.is_empty() && mention.email.is_empty();
        let by_name = me.has_name_of(mention) && (only_name || me.slugs.is_empty());
        if mention.is_owner() || me.has_key_of(mention) || by_name {
            // The owner may have had two profile links, and named both.
            let first = *leader.get_or_insert(node);
            classes.join_named(first, node);
        }
    }
    leader.map(|node| classes.root(node))
}

/// What the mentions of one person add up to.
#[derive(Debug, Default)]
struct Draft {
    slugs: BTreeSet<String>,
    emails: BTreeSet<String>,
    handles: BTreeSet<String>,
    names: BTreeMap<String, u32>,
    is_owner: bool,
    /// Whether one row states several of the keys.
    one_row: bool,
}

impl Draft {
    fn add(&mut self, mention: &Mention) {
        let keep = |set: &mut BTreeSet<String>, text: &String| {
            if !text.is_empty() {
                set.insert(text.clone());
            }
        };
        keep(&mut self.slugs, &mention.slug);
        keep(&mut self.emails, &mention.email);
        if !mention.is_owner() {
            keep(&mut self.handles, &mention.handle);
        }
        if !mention.name.is_empty() {
            *self.names.entry(mention.name.clone()).or_default() += 1;
        }
        let keys = [&mention.slug, &mention.email, &mention.handle];
        self.one_row |= keys.iter().filter(|key| !key.is_empty()).count() > 1;
    }

    /// What was put together here; `None` for a person of one key and one spelling.
    fn merge(&self, mut rules: BTreeSet<Rule>) -> Option<Merge> {
        let keys: Vec<String> =
            self.slugs.iter().chain(&self.emails).chain(&self.handles).cloned().collect();
        let names: Vec<String> = self.names.keys().cloned().collect();
        if keys.len() < 2 && names.len() < 2 && !rules.contains(&Rule::OnlyName) {
            return None;
        }
        if self.one_row {
            rules.insert(Rule::OneRow);
        }
        (!rules.is_empty()).then_some(Merge { keys, names, rules })
    }

    fn add_owner(&mut self, me: &Me, profile_name: Option<&str>) {
        self.is_owner = true;
        if self.slugs.is_empty() && self.handles.is_empty() {
            self.emails.extend(me.emails.first().cloned());
        }
        if let Some(name) = profile_name {
            // The profile's own spelling wins over those in messages.
            self.names.insert(name.to_owned(), u32::MAX);
        }
    }

    fn person(self) -> Person {
        let name = self
            .names
            .iter()
            .max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)))
            .map(|(name, _)| name.clone());
        let folded = name.as_deref().map(|name| match canonical::folded_name(name) {
            // A name of signs alone is its own key.
            folded if folded.is_empty() => name.to_owned(),
            folded => folded,
        });
        let key = self
            .slugs
            .first()
            .or(self.emails.first())
            .or(self.handles.first())
            .cloned()
            .or_else(|| folded.filter(|text| !text.is_empty()))
            .unwrap_or_else(|| if self.is_owner { "you".to_owned() } else { "?".to_owned() });
        let name = name.unwrap_or_else(|| {
            if self.is_owner && key == "you" { "You".to_owned() } else { key.clone() }
        });
        let first_name = name.split_whitespace().next().unwrap_or(&name).to_owned();
        let mut slugs = self.slugs.into_iter();
        Person {
            key,
            name,
            first_name,
            slug: slugs.next(),
            other_slugs: slugs.collect(),
            emails: self.emails.into_iter().collect(),
            handles: self.handles.into_iter().collect(),
            ..Person::default()
        }
    }
}

/// Adds what contact lists state: employer, title, date, and the classes of employer and title.
///
/// Where several rows speak of one person the newest list wins, whatever the order of rows or files.
fn add_contact_facts(
    directory: &mut Directory,
    files: &[FileRecords],
    of: &[Vec<PersonId>],
    said: &Overrides,
) {
    // An address book says who somebody is; only where there is nothing else does it say that there is a tie.
    let alone = files.iter().all(|file| {
        file.kind == Kind::Contacts || (file.contacts.is_empty() && file.interactions.is_empty())
    });
    for (file, ids) in
        files.iter().zip(of).filter(|(file, _)| file.kind == Kind::Contacts && !alone)
    {
        add_book_facts(directory, file, ids);
    }
    let mut rows: Vec<(Option<Date>, &RawContact, &Mention, PersonId)> = Vec::new();
    for (file, ids) in files.iter().zip(of).filter(|(file, _)| file.kind != Kind::Contacts || alone)
    {
        let newest = file.contacts.iter().filter_map(|contact| contact.connected_on).max();
        for contact in &file.contacts {
            let who = contact.who as usize;
            rows.push((newest, contact, &file.mentions[who], ids[who]));
        }
    }
    rows.sort_by(|a, b| {
        let key = |row: &(Option<Date>, &RawContact, &Mention, PersonId)| {
            let contact = row.1;
            (row.0, contact.connected_on, contact.company.clone(), contact.position.clone())
        };
        key(a).cmp(&key(b)).then_with(|| a.2.cmp(b.2))
    });
    for (_, contact, mention, id) in rows {
        if id == directory.owner {
            continue;
        }
        let person = &mut directory.people[id.index()];
        person.is_connection = true;
        if !mention.name.is_empty() {
            person.name.clone_from(&mention.name);
        }
        if !contact.first_name.is_empty() {
            person.first_name.clone_from(&contact.first_name);
        }
        fill(&mut person.company, &contact.company);
        fill(&mut person.position, &contact.position);
        person.connected_on = match (person.connected_on, contact.connected_on) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
    directory.people.par_iter_mut().for_each(|person| {
        let company = person.company.as_deref().unwrap_or_default();
        let keys: Vec<&str> = [&person.key]
            .into_iter()
            .chain(&person.slug)
            .chain(&person.other_slugs)
            .chain(&person.emails)
            .chain(&person.handles)
            .map(String::as_str)
            .collect();
        let position = person.position.as_deref().unwrap_or_default();
        let found = said.classify(position, company, &keys);
        (person.function, person.seniority, person.industry) =
            (found.function, found.seniority, found.industry);
        person.company_key = canonical::employer(company);
    });
}

/// What the entries of an address book say of people whom other files speak of.
fn add_book_facts(directory: &mut Directory, file: &FileRecords, ids: &[PersonId]) {
    for contact in &file.contacts {
        let id = ids[contact.who as usize];
        if id == directory.owner {
            continue;
        }
        let person = &mut directory.people[id.index()];
        if person.company.is_none() {
            fill(&mut person.company, &contact.company);
            fill(&mut person.position, &contact.position);
        }
    }
}

fn fill(slot: &mut Option<String>, text: &str) {
    if !text.is_empty() {
        *slot = Some(text.to_owned());
    }
}

#[cfg(test)]
mod tests;
