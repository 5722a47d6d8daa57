//! Who is the owner: what the user said, else the best evidence of the files.

use std::collections::{BTreeMap, BTreeSet};

use crate::canonical;
use crate::config;
use crate::error::{Error, Result};
use crate::ingest::{FileRecords, Mention, OwnerFact};

use super::Person;
use super::attributes::Overrides;
use super::decisions::Decisions;

/// The forms under which one person may be named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Me {
    /// Canonical slugs.
    pub slugs: BTreeSet<String>,
    /// Canonical addresses.
    pub emails: BTreeSet<String>,
    /// Ids in logs, or any text that is neither link nor address.
    pub handles: BTreeSet<String>,
    /// Folded names.
    pub names: BTreeSet<String>,
}

impl Me {
    /// Reads a profile link, an address, or else a name or id.
    ///
    /// ```
    /// use weaktie::people::Me;
    /// assert!(Me::from_text("https://www.linkedin.com/in/Ana-K42/").slugs.contains("ana-k42"));
    /// assert!(Me::from_text("Ana Lopes").names.contains("ana lopes"));
    /// ```
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let mut me = Self::default();
        let text = text.trim();
        let is_link = text.contains("/in/") || text.contains("linkedin.");
        if let Some(slug) = is_link.then(|| canonical::profile_slug(text)).flatten() {
            me.slugs.insert(slug);
        } else if let Some(email) = canonical::email(text) {
            me.emails.insert(email);
        } else if !text.is_empty() {
            // A bare slug is spelled like any other id.
            me.slugs.insert(text.to_lowercase());
            me.handles.insert(text.to_owned());
            me.names.insert(canonical::folded_name(text));
        }
        me
    }

    /// What `[me]` of the configuration says.
    #[must_use]
    pub fn from_config(config: &config::Me) -> Self {
        let mut me = Self::default();
        me.slugs.extend(config.profile_urls.iter().filter_map(|url| canonical::profile_slug(url)));
        me.emails.extend(config.emails.iter().filter_map(|email| canonical::email(email)));
        me.names.extend(config.names.iter().map(|name| canonical::folded_name(name)));
        me
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Everything in `other` too.
    pub fn extend(&mut self, other: Self) {
        self.slugs.extend(other.slugs);
        self.emails.extend(other.emails);
        self.handles.extend(other.handles);
        self.names.extend(other.names);
    }

    /// Whether a key of the mention is one of these; names do not count.
    #[must_use]
    pub(super) fn has_key_of(&self, mention: &Mention) -> bool {
        let in_set = |set: &BTreeSet<String>, key: &str| !key.is_empty() && set.contains(key);
        in_set(&self.slugs, &mention.slug)
            || in_set(&self.emails, &mention.email)
            || in_set(&self.handles, &mention.handle)
    }

    /// Whether the folded name of the mention is one of these.
    #[must_use]
    pub(super) fn has_name_of(&self, mention: &Mention) -> bool {
        !self.names.is_empty()
            && !mention.name.is_empty()
            && self.names.contains(&canonical::folded_name(&mention.name))
    }

    /// Whether a resolved person goes by one of these forms.
    #[must_use]
    pub fn matches(&self, person: &Person) -> bool {
        person.slug.iter().chain(&person.other_slugs).any(|slug| self.slugs.contains(slug))
            || person.emails.iter().any(|email| self.emails.contains(email))
            || person.handles.iter().any(|handle| self.handles.contains(handle))
            || self.names.contains(&canonical::folded_name(&person.name))
    }
}

/// What the user says about people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// `--me`: chooses the owner. A profile link other than the one the files show wins over the files.
    pub me: Me,
    /// `[me]`: further names and addresses of the same person.
    pub also: Me,
    /// Who is one person and who is not, whoever it is.
    pub decisions: Decisions,
    /// Classes that win over the rules.
    pub classes: Overrides,
}

/// What the files say about the owner: the forms, and the sentence that says how.
pub(super) struct Found {
    pub(super) me: Me,
    pub(super) name: Option<String>,
    pub(super) how: Option<String>,
}

