//! GEXF 1.3, the format of Gephi: nodes and ties with their attributes, ties with the days between which they were
//! seen, so that Gephi's timeline works.
//!
//! **Source** the schema of GEXF 1.3 (2022): attribute values are strings, numbers or truth values; days of the
//! timeline stand in `start` and `end`, both inclusive, ISO 8601.

use std::fmt::Write as _;

use rayon::prelude::*;

use crate::audit::Audit;
use crate::frame::{Named, Values};

use super::Network;
use super::xml::{escaped, kind, push_value};

/// The network of an audit as GEXF 1.3.
#[must_use]
pub fn gexf(audit: &Audit) -> Vec<u8> {
    let Network { nodes, of_nodes, ends, weights, of_ties } = Network::of(audit);
    let mut out = String::new();
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n");
    let made = escaped(&audit.tool);
    let _ = writeln!(
        out,
        "  <meta lastmodifieddate=\"{}\"><creator>{made}</creator></meta>",
        audit.as_of
    );
    out.push_str(
        "  <graph defaultedgetype=\"undirected\" idtype=\"string\" mode=\"dynamic\" \
         timeformat=\"date\" timerepresentation=\"interval\">\n",
    );
    attributes(&mut out, "node", &of_nodes);
    attributes(&mut out, "edge", &of_ties);
    let _ = writeln!(out, "    <nodes count=\"{}\">", nodes.len());
    push_rows(&mut out, nodes.len(), |out, row| {
        let (id, name) = &nodes[row];
        let _ = write!(out, "      <node id=\"{}\" label=\"{}\">", escaped(id), escaped(name));
        values(out, &of_nodes, row);
        out.push_str("</node>\n");
    });
    // Of tens of thousands of people these columns are as large as the text made of them.
    drop(of_nodes);
    let _ = writeln!(out, "    </nodes>\n    <edges count=\"{}\">", ends.len());
    let [first, last] = ["first", "last"].map(|name| days(&of_ties, name));
    push_rows(&mut out, ends.len(), |out, row| {
        let ((a, b), weight) = (ends[row], weights[row]);
        let [a, b] = [a, b].map(|end| escaped(&nodes[end].0));
        let _ = write!(
            out,
            "      <edge id=\"{row}\" source=\"{a}\" target=\"{b}\" weight=\"{weight}\""
        );
        // Half an interval would mean "since ever" or "for ever".
        if let (Some(first), Some(last)) = (first(row), last(row)) {
            let _ = write!(out, " start=\"{first}\" end=\"{last}\"");
        }
        out.push('>');
        values(out, &of_ties, row);
        out.push_str("</edge>\n");
    });
    out.push_str("    </edges>\n  </graph>\n</gexf>\n");
    out.into_bytes()
}

/// Rows of a piece, and pieces written at a time: the text never stands in memory twice.
const PIECE: usize = 2_048;
const PIECES: usize = 4;

/// Appends so many rows, written in parallel, in their order.
fn push_rows(out: &mut String, rows: usize, write: impl Fn(&mut String, usize) + Sync) {
    let starts: Vec<usize> = (0..rows).step_by(PIECE).collect();
    let piece = |start: &usize| {
        let mut piece = String::new();
        (*start..(start + PIECE).min(rows)).for_each(|row| write(&mut piece, row));
        piece
    };
    for some in starts.chunks(PIECES) {
        let pieces: Vec<String> = some.par_iter().map(piece).collect();
        for piece in &pieces {
            out.push_str(piece);
        }
    }
}

fn days<'a>(
    columns: &'a [Named],
    name: &str,
) -> impl Fn(usize) -> Option<jiff::civil::Date> + use<'a> {
    let found = columns.iter().find(|column| column.name == name).map(|column| &column.values);
    move |row| match found {
        Some(Values::MaybeDay(days)) => days[row],
        _ => None,
    }
}

fn attributes(out: &mut String, class: &str, columns: &[Named]) {
    let _ = writeln!(out, "    <attributes class=\"{class}\">");
    for (at, column) in columns.iter().enumerate() {
        let kind = kind(&column.values);
        let title = escaped(&column.name);
        let _ = writeln!(out, "      <attribute id=\"{at}\" title=\"{title}\" type=\"{kind}\"/>");
    }
    out.push_str("    </attributes>\n");
}

fn values(out: &mut String, columns: &[Named], row: usize) {
    out.push_str("<attvalues>");
    for (at, column) in columns.iter().enumerate() {
        let ends = (format_args!("<attvalue for=\"{at}\" value=\""), "\"/>");
        push_value(out, ends, &column.values, row);
    }
    out.push_str("</attvalues>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::fixture;

    #[test]
    fn dates_stand_where_a_timeline_looks_for_them() {
        let audit = fixture::small();
        let text = String::from_utf8(gexf(&audit)).unwrap();
        let dated = audit.ties.iter().filter(|tie| tie.first.is_some() && tie.last.is_some());
        assert!(dated.clone().count() > 0);
        for tie in dated {
            let (first, last) = (tie.first.unwrap(), tie.last.unwrap());
            assert!(text.contains(&format!(" start=\"{first}\" end=\"{last}\"")));
        }
        assert_eq!(text.matches("<edge ").count(), audit.ties.len());
        assert_eq!(text.matches("<node ").count(), audit.people.len() + 1);
    }

    #[test]
    fn a_name_is_no_markup() {
        let mut audit = fixture::small();
        audit.people[0].name = "\"/><script>alert(1)</script>".to_owned();
        let text = String::from_utf8(gexf(&audit)).unwrap();
        assert!(!text.contains("<script") && text.contains("&lt;script&gt;"));
    }
}
