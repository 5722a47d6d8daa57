//! What the user decided about people and classes: a file that replays on every run.
//!
//! Responsible for the entries and their agreement with each other. A decision wins over every rule; one that the data
//! does not bear out is told and does no harm, for the same file serves every quarter. Deleting an entry undoes it.

mod file;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::canonical;
use crate::error::{Error, Result};

use super::attributes::Overrides;

/// Two keys and where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Line of the entry, from 1; 0 for one of `[identity] same`.
    pub line: usize,
    /// Number of the entry of `[identity] same`, from 1; 0 for one of the file.
    pub setting: usize,
    /// Profile link or slug, address or id; as [`key`] folds it.
    pub a: String,
    /// The other one.
    pub b: String,
}

impl Pair {
    /// The keys in their order, for comparing pairs.
    fn ordered(&self) -> (&str, &str) {
        let (a, b) = (self.a.as_str(), self.b.as_str());
        if a <= b { (a, b) } else { (b, a) }
    }
}

/// Every decision of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// The file, for errors and remarks.
    pub file: String,
    /// Pairs that are one person.
    pub same: Vec<Pair>,
    /// Pairs that are two.
    pub different: Vec<Pair>,
    /// Classes that win over the rules.
    pub classes: Overrides,
    /// Pairs of keys the file names in any way, open questions too; smaller first.
    pub named: BTreeSet<(String, String)>,
    /// Titles and companies the file names, filled in or not.
    pub texts: BTreeSet<(String, String)>,
}

/// A key as decisions and data are compared: a profile link as its slug, an address in its canonical form, anything
/// else in lower case.
///
/// ```
/// use weaktie::people::decision_key;
/// assert_eq!(decision_key("https://www.linkedin.com/in/Ana-K42/"), "ana-k42");
/// assert_eq!(decision_key("Ana+news@example.org"), "ana@example.org");
/// ```
#[must_use]
pub fn key(text: &str) -> String {
    let text = text.trim();
    canonical::profile_slug(text)
        .or_else(|| canonical::email(text))
        .unwrap_or_else(|| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
}

impl Decisions {
    /// Reads the text of a file: CSV when its name ends so, else TOML. `file` names it in errors.
    ///
    /// ```
    /// use weaktie::people::Decisions;
    /// let toml = "[[same]]\na = \"ana-k42\"\nb = \"ana@example.org\"\n";
    /// let csv = "decision,a,b\nsame,ana-k42,ana@example.org\n";
    /// assert_eq!(Decisions::parse(toml, "d.toml")?.same[0].a, "ana-k42");
    /// assert_eq!(Decisions::parse(csv, "d.csv")?.same[0].b, "ana@example.org");
    /// # Ok::<(), weaktie::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Usage`] with file, line and what to write instead: unknown keys, empty or equal sides, entries that
    /// stand twice, and entries that contradict each other, through others too.
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let ending = std::path::Path::new(file).extension().unwrap_or_default();
        let found = if ending.eq_ignore_ascii_case("csv") {
            file::from_csv(text, file)?
        } else {
            file::from_toml(text, file)?
        };
        found.check()?;
        Ok(found)
    }

    /// Also holds these pairs to be one person's: entries of `[identity] same`.
    ///
    /// # Errors
    /// [`Error::Usage`] when a decision says otherwise.
    pub fn with_same(mut self, same: &[Vec<String>]) -> Result<Self> {
        for (setting, entry) in (1..).zip(same) {
            for (a, b) in entry.iter().zip(entry.iter().skip(1)) {
                self.same.push(Pair { line: 0, setting, a: key(a), b: key(b) });
            }
        }
        self.contradictions()?;
        Ok(self)
    }

    /// Whether nothing is decided about people.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.same.is_empty() && self.different.is_empty()
    }

    fn check(&self) -> Result<()> {
        let mut seen: BTreeMap<(&str, &str), (usize, bool)> = BTreeMap::new();
        let all = self.same.iter().map(|pair| (pair, true));
        let mut all: Vec<(&Pair, bool)> =
            all.chain(self.different.iter().map(|pair| (pair, false))).collect();
        all.sort_by_key(|(pair, _)| pair.line);
        for (pair, is_same) in all {
            let (a, b) = (&pair.a, &pair.b);
            if a.is_empty() || b.is_empty() {
                let hint = "write a profile link, an address or an id on both sides";
                return Err(self.wrong(pair.line, "one side is empty", hint));
            }
            if a == b {
                let what = format!("both sides are {a}");
                return Err(self.wrong(pair.line, &what, "name two different keys"));
            }
            if let Some((line, before)) = seen.insert(pair.ordered(), (pair.line, is_same)) {
                let (what, hint) = if before == is_same {
                    ("stand in line", "delete one of the two entries")
                } else {
                    ("are decided the other way in line", "keep the one that is right")
                };
                return Err(self.wrong(pair.line, &format!("{a} and {b} {what} {line}"), hint));
            }
        }
        self.contradictions()
    }

    /// Refuses two people who are one through other entries.
    fn contradictions(&self) -> Result<()> {
        let mut ties: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
        for pair in &self.same {
            ties.entry(&pair.a).or_default().push((&pair.b, pair.line));
            ties.entry(&pair.b).or_default().push((&pair.a, pair.line));
        }
        for pair in &self.different {
            let Some(lines) = chain(&ties, &pair.a, &pair.b) else { continue };
            let (a, b) = (&pair.a, &pair.b);
            let told: Vec<String> = lines
                .iter()
                .map(|line| match line {
                    0 => "[identity] same".to_owned(),
                    line => format!("line {line}"),
                })
                .collect();
            let what = format!(
                "{a} and {b} are to be two people, but {} makes them one",
                told.join(" with ")
            );
            return Err(self.wrong(pair.line, &what, "keep the entries that are right"));
        }
        Ok(())
    }

    /// An error that names file and line.
    pub(super) fn wrong(&self, line: usize, what: &str, hint: &str) -> Error {
        let file = &self.file;
        Error::usage(format!("{file}, line {line}: {what}"), Some(hint.to_owned()))
    }
}

