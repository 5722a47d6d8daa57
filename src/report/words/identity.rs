//! Who is who, in words: how many people were put together, and how many questions are open. Also the words of the
//! decisions file.

use crate::audit::Identity;

use super::{counted, thousands};

/// What was done about identities, one sentence each; empty where there was nothing to do.
pub(crate) fn sentences(identity: &Identity) -> Vec<String> {
    let mut out = Vec::new();
    if identity.people_merged > 0 {
        let by: Vec<String> = identity
            .merged
            .iter()
            .map(|(rule, people)| format!("{} {}", thousands(u64::from(*people)), by_rule(rule)))
            .collect();
        out.push(format!(
            "{} put together from several keys or spellings: {}.",
            were(identity.people_merged, "person was", "people were"),
            by.join(", ")
        ));
    }
    if identity.undecided > 0 {
        out.push(format!(
            "{} one person and {} counted apart until you decide: “weaktie review” lists them with the evidence.",
            were(identity.undecided, "pair may be", "pairs may be"),
            if identity.undecided == 1 { "is" } else { "are" }
        ));
    }
    if identity.namesakes > 0 {
        out.push(format!(
            "{} a name but no profile link, and {} two people each.",
            were(identity.namesakes, "pair shares", "pairs share"),
            if identity.namesakes == 1 { "stays" } else { "stay" }
        ));
    }
    if identity.crowded > 0 {
        out.push(format!(
            "{} so many people that nobody was asked about.",
            were(identity.crowded, "name has", "names have")
        ));
    }
    let decided = identity.decided_same + identity.decided_different;
    if decided > 0 {
        out.push(format!(
            "{} applied: {} one person, {} two.",
            were(decided, "decision of yours was", "decisions of yours were"),
            thousands(u64::from(identity.decided_same)),
            thousands(u64::from(identity.decided_different))
        ));
    }
    out
}

fn were(n: u32, one: &str, several: &str) -> String {
    super::capital(&counted(n as usize, one, several))
}

/// A rule after a number of people: `12 by one profile link`.
fn by_rule(rule: &str) -> &str {
    match rule {
        "decided" => "by your decision",
        "same-link" => "by one profile link",
        "one-row" => "by keys in one row",
        "same-address" => "by one mail address",
        "same-id" => "by one id in logs",
        "only-name" => "by a full name in LinkedIn’s own files that nobody else has",
        other => other,
    }
}

/// The first lines of a decisions file.
pub(crate) const HEAD: &str = "\
# Decisions about people and classes, asked by weaktie and answered by you.
#
# People: change [[ask]] to [[same]] when the two are one person, to [[different]] when they are two; what stays
# [[ask]] is asked again. Classes: fill in what you know and leave the rest empty.
# Name this file in weaktie.toml, and every later run does what it says:
#
#     [identity]
#     decisions = \"decisions.toml\"
#
# To take a decision back, delete its entry. The most useful questions come first.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_words() {
        let mut identity = Identity { people_merged: 1, undecided: 1, ..Identity::default() };
        identity.merged.insert("same-link".to_owned(), 1);
        let told = sentences(&identity);
        assert!(told[0].ends_with("spellings: 1 by one profile link."), "{told:?}");
        assert!(told[1].contains("pair may be one person and is counted apart"), "{told:?}");
        assert!(sentences(&Identity::default()).is_empty());
    }
}
