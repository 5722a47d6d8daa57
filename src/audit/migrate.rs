//! Audits of earlier schema versions, brought up to today's.
//!
//! Fields that are merely new have defaults and need no step. Version 2 added the weeks with contact by channel and the
//! volume a channel: a version 1 file knows the weeks of a tie, not of which channel, unless the tie has but one.

use crate::units::Channel;

use super::{Audit, SCHEMA_VERSION};

impl Audit {
    /// Whether this program can read a file of that version: it was written by this version or an earlier one.
    #[must_use]
    pub fn can_read(version: u32) -> bool {
        (1..=SCHEMA_VERSION).contains(&version)
    }

    /// Brings an audit that was read from a file up to [`SCHEMA_VERSION`]; one that is there stays as it is.
    #[must_use]
    pub fn migrated(mut self) -> Self {
        if self.schema_version < 2 {
            self.weeks_by_channel();
        }
        self.schema_version = self.schema_version.max(SCHEMA_VERSION);
        self
    }

    /// Version 1 to 2: weeks of a tie on one channel are that channel's, all others' go under `other`.
    fn weeks_by_channel(&mut self) {
        for rhythm in self.ties.iter_mut().filter_map(|tie| tie.rhythm.as_mut()) {
            if rhythm.weeks.is_empty() || !rhythm.seen.is_empty() {
                continue;
            }
            let mut channels = rhythm.channels.keys().filter(|channel| channel.is_contact());
            let channel = match (channels.next(), channels.next()) {
                (Some(only), None) => *only,
                _ => Channel::Other,
            };
            let bits = rhythm.weeks.iter().filter(|(back, _)| *back < 52);
            let seen = bits.fold(0, |seen, (back, _)| seen | 1_u64 << back);
            rhythm.seen.insert(channel, seen);
            let volume = self.findings.volume.entry(channel).or_insert_with(|| vec![0; 52]);
            for (back, days) in &rhythm.weeks {
                if let Some(week) = volume.get_mut(*back as usize) {
                    *week += days;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::fixture::small;

    #[test]
    fn weeks_of_version_1_go_to_the_one_channel_or_to_other() {
        let mut old = small();
        old.schema_version = 1;
        let now = old.clone().migrated();
        assert_eq!(now.schema_version, SCHEMA_VERSION);
        let seen = |audit: &Audit| audit.ties[3].rhythm.as_ref().unwrap().seen.clone();
        // Mail and meetings: nobody can tell which of them the week was.
        assert_eq!(seen(&now).into_iter().collect::<Vec<_>>(), [(Channel::Other, 1 << 5)]);
        assert_eq!(now.findings.volume[&Channel::Other][5], 1);
        old.ties[3].rhythm.as_mut().unwrap().channels.remove(&Channel::Meeting);
        assert_eq!(
            seen(&old.migrated()).into_iter().collect::<Vec<_>>(),
            [(Channel::Email, 1 << 5)]
        );
        assert!(Audit::can_read(1) && !Audit::can_read(SCHEMA_VERSION + 1) && !Audit::can_read(0));
        assert_eq!(now.clone().migrated(), now);
    }
}
