//! Terms as a page of Markdown, for the guide.

use std::fmt::Write as _;

use super::Term;

/// A page with a heading and an entry a term.
#[must_use]
pub fn markdown(title: &str, intro: &str, terms: impl Iterator<Item = &'static Term>) -> String {
    let mut page = format!("# {title}\n\n{intro}\n");
    for term in terms {
        let _ = write!(page, "\n## `{}`\n\n{}\n", term.id, prose(term.meaning));
        if !term.also.is_empty() {
            let _ = write!(page, "\nAlso: {}.\n", prose(&term.also.join(", ")));
        }
        for (name, text) in [
            ("Formula", term.formula),
            ("Edge cases", term.edge_cases),
            ("Reference", term.reference),
        ] {
            if !text.is_empty() {
                let _ = write!(page, "\n**{name}:** {}\n", prose(text));
            }
        }
    }
    page
}

/// Text in which nothing is taken for markup.
fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '*' | '_' | '<' | '>' | '[' | ']' | '\\' | '|' | '#') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_no_markup() {
        assert_eq!(prose("Σ_q (p[i] * p_j) < 1"), "Σ\\_q (p\\[i\\] \\* p\\_j) \\< 1");
    }
}
