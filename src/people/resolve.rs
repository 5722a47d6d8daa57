//! Who is the same person: exact keys only, and every merge explains itself.
//!
//! Tiers, in order: the same profile slug; the same e-mail address (a role address never counts); the same id in
//! logs; and, for mentions that hold nothing but a name (old message files), the one person in all sources with
//! that name, if there is just one. Two slugs are two people unless the user says otherwise. Near matches are never
//! merged.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::canonical;
use crate::error::Result;
use crate::ingest::{FileRecords, Mention, RawContact};
use crate::note::Note;

use super::attributes::Overrides;
use super::owner::{self, LogOwners, Me, Said};
use super::same::join_same;
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
    let mentions: Vec<&Mention> = files.iter().flat_map(|file| &file.mentions).collect();
    let mut notes = Vec::new();
    let mut classes = Classes::new(intern(&mentions, |mention| &mention.slug));
    join_by_key(&mut classes, &mentions, &mut notes);
    notes.extend(join_same(&mut classes, &mentions, &said.same));
    join_by_name(&mut classes, &mentions, &mut notes);

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

    let mut order: Vec<(Person, usize)> =
        drafts.into_iter().map(|(root, draft)| (draft.person(), root)).collect();
    tell_keys_apart(&mut order);
    let mut id_of_root = BTreeMap::new();
    let mut people: Vec<Person> = Vec::with_capacity(order.len());
    for (index, (person, root)) in order.into_iter().enumerate() {
        people.push(person);
        id_of_root.insert(root, PersonId(u32::try_from(index).unwrap_or(u32::MAX)));
    }
    let id = |root: &usize| id_of_root.get(root).copied().unwrap_or(PersonId(0));

    let mut at = 0;
    let mut of = Vec::with_capacity(files.len());
    for file in files {
        let ids: Vec<PersonId> = root_of[at..at + file.mentions.len()].iter().map(id).collect();
        at += file.mentions.len();
        of.push(ids);
    }
    let owner = id(&owner_draft);
    let mut directory =
        Directory { people, owner, found_by: chosen.how, profile: Profile::default() };
    add_contact_facts(&mut directory, files, &of, &said.classes);
    Ok(Resolved { directory, of, notes, without_owner, about_files })
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
fn join_by_key(classes: &mut Classes, mentions: &[&Mention], notes: &mut Vec<Note>) {
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
                classes.join(leader, node);
            }
        }
    }
    let shared = slugs_of.values().filter(|slugs| slugs.len() > 1).count();
    if shared > 0 {
        notes.push(Note::SharedAddresses(shared));
    }
}

/// Joins a mention that has only a name to the one class of that name, if there is just one.
fn join_by_name(classes: &mut Classes, mentions: &[&Mention], notes: &mut Vec<Note>) {
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
        let single = known.filter(|roots| roots.len() == 1).and_then(|roots| roots.first());
        let leader = single.copied().unwrap_or(nodes[0]);
        if known.is_some_and(|roots| roots.len() > 1) {
            apart += 1;
        } else if single.is_some() {
            joined += 1;
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
    let mut rows: Vec<(Option<Date>, &RawContact, &Mention, PersonId)> = Vec::new();
    for (file, ids) in files.iter().zip(of) {
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
        let named = !company.is_empty() && !canonical::is_placeholder_company(company);
        let key = named.then(|| canonical::company(company));
        person.company_key = key.filter(|key| !key.is_empty());
    });
}

fn fill(slot: &mut Option<String>, text: &str) {
    if !text.is_empty() {
        *slot = Some(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::ingest::{Kind, RawInteraction};
    use crate::units::{Channel, Instant};

    fn mention(name: &str, slug: &str, email: &str, handle: &str) -> Mention {
        let own = |text: &str| text.to_owned();
        Mention { name: own(name), slug: own(slug), email: own(email), handle: own(handle) }
    }

    fn log(mentions: Vec<Mention>, rows: &[(u32, u32)]) -> FileRecords {
        let mut file = FileRecords::new("log.csv", Kind::Log);
        file.mentions = mentions;
        file.interactions = rows
            .iter()
            .zip(0..)
            .map(|((from, to), day)| RawInteraction {
                line: 2,
                at: Instant(day * 86_400),
                channel: Channel::Email,
                from: *from,
                to: *to,
                thread: 0,
                message: 0,
                minutes: 0,
            })
            .collect();
        file
    }

    #[test]
    fn a_slug_and_an_address_in_one_row_join_the_files() {
        let mut list = FileRecords::new("Connections.csv", Kind::Connections);
        list.mentions = vec![mention("Ana Lopes", "ana-k42", "ana@example.org", "")];
        let rows = [(0, 1); 30];
        let log = log(
            vec![mention("", "", "me@example.org", ""), mention("", "", "ana@example.org", "")],
            &rows,
        );
        let said = Said { me: Me::from_text("me@example.org"), ..Said::default() };
        let resolved = resolve(&[list, log], &said).unwrap();
        assert_eq!(resolved.of[0][0], resolved.of[1][1]);
        assert_eq!(resolved.directory.person(resolved.of[0][0]).key, "ana-k42");
        assert_eq!(resolved.directory.owner, resolved.of[1][0]);
    }

    #[test]
    fn namesakes_with_two_slugs_stay_two() {
        let mut list = FileRecords::new("Connections.csv", Kind::Connections);
        list.mentions = vec![
            mention("Ana Lopes", "ana-k42", "", ""),
            mention("Ana Lopes", "ana-k43", "", ""),
            mention("Ana Lopes", "", "", ""),
            mention("Tom Ek", "tom-k1", "", ""),
            mention("Tom Ek", "", "", ""),
        ];
        let resolved = resolve(&[list], &Said::default()).unwrap();
        let of = &resolved.of[0];
        assert_ne!(of[0], of[1]);
        assert!(of[2] != of[0] && of[2] != of[1]);
        assert_eq!(of[3], of[4]);
    }

    #[test]
    fn row_order_does_not_matter() {
        let mut list = FileRecords::new("Connections.csv", Kind::Connections);
        list.mentions = vec![
            mention("Ana Lopes", "ana-k42", "a@example.org", ""),
            mention("A Lopes", "", "a@example.org", ""),
            mention("Bo Ek", "bo-k1", "", ""),
        ];
        let forward = resolve(&[list.clone()], &Said::default()).unwrap().directory;
        list.mentions.reverse();
        assert_eq!(forward, resolve(&[list], &Said::default()).unwrap().directory);
    }

    #[test]
    fn an_unknown_me_names_candidates() {
        let log = log(vec![mention("", "", "", "17"), mention("", "", "", "4")], &[(0, 1); 3]);
        let Err(Error::Owner { candidates, .. }) =
            resolve(&[log], &Said { me: Me::from_text("99"), ..Said::default() })
        else {
            panic!("accepted an unknown owner");
        };
        assert_eq!(candidates, ["17", "4"]);
    }

    #[test]
    fn a_personal_log_shows_its_owner() {
        let mentions =
            ["me", "a", "b", "c"].map(|handle| mention("", "", "", handle)).into_iter().collect();
        let rows: Vec<(u32, u32)> = (0..30).map(|n| (0, n % 3 + 1)).collect();
        let resolved = resolve(&[log(mentions, &rows)], &Said::default()).unwrap();
        assert_eq!(resolved.directory.person(resolved.directory.owner).key, "me");
    }
}
