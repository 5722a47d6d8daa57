//! Errors of a settings file: file, line, column, what is wrong, and the nearest right key.

use crate::error::Error;

/// What TOML says, with its place.
pub(super) fn of_toml(error: &toml::de::Error, text: &str, file: &str) -> Error {
    let before = text.get(..error.span().map_or(0, |span| span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let message = error.message();
    let what = message.lines().collect::<Vec<_>>().join("; ");
    Error::usage(format!("{file}, line {line}, column {column}: {what}"), nearest_key(message))
}

/// The error with file and, where the key's line is plain, line.
pub(super) fn placed(error: Error, text: &str, file: &str) -> Error {
    match error {
        Error::Usage { what, hint } => {
            let key = what.split([' ', ',', ':']).next().unwrap_or_default();
            let line = place_of(text, key).map_or_else(String::new, |(line, column)| {
                format!(", line {line}, column {column}")
            });
            Error::usage(format!("{file}{line}: {what}"), hint)
        }
        other => other,
    }
}

/// The one place that sets a dotted key: line and column from 1; `None` when it is set in another form or several times.
fn place_of(text: &str, key: &str) -> Option<(usize, usize)> {
    let (section, name) = key.rsplit_once('.')?;
    let mut current = "";
    let mut places = Vec::new();
    for (number, whole) in (1..).zip(text.lines()) {
        let line = whole.trim();
        let column = whole.chars().take_while(|c| c.is_whitespace()).count() + 1;
        let set = line.split('=').next().unwrap_or_default().trim();
        if let Some(header) = line.strip_prefix('[') {
            current = header.trim_start_matches('[').split(']').next().unwrap_or_default().trim();
            places.extend((current == key).then_some((number, column)));
        } else if (current == section && set == name) || (current.is_empty() && set == key) {
            places.push((number, column));
        }
    }
    <[(usize, usize); 1]>::try_from(places).ok().map(|[place]| place)
}

/// A "did you mean" from serde's "unknown field `x`, expected one of `a`, `b`".
fn nearest_key(message: &str) -> Option<String> {
    let mut quoted = message.split('`').skip(1).step_by(2);
    if !message.contains("unknown") {
        return None;
    }
    let found = quoted.next()?;
    let best = quoted.max_by(|a, b| {
        let score = |known: &str| strsim::jaro_winkler(found, known);
        score(a).total_cmp(&score(b))
    })?;
    Some(format!("did you mean `{best}`?"))
}
