//! `weaktie explain`: a measure or term in plain words, with formula, edge cases and reference.

use crate::cli::args::Explain;
use crate::cli::{Outcome, say};
use crate::error::Error;
use crate::glossary::{self, Term};

/// Characters of a line.
const WIDTH: usize = 96;

/// Runs the command.
pub(in crate::cli) fn run(args: &Explain) -> Outcome {
    if args.word.is_empty() {
        let lists: [(&str, Vec<&Term>); 2] =
            [("Measures", glossary::measures().collect()), ("Terms", glossary::terms().collect())];
        for (title, terms) in lists {
            say(title)?;
            for term in terms {
                let first = term.meaning.split_inclusive(['.', ':']).next().unwrap_or_default();
                let first = first.trim_end_matches(['.', ':']);
                say(&format!("  {:<28}{first}", term.id))?;
            }
        }
        return Ok(0);
    }
    let word = args.word.join(" ");
    let term = glossary::find(&word).ok_or_else(|| unknown(&word))?;
    say(term.id)?;
    say(&wrapped("", term.meaning))?;
    let parts =
        [("Formula", term.formula), ("Edge cases", term.edge_cases), ("Reference", term.reference)];
    for (title, content) in parts.into_iter().filter(|part| !part.1.is_empty()) {
        say("")?;
        say(&wrapped(&format!("{title}: "), content))?;
    }
    Ok(0)
}

fn unknown(word: &str) -> Error {
    let words =
        || glossary::all().flat_map(|term: &Term| term.also.iter().copied().chain([term.id]));
    let hint = match glossary::nearest(word, words()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "weaktie explain, without a word, lists them all".to_owned(),
    };
    Error::usage(format!("there is no measure or term `{word}`"), Some(hint))
}

/// Breaks a text at spaces.
fn wrapped(title: &str, content: &str) -> String {
    let mut out = title.to_owned();
    let mut column = title.chars().count();
    for word in content.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > WIDTH {
            out.push('\n');
            column = 0;
        } else if column > 0 && !out.ends_with(' ') {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn long_lines_are_broken_at_spaces() {
        let text = wrapped("Formula: ", &"word ".repeat(60));
        assert!(text.lines().count() > 2 && text.lines().all(|line| line.len() <= 96));
        assert_eq!(wrapped("", "two words"), "two words");
    }
}
