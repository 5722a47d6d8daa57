//! Small audits to compare.

use crate::audit::{Audit, fixture::small};
use crate::units::{Channel, Day};

/// The audit of the fixture with a single channel of contact, all of it on record.
pub(super) fn audit() -> Audit {
    let mut audit = small();
    for rhythm in audit.ties.iter_mut().filter_map(|tie| tie.rhythm.as_mut()) {
        rhythm.seen.clear();
    }
    audit
}

/// The same some days later.
pub(super) fn later(audit: &Audit, days: i32) -> Audit {
    let mut later = audit.clone();
    later.as_of = Day::from_date(audit.as_of).plus(days).date();
    later
}

/// Gives a tie weeks with contact, and the audit the volume that follows.
pub(super) fn weeks(audit: &mut Audit, tie: usize, channel: Channel, bits: u64) {
    if let Some(rhythm) = audit.ties[tie].rhythm.as_mut() {
        rhythm.seen.insert(channel, bits);
    }
    let rhythms = audit.ties.iter().filter_map(|tie| tie.rhythm.as_ref());
    let all: Vec<u64> = rhythms.filter_map(|rhythm| rhythm.seen.get(&channel).copied()).collect();
    let volume = (0..52).map(|week| all.iter().map(|bits| u32::from(bits >> week & 1 == 1)).sum());
    audit.findings.volume.insert(channel, volume.collect());
}
