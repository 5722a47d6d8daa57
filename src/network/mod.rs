//! Contacts and the ties among them as a graph, without the owner.
//!
//! The owner touches every contact, so measures of contacts are taken without the owner: kept in, the owner is
//! everybody's shortcut. Read-only once built. Must not know analyses, charts or files.

mod flat;
mod inferred;
mod sorting;

use petgraph::graph::UnGraph;

use crate::people::PersonId;
use crate::ties::AlterTie;

pub use flat::{Flat, id};
pub use inferred::{CHANCE, Colleagues, Inferred};

/// Contacts as nodes, ties among them as edges; no loops, no parallel edges, weights above 0.
#[derive(Debug, Clone)]
pub struct Network {
    /// The graph; node `i` is `people[i]`.
    pub graph: UnGraph<PersonId, AlterTie, u32>,
    /// Contacts, sorted by id.
    pub people: Vec<PersonId>,
    /// The same ties as flat adjacency, for parallel loops.
    pub flat: Flat,
}

impl Network {
    /// Builds the network of these contacts (sorted by id); ties with an end outside are left out.
    #[must_use]
    pub fn new(people: Vec<PersonId>, ties: &[AlterTie]) -> Self {
        let mut graph = UnGraph::with_capacity(people.len(), ties.len());
        let nodes: Vec<_> = people.iter().map(|id| graph.add_node(*id)).collect();
        for tie in ties {
            let ends = (people.binary_search(&tie.a), people.binary_search(&tie.b));
            if let (Ok(a), Ok(b)) = ends {
                debug_assert!(
                    a != b && tie.weight > 0.0,
                    "alter_ties gives neither loops nor zeros"
                );
                graph.add_edge(nodes[a], nodes[b], *tie);
            }
        }
        let edges = graph.edge_references().map(|edge| {
            use petgraph::visit::EdgeRef;
            (edge.source().index(), edge.target().index(), edge.weight().weight)
        });
        let flat = Flat::new(people.len(), edges);
        Self { graph, people, flat }
    }

    /// The node of a contact.
    #[must_use]
    pub fn node(&self, id: PersonId) -> Option<usize> {
        self.people.binary_search(&id).ok()
    }
}
