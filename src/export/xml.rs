//! Text inside XML, and the types of columns.

use std::fmt::Write as _;

use crate::frame::Values;

/// Text as it may stand in an element or a quoted attribute. Characters that XML 1.0 cannot hold, even escaped, are
/// left out: most control characters, and the two of Unicode that are none.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_escaped(&mut out, text);
    out
}

fn push_escaped(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
}

/// Appends the value of a row between what stands before and after it; nothing where it is missing.
pub(super) fn push_value(
    out: &mut String,
    (before, after): (std::fmt::Arguments<'_>, &str),
    values: &Values,
    row: usize,
) {
    let start = out.len();
    let _ = out.write_fmt(before);
    // Numbers, nearly all there is, need no text of their own.
    let number = match values {
        Values::Number(values) => Some(values[row]),
        Values::MaybeNumber(values) => values[row],
        _ => None,
    };
    if let Some(number) = number {
        let _ = write!(out, "{number}");
    } else if let Some(text) = values.shown(row) {
        push_escaped(out, &text);
    } else {
        out.truncate(start);
        return;
    }
    out.push_str(after);
}

/// The type of a column, in the words that GEXF and GraphML share.
pub(super) fn kind(values: &Values) -> &'static str {
    match values {
        Values::MaybeFlag(_) => "boolean",
        Values::Count(_) | Values::MaybeCount(_) | Values::Instant(_) => "long",
        Values::Number(_) | Values::MaybeNumber(_) => "double",
        _ => "string",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_text_and_what_xml_cannot_hold_goes() {
        assert_eq!(escaped("<a b=\"&\">\u{1b}[0m\n"), "&lt;a b=&quot;&amp;&quot;&gt;[0m&#10;");
        assert_eq!(escaped("Zoë 王\u{ffff}"), "Zoë 王");
    }
}