/// Gathers the owner's facts; of several slugs the best-ranked, then most often stated, then smallest wins.
pub(super) fn from_files(files: &[FileRecords]) -> Found {
    let mut slugs: BTreeMap<(u8, &str), (usize, &str)> = BTreeMap::new();
    let mut found = Found { me: Me::default(), name: None, how: None };
    for fact in files.iter().flat_map(|file| &file.owner) {
        match fact {
            OwnerFact::Slug { slug, how, rank } => {
                slugs.entry((*rank, slug)).or_insert((0, how)).0 += 1;
            }
            OwnerFact::Email(email) => {
                found.me.emails.insert(email.clone());
            }
            OwnerFact::Name(name) => {
                found.name.get_or_insert_with(|| name.clone());
            }
            _ => {}
        }
    }
    let best = slugs
        .iter()
        .min_by_key(|((rank, slug), (count, _))| (*rank, std::cmp::Reverse(*count), *slug));
    if let Some(((_, slug), (_, how))) = best {
        found.me.slugs.insert((*slug).to_owned());
        found.how = Some((*how).to_owned());
    }
    found
}

/// The owner as settled.
pub(super) struct Chosen {
    pub(super) me: Me,
    /// The name on the profile, if it is this person's.
    pub(super) name: Option<String>,
    pub(super) how: String,
}

/// Settles who the owner is.
pub(super) fn choose(files: &[FileRecords], mentions: &[&Mention], said: &Said) -> Result<Chosen> {
    let mut found = from_files(files);
    found.me.extend(said.also.clone());
    let has_interactions = files.iter().any(|file| !file.interactions.is_empty());
    if !said.me.is_empty() {
        return chosen_by_user(files, mentions, &said.me, found, has_interactions);
    }
    let name = found.name.clone();
    let chosen = |me: Me, how: &str| Ok(Chosen { me, name: name.clone(), how: how.to_owned() });
    if let Some(how) = &found.how {
        return chosen(found.me, how);
    }
    if mentions.iter().any(|m| found.me.has_key_of(m) || found.me.has_name_of(m)) {
        return chosen(found.me, "the owner's own address or name");
    }
    if let Some(seen) = in_every_row(files) {
        found.me.extend(seen);
        return chosen(found.me, "takes part in nearly every row of the log");
    }
    if !has_interactions {
        return chosen(found.me, "contact lists belong to one owner");
    }
    if let Some(name) = &name {
        let folded = canonical::folded_name(name);
        if mentions.iter().any(|mention| canonical::folded_name(&mention.name) == folded) {
            found.me.names.insert(folded);
            return chosen(found.me, "goes by the name on the profile");
        }
    }
    // Endorsements and recommendations are the owner's, whoever that is.
    let is_own = |file: &FileRecords| {
        let of = |who: u32| file.mentions[who as usize].is_owner();
        file.interactions.iter().all(|row| of(row.from) || of(row.to))
    };
    if files.iter().all(is_own) {
        return chosen(found.me, "an export belongs to one owner");
    }
    Err(Error::Owner {
        what: "the data does not say whose network this is".to_owned(),
        candidates: busiest(files, 5),
    })
}

fn chosen_by_user(
    files: &[FileRecords],
    mentions: &[&Mention],
    me: &Me,
    found: Found,
    has_interactions: bool,
) -> Result<Chosen> {
    let matched: Vec<&&Mention> = mentions
        .iter()
        .filter(|mention| me.has_key_of(mention) || me.has_name_of(mention))
        .collect();
    let of_profile =
        found.name.as_ref().is_some_and(|name| me.names.contains(&canonical::folded_name(name)));
    let own_address = me.emails.iter().any(|email| found.me.emails.contains(email));
    let own_files = mentions.iter().any(|mention| mention.is_owner());
    if has_interactions && matched.is_empty() && !of_profile && !own_address && !own_files {
        return Err(Error::Owner {
            what: "nobody in the data matches --me".to_owned(),
            candidates: busiest(files, 5),
        });
    }
    // Somebody with another profile link than the files' owner is somebody else; an address the files do not
    // know is one more address of theirs.
    let is_other = !found.me.slugs.is_empty()
        && !of_profile
        && matched.iter().any(|m| !m.slug.is_empty() && !found.me.slugs.contains(&m.slug))
        && !matched.iter().any(|m| found.me.has_key_of(m));
    let how = "named by the user".to_owned();
    if is_other {
        return Ok(Chosen { me: me.clone(), name: None, how });
    }
    let mut both = found.me;
    both.extend(me.clone());
    Ok(Chosen { me: both, name: found.name, how })
}

