//! The saved form as text: `audit.json`, one line a person, tie or action.
//!
//! Indented like any JSON down to the rows of its tables, which stand on a line each: a file of 30,000 people is half as long as
//! one with a line a value, can be looked through, and two of them can be compared line by line. The values are those of
//! [`serde_json`]; whatever reads JSON reads it.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::Audit;

/// Which lists and objects are open.
#[derive(Debug, Default)]
struct Lines {
    /// How many, from the outermost.
    open: usize,
    /// How many stood open when the outermost list was opened; what stands in a list's elements is not broken into lines.
    list: Option<usize>,
    /// Whether the one closing now holds anything.
    filled: bool,
}

impl Lines {
    /// Whether elements of the innermost list or object begin on lines of their own.
    fn breaks(&self) -> bool {
        self.list.is_none_or(|list| self.open <= list)
    }

    fn begin(&mut self, is_list: bool) {
        self.open += 1;
        self.filled = false;
        if is_list && self.list.is_none() {
            self.list = Some(self.open);
        }
    }

    fn end<W: ?Sized + Write>(&mut self, to: &mut W, sign: &[u8]) -> io::Result<()> {
        let breaks = self.breaks() && self.filled;
        if self.list == Some(self.open) {
            self.list = None;
        }
        self.open -= 1;
        if breaks {
            self.line(to)?;
        }
        self.filled = true;
        to.write_all(sign)
    }

    fn next<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        if !first {
            to.write_all(b",")?;
        }
        if self.breaks() { self.line(to) } else { Ok(()) }
    }

    fn line<W: ?Sized + Write>(&self, to: &mut W) -> io::Result<()> {
        to.write_all(b"\n")?;
        (0..self.open).try_for_each(|_| to.write_all(b"  "))
    }
}

impl Formatter for Lines {
    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.begin(true);
        to.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.end(to, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.begin(false);
        to.write_all(b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.end(to, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(if self.breaks() { b": " } else { b":" })
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

impl Audit {
    /// The text of `audit.json`, with a line break at its end.
    ///
    /// # Errors
    /// Never for an audit of finite numbers.
    pub fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        let mut text = Vec::new();
        write(self, &mut text)?;
        text.push(b'\n');
        Ok(text)
    }
}

fn write(value: &impl Serialize, text: &mut Vec<u8>) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(text, Lines::default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_on_a_line_each_and_nothing_is_changed() {
        let value = serde_json::json!({
            "a": 1, "empty": [], "none": {},
            "one": {"two": [{"x": [1, 2], "y": {"z": null}}, {"x": []}], "three": {"four": "\n"}},
            "rows": [[1, 2], [3, [4]]],
        });
        let mut text = Vec::new();
        write(&value, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        let expected = "{\n  \"a\": 1,\n  \"empty\": [],\n  \"none\": {},\n  \"one\": {\n    \"three\": {\n      \
                        \"four\": \"\\n\"\n    },\n    \"two\": [\n      {\"x\":[1,2],\"y\":{\"z\":null}},\n      \
                        {\"x\":[]}\n    ]\n  },\n  \"rows\": [\n    [1,2],\n    [3,[4]]\n  ]\n}";
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }

    #[test]
    fn an_audit_reads_back() {
        let audit = super::super::fixture::small();
        let text = audit.to_json().unwrap();
        assert_eq!(serde_json::from_slice::<Audit>(&text).unwrap(), audit);
        let lines = memchr::memchr_iter(b'\n', &text).count();
        assert!(lines > audit.people.len() + audit.ties.len());
    }
}
