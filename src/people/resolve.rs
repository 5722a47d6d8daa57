//! Who is the same person: exact keys only, and every merge explains itself.
//!
//! Tiers, in order: the same profile slug; the same e-mail address (a role address never counts); the same id in
//! logs; and, for mentions that hold nothing but a name (old message files), the one person in all sources with
//! that name, if there is just one. Two slugs are two people, always. Near matches are never merged.

use std::collections::{BTreeMap, BTreeSet};

use crate::canonical;
use crate::error::{Error, Result};
use crate::ingest::{FileRecords, Mention};

use super::attributes;
use super::owner::{self, Me};
use super::union::Classes;
use super::{Directory, Person, PersonId};

/// People, and where each mention went.
#[derive(Debug)]
pub struct Resolved {
    /// Everybody.
    pub directory: Directory,
    /// By file and mention: the person.
    pub of: Vec<Vec<PersonId>>,
    /// What was left apart or merged on weak grounds, as sentences with counts.
    pub notes: Vec<String>,
}

/// Merges the mentions of all files into people and finds the owner.
///
/// `said` is what the user says about the owner (`--me` and `[me]`); empty to leave it to the data. With contact
/// lists alone nobody is named as the owner, and none is needed: the owner is "You".
///
/// Cost: O(M log M) in the number of distinct mentions.
///
/// # Errors
/// [`Error::Owner`] when there are interactions and the owner cannot be told, or `said` matches nobody.
pub fn resolve(files: &[FileRecords], said: &Me) -> Result<Resolved> {
    let mentions: Vec<&Mention> = files.iter().flat_map(|file| &file.mentions).collect();
    let mut notes = Vec::new();
    let mut classes = Classes::new(intern(&mentions, |mention| &mention.slug));
    join_by_key(&mut classes, &mentions, &mut notes);
    join_by_name(&mut classes, &mentions, &mut notes);

    let found = owner::from_files(files);
    let (me, found_by) = choose_owner(files, &mentions, said, &found)?;
    let owner_root = join_owner(&mut classes, &mentions, &me, &mut notes);

    let root_of: Vec<usize> = (0..mentions.len()).map(|node| classes.root(node)).collect();
    let mut drafts: BTreeMap<usize, Draft> = BTreeMap::new();
    for (mention, root) in mentions.iter().zip(&root_of) {
        drafts.entry(*root).or_default().add(mention);
    }
    let owner_draft = owner_root.unwrap_or(usize::MAX);
    drafts.entry(owner_draft).or_default().add_owner(&me, found.name.as_deref());

    let mut order: Vec<(Person, usize)> =
        drafts.into_iter().map(|(root, draft)| (draft.person(), root)).collect();
    order.sort_by(|a, b| a.0.key.cmp(&b.0.key).then(a.1.cmp(&b.1)));
    let mut id_of_root = BTreeMap::new();
    let mut people: Vec<Person> = Vec::with_capacity(order.len());
    for (index, (mut person, root)) in order.into_iter().enumerate() {
        if people.last().is_some_and(|last| last.key == person.key) {
            // A log's id spelled like somebody's slug: two people, so two keys.
            person.key.push_str("~2");
        }
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
    let mut directory = Directory { people, owner, found_by };
    add_contact_facts(&mut directory, files, &of);
    Ok(Resolved { directory, of, notes })
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

/// Joins mentions with the same slug, address or log id.
fn join_by_key(classes: &mut Classes, mentions: &[&Mention], notes: &mut Vec<String>) {
    let mut first: BTreeMap<(u8, &str), usize> = BTreeMap::new();
    let mut shared = BTreeSet::new();
    // Slugs first, so that an address shared by two slugs is seen before anything hangs on it.
    for tier in 0..3_u8 {
        for (node, mention) in mentions.iter().enumerate() {
            let key = match tier {
                0 => &mention.slug,
                1 => &mention.email,
                _ => &mention.handle,
            };
            if key.is_empty() || (tier == 1 && canonical::is_role_address(key)) {
                continue;
            }
            let leader = *first.entry((tier, key)).or_insert(node);
            if !classes.join(leader, node) {
                shared.insert(key.as_str());
            }
        }
    }
    if !shared.is_empty() {
        notes.push(format!(
            "{} e-mail address(es) stand beside two different profile links: those people stay apart",
            shared.len()
        ));
    }
}

/// Joins a mention that has only a name to the one class of that name, if there is just one.
fn join_by_name(classes: &mut Classes, mentions: &[&Mention], notes: &mut Vec<String>) {
    let mut by_name: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut bare: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (node, mention) in mentions.iter().enumerate() {
        if mention.name.is_empty() {
            continue;
        }
        let name = canonical::folded_name(&mention.name);
        if mention.slug.is_empty() && mention.email.is_empty() && mention.handle.is_empty() {
            bare.entry(name).or_default().push(node);
        } else {
            let root = classes.root(node);
            by_name.entry(name).or_default().insert(root);
        }
    }
    let (mut joined, mut apart) = (0_u32, 0_u32);
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
        notes.push(format!(
            "{joined} name(s) without a profile link were joined to the only person of that name"
        ));
    }
    if apart > 0 {
        notes.push(format!(
            "{apart} name(s) without a profile link fit several people and were left apart"
        ));
    }
}

/// Settles who the owner is.
fn choose_owner(
    files: &[FileRecords],
    mentions: &[&Mention],
    said: &Me,
    found: &owner::Found,
) -> Result<(Me, String)> {
    let mut me = found.me.clone();
    let has_interactions = files.iter().any(|file| !file.interactions.is_empty());
    if !said.is_empty() {
        me.extend(said.clone());
        let seen = mentions.iter().any(|mention| said.has_key_of(mention));
        let named: BTreeSet<&Mention> =
            mentions.iter().copied().filter(|mention| said.has_name_of(mention)).collect();
        let is_profile_name = found
            .name
            .as_ref()
            .is_some_and(|name| said.names.contains(&canonical::folded_name(name)));
        if has_interactions && !seen && named.is_empty() && !is_profile_name {
            return Err(Error::Owner {
                what: "nobody in the data matches --me".to_owned(),
                candidates: owner::busiest(files, 5),
            });
        }
        return Ok((me, "named by the user".to_owned()));
    }
    if let Some(how) = &found.how {
        return Ok((me, how.clone()));
    }
    if mentions.iter().any(|mention| me.has_key_of(mention)) {
        return Ok((me, "the owner's own address".to_owned()));
    }
    if let Some(found) = owner::in_every_row(files) {
        me.extend(found);
        return Ok((me, "takes part in nearly every row of the log".to_owned()));
    }
    if !has_interactions {
        return Ok((me, "contact lists belong to one owner".to_owned()));
    }
    if let Some(name) = &found.name {
        let folded = canonical::folded_name(name);
        if mentions.iter().any(|mention| canonical::folded_name(&mention.name) == folded) {
            me.names.insert(folded);
            return Ok((me, "goes by the name on the profile".to_owned()));
        }
    }
    Err(Error::Owner {
        what: "the data does not say whose network this is".to_owned(),
        candidates: owner::busiest(files, 5),
    })
}

/// Joins everything that is the owner; returns the root, if the owner is mentioned at all.
fn join_owner(
    classes: &mut Classes,
    mentions: &[&Mention],
    me: &Me,
    notes: &mut Vec<String>,
) -> Option<usize> {
    let mut leader: Option<usize> = None;
    let mut refused = 0_u32;
    let mut take = |classes: &mut Classes, node: usize| match leader {
        None => leader = Some(node),
        Some(first) => refused += u32::from(!classes.join(first, node)),
    };
    for (node, mention) in mentions.iter().enumerate() {
        if me.has_key_of(mention) {
            take(classes, node);
        }
    }
    for (node, mention) in mentions.iter().enumerate() {
        // A namesake with an own profile link is somebody else.
        let only_name = mention.slug.is_empty() && mention.email.is_empty();
        if me.has_name_of(mention) && (only_name || me.slugs.is_empty()) && !me.has_key_of(mention)
        {
            take(classes, node);
        }
    }
    if refused > 0 {
        notes.push(format!(
            "{refused} mention(s) of the owner carry another profile link and were left apart"
        ));
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
        keep(&mut self.handles, &mention.handle);
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
        let folded = name.as_deref().map(canonical::folded_name);
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
        Person {
            key,
            name,
            first_name,
            slug: self.slugs.into_iter().next(),
            emails: self.emails.into_iter().collect(),
            handles: self.handles.into_iter().collect(),
            ..Person::default()
        }
    }
}

/// Adds what contact lists state: employer, title, date, and the classes of employer and title.
fn add_contact_facts(directory: &mut Directory, files: &[FileRecords], of: &[Vec<PersonId>]) {
    for (file, ids) in files.iter().zip(of) {
        for contact in &file.contacts {
            let id = ids[contact.who as usize];
            if id == directory.owner {
                continue;
            }
            let person = &mut directory.people[id.index()];
            person.is_connection = true;
            person.name.clone_from(&file.mentions[contact.who as usize].name);
            if person.name.is_empty() {
                person.name.clone_from(&person.key);
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
    }
    for person in &mut directory.people {
        let company = person.company.as_deref().unwrap_or_default();
        let title =
            attributes::classify_title(person.position.as_deref().unwrap_or_default(), company);
        person.function = title.function;
        person.seniority = title.seniority;
        person.industry = attributes::classify_company(company);
        let named = !company.is_empty() && !canonical::is_placeholder_company(company);
        let key = named.then(|| canonical::company(company));
        person.company_key = key.filter(|key| !key.is_empty());
    }
}

fn fill(slot: &mut Option<String>, text: &str) {
    if !text.is_empty() {
        *slot = Some(text.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let said = Me::from_text("me@example.org");
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
        let resolved = resolve(&[list], &Me::default()).unwrap();
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
        let forward = resolve(&[list.clone()], &Me::default()).unwrap().directory;
        list.mentions.reverse();
        assert_eq!(forward, resolve(&[list], &Me::default()).unwrap().directory);
    }

    #[test]
    fn an_unknown_me_names_candidates() {
        let log = log(vec![mention("", "", "", "17"), mention("", "", "", "4")], &[(0, 1); 3]);
        let Err(Error::Owner { candidates, .. }) = resolve(&[log], &Me::from_text("99")) else {
            panic!("accepted an unknown owner");
        };
        assert_eq!(candidates, ["17", "4"]);
    }

    #[test]
    fn a_personal_log_shows_its_owner() {
        let mentions =
            ["me", "a", "b", "c"].map(|handle| mention("", "", "", handle)).into_iter().collect();
        let rows: Vec<(u32, u32)> = (0..30).map(|n| (0, n % 3 + 1)).collect();
        let resolved = resolve(&[log(mentions, &rows)], &Me::default()).unwrap();
        assert_eq!(resolved.directory.person(resolved.directory.owner).key, "me");
    }
}
