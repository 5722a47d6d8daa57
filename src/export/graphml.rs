//! GraphML, the format of igraph, NetworkX and most others. Days are text in ISO 8601: GraphML has no type for them.

use std::fmt::Write as _;

use crate::audit::Audit;
use crate::frame::Named;

use super::Network;
use super::xml::{escaped, kind, push_value};

/// The network of an audit as GraphML.
#[must_use]
pub fn graphml(audit: &Audit) -> Vec<u8> {
    let network = Network::of(audit);
    let mut out = String::new();
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    out.push_str(
        "  <key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n  \
         <key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n",
    );
    keys(&mut out, "node", &network.of_nodes);
    keys(&mut out, "edge", &network.of_ties);
    let as_of = audit.as_of;
    out.push_str("  <key id=\"as_of\" for=\"graph\" attr.name=\"as_of\" attr.type=\"string\"/>\n");
    let _ = writeln!(
        out,
        "  <graph edgedefault=\"undirected\">\n    <data key=\"as_of\">{as_of}</data>"
    );
    for (row, (id, name)) in network.nodes.iter().enumerate() {
        let (id, name) = (escaped(id), escaped(name));
        let _ = write!(out, "    <node id=\"{id}\"><data key=\"name\">{name}</data>");
        data(&mut out, "node", &network.of_nodes, row);
        out.push_str("</node>\n");
    }
    for (row, ((a, b), weight)) in network.ends.iter().zip(&network.weights).enumerate() {
        let [a, b] = [a, b].map(|end| escaped(&network.nodes[*end].0));
        let _ = write!(
            out,
            "    <edge source=\"{a}\" target=\"{b}\"><data key=\"weight\">{weight}</data>"
        );
        data(&mut out, "edge", &network.of_ties, row);
        out.push_str("</edge>\n");
    }
    out.push_str("  </graph>\n</graphml>\n");
    out.into_bytes()
}

fn keys(out: &mut String, class: &str, columns: &[Named]) {
    for (at, column) in columns.iter().enumerate() {
        let kind = kind(&column.values);
        let name = escaped(&column.name);
        let _ = writeln!(
            out,
            "  <key id=\"{class}{at}\" for=\"{class}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
        );
    }
}

fn data(out: &mut String, class: &str, columns: &[Named], row: usize) {
    for (at, column) in columns.iter().enumerate() {
        let ends = (format_args!("<data key=\"{class}{at}\">"), "</data>");
        push_value(out, ends, &column.values, row);
    }
}
