//! Node-link JSON, as NetworkX (`node_link_graph`, with `edges="edges"`) and D3 read it.

use serde_json::{Map, Value, json};

use crate::audit::Audit;
use crate::error::{Error, Result};
use crate::frame::{Named, Values};

use super::Network;

/// The network of an audit as node-link JSON: `{directed, multigraph, graph, nodes[{id, name, …}], edges[{source,
/// target, weight, …}]}`.
///
/// # Errors
/// [`Error::Bug`] if it cannot be encoded.
pub fn node_link(audit: &Audit) -> Result<Vec<u8>> {
    let network = Network::of(audit);
    let nodes = network.nodes.iter().enumerate().map(|(row, (id, name))| {
        let mut node = Map::new();
        node.insert("id".to_owned(), json!(id));
        node.insert("name".to_owned(), json!(name));
        fill(&mut node, &network.of_nodes, row);
        Value::Object(node)
    });
    let edges = network.ends.iter().zip(&network.weights).enumerate();
    let edges = edges.map(|(row, ((a, b), weight))| {
        let mut edge = Map::new();
        edge.insert("source".to_owned(), json!(network.nodes[*a].0));
        edge.insert("target".to_owned(), json!(network.nodes[*b].0));
        edge.insert("weight".to_owned(), json!(weight));
        fill(&mut edge, &network.of_ties, row);
        Value::Object(edge)
    });
    let whole = json!({
        "directed": false,
        "multigraph": false,
        "graph": {"tool": audit.tool, "as_of": audit.as_of, "owner": audit.ego.id},
        "nodes": nodes.collect::<Vec<_>>(),
        "edges": edges.collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec(&whole).map_err(|error| Error::Bug(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn fill(object: &mut Map<String, Value>, columns: &[Named], row: usize) {
    for column in columns {
        let value = match &column.values {
            Values::Count(values) => json!(values[row]),
            Values::MaybeCount(values) => json!(values[row]),
            Values::Number(values) => json!(values[row]),
            Values::MaybeNumber(values) => json!(values[row]),
            Values::MaybeFlag(values) => json!(values[row]),
            other => json!(other.shown(row)),
        };
        object.insert(column.name.to_string(), value);
    }
}
