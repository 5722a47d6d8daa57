//! An audit -> the network for other programs: GEXF, GraphML, node-link JSON, and tables for CSV and Parquet.
//!
//! Responsible for which columns a node and a tie have; one list serves every format, so that none says less than
//! another. The network is undirected and simple: the owner, the contacts, and one tie a pair. A tie's weight is its
//! strength; its evidence, first and last day stand beside it. What is undefined is left out (null, an empty cell).
//! Must not know how anything was measured.

mod columns;
mod gexf;
mod graphml;
mod node_link;
mod xml;

pub use columns::{people, ties};
pub use gexf::gexf;
pub use graphml::graphml;
pub use node_link::node_link;

use std::collections::BTreeMap;
use std::path::Path;

use crate::audit::Audit;
use crate::error::Result;
use crate::frame::{self, Named};

/// A network as columns: one row a node and a tie, ends as rows of the nodes.
pub(crate) struct Network {
    /// Ids and names, the owner first.
    pub(crate) nodes: Vec<(String, String)>,
    /// What is known of the nodes.
    pub(crate) of_nodes: Vec<Named>,
    /// Ends of the ties.
    pub(crate) ends: Vec<(usize, usize)>,
    /// Strengths of the ties.
    pub(crate) weights: Vec<f64>,
    /// What is known of the ties.
    pub(crate) of_ties: Vec<Named>,
}

impl Network {
    /// The network of an audit; ties with an end that is no node (a copy that names nobody) are left out.
    pub(crate) fn of(audit: &Audit) -> Self {
        let mut nodes = vec![(audit.ego.id.clone(), audit.ego.name.clone())];
        nodes.extend(audit.people.iter().map(|person| (person.id.clone(), person.name.clone())));
        let rows: BTreeMap<&str, usize> =
            nodes.iter().enumerate().map(|(row, (id, _))| (id.as_str(), row)).collect();
        let row = |id: &str| rows.get(id).copied();
        let held: Vec<_> = (audit.ties.iter())
            .filter_map(|tie| Some(((row(&tie.a)?, row(&tie.b)?), tie)))
            .collect();
        let kept: Vec<_> = held.iter().map(|(_, tie)| *tie).collect();
        let (ends, weights) = held.iter().map(|(ends, tie)| (*ends, tie.strength)).unzip();
        drop(rows);
        let of_nodes = columns::of_nodes(audit);
        let of_ties = columns::of_ties(&kept);
        Self { nodes, of_nodes, ends, weights, of_ties }
    }
}

/// A table as the bytes of a Parquet file.
///
/// # Errors
/// [`crate::Error::Bug`] if it cannot be encoded.
pub fn parquet(table: Vec<Named>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    frame::parquet::write_parquet([table].into_iter(), &mut bytes, Path::new("table.parquet"))?;
    Ok(bytes)
}

/// A table as the bytes of a CSV file with a header.
///
/// # Errors
/// None in practice: memory does not fail to be written.
pub fn csv(table: Vec<Named>) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    frame::csv::write_csv([table].into_iter(), &mut bytes, Path::new("table.csv"))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::fixture;

    #[test]
    fn the_owner_is_a_node_and_every_tie_has_its_ends() {
        let audit = fixture::small();
        let network = Network::of(&audit);
        assert_eq!(network.nodes.len(), audit.people.len() + 1);
        assert_eq!(network.nodes[0].0, audit.ego.id);
        assert_eq!(network.ends.len(), audit.ties.len());
        for ((a, b), tie) in network.ends.iter().zip(&audit.ties) {
            assert_eq!((&network.nodes[*a].0, &network.nodes[*b].0), (&tie.a, &tie.b));
        }
        assert!(network.of_nodes.iter().all(|column| column.values.len() == network.nodes.len()));
        assert!(network.of_ties.iter().all(|column| column.values.len() == network.ends.len()));
    }

    #[test]
    fn a_copy_that_names_nobody_is_the_owner_alone() {
        let mut audit = fixture::small();
        audit.people.clear();
        let network = Network::of(&audit);
        assert_eq!((network.nodes.len(), network.ends.len()), (1, 0));
        for bytes in [gexf(&audit), graphml(&audit), node_link(&audit).unwrap()] {
            assert!(!bytes.is_empty());
        }
        assert!(!parquet(ties(&audit)).unwrap().is_empty());
    }
}