/// Whose the logs are that do not show the owner.
#[derive(Default)]
pub(super) struct LogOwners {
    /// Logs in which nobody is the owner.
    pub(super) without: usize,
    /// Logs whose owner was told by taking part in nearly every row.
    pub(super) by_presence: usize,
    pub(super) about_files: Vec<(usize, String)>,
}

/// Looks at the logs in which nobody is the owner. Where one person takes part in nearly every row that person is the
/// owner under another address.
pub(super) fn of_logs(files: &[FileRecords], me: &mut Me) -> LogOwners {
    let mut found = LogOwners::default();
    let is_log = |file: &FileRecords| file.kind.is_log() && !file.interactions.is_empty();
    for (place, file) in files.iter().enumerate().filter(|(_, file)| is_log(file)) {
        if file.mentions.iter().any(|mention| me.has_key_of(mention) || me.has_name_of(mention)) {
            continue;
        }
        let alone = std::slice::from_ref(file);
        let about = if let Some(seen) = in_every_row(alone) {
            found.by_presence += 1;
            me.extend(seen);
            "the one in nearly every row is taken to be you".to_owned()
        } else {
            found.without += 1;
            let busiest = busiest(alone, 3).join(", ");
            format!("nobody in it is known to be you (busiest: {busiest})")
        };
        found.about_files.push((place, about));
    }
    found
}

/// The one person who takes part in nearly every row of the logs (a personal log), if there is one.
pub(super) fn in_every_row(files: &[FileRecords]) -> Option<Me> {
    let mut rows = 0_u64;
    let mut seen: BTreeMap<&Mention, u64> = BTreeMap::new();
    for file in files.iter().filter(|file| file.kind.is_log()) {
        let mut counts = vec![0_u64; file.mentions.len()];
        for row in &file.interactions {
            rows += 1;
            counts[row.from as usize] += 1;
            counts[row.to as usize] += 1;
        }
        for (mention, count) in file.mentions.iter().zip(counts) {
            *seen.entry(mention).or_default() += count;
        }
    }
    // Nine rows in ten: a personal mailbox shows a few rows among others (cc), a team's log shows far more.
    let mut often = seen.iter().filter(|(_, count)| **count * 10 >= rows * 9);
    match (often.next(), often.next(), rows >= 20) {
        (Some((mention, _)), None, true) => {
            let mut me = Me::default();
            let sets = [
                (&mut me.slugs, &mention.slug),
                (&mut me.emails, &mention.email),
                (&mut me.handles, &mention.handle),
            ];
            for (set, key) in sets {
                if !key.is_empty() {
                    set.insert(key.clone());
                }
            }
            (!me.is_empty()).then_some(me)
        }
        _ => None,
    }
}

/// The busiest people of the files, as they may be named to `--me`.
pub(super) fn busiest(files: &[FileRecords], most: usize) -> Vec<String> {
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    for file in files {
        let mut counts = vec![0_u64; file.mentions.len()];
        for row in &file.interactions {
            counts[row.from as usize] += 1;
            counts[row.to as usize] += 1;
        }
        for (mention, count) in file.mentions.iter().zip(counts) {
            let keys = [&mention.slug, &mention.email, &mention.handle, &mention.name];
            if mention.is_owner() {
                continue;
            }
            if let Some(key) = keys.into_iter().find(|key| !key.is_empty()) {
                *seen.entry(key).or_default() += count;
            }
        }
    }
    let mut order: Vec<(u64, &str)> = seen.into_iter().map(|(key, count)| (count, key)).collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    order.into_iter().take(most).map(|(_, key)| key.to_owned()).collect()
}
