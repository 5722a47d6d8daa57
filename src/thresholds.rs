//! Limits on the numbers of an audit: what `--fail-on` takes, and whether one is crossed.
//!
//! For whoever runs an audit by a timer and wants to hear of it only when something is wrong.

use std::fmt;
use std::str::FromStr;

use crate::audit::{Audit, TieState};
use crate::glossary;

/// A limit: `NUMBER>LIMIT`, `NUMBER<LIMIT`, or `NUMBER` alone for "more than 0".
///
/// NUMBER is a measure of the whole network (`weaktie explain` lists them), a state of ties such as `neglected`
/// (how many are in it), or one of `refused` (questions without an answer), `rows-skipped` (share of the rows read,
/// also with `%`) and `undecided` (pairs that may be one person).
///
/// ```
/// use weaktie::thresholds::Threshold;
/// let limit: Threshold = "efficiency<0.4".parse().unwrap();
/// assert_eq!(limit.to_string(), "efficiency < 0.4");
/// assert!("eficiency<0.4".parse::<Threshold>().unwrap_err().contains("`efficiency`"));
/// assert_eq!("rows-skipped>5%".parse::<Threshold>().unwrap().to_string(), "rows-skipped > 0.05");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Threshold {
    id: String,
    above: bool,
    limit: f64,
}

/// What became of a limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// The number is within it.
    Kept,
    /// The number lies beyond it.
    Crossed(f64),
    /// The audit has no such number, or refused it.
    Unknown,
    /// A number of each contact: the network as a whole has none.
    EachContact,
}

const STATES: [TieState; 8] = [
    TieState::NeverActive,
    TieState::Gone,
    TieState::New,
    TieState::Dormant,
    TieState::Lapsed,
    TieState::Neglected,
    TieState::Slipping,
    TieState::OnRhythm,
];
const OTHERS: [&str; 3] = ["refused", "rows-skipped", "undecided"];

fn known() -> impl Iterator<Item = &'static str> {
    let states = STATES.iter().map(|state| state.name());
    states.chain(OTHERS).chain(glossary::measures().map(|term| term.id))
}

impl Threshold {
    /// Whether an audit keeps within the limit.
    #[must_use]
    pub fn judge(&self, audit: &Audit) -> Verdict {
        match number(audit, &self.id) {
            None if !audit.network.contains_key(&self.id)
                && audit.people.iter().any(|person| person.measures.contains_key(&self.id)) =>
            {
                Verdict::EachContact
            }
            None => Verdict::Unknown,
            Some(found) if self.above && found > self.limit => Verdict::Crossed(found),
            Some(found) if !self.above && found < self.limit => Verdict::Crossed(found),
            Some(_) => Verdict::Kept,
        }
    }
}

fn number(audit: &Audit, id: &str) -> Option<f64> {
    if let Some(state) = STATES.iter().find(|state| state.name() == id) {
        return Some(f64::from(audit.findings.states.get(state).copied().unwrap_or(0)));
    }
    match id {
        "refused" => Some(audit.refused.len() as f64),
        "undecided" => Some(f64::from(audit.findings.identity.undecided)),
        "rows-skipped" => {
            let sum = |rows: fn(&crate::audit::Input) -> u64| {
                audit.inputs.iter().map(rows).sum::<u64>() as f64
            };
            let read = sum(|input| input.rows_read);
            (read > 0.0).then(|| sum(|input| input.rows_skipped) / read)
        }
        _ => audit.network.get(id).copied().flatten(),
    }
}

impl FromStr for Threshold {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (id, above, limit) = match text.split_once(['>', '<']) {
            None => (text, true, "0"),
            Some((id, limit)) => (id, text.contains('>'), limit),
        };
        let id = id.trim().to_lowercase();
        if !known().any(|known| known == id) {
            let near = glossary::nearest(&id, known());
            let hint = near.map_or_else(
                || "`weaktie explain` lists the measures".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(format!("there is no number `{id}`; {hint}"));
        }
        let limit = limit.trim();
        let (digits, unit) = limit.strip_suffix('%').map_or((limit, 1.0), |share| (share, 100.0));
        match digits.trim().parse::<f64>() {
            Ok(limit) if limit.is_finite() => Ok(Self { id, above, limit: limit / unit }),
            _ => Err(format!("`{limit}` is no number; write for example {id}>10 or {id}<0.4")),
        }
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.id, if self.above { '>' } else { '<' }, self.limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::fixture;

    fn judged(text: &str, audit: &Audit) -> Verdict {
        text.parse::<Threshold>().unwrap().judge(audit)
    }

    #[test]
    fn a_limit_is_crossed_only_beyond_it() {
        let mut audit = fixture::small();
        audit.findings.states.insert(TieState::Neglected, 3);
        assert_eq!(judged("neglected>2", &audit), Verdict::Crossed(3.0));
        assert_eq!(judged("neglected>3", &audit), Verdict::Kept);
        assert_eq!(judged("neglected<3", &audit), Verdict::Kept);
        assert_eq!(judged("neglected", &audit), Verdict::Crossed(3.0));
        audit.refused.clear();
        assert_eq!(judged("refused", &audit), Verdict::Kept);
        audit.network.insert("efficiency".to_owned(), Some(0.2));
        assert_eq!(judged("efficiency<25%", &audit), Verdict::Crossed(0.2));
        audit.network.insert("efficiency".to_owned(), None);
        assert_eq!(judged("efficiency<25%", &audit), Verdict::Unknown);
        audit.people[0].measures.insert("betweenness".to_owned(), None);
        assert_eq!(judged("betweenness>5", &audit), Verdict::EachContact);
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", ">3", "neglected>", "neglected>x", "neglected>1>2", "neglected>inf", "zzz"]
        {
            assert!(text.parse::<Threshold>().is_err(), "{text}");
        }
    }
}
