//! `weaktie` turns a person's LinkedIn export and interaction logs into a contact network, measures it, and says
//! where the next hours of relationship effort are best spent. It runs on the owner's machine and never talks to a
//! network.
//!
//! # The house, in one page
//!
//! ```text
//!  units error random quantile canonical text taxonomy goals note config progress audit   foundation: used by all, uses no room
//!      |
//!  ingest -> people -> ties -> network -> study -> analysis -> recommend -> assemble -> report
//!                                                                  pipeline drives, cli drives pipeline
//! ```
//!
//! - [`ingest`] files -> raw records, every row accounted for. Knows no people, graphs or strength.
//! - [`people`] raw mentions -> one person each. Knows no ties.
//! - [`ties`] interactions -> pairwise ties: strength, rhythm. Knows no graphs.
//! - [`network`] contacts and ties among them as a graph, read-only.
//! - [`measures`] the kernels: structural measures as pure functions over the flat network.
//! - [`study`] what can be known at one date; can be cut again at an earlier one.
//! - [`analysis`] study -> numbers; one file an analysis, one line in [`analysis::ANALYSES`].
//! - [`forecast`] histories of contact days -> P(contact), and its proof on the past; used by the analyses and by dyads.
//! - [`recommend`] study and findings -> candidates within hard limits; [`plan`] chooses among them under a budget, now or
//!   from a saved audit.
//! - [`audit`] the saved form of all that was found. It is plain vocabulary and stands among the foundations: the
//!   analyses fill its tables directly, so that nothing is copied between twin types.
//! - [`changes`] two saved audits -> what moved and why (`weaktie compare`, `--previous`).
//! - [`introductions`] whom to bring together and who can open a door, of a study or of a saved audit alike.
//! - [`note`] remarks of a run; no text of the data fits into one.
//! - [`edges`] an edge list file -> people and ties; [`sheet`] measures of it -> JSON, CSV, Parquet.
//! - [`glossary`] what every measure and term means.
//! - [`report`] audit -> page, charts, tables. Measures nothing.
//! - [`export`] audit -> the network for other programs: GEXF, GraphML, node-link JSON, tables.
//! - [`thresholds`] limits on an audit's numbers (`--fail-on`).
//! - [`who`] which contact of a saved audit a text means; [`portrait`] everything an audit knows of one contact.
//! - [`touches`] offline contacts as a plain log (`weaktie touch`).
//! - [`dyads`] logs of any size -> one row a pair, no owner needed (`weaktie ties`).
//! - [`classify`] a table of titles and companies -> the same with their classes.
//! - [`frame`] tables of plain columns as CSV and Parquet. Only files named `parquet` know polars.
//! - [`forget`] a saved audit or decision file -> the same without a person.
//! - [`privacy`] audit -> what may be shown of it; writers take nothing else.
//! - [`cli`] arguments, terminal, exit codes. The only room that prints.
//! - [`synth`] a seeded fictional life for the demo, tests and benches.
//!
//! The order of stages stands in [`pipeline`] alone; `tests/it/architecture.rs` holds the arrows as a table.
//!
//! # Promises
//!
//! Same inputs, same seed, any thread count, any row order: byte-identical outputs. Message bodies and subjects have
//! no field anywhere. An undefined number is `None`, never 0 or NaN.

pub mod analysis;
mod assemble;
pub mod audit;
pub mod canonical;
pub mod changes;
pub mod classify;
pub mod cli;
pub mod config;
pub mod dyads;
pub mod edges;
pub mod error;
pub mod export;
pub mod forecast;
pub mod forget;
pub mod frame;
pub mod glossary;
pub mod goals;
pub mod guide;
pub mod ingest;
pub mod introductions;
pub mod measures;
pub mod network;
pub mod note;
pub mod output;
pub mod people;
pub mod pipeline;
pub mod plan;
pub mod portrait;
pub mod privacy;
pub mod progress;
pub mod quantile;
pub mod random;
pub mod recommend;
pub mod report;
pub mod sheet;
pub mod study;
pub mod synth;
pub mod taxonomy;
pub mod text;
pub mod thresholds;
pub mod ties;
pub mod touches;
pub mod units;
pub mod who;

pub use error::{Error, Result};
