//! Which ties changed by more than chance: see [`super`] for the tests.

use crate::audit::{Rhythm, TieChange, TieChangeKind};
use crate::units;

use super::exact;
use super::side::Side;
use super::who::Matched;
use super::windows::Windows;

/// Share of false ones allowed among the changes told.
pub const FALSE_DISCOVERIES: f64 = 0.05;
/// Fewest weeks with contact, both windows together, of a tie that is tested.
pub const FEWEST_WEEKS: u32 = 4;

/// Ties tested and what became of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tested {
    /// Number of ties tested.
    pub tested: u32,
    /// Changed by more than chance, smallest p first.
    pub passed: Vec<TieChange>,
    /// Changed, within noise.
    pub noise: Vec<TieChange>,
}

/// Weeks with contact of one tie in the two windows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weeks {
    /// Whose tie.
    pub id: String,
    /// In the earlier window.
    pub before: u32,
    /// In this one.
    pub now: u32,
    /// Whether there was any contact before this window.
    pub known: bool,
}

pub(super) fn changes(
    matched: &Matched,
    then: &Side<'_>,
    now: &Side<'_>,
    windows: &Windows,
) -> Tested {
    let weeks = matched.pairs.iter().map(|pair| {
        let old: Vec<&Rhythm> =
            pair.then.iter().filter_map(|old| Some(then.tie(&old.id)?.1)).collect();
        let own = now.tie(&pair.now.id).map(|(_, rhythm)| rhythm);
        let (before, now) = windows.contact(&old, own);
        let known = before > 0 || old.iter().any(|rhythm| rhythm.contact_days > 0);
        Weeks { id: pair.now.id.clone(), before, now, known }
    });
    test(weeks.collect(), windows.weeks)
}

/// Tests every tie with enough contact, in windows of so many weeks.
///
/// ```
/// use weaktie::changes::ties::{Weeks, test};
/// let tie = |id: &str, before, now| Weeks { id: id.into(), before, now, known: true };
/// let found = test(vec![tie("a", 12, 1), tie("b", 6, 5), tie("c", 5, 5), tie("d", 2, 1)], 13);
/// assert_eq!((found.tested, found.passed[0].id.as_str(), found.noise.len()), (3, "a", 1));
/// ```
#[must_use]
pub fn test(weeks: Vec<Weeks>, length: u32) -> Tested {
    let tested: Vec<Weeks> =
        weeks.into_iter().filter(|tie| tie.before + tie.now >= FEWEST_WEEKS).collect();
    let p: Vec<f64> =
        tested.iter().map(|tie| exact::fisher((tie.before, length), (tie.now, length))).collect();
    let q = exact::adjusted(&p);
    let mut found = Tested { tested: units::count(tested.len()), ..Tested::default() };
    for ((tie, p), q) in tested.into_iter().zip(p).zip(q) {
        if tie.before == tie.now {
            continue;
        }
        let kind = kind(&tie);
        let Weeks { id, before, now, .. } = tie;
        let change = TieChange { id, kind, before, now, p, q };
        if q <= FALSE_DISCOVERIES { &mut found.passed } else { &mut found.noise }.push(change);
    }
    for list in [&mut found.passed, &mut found.noise] {
        list.sort_by(|a, b| a.p.total_cmp(&b.p).then_with(|| a.id.cmp(&b.id)));
    }
    found
}

fn kind(tie: &Weeks) -> TieChangeKind {
    match (tie.before, tie.now) {
        (0, _) if tie.known => TieChangeKind::Revived,
        (0, _) => TieChangeKind::Begun,
        (_, 0) => TieChangeKind::Dormant,
        (before, now) if now > before => TieChangeKind::Strengthened,
        _ => TieChangeKind::Weakened,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Stream;

    /// 400 people with rates of their own and the same in both quarters: the promise is kept over 200 seeds. Some come in
    /// bursts (a week with contact makes the next likelier), as people do.
    fn false_alarms(burst: f64) -> f64 {
        let mut alarms = 0;
        for seed in 0..200 {
            let mut stream = Stream::new(seed, "null", 0);
            let ties = (0..400).map(|nth| {
                let rate = stream.between(0.02, 0.95);
                let mut week = stream.chance(rate);
                let mut count = || {
                    (0..13)
                        .map(|_| {
                            week = if stream.chance(burst) { week } else { stream.chance(rate) };
                            u32::from(week)
                        })
                        .sum()
                };
                let (before, now) = (count(), count());
                Weeks { id: nth.to_string(), before, now, known: true }
            });
            // With nothing planted every discovery is false: the rate is that of any discovery at all.
            alarms += u32::from(!test(ties.collect(), 13).passed.is_empty());
        }
        f64::from(alarms) / 200.0
    }

    #[test]
    fn null_quarters_keep_the_false_discovery_rate() {
        assert!(false_alarms(0.0) <= FALSE_DISCOVERIES, "{}", false_alarms(0.0));
        assert!(false_alarms(0.1) <= FALSE_DISCOVERIES, "{}", false_alarms(0.1));
    }

    #[test]
    fn kinds_of_change() {
        let tie = |before, now, known| kind(&Weeks { id: String::new(), before, now, known });
        assert_eq!(tie(0, 9, true), TieChangeKind::Revived);
        assert_eq!(tie(0, 9, false), TieChangeKind::Begun);
        assert_eq!(tie(9, 0, true), TieChangeKind::Dormant);
        assert_eq!(tie(9, 1, true), TieChangeKind::Weakened);
        assert_eq!(tie(1, 9, true), TieChangeKind::Strengthened);
    }
}
