//! What one file of an export needs to know from the others.

use std::collections::{BTreeMap, BTreeSet};

use super::super::record::{FileRecords, Mention, OwnerFact};
use crate::canonical;

/// Names, addresses and owners found so far.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Known {
    /// Folded names of contacts, inviters and invitees: messages need them to tell people in a list of names apart.
    pub(in crate::ingest) names: BTreeSet<String>,
    /// Folded names of the owners, from their profiles.
    pub(in crate::ingest) owners: BTreeSet<String>,
    /// Addresses that stand anywhere.
    pub(in crate::ingest) emails: BTreeSet<String>,
    /// Profile slugs that stand anywhere.
    pub(in crate::ingest) links: BTreeSet<String>,
    /// Ids that stand anywhere: phone numbers among them.
    pub(in crate::ingest) handles: BTreeSet<String>,
    /// The owner's own addresses.
    pub(in crate::ingest) own: BTreeSet<String>,
    /// Whether any file speaks of anybody.
    pub(in crate::ingest) anybody: bool,
    /// Owners' links with their evidence: file, rank, slug.
    pub(in crate::ingest) slugs: Vec<(String, u8, String)>,
}

impl Known {
    /// What the files that have been read say.
    pub(in crate::ingest) fn from_files<'f>(files: impl Iterator<Item = &'f FileRecords>) -> Self {
        let mut known = Self::default();
        for file in files {
            let emails = file.mentions.iter().map(|mention| &mention.email);
            known.emails.extend(emails.filter(|email| !email.is_empty()).cloned());
            known.anybody |= !file.mentions.is_empty();
            let links = file.mentions.iter().map(|mention| &mention.slug);
            known.links.extend(links.filter(|slug| !slug.is_empty()).cloned());
            let handles = file.mentions.iter().map(|mention| &mention.handle);
            known.handles.extend(handles.filter(|handle| !handle.is_empty()).cloned());
            known.own.extend(file.owner.iter().filter_map(|fact| match fact {
                OwnerFact::Email(email) => Some(email.clone()),
                _ => None,
            }));
            if file.kind.is_log() {
                continue;
            }
            let names = file.mentions.iter().map(|mention| canonical::folded_name(&mention.name));
            known.names.extend(names);
            for fact in &file.owner {
                match fact {
                    OwnerFact::Name(name) => {
                        known.owners.insert(canonical::folded_name(name));
                    }
                    OwnerFact::Slug { slug, rank, .. } => {
                        known.slugs.push((file.file.clone(), *rank, slug.clone()));
                    }
                    _ => {}
                }
            }
        }
        known.names.extend(known.owners.iter().cloned());
        known.names.remove("");
        known.owners.remove("");
        known
    }

    /// Whether no file speaks of anybody.
    pub(in crate::ingest) fn is_nobody(&self) -> bool {
        !self.anybody
    }

    /// The owner of the export that a file belongs to: told by the files beside it, else by those of the folder
    /// above, since pooled exports lie in folders of their own.
    pub(in crate::ingest) fn owner_of(&self, file: &str) -> Mention {
        let mut folder = file;
        loop {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            let inside = |name: &str| {
                let rest = name.strip_prefix(folder);
                rest.is_some_and(|rest| folder.is_empty() || rest.starts_with('/'))
            };
            let here = self.slugs.iter().filter(|(name, ..)| inside(name));
            if let Some((_, _, slug)) = here.min_by_key(|(name, rank, slug)| (*rank, slug, name)) {
                return Mention { slug: slug.clone(), ..Mention::default() };
            }
            if folder.is_empty() {
                return Mention::owner();
            }
        }
    }
}

/// Names on the owner's side of files that say which way a row went and give no links.
#[derive(Debug, Default)]
pub(super) struct OwnerNames(BTreeMap<String, u32>);

impl OwnerNames {
    /// Takes in one row.
    pub(super) fn note(&mut self, direction: &str, from: &str, to: &str) {
        let own = match direction.to_ascii_lowercase().as_str() {
            "outgoing" => from,
            "incoming" => to,
            _ => return,
        };
        if !own.is_empty() {
            *self.0.entry(own.to_owned()).or_default() += 1;
        }
    }

    /// The name that stands there most often, unless two do equally.
    pub(super) fn owner(self) -> Option<OwnerFact> {
        let most = *self.0.values().max()?;
        let mut names = self.0.into_iter().filter(|(_, count)| *count == most);
        let (name, _) = names.next()?;
        names.next().is_none().then_some(OwnerFact::Name(name))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::record::Kind;
    use super::*;

    #[test]
    fn the_owner_is_told_by_the_nearest_files() {
        let file = |name: &str, slug: &str| {
            let mut file = FileRecords::new(name, Kind::Invitations);
            let (slug, how) = (slug.to_owned(), String::new());
            file.owner.push(OwnerFact::Slug { slug, how, rank: 1 });
            file
        };
        let files = [file("team/ann/Invitations.csv", "ann-x"), file("team/bo.zip/I.csv", "bo-x")];
        let known = Known::from_files(files.iter());
        let owner = |file: &str| known.owner_of(file).slug;
        assert_eq!(owner("team/ann/sub/Recommendations_Given.csv"), "ann-x");
        assert_eq!(owner("team/bo.zip/Recommendations_Given.csv"), "bo-x");
        assert_eq!(owner("Recommendations_Given.csv"), "ann-x");
        assert!(Known::default().owner_of("a/b.csv").is_owner());
    }
}
