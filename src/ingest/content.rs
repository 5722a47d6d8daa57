//! Content lines of iCalendar and vCard: unfolding, names, parameters, values.
//!
//! Lines are unfolded as bytes before they are decoded, because a fold may stand inside a character. Only lines with a
//! wanted name are decoded at all.

use encoding_rs::WINDOWS_1252;
use memchr::memchr;

/// One logical line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    /// The line it starts on, from 1.
    pub(super) line: u64,
    /// Upper-case, without the group before it (`item1.EMAIL`).
    pub(super) name: String,
    /// The group, as found; empty without one.
    pub(super) group: String,
    /// Names in upper case, values without quotes.
    params: Vec<(String, String)>,
    /// As found, escapes still in it.
    pub(super) value: String,
}

impl Property {
    /// The first value of a parameter.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value without escapes: `\n`, `\,`, `\;`, `\\`.
    pub(super) fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// The parts of a value with `;` between them, without escapes.
    pub(super) fn parts(&self) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            let last = parts.len() - 1;
            match c {
                ';' => parts.push(String::new()),
                '\\' => {
                    parts[last].push('\\');
                    parts[last].extend(chars.next());
                }
                other => parts[last].push(other),
            }
        }
        parts.iter().map(|part| unescaped(part).trim().to_owned()).collect()
    }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n' | 'N') => out.push(' '),
                Some(other) => out.push(other),
                None => {}
            },
            (other, false) => out.push(other),
        }
    }
    out
}

/// The wanted lines of a text, in order.
pub(super) struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    line: u64,
    wanted: &'static [&'static str],
}

impl<'b> Lines<'b> {
    /// The lines whose name is one of `wanted` (upper-case).
    pub(super) fn new(bytes: &'b [u8], wanted: &'static [&'static str]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        Self { bytes, at: 0, line: 1, wanted }
    }

    /// One line as it stands, with its number and whether the next belongs to it.
    fn physical(&mut self) -> Option<(&'b [u8], u64)> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        let number = self.line;
        self.at += end;
        self.line += 1;
        Some((rest[..end].trim_ascii_end(), number))
    }

    fn continues(&self) -> bool {
        matches!(self.bytes.get(self.at), Some(b' ' | b'\t'))
    }
}

impl Iterator for Lines<'_> {
    type Item = Property;

    fn next(&mut self) -> Option<Property> {
        loop {
            let start = self.at;
            let (first, line) = self.physical()?;
            let name_end = first.iter().position(|byte| *byte == b':' || *byte == b';');
            let name = &first[..name_end.unwrap_or(first.len())];
            let bare = memchr(b'.', name).map_or(name, |dot| &name[dot + 1..]);
            let is_wanted = self.wanted.iter().any(|w| bare.eq_ignore_ascii_case(w.as_bytes()));
            if !is_wanted || name_end.is_none() {
                while self.continues() {
                    self.physical();
                }
                continue;
            }
            let mut whole: Vec<u8> = without_end(&self.bytes[start..self.at]).to_vec();
            loop {
                if self.continues() {
                    let from = self.at + 1;
                    self.physical();
                    whole.extend_from_slice(without_end(&self.bytes[from..self.at]));
                } else if whole.ends_with(b"=") && is_quoted(&whole) && self.at < self.bytes.len() {
                    // A soft break of vCard 2.1.
                    whole.pop();
                    let from = self.at;
                    self.physical();
                    whole.extend_from_slice(without_end(&self.bytes[from..self.at]));
                } else {
                    break;
                }
            }
            if let Some(property) = property(&whole, line) {
                return Some(property);
            }
        }
    }
}

fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn is_quoted(line: &[u8]) -> bool {
    let head = &line[..memchr(b':', line).unwrap_or(0)];
    head.to_ascii_uppercase().windows(16).any(|part| part == b"QUOTED-PRINTABLE")
}

fn property(line: &[u8], number: u64) -> Option<Property> {
    let quoted = is_quoted(line);
    let (mut in_quotes, mut colon, mut marks) = (false, None, Vec::new());
    for (at, byte) in line.iter().enumerate() {
        match byte {
            b'"' => in_quotes = !in_quotes,
            b';' if !in_quotes => marks.push(at),
            b':' if !in_quotes => {
                colon = Some(at);
                break;
            }
            _ => {}
        }
    }
    // A quote that is never closed hides the colon.
    let colon = colon.or_else(|| memchr(b':', line))?;
    marks.retain(|mark| *mark < colon);
    let name_end = marks.first().copied().unwrap_or(colon);
    let name = decoded(&line[..name_end]);
    let (group, name) = name.rsplit_once('.').unwrap_or(("", &name));
    let mut params = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        let end = marks.get(index + 1).copied().unwrap_or(colon);
        let text = decoded(&line[mark + 1..end]);
        // vCard 2.1 writes the value of TYPE alone.
        let (key, value) = text.split_once('=').unwrap_or(("TYPE", &text));
        params.push((key.trim().to_uppercase(), value.trim().trim_matches('"').to_owned()));
    }
    let value = &line[colon + 1..];
    let value = if quoted { decoded(&unquoted(value)) } else { decoded(value) };
    Some(Property {
        line: number,
        name: name.to_uppercase(),
        group: group.to_owned(),
        params,
        value: value.trim().to_owned(),
    })
}

/// Bytes of quoted-printable text.
fn unquoted(text: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        if let (b'=', [a, b, tail @ ..]) = (first, after)
            && let (Some(a), Some(b)) = (digit(*a), digit(*b))
        {
            out.push(a * 16 + b);
            rest = tail;
        } else {
            out.push(*first);
            rest = after;
        }
    }
    out
}

fn decoded(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(
        |_| WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        str::to_owned,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_quotes_groups_and_characters_cut_in_two() {
        let mut text =
            b"ATTENDEE;CN=\"Aldous; Greer: x\";PARTSTAT=ACCEPTED:MAILTO:\r\n greer@exam".to_vec();
        text.extend_from_slice(b"\n\tple.org\nSUMMARY:secret\n  more\nitem1.FN:Ma\xc3\r\n \xablle\nFN:Ren\xe9\\, a\\nb\n");
        let found: Vec<Property> = Lines::new(&text, &["ATTENDEE", "FN"]).collect();
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].value, "MAILTO:greer@example.org");
        assert_eq!(found[0].param("CN"), Some("Aldous; Greer: x"));
        assert_eq!(found[0].param("PARTSTAT"), Some("ACCEPTED"));
        assert_eq!(
            (found[1].group.as_str(), found[1].value.as_str(), found[1].line),
            ("item1", "Maëlle", 6)
        );
        assert_eq!(found[2].text(), "René, a b");
    }

    #[test]
    fn vcard_2_1_is_quoted_printable_with_soft_breaks() {
        let text = b"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:T=C3=AB=\nssier;Ma=\n=C3=ABlle;;;\nTEL;CELL:+47 1\n";
        let found: Vec<Property> = Lines::new(text, &["N", "TEL"]).collect();
        assert_eq!(found[0].parts(), ["Tëssier", "Maëlle", "", "", ""]);
        assert_eq!(found[1].param("TYPE"), Some("CELL"));
    }
}