/// The lines of the shortest chain of ties from `from` to `to`.
fn chain(ties: &BTreeMap<&str, Vec<(&str, usize)>>, from: &str, to: &str) -> Option<Vec<usize>> {
    let mut queue = VecDeque::from([(from, Vec::new())]);
    let mut seen = BTreeSet::from([from]);
    while let Some((at, lines)) = queue.pop_front() {
        if at == to {
            return Some(lines);
        }
        for (next, line) in ties.get(at).into_iter().flatten() {
            if seen.insert(next) {
                let mut lines = lines.clone();
                lines.push(*line);
                queue.push_back((next, lines));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str, file: &str) -> String {
        Decisions::parse(text, file).unwrap_err().to_string()
    }

    fn same(a: &str, b: &str) -> String {
        format!("[[same]]\na = \"{a}\"\nb = \"{b}\"\n")
    }

    fn different(a: &str, b: &str) -> String {
        same(a, b).replace("[[same]]", "[[different]]")
    }

    #[test]
    fn both_forms_read_alike_and_open_questions_say_nothing() {
        let toml = format!(
            "{}[[ask]]\na = \"x\"\nb = \"y\"\n{}[[ask]]\na = \"p\"\nb = \"q\"\n[[class]]\ntitle = \"Wizard\"\nfunction = \"software\"\n\
             [[class]]\ntitle = \"Elf\"\nfunction = \"\"\n",
            same("ana-k1", "ana@example.org"),
            different("bo-k2", "bo@example.org")
        );
        let csv = "decision,a,b,score,rule,evidence,title,company,function,seniority,industry\n\
            same,ana-k1,ana@example.org,0.9,x,,,,,,\nask,x,y,,,,,,,,\n,p,q,,,,,,,,\n\
            different,bo-k2,bo@example.org,,,,,,,,\nclass,,,,,,Wizard,,software,,\nclass,,,,,,Elf,,,,\n";
        let mut from_toml = Decisions::parse(&toml, "d.toml").unwrap();
        let mut from_csv = Decisions::parse(csv, "d.csv").unwrap();
        assert_eq!((from_toml.same[0].line, from_toml.different[0].line), (1, 7));
        assert_eq!((from_csv.same[0].line, from_csv.different[0].line), (2, 5));
        for found in [&mut from_toml, &mut from_csv] {
            found.file.clear();
            found.same[0].line = 0;
            found.different[0].line = 0;
        }
        assert_eq!(from_toml, from_csv);
        assert_eq!(from_toml.classes.len(), 1);
    }

    #[test]
    fn what_cannot_hold_is_refused_with_its_line() {
        let twice = same("a@x.org", "b") + &same("b", "A@x.org");
        assert!(
            refused(&twice, "d.toml").starts_with("d.toml, line 4: "),
            "{}",
            refused(&twice, "d.toml")
        );
        let both = same("a", "b") + &different("a", "b");
        assert!(
            refused(&both, "d.toml")
                .contains("line 4: a and b are decided the other way in line 1")
        );
        let through = same("a", "b") + &same("b", "c") + &different("a", "c");
        let told = refused(&through, "d.toml");
        assert!(told.contains("line 7: ") && told.contains("line 1 with line 4"), "{told}");
        assert!(refused(&same("a", " A "), "d.toml").contains("line 1: both sides are a"));
        assert!(refused(&same("a", ""), "d.toml").contains("line 1: one side is empty"));
        assert!(refused("[[same]]\na = \"x\"\n", "d.toml").contains("line 1"));
        assert!(refused("[[sam]]\na = \"x\"\n", "d.toml").contains("d.toml, line 1"));
        assert!(refused("decision,a,b\nmaybe,x,y\n", "d.csv").contains("d.csv, line 2: "));
        assert!(refused("decision,a\nsame,x\n", "d.csv").contains("d.csv, line 1: "));
    }

    #[test]
    fn settings_and_decisions_must_agree() {
        let said = Decisions::parse(&different("ana-k1", "ana@example.org"), "d.toml").unwrap();
        let same = [vec!["linkedin.com/in/ana-k1".to_owned(), "ana@example.org".to_owned()]];
        let told = said.with_same(&same).unwrap_err().to_string();
        assert!(told.contains("line 1") && told.contains("[identity] same"), "{told}");
    }
}
