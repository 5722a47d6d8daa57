//! CSV as LinkedIn writes it, sentences for subjects and bodies, profile links.

use percent_encoding::{CONTROLS, utf8_percent_encode};

use super::names;
use crate::random::Stream;

const SENTENCES: &str = include_str!("../../data/synth/sentences.txt");

/// Appends a field, quoted only where RFC 4180 asks for it, or always.
pub(crate) fn field(out: &mut Vec<u8>, text: &str, always: bool) {
    if !always && !text.contains([',', '"', '\n', '\r']) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    for (part, piece) in text.split('"').enumerate() {
        if part > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(piece.as_bytes());
    }
    out.push(b'"');
}

/// Appends a record and a line feed.
pub(crate) fn record(out: &mut Vec<u8>, fields: &[&str], always: bool) {
    for (at, text) in fields.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        field(out, text, always);
    }
    out.push(b'\n');
}

/// Bland sentences, each with the canary word.
pub(crate) struct Text {
    sentences: Vec<&'static str>,
}

impl Text {
    /// The list.
    pub(crate) fn new() -> Self {
        Self { sentences: SENTENCES.lines().collect() }
    }

    /// One sentence.
    pub(crate) fn line(&self, stream: &mut Stream) -> &'static str {
        names::draw(stream, &self.sentences)
    }

    /// A body of one to three sentences; one in five with real line breaks, a few empty.
    pub(crate) fn body(&self, stream: &mut Stream) -> String {
        let roll = stream.below(100);
        if roll < 3 {
            return String::new();
        }
        let first = self.line(stream);
        match roll {
            3..24 => format!("{first}\n\n{}\n{}", self.line(stream), self.line(stream)),
            24..50 => format!("{first} {}", self.line(stream)),
            _ => first.to_owned(),
        }
    }
}

/// The profile link with raw letters, as in messages.csv and Invitations.csv.
pub(crate) fn link(slug: &str) -> String {
    format!("https://www.linkedin.com/in/{slug}")
}

/// The profile link as Connections.csv has it: percent-encoded, upper-case hexadecimals.
pub(crate) fn encoded_link(slug: &str) -> String {
    format!("https://www.linkedin.com/in/{}", utf8_percent_encode(slug, CONTROLS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_needed() {
        let mut out = Vec::new();
        record(&mut out, &["a", "b, c", "say \"hi\""], false);
        record(&mut out, &["a"], true);
        assert_eq!(String::from_utf8(out).unwrap(), "a,\"b, c\",\"say \"\"hi\"\"\"\n\"a\"\n");
        assert!(encoded_link("maëlle-k1").ends_with("/ma%C3%ABlle-k1"));
    }

    #[test]
    fn every_sentence_carries_the_canary() {
        assert!(SENTENCES.lines().all(|line| line.contains("zqxcanary")));
    }
}
