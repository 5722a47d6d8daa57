//! One-year survival of ties that bridge and of ties among common contacts.
//!
//! **Question** Do my bridges decay faster? **Definition** of the ties active a year ago, the share with contact in the
//! year since; *bridging* = no observed tie linked this person to another contact then, *embedded* = at least one.
//! **Edge cases** undefined where the log reaches back less than two years, or showed no ties among contacts a year ago.
//! A common contact that no log shows makes an embedded tie look like a bridge. **Reference** Burt 2002, Social
//! Networks 24:333.

use crate::audit::{Survival, Survivors};
use crate::study::Study;

use super::{Analysis, Facts, Findings, Measure};

const YEAR: i32 = 365;
/// Fewest ties of a kind from which a share is told.
const FEWEST: u32 = 8;

/// Survival of bridging ties.
pub const BRIDGING: Measure = Measure {
    id: "survival-bridging",
    title: "One-year survival of ties without a common contact",
    unit: "0..=1",
};
/// Survival of embedded ties.
pub const EMBEDDED: Measure = Measure {
    id: "survival-embedded",
    title: "One-year survival of ties with a common contact",
    unit: "0..=1",
};

/// The analysis.
pub struct Surviving;

impl Analysis for Surviving {
    fn id(&self) -> &'static str {
        "survival"
    }

    fn measures(&self) -> &'static [Measure] {
        const { &[BRIDGING, EMBEDDED] }
    }

    fn measure(&self, study: &Study, _: &Facts) -> Findings {
        let mut findings = Findings::default();
        let found = survival(study);
        let share = |kind: Survivors| {
            (kind.ties >= FEWEST).then(|| f64::from(kind.survived) / f64::from(kind.ties))
        };
        findings.scalar(BRIDGING, found.and_then(|found| share(found.bridging)));
        findings.scalar(EMBEDDED, found.and_then(|found| share(found.embedded)));
        findings.tables.survival = found;
        findings
    }
}

/// Survival over the last year; `None` where it cannot be told.
#[must_use]
pub fn survival(study: &Study) -> Option<Survival> {
    let first = study.events.first_day()?;
    let from = study.as_of.plus(-YEAR);
    if from.since(first) < YEAR {
        return None;
    }
    let past = study.at(from);
    if !Facts::has_alter_ties(&past) {
        return None;
    }
    let mut found = Survival {
        from: from.date(),
        bridging: Survivors::default(),
        embedded: Survivors::default(),
    };
    for node in past.active_nodes() {
        let is_embedded = !past.network.flat.neighbours(node).is_empty();
        let kind = if is_embedded { &mut found.embedded } else { &mut found.bridging };
        let now = study.tie(past.ties[node].who);
        kind.ties += 1;
        kind.survived += u32::from(now.is_some_and(|tie| tie.days_between(from, study.as_of) > 0));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::tests::logged;
    use crate::units::Channel;

    #[test]
    fn ties_survive_by_kind_where_contact_went_on() {
        let (mail, owner) = (Channel::Email, 6);
        // Five were in touch 400 days ago; two of them wrote to each other. The sixth comes later.
        let then = (0..5).map(|who| (400 + i32::try_from(who).unwrap(), owner, who, mail));
        let mut rows = vec![(800, owner, 2, mail), (450, 0, 1, mail)];
        rows.extend(then);
        rows.extend([(100, 0, owner, mail), (90, owner, 2, mail), (80, owner, 5, mail)]);
        let found = survival(&logged(6, &rows)).expect("two years");
        assert_eq!(found.embedded, Survivors { ties: 2, survived: 1 });
        assert_eq!(found.bridging, Survivors { ties: 3, survived: 1 });
        // Seen for less than two years, nothing is told.
        assert_eq!(survival(&logged(6, &rows[1..])), None);
    }
}
