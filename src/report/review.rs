//! The open questions of an audit as a file to answer: pairs that may be one person, titles and companies without a
//! class. As TOML with the evidence in comments, or as CSV for spreadsheets.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::words::identity::HEAD;
use crate::audit::{Ask, Audit, Side};
use crate::text::guarded;

/// Classes asked about at most, each kind; the rest comes once these are answered.
const CLASSES: usize = 100;
/// The columns of the CSV.
const COLUMNS: &str = "decision,a,b,title,company,function,seniority,industry,score,rule,evidence";

/// What a file holds already: it is not asked again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Pairs of ids, smaller first.
    pub pairs: BTreeSet<(String, String)>,
    /// Titles and companies in lower case.
    pub texts: BTreeSet<(String, String)>,
}

/// The questions of one audit that were not asked yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Questions<'a> {
    asks: Vec<&'a Ask>,
    /// Title or company, the people it stands for, and whether it is a title.
    classes: Vec<(String, u32, bool)>,
}

impl<'a> Questions<'a> {
    /// Collects them, most useful first.
    #[must_use]
    pub fn of(audit: &'a Audit, asked: &Asked) -> Self {
        let is_new = |ask: &&Ask| {
            let (a, b) = (ask.a.id.to_lowercase(), ask.b.id.to_lowercase());
            !asked.pairs.contains(&if a <= b { (a, b) } else { (b, a) })
        };
        let asks = audit.findings.identity.asks.iter().filter(is_new).collect();
        let mut titles: BTreeMap<&str, u32> = BTreeMap::new();
        let mut companies: BTreeMap<&str, u32> = BTreeMap::new();
        for person in &audit.people {
            if let (Some(title), None) = (&person.position, &person.function) {
                *titles.entry(title.trim()).or_default() += 1;
            }
            if let (Some(company), None) = (&person.company, &person.industry) {
                *companies.entry(company.trim()).or_default() += 1;
            }
        }
        let classes =
            [(titles, true), (companies, false)].into_iter().flat_map(|(texts, is_title)| {
                let mut texts: Vec<(&str, u32)> = texts
                    .into_iter()
                    .filter(|(text, _)| {
                        let lower = text.to_lowercase();
                        let entry =
                            if is_title { (lower, String::new()) } else { (String::new(), lower) };
                        !text.is_empty() && !asked.texts.contains(&entry)
                    })
                    .collect();
                texts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
                texts.into_iter().take(CLASSES).map(move |(text, n)| (text.to_owned(), n, is_title))
            });
        Self { asks, classes: classes.collect() }
    }

    /// Number of pairs and of classes.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        (self.asks.len(), self.classes.len())
    }

    /// As TOML: what `kept` holds already stays as it is, before what is new.
    #[must_use]
    pub fn toml(&self, kept: &str) -> String {
        let mut out = if kept.trim().is_empty() { HEAD.to_owned() } else { kept.to_owned() };
        if !out.ends_with('\n') {
            out.push('\n');
        }
        for ask in &self.asks {
            let _ = writeln!(out, "\n# {} ({:.2})", ask.rule, ask.score);
            for side in [&ask.a, &ask.b] {
                let _ = writeln!(out, "#   {}", told(side));
            }
            let (a, b) = (quoted(&ask.a.id), quoted(&ask.b.id));
            let _ = writeln!(out, "[[ask]]\na = {a}\nb = {b}");
        }
        for (text, people, is_title) in &self.classes {
            let text = quoted(text);
            let (what, blanks) = if *is_title {
                ("title", "function = \"\"\nseniority = \"\"\n")
            } else {
                ("company", "industry = \"\"\n")
            };
            let _ = write!(out, "\n# contacts: {people}\n[[class]]\n{what} = {text}\n{blanks}");
        }
        out
    }

    /// As CSV, likewise.
    #[must_use]
    pub fn csv(&self, kept: &str) -> String {
        let mut out = if kept.trim().is_empty() { format!("{COLUMNS}\n") } else { kept.to_owned() };
        if !out.ends_with('\n') {
            out.push('\n');
        }
        for ask in &self.asks {
            let evidence = format!("{} / {}", told(&ask.a), told(&ask.b));
            let score = format!("{:.2}", ask.score);
            let cells =
                ["ask", &ask.a.id, &ask.b.id, "", "", "", "", "", &score, &ask.rule, &evidence];
            out.push_str(&row(&cells));
        }
        for (text, people, is_title) in &self.classes {
            let (title, company) =
                if *is_title { (text.as_str(), "") } else { ("", text.as_str()) };
            let evidence = format!("contacts: {people}");
            let cells = ["class", "", "", title, company, "", "", "", "", "", &evidence];
            out.push_str(&row(&cells));
        }
        out
    }
}

/// A person as evidence: name, employer, key, and how much there is.
fn told(side: &Side) -> String {
    let mut parts = vec![side.name.clone()];
    parts.extend(side.company.clone());
    if side.id != side.name {
        parts.push(side.id.clone());
    }
    if side.interactions > 0 {
        parts.push(format!("interactions: {}", side.interactions));
    }
    parts.join(" · ").chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A CSV record; a cell that a spreadsheet would run as a formula gets a quote before it.
fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| {
            let safe = guarded(cell);
            if safe.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", safe.replace('"', "\"\""))
            } else {
                safe.into_owned()
            }
        })
        .collect();
    cells.join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    fn asked_audit() -> Audit {
        let mut audit = testing::variants().remove(0).1;
        let side = |id: &str, name: &str| Side {
            id: id.to_owned(),
            name: name.to_owned(),
            company: None,
            interactions: 3,
        };
        audit.findings.identity.asks = vec![Ask {
            a: side("una-k1", "Una \"U\" Kestrel"),
            b: side("una@example.org", "una@example.org"),
            score: 0.9,
            rule: "same-name".to_owned(),
        }];
        audit.people[0].position = Some("=Wizard, \"first\"".to_owned());
        audit.people[0].function = None;
        audit
    }

    #[test]
    fn a_file_is_toml_and_what_it_holds_is_not_asked_again() {
        let audit = asked_audit();
        let questions = Questions::of(&audit, &Asked::default());
        let text = questions.toml("");
        let read: toml::Table = text.parse().expect("TOML");
        assert_eq!(read["ask"].as_array().map(Vec::len), Some(1));
        assert!(text.contains("title = \"=Wizard, \\\"first\\\"\""), "{text}");
        let mut asked = Asked::default();
        asked.pairs.insert(("una-k1".to_owned(), "una@example.org".to_owned()));
        let again = Questions::of(&audit, &asked);
        assert_eq!(again.count().0, 0);
        assert!(again.toml("# mine").starts_with("# mine\n"));
    }

    #[test]
    fn a_spreadsheet_runs_no_formula() {
        let audit = asked_audit();
        let text = Questions::of(&audit, &Asked::default()).csv("");
        assert!(
            text.starts_with(COLUMNS) && text.contains("ask,una-k1,una@example.org,"),
            "{text}"
        );
        assert!(text.contains("\"'=Wizard, \"\"first\"\"\""), "{text}");
    }
}
